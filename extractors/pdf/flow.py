"""The reading order of a page: text and tables from the top to the bottom, column by column where there are columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.geometry import BBox, union_bbox
from docmodel.provenance import TextSource
from extractors.layout.aligned import find_aligned_grids
from extractors.layout.blocks import find_blocks, make_block
from extractors.layout.columns import split_columns
from extractors.layout.fill import make_table, split_by_grid
from extractors.layout.lines import Line, find_lines
from extractors.layout.paragraphs import Column, measure_column
from extractors.layout.pieces import Piece, turn_upright
from extractors.pdf.geometry import PageGeometry
from extractors.pdf.tables import PageTables

TEXT_AREA = (0.15, 0.85)
"""On a cover of centred lines text may reach over this part of the page's width, however short its lines are."""
CENTERED_SHARE = 0.6
CENTERED_WIDTH = 0.03
"""Lines whose middle is this near to the page's, as a share of its width, are centred; a cover has mostly such."""


def order_blocks(
    found: PageTables, geometry: PageGeometry, page_number: int, *, slides: Sequence[BBox] = ()
) -> list[Block]:
    """The blocks of a page; text between two tables is never joined over one. ``slides`` are read one by one."""
    flat = [piece for piece in found.outside if piece.direction == 0]
    groups = _split_slides(flat, slides) if slides else split_columns(flat)
    blocks: list[Block] = []
    rest_tables = list(found.tables)
    numbers = count(len(found.tables) + 1)
    for group in groups:
        bottom = max((piece.y_center for piece in group), default=0.0)
        own = rest_tables if group is groups[-1] else [table for table in rest_tables if _top(table) < bottom]
        rest_tables = [table for table in rest_tables if table not in own]
        blocks += _order_group(group, own, geometry, page_number, numbers, narrow=len(groups) > 1)
    return blocks + _turned_text(found.outside, page_number)


def _split_slides(pieces: Sequence[Piece], slides: Sequence[BBox]) -> list[list[Piece]]:
    groups: list[list[Piece]] = [[] for _ in slides]
    beside: list[Piece] = []
    for piece in pieces:
        inside = (group for group, box in zip(groups, slides, strict=True) if _holds(box, piece))
        next(inside, beside).append(piece)
    return [group for group in (*groups, beside) if group] or [[]]


def _holds(box: BBox, piece: Piece) -> bool:
    return box.contains_point(piece.bbox.x_center, piece.y_center)


def _order_group(
    pieces: Sequence[Piece],
    tables: Sequence[TableBlock],
    geometry: PageGeometry,
    page_number: int,
    numbers: Iterator[int],
    *,
    narrow: bool,
) -> list[Block]:
    lines = find_lines(pieces)
    if not lines:
        return list(tables)
    aligned = [grid for grid in find_aligned_grids(lines) if not any(_overlaps(grid.bbox, table) for table in tables)]
    found = list(tables)
    for grid in aligned:
        inside, pieces = split_by_grid(grid, pieces)
        table = make_table(
            grid,
            inside,
            table_id=f"p{page_number:03d}t{next(numbers):02d}",
            page_number=page_number,
            source=TextSource.TEXT_LAYER,
        )
        found.append(TableBlock(table=table))
    column = measure_column(lines)
    if not narrow and _is_centered(lines, geometry):
        left, right = TEXT_AREA[0] * geometry.width_pt, TEXT_AREA[1] * geometry.width_pt
        column = replace(column, left=min(column.left, left), right=max(column.right, right))
    rest = list(find_lines(pieces) if aligned else lines)
    blocks: list[Block] = []
    for block in sorted(found, key=_top):
        above = [line for line in rest if _y(line) < _top(block)]
        rest = [line for line in rest if _y(line) >= _top(block)]
        blocks += _text(above, column, geometry, page_number)
        blocks.append(block)
    blocks += _text(rest, column, geometry, page_number)
    return blocks


def _is_centered(lines: Sequence[Line], geometry: PageGeometry) -> bool:
    middle, near = geometry.width_pt / 2, CENTERED_WIDTH * geometry.width_pt
    centered = sum(abs(line.bbox.x_center - middle) < near for line in lines)
    return centered >= CENTERED_SHARE * len(lines)


def _overlaps(box: BBox, table: TableBlock) -> bool:
    place = table.provenance.bbox
    return place is not None and place.intersection_area(box) > 0


def _top(block: TableBlock) -> float:
    box = block.provenance.bbox
    return 0.0 if box is None else box.top


def _y(line: Line) -> float:
    return line.baseline - 0.3 * line.size_pt


def _text(lines: Sequence[Line], column: Column, geometry: PageGeometry, page_number: int) -> tuple[TextBlock, ...]:
    return find_blocks(
        lines,
        page_number=page_number,
        page_height_pt=geometry.height_pt,
        source=TextSource.TEXT_LAYER,
        column=column,
    )


def _turned_text(pieces: Sequence[Piece], page_number: int) -> list[TextBlock]:
    blocks = []
    for direction in (90, 180, 270):
        own = [piece for piece in pieces if piece.direction == direction]
        if own:
            box = union_bbox(piece.bbox for piece in own)
            lines = find_lines([turn_upright(piece) for piece in own])
            blocks.append(make_block(lines, page_number=page_number, source=TextSource.TEXT_LAYER, bbox=box))
    return blocks
