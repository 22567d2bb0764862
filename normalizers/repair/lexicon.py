"""Thai words and how common they are: what decides where the characters alone are ambiguous.

Loaded at first use and kept (about half a second), so that importing the package stays light.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from normalizers import characters as ch

# Cost in nats of a character that no word covers. By the character and not by the cluster, so that moving a mark onto a
# letter that has one already gains nothing by itself.
_UNKNOWN_CHARACTER: Final = 9.0
# A word of the list that the corpus never saw counts as seen half a time.
_UNSEEN: Final = 0.5
# Names are known, and dearer than any word: a name is never damage, and never wins over words.
_NAME_PENALTY: Final = 2.0
_SHORT_NAME: Final = 3
_MAX_WORD: Final = 24
# newmm slows down on long ambiguous runs unless it works in windows.
_LONG_RUN: Final = 140
# Two consonants alone ("กร", "คม") fit everywhere by accident.
_SHORT_PENALTY: Final = 4.0
_SHORT: Final = re.compile(f"[{ch.CONSONANTS}]{{2}}")
_CLUSTER: Final = re.compile(
    f"[{ch.LEADING_VOWELS}]*[{ch.CONSONANTS}]?[{ch.MARKS}]*[{ch.SARA_AA}{ch.SARA_AM}{ch.SARA_A}{ch.LAKKHANGYAO}]*|."
)
# A word cannot end where a mark or a vowel that needs a letter before it follows.
_CONTINUING: Final = ch.members(ch.MARKS + ch.SARA_AA + ch.SARA_AM + ch.SARA_A)
_THAI_RUN: Final = re.compile(f"[{ch.THAI_LETTERS}{ch.MAIYAMOK}{ch.PAIYANNOI}]+")


@cache
def words() -> frozenset[str]:
    """The word list, one-letter entries and bare marks left out."""
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415  (slow to load, and a sound text needs none of it)

    return frozenset(word for word in thai_words() if len(word) > 1 or word == "ณ")


@cache
def dictionary() -> WordList:
    """All entries of the dictionary, for cutting a text that is taken as it stands."""
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415  (slow to load, and a sound text needs none of it)

    return WordList(thai_words())


@cache
def names() -> frozenset[str]:
    """Given and family names, so that no name is taken for a damaged word."""
    from pythainlp.corpus import common  # noqa: PLC0415  (slow to load, and a sound text needs none of it)

    return frozenset(common.thai_family_names() | common.thai_female_names() | common.thai_male_names())


@cache
def _word_costs() -> tuple[dict[str, float], dict[str, tuple[int, ...]]]:
    """Cost in nats per word, and the lengths of the words by their first letters (``_likely_lengths``)."""
    counts = _frequencies()
    total = float(sum(counts.get(word, 0) for word in words()))
    costs: dict[str, float] = {}
    for word in words():
        if len(word) > _MAX_WORD:
            continue
        penalty = _SHORT_PENALTY if _SHORT.fullmatch(word) else 0.0
        costs[word] = math.log(total / max(counts.get(word, 0), _UNSEEN)) + penalty
    for name in names():
        if len(name) > _SHORT_NAME and name not in costs:
            costs[name] = math.log(total / _UNSEEN) + _NAME_PENALTY
    shorter = {word for word in costs if len(word) < _LONG_START}
    return costs, _lengths_by_start(shorter) | _lengths_by_start(costs, letters=_LONG_START)


def _likely_lengths(lengths: Mapping[str, tuple[int, ...]], run: str, start: int) -> tuple[int, ...]:
    """Which lengths a word may have that begins at a place, the shortest first."""
    return lengths.get(run[start : start + _LONG_START]) or lengths.get(run[start : start + 3], _SHORT_LENGTHS)


def word_frequency(word: str) -> int:
    """How often the Thai National Corpus has the word."""
    return _frequencies().get(word, 0)


@cache
def _frequencies() -> dict[str, int]:
    from pythainlp.corpus.tnc import unigram_word_freqs  # noqa: PLC0415  (slow to load, and a sound text needs none of it)

    return dict(unigram_word_freqs())


@lru_cache(maxsize=50_000)
def reading_cost(text: str) -> float:
    """How unlikely a text is as Thai, in nats, by its best cut into words; what is not Thai costs nothing.

    Only for comparing two readings of the same place.
    """
    return sum(_run_cost(match[0]) for match in _THAI_RUN.finditer(text))


@lru_cache(maxsize=50_000)
def _run_cost(run: str) -> float:
    costs, lengths = _word_costs()
    length = len(run)
    best = [math.inf] * (length + 1)
    best[0] = 0.0
    for start in range(length):
        so_far = best[start]
        if so_far == math.inf:
            continue
        end, cost = _unknown_cluster(run, start)
        best[end] = min(best[end], so_far + cost)
        for word_length in _likely_lengths(lengths, run, start):
            stop = start + word_length
            if stop > length:
                break
            word_cost = costs.get(run[start:stop])
            if word_cost is not None and so_far + word_cost < best[stop] and run[stop : stop + 1] not in _CONTINUING:
                best[stop] = so_far + word_cost
    return best[length]


def bound_cost(text: str) -> float:
    """What ``reading_cost`` is at the most, found in a part of its time: the cost of the longest word at each place.

    For a sound text it is hardly more.
    """
    return sum(_longest_words_cost(match[0]) for match in _THAI_RUN.finditer(text))


def _longest_words_cost(run: str) -> float:
    costs, lengths = _word_costs()
    cost, start = 0.0, 0
    while start < len(run):
        for length in reversed(_likely_lengths(lengths, run, start)):
            word = run[start : start + length]
            word_cost = costs.get(word)
            stop = start + len(word)
            if word_cost is not None and run[stop : stop + 1] not in _CONTINUING:
                cost, start = cost + word_cost, stop
                break
        else:
            start, cluster_cost = _unknown_cluster(run, start)
            cost += cluster_cost
    return cost


def _unknown_cluster(run: str, start: int) -> tuple[int, float]:
    """Where a cluster ends that no word covers, and what it costs; a sign of repetition or omission is hardly any."""
    if run[start] in (ch.MAIYAMOK, ch.PAIYANNOI):
        return start + 1, 1.0
    cluster = _CLUSTER.match(run, start)
    end = max(start + 1, cluster.end() if cluster else start + 1)
    return end, _UNKNOWN_CHARACTER * (end - start)


def unknown_share(text: str) -> float:
    """Share of the Thai letters of a text that are in no word and no name (0 where there is no Thai)."""
    letters = sum(len(match[0]) for match in _THAI_RUN.finditer(text))
    if not letters:
        return 0.0
    known = _known_words()
    tokens = [token for match in _THAI_RUN.finditer(text) for token in cut_words(match[0], known)]
    left = sum(len(token) for token in tokens if token not in known and token not in (ch.MAIYAMOK, ch.PAIYANNOI))
    return left / letters


@cache
def _known_words() -> WordList:
    return WordList(words() | names())


@cache
def lost_am_forms() -> dict[str, str]:
    """Spelling without nikhahit to word ("สาคัญ" to "สำคัญ"), only forms that are no word and no name."""
    return _altered_forms(ch.SARA_AM, ch.SARA_AA)


@cache
def aa_as_am_forms() -> dict[str, str]:
    """Spelling with า read as ำ to word ("กำร" to "การ"), only forms that are no word and no name."""
    return _altered_forms(ch.SARA_AA, ch.SARA_AM)


def _altered_forms(right: str, wrong: str) -> dict[str, str]:
    known = words()
    forms: dict[str, list[str]] = {}
    for word in known:
        if right in word:
            forms.setdefault(word.replace(right, wrong), []).append(word)
    # Two words of one altered form cannot be told apart by the form alone; the commoner one wins only by far.
    return {
        form: max(origins, key=word_frequency)
        for form, origins in forms.items()
        if form not in known and form not in names() and len(form) > 2
    }


# What may begin at a place where no longer word does.
_SHORT_LENGTHS: Final = (1, 2)
# Words that share three first letters have a dozen lengths, those that share this many two or three.
_LONG_START: Final = 6


def _lengths_by_start(entries: Collection[str], *, letters: int = 3) -> dict[str, tuple[int, ...]]:
    """Which lengths the entries have that begin with the same so many letters, the shortest first; shorter entries that
    begin so are among them."""
    lengths: dict[str, set[int]] = {}
    for entry in entries:
        if len(entry) >= letters:
            lengths.setdefault(entry[:letters], set()).add(len(entry))
    for start, found in lengths.items():
        found.update(length for length in range(1, letters) if start[:length] in entries)
    return {start: tuple(sorted(found)) for start, found in lengths.items()}


class WordList:
    """Words by their beginning, in the place of pythainlp's trie: made in a twentieth of its time and memory."""

    __slots__ = ("_entries", "_lengths", "_short")

    def __init__(self, entries: Collection[str]) -> None:
        self._entries = frozenset(entries)
        self._lengths = _lengths_by_start(self._entries)
        self._short = tuple(sorted({len(entry) for entry in self._entries} & {*_SHORT_LENGTHS}))

    def __contains__(self, word: str) -> bool:
        """Whether the word is in the list."""
        return word in self._entries

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """All words of the list that begin at a place of a text, the shortest first."""
        entries, lengths, room = self._entries, self._lengths, len(text) - start
        found = []
        for length in lengths.get(text[start : start + 3], self._short):
            if length > room:
                break
            word = text[start : start + length]
            if word in entries:
                found.append(word)
        return found

    def count_places(self, text: str) -> int:
        """At how many places of a text a word of the list begins, be it inside another word."""
        entries, lengths, short = self._entries, self._lengths, self._short
        count = 0
        for start in range(len(text)):
            for length in lengths.get(text[start : start + 3], short):
                if text[start : start + length] in entries:
                    count += 1
                    break
        return count


