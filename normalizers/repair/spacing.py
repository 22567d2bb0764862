"""Rules for spaces and line ends inside a cluster, split SARA AM and letters spaced out."""

from __future__ import annotations

import re
from typing import Final

from normalizers import characters as ch
from normalizers.repair.lexicon import reading_cost
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Gate, Rule

_MARKED_LETTER: Final = f"[{ch.CONSONANTS}][{ch.MARKS}]*"
# One space or line end, the letter and its marks before it; the vowel after it cannot begin a syllable.
_SPLIT_AM: Final = re.compile(
    f"(?P<letter>[{ch.CONSONANTS}])(?P<mark>[{ch.TONES}]?)[ \u00a0](?P<late>[{ch.TONES}]?)"
    f"(?P<vowel>[{ch.SARA_AA}{ch.SARA_AM}])(?![{ch.MARKS}])"
)
_SPLIT_AM_GUARD: Final = re.compile(f"[ \u00a0][{ch.TONES}]?[{ch.SARA_AA}{ch.SARA_AM}]")
_TALL: Final = "ปฝฟฬ"

_SPACED: Final = re.compile(
    f"(?<![{ch.THAI}])(?:[{ch.THAI_LETTERS}][{ch.MARKS}]*[ \u00a0]){{5,}}"
    f"[{ch.THAI_LETTERS}][{ch.MARKS}]*(?![{ch.THAI}])"
)
_LETTER_LIST: Final = re.compile(f"[{ch.CONSONANTS} \u00a0]+")
# How much likelier the joined reading has to be (nats per letter joined) before spaces between letters go.
_JOIN_GAIN: Final = 3.0
_WINDOW: Final = 16


def _find_split_am(text: str, _context: Context) -> list[Edit]:
    """The space goes and the vowel is SARA AM ("ส านัก", "จ ำเป็น"), unless another vowel makes the word."""
    return _part_split_vowels(text)[0]


def _find_split_aa(text: str, _context: Context) -> list[Edit]:
    """The space before SARA AA or before a tone goes, with the tone that it hides ("ฝ่ าย", "น ้ำ", "ข าราชการ")."""
    return _part_split_vowels(text)[1]


def _part_split_vowels(text: str) -> tuple[list[Edit], list[Edit]]:
    """Edits that mend a split SARA AM, and edits that only take a space away.

    "น ้ำ" alone is a space before a mark; beside "ส ำนัก" the same font split both.
    """
    edits = _split_vowels(text)
    split = [edit for edit in edits if edit.after.endswith(ch.SARA_AM) and not _whole_vowel(text, edit)]
    if split:
        split = [edit for edit in edits if edit.after.endswith(ch.SARA_AM)]
    return split, [edit for edit in edits if edit not in split]


def _whole_vowel(text: str, edit: Edit) -> bool:
    """Whether a tone stands right before the SARA AM, so that nothing but the space is wrong ("น ้ำ")."""
    return text[edit.end - 1] == ch.SARA_AM and text[edit.end - 2] in ch.TONE_MARKS


def _split_vowels(text: str) -> list[Edit]:
    edits = []
    for match in _SPLIT_AM.finditer(text):
        tone = match["mark"] or match["late"]
        before, behind = (
            text[max(0, match.start() - _WINDOW) : match.start()],
            text[match.end() : match.end() + _WINDOW],
        )
        # Fonts part a tall letter's mark from its SARA AA ("ฝ่ าย"), so there it is no sign of SARA AM.
        head_start = 0.0 if match["letter"] in _TALL and tone else _AM_HEAD_START
        if match["late"]:
            head_start = min(head_start, _LATE_TONE_HEAD_START)
        costs = {tone + ch.SARA_AM: reading_cost(before + match["letter"] + tone + ch.SARA_AM + behind)}
        if match["vowel"] == ch.SARA_AM:
            others: tuple[str, ...] = ()  # it says itself what it is: only the space is wrong
        elif tone:
            others = (ch.SARA_AA,)
        else:
            others = (ch.SARA_AA, *(lost + ch.SARA_AA for lost in ch.TONE_MARKS[:2]))
        for vowel in others:
            extra = head_start if vowel == ch.SARA_AA else _LOST_TONE
            costs[tone + vowel] = reading_cost(before + match["letter"] + tone + vowel + behind) + extra
        edits.append(Edit(match.start("mark"), match.end(), min(costs, key=costs.__getitem__)))
    return edits


