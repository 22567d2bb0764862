"""Marks that OCR lost over or under a letter, put back where only that makes a word: ``สถานที``, ``ทังหมด``, ``ข้อมล``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from normalizers import characters as ch
from normalizers.repair import lexicon
from normalizers.repair.lexicon import AlteredWords
from normalizers.repair.model import DamageKind, RepairResult
from normalizers.repair.rules import Edit, apply_edits

_CHUNK: Final = re.compile(f"[{ch.THAI_LETTERS}]{{3,}}")
# What recognisers lose: the tone on a vowel above, a vowel below, a tone on a vowel below, THANTHAKHAT on a vowel.
_LOST: Final = re.compile(
    f"(?<=[{ch.UPPER_VOWELS}])[{ch.TONES}{ch.THANTHAKHAT}]|(?<=[{ch.CONSONANTS}])[{ch.LOWER_VOWELS}]"
    f"|(?<=[{ch.LOWER_VOWELS}])[{ch.TONES}]|[{ch.TONES}](?={ch.SARA_AM})"
)
# Shorter forms stand in names by accident ("ปิน" is no "ปิ่น"), unless their word is among the commonest ("ทัง").
_SHORTEST: Final = 3
_SHORT: Final = 4
_COMMON: Final = 5_000
# How much likelier (nats) the place must be with the mark. On pages of sound text no place gains as much.
_GAIN: Final = 6.0
_WINDOW: Final = 16
# A word that the corpus has less often is not what a plan says.
_MIN_FREQUENCY: Final = 5
# A word gives way only to one this many times as common, which makes its place likelier by about as much (nats), on a
# page that has lost so many marks for certain.
_FAR_COMMONER: Final = 50
_COMMONER_GAIN: Final = 4.0
_MIN_LOST: Final = 2


@cache
def lost_mark_forms() -> dict[str, str]:
    """Spelling with one mark lost to word ("ทังหมด" to "ทั้งหมด"), only forms that are no word and no name."""
    known = lexicon.words()
    forms: dict[str, set[str]] = {}
    for word in known:
        if lexicon.word_frequency(word) >= _MIN_FREQUENCY:
            for form in _without_one(word):
                forms.setdefault(form, set()).add(word)
    return {
        form: max(origins, key=lexicon.word_frequency)
        for form, origins in forms.items()
        if len(form) >= _SHORTEST and form not in known and form not in lexicon.names()
        if len(form) >= _SHORT or max(map(lexicon.word_frequency, origins)) >= _COMMON
    }


def _without_one(word: str) -> Iterator[str]:
    for match in _LOST.finditer(word):
        yield word[: match.start()] + word[match.end() :]


@cache
def _lost_marks() -> AlteredWords:
    return lexicon.alter_words(lost_mark_forms())


@cache
def _commoner_words() -> dict[str, str]:
    """Words that are another, far commoner word with one mark lost: "ที" to "ที่"."""
    known = lexicon.words()
    found: dict[str, str] = {}
    for word in sorted(known, key=lexicon.word_frequency):
        frequency = lexicon.word_frequency(word)
        if frequency < _COMMON:
            continue
        for form in _without_one(word):
            if form in known and frequency >= _FAR_COMMONER * lexicon.word_frequency(form):
                found[form] = word
    return found


def loses_marks(text: str) -> bool:
    """Whether a page that OCR read has lost marks for certain, so that doubtful places may have lost theirs too."""
    return len(mend_ocr_text(text).steps) >= _MIN_LOST


def mend_ocr_text(text: str, *, loses: bool = False) -> RepairResult:
    """A text that OCR read with the marks back that it lost; a sound text comes back with no step.

    Leaves alone names, Thai in no word, and words as they stand, but for those that are a far commoner word with one
    mark lost, on a page that ``loses`` marks.

    >>> mend_ocr_text("ให้ใช้สถานทีของส่วนราชการและข้อมลทังหมด").text
    'ให้ใช้สถานที่ของส่วนราชการและข้อมูลทั้งหมด'
    """
    words = _lost_marks()
    commoner = _commoner_words() if loses else {}
    edits = []
    for match in _CHUNK.finditer(text):
        if not loses and not words.altered.count_places(match[0]):
            continue
        position = match.start()
        for token in lexicon.cut_words(match[0], words.all_words):
            end = position + len(token)
            word, needed = words.forms.get(token), _GAIN
            if word is None:
                word, needed = commoner.get(token), _COMMONER_GAIN
            if word is not None and _gain(text, position, end, word) >= needed:
                edits.append(Edit(position, end, word))
            position = end
    mended, steps = apply_edits(text, DamageKind.OCR_MARK_LOST, edits)
    return RepairResult(text=mended, steps=tuple(steps))


def _gain(text: str, start: int, end: int, after: str) -> float:
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    return lexicon.reading_cost(before + text[start:end] + behind) - lexicon.reading_cost(before + after + behind)
