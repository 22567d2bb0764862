"""Tables of a page picture, cell by cell: marks from the ink, text from the engine."""

from __future__ import annotations

import numpy as np

from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from extractors.layout.fill import cell_text
from extractors.layout.grid import Grid, GridCell
from extractors.ocr.engine import GrayImage, OcrEngine, PixelBox
from extractors.ocr.imaging import PAPER, find_ink
from extractors.ocr.inkmap import InkMap, map_ink
from extractors.ocr.lines import LineReader, OcrLine, confidence_of, place_marks
from extractors.ocr.marks import TICK, Mark, is_tick, read_stroke
from extractors.ocr.pageink import PageInk, pixel_box
from extractors.ocr.pieces import piece_of
from extractors.ocr.textlines import Pieces

INVERTED_INK = 0.55
"""A cell with more ink than this is light text on a dark fill."""
WORD_GAP_INCH = 0.05
"""Ink nearer than this belongs to one word."""


def read_table(grid: Grid, page_ink: PageInk, engine: OcrEngine, *, table_id: str, page_number: int) -> Table:
    """A grid's cells with what stands in them."""
    page = page_ink.page
    cells = tuple(_read_slot(slot, page_ink, engine, page_number) for slot in grid.cells)
    known = [cell.provenance.confidence for cell in cells if cell.provenance.confidence is not None]
    return Table(
        table_id=table_id,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=cells,
        provenance=Provenance(
            page_number=page_number,
            bbox=page.page_bbox(pixel_box(grid.bbox, page)),
            source=TextSource.OCR,
            confidence=round(sum(known) / len(known), 4) if known else None,
        ),
        page_numbers=(page_number,),
    )


def _read_slot(slot: GridCell, page_ink: PageInk, engine: OcrEngine, page_number: int) -> Cell:
    page = page_ink.page
    box = pixel_box(slot.bbox, page)
    lines = read_cell(box, page_ink, engine)
    text, _ = cell_text([piece_of(line, page) for line in lines], slot.bbox)
    return Cell(
        row=slot.row,
        col=slot.col,
        row_span=slot.row_span,
        col_span=slot.col_span,
        raw_text=text,
        text=text,
        provenance=Provenance(
            page_number=page_number,
            bbox=page.page_bbox(box),
            source=TextSource.OCR,
            confidence=confidence_of(lines),
        ),
    )


def read_cell(box: PixelBox, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    """What stands in a cell, line by line; nothing is read where there is no ink."""
    if _is_inverted(box, page_ink):
        return _read_inverted(box, page_ink, engine)
    pieces = page_ink.ink_map.within(box)
    marks = page_ink.boxes_in(box)
    if len(pieces):
        ticks, pieces = split_ticks(pieces, page_ink.ink_map, page_ink.page.dpi)
        marks += ticks
    return place_marks(page_ink.line_reader(engine).read(pieces), marks)


def _is_inverted(box: PixelBox, page_ink: PageInk) -> bool:
    ink = box.cut(page_ink.page.ink)
    return ink.size > 0 and float((ink > 0).mean()) > INVERTED_INK


def _read_inverted(box: PixelBox, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    """The light text of a dark cell, from the cell's negative."""
    inner = box.grown(-max(2, round(0.02 * page_ink.page.dpi)), page_ink.pixels.shape)
    lines = read_picture(PAPER - inner.cut(page_ink.page.pixels), page_ink, engine)
    return [line.moved(inner.left, inner.top) for line in lines]


def read_picture(pixels: GrayImage, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    """The lines in a picture that is a part of the page changed in some way; boxes in its own pixels."""
    dpi = page_ink.page.dpi
    ink_map, _ = map_ink(find_ink(pixels), dpi)
    reader = LineReader(pixels=pixels, ink_map=ink_map, dpi=dpi, usual_px=page_ink.usual_px, engine=engine)
    return reader.read(np.flatnonzero(ink_map.areas))


def split_ticks(pieces: Pieces, ink_map: InkMap, dpi: float) -> tuple[list[Mark], Pieces]:
    """The ticks among a cell's pieces, and the other pieces. Signs like ``/`` count only where nothing else stands."""
    whole = ink_map.box_of(pieces)
    if len(pieces) <= 3:
        sign = read_stroke(ink_map.mask_of(pieces, whole), dpi)
        if sign is not None:
            return [Mark(text=sign, bbox=whole, pieces=tuple(int(piece) for piece in pieces))], pieces[:0]
    boxes = ink_map.boxes
    gap = WORD_GAP_INCH * dpi
    ticks: list[Mark] = []
    rest: list[int] = []
    for piece in pieces:
        left, top, right, bottom = boxes[piece]
        others = boxes[pieces[pieces != piece]]
        near = (
            (others[:, 0] < right + gap)
            & (others[:, 2] > left - gap)
            & (others[:, 1] < bottom + gap)
            & (others[:, 3] > top - gap)
        )
        if not near.any() and is_tick(ink_map.mask_of([piece], ink_map.box_of([piece])), dpi):
            ticks.append(Mark(text=TICK, bbox=ink_map.box_of([piece]), pieces=(int(piece),)))
        else:
            rest.append(int(piece))
    return ticks, np.array(rest, dtype=np.intp)
