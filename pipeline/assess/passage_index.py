"""Which passages of a plan say a phrase, told without reading each of them for each phrase."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.assess.phrases import PhraseBook, fits
from pipeline.schema_files.criteria import TextTest
from pipeline.terms import compact

# Three letters in a row are rare enough that few places have those of a phrase.
_LETTERS: Final = 3
_WILDCARD: Final = re.compile(r"[*#^$]")


class PassageIndex:
    """The compact texts of a plan's passages by number, and which of them say a phrase of which set."""

    def __init__(self, texts: Sequence[str], book: PhraseBook) -> None:
        self._texts = texts
        self._book = book
        self._sure, self._likely = _find_pieces(texts, _clues(tuple(book.sets.items())))
        self._saying: dict[str, frozenset[int]] = {}
        self._together: dict[tuple[str, ...], frozenset[int]] = {}

    def saying(self, names: tuple[str, ...]) -> frozenset[int]:
        """The passages that say a phrase of one of the sets."""
        known = self._together.get(names)
        if known is None:
            known = self._together[names] = frozenset().union(*(self._of_set(name) for name in names))
        return known

    def saying_all(self, test: TextTest) -> list[int]:
        """The passages that pass a test as far as it asks for phrases, in order."""
        asked = [self.saying(test.phrases)] if test.phrases else []
        asked += [self._of_set(name) for name in test.near]
        found: Iterable[int] = frozenset.intersection(*asked) if asked else range(len(self._texts))
        without = self.saying(test.without)
        return sorted(number for number in found if number not in without)

    def passing(self, test: TextTest) -> list[int]:
        """The passages that pass a test, in order: those of which ``PhraseBook.holds`` says so."""
        return [number for number in self.saying_all(test) if fits(test, self._texts[number])]

    def _of_set(self, name: str) -> frozenset[int]:
        known = self._saying.get(name)
        if known is None:
            sure, search = self._sure[name], self._book.pattern(name).search
            also = (number for number in self._likely[name] - sure if search(self._texts[number]))
            known = self._saying[name] = frozenset(sure.union(also))
        return known


@dataclass(frozen=True, slots=True)
class _Clue:
    """The longest piece of a phrase without wildcards; ``start`` is where its rarest letters begin in it."""

    set_name: str
    piece: str
    start: int
    is_whole_phrase: bool


@dataclass(frozen=True, slots=True)
class _Clues:
    """What to look for in a plan: the clues by their rarest three letters, those too short to have three, and by the
    hash of three letters whether a clue has them."""

    by_letters: dict[str, list[_Clue]]
    short: list[_Clue]
    is_hash: NDArray[np.bool_]


@lru_cache(maxsize=4)
def _clues(sets: tuple[tuple[str, tuple[str, ...]], ...]) -> _Clues:
    """The clues of a schema's phrases, found out once per worker."""
    pieces = {(name, phrase): _WILDCARD.split(compact(phrase)) for name, phrases in sets for phrase in phrases}
    common = Counter(letters for parts in pieces.values() for letters in _triples(max(parts, key=len)))
    by_letters: dict[str, list[_Clue]] = defaultdict(list)
    short: list[_Clue] = []
    for (name, _), parts in pieces.items():
        piece = max(parts, key=len)
        triples = _triples(piece)
        start = min(range(len(triples)), key=lambda at: common[triples[at]], default=0)
        clue = _Clue(name, piece, start, is_whole_phrase=len(parts) == 1)
        (by_letters[triples[start]] if triples else short).append(clue)
    is_hash = np.zeros(1 << 16, dtype=np.bool_)
    for letters in by_letters:
        is_hash[_hash_triples(letters)] = True
    return _Clues(by_letters=dict(by_letters), short=short, is_hash=is_hash)


def _triples(text: str) -> list[str]:
    return [text[at : at + _LETTERS] for at in range(len(text) - _LETTERS + 1)]


def _hash_triples(text: str) -> NDArray[np.uint16]:
    """A number for each three letters in a row that few others have."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return (codes[:-2] * 40503 + codes[1:-1] * 977 + codes[2:]).astype(np.uint16)


def _find_pieces(texts: Sequence[str], clues: _Clues) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """By set the passages in which a whole phrase stands, and those with a piece of a phrase that has wildcards."""
    found: tuple[dict[str, set[int]], dict[str, set[int]]] = defaultdict(set), defaultdict(set)
    sure, likely = found
    lines = "\n".join(texts)  # a compact text has no line break of its own, so no piece stands in two
    ends = list(accumulate(len(text) + 1 for text in texts))
    for at in np.flatnonzero(clues.is_hash[_hash_triples(lines)]).tolist():
        for clue in clues.by_letters.get(lines[at : at + _LETTERS], ()):
            if at >= clue.start and lines.startswith(clue.piece, at - clue.start):
                (sure if clue.is_whole_phrase else likely)[clue.set_name].add(bisect(ends, at))
    for clue in clues.short:
        holding = (number for number, text in enumerate(texts) if clue.piece in text)
        (sure if clue.is_whole_phrase else likely)[clue.set_name].update(holding)
    return found
