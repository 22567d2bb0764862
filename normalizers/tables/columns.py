"""Whether two parts of a table have the same columns, and both laid onto common columns."""

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


def common_columns(first: Table, part: Table) -> tuple[Table, Table] | None:
    """Both parts with the same columns; None where they do not fit.

    With places known the edges must agree. A part in which every row merges two columns has an edge less; its cells
    then span the columns of the other. Two parts that each have an edge of their own are two tables. Without places
    only the number of columns can be compared.
    """
    ours, theirs = column_edges(first), column_edges(part)
    if ours is None or theirs is None:
        return (first, part) if first.n_cols == part.n_cols else None
    shift = _shift(ours, theirs)
    theirs = [edge - shift for edge in theirs]
    if first.n_cols >= part.n_cols:
        fitted = _laid_onto(part, theirs, ours)
        return (first, fitted) if fitted is not None else None
    widened = _laid_onto(first, ours, theirs)
    return (widened, part) if widened is not None else None


def _laid_onto(table: Table, edges: list[float], finer: list[float]) -> Table | None:
    """A table with its columns numbered as in a table with at least as many; None where an edge has no match."""
    places = [_nearest(finer, edge) for edge in edges]
    known = [place for place in places if place is not None]
    if len(known) != len(edges) or known != sorted(set(known)):
        return None
    if known[0] != 0 or known[-1] != len(finer) - 1:
        return None
    if len(edges) == len(finer):
        return table
    last = table.n_cols
    cells = tuple(
        replace(cell, col=known[cell.col], col_span=known[min(cell.col + cell.col_span, last)] - known[cell.col])
        for cell in table.cells
    )
    return replace(table, n_cols=len(finer) - 1, cells=cells)


def _shift(ours: list[float], theirs: list[float]) -> float:
    """How far the whole part stands to the right of the first (mirrored margins); 0 where the widths differ."""
    left, right = theirs[0] - ours[0], theirs[-1] - ours[-1]
    return (left + right) / 2 if abs(left - right) <= EDGE_TOLERANCE_PT else 0.0


def _nearest(edges: list[float], edge: float) -> int | None:
    best = min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
    return best if abs(edges[best] - edge) <= EDGE_TOLERANCE_PT else None
