"""Rules for orders of Thai characters that no writer means: they need no dictionary and no context."""

from __future__ import annotations

import re
from typing import Final

from normalizers import characters as ch
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Rule, substitutions

_VOWEL_MARKS: Final = ch.UPPER_VOWELS + ch.LOWER_VOWELS
_ANY_TONE: Final = ch.TONES + ch.THANTHAKHAT

_DECOMPOSED: Final = re.compile(
    f"(?P<early>[{ch.TONES}]*){ch.NIKHAHIT}(?P<late>[{ch.TONES}]*)[ \n]?(?:{ch.SARA_AA}|{ch.SARA_AM})"
    f"|{ch.SARA_AM}(?P<after>[{ch.TONES}])"
)
_DECOMPOSED_GUARD: Final = re.compile(f"{ch.NIKHAHIT}|{ch.SARA_AM}[{ch.TONES}]")
_DOUBLED_AM: Final = re.compile(f"{ch.SARA_AM}[{ch.SARA_AM}{ch.SARA_AA}]+|{ch.SARA_AA}{ch.SARA_AM}")
# SARA U and SARA UU too: Unicode's own order already puts them first, but a text may not be normalised yet.
_TONE_FIRST: Final = re.compile(f"(?P<tone>[{_ANY_TONE}])(?P<vowel>[{_VOWEL_MARKS}{ch.MAITAIKHU}]+)(?![{_ANY_TONE}])")
_DOUBLED_MARK: Final = re.compile(f"(?P<mark>[{ch.MARKS}])(?P=mark)+")
_DOUBLED_PAIR: Final = re.compile(f"(?P<pair>[{_VOWEL_MARKS}][{_ANY_TONE}])(?P=pair)+")
_TWO_SARA_E: Final = re.compile(ch.SARA_E * 2 + f"(?=[{ch.CONSONANTS}])")


def _find_decomposed_am(text: str, _context: Context) -> list[Edit]:
    """ํา, ํ้า, ้ํา and ำ้ as one SARA AM after the tone mark."""
    edits = []
    for match in _DECOMPOSED.finditer(text):
        tone = (match["early"] or match["late"] or match["after"] or "")[:1]
        edits.append(Edit(match.start(), match.end(), tone + ch.SARA_AM))
    return edits


def _find_tone_order(text: str, _context: Context) -> list[Edit]:
    """Tone marks put behind the vowel of their letter; a thanthakhat before SARA I or U is ordinary ("สิทธิ์" is not)."""
    return [Edit(m.start(), m.end(), m["vowel"] + m["tone"]) for m in _TONE_FIRST.finditer(text)]


SPELLING_RULES: Final = (
    Rule(kind=DamageKind.AM_DECOMPOSED, guard=_DECOMPOSED_GUARD, find=_find_decomposed_am),
    Rule(kind=DamageKind.AM_DOUBLED, guard=_DOUBLED_AM, find=substitutions(_DOUBLED_AM, ch.SARA_AM)),
    Rule(kind=DamageKind.DOUBLED_GLYPHS, guard=_DOUBLED_MARK, find=substitutions(_DOUBLED_MARK, r"\g<mark>")),
    Rule(kind=DamageKind.DOUBLED_GLYPHS, guard=_DOUBLED_PAIR, find=substitutions(_DOUBLED_PAIR, r"\g<pair>")),
    Rule(kind=DamageKind.TONE_ORDER, guard=_TONE_FIRST, find=_find_tone_order),
    Rule(kind=DamageKind.LOOKALIKES, guard=_TWO_SARA_E, find=substitutions(_TWO_SARA_E, ch.SARA_AE)),
)
