"""Frames that hold running text: what looks like a huge cell is the page's own body inside a drawn frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docmodel.geometry import BBox
from extractors.layout.grid import Grid
from extractors.layout.pieces import Piece

PANEL_SHARE = 0.35
"""A cell over the table's whole width with this share of the page is the body of a framed page; the fullest row of a
real table that is one cell wide stays below a quarter."""
SLIDE_SHARE = 0.12
"""Slides printed two, four or six to a page take at least this share each."""
SLIDES_COVER = 0.85
"""… and all of the page together."""
MIN_PANEL_PIECES = 6
"""A large cell with fewer pieces of text is a drawing area or an empty form."""


def take_out_panels(grid: Grid, pieces: Sequence[Piece], page: BBox) -> tuple[Grid, ...]:
    """The parts of a grid that are a table: the whole of it, what is above and below a framed body, or nothing."""
    area = page.width * page.height
    if area <= 0 or grid.n_cols < 2:
        return (grid,)
    if _is_slide_sheet(grid, area):
        return ()
    panels = [
        cell
        for cell in grid.cells
        if cell.col_span == grid.n_cols
        and cell.bbox.width * cell.bbox.height >= PANEL_SHARE * area
        and sum(cell.bbox.contains_point(piece.bbox.x_center, piece.y_center) for piece in pieces) >= MIN_PANEL_PIECES
    ]
    if not panels:
        return (grid,)
    taken = {row for cell in panels for row in range(cell.row, cell.row + cell.row_span)}
    parts, start = [], 0
    for row in range(grid.n_rows + 1):
        if row == grid.n_rows or row in taken:
            if start < row:
                parts.append(_rows(grid, start, row))
            start = row + 1
    return tuple(part for part in parts if len(part.cells) > 1)


def find_slides(grids: Sequence[Grid], page: BBox) -> tuple[BBox, ...]:
    """The frames of slides printed several to a page, row by row; none on other pages."""
    for grid in grids:
        if _is_slide_sheet(grid, page.width * page.height):
            return tuple(cell.bbox for cell in grid.cells)
    return ()


def _is_slide_sheet(grid: Grid, area: float) -> bool:
    box = grid.bbox
    return (
        grid.n_cols == 2
        and len(grid.cells) == grid.n_rows * grid.n_cols
        and box.width * box.height >= SLIDES_COVER * area
        and all(cell.bbox.width * cell.bbox.height >= SLIDE_SHARE * area for cell in grid.cells)
    )


def _rows(grid: Grid, start: int, stop: int) -> Grid:
    """Some rows of a grid as a grid of their own; cells never reach into the rows left out."""
    own = (cell for cell in grid.cells if start <= cell.row and cell.row + cell.row_span <= stop)
    cells = tuple(replace(cell, row=cell.row - start) for cell in own)
    return Grid(row_edges=grid.row_edges[start : stop + 1], col_edges=grid.col_edges, cells=cells)
