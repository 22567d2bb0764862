"""Whether a rule of the criteria holds for a plan, and the evidence that it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from docmodel.table import Cell, Table
from normalizers.phones import is_phone_alone
from pipeline.assess.content import is_real, names_empty_row, section_content
from pipeline.assess.phrases import compact, fits
from pipeline.assess.plan_text import Passage, PassageKind, PlanText, shorten
from pipeline.assess.submission import Submission
from pipeline.assess.table_cells import cells_beside, wanted_cells
from pipeline.datasets.columns import PlacedRow
from pipeline.datasets.rows import Evidence
from pipeline.schema_files.criteria import (
    LeadRule,
    RecordsRule,
    Rule,
    SectionRule,
    SubmissionRule,
    TableRule,
    TextRule,
    TextTest,
)
from pipeline.values import Records

MAX_EVIDENCE: Final = 5
_NO_TEST: Final = TextTest()
# What a row is shown by, per dataset.
SHOWN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "statements": ("text",),
    "incidents": ("incident_raw",),
    "impacts": ("incident_raw", "dimension"),
    "team_members": ("person_name", "role_raw"),
    "strategies": ("text",),
    "bia_processes": ("process_name", "urgency_raw", "rto_raw"),
    "resource_requirements": ("resource_raw", "bucket_raw", "cell_raw"),
    "recovery_steps": ("text", "responsible"),
    "call_tree": ("text",),
    "checklist_items": ("item_text",),
    "digital_services": ("mission", "system"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that holds: how sure it is, what it rests on and how many records stand behind it."""

    reason: str
    method: str
    confidence: float
    evidence: tuple[Evidence, ...]
    record_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a rule can look at."""

    plan: PlanText
    records: Records
    submission: Submission


def evaluate(rule: Rule, case: Case) -> Hit | None:
    """The hit of a rule, None where it does not hold."""
    match rule:
        case RecordsRule():
            return _records(rule, case)
        case SectionRule():
            return _section(rule, case)
        case TextRule():
            return _text(rule, case)
        case LeadRule():
            return _lead(rule, case)
        case TableRule():
            return _table(rule, case)
        case SubmissionRule():
            return _submission(rule, case)


def _records(rule: RecordsRule, case: Case) -> Hit | None:
    rows: tuple[PlacedRow, ...] = getattr(case.records, rule.dataset)
    asked: Sequence[PlacedRow] = rows
    for name, allowed in rule.where.items():
        asked = [row for row in asked if value_text(row, name) in allowed]
    fitting = _fitting(asked, rule, case.plan)
    if len(fitting) < rule.at_least or len(fitting) < rule.share * len(asked):
        return None
    if any(len({value_text(row, name) for row in rows}) > 1 for name in rule.same):
        return None
    best = sorted(fitting, key=lambda row: -(1.0 if row.confidence is None else row.confidence))
    trust = 1.0 if best[0].confidence is None else best[0].confidence
    return Hit(
        reason=rule.reason,
        method="records",
        confidence=rule.confidence * (0.7 + 0.3 * trust),
        evidence=tuple(row_evidence(row, rule.dataset) for row in best[:MAX_EVIDENCE]),
        record_count=len(fitting),
    )


def _fitting(rows: Sequence[PlacedRow], rule: RecordsRule, plan: PlanText) -> Sequence[PlacedRow]:
    """The rows that pass all that a rule asks of a row."""
    for name in rule.filled:
        rows = [row for row in rows if _is_filled(row, name, plan)]
    if rule.filled_any:
        rows = [row for row in rows if any(_is_filled(row, name, plan) for name in rule.filled_any)]
    for name in rule.blank:
        rows = [row for row in rows if not _is_filled(row, name, plan)]
    for name, limit in rule.over.items():
        rows = [row for row in rows if _exceeds(row, name, limit)]
    if rule.test != _NO_TEST:
        rows = [row for row in rows if plan.book.holds(rule.test, _tested_text(row, rule))]
    return rows


def _tested_text(row: PlacedRow, rule: RecordsRule) -> str:
    return compact(" ".join(value_text(row, name) for name in rule.fields))


def _is_filled(row: PlacedRow, name: str, plan: PlanText) -> bool:
    value = getattr(row, name)
    if value is None or value is False or value == []:
        return False
    return is_real(value, plan) if isinstance(value, str) and not isinstance(value, Enum) else True


def _exceeds(row: PlacedRow, name: str, limit: float) -> bool:
    """Whether a number exceeds a limit; a row without a confidence is certain."""
    value = getattr(row, name)
    return name == "confidence" if value is None else float(value) > limit


def value_text(row: PlacedRow, name: str) -> str:
    """A column's value as the criteria write it: enum values and booleans in lower case, "" for null."""
    value: Any = getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)  # of an enum of texts its value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value if isinstance(value, Enum) else value)


