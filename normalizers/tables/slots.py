"""Rows and slots of a table as text, the common ground of the other modules."""

from __future__ import annotations

import re

from docmodel.table import Cell, Table

_SPACE = re.compile(r"\s+")
# A mark, a number or a number with its unit: what stands in a body, hardly ever in a header.
_VALUE = re.compile(r"[✓✔√☐☑☒]|^[/xX•●\-–]$|^\(?[0-9๐-๙][0-9๐-๙.,]*\)?\.?$|0[0-9๐-๙\- ]{7,}")
_LONG_TEXT = 60


def slot_text(cell: Cell | None) -> str:
    """Text of a cell in one line, empty for no cell."""
    return _SPACE.sub(" ", cell.text).strip() if cell is not None else ""


def squeeze(text: str) -> str:
    """Text without any space, for comparing what two pages printed."""
    return _SPACE.sub("", text)


def row_cells(table: Table, row: int) -> list[Cell]:
    """Cells that begin in a row, from left to right."""
    return sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.col)


def rows_of_cells(table: Table) -> list[list[Cell]]:
    """Cells by the row in which they begin, from left to right."""
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        if cell.row < table.n_rows:
            rows[cell.row].append(cell)
    for cells in rows:
        cells.sort(key=lambda cell: cell.col)
    return rows


def own_texts(table: Table, row: int) -> list[str]:
    """Text per column of the cells that begin in a row and column; covered and empty slots give ''."""
    texts = [""] * table.n_cols
    for cell in row_cells(table, row):
        if cell.col < table.n_cols:
            texts[cell.col] = slot_text(cell)
    return texts


def is_full_width(table: Table, row: int) -> bool:
    """Whether one cell runs over the whole width of a row (and there is more than one column)."""
    cells = row_cells(table, row)
    return table.n_cols > 1 and len(cells) == 1 and cells[0].col == 0 and cells[0].col_span >= table.n_cols


def looks_like_value(text: str) -> bool:
    """Whether a text is a mark, a plain number or a phone number, as bodies hold them."""
    return bool(_VALUE.search(text))


def looks_like_label(text: str) -> bool:
    """Whether a text could name a column: short and no mark, number or phone."""
    return bool(text) and len(text) <= _LONG_TEXT and not looks_like_value(text)
