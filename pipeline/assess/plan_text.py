"""The passages of a plan with their place and meaning, so that rules can ask what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from docmodel.blocks import PictureBlock, TableBlock, TextBlock
from docmodel.mapping import MatchOutcome, TableMatch
from docmodel.outline import Section
from docmodel.provenance import Provenance
from docmodel.table import Table
from docmodel.value_class import value_class
from normalizers.markers import split_marker
from pipeline.assess.passage_index import PassageIndex
from pipeline.assess.phrases import PhraseBook, compact
from pipeline.assess.table_parts import TableParts, is_header
from pipeline.datasets.rows import Evidence
from pipeline.schema import Schema
from pipeline.values import MappedDocument

# Longer passages are cut in evidence: enough to recognise the place.
EVIDENCE_CHARS = 300
# From this score on, what stands under an undecided heading is worth reading: "กลยุทธ์" among other words has 0.42.
MIN_WEAK_SCORE = 0.4


class PassageKind(StrEnum):
    """What a passage is."""

    HEADING = "heading"
    TEXT = "text"
    HEADER_CELL = "header_cell"
    CELL = "cell"
    CAPTION = "caption"


@value_class(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading, paragraph, cell or caption.

    ``labels`` are the elements (and "none.…" parts) whose section it stands in. ``is_evidence`` is False where its
    words say nothing of what the plan does: the agency's checklist, the preface, a quotation.
    """

    kind: PassageKind
    text: str
    compact: str
    provenance: Provenance
    section_id: str
    labels: frozenset[str]
    is_evidence: bool
    table_id: str | None = None
    row: int = 0
    col: int = 0

    def evidence(self) -> Evidence:
        """The passage as evidence of a verdict."""
        return Evidence(
            page_no=self.provenance.page_number,
            bbox=self.provenance.bbox.as_list() if self.provenance.bbox else None,
            text=shorten(self.text),
            section_id=self.section_id,
            table_id=self.table_id,
        )


