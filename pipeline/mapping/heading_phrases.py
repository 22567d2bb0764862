"""A heading cut into known phrases: labels, plan names, boilerplate, agency names and fillers.

Everything happens on the consonant skeleton, so that damaged and clean spellings meet; short phrases must also stand
there as written, since few consonants meet by chance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import compress
from typing import Final

from rapidfuzz import fuzz

from docmodel.value_class import value_class
from normalizers.markers import split_marker
from normalizers.text import normalize_value, thai_skeleton
from pipeline.mapping.agency_words import load_agency_words, write_names_out
from pipeline.mapping.lexicon import Lexicon, Phrase, PhraseKind
from pipeline.phrase_index import PairIndex, SpellingIndex, letter_pairs, likely_alike

# Shorter skeletons are common to many words: they count only where the phrase itself is in the text.
MIN_SKELETON: Final = 5
# Nearly equal phrases are trusted from this length on; 8 consonants with one wrong are still one word.
MIN_FUZZY: Final = 8
FUZZY_CUTOFF: Final = 84.0
# Boilerplate makes long phrases alike: what is left of the phrase without it must be there, too.
CORE_CUTOFF: Final = 70.0
# Two of ten letters wrong still leave most pairs of letters; the quick look spares nine of ten comparisons.
MIN_SHARED: Final = 0.5
# Longer texts are sentences, which need no help to be something else than a heading.
MAX_FUZZY_KEY: Final = 120
# More of the heading unexplained than this, and nearly equal phrases are looked for.
FUZZY_FROM_RESIDUE: Final = 0.25
MIN_AGENCY_KEY: Final = 3

# What a phrase is worth per letter when phrases compete for the same letters, and what each further piece costs:
# labels before plan names before boilerplate, and one long phrase before two short ones.
_WORTH: Final = {
    PhraseKind.LABEL: 1.0,
    PhraseKind.PLAN_NAME: 0.95,
    PhraseKind.BOILERPLATE: 0.9,
    PhraseKind.FILLER: 0.7,
}
_AGENCY_WORTH: Final = 0.45
_PIECE_COST: Final = 0.4

_PARENTHESES: Final = re.compile(r"[()\[\]{}]")
_TRAILER: Final = re.compile(r"(?:[.…·_‥]{3,}|\s{2,}|\t)\s*[0-9๐-๙]{1,3}(?:\s*[-–]\s*[0-9๐-๙]{1,3})?\s*$|[.…]{3,}\s*$")
_LATIN: Final = re.compile(r"[a-z]+")
_BREAKS: Final = re.compile(r"[\s/,:;–-]+")
# An agency's name also begins right behind these, without a space.
_LEADS: Final = tuple(thai_skeleton(word) for word in ("ของ", "ต่อเนื่อง", "วิกฤต"))
# "ภาคผนวก ก ลำดับการแจ้งเหตุ" is about what stands behind the letter.
_ANNEX: Final = re.compile(
    r"^(?:(?:ภาค)?ผนวก|เอกสารแนบ(?:ท้าย)?|annex|appendix)\s*(?:ที่\s*)?(?:[ก-ฮA-Za-z]|[0-9๐-๙]{1,2})\s*[.:)–-]?\s+(?=\S{3})",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(r"</?[a-zA-Z][^>]*>|\*\*")


class How(StrEnum):
    """How a phrase was found in the text."""

    EXACT = "exact"
    SKELETON = "skeleton"
    FUZZY = "fuzzy"
    AGENCY = "agency"


@value_class(frozen=True, slots=True, kw_only=True)
class Piece:
    """A phrase at its place in the skeleton. ``phrase`` is None for an agency's name; ``likeness`` is 0–1."""

    start: int
    end: int
    how: How
    phrase: Phrase | None = None
    likeness: float = 1.0

    @property
    def length(self) -> int:
        """Letters covered."""
        return self.end - self.start

    @property
    def worth(self) -> float:
        """What choosing the piece brings."""
        per_letter = _AGENCY_WORTH if self.phrase is None else _WORTH[self.phrase.kind]
        return per_letter * self.length * self.likeness - _PIECE_COST


@value_class(frozen=True, slots=True, kw_only=True)
class HeadingPart:
    """A stretch of a heading outside or inside parentheses, cut into pieces in order."""

    key: str
    pieces: tuple[Piece, ...]
    in_parentheses: bool
    word_starts: frozenset[int]

    @property
    def residue(self) -> int:
        """Letters that no piece explains."""
        return len(self.key) - sum(piece.length for piece in self.pieces)

    def of_kind(self, kind: PhraseKind) -> tuple[Piece, ...]:
        """The pieces of one kind, in order."""
        return tuple(piece for piece in self.pieces if piece.phrase is not None and piece.phrase.kind is kind)


def clean_heading(text: str) -> str:
    """A heading without its number, page number, dot leader and markup."""
    text = _TRAILER.sub("", _TAGS.sub("", text.strip()))
    return split_marker(text)[1].strip()


@lru_cache(maxsize=16384)
def cut_heading(text: str, lexicon: Lexicon) -> tuple[HeadingPart, ...]:
    """The parts of a heading, what stands outside parentheses first, each cut into the phrases that explain most."""
    heading = clean_heading(text)
    behind = _ANNEX.sub("", heading)
    parts = _parts_of(behind, lexicon)
    if behind != heading and not any(part.of_kind(PhraseKind.LABEL) for part in parts):
        return _parts_of(heading, lexicon)
    return parts


