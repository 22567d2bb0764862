"""Thai clusters: each mark behind the letter that it is drawn over.

PDFium's order is kept where it is sound. A mark goes to another letter only where it is drawn over that letter and
clear of the one before it, as with fonts that draw all marks of a phrase after its letters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pdf.characters import Characters
from extractors.pdf.codes import is_mark, is_space, is_upper_mark
from extractors.pdf.geometry import Floats

OFF_LETTER_EM = 0.05
"""How far to the right of its letter a mark's middle may be, in font sizes, and still be sound."""
NEAR_EM = 0.2
"""A mark over no letter belongs to the one that ends at most this far to its left."""
SAME_BASELINE_EM = 0.6
"""A mark and its letter stand on one baseline; fonts raise a mark by up to half the font size."""
ABOVE_EM = 0.4
"""Ink that starts this far above the baseline is over a letter: small letters without risers are about as high."""
LATIN_STAND_INS = (0xA1, 0xFF)
"""Codes that broken fonts give to Thai marks; drawn on the line they are the Latin letters that they say."""


def drawn_marks(characters: Characters) -> NDArray[np.bool_]:
    """Which characters are drawn as marks: Thai ones, and Latin codes that a broken font gives to Thai marks."""
    codes = characters.code
    found = is_mark(codes)
    latin = (codes >= LATIN_STAND_INS[0]) & (codes <= LATIN_STAND_INS[1]) & ~characters.actual
    if latin.any():
        above = characters.box[:, 3] < characters.origin[:, 1] - ABOVE_EM * characters.size
        narrow = characters.box[:, 2] - characters.box[:, 0] < 0.5 * characters.size
        thai = (codes >= 0x0E01) & (codes <= 0x0E5B)
        beside = np.concatenate(([False], thai[:-1])) | np.concatenate((thai[1:], [False]))
        found = found | (latin & above & narrow & beside)
    return found


def letter_sides(characters: Characters) -> tuple[Floats, Floats]:
    """Left and right side of each character's advance; that of its ink where PDFium gives no more."""
    return (
        np.minimum(characters.loose[:, 0], characters.box[:, 0]),
        np.maximum(characters.loose[:, 2], characters.box[:, 2]),
    )


def place_marks(characters: Characters) -> Characters:
    """The characters with each mark behind the letter that it is drawn over."""
    drawn = drawn_marks(characters)
    marks = drawn & ~characters.actual
    letters = ~drawn & ~is_space(characters.code)
    if not marks.any() or not letters.any():
        return characters
    letter_rows, mark_rows = np.flatnonzero(letters), np.flatnonzero(marks)
    own = np.searchsorted(letter_rows, mark_rows) - 1  # index into letter_rows, -1 without a letter before
    own_row = letter_rows[np.maximum(own, 0)]
    center = (characters.box[:, 0] + characters.box[:, 2]) / 2
    left, right = letter_sides(characters)
    size, baseline = characters.size, characters.origin[:, 1]
    sound = (
        (own >= 0)
        & (center[mark_rows] >= left[own_row])
        & (center[mark_rows] <= right[own_row] + OFF_LETTER_EM * size[mark_rows])
        & (np.abs(baseline[own_row] - baseline[mark_rows]) <= SAME_BASELINE_EM * size[mark_rows])
    )
    if sound.all():
        return characters
    rank = np.arange(len(characters), dtype=np.float64)
    upper = is_upper_mark(characters.code) | ~is_mark(characters.code)
    for mark in mark_rows[~sound].tolist():
        on_line = np.abs(baseline[letter_rows] - baseline[mark]) <= SAME_BASELINE_EM * size[mark]
        x = center[mark]
        over = letter_rows[on_line & (left[letter_rows] <= x) & (x <= right[letter_rows])]
        if len(over) == 0:
            reach = right[letter_rows] + NEAR_EM * size[mark]
            over = letter_rows[on_line & (left[letter_rows] <= x) & (x <= reach)]
        if len(over) == 0:
            continue
        target = int(over[np.argmin(np.abs(over - mark))])
        rank[mark] = _rank_behind(target, mark, drawn, upper) + 0.1 * upper[mark] + 0.1 * mark / len(rank)
    return characters.take(np.argsort(rank, kind="stable"))


def _rank_behind(letter: int, mark: int, drawn: NDArray[np.bool_], upper: NDArray[np.bool_]) -> float:
    """A place behind a letter and its marks; for a vowel before the tone marks that follow the letter already."""
    following = letter + 1
    while following < len(drawn) and drawn[following] and following != mark and (upper[mark] or not upper[following]):
        following += 1
    return following - 0.5
