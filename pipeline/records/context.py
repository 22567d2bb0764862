"""What every reader of records needs: the sections and tables of a plan by meaning, and the place of a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docmodel.blocks import TableBlock, TextBlock
from docmodel.mapping import MatchOutcome, SectionMatch, TableMatch
from docmodel.outline import Section
from docmodel.provenance import Provenance
from docmodel.table import Cell
from docmodel.vocabulary import TableKind
from pipeline.mapping.lexicon import OUTSIDE
from pipeline.table_view import TableView, view_table
from pipeline.values import MappedDocument
from pipeline.vocabulary import Vocabulary

# Text read by OCR carries its own confidence; other text says what it says.
CERTAIN = 1.0
# What is found in running text is less sure than what stands in a table made for it.
PROSE_CONFIDENCE = 0.8
MAX_LEADS = 4


def _is_outside(match: SectionMatch) -> bool:
    """Whether a section surely is about something that the schema does not ask for ("ความเป็นมา")."""
    best = match.candidates[0] if match.outcome is MatchOutcome.MATCHED and match.candidates else None
    return best is not None and best.label.startswith(OUTSIDE) and best.method.startswith("heading")


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """A table of a known kind with what stands around it, nearest first."""

    view: TableView
    match: TableMatch
    section: Section
    headings: tuple[str, ...]
    leads: tuple[str, ...]

    @property
    def caption(self) -> str:
        """The caption, '' without one."""
        return self.view.table.caption or ""

    @property
    def around(self) -> tuple[str, ...]:
        """Titles inside the grid, caption, lead lines and headings: what may say what the whole table is about."""
        return (*self.view.head_texts(), *reversed(self.caption.split("\n")), *self.leads, *self.headings)


@dataclass(frozen=True)
class RecordContext:
    """A mapped document prepared for the readers of records."""

    mapped: MappedDocument
    vocabulary: Vocabulary

    @property
    def document_id(self) -> str:
        """Key of the document."""
        return self.mapped.document.source.document_id

    @cached_property
    def _sections_by_id(self) -> dict[str, Section]:
        return {section.section_id: section for section in self.mapped.outline.sections}

    @cached_property
    def _section_matches(self) -> dict[str, SectionMatch]:
        return {match.section_id: match for match in self.mapped.mapping.sections}

    @cached_property
    def _table_matches(self) -> dict[str, TableMatch]:
        return {match.table_id: match for match in self.mapped.mapping.tables}

    @cached_property
    def table_places(self) -> tuple[TablePlace, ...]:
        """All tables that were matched to a kind, in reading order."""
        places = []
        for section in self.mapped.outline.sections:
            leads: list[str] = []
            for block in section.blocks:
                if isinstance(block, TextBlock):
                    leads.insert(0, block.text.strip())
                elif isinstance(block, TableBlock):
                    match = self._table_matches.get(block.table.table_id)
                    if match is not None:
                        places.append(
                            TablePlace(
                                view=view_table(block.table, self.vocabulary),
                                match=match,
                                section=section,
                                headings=self.headings(section),
                                leads=tuple(leads[:MAX_LEADS]),
                            )
                        )
        return tuple(places)

    def tables(self, kind: TableKind) -> Iterator[TablePlace]:
        """Tables of a kind in reading order."""
        return (place for place in self.table_places if place.match.kind is kind)

    def headings(self, section: Section) -> tuple[str, ...]:
        """The heading of a section and those above it, nearest first."""
        texts: list[str] = []
        current: Section | None = section
        while current is not None and len(texts) < 8:
            if current.heading is not None:
                texts.append(current.heading.text.strip())
            current = self._sections_by_id.get(current.parent_id) if current.parent_id else None
        return tuple(texts)

    def element_ids(self, section: Section) -> tuple[str, ...]:
        """The labels of a section, those of the nearest labelled section above where it has none of its own."""
        current: Section | None = section
        for _ in range(8):
            if current is None:
                return ()
            match = self._section_matches.get(current.section_id)
            if match is not None and match.element_ids and match.outcome is not MatchOutcome.UNMATCHED:
                return match.element_ids
            if match is not None and _is_outside(match):
                return ()
            current = self._sections_by_id.get(current.parent_id) if current.parent_id else None
        return ()

    def sections(self, *prefixes: str) -> Iterator[Section]:
        """Sections labelled, by themselves or by the one above, with an element that begins with a prefix."""
        for section in self.mapped.outline.sections:
            if any(element.startswith(prefix) for element in self.element_ids(section) for prefix in prefixes):
                yield section

    def cell_place(self, place: TablePlace, cell: Cell | None) -> dict[str, Any]:
        """The provenance columns of a record that stands in a table's cell."""
        provenance = cell.provenance if cell is not None else place.view.table.provenance
        return {
            **self._place(provenance, place.match.score),
            "table_id": place.view.table.table_id,
            "section_id": place.section.section_id,
        }

    def block_place(self, section: Section, block: TextBlock, confidence: float = PROSE_CONFIDENCE) -> dict[str, Any]:
        """The provenance columns of a record that stands in running text."""
        return {**self._place(block.provenance, confidence), "section_id": section.section_id}

    def _place(self, provenance: Provenance, confidence: float) -> dict[str, Any]:
        read = provenance.confidence if provenance.confidence is not None else CERTAIN
        return {
            "document_id": self.document_id,
            "page_no": provenance.page_number,
            "bbox": provenance.bbox.as_list() if provenance.bbox is not None else None,
            "confidence": round(min(CERTAIN, read * confidence), 3),
        }