def _parts_of(heading: str, lexicon: Lexicon) -> tuple[HeadingPart, ...]:
    stretches = _PARENTHESES.split(write_names_out(heading))
    main = " ".join(stretches[::2])
    parts = []
    for stretch, in_parentheses in [(main, False), *((inner, True) for inner in stretches[1::2])]:
        key = thai_skeleton(stretch)
        if key:
            word_starts = _word_starts(stretch)
            pieces = _cut(stretch, key, word_starts, lexicon)
            parts.append(HeadingPart(key=key, pieces=pieces, in_parentheses=in_parentheses, word_starts=word_starts))
    return tuple(parts)


def _cut(stretch: str, key: str, word_starts: frozenset[int], lexicon: Lexicon) -> tuple[Piece, ...]:
    spaced = normalize_value(stretch).lower()
    written = "".join(spaced.split())
    words = frozenset(_LATIN.findall(spaced))
    found = [*_known(key, written, words, lexicon), *_agencies(key, word_starts)]
    chosen = _best_cover(found)
    residue = len(key) - sum(piece.length for piece in chosen)
    if residue > FUZZY_FROM_RESIDUE * len(key):
        chosen = _best_cover([*found, *_nearly(key, lexicon)])
    return chosen


def _known(key: str, written: str, words: frozenset[str], lexicon: Lexicon) -> Iterator[Piece]:
    """Phrases whose skeleton stands in the heading's."""
    index = _phrase_index(lexicon)
    for number, start in index.keys.find(key):
        phrase = lexicon.headings[number]
        exact = index.spelled[number] in written
        if phrase.key.isascii() and len(phrase.key) < MIN_SKELETON:
            if phrase.key not in words:
                continue
        elif len(phrase.key) < MIN_SKELETON and not exact and phrase.key != key:
            continue
        yield Piece(start=start, end=start + len(phrase.key), how=How.EXACT if exact else How.SKELETON, phrase=phrase)


def _word_starts(stretch: str) -> frozenset[int]:
    """Where in the skeleton a space or stroke of the text stands."""
    starts, position = {0}, 0
    for word in _BREAKS.split(stretch):
        position += len(thai_skeleton(word))
        starts.add(position)
    return frozenset(starts)


def _agencies(key: str, word_starts: frozenset[int]) -> Iterator[Piece]:
    """An agency's name runs from its first word, after a space, "ของ" or the plan's name, to the end of the stretch."""
    for _, start in _agency_index().find(key):
        if start in word_starts or key[:start].endswith(_LEADS):
            yield Piece(start=start, end=len(key), how=How.AGENCY)


@cache
def _agency_index() -> SpellingIndex:
    return SpellingIndex(
        [word.key for word in load_agency_words() if len(word.key) >= MIN_AGENCY_KEY and not word.anywhere]
    )


def _nearly(key: str, lexicon: Lexicon) -> Iterator[Piece]:
    """Phrases that stand in the heading with a few letters wrong."""
    if len(key) > MAX_FUZZY_KEY:
        return
    index = _phrase_index(lexicon)
    for phrase in _likely(key, [index.fuzzy[number] for number in index.pairs.near(key, longer_by=2)]):
        alignment = fuzz.partial_ratio_alignment(phrase.key, key, score_cutoff=FUZZY_CUTOFF)
        if alignment is None or not alignment.score:
            continue
        if fuzz.partial_ratio(phrase.core, key[alignment.dest_start : alignment.dest_end]) >= CORE_CUTOFF:
            yield Piece(
                start=alignment.dest_start,
                end=alignment.dest_end,
                how=How.FUZZY,
                phrase=phrase,
                likeness=alignment.score / 100,
            )


def _likely(key: str, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases that an alignment with the heading is worth its time for."""
    return list(compress(phrases, likely_alike(key, [phrase.key for phrase in phrases], cutoff=FUZZY_CUTOFF)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _PhraseIndex:
    """The phrases of a lexicon ready to be found: all by ``keys``, as they are ``spelled`` without spaces; those long
    enough to be trusted when nearly equal are ``fuzzy``, found by ``pairs``."""

    keys: SpellingIndex
    spelled: tuple[str, ...]
    fuzzy: tuple[Phrase, ...]
    pairs: PairIndex


@lru_cache(maxsize=4)
def _phrase_index(lexicon: Lexicon) -> _PhraseIndex:
    fuzzy = tuple(
        phrase for phrase in lexicon.headings if len(phrase.key) >= MIN_FUZZY and phrase.kind is not PhraseKind.FILLER
    )
    return _PhraseIndex(
        keys=SpellingIndex([phrase.key for phrase in lexicon.headings]),
        spelled=tuple("".join(phrase.text.split()).lower() for phrase in lexicon.headings),
        fuzzy=fuzzy,
        pairs=PairIndex(
            [phrase.key for phrase in fuzzy],
            [MIN_SHARED * len(set(letter_pairs(phrase.key))) for phrase in fuzzy],
        ),
    )


def _best_cover(found: list[Piece]) -> tuple[Piece, ...]:
    """The pieces without overlap that together are worth most (weighted interval scheduling)."""
    weighed = sorted(((piece.end, piece.start, piece.worth, piece) for piece in found), key=lambda one: one[:3])
    best: list[tuple[float, tuple[Piece, ...]]] = [(0.0, ())]
    ends = [0]
    for end, start, value, piece in weighed:
        worth, chosen = best[bisect_right(ends, start) - 1]
        if value > 0 and worth + value > best[-1][0]:
            best.append((worth + value, (*chosen, piece)))
            ends.append(end)
    return best[-1][1]
