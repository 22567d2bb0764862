"""Tables written with tabs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docmodel.provenance import Provenance
from docmodel.table import Table
from extractors.blocks import table_ids
from extractors.text.tab_tables import is_table_line, read_tab_table, split_rows


def read(*lines: str) -> Table:
    grid = split_rows(lines)
    assert grid is not None
    return read_tab_table(grid, Provenance(), table_ids())


def places(table: Table) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells if cell.text}


def test_a_head_of_two_lines_is_merged() -> None:
    """Labels cover the empty cells that a second line fills, and those that it leaves empty below them."""
    table = read("ภัย\t\tผลกระทบ\t\tหมายเหตุ", "\t\tอาคาร\tคน\t", "๑\tน้ำท่วม\t✓\t\tก")
    assert (table.n_rows, table.n_cols) == (3, 5)
    assert places(table)["ภัย"] == (0, 0, 2, 2)
    assert places(table)["ผลกระทบ"] == (0, 2, 1, 2)
    assert places(table)["หมายเหตุ"] == (0, 4, 2, 1)
    assert places(table)["คน"] == (1, 3, 1, 1)


def test_a_head_of_one_line_covers_columns_with_text_below() -> None:
    """An empty cell inside the head belongs to the label before it where the column below has text."""
    table = read("ทรัพยากร\t\tกลยุทธ์", "\tอาคาร\tย้ายที่ทำการ", "\tคน\tสลับเวร")
    assert places(table)["ทรัพยากร"] == (0, 0, 1, 2)
    assert places(table)["อาคาร"] == (1, 1, 1, 1)


def test_a_first_row_with_an_empty_end_is_not_merged() -> None:
    """A row of a table that goes on from another page keeps its empty last cell."""
    table = read("ทีมงาน\tแจ้งเหตุ\t", "ทีมสำรอง\tประสานงาน\t☐")
    assert places(table)["แจ้งเหตุ"] == (0, 1, 1, 1)


def test_a_title_row_covers_the_width() -> None:
    """A line above the head with nothing but a first cell covers all columns."""
    table = read("ระยะแรก\t\t", "ขั้นตอน\tผู้รับผิดชอบ\tเสร็จ", "แจ้งเหตุ\tเวร\t☐")
    assert places(table)["ระยะแรก"] == (0, 0, 1, 3)


def test_rows_of_the_body_are_never_merged() -> None:
    """An empty cell of the body is empty: it may be a hole in the plan."""
    table = read("งาน\tมี\tไม่มี", "ก\t\t", "ข\t✓\t")
    assert places(table)["ก"] == (1, 0, 1, 1)
    assert len(table.cells) == 9


def test_html_in_cells_is_text() -> None:
    """Lists, breaks, boxes and entities inside a cell become lines and marks."""
    table = read(
        'ข้อ\t<input type="checkbox" checked=""/>\t<input type="checkbox"/>',
        'พร้อม <ul style="list-style-type: none"><li>■ ก</li><li>■ ข</li></ul>\tR&amp;D\tหนึ่ง<br>สอง',
    )
    texts = [cell.text for cell in table.cells]
    assert texts == ["ข้อ", "☑", "☐", "พร้อม\n■ ก\n■ ข", "R&D", "หนึ่ง\nสอง"]


def test_markup_over_several_lines_stays_in_its_cell() -> None:
    """A list that is still open at the line's end goes on in the same cell."""
    table = read("งาน\tวิธี", "ก\t<ul><li>หนึ่ง</li>", "<li>สอง</li></ul>", "ข\tสาม")
    assert [cell.text for cell in table.cells] == ["งาน", "วิธี", "ก", "- หนึ่ง\n- สอง", "ข", "สาม"]


def test_bullets_below_a_row_belong_to_its_last_cell() -> None:
    """Lines of bullets without tabs are the rest of the cell above them."""
    table = read("งาน\tวิธี", "ก\t- หนึ่ง", "- สอง", "ข\tสาม")
    assert [cell.text for cell in table.cells] == ["งาน", "วิธี", "ก", "- หนึ่ง\n- สอง", "ข", "สาม"]


def test_short_rows_of_a_trimmed_file_stay_rows() -> None:
    """Where line ends were trimmed, two short rows are not one broken row."""
    table = read("ก\tข\tค", "๑\tสอง", "๒\tสาม")
    assert [cell.text for cell in table.cells if cell.col == 0] == ["ก", "๑", "๒"]


def test_what_is_no_table() -> None:
    """Indents and a single pair of words with a tab are prose."""
    assert not is_table_line("\tย่อหน้าใหม่ของเรื่อง")
    assert is_table_line("ก\tข")
    assert split_rows(["เรื่อง\tการทบทวน"]) is None
    assert split_rows(["๔\tโรคระบาด\t✓"]) is not None


@given(st.lists(st.lists(st.text("กข ", max_size=3), min_size=1, max_size=5), min_size=1, max_size=6))
def test_each_slot_is_covered_once_and_no_word_is_lost(rows: list[list[str]]) -> None:
    """Whatever the cells hold, the merges overlap nowhere and every word is in some cell."""
    grid = split_rows(["\t".join(row) for row in rows])
    if grid is None:
        return
    table = read_tab_table(grid, Provenance(), table_ids())
    slots = [
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    assert len(slots) == len(set(slots))
    assert "".join("".join(cell.text for cell in table.cells).split()) == "".join(
        "".join(cell for row in rows for cell in row).split()
    )
