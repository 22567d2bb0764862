"""Rows of tables that rule their columns only."""

from __future__ import annotations

from docmodel.geometry import BBox
from extractors.layout.pieces import Piece
from extractors.layout.rulings import Segment, horizontal, vertical
from extractors.layout.upright_ruled import find_hidden_rows_of_columns

SIZE = 14.0
PITCH = 25.0


def _piece(text: str, x: float, baseline: float) -> Piece:
    advance = SIZE / 2
    return Piece(
        text=text,
        bbox=BBox(x, baseline - 0.7 * SIZE, x + advance * len(text), baseline),
        baseline=baseline,
        size_pt=SIZE,
        bold=False,
        char_x=tuple(x + advance * (index + 0.5) for index in range(len(text))),
    )


def _cut_row(lines_by_column: tuple[int, ...]) -> tuple[list[Segment], list[Piece]]:
    """A head with two merged cells over six columns, and a row of wrapped cells down to the page's end."""
    sides = (60.0, 140.0, 200.0, 260.0, 340.0, 400.0, 460.0, 540.0)
    whole = (sides[0], sides[1], sides[4], sides[7])
    segments = [vertical(x, 500, 780) if x in whole else vertical(x, 530, 780) for x in sides]
    segments += [
        horizontal(500, 60, 540),
        horizontal(530, 140, 540),
        horizontal(560, 60, 540),
        horizontal(780, 60, 540),
    ]
    pieces = [
        _piece("คำ", sides[col] + 4, 590 + PITCH * row)
        for col, count in enumerate(lines_by_column)
        for row in range(count)
    ]
    return segments, pieces


def test_lines_of_a_row_under_merged_heads_are_no_rows() -> None:
    """Cells of one to six lines each, top aligned, are one row, although each line has text under each merged head."""
    assert find_hidden_rows_of_columns(*_cut_row((6, 5, 2, 1, 4, 6, 1))) == []


def test_full_lines_under_merged_heads_are_rows() -> None:
    """Where every line fills every column each is a row."""
    rows = find_hidden_rows_of_columns(*_cut_row((6,) * 7))
    assert len({row.position for row in rows if 560 < row.position < 780}) == 5
