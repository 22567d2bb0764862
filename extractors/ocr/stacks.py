"""Marks that stand over other marks: what the ink shows beside what the engine read, which loses one of the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import OcrWord
from extractors.ocr.inkmap import InkMap
from extractors.ocr.textlines import Pieces

ABOVE = 0.25
"""A mark over a letter ends at most this many letter heights below the letters' tops: ascenders stand on the line."""
CLEAR = 0.06
"""A mark's middle is at least this far above the letters' tops: upper halves of broken letters are not."""
SMALLEST_MARK = 0.17
"""Height of a mark in letter heights; halves of a broken ring are lower."""
GLUED_MARKS = 0.72
"""A mark as high as this is two that touch; single ones reach 0.55."""
STACK_HEIGHT = 0.62
"""From the top of the upper to the foot of the lower mark, in letter heights: pieces of a broken mark stay below."""
NEAR = 0.45
"""Marks nearer than this many letter heights sideways belong to one letter: letters are further apart."""
OVERLAP = 0.35
"""Share of the lower mark's height that two marks over each other may have in common."""
NARROW = 0.7
"""Width against height: MAI EK is a stroke, the other tone marks are about square."""
SHORTEST_STROKE, SMALLEST_TONE = 0.19, 0.26
"""The larger side of MAI EK and of the other tone marks, in letter heights; dust is smaller."""
OFF_PLACE = 0.12
"""How far, in shares of the word, a mark in the ink and its letter in the text may be apart."""
INSERTED = 0.9
"""Share of its confidence that a word keeps to which a mark was added."""

_Boxes = NDArray[np.int32]

