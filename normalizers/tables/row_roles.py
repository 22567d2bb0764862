"""What each row of a table is: header, group of the rows below, total, repeated header, or body."""

from __future__ import annotations

import re
from enum import StrEnum

from docmodel.table import Table
from normalizers.tables.slots import TableRows, slot_text, squeeze

_TOTAL = re.compile(r"^(?:ผล)?(?:รวม(?:ทั้งสิ้น|ทั้งหมด|จำนวน|พื้นที่|บุคลากร)?|ยอดรวม|total)(?=$|[\s(:])", re.IGNORECASE)


class RowRole(StrEnum):
    """The part a row plays."""

    HEADER = "header"
    REPEATED_HEADER = "repeated_header"
    GROUP = "group"
    TOTAL = "total"
    BODY = "body"
    BLANK = "blank"


def row_roles(table: Table) -> tuple[RowRole, ...]:
    """The role of each row. GROUP means that the row has one label and nothing else: whether that is a group of the
    rows below or an unfilled row is for the reader of the table's kind to say."""
    header_rows = table.header_rows or 0
    rows = TableRows(table)
    heads = {tuple(squeeze(text) for text in rows.texts(row)) for row in range(min(header_rows, table.n_rows))}
    return tuple(RowRole.HEADER if row < header_rows else _body_role(rows, row, heads) for row in range(table.n_rows))


def _body_role(table: TableRows, row: int, heads: set[tuple[str, ...]]) -> RowRole:
    texts = table.texts(row)
    filled = [text for text in texts if text]
    if not filled:
        return RowRole.BLANK
    if tuple(squeeze(text) for text in texts) in heads:
        return RowRole.REPEATED_HEADER
    if _TOTAL.match(filled[0]):
        return RowRole.TOTAL
    if _heads_again(texts, heads):
        return RowRole.GROUP
    if table.is_full_width(row) or (table.n_cols > 1 and _only_label(table, row, texts)):
        return RowRole.GROUP
    return RowRole.BODY


def _heads_again(texts: list[str], heads: set[tuple[str, ...]]) -> bool:
    """Whether a row has its own name and else the heads once more: the next of several tables in one grid."""
    own = tuple(squeeze(text) for text in texts)
    return any(len(set(own[1:]) - {""}) >= 3 and own[1:] == head[1:] for head in heads)


def _only_label(table: TableRows, row: int, texts: list[str]) -> bool:
    """One text in the first two columns and no cell from above reaching into the row with a text of its own."""
    filled = [col for col, text in enumerate(texts) if text]
    if len(filled) != 1 or filled[0] > 1:
        return False
    begun = {cell.col for cell in table.cells[row]}
    covered = [table.covering(row, col) for col in range(table.n_cols) if col not in begun]
    return not any(cell is not None and cell.row < row and slot_text(cell) for cell in covered)
