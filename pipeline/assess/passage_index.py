"""Which passages of a plan say a phrase, told without reading each of them for each phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pipeline.assess.phrases import PhraseBook, fits
from pipeline.schema_files.criteria import TextTest
from pipeline.terms import compact

# Three letters in a row are rare enough that few passages have all those of a phrase.
_LETTERS: Final = 3
_WILDCARD: Final = re.compile(r"[*#^$]")


class PassageIndex:
    """The compact texts of a plan's passages by number, and in which of them each three letters in a row stand."""

    def __init__(self, texts: Sequence[str], book: PhraseBook) -> None:
        self._texts = texts
        self._book = book
        self._places: dict[str, list[int]] = {}
        self._saying: dict[str, frozenset[int]] = {}
        self._together: dict[tuple[str, ...], frozenset[int]] = {}
        for number, text in enumerate(texts):
            for letters in _triples(text):
                self._places.setdefault(letters, []).append(number)

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
            pattern = self._book.pattern(name)
            likely = frozenset().union(*(self._may_say(phrase) for phrase in self._book.sets[name]))
            known = frozenset(number for number in likely if pattern.search(self._texts[number]))
            self._saying[name] = known
        return known

    def _may_say(self, phrase: str) -> Iterable[int]:
        """The passages that have the rarest three letters of a phrase; all where it has no three in a row."""
        places = (self._places.get(letters, []) for letters in _phrase_triples(phrase))
        return min(places, key=len, default=range(len(self._texts)))


@lru_cache(maxsize=4096)
def _phrase_triples(phrase: str) -> frozenset[str]:
    """All three letters in a row that a text must have to say a phrase."""
    return frozenset().union(*(_triples(piece) for piece in _WILDCARD.split(compact(phrase))))


def _triples(text: str) -> set[str]:
    return {text[start : start + _LETTERS] for start in range(len(text) - _LETTERS + 1)}
