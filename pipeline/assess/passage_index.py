"""Which passages of a plan say a phrase, told without reading each of them for each phrase."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.assess.phrases import PhraseBook, asks_more, fits
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
        self._clues = _clues(tuple(book.sets.items()))
        self._holding = _find_pieces(texts, self._clues)
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
        found = frozenset.intersection(*asked) if asked else frozenset(range(len(self._texts)))
        return sorted(found - self.saying(test.without))

    def passing(self, test: TextTest) -> list[int]:
        """The passages that pass a test, in order: those of which ``PhraseBook.holds`` says so."""
        saying = self.saying_all(test)
        return [number for number in saying if fits(test, self._texts[number])] if asks_more(test) else saying

    def _of_set(self, name: str) -> frozenset[int]:
        known = self._saying.get(name)
        if known is None:
            sure: set[int] = set()
            likely: set[int] = set()
            for piece, is_whole in self._clues.of_set[name]:
                (sure if is_whole else likely).update(self._holding.get(piece, ()))
            search = self._book.pattern(name).search
            also = (number for number in likely - sure if search(self._texts[number]))
            known = self._saying[name] = frozenset(sure.union(also))
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clues:
    """What to look for in a plan: of each phrase the longest piece without wildcards.

    ``of_set``: the pieces of a set, and whether they are whole phrases. ``by_letters``: the pieces by their rarest
    three letters, with where these begin. ``short``: those without three. ``is_hash``: by the hash of three letters
    whether they are a piece's rarest.
    """

    of_set: dict[str, list[tuple[str, bool]]]
    by_letters: dict[str, list[tuple[str, int]]]
    short: list[str]
    is_hash: NDArray[np.bool_]


@lru_cache(maxsize=4)
def _clues(sets: tuple[tuple[str, tuple[str, ...]], ...]) -> _Clues:
    """The clues of a schema's phrases, found out once per worker."""
    of_set = {name: [_longest_piece(phrase) for phrase in phrases] for name, phrases in sets}
    pieces = {piece: _triples(piece) for of_one in of_set.values() for piece, _ in of_one}
    common = Counter(letters for triples in pieces.values() for letters in triples)
    by_letters: dict[str, list[tuple[str, int]]] = defaultdict(list)
    is_hash = np.zeros(1 << 16, dtype=np.bool_)
    for piece, triples in pieces.items():
        if triples:
            start = min(range(len(triples)), key=lambda at: common[triples[at]])
            by_letters[triples[start]].append((piece, start))
            is_hash[_hash_triples(triples[start])] = True
    short = [piece for piece, triples in pieces.items() if not triples]
    return _Clues(of_set=of_set, by_letters=dict(by_letters), short=short, is_hash=is_hash)


def _longest_piece(phrase: str) -> tuple[str, bool]:
    """The most letters in a row that a text must have to say a phrase, and whether they are the whole phrase."""
    pieces = _WILDCARD.split(compact(phrase))
    return max(pieces, key=len), len(pieces) == 1


def _triples(text: str) -> list[str]:
    return [text[at : at + _LETTERS] for at in range(len(text) - _LETTERS + 1)]


def _hash_triples(text: str) -> NDArray[np.uint16]:
    """A number for each three letters in a row that few others have."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return (codes[:-2] * 40503 + codes[1:-1] * 977 + codes[2:]).astype(np.uint16)


def _find_pieces(texts: Sequence[str], clues: _Clues) -> dict[str, set[int]]:
    """By piece the passages in which it stands."""
    found: dict[str, set[int]] = defaultdict(set)
    lines = "\n".join(texts)  # a compact text has no line break of its own, so no piece stands in two
    ends = list(accumulate(len(text) + 1 for text in texts))
    for at in np.flatnonzero(clues.is_hash[_hash_triples(lines)]).tolist():
        for piece, start in clues.by_letters.get(lines[at : at + _LETTERS], ()):
            if at >= start and lines.startswith(piece, at - start):
                found[piece].add(bisect(ends, at))
    for piece in clues.short:
        found[piece].update(number for number, text in enumerate(texts) if piece in text)
    return found