def row_evidence(row: PlacedRow, dataset: str) -> Evidence:
    """A record as evidence of a verdict."""
    words = [value_text(row, name) for name in SHOWN_FIELDS.get(dataset, ()) if hasattr(row, name)]
    return Evidence(
        page_no=row.page_no,
        bbox=row.bbox,
        text=shorten(" · ".join(word for word in words if word)),
        section_id=row.section_id,
        table_id=row.table_id,
    )


def _section(rule: SectionRule, case: Case) -> Hit | None:
    plan = case.plan
    found: list[tuple[float, int, tuple[Evidence, ...]]] = []
    for section in plan.sections_of(rule.of):
        if plan.is_shared(section.section_id) and not _tests_heading(rule):
            continue
        for part in plan.branch(section) if _tests_heading(rule) else (section,):
            heading = compact(part.heading.text) if part.heading else ""
            if not plan.book.holds(rule.heading, heading):
                continue
            content = section_content(part, plan)
            if content.unfilled or content.chars < rule.min_chars:
                continue
            passages = [passage for passage in content.real if plan.book.holds(rule.test, passage.compact)]
            if passages:
                longest = sorted(passages, key=lambda passage: -len(passage.compact))[:MAX_EVIDENCE]
                score = plan.section_score(section.section_id)
                found.append((score, content.chars, tuple(passage.evidence() for passage in longest)))
    if not found:
        return None
    score, _, evidence = max(found, key=lambda item: (item[0], item[1]))
    return Hit(
        reason=rule.reason, method="section", confidence=rule.confidence * (0.7 + 0.3 * score), evidence=evidence
    )


def _tests_heading(rule: SectionRule) -> bool:
    return bool(rule.heading.phrases or rule.heading.lasts_over_hours)


def _text(rule: TextRule, case: Case) -> Hit | None:
    within = set(rule.within)
    kinds = {PassageKind.TEXT, PassageKind.CELL, *((PassageKind.HEADING,) if rule.headings else ())}
    passages = [
        passage
        for passage in (case.plan.passages[number] for number in case.plan.index.saying_all(rule.test))
        if passage.is_evidence
        and passage.kind in kinds
        and (not within or within & passage.labels)
        and not (rule.outside and _is_under(passage.labels, rule.outside) and _has_own_place(passage, case.plan))
        and fits(rule.test, passage.compact)
        and is_real(passage.text, case.plan)
        and not names_empty_row(passage, case.plan)
        and (rule.under == _NO_TEST or _is_headed(passage.section_id, rule.under, case.plan))
    ]
    if len(passages) < rule.at_least:
        return None
    return Hit(
        reason=rule.reason,
        method="text",
        confidence=rule.confidence,
        evidence=tuple(passage.evidence() for passage in passages[:MAX_EVIDENCE]),
    )


def _has_own_place(passage: Passage, plan: PlanText) -> bool:
    """Whether a passage stands where its labels say: what opens a document without a heading takes them from a table
    further down."""
    return passage.table_id is not None or plan.heading(passage.section_id) is not None


