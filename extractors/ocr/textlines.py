"""Text lines found in the ink, each with its marks above and below, before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import PixelBox
from extractors.ocr.inkmap import InkMap

Pieces = NDArray[np.intp]

MIN_LETTER_INCH = 0.04
"""Lower pieces are dots, marks and dashes; the smallest print, 8 points, has letters of this height."""
MAIN_MIN, MAIN_MAX = 0.65, 2.2
"""Letters against the usual letter height: vowel signs and tone marks are lower, glued lines and pictures higher."""
CORE_TOP, CORE_BOTTOM = 0.3, 0.25
"""The part of a letter's height, from its top and bottom, left out of its line's core: there the next line's marks
reach in."""
MERGE_GAP = 0.35
"""Cores nearer than this many letter heights are one line: raised and lowered print."""
MIN_LEADING = 0.5
"""Letters of two lines are never nearer than this many letter heights; the tightest setting seen leaves 1.2."""
MARK_STACK, MARK_GAP = 0.95, 0.3
"""A tone mark glued to the vowel under it is nearly as high as a letter and stands this near above one."""
ABOVE_REACH, BELOW_REACH = 0.95, 0.45
"""How far from the letters, in letter heights, the middles of the outermost marks lie: a tone mark over a vowel, and a
vowel sign below."""
HUG, ON_LINE = 0.125, 0.15
"""In letter heights: vowel signs hang 0.02 to 0.1 and a pixel under their letter in 21 Thai faces; a letter without a
tail ends this near the baseline."""
THIN, STROKE_WIDTH, STROKE_FILL, FLAT_HEIGHT, TONE_SIZE = 0.42, 0.75, 0.75, 0.85, 0.65
"""Tone marks are upright strokes (MAI EK), thin or full, or wider than high; signs below have a ring and are higher
than wide. None is larger than this many letter heights: the loose feet of YO YING and TO PATAK are wider."""
STACK_GAP, ASIDE, VOWEL_RISE = 0.2, 0.1, 0.6
"""How far, in letter heights, a tone mark stands from the vowel under it, and beside it; how far above the letters'
tops the middle of that vowel lies at most."""
FAR = 2.0
"""Ink this many times farther from the letters than the outermost marks is none of the line's: what is left of an
emblem, dust, or lines in smaller print."""
CLEARLY = 1.3
"""How much better one line must suit a mark than the next before heights alone decide."""
PART_GAP = 4.0
"""A gap of this many letter heights inside a line is read as two parts: a tab, a stamp, a neighbouring text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextLine:
    """The ink of one line: its pieces, the height of its letters and its baseline in pixels of the upright page."""

    pieces: Pieces
    letter_px: float
    baseline: float
    top: float
    bottom: float


def find_text_lines(ink_map: InkMap, pieces: Pieces, *, dpi: float, usual_px: float | None = None) -> list[TextLine]:
    """The text lines of a column's ink, from the top.

    ``usual_px`` is the page's usual letter height; it decides where a column holds too little to measure.
    """
    if len(pieces) == 0:
        return []
    boxes = ink_map.boxes[pieces]
    height = boxes[:, 3] - boxes[:, 1]
    letter_px = measure_letters(boxes, dpi) or usual_px or float(height.max())
    is_main = (height >= MAIN_MIN * letter_px) & (height <= MAIN_MAX * letter_px)
    if not is_main.any():
        is_main = height >= 0.5 * height.max()
    is_main &= ~_stand_on_letters(boxes, is_main, letter_px)
    bands = _letter_rows(boxes[is_main], _bands(boxes[is_main], letter_px), letter_px)
    center = (boxes[:, 1] + boxes[:, 3]) / 2
    away = np.abs(center[:, None] - bands.mean(axis=1)[None, :])
    off = _reaches(center, bands, letter_px)
    by_height, is_clear = off.argmin(axis=1), _is_clear(off)
    is_far = (off.min(axis=1) > FAR) & ~is_main
    own = np.where(is_main, away.argmin(axis=1), np.where(is_clear, by_height, -1))
    own = _stand_on_vowels(boxes, ink_map.areas[pieces], own, is_main, bands, letter_px=letter_px)
    own = _hang_below(boxes, own, is_main, bands, letter_px)
    own = _follow_neighbours(boxes, own, letter_px)
    own = np.where(own >= 0, own, by_height)
    lines = []
    for index, (top, bottom) in enumerate(bands):
        chosen = (own == index) & ~is_far
        mains = boxes[chosen & is_main]
        if not len(mains):
            continue
        heights = mains[:, 3] - mains[:, 1]
        lines.append(
            TextLine(
                pieces=pieces[chosen],
                letter_px=float(np.median(heights)) if len(mains) >= 3 else _near(float(np.median(heights)), usual_px),
                baseline=float(np.median(mains[:, 3])),
                top=float(top),
                bottom=float(bottom),
            )
        )
    if measure_letters(boxes[is_far], dpi) is None:
        return lines
    lines += find_text_lines(ink_map, pieces[is_far], dpi=dpi, usual_px=usual_px)
    return sorted(lines, key=lambda line: line.top)


