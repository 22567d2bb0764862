"""Header rows, paths, row roles and turning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmodel.table import Table
from normalizers.tables import RowRole, header_paths, printed_lines, row_roles, turn_table, understand_table
from tests.pipeline.records.plans import grid_table

WORDS = st.sampled_from(["", "งานทะเบียน", "✓", "๑ วัน", "นายทดสอบ สมมุติ", "12", "- แจ้งเหตุ", "รวม"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table of up to six rows and five columns, without merges."""
    n_rows, n_cols = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    rows = [" | ".join(draw(WORDS) for _ in range(n_cols)) for _ in range(n_rows)]
    return grid_table("\n".join(f"| {row} |" for row in rows))


@pytest.mark.parametrize(
    ("text", "header_rows"),
    [
        ("| ชื่อ | เบอร์ |\n| ก | ๑ |", 1),
        ("| หลัก | < | บทบาท |\n| ชื่อ | เบอร์ | ^ |\n| ก | ๑ | ข |", 2),
        ("| หลัก | | บทบาท |\n| ชื่อ | เบอร์ | |\n| ก | ๑ | ข |", 2),
        ("| งาน | ระยะเวลา | < |\n| ^ | 1 วัน | 1 เดือน |\n| (1) | (2) | (3) |\n| ก | ✓ | |", 3),
        ("| วันที่ ๑ | < | < |\n| ขั้นตอน | ใคร | เสร็จ |\n| - ก | ข | ☐ |", 2),
        ("| รายการ | จำนวน | ราคา |\n| | (เครื่อง) | (บาท) |\n| โน้ตบุ๊ก | 2 | 3 |", 2),
        ("| 1 | น้ำท่วม | ✓ |\n| 2 | ไฟไหม้ | |", 0),
        ("| | ทางเลือกที่ 1 | ทางเลือกที่ 2 |\n| อาคาร | โรงว่าวสาขา | เช่าโกดัง |\n| คน | สลับเวร | จ้างเพิ่ม |", 1),
        ("| ทรัพยากร | < | กลยุทธ์ |\n| | อาคาร | ย้าย |\n| | คน | สลับ |", 1),
    ],
)
def test_header_rows(text: str, header_rows: int) -> None:
    """Heads in one to three rows, merged or with blanks in place of merges, titles and units above the body."""
    assert understand_table(grid_table(text)).header_rows == header_rows


def test_paths_of_merged_and_blank_heads() -> None:
    """A head over several columns belongs to each, whether merged or followed by blanks."""
    merged = understand_table(grid_table("| งาน | เวลา | < |\n| ^ | 1 วัน | 1 เดือน |\n| ก | ✓ | |"))
    blank = understand_table(grid_table("| งาน | เวลา | |\n| | 1 วัน | 1 เดือน |\n| ก | ✓ | |"))
    assert header_paths(merged) == header_paths(blank) == (("งาน",), ("เวลา", "1 วัน"), ("เวลา", "1 เดือน"))


def test_row_roles() -> None:
    """Groups, totals, repeated headers and blanks are told from the body."""
    table = understand_table(grid_table("| งาน | คน |\n| ฝ่ายหนึ่ง | |\n| ก | 2 |\n| งาน | คน |\n| | |\n| รวมทั้งสิ้น | 2 |"))
    assert row_roles(table) == (
        RowRole.HEADER,
        RowRole.GROUP,
        RowRole.BODY,
        RowRole.REPEATED_HEADER,
        RowRole.BLANK,
        RowRole.TOTAL,
    )


def test_a_form_of_heads_alone_is_all_header() -> None:
    """The times under a spread head are heads, though no row stands under them."""
    form = grid_table("| งาน | ความเร่งด่วน | ระยะเวลาเป้าหมาย | < | < |\n| ^ | ^ | 4 ชั่วโมง | 1 วัน | 1 สัปดาห์ |")
    assert understand_table(form).header_rows == 2


@given(tables())
def test_understanding_twice_changes_nothing(table: Table) -> None:
    """A table that was understood is understood the same again, and no cell is lost."""
    once = understand_table(table)
    assert understand_table(once).header_rows == once.header_rows
    assert len(once.cells) == len(table.cells)
    assert all(cell.is_header is (cell.row < (once.header_rows or 0)) for cell in once.cells)
    assert len(header_paths(once)) == table.n_cols
    assert len(row_roles(once)) == table.n_rows


@given(tables())
def test_turning_twice_gives_the_table_back(table: Table) -> None:
    """Rows and columns change places and back."""
    assert sorted(turn_table(turn_table(table)).cells, key=repr) == sorted(table.cells, key=repr)


@pytest.mark.parametrize(
    ("raw", "text", "lines"),
    [
        ("นางสาวกขค\nงจฉ", "นางสาวกขคงจฉ", ("นางสาวกขค", "งจฉ")),
        ("สานัก\nงาน", "สำนักงาน", ("สำนัก", "งาน")),
        ("ก", "ก", ("ก",)),
        ("อย่างอื่น\nเลย", "ไม่ตรงกัน", ("ไม่ตรงกัน",)),
    ],
)
def test_printed_lines(raw: str, text: str, lines: tuple[str, ...]) -> None:
    """The repaired text is cut where the printed lines ended, or left whole where the two do not meet."""
    assert printed_lines(raw, text) == lines
