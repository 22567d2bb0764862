"""A plan in a few words: headings with the element they were mapped to, paragraphs, pictures and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pytest

from docmodel.blocks import Block, BlockRole, PictureBlock, TableBlock, TextBlock
from docmodel.document import NormalizedDocument, Page, SourceFile
from docmodel.issue import Issue
from docmodel.mapping import Candidate, MatchOutcome, SchemaMapping, SectionMatch, TableMatch
from docmodel.outline import Outline, Section
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from docmodel.vocabulary import AgencyType, Dimension, DocumentClass, TableKind
from pipeline.assess import assess_components
from pipeline.assess.plan_text import PlanText
from pipeline.assess.submission import Submission
from pipeline.datasets.rows import ComponentRow
from pipeline.schema import Schema, load_schema
from pipeline.values import Identity, MappedDocument, Records

DOCUMENT_ID = "0123456789abcdef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of a plan under test with what follows it. ``elements`` are what the mapping made of it."""

    heading: str | None = None
    elements: tuple[str, ...] = ()
    body: tuple[object, ...] = ()
    page: int | None = 1
    parent: int | None = None
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table under test; the first row is its header."""

    kind: TableKind
    rows: tuple[tuple[str, ...], ...]
    dimension: Dimension | None = None
    caption: str | None = None


class Picture:
    """A picture that was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMaker:
    """Makes mapped documents and judges them."""

    schema: Schema

    def make(
        self,
        *parts: Part,
        toc: Sequence[str] = (),
        unreadable: Sequence[int] = (),
        media_type: str = "application/pdf",
        issues: tuple[Issue, ...] = (),
        source_path: str = "plan.pdf",
    ) -> MappedDocument:
        """The parts as a mapped document."""
        sections: list[Section] = []
        matches: list[SectionMatch] = []
        tables: list[TableMatch] = []
        for number, part in enumerate(parts, start=1):
            section_id = f"s{number:03d}"
            place = Provenance(page_number=part.page, source=TextSource.TEXT_LAYER)
            blocks: list[Block] = []
            for item in part.body:
                if isinstance(item, str):
                    blocks.append(TextBlock(raw_text=item, text=item, provenance=place))
                elif isinstance(item, Picture):
                    blocks.append(PictureBlock(provenance=place))
                elif isinstance(item, Grid):
                    table_id = f"t{len(tables) + 1:03d}"
                    blocks.append(TableBlock(table=build_table(table_id, item, place)))
                    tables.append(
                        TableMatch(
                            table_id=table_id,
                            section_id=section_id,
                            kind=item.kind,
                            outcome=MatchOutcome.MATCHED,
                            score=0.9,
                            dimension=item.dimension,
                        )
                    )
            heading = None
            if part.heading is not None:
                heading = TextBlock(role=BlockRole.HEADING, raw_text=part.heading, text=part.heading, provenance=place)
            sections.append(
                Section(
                    section_id=section_id,
                    parent_id=f"s{part.parent:03d}" if part.parent else None,
                    order=number,
                    level=2 if part.parent else 1,
                    heading=heading,
                    blocks=tuple(blocks),
                )
            )
            matches.append(
                SectionMatch(
                    section_id=section_id,
                    outcome=MatchOutcome.MATCHED if part.elements else MatchOutcome.UNMATCHED,
                    element_ids=part.elements,
                    candidates=tuple(
                        Candidate(label=label, score=score, method="heading_fuzzy")
                        for label, score in (*((element, 1.0) for element in part.elements), *part.candidates)
                    ),
                )
            )
        document = NormalizedDocument(
            source=SourceFile(source_path=source_path, path=Path("plan.pdf"), size_bytes=1, sha256=DOCUMENT_ID * 4),
            media_type=media_type,
            pages=tuple(
                Page(number=page, blocks=(), source=TextSource.TEXT_LAYER, readable=page not in unreadable)
                for page in range(1, 10)
            ),
            blocks=tuple(block for section in sections for block in section.blocks),
            issues=issues,
        )
        entries = tuple(
            TextBlock(role=BlockRole.TOC_ENTRY, raw_text=line, text=line, provenance=Provenance(page_number=1))
            for line in toc
        )
        return MappedDocument(
            document=document,
            outline=Outline(sections=tuple(sections), toc_entries=entries),
            mapping=SchemaMapping(schema_id=self.schema.schema_id, sections=tuple(matches), tables=tuple(tables)),
        )

    def judge(
        self,
        *parts: Part,
        records: Records | None = None,
        identity: Identity | None = None,
        submission: Submission | None = None,
        toc: Sequence[str] = (),
        unreadable: Sequence[int] = (),
        media_type: str = "application/pdf",
    ) -> dict[str, ComponentRow]:
        """The verdicts on the parts by element."""
        mapped = self.make(*parts, toc=toc, unreadable=unreadable, media_type=media_type)
        rows = assess_components(
            PlanText(mapped, self.schema), identity or plan_identity(), records or Records(), submission
        )
        return {row.element_id: row for row in rows}


def build_table(table_id: str, grid: Grid, place: Provenance) -> Table:
    """A table of plain cells with one header row; a slot that holds only "<" belongs to the cell on its left."""
    cells = tuple(
        Cell(
            row=row,
            col=col,
            raw_text=text,
            text=text,
            provenance=place,
            is_header=row == 0,
            col_span=1 + sum(1 for _ in takewhile(lambda slot: slot == "<", line[col + 1 :])),
        )
        for row, line in enumerate(grid.rows)
        for col, text in enumerate(line)
        if text != "<"
    )
    return Table(
        table_id=table_id,
        n_rows=len(grid.rows),
        n_cols=len(grid.rows[0]),
        cells=cells,
        provenance=place,
        caption=grid.caption,
        header_rows=1,
        page_numbers=(place.page_number,) if place.page_number else (),
    )


def plan_identity(agency_type: AgencyType | None = AgencyType.DEPARTMENT, **fields: object) -> Identity:
    """The identity of a plan."""
    return Identity(
        document_class=DocumentClass.BCP_PLAN,
        class_confidence=1.0,
        class_reason="test",
        agency_type=agency_type,
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema("opdc-2563")


@pytest.fixture(scope="session")
def plans(schema: Schema) -> PlanMaker:
    return PlanMaker(schema=schema)


@pytest.fixture(scope="session")
def part() -> Callable[..., Part]:
    return Part


@pytest.fixture(scope="session")
def grid() -> Callable[..., Grid]:
    return Grid


@pytest.fixture(scope="session")
def picture() -> type[Picture]:
    return Picture


@pytest.fixture(scope="session")
def identity_of() -> Callable[..., Identity]:
    return plan_identity
