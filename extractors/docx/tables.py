"""Tables of a Word file, with merged cells, nested tables and rows of different grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from extractors.docx.grid import Span, settle_columns
from extractors.docx.xml import W, child_val, find, is_on, twips, val, whole_number

DOCX = Provenance(source=TextSource.DOCX)
_ROW_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MAX_SPAN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CellContent:
    """What a cell holds: its lines and the tables inside it."""

    text: str
    tables: tuple[Table, ...] = ()


ReadCell = Callable[[Any], CellContent]


@dataclass(slots=True, kw_only=True)
class _OpenCell:
    """A cell that rows below may still add to."""

    row: int
    start: int
    end: int
    rows: int
    content: CellContent
    header: bool


def read_table(table: Any, table_id: str, read_cell: ReadCell) -> Table | None:
    """The table of a ``w:tbl``; None where it has no cell.

    Cells are read row by row, which is the order in which Word numbers the lists inside them.
    """
    rows = [row for row in _descend(table, "tr") if not _is_removed(row)]
    cells_of_rows = [list(_row_cells(row)) for row in rows]
    if not any(cells_of_rows):
        return None
    grid = find(table, "tblGrid")
    widths = [twips(column, "w") for column in grid.iterchildren(f"{W}gridCol")] if grid is not None else []
    columns = settle_columns([[span for _, span in cells] for cells in cells_of_rows], widths)
    placed: list[_OpenCell] = []
    open_cells: dict[int, _OpenCell] = {}
    for number, (row, cells, spans) in enumerate(zip(rows, cells_of_rows, columns, strict=True)):
        header = bool(is_on(find(row, "trPr", "tblHeader")))
        for (cell, _), span in zip(cells, spans, strict=True):
            above = open_cells.get(span.start)
            if (
                _continues_above(cell)
                and above is not None
                and above.row + above.rows == number
                and above.end == span.end
            ):
                above.rows += 1
                continue
            opened = _OpenCell(
                row=number, start=span.start, end=span.end, rows=1, content=read_cell(cell), header=header
            )
            placed.append(opened)
            open_cells[span.start] = opened
    return Table(
        table_id=table_id,
        n_rows=len(rows),
        n_cols=max(cell.end for cell in placed),
        cells=tuple(_finished(cell) for cell in placed),
        provenance=DOCX,
    )


def find_framed_cell(table: Any) -> Any:
    """The cell of a table that has only one: a frame around text or around the real table; None for any other."""
    rows = [row for row in _descend(table, "tr") if not _is_removed(row)]
    cells = list(_descend(rows[0], "tc")) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def _finished(cell: _OpenCell) -> Cell:
    return Cell(
        row=cell.row,
        col=cell.start,
        raw_text=cell.content.text,
        text=cell.content.text,
        provenance=DOCX,
        row_span=cell.rows,
        col_span=cell.end - cell.start,
        is_header=True if cell.header else None,
        tables=cell.content.tables,
    )


def _descend(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those in content controls and accepted changes."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from _descend(child, tag)


def _is_removed(row: Any) -> bool:
    """Whether a row was deleted in a tracked change or is hidden."""
    properties = find(row, "trPr")
    return find(properties, "del") is not None or bool(is_on(find(properties, "hidden")))


def _row_cells(row: Any) -> Iterator[tuple[Any, Span]]:
    """The cells of a row with the grid edges between which each stands."""
    edge = min(whole_number(child_val(row, "trPr", "gridBefore")) or 0, _MAX_SPAN)
    pending: tuple[Any, Span] | None = None
    for cell in _descend(row, "tc"):
        span = _span_from(cell, edge)
        edge = span.end
        # Word 97 wrote a horizontal merge as a cell that continues the one before
        merge = find(cell, "tcPr", "hMerge")
        if pending is not None and merge is not None and (val(merge) or "continue") == "continue":
            pending = (pending[0], replace(pending[1], end=span.end, width_pt=None))
            continue
        if pending is not None:
            yield pending
        pending = (cell, span)
    if pending is not None:
        yield pending


def _span_from(cell: Any, edge: int) -> Span:
    columns = min(max(whole_number(child_val(cell, "tcPr", "gridSpan")) or 1, 1), _MAX_SPAN)
    width = find(cell, "tcPr", "tcW")
    in_points = width is not None and width.get(f"{W}type", "dxa") == "dxa"
    return Span(start=edge, end=edge + columns, width_pt=twips(width, "w") if in_points else None)


def _continues_above(cell: Any) -> bool:
    """Whether a cell is the lower part of a vertical merge."""
    merge = find(cell, "tcPr", "vMerge")
    return merge is not None and (val(merge) or "continue") == "continue"
