"""From pieces of text to lines, each read from left to right."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from docmodel.geometry import BBox, union_bbox
from docmodel.value_class import value_class
from extractors.layout.pieces import WORD_GAP_EM, Piece, split_piece

SAME_LINE_EM = 0.5
"""Pieces whose baselines differ by less than this, in font sizes, share a line: raised figures and mixed fonts differ
by up to 0.4, the tightest Thai line spacing is 1.1."""
OVERLAP_EM = 0.3
"""Pieces that overlap sideways by more than this cannot follow each other on one line."""

HALF_LETTER_EM = 0.27
"""Half the width of a common Thai letter."""
GAP_EM = 0.8
"""Between the middles of two letters of one word there is less than this."""


@value_class(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text: its pieces from left to right, and their text with single spaces where gaps are."""

    text: str
    bbox: BBox
    baseline: float
    size_pt: float
    bold: bool | None
    pieces: tuple[Piece, ...]
    confidence: float | None = None


def find_lines(pieces: Iterable[Piece]) -> tuple[Line, ...]:
    """Lines from the top to the bottom. All pieces must have the same direction and be in its upright frame."""
    groups: list[list[Piece]] = []
    longest: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.baseline, piece.bbox.x0)):
        for index in range(len(groups) - 1, max(-1, len(groups) - 5), -1):
            if _belongs(piece, groups[index], longest[index]):
                groups[index].append(piece)
                if len(piece.text) > len(longest[index].text):
                    longest[index] = piece
                break
        else:
            groups.append([piece])
            longest.append(piece)
    lines = [make_line(group) for group in groups]
    return tuple(sorted(lines, key=lambda line: (line.baseline, line.bbox.x0)))


def make_line(pieces: Sequence[Piece]) -> Line:
    """One line of some pieces, ordered by their left ends."""
    if len(pieces) == 1:
        (piece,) = pieces
        return Line(
            text=piece.text.strip(),
            bbox=piece.bbox,
            baseline=piece.baseline,
            size_pt=piece.size_pt,
            bold=piece.bold,
            pieces=(piece,),
            confidence=piece.confidence,
        )
    ordered = _from_left(pieces)
    if any(before.bbox.x1 > piece.bbox.x0 for before, piece in itertools.pairwise(ordered)):
        ordered = _from_left(_opened(pieces))
    text = ordered[0].text
    for before, piece in itertools.pairwise(ordered):
        gap = piece.bbox.x0 - before.bbox.x1
        spaced = text[-1:].isspace() or piece.text[:1].isspace()
        wide = gap > WORD_GAP_EM * min(before.size_pt, piece.size_pt)
        text += (" " if wide and not spaced else "") + piece.text
    box = union_bbox(piece.bbox for piece in ordered)
    assert box is not None
    longest = max(ordered, key=lambda piece: len(piece.text))
    known = [piece.confidence for piece in ordered if piece.confidence is not None]
    bold = [piece.bold for piece in ordered if piece.bold is not None]
    return Line(
        text=text.strip(),
        bbox=box,
        baseline=longest.baseline,
        size_pt=longest.size_pt,
        bold=all(bold) if bold else None,
        pieces=tuple(ordered),
        confidence=fmean(known) if known else None,
    )


def _from_left(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: piece.bbox.x0)


def _opened(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces, each cut where another has a letter in a gap of it: signs of another font are drawn out of turn."""
    opened: list[Piece] = []
    letters = [_letters(piece) for piece in pieces]
    for piece, own in zip(pieces, letters, strict=True):
        gap = GAP_EM * piece.size_pt
        stops = tuple(
            (left + right) / 2
            for left, right in itertools.pairwise(own)
            if right - left > gap and any(left < x < right for xs in letters if xs is not own for x in xs)
        )
        opened += map(_tight, split_piece(piece, stops)) if stops else (piece,)
    return opened


def _tight(piece: Piece) -> Piece:
    """A piece that was cut out of another, no wider than its letters: the gaps that are there now decide on spaces."""
    front = len(piece.text) - len(piece.text.lstrip())
    end = len(piece.text.rstrip())
    if piece.char_x is None or front >= end:
        return piece
    half = HALF_LETTER_EM * piece.size_pt
    x0 = max(piece.bbox.x0, piece.char_x[front] - half)
    x1 = min(piece.bbox.x1, piece.char_x[end - 1] + half)
    box = BBox(x0, piece.bbox.top, max(x0, x1), piece.bbox.bottom)
    return replace(piece, text=piece.text[front:end], char_x=piece.char_x[front:end], bbox=box)


def _letters(piece: Piece) -> list[float]:
    """The middles of a piece's letters, a new list."""
    if piece.char_x is None:
        return []
    return [x for x, char in zip(piece.char_x, piece.text, strict=True) if not char.isspace()]


def _belongs(piece: Piece, group: Sequence[Piece], longest: Piece) -> bool:
    step = abs(piece.baseline - longest.baseline)
    if step >= SAME_LINE_EM * max(piece.size_pt, longest.size_pt):
        return False
    if step < SAME_LINE_EM / 2 * piece.size_pt:
        return True
    slack = OVERLAP_EM * piece.size_pt
    return all(piece.bbox.x0 >= other.bbox.x1 - slack or piece.bbox.x1 <= other.bbox.x0 + slack for other in group)
