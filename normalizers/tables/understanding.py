"""Which rows of a table are its header, and what each column is called from top to bottom."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from docmodel.table import Cell, Table
from normalizers.durations import parse_duration
from normalizers.tables.slots import TableRows, looks_like_label, looks_like_value, slot_text, squeeze

# Title row, note row, up to three rows of heads, a row of units: more is a body.
MAX_HEADER_ROWS = 6
_NUMBERING = re.compile(r"^\(?([0-9๐-๙]{1,2})\)?$")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ITEM_START = re.compile(r"^(?:[-•▪■]\s|\(?[0-9๐-๙]+[.)]\s*\S|[0-9๐-๙]+$)")
_UNIT = re.compile(r"^\((?:[^()]{1,14})\)$")


def understand_table(table: Table) -> Table:
    """The same table with ``header_rows`` and each cell's ``is_header`` set.

    Rows that the format itself marks as header are believed and, where the next row plainly belongs to them, extended.
    A table of one row, or one whose first row holds values, has no header.
    """
    header_rows = _count_header_rows(TableRows(table))
    cells = tuple(
        cell if cell.is_header is (cell.row < header_rows) else replace(cell, is_header=cell.row < header_rows)
        for cell in table.cells
    )
    return replace(table, header_rows=header_rows, cells=cells)


def header_paths(table: Table) -> tuple[tuple[str, ...], ...]:
    """Per column the heads above it from top to bottom, each once: ``("ระยะเวลาเป้าหมาย", "1 วัน")``.

    A title row over the whole width and a row that only counts the columns are left out. A head that stands over
    several columns belongs to each; where a format shows merged heads only as blanks (text tables), a blank takes the
    head to its left.
    """
    header_rows = table.header_rows or 0
    grid = table.grid()
    view = TableRows(table)
    has_spans = any(
        cell.col_span > 1 and cell.row < header_rows and cell.col_span < table.n_cols for cell in table.cells
    )
    rows = [row for row in range(header_rows) if not view.is_full_width(row) and not _is_title_row(view, row)]
    texts = [[slot_text(cell) for cell in grid[row]] for row in rows]
    texts = [line for index, line in enumerate(texts) if index == 0 or not _is_numbering_row(line)]
    for depth, line in enumerate(texts):
        for col in range(1, table.n_cols):
            if not line[col] and _belongs_left(texts, depth, col, has_spans):
                line[col] = line[col - 1]
    return tuple(_path([line[col] for line in texts]) for col in range(table.n_cols))


def _belongs_left(texts: list[list[str]], depth: int, col: int, has_spans: bool) -> bool:
    """Whether the blank at a place is covered by the head to its left."""
    above = any(line[col] for line in texts[:depth])
    below = any(line[col] for line in texts[depth + 1 :])
    if above:
        return False
    if below:
        # "main person | | role": the blank has a subhead of its own, so the head to its left stands over both
        return any(line[col - 1] for line in texts[depth + 1 :])
    return not has_spans and depth == 0


def _path(texts: list[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or squeeze(path[-1]) != squeeze(text)):
            path.append(text)
    return tuple(path)


def _count_header_rows(table: TableRows) -> int:
    if table.n_rows < 2:
        return 1 if table.n_rows and any(cell.is_header for cell in table.cells[0]) else 0
    first = 0
    while first < min(table.n_rows - 1, MAX_HEADER_ROWS) and (
        table.is_full_width(first) or _is_title_row(table, first)
    ):
        first += 1
    marked = _marked_rows(table)
    if not marked and not _is_header_row(table, first):
        return 0
    count = max(marked, _bottom(table, first))
    while count < min(table.n_rows - 1, MAX_HEADER_ROWS) and _continues_header(table, first, count):
        count = max(count + 1, _bottom_of_row(table, count))
    return min(count, table.n_rows)


def _marked_rows(table: TableRows) -> int:
    """Rows from the top that the format marks as header; 0 where all are marked, which says nothing."""
    count = 0
    while count < table.n_rows and (cells := table.cells[count]) and all(cell.is_header for cell in cells):
        count += 1
    return count if count < table.n_rows else 0


def _is_title_row(table: TableRows, row: int) -> bool:
    """A row whose only text stands in its first cell, over a row that has heads: a title inside the grid."""
    texts = table.texts(row)
    if table.n_cols < 2 or not texts[0] or any(texts[1:]) or row + 1 >= table.n_rows:
        return False
    below = table.texts(row + 1)
    cell = table.covering(row, 0)
    spans = cell is not None and (cell.row_span > 1 or cell.col_span > 1)
    filled = sum(1 for text in below if text)
    return not spans and filled >= max(2, table.n_cols - 1) and all(looks_like_label(text) for text in below if text)


def _is_header_row(table: TableRows, row: int) -> bool:
    """Whether a row could be the first of a header: labels, no values, at least two heads."""
    texts = [text for text in table.texts(row) if text]
    if len(texts) < min(2, table.n_cols) or any(looks_like_value(text) for text in texts):
        return False
    if _ITEM_START.match(texts[0]) and not _ITEM_START.match(texts[-1]) and not _name_times(texts[1:]):
        return False
    return any(looks_like_label(text) for text in texts)


def _name_times(texts: list[str]) -> bool:
    """Whether heads are the times of a table of needs: "1 วัน", "1 สัปดาห์"; two values may be times, too."""
    ends = [(hours.max_hours or hours.min_hours) for text in texts if (hours := parse_duration(text)) is not None]
    return len(ends) >= 3 and all(low < high for low, high in pairwise(ends))


def _bottom(table: TableRows, first: int) -> int:
    return max(first + 1, _bottom_of_row(table, first))


def _bottom_of_row(table: TableRows, row: int) -> int:
    """The row below everything that begins in a row of heads."""
    bottoms = [cell.row + cell.row_span for cell in table.cells[row] if slot_text(cell)]
    deepest = max(bottoms, default=row + 1)
    spread = any(cell.col_span > 1 for cell in table.cells[row])
    if deepest == table.n_rows and spread and _name_times([text for text in table.texts(deepest - 1) if text]):
        return deepest  # a form with nothing under its heads
    return deepest if deepest < table.n_rows and deepest - row <= 3 else row + 1


def _continues_header(table: TableRows, first: int, row: int) -> bool:
    """Whether a row is one more header row: subheads under a spread head, a row of column numbers, a row of units."""
    texts = table.texts(row)
    filled = [col for col, text in enumerate(texts) if text]
    if not filled:
        return False
    if _is_numbering_row(texts) or _is_unit_row(texts):
        return True
    if any(looks_like_value(texts[col]) for col in filled) or not all(len(texts[col]) <= 60 for col in filled):
        return False
    above = [_head_above(table, first, row, col) for col in range(table.n_cols)]
    blank_above = [col for col in range(table.n_cols) if above[col] is None]
    spread = [col for col in filled if (head := above[col]) is not None and head.col_span > 1]
    named_and_free = [
        col for col in range(table.n_cols) if (head := above[col]) is not None and head.col_span == 1 and not texts[col]
    ]
    if blank_above == [0] and len(filled) == table.n_cols and not spread:
        return False  # only the corner over the names of the rows is blank
    under = [col for col in blank_above if texts[col]]
    if under and len(under) >= 0.6 * len(blank_above):
        return bool(named_and_free) or len(filled) == table.n_cols
    return bool(spread) and len(spread) >= 2 and (bool(named_and_free) or len(spread) == len(filled) < table.n_cols)


def _head_above(table: TableRows, first: int, row: int, col: int) -> Cell | None:
    """The lowest head that stands over a column, None where the header is blank there."""
    for upper in range(row - 1, first - 1, -1):
        cell = table.covering(upper, col)
        if cell is not None and slot_text(cell):
            return cell
    return None


def _is_numbering_row(texts: list[str]) -> bool:
    numbers = [match.group(1).translate(_THAI_DIGITS) for text in texts if (match := _NUMBERING.match(text))]
    return len(numbers) == len(texts) >= 3 and numbers == [str(number) for number in range(1, len(texts) + 1)]


def _is_unit_row(texts: list[str]) -> bool:
    filled = [text for text in texts if text]
    return len(filled) >= 2 and all(_UNIT.match(text) for text in filled)
