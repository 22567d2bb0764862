"""A scanned page read: straightened, its tables cell by cell, the rest as prose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import numpy as np

from docmodel.blocks import Block, BlockRole, PictureBlock, TableBlock, TextBlock
from docmodel.document import Page
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from extractors.base import PageImage
from extractors.layout.blocks import find_blocks
from extractors.layout.grid import Grid, find_grids
from extractors.ocr.cache import CachedEngine
from extractors.ocr.cells import read_picture, read_table
from extractors.ocr.engine import GrayImage, OcrEngine, PixelBox
from extractors.ocr.frames import Frame, level_stamp
from extractors.ocr.imaging import UprightPage, memory_told, straighten_page
from extractors.ocr.lines import OcrLine, confidence_of, place_marks
from extractors.ocr.looks import PageLooks, measure_looks
from extractors.ocr.pageink import PageInk, pixel_box, point_box, sort_ink
from extractors.ocr.pieces import layout_line
from extractors.ocr.rulings import find_rulings
from extractors.ocr.stamps import lift_stamps
from extractors.ocr.textlines import Pieces

UPRIGHT = 0.76
"""A page read with less confidence may lie on its side or head and is tried the other ways round too: upright plans
reach 0.9, the same pages turned stay under 0.7."""
WHOLE_CHARS, WHOLE_SHARE = 4, 0.3
"""Characters of a run without spaces that is no crumb, and the share of a page's characters in such runs from which its
reading counts in full: Thai has no spaces between words, and even pages of figures have heads."""
LEGIBLE = 0.8
"""Mean confidence from which a stamp counts as read; print reaches 0.9, guesses at ornaments stay below 0.7."""


def read_page_image(image: PageImage, *, page_number: int, engine: OcrEngine) -> Page:
    """The page's blocks in reading order, with the engine's confidence on each.

    ``readable`` is False where there is ink and nothing legible came of it.
    """
    with engine.page(image.pixels) if isinstance(engine, CachedEngine) else nullcontext(), memory_told():
        best, trust = _read_page(image, page_number, engine, turn=0)
        if best.blocks and trust < UPRIGHT:
            for turn in (180, 90, 270):
                other, others_trust = _read_page(image, page_number, engine, turn=turn)
                if others_trust > trust:
                    best, trust = other, others_trust
                if trust >= UPRIGHT:
                    break
        return best


def _trust(page: Page) -> float:
    """Confidence in a reading of a page, less where it comes in crumbs, as lines on their side do."""
    tables = (block.table for block in page.blocks if isinstance(block, TableBlock))
    texts = [block.raw_text for block in page.text_blocks()]
    texts += [cell.raw_text for table in tables for cell in table.cells]
    words = [len(word) for text in texts for word in text.split()]
    whole = sum(length for length in words if length >= WHOLE_CHARS)
    return (page.ocr_confidence or 0.0) * min(1.0, whole / max(1.0, WHOLE_SHARE * sum(words)))


def _read_page(image: PageImage, page_number: int, engine: OcrEngine, *, turn: int) -> tuple[Page, float]:
    """The page read that way round, and how far the reading is to be trusted."""
    page = straighten_page(image, turn=turn)
    rulings = find_rulings(page)
    grids = find_grids(rulings.segments)
    tables = [pixel_box(grid.bbox, page) for grid in grids]
    page, lifted = lift_stamps(page, tables)
    page_ink = sort_ink(page, rulings, tables)
    placed: list[tuple[BBox, Block]] = []
    for number, grid in enumerate(grids, start=1):
        table = read_table(grid, page_ink, engine, table_id=f"p{page_number}t{number}", page_number=page_number)
        placed.append((grid.bbox, TableBlock(table=table)))
    prose = [_read_prose(region, page_ink, engine) for region in _prose_regions(page, grids)]
    looks = measure_looks(page_ink.ink_map, page_ink.usual_px, [line for lines in prose for line in lines])
    for frame, pieces in page_ink.framed:
        placed += _read_frame(frame, pieces, page_ink, engine, looks=looks, page_number=page_number)
    placed += [_read_stamp(stamp.pixels, stamp.bbox, page_ink, engine, page_number) for stamp in lifted]
    for lines in prose:
        placed += _prose_blocks(lines, page, looks, page_number)
    for picture in page_ink.pictures:
        place = Provenance(page_number=page_number, bbox=page.page_bbox(picture), source=TextSource.OCR)
        placed.append((point_box(picture, page), PictureBlock(provenance=place)))
    blocks = tuple(block for _, block in sorted(placed, key=lambda item: (item[0].top, item[0].x0)))
    known = [block.provenance.confidence for block in blocks if block.provenance.confidence is not None]
    read = Page(
        number=page_number,
        blocks=blocks,
        source=TextSource.OCR,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        rotation=page.turn,
        ocr_confidence=round(sum(known) / len(known), 4) if known else None,
        readable=bool(known) or not page_ink.ink_map.areas.any(),
    )
    return read, _trust(read)


def _read_frame(
    frame: Frame, pieces: Pieces, page_ink: PageInk, engine: OcrEngine, *, looks: PageLooks, page_number: int
) -> list[tuple[BBox, Block]]:
    """The text in a frame; a stamp's is no part of the body."""
    if not frame.is_stamp:
        return list(_prose_blocks(page_ink.line_reader(engine).read(pieces), page_ink.page, looks, page_number))
    return [_read_stamp(level_stamp(page_ink.pixels, frame), frame.bbox, page_ink, engine, page_number)]


