"""Stretches of text on a line that no wide gap cuts: what a column's gutter may not cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from docmodel.value_class import value_class
from extractors.layout.pieces import Piece

RUN_GAP_EM = 0.5
"""Words nearer than this, in font sizes, are one run: a space has 0.2 to 0.35, the two sides of a cell 0.6 and more."""
WIDE_SPACE = 1.25
MAX_RUN_GAP_EM = 0.75
"""Where a font's spaces are wide (typewriters have 0.6), the limit is so many times a narrow space, up to this."""
HALF_LETTER_EM = 0.28
"""From the middle of a Thai letter to its right side."""
SAME_LINE_EM = 0.5
"""Words whose baselines differ by less than this stand on one line."""


@value_class(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text: its ends, its baseline and its size in points."""

    x0: float
    x1: float
    baseline: float
    size_pt: float

    def crosses(self, x: float) -> bool:
        """Whether the run stands on both sides of a vertical line."""
        return self.x0 < x - 1 and self.x1 > x + 1


def find_runs(pieces: Iterable[Piece]) -> list[Run]:
    """The runs of upright text, line by line from the top."""
    words_of = [list(_words(piece)) for piece in pieces if piece.direction == 0]
    gap_em = _run_gap_em(words_of)
    words = sorted((word for words in words_of for word in words), key=lambda word: word.baseline)
    runs: list[Run] = []
    for line in _lines(words):
        runs += _join(line, gap_em)
    return runs


def find_runs_of_lines(lines: Sequence[Sequence[Piece]]) -> list[list[Run]]:
    """The runs of lines that are known already, each from the left."""
    words_of = [[list(_words(piece)) for piece in line] for line in lines]
    gap_em = _run_gap_em([words for line in words_of for words in line])
    return [_join([word for words in line for word in words], gap_em) for line in words_of]


def _run_gap_em(words_of: Sequence[Sequence[Run]]) -> float:
    """The widest gap inside a run, by the narrower ones of the page's spaces."""
    gaps = sorted(
        (after.x0 - before.x1) / after.size_pt
        for words in words_of
        for before, after in pairwise(words)
        if after.size_pt
    )
    return min(MAX_RUN_GAP_EM, max(RUN_GAP_EM, WIDE_SPACE * gaps[len(gaps) // 4])) if gaps else RUN_GAP_EM


def _words(piece: Piece) -> Iterator[Run]:
    xs = piece.char_x
    if xs is None or " " not in piece.text:
        yield _run(piece, piece.bbox.x0, piece.bbox.x1)
        return
    start = piece.bbox.x0
    index = piece.text.find(" ", 1)
    while index > 0:
        end = min(xs[index - 1] + HALF_LETTER_EM * piece.size_pt, xs[index])
        if end > start:
            yield _run(piece, start, end)
        start = xs[index]
        index = piece.text.find(" ", index + 1)
    yield _run(piece, start, max(piece.bbox.x1, start))


def _run(piece: Piece, x0: float, x1: float) -> Run:
    return Run(x0=x0, x1=x1, baseline=piece.baseline, size_pt=piece.size_pt)


def _lines(words: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for word in words:
        if lines and word.baseline - lines[-1][0].baseline < SAME_LINE_EM * word.size_pt:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _join(line: Sequence[Run], gap_em: float) -> list[Run]:
    runs: list[Run] = []
    for word in sorted(line, key=lambda word: word.x0):
        if runs and word.x0 - runs[-1].x1 < gap_em * max(word.size_pt, runs[-1].size_pt):
            last = runs[-1]
            runs[-1] = Run(x0=last.x0, x1=max(last.x1, word.x1), baseline=last.baseline, size_pt=last.size_pt)
        else:
            runs.append(word)
    return runs
