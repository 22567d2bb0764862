"""A second reading where a text layer is in doubt: does it say what the picture shows, and what do its headings say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from rapidfuzz import fuzz

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.document import Page
from docmodel.geometry import BBox
from docmodel.provenance import TextSource
from extractors.base import PageImage
from extractors.ocr import OcrEngine, PixelBox, ReadMode
from normalizers.markers import split_marker
from normalizers.repair import doubtful_share, repair_text
from normalizers.text import thai_skeleton

SAMPLES = 3
"""Places of a page that are read to weigh its layer: one may be a picture's caption or a stamp."""
SAMPLE_LETTERS = (12, 400)
"""Shorter places tell nothing, longer ones cost as much as the page."""
IDEAL_SAMPLE = 90
MATCHING = 0.6
"""Likeness of the letters that survive damage: the same line read twice has 0.8 and more, other lines under 0.4."""
DIFFERENT = 0.4
LEGIBLE = 0.7
"""Mean confidence from which the engine has read and not guessed."""
HEADING_HEIGHT_PT = 44.0
"""Two lines of a large heading."""
HEADING_CHARACTERS = (4, 120)
DOUBTFUL = 0.3
"""Share of a heading's Thai letters in no word: names and terms reach 0.2."""
BETTER_BY = 0.15
"""The other reading has to be better by this share of letters before it is taken."""
ZONE_MARGIN_PT = 2.0
STAMP_REST = 40
"""With fewer letters outside the layer's own places the layer is the page: a cover over a picture."""
HEAD_SHARE = 0.15
"""Stamps stand in the outer part of a page; a title that a layer puts in the middle is the body's."""

_CAPTION = re.compile(r"(?:ตาราง|ภาพ|รูป|แผนภูมิ|แผนภาพ|ภาคผนวก|บทที่|ส่วนที่|หมวด)")


