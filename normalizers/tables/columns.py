"""Whether two parts of a table have the same columns, and the second laid onto the columns of the first."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from docmodel.table import Table

# Crooked scans and centred tables move a line by a few points from page to page.
EDGE_TOLERANCE_PT = 9.0


def column_edges(table: Table) -> list[float] | None:
    """Left edges of the columns and the right edge of the last, in points; None where a place is not known."""
    starts: list[list[float]] = [[] for _ in range(table.n_cols)]
    ends: list[float] = []
    for cell in table.cells:
        box = cell.provenance.bbox
        if box is None or cell.col >= table.n_cols:
            continue
        starts[cell.col].append(box.x0)
        if cell.col + cell.col_span >= table.n_cols:
            ends.append(box.x1)
    if not ends or not all(starts):
        return None
    return [*(median(edges) for edges in starts), median(ends)]


def columns_onto(first: Table, part: Table) -> Table | None:
    """The part with its columns numbered as in the first part; None where they do not fit.

    With places known the edges must agree; a part in which every row merges two columns has fewer edges, and its cells
    then span the columns of the first. A part may not have edges that the first lacks.
    """
    ours, theirs = column_edges(first), column_edges(part)
    if ours is None or theirs is None:
        return part if first.n_cols == part.n_cols else None
    shift = _shift(ours, theirs)
    places = [_nearest(ours, edge - shift) for edge in theirs]
    if any(place is None for place in places):
        return None
    known = [place for place in places if place is not None]
    if known != sorted(set(known)) or known[0] != 0 or known[-1] != len(ours) - 1:
        return None
    if first.n_cols == part.n_cols:
        return part
    cells = tuple(
        replace(cell, col=known[cell.col], col_span=known[min(cell.col + cell.col_span, part.n_cols)] - known[cell.col])
        for cell in part.cells
    )
    return replace(part, n_cols=first.n_cols, cells=cells)


def _shift(ours: list[float], theirs: list[float]) -> float:
    """How far the whole part stands to the right of the first (mirrored margins); 0 where the widths differ."""
    left, right = theirs[0] - ours[0], theirs[-1] - ours[-1]
    return (left + right) / 2 if abs(left - right) <= EDGE_TOLERANCE_PT else 0.0


def _nearest(edges: list[float], edge: float) -> int | None:
    best = min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
    return best if abs(edges[best] - edge) <= EDGE_TOLERANCE_PT else None
