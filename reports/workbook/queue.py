"""What a person should look at first, one line per plan and reason, as on the report's first page but all of it."""

from __future__ import annotations

from reports.attention import REASONS, Attention
from reports.data import plan_page
from reports.masking import build_masker
from reports.workbook.sheet import A3, MAX_LINKS, Book

TITLE = "ควรดูก่อน"
_HEADS = ("เหตุ", "หน่วยงาน", "จำนวนส่วน", "องค์ประกอบ", "ข้อความ", "ความเชื่อมั่นต่ำสุด")
_TECHNICAL = ("", "agency_name", "", "element_id", "reason_th", "confidence")
_WIDTHS = (28, 40, 9, 44, 90, 11)


def write_queue(book: Book, attention: Attention, *, report: str | None, with_personal_data: bool) -> None:
    """Add the sheet; the agency's name opens the plan's page at the first of the elements."""
    sheet = book.add_sheet(TITLE)
    sheet.set_paper(A3)
    masker = build_masker((), show=with_personal_data)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for number, (style, words) in enumerate((("head", _HEADS), ("technical", _TECHNICAL))):
        for place, text in enumerate(words):
            book.write(sheet, number, place, text, style)
    for number, entry in enumerate(attention.entries, 2):
        document = entry.plan.document
        name = masker.text(document["agency_name"]) or f"ไม่ทราบหน่วยงาน ({entry.plan.document_id})"
        book.write(sheet, number, 0, REASONS[entry.reason], "wrap")
        if report is not None and number < MAX_LINKS:
            target = f"{report}/{plan_page(entry.plan.document_id)}{entry.anchor}"
            book.link(sheet, number, 1, target, name)
        else:
            book.write(sheet, number, 1, name, "wrap")
        cells = (
            (len(entry.elements) or None, "count"),
            (", ".join(words for words, _ in entry.named), "wrap"),
            (masker.text(entry.sentence), "wrap"),
            (entry.confidence, "score"),
        )
        for place, (value, style) in enumerate(cells, 2):
            book.write(sheet, number, place, value, style)
    sheet.freeze_panes(2, 2)
    sheet.autofilter(1, 0, max(1, len(attention.entries) + 1), len(_HEADS) - 1)
    sheet.repeat_rows(0, 1)
