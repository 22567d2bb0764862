"""Texts made comparable: one spelling for values, a skeleton for matching, printed lines joined."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from normalizers import characters as ch
from normalizers.markers import begins_item
from normalizers.numerals import to_arabic_digits

# Cells, heads and headings come again and again within a plan and between plans of one form; whole sections do not.
_SHORT: Final = 200
_INVISIBLE: Final = re.compile(f"[{ch.INVISIBLE}{ch.CONTROLS}]")
_DECOMPOSED_AM: Final = re.compile(f"{ch.NIKHAHIT}([{ch.TONES}]*){ch.SARA_AA}")
_LATE_TONE: Final = re.compile(f"{ch.SARA_AM}([{ch.TONES}]+)")
_SPACES_IN_LINE: Final = re.compile(r"[^\S\n]+")
_AROUND_BREAK: Final = re.compile(r" ?\n ?")

# Python's \W drops the Thai upper and lower marks, which ruins words everywhere else and is what a skeleton wants.
_NOT_SKELETON: Final = re.compile(f"[\\W\\d_{ch.MAIYAMOK}{ch.PAIYANNOI}]+")
_SKELETON_LETTERS: Final = (
    (ch.SARA_AM, ch.SARA_AA),
    (ch.LAKKHANGYAO, ch.SARA_AA),
    ("\uf700", "\N{THAI CHARACTER THO THAN}"),  # private-use glyphs of letters that lose their foot
    ("\uf70f", "\N{THAI CHARACTER YO YING}"),
    (ch.SARA_E * 2, ch.SARA_AE),
)


def normalize_value(text: str, *, keep_breaks: bool = False) -> str:
    """One spelling of a text, as the datasets hold it.

    NFC, one spelling of SARA AM, Arabic numerals, no invisible or control characters, single spaces and none at the
    ends. Line breaks count as spaces unless ``keep_breaks``. Wording, case and the space before ๆ and ฯ stay.

    >>> normalize_value("ข้อ ๑   จํานวน  ๒ คน ")
    'ข้อ 1 จำนวน 2 คน'
    """
    remembered = len(text) <= _SHORT
    return _normalize_short(text, keep_breaks) if remembered else _normalize(text, keep_breaks)


def _normalize(text: str, keep_breaks: bool) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if ch.NIKHAHIT in text:
        text = _DECOMPOSED_AM.sub(f"\\1{ch.SARA_AM}", text)
    while _LATE_TONE.search(text):  # each round moves a tone to the left, so it ends
        text = _LATE_TONE.sub(f"\\1{ch.SARA_AM}", text)
    text = text.replace(ch.SARA_E * 2, ch.SARA_AE)
    text = to_arabic_digits(text)
    if keep_breaks:
        return _AROUND_BREAK.sub("\n", _SPACES_IN_LINE.sub(" ", text)).strip()
    return " ".join(text.split())


_normalize_short = lru_cache(maxsize=16384)(_normalize)


def thai_skeleton(text: str) -> str:
    """The letters that survive damage, equal for clean and damaged spellings of a heading.

    Consonants, vowels on the line and lower-case Latin letters; ำ counts as า. Gone are upper and lower vowels, tone
    marks, digits, spaces, punctuation, ๆ, ฯ and replacement characters. Only for matching: two words may share one.

    >>> thai_skeleton("2.1 ทีมงานสำรอง (Team)") == thai_skeleton("๒.๑ ทมงานสา รอง (team)")
    True
    """
    return _short_skeleton(text) if len(text) <= _SHORT else _skeleton(text)


def _skeleton(text: str) -> str:
    text = unicodedata.normalize("NFC", text).lower()
    for letter, plain in _SKELETON_LETTERS:
        text = text.replace(letter, plain)
    try:  # one byte a letter, of which the unwanted fall out at once: eight times as fast as the pattern
        letters = text.encode(_CODE_PAGE, _DROP_SYMBOLS)
    except UnicodeEncodeError:
        return _NOT_SKELETON.sub("", text)
    return letters.translate(None, _UNWANTED).decode(_CODE_PAGE)


def _drop_symbols(error: UnicodeError) -> tuple[str, int]:
    """What the Thai code page lacks left out, where it is no letter of another script."""
    if isinstance(error, UnicodeEncodeError) and _NOT_SKELETON.fullmatch(error.object, error.start, error.end):
        return "", error.end
    raise error


_CODE_PAGE: Final = "cp874"
_DROP_SYMBOLS: Final = "bcp_drop_symbols"
_UNWANTED: Final = bytes(
    code for code in range(256) if _NOT_SKELETON.fullmatch(bytes((code,)).decode(_CODE_PAGE, "replace"))
)
codecs.register_error(_DROP_SYMBOLS, _drop_symbols)


_short_skeleton = lru_cache(maxsize=16384)(_skeleton)


_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n\s*")
_THAI_LETTER: Final = re.compile(f"[{ch.THAI_LETTERS}]")
_MARKS: Final = re.compile(f"[{ch.MARKS}]")
# After these a number goes on with the sentence ("ตาม ข้อ | 2.1"), and is no new item.
_REFERS: Final = re.compile(r"(?:ข้อ|ที่|ตาราง|หน้า|มาตรา|และ|หรือ|ถึง|,|\d[-–])\s*$")
_OPENING: Final = "([{“‘/"
_CLOSING: Final = ")]}”’/,.;:%" + ch.MAIYAMOK + ch.PAIYANNOI
# A person's title begins a name, which stands apart from the words before it. "นายก…" is a post.
_NAME_TITLE: Final = re.compile(
    r"นาง(?:สาว)?(?=[ก-ฮเ-ไ])|นาย(?!ก(?:เทศ|รัฐ|อบ|องค์|สมาคม|เล|\s|$))|น\.ส\.|ดร\.|ผศ\.|รศ\.|ว่าที่"
)
# A line that ends far before the others was ended by its author. In narrow cells every line is uneven.
_SHORT_LINE: Final = 0.6
_WIDE_LINE: Final = 25


def join_printed_lines(raw_text: str) -> str:
    """The text with the ends of printed lines taken out and the author's own breaks kept.

    A line feed is the edge of the paper: Thai goes on without a space (with one around a line of a person's name,
    after ๆ and after a line that ends early), Latin and digits with one. Two line feeds are a new paragraph and stay
    as one break, and so does the break before a line that begins with a bullet, number or box.

    >>> join_printed_lines("แผนบริหาร\\nความต่อเนื่อง\\n1. บทนำ\\nBusiness\\nContinuity")
    'แผนบริหารความต่อเนื่อง\\n1. บทนำ Business Continuity'
    """
    if "\n" not in raw_text:
        return raw_text.strip()
    joined = (_join_paragraph(paragraph) for paragraph in _PARAGRAPH_END.split(raw_text))
    return "\n".join(paragraph for paragraph in joined if paragraph)


def _join_paragraph(paragraph: str) -> str:
    lines = [line for line in (line.strip() for line in paragraph.split("\n")) if line]
    if not lines:
        return ""
    width = max(_printed_length(line) for line in lines)
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        ends_early = width >= _WIDE_LINE and _printed_length(before) < _SHORT_LINE * width
        if before[-1] == "-" and _drops_hyphen(before, line):
            pieces[-1] = pieces[-1][:-1]
        pieces += [_seam(before, line, ends_early=ends_early), line]
    return "".join(pieces)


def _printed_length(line: str) -> int:
    return len(_MARKS.sub("", line))


def _seam(before: str, line: str, *, ends_early: bool) -> str:
    """What stands between two printed lines: nothing, a space or a break."""
    if begins_item(line) and not _REFERS.search(to_arabic_digits(before)):
        return "\n"
    last, first = before[-1], line[0]
    if last == "-":
        return "" if before[-2:-1].isalnum() else " "
    if last in _OPENING or (first in _CLOSING and first not in (ch.MAIYAMOK, ch.PAIYANNOI)):
        return ""
    if first == ch.MAIYAMOK:
        return " "
    if _THAI_LETTER.match(last) and _THAI_LETTER.match(first) and last != ch.MAIYAMOK:
        return " " if ends_early or _NAME_TITLE.match(line) or _NAME_TITLE.match(before) else ""
    return " "


def _drops_hyphen(before: str, line: str) -> bool:
    """Whether the hyphen only divides an English word at the line end ("conti-|nuity", not "e-|Service")."""
    stem = before[:-1].rsplit(" ", maxsplit=1)[-1]
    return len(stem) > 2 and stem.isascii() and stem.isalpha() and line[0].isascii() and line[0].islower()