def shorten(text: str) -> str:
    """The text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= EVIDENCE_CHARS else line[: EVIDENCE_CHARS - 1].rstrip() + "…"


class PlanText:
    """A plan's passages and the labels of its sections, made once per document.

    The rules ask of the same cells: ``real_texts`` and ``prompts`` remember what was asked of a text (see
    ``content.is_real`` and ``content.is_prompt``), ``empty_rows`` the labels of a table that have no value (see
    ``content.names_empty_row``).
    """

    def __init__(self, mapped: MappedDocument, schema: Schema) -> None:
        self.mapped = mapped
        self.schema = schema
        self.book = PhraseBook(sets=schema.phrases)
        self.real_texts: dict[str, bool] = {}
        self.prompts: dict[str, bool] = {}
        self.empty_rows: dict[str, frozenset[tuple[int, int]]] = {}
        self._parts: dict[int, TableParts] = {}
        self._sections = {section.section_id: section for section in mapped.outline.sections}
        self._own = {section_id: self._own_labels(section_id) for section_id in self._sections}
        self.labels = {section_id: self._all_labels(section_id) for section_id in self._sections}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the body in reading order."""
        return tuple(passage for section in self.mapped.outline.sections for passage in self._section_passages(section))

    @cached_property
    def index(self) -> PassageIndex:
        """Which of the passages say what, by their place in ``passages``."""
        return PassageIndex([passage.compact for passage in self.passages], self.book)

    @cached_property
    def told(self) -> tuple[int, ...]:
        """The numbers of the paragraphs and list items that are evidence, in reading order."""
        return tuple(
            number
            for number, passage in enumerate(self.passages)
            if passage.kind is PassageKind.TEXT and passage.is_evidence
        )

    @cached_property
    def passages_by_section(self) -> Mapping[str, tuple[Passage, ...]]:
        """The passages of each section, without those of its subsections."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.section_id, []).append(passage)
        return {section_id: tuple(passages) for section_id, passages in found.items()}

    @cached_property
    def table_matches(self) -> tuple[tuple[Table, TableMatch], ...]:
        """All tables of the body with what they are for, in reading order."""
        return tuple(
            (block.table, match)
            for section in self.mapped.outline.sections
            for block in section.table_blocks()
            if (match := self.mapping_of(block.table.table_id)) is not None
        )

    def mapping_of(self, table_id: str) -> TableMatch | None:
        """What a table is for, None where the mapping does not know it."""
        return self.mapped.mapping.table(table_id)

    def parts(self, table: Table) -> TableParts:
        """What in a table is header, label and value."""
        parts = self._parts.get(id(table))
        if parts is None:  # it holds the table, so that no other gets its id
            parts = self._parts[id(table)] = TableParts(table, self.book)
        return parts

    def sections_of(self, element_ids: tuple[str, ...]) -> tuple[Section, ...]:
        """The sections that carry one of the elements themselves."""
        wanted = set(element_ids)
        return tuple(section for section in self.mapped.outline.sections if wanted & self._own[section.section_id])

    def own_labels(self, section_id: str) -> frozenset[str]:
        """What a section itself is about, without what it takes from those above."""
        return self._own[section_id]

    def branch(self, section: Section) -> tuple[Section, ...]:
        """A section and its subsections, without those that are about something else."""
        found = [section]
        for child in self.mapped.outline.children(section.section_id):
            if not self._own[child.section_id] or self._related(child.section_id, section.section_id):
                found.extend(self.branch(child))
        return tuple(found)

    def section(self, section_id: str) -> Section:
        """A section by its id; KeyError where the plan has none such."""
        return self._sections[section_id]

    def heading(self, section_id: str) -> TextBlock | None:
        """The heading of a section, None where it has none."""
        section = self._sections.get(section_id)
        return section.heading if section else None

    def headings_above(self, section_id: str) -> tuple[str, ...]:
        """The compact headings of a section and of those above it, nearest first."""
        found = []
        section = self._sections.get(section_id)
        while section is not None:
            if section.heading is not None:
                found.append(compact(section.heading.text))
            section = self._sections.get(section.parent_id) if section.parent_id is not None else None
        return tuple(found)

    def section_score(self, section_id: str) -> float:
        """How sure the mapping of a section is, 0–1."""
        match = self.mapped.mapping.section(section_id)
        if match is None or not match.candidates:
            return 1.0
        return min(1.0, match.candidates[0].score)

    def is_shared(self, section_id: str) -> bool:
        """Whether a section stands for several parts of one component, so that its length says nothing of each."""
        above = [above for label in self._own[section_id] if (above := self.schema.parents.get(label)) is not None]
        return len(above) > len(set(above))

    def _own_labels(self, section_id: str) -> frozenset[str]:
        match = self.mapped.mapping.section(section_id)
        if match is None:
            return frozenset()
        if match.element_ids:
            return frozenset(match.element_ids)
        if not match.candidates:
            return frozenset()
        best = match.candidates[0]
        if match.outcome is MatchOutcome.MATCHED:
            return frozenset({best.label})
        # A heading that says too little to decide by itself: what stands under it has to pass the rules anyway.
        unrivalled = all(other.score < best.score for other in match.candidates[1:])
        is_element = self.schema.knows(best.label)
        return frozenset({best.label}) if is_element and unrivalled and best.score >= MIN_WEAK_SCORE else frozenset()

    def _all_labels(self, section_id: str) -> frozenset[str]:
        """Own labels and those of the sections above, as far as they are about the same."""
        labels = self._own[section_id]
        above = None if self._inherits_nothing(section_id) else self._sections[section_id].parent_id
        while above is not None and above in self._sections:
            if not labels or self._same_component(labels, self._own[above]):
                labels |= self._own[above]
            above = self._sections[above].parent_id
        return labels

    def _inherits_nothing(self, section_id: str) -> bool:
        """Whether the mapping weighed what a section is about and left out what stands above it, because several parts
        of the plan stand under that."""
        match = self.mapped.mapping.section(section_id)
        if match is None or match.outcome is not MatchOutcome.UNMATCHED or match.element_ids:
            return False
        above = self._sections[section_id].parent_id
        while above is not None and above in self._sections:
            over = self.mapped.mapping.section(above)
            if over is not None and over.element_ids:
                return not any(candidate.method == "parent" for candidate in match.candidates)
            above = self._sections[above].parent_id
        return False

    def _related(self, child_id: str, section_id: str) -> bool:
        return self._same_component(self._own[child_id], self._own[section_id])

    def _same_component(self, labels: frozenset[str], others: frozenset[str]) -> bool:
        return bool({self._component(label) for label in labels} & {self._component(label) for label in others})

    def _component(self, label: str) -> str:
        return self.schema.component_of(label)

    def _section_passages(self, section: Section) -> Iterator[Passage]:
        labels = self.labels[section.section_id]
        zones = self.schema.no_evidence
        outside = bool(labels & set(zones.elements))
        if section.heading is not None:
            heading = compact(split_marker(section.heading.text.strip())[1])
            outside = outside or self.book.find(zones.headings, heading) is not None
            yield self._passage(
                PassageKind.HEADING, section.heading.text, section.heading.provenance, section, outside=outside
            )
        for block in section.blocks:
            if isinstance(block, TextBlock):
                yield self._passage(PassageKind.TEXT, block.text, block.provenance, section, outside=outside)
            elif isinstance(block, TableBlock):
                yield from self._table_passages(block.table, section, outside=outside)

    def _table_passages(self, table: Table, section: Section, *, outside: bool) -> Iterator[Passage]:
        match = self.mapping_of(table.table_id)
        outside = outside or (match is not None and match.kind in self.schema.no_evidence.tables)
        if table.caption:
            yield self._passage(
                PassageKind.CAPTION, table.caption, table.provenance, section, outside=outside, table_id=table.table_id
            )
        for cell in table.cells:
            if not cell.text.strip():
                continue
            yield self._passage(
                PassageKind.HEADER_CELL if is_header(cell, table) else PassageKind.CELL,
                cell.text,
                cell.provenance,
                section,
                outside=outside,
                table_id=table.table_id,
                row=cell.row,
                col=cell.col,
            )
            for inner in cell.tables:
                yield from self._table_passages(inner, section, outside=outside)

    def _passage(
        self,
        kind: PassageKind,
        text: str,
        provenance: Provenance,
        section: Section,
        *,
        outside: bool,
        table_id: str | None = None,
        row: int = 0,
        col: int = 0,
    ) -> Passage:
        _, rest = split_marker(text.strip())
        compact_text = compact(rest or text)
        quoted = self.book.find(self.schema.no_evidence.quotation, compact_text) is not None
        return Passage(
            kind=kind,
            text=text,
            compact=compact_text,
            provenance=provenance,
            section_id=section.section_id,
            labels=self.labels[section.section_id],
            is_evidence=not (outside or quoted),
            table_id=table_id,
            row=row,
            col=col,
        )


def has_picture(section: Section) -> bool:
    """Whether a section holds a picture that was not read as text."""
    return any(isinstance(block, PictureBlock) for block in section.blocks)
