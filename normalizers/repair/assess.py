"""Texts weighed: how far each can be trusted and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from normalizers import characters as ch
from normalizers.repair import lexicon
from normalizers.repair.engine import decode_page, repair_text
from normalizers.repair.foreign import count_debris, reads_as_garbage
from normalizers.repair.glyphs import legal_share
from normalizers.repair.model import DamageKind, DocumentDamage, RepairResult, RepairStep, Route, TextHealth
from normalizers.repair.standins import find_stand_ins

_NOT_THAI: Final = re.compile(f"[^{ch.THAI}]+")
_THAI_BLOCK: Final = range(0x0E00, 0x0E80)
_THAI_LETTERS, _CONSONANTS, _MARKS, _TONES = (
    [_THAI_BLOCK.index(ord(char)) for char in ch.members(fragment)]
    for fragment in (ch.THAI_LETTERS, ch.CONSONANTS, ch.MARKS, ch.TONES)
)

# Marks with no letter to stand on, and two of a kind on one letter: what no rule could bring home.
_ILLEGAL: Final = re.compile(
    f"(?:^|[^{ch.CONSONANTS}{ch.MARKS}])[{ch.MARKS}]|[{ch.UPPER_VOWELS}{ch.LOWER_VOWELS}]{{2}}|[{ch.TONES}]{{2}}"
)

_REPLACEMENT: Final = re.compile("\ufffd")
_PRIVATE_USE: Final = re.compile("[\ue000-\uf01f\uf100-\uf8ff]")  # U+F020–F0FF are symbol fonts: ticks, bullets
_CID: Final = re.compile(r"\(cid:\d+\)")

# A page with fewer letters is a divider, a form or a table of numbers: there is too little to condemn it.
MIN_LETTERS: Final = 40
MIN_THAI_FOR_SHARES: Final = 150
# Thai text has a mark on every third consonant and a tone on every eighth; below these the layer has lost them.
MIN_MARKS_PER_CONSONANT: Final = 0.12
MIN_TONES_PER_CONSONANT: Final = 0.02
MIN_CONSONANTS: Final = 80
# Share of the Thai characters in well-formed clusters: 1 in sound text, 0.9 where letters stand for other letters.
MIN_WELL_FORMED: Final = 0.97
# Broken places per Thai letter that are left after repair, and letters that no word covers: above these the picture
# reads better than the layer.
MAX_LEFT_BROKEN: Final = 0.02
MAX_UNKNOWN: Final = 0.5
MAX_UNKNOWN_DAMAGED: Final = 0.16
# Share of the visible characters that no reader can make sense of.
MAX_DEBRIS: Final = 0.15
MIN_DEBRIS: Final = 3
# Letters of a page that are looked up: enough to tell, and quick on long pages.
_SAMPLE_LETTERS: Final = 1200
# What a damaged place costs the score, per Thai letter: one place in twenty letters halves it.
_DAMAGE_WEIGHT: Final = 10.0

# Kinds that change no letter that a reader sees: noted, but the text was fine.
_HARMLESS: Final = frozenset({DamageKind.INVISIBLE_CHARACTERS})


def assess_text(text: str, *, context: Collection[DamageKind] | None = None) -> TextHealth:
    """How far a text can be trusted as it stands, what is wrong with it, and what to do.

    OCR where the layer holds no readable Thai (no character map, a wrong code page, another language's OCR, lost
    marks) or where repair leaves it broken. Short pages, tables of numbers and pages in English are kept.

    >>> assess_text("แผนบริหารความต่อเนื่องของสำนักงาน").route
    <Route.KEEP: 'keep'>
    """
    result = repair_text(text, context=context)
    damage = {DamageKind(step.rule) for step in result.steps}
    letters = _count_letters(result.text)
    fatal = _find_fatal(text, result, letters)
    left = len(_ILLEGAL.findall(result.text)) / max(MIN_LETTERS, letters)
    score = _score(letters if result.text == text else _count_letters(text), result.steps)
    if fatal or left > MAX_LEFT_BROKEN:
        kinds = damage | fatal | ({DamageKind.MARK_ORPHAN} if left > MAX_LEFT_BROKEN else set())
        return TextHealth(score=min(0.3, score), damage=tuple(sorted(kinds)), route=Route.OCR)
    if left:
        damage.add(DamageKind.MARK_ORPHAN)
    route = Route.REPAIR if result.steps else Route.KEEP
    return TextHealth(score=score, damage=tuple(sorted(damage)), route=route)


def find_document_damage(texts: Iterable[str]) -> DocumentDamage:
    """What a document shows on its pages, for ``context``: give it the raw text of every page."""
    pages = list(texts)
    whole = "\n".join(map(decode_page, pages))  # a foreign character is known only among Thai letters
    kinds = {DamageKind(step.rule) for page in pages for step in repair_text(page).steps}
    return DocumentDamage(kinds=frozenset(kinds), stand_ins=tuple(sorted(find_stand_ins(whole).items())))


def doubtful_share(text: str) -> float:
    """Share of the Thai letters of a text in no word and no name, or in a place that no Thai has (0–1).

    >>> doubtful_share("ขั้นตอนการแจ้งเหตุ")
    0.0
    """
    letters = _count_letters(text)
    if not letters:
        return 0.0
    return min(1.0, lexicon.unknown_share(text) + len(_ILLEGAL.findall(text)) / letters)


def _count_thai(text: str) -> NDArray[np.int64]:
    """How often a text has each character of the Thai block."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    thai = codes[(codes >= _THAI_BLOCK.start) & (codes < _THAI_BLOCK.stop)]
    return np.bincount(thai - _THAI_BLOCK.start, minlength=len(_THAI_BLOCK))


