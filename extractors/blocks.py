"""Blocks and tables as a reader of a format without pages makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from docmodel.blocks import BlockRole, TextBlock, TextStyle
from docmodel.provenance import Provenance
from docmodel.table import Cell, Table

# A cell that claims more than this is a slip or an attack, not a table of a plan.
MAX_SPAN = 500
MAX_COLUMNS = 1_000

PLAIN_STYLE = TextStyle()


def table_ids() -> Iterator[str]:
    """Identifiers for the tables of a document in order: t001, t002, …"""
    return (f"t{number:03d}" for number in count(1))


def text_block(
    text: str,
    provenance: Provenance,
    *,
    role: BlockRole = BlockRole.PARAGRAPH,
    marker: str | None = None,
    level: int | None = None,
    style: TextStyle = PLAIN_STYLE,
) -> TextBlock:
    """A block whose text is as the source gives it."""
    return TextBlock(
        role=role, raw_text=text, text=text, provenance=provenance, marker=marker, level=level, style=style
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell as a source lists it: in its row, with its spans, before its column is known."""

    text: str
    row_span: int = 1
    col_span: int = 1
    tables: tuple[Table, ...] = ()


def place_cells(rows: Sequence[Sequence[SourceCell]], provenance: Provenance) -> tuple[int, int, tuple[Cell, ...]]:
    """Number of rows and columns, and the cells at their slots, each pushed right past the spans from above."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    n_cols = 0
    for row, source_cells in enumerate(rows):
        col = 0
        for source_cell in source_cells:
            while (row, col) in taken:
                col += 1
            if col >= MAX_COLUMNS:
                break
            row_span = max(1, min(source_cell.row_span, len(rows) - row, MAX_SPAN))
            col_span = _free_width(taken, row, col, max(1, min(source_cell.col_span, MAX_SPAN)))
            taken.update((row + down, col + right) for down in range(row_span) for right in range(col_span))
            cells.append(
                Cell(
                    row=row,
                    col=col,
                    raw_text=source_cell.text,
                    text=source_cell.text,
                    provenance=provenance,
                    row_span=row_span,
                    col_span=col_span,
                    tables=source_cell.tables,
                )
            )
            col += col_span
            n_cols = max(n_cols, col)
    return len(rows), n_cols, tuple(cells)


def _free_width(taken: set[tuple[int, int]], row: int, col: int, wanted: int) -> int:
    """How many slots from ``col`` on are free, up to ``wanted``: a span from above is not covered twice."""
    for width in range(1, wanted):
        if (row, col + width) in taken:
            return width
    return wanted


def make_table(table_id: str, rows: Sequence[Sequence[SourceCell]], provenance: Provenance) -> Table:
    """A table from its rows, all of it at one place."""
    n_rows, n_cols, cells = place_cells(rows, provenance)
    return Table(
        table_id=table_id,
        n_rows=n_rows,
        n_cols=n_cols,
        cells=cells,
        provenance=provenance,
        page_numbers=() if provenance.page_number is None else (provenance.page_number,),
    )
