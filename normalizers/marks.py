"""Ticks, boxes, blanks and unfilled form prompts of table cells."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from docmodel.value_class import value_class
from normalizers import characters as ch


class Mark(StrEnum):
    """What a cell says by its mark."""

    TICKED = "ticked"
    UNTICKED = "unticked"
    BLANK = "blank"
    NONE = "none"


@value_class(frozen=True, slots=True, kw_only=True)
class MarkReading:
    """The mark of a cell and what is written beside it (None where nothing is)."""

    mark: Mark
    remark: str | None = None


# Private-use code points are Wingdings and Symbol as a Word file gives them where the extractor did not translate them;
# U+00FC, U+00FE and U+00A8 are the same glyphs under their Latin-1 codes.
_TICKS: Final = "✓✔√☑☒🗸🗹✅üþ\uf0fc\uf0fe\uf0fd\uf050\uf052\uf0d6"
# A drawn cross beside drawn ticks says no; the box with a cross (☒) is how Word draws a ticked box.
_CROSSES: Final = "✗✘✕✖❌❎\uf0fb"
_BOXES: Final = "☐□▢◻❏❑○¨\uf0a8\uf06f\uf071\uf072"
_DOTS: Final = "●◉⚫\uf06c\uf0a4"
_TYPED_TICKS: Final = frozenset({"/", "//", "x", "×", "•", "v", "y", "yes", "มี", "ใช่", "\uf0b7", "*", *_DOTS, *_TICKS})
_TYPED_NO: Final = frozenset({"ไม่มี", "ไม่ใช่", "n", "no", *_CROSSES, *_BOXES})
_CROSS_MARKS: Final = frozenset(_CROSSES)
_EMPTY_BRACKETS: Final = re.compile(r"\s*(?:\[\s*\]|\(\s*\))\s*")

_BLANK: Final = re.compile(r"[\s\-–—_.…·]*")
_OPTION: Final = re.compile(
    rf"(?P<mark>[{_TICKS}{_BOXES}{_CROSSES}{_DOTS}])\s*(?P<label>[^{_TICKS}{_BOXES}{_CROSSES}{_DOTS}]*)"
)
_TYPED_WITH_REMARK: Final = re.compile(r"\s*(?:/|x|X)\s*(?P<rest>\(.*\))\s*", re.DOTALL)
_WRAPPING: Final = "()[]. "

_DOTTED: Final = r"(?:\.{3,}|…+|_{3,}|(?:\. ){3,})"
_LEAD: Final = rf"[\s\d(){ch.THAI_DIGITS}\-–.•]*"
# What a form asks for. "ระบุ" with any other object may be a step that the agency really takes.
_ASKED: Final = (
    "ชื่อ|รายชื่อ|ตำแหน่ง|เบอร์|หมายเลข|จำนวน|วันที่|วัน/เดือน|ภารกิจ|มาตรการ|เหตุผล|อื่น|สาเหตุ|ระยะเวลา|สถานที่|หน่วยนับ|ประเภท"
    "|ข้อความ|รายละเอียด|ระบบงาน|แนวทาง"
)
_PLACEHOLDER: Final = (
    re.compile(rf"{_LEAD}(?:{_DOTTED}[\s.…_()/]*)+"),
    re.compile(rf"{_LEAD}(?:อื่น\s?ๆ?\s*)?\(?\s*(?:โปรด|กรุณา|ให้)?\s*ระบุ\s*\)?\s*:?\s*(?:{_DOTTED}[\s.…_()]*)*"),
    re.compile(
        rf"{_LEAD}(?:โปรด|กรุณา|ให้)?\s*ระบุ(?:{_ASKED})(?:(?!และ|แล้ว|เพื่อ|ได้รับ|ไว้)\S){{0,40}}(?:\s*[/\-–]\s*\S{{1,40}})*"
    ),
    re.compile(r"\s*[\[(<{]\s*(?:โปรด|กรุณา)?\s*(?:ระบุ|กรอก|ใส่|เติม|ชื่อ|ตำแหน่ง|วันที่|หน่วยงาน)[^\])>}]*[\])>}]\s*"),
    re.compile(r"(?:[^\d\n]{0,12}\s)?[\d\s\-()]*(?:[xX]{3,}[\sxX.\-]*)+"),
    re.compile(r"\s*(?:[0๐][\s\-]?){7,}"),
    re.compile(r"\s*(?:โปรด|กรุณา)\s*(?:กรอก|ใส่|เติม|เลือก)\S*.*", re.DOTALL),
    re.compile(r"\s*TB[DCA]\s*", re.IGNORECASE),
)
# Labels with dots to write on ("ชื่อ........ ตำแหน่ง........"). A line of a table of contents goes on with a number.
_LABELLED_DOTS: Final = re.compile(r"(?:[^.…_\d]{1,30}(?:\.{5,}|…{2,}|_{5,})\s*)+")
_MAX_LABELS: Final = 120
# A cell is read by mapping, records and criteria in turn.
_REMEMBERED: Final = 4096


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, spaces, dashes or dots.

    >>> is_blank(" – "), is_blank(". . ."), is_blank("0")
    (True, True, False)
    """
    return _BLANK.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_placeholder(text: str) -> bool:
    """Whether a text is an unfilled prompt of the form: dotted lines, "ระบุ…", "(ระบุชื่อ…)", "xxxx".

    >>> is_placeholder("(ระบุชื่อหน่วยงาน)"), is_placeholder("......."), is_placeholder("ระบุไว้ในคำสั่ง")
    (True, True, False)
    """
    if len(text) <= _MAX_LABELS and _LABELLED_DOTS.fullmatch(text):
        return True
    return any(pattern.fullmatch(text) for pattern in _PLACEHOLDER)