def _count_letters(text: str) -> int:
    return int(_count_thai(text)[_THAI_LETTERS].sum())


def _score(thai: int, steps: Iterable[RepairStep]) -> float:
    """1 for a sound text, down to 0 with the damaged characters per Thai letter."""
    harm = sum(max(1, len(step.before)) for step in steps if step.rule not in _HARMLESS)
    return round(1.0 / (1.0 + _DAMAGE_WEIGHT * harm / max(MIN_LETTERS, thai)), 3)


def _find_fatal(text: str, result: RepairResult, thai: int) -> set[DamageKind]:
    """The damage that no repair mends; ``thai`` is how many Thai letters the repaired text has."""
    repaired = result.text
    visible = len("".join(text.split()))
    found: set[DamageKind] = set()
    # Control characters that stood for marks are mended by now; those that had to be thrown away are the loss.
    lost = sum(len(step.before) for step in result.steps if step.rule == DamageKind.CONTROL_CHARACTERS)
    debris = {DamageKind.CONTROL_CHARACTERS: lost}
    debris |= {
        kind: sum(map(len, pattern.findall(source)))
        for kind, pattern, source in (
            (DamageKind.REPLACEMENT_CHARACTERS, _REPLACEMENT, repaired),
            (DamageKind.PRIVATE_USE, _PRIVATE_USE, repaired),
            (DamageKind.CID_CODES, _CID, text),
        )
    }
    found |= {kind for kind, count in debris.items() if count > max(MIN_DEBRIS, MAX_DEBRIS * (visible + lost))}
    # One font of a page without a character map: its text is nonsense beside sound Thai.
    if lost > MIN_DEBRIS and count_debris(text) > MAX_DEBRIS * visible:
        found.add(DamageKind.CONTROL_CHARACTERS)
    if thai >= MIN_THAI_FOR_SHARES:
        found |= _find_lost_marks(repaired)
        # A page of rare names is sound; the same share beside visible damage is damage that the rules do not know.
        limit = MAX_UNKNOWN if text == repaired else MAX_UNKNOWN_DAMAGED
        suspicious = text != repaired or _well_formed(repaired) < MIN_WELL_FORMED
        if not found and suspicious and lexicon.unknown_share(repaired[:_SAMPLE_LETTERS]) > limit:
            found.add(DamageKind.GARBAGE)
    elif thai < 0.1 * visible and reads_as_garbage(repaired):
        found.add(DamageKind.NO_THAI)
    return found


def _well_formed(repaired: str) -> float:
    return legal_share(_NOT_THAI.sub("", repaired[:_SAMPLE_LETTERS]))


def _find_lost_marks(repaired: str) -> set[DamageKind]:
    """Whether the marks are gone; each phrase counts once, so that a watermark over the page does not decide."""
    repaired = " ".join(dict.fromkeys(repaired.split()))
    counts = _count_thai(repaired)
    consonants = int(counts[_CONSONANTS].sum())
    if consonants < MIN_CONSONANTS:
        return set()
    if counts[_MARKS].sum() < MIN_MARKS_PER_CONSONANT * consonants:
        return {DamageKind.MARKS_LOST}
    few_tones = counts[_TONES].sum() < MIN_TONES_PER_CONSONANT * consonants
    if few_tones and lexicon.unknown_share(repaired[:_SAMPLE_LETTERS]) > MAX_UNKNOWN_DAMAGED:
        return {DamageKind.MARKS_LOST}  # names have few tones too, but names are known
    return set()
