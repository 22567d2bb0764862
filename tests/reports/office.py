"""Invented plans as rows of the datasets, for the tests of workbook, letters and query."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmarks.report.simulate import SCHEMA, build_components, build_document
from docmodel.vocabulary import Cause, DocumentStatus, ElementLevel, ElementStatus, Role, Slot
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, Evidence, TeamMemberRow
from pipeline.schema import load_schema

SCRIPT = "<script>alert(1)</script>&<b>{{ 7 * 7 }}{% endif %}"
FORMULA = '=HYPERLINK("http://example.invalid","x")'
DIRECTION = "แผน\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"
CONTROLS = "ก\x00ข\x07ค\x0bง\x1bจ\ufffeฉ\uffffช"
LONG_WORD = "ก" * 40_000
PERSON = "นางสาวทดสอบ ไม่มีจริง"
BARE_PERSON = "ทดสอบ ไม่มีจริง"
OTHER_PERSON = "นายสมมุติ ตัวอย่าง"
PHONE = "080-000-0000"
DIGITS = "0800000000"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME = "เทศบาลตำบลบ้านตัวอย่าง"


def plan(
    number: int,
    *,
    statuses: Mapping[str, ElementStatus] | None = None,
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    **document: Any,
) -> list[Row]:
    """A plan that has everything but what ``statuses`` say; ``changes`` are further columns of an element."""
    head = replace(build_document(number, random.Random(number)), **document)
    return [head, *verdicts(head, statuses or {}, changes or {})]


def verdicts(
    document: DocumentRow, statuses: Mapping[str, ElementStatus], changes: Mapping[str, Mapping[str, Any]]
) -> list[ComponentRow]:
    """A verdict per element; an element without a status of its own is there."""
    made = []
    for row in build_components(document.document_id, load_schema(SCHEMA), random.Random(1)):
        status = statuses.get(row.element_id, ElementStatus.PRESENT)
        there = status in (ElementStatus.PRESENT, ElementStatus.PARTIAL)
        fresh = replace(
            row,
            status=status,
            status_extracted=status,
            missing=status is ElementStatus.MISSING,
            confidence=0.9,
            cause=None if status is ElementStatus.PRESENT else Cause.INCOMPLETE if there else Cause.ABSENT,
            reason_th=f"{'พบ' if there else 'ไม่พบ'}{row.title_th}ในแผน โปรดปรับปรุง{row.title_th}",
            evidence=[Evidence(page_no=3, bbox=None, text=f"ข้อความของ{row.title_th}")] if there else [],
            nearest=None,
            discrepancy=False,
            declared=None,
        )
        made.append(replace(fresh, **changes.get(row.element_id, {})))
    return made


def component_and_parts(component: str, status: ElementStatus) -> dict[str, ElementStatus]:
    """A status for a component and for all its parts."""
    return {
        element.element_id: status
        for element in load_schema(SCHEMA).elements
        if component in (element.element_id, element.parent_id)
    }


def required_components() -> list[str]:
    """The components that every plan is asked for."""
    return [e.element_id for e in load_schema(SCHEMA).elements if e.level is ElementLevel.COMPONENT and e.required]


def failed(path: str, code: str = "pdf_encrypted", **document: Any) -> DocumentRow:
    """A file that could not be read."""
    return DocumentRow(
        document_id=f"{len(path):08x}{sum(path.encode()):08x}",
        source_path=path,
        status=DocumentStatus.FAILED,
        error_code=code,
        error_message="ไฟล์ตั้งรหัสผ่านไว้ กรุณาขอไฟล์ใหม่ | A password protects the file; ask for one without.",
        **document,
    )


def member(document: DocumentRow, name: str = PERSON, phone: str = PHONE) -> TeamMemberRow:
    """A person of a plan's team."""
    return TeamMemberRow(
        document_id=document.document_id,
        page_no=2,
        slot=Slot.MAIN,
        person_name=name,
        role=Role.LEADER,
        phone_raw=phone,
        phones=["".join(char for char in phone if char.isdigit())],
    )
