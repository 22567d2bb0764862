"""A document's own rows: pages, repairs, sections, tables and cells."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.document import NormalizedDocument, Page
from docmodel.geometry import BBox
from docmodel.mapping import Candidate, MatchOutcome, SectionMatch
from docmodel.outline import Section
from docmodel.table import Cell, Table
from docmodel.vocabulary import TableKind
from normalizers.text import normalize_value
from pipeline.datasets.rows import PageRow, RepairRow, SectionRow, TableCellRow, TableRow
from pipeline.values import MappedDocument

_BY_PLACE = attrgetter("row", "col")


def build_page_rows(document: NormalizedDocument) -> tuple[PageRow, ...]:
    """One row per page with all its text, what stands outside the body included."""
    return tuple(
        PageRow(
            document_id=document.source.document_id,
            page_no=page.number,
            text=page_text(page),
            text_source=page.source,
            quality=_rounded(page.quality),
            ocr_confidence=_rounded(page.ocr_confidence),
            damage=list(page.damage),
            width_pt=_rounded(page.width_pt),
            height_pt=_rounded(page.height_pt),
            rotation=page.rotation if page.width_pt is not None else None,
        )
        for page in document.pages
    )


def build_repair_rows(document: NormalizedDocument) -> tuple[RepairRow, ...]:
    """One row per page and rule."""
    return tuple(
        RepairRow(
            document_id=document.source.document_id,
            page_no=repair.page_number,
            rule=repair.rule,
            count=repair.count,
            example_before=repair.example_before,
            example_after=repair.example_after,
        )
        for repair in document.repairs
    )


def build_section_rows(mapped: MappedDocument) -> tuple[SectionRow, ...]:
    """One row per section with what it was mapped to and the runner-up."""
    return tuple(_section_row(mapped, section) for section in mapped.outline.sections)


def _section_row(mapped: MappedDocument, section: Section) -> SectionRow:
    match = mapped.mapping.section(section.section_id)
    element_ids = list(match.element_ids) if match and match.outcome is not MatchOutcome.UNMATCHED else []
    best, runner_up = _best_candidates(match, element_ids)
    heading = section.heading
    first = heading or next(iter(section.blocks), None)
    place = first.provenance if first is not None else None
    pages = [number for block in section.blocks for number in _pages_of(block)]
    heading_text = block_text(heading) if heading is not None else None
    return SectionRow(
        document_id=mapped.document.source.document_id,
        page_no=place.page_number if place else None,
        bbox=_bbox(place.bbox) if place else None,
        table_id=next((block.table.table_id for block in section.table_blocks()), None),
        confidence=_rounded(place.confidence) if place else None,
        section_id=section.section_id,
        parent_id=section.parent_id,
        order=section.order,
        level=section.level,
        heading_raw=heading_text,
        heading=normalize_value(heading_text) if heading_text else None,
        text="\n".join(block_text(block) for block in section.blocks) or None,
        page_end=max(pages, default=place.page_number if place else None),
        element_id=element_ids[0] if element_ids else None,
        element_ids=element_ids,
        match_score=_rounded(best.score) if best else None,
        match_method=best.method if best else None,
        matched_term=best.term if best else None,
        runner_up=runner_up.label if runner_up else None,
        runner_up_score=_rounded(runner_up.score) if runner_up else None,
    )


def _best_candidates(match: SectionMatch | None, element_ids: list[str]) -> tuple[Candidate | None, Candidate | None]:
    """The candidate that won and the best one that did not (the best two of a section that was not matched)."""
    candidates = match.candidates if match else ()
    if not element_ids:
        return None, (candidates[0] if candidates else None)
    best = next((candidate for candidate in candidates if candidate.label == element_ids[0]), None)
    runner_up = next((candidate for candidate in candidates if candidate.label not in element_ids), None)
    return best, runner_up


def build_table_rows(mapped: MappedDocument) -> tuple[TableRow, ...]:
    """One row per logical table."""
    return tuple(_table_row(mapped, table, section_id) for table, section_id in _tables(mapped))


def _table_row(mapped: MappedDocument, table: Table, section_id: str | None) -> TableRow:
    match = mapped.mapping.table(table.table_id)
    return TableRow(
        document_id=mapped.document.source.document_id,
        page_no=table.provenance.page_number,
        bbox=_bbox(table.provenance.bbox),
        table_id=table.table_id,
        section_id=section_id,
        confidence=_rounded(match.score) if match else None,
        title=normalize_value(table.caption) if table.caption else None,
        kind=match.kind if match else TableKind.OTHER,
        n_rows=table.n_rows,
        n_cols=table.n_cols,
        header_rows=table.header_rows or 0,
        pages=list(table.page_numbers) or ([table.provenance.page_number] if table.provenance.page_number else []),
        dimension=match.dimension if match else None,
    )


def build_cell_rows(mapped: MappedDocument) -> tuple[TableCellRow, ...]:
    """One row per cell of each logical table, by row and column."""
    document_id = mapped.document.source.document_id
    return tuple(
        _cell_row(document_id, table.table_id, section_id, cell)
        for table, section_id in _tables(mapped)
        for cell in sorted(table.cells, key=_BY_PLACE)
    )


def _cell_row(document_id: str, table_id: str, section_id: str | None, cell: Cell) -> TableCellRow:
    return TableCellRow(
        document_id=document_id,
        page_no=cell.provenance.page_number,
        bbox=_bbox(cell.provenance.bbox),
        table_id=table_id,
        section_id=section_id,
        confidence=_rounded(cell.provenance.confidence),
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        is_header=bool(cell.is_header),
        text_raw=cell.text,
        text=normalize_value(cell.text),
    )


def _tables(mapped: MappedDocument) -> Iterator[tuple[Table, str | None]]:
    """Each logical table with its section, nested tables after the one they stand in."""
    for section in mapped.outline.sections:
        for block in section.table_blocks():
            for table in _with_nested(block.table):
                yield table, section.section_id


def _with_nested(table: Table) -> Iterator[Table]:
    yield table
    for cell in table.cells:
        for nested in cell.tables:
            yield from _with_nested(nested)


def page_text(page: Page) -> str:
    """All text of a page in reading order: a line per paragraph and table row, tabs between cells."""
    return "\n".join(text for text in (block_text(block) for block in page.blocks) if text)


def block_text(block: Block) -> str:
    """A block's repaired text with its number or bullet in front; nothing for a picture without words."""
    if isinstance(block, TextBlock):
        return f"{block.marker} {block.text}" if block.marker else block.text
    if isinstance(block, TableBlock):
        return table_text(block.table)
    return block.alt_text or ""


def table_text(table: Table) -> str:
    """A table as lines of cells with tabs between, each merged cell once."""
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=_BY_PLACE):
        if cell.row < table.n_rows:
            text = cell.text.replace("\n", " ")
            if cell.tables:
                text = "\n".join(part for part in (text, *map(table_text, cell.tables)) if part)
            rows[cell.row].append(text)
    return "\n".join(["\t".join(row) for row in rows])


def _pages_of(block: Block) -> tuple[int, ...]:
    if isinstance(block, TableBlock) and block.table.page_numbers:
        return block.table.page_numbers
    return (block.provenance.page_number,) if block.provenance.page_number is not None else ()


def _bbox(box: BBox | None) -> list[float] | None:
    return box.as_list() if box is not None else None


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if value is not None else None