_EK, _THO = "\N{THAI CHARACTER MAI EK}", "\N{THAI CHARACTER MAI THO}"
_AM, _AA = "\N{THAI CHARACTER SARA AM}", "\N{THAI CHARACTER SARA AA}"
_SHORTENER = "\N{THAI CHARACTER MAITAIKHU}"
_TONE = f"{_EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_OVER = f"{_TONE}\N{THAI CHARACTER THANTHAKHAT}"
_UPPER = f"\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}{_SHORTENER}"
_BELOW = "\N{THAI CHARACTER SARA U}-\N{THAI CHARACTER PHINTHU}"
_CLUSTER = re.compile(
    rf"[ก-ฮ][{_BELOW}]?"
    rf"(?:(?P<am>[{_TONE}]?{_AM})|(?P<open>[{_TONE}]{_AA})|(?P<vowel>[{_UPPER}][{_OVER}]?)|(?P<tone>[{_OVER}]))"
)
_MARK = re.compile(f"[{_UPPER}{_OVER}{_BELOW}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkColumn:
    """The marks over one letter: where, as a share of the word's width; whether two; whether the upper is a stroke.

    ``is_stroke`` is None where the upper mark cannot be told from the lower.
    """

    place: float
    is_stack: bool
    is_stroke: bool | None


def mend_stacks(word: OcrWord, ink_map: InkMap, pieces: Pieces, *, letter_px: float, baseline: float) -> OcrWord:
    """The word with the marks that its ink shows over others and its text has lost."""
    clusters = list(_CLUSTER.finditer(word.text))
    if not any(_is_open(cluster) for cluster in clusters) or len(pieces) == 0:
        return word
    columns = find_mark_columns(ink_map, pieces, letter_px=letter_px, baseline=baseline)
    if sum(column.is_stack for column in columns) <= sum(map(_is_stack, clusters)):
        return word
    text = word.text
    for cluster, column in reversed(_pair(word.text, clusters, columns)):
        if column.is_stack and _is_open(cluster):
            text = text[: cluster.start()] + _with_mark(cluster, column) + text[cluster.end() :]
    if text == word.text:
        return word
    return replace(word, text=text, confidence=INSERTED * word.confidence, lowest=INSERTED * word.lowest)


def find_mark_columns(ink_map: InkMap, pieces: Pieces, *, letter_px: float, baseline: float) -> list[MarkColumn]:
    """The marks over the letters of a word's ink, from the left."""
    boxes = ink_map.boxes[pieces]
    whole_left, whole_right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
    top = baseline - letter_px
    height = boxes[:, 3] - boxes[:, 1]
    is_mark = (boxes[:, 3] <= top + ABOVE * letter_px) & (height >= SMALLEST_MARK * letter_px)
    is_mark &= boxes[:, 1] + boxes[:, 3] < 2 * (top - CLEAR * letter_px)
    marks = boxes[is_mark]
    columns: list[list[int]] = []
    reach = -np.inf
    for index in np.argsort(marks[:, 0], kind="stable").tolist():
        left, right = marks[index, 0], marks[index, 2]
        is_near = left - reach < NEAR * letter_px
        if columns and (left < reach or (is_near and _over_each_other(marks, columns[-1], index))):
            columns[-1].append(index)
        else:
            columns.append([index])
        reach = max(reach, right) if len(columns[-1]) > 1 else right
    return [_column_of(marks[column], letter_px, whole_left, max(1, whole_right - whole_left)) for column in columns]


def _over_each_other(marks: _Boxes, column: Sequence[int], index: int) -> bool:
    return all(_is_over(marks[index], marks[other]) or _is_over(marks[other], marks[index]) for other in column)


def _is_over(upper: _Boxes, lower: _Boxes) -> bool:
    shared = min(upper[3], lower[3]) - lower[1]
    return bool(upper[1] < lower[1] and shared <= OVERLAP * min(upper[3] - upper[1], lower[3] - lower[1]))


def _column_of(marks: _Boxes, letter_px: float, left: int, whole: int) -> MarkColumn:
    place = ((marks[:, 0].min() + marks[:, 2].max()) / 2 - left) / whole
    order = np.argsort(marks[:, 1], kind="stable")
    upper = marks[order[0]]
    tall = marks[:, 3].max() - upper[1] >= STACK_HEIGHT * letter_px
    is_stack = tall and any(_is_over(upper, marks[other]) for other in order[1:])
    if not is_stack:
        glued = bool((marks[:, 3] - marks[:, 1]).max() >= GLUED_MARKS * letter_px)
        return MarkColumn(place=float(place), is_stack=glued, is_stroke=None)
    width, height = upper[2] - upper[0], upper[3] - upper[1]
    stroke = bool(width <= NARROW * height)
    if max(width, height) < (SHORTEST_STROKE if stroke else SMALLEST_TONE) * letter_px:  # dust
        return MarkColumn(place=float(place), is_stack=False, is_stroke=None)
    return MarkColumn(place=float(place), is_stack=True, is_stroke=stroke)


def _is_stack(cluster: re.Match[str]) -> bool:
    """Whether a cluster has two marks over its letter."""
    vowel, am = cluster["vowel"], cluster["am"]
    return bool((vowel and len(vowel) == 2) or (am and len(am) == 2))


def _is_open(cluster: re.Match[str]) -> bool:
    """Whether a second mark may have been lost: a tone before SARA AA, a vowel or SARA AM without tone."""
    return not _is_stack(cluster) and cluster["tone"] is None and cluster["vowel"] != _SHORTENER


def _with_mark(cluster: re.Match[str], column: MarkColumn) -> str:
    text = cluster.group()
    if cluster["open"]:
        return text[:-1] + _AM
    if column.is_stroke is None:
        return text
    tone = _EK if column.is_stroke else _THO
    if cluster["am"]:
        return text[:-1] + tone + _AM
    if not column.is_stroke and cluster["vowel"] == "\N{THAI CHARACTER SARA I}":  # THANTHAKHAT as likely
        return text
    return text + tone


def _pair(
    text: str, clusters: Sequence[re.Match[str]], columns: Sequence[MarkColumn]
) -> list[tuple[re.Match[str], MarkColumn]]:
    """Clusters with the marks in the ink that stand over them: in order, as near as their places say."""
    widths = np.array([0.0 if _MARK.match(char) else 0.6 if char in " .,:-()" else 1.0 for char in text])
    ends = np.cumsum(widths)
    total = max(1.0, float(ends[-1]))
    places = [float(ends[cluster.start()] - widths[cluster.start()] / 2) / total for cluster in clusters]
    skip = OFF_PLACE
    cost = np.zeros((len(clusters) + 1, len(columns) + 1))
    cost[:, 0] = skip * np.arange(len(clusters) + 1)
    cost[0, :] = skip * np.arange(len(columns) + 1)
    for row, place in enumerate(places, start=1):
        for number, column in enumerate(columns, start=1):
            odd = _is_stack(clusters[row - 1]) and not column.is_stack
            match = abs(place - column.place) + skip * odd
            cost[row, number] = min(
                cost[row - 1, number - 1] + match, cost[row - 1, number] + skip, cost[row, number - 1] + skip
            )
    pairs = []
    row, number = len(clusters), len(columns)
    while row and number:
        if cost[row, number] == cost[row - 1, number] + skip:
            row -= 1
        elif cost[row, number] == cost[row, number - 1] + skip:
            number -= 1
        else:
            row, number = row - 1, number - 1
            pairs.append((clusters[row], columns[number]))
    return pairs[::-1]
