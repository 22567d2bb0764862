"""The tables of a page: grids that hold text, their cells filled, a table inside a cell kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docmodel.blocks import TableBlock
from docmodel.geometry import BBox
from docmodel.provenance import TextSource
from docmodel.table import Table
from extractors.layout.fill import make_table, split_by_grid
from extractors.layout.grid import Grid
from extractors.layout.pieces import Piece

MIN_COVER = 0.7
"""A table's cells fill its outline; boxes joined by lines (an organisation chart) leave most of it to the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTables:
    """The tables of a page from the top, and the pieces of text that are in none of them."""

    tables: tuple[TableBlock, ...]
    outside: tuple[Piece, ...]


def find_tables(grids: Sequence[Grid], pieces: Sequence[Piece], *, page_number: int) -> PageTables:
    """Fill the grids that are tables; the rest of the text stays outside."""
    outer = [grid for grid in grids if not any(_holds(other, grid) for other in grids if other is not grid)]
    tables: list[TableBlock] = []
    outside = list(pieces)
    for grid in outer:
        if not _has_table_shape(grid):
            continue
        inside, rest = split_by_grid(grid, outside)
        if not _has_table_text(inside):
            continue
        nested = _nested_tables(grid, inside, grids, page_number, f"{_table_id(page_number, len(tables))}n")
        table = make_table(
            grid,
            inside,
            table_id=_table_id(page_number, len(tables)),
            page_number=page_number,
            source=TextSource.TEXT_LAYER,
            nested=nested,
        )
        tables.append(TableBlock(table=table))
        outside = rest
    return PageTables(tables=tuple(tables), outside=tuple(outside))


def _table_id(page_number: int, count: int) -> str:
    return f"p{page_number:03d}t{count + 1:02d}"


def _nested_tables(
    grid: Grid, inside: dict[int, list[Piece]], grids: Sequence[Grid], page_number: int, prefix: str
) -> dict[int, tuple[Table, ...]]:
    """Tables inside single cells; their text leaves the cell's own."""
    nested: dict[int, tuple[Table, ...]] = {}
    inners = [
        inner for inner in grids if inner is not grid and _inside(inner.bbox, grid.bbox) and _has_table_shape(inner)
    ]
    if not inners:
        return nested
    for index, cell in enumerate(grid.cells):
        for inner in inners:
            if not _inside(inner.bbox, cell.bbox):
                continue
            own, rest = split_by_grid(inner, inside.get(index, []))
            if not _has_table_text(own):
                continue
            table = make_table(
                inner,
                own,
                table_id=f"{prefix}{sum(map(len, nested.values())) + 1}",
                page_number=page_number,
                source=TextSource.TEXT_LAYER,
            )
            nested[index] = (*nested.get(index, ()), table)
            inside[index] = rest
    return nested


def _holds(outer: Grid, inner: Grid) -> bool:
    box = inner.bbox
    return _inside(box, outer.bbox) and any(_inside(box, cell.bbox) for cell in outer.cells)


def _inside(inner: BBox, outer: BBox) -> bool:
    area = inner.width * inner.height
    return area > 0 and inner.intersection_area(outer) > 0.95 * area and outer.width * outer.height > area


def _has_table_shape(grid: Grid) -> bool:
    if grid.n_cols < 2:
        return False
    box = grid.bbox
    covered = sum(cell.bbox.width * cell.bbox.height for cell in grid.cells)
    return covered >= MIN_COVER * box.width * box.height


def _has_table_text(inside: dict[int, list[Piece]]) -> bool:
    # a row that the page before cut off may hold text in one cell only; a grid without any is a form or a chart
    return len(inside) > 0
