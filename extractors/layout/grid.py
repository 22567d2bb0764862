"""From ruling lines to table grids: cells with their spans, found by the edges that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docmodel.geometry import BBox
from docmodel.value_class import value_class
from extractors.layout.rulings import (
    Orientation,
    Segment,
    group_positions,
    horizontal,
    join_segments,
    merge_intervals,
    vertical,
)

__all__ = ["Grid", "GridCell", "Orientation", "Segment", "find_grids", "horizontal", "vertical"]

TOLERANCE_PT = 3.0
"""Lines nearer than this are one line, and ends nearer than this touch: rows of text are at least twice as high, and
word processors miss by up to two points where cells of different rows meet."""
DOUBLED_PT = 4.5
"""Two lines this near bound no cell, whatever they look like: the smallest print is higher and wider."""
JAGGED_PT = 8.0
"""Sides of single rows that are off by less than this are one side of the table."""
EDGE_COVER = 0.6
"""Share of a slot's side that must be ruled for the side to count: tolerant of gaps, above any half-drawn underline."""
MAX_LINES = 3_000
"""A page with more joined lines in one drawing is a map or a chart; the search would take minutes for no table."""


EdgeTable = list[list[bool]]
Slots = list[tuple[int, int]]
Rectangle = tuple[int, int, int, int]
"""First row, first column, row after the last, column after the last."""


@value_class(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell of a grid: its first slot, its spans, its box in points."""

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's skeleton: the y of its row edges, the x of its column edges, and its cells in row order.

    ``row_edges`` has one more entry than there are rows, ``col_edges`` one more than columns. Slots that no cell covers
    lie outside the drawn outline.
    """

    row_edges: tuple[float, ...]
    col_edges: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.row_edges) - 1

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.col_edges) - 1

    @property
    def bbox(self) -> BBox:
        """The box around the whole grid."""
        return BBox(self.col_edges[0], self.row_edges[0], self.col_edges[-1], self.row_edges[-1])


def find_grids(segments: Sequence[Segment], *, tolerance_pt: float = TOLERANCE_PT) -> tuple[Grid, ...]:
    """All grids of two or more cells that a page's ruling lines draw, from the top and then from the left.

    Tolerates small gaps, dashes, doubled lines, and outer sides that are not drawn. Drawn lines come first; edges of
    backgrounds only make grids where no drawn grid is. Frames of a single cell are not returned.
    """
    return find_ruled(segments, tolerance_pt=tolerance_pt).grids


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What a page's ruling lines draw: grids of two or more cells, and frames of a single one."""

    grids: tuple[Grid, ...]
    frames: tuple[BBox, ...]


def find_ruled(segments: Sequence[Segment], *, tolerance_pt: float = TOLERANCE_PT) -> Ruled:
    """The grids as ``find_grids`` gives them, and beside them the frames, which may be check boxes."""
    drawn = [segment for segment in segments if segment.drawn]
    found = _grids_of(drawn, tolerance_pt)
    frames = tuple(grid.bbox for grid in found if len(grid.cells) == 1)
    grids = [grid for grid in found if len(grid.cells) > 1]
    if len(drawn) < len(segments):
        boxes = [grid.bbox for grid in grids]
        free = [segment for segment in segments if not any(_inside(segment, box, tolerance_pt) for box in boxes)]
        if any(not segment.drawn for segment in free):
            grids += [grid for grid in _grids_of(free, tolerance_pt) if grid.n_rows >= 2 and grid.n_cols >= 2]
    return Ruled(grids=tuple(sorted(grids, key=lambda grid: (grid.bbox.top, grid.bbox.x0))), frames=frames)


def _inside(segment: Segment, box: BBox, tolerance_pt: float) -> bool:
    if segment.orientation is Orientation.HORIZONTAL:
        x0, x1, top, bottom = segment.start, segment.end, segment.position, segment.position
    else:
        x0, x1, top, bottom = segment.position, segment.position, segment.start, segment.end
    return (
        x0 >= box.x0 - tolerance_pt
        and x1 <= box.x1 + tolerance_pt
        and top >= box.top - tolerance_pt
        and bottom <= box.bottom + tolerance_pt
    )


def _grids_of(segments: Sequence[Segment], tolerance_pt: float) -> list[Grid]:
    rows, columns = join_segments(segments, tolerance_pt=tolerance_pt)
    if not rows or not columns or len(rows) > MAX_LINES or len(columns) > MAX_LINES:
        return []
    grids = []
    for own_rows, own_columns in _connected(rows, columns, tolerance_pt):
        grid = _build_grid(own_rows, own_columns, tolerance_pt)
        if grid is not None:
            grids.append(grid)
    return grids


