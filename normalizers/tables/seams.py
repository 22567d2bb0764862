"""The seam of two texts on both sides of a page's end: whether they were one, and how they are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.phones import is_phone_alone, parse_phones
from normalizers.repair.lexicon import cut_words, dictionary
from normalizers.text import join_printed_lines

# So many columns that are cut are no chance.
MIN_COLUMNS_CUT = 2
# Words that leave a text open; as the end of a noun they do not ("สถานที่", "เจ้าหน้าที่", "สิ่งของ").
_OPEN_END = re.compile(
    r"(?:[:,/(\-–]|ได้แก่|ดังนี้|ดังต่อไปนี้|และ|หรือ|เพื่อ|โดย|(?<!สิ่ง)(?<!เจ้า)ของ|ใน"
    r"|(?<!สถาน)(?<!หน้า)(?<!พื้น)(?<!คง)(?<!เต็ม)ที่|กับ|(?<!ได้)แก่|ให้|เช่น)\s*$"
)
# Vowels and tone marks that lean on the letter before them, and what closes a bracket, cannot begin a text.
_CANNOT_START = re.compile(r"^[ะาำัิีึืฺุู็่้๊๋์ํๆฯ)\],.;:]|^[a-z]")
# "0 2123 4567-8 ต่อ" and "101", "0 2123 4567" and "-8 ต่อ 101"
_OPEN_EXTENSION = re.compile(r"[0-9๐-๙]\s*(?:ต่อ|กด|ext\.?)$")
_PHONE_TAIL = re.compile(r"[-–]\s*[0-9๐-๙]|ต่อ")
_LONE_LETTER = re.compile(r"^[ก-ฮ]$")
_THAI_END = re.compile(r"[ก-๎]$")
_THAI_START = re.compile(r"^[ก-๎]")


def is_cut_phone(before: str, after: str) -> bool:
    """Whether two texts are no phone each and one together, or a phone and its extension."""
    if not (before and after and is_phone_alone(before) and is_phone_alone(after)):
        return False
    if _PHONE_TAIL.match(after) or (_OPEN_EXTENSION.search(before) and after[0].isdigit()):
        return True
    return not parse_phones(before) and not parse_phones(after) and bool(parse_phones(f"{before} {after}"))


def are_asides(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether several texts are in brackets below amounts that are not: "40 ตร.ม." and "(20 คน)"."""
    amounts = [before for before, after in pairs if after.startswith("(") and after.endswith(")")]
    return len(amounts) >= MIN_COLUMNS_CUT and all(before[:1].isdigit() and "(" not in before for before in amounts)


def are_units(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether several texts are one unit below bare numbers: "2" and "เครื่อง"."""
    units = [after for before, after in pairs if before.isdecimal()]
    return len(units) >= MIN_COLUMNS_CUT and len(set(units)) == 1 and not any(map(str.isdigit, units[0]))


def goes_on_in_text(before: str, after: str) -> bool:
    """Whether the second text plainly goes on the first: inside a word, or after a word that leaves it open."""
    if cannot_start(before, after) or _OPEN_END.search(before):
        return True
    return bool(_THAI_END.search(before) and _THAI_START.match(after)) and _within_word(before, after)


def cannot_start(before: str, after: str) -> bool:
    """Whether a text begins with what begins none, or is the last letter of a word: "เครื่อ" and "ง"."""
    is_letter = _LONE_LETTER.match(after) is not None and _LONE_LETTER.match(before) is None
    return _CANNOT_START.match(after) is not None or (is_letter and _THAI_END.search(before) is not None)


def closes_bracket(before: str, after: str) -> bool:
    """Whether a text closes a bracket that the text before left open."""
    return before.count("(") > before.count(")") and after.count(")") > after.count("(")


def goes_on_in_word(before: str, after: str) -> bool:
    """Whether two texts are one that was cut inside a word."""
    return bool(_CANNOT_START.match(after)) or bool(
        _THAI_END.search(before) and _THAI_START.match(after) and _within_word(before, after)
    )


def _within_word(before: str, after: str) -> bool:
    """Whether the seam of two pieces lies inside a word of the Thai dictionary that neither piece has by itself."""
    tail = re.split(r"\s", before)[-1][-24:]
    head = re.split(r"\s", after)[0][:24]
    if not tail or not head:
        return False
    words = dictionary()
    at = len(tail)
    position = 0
    for word in cut_words(tail + head, words):
        if position < at < position + len(word):
            pieces = cut_words(tail, words)[-1], cut_words(head, words)[0]
            return word not in pieces
        position += len(word)
    return False


def join_texts(before: str, after: str) -> str:
    """Two pieces of a Thai text as one: no space inside a word, a line feed before a new item, else a space.

    >>> join_texts("แจ้งผู้ประสาน", "งานทราบ")
    'แจ้งผู้ประสานงานทราบ'
    >>> join_texts("ได้แก่", "- รถยนต์")
    'ได้แก่\\n- รถยนต์'
    """
    *above, last = before.rstrip().split("\n")
    first, *below = after.lstrip().split("\n")
    return "\n".join([*above, join_printed_lines(f"{last}\n{first}"), *below])
