"""The columns of a Word table: which of its many edges are one edge to the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

# Dragging a border by hand leaves edges a few points apart. A column needs its two cell margins of 5.4 pt and a
# letter, so edges nearer than this are one.
SAME_EDGE_PT = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The edges between which a cell stands, by number from 0; ``width_pt`` is the cell's own width, where given."""

    start: int
    end: int
    width_pt: float | None = None


Rows = Sequence[Sequence[Span]]


def settle_columns(rows: Rows, column_widths_pt: Sequence[float | None]) -> list[list[Span]]:
    """The cells of each row by the columns that a reader sees, from 0, without columns that no cell begins or ends.

    ``column_widths_pt`` are the grid's own. Where the rows do not come to the same width, the cells' own widths decide.
    """
    settled = [list(row) for row in rows]
    ends = {row[-1].end for row in settled if row}
    if len(ends) > 1 and not _uses_grid(settled) and all(span.width_pt for row in settled for span in row):
        settled = _by_positions(settled, _positions_by_width(settled))
    else:
        edges = _edges_of_grid(column_widths_pt)
        if ends and max(ends) < len(edges):
            settled = _join_edges(settled, edges)
    return _without_unused(settled)


def _uses_grid(rows: Rows) -> bool:
    """Whether some cell covers several columns of the grid or a row begins inside it, so that the grid is meant."""
    return any((row and row[0].start > 0) or any(span.end - span.start > 1 for span in row) for row in rows)


def _edges_of_grid(column_widths_pt: Sequence[float | None]) -> list[float]:
    """Where the edges of the grid stand, in points; empty where a width is missing, as in a grid that says nothing."""
    edges = [0.0]
    for width in column_widths_pt:
        if width is None or width < 0:
            return []
        edges.append(edges[-1] + width)
    return edges


def _positions_by_width(rows: Rows) -> list[list[tuple[float, float]]]:
    positions = []
    for row in rows:
        left = 0.0
        places = []
        for span in row:
            width = span.width_pt or 0.0
            places.append((left, left + width))
            left += width
        positions.append(places)
    return positions


def _by_positions(rows: Rows, positions: Sequence[Sequence[tuple[float, float]]]) -> list[list[Span]]:
    """Number the edges by where they stand; a row that ends short leaves its last columns without cells."""
    points = sorted({point for row in positions for place in row for point in place})
    numbers: dict[float, int] = {}
    number, cluster_start = -1, float("-inf")
    for point in points:
        if point - cluster_start > SAME_EDGE_PT:
            number, cluster_start = number + 1, point
        numbers[point] = number
    numbered = [
        [replace(span, start=numbers[start], end=numbers[end]) for span, (start, end) in zip(row, places, strict=True)]
        for row, places in zip(rows, positions, strict=True)
    ]
    if any(span.end <= span.start for row in numbered for span in row):
        return [list(row) for row in rows]
    return numbered


def _join_edges(rows: list[list[Span]], edges: Sequence[float]) -> list[list[Span]]:
    """Make neighbouring edges one where they stand close and no cell lies between them."""
    joined = rows
    edge = 1
    shift = 0
    while edge < len(edges):
        number = edge - shift
        if edges[edge] - edges[edge - 1] < SAME_EDGE_PT and not any(
            span.start == number - 1 and span.end == number for row in joined for span in row
        ):
            joined = [
                [replace(span, start=_before(span.start, number), end=_before(span.end, number)) for span in row]
                for row in joined
            ]
            shift += 1
        edge += 1
    return joined


def _before(edge: int, joined: int) -> int:
    return edge - 1 if edge >= joined else edge


def _without_unused(rows: Rows) -> list[list[Span]]:
    """Number only the edges at which some cell begins or ends."""
    used = sorted({edge for row in rows for span in row for edge in (span.start, span.end)})
    numbers = {edge: number for number, edge in enumerate(used)}
    first = 0 if 0 in numbers else 1
    return [
        [replace(span, start=numbers[span.start] + first, end=numbers[span.end] + first) for span in row]
        for row in rows
    ]
