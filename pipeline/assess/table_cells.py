"""The cells of a table that a rule asks for: by the heads of columns, the labels of rows, or what is beside them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from docmodel.table import Cell, Table
from normalizers.markers import split_marker
from pipeline.assess.content import is_header, label_columns, value_cells
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import PlanText
from pipeline.schema_files.criteria import TextTest


def wanted_cells(table: Table, columns: Iterable[str], rows: Iterable[str], plan: PlanText) -> list[list[Cell]]:
    """The body cells of the columns whose head, or the rows whose label, says one of the phrase sets.

    One list per column or row that is there; with both, the cells where they cross; without either, one list with all
    cells that hold values.
    """
    columns, rows = tuple(columns), tuple(rows)
    asked = _labelled(table, rows, plan) if columns and rows else None
    if columns:
        heads = [col for col, text in enumerate(head_texts(table)) if plan.book.find(columns, text) is not None]
        return [
            [
                cell
                for cell in table.cells
                if cell.col == col and not is_header(cell, table) and (asked is None or cell.row in asked)
            ]
            for col in heads
        ]
    if rows:
        return _labelled_rows(table, rows, plan)
    return [list(value_cells(table))]


def cells_beside(table: Table, test: TextTest, plan: PlanText) -> list[list[Cell]]:
    """Per body row with a cell that passes the test, its other cells; mere numbers are none."""
    found = []
    for row, covering in enumerate(_body_rows(table)):
        cells = [cell for cell in covering if cell.row == row]
        telling = [cell for cell in cells if plan.book.holds(test, compact(cell.text))]
        if telling:
            found.append(
                [cell for cell in cells if cell not in telling and not compact(cell.text).strip(".()").isdigit()]
            )
    return found


def _body_rows(table: Table) -> list[list[Cell]]:
    """For each row the cells that cover it in the order of the table, those of the header left out."""
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        if not is_header(cell, table):
            for row in rows[cell.row : cell.row + cell.row_span]:
                row.append(cell)
    return rows


def head_texts(table: Table) -> list[str]:
    """For each column what its heads say from top to bottom, as it is compared."""
    texts: list[list[str]] = [[] for _ in range(table.n_cols)]
    for cell in sorted((cell for cell in table.cells if is_header(cell, table)), key=lambda cell: cell.row):
        for column in texts[cell.col : cell.col + cell.col_span]:
            column.append(cell.text)
    return [compact(" ".join(column)) for column in texts]


def _labelled_rows(table: Table, rows: tuple[str, ...], plan: PlanText) -> list[list[Cell]]:
    labels, covering = label_columns(table), _body_rows(table)
    return [
        [cell for under in _rows_under(covering, row, table) for cell in covering[under] if cell.col >= labels]
        for row in sorted(_labelled(table, rows, plan))
    ]


def _rows_under(covering: list[list[Cell]], row: int, table: Table) -> Iterable[int]:
    """The row itself; for one whose label runs over the whole table, the rows below it up to the next such."""

    def is_group(cells: list[Cell]) -> bool:
        return len(cells) == 1 and cells[0].col_span == table.n_cols > 1

    if not is_group(covering[row]):
        return (row,)
    return takewhile(lambda below: not is_group(covering[below]), range(row + 1, table.n_rows))


def _labelled(table: Table, rows: tuple[str, ...], plan: PlanText) -> set[int]:
    """The body rows whose label says one of the phrase sets."""
    labels = label_columns(table)
    found = set()
    for row, covering in enumerate(_body_rows(table)):
        parts = [cell.text for cell in covering if cell.col < labels]
        words = compact(" ".join(split_marker(part.strip())[1] for part in parts))
        if words and plan.book.find(rows, words) is not None:
            found.add(row)
    return found
