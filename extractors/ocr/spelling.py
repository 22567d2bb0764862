"""Signs that a reading is no Thai: marks on nothing, vowels before nothing, Latin glyphs inside words."""

from __future__ import annotations

import re

_CONSONANT = "ก-ฮ"
"""RU and LU, which stand for a syllable and may carry SARA AA, are among them."""
_TONE = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
_ABOVE = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}\N{THAI CHARACTER MAITAIKHU}"
)
_OVER = "\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER NIKHAHIT}"
_BELOW = "\N{THAI CHARACTER SARA U}-\N{THAI CHARACTER PHINTHU}"
_LEADING = "\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER SARA AI MAIMALAI}"
_MARKS = _ABOVE + _BELOW + _TONE + _OVER
_FAULTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![{_CONSONANT}{_MARKS}])[{_MARKS}]",  # a mark on nothing
        rf"[{_TONE}{_OVER}][{_MARKS}]",  # a tone mark under another mark
        rf"[{_ABOVE}{_BELOW}][{_ABOVE}{_BELOW}]",  # two vowels on one letter
        rf"[{_LEADING}](?![{_CONSONANT}])",  # a vowel in front of nothing
        rf"(?<![{_CONSONANT}{_TONE}])\N{{THAI CHARACTER SARA AM}}",
        rf"(?<![{_CONSONANT}{_TONE}\N{{THAI CHARACTER MAI HAN-AKAT}}\N{{THAI CHARACTER SARA AA}}])"
        r"\N{THAI CHARACTER SARA A}",
        rf"(?<![{_CONSONANT}{_TONE}])\N{{THAI CHARACTER SARA AA}}",
        # a glyph taken for a quotation mark, dot or letter inside a word
        rf"[{_CONSONANT}{_MARKS}]['\"`|!*~^<>«»®©@A-Za-z][{_CONSONANT}{_LEADING}{_MARKS}]",
        rf"['\"`|~^][{_CONSONANT}][{_MARKS}]?[\"'`|~^]?$",
        r"[@©®«»~^]",
    )
)


_POINTS = re.compile(r"[.,()/\-]")
SHORT, SHORTEST = 4, 2


def count_faults(text: str) -> int:
    """How many places of a text cannot be Thai spelling.

    >>> count_faults("แผนนี้ใช้เมื่อเกิดเหตุการณ์"), count_faults("แผนนี้'ช้เมื่อเกิดเหตุการณ์ต่อ่")
    (0, 1)
    """
    return sum(len(fault.findall(text)) for fault in _FAULTS)


_COMMA_NUMBER = re.compile(r"([0-9๐-๙]{1,2}),$")
_LIST_TEXT = re.compile(rf"[(\"“]?[{_CONSONANT}{_LEADING}A-Za-z]")


def point_list_number(first: str, second: str) -> str:
    """The first word of a line, its point right where it is the number of a list: recognisers see commas there.

    >>> point_list_number("3,", "แจ้งผู้บริหาร"), point_list_number("3,", "4"), point_list_number("3,500", "บาท")
    ('3.', '3,', '3,500')
    """
    number = _COMMA_NUMBER.fullmatch(first)
    return f"{number[1]}." if number and _LIST_TEXT.match(second) else first


def is_short_latin(text: str) -> bool:
    """Whether a word is a few Latin letters, which recognisers see in Thai abbreviations and digits.

    >>> is_short_latin("WA."), is_short_latin("(BCP)"), is_short_latin("Meeting"), is_short_latin("พ.ค.")
    (True, True, False, False)
    """
    letters = [char for char in text if char.isalpha()]
    return 0 < len(letters) <= SHORT and text.isascii()


def is_sound_thai(text: str) -> bool:
    """Whether a word is Thai letters and points only, spelled as Thai can be.

    >>> is_sound_thai("พ.ค."), is_sound_thai("27๐๐ทา"), is_sound_thai("ไอ๑นิ์")
    (True, False, False)
    """
    letters = _POINTS.sub("", text)
    return (
        len(letters) >= SHORTEST
        and all("ก" <= char <= "\N{THAI CHARACTER NIKHAHIT}" for char in letters)
        and ("฿" not in letters and count_faults(text) == 0)
    )
