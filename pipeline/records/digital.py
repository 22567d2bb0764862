"""Part 3 of the checklist: e-Services, digital technology and infrastructure, used or planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docmodel.vocabulary import DigitalQuestion, TableKind
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import DigitalServiceRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.items import is_unfilled, one_line, split_items
from pipeline.vocabulary import Vocabulary

# A question is a line or two; a longer text above the table speaks of everything.
MAX_LINE_CHARS = 300


def read_digital_services(context: RecordContext) -> tuple[DigitalServiceRow, ...]:
    """One row per mission (or system, where no mission is named); the form's own prompts and dashes give none."""
    rows: list[DigitalServiceRow] = []
    for place in context.tables(TableKind.DIGITAL_SERVICES):
        question = _question(place, context.vocabulary) or (rows[-1].question if rows else None)
        if question is not None:
            rows += _table_rows(context, place, question)
    return tuple(rows)


def _question(place: TablePlace, vocabulary: Vocabulary) -> DigitalQuestion | None:
    if place.view.columns_of("service_target"):
        return DigitalQuestion.INFRASTRUCTURE
    for text in place.around:
        named = vocabulary.digital_questions.labels(text) if len(text) <= MAX_LINE_CHARS else frozenset()
        question = next((question for question in vocabulary.digital_order if question in named), None)
        if question is not None:
            return question
    return None


def _table_rows(context: RecordContext, place: TablePlace, question: DigitalQuestion) -> Iterator[DigitalServiceRow]:
    view = place.view
    mission = view.column_of("mission", "check_item") or view.columns[0]
    system = next((c for c in view.columns if "system" in c.own and c.index != mission.index), None)
    system = system or next((c for c in view.columns if c.index != mission.index and "number" not in c.own), None)
    pending: DigitalServiceRow | None = None
    for row in view.body_rows:
        if view.roles[row] is RowRole.GROUP and view.table.n_cols > 2:
            continue
        work = view.own_text(row, mission.index)
        used = view.own_text(row, system.index) if system else ""
        work = "" if _says_nothing(work, context.vocabulary) else work
        used = "" if _says_nothing(used, context.vocabulary) else used
        if not work and used and pending is not None:
            pending = replace(pending, system=normalize_value(f"{pending.system or ''} {used}"))
            continue
        if not work and not used:
            continue
        if question is DigitalQuestion.INFRASTRUCTURE and not used and not work:
            continue
        if pending is not None:
            yield pending
            pending = None
        *done, pending = _rows_of(context, place, question, at=(row, mission.index), work=work, used=used)
        yield from done
    if pending is not None:
        yield pending


def _rows_of(
    context: RecordContext,
    place: TablePlace,
    question: DigitalQuestion,
    *,
    at: tuple[int, int],
    work: str,
    used: str,
) -> list[DigitalServiceRow]:
    """The rows of a table row: one, or one per item where both cells list as many."""
    missions = [item for item in split_items(work) if item.number]
    systems = [item for item in split_items(used) if item.number]
    where = context.cell_place(place, place.view.cell(*at))
    if len(missions) >= 2 and len(missions) == len(systems):
        return [
            DigitalServiceRow(
                **where, question=question, mission=normalize_value(one.text), system=normalize_value(other.text)
            )
            for one, other in zip(missions, systems, strict=True)
        ]
    name = one_line(work) if len(missions) >= 2 else split_marker(one_line(work))[1]
    return [
        DigitalServiceRow(
            **where,
            question=question,
            mission=normalize_value(name) or None,
            system=normalize_value(used) or None,
        )
    ]


def _says_nothing(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell is blank, a dash, a box, or still holds the form's prompt."""
    plain = normalize_value(split_marker(one_line(text))[1])
    return is_blank(plain) or not any(char.isalpha() for char in plain) or is_unfilled(plain, vocabulary)
