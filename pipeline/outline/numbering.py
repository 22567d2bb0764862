"""The number in front of a heading or item: its kind, its parts in Arabic numerals, and what follows what."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from docmodel.value_class import value_class
from normalizers.markers import split_marker
from normalizers.numerals import to_arabic_digits

_DIGITS: Final = re.compile(r"\d+")
_CHAPTER: Final = re.compile(r"^(?:บทที่|หมวด|ส่วนที่|ตอนที่|ภาคผนวก)")
_THAI_LETTERS: Final = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


class NumberKind(StrEnum):
    """How a number is written; headings of one sequence share it."""

    CHAPTER = "chapter"
    DOTTED = "dotted"
    CLOSED = "closed"
    BRACKETED = "bracketed"
    LETTER = "letter"
    BULLET = "bullet"


@value_class(frozen=True, slots=True, kw_only=True)
class Numbering:
    """A number in front: ``parts`` from the top down ("๒.๓.๑" is 2, 3, 1); empty for a bullet."""

    kind: NumberKind
    parts: tuple[int, ...] = ()

    @property
    def depth(self) -> int:
        """How many parts the number has."""
        return len(self.parts)

    @property
    def last(self) -> int:
        """The last part; 0 without one."""
        return self.parts[-1] if self.parts else 0

    @property
    def text(self) -> str | None:
        """The number in Arabic numerals ("2.3.1"), None for a bullet."""
        return ".".join(str(part) for part in self.parts) or None

    def follows(self, earlier: Numbering) -> bool:
        """Whether this is the next number of the same sequence."""
        return (
            self.kind is earlier.kind
            and self.parts[:-1] == earlier.parts[:-1]
            and bool(self.parts)
            and bool(earlier.parts)
            and self.last == earlier.last + 1
        )


def read_numbering(marker: str | None) -> Numbering | None:
    """What a marker means as a number; None where there is no marker.

    >>> read_numbering("๒.๓.๑").text
    '2.3.1'
    """
    if not marker:
        return None
    marker = to_arabic_digits(marker).strip()
    parts = tuple(int(digits) for digits in _DIGITS.findall(marker))
    if _CHAPTER.match(marker):
        return Numbering(kind=NumberKind.CHAPTER, parts=parts)
    if not parts:
        letter = marker.strip("().")
        if len(letter) == 1 and letter in _THAI_LETTERS:
            return Numbering(kind=NumberKind.LETTER, parts=(_THAI_LETTERS.index(letter) + 1,))
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            return Numbering(kind=NumberKind.LETTER, parts=(ord(letter.lower()) - ord("a") + 1,))
        return Numbering(kind=NumberKind.BULLET)
    if marker.startswith("("):
        return Numbering(kind=NumberKind.BRACKETED, parts=parts)
    if marker.endswith(")"):
        return Numbering(kind=NumberKind.CLOSED, parts=parts)
    return Numbering(kind=NumberKind.DOTTED, parts=parts)


def split_number(marker: str | None, text: str) -> tuple[Numbering | None, str]:
    """The number of a block and its text without it, whether the reader took it out of the text or not."""
    in_text, rest = split_marker(text)
    if marker:
        if in_text is not None and to_arabic_digits(in_text) == to_arabic_digits(marker.strip()):
            return read_numbering(marker), rest
        return read_numbering(marker), text
    return read_numbering(in_text), rest
