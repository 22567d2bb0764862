"""Heads that a repeated header shows only in part: what it cuts off still stands in the file, over the row below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docmodel.table import Cell, Table
from normalizers.tables.slots import squeeze


def drop_clipped_heads(body: Sequence[Cell], head: Table, part: Table, repeated: int) -> list[Cell]:
    """The cells below a repeated header (rows counted from there), their first row without the ends of its heads.

    A printer that repeats a header in less room hides what does not fit, but writes it: "ระดับ (สูง/ปาน" above and
    "กลาง/ต่ำ)สูง" in the row below. The whole heads are those of the table's first part.
    """
    ends = _hidden_ends(head, part, repeated)
    return [_without(cell, ends[cell.col]) if cell.row == 0 and cell.col in ends else cell for cell in body]


def _hidden_ends(head: Table, part: Table, repeated: int) -> dict[int, str]:
    """By column what the repeated heads lack at their end, without spaces."""
    whole = {(cell.row, cell.col): squeeze(cell.text) for cell in head.cells if cell.row < repeated}
    ends = {}
    for cell in part.cells:
        shown = squeeze(cell.text)
        full = whole.get((cell.row, cell.col), "") if cell.row < repeated else ""
        if shown and len(full) > len(shown) and full.startswith(shown):
            ends[cell.col] = full[len(shown) :]
    return ends


def _without(cell: Cell, end: str) -> Cell:
    return replace(cell, text=_cut(cell.text, end), raw_text=_cut(cell.raw_text, end))


def _cut(text: str, end: str) -> str:
    """A text without what it begins with, whatever spaces stand between; the text itself where it does not."""
    at = 0
    for letter in end:
        while text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] != letter:
            return text
        at += 1
    return text[at:].lstrip()