def measure_letters(boxes: NDArray[np.int32], dpi: float) -> float | None:
    """The usual height of letters in pixels; None where there are too few to tell."""
    height = boxes[:, 3] - boxes[:, 1]
    width = boxes[:, 2] - boxes[:, 0]
    letters = height[(height >= MIN_LETTER_INCH * dpi) & (width < 4 * height)]
    return float(np.median(letters)) if len(letters) >= 2 else None


def _near(own_px: float, usual_px: float | None) -> float:
    """A measure of one or two glyphs, unless the page's usual one is close: digits are taller than letters."""
    return usual_px if usual_px is not None and 0.7 <= own_px / usual_px <= 1.6 else own_px


def _stand_on_letters(boxes: NDArray[np.int32], is_main: NDArray[np.bool_], letter_px: float) -> NDArray[np.bool_]:
    """Pieces as high as letters that are stacks of marks: close above the letter that they belong to."""
    height = boxes[:, 3] - boxes[:, 1]
    center = (boxes[:, 0] + boxes[:, 2]) / 2
    stacks = np.zeros(len(boxes), dtype=bool)
    mains = np.flatnonzero(is_main)
    for index in mains[height[mains] < MARK_STACK * letter_px]:
        gap = boxes[mains, 1] - boxes[index, 3]
        under = (boxes[mains, 0] < center[index]) & (boxes[mains, 2] > center[index] - letter_px / 2)
        stacks[index] = bool((under & (gap > -0.3 * letter_px) & (gap < MARK_GAP * letter_px)).any())
    return stacks if not (stacks | ~is_main).all() else np.zeros(len(boxes), dtype=bool)


def _reaches(center: NDArray[np.float64], bands: NDArray[np.float64], letter_px: float) -> NDArray[np.float64]:
    """How far each piece is from each line, in distances of its outermost marks; pieces × lines."""
    above = np.maximum(bands[None, :, 0] - center[:, None], 0) / (ABOVE_REACH * letter_px)
    below = np.maximum(center[:, None] - bands[None, :, 1], 0) / (BELOW_REACH * letter_px)
    return above + below


