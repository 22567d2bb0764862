"""What in a table is header, row label and value, found out once however many rules ask."""

from __future__ import annotations

from functools import cached_property

from docmodel.table import Cell, Table
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from pipeline.assess.phrases import PhraseBook, compact


class TableParts:
    """A table's parts by their place: the header on top, the labels on the left, the values beside them."""

    def __init__(self, table: Table, book: PhraseBook) -> None:
        self.table = table
        self._book = book
        self._columns_saying: dict[tuple[str, ...], list[int]] = {}

    @cached_property
    def body(self) -> tuple[Cell, ...]:
        """The cells that do not belong to the header."""
        return tuple(cell for cell in self.table.cells if not is_header(cell, self.table))

    @cached_property
    def label_columns(self) -> int:
        """How many columns on the left name the rows: the first that is no mere numbering, and all before it."""
        n_cols = self.table.n_cols
        for col in range(min(2, n_cols - 1)):
            texts = [cell.text for cell in self.body if cell.col == col]
            if any(not _is_number(text) for text in texts if not is_blank(text)):
                return col + 1
        return min(2, n_cols - 1) if n_cols > 2 else 1

    @cached_property
    def values(self) -> tuple[Cell, ...]:
        """The body cells that hold values: not the row labels; all cells of a table of one column."""
        if self.table.n_cols == 1:
            return self.body
        return tuple(cell for cell in self.body if cell.col >= self.label_columns)

    @cached_property
    def body_rows(self) -> tuple[list[Cell], ...]:
        """For each row the cells that cover it in the order of the table, those of the header left out."""
        rows: tuple[list[Cell], ...] = tuple([] for _ in range(self.table.n_rows))
        for cell in self.body:
            for row in rows[cell.row : cell.row + cell.row_span]:
                row.append(cell)
        return rows

    @cached_property
    def row_labels(self) -> tuple[str, ...]:
        """For each row what its label says, as it is compared; "" for a row of the header."""
        return tuple(
            compact(" ".join(split_marker(cell.text.strip())[1] for cell in covering if cell.col < self.label_columns))
            for covering in self.body_rows
        )

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """For each column what its heads say from top to bottom, as it is compared."""
        texts: list[list[str]] = [[] for _ in range(self.table.n_cols)]
        for cell in sorted(
            (cell for cell in self.table.cells if is_header(cell, self.table)), key=lambda cell: cell.row
        ):
            for column in texts[cell.col : cell.col + cell.col_span]:
                column.append(cell.text)
        return tuple(compact(" ".join(column)) for column in texts)

    def columns_saying(self, names: tuple[str, ...]) -> list[int]:
        """The columns whose heads say a phrase of one of the sets, from left to right."""
        known = self._columns_saying.get(names)
        if known is None:
            known = [col for col, head in enumerate(self.heads) if self._book.find(names, head) is not None]
            self._columns_saying[names] = known
        return known


def is_header(cell: Cell, table: Table) -> bool:
    """Whether a cell belongs to the header."""
    return bool(cell.is_header) or (cell.is_header is None and cell.row < (table.header_rows or 0))


def _is_number(text: str) -> bool:
    return len(compact(text).strip(".()")) <= 3
