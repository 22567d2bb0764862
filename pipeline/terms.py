"""Words of the vocabulary found in a text: exactly first, then without tones, then by consonants, then nearly.

Every function is pure. Positions are those of the compact text (no spaces, lower case, Arabic numerals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from docmodel.value_class import value_class
from normalizers.characters import TONE_MARKS
from normalizers.text import normalize_value, thai_skeleton
from pipeline.phrase_index import PairIndex, SpellingIndex, letter_pairs, likely_alike

# A skeleton has no vowels above or below, so short ones meet by chance: "สูง" and "สั่ง" are both สง.
MIN_SKELETON = 7
# Scans gain and lose tone marks first. Words this long that differ in them alone are one word.
MIN_TONELESS = 6
# Nearly equal words are only trusted when long; found by trying damaged and scanned heads against clean ones.
MIN_FUZZY = 10
FUZZY_SCORE = 86.0

EXACT, TONELESS, SKELETON, FUZZY = 1.0, 0.96, 0.92, 0.8
Label = TypeVar("Label", bound=str)

# Texts up to this length are remembered: cells and heads come again in one plan after the other, paragraphs do not.
_SHORT = 200
_TONES = re.compile(f"[{TONE_MARKS}]")
# "…" inside a word of the vocabulary stands for a few words of the text.
GAP = "…"
_GAP_CHARS = 30
# A skeleton has no digits, and "more than 30 days" is not "more than 7 days".
_HAS_DIGIT = re.compile(r"\d")


@value_class(frozen=True, slots=True, kw_only=True)
class TermMatch(Generic[Label]):
    """A word of the vocabulary in a text: its ``label``, the ``term``, where it starts, and how surely (0–1)."""

    label: Label
    term: str
    start: int
    length: int
    score: float


def compact(text: str) -> str:
    """The text as words are compared: normalised, lower case, without spaces.

    >>> compact("ระยะ เวลา ๒ วัน")
    'ระยะเวลา2วัน'
    """
    return _compact_short(text) if len(text) <= _SHORT else _compact(text)


def _compact(text: str) -> str:
    return "".join(normalize_value(text).split()).lower()


_compact_short = lru_cache(maxsize=16384)(_compact)


class _Spellings(Generic[Label]):
    """Words with their labels as they are spelled in a text that was made comparable in one of the ways."""

    __slots__ = ("_index", "words")

    def __init__(self, words: list[tuple[Label, str, str]]) -> None:
        self.words = words
        self._index = SpellingIndex([spelling for _, _, spelling in words])

    def find(self, text: str) -> Iterator[tuple[Label, str, str, int]]:
        """Label, word, spelling and start of each place, in the order of the words."""
        for number, start in self._index.find(text):
            yield (*self.words[number], start)

    def find_first(self, text: str) -> Iterator[tuple[Label, str, str, int]]:
        """Of each word only the first place."""
        last = None
        for number, start in self._index.find(text):
            if number != last:
                yield (*self.words[number], start)
            last = number


class TermSet(Generic[Label]):
    """Labels with the words that mean them, ready to be looked for."""

    __slots__ = (
        "_exact",
        "_find_short",
        "_fuzzy",
        "_gapped",
        "_labels_short",
        "_nearly",
        "_skeletons",
        "_toneless",
        "_whole",
    )

    def __init__(self, terms: Mapping[Label, Iterable[str]], whole_heads: Iterable[str] = ()) -> None:
        self._whole = frozenset(compact(word) for word in whole_heads)
        words = [(label, term) for label, of_label in terms.items() for term in of_label]
        exact = [(label, term, compact(term)) for label, term in words if GAP not in term]
        self._exact = _Spellings(exact)
        self._gapped = [(label, term, _gapped(term)) for label, term in words if GAP in term]
        self._toneless = _Spellings(
            [
                (label, term, toneless)
                for label, term, spelling in exact
                if len(toneless := _without_tones(spelling)) >= MIN_TONELESS
                and spelling not in self._whole
                and not term.isascii()
            ]
        )
        self._skeletons = _Spellings(
            [
                (label, term, skeleton)
                for label, term, _ in exact
                if len(skeleton := thai_skeleton(term)) >= MIN_SKELETON
                and not term.isascii()
                and not _HAS_DIGIT.search(term)
            ]
        )
        self._fuzzy = [word for word in self._skeletons.words if len(word[2]) >= MIN_FUZZY]
        keys = [skeleton for _, _, skeleton in self._fuzzy]
        self._nearly = PairIndex(keys, [_least_pairs(key) for key in keys])
        self._find_short = lru_cache(maxsize=4096)(self._find_any)
        self._labels_short = lru_cache(maxsize=4096)(self._find_labels)

    def find_all(self, text: str) -> tuple[TermMatch[Label], ...]:
        """All words found, none inside another, in order of the text; damaged spellings only where none is clean."""
        found = self._find_clearly(text)
        return _without_overlaps(found)

    def find(self, text: str) -> TermMatch[Label] | None:
        """The word that stands first (the longest of those), None where none is found even nearly."""
        return self._find_short(text) if len(text) <= _SHORT else self._find_any(text)

    def labels(self, text: str) -> frozenset[Label]:
        """All labels of which a word stands in the text and not only inside a longer word of the vocabulary."""
        return self._labels_short(text) if len(text) <= _SHORT else self._find_labels(text)

    def _find_any(self, text: str) -> TermMatch[Label] | None:
        found = self.find_all(text)
        return found[0] if found else self._find_nearly(text)

    def _find_labels(self, text: str) -> frozenset[Label]:
        found = self._find_clearly(text)
        if not found:
            nearly = self._find_nearly(text)
            found = [nearly] if nearly else []
        return frozenset(match.label for match in found if not any(_inside(match, other) for other in found))

    def label(self, text: str) -> Label | None:
        """The label of ``find``."""
        match = self.find(text)
        return match.label if match else None

    def _find_clearly(self, text: str) -> list[TermMatch[Label]]:
        return self._find_exact(text) or self._find_toneless(text) or self._find_skeletons(text)

    def _find_exact(self, text: str) -> list[TermMatch[Label]]:
        words = compact(text)
        found = []
        ends: dict[tuple[Label, str], int] = {}
        for label, term, spelling, start in self._exact.find(words):
            # a word's own next place begins behind it
            if start < ends.get((label, term), 0) or (spelling in self._whole and words != spelling):
                continue
            end = ends[label, term] = start + len(spelling)
            if not _cuts_number(words, start, end):
                found.append(TermMatch(label=label, term=term, start=start, length=len(spelling), score=EXACT))
        for label, term, pattern in self._gapped:
            for match in pattern.finditer(words):
                length = match.end() - match.start()
                found.append(TermMatch(label=label, term=term, start=match.start(), length=length, score=EXACT))
        return found

    def _find_toneless(self, text: str) -> list[TermMatch[Label]]:
        words = _without_tones(compact(text))
        return [
            TermMatch(label=label, term=term, start=start, length=len(toneless), score=TONELESS)
            for label, term, toneless, start in self._toneless.find_first(words)
            if not _cuts_number(words, start, start + len(toneless))
        ]

    def _find_skeletons(self, text: str) -> list[TermMatch[Label]]:
        return [
            TermMatch(label=label, term=term, start=start, length=len(skeleton), score=SKELETON)
            for label, term, skeleton, start in self._skeletons.find_first(thai_skeleton(text))
        ]

    def _find_nearly(self, text: str) -> TermMatch[Label] | None:
        bones = thai_skeleton(text)
        if len(bones) < MIN_FUZZY:
            return None
        best: TermMatch[Label] | None = None
        words = [self._fuzzy[number] for number in self._nearly.near(bones, longer_by=2)]
        likely = likely_alike(bones, [skeleton for _, _, skeleton in words], cutoff=FUZZY_SCORE)
        for label, term, skeleton in compress(words, likely):
            ratio = fuzz.partial_ratio(skeleton, bones, score_cutoff=FUZZY_SCORE)
            score = FUZZY * ratio / 100
            if ratio and (best is None or (score, len(skeleton)) > (best.score, best.length)):
                best = TermMatch(label=label, term=term, start=0, length=len(skeleton), score=score)
        return best


def _least_pairs(key: str) -> float:
    """How many of a key's pairs of letters a text must have in which it may stand nearly: what is like enough has more.

    A likeness of 86 leaves 2 (n - L) + (m - L) pairs broken at most, where L letters of n meet L of m, and
    L >= 0.43 (n + m): less than half of n. The rest is for keys that are longer than the text.
    """
    return len(set(letter_pairs(key))) - 0.5 * len(key) - 3


def _without_tones(text: str) -> str:
    return _TONES.sub("", text)


def _gapped(term: str) -> re.Pattern[str]:
    return re.compile(f"[^,;/]{{0,{_GAP_CHARS}}}?".join(re.escape(compact(part)) for part in term.split(GAP)))


def _cuts_number(words: str, start: int, end: int) -> bool:
    """Whether a place would take digits out of a longer number ("วันที่1" in "วันที่10")."""
    before = words[start].isdigit() and start > 0 and words[start - 1].isdigit()
    return before or (words[end - 1].isdigit() and end < len(words) and words[end].isdigit())


def _inside(match: TermMatch[Label], other: TermMatch[Label]) -> bool:
    """Whether a word lies within another, longer one."""
    end, other_end = match.start + match.length, other.start + other.length
    return match.length < other.length and other.start <= match.start and end <= other_end


def _without_overlaps(found: Iterable[TermMatch[Label]]) -> tuple[TermMatch[Label], ...]:
    """First and longest first; what a chosen word covers is left out."""
    chosen: list[TermMatch[Label]] = []
    end = -1
    for match in sorted(found, key=lambda match: (match.start, -match.length)):
        if match.start >= end:
            chosen.append(match)
            end = match.start + match.length
    return tuple(chosen)