def _is_clear(off: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a piece stands at the height of one line's marks and of no other's."""
    if off.shape[1] == 1:
        return np.ones(len(off), dtype=bool)
    ordered = np.sort(off, axis=1)
    return np.asarray(ordered[:, 0] * CLEARLY <= ordered[:, 1])


def _stand_on_vowels(
    boxes: NDArray[np.int32],
    areas: NDArray[np.int32],
    own: NDArray[np.intp],
    is_main: NDArray[np.bool_],
    bands: NDArray[np.float64],
    *,
    letter_px: float,
) -> NDArray[np.intp]:
    """The lines with each mark that is shaped like a tone in the line of the vowel that it stands close on.

    In tight setting it stands where a sign below a letter of the line above would, which is shaped otherwise.
    """
    known = own.copy()
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    is_stroke = (width <= STROKE_WIDTH * height) & (areas >= STROKE_FILL * width * height)
    is_stroke = (is_stroke | (width <= THIN * height)) & (height <= TONE_SIZE * letter_px)
    is_flat = (height <= FLAT_HEIGHT * width) & (width <= TONE_SIZE * letter_px)
    is_vowel = ~is_main & (own >= 0)
    raised = bands[own, 0] - (boxes[:, 1] + boxes[:, 3]) / 2
    is_vowel &= (raised > 0) & (raised <= VOWEL_RISE * letter_px)
    for index in np.flatnonzero(~is_main & (is_stroke | is_flat)).tolist():
        left, top, right, bottom = boxes[index]
        gap = boxes[:, 1] - bottom
        under = is_vowel & (boxes[:, 0] < right + ASIDE * letter_px) & (boxes[:, 2] > left - ASIDE * letter_px)
        under &= (np.abs(gap) <= STACK_GAP * letter_px) & (boxes[:, 1] > top)
        if under.any():
            known[index] = own[np.flatnonzero(under)[np.abs(gap[under]).argmin()]]
    return known


def _hang_below(
    boxes: NDArray[np.int32],
    own: NDArray[np.intp],
    is_main: NDArray[np.bool_],
    bands: NDArray[np.float64],
    letter_px: float,
) -> NDArray[np.intp]:
    """The line of each mark (``own`` -1) that hangs close under a letter: vowel signs below nearly touch theirs.

    In tight setting such a sign stands as near to the marks of the next line, but their tone marks keep off.
    """
    known = own.copy()
    for index in np.flatnonzero(own < 0).tolist():
        left, top, right, _ = boxes[index]
        gap = top - boxes[:, 3]
        over = is_main & (boxes[:, 0] < right) & (boxes[:, 2] > left) & (gap >= -HUG * letter_px)
        over &= gap <= HUG * letter_px
        for letter in np.flatnonzero(over).tolist():
            if abs(boxes[letter, 3] - bands[own[letter], 1]) <= ON_LINE * letter_px:
                known[index] = own[letter]
    return known


def _follow_neighbours(boxes: NDArray[np.int32], own: NDArray[np.intp], letter_px: float) -> NDArray[np.intp]:
    """The line of each mark (``own`` -1) from the ink that it nearly touches above or below; nearest pairs first.

    A tone mark stands on a vowel that stands on a letter: in tight setting it is nearer to the line above than to its
    letter, but never nearer than to that vowel.
    """
    group = np.arange(len(boxes))
    line_of = own.copy()
    pairs: list[tuple[float, int, int]] = []
    for index in np.flatnonzero(own < 0).tolist():
        left, top, right, bottom = boxes[index]
        beside = (boxes[:, 0] < right + 0.1 * letter_px) & (boxes[:, 2] > left - 0.1 * letter_px)
        beside[index] = False
        others = np.flatnonzero(beside)
        gaps = np.maximum(np.maximum(boxes[others, 1] - bottom, top - boxes[others, 3]), 0)
        for other in others[np.argsort(gaps)[:3]].tolist():
            gap = max(int(boxes[other, 1]) - int(bottom), int(top) - int(boxes[other, 3]), 0)
            if gap < letter_px:
                pairs.append((gap, index, other))
    for _, one, other in sorted(pairs):
        first, second = group[one], group[other]
        known = {line for line in (line_of[first], line_of[second]) if line >= 0}
        if first != second and len(known) < 2:
            group[group == second] = first
            line_of[first] = known.pop() if known else -1
    return np.asarray(line_of[group], dtype=np.intp)


def _letter_rows(boxes: NDArray[np.int32], bands: NDArray[np.float64], letter_px: float) -> NDArray[np.float64]:
    """Usual top and baseline of each band's letters: single long ascenders and descenders do not move them.

    Of two bands too near for text lines the one with less ink is a row of bold marks, and left out.
    """
    center = (boxes[:, 1] + boxes[:, 3]) / 2
    own = np.abs(center[:, None] - bands.mean(axis=1)[None, :]).argmin(axis=1)
    width = boxes[:, 2] - boxes[:, 0]
    rows: list[tuple[float, float, float]] = []
    for index in range(len(bands)):
        mine = own == index
        if not mine.any():
            continue
        row = (float(np.median(boxes[mine, 1])), float(np.median(boxes[mine, 3])), float(width[mine].sum()))
        if rows and row[0] - rows[-1][1] < MIN_LEADING * letter_px:
            rows[-1] = max(rows[-1], row, key=lambda each: each[2])
        else:
            rows.append(row)
    return np.array([row[:2] for row in rows], dtype=np.float64)


def _bands(boxes: NDArray[np.int32], letter_px: float) -> NDArray[np.float64]:
    """Top and bottom of the cores of lines: rows where the middles of letters stand."""
    first = int(boxes[:, 1].min())
    height = boxes[:, 3] - boxes[:, 1]
    change = np.zeros(int(boxes[:, 3].max()) - first + 2)
    np.add.at(change, (boxes[:, 1] - first + CORE_TOP * height).astype(np.int64), 1)
    np.add.at(change, (boxes[:, 3] - first - CORE_BOTTOM * height).astype(np.int64), -1)
    edges = np.diff((np.cumsum(change) > 0).astype(np.int8), prepend=0, append=0)
    bands: list[list[float]] = []
    starts, ends = np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist()
    for start, end in zip(starts, ends, strict=True):
        gap = start + first - bands[-1][1] if bands else np.inf
        is_thin = end - start < 0.3 * letter_px
        if gap < MERGE_GAP * letter_px or (is_thin and gap < 0.8 * letter_px):
            bands[-1][1] = end + first
        else:
            bands.append([start + first, end + first])
    if not bands:  # nothing is high enough to have a core: specks and dashes are one line
        bands.append([first, int(boxes[:, 3].max())])
    return np.array(bands, dtype=np.float64)


def split_line(ink_map: InkMap, line: TextLine) -> list[Pieces]:
    """The parts of a line that stand far from each other, from the left."""
    boxes = ink_map.boxes[line.pieces]
    order = np.argsort(boxes[:, 0], kind="stable")
    parts: list[list[int]] = []
    reach = -np.inf
    for index in order:
        if boxes[index, 0] - reach > PART_GAP * line.letter_px or not parts:
            parts.append([])
        parts[-1].append(int(line.pieces[index]))
        reach = max(reach, boxes[index, 2])
    return [np.array(part, dtype=np.intp) for part in parts]


def line_frame(ink_map: InkMap, line: TextLine, part: Sequence[int] | Pieces) -> PixelBox:
    """The box of a line's part, at least a pixel high; a piece glued to other lines is cut to this line's height."""
    boxes = ink_map.boxes[part]
    high = boxes[:, 3] - boxes[:, 1] > MAIN_MAX * line.letter_px
    top = np.where(high, np.maximum(boxes[:, 1], line.top - 1.4 * line.letter_px), boxes[:, 1]).min()
    bottom = np.where(high, np.minimum(boxes[:, 3], line.bottom + line.letter_px), boxes[:, 3]).max()
    return PixelBox(int(boxes[:, 0].min()), int(top), int(boxes[:, 2].max()), max(int(top) + 1, int(bottom)))
