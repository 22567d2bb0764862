"""Texts made comparable: one spelling for values, a skeleton for matching, printed lines joined."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from normalizers import characters as ch
from normalizers.markers import split_marker
from normalizers.numerals import to_arabic_digits

_INVISIBLE: Final = re.compile(f"[{ch.INVISIBLE}{ch.CONTROLS}]")
_DECOMPOSED_AM: Final = re.compile(f"{ch.NIKHAHIT}([{ch.TONES}]?){ch.SARA_AA}|([{ch.TONES}]){ch.NIKHAHIT}{ch.SARA_AA}")
_LATE_TONE: Final = re.compile(f"{ch.SARA_AM}([{ch.TONES}])")
_SPACES: Final = re.compile(r"\s+")
_SPACES_IN_LINE: Final = re.compile(r"[^\S\n]+")
_AROUND_BREAK: Final = re.compile(r" ?\n ?")

# Python's \W drops the Thai upper and lower marks, which ruins words everywhere else and is what a skeleton wants.
_NOT_SKELETON: Final = re.compile(f"[\\W\\d_{ch.MAIYAMOK}{ch.PAIYANNOI}]+")
_SKELETON_LETTERS: Final = str.maketrans(
    {
        ch.SARA_AM: ch.SARA_AA,
        ch.LAKKHANGYAO: ch.SARA_AA,
        "\uf700": "\N{THAI CHARACTER THO THAN}",  # private-use glyphs of letters that lose their foot
        "\uf70f": "\N{THAI CHARACTER YO YING}",
    }
)


def normalize_value(text: str, *, keep_breaks: bool = False) -> str:
    """One spelling of a text, as the datasets hold it.

    NFC, one spelling of SARA AM, Arabic numerals, no invisible or control characters, single spaces and none at the
    ends. Line breaks count as spaces unless ``keep_breaks``. Wording, case and the space before ๆ and ฯ stay.

    >>> normalize_value("ข้อ ๑   จํานวน  ๒ คน ")
    'ข้อ 1 จำนวน 2 คน'
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if ch.NIKHAHIT in text:
        text = _DECOMPOSED_AM.sub(lambda m: (m[1] or m[2] or "") + ch.SARA_AM, text)
    text = _LATE_TONE.sub(f"\\1{ch.SARA_AM}", text)
    text = text.replace(ch.SARA_E * 2, ch.SARA_AE)
    text = to_arabic_digits(text)
    if keep_breaks:
        return _AROUND_BREAK.sub("\n", _SPACES_IN_LINE.sub(" ", text)).strip()
    return _SPACES.sub(" ", text).strip()


def thai_skeleton(text: str) -> str:
    """The letters that survive damage, equal for clean and damaged spellings of a heading.

    Consonants, vowels on the line and lower-case Latin letters; ำ counts as า. Gone are upper and lower vowels, tone
    marks, digits, spaces, punctuation, ๆ, ฯ and replacement characters. Only for matching: two words may share one.

    >>> thai_skeleton("2.1 ทีมงานสำรอง (Team)") == thai_skeleton("๒.๑ ทมงานสา รอง (team)")
    True
    """
    text = unicodedata.normalize("NFC", text).lower().translate(_SKELETON_LETTERS)
    return _NOT_SKELETON.sub("", text.replace(ch.SARA_E * 2, ch.SARA_AE))


_SEAM_LETTERS: Final = re.compile(f"[{ch.THAI_LETTERS}]")


def join_printed_lines(raw_text: str) -> str:
    """The text with the ends of printed lines taken out and the author's own breaks kept.

    A line feed is the edge of the paper: Thai goes on without a space, Latin and digits with one. Two line feeds are a
    new paragraph and stay as one break, and so does the break before a line that begins with a bullet, number or box.

    >>> join_printed_lines("แผนบริหาร\\nความต่อเนื่อง\\n1. บทนำ\\nBusiness\\nContinuity")
    'แผนบริหารความต่อเนื่อง\\n1. บทนำ Business Continuity'
    """
    paragraphs = []
    for paragraph in _PARAGRAPH_END.split(raw_text):
        joined = ""
        for line in (line.strip() for line in paragraph.split("\n")):
            if not line:
                continue
            joined = _join_lines(joined, line) if joined else line
        if joined:
            paragraphs.append(joined)
    return "\n".join(paragraphs)


_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n\s*")
_BREAKS_BEFORE: Final = frozenset("☐☑☒✓✔")


def _join_lines(before: str, line: str) -> str:
    if line[0] in _BREAKS_BEFORE or split_marker(line)[0] is not None:
        return f"{before}\n{line}"
    if before[-1] == "-" and before[-2:-1].isalpha() and line[0].isascii() and line[0].islower():
        return before[:-1] + line
    if _SEAM_LETTERS.match(before[-1]) and _SEAM_LETTERS.match(line[0]):
        return before + line
    return f"{before} {line}"