class LayerCheck(StrEnum):
    """What a look at the picture says of the text layer."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneReading:
    """What the engine read in a part of the picture, and how sure it is (0–1)."""

    text: str
    confidence: float


def check_layer(page: Page, image: PageImage, engine: OcrEngine) -> LayerCheck:
    """Whether the longest lines of a layer stand in the picture where the layer has them.

    Raises EngineError where the engine fails. UNKNOWN where the picture is not legible there.
    """
    likeness = []
    for text, box in _samples(page):
        reading = read_zone(image, box, engine)
        if reading is not None and reading.confidence >= LEGIBLE:
            likeness.append(_likeness(repair_text(text).text, reading.text))
    if not likeness:
        return LayerCheck.UNKNOWN
    if max(likeness) >= MATCHING:
        return LayerCheck.AGREES
    return LayerCheck.DIFFERS if max(likeness) < DIFFERENT else LayerCheck.UNKNOWN


def find_doubtful_headings(page: Page) -> tuple[TextBlock, ...]:
    """Headings and captions of a layer in which, after repair, too many letters are in no word."""
    return tuple(
        block
        for block in page.text_blocks()
        if _looks_like_heading(block) and doubtful_share(repair_text(block.raw_text).text) >= DOUBTFUL
    )


def read_headings_again(page: Page, headings: Sequence[TextBlock], image: PageImage, engine: OcrEngine) -> Page:
    """The page with each heading in the reading that makes words: the layer's, or the picture's where that is better.

    A heading taken from the picture has OCR as its source, with the engine's confidence.
    """
    better: dict[int, TextBlock] = {}
    for block in headings:
        assert block.provenance.bbox is not None
        reading = read_zone(image, block.provenance.bbox, engine)
        if reading is not None and _is_better(reading, repair_text(block.raw_text).text):
            place = replace(block.provenance, source=TextSource.OCR, confidence=reading.confidence)
            better[id(block)] = replace(block, raw_text=reading.text, text=reading.text, provenance=place)
    if not better:
        return page
    return replace(page, blocks=tuple(better.get(id(block), block) for block in page.blocks))


def keep_stamp(scan: Page, layer: Page) -> Page:
    """A scanned page with the words that a digital stamp put over it as the layer says them; the layer alone where the
    picture says next to nothing more (a cover with its title over a photograph)."""
    stamps = [block for block in layer.text_blocks() if block.provenance.bbox is not None]
    boxes = [_grown(block.provenance.bbox) for block in stamps if block.provenance.bbox is not None]
    rest = [block for block in scan.blocks if not (isinstance(block, TextBlock) and _stands_in(block, boxes))]
    if sum(len(thai_skeleton(text)) for text in _texts(rest)) < STAMP_REST:
        return layer
    blocks = [*rest, *(replace(block, role=_stamp_role(block, layer)) for block in stamps)]
    return replace(scan, blocks=tuple(sorted(blocks, key=_top)))


def read_zone(image: PageImage, box: BBox, engine: OcrEngine) -> ZoneReading | None:
    """What stands in a part of the page, given in points; None where nothing is legible."""
    scale = 1 / image.points_per_pixel
    zone = _grown(box)
    rows, columns = image.pixels.shape[:2]
    cut = PixelBox(
        max(0, round(zone.x0 * scale)),
        max(0, round(zone.top * scale)),
        min(columns, round(zone.x1 * scale)),
        min(rows, round(zone.bottom * scale)),
    )
    if cut.width <= 0 or cut.height <= 0:
        return None
    words = engine.read_words(cut.cut(image.pixels), ReadMode.BLOCK)
    if not words:
        return None
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    text = "\n".join(" ".join(line) for _, line in sorted(lines.items()))
    return ZoneReading(text=repair_text(text).text, confidence=fmean(word.confidence for word in words))


def _samples(page: Page) -> list[tuple[str, BBox]]:
    places = [(text, box) for text, box in _places(page) if SAMPLE_LETTERS[0] <= len(text) <= SAMPLE_LETTERS[1]]
    return sorted(places, key=lambda place: abs(len(place[0]) - IDEAL_SAMPLE))[:SAMPLES]


def _places(page: Page) -> Iterator[tuple[str, BBox]]:
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.provenance.bbox is not None:
            yield block.raw_text, block.provenance.bbox
        elif isinstance(block, TableBlock):
            for cell in block.table.cells:
                if cell.provenance.bbox is not None:
                    yield cell.raw_text, cell.provenance.bbox


def _looks_like_heading(block: TextBlock) -> bool:
    box = block.provenance.bbox
    text = block.raw_text.strip()
    if box is None or box.height > HEADING_HEIGHT_PT or not block.role.in_body:
        return False
    if not HEADING_CHARACTERS[0] <= len(text) <= HEADING_CHARACTERS[1]:
        return False
    styled = block.style.bold or block.style.centered or block.role is BlockRole.HEADING
    return bool(styled) or split_marker(text)[0] is not None or _CAPTION.match(text) is not None


def _is_better(reading: ZoneReading, layer_text: str) -> bool:
    """Whether the picture's reading is of the same line, sure, and made of words where the layer's is not."""
    if reading.confidence < LEGIBLE or _likeness(layer_text, reading.text) < MATCHING:
        return False
    return doubtful_share(reading.text) + BETTER_BY <= doubtful_share(layer_text)


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(thai_skeleton(one), thai_skeleton(other)) / 100


def _stands_in(block: TextBlock, boxes: Sequence[BBox]) -> bool:
    box = block.provenance.bbox
    return box is not None and any(area.contains_point(box.x_center, box.y_center) for area in boxes)


def _stamp_role(block: TextBlock, page: Page) -> BlockRole:
    box, height = block.provenance.bbox, page.height_pt or 0.0
    if box is not None and block.role.in_body:
        if box.bottom <= HEAD_SHARE * height:
            return BlockRole.PAGE_HEADER
        if box.top >= (1 - HEAD_SHARE) * height:
            return BlockRole.PAGE_FOOTER
    return block.role


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextBlock):
            yield block.raw_text
        elif isinstance(block, TableBlock):
            yield from (cell.raw_text for cell in block.table.cells)


def _top(block: Block) -> float:
    return block.provenance.bbox.top if block.provenance.bbox is not None else 0.0


def _grown(box: BBox) -> BBox:
    by = ZONE_MARGIN_PT
    return BBox(box.x0 - by, box.top - by, box.x1 + by, box.bottom + by)