def _connected(
    rows: Sequence[Segment], columns: Sequence[Segment], tolerance_pt: float
) -> Iterable[tuple[list[Segment], list[Segment]]]:
    """Groups of lines that touch or cross, each as its horizontal and its vertical lines."""
    row_y = np.array([line.position for line in rows])[:, None]
    row_start = np.array([line.start for line in rows])[:, None] - tolerance_pt
    row_end = np.array([line.end for line in rows])[:, None] + tolerance_pt
    col_x = np.array([line.position for line in columns])[None, :]
    col_start = np.array([line.start for line in columns])[None, :] - tolerance_pt
    col_end = np.array([line.end for line in columns])[None, :] + tolerance_pt
    touch = (row_start <= col_x) & (col_x <= row_end) & (col_start <= row_y) & (row_y <= col_end)

    free_rows = np.ones(len(rows), dtype=bool)
    for first in range(len(rows)):
        if not free_rows[first] or not touch[first].any():
            continue
        in_rows = np.arange(len(rows)) == first
        while True:
            in_columns = touch[in_rows].any(axis=0)
            grown = touch[:, in_columns].any(axis=1)
            if np.array_equal(grown, in_rows):
                break
            in_rows = grown
        free_rows &= ~in_rows
        yield (
            [line for line, own in zip(rows, in_rows, strict=True) if own],
            [line for line, own in zip(columns, in_columns, strict=True) if own],
        )


