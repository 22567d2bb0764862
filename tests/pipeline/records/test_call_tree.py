"""Several people named in one cell of a call tree."""

from __future__ import annotations

from dataclasses import replace

from docmodel.provenance import Provenance, TextSource
from normalizers.tables import RowRole
from normalizers.text import join_printed_lines
from pipeline.records.call_tree import find_told
from pipeline.table_view import TableView
from pipeline.vocabulary import load_vocabulary
from tests.pipeline.records.plans import SCHEMA_ID, grid_table


def _printed(text: str) -> TableView:
    """A table as a PDF gives it: the lines of a cell joined in its text."""
    table = grid_table(text)
    place = Provenance(page_number=1, source=TextSource.TEXT_LAYER)
    cells = tuple(replace(cell, text=join_printed_lines(cell.raw_text), provenance=place) for cell in table.cells)
    return TableView(table=replace(table, cells=cells, header_rows=0), columns=(), roles=(RowRole.BODY,) * table.n_rows)


def test_two_people_on_lines_of_their_own_in_a_printed_cell() -> None:
    """Where the next name had room on the line before, the author parted them."""
    view = _printed(
        """
        | หัวหน้าคณะ | ผู้ประสานงาน\\nหัวหน้ากลุ่มงาน |
        | ผู้ประสานงาน | เจ้าหน้าที่ทุกคนของกลุ่มงานบริหารทั่วไป |
        """
    )
    assert find_told(view, 0, 1, load_vocabulary(SCHEMA_ID)) == ("ผู้ประสานงาน", "หัวหน้ากลุ่มงาน")


def test_a_name_that_the_column_broke_is_one() -> None:
    """Where the line was full the name goes on, though its second line begins like another."""
    view = _printed(
        """
        | หัวหน้าคณะ | หัวหน้าคณะบริหารความ\\nต่อเนื่อง |
        | ผู้ประสานงาน | รองผู้อำนวยการฝ่าย\\nหัวหน้ากลุ่มบริหาร |
        """
    )
    vocabulary = load_vocabulary(SCHEMA_ID)
    assert find_told(view, 0, 1, vocabulary) == ()
    assert find_told(view, 1, 1, vocabulary) == ()
