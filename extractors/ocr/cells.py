"""Tables of a page picture, cell by cell: marks from the ink, text from the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from extractors.base import POINTS_PER_INCH
from extractors.layout.grid import Grid, GridCell
from extractors.ocr.engine import GrayImage, OcrEngine, PixelBox
from extractors.ocr.imaging import PAPER, UprightPage
from extractors.ocr.inkmap import InkMap
from extractors.ocr.lines import OcrLine, confidence_of, place_marks, read_lines, text_of
from extractors.ocr.marks import Mark, is_tick, read_stroke

INVERTED_INK = 0.55
"""A cell with more ink than this is light text on a dark fill."""
WORD_GAP_INCH = 0.05
"""Ink nearer than this belongs to one word."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageInk:
    """A page ready to be read: ``pixels`` without lines and noise, its pieces of ink, the boxes found on it."""

    page: UprightPage
    pixels: GrayImage
    ink_map: InkMap
    boxes: tuple[Mark, ...]


def pixel_box(grid_box: tuple[float, float, float, float], page: UprightPage) -> PixelBox:
    """A box in points of the upright picture as pixels."""
    scale = page.dpi / POINTS_PER_INCH
    height, width = page.pixels.shape
    left, top, right, bottom = (round(value * scale) for value in grid_box)
    return PixelBox(max(0, left), max(0, top), min(width, right), min(height, bottom))


def read_table(grid: Grid, page_ink: PageInk, engine: OcrEngine, *, table_id: str, page_number: int) -> Table:
    """A grid's cells with what stands in them."""
    page = page_ink.page
    cells = []
    for slot in grid.cells:
        box = pixel_box((slot.bbox.x0, slot.bbox.top, slot.bbox.x1, slot.bbox.bottom), page)
        lines = read_cell(box, page_ink, engine)
        cells.append(_cell_of(slot, lines, page, box, page_number))
    bbox = grid.bbox
    return Table(
        table_id=table_id,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=tuple(cells),
        provenance=Provenance(
            page_number=page_number,
            bbox=page.page_bbox(pixel_box((bbox.x0, bbox.top, bbox.x1, bbox.bottom), page)),
            source=TextSource.OCR,
            confidence=_mean([cell.provenance.confidence for cell in cells]),
        ),
        page_numbers=(page_number,),
    )


def _cell_of(slot: GridCell, lines: Sequence[OcrLine], page: UprightPage, box: PixelBox, page_number: int) -> Cell:
    text = text_of(lines)
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


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


def read_cell(box: PixelBox, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    """What stands in a cell, line by line; nothing is read where there is no ink."""
    dpi = page_ink.page.dpi
    if _is_inverted(box, page_ink):
        inner = box.grown(-max(2, round(0.02 * dpi)), page_ink.pixels.shape)
        return read_lines(PAPER - inner.cut(page_ink.page.pixels), inner, engine, dpi=dpi)
    pieces = page_ink.ink_map.within(box)
    marks = [mark for mark in page_ink.boxes if _holds(box, mark.bbox)]
    if len(pieces):
        ticks, pieces = _split_ticks(pieces, page_ink)
        marks += ticks
    lines = _read_pieces(pieces, page_ink, engine) if len(pieces) else []
    return place_marks(lines, marks)


def _holds(box: PixelBox, other: PixelBox) -> bool:
    return box.left <= other.x_center < box.right and box.top <= other.y_center < box.bottom


def _is_inverted(box: PixelBox, page_ink: PageInk) -> bool:
    ink = box.cut(page_ink.page.ink)
    return ink.size > 0 and float((ink > 0).mean()) > INVERTED_INK


def _split_ticks(pieces: NDArray[np.intp], page_ink: PageInk) -> tuple[list[Mark], NDArray[np.intp]]:
    """The ticks among a cell's pieces, and the other pieces. Signs like ``/`` count only where nothing else stands."""
    dpi = page_ink.page.dpi
    ink_map = page_ink.ink_map
    whole = ink_map.box_of(pieces)
    if len(pieces) <= 3:
        sign = read_stroke(ink_map.mask_of(pieces, whole), dpi)
        if sign is not None:
            return [Mark(text=sign, bbox=whole, pieces=tuple(int(piece) for piece in pieces))], pieces[:0]
    ticks, rest = [], []
    mask = ink_map.mask_of(pieces, whole)
    reach = max(1, round(WORD_GAP_INCH * dpi)) | 1
    _, words = cv2.connectedComponents(cv2.dilate(mask, np.ones((reach, reach), np.uint8)), connectivity=8)
    word_of = words[mask > 0]
    piece_of = whole.cut(ink_map.labels)[mask > 0]
    for piece in pieces:
        own = word_of[piece_of == piece][0]
        alone = bool((piece_of[word_of == own] == piece).all())
        box = ink_map.box_of([piece])
        if alone and is_tick(ink_map.mask_of([piece], box), dpi):
            ticks.append(Mark(text="\N{CHECK MARK}", bbox=box, pieces=(int(piece),)))
        else:
            rest.append(piece)
    return ticks, np.array(rest, dtype=pieces.dtype)


def _read_pieces(pieces: NDArray[np.intp], page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    """The text of some pieces of ink, read with everything else whited out."""
    ink_map = page_ink.ink_map
    box = ink_map.box_of(pieces).grown(3, page_ink.pixels.shape)
    others = box.cut(ink_map.labels)
    foreign = np.zeros(len(ink_map.areas), dtype=np.uint8)
    foreign[1:] = PAPER
    foreign[pieces] = 0
    mask = foreign[others]
    pixels = box.cut(page_ink.pixels)
    if mask.any():
        pixels = pixels.copy()
        pixels[cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0] = PAPER
    return read_lines(pixels, box, engine, dpi=page_ink.page.dpi)
