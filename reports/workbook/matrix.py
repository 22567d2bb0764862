"""The matrix agency × element: a colour and a word in each cell, filters over all columns, a link to each plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.data import PlanFiles, plan_page
from reports.html.plan_view import LOW_CONFIDENCE
from reports.html.totals import Column
from reports.labels import STATUS, STATUS_SIGN, circular_number, label
from reports.masking import build_masker
from reports.register import FORMS_WORDS, find_forms
from reports.workbook.sheet import A3, MAX_LINKS, Book

_HEADS = (
    "หน่วยงาน",
    "ประเภท",
    "จังหวัด",
    "ปีของแผน",
    "รูปแบบไฟล์",
    "ขาด",
    "ไม่ครบ",
    "อ่านไม่ได้",
    "ขัดกับแบบตรวจสอบ",
    "ความเชื่อมั่นต่ำสุด",
)
_TECHNICAL = (
    "agency_name",
    "agency_type",
    "province",
    "plan_year_be",
    "media_type",
    "",
    "",
    "",
    "discrepancy",
    "confidence",
)
_WIDTHS = (40, 20, 14, 9, 14, 7, 7, 9, 11, 11)
TITLE = "ตารางผลรายหน่วยงาน"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the matrix shows of a row of ``components``."""

    status: str
    confidence: float
    required: bool
    discrepancy: bool


Verdicts = Mapping[str, Verdict]


def write_matrix(
    book: Book,
    plans: Sequence[PlanFiles],
    columns: Sequence[Column],
    verdicts: Mapping[str, Verdicts],
    *,
    report: str | None,
    with_personal_data: bool,
) -> None:
    """Add the sheet; ``verdicts`` are the rows of ``components`` by document and element."""
    sheet = book.add_sheet(TITLE)
    sheet.set_paper(A3)
    masker = build_masker((), show=with_personal_data)
    titles = [f"{circular_number(column.element_id)}{column.title}" for column in columns]
    for place, head in enumerate((*_HEADS, *titles)):
        sheet.set_column(place, place, _WIDTHS[place] if place < len(_WIDTHS) else 17)
        book.write(sheet, 0, place, head, "head")
    sheet.set_row(0, 78)
    for place, technical in enumerate((*_TECHNICAL, *(column.element_id for column in columns))):
        book.write(sheet, 1, place, technical, "technical")
    for number, plan in enumerate(plans, 2):
        document = plan.document
        own = verdicts.get(plan.document_id, {})
        name = masker.text(document["agency_name"]) or f"ไม่ทราบหน่วยงาน ({plan.document_id})"
        if report is not None and number < MAX_LINKS:
            book.link(sheet, number, 0, f"{report}/{plan_page(plan.document_id)}", name)
        else:
            book.write(sheet, number, 0, name, "wrap")
        shown = [own[column.element_id] for column in columns if column.element_id in own]
        required = [row for row in shown if row.required]
        facts = (
            label("agency_type", document["agency_type"]),
            document["province"],
            document["plan_year_be"],
            FORMS_WORDS[find_forms([plan])],
            *(sum(row.status == status for row in required) for status in ("missing", "partial", "unreadable")),
            sum(row.discrepancy for row in own.values()),
        )
        for place, value in enumerate(facts, 1):
            book.write(sheet, number, place, value)
        lowest = min((row.confidence for row in required), default=None)
        book.write(sheet, number, len(_HEADS) - 1, lowest, "score")
        for place, column in enumerate(columns, len(_HEADS)):
            row = own.get(column.element_id)
            if row is not None:
                book.write(sheet, number, place, status_words(row), f"status:{row.status}")
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, max(1, len(plans) + 1), len(_HEADS) + len(columns) - 1)
    sheet.repeat_rows(0, 1)


def status_words(verdict: Verdict) -> str:
    """A verdict in a sign and a word, doubt said in words as well.

    >>> status_words(Verdict(status="missing", confidence=0.4, required=True, discrepancy=False))
    '○ ไม่พบ (ไม่แน่ใจ)'
    """
    doubt = " (ไม่แน่ใจ)" if verdict.confidence < LOW_CONFIDENCE else ""
    return f"{STATUS_SIGN[verdict.status]} {STATUS[verdict.status]}{doubt}"
