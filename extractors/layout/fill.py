"""Put text into the cells of a grid: each character goes to the cell that holds its centre."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from statistics import fmean

from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from extractors.layout.grid import Grid
from extractors.layout.lines import Line, find_lines
from extractors.layout.paragraphs import Column, measure_column, starts_cell_paragraph, starts_item
from extractors.layout.pieces import Piece, split_piece, turn_upright

CELL_PADDING_PT = 5.4
"""What Word leaves between a cell's side and its text; others leave less, and a break is then found a little later."""


def split_by_grid(grid: Grid, pieces: Iterable[Piece]) -> tuple[dict[int, list[Piece]], list[Piece]]:
    """Pieces by the index of their cell in ``grid.cells``, and those that lie outside of the grid.

    A piece that reaches over several cells is cut between the characters on both sides of the line.
    """
    owner = {
        (row, col): index
        for index, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    inside: dict[int, list[Piece]] = {}
    outside: list[Piece] = []
    walls_of: dict[int, tuple[float, ...]] = {}
    for piece in pieces:
        row = _slot(grid.row_edges, _y(piece))
        if row is None or piece.bbox.x1 <= grid.col_edges[0] or piece.bbox.x0 >= grid.col_edges[-1]:
            outside.append(piece)
            continue
        if row not in walls_of:
            walls_of[row] = _walls(grid, owner, row)
        for part in split_piece(piece, walls_of[row]) if piece.direction == 0 else (piece,):
            col = _slot(grid.col_edges, part.bbox.x_center)
            index = None if col is None else owner.get((row, col))
            if index is None:
                outside.append(part)
            else:
                inside.setdefault(index, []).append(part)
    return inside, outside


def cell_text(pieces: Sequence[Piece], cell: BBox) -> tuple[str, float | None]:
    """A cell's text and its confidence: lines joined by a line feed, paragraphs by two, upright text first."""
    if not pieces:
        return "", None
    texts: list[str] = []
    scores: list[float] = []
    for direction in sorted({piece.direction for piece in pieces}):
        lines = find_lines([turn_upright(piece) for piece in pieces if piece.direction == direction])
        texts.append(_join_lines(lines, cell if direction == 0 else None))
        scores += [line.confidence for line in lines if line.confidence is not None]
    return "\n".join(text for text in texts if text), fmean(scores) if scores else None


def make_table(
    grid: Grid,
    inside: dict[int, list[Piece]],
    *,
    table_id: str,
    page_number: int | None,
    source: TextSource,
    nested: dict[int, tuple[Table, ...]] | None = None,
) -> Table:
    """The table of a grid and the pieces in its cells, as ``split_by_grid`` gives them."""
    cells = []
    for index, cell in enumerate(grid.cells):
        text, confidence = cell_text(inside.get(index, []), cell.bbox)
        cells.append(
            Cell(
                row=cell.row,
                col=cell.col,
                row_span=cell.row_span,
                col_span=cell.col_span,
                raw_text=text,
                text=text,
                provenance=Provenance(page_number=page_number, bbox=cell.bbox, source=source, confidence=confidence),
                tables=(nested or {}).get(index, ()),
            )
        )
    return Table(
        table_id=table_id,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=tuple(cells),
        provenance=Provenance(page_number=page_number, bbox=grid.bbox, source=source),
        page_numbers=() if page_number is None else (page_number,),
    )


def _y(piece: Piece) -> float:
    return piece.y_center if piece.direction == 0 else piece.bbox.y_center


def _slot(edges: Sequence[float], position: float) -> int | None:
    index = bisect_right(edges, position) - 1
    return index if 0 <= index < len(edges) - 1 else None


def _walls(grid: Grid, owner: dict[tuple[int, int], int], row: int) -> tuple[float, ...]:
    """The vertical lines that a row really has, its outer ones included."""
    inner = [
        grid.col_edges[col]
        for col in range(1, grid.n_cols)
        if owner.get((row, col - 1)) != owner.get((row, col)) or owner.get((row, col)) is None
    ]
    return (grid.col_edges[0], *inner, grid.col_edges[-1])


def _join_lines(lines: Sequence[Line], cell: BBox | None) -> str:
    if len(lines) < 2:
        return lines[0].text if lines else ""
    column = measure_column(lines)
    if cell is not None:
        column = Column(left=cell.x0 + CELL_PADDING_PT, right=cell.x1 - CELL_PADDING_PT, pitch=column.pitch)
    text = lines[0].text
    for before, line in itertools.pairwise(lines):
        new = starts_cell_paragraph(before, line, column) if cell is not None else starts_item(line.text)
        text += ("\n\n" if new else "\n") + line.text
    return text


def grid_box(grid: Grid, margin_pt: float) -> BBox:
    """The grid's box, wider on all sides by a margin."""
    box = grid.bbox
    return BBox(box.x0 - margin_pt, box.top - margin_pt, box.x1 + margin_pt, box.bottom + margin_pt)