def cut_words(text: str, word_list: WordList) -> list[str]:
    """The text cut into words of the list by maximal matching; the pieces join to the text."""
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415  (slow to load, and a sound text needs none of it)

    # of a trie it asks for prefixes() alone
    return list(segment(text, word_list, safe_mode=len(text) > _LONG_RUN))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class AlteredWords:
    """Words that one damage alters: ``forms`` is altered spelling to word, ``altered`` lists those spellings alone and
    ``all_words`` them with the words."""

    forms: Mapping[str, str]
    altered: WordList
    all_words: WordList


def alter_words(forms: Mapping[str, str]) -> AlteredWords:
    """The lists for cutting a text in which words may stand in altered spellings."""
    return AlteredWords(forms=forms, altered=WordList(forms), all_words=WordList(words() | forms.keys()))


@cache
def lost_am() -> AlteredWords:
    """Spellings without nikhahit ("สาคัญ")."""
    return alter_words(lost_am_forms())


@cache
def aa_as_am() -> AlteredWords:
    """Spellings with า read as ำ ("กำร")."""
    return alter_words(aa_as_am_forms())


def load_word_lists() -> None:
    """Read all lists now, so that the first damaged text does not wait for them."""
    _word_costs()
    _known_words()
    dictionary()
    lost_am()
    aa_as_am()
    cut_words("แผน", _known_words())
