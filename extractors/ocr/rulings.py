"""Ruling lines of a page picture: where they are, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.layout.grid import Segment, horizontal, vertical
from extractors.ocr.engine import GrayImage, PixelBox
from extractors.ocr.imaging import PAPER, UprightPage

CORE_INCH = 0.17
"""The shortest unbroken stroke that starts a line: longer than any level or upright stroke of body text."""
MIN_HORIZONTAL_INCH, MIN_VERTICAL_INCH = 0.3, 0.2
"""The shortest side of a cell; a row of one text line is a quarter of an inch high."""
GAP_INCH = 0.06
"""Breaks of a faint line that are closed; dashes are the grid finder's to join."""
MAX_THICKNESS_INCH = 0.06
"""Anything thicker is a filled area or a picture."""
STROKE_INCH = 1.0
"""Shorter lines may be strokes of the letters of a title, which are up to 70 points large, and must show that they are
none."""
MEET_INCH, BREAK_INCH = 0.05, 0.15
"""How near lines come that meet, and the largest break in a line worn away."""
UNDERLINE_THICKNESS, UNDERLINE_RISE = 0.06, 0.3
"""The underline of a word in its own lengths: thinner than this, or joined to no higher ink. Strokes of letters are a
tenth as thick as long, and the flattest mark, SARA I, is half as high as wide."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rulings:
    """``segments`` in points of the upright picture; ``mask`` 255 on the lines' own pixels."""

    segments: tuple[Segment, ...]
    mask: GrayImage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A straight stroke: its box and middle in pixels, and its label in the picture of its direction."""

    is_level: bool
    label: int
    box: PixelBox
    x: float
    y: float

    @property
    def length(self) -> int:
        return self.box.width if self.is_level else self.box.height

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        left, top, right, bottom = self.box
        return ((left, self.y), (right, self.y)) if self.is_level else ((self.x, top), (self.x, bottom))


def find_rulings(page: UprightPage) -> Rulings:
    """The level and upright lines of an upright page."""
    found = {is_level: _find_strokes(page, is_level=is_level) for is_level in (True, False)}
    lines = _without_letters([line for lines, _ in found.values() for line in lines], page)
    mask = np.zeros_like(page.ink)
    for is_level, (_, labels) in found.items():
        keep = np.zeros(int(labels.max()) + 1, dtype=bool)
        keep[[line.label for line in lines if line.is_level is is_level]] = True
        mask |= np.where(keep[labels], np.uint8(PAPER), np.uint8(0)) & page.ink
    points = 72.0 / page.dpi
    segments = tuple(
        horizontal((line.y + 0.5) * points, line.box.left * points, line.box.right * points)
        if line.is_level
        else vertical((line.x + 0.5) * points, line.box.top * points, line.box.bottom * points)
        for line in lines
    )
    return Rulings(segments=segments, mask=mask)


def _find_strokes(page: UprightPage, *, is_level: bool) -> tuple[list[_Line], NDArray[np.int32]]:
    """The straight thin strokes of one direction, and the picture with their labels."""
    core = page.pixels_of(CORE_INCH)
    gap = page.pixels_of(GAP_INCH)
    strokes = cv2.morphologyEx(page.ink, cv2.MORPH_OPEN, _bar(core, is_level))
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, _bar(gap, is_level))
    count, labels, stats, centers = cv2.connectedComponentsWithStats(closed, connectivity=8)
    min_inch = MIN_HORIZONTAL_INCH if is_level else MIN_VERTICAL_INCH
    lines = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        length, depth = (width, height) if is_level else (height, width)
        # a sloping line's box is deep, its ink over its length is not
        if length < min_inch * page.dpi or area / length > MAX_THICKNESS_INCH * page.dpi:
            continue
        if depth > max(3 * MAX_THICKNESS_INCH * page.dpi, 0.02 * length):
            continue
        x, y = (float(value) for value in centers[label])
        box = PixelBox(left, top, left + width, top + height)
        lines.append(_Line(is_level=is_level, label=label, box=box, x=x, y=y))
    return lines, np.asarray(labels, dtype=np.int32)


def _without_letters(lines: Sequence[_Line], page: UprightPage) -> list[_Line]:
    """The lines without letters' strokes: a short line ends at others, goes on beyond a break, or underlines."""
    long_px = STROKE_INCH * page.dpi
    if all(line.length >= long_px for line in lines):
        return list(lines)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(page.ink, connectivity=8)
    heights = np.asarray(stats, dtype=np.int32)[:, cv2.CC_STAT_HEIGHT]
    long = [line for line in lines if line.length >= long_px]
    sure = {
        line
        for line in lines
        if line.length >= long_px
        or _goes_on(line, long, page)
        or (line.is_level and _is_underline(line, page, np.asarray(labels), heights))
    }
    kept = list(lines)
    while True:
        rest = [line for line in kept if line in sure or _ends_at(line, kept, page)]
        if len(rest) == len(kept):
            return rest
        kept = rest


def _goes_on(line: _Line, others: Sequence[_Line], page: UprightPage) -> bool:
    """Whether a line is a piece of one of the others, beyond a break."""
    aside, along = 0.01 * page.dpi + 1, BREAK_INCH * page.dpi
    for other in others:
        if other.is_level is not line.is_level or other is line:
            continue
        offset = line.y - other.y if line.is_level else line.x - other.x
        first, second = (0, 2) if line.is_level else (1, 3)
        gap = max(line.box[first], other.box[first]) - min(line.box[second], other.box[second])
        if abs(offset) <= aside and gap <= along:
            return True
    return False


def _ends_at(line: _Line, others: Sequence[_Line], page: UprightPage) -> bool:
    """Whether lines of the other direction bound a line at both ends."""
    reach = page.pixels_of(MEET_INCH)
    crossing = [other.box.grown(reach, page.ink.shape) for other in others if other.is_level is not line.is_level]
    return all(any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in crossing) for x, y in line.ends)


def _is_underline(line: _Line, page: UprightPage, labels: NDArray[np.int32], heights: NDArray[np.int32]) -> bool:
    own = line.box.cut(labels)
    own = own[own > 0]
    if own.size and int(heights[np.bincount(own).argmax()]) < UNDERLINE_RISE * line.length:
        return True
    reach = max(1, round(UNDERLINE_THICKNESS * line.length))
    middle = round(line.y)
    inked = page.ink[max(0, middle - reach) : middle + reach + 1, line.box.left : line.box.right] > 0
    return bool(np.median(inked.sum(axis=0)) < UNDERLINE_THICKNESS * line.length)


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
