"""The ink of an upright page sorted out: lines, noise, boxes and pictures taken from what is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from docmodel.geometry import BBox
from extractors.ocr.engine import GrayImage, OcrEngine, PixelBox
from extractors.ocr.frames import Frame, find_frames
from extractors.ocr.imaging import UprightPage
from extractors.ocr.inkmap import InkMap, erase_pieces, map_ink
from extractors.ocr.lines import LineReader
from extractors.ocr.marks import Mark, find_boxes
from extractors.ocr.rulings import Rulings, erase_rulings
from extractors.ocr.textlines import Pieces, measure_letters

PICTURE_INCH = 0.45
"""Connected ink that is wider and higher than this is no glyph: titles on covers have letters of 0.3 inch."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageInk:
    """A page ready to be read.

    ``pixels`` is grey without lines, noise, boxes and pictures; ``ink_map`` holds the ink that may be text; ``boxes``
    are the drawn boxes found, ``pictures`` the places of large drawings, ``framed`` the frames with the ink inside.
    """

    page: UprightPage
    pixels: GrayImage
    ink_map: InkMap
    boxes: tuple[Mark, ...]
    pictures: tuple[PixelBox, ...]
    framed: tuple[tuple[Frame, Pieces], ...]
    usual_px: float | None

    def line_reader(self, engine: OcrEngine) -> LineReader:
        """A reader for the ink of this page."""
        return LineReader(
            pixels=self.pixels, ink_map=self.ink_map, dpi=self.page.dpi, usual_px=self.usual_px, engine=engine
        )

    def boxes_in(self, place: PixelBox) -> list[Mark]:
        """The drawn boxes whose middle lies in a place."""
        return [mark for mark in self.boxes if place.holds(mark.bbox)]


def sort_ink(page: UprightPage, rulings: Rulings, tables: Sequence[PixelBox] = ()) -> PageInk:
    """What stands on a page, kind by kind; ``tables`` are the places of its tables."""
    pixels, ink = erase_rulings(page, rulings)
    ink_map, noise = map_ink(ink, page.dpi)
    boxes = find_boxes(ink_map, page.ink, page.dpi)
    in_boxes = np.array([piece for mark in boxes for piece in mark.pieces], dtype=np.intp)
    ink_map = ink_map.without(in_boxes)
    frames, outlines = _find_framed(page, ink_map, tables)
    ink_map = ink_map.without(outlines)
    large, pictures = _find_pictures(ink_map, page)
    pixels = erase_pieces(pixels, ink_map, np.concatenate([noise, in_boxes, outlines, large]))
    ink_map = ink_map.without(large)
    return PageInk(
        page=page,
        pixels=pixels,
        ink_map=ink_map,
        boxes=boxes,
        pictures=pictures,
        framed=_take_contents(frames, ink_map),
        usual_px=measure_letters(ink_map.boxes[np.flatnonzero(ink_map.areas)], page.dpi),
    )


def _find_framed(page: UprightPage, ink_map: InkMap, tables: Sequence[PixelBox]) -> tuple[tuple[Frame, ...], Pieces]:
    """The frames of a page, and the pieces of ink that are their outlines."""
    frames, labels = find_frames(page, tables)
    outlines = [np.unique(frame.bbox.cut(ink_map.labels)[frame.bbox.cut(labels) == frame.label]) for frame in frames]
    joined = np.concatenate([np.empty(0, dtype=np.intp), *outlines]).astype(np.intp)
    return frames, joined[joined > 0]


def _take_contents(frames: Sequence[Frame], ink_map: InkMap) -> tuple[tuple[Frame, Pieces], ...]:
    """Each frame with the ink inside; ink inside several belongs to the smallest."""
    free = ink_map
    framed = []
    for frame in frames:
        pieces = free.within(frame.bbox)
        free = free.without(pieces)
        if len(pieces):
            framed.append((frame, pieces))
    return tuple(framed)


def _find_pictures(ink_map: InkMap, page: UprightPage) -> tuple[Pieces, tuple[PixelBox, ...]]:
    """Pieces too large for glyphs, and the places of those that are pictures and no mere frames."""
    size = ink_map.boxes[:, 2:] - ink_map.boxes[:, :2]
    large = np.flatnonzero((size.min(axis=1) > PICTURE_INCH * page.dpi) & (ink_map.areas > 0))
    return large, tuple(ink_map.box_of([int(piece)]) for piece in large)


def pixel_box(bbox: BBox, page: UprightPage) -> PixelBox:
    """A box in points of the upright picture as pixels."""
    scale = 1 / page.points_per_pixel
    height, width = page.pixels.shape
    left, top, right, bottom = (round(value * scale) for value in (bbox.x0, bbox.top, bbox.x1, bbox.bottom))
    return PixelBox(max(0, left), max(0, top), min(width, right), min(height, bottom))


def point_box(box: PixelBox, page: UprightPage) -> BBox:
    """A box in pixels as points of the upright picture."""
    scale = page.points_per_pixel
    return BBox(box.left * scale, box.top * scale, box.right * scale, box.bottom * scale)


def around(boxes: Sequence[PixelBox]) -> PixelBox:
    """The box around some boxes."""
    return PixelBox(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