# A space before SARA AA nearly always comes from a lost nikhahit; another reading has to be this much likelier.
_AM_HEAD_START: Final = 6.0
_LOST_TONE: Final = 9.0
# The space before a tone ("ล ่า") may be the space before any mark.
_LATE_TONE_HEAD_START: Final = 1.0

_AM_AS_AA_SPACE: Final = re.compile(
    f"(?P<letter>[{ch.CONSONANTS}][{ch.TONES}]?){ch.SARA_AA}[ \u00a0](?=[{ch.THAI_LETTERS}])"
)
# Strong places show that the text has this damage; then weaker ones follow.
_STRONG_GAIN: Final = 10.0
_SPLIT_GAIN: Final = 5.0
_WEAK_GAIN: Final = 1.0
_MIN_STRONG: Final = 2
# Weaker places add up: on 70 pages of sound text no place gains more than 1.4.
_SUM_GAIN, _MIN_PLACES = 15.0, 2


def _find_am_as_aa_space(text: str, context: Context) -> list[Edit]:
    """ "จา นวน", "ทา ให้": SARA AM that came out as SARA AA and a space, where words and text show it."""
    gains = []
    for match in _AM_AS_AA_SPACE.finditer(text):
        before, behind = (
            text[max(0, match.start() - _WINDOW) : match.start()],
            text[match.end() : match.end() + _WINDOW],
        )
        mended = match["letter"] + ch.SARA_AM
        gain = reading_cost(before + match[0] + behind) - reading_cost(before + mended + behind)
        if gain >= _WEAK_GAIN:
            gains.append((gain, Edit(match.start(), match.end(), mended)))
    known = context is not None and DamageKind.AM_LOST in context
    strong = sum(gain >= _STRONG_GAIN for gain, _ in gains) >= _MIN_STRONG
    if known or strong or (len(gains) >= _MIN_PLACES and sum(gain for gain, _ in gains) >= _SUM_GAIN):
        return [edit for _, edit in gains]
    # Word splits SARA AM before it and, here and there, behind it.
    split = context is not None and DamageKind.AM_SPLIT in context
    return [edit for gain, edit in gains if split and gain >= _SPLIT_GAIN]


_AFTER_TALL: Final = re.compile(f"(?P<cluster>[{_TALL}][{ch.MARKS}]+)[ \u00a0](?=[{ch.CONSONANTS}])")
_TALL_GAIN: Final = 5.0


def _find_space_after_tall(text: str, _context: Context) -> list[Edit]:
    """The space behind a raised mark goes where the word runs on ("เป็ น", "ป่ วย"); "ปี การศึกษา" stays."""
    edits = []
    for match in _AFTER_TALL.finditer(text):
        before, behind = (
            text[max(0, match.start() - _WINDOW) : match.start()],
            text[match.end() : match.end() + _WINDOW],
        )
        joined = reading_cost(before + match["cluster"] + behind)
        if reading_cost(before + match[0] + behind) - joined >= _TALL_GAIN:
            edits.append(Edit(match.end() - 1, match.end(), ""))
    return edits


def _find_spaced_letters(text: str, _context: Context) -> list[Edit]:
    """ "ร ะ บ บ ก า ร": single letters with single spaces, joined where the whole reads as words; "ก ข ค ง" stays."""
    edits = []
    for match in _SPACED.finditer(text):
        spaced = match[0]
        joined = spaced.replace(" ", "").replace("\u00a0", "")
        if _LETTER_LIST.fullmatch(spaced) and "".join(sorted(joined)) == joined:
            continue
        if reading_cost(spaced) - reading_cost(joined) >= _JOIN_GAIN * len(joined):
            edits += [
                Edit(match.start() + index, match.start() + index + 1, "")
                for index, char in enumerate(spaced)
                if char in " \u00a0"
            ]
    return edits


SPACING_RULES: Final = (
    Rule(kind=DamageKind.SPACED_LETTERS, gate=Gate.GAP, guard=_SPACED, find=_find_spaced_letters),
    Rule(kind=DamageKind.AM_SPLIT, gate=Gate.GAP, guard=_SPLIT_AM_GUARD, find=_find_split_am),
    Rule(kind=DamageKind.SPACE_BEFORE_MARK, gate=Gate.GAP, guard=_SPLIT_AM_GUARD, find=_find_split_aa),
    Rule(kind=DamageKind.SPACE_BEFORE_MARK, gate=Gate.GAP, guard=_AFTER_TALL, find=_find_space_after_tall),
    Rule(kind=DamageKind.AM_LOST, gate=Gate.GAP, guard=_AM_AS_AA_SPACE, find=_find_am_as_aa_space),
)
