"""Tables as sparse cells with spans; the grid is derived."""

from __future__ import annotations

from docmodel.provenance import Provenance
from docmodel.value_class import value_class


@value_class(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; a merged cell once, at its top left slot.

    ``row`` and ``col`` are 0-based, spans at least 1. ``raw_text`` and ``text`` are as in a text block. Ticks and
    boxes are characters of the text: ``\N{CHECK MARK}``, ``\N{BALLOT BOX}``, ``\N{BALLOT BOX WITH CHECK}``,
    ``\N{BALLOT BOX WITH X}``, whatever drew them. ``is_header`` is None until the table has been understood.
    """

    row: int
    col: int
    raw_text: str
    text: str
    provenance: Provenance
    row_span: int = 1
    col_span: int = 1
    is_header: bool | None = None
    tables: tuple[Table, ...] = ()


@value_class(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, or the part of one that stands on a page.

    ``table_id`` is unique in its document ("t001"); ``caption`` is the line that names it ("ตารางที่ ๑ …"), None until
    found. ``header_rows`` is None until the table has been understood; ``page_numbers`` are the pages covered, from 1.
    """

    table_id: str
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    provenance: Provenance
    caption: str | None = None
    header_rows: int | None = None
    page_numbers: tuple[int, ...] = ()

    def grid(self) -> list[list[Cell | None]]:
        """``n_rows`` lists of ``n_cols`` slots; a merged cell stands in each slot it covers, None where no cell is."""
        grid: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for col in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    grid[row][col] = cell
        return grid

    def cell_at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a slot, None where none does."""
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.row_span and cell.col <= col < cell.col + cell.col_span:
                return cell
        return None
