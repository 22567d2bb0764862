"""Stamps over text, lifted off the page by their shade: what they cover is read as if they were not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import GrayImage, PixelBox
from extractors.ocr.frames import find_frames, level_stamp
from extractors.ocr.imaging import PAPER, UprightPage

MIN_PALER = 36.0
"""How much lighter than print, in grey levels, a stamp's ink is at least: red and blue ones differ by 60 and more."""
MIN_GLUED_SHARE = 0.03
"""Share of an outline's ink that is print running through it; a stamp on blank paper has none, nor has one with dark
writing inside, as on the stamps of incoming letters."""
DARKER_PART, MIDDLE = 35.0, 50.0
"""Percentiles at which the shades are taken: edges of strokes are lighter, and print glued to a stamp is darker."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiftedStamp:
    """A stamp that was taken off: its box on the upright picture, and it alone, turned level."""

    bbox: PixelBox
    pixels: GrayImage


def lift_stamps(page: UprightPage, tables: Sequence[PixelBox]) -> tuple[UprightPage, tuple[LiftedStamp, ...]]:
    """The page without the stamps that are paler than its print and that it runs through, and these stamps.

    A stamp as dark as the print cannot be told from it by shade and stays.
    """
    frames, labels = find_frames(page, tables)
    stamps = [frame for frame in frames if frame.is_stamp]
    if not stamps:
        return page, ()
    print_shade = _shade(page.pixels, page.ink > 0, DARKER_PART)
    pixels, ink = page.pixels.copy(), page.ink.copy()
    lifted: list[LiftedStamp] = []
    for frame in reversed(stamps):  # the larger ones first: rings in them go with them
        if any(_holds(other.bbox, frame.bbox) for other in lifted):
            continue
        box = frame.bbox
        crop = box.cut(page.pixels)
        own = box.cut(labels) == frame.label
        outline = _shade(crop, own, MIDDLE)
        if outline - print_shade < MIN_PALER:
            continue
        cut = (outline + print_shade) / 2
        dark = (crop <= cut) & (box.cut(page.ink) > 0)
        if (dark & own).sum() < MIN_GLUED_SHARE * own.sum():
            continue
        lifted.append(LiftedStamp(bbox=box, pixels=level_stamp(_without(page.pixels, box, dark), frame)))
        near = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        inside = (slice(box.top, box.bottom), slice(box.left, box.right))
        pixels[inside] = np.where(near, crop, PAPER)
        ink[inside] = np.where(near, box.cut(page.ink), 0)
    return (replace(page, pixels=pixels, ink=ink) if lifted else page), tuple(lifted)


def _shade(pixels: GrayImage, mask: NDArray[np.bool_], part: float) -> float:
    """The grey of some ink, at a percentile."""
    values = pixels[mask]
    return float(np.percentile(values, part)) if values.size else float(PAPER)


def _without(pixels: GrayImage, box: PixelBox, dark: NDArray[np.bool_]) -> GrayImage:
    """A picture with the print in a box whited out."""
    gone = cv2.dilate(dark.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    alone = pixels.copy()
    alone[box.top : box.bottom, box.left : box.right][gone] = PAPER
    return alone


def _holds(outer: PixelBox, inner: PixelBox) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )
