"""Rules for characters that stand for Thai ones: private-use glyphs, other code pages, control and CID debris."""

from __future__ import annotations

import re
from typing import Final

from normalizers import characters as ch
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Gate, Rule

_MAI_EK: Final = "\N{THAI CHARACTER MAI EK}"
_MAI_THO: Final = "\N{THAI CHARACTER MAI THO}"
_MAI_TRI: Final = "\N{THAI CHARACTER MAI TRI}"
_MAI_CHATTAWA: Final = "\N{THAI CHARACTER MAI CHATTAWA}"
_TONES_AND_THANTHAKHAT: Final = (_MAI_EK, _MAI_THO, _MAI_TRI, _MAI_CHATTAWA, ch.THANTHAKHAT)
_SARA_I_TO_UEE: Final = tuple(
    chr(code) for code in range(ord("\N{THAI CHARACTER SARA I}"), ord("\N{THAI CHARACTER SARA UEE}") + 1)
)

# Glyph variants that fonts for Windows keep at U+F700 and those for Mac OS at U+F884 (Adobe's glyph list names them):
# the same mark lower, or further left beside a tall letter.
_WINDOWS: Final = (
    "\N{THAI CHARACTER THO THAN}",
    *_SARA_I_TO_UEE,
    *_TONES_AND_THANTHAKHAT,
    *_TONES_AND_THANTHAKHAT,
    "\N{THAI CHARACTER YO YING}",
    ch.MAI_HAN_AKAT,
    ch.NIKHAHIT,
    ch.MAITAIKHU,
    *_TONES_AND_THANTHAKHAT,
    "\N{THAI CHARACTER SARA U}",
    "\N{THAI CHARACTER SARA UU}",
    ch.PHINTHU,
)
_MAC: Final = (
    ch.MAI_HAN_AKAT,
    *_SARA_I_TO_UEE,
    ch.MAITAIKHU,
    *(mark for mark in _TONES_AND_THANTHAKHAT for _ in range(3)),
    ch.NIKHAHIT,
)
_GLYPHS: Final = {chr(0xF700 + index): letter for index, letter in enumerate(_WINDOWS)} | {
    chr(0xF884 + index): letter for index, letter in enumerate(_MAC)
}
_PRIVATE_USE: Final = re.compile(f"[{''.join(_GLYPHS)}]")


def _find_private_use(text: str, _context: Context) -> list[Edit]:
    """Each variant glyph as the character that it shows. Symbol fonts (U+F020–F0FF) are left to the extractors."""
    return [Edit(m.start(), m.end(), _GLYPHS[m[0]]) for m in _PRIVATE_USE.finditer(text)]


# TIS-620 bytes shown as Latin-1. U+00AD is YO YING there, so this runs before invisible characters go.
_TIS_AS_LATIN: Final = "\u00a1-\u00da\u00df-\u00fb"
_LATIN_RUN: Final = re.compile(f"[{_TIS_AS_LATIN}]+")
_LATIN_GUARD: Final = re.compile(f"[{_TIS_AS_LATIN}]{{2}}")
_TO_THAI: Final = {code: code - 0xA0 + 0x0E00 for code in (*range(0xA1, 0xDB), *range(0xDF, 0xFC))}
# Enough letters that chance is out, for a text judged alone; one word of this length is never Latin.
_MIN_MOJIBAKE: Final = 4
_LEGAL_SHARE: Final = 0.9
_LEGAL_CLUSTER: Final = re.compile(
    f"[{ch.LEADING_VOWELS}]?[{ch.CONSONANTS}][{ch.MARKS}]{{0,3}}[{ch.SARA_AA}{ch.SARA_AM}{ch.SARA_A}]?"
    f"|[{ch.THAI_DIGITS}{ch.MAIYAMOK}{ch.PAIYANNOI}]"
)


def legal_share(thai: str) -> float:
    """Share of a Thai text's characters that stand in well-formed clusters (1 for an empty text)."""
    return (len(thai) - len(_LEGAL_CLUSTER.sub("", thai))) / len(thai) if thai else 1.0


def _find_mojibake(text: str, context: Context) -> list[Edit]:
    """Runs of Latin-1 letters that are TIS-620 bytes, as Thai.

    Only where the whole page reads as well-formed Thai that way and the runs are long, or the document shows it:
    "café" and "Ångström" stay.
    """
    runs = list(_LATIN_RUN.finditer(text))
    decoded = [match[0].translate(_TO_THAI) for match in runs]
    joined = "".join(decoded)
    longest = max(map(len, decoded), default=0)
    known = context is not None and DamageKind.MOJIBAKE in context.kinds
    if not known and (longest < _MIN_MOJIBAKE or legal_share(joined) < _LEGAL_SHARE):
        return []
    if legal_share(joined) < _LEGAL_SHARE / 2:
        return []
    return [Edit(match.start(), match.end(), thai) for match, thai in zip(runs, decoded, strict=True)]


# UTF-8 bytes shown as Latin-1, Windows-1252 or Windows-874: each Thai letter is three characters.
_UTF8_AS_LATIN: Final = re.compile("(?:\u00e0[\u00b8\u00b9].){2,}")
_UTF8_AS_THAI: Final = re.compile("(?:\u0e40[\u0e18\u0e19].){4,}")


def _find_utf8_mojibake(text: str, _context: Context) -> list[Edit]:
    edits = []
    for pattern, codecs in ((_UTF8_AS_LATIN, ("cp1252", "latin-1")), (_UTF8_AS_THAI, ("cp874", "tis-620"))):
        for match in pattern.finditer(text):
            for codec in codecs:
                try:
                    decoded = match[0].encode(codec).decode("utf-8")
                except UnicodeError:
                    continue
                edits.append(Edit(match.start(), match.end(), decoded))
                break
    return sorted(edits)


_CID: Final = re.compile(r"\(cid:\d+\)")
_INVISIBLE: Final = re.compile(f"[{ch.INVISIBLE}]+")
_CONTROL: Final = re.compile(f"[{ch.CONTROLS}]+")
_NONCHARACTER: Final = re.compile("\ufffe|\uffff")


def _find_removals(pattern: re.Pattern[str], text: str) -> list[Edit]:
    return [Edit(match.start(), match.end(), "") for match in pattern.finditer(text)]


def _find_hyphen_sign(text: str, _context: Context) -> list[Edit]:
    """U+FFFE is how PDFium gives a hyphen at a line end: a hyphen between letters."""
    return [Edit(match.start(), match.end(), "-") for match in _NONCHARACTER.finditer(text)]


CODE_PAGE_RULES: Final = (
    Rule(
        kind=DamageKind.MOJIBAKE,
        guard=re.compile("\u00e0[\u00b8\u00b9]|\u0e40[\u0e18\u0e19][^\u0e00-\u0e7f]"),
        find=_find_utf8_mojibake,
    ),
    Rule(kind=DamageKind.MOJIBAKE, gate=Gate.FOREIGN, guard=_LATIN_RUN, find=_find_mojibake),
    Rule(kind=DamageKind.PRIVATE_USE, gate=Gate.FOREIGN, guard=_PRIVATE_USE, find=_find_private_use),
    Rule(
        kind=DamageKind.INVISIBLE_CHARACTERS,
        gate=Gate.FOREIGN,
        guard=_INVISIBLE,
        find=lambda text, _context: _find_removals(_INVISIBLE, text),
    ),
)
DEBRIS_RULES: Final = (
    Rule(kind=DamageKind.CONTROL_CHARACTERS, gate=Gate.FOREIGN, guard=_NONCHARACTER, find=_find_hyphen_sign),
    Rule(kind=DamageKind.CID_CODES, guard=_CID, find=lambda text, _context: _find_removals(_CID, text)),
    Rule(
        kind=DamageKind.CONTROL_CHARACTERS,
        gate=Gate.FOREIGN,
        guard=_CONTROL,
        find=lambda text, _context: _find_removals(_CONTROL, text),
    ),
)
