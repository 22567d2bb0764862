"""What the lines of sections without tables list: steps from phase to phase, incidents with or without their harm, what
is done if a resource fails.

A heading in words that nobody listed is told by them; one that says what it is about is not overruled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Final

from docmodel.mapping import Candidate
from docmodel.outline import Section
from docmodel.vocabulary import Dimension, Phase
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

LISTED: Final = 0.75
"""How sure a section is by what its lines list: between a clear heading and a hint."""
STEPS: Final = "2.7"
INCIDENTS: Final = "2.2.incidents"
IMPACTS: Final = "2.2.impacts"
MAX_LEAD_CHARS: Final = 45
MIN_PHASES: Final = 2
# What must be back by then, and not what is done then.
_BY_THEN: Final = ("ภายใน", "ไม่เกิน", "ใน", "within")
MIN_INCIDENTS: Final = 3
MAX_NAME_CHARS: Final = 80
MOST: Final = 0.6
STRATEGIES: Final = "2.4"
MIN_DIMENSIONS: Final = 3
_IF_THEN: Final = re.compile(r"(?:[-•(]?\s*[\d๐-๙.]*[.)]?\s*)(?:ถ้า|หาก|กรณี)(?:ใช้|ขาด|ไม่มี)?(?P<what>.{4,60}?)\s*ให้")
_DONE: Final = ("ให้", "ใช้", "ย้าย", "แจ้ง", "จัด")
_COLON: Final = re.compile(r"\s*[:：]\s*")


def find_listed(sections: Sequence[Section], unclear: Set[str], vocabulary: Vocabulary) -> dict[str, Candidate]:
    """The label of each section that its lines tell, by the section's id; only those ``unclear`` are asked."""
    found = dict(_phased(sections, unclear, vocabulary))
    for section in sections:
        if section.section_id in found or section.section_id not in unclear:
            continue
        label = _incident_label(section, vocabulary) or _conditional_label(section, vocabulary)
        if label is not None:
            found[section.section_id] = Candidate(label=label, score=LISTED, method="listed")
    return found


def _phased(sections: Sequence[Section], unclear: Set[str], vocabulary: Vocabulary) -> Iterator[tuple[str, Candidate]]:
    """Sections that go from phase to phase, in short lines of their own or in the headings of their subsections."""
    phases: dict[str, dict[Phase, str]] = defaultdict(dict)
    parts: dict[str, list[str]] = defaultdict(list)
    for section in sections:
        if any(True for _ in section.table_blocks()):
            continue
        if section.section_id in unclear:
            parts[section.section_id].append(section.section_id)
            phases[section.section_id] |= dict(_leads(section, vocabulary))
        if section.parent_id not in unclear:
            continue
        named = _phase_of(section.heading.text, vocabulary) if section.heading is not None else None
        if named is not None and any(True for _ in section.text_blocks()):
            assert section.heading is not None
            assert section.parent_id is not None
            phases[section.parent_id].setdefault(named, section.heading.text)
            parts[section.parent_id].append(section.section_id)
    for section_id, named_phases in phases.items():
        leads = list(named_phases.values())
        if len(leads) >= MIN_PHASES and not all(lead.startswith(_BY_THEN) for lead in leads):
            candidate = Candidate(label=STEPS, score=LISTED, method="phases", term=leads[0])
            yield from ((part, candidate) for part in dict.fromkeys((section_id, *parts[section_id])))


def _leads(section: Section, vocabulary: Vocabulary) -> Iterator[tuple[Phase, str]]:
    """The phases that short lines of a section name, each with something behind it or under it."""
    lead: tuple[Phase, str] | None = None
    for line in _lines(section):
        front, *behind = _COLON.split(line, maxsplit=1)
        named = _phase_of(front, vocabulary)
        if named is not None:
            lead = (named, front)
        if lead is not None and (named is None or any(behind)):
            yield lead
            lead = None


def _phase_of(text: str, vocabulary: Vocabulary) -> Phase | None:
    if len(text) > MAX_LEAD_CHARS:
        return None
    found = vocabulary.phases.find(text)
    return found.label if found is not None else None


def _incident_label(section: Section, vocabulary: Vocabulary) -> str | None:
    """The label of a section most of whose lines name an incident: alone, or with what it does."""
    if any(True for _ in section.table_blocks()):
        return None
    lines = list(_lines(section))
    naming = [line for line in lines if vocabulary.incidents.find_all(line[:MAX_NAME_CHARS])]
    if len(naming) < MIN_INCIDENTS or len(naming) < MOST * len(lines):
        return None
    harmed = [line for line in naming if any(word in compact(line) for word in vocabulary.harm)]
    if len(harmed) >= MOST * len(naming):
        return IMPACTS
    named_alone = all(len(line) <= MAX_NAME_CHARS and not any(word in line for word in _DONE) for line in naming)
    return INCIDENTS if named_alone else None


def _conditional_label(section: Section, vocabulary: Vocabulary) -> str | None:
    """The label of a section most of whose lines say what is done if a resource fails, of several dimensions."""
    if any(True for _ in section.table_blocks()):
        return None
    lines = list(_lines(section))
    conditions = [line for line in lines if _IF_THEN.match(line)]
    if len(conditions) < MIN_DIMENSIONS or len(conditions) < MOST * len(lines):
        return None
    named = {_failing(match["what"], vocabulary) for line in conditions if (match := _IF_THEN.match(line))} - {None}
    return STRATEGIES if len(named) >= MIN_DIMENSIONS else None


def _failing(text: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension of what a condition is about, by the thing that it begins with or by its words."""
    words = compact(text)
    by_thing = next((dimension for thing, dimension in vocabulary.needs if words.startswith(thing)), None)
    return vocabulary.dimensions.label(text) or by_thing


def _lines(section: Section) -> Iterator[str]:
    for block in section.text_blocks():
        yield from (line.strip() for line in block.text.split("\n") if line.strip())
