"""Ruling lines become grids with the cells that a reader sees."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout.grid import Grid, Segment, find_grids, horizontal, vertical


def ruled(xs: list[float], ys: list[float]) -> list[Segment]:
    """All lines of a regular grid."""
    return [horizontal(y, xs[0], xs[-1]) for y in ys] + [vertical(x, ys[0], ys[-1]) for x in xs]


def spans(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.col, cell.row_span, cell.col_span) for cell in grid.cells}


def test_regular_grid_has_one_cell_per_slot() -> None:
    """Every slot of a fully ruled grid is a cell with its own box."""
    (grid,) = find_grids(ruled([50, 150, 300], [100, 120, 140, 160]))
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (3, 2, 6)
    assert grid.cells[3].bbox.as_list() == [150, 120, 300, 140]


def test_missing_edges_merge_header_cells() -> None:
    """A header over two columns and a first column over two header rows are one cell each."""
    xs, ys = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0, 160.0]
    lines = [horizontal(y, 50, 350) for y in (100, 140, 160)] + [vertical(x, 100, 160) for x in (50, 150, 350)]
    lines += [horizontal(120, 150, 350), vertical(250, 120, 160)]
    (grid,) = find_grids(lines)
    assert (grid.row_edges, grid.col_edges) == (tuple(ys), tuple(xs))
    assert spans(grid) >= {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)}
    assert len(grid.cells) == 7


def test_lines_drawn_cell_by_cell_with_gaps_and_double_strokes() -> None:
    """Producers draw each cell's four sides; neighbours then double, and corners leave gaps."""
    lines: list[Segment] = []
    for left, right in ((50, 150), (150, 300)):
        for top, bottom in ((100, 120), (120, 145), (145, 170)):
            lines += [
                horizontal(top + 0.4, left + 1, right - 1),
                horizontal(bottom - 0.4, left + 1, right - 1),
                vertical(left + 0.4, top + 1, bottom - 1),
                vertical(right - 0.4, top + 1, bottom - 1),
            ]
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (3, 2, 6)


def test_dashed_lines_are_lines() -> None:
    """Dashes of four points with gaps of four are joined."""
    lines: list[Segment] = []
    for y in (100.0, 130.0, 160.0):
        lines += [horizontal(y, x, x + 4) for x in range(50, 300, 8)]
    for x in (50.0, 170.0, 301.0):
        lines += [vertical(x, y, y + 4) for y in range(100, 162, 8)]
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols) == (2, 2)


def test_open_left_and_right_sides_are_closed() -> None:
    """Formal tables often have no outer verticals: the rules' ends are the table's sides."""
    lines = [horizontal(y, 50, 350) for y in (100, 120, 140)] + [vertical(x, 100, 140) for x in (150, 250)]
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (2, 3, 6)
    assert grid.bbox.as_list() == [50, 100, 350, 140]


def test_inner_lines_alone_make_a_table() -> None:
    """A table with no outer border at all, only the lines between its cells."""
    lines = [horizontal(y, 50, 350) for y in (120, 140)] + [vertical(x, 100, 160) for x in (150, 250)]
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (3, 3, 9)


def test_one_overlong_rule_adds_no_column() -> None:
    """A single line that runs past the table's side is a slip, not an open column."""
    (grid,) = find_grids([*ruled([50, 150, 300], [100, 120, 140]), horizontal(120, 30, 330)])
    assert grid.n_cols == 2


def test_outline_that_is_no_rectangle_leaves_the_outside_out() -> None:
    """Where a narrower table stands on a wider one, the paper beside it is no cell."""
    lines = ruled([50, 150, 250], [100, 120]) + ruled([50, 150, 250, 350], [120, 140, 160])
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (3, 3, 8)


def test_frame_and_underlines_are_no_table() -> None:
    """A frame around text, underlined words and a rule under a running head draw no grid."""
    frame = ruled([40, 500], [40, 800])
    underlines = [horizontal(y, 100, 200) for y in (300, 320, 340)]
    assert find_grids([*frame, *underlines, horizontal(60, 60, 480)]) == ()


