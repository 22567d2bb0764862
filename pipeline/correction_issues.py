"""What is said of a correction that cannot be used: file and line, what is wrong, what to do. Never its content."""

from __future__ import annotations

from typing import Final

from docmodel.issue import Issue, Severity
from docmodel.vocabulary import ElementStatus

CORRECTIONS_FILE: Final = "corrections.csv"

_STATUSES: Final = ", ".join(ElementStatus)
_MESSAGES: Final[dict[str, tuple[Severity, str, str]]] = {
    "correction_row_invalid": (
        Severity.WARNING,
        "ไม่ระบุเอกสารหรือองค์ประกอบ หรือรูปแบบไม่ถูกต้อง จึงยังไม่ได้ใช้ โปรดแก้ไขบรรทัดนี้",
        "document or element is not given or not well formed; not applied. Correct the line.",
    ),
    "correction_status_unknown": (
        Severity.WARNING,
        f"ไม่รู้จักผลการตรวจนี้ จึงยังไม่ได้ใช้ เลือกจาก {_STATUSES}",
        f"no such status; not applied. Choose one of {_STATUSES}.",
    ),
    "correction_date_unclear": (
        Severity.INFO,
        "อ่านวันที่ตรวจไม่ได้ ใช้การแก้ไขแล้วโดยไม่มีวันที่ โปรดเขียนแบบ 2026-05-31",
        "reviewed_at is unclear; applied without it. Write it as 2026-05-31.",
    ),
    "correction_document_unknown": (
        Severity.WARNING,
        "ไม่มีเอกสารนี้ในรอบนี้ จึงยังไม่ได้ใช้ โปรดตรวจ source_path หรือ document_id",
        "the run has no such document; not applied. Check source_path or document_id.",
    ),
    "correction_content_changed": (
        Severity.WARNING,
        "ไฟล์เปลี่ยนไปหลังการตรวจ จึงยังไม่ได้ใช้ โปรดตรวจใหม่แล้วใส่ document_id ใหม่",
        "the file changed since its review; not applied. Review it again and enter its new document_id.",
    ),
    "correction_element_unknown": (
        Severity.WARNING,
        "ไม่มีองค์ประกอบนี้ จึงยังไม่ได้ใช้ ดูรายการด้วย bcp schema show",
        "the schema has no such element; not applied. See bcp schema show.",
    ),
    "correction_without_verdict": (
        Severity.WARNING,
        "เอกสารนี้ไม่ใช่แผนหรืออ่านไม่ได้ จึงไม่มีผลให้แก้ไข โปรดเปิดดูเอกสาร",
        "the document is no plan or was not read: there is no verdict to correct. Look at the document.",
    ),
    "correction_superseded": (
        Severity.INFO,
        "มีการตรวจองค์ประกอบเดียวกันในบรรทัด {by} ซึ่งใหม่กว่า จึงใช้บรรทัดนั้น",
        "line {by} reviews the same element later; that one counts.",
    ),
}


def build_issue(code: str, line: int, *, by: int | None = None) -> Issue:
    """The issue of a line of the file; ``by`` is the line that counts instead."""
    severity, th, en = _MESSAGES[code]
    return Issue(
        code=code,
        severity=severity,
        message_th=f"{CORRECTIONS_FILE} บรรทัด {line}: {th.format(by=by)}",
        message_en=f"{CORRECTIONS_FILE} line {line}: {en.format(by=by)}",
    )
