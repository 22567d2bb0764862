"""Rules for spaces and line ends inside a cluster, split SARA AM and letters spaced out."""

from __future__ import annotations

import re
from typing import Final

from normalizers import characters as ch
from normalizers.repair.lexicon import reading_cost
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Rule

_MARKED_LETTER: Final = f"[{ch.CONSONANTS}][{ch.MARKS}]*"
# One space or line end, the letter and its marks before it; the vowel after it cannot begin a syllable.
_SPLIT_AM: Final = re.compile(
    f"(?P<letter>[{ch.CONSONANTS}])(?P<mark>[{ch.TONES}]?)[ \u00a0](?P<late>[{ch.TONES}]?)"
    f"(?P<vowel>[{ch.SARA_AA}{ch.SARA_AM}])(?![{ch.MARKS}])"
)
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
    """ "ส านัก", "จ ำเป็น": the space goes and the vowel is SARA AM, unless only SARA AA makes a word ("ข่ าว")."""
    edits = []
    for match in _SPLIT_AM.finditer(text):
        tone = match["mark"] or match["late"]
        after = ch.SARA_AM
        if match["vowel"] == ch.SARA_AA:
            before, behind = (
                text[max(0, match.start() - _WINDOW) : match.start()],
                text[match.end() : match.end() + _WINDOW],
            )
            with_am, with_aa = (
                reading_cost(before + match["letter"] + tone + vowel + behind) for vowel in (ch.SARA_AM, ch.SARA_AA)
            )
            tall = match["letter"] in _TALL and bool(tone)
            # Fonts part a tall letter's mark from its SARA AA ("ฝ่ าย"), so there it is no sign of SARA AM.
            if with_aa + (0.0 if tall else _AM_HEAD_START) < with_am:
                after = ch.SARA_AA
        edits.append(Edit(match.start("mark"), match.end(), tone + after))
    return edits


# A space before SARA AA nearly always comes from a lost nikhahit; the other reading has to be this much likelier.
_AM_HEAD_START: Final = 6.0


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
    Rule(kind=DamageKind.SPACED_LETTERS, guard=_SPACED, find=_find_spaced_letters),
    Rule(kind=DamageKind.AM_SPLIT, guard=_SPLIT_AM, find=_find_split_am),
)
