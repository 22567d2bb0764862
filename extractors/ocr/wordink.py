"""Which ink of a line belongs to which word that was read, and which ink no word accounts for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extractors.ocr.engine import OcrWord
from extractors.ocr.inkmap import InkMap
from extractors.ocr.textlines import Pieces, TextLine

WORD_GAP = 0.35
"""A gap of this many letter heights parts two words."""
CLAIM = 0.25
"""Share of the narrower of the two by which a word's box must lie over some ink to claim it."""
NEAR = 1.5
"""A word that was read, but whose box lies over no ink, means ink at most this many letter heights away."""


def share_ink(
    words: Sequence[OcrWord], ink_map: InkMap, line: TextLine, part: Pieces
) -> tuple[list[Pieces], list[Pieces]]:
    """The ink of each word, and the pieces of ink that no word's box lies over, each between two gaps.

    The engine's boxes are off by half a glyph, so gaps decide where they can; ink without a gap that several words
    claim is cut midway between their boxes. A word whose box missed all ink gets the ink beside it that nobody claims.
    """
    owned: list[list[int]] = [[] for _ in words]
    order = sorted(range(len(words)), key=lambda index: words[index].bbox.left)
    unread = []
    for group in ink_groups(ink_map, line, part):
        boxes = ink_map.boxes[group]
        left, right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
        claimants = [index for index in order if _claims(words[index], left, right)]
        if not claimants:
            unread.append(group)
            continue
        ends = [(words[first].bbox.right + words[second].bbox.left) / 2 for first, second in pairwise(claimants)]
        center = (boxes[:, 0] + boxes[:, 2]) / 2
        for piece, place in zip(group.tolist(), np.searchsorted(ends, center).tolist(), strict=True):
            owned[claimants[place]].append(piece)
    for index in [index for index in order if not owned[index]]:
        nearest = min(unread, key=lambda group: _distance(words[index], ink_map, group), default=None)
        if nearest is not None and _distance(words[index], ink_map, nearest) <= NEAR * line.letter_px:
            owned[index] = nearest.tolist()
            unread = [group for group in unread if group is not nearest]
    return [np.array(pieces, dtype=np.intp) for pieces in owned], unread


def ink_groups(ink_map: InkMap, line: TextLine, part: Pieces) -> list[Pieces]:
    """The ink of a line between gaps as wide as a space, from the left."""
    boxes = ink_map.boxes[part]
    order = np.argsort(boxes[:, 0], kind="stable")
    reach = np.maximum.accumulate(boxes[order, 2])
    starts = np.flatnonzero(boxes[order[1:], 0] - reach[:-1] > WORD_GAP * line.letter_px) + 1
    return [part[group] for group in np.split(order, starts) if len(group)]


def _distance(word: OcrWord, ink_map: InkMap, group: Pieces) -> float:
    """Pixels between a word's box and some ink, side by side; 0 where they overlap."""
    boxes = ink_map.boxes[group]
    return float(max(int(boxes[:, 0].min()) - word.bbox.right, word.bbox.left - int(boxes[:, 2].max()), 0))


def _claims(word: OcrWord, left: int, right: int) -> bool:
    shared = min(word.bbox.right, right) - max(word.bbox.left, left)
    return shared > CLAIM * min(word.bbox.width, right - left)
