"""Puts a document's text right and its flow together: repair, running heads out, what page ends cut joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.document import ExtractedDocument, NormalizedDocument, Page, TextRepair
from docmodel.provenance import TextSource
from docmodel.table import Table
from normalizers.markers import split_marker
from normalizers.repair import assess_text, find_document_damage
from normalizers.tables import join_table_parts
from normalizers.text import join_printed_lines
from pipeline.mending import mend_page
from pipeline.page_route import page_raw_text
from pipeline.running_matter import mark_running_matter

FIRST_LINE_INDENT_PT = 14.0
"""Thai official paragraphs begin 1.25–2.5 cm in (35–70 pt); a line that goes on begins at the margin, give or take."""
FULL_LINE_SHARE = 0.8
"""A paragraph that ends left of this part of the longest line ended by itself before the page did."""
PAGE_END_SHARE = 0.7
"""Text that ends above this part of the page's height was not cut by its end (large bottom margins, footnotes)."""


def normalize_document(document: ExtractedDocument) -> NormalizedDocument:
    """The document with ``text`` repaired everywhere and its body as one flow over all pages.

    ``raw_text`` stays as read. Evidence for a kind of damage on one page helps to decide unclear places on another.
    """
    evidence = find_document_damage(page_raw_text(page) for page in document.pages if page.source is not TextSource.OCR)
    mended = [mend_page(page, None if page.source is TextSource.OCR else evidence) for page in document.pages]
    repaired_pages = mark_running_matter([_with_quality(page, ledger) for page, ledger in mended])
    return NormalizedDocument(
        source=document.source,
        media_type=document.media_type,
        pages=repaired_pages,
        blocks=_build_body(repaired_pages),
        repairs=tuple(repair for _, ledger in mended for repair in ledger),
        issues=document.issues,
        metadata_title=document.metadata_title,
    )


def _with_quality(page: Page, ledger: Sequence[TextRepair]) -> Page:
    """The page with how far its repaired text can be trusted, and with the damage that was repaired."""
    damage = tuple(sorted({*page.damage, *(repair.rule for repair in ledger)}))
    if page.source is TextSource.OCR:
        return replace(page, damage=damage, quality=page.quality if page.quality is not None else page.ocr_confidence)
    if not page.readable:
        return replace(page, damage=damage)
    if not ledger and page.quality is not None:  # nothing was changed since its text was weighed
        return replace(page, damage=damage)
    health = assess_text(_page_text(page))
    return replace(page, damage=damage, quality=health.score)


def _page_text(page: Page) -> str:
    parts = [block.text for block in page.text_blocks()]
    parts += [cell.text for block in page.table_blocks() for cell in block.table.cells]
    return "\n".join(parts)


def _build_body(pages: Sequence[Page]) -> tuple[Block, ...]:
    body = join_table_parts(_join_paragraphs(pages))
    return _number_tables(body)


def _join_paragraphs(pages: Sequence[Page]) -> list[Block]:
    """All body blocks in a row; a paragraph that a page end cut is one block with the place of its first part."""
    body: list[Block] = []
    full_right = _right_edge(pages)
    before: Page | None = None
    for page in pages:
        flow = [block for block in page.blocks if not isinstance(block, TextBlock) or block.role.in_body]
        if before is not None and flow and body:
            last, first = body[-1], flow[0]
            if isinstance(last, TextBlock) and isinstance(first, TextBlock):
                cut = _reaches_page_end(last, before, full_right) and _begins_at_margin(first, flow)
                if cut and _goes_on(last, first):
                    body[-1] = _joined(last, first)
                    flow = flow[1:]
        body += flow
        before = page if flow else before
    return body


def _goes_on(last: TextBlock, first: TextBlock) -> bool:
    """Whether the words and their look allow that the first block of a page is the rest of the last one before it."""
    if not (last.provenance.source.has_visual_lines and first.provenance.source.has_visual_lines):
        return False
    if first.role is not BlockRole.PARAGRAPH or last.role not in (BlockRole.PARAGRAPH, BlockRole.LIST_ITEM):
        return False
    if first.marker is not None or split_marker(first.text.lstrip())[0] is not None:
        return False
    if first.style.centered or last.style.centered or bool(first.style.bold) != bool(last.style.bold):
        return False
    return (first.style.indent_pt or 0.0) <= FIRST_LINE_INDENT_PT


def _right_edge(pages: Sequence[Page]) -> float:
    """Where full lines end in this document; 0 where places are not known."""
    boxes = [block.provenance.bbox for page in pages for block in page.text_blocks() if block.role.in_body]
    return max((box.x1 for box in boxes if box is not None), default=0.0)


def _reaches_page_end(block: TextBlock, page: Page, full_right: float) -> bool:
    """Whether a block fills its lines and stands so low that the page may have cut it."""
    box = block.provenance.bbox
    if box is None or not page.height_pt or page.number != block.provenance.page_number:
        return False
    return box.bottom >= PAGE_END_SHARE * page.height_pt and box.x1 >= FULL_LINE_SHARE * full_right


def _begins_at_margin(block: TextBlock, blocks: Sequence[Block]) -> bool:
    box = block.provenance.bbox
    lefts = [other.provenance.bbox.x0 for other in blocks if isinstance(other, TextBlock) and other.provenance.bbox]
    return box is not None and bool(lefts) and box.x0 <= min(lefts) + FIRST_LINE_INDENT_PT


def _joined(last: TextBlock, first: TextBlock) -> TextBlock:
    return replace(
        last,
        raw_text=f"{last.raw_text}\n{first.raw_text}",
        text=join_printed_lines(f"{last.text}\n{first.text}"),
    )


def _number_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Every logical table with an id of its own: readers number the tables of one page only."""
    numbered: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, TableBlock):
            count += 1
            numbered.append(TableBlock(table=_renamed(block.table, f"t{count:03d}")))
        else:
            numbered.append(block)
    return tuple(numbered)


def _renamed(table: Table, table_id: str) -> Table:
    """The table under another id; a nested table is named after the one it stands in."""
    number = 0
    cells = []
    for cell in table.cells:
        nested = []
        for inner in cell.tables:
            number += 1
            nested.append(_renamed(inner, f"{table_id}.{number}"))
        cells.append(replace(cell, tables=tuple(nested)) if nested else cell)
    return replace(table, table_id=table_id, cells=tuple(cells))
