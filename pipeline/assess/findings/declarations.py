"""What the agency says of its plan against what was found, and the sets of incidents against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import Declared, ElementStatus, Incident, IncidentSource, StatementKind
from normalizers.text import thai_skeleton
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.datasets.rows import ChecklistItemRow, ComponentRow, IncidentRow
from pipeline.records.incident_names import find_incidents
from pipeline.vocabulary import load_vocabulary

# Letters of a name that two places share; shorter ones meet by chance.
MIN_SAME_LETTERS = 5
PAIR = 2
MAX_PAIR_CHARS = 60
_JOINS = re.compile(r"หรือ|และ|/")

_Incidents = dict[Incident, IncidentRow]


@finding(
    "declared_but_missing",
    Severity.ERROR,
    th="แบบตรวจสอบของหน่วยงานระบุว่ามี “{words}” แต่ไม่พบในแผน",
    en="The agency's checklist declares element {words} but the plan does not have it",
)
def declared_but_missing(context: FindingContext) -> Iterator[Observation]:
    """A line of the checklist says yes, the element is missing; a part under its missing component is not repeated."""
    flagged = {
        row.element_id
        for row in context.components
        if row.discrepancy and row.declared is Declared.YES and row.status is ElementStatus.MISSING
    }
    for row in context.components:
        if row.element_id in flagged and row.parent_id not in flagged:
            yield _contradiction(context, row)


@finding(
    "found_but_declared_no",
    Severity.INFO,
    th="แบบตรวจสอบของหน่วยงานระบุว่าไม่มี “{words}” แต่พบในแผน",
    en="The agency's checklist says there is no element {words} but the plan has it",
)
def found_but_declared_no(context: FindingContext) -> Iterator[Observation]:
    """A line of the checklist says no, the element is present."""
    for row in context.components:
        if row.discrepancy and row.declared is Declared.NO:
            yield _contradiction(context, row)


def _contradiction(context: FindingContext, row: ComponentRow) -> Observation:
    lines = _lines_of(context, row)
    met = row.evidence[0].text if row.evidence else row.nearest.text if row.nearest else None
    return Observation(
        places=(*lines, *row.evidence[:1]),
        words=(row.title_th,),
        words_en=(f"{row.element_id} ({context.schema.element(row.element_id).title_en})",),
        element_id=row.element_id,
        evidence_text=quote([*(line.item_text for line in lines), met]),
    )


def _lines_of(context: FindingContext, row: ComponentRow) -> tuple[ChecklistItemRow, ...]:
    incidents = context.schema.criteria_of(row.element_id).declared_incidents
    return tuple(
        item
        for item in context.records.checklist_items
        if item.declared is row.declared
        and (item.element_id == row.element_id or (item.incident is not None and item.incident in incidents))
    )


@finding(
    "incident_declared_not_in_scope",
    Severity.WARNING,
    element_id="2.1.scope",
    th="แบบตรวจสอบระบุว่าแผนรองรับ {words} แต่ขอบเขตและตารางผลกระทบของแผนไม่มีเหตุการณ์นี้",
    en="The checklist declares {words}, but neither the plan's scope nor its impact matrix has it",
)
def incident_declared_not_in_scope(context: FindingContext) -> Iterator[Observation]:
    """Incidents ticked in the checklist that the plan itself does not name."""
    own = {**_incidents(context, IncidentSource.IMPACT_MATRIX), **_incidents(context, IncidentSource.SCOPE)}
    declared = _incidents(context, IncidentSource.CHECKLIST)
    if own:
        yield from _difference(declared, own)


@finding(
    "incident_not_declared",
    Severity.INFO,
    element_id="2.1.scope",
    th="ขอบเขตของแผนมี {words} แต่แบบตรวจสอบของหน่วยงานไม่ได้ระบุ",
    en="The plan's scope has {words}, which the agency's checklist does not declare",
)
def incident_not_declared(context: FindingContext) -> Iterator[Observation]:
    """Incidents of the scope that the agency did not tick."""
    declared = _incidents(context, IncidentSource.CHECKLIST)
    if declared:
        yield from _difference(_incidents(context, IncidentSource.SCOPE), declared)


@finding(
    "incident_without_impact",
    Severity.WARNING,
    element_id="2.2.impacts",
    th="ขอบเขตของแผนมี {words} แต่ตารางผลกระทบไม่มีเหตุการณ์นี้",
    en="The plan's scope has {words}, but its impact matrix does not",
)
def incident_without_impact(context: FindingContext) -> Iterator[Observation]:
    """Incidents of the scope that the impact matrix does not have. OCR loses single lines, so scans are not asked."""
    matrix = _incidents(context, IncidentSource.IMPACT_MATRIX)
    if matrix and not _has_ocr(context):
        scope = _incidents(context, IncidentSource.SCOPE)
        beside = {second for pair in _pairs_of_scope(context) for second in pair if pair & matrix.keys()}
        yield from _difference({key: row for key, row in scope.items() if key not in beside}, matrix)


@finding(
    "incident_outside_scope",
    Severity.WARNING,
    element_id="2.1.scope",
    th="ตารางผลกระทบมี {words} แต่ขอบเขตของแผนไม่มีเหตุการณ์นี้",
    en="The impact matrix has {words}, but the plan's scope does not",
)
def incident_outside_scope(context: FindingContext) -> Iterator[Observation]:
    """Incidents of the impact matrix that the scope does not have. OCR loses single lines, so scans are not asked."""
    scope = _incidents(context, IncidentSource.SCOPE)
    if scope and not _has_ocr(context):
        yield from _difference(_incidents(context, IncidentSource.IMPACT_MATRIX), scope)


@finding(
    "steps_outside_scope",
    Severity.INFO,
    element_id="2.7.steps",
    th="แผนมีขั้นตอนเฉพาะสำหรับ {words} แต่ขอบเขตและตารางผลกระทบไม่มีเหตุการณ์นี้",
    en="The plan has steps for {words}, which neither its scope nor its impact matrix has",
)
def steps_outside_scope(context: FindingContext) -> Iterator[Observation]:
    """Incidents with steps of their own that the plan is not for."""
    own = {**_incidents(context, IncidentSource.IMPACT_MATRIX), **_incidents(context, IncidentSource.SCOPE)}
    if own:
        yield from _difference(_incidents(context, IncidentSource.RECOVERY_STEPS), own)


def _incidents(context: FindingContext, source: IncidentSource) -> _Incidents:
    """The incidents of a place; those without a name of their own cannot be compared."""
    return {
        row.incident: row
        for row in context.records.incidents
        if row.source is source and row.incident is not Incident.OTHER
    }


def _pairs_of_scope(context: FindingContext) -> Iterator[frozenset[Incident]]:
    """Two incidents that one short item of the scope joins ("ระบบล่มหรือถูกโจมตี"): a row for either is a row for both."""
    items = [row.text for row in context.records.statements if row.kind is StatementKind.SCOPE]
    for text in items if len(items) > 1 else ():
        named = find_incidents(text, load_vocabulary(context.schema.words_id))
        if len(named) == PAIR and len(text) <= MAX_PAIR_CHARS and _JOINS.search(text):
            yield frozenset(incident.incident for incident in named)


def _has_ocr(context: FindingContext) -> bool:
    return any(page.source is TextSource.OCR for page in context.mapped.document.pages)


def _is_named(raw: str | None, others: list[str]) -> bool:
    """Whether the other place has the same words, though they were taken for another kind of incident."""
    key = thai_skeleton(raw or "")
    return len(key) >= MIN_SAME_LETTERS and any(
        key in other or (len(other) >= MIN_SAME_LETTERS and other in key) for other in others
    )


def _difference(these: _Incidents, those: _Incidents) -> Iterator[Observation]:
    named = [thai_skeleton(row.incident_raw or "") for row in those.values()]
    rows = tuple(
        row for incident, row in these.items() if incident not in those and not _is_named(row.incident_raw, named)
    )
    if rows:
        yield Observation(
            places=rows,
            words=tuple(row.incident_raw or row.incident for row in rows),
            words_en=tuple(row.incident for row in rows),
            evidence_text=quote(row.incident_raw for row in rows),
        )
