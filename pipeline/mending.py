"""Repairs the text of blocks and cells, joins printed lines, and keeps the ledger of what was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.document import Page, TextRepair
from docmodel.provenance import TextSource
from docmodel.table import Cell, Table
from normalizers.repair import DocumentDamage, RepairStep, loses_marks, mend_ocr_text, repair_text
from normalizers.text import join_printed_lines
from pipeline.page_route import page_raw_text

_CONTEXT_CHARACTERS = 12
"""Shown on both sides of an example: a word or two, enough to recognise the place and too little to tell a story."""


@dataclass(slots=True, kw_only=True)
class PageMender:
    """Mends one page and counts by rule what it changed. ``evidence`` is the damage seen anywhere in the document,
    ``loses_marks`` whether OCR has lost marks on this page."""

    page_number: int | None
    evidence: DocumentDamage | None
    source: TextSource
    loses_marks: bool = False
    _counts: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, tuple[str, str]] = field(default_factory=dict)

    def mend_block(self, block: Block) -> Block:
        """The block with its text repaired; pictures as they are."""
        if isinstance(block, TextBlock):
            text = self.mend(block.raw_text)
            return block if text == block.text else replace(block, text=text)
        if isinstance(block, TableBlock):
            return TableBlock(table=self.mend_table(block.table))
        return block

    def mend_table(self, table: Table) -> Table:
        """The table with the text of each cell repaired, nested tables too."""
        caption = self.mend(table.caption) if table.caption else table.caption
        return replace(table, cells=tuple(self._mend_cell(cell) for cell in table.cells), caption=caption)

    def mend(self, raw_text: str) -> str:
        """The repaired text; a line feed in it is a break that the author made."""
        result = repair_text(raw_text, context=self.evidence)
        steps, text = result.steps, result.text
        if self.source is TextSource.OCR:
            found = mend_ocr_text(text, loses=self.loses_marks)
            steps, text = (*steps, *found.steps), found.text
        if steps:
            self._note(raw_text, steps)
        return join_printed_lines(text) if self.source.has_visual_lines else text

    def ledger(self) -> tuple[TextRepair, ...]:
        """What was changed so far, by rule."""
        return tuple(
            TextRepair(
                page_number=self.page_number,
                rule=rule,
                count=count,
                example_before=self._examples[rule][0],
                example_after=self._examples[rule][1],
            )
            for rule, count in sorted(self._counts.items())
        )

    def _mend_cell(self, cell: Cell) -> Cell:
        text = self.mend(cell.raw_text) if cell.raw_text else cell.raw_text
        tables = tuple(self.mend_table(nested) for nested in cell.tables) if cell.tables else cell.tables
        return cell if text == cell.text and not tables else replace(cell, text=text, tables=tables)

    def _note(self, raw_text: str, steps: tuple[RepairStep, ...]) -> None:
        self._counts.update(str(step.rule) for step in steps)
        pending = {str(step.rule) for step in steps} - self._examples.keys()
        text = raw_text
        for step in steps:
            if not pending:
                return
            after = text[: step.start] + step.after + text[step.end :]
            if step.rule in pending:
                start = max(0, step.start - _CONTEXT_CHARACTERS)
                end = step.end + _CONTEXT_CHARACTERS
                end_after = step.start + len(step.after) + _CONTEXT_CHARACTERS
                self._examples[str(step.rule)] = (text[start:end], after[start:end_after])
                pending.discard(str(step.rule))
            text = after


def mend_page(page: Page, evidence: DocumentDamage | None) -> tuple[Page, tuple[TextRepair, ...]]:
    """A page with all its text repaired, and the ledger."""
    mender = PageMender(
        page_number=page.number,
        evidence=evidence,
        source=page.source,
        loses_marks=page.source is TextSource.OCR and loses_marks(page_raw_text(page)),
    )
    blocks = tuple(mender.mend_block(block) for block in page.blocks)
    return replace(page, blocks=blocks), mender.ledger()