def is_cross(text: str) -> bool:
    """Whether a cell holds a drawn cross and nothing else: no beside ticks, yes in a table without any."""
    return text.strip(_WRAPPING) in _CROSS_MARKS


@lru_cache(maxsize=_REMEMBERED)
def read_mark(text: str) -> MarkReading:
    """What a cell says by a mark: ticked, box left empty, nothing at all, or words without a mark (NONE).

    ``/``, ``X``, ``มี`` and the like count only where they stand alone (or before brackets). Of several boxes the ticked
    one speaks, and "☑ ไม่มี" says no. The remark is what stands beside the mark, without the brackets around it.

    >>> read_mark("✓ (๒-๓ วัน)")
    MarkReading(mark=<Mark.TICKED: 'ticked'>, remark='๒-๓ วัน')
    >>> read_mark("☐ มี ☑ ไม่มี").mark
    <Mark.UNTICKED: 'unticked'>
    >>> read_mark("อาคาร/สถานที่").mark
    <Mark.NONE: 'none'>
    """
    if is_blank(text):
        return MarkReading(mark=Mark.BLANK)
    if _EMPTY_BRACKETS.fullmatch(text):
        return MarkReading(mark=Mark.UNTICKED)
    words = [word.strip(_WRAPPING) for word in text.lower().split()]
    words = [word for word in words if word]
    if words and all(word in _TYPED_TICKS for word in words):
        return MarkReading(mark=Mark.TICKED)
    if len(words) == 1 and words[0] in _TYPED_NO:
        return MarkReading(mark=Mark.UNTICKED)
    match = _TYPED_WITH_REMARK.fullmatch(text)
    if match:
        return MarkReading(mark=Mark.TICKED, remark=_remark(match["rest"]))
    return _read_options(text)


def _read_options(text: str) -> MarkReading:
    """The reading of boxes with labels; words in front of the first box are no mark of the cell."""
    options = list(_OPTION.finditer(text))
    if not options or text[: options[0].start()].strip(_WRAPPING + "\n"):
        return MarkReading(mark=Mark.NONE)
    if options[0]["mark"] in _DOTS and not any(option["mark"] in _BOXES for option in options):
        return MarkReading(mark=Mark.NONE)  # a bullet
    ticked = [option for option in options if option["mark"] in _TICKS + _DOTS]
    speaking = ticked or options
    labels = [label for option in speaking if (label := _remark(option["label"]))]
    if ticked and labels and all(label in ("ไม่มี", "ไม่ใช่") for label in labels):
        return MarkReading(mark=Mark.UNTICKED)
    return MarkReading(mark=Mark.TICKED if ticked else Mark.UNTICKED, remark=" ".join(labels) or None)


def _remark(rest: str) -> str | None:
    rest = rest.strip().strip("]").strip()
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        rest = rest[1:-1].strip()
    return rest if rest.strip(_WRAPPING) else None
