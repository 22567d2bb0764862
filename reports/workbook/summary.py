"""The first sheet: what the workbook is, whether people are shown in it, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports.data import PlanFiles, plan_page
from reports.html.totals import Column
from reports.labels import STATUS, STATUS_ORDER, STATUS_SIGN, circular_number, label, thai_datetime, words_of
from reports.masked_rows import people_words
from reports.masking import Masker
from reports.register import DELIVERY_WORDS, FORMS_WORDS, LINE_COLUMNS, LINE_HEADS, RegisterCheck, describe_line
from reports.workbook.dataset_sheets import DatasetSheet
from reports.workbook.matrix import Verdicts
from reports.workbook.sheet import A3, MAX_LINKS, Book

TITLE = "สรุป"
REGISTER_TITLE = "ทะเบียนการส่ง"
_WIDTHS = (52, 14, 14, 14, 14, 14, 14, 14)
_DELIVERY = LINE_HEADS.index("สถานะการส่ง")
_REGISTER_WIDTHS = (44, 22, 16, 44, 18, 18, 22, 18, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the first sheet tells. ``sheets`` are dataset labels with rows and sheet name, None where left out."""

    made_at: datetime
    run: Mapping[str, Any]
    file_statuses: Mapping[str, int]
    page_count: int
    ocr_page_count: int
    plans: Sequence[PlanFiles]
    columns: Sequence[Column]
    verdicts: Mapping[str, Verdicts]
    sheets: Sequence[tuple[str, str, int, bool]]
    register: RegisterCheck | None
    with_personal_data: bool
    report: str | None


