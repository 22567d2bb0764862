"""Maps a document's sections to the schema's elements and its tables to their kinds, all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from docmodel.blocks import TextBlock
from docmodel.document import NormalizedDocument
from docmodel.mapping import SchemaMapping, SectionMatch, TableMatch
from docmodel.outline import Outline, Section
from docmodel.vocabulary import TableKind
from pipeline.mapping.content import TABLE_METHOD, Content, read_content, tables_with_leads
from pipeline.mapping.decide import MATCHED_FROM, NEEDS, STRATEGIES, Surroundings, component, decide_section, main_label
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import OUTSIDE, Lexicon, load_lexicon
from pipeline.mapping.listed import find_listed
from pipeline.mapping.table_kinds import SectionContext, TableReading, classify_table, read_table
from pipeline.schema import Schema
from pipeline.vocabulary import Vocabulary, load_vocabulary

# Each round sees what the round before decided around a section; more rounds have never changed anything.
ROUNDS: Final = 3
MAX_DEPTH: Final = 12
# A part of a plan has subsections of its own, and of one other that it joins.
MANY_PARTS: Final = 2
_IMPACTS: Final = "2.2.impacts"


def map_outline(document: NormalizedDocument, outline: Outline, schema: Schema) -> SchemaMapping:
    """What each section is about and what each table is for.

    A section's heading, the tables and words under it, the sections above and beside it are weighed together, in a
    few rounds over the whole outline. Where a heading names one thing and the tables under it are another, the
    content counts and the heading stays as a candidate. Numbers in headings, tables of contents and mentions in
    running text never count.
    """
    lexicon = load_lexicon(schema.words_id)
    vocabulary = load_vocabulary(schema.words_id)
    kinds = _labels_of_kinds(vocabulary)
    readings = {
        block.table.table_id: read_table(block.table, vocabulary)
        for section in outline.sections
        for block in section.table_blocks()
    }
    unclear = {section.section_id for section in outline.sections if not _is_clear(section, lexicon)}
    listed = find_listed(outline.sections, unclear, vocabulary)
    contents = {
        section.section_id: read_content(
            section, lexicon, vocabulary, labels=kinds, readings=readings, listed=listed.get(section.section_id)
        )
        for section in outline.sections
    }
    parents = {section.section_id: section.parent_id for section in outline.sections}
    matches: dict[str, SectionMatch] = {}
    unnamed = False
    for _ in range(ROUNDS):
        before = dict(matches)
        _one_round(outline.sections, contents, parents, matches, lexicon_id=schema.words_id, strategies_unnamed=unnamed)
        if not before:
            unnamed = _leaves_strategies_unnamed(matches, contents)
        elif matches == before:
            break
    headings = {section.section_id: section.heading for section in outline.sections}
    return SchemaMapping(
        schema_id=schema.words_id,
        sections=tuple(matches[section.section_id] for section in outline.sections),
        tables=tuple(
            table_match
            for section in outline.sections
            for table_match in _match_tables(
                section, headings, matches, parents, readings=readings, vocabulary=vocabulary
            )
        ),
    )


def _labels_of_kinds(vocabulary: Vocabulary) -> dict[TableKind, tuple[str, ...]]:
    """The labels that a table of each kind can give its section."""
    labels = dict(vocabulary.elements)
    if TableKind.IMPACT_MATRIX in labels:
        labels[TableKind.IMPACT_MATRIX] = (_IMPACTS,)
    return labels


def _one_round(
    sections: Sequence[Section],
    contents: dict[str, Content],
    parents: dict[str, str | None],
    matches: dict[str, SectionMatch],
    *,
    lexicon_id: str,
    strategies_unnamed: bool,
) -> None:
    """Decide every section once more, in order, with what is known around it."""
    lexicon = load_lexicon(lexicon_id)
    previous: SectionMatch | None = None
    base: str | None = None
    mixed = _over_several_parts(matches, parents)
    for section in sections:
        above = tuple(
            matches[section_id]
            for section_id in _ancestors(section.section_id, parents)
            if section_id in matches and section_id not in mixed
        )
        around = Surroundings(above=above, before=previous, aspect_base=base, strategies_unnamed=strategies_unnamed)
        match = decide_section(section, contents[section.section_id], around, lexicon)
        matches[section.section_id] = match
        label = main_label(match)
        if label is not None and not label.startswith(OUTSIDE):
            base = component(label)
        previous = match


def _is_clear(section: Section, lexicon: Lexicon) -> bool:
    """Whether a section's heading says by itself what it is about."""
    candidates = match_heading(section.heading.text, lexicon) if section.heading is not None else ()
    return bool(candidates) and candidates[0].score >= MATCHED_FROM


def _leaves_strategies_unnamed(matches: Mapping[str, SectionMatch], contents: Mapping[str, Content]) -> bool:
    """Whether no section of a plan is about its strategies while its needs, each with an amount, stand in a table."""
    labels = {component(label) for match in matches.values() for label in match.element_ids}
    tables = {component(candidate.label) for content in contents.values() for candidate in content.tables}
    return STRATEGIES not in labels and NEEDS in tables


def _over_several_parts(matches: Mapping[str, SectionMatch], parents: Mapping[str, str | None]) -> frozenset[str]:
    """The sections under which several other parts of the plan stand: the second line of a cover, say, that was taken
    for a heading. What stands under one is not about what its words say."""
    below: dict[str, set[str]] = defaultdict(set)
    for section_id, match in matches.items():
        if match.element_ids and match.candidates and match.candidates[0].method != "parent":
            for above in _ancestors(section_id, parents):
                below[above].add(component(match.element_ids[0]))
    return frozenset(
        section_id
        for section_id, parts in below.items()
        if section_id in matches
        and matches[section_id].element_ids
        and len(parts - {component(label) for label in matches[section_id].element_ids}) >= MANY_PARTS
    )


def _ancestors(section_id: str, parents: Mapping[str, str | None]) -> list[str]:
    """The sections above, nearest first."""
    found: list[str] = []
    above = parents.get(section_id)
    while above is not None and len(found) < MAX_DEPTH:
        found.append(above)
        above = parents.get(above)
    return found


def _said_labels(match: SectionMatch) -> tuple[str, ...]:
    """The labels that a section has by its heading or place: what one of its tables is says nothing of the others."""
    by_tables = {candidate.label for candidate in match.candidates if candidate.method == TABLE_METHOD}
    return tuple(label for label in match.element_ids if label not in by_tables)


def _match_tables(
    section: Section,
    headings: Mapping[str, TextBlock | None],
    matches: Mapping[str, SectionMatch],
    parents: Mapping[str, str | None],
    *,
    readings: Mapping[str, TableReading],
    vocabulary: Vocabulary,
) -> list[TableMatch]:
    """The kinds of a section's tables, now that the labels around them are known."""
    chain = [section.section_id, *_ancestors(section.section_id, parents)]
    above = [headings[section_id] for section_id in chain]
    labels = next((found for section_id in chain if (found := _said_labels(matches[section_id]))), ())
    return [
        classify_table(
            readings[table.table_id],
            SectionContext(
                section_id=section.section_id,
                element_ids=labels,
                headings=tuple(heading.text for heading in above if heading is not None),
                lead_texts=leads,
            ),
            vocabulary,
        )
        for table, leads in tables_with_leads(section)
    ]
