"""From characters to pieces of text: each run of characters that follow each other on a line, spaces where gaps are.

PDFium's order is kept inside a run; runs are put into lines by their place later on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from docmodel.geometry import BBox
from extractors.layout.pieces import WORD_GAP_EM, Piece, turn_box_back
from extractors.pdf.characters import Characters
from extractors.pdf.clusters import drawn_marks, drop_lonely_marks, letter_sides, place_marks
from extractors.pdf.codes import is_space
from extractors.pdf.geometry import Floats

BREAK_EM = 1.5
"""A gap wider than this ends a piece: it may be a column, a tab or a cell border."""
BACKWARDS_EM = 0.5
"""Text that jumps back by more than this is not the continuation; SARA AM overlaps its letter by up to 0.3."""
BASELINE_EM = 0.3
"""Characters whose baselines differ by more than this are not in one piece."""
X_STEPS = 2048
"""To a point, where places on a line are put into order: much finer than any two letters are apart."""
DUPLICATE_EM = 0.12
"""The same character drawn again within this distance is the same one printed bold."""
MIN_SPACED_LETTERS = 8
"""With fewer letters on a line their usual distance cannot be told."""
ADVANCE_GAP_EM = 0.12
"""A gap wider than this between the advance boxes of two letters is a space; the narrowest spaces have 0.16."""
WIDE_SPACED_EM = 0.6
"""Letters further apart than this on the whole are spaced out for looks only up to here; wider ones are columns."""


def drop_overprints(characters: Characters) -> Characters:
    """Each character once that is drawn several times at nearly the same place (false bold, shadows)."""
    rows = np.flatnonzero(~characters.actual & ~is_space(characters.code))
    if len(rows) < 2:
        return characters
    x, ink, y = characters.loose[rows, 0], characters.box[rows, 0], characters.origin[rows, 1]
    code = characters.code[rows]
    # in order of code and place a second printing stands next to the first, on either side of a rounding step
    places = np.clip(np.round(x * X_STEPS), 0, 2**26 - 1).astype(np.int64) | (code.astype(np.int64) << 42)
    reach = DUPLICATE_EM * characters.size.max() * X_STEPS + 1
    keep = np.ones(len(characters), dtype=bool)
    for shift in (0.0, 0.5):
        # code, line and place in one number of 21, 16 and 26 bits: one sort, and one look at who is near at all
        lines = np.clip(np.round(y / 3.0 + shift), 0, 2**16 - 1).astype(np.int64)
        keys = places | (lines << 26)
        order = np.argsort(keys, kind="stable")
        beside = np.flatnonzero(np.diff(keys[order]) <= reach)
        before, after = order[beside], order[beside + 1]
        near = DUPLICATE_EM * characters.size[rows[after]]
        same = (
            (code[before] == code[after])
            & (np.abs(x[before] - x[after]) < near)
            & (np.abs(ink[before] - ink[after]) < near)
            & (np.abs(y[before] - y[after]) < near)
            & (characters.direction[rows[before]] == characters.direction[rows[after]])
        )
        keep[np.maximum(rows[before[same]], rows[after[same]])] = False
    return characters if keep.all() else characters.take(keep)


def find_pieces(characters: Characters) -> list[Piece]:
    """The pieces of text of a page, turned text included; what is askew is left out."""
    pieces: list[Piece] = []
    for direction in (0, 90, 180, 270):
        own = characters.direction == direction
        if own.any():
            turned = _turn(characters.take(own), direction)
            pieces += _cut(place_marks(drop_lonely_marks(turned)), direction)
    return pieces


def _turn(characters: Characters, direction: int) -> Characters:
    """The characters in the frame in which text of a direction is upright."""
    if direction == 0:
        return characters
    turned = characters.take(np.arange(len(characters)))
    for boxes in (turned.box, turned.loose):
        x0, top, x1, bottom = boxes.copy().T
        boxes[:] = {
            90: np.column_stack((-bottom, x0, -top, x1)),
            180: np.column_stack((-x1, -bottom, -x0, -top)),
            270: np.column_stack((top, -x1, bottom, -x0)),
        }[direction]
    x, y = turned.origin.copy().T
    turned.origin[:] = np.column_stack({90: (-y, x), 180: (-x, -y), 270: (y, -x)}[direction])
    return turned


def _cut(characters: Characters, direction: int) -> list[Piece]:
    """The pieces of characters of one direction, given in its upright frame."""
    solid = np.flatnonzero(~is_space(characters.code))
    if len(solid) == 0:
        return []
    own = characters.take(solid)
    had_space = np.diff(solid, prepend=solid[0]) > 1
    attached = drawn_marks(own)
    attached[0] = False
    letters = np.flatnonzero(~attached)
    gap, drop, size = _steps(own, letters)
    new_line = (drop > BASELINE_EM * size) | (gap < -BACKWARDS_EM * size)
    beyond = gap - _usual_gaps(gap, size, new_line)
    breaks = new_line | (beyond > BREAK_EM * size)
    # boxes of ActualText are ink without side bearings, all others are the room that the font gives
    inked = own.actual[letters]
    word_gap = np.where(inked[1:] | inked[:-1], WORD_GAP_EM, ADVANCE_GAP_EM)
    spaced = ~breaks & (had_space[letters[1:]] | (beyond > word_gap * size))
    starts = letters[np.concatenate(([True], breaks))]
    return _make_pieces(own, starts, letters[1:][spaced], direction)


def _steps(own: Characters, letters: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """From each letter to the next: the gap between them, the difference of baselines, the smaller font size."""
    left, right = letter_sides(own)
    # ActualText is spread over the glyphs' box, so that a letter's width is the one up to its last mark
    reach = np.maximum.reduceat(right, letters)
    before, after = letters[:-1], letters[1:]
    gap = left[after] - reach[:-1]
    drop = np.abs(own.origin[after, 1] - own.origin[before, 1])
    return gap, drop, np.minimum(own.size[before], own.size[after])


def _make_pieces(own: Characters, starts: NDArray[np.int64], spaces: NDArray[np.int64], direction: int) -> list[Piece]:
    """One piece from each start to the next, with a space in front of each character in ``spaces``."""
    center = (own.box[:, 0] + own.box[:, 2]) / 2
    text = np.insert(own.code, spaces, 0x20).astype("<u4").tobytes().decode("utf-32-le", "replace")
    xs = np.insert(center, spaces, own.box[spaces, 0]).tolist()
    stops = np.append(starts[1:], len(own))
    begins = starts + np.searchsorted(spaces, starts, side="left")
    ends = stops + np.searchsorted(spaces, stops, side="left")
    low = np.minimum.reduceat(own.box, starts, axis=0)
    high = np.maximum.reduceat(own.box, starts, axis=0)
    bold_share = np.add.reduceat(own.bold.astype(np.int64), starts) / (stops - starts)
    return [
        Piece(
            text=text[begin:end],
            bbox=turn_box_back(BBox(*box), direction),
            baseline=baseline,
            size_pt=size,
            bold=None if 0.2 < bold < 0.8 else bold >= 0.8,
            char_x=tuple(xs[begin:end]),
            direction=direction,
        )
        for begin, end, box, baseline, size, bold in zip(
            begins.tolist(),
            ends.tolist(),
            np.column_stack((low[:, :2], high[:, 2:])).tolist(),
            own.origin[starts, 1].tolist(),
            own.size[starts].tolist(),
            bold_share.tolist(),
            strict=True,
        )
    ]


def _usual_gaps(gap: Floats, size: Floats, new_line: NDArray[np.bool_]) -> Floats:
    """For each step the distance between letters that its line has on the whole: 0 for text set as usual, more where
    letters are spaced out for looks or to fill the line."""
    share = gap / size
    near = (share > -BACKWARDS_EM) & (share < WIDE_SPACED_EM)
    line = np.cumsum(new_line)
    counts = np.bincount(line[near], minlength=int(line[-1]) + 1 if len(line) else 0)
    # the steps line by line, in order of their share: the median is what stands in the middle of each line
    ordered = share[near][np.lexsort((share[near], line[near]))]
    told = counts >= MIN_SPACED_LETTERS
    first = (np.cumsum(counts) - counts)[told]
    middle = (ordered[first + (counts[told] - 1) // 2] + ordered[first + counts[told] // 2]) / 2
    usual = np.zeros(len(counts))
    usual[told] = np.maximum(0.0, middle)
    return usual[line] * size
