"""One page of a PDF as blocks in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docmodel.blocks import Block, BlockRole, PictureBlock, TextBlock
from docmodel.document import Page
from docmodel.geometry import BBox, union_bbox
from docmodel.provenance import Provenance, TextSource
from extractors.layout.completing import complete_rulings
from extractors.layout.grid import find_ruled
from extractors.layout.panels import find_slides, take_out_panels
from extractors.layout.pieces import Piece
from extractors.pdf import pdfium
from extractors.pdf.characters import Characters, read_characters
from extractors.pdf.drawing import Drawing, read_drawing
from extractors.pdf.flow import order_blocks
from extractors.pdf.geometry import PageGeometry
from extractors.pdf.marks import find_drawn_marks
from extractors.pdf.order import drop_overprints, find_pieces
from extractors.pdf.tables import find_tables
from extractors.pdf.visible import SeenText, find_seen_text

PICTURE_SHARE = 0.05
"""A picture smaller than this share of the page is a seal or a logo, and nothing that a plan would say."""
BACKDROP_SHARE = 0.8
"""A picture this large behind a page full of text is its paper, not its content."""
BACKDROP_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is cheap to know of a page before its route is chosen.

    ``image_share`` is the share of the page that pictures cover (0–1); the counts are of characters without spaces.
    """

    image_share: float
    visible_chars: int
    invisible_chars: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RawPage:
    """A page as PDFium gives it: geometry, characters and drawings."""

    geometry: PageGeometry
    seen: SeenText
    drawing: Drawing

    @property
    def facts(self) -> PageFacts:
        """Counts for choosing the page's route."""
        return PageFacts(
            image_share=cover_share(self.drawing.images, self.geometry.bbox),
            visible_chars=self.seen.visible_count,
            invisible_chars=self.seen.invisible_count,
        )


def read_raw_page(page: pdfium.Handle, geometry: PageGeometry) -> RawPage:
    """Characters and drawings of a loaded page."""
    characters, others = read_characters(page, geometry)
    drawing = read_drawing(others, geometry)
    seen = find_seen_text(characters, geometry, [*drawing.backgrounds, *drawing.images])
    return RawPage(geometry=geometry, seen=seen, drawing=drawing)


def build_page(raw: RawPage, *, page_number: int, fields: Sequence[Piece] = ()) -> Page:
    """The page's blocks in reading order; ``fields`` is the text of form fields."""
    pieces = find_pieces(drop_overprints(raw.seen.flow)) + list(fields)
    page = raw.geometry.bbox
    ruled = find_ruled(complete_rulings(raw.drawing.segments, pieces))
    grids = [part for grid in ruled.grids for part in take_out_panels(grid, pieces, page)]
    pieces += find_drawn_marks(raw.drawing.shapes, ruled.frames, grids, pieces)
    found = find_tables(grids, pieces, page_number=page_number)
    blocks = order_blocks(found, raw.geometry, page_number, slides=find_slides(ruled.grids, page))
    blocks += _watermark(raw.seen.watermark, page_number)
    return Page(
        number=page_number,
        blocks=tuple(_with_pictures(blocks, _pictures(raw, page_number))),
        source=TextSource.TEXT_LAYER,
        width_pt=raw.geometry.width_pt,
        height_pt=raw.geometry.height_pt,
        rotation=raw.geometry.rotation,
    )


def _watermark(characters: Characters, page_number: int) -> list[TextBlock]:
    if len(characters) == 0:
        return []
    text = "".join(map(chr, characters.code.tolist())).strip()
    low, high = characters.box.min(axis=0), characters.box.max(axis=0)
    box = BBox(float(low[0]), float(low[1]), float(high[2]), float(high[3]))
    place = Provenance(page_number=page_number, bbox=box, source=TextSource.TEXT_LAYER)
    return [TextBlock(role=BlockRole.WATERMARK, raw_text=text, text=text, provenance=place)] if text else []


def _pictures(raw: RawPage, page_number: int) -> list[PictureBlock]:
    page = raw.geometry.bbox
    area = page.width * page.height
    boxes = _joined(_clipped(raw.drawing.images, page))
    large = [box for box in boxes if box.width * box.height >= PICTURE_SHARE * area]
    if raw.seen.visible_count >= BACKDROP_CHARS:
        large = [box for box in large if box.width * box.height < BACKDROP_SHARE * area]
    return [
        PictureBlock(provenance=Provenance(page_number=page_number, bbox=box, source=TextSource.TEXT_LAYER))
        for box in large
    ]


def _clipped(boxes: Sequence[BBox], page: BBox) -> list[BBox]:
    clipped = [
        BBox(max(box.x0, page.x0), max(box.top, page.top), min(box.x1, page.x1), min(box.bottom, page.bottom))
        for box in boxes
    ]
    return [box for box in clipped if box.width > 0 and box.height > 0]


def _joined(boxes: Sequence[BBox]) -> list[BBox]:
    """Boxes that touch made one: producers cut a picture into strips."""
    joined: list[BBox] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        whole = box
        apart = []
        for other in joined:
            near = (
                other.x0 <= whole.x1 + 2
                and whole.x0 <= other.x1 + 2
                and other.top <= whole.bottom + 2
                and whole.top <= other.bottom + 2
            )
            if near:
                merged = union_bbox((whole, other))
                assert merged is not None
                whole = merged
            else:
                apart.append(other)
        joined = [*apart, whole]
    return joined


def _with_pictures(blocks: Sequence[Block], pictures: Sequence[PictureBlock]) -> list[Block]:
    """Pictures at their height in the flow: before the first block that starts below a picture's top."""
    ordered = list(blocks)
    for picture in pictures:
        box = picture.provenance.bbox
        assert box is not None
        place = next(
            (
                index
                for index, block in enumerate(ordered)
                if block.provenance.bbox is not None and block.provenance.bbox.top >= box.top
            ),
            len(ordered),
        )
        ordered.insert(place, picture)
    return ordered


def cover_share(boxes: Sequence[BBox], page: BBox) -> float:
    """Share of the page (0–1) that some boxes cover together, counted on a grid of 50 × 50 points of the page."""
    if page.width <= 0 or page.height <= 0:
        return 0.0
    steps = 50
    covered = np.zeros((steps, steps), dtype=bool)
    for box in boxes:
        rows = slice(max(0, round(box.top / page.height * steps)), max(0, round(box.bottom / page.height * steps)))
        cols = slice(max(0, round(box.x0 / page.width * steps)), max(0, round(box.x1 / page.width * steps)))
        covered[rows, cols] = True
    return float(covered.mean())
