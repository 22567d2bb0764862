"""The cells of a table that a rule asks for: by the heads of columns, the labels of rows, or what is beside them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from docmodel.table import Cell, Table
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import PlanText
from pipeline.assess.table_parts import TableParts
from pipeline.schema_files.criteria import TextTest


def wanted_cells(table: Table, columns: Iterable[str], rows: Iterable[str], plan: PlanText) -> list[list[Cell]]:
    """The body cells of the columns whose head, or the rows whose label, says one of the phrase sets.

    One list per column or row that is there; with both, the cells where they cross; without either, one list with all
    cells that hold values.
    """
    columns, rows = tuple(columns), tuple(rows)
    parts = plan.parts(table)
    if columns:
        asked = set(_labelled(parts, rows, plan)) if rows else None
        return [
            [cell for cell in parts.body if cell.col == col and (asked is None or cell.row in asked)]
            for col in parts.columns_saying(columns)
        ]
    if rows:
        return _labelled_rows(parts, rows, plan)
    return [list(parts.values)]


def cells_beside(table: Table, test: TextTest, plan: PlanText) -> list[list[Cell]]:
    """Per body row with a cell that passes the test, its other cells; mere numbers are none."""
    found = []
    for row, covering in enumerate(plan.parts(table).body_rows):
        cells = [cell for cell in covering if cell.row == row]
        telling = [cell for cell in cells if plan.book.holds(test, compact(cell.text))]
        if telling:
            found.append(
                [cell for cell in cells if cell not in telling and not compact(cell.text).strip(".()").isdigit()]
            )
    return found


def _labelled_rows(parts: TableParts, rows: tuple[str, ...], plan: PlanText) -> list[list[Cell]]:
    return [
        [
            cell
            for under in _rows_under(parts, row)
            for cell in parts.body_rows[under]
            if cell.col >= parts.label_columns
        ]
        for row in _labelled(parts, rows, plan)
    ]


def _rows_under(parts: TableParts, row: int) -> Iterable[int]:
    """The row itself; for one whose label runs over the whole table, the rows below it up to the next such."""
    n_cols = parts.table.n_cols

    def is_group(cells: list[Cell]) -> bool:
        return len(cells) == 1 and cells[0].col_span == n_cols > 1

    if not is_group(parts.body_rows[row]):
        return (row,)
    return takewhile(lambda below: not is_group(parts.body_rows[below]), range(row + 1, parts.table.n_rows))


def _labelled(parts: TableParts, rows: tuple[str, ...], plan: PlanText) -> list[int]:
    """The body rows whose label says one of the phrase sets, in order."""
    return [row for row, words in enumerate(parts.row_labels) if words and plan.book.find(rows, words) is not None]
