"""A document's verdicts after its reviewers: corrected statuses, components rolled up anew, the machine's word kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from docmodel.vocabulary import Cause, Declared, ElementStatus
from pipeline.assess.components import is_discrepancy, reason_sentence
from pipeline.assess.doubt import UNSURE
from pipeline.assess.findings.register import REGISTER
from pipeline.assess.rollup import roll_up
from pipeline.assess.verdict import Verdict
from pipeline.corrections import Correction
from pipeline.schema import Element, Schema

ComponentValues = dict[str, Any]
"""A row of ``components`` as a dict, as Arrow gives it."""

_REASONS: Final = {
    ElementStatus.PRESENT: ("found", None),
    ElementStatus.PARTIAL: ("incomplete", Cause.INCOMPLETE),
    ElementStatus.MISSING: ("absent", Cause.ABSENT),
    ElementStatus.UNREADABLE: ("unreadable_page", Cause.UNREADABLE_PAGE),
    ElementStatus.NOT_APPLICABLE: ("not_applicable", None),
}
"""Reason and cause of a status that a reviewer gave, where the machine had found another one."""


def apply_corrections(
    rows: Sequence[ComponentValues], corrections: Mapping[str, Correction], schema: Schema
) -> list[ComponentValues]:
    """The rows with the reviewers' statuses, and each component from its parts unless it was reviewed itself.

    ``status_extracted``, ``method``, ``confidence``, ``evidence`` and ``nearest`` stay the machine's own.
    """
    by_id = {row["element_id"]: row for row in rows}
    changed: dict[str, ComponentValues] = {}
    for element in reversed(schema.elements):  # parts stand behind their component
        row = by_id.get(element.element_id)
        if row is None:
            continue
        correction = corrections.get(element.element_id)
        parts = [child.element_id for child in schema.children(element.element_id) if child.element_id in changed]
        if correction is not None:
            changed[element.element_id] = _corrected(row, correction, element, schema)
        elif parts:
            changed[element.element_id] = _rolled_up(row, element, {**by_id, **changed}, parts, schema)
    return [changed.get(row["element_id"], row) for row in rows]


def _corrected(row: ComponentValues, correction: Correction, element: Element, schema: Schema) -> ComponentValues:
    reviewed = {
        "reviewed_by": correction.reviewed_by,
        "reviewed_at": correction.reviewed_at,
        "review_note": correction.note,
    }
    if correction.status == row["status"] and not _is_unsure(row):  # the reviewer agrees
        return {**row, **reviewed}
    reason, cause = _REASONS[correction.status]
    verdict = _verdict({**row, "status": correction.status.value, "cause": cause, "reason_code": reason})
    sentence = schema.reasons[reason].format(
        title=element.title_th, revise=schema.criteria_of(element.element_id).revise_th, pages="", parts=""
    )
    return {**row, **reviewed, **_judged(row, verdict, " ".join(sentence.split()))}


def _rolled_up(
    row: ComponentValues,
    element: Element,
    rows: Mapping[str, ComponentValues],
    corrected: Sequence[str],
    schema: Schema,
) -> ComponentValues:
    children = [child for child in schema.children(element.element_id) if child.element_id in rows]
    verdicts = {child.element_id: _verdict(rows[child.element_id]) for child in children}
    verdict = roll_up(
        [verdicts[child.element_id] for child in children if child.required],
        [verdicts[child.element_id] for child in children if not child.required],
    )
    counted = [child for child in children if child.required] or children
    if verdict.status is ElementStatus.MISSING and any(_is_unsure(rows[child.element_id]) for child in counted):
        return row  # what is left of the doubt about its parts is the component's
    sentence = reason_sentence(element, verdict, verdicts, schema)
    if verdict.status == row["status"] and verdict.cause == row["cause"]:
        return {**row, "reason_code": verdict.reason, "reason_th": sentence, "look_at": []}
    note = f"คำนวณจากการแก้ไขของ {', '.join(sorted(corrected))} | follows from the corrections of these parts"
    return {**row, "review_note": note, **_judged(row, verdict, sentence)}


def _is_unsure(row: ComponentValues) -> bool:
    """Whether the machine told a "missing" as a doubt, which a person's word settles either way."""
    return row["status"] == ElementStatus.MISSING and row["reason_code"] in UNSURE


def _judged(row: ComponentValues, verdict: Verdict, sentence: str) -> ComponentValues:
    """The columns that a new status changes."""
    declared = Declared(row["declared"]) if row["declared"] else None
    return {
        "look_at": [],
        "status": verdict.status.value,
        "missing": verdict.status is ElementStatus.MISSING,
        "cause": verdict.cause.value if verdict.cause else None,
        "reason_code": verdict.reason,
        "reason_th": sentence,
        "discrepancy": is_discrepancy(declared, verdict.status),
    }


def _verdict(row: ComponentValues) -> Verdict:
    return Verdict(
        status=ElementStatus(row["status"]),
        reason=row["reason_code"],
        method=row["method"] or "",
        confidence=row["confidence"],
        cause=Cause(row["cause"]) if row["cause"] else None,
        pages_unreadable=tuple(row["pages_unreadable"] or ()),
        record_count=row["record_count"],
    )


def follow_findings(
    findings: Sequence[dict[str, Any]], before: Sequence[ComponentValues], after: Sequence[ComponentValues]
) -> list[dict[str, Any]]:
    """The findings on what the checklist declares after the corrections: resolved ones go, new ones come."""
    held = {row["element_id"]: _contradiction(row) for row in before}
    holds = {row["element_id"]: _contradiction(row) for row in after}
    kept = [
        row for row in findings if row["code"] not in _CONTRADICTIONS or holds.get(row["element_id"]) == row["code"]
    ]
    told = {row["element_id"] for row in kept if row["code"] in _CONTRADICTIONS}
    new = [
        _finding(row, code)
        for row in after
        if (code := holds[row["element_id"]]) is not None
        and code != held.get(row["element_id"])
        and row["element_id"] not in told
        and holds.get(row["parent_id"]) is None
    ]
    return [*new, *kept]


_CONTRADICTIONS: Final = frozenset({"declared_but_missing", "found_but_declared_no"})


def _contradiction(row: ComponentValues) -> str | None:
    if not row["discrepancy"]:
        return None
    return "declared_but_missing" if row["status"] == ElementStatus.MISSING else "found_but_declared_no"


def _finding(row: ComponentValues, code: str) -> dict[str, Any]:
    kind = REGISTER[code]
    return {
        "document_id": row["document_id"],
        "page_no": row["page_no"],
        "bbox": row["bbox"],
        "table_id": row["table_id"],
        "section_id": row["section_id"],
        "confidence": None,
        "code": code,
        "severity": kind.severity.value,
        "element_id": row["element_id"],
        "message_th": kind.th.format(words=row["title_th"]),
        "message_en": kind.en.format(words=row["element_id"]),
        "evidence_text": row["review_note"],
    }