def write_summary(book: Book, sheet: Worksheet, summary: Summary) -> None:
    """Fill the first sheet from top to bottom."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    book.write(sheet, 0, 0, "ผลการตรวจแผนดำเนินธุรกิจอย่างต่อเนื่อง (BCP)", "title")
    sheet.set_row(1, 34)
    sheet.merge_range(
        1,
        0,
        1,
        len(_WIDTHS) - 1,
        people_words(with_personal_data=summary.with_personal_data),
        book.style("people" if summary.with_personal_data else "notice"),
    )
    row = _facts(book, sheet, summary, 3)
    row = _statuses(book, sheet, summary, row + 1)
    row = _types(book, sheet, summary, row + 1)
    if summary.register is not None:
        row = _deliveries(book, sheet, summary.register, row + 1)
    _contents(book, sheet, summary, row + 1)


def write_register(book: Book, check: RegisterCheck, masker: Masker, report: str | None) -> None:
    """Add the sheet of the register: one line per expected agency; the name of one that sent opens its plan's page."""
    sheet = book.add_sheet(REGISTER_TITLE)
    sheet.set_paper(A3)
    for place, (head, width) in enumerate(zip(LINE_HEADS, _REGISTER_WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        book.write(sheet, 0, place, head, "head")
    for place, technical in enumerate(LINE_COLUMNS):
        book.write(sheet, 1, place, technical, "technical")
    for number, line in enumerate(check.lines, 2):
        cells = describe_line(line)
        for place, text in enumerate(cells):
            if place == 0 and line.plans and report is not None and number < MAX_LINKS:
                book.link(sheet, number, 0, f"{report}/{plan_page(line.plans[0].document_id)}", text)
            else:
                style = f"delivery:{line.delivery}" if place == _DELIVERY else "wrap"
                book.write(sheet, number, place, masker.text(text) if place == len(cells) - 1 else text, style)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    sheet.autofilter(1, 0, max(1, len(check.lines) + 1), len(LINE_HEADS) - 1)


def write_about(book: Book, sheet: Worksheet, sheets: Mapping[str, DatasetSheet], *, with_personal_data: bool) -> None:
    """Fill the first sheet of an export: whether people are shown, and which dataset is on which sheet."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 2, 50)
    words = people_words(with_personal_data=with_personal_data)
    rows: list[tuple[Any, ...]] = [("personal_data", with_personal_data), ("note", words), ()]
    rows.append(("dataset", "rows", "sheets"))
    rows += [(name, entry.rows, ", ".join(entry.sheet_names)) for name, entry in sheets.items()]
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            book.write(sheet, number, place, value, "wrap" if place else "plain")


def _facts(book: Book, sheet: Worksheet, summary: Summary, row: int) -> int:
    files = sum(summary.file_statuses.values())
    finished = summary.run.get("finished_at")
    links = f"{summary.report}/index.html (สร้างด้วย make report และย้ายไปพร้อมกับไฟล์นี้)" if summary.report else "ไม่มี"
    facts: list[tuple[str, Any]] = [
        ("จัดทำเมื่อ", thai_datetime(summary.made_at)),
        ("ชุดข้อมูลประมวลผลเมื่อ", thai_datetime(datetime.fromisoformat(finished)) if finished else "ไม่ทราบ"),
        ("รุ่นของโปรแกรม", summary.run.get("pipeline_version") or "ไม่ทราบ"),
        ("ลิงก์เปิดรายงานที่", links),
        ("ไฟล์ทั้งหมด", files),
        *((f"   {label('document_status', name)}", count) for name, count in summary.file_statuses.items()),
        ("แผนที่ตรวจ (Word กับ PDF ของแผนเดียวกันนับเป็นหนึ่ง)", len(summary.plans)),
        ("หน้าทั้งหมด", summary.page_count),
        ("หน้าที่อ่านจากภาพ (OCR)", summary.ocr_page_count),
    ]
    for name, value in facts:
        book.write(sheet, row, 0, name)
        book.write(sheet, row, 1, value, "count" if isinstance(value, int) else "plain")
        row += 1
    return row


def _statuses(book: Book, sheet: Worksheet, summary: Summary, row: int) -> int:
    """Plans per element and status, as numbers with the colours of the matrix."""
    _heading(book, sheet, row, "จำนวนแผนตามผลการตรวจ")
    heads = ["องค์ประกอบ", *(f"{STATUS_SIGN[status]} {STATUS[status]}" for status in STATUS_ORDER), "มีครบ (ร้อยละ)"]
    for place, head in enumerate(heads):
        book.write(sheet, row + 1, place, head, "head")
    row += 2
    for column in summary.columns:
        found = Counter(own[column.element_id].status for own in summary.verdicts.values() if column.element_id in own)
        book.write(sheet, row, 0, f"{circular_number(column.element_id)}{column.title}", "wrap")
        for place, status in enumerate(STATUS_ORDER, 1):
            book.write(sheet, row, place, found[status], f"status:{status}")
        asked = sum(found.values()) - found["not_applicable"]
        book.write(sheet, row, len(STATUS_ORDER) + 1, found["present"] / asked if asked else "–", "share")
        row += 1
    return row


def _types(book: Book, sheet: Worksheet, summary: Summary, row: int) -> int:
    _heading(book, sheet, row, "จำนวนแผนตามประเภทหน่วยงาน")
    row += 1
    counts = Counter(plan.document["agency_type"] for plan in summary.plans)
    for name in (*words_of("agency_type"), None):
        if counts[name]:
            book.write(sheet, row, 0, label("agency_type", name))
            book.write(sheet, row, 1, counts[name], "count")
            row += 1
    return row


def _deliveries(book: Book, sheet: Worksheet, check: RegisterCheck, row: int) -> int:
    _heading(book, sheet, row, "การส่งแผนตามทะเบียนหน่วยงาน")
    row += 1
    entries = [(DELIVERY_WORDS[state], count) for state, count in check.counts().items()]
    entries += [(f"ได้รับ{FORMS_WORDS[form]}", count) for form, count in check.forms().items()]
    entries.append(("แผนของหน่วยงานที่ไม่อยู่ในทะเบียน", len(check.unexpected)))
    for words, count in entries:
        book.write(sheet, row, 0, words)
        book.write(sheet, row, 1, count, "count")
        row += 1
    return row


def _contents(book: Book, sheet: Worksheet, summary: Summary, row: int) -> None:
    _heading(book, sheet, row, "แผ่นงานในไฟล์นี้")
    row += 1
    for words, name, count, included in summary.sheets:
        if included:
            target = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{target}'!A1", book.style("link"), words)
            book.write(sheet, row, 1, count, "count")
        else:
            book.write(sheet, row, 0, f"{words}: มีแถวเกินกว่าที่ Excel เปิดได้ ({count:,} แถว) ใช้ bcp export แทน", "wrap")
        row += 1
    notes = (
        "“ไม่แน่ใจ” คือผลที่ความเชื่อมั่นต่ำกว่า 0.60 โปรดตรวจสอบกับเอกสารก่อนแจ้งหน่วยงาน",
        "“อ่านไม่ได้” ไม่ใช่ “ไม่พบ”: มีส่วนของแผนที่อ่านไม่ได้ ต้องเปิดดูเอกสารจริง",
        "คอลัมน์รหัสและตำแหน่งท้ายแผ่นงานถูกย่อไว้ กด + เหนือคอลัมน์เพื่อแสดง",
        "ชื่อคอลัมน์ภาษาอังกฤษใต้ชื่อภาษาไทยคือชื่อในชุดข้อมูล (docs/datasets.md)",
    )
    for place, note in enumerate(notes):
        book.write(sheet, row + 1 + place, 0, note)


def _heading(book: Book, sheet: Worksheet, row: int, words: str) -> None:
    """A heading in a row high enough for its letters."""
    sheet.set_row(row, 20)
    book.write(sheet, row, 0, words, "heading")
