"""Places of a plan that nothing explains: neither what the mapping labels nor what a verdict cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import ElementStatus, TableKind
from pipeline.assess.plan_text import Passage, PassageKind, PlanText, shorten
from pipeline.assess.verdict import Verdict
from pipeline.mapping.lexicon import APPENDIX, TITLE

# Shorter text under a heading or in a table is nothing that a rule would take.
_MIN_CHARS: Final = 30
# Lines of a cover are shorter; in front of the first heading only longer ones are running text.
_MIN_RUNNING_CHARS: Final = 60
# What these labels say of a section is where it stands, not what it is about.
_NO_SUBJECT: Final = frozenset({TITLE, APPENDIX})
_FOUND: Final = (ElementStatus.PRESENT, ElementStatus.PARTIAL)

Numbered = tuple[int, Passage]
"""A passage with its number among the plan's."""
Bodies = Mapping[str, Sequence[Numbered]]


class PlaceKind(StrEnum):
    """What a place is called in a sentence."""

    HEADING = "หัวข้อ"
    TABLE = "ตาราง"
    TEXT = "ข้อความ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A heading, table or passage by its first words. ``page_no`` is None without pages.

    ``is_named`` says that the words are a name, the heading or the table's caption, and none of a person.
    ``passages`` are the numbers of what stands there, among the plan's passages.
    """

    kind: PlaceKind
    text: str
    page_no: int | None
    section_id: str
    table_id: str | None = None
    is_named: bool = False
    passages: frozenset[int] = field(default=frozenset(), repr=False)


def find_places(plan: PlanText, bodies: Bodies, verdicts: Mapping[str, Verdict]) -> tuple[Place, ...]:
    """What is left of the body after all that the mapping labels and all that a verdict cites, in reading order.

    Front matter, quotations, the checklist and other parts that the schema names as outside are explained. A section
    is one place, with all under it; under a heading that is understood, each table of no known kind is one.
    """
    cited = [item for verdict in verdicts.values() if verdict.status in _FOUND for item in verdict.evidence]
    sections = {item.section_id for item in cited}
    tables, texts = {item.table_id for item in cited}, {item.text for item in cited}
    places: list[Place] = []
    for section in plan.mapped.outline.sections:
        body = bodies.get(section.section_id, [])
        about = plan.labels[section.section_id] - _NO_SUBJECT
        if section.heading is not None and not about and section.section_id not in sections:
            if _chars(body) >= _MIN_CHARS:
                places.append(_section_place(section, section.heading, body))
            continue
        for cells in _tables(body):
            table_id = cells[0][1].table_id
            match = plan.mapping_of(table_id) if table_id is not None else None
            unknown = match is not None and match.kind is TableKind.OTHER
            if unknown and table_id not in tables and _chars(cells) >= _MIN_CHARS:
                places.append(_place(PlaceKind.TABLE, cells))
        if section.heading is None:
            places += [
                _place(PlaceKind.TEXT, [(number, passage)])
                for number, passage in body
                if passage.table_id is None
                and len(passage.compact) >= _MIN_RUNNING_CHARS
                and shorten(passage.text) not in texts
            ]
    return tuple(places)


def find_home(plan: PlanText, bodies: Bodies, labels: frozenset[str], kinds: frozenset[TableKind]) -> tuple[Place, ...]:
    """Where something stands that carries one of the labels, and the tables of one of the kinds elsewhere.

    Of a section with its subsections only the topmost is given.
    """
    home = {section_id for section_id, own in plan.labels.items() if own & labels}
    places: dict[str, list[Place]] = {}
    for section_id in home:
        section = plan.section(section_id)
        if section.heading is not None and section.parent_id not in home:
            places[section_id] = [_section_place(section, section.heading, bodies.get(section_id, []))]
    for table, match in plan.table_matches:
        if match.kind in kinds and match.section_id is not None and match.section_id not in home:
            body = bodies.get(match.section_id, [])
            cells = [(number, passage) for number, passage in body if passage.table_id == table.table_id]
            if cells:
                places.setdefault(match.section_id, []).append(_place(PlaceKind.TABLE, cells))
    return tuple(place for section in plan.mapped.outline.sections for place in places.get(section.section_id, ()))


def _section_place(section: Section, heading: TextBlock, body: Sequence[Numbered]) -> Place:
    return Place(
        kind=PlaceKind.HEADING,
        text=shorten(heading.text),
        page_no=heading.provenance.page_number,
        section_id=section.section_id,
        is_named=True,
        passages=frozenset(number for number, _ in body),
    )


def _place(kind: PlaceKind, passages: Sequence[Numbered]) -> Place:
    first = passages[0][1]
    return Place(
        kind=kind,
        text=shorten(first.text),
        page_no=first.provenance.page_number,
        section_id=first.section_id,
        table_id=first.table_id,
        is_named=first.kind is PassageKind.CAPTION,
        passages=frozenset(number for number, _ in passages),
    )


def find_bodies(plan: PlanText) -> Bodies:
    """What may be evidence under each section's heading, by its id."""
    found: dict[str, list[Numbered]] = {}
    for number, passage in enumerate(plan.passages):
        if passage.is_evidence and passage.kind is not PassageKind.HEADING:
            found.setdefault(passage.section_id, []).append((number, passage))
    return found


def _tables(body: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """The passages of each table."""
    found: dict[str, list[Numbered]] = {}
    for number, passage in body:
        if passage.table_id is not None:
            found.setdefault(passage.table_id, []).append((number, passage))
    yield from found.values()


def _chars(body: Sequence[Numbered]) -> int:
    return sum(len(passage.compact) for _, passage in body)