@dataclass(slots=True)
class _Axis:
    """The distinct lines of one orientation: positions in order, and what each covers along its length."""

    positions: list[float]
    covered: list[list[tuple[float, float]]]

    @classmethod
    def of(cls, lines: Sequence[Segment], tolerance_pt: float) -> _Axis:
        groups: dict[int, list[Segment]] = {}
        for line, group in zip(lines, group_positions([line.position for line in lines], tolerance_pt), strict=True):
            groups.setdefault(group, []).append(line)
        axis = cls([], [])
        last_length = 0.0
        for _, group_lines in sorted(groups.items()):
            length = sum(line.length for line in group_lines)
            position = sum(line.position * line.length for line in group_lines) / length
            covered = merge_intervals(((line.start, line.end) for line in group_lines), tolerance_pt)
            if axis.positions and axis._is_jag(position, covered):
                share = length / (length + last_length)
                axis.positions[-1] += (position - axis.positions[-1]) * share
                axis.covered[-1] = merge_intervals([*axis.covered[-1], *covered], tolerance_pt)
                last_length += length
            else:
                axis.positions.append(position)
                axis.covered.append(covered)
                last_length = length
        return axis

    def _is_jag(self, position: float, covered: Sequence[tuple[float, float]]) -> bool:
        """Whether a line continues the last one a little beside it: side by side they would bound a cell too narrow for
        any text; one above the other they are a side that the rows of the table draw at different places."""
        gap = position - self.positions[-1]
        if gap < DOUBLED_PT:
            return True
        shared = sum(
            max(0.0, min(end, stop) - max(start, begin)) for start, end in covered for begin, stop in self.covered[-1]
        )
        return gap < JAGGED_PT and shared < gap

    def add_open_sides(self, crossing: Sequence[Segment], tolerance_pt: float) -> None:
        """Add the outer sides that are not drawn: where most lines of the other orientation reach beyond the drawn
        ones. A single long line is a slip of the pen and adds no side."""
        most = max(2, (len(crossing) + 1) // 2)
        before = [line.start for line in crossing if line.start < self.positions[0] - tolerance_pt]
        beyond = [line.end for line in crossing if line.end > self.positions[-1] + tolerance_pt]
        whole = [(float("-inf"), float("inf"))]
        if len(before) >= most:
            self.positions.insert(0, min(before))
            self.covered.insert(0, whole)
        if len(beyond) >= most:
            self.positions.append(max(beyond))
            self.covered.append(whole)

    def edges(self, stops: Sequence[float]) -> NDArray[np.bool_]:
        """For each line and each stretch between two ``stops``, whether the stretch is ruled."""
        starts, ends = np.array(stops[:-1]), np.array(stops[1:])
        pieces = [(index, *interval) for index, intervals in enumerate(self.covered) for interval in intervals]
        owner, begin, stop = zip(*pieces, strict=True)
        shared = np.minimum(ends, np.array(stop)[:, None]) - np.maximum(starts, np.array(begin)[:, None])
        ruled = np.zeros((len(self.positions), len(starts)))
        np.add.at(ruled, list(owner), np.maximum(0.0, shared))
        found: NDArray[np.bool_] = ruled >= EDGE_COVER * (ends - starts)
        return found


def _build_grid(rows: Sequence[Segment], columns: Sequence[Segment], tolerance_pt: float) -> Grid | None:
    horizontals = _Axis.of(rows, tolerance_pt)
    verticals = _Axis.of(columns, tolerance_pt)
    verticals.add_open_sides(rows, tolerance_pt)
    horizontals.add_open_sides(columns, tolerance_pt)
    ys, xs = horizontals.positions, verticals.positions
    if len(ys) < 2 or len(xs) < 2:
        return None
    h_edges: EdgeTable = horizontals.edges(xs).tolist()
    v_edges: EdgeTable = verticals.edges(ys).T.tolist()
    regions = [
        rectangle
        for region in _regions(h_edges, v_edges)
        if _is_enclosed(region, h_edges, v_edges)
        for rectangle in _rectangles(region)
    ]
    return _compact(regions, ys, xs)


def _regions(h_edges: EdgeTable, v_edges: EdgeTable) -> list[Slots]:
    """Slots joined where no edge stands between them. ``h_edges[y][col]``, ``v_edges[row][x]``."""
    n_rows, n_cols = len(v_edges), len(h_edges[0])
    seen = [[False] * n_cols for _ in range(n_rows)]
    regions = []
    for row in range(n_rows):
        for col in range(n_cols):
            if seen[row][col]:
                continue
            seen[row][col] = True
            region, stack = [], [(row, col)]
            while stack:
                r, c = stack.pop()
                region.append((r, c))
                for nr, nc, is_open in (
                    (r - 1, c, r > 0 and not h_edges[r][c]),
                    (r + 1, c, r + 1 < n_rows and not h_edges[r + 1][c]),
                    (r, c - 1, c > 0 and not v_edges[r][c]),
                    (r, c + 1, c + 1 < n_cols and not v_edges[r][c + 1]),
                ):
                    if is_open and not seen[nr][nc]:
                        seen[nr][nc] = True
                        stack.append((nr, nc))
            regions.append(sorted(region))
    return regions


def _is_enclosed(region: Slots, h_edges: EdgeTable, v_edges: EdgeTable) -> bool:
    """Whether a region is a cell and not the paper beside a table.

    One open side on the outer border is a gap in the drawing; two that meet at a corner are the outside of a table
    whose outline is no rectangle. (Sides that are not drawn anywhere have been added before and count as ruled.)
    """
    n_rows, n_cols = len(v_edges), len(h_edges[0])
    open_top = any(r == 0 and not h_edges[0][c] for r, c in region)
    open_bottom = any(r == n_rows - 1 and not h_edges[n_rows][c] for r, c in region)
    open_left = any(c == 0 and not v_edges[r][0] for r, c in region)
    open_right = any(c == n_cols - 1 and not v_edges[r][n_cols] for r, c in region)
    return not ((open_top or open_bottom) and (open_left or open_right))


def _rectangles(region: Slots) -> list[Rectangle]:
    """A region as rectangles: itself where it is one, else its rows cut where their columns change."""
    if len(region) == 1:
        ((row, col),) = region
        return [(row, col, row + 1, col + 1)]
    top, bottom = region[0][0], region[-1][0]
    left, right = min(c for _, c in region), max(c for _, c in region)
    if len(region) == (bottom - top + 1) * (right - left + 1):
        return [(top, left, bottom + 1, right + 1)]
    done: list[Rectangle] = []
    growing: list[Rectangle] = []
    for row in range(top, bottom + 1):
        runs = _runs([c for r, c in region if r == row])
        kept = []
        for start, stop in runs:
            above = next((part for part in growing if (part[1], part[3]) == (start, stop)), None)
            kept.append((above[0] if above else row, start, row + 1, stop))
        done += [part for part in growing if all((part[1], part[3]) != run for run in runs)]
        growing = kept
    return done + growing


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in sorted(columns):
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _compact(rectangles: Sequence[Rectangle], ys: Sequence[float], xs: Sequence[float]) -> Grid | None:
    """The grid of some rectangles, without the lines that bound none of them."""
    if not rectangles:
        return None
    used_rows = sorted({edge for top, _, bottom, _ in rectangles for edge in (top, bottom)})
    used_cols = sorted({edge for _, left, _, right in rectangles for edge in (left, right)})
    row_of = {edge: index for index, edge in enumerate(used_rows)}
    col_of = {edge: index for index, edge in enumerate(used_cols)}
    cells = tuple(
        GridCell(
            row=row_of[top],
            col=col_of[left],
            row_span=row_of[bottom] - row_of[top],
            col_span=col_of[right] - col_of[left],
            bbox=BBox(xs[left], ys[top], xs[right], ys[bottom]),
        )
        for top, left, bottom, right in sorted(rectangles)
    )
    return Grid(
        row_edges=tuple(ys[edge] for edge in used_rows), col_edges=tuple(xs[edge] for edge in used_cols), cells=cells
    )
