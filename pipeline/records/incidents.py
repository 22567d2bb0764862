"""Incidents that the plan names, per place: scope, impact matrix, checklist, recovery steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docmodel.vocabulary import Declared, Incident, IncidentSource, StatementKind, TableKind
from normalizers.marks import is_placeholder
from pipeline.datasets.rows import (
    ChecklistItemRow,
    IncidentRow,
    RecoveryStepRow,
    StatementRow,
)
from pipeline.records.context import RecordContext
from pipeline.records.impacts import incident_rows, upright
from pipeline.records.incident_names import NamedIncident, find_incidents, is_other_line, strip_other

_EXCLUSION = re.compile(r"ไม่(?:รองรับ|รวม|ครอบคลุม|ได้รองรับ)|ยกเว้น")
# A short item among items that are incidents is one too, though its name is not known.
OTHER_SHARE = 0.5
MAX_OTHER_CHARS = 60


def read_incidents(
    context: RecordContext,
    statements: Iterable[StatementRow],
    checklist_items: Iterable[ChecklistItemRow],
    recovery_steps: Iterable[RecoveryStepRow],
) -> tuple[IncidentRow, ...]:
    """One row per incident and place, each incident once per source."""
    rows = [
        *_from_scope(context, [row for row in statements if row.kind is StatementKind.SCOPE]),
        *_from_matrices(context),
        *_from_checklist(context, checklist_items),
        *_from_steps(context, recovery_steps),
    ]
    return _each_once(rows)


def _each_once(rows: Iterable[IncidentRow]) -> tuple[IncidentRow, ...]:
    seen: dict[tuple[str, str], IncidentRow] = {}
    for row in rows:
        name = row.incident if row.incident is not Incident.OTHER else row.incident_raw or ""
        seen.setdefault((row.source, name), row)
    return tuple(seen.values())


def _from_scope(context: RecordContext, statements: list[StatementRow]) -> Iterator[IncidentRow]:
    items = [row for row in statements if not _EXCLUSION.search(row.text)]
    known = sum(1 for row in items if find_incidents(row.text, context.vocabulary))
    for row in items:
        named = find_incidents(row.text, context.vocabulary)
        short = len(row.text) <= MAX_OTHER_CHARS
        if not named and short and items and known / len(items) > OTHER_SHARE and known >= 2:
            named = (NamedIncident(incident=Incident.OTHER, raw=row.text),)
        for incident in named:
            yield _like(row, incident, IncidentSource.SCOPE)


def _from_matrices(context: RecordContext) -> Iterator[IncidentRow]:
    for place in context.tables(TableKind.IMPACT_MATRIX):
        view = upright(place, context.vocabulary)
        for _, cell, raw, incident in incident_rows(view, context.vocabulary):
            yield IncidentRow(
                **context.cell_place(place, cell),
                incident=incident,
                incident_raw=raw,
                source=IncidentSource.IMPACT_MATRIX,
            )


def _from_checklist(context: RecordContext, items: Iterable[ChecklistItemRow]) -> Iterator[IncidentRow]:
    for row in items:
        if row.incident is None or row.declared is not Declared.YES:
            continue
        text = strip_other(row.item_text) if is_other_line(row.item_text) else row.item_text
        if not text or is_placeholder(text):
            continue
        named = find_incidents(text, context.vocabulary) or (NamedIncident(incident=row.incident, raw=text),)
        for incident in named:
            yield _like(row, incident, IncidentSource.CHECKLIST)


def _from_steps(context: RecordContext, steps: Iterable[RecoveryStepRow]) -> Iterator[IncidentRow]:
    for row in steps:
        if row.incident is not None:
            named = NamedIncident(incident=row.incident, raw=row.phase_raw or "")
            yield _like(row, named, IncidentSource.RECOVERY_STEPS)


def _like(
    row: StatementRow | ChecklistItemRow | RecoveryStepRow, named: NamedIncident, source: IncidentSource
) -> IncidentRow:
    return IncidentRow(
        document_id=row.document_id,
        page_no=row.page_no,
        bbox=row.bbox,
        table_id=row.table_id,
        section_id=row.section_id,
        confidence=row.confidence,
        incident=named.incident,
        incident_raw=named.raw or None,
        source=source,
    )
