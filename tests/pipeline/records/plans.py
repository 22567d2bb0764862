"""Small plans built by hand: tables from grids typed as text, sections with labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.document import NormalizedDocument, SourceFile
from docmodel.mapping import MatchOutcome, SchemaMapping, SectionMatch, TableMatch
from docmodel.outline import Outline, Section
from docmodel.provenance import Provenance
from docmodel.table import Cell, Table
from normalizers.markers import split_marker
from normalizers.tables import join_table_parts
from pipeline.mapping.table_kinds import SectionContext, classify_table, read_table
from pipeline.records import build_records
from pipeline.values import MappedDocument, Records
from pipeline.vocabulary import Vocabulary, load_vocabulary

SCHEMA_ID = "opdc-2563"
LEFT, UP = "<", "^"
"""A slot that holds only this belongs to the cell on its left, or to the one above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a plan: labels, heading, and text lines or grids in order (a grid begins with ``|``)."""

    elements: tuple[str, ...]
    heading: str
    blocks: tuple[str, ...]
    parent: int | None = None


def grid_table(text: str, *, table_id: str = "t001", page_number: int | None = None) -> Table:
    """A table from lines like ``| a | < | b |``; ``\\n`` inside a cell is a line break."""
    rows = [[slot.strip() for slot in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    n_cols = max(len(row) for row in rows)
    place = Provenance(page_number=page_number)
    cells = []
    for row, slots in enumerate(rows):
        for col, slot in enumerate(slots):
            if slot in (LEFT, UP):
                continue
            col_span = 1
            while col + col_span < len(slots) and slots[col + col_span] == LEFT:
                col_span += 1
            row_span = 1
            while row + row_span < len(rows) and col < len(rows[row + row_span]) and rows[row + row_span][col] == UP:
                row_span += 1
            value = slot.replace("\\n", "\n")
            cells.append(
                Cell(
                    row=row, col=col, raw_text=value, text=value, provenance=place, row_span=row_span, col_span=col_span
                )
            )
    return Table(
        table_id=table_id,
        n_rows=len(rows),
        n_cols=n_cols,
        cells=tuple(cells),
        provenance=place,
        page_numbers=(page_number,) if page_number is not None else (),
    )


def text_block(text: str) -> TextBlock:
    """A paragraph; a list item where a number or bullet stands in front."""
    marker, rest = split_marker(text)
    role = BlockRole.LIST_ITEM if marker else BlockRole.PARAGRAPH
    return TextBlock(role=role, raw_text=text, text=rest if marker else text, marker=marker, provenance=Provenance())


def map_plan(parts: Sequence[Part]) -> MappedDocument:
    """A mapped plan of sections, its tables joined, understood and classified as the pipeline does it."""
    sections, matches, tables = [], [], []
    vocabulary = load_vocabulary(SCHEMA_ID)
    numbers = iter(range(1, 1000))
    for order, part in enumerate(parts, start=1):
        section_id = f"s{order:03}"
        blocks = join_table_parts([_block(text, numbers) for text in part.blocks])
        heading = TextBlock(role=BlockRole.HEADING, raw_text=part.heading, text=part.heading, provenance=Provenance())
        parent_id = f"s{part.parent:03}" if part.parent else None
        sections.append(
            Section(section_id=section_id, parent_id=parent_id, order=order, level=1, heading=heading, blocks=blocks)
        )
        outcome = MatchOutcome.MATCHED if part.elements else MatchOutcome.UNMATCHED
        matches.append(SectionMatch(section_id=section_id, outcome=outcome, element_ids=part.elements))
        tables += _table_matches(section_id, part, blocks, vocabulary)
    return MappedDocument(
        document=NormalizedDocument(
            source=SourceFile(source_path="plan.docx", path=Path("plan.docx"), size_bytes=1, sha256="ab" * 32),
            media_type="text/plain",
            pages=(),
            blocks=tuple(block for section in sections for block in section.blocks),
        ),
        outline=Outline(sections=tuple(sections)),
        mapping=SchemaMapping(schema_id=SCHEMA_ID, sections=tuple(matches), tables=tuple(tables)),
    )


def read_plan(*parts: Part) -> Records:
    """All records of a plan built by hand."""
    return build_records(map_plan(parts))


def _block(text: str, numbers: Iterable[int]) -> Block:
    if text.lstrip().startswith("|"):
        return TableBlock(table=grid_table(text, table_id=f"t{next(iter(numbers)):03}"))
    return text_block(text)


def _table_matches(section_id: str, part: Part, blocks: Sequence[Block], vocabulary: Vocabulary) -> list[TableMatch]:
    found = []
    leads: list[str] = []
    for block in blocks:
        if isinstance(block, TextBlock):
            leads.insert(0, block.text)
        elif isinstance(block, TableBlock):
            context = SectionContext(
                section_id=section_id, element_ids=part.elements, headings=(part.heading,), lead_texts=tuple(leads[:3])
            )
            found.append(classify_table(read_table(block.table, vocabulary), context, vocabulary))
    return found
