"""A scanned page read: straightened, its tables cell by cell, the rest as prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext

import numpy as np

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.document import Page
from docmodel.provenance import Provenance, TextSource
from extractors.base import PageImage
from extractors.layout.grid import Grid, find_grids
from extractors.ocr.cache import CachedEngine
from extractors.ocr.cells import PageInk, pixel_box, read_table
from extractors.ocr.engine import OcrEngine, PixelBox
from extractors.ocr.imaging import UprightPage, straighten_page
from extractors.ocr.inkmap import erase_pieces, map_ink
from extractors.ocr.lines import OcrLine, confidence_of, place_marks, read_lines
from extractors.ocr.marks import find_boxes
from extractors.ocr.rulings import Rulings, erase_rulings, find_rulings


def read_page_image(image: PageImage, *, page_number: int, engine: OcrEngine) -> Page:
    """The page's blocks in reading order, with the engine's confidence on each.

    ``readable`` is False where there is ink and nothing legible came of it.
    """
    with engine.page(image.pixels) if isinstance(engine, CachedEngine) else nullcontext():
        return _read_page(image, page_number, engine)


def _read_page(image: PageImage, page_number: int, engine: OcrEngine) -> Page:
    page = straighten_page(image)
    rulings = find_rulings(page)
    grids = find_grids(rulings.segments)
    page_ink = prepare_ink(page, rulings)
    placed: list[tuple[float, float, Block]] = []
    for number, grid in enumerate(grids, start=1):
        table = read_table(grid, page_ink, engine, table_id=f"p{page_number}-t{number}", page_number=page_number)
        placed.append((grid.bbox.top, grid.bbox.x0, TableBlock(table=table)))
    scale = 72.0 / page.dpi
    lines = []
    for region in _prose_regions(page, grids):
        own = _read_prose(region, page_ink, engine)
        lines += own
        placed += [
            (lines_box.top * scale, lines_box.left * scale, block)
            for lines_box, block in _paragraphs(own, page, page_number)
        ]
    blocks = tuple(block for _, _, block in sorted(placed, key=lambda item: item[:2]))
    confidences = [block.provenance.confidence for block in blocks]
    known = [value for value in confidences if value is not None]
    return Page(
        number=page_number,
        blocks=blocks,
        source=TextSource.OCR,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        rotation=page.turn,
        ocr_confidence=round(sum(known) / len(known), 4) if known else None,
        readable=bool(known) or not page_ink.ink_map.areas.any(),
    )


def prepare_ink(page: UprightPage, rulings: Rulings) -> PageInk:
    """The page without ruling lines, dust and boxes, its ink piece by piece."""
    pixels, ink = erase_rulings(page, rulings)
    ink_map, noise = map_ink(ink, page.dpi)
    boxes = find_boxes(ink_map, page.ink, page.dpi)
    in_boxes = np.array([piece for mark in boxes for piece in mark.pieces], dtype=np.intp)
    pixels = erase_pieces(pixels, ink_map, np.concatenate([noise, in_boxes]))
    return PageInk(page=page, pixels=pixels, ink_map=ink_map.without(in_boxes), boxes=boxes)


def _prose_regions(page: UprightPage, grids: Sequence[Grid]) -> list[PixelBox]:
    """The bands of the page above, between and below its tables, and beside them."""
    height, width = page.pixels.shape
    tables = [pixel_box((g.bbox.x0, g.bbox.top, g.bbox.x1, g.bbox.bottom), page) for g in grids]
    cuts = [0]
    regions = []
    for table in sorted(tables, key=lambda box: box.top):
        if table.top > cuts[-1]:
            regions.append(PixelBox(0, cuts[-1], width, table.top))
        regions.append(PixelBox(0, table.top, table.left, table.bottom))
        regions.append(PixelBox(table.right, table.top, width, table.bottom))
        cuts.append(max(cuts[-1], table.bottom))
    regions.append(PixelBox(0, cuts[-1], width, height))
    return [region for region in regions if region.width > 0 and region.height > 0]


def _read_prose(region: PixelBox, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    pieces = page_ink.ink_map.within(region)
    marks = [
        mark
        for mark in page_ink.boxes
        if region.left <= mark.bbox.x_center < region.right and region.top <= mark.bbox.y_center < region.bottom
    ]
    lines: list[OcrLine] = []
    if len(pieces):
        box = page_ink.ink_map.box_of(pieces).grown(3, page_ink.pixels.shape)
        lines = read_lines(box.cut(page_ink.pixels), box, engine, dpi=page_ink.page.dpi)
    return place_marks(lines, marks)


def _paragraphs(lines: Iterable[OcrLine], page: UprightPage, page_number: int) -> list[tuple[PixelBox, TextBlock]]:
    blocks = []
    for line in lines:
        provenance = Provenance(
            page_number=page_number,
            bbox=page.page_bbox(line.bbox),
            source=TextSource.OCR,
            confidence=confidence_of([line]),
        )
        blocks.append((line.bbox, TextBlock(raw_text=line.text, text=line.text, provenance=provenance)))
    return blocks
