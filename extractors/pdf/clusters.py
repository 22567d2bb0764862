"""Thai clusters: each mark behind the letter that it is drawn over.

PDFium's order is kept where it is sound. A mark goes to another letter only where it is drawn over that letter and
clear of the one before it, as with fonts that draw all marks of a phrase after its letters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pdf.actual_text import Rows
from extractors.pdf.characters import Characters
from extractors.pdf.codes import is_mark, is_space, is_upper_mark, make_test
from extractors.pdf.geometry import Floats

OFF_LETTER_EM = 0.05
"""How far to the right of its letter a mark's middle may be, in font sizes, and still be sound."""
NEAR_EM = 0.2
"""A mark over no letter belongs to the one that ends at most this far to its left."""
SAME_BASELINE_EM = 0.6
"""A mark and its letter stand on one baseline; fonts raise a mark by up to half the font size."""
ABOVE_EM = 0.4
"""Ink that starts this far above the baseline is over a letter: small letters without risers are about as high."""
STACKED_SHARE = 0.5
"""A tone stands over a vowel where they share this part of the narrower one's width."""
STACKED_RANK = 0.01
"""Puts a tone right behind the vowel that it stands on."""
LATIN_STAND_INS = (0xA1, 0xFF)
"""Codes that broken fonts give to Thai marks; drawn on the line they are the Latin letters that they say."""
CODE_PAGE_MARKS = (0xD1, *range(0xD4, 0xDB), *range(0xE7, 0xEF))
"""The marks of the Thai code page where it is read as Latin."""
_is_code_page_mark = make_test(CODE_PAGE_MARKS)
LONELY_EM = 2.0
"""A mark with no letter on its baseline this near is what a page cut left of the line before or after."""


def drawn_marks(characters: Characters) -> NDArray[np.bool_]:
    """Which characters are drawn as marks: Thai ones, and Latin codes that a broken font gives to Thai marks."""
    codes = characters.code
    found = is_mark(codes)
    latin = (codes >= LATIN_STAND_INS[0]) & (codes <= LATIN_STAND_INS[1]) & ~characters.actual
    if latin.any():
        above, below = _off_line(characters)
        narrow = characters.box[:, 2] - characters.box[:, 0] < 0.5 * characters.size
        thai = (codes >= 0x0E01) & (codes <= 0x0E5B)
        beside = np.concatenate(([False], thai[:-1])) | np.concatenate((thai[1:], [False]))
        code_page = _is_code_page_mark(codes) & (above | below)
        found = found | (latin & ((above & narrow & beside) | code_page))
    return found


def _off_line(characters: Characters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which characters have all their ink well above their baseline, and which have it below."""
    above = characters.box[:, 3] < characters.origin[:, 1] - ABOVE_EM * characters.size
    return above, characters.box[:, 1] > characters.origin[:, 1]


def drop_lonely_marks(characters: Characters) -> Characters:
    """The characters without the marks that stand near no letter of their line.

    Browsers draw the ink of a line that reaches over a page's end on both pages: the marks above or below that line
    come again, alone. Marks beside a letter stay, whatever letter it is.
    """
    above, below = _off_line(characters)
    codes = characters.code
    marks = (is_mark(codes) | _is_code_page_mark(codes)) & (above | below) & ~characters.actual
    letters = np.flatnonzero(~marks & ~is_space(codes))
    baseline, left, right = characters.origin[:, 1], characters.box[:, 0], characters.box[:, 2]
    reach, step = LONELY_EM * characters.size, SAME_BASELINE_EM * characters.size

    def near(mark: Rows | int, letter: Rows) -> NDArray[np.bool_]:
        return (
            (np.abs(baseline[letter] - baseline[mark]) <= step[mark])
            & (left[letter] <= right[mark] + reach[mark])
            & (right[letter] >= left[mark] - reach[mark])
        )

    # nearly every mark stands at the letter before it: only the others are compared with the whole page
    rows = np.flatnonzero(marks)
    if len(letters):
        rows = rows[~near(rows, letters[np.maximum(np.searchsorted(letters, rows) - 1, 0)])]
    lonely = [mark for mark in rows.tolist() if not near(mark, letters).any()]
    return characters.take(np.delete(np.arange(len(characters)), lonely)) if lonely else characters


def letter_sides(characters: Characters) -> tuple[Floats, Floats]:
    """Left and right side of each character's advance; that of its ink where PDFium gives no more."""
    return (
        np.minimum(characters.loose[:, 0], characters.box[:, 0]),
        np.maximum(characters.loose[:, 2], characters.box[:, 2]),
    )


def place_marks(characters: Characters) -> Characters:
    """The characters with each mark behind the letter that it is drawn over."""
    drawn = drawn_marks(characters)
    marks = drawn & (~characters.actual | _starts_cluster(characters))
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
    stacked = _stacked(characters, marks)
    at_home = dict(zip(mark_rows.tolist(), sound.tolist(), strict=True))
    moved: set[int] = set()
    for mark in mark_rows[~sound | stacked[mark_rows]].tolist():
        if stacked[mark] and mark - 1 in moved:  # drawn upon a mark that goes elsewhere: it goes along
            rank[mark] = rank[mark - 1] + STACKED_RANK
            moved.add(mark)
            continue
        if at_home[mark]:
            continue
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
        moved.add(mark)
    return characters.take(np.argsort(rank, kind="stable"))


def _starts_cluster(characters: Characters) -> NDArray[np.bool_]:
    """Which characters begin an ActualText of their own: a mark that does was drawn apart from its letter."""
    same = (characters.object_id[1:] == characters.object_id[:-1]) & (characters.box[1:] == characters.box[:-1]).all(
        axis=1
    )
    return np.concatenate(([True], ~same))


def _stacked(characters: Characters, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which marks stand upon the mark that was drawn just before: a tone over its vowel."""
    box = characters.box
    shared = np.minimum(box[1:, 2], box[:-1, 2]) - np.maximum(box[1:, 0], box[:-1, 0])
    width = np.minimum(box[1:, 2] - box[1:, 0], box[:-1, 2] - box[:-1, 0])
    higher = box[1:, 3] <= box[:-1, 1] + OFF_LETTER_EM * characters.size[1:]
    found = np.zeros(len(characters), dtype=bool)
    found[1:] = marks[1:] & marks[:-1] & higher & (shared > STACKED_SHARE * width)
    return found


def _rank_behind(letter: int, mark: int, drawn: NDArray[np.bool_], upper: NDArray[np.bool_]) -> float:
    """A place behind a letter and its marks; for a vowel before the tone marks that follow the letter already."""
    following = letter + 1
    while following < len(drawn) and drawn[following] and following != mark and (upper[mark] or not upper[following]):
        following += 1
    return following - 0.5
