"""Cells that Excel shows as they are: text stays text, whatever it begins with, and fits the limits of a sheet."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.html.environment import plain
from reports.query.cells import guard_formula

MAX_ROWS = 1_048_576
"""Rows of a sheet in Excel."""
MAX_CELL_CHARS = 32_767
"""Characters of a cell in Excel."""
MAX_LINKS = 60_000
"""Links of a sheet; Excel refuses files with more than 65,530."""
A3 = 8
"""Excel's number of the paper size."""
FONT = "Tahoma"
"""On Windows and macOS alike, and it draws stacked Thai marks."""
STATUS_COLOURS = {
    "present": ("#D9EAD3", "#1E4620"),
    "partial": ("#FFF2CC", "#5C4400"),
    "missing": ("#F4CCCC", "#7A0C0C"),
    "unreadable": ("#D9D2E9", "#33205C"),
    "not_applicable": ("#EFEFEF", "#555555"),
}
"""Fill and letters of each status; the words beside them say the same, for who does not see colours."""
DELIVERY_COLOURS = {
    "received": STATUS_COLOURS["present"],
    "late": STATUS_COLOURS["partial"],
    "unclear": STATUS_COLOURS["unreadable"],
    "awaited": STATUS_COLOURS["not_applicable"],
    "overdue": STATUS_COLOURS["missing"],
}
_ABOVE_OR_BELOW = re.compile(
    "[\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}"
    "\N{THAI CHARACTER MAITAIKHU}-\N{THAI CHARACTER YAMAKKAN}]"
)
_SURELY_FITS = 10_000
_CUT = " … [ตัดข้อความ ดูฉบับเต็มในชุดข้อมูล]"
_THAI_DATE = "[$-107041E]d mmm yyyy"
_BANGKOK = timedelta(hours=7)
_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "top"}
_BORDER: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF"}
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrap": {"text_wrap": True},
    "quoted": {"quote_prefix": True},
    "quoted_wrap": {"quote_prefix": True, "text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F3864"},
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, **_BORDER},
    "technical": {"italic": True, "font_size": 8, "bg_color": "#DCE6F1", "font_color": "#44546A", **_BORDER},
    "notice": {"bold": True, "bg_color": "#E2EFDA", "font_color": "#1E4620", "text_wrap": True, "valign": "vcenter"},
    "people": {"bold": True, "bg_color": "#C00000", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"},
    "date": {"num_format": _THAI_DATE, "align": "left"},
    "moment": {"num_format": f"{_THAI_DATE} hh:mm", "align": "left"},
    "share": {"num_format": "0%"},
    "score": {"num_format": "0.00"},
    "count": {"num_format": "#,##0"},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
}


class _FileLink(Url):  # type: ignore[misc]  # the library has no types
    """A link to a file with forward slashes: the library's backslashes work in Windows alone."""

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


@dataclass(slots=True, kw_only=True)
class Book:
    """A workbook being written row by row, with its formats made once."""

    workbook: Workbook
    formats: dict[str, Format] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, path: Path) -> Book:
        """A new workbook; memory stays flat, so a row cannot be touched again once the next one has begun."""
        workbook = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": str(path.parent),
                "default_date_format": _THAI_DATE,
            },
        )
        return cls(workbook=workbook)

    def style(self, name: str) -> Format:
        """The format of a name, or of a status (``status:missing``, ``delivery:late``)."""
        if name not in self.formats:
            kind, _, value = name.partition(":")
            if value:
                fill, letters = (STATUS_COLOURS if kind == "status" else DELIVERY_COLOURS)[value]
                extra = {"bg_color": fill, "font_color": letters, "align": "center", **_BORDER}
            else:
                extra = _STYLES[name]
            self.formats[name] = self.workbook.add_format({**_BASE, **extra})
        return self.formats[name]

    def add_sheet(self, title: str) -> Worksheet:
        """A sheet under a name that Excel takes and no other sheet has."""
        name = title[:31]
        number = 2
        while name.casefold() in self.names:
            mark = f" ({number})"
            name = title[: 31 - len(mark)] + mark
            number += 1
        self.names.add(name.casefold())
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&Rหน้า &P / &N")
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, style: str = "plain") -> None:
        """A value of any kind in its own type; never a formula."""
        if value is None or value == "":
            if style not in ("plain", "wrap"):
                sheet.write_blank(row, column, None, self.style(style))
        elif isinstance(value, bool):
            sheet.write_string(row, column, "ใช่" if value else "ไม่ใช่", self.style(style))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.style(style))
        elif isinstance(value, datetime):
            local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC) + _BANGKOK
            sheet.write_datetime(row, column, local.replace(tzinfo=None), self.style("moment"))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.style("date"))
        else:
            text = clean_cell(str(value))
            guarded = guard_formula(text) != text and style in ("plain", "wrap")
            name = {"plain": "quoted", "wrap": "quoted_wrap"}[style] if guarded else style
            sheet.write_string(row, column, text, self.style(name))

    def link(self, sheet: Worksheet, row: int, column: int, address: str, words: str) -> None:
        """A link to a file beside the workbook, shown as words."""
        link = _FileLink(f"external:{address}")
        link.text = clean_cell(words)[:255]  # the words that ``write_url`` takes are for addresses given as text alone
        sheet.write_url(row, column, link, self.style("link"))


def clean_cell(text: str) -> str:
    """A text without characters that a workbook cannot hold, not longer than a cell may be.

    >>> clean_cell("=A1\\x07")
    '=A1'
    """
    if len(text) < _SURELY_FITS and text.isprintable():
        return text
    text = plain(text).replace("\r\n", "\n").replace("\r", "\n")
    # Excel counts in units of UTF-16, and so does a file that it refuses to open.
    length = len(text.encode("utf-16-le", errors="replace")) // 2
    if length <= MAX_CELL_CHARS:
        return text
    kept = text.encode("utf-16-le", errors="replace")[: 2 * (MAX_CELL_CHARS - len(_CUT))]
    return kept.decode("utf-16-le", errors="ignore") + _CUT


def count_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column ``width`` letters wide; marks above and below letters take no room.

    >>> count_lines("ที่นี่\\nสอง", 10), count_lines("ก" * 25, 10)
    (2, 3)
    """
    room = max(width, 4)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(_ABOVE_OR_BELOW.sub("", line)) / room)) for line in text.split("\n"))
