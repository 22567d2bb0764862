"""Rows and slots of a table as text, the common ground of the other modules."""

from __future__ import annotations

import re

from docmodel.table import Cell, Table

# A mark, a number or a number with its unit: what stands in a body, hardly ever in a header.
_VALUE = re.compile(r"[✓✔√☐☑☒]|^[/xX•●\-–]$|^\(?[0-9๐-๙][0-9๐-๙.,]*\)?\.?$|0[0-9๐-๙\- ]{7,}")
_LONG_TEXT = 60


def slot_text(cell: Cell | None) -> str:
    """Text of a cell in one line, empty for no cell."""
    return " ".join(cell.text.split()) if cell is not None else ""


def squeeze(text: str) -> str:
    """Text without any space, for comparing what two pages printed."""
    return "".join(text.split())


class TableRows:
    """A table read row by row, put in order once so that long tables stay cheap."""

    __slots__ = ("_grid", "cells", "n_cols", "n_rows", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.n_rows, self.n_cols = table.n_rows, table.n_cols
        self.cells: list[list[Cell]] = [[] for _ in range(table.n_rows)]
        for cell in sorted(table.cells, key=lambda cell: cell.col):
            if cell.row < table.n_rows:
                self.cells[cell.row].append(cell)
        self._grid: list[list[Cell | None]] | None = None

    def texts(self, row: int) -> list[str]:
        """Text per column of the cells that begin in a row; covered and empty slots give ''."""
        texts = [""] * self.n_cols
        for cell in self.cells[row]:
            if cell.col < self.n_cols:
                texts[cell.col] = slot_text(cell)
        return texts

    def covering(self, row: int, col: int) -> Cell | None:
        """The cell that covers a slot."""
        if self._grid is None:
            self._grid = self.table.grid()
        return self._grid[row][col]

    def is_full_width(self, row: int) -> bool:
        """Whether one cell runs over the whole width of a row (and there is more than one column)."""
        cells = self.cells[row]
        return self.n_cols > 1 and len(cells) == 1 and cells[0].col == 0 and cells[0].col_span >= self.n_cols

    def is_title(self, row: int) -> bool:
        """Whether a row's only text stands in its first cell."""
        texts = self.texts(row)
        return bool(texts and texts[0]) and not any(texts[1:])


def looks_like_value(text: str) -> bool:
    """Whether a text is a mark, a plain number or a phone number, as bodies hold them."""
    return bool(_VALUE.search(text))


def looks_like_label(text: str) -> bool:
    """Whether a text could name a column: short and no mark, number or phone."""
    return bool(text) and len(text) <= _LONG_TEXT and not looks_like_value(text)
