"""Rows that a page end cut in two: told from whole rows, and made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from docmodel.table import Cell, Table
from normalizers.tables.cell_room import line_was_full
from normalizers.tables.row_roles import RowRole, row_roles
from normalizers.tables.seams import (
    MIN_COLUMNS_CUT,
    are_asides,
    are_units,
    cannot_start,
    closes_bracket,
    goes_on_in_text,
    goes_on_in_word,
    is_cut_phone,
    join_texts,
)
from normalizers.tables.slots import TableRows, looks_like_value, slot_text

# A column that is filled in most rows above is expected to be filled in a whole row.
USUALLY_FILLED = 0.8
MAX_GROUP_CHARS = 90
# One row with a number in front shows no rule.
MIN_MARKED_ROWS = 2
# Telephone and document numbers; shorter numbers are values that two rows may share.
MIN_LONG_NUMBER = 7
_NUMBER_ONLY = re.compile(r"^[0-9๐-๙][0-9๐-๙\s\-–]*$")
_BULLET = re.compile(r"^[-–•▪■●*➢]\s*\S")
_MARKER = re.compile(r"^(?:[-–•▪■●*➢✓]\s*\S|\(?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)]\s*\S|[ก-ฮ][.)]\s)")
_NUMBERED = re.compile(r"^(?:(?:ส่วน|บท|ตอน|ด้าน|ข้อ|หมวด|ระยะ|ขั้น)(?:ที่)?\s*)?\(?[0-9๐-๙]")


def is_cut_row(first: Table, part: Table) -> bool:
    """Whether the first row of the next part (its repeated header already taken off) is the rest of the last row.

    It is when it leaves blank what the rows above fill, or when its text plainly goes on; a row of a group's name, of
    totals, or one with a mark or number of its own is a row of its own. ``first`` is the part just before.
    """
    if part.n_rows == 0 or first.n_rows <= (first.header_rows or 0):
        return False
    above, below = TableRows(first), TableRows(part)
    rest, last = below.texts(0), above.texts(first.n_rows - 1)
    filled = [col for col, text in enumerate(rest) if text]
    roles = row_roles(part)
    if not filled or roles[0] is RowRole.TOTAL or _divides(above, part):
        return False
    if any(_completes_number(above, below, col) or is_cut_phone(last[col], rest[col]) for col in filled):
        return all(last[col] for col in filled)
    pairs = [(last[col], rest[col]) for col in filled]
    if are_asides(pairs) or are_units(pairs) or any(closes_bracket(*pair) for pair in pairs):
        return all(last[col] for col in filled)
    if _is_cut_group(first, part, rest[filled[0]]):
        return bool(last[filled[0]])
    missing = _missing(above, rest)
    if any(looks_like_value(rest[col]) for col in filled):
        if any(looks_like_value(rest[col]) and looks_like_value(last[col]) for col in filled):
            return False  # two values are those of two rows
        goes_on = any(goes_on_in_text(last[col], rest[col]) for col in filled if not looks_like_value(rest[col]))
        return 0 in missing and goes_on and all(last[col] for col in filled)
    if not missing:
        return _whole_row_goes_on(above, below, filled)
    goes_on = any(last[col] and goes_on_in_text(last[col], rest[col]) for col in filled)
    if not goes_on and set(missing) <= {cell.col for cell in below.cells[0] if cell.row_span > 1}:
        return False  # a label from before, merged over this row and more: the row is a new one of it
    if 0 in missing or (1 in missing and 0 not in filled):
        return all(last[col] for col in filled)
    if len(filled) == 1 and not goes_on:
        was_full = line_was_full(above, below, filled[0])
        if was_full is False:
            return False
        childless = part.n_rows == 1 or roles[1] in (RowRole.GROUP, RowRole.TOTAL)  # so it is no group
        return childless or not _is_group_like(above, part, rest[filled[0]], filled[0])
    return all(last[col] for col in filled) and not _has_new_marker(above, rest, filled)


def _whole_row_goes_on(above: TableRows, below: TableRows, filled: Sequence[int]) -> bool:
    """Whether a row with nothing missing is the rest of one. Its label must go on: two values may meet as a word by
    chance, so they count only where several do, or where the lines of all were full."""
    rest, last, lead = below.texts(0), above.texts(above.n_rows - 1), filled[0]
    if not last[lead] or _has_new_marker(above, rest, filled):
        return False
    if goes_on_in_text(last[lead], rest[lead]) or _lacks_marker(above, below, lead):
        return True
    beside = [col for col in filled[1:] if last[col]]
    if sum(cannot_start(last[col], rest[col]) for col in beside) >= MIN_COLUMNS_CUT:
        return True
    if any(goes_on_in_word(last[col], rest[col]) for col in beside):
        return all(line_was_full(above, below, col) for col in filled)
    return len(filled) == 1 and _says_more(above, below) and not _is_group_like(above, below.table, rest[lead], lead)


def _divides(above: TableRows, part: Table) -> bool:
    """Whether the first row has several filled cells where the last one has a single cell: the page's end cuts a row
    across and leaves its columns as they are."""
    last = above.n_rows - 1
    wide = [cell for cell in above.table.cells if cell.row + cell.row_span - 1 == last and cell.col_span > 1]
    below = [cell for cell in part.cells if cell.row == 0 and cell.text.strip()]
    return any(sum(own.col <= cell.col < own.col + own.col_span for cell in below) > 1 for own in wide)


def _says_more(above: TableRows, below: TableRows) -> bool:
    """Whether every row but the first below fills more than one slot: one with a name alone is then no row."""
    rows = [above.texts(row) for row in range(above.table.header_rows or 0, above.n_rows)]
    rows += [below.texts(row) for row in range(1, below.n_rows)]
    return all(sum(1 for text in texts if text) > 1 for texts in rows)


def _completes_number(above: TableRows, below: TableRows, col: int) -> bool:
    """Whether a number cut by the page's end gets its usual length by the rest: a telephone number in a narrow column.

    The usual length is that of the column's other numbers, which must all be as long.
    """
    start = _count_digits(above.texts(above.n_rows - 1)[col])
    rest = _count_digits(below.texts(0)[col])
    rows = [above.texts(row)[col] for row in range(above.table.header_rows or 0, above.n_rows - 1)]
    rows += [below.texts(row)[col] for row in range(1, below.n_rows)]
    lengths = {length for text in rows if (length := _count_digits(text)) is not None}
    if start is None or rest is None or len(lengths) != 1:
        return False
    (usual,) = lengths
    return usual >= MIN_LONG_NUMBER and start < usual and start + rest == usual


def _is_cut_group(first: Table, part: Table, rest: str) -> bool:
    """Whether two rows of a group's name alone, on both sides of the cut, are one: the table's other groups stand right
    above what they hold, and the second has no number of its own."""
    above, below = row_roles(first), row_roles(part)
    group, body = RowRole.GROUP, RowRole.BODY
    if above[-1] is not group or below[0] is not group or below[1:2] != (body,) or _MARKER.match(rest):
        return False
    steps = [*pairwise(above), *pairwise(below[1:])]
    return (group, body) in steps and (group, group) not in steps


def _count_digits(text: str) -> int | None:
    """How many digits a text of nothing but a number has."""
    return sum(char.isdecimal() for char in text) if _NUMBER_ONLY.match(text) else None


def rejoin_cells(cells: Sequence[Cell], rest: Sequence[Cell], *, last_row: int) -> list[Cell]:
    """The cells of the part above, those of its last row with the rest of their text."""
    joined = list(cells)
    for cell in rest:
        if not cell.text.strip() and not cell.raw_text.strip():
            continue
        at = next((index for index, own in enumerate(joined) if _covers(own, last_row, cell.col)), None)
        if at is None:
            joined.append(replace(cell, row=last_row, row_span=1, is_header=False))
            continue
        own = joined[at]
        joined[at] = replace(
            own,
            raw_text=f"{own.raw_text}\n{cell.raw_text}" if own.raw_text else cell.raw_text,
            text=join_texts(own.text, cell.text),
            tables=(*own.tables, *cell.tables),
        )
    return joined


def _covers(cell: Cell, row: int, col: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span and cell.col <= col < cell.col + cell.col_span


def _missing(above: TableRows, rest: Sequence[str]) -> list[int]:
    """Columns that the rows above usually fill and the rest leaves blank."""
    roles = row_roles(above.table)
    body = [above.texts(row) for row in range(above.n_rows) if roles[row] is RowRole.BODY]
    if not body:
        return []
    return [
        col
        for col in range(above.n_cols)
        if not rest[col] and sum(1 for texts in body if texts[col]) >= USUALLY_FILLED * len(body)
    ]


def _has_new_marker(above: TableRows, rest: Sequence[str], filled: Sequence[int]) -> bool:
    """Whether the leading text has a number or bullet of the kind that the rows above begin with."""
    lead = filled[0]
    if not _MARKER.match(rest[lead]):
        return False
    rows = range(above.table.header_rows or 0, above.n_rows)
    leads = [text for row in rows if (text := above.texts(row)[lead])]
    return any(text[0] == rest[lead][0] or (text[0].isdigit() and rest[lead][0].isdigit()) for text in leads)


def _lacks_marker(above: TableRows, below: TableRows, col: int) -> bool:
    """Whether all rows but the first below begin with a number or bullet: what has none is the rest of one."""
    leads = [above.texts(row)[col] for row in range(above.table.header_rows or 0, above.n_rows)]
    leads += [below.texts(row)[col] for row in range(1, below.n_rows)]
    marked = all(_MARKER.match(lead) for lead in leads)
    return len(leads) >= MIN_MARKED_ROWS and marked and not _MARKER.match(below.texts(0)[col])


def _is_group_like(above: TableRows, part: Table, text: str, col: int) -> bool:
    """Whether a lone text is the name of a new group: short and without a bullet, and there are such rows already or
    the rows above are as plain. Groups begin with a table: where none stands above or below, and the text has a cell
    of one column, it is no group either."""
    if len(text) > MAX_GROUP_CHARS or _BULLET.match(text):
        return False
    roles = row_roles(above.table)
    if RowRole.GROUP in roles:
        names = [above.texts(row)[col] for row in range(above.n_rows) if roles[row] is RowRole.GROUP]
        return _NUMBERED.match(text) is not None or not all(_NUMBERED.match(name) for name in names if name)
    alone = next((cell for cell in part.cells if cell.row == 0 and cell.col == col), None)
    if alone is not None and alone.col_span == 1 and RowRole.GROUP not in row_roles(part)[1:]:
        return False
    rows = range(above.table.header_rows or 0, above.n_rows)
    leads = [lead for row in rows if (lead := slot_text(above.covering(row, col)))]
    marked = sum(1 for lead in leads if _MARKER.match(lead))
    return marked < len(leads) / 2 or (len(text) <= 40 and marked == 0)
