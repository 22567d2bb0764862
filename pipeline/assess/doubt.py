"""What of a plan nothing explains: the places where an element that was not found may stand in unknown words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log1p
from typing import Final

from docmodel.outline import Section
from docmodel.vocabulary import ElementStatus, TableKind
from pipeline.assess.plan_text import Passage, PassageKind, PlanText, shorten
from pipeline.assess.verdict import ABSENT_CONFIDENCE, Verdict
from pipeline.mapping.lexicon import APPENDIX, TITLE
from pipeline.schema import Element, Schema
from pipeline.schema_files.calibration import DoubtSign

# Shorter text under a heading or in a table is nothing that a rule would take.
_MIN_CHARS: Final = 30
# Lines of a cover are shorter; in front of the first heading only longer ones are running text.
_MIN_RUNNING_CHARS: Final = 60
# A text of this many letters is long enough to hold a plan: a longer one makes the parts it lacks no less likely.
_WHOLE_PLAN_CHARS: Final = 1500
# What these labels say of a section is where it stands, not what it is about.
_NO_SUBJECT: Final = frozenset({TITLE, APPENDIX})
# Keys of reasons.yaml; a schema without them keeps the reason of the search.
UNSURE_PLACES: Final = "unsure_places"
UNSURE_LACKING: Final = "unsure_lacking"
UNSURE: Final = frozenset({UNSURE_PLACES, UNSURE_LACKING})
NO_DOUBT: Final = {"count": "", "places": "", "found": "", "asked": ""}
_FOUND: Final = (ElementStatus.PRESENT, ElementStatus.PARTIAL)


# Below this a "missing" is told as a doubt, the same limit by which the report and the letters ask instead of telling.
DOUBTFUL: Final = 0.6
# So many places tell an analyst where to begin.
_SHOWN: Final = 3
_SHOWN_CHARS: Final = 60


class PlaceKind(StrEnum):
    """What a place is called in a sentence."""

    HEADING = "หัวข้อ"
    TABLE = "ตาราง"
    TEXT = "ข้อความ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A heading, table or passage that nothing explains, by its first words. ``page_no`` is None without pages."""

    kind: PlaceKind
    text: str
    page_no: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How much of a plan may not have been understood.

    ``places`` are what nothing explains, in reading order. ``found`` of ``asked`` required parts are there; ``text``
    (0–1) says how much of a plan the letters of the body could hold.
    """

    places: tuple[Place, ...] = ()
    found: int = 0
    asked: int = 0
    text: float = 0.0

    def signs(self, verdict: Verdict) -> Mapping[DoubtSign, float]:
        """The signs that the calibration of "missing" weighs; the tenth place says less than the first, and what came
        near takes from the rules' own confidence."""
        return {
            DoubtSign.PLACES: log1p(len(self.places)),
            DoubtSign.LACKING: self.text * (1 - self.found / self.asked) if self.asked else 0.0,
            DoubtSign.NEAR: max(0.0, ABSENT_CONFIDENCE - verdict.confidence),
        }

    def told(self) -> tuple[str, dict[str, str]]:
        """The reason of a doubtful "missing" and what its sentence is filled with; people's words stay out of it."""
        if not self.places:
            return UNSURE_LACKING, {"found": str(self.found), "asked": str(self.asked)}
        shown = [_named(place) for place in self.places[:_SHOWN]]
        more = " เป็นต้น" if len(self.places) > _SHOWN else ""
        return UNSURE_PLACES, {"count": str(len(self.places)), "places": ", ".join(dict.fromkeys(shown)) + more}


def weigh(verdict: Verdict, doubt: Doubt, schema: Schema) -> tuple[Verdict, float]:
    """The verdict with what its confidence is worth; a "missing" that is more doubt than knowledge says so.

    The verdict on files that did not come is none of a search and keeps its own.
    """
    model = schema.calibration.missing
    if verdict.status is not ElementStatus.MISSING or verdict.method == "submission" or model is None:
        return verdict, schema.calibrated(verdict.confidence, verdict.status)
    worth = model.worth(doubt.signs(verdict))
    reason, _ = doubt.told()
    if worth >= DOUBTFUL or reason not in schema.reasons:
        return verdict, worth
    return replace(verdict, reason=reason), worth


def _named(place: Place) -> str:
    words = f" “{place.text[:_SHOWN_CHARS]}”" if place.kind is PlaceKind.HEADING else ""
    return f"{place.kind}{words}" + (f" หน้า {place.page_no}" if place.page_no is not None else "")


def find_doubt(plan: PlanText, verdicts: Mapping[str, Verdict]) -> Doubt:
    """What is left of the body after all that the mapping labels and all that a verdict cites.

    Front matter, quotations, the checklist and other parts that the schema names as outside are explained. A section
    is one place, with all under it; under a heading that is understood, each table of no known kind is one.
    """
    cited = [item for verdict in verdicts.values() if verdict.status in _FOUND for item in verdict.evidence]
    sections = {item.section_id for item in cited}
    tables, texts = {item.table_id for item in cited}, {item.text for item in cited}
    places: list[Place] = []
    for section in plan.mapped.outline.sections:
        passages = [
            passage
            for passage in plan.passages_by_section.get(section.section_id, ())
            if passage.is_evidence and passage.kind is not PassageKind.HEADING
        ]
        about = plan.labels[section.section_id] - _NO_SUBJECT
        if section.heading is not None and not about and section.section_id not in sections:
            places += _unknown_section(section, passages)
            continue
        places += [
            place
            for table_id in dict.fromkeys(passage.table_id for passage in passages)
            if table_id is not None and table_id not in tables
            for place in _unknown_table(plan, table_id, passages)
        ]
        if section.heading is None:
            places += [
                _place(PlaceKind.TEXT, passage)
                for passage in passages
                if passage.table_id is None
                and len(passage.compact) >= _MIN_RUNNING_CHARS
                and shorten(passage.text) not in texts
            ]
    asked = [verdicts[element.element_id] for element in plan.schema.elements if _is_asked(element, plan, verdicts)]
    chars = sum(len(passage.compact) for passage in plan.passages if passage.is_evidence)
    return Doubt(
        places=tuple(places),
        found=sum(verdict.status is not ElementStatus.MISSING for verdict in asked),
        asked=len(asked),
        text=min(1.0, chars / _WHOLE_PLAN_CHARS),
    )


def _unknown_section(section: Section, passages: list[Passage]) -> list[Place]:
    if section.heading is None or sum(len(passage.compact) for passage in passages) < _MIN_CHARS:
        return []
    return [
        Place(
            kind=PlaceKind.HEADING,
            text=shorten(section.heading.text),
            page_no=section.heading.provenance.page_number,
        )
    ]


def _unknown_table(plan: PlanText, table_id: str, passages: list[Passage]) -> list[Place]:
    match = plan.mapping_of(table_id)
    cells = [passage for passage in passages if passage.table_id == table_id]
    if match is None or match.kind is not TableKind.OTHER or sum(len(cell.compact) for cell in cells) < _MIN_CHARS:
        return []
    return [_place(PlaceKind.TABLE, cells[0])]


def _place(kind: PlaceKind, passage: Passage) -> Place:
    return Place(kind=kind, text=shorten(passage.text), page_no=passage.provenance.page_number)


def _is_asked(element: Element, plan: PlanText, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether a required part of its own could have been found in the text."""
    verdict = verdicts[element.element_id]
    return (
        element.required
        and verdict.method != "submission"
        and verdict.status is not ElementStatus.NOT_APPLICABLE
        and not plan.schema.children(element.element_id)
    )