def _read_stamp(
    pixels: GrayImage, bbox: PixelBox, page_ink: PageInk, engine: OcrEngine, page_number: int
) -> tuple[BBox, Block]:
    """What a stamp's picture says, out of the body; a stamp that cannot be read stays a picture."""
    page = page_ink.page
    lines = read_picture(pixels, page_ink, engine)
    text = "\n".join(line.text for line in lines)
    confidence = confidence_of(lines)
    readable = confidence is not None and confidence >= LEGIBLE
    place = Provenance(
        page_number=page_number,
        bbox=page.page_bbox(bbox),
        source=TextSource.OCR,
        confidence=confidence if readable else None,
    )
    block: Block = (
        TextBlock(role=BlockRole.WATERMARK, raw_text=text, text=text, provenance=place)
        if readable
        else PictureBlock(provenance=place)
    )
    return point_box(bbox, page), block


def _prose_regions(page: UprightPage, grids: Sequence[Grid]) -> list[PixelBox]:
    """The bands of the page above, between and below its tables, and beside them."""
    height, width = page.pixels.shape
    reached = 0
    regions = []
    for table in sorted((pixel_box(grid.bbox, page) for grid in grids), key=lambda box: box.top):
        regions.append(PixelBox(0, reached, width, table.top))
        regions.append(PixelBox(0, max(reached, table.top), table.left, table.bottom))
        regions.append(PixelBox(table.right, max(reached, table.top), width, table.bottom))
        reached = max(reached, table.bottom)
    regions.append(PixelBox(0, reached, width, height))
    return [region for region in regions if region.width > 0 and region.height > 0]


def _read_prose(region: PixelBox, page_ink: PageInk, engine: OcrEngine) -> list[OcrLine]:
    framed = [pieces for _, pieces in page_ink.framed]
    free = page_ink.ink_map.without(np.concatenate(framed)) if framed else page_ink.ink_map
    lines = page_ink.line_reader(engine).read(free.within(region))
    return place_marks(lines, page_ink.boxes_in(region))


def _prose_blocks(
    lines: Sequence[OcrLine], page: UprightPage, looks: PageLooks, page_number: int
) -> list[tuple[BBox, TextBlock]]:
    """Paragraphs with their places on the upright picture; their provenance has the place on the page."""
    found = find_blocks(
        [layout_line(line, page, looks) for line in lines],
        page_number=page_number,
        page_height_pt=page.height_pt,
        source=TextSource.OCR,
    )
    blocks = []
    for block in found:
        upright = block.provenance.bbox
        assert upright is not None
        place = replace(block.provenance, bbox=page.page_bbox(pixel_box(upright, page)))
        blocks.append((upright, replace(block, provenance=place)))
    return blocks
