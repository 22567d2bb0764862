"""Ticks, boxes and strokes told from their shape; an OCR engine has no such glyphs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import GrayImage, PixelBox
from extractors.ocr.inkmap import InkMap

TICK = "\N{CHECK MARK}"
BOX = "\N{BALLOT BOX}"
BOX_TICKED = "\N{BALLOT BOX WITH CHECK}"
BOX_CROSSED = "\N{BALLOT BOX WITH X}"
SQUARE = "\N{BLACK SQUARE}"

MIN_BOX_INCH, MAX_BOX_INCH = 0.065, 0.24
"""Sides of a printed box: from 5-point bullets to the boxes of large forms."""
SIDE_COVER = 0.86
"""A drawn side is this complete; the bow of a round glyph covers less of its box's side."""
EMPTY_INSIDE, FULL_INSIDE = 0.035, 0.8
"""Share of ink inside a box: below, dust; above, a filled square."""
MIDDLE = 0.15
"""Part of a box's inside, from each side, where dirt of the side may lie."""
CORNER = 0.6
"""Ink in the weakest corner: a drawn box has four, square letters of bold print are round in at least one."""
CORNER_SIZE = 0.12
BESIDE, BETWEEN, LETTER_LIKE = 0.42, 0.6, 1.2
"""In the box's heights: glyphs of one word stand nearer than this, on both sides in typewriter faces, and a box is
higher than the letters beside it."""
MIN_TICK_INCH, MAX_TICK_INCH = 0.055, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A tick or box on the page."""

    text: str
    bbox: PixelBox
    pieces: tuple[int, ...]


def find_boxes(ink_map: InkMap, ink: GrayImage, dpi: float) -> tuple[Mark, ...]:
    """Drawn boxes, empty or marked. ``ink`` has the ruling lines: a box that touches a line shares its side."""
    width = ink_map.boxes[:, 2] - ink_map.boxes[:, 0]
    height = ink_map.boxes[:, 3] - ink_map.boxes[:, 1]
    low, high = MIN_BOX_INCH * dpi, MAX_BOX_INCH * dpi
    fits = (width >= low) & (width <= high) & (height >= 0.7 * low) & (height <= high) & (ink_map.areas > 0)
    fits &= (width <= 1.9 * height) & (height <= 1.5 * width)
    marks = []
    for piece in np.flatnonzero(fits):
        box = _outline(PixelBox(*(int(value) for value in ink_map.boxes[piece])), ink, dpi)
        if box is None or _is_letter(box, ink_map, ink):
            continue
        inside = ink_map.within(box.grown(1, ink.shape))
        marks.append(
            Mark(text=_box_kind(box.cut(ink), dpi), bbox=box, pieces=tuple({int(piece), *(int(i) for i in inside)}))
        )
    return _outermost(marks)


def _outline(box: PixelBox, ink: GrayImage, dpi: float) -> PixelBox | None:
    """The square that four drawn sides make of a piece, its top or bottom perhaps a ruling line."""
    slack, shared = max(1, round(0.012 * dpi)), max(2, round(0.045 * dpi))
    rows = ink[:, box.left : box.right] > 0
    cover = rows[max(0, box.top - shared) : box.bottom + shared].mean(axis=1)
    first = max(0, box.top - shared)
    near_top = cover[: box.top - first + slack + 1]
    near_bottom = cover[box.bottom - first - slack - 1 :]
    if near_top.size == 0 or near_bottom.size == 0:
        return None
    if near_top.max() < SIDE_COVER or near_bottom.max() < SIDE_COVER:
        return None
    top = first + int(np.argmax(near_top >= SIDE_COVER))
    bottom = box.bottom - slack - 1 + int(np.flatnonzero(near_bottom >= SIDE_COVER)[-1]) + 1
    width, height = box.width, bottom - top
    if not 0.72 <= width / max(1, height) <= 1.38:
        return None
    columns = (ink[top:bottom, box.left : box.right] > 0).mean(axis=0)
    if columns[: slack + 1].max() < SIDE_COVER or columns[-slack - 1 :].max() < SIDE_COVER:
        return None
    return PixelBox(box.left, top, box.right, bottom)


def _is_letter(box: PixelBox, ink_map: InkMap, ink: GrayImage) -> bool:
    """Whether a square piece is a letter such as อ or ล in bold print: round at a corner, or one of a word."""
    drawn = box.cut(ink) > 0
    size = max(2, round(CORNER_SIZE * box.height))
    corners = (drawn[:size, :size], drawn[:size, -size:], drawn[-size:, :size], drawn[-size:, -size:])
    if min(float(corner.mean()) for corner in corners) < CORNER:
        return True
    boxes = ink_map.boxes
    height = boxes[:, 3] - boxes[:, 1]
    level = (boxes[:, 1] < box.bottom - 0.2 * box.height) & (boxes[:, 3] > box.top + 0.2 * box.height)
    level &= (height > 0.6 * box.height) & (height < 2.2 * box.height) & (ink_map.areas > 0)
    sides = (boxes[:, 0] - box.right, box.left - boxes[:, 2])
    close = [level & (gap >= -0.15 * box.width) & (gap < BETWEEN * box.height) for gap in sides]
    near = level & (np.maximum(*sides) >= -0.15 * box.width) & (np.maximum(*sides) < BESIDE * box.height)
    if close[0].any() and close[1].any():
        near |= close[0] | close[1]
    return bool(near.any()) and box.height <= LETTER_LIKE * float(np.median(height[near]))


def _box_kind(outline: GrayImage, dpi: float) -> str:
    """What a box holds, from its ink."""
    drawn = outline > 0
    height, width = drawn.shape
    edge = _stroke(drawn) + max(1, round(0.006 * dpi))
    inside = drawn[edge : height - edge, edge : width - edge]
    if inside.size == 0:
        return SQUARE
    share = float(inside.mean())
    if share >= FULL_INSIDE:
        return SQUARE
    if _middle(inside) <= EMPTY_INSIDE:
        return BOX
    return BOX_CROSSED if _is_cross(inside) else BOX_TICKED


def _middle(inside: NDArray[np.bool_]) -> float:
    """Share of ink in the middle, where every tick and cross passes and the ragged edge of a side does not reach."""
    height, width = inside.shape
    rows, columns = round(MIDDLE * height), round(MIDDLE * width)
    middle = inside[rows : height - rows, columns : width - columns]
    return float(middle.mean()) if middle.size else 0.0


def _stroke(drawn: NDArray[np.bool_]) -> int:
    """Thickness of a box's side: how far in the middle of each side ink goes from the edge, the median of the four."""
    height, width = drawn.shape
    middle_row, middle_column = drawn[height // 3], drawn[:, width // 3]
    low_row, right_column = drawn[2 * height // 3], drawn[:, 2 * width // 3]
    runs = [
        int(np.argmin(line)) if not line.all() else line.size
        for line in (middle_row, middle_column, low_row[::-1], right_column[::-1])
    ]
    return sorted(runs)[1]


def _outermost(marks: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: -mark.bbox.width * mark.bbox.height):
        x, y = mark.bbox.x_center, mark.bbox.y_center
        if not any(o.bbox.left <= x < o.bbox.right and o.bbox.top <= y < o.bbox.bottom for o in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: (mark.bbox.top, mark.bbox.left)))


def read_stroke(mask: GrayImage, dpi: float) -> str | None:
    """The sign that the only ink of a cell makes: tick, ``/``, ``X`` or ``-``; None where it is text or unclear."""
    drawn = mask > 0
    height, width = drawn.shape
    if max(height, width) > MAX_TICK_INCH * dpi:
        return None
    if height <= 0.04 * dpi and width >= 0.04 * dpi and width >= 2 * height and drawn.mean() > 0.6:
        return "-"
    if max(height, width) < MIN_TICK_INCH * dpi:
        return None
    if is_tick(mask, dpi):
        return TICK
    if _is_slash(drawn):
        return "/"
    if 0.6 <= width / height <= 1.6 and _is_cross(drawn):
        return "X"
    return None


def is_tick(mask: GrayImage, dpi: float) -> bool:
    """Whether a piece of ink is a check mark: down to a vertex in the left half, then up to the top right."""
    drawn = mask > 0
    height, width = drawn.shape
    if not (MIN_TICK_INCH * dpi <= height <= MAX_TICK_INCH * dpi and 0.45 <= width / height <= 2.4):
        return False
    if drawn.mean() > 0.5 or not drawn.any(axis=0).all():
        return False
    rows = np.arange(height)[:, None]
    count = drawn.sum(axis=0)
    middle = (drawn * rows).sum(axis=0) / np.maximum(count, 1) / height
    low = np.where(drawn, rows, -1).max(axis=0)
    vertex = int(np.median(np.flatnonzero(low == low.max())))
    if not 0.12 <= vertex / width <= 0.62:
        return False
    runs = (np.diff(drawn.astype(np.int8), axis=0, prepend=0) == 1).sum(axis=0)
    if (runs > 1).mean() > 0.12:
        return False
    right = middle[vertex:]
    if len(right) < 4 or right[-max(1, len(right) // 6) :].mean() > 0.3:
        return False
    if not _falls_steadily(right):
        return False
    # a stem under the fork, as in Y, stays above the vertex; the arm of a tick has left it half way up
    half_way = np.flatnonzero(drawn[round(0.55 * height)])
    if half_way.size == 0 or half_way[-1] < vertex + 0.15 * width:
        return False
    left = middle[: max(1, vertex)]
    start = float(left[: max(1, len(left) // 3)].mean())
    # the left arm begins above the vertex and never higher than the right arm ends
    return start < 0.93 * float(middle[vertex : vertex + 2].max() + 0.08) and start >= float(right.min()) - 0.02


def _falls_steadily(values: NDArray[np.float64]) -> bool:
    """Whether a stroke's middle climbs on the page over its whole length (row numbers fall)."""
    x = np.arange(len(values), dtype=np.float64)
    if values.std() < 1e-6:
        return False
    return float(np.corrcoef(x, values)[0, 1]) < -0.93


def _is_slash(drawn: NDArray[np.bool_]) -> bool:
    """Whether ink is one straight stroke rising to the right by more than an upright ``1`` leans."""
    height, width = drawn.shape
    if not 0.28 <= width / height <= 1.6 or not drawn.any(axis=1).all():
        return False
    runs = (np.diff(drawn.astype(np.int8), axis=1, prepend=0) == 1).sum(axis=1)
    if (runs > 1).mean() > 0.05:
        return False
    columns = np.arange(width)[None, :]
    middle = (drawn * columns).sum(axis=1) / drawn.sum(axis=1)
    y = np.arange(height, dtype=np.float64)
    slope, start = np.polyfit(y, middle, 1)
    stroke = float(np.median(drawn.sum(axis=1)))
    return bool(slope < -0.22 and np.abs(middle - (slope * y + start)).max() <= max(2.0, 0.6 * stroke))


def _is_cross(drawn: NDArray[np.bool_]) -> bool:
    """Whether ink lies on both diagonals of its own box and hardly elsewhere."""
    rows, columns = np.nonzero(drawn)
    if len(rows) < 12:
        return False
    top, bottom, left, right = rows.min(), rows.max(), columns.min(), columns.max()
    if bottom - top < 4 or right - left < 4:
        return False
    y = (rows - top) / (bottom - top)
    x = (columns - left) / (right - left)
    falling, rising = np.abs(x - y), np.abs(x + y - 1)
    # one and a half pixels of blur count on small crosses
    blur = 1.5 / min(bottom - top, right - left)
    if (np.minimum(falling, rising) < 0.15 + blur).mean() < 0.93:
        return False
    steps = np.linspace(0.06, 0.94, 12)
    covered = [
        np.mean([bool(((np.abs(y - s) < 0.04 + blur / 2) & (distance < 0.12 + blur)).any()) for s in steps])
        for distance in (falling, rising)
    ]
    corners = [(y < 0.3) & (x < 0.3), (y < 0.3) & (x > 0.7), (y > 0.7) & (x < 0.3), (y > 0.7) & (x > 0.7)]
    sides = ((np.abs(y - 0.5) < 0.12) & (np.abs(x - 0.5) > 0.32)).any() or (
        (np.abs(x - 0.5) < 0.12) & (np.abs(y - 0.5) > 0.32)
    ).any()
    return bool(min(covered) > 0.8 and all(corner.any() for corner in corners) and not sides)
