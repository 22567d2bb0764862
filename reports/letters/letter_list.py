"""The list of letters: who gets which, and what got none and why, as CSV and as an Excel file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.letters.letter import Letter
from reports.letters.mail import MOOD_WORDS, Mood, Unwritten
from reports.masked_rows import people_words
from reports.masking import Masker, build_masker
from reports.query.cells import csv_cell
from reports.workbook.sheet import A3, MAX_LINKS, Book

CSV_FILE = "letters.csv"
EXCEL_FILE = "letters.xlsx"
_HEADS = (
    *("ไฟล์หนังสือ", "ชนิดหนังสือ", "หน่วยงาน", "จังหวัด", "เรียน", "ส่งผ่าน", "รายการให้ปรับปรุง", "รายการให้ตรวจสอบ", "ข้อเสนอแนะ"),
    *("ไฟล์ที่เปิดอ่านไม่ได้", "ไฟล์ที่ตรวจ", "หมายเหตุ"),
)
_WIDTHS = (46, 16, 42, 16, 42, 36, 12, 12, 12, 12, 46, 46)
_WITHOUT_HEADS = ("ไฟล์หรือหน่วยงาน", "จังหวัด", "เหตุที่ไม่มีหนังสือ")
_WITHOUT_WIDTHS = (60, 18, 80)
_WITHOUT = "ไม่มีหนังสือ"
_FIRST_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the list: what a letter was, without the letter itself, of which there are thousands."""

    cells: tuple[Any, ...]
    mood: Mood
    gaps: int
    checks: int


def write_lists(
    folder: Path, letters: Sequence[Listed], unwritten: Sequence[Unwritten], *, with_personal_data: bool
) -> None:
    """Write both lists into the letters' folder."""
    nobody = build_masker((), show=with_personal_data)
    rows = [entry.cells for entry in letters]
    without = [(nobody.text(entry.what), entry.province or "", nobody.text(entry.reason)) for entry in unwritten]
    with (folder / CSV_FILE).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADS)
        for row in rows:
            writer.writerow([csv_cell(value, as_is=False) for value in row])
        for what, province, reason in without:
            cells = ("", _WITHOUT, what, province, *[""] * (len(_HEADS) - 5), reason)
            writer.writerow([csv_cell(value, as_is=False) for value in cells])
    _write_excel(folder / EXCEL_FILE, rows, without, with_personal_data)


def list_letter(file: str, letter: Letter) -> Listed:
    """The line of a letter that stands in a file of this name."""
    nobody = build_masker((), show=letter.with_personal_data)
    return Listed(cells=_cells(file, letter, nobody), mood=letter.mood, gaps=letter.gaps, checks=letter.checks)


def _cells(file: str, letter: Letter, nobody: Masker) -> tuple[Any, ...]:
    line = letter.to.line
    return (
        file,
        MOOD_WORDS[letter.mood],
        letter.agency,
        letter.to.province or "",
        letter.recipient,
        (line.agency.through if line else None) or "",
        letter.gaps,
        letter.checks,
        letter.suggestions,
        len(letter.unread),
        ", ".join(name for plan in letter.plans for name in plan.files),
        nobody.text("; ".join(note for note in (letter.to.note, line.note if line else None) if note)),
    )


def _write_excel(
    path: Path, rows: Sequence[tuple[Any, ...]], without: Sequence[tuple[str, str, str]], with_personal_data: bool
) -> None:
    book = Book.open(path)
    sheet = book.add_sheet("รายการหนังสือ")
    sheet.set_paper(A3)
    _begin(book, sheet, f"หนังสือถึงหน่วยงาน {len(rows):,} ฉบับ", _WIDTHS)
    people = "people" if with_personal_data else "notice"
    sheet.merge_range(1, 0, 1, len(_HEADS) - 1, people_words(with_personal_data=with_personal_data), book.style(people))
    _write_heads(book, sheet, _HEADS)
    for number, row in enumerate(rows, _FIRST_ROW):
        for place, value in enumerate(row):
            if place == 0 and number < MAX_LINKS:
                book.link(sheet, number, 0, str(value), str(value))
            else:
                book.write(sheet, number, place, value, "wrap" if isinstance(value, str) else "plain")
    sheet.autofilter(_FIRST_ROW - 1, 0, max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1), len(_HEADS) - 1)
    sheet = book.add_sheet(_WITHOUT)
    words = f"ไฟล์และหน่วยงานที่ไม่มีหนังสือ {len(without):,} รายการ"
    _begin(book, sheet, words, _WITHOUT_WIDTHS)
    _write_heads(book, sheet, _WITHOUT_HEADS)
    for number, entry in enumerate(without, _FIRST_ROW):
        for place, text in enumerate(entry):
            book.write(sheet, number, place, text, "wrap")
    book.workbook.close()


def _begin(book: Book, sheet: Any, title: str, widths: Sequence[float]) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 22)
    book.write(sheet, 0, 0, title, "heading")


def _write_heads(book: Book, sheet: Any, heads: Sequence[str]) -> None:
    sheet.set_row(_FIRST_ROW - 1, 34)
    for place, head in enumerate(heads):
        book.write(sheet, _FIRST_ROW - 1, place, head, "head")
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.repeat_rows(_FIRST_ROW - 1)
