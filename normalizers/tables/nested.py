"""Tables inside cells, taken out into the flow, where their rows are read as those of any other table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.table import Table


def lift_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with each table that stands in a cell after the table around it.

    A table that only sets others side by side is no table: its cells' texts and tables take its place, from the left.
    """
    return tuple(
        lifted
        for block in blocks
        for lifted in (_lifted(block.table) if isinstance(block, TableBlock) and _has_nested(block.table) else (block,))
    )


def _has_nested(table: Table) -> bool:
    return any(cell.tables for cell in table.cells)


def _lifted(table: Table) -> Iterator[Block]:
    if _is_layout(table):
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            if cell.text.strip():
                yield TextBlock(raw_text=cell.raw_text, text=cell.text, provenance=cell.provenance)
            yield from lift_tables([TableBlock(table=inner) for inner in cell.tables])
        return
    yield TableBlock(table=replace(table, cells=tuple(replace(cell, tables=()) for cell in table.cells)))
    for cell in table.cells:
        yield from lift_tables([TableBlock(table=inner) for inner in cell.tables])


def _is_layout(table: Table) -> bool:
    """Whether a table is there for its place on the page only: no cell with words of its own, or a single row."""
    own_text = any(cell.text.strip() for cell in table.cells if not cell.tables)
    return not own_text or (
        table.n_rows == 1 and sum(bool(cell.tables) for cell in table.cells) * 2 >= len(table.cells)
    )