def test_underline_inside_a_cell_splits_nothing() -> None:
    """An underlined word that starts near a cell's side does not divide the cell."""
    (grid,) = find_grids([*ruled([50, 150, 300], [100, 140, 180]), horizontal(120, 51, 90)])
    assert len(grid.cells) == 4


def test_two_tables_and_a_nested_one_are_three_grids() -> None:
    """Tables that do not touch are apart, also one inside a cell of another."""
    first = ruled([50, 300, 500], [100, 200, 300])
    nested = ruled([60, 120, 200], [110, 130, 150])
    second = ruled([50, 300, 500], [320, 340, 360])
    assert [grid.bbox.top for grid in find_grids(first + nested + second)] == [100, 110, 320]


def test_backgrounds_alone_make_a_grid_of_two_by_two_at_least() -> None:
    """Coloured cells without lines are a table; coloured lines of text are not."""

    def background(x0: float, top: float, x1: float, bottom: float) -> list[Segment]:
        return [
            horizontal(top, x0, x1, drawn=False),
            horizontal(bottom, x0, x1, drawn=False),
            vertical(x0, top, bottom, drawn=False),
            vertical(x1, top, bottom, drawn=False),
        ]

    cells = [
        edge
        for x0, x1 in ((50, 148), (150, 300))
        for top in (100, 122, 144)
        for edge in background(x0, top, x1, top + 20)
    ]
    (grid,) = find_grids(cells)
    assert (grid.n_rows, grid.n_cols) == (3, 2)
    assert find_grids([edge for top in (100, 122, 144) for edge in background(50, top, 300, top + 20)]) == ()


def test_region_that_is_no_rectangle_is_cut() -> None:
    """A missing piece of line leaves an L: its cells are rectangles that cover each slot once."""
    lines = [horizontal(y, 50, 350) for y in (100, 160)] + [vertical(x, 100, 160) for x in (50, 350)]
    lines += [horizontal(130, 50, 200), vertical(200, 100, 130)]
    (grid,) = find_grids(lines)
    slots = [
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    assert sorted(slots) == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("lines", [[], [horizontal(10, 0, 100)], [vertical(10, 0, 100), vertical(20, 0, 100)]])
def test_no_grid_without_crossing_lines(lines: list[Segment]) -> None:
    """Lines of one orientation are no grid."""
    assert find_grids(lines) == ()


@settings(max_examples=60, deadline=None)
@given(
    widths=st.lists(st.integers(10, 80), min_size=1, max_size=6),
    heights=st.lists(st.integers(10, 60), min_size=1, max_size=8),
    dropped=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 6)), max_size=10),
)
def test_each_slot_is_covered_at_most_once(
    widths: list[int], heights: list[int], dropped: set[tuple[int, int]]
) -> None:
    """Whatever inner edges are missing, cells never overlap and lie inside the grid."""
    xs = [50.0 + sum(widths[:index]) for index in range(len(widths) + 1)]
    ys = [50.0 + sum(heights[:index]) for index in range(len(heights) + 1)]
    lines = [horizontal(y, xs[0], xs[-1]) for y in (ys[0], ys[-1])]
    lines += [vertical(x, ys[0], ys[-1]) for x in (xs[0], xs[-1])]
    for row, (top, bottom) in enumerate(itertools.pairwise(ys)):
        for col, (left, right) in enumerate(itertools.pairwise(xs)):
            if (row, col) not in dropped:
                lines += [horizontal(bottom, left, right), vertical(right, top, bottom)]
    for grid in find_grids(lines):
        slots = [
            (row, col)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        assert len(slots) == len(set(slots))
        assert all(row < grid.n_rows and col < grid.n_cols for row, col in slots)


def test_jagged_right_side_is_one_side() -> None:
    """Rows that a word processor ends four points further right have the same columns as the others."""
    lines = ruled([50, 150, 300], [100, 120, 140]) + ruled([50, 150, 304], [140, 160, 180])
    (grid,) = find_grids(lines)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (4, 2, 8)
