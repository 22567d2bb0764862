"""One row per element of the schema for a plan: the flags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docmodel.vocabulary import Cause, Declared, DocumentClass, ElementStatus
from pipeline.assess.doubt import KEPT_PLACES, NO_DOUBT, UNSURE, PlanDoubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.readability import find_unreadable_pages, mean_quality
from pipeline.assess.rollup import roll_up
from pipeline.assess.rules import Case
from pipeline.assess.submission import Submission, single_file
from pipeline.assess.verdict import Verdict, judge
from pipeline.datasets.rows import ChecklistItemRow, ComponentRow
from pipeline.schema import Element, Schema
from pipeline.values import Identity, Records

# How much of a verdict's confidence survives on text that cannot be trusted at all.
_QUALITY_FLOOR: Final = 0.7
_UNKNOWN_TYPE_CONFIDENCE: Final = 0.5
# A title that ends in brackets needs a space before the Thai that follows.
_CLOSED: Final = re.compile(r"\)(?=[ก-ฮเ-ไ])")


def assess_components(
    plan: PlanText,
    identity: Identity,
    records: Records,
    submission: Submission | None = None,
) -> tuple[ComponentRow, ...]:
    """The verdict on every element of the schema, in the schema's order; nothing for what is not a plan.

    ``submission`` says which files came for the plan; without it the document counts as having come alone.
    """
    if identity.document_class is not DocumentClass.BCP_PLAN:
        return ()
    document, schema = plan.mapped.document, plan.schema
    verdicts = judge_elements(plan, identity, records, submission)
    doubt = PlanDoubt(plan, verdicts)
    trust = _QUALITY_FLOOR + (1 - _QUALITY_FLOOR) * mean_quality(document)
    declared = _declarations(records.checklist_items, schema)
    return tuple(
        _row(
            document.source.document_id,
            element,
            verdicts,
            declared.get(element.element_id),
            schema=schema,
            trust=trust,
            doubt=doubt,
        )
        for element in schema.elements
    )


def judge_elements(
    plan: PlanText, identity: Identity, records: Records, submission: Submission | None = None
) -> dict[str, Verdict]:
    """The verdict on every element by its id, before what it is worth is weighed (see ``assess_components``)."""
    document, schema = plan.mapped.document, plan.schema
    case = Case(
        plan=plan,
        records=records,
        submission=submission or single_file(document.media_type, document.source.source_path),
    )
    pages = find_unreadable_pages(document)
    verdicts: dict[str, Verdict] = {}
    for element in reversed(schema.elements):
        verdicts[element.element_id] = _judge_element(element, case, identity, pages, verdicts)
    return verdicts


def _judge_element(
    element: Element, case: Case, identity: Identity, pages: tuple[int, ...], verdicts: dict[str, Verdict]
) -> Verdict:
    if element.applies_to and identity.agency_type not in element.applies_to:
        known = identity.agency_type is not None
        return Verdict(
            status=ElementStatus.NOT_APPLICABLE,
            reason="not_applicable" if known else "type_unknown",
            method="agency_type",
            confidence=1.0 if known else _UNKNOWN_TYPE_CONFIDENCE,
        )
    children = case.plan.schema.children(element.element_id)
    if children:
        return roll_up(
            [verdicts[child.element_id] for child in children if child.required],
            [verdicts[child.element_id] for child in children if not child.required],
        )
    return judge(element, case.plan.schema.criteria_of(element.element_id), case, pages)


def _row(
    document_id: str,
    element: Element,
    verdicts: dict[str, Verdict],
    declared: Declared | None,
    *,
    schema: Schema,
    trust: float,
    doubt: PlanDoubt,
) -> ComponentRow:
    verdict, worth = doubt.weigh(element)
    unsure = verdict.reason in UNSURE
    first = verdict.evidence[0] if verdict.evidence else None
    return ComponentRow(
        document_id=document_id,
        page_no=first.page_no if first else None,
        bbox=first.bbox if first else None,
        table_id=first.table_id if first else None,
        section_id=first.section_id if first else None,
        element_id=element.element_id,
        parent_id=element.parent_id,
        level=element.level,
        title_th=element.title_th,
        required=element.required,
        status=verdict.status,
        missing=verdict.status is ElementStatus.MISSING,
        confidence=round(worth * trust, 3),
        method=verdict.method,
        cause=verdict.cause,
        reason_code=verdict.reason,
        reason_th=reason_sentence(element, verdict, verdicts, schema, doubt.told(element)[1] if unsure else None),
        evidence=list(verdict.evidence),
        nearest=verdict.nearest.nearest if verdict.nearest else None,
        nearest_why=verdict.nearest.why if verdict.nearest else None,
        look_at=list(doubt.look_at(element, KEPT_PLACES)) if unsure else [],
        pages_unreadable=list(verdict.pages_unreadable),
        record_count=verdict.record_count,
        declared=declared,
        discrepancy=is_discrepancy(declared, verdict.status),
        status_extracted=verdict.status,
    )


def is_discrepancy(declared: Declared | None, status: ElementStatus) -> bool:
    """Whether the agency's checklist contradicts the verdict."""
    return (declared is Declared.YES and status is ElementStatus.MISSING) or (
        declared is Declared.NO and status is ElementStatus.PRESENT
    )


def reason_sentence(
    element: Element,
    verdict: Verdict,
    verdicts: dict[str, Verdict],
    schema: Schema,
    told: Mapping[str, str] | None = None,
) -> str:
    """The Thai sentence for the agency, from the schema's template of the verdict's reason.

    ``told`` fills what a doubtful "missing" says; a person's verdict has none.
    """
    open_parts = [
        child.title_th
        for child in schema.children(element.element_id)
        if child.required and verdicts[child.element_id].status is not ElementStatus.PRESENT
    ]
    pages = ", ".join(str(page) for page in verdict.pages_unreadable)
    sentence = schema.reasons[verdict.reason].format(
        **{**NO_DOUBT, **(told or {})},
        title=element.title_th,
        revise=schema.criteria_of(element.element_id).revise_th,
        pages=f" (หน้า {pages})" if pages and verdict.cause is Cause.UNREADABLE_PAGE else "",
        parts=" ".join(open_parts),
    )
    return _CLOSED.sub(") ", " ".join(sentence.split()))


def _declarations(items: tuple[ChecklistItemRow, ...], schema: Schema) -> dict[str, Declared]:
    """What the checklist says of each element: its own line, else what all lines of its subelements agree on."""
    said: dict[str, Declared] = {}
    for element in schema.elements:
        incidents = schema.criteria_of(element.element_id).declared_incidents
        lines = [
            item.declared
            for item in items
            if item.element_id == element.element_id or (item.incident is not None and item.incident in incidents)
        ]
        answer = _one_answer(lines)
        if answer is not None:
            said[element.element_id] = answer
    for element in schema.elements:
        if said.get(element.element_id) in (None, Declared.BLANK):
            below = [said.get(child.element_id) for child in schema.children(element.element_id) if child.required]
            if below and below[0] in (Declared.YES, Declared.NO) and len(set(below)) == 1:
                said[element.element_id] = below[0]
    return said


def _one_answer(lines: list[Declared]) -> Declared | None:
    """Yes or no where a line says so (the first that does), blank where lines are there but say nothing."""
    return next((line for line in lines if line is not Declared.BLANK), Declared.BLANK if lines else None)
