"""Ruling lines of a page picture: where they are, and the page without them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.layout.grid import Segment, horizontal, vertical
from extractors.ocr.engine import GrayImage
from extractors.ocr.imaging import PAPER, UprightPage

CORE_INCH = 0.17
"""The shortest unbroken stroke that starts a line: longer than any level or upright stroke of body text."""
MIN_HORIZONTAL_INCH, MIN_VERTICAL_INCH = 0.3, 0.2
"""The shortest side of a cell; a row of one text line is a quarter of an inch high."""
GAP_INCH = 0.06
"""Breaks of a faint line that are closed; dashes are the grid finder's to join."""
MAX_THICKNESS_INCH = 0.06
"""Anything thicker is a filled area or a picture."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rulings:
    """``segments`` in points of the upright picture; ``mask`` 255 on the lines' own pixels."""

    segments: tuple[Segment, ...]
    mask: GrayImage


def find_rulings(page: UprightPage) -> Rulings:
    """The level and upright lines of an upright page."""
    points = 72.0 / page.dpi
    segments: list[Segment] = []
    mask = np.zeros_like(page.ink)
    for is_level, min_inch in ((True, MIN_HORIZONTAL_INCH), (False, MIN_VERTICAL_INCH)):
        core = page.pixels_of(CORE_INCH)
        gap = page.pixels_of(GAP_INCH)
        lines = cv2.morphologyEx(page.ink, cv2.MORPH_OPEN, _bar(core, is_level))
        closed = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, _bar(gap, is_level))
        count, labels, stats, centers = cv2.connectedComponentsWithStats(closed, connectivity=8)
        keep = np.zeros(count, dtype=bool)
        for label in range(1, count):
            left, top, width, height, area = (int(value) for value in stats[label])
            length, depth = (width, height) if is_level else (height, width)
            # a sloping line's box is deep, its ink over its length is not
            if length < min_inch * page.dpi or area / length > MAX_THICKNESS_INCH * page.dpi:
                continue
            if depth > max(3 * MAX_THICKNESS_INCH * page.dpi, 0.02 * length):
                continue
            keep[label] = True
            x, y = centers[label]
            segments.append(
                horizontal((y + 0.5) * points, left * points, (left + width) * points)
                if is_level
                else vertical((x + 0.5) * points, top * points, (top + height) * points)
            )
        mask |= np.where(keep[labels], np.uint8(PAPER), np.uint8(0)) & page.ink
    return Rulings(segments=tuple(segments), mask=mask)


def erase_rulings(page: UprightPage, rulings: Rulings) -> tuple[GrayImage, GrayImage]:
    """The page's grey picture and its ink without the lines; strokes that cross a line stay whole."""
    reach = page.pixels_of(0.015)
    rest = cv2.bitwise_and(page.ink, cv2.bitwise_not(_grow(rulings.mask, 1)))
    # a stroke crosses where the rest has ink on both sides of the line
    span = 2 * page.pixels_of(0.02) + 1
    above = cv2.dilate(rest, np.ones((span, 1), np.uint8), anchor=(0, span - 1))
    below = cv2.dilate(rest, np.ones((span, 1), np.uint8), anchor=(0, 0))
    left = cv2.dilate(rest, np.ones((1, span), np.uint8), anchor=(span - 1, 0))
    right = cv2.dilate(rest, np.ones((1, span), np.uint8), anchor=(0, 0))
    crossing = cv2.bitwise_or(cv2.bitwise_and(above, below), cv2.bitwise_and(left, right))
    crossing = cv2.bitwise_and(crossing, page.ink)
    halo = cv2.bitwise_and(_grow(rulings.mask, reach), cv2.bitwise_not(crossing))
    halo = cv2.bitwise_or(
        cv2.bitwise_and(halo, cv2.bitwise_not(rest)), cv2.bitwise_and(rulings.mask, cv2.bitwise_not(crossing))
    )
    pixels = page.pixels.copy()
    pixels[halo > 0] = PAPER
    ink = cv2.bitwise_and(page.ink, cv2.bitwise_not(halo))
    return pixels, np.asarray(ink, dtype=np.uint8)


def _bar(length: int, is_level: bool) -> GrayImage:
    return np.ones((1, length) if is_level else (length, 1), np.uint8)


def _grow(mask: GrayImage, by: int) -> GrayImage:
    return np.asarray(cv2.dilate(mask, np.ones((2 * by + 1, 2 * by + 1), np.uint8)), dtype=np.uint8)
