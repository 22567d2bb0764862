"""How much a "missing" is worth: signs that the plan, or the part where the element would stand, was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from docmodel.vocabulary import ElementStatus
from pipeline.assess.fitting import Groups, share_said, telling_sets, word_groups, words_said
from pipeline.assess.plan_text import PassageKind, PlanText, shorten
from pipeline.assess.unexplained import Bodies, Place, find_bodies, find_home, find_places
from pipeline.assess.verdict import ABSENT_CONFIDENCE, Verdict
from pipeline.datasets.look_at import LookAt
from pipeline.schema import Element
from pipeline.schema_files.calibration import DoubtSign
from pipeline.schema_files.criteria import ElementCriteria

# A text of this many letters is long enough to hold a plan: a longer one makes the parts it lacks no less likely.
_WHOLE_PLAN_CHARS: Final = 1500
# What the least sure of the rules leaves open; where nothing at all was found, nothing says that words are known.
_LEAST_SURE: Final = 0.4
# Shorter lines lead to what follows or are items of a list.
_PARAGRAPH_CHARS: Final = 25
# So many paragraphs that prove nothing are half of the sign: verdicts cite a few of those that prove something.
_SOME_PARAGRAPHS: Final = 3
# Below this a "missing" is told as a doubt, the same limit by which the report and the letters ask instead of telling.
DOUBTFUL: Final = 0.6
# So many places tell an analyst where to begin.
_SHOWN: Final = 3
_SHOWN_CHARS: Final = 60
# So many places of an element are kept with its verdict; a person who has looked at these knows the plan.
KEPT_PLACES: Final = 20
# Keys of reasons.yaml; a schema without them keeps the reason of the search.
UNSURE_HOME: Final = "unsure_home"
UNSURE_PLACES: Final = "unsure_places"
UNSURE_LACKING: Final = "unsure_lacking"
UNSURE: Final = frozenset({UNSURE_HOME, UNSURE_PLACES, UNSURE_LACKING})
NO_DOUBT: Final = {"count": "", "places": "", "found": "", "asked": ""}


class PlanDoubt:
    """What speaks against the "missing" verdicts of one plan; nothing is looked for until one of them is weighed."""

    def __init__(self, plan: PlanText, verdicts: Mapping[str, Verdict]) -> None:
        self.plan = plan
        self._verdicts = verdicts
        self._homes: dict[str, tuple[Place, ...]] = {}
        self._fitting: dict[str, tuple[Place, ...]] = {}
        self._asked_words: dict[str, Groups] = {}

    def weigh(self, element: Element) -> tuple[Verdict, float]:
        """An element's verdict and what its confidence is worth; a "missing" that is more doubt than knowledge says so.

        The verdict on files that did not come is none of a search and keeps its own.
        """
        verdict, schema = self._verdicts[element.element_id], self.plan.schema
        model = schema.calibration.missing
        if verdict.status is not ElementStatus.MISSING or verdict.method == "submission" or model is None:
            return verdict, schema.calibrated(verdict.confidence, verdict.status)
        worth = model.worth(self.signs(element))
        if worth >= DOUBTFUL:
            return verdict, worth
        reason, _ = self.told(element)
        return (replace(verdict, reason=reason) if reason in schema.reasons else verdict), worth

    def signs(self, element: Element) -> Mapping[DoubtSign, float]:
        """The signs that the calibration of "missing" weighs, each 0 where nothing speaks against it (0–1)."""
        groups = self._groups(element)
        unknown = len(self.places)
        return {
            DoubtSign.PLACES: unknown / (unknown + 1),
            DoubtSign.FITTING: share_said(groups, self._in_places, self.plan),
            DoubtSign.HALF: share_said(groups, self._evidence, self.plan),
            DoubtSign.HOME: float(bool(self.home(element))),
            DoubtSign.LACKING: self._lacking,
            DoubtSign.LIKENESS: self._likeness,
            DoubtSign.NEAR: max(0.0, ABSENT_CONFIDENCE - self._verdicts[element.element_id].confidence),
            DoubtSign.REQUIRED: float(element.required),
            DoubtSign.UNSURE: self._unsure,
            DoubtSign.UNREAD: self._unread,
        }

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What nothing in the plan explains, in reading order."""
        return find_places(self.plan, self._bodies, self._verdicts)

    def home(self, element: Element) -> tuple[Place, ...]:
        """Where parts of the element's component stand: there an analyst would look for it first."""
        component = self.plan.schema.component_of(element.element_id)
        if component not in self._homes:
            self._homes[component] = self._find_home(component)
        return self._homes[component]

    @cached_property
    def asked(self) -> tuple[int, int]:
        """How many required parts that could stand in the text there are, and how many of them were found."""
        schema = self.plan.schema
        asked = [
            self._verdicts[element.element_id]
            for element in schema.elements
            if element.required
            and self._verdicts[element.element_id].method != "submission"
            and self._verdicts[element.element_id].status is not ElementStatus.NOT_APPLICABLE
            and not schema.children(element.element_id)
        ]
        return len(asked), sum(verdict.status is not ElementStatus.MISSING for verdict in asked)

    def look_at(self, element: Element, limit: int | None = None) -> tuple[LookAt, ...]:
        """The places to look at before the element is called missing: its home, then what nothing explains, what
        speaks of it most first; with the words of the schema that stand there."""
        places = (*self.home(element), *self._by_fit(element))[:limit]
        numbers = frozenset[int]().union(*(place.passages for place in places))
        names = [
            name
            for name in telling_sets(self._criteria(element))
            if not numbers.isdisjoint(self.plan.index.saying((name,)))
        ]
        return tuple(
            LookAt(
                kind=place.kind.value,
                text=place.text,
                page_no=place.page_no,
                section_id=place.section_id,
                table_id=place.table_id,
                words=list(words_said(names, place.passages, self.plan)),
                named=place.is_named,
            )
            for place in places
        )

    def told(self, element: Element) -> tuple[str, dict[str, str]]:
        """The reason of a doubtful "missing" and what its sentence is filled with; people's words stay out of it."""
        if home := self.home(element):
            return UNSURE_HOME, {"places": _named(home)}
        if self.places:
            return UNSURE_PLACES, {"count": str(len(self.places)), "places": _named(self._by_fit(element))}
        asked, found = self.asked
        return UNSURE_LACKING, {"found": str(found), "asked": str(asked)}

    def _by_fit(self, element: Element) -> tuple[Place, ...]:
        known = self._fitting.get(element.element_id)
        if known is None:
            groups = self._groups(element)
            known = tuple(sorted(self.places, key=lambda place: -share_said(groups, place.passages, self.plan)))
            self._fitting[element.element_id] = known
        return known

    def _criteria(self, element: Element) -> tuple[ElementCriteria, ...]:
        """What makes the element or, of a component, its parts present."""
        schema = self.plan.schema
        return tuple(schema.criteria_of(one.element_id) for one in schema.children(element.element_id) or (element,))

    def _groups(self, element: Element) -> Groups:
        known = self._asked_words.get(element.element_id)
        if known is None:
            known = self._asked_words[element.element_id] = word_groups(self._criteria(element))
        return known

    def _find_home(self, component: str) -> tuple[Place, ...]:
        schema = self.plan.schema
        parts = [
            element.element_id for element in schema.elements if schema.component_of(element.element_id) == component
        ]
        places = [schema.criteria_of(part).place for part in parts]
        labels = {*parts, *(label for place in places for label in (*place.sections, *place.around))}
        kinds = {kind for place in places for kind in place.tables}
        return find_home(self.plan, self._bodies, frozenset(labels), frozenset(kinds))

    @cached_property
    def _bodies(self) -> Bodies:
        return find_bodies(self.plan)

    @cached_property
    def _evidence(self) -> frozenset[int]:
        return frozenset(number for number, passage in enumerate(self.plan.passages) if passage.is_evidence)

    @cached_property
    def _in_places(self) -> frozenset[int]:
        return frozenset().union(*(place.passages for place in self.places))

    @cached_property
    def _lacking(self) -> float:
        """The share of required parts that are lacking, as far as the letters of the body could hold a plan."""
        asked, found = self.asked
        return self._whole * (1 - found / asked) if asked else 0.0

    @cached_property
    def _whole(self) -> float:
        """How much of a plan the letters of the body could hold (0–1)."""
        chars = sum(len(self.plan.passages[number].compact) for number in self._evidence)
        return min(1.0, chars / _WHOLE_PLAN_CHARS)

    @cached_property
    def _likeness(self) -> float:
        """How far the headings that were understood are only like those that are known, on average."""
        known = [
            self.plan.section_score(section.section_id)
            for section in self.plan.mapped.outline.sections
            if section.heading is not None and self.plan.own_labels(section.section_id)
        ]
        return 1 - sum(known) / len(known) if known else 0.0

    @cached_property
    def _unsure(self) -> float:
        """How little sure what was found is, on average: words that are not known are missed there as well."""
        found = [
            1 - verdict.confidence
            for element_id, verdict in self._verdicts.items()
            if verdict.status is ElementStatus.PRESENT
            and verdict.method != "submission"
            and not self.plan.schema.children(element_id)
        ]
        return sum(found) / len(found) if found else _LEAST_SURE * self._whole

    @cached_property
    def _unread(self) -> float:
        """How many paragraphs of one understood section proved nothing: it may have swallowed a heading that was not
        seen as one."""
        cited = {item.text for verdict in self._verdicts.values() for item in verdict.evidence}
        most = 0
        for section in self.plan.mapped.outline.sections:
            if section.heading is not None and self.plan.labels[section.section_id]:
                unread = sum(
                    passage.kind is PassageKind.TEXT
                    and len(passage.compact) >= _PARAGRAPH_CHARS
                    and shorten(passage.text) not in cited
                    for _, passage in self._bodies.get(section.section_id, ())
                )
                most = max(most, unread)
        return most / (most + _SOME_PARAGRAPHS)


def _named(places: tuple[Place, ...]) -> str:
    """The first places in an analyst's words."""
    names = [
        place.kind.value
        + (f" “{place.text[:_SHOWN_CHARS]}”" if place.is_named else "")
        + (f" หน้า {place.page_no}" if place.page_no is not None else "")
        for place in places[:_SHOWN]
    ]
    return ", ".join(dict.fromkeys(names)) + (" เป็นต้น" if len(places) > _SHOWN else "")
