"""Ticks, boxes, blanks and unfilled form prompts of table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from normalizers import characters as ch


class Mark(StrEnum):
    """What a cell says by its mark."""

    TICKED = "ticked"
    UNTICKED = "unticked"
    BLANK = "blank"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReading:
    """The mark of a cell and what is written beside it (None where nothing is)."""

    mark: Mark
    remark: str | None = None


# Wingdings and Symbol code points are what a Word file gives where the extractor did not translate them.
_TICKS: Final = "✓✔√☑☒✗✘✕✖🗸🗹\uf0fc\uf0fe\uf0fb\uf0fd\uf050\uf052\uf0d6"
_BOXES: Final = "☐□▢◻❏❑○\uf0a8\uf06f\uf071\uf072"
_TYPED_TICKS: Final = frozenset(
    {"/", "//", "x", "×", "•", "●", "⚫", "v", "y", "yes", "มี", "ใช่", "\uf06c", "\uf0b7", "*"}
)
_TYPED_NO: Final = frozenset({"ไม่มี", "ไม่ใช่", "n", "no"})

_BLANK: Final = re.compile(r"[\s\-–—_.…·]*")
_LEADING_TICK: Final = re.compile(rf"\s*(?P<mark>[{_TICKS}])\s*(?P<rest>.*)", re.DOTALL)
_LEADING_BOX: Final = re.compile(rf"\s*(?P<mark>[{_BOXES}])\s*(?P<rest>.*)", re.DOTALL)
_TYPED_WITH_REMARK: Final = re.compile(r"\s*(?P<mark>/|x|X|√)\s*(?P<rest>\(.*\))\s*", re.DOTALL)

_DOTTED: Final = r"(?:\.{3,}|…+|_{3,}|(?:\. ){3,})"
_PLACEHOLDER: Final = (
    re.compile(rf"[\s\d(){ch.THAI_DIGITS}\-–.•]*(?:{_DOTTED}[\s.…_()/]*)+"),
    re.compile(r"[\s\d()๐-๙\-–.•]*(?:โปรด|กรุณา)?\s*ระบุ(?!ไว้|ว่า|ไม่|ใน|ตัว)\S{0,60}(?:\s.*)?", re.DOTALL),
    re.compile(r"\s*[\[(<{]\s*(?:โปรด|กรุณา)?\s*(?:ระบุ|กรอก|ใส่|เติม)[^\])>}]*[\])>}]?\s*", re.DOTALL),
    re.compile(r"[\sxX]*[xX]{3,}[\sxX.\-]*"),
    re.compile(r"\s*(?:โปรด|กรุณา)\s*(?:กรอก|ใส่|เติม|เลือก)\S*.*", re.DOTALL),
)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, spaces, dashes or dots.

    >>> is_blank(" – "), is_blank(". . ."), is_blank("0")
    (True, True, False)
    """
    return _BLANK.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Whether a text is an unfilled prompt of the form: dotted lines, "ระบุ…", "(ระบุชื่อ…)", "xxxx".

    >>> is_placeholder("(ระบุชื่อหน่วยงาน)"), is_placeholder("......."), is_placeholder("ระบุไว้ในคำสั่ง")
    (True, True, False)
    """
    return any(pattern.fullmatch(text) for pattern in _PLACEHOLDER)


def read_mark(text: str) -> MarkReading:
    """What a cell says by a mark: ticked, box left empty, nothing at all, or words without a mark (NONE).

    ``/``, ``X``, ``มี`` and the like count only where they stand alone (or before brackets); the remark is what stands
    beside a tick, without the brackets around it.

    >>> read_mark("✓ (๒-๓ วัน)")
    MarkReading(mark=<Mark.TICKED: 'ticked'>, remark='๒-๓ วัน')
    >>> read_mark("อาคาร/สถานที่").mark
    <Mark.NONE: 'none'>
    """
    if is_blank(text):
        return MarkReading(mark=Mark.BLANK)
    word = text.strip().lower().strip("()[]. ")
    if word in _TYPED_NO:
        return MarkReading(mark=Mark.UNTICKED)
    if word in _TYPED_TICKS:
        return MarkReading(mark=Mark.TICKED)
    match = _LEADING_TICK.fullmatch(text) or _TYPED_WITH_REMARK.fullmatch(text)
    if match:
        return MarkReading(mark=Mark.TICKED, remark=_remark(match["rest"]))
    match = _LEADING_BOX.fullmatch(text)
    if match:
        return MarkReading(mark=Mark.UNTICKED, remark=_remark(match["rest"]))
    return MarkReading(mark=Mark.NONE)


def _remark(rest: str) -> str | None:
    rest = rest.strip()
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        rest = rest[1:-1].strip()
    return rest or None