def _is_headed(section_id: str, test: TextTest, plan: PlanText) -> bool:
    """Whether the heading of a section, or one above it, passes a test."""
    return any(plan.book.holds(test, heading) for heading in plan.headings_above(section_id))


@lru_cache(maxsize=2048)
def _is_under(labels: frozenset[str], elements: tuple[str, ...]) -> bool:
    """Whether all labels of a place are these elements or parts of them; a place without labels is under none."""
    return bool(labels) and all(
        any(label == element or label.startswith(f"{element}.") for element in elements) for label in labels
    )


def _lead(rule: LeadRule, case: Case) -> Hit | None:
    leading = frozenset(case.plan.index.passing(rule.test))
    if not leading:
        return None
    following = frozenset(case.plan.index.passing(rule.follow))
    numbers = case.plan.told
    for index, lead_number in enumerate(numbers):
        lead = case.plan.passages[lead_number]
        if len(lead.compact) > rule.max_chars or lead_number not in leading:
            continue
        # A line that ends in a page number belongs to a table of contents that was not seen as one.
        if lead.compact[-1:].isdigit():
            continue
        near = [
            (number, passage)
            for number in numbers[index + 1 : index + 1 + rule.reach]
            if (passage := case.plan.passages[number]).section_id == lead.section_id
            and is_real(passage.text, case.plan)
        ]
        if not any(number in following for number, _ in near):
            continue
        after = [passage for _, passage in near]
        if sum(len(passage.compact) for passage in after) >= rule.follow_chars:
            return Hit(
                reason=rule.reason,
                method="lead",
                confidence=rule.confidence,
                evidence=tuple(passage.evidence() for passage in (*after, lead)[:MAX_EVIDENCE]),
            )
    return None


def _table(rule: TableRule, case: Case) -> Hit | None:
    found: list[tuple[Table, Cell]] = []
    for table, match in case.plan.table_matches:
        if match.kind not in rule.kinds or (rule.dimension is not None and match.dimension is not rule.dimension):
            continue
        if rule.heads and not _has_heads(table, rule, case.plan):
            continue
        groups = (
            cells_beside(table, rule.beside, case.plan)
            if rule.beside
            else wanted_cells(table, rule.columns, rule.rows, case.plan)
        )
        found += [
            (table, cell)
            for cells in groups
            for cell in cells
            if is_real(cell.text, case.plan) and not (rule.words and is_phone_alone(cell.text))
        ]
    if len(found) < rule.at_least:
        return None
    return Hit(
        reason=rule.reason,
        method="table",
        confidence=rule.confidence,
        evidence=tuple(_cell_evidence(table, cell) for table, cell in found[:MAX_EVIDENCE]),
    )


def _has_heads(table: Table, rule: TableRule, plan: PlanText) -> bool:
    """Whether each of the rule's phrase sets, or as many as it asks for, is said by a head of the table."""
    parts = plan.parts(table)
    said = sum(bool(parts.columns_saying((name,))) for name in rule.heads)
    return said >= (len(rule.heads) if rule.heads_from is None else rule.heads_from)


def _cell_evidence(table: Table, cell: Cell) -> Evidence:
    box = cell.provenance.bbox
    return Evidence(
        page_no=cell.provenance.page_number,
        bbox=box.as_list() if box else None,
        text=shorten(cell.text),
        table_id=table.table_id,
    )


def _submission(rule: SubmissionRule, case: Case) -> Hit | None:
    if not set(rule.formats) <= case.submission.formats:
        return None
    files = tuple(Evidence(text=path) for path in case.submission.source_paths[:MAX_EVIDENCE])
    return Hit(reason=rule.reason, method="submission", confidence=rule.confidence, evidence=files)


def column_names(row_class: type[PlacedRow]) -> frozenset[str]:
    """The columns that criteria may name for a dataset."""
    return frozenset(field.name for field in fields(row_class))
