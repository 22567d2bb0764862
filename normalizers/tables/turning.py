"""Rows as columns and columns as rows."""

from __future__ import annotations

from dataclasses import replace

from docmodel.table import Table


def turn_table(table: Table) -> Table:
    """The table mirrored at its diagonal, its header not yet understood; turning twice gives the table back."""
    cells = (
        replace(cell, row=cell.col, col=cell.row, row_span=cell.col_span, col_span=cell.row_span, is_header=None)
        for cell in table.cells
    )
    return replace(
        table,
        n_rows=table.n_cols,
        n_cols=table.n_rows,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        header_rows=None,
    )
