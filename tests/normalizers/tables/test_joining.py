"""Parts of tables that page ends made, and rows that they cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Table
from normalizers.tables import join_table_parts
from normalizers.tables.joining import join_tables
from normalizers.tables.seams import join_texts
from tests.pipeline.records.plans import grid_table, text_block

STEPS = """
| ขั้นตอน | ผู้รับผิดชอบ | เสร็จ |
| - ตรวจความเสียหายของอาคาร | กองช่าง | ☐ |
| - ติดต่อผู้ให้บริการเพื่อ | กองคลังและ | ☐ |
"""


def placed(text: str, page: int, *, widths: tuple[float, ...], top: float = 60.0, table_id: str = "t001") -> Table:
    """A table with boxes: columns of the given widths from x 50, rows of 20 points."""
    table = grid_table(text, table_id=table_id, page_number=page)
    edges = [50.0]
    for width in widths:
        edges.append(edges[-1] + width)
    cells = tuple(
        replace(
            cell,
            provenance=Provenance(
                page_number=page,
                source=TextSource.TEXT_LAYER,
                bbox=BBox(
                    edges[cell.col],
                    top + 20 * cell.row,
                    edges[cell.col + cell.col_span],
                    top + 20 * (cell.row + cell.row_span),
                ),
            ),
        )
        for cell in table.cells
    )
    box = BBox(edges[0], top, edges[-1], top + 20 * table.n_rows)
    return replace(table, cells=cells, provenance=Provenance(page_number=page, bbox=box))


def texts(table: Table) -> list[list[str]]:
    """The slots of a table as text."""
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_repeated_header_is_dropped() -> None:
    """A part that repeats the header goes on with its body rows only."""
    whole = join_tables(grid_table("| ก | ข |\n| แถวหนึ่ง | 1 |"), grid_table("| ก | ข |\n| แถวสอง | 2 |"))
    assert whole is not None
    assert texts(whole) == [["ก", "ข"], ["แถวหนึ่ง", "1"], ["แถวสอง", "2"]]


def test_cut_row_is_one_row_with_the_place_of_its_first_part() -> None:
    """A row that leaves blank what whole rows fill is the rest of the row above; its words are joined as Thai."""
    first = placed(STEPS, 3, widths=(250, 150, 60))
    rest = placed("| บริการระยะยาว | งานพัสดุ | |\n| - แจ้งทีมงาน | สำนักปลัด | ☐ |", 4, widths=(250, 150, 60))
    whole = join_tables(first, rest)
    assert whole is not None
    assert texts(whole)[2] == ["- ติดต่อผู้ให้บริการเพื่อบริการระยะยาว", "กองคลังและงานพัสดุ", "☐"]
    assert texts(whole)[3] == ["- แจ้งทีมงาน", "สำนักปลัด", "☐"]
    cell = whole.cell_at(2, 0)
    assert cell is not None and cell.provenance.page_number == 3
    assert cell.raw_text == "- ติดต่อผู้ให้บริการเพื่อ\nบริการระยะยาว"
    assert whole.page_numbers == (3, 4)


def test_row_of_its_own_is_not_swallowed() -> None:
    """A next row with all that rows have, or with a mark of its own, stays a row."""
    first = placed(STEPS, 1, widths=(250, 150, 60))
    whole = join_tables(first, placed("| - ย้ายเอกสาร | ธุรการ | ☐ |", 2, widths=(250, 150, 60)))
    assert whole is not None and whole.n_rows == 4


@pytest.mark.parametrize(
    ("above", "below", "rows"),
    [
        (
            "| ภัย | อาคาร | คน |\n| ฝนตก | / | - |\n| การระบาด | - | / |",
            "| ภัย | อาคาร | คน |\n| ของโรคว่าว | | |\n| ลม | / | / |",
            4,
        ),
        (
            "| ภัย | อาคาร | คน |\n| ฝนตก | ✓ | |\n| ภัยแล้ง | | ✓ |",
            "| ภัย | อาคาร | คน |\n| รุนแรง | | |\n| ลม | ✓ | |",
            4,
        ),
        (
            "| ด้าน | วิธี | ใคร |\n| สถานที่ | ย้ายว่าว | กองว่าว |",
            "| ด้าน | วิธี | ใคร |\n| วัสดุ | ซื้อว่าว | กองว่าว |",
            3,
        ),
        (
            "| รายการ | มี |\n| ส่วนที่ 1 | |\n| - ว่าวไทย | / |\n| - วัสดุ | / |",
            "| รายการ | มี |\n| อุปกรณ์ว่าว | |\n| - สายป่าน | / |",
            5,
        ),
    ],
)
def test_the_rest_of_a_name_is_no_row_and_a_name_is_not_the_rest_of_a_place(above: str, below: str, rows: int) -> None:
    """A lone text goes on with the row above where the table has no groups, or only numbered ones."""
    whole = join_tables(grid_table(above), grid_table(below))
    assert whole is not None
    assert whole.n_rows == rows


def test_group_name_at_the_top_of_a_page_stays_a_row() -> None:
    """A short label over further rows is a group of the rows below, not the rest of the row above."""
    first = placed("| กระบวนการ | ระดับ |\n| งานหลัก | |\n| - ทะเบียน | สูง |", 1, widths=(200, 100))
    whole = join_tables(first, placed("| งานสนับสนุน | |\n| - บัญชี | ต่ำ |", 2, widths=(200, 100)))
    assert whole is not None
    assert texts(whole)[3] == ["งานสนับสนุน", ""]


def test_other_columns_or_a_later_page_are_other_tables() -> None:
    """Columns at other places, a page between, or a part far down its page are tables of their own."""
    first = placed(STEPS, 1, widths=(250, 150, 60))
    assert join_tables(first, placed("| ก | ข | ค |", 2, widths=(100, 300, 60))) is None
    assert join_tables(first, placed("| - ก | ข | ☐ |", 3, widths=(250, 150, 60))) is None
    assert join_tables(first, placed("| - ก | ข | ☐ |", 2, widths=(250, 150, 60), top=500)) is None


def test_title_over_the_same_heads_begins_a_table() -> None:
    """The next phase's title row over the same heads is a new table, however the columns agree."""
    phase = "| วันที่ 1 | | |\n| ขั้นตอน | ผู้รับผิดชอบ | เสร็จ |\n| - ก | ข | ☐ |"
    first = placed(phase, 1, widths=(250, 150, 60))
    assert join_tables(first, placed(phase.replace("วันที่ 1", "วันที่ 2-7"), 2, widths=(250, 150, 60))) is None


def test_part_with_merged_columns_is_laid_onto_the_finer_grid() -> None:
    """A part in which number and name share a column spans both columns of the first part."""
    first = placed("| ที่ | เหตุการณ์ | ผล |\n| 1 | น้ำท่วม | ✓ |", 1, widths=(30, 120, 60))
    whole = join_tables(first, placed("| 2 ไฟไหม้ | ✓ |", 2, widths=(150, 60)))
    assert whole is not None
    cell = whole.cell_at(2, 0)
    assert cell is not None and cell.col_span == 2


@pytest.mark.parametrize(
    ("between", "n_tables"),
    [
        ("- ๑๒ -", 1),
        ("ตารางที่ ๒ (ต่อ)", 1),
        ("/ขั้นตอนต่อไป...", 1),
        ("ตารางที่ ๓ ทีมสนับสนุน", 2),
        ("ข้อความของแผนที่คั่นอยู่ระหว่างสองตาราง", 2),
    ],
)
def test_what_may_stand_between_parts(between: str, n_tables: int) -> None:
    """Page numbers, catchwords and "continued" captions join; any other text parts."""
    part = "| ชื่อ | บทบาท |\n| นายทดสอบ สมมุติ | ทีมงาน |"
    blocks: list[Block] = [
        TableBlock(table=grid_table(part, table_id="t001")),
        text_block(between),
        TableBlock(table=grid_table(part, table_id="t002")),
    ]
    joined = join_table_parts(blocks)
    assert sum(isinstance(block, TableBlock) for block in joined) == n_tables


def test_caption_with_group_below_it() -> None:
    """A line between caption and table belongs to the caption."""
    blocks = [
        text_block("ตารางที่ 2 รายชื่อทีม"),
        text_block("ด้านปฏิบัติการ"),
        TableBlock(table=grid_table("| ก | ข |\n| ค | ง |")),
    ]
    table = join_table_parts(blocks)[-1]
    assert isinstance(table, TableBlock) and table.table.caption == "ตารางที่ 2 รายชื่อทีม\nด้านปฏิบัติการ"


def test_caption_below_its_table() -> None:
    """A numbered caption after a table, with no other table behind it, is that table's."""
    blocks = [TableBlock(table=grid_table("| ก | ข |\n| ค | ง |")), text_block("ตารางที่ 5 ทีมงาน")]
    table = join_table_parts(blocks)[0]
    assert isinstance(table, TableBlock) and table.table.caption == "ตารางที่ 5 ทีมงาน"


def test_bold_line_is_a_caption_only_when_near() -> None:
    """A bold short line just above names a table without a number."""
    title = TextBlock(role=BlockRole.HEADING, raw_text="สรุปผล", text="สรุปผล", provenance=Provenance())
    table = join_table_parts([title, TableBlock(table=grid_table("| ก | ข |\n| ค | ง |"))])[-1]
    assert isinstance(table, TableBlock) and table.table.caption == "สรุปผล"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("แผนบริหารความต่อ", "เนื่องของหน่วยงาน", "แผนบริหารความต่อเนื่องของหน่วยงาน"),
        ("ได้แก่", "- รถยนต์", "ได้แก่\n- รถยนต์"),
        ("ระบบ e-mail", "and VPN", "ระบบ e-mail and VPN"),
        ("", "ทั้งหมด", "ทั้งหมด"),
    ],
)
def test_join_texts(before: str, after: str, whole: str) -> None:
    """Pieces of a word meet without a space, a new item begins a line."""
    assert join_texts(before, after) == whole


def test_telephone_cut_in_a_narrow_column_joins_its_row() -> None:
    """Digits at the top of a page that give the number above its usual length are its rest, not a row's value."""
    first = placed("| ชื่อ | โทรศัพท์ |\n| นายก้าน | 0 2000 0011 |\n| นางใบ | 0 2000 |", 1, widths=(200, 60))
    rest = "| กิ่งทอง | 0012 |\n| นายราก | 0 2000 0013 |"
    whole = join_tables(first, placed(rest, 2, widths=(200, 60)))
    assert whole is not None
    assert [row[1] for row in texts(whole)] == ["โทรศัพท์", "0 2000 0011", "0 2000 0012", "0 2000 0013"]


def test_short_numbers_stay_rows() -> None:
    """Small numbers under each other are two rows' values."""
    first = placed("| รายการ | จำนวน |\n| รถตู้ | 12 |\n| รถบรรทุก | 1 |", 1, widths=(200, 60))
    whole = join_tables(first, placed("| เรือ | 1 |\n| จักรยาน | 10 |", 2, widths=(200, 60)))
    assert whole is not None and whole.n_rows == 5


def test_tables_in_cells_come_out() -> None:
    """A table in a cell follows its host; a table that only sets others side by side gives way to them."""
    inner = grid_table("| ชื่อ | โทร |\n| ก้าน | 1 |", table_id="t002")
    host = grid_table("| ด้าน | กลยุทธ์ |\n| อาคาร | ย้าย |", table_id="t001")
    cells = tuple(replace(cell, tables=(inner,)) if cell.row and cell.col else cell for cell in host.cells)
    out = join_table_parts([TableBlock(table=replace(host, cells=cells))])
    assert [texts(block.table)[0] for block in out if isinstance(block, TableBlock)] == [
        ["ด้าน", "กลยุทธ์"],
        ["ชื่อ", "โทร"],
    ]

    frame = grid_table("| | |", table_id="t003")
    other = grid_table("| งาน | ผู้ทำ |\n| ย้าย | ก้าน |", table_id="t004")
    cells = tuple(replace(cell, tables=((inner, other)[cell.col],)) for cell in frame.cells)
    out = join_table_parts([TableBlock(table=replace(frame, cells=cells))])
    assert [block.table.n_rows for block in out if isinstance(block, TableBlock)] == [2, 2]


def test_merged_label_cut_by_a_page_covers_its_rows_on_the_next() -> None:
    """A label merged over rows of two pages stands before all of them."""
    widths = (60.0, 200.0, 80.0)
    first = placed("| ระยะ | กิจกรรม | ผู้รับผิดชอบ |\n| วันที่ 1 | แจ้งเหตุ | ทีมหนึ่ง |", 1, widths=widths)
    second = placed("| | ประชุม | ทีมสอง |\n| ^ | อพยพ | ทีมสาม |\n| วันที่ 2 | เปิดจุดบริการ | ทีมสี่ |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    grid = joined.grid()
    assert [cell.text if (cell := row[0]) else "" for row in grid[1:]] == ["วันที่ 1"] * 3 + ["วันที่ 2"]


def test_cut_row_that_ends_in_a_telephone_number_is_one_row() -> None:
    """A number in the rest of a row does not make it a row of its own where another cell goes on inside a word."""
    widths = (30.0, 120.0, 120.0)
    first = placed("| ที่ | หน้าที่ | ผู้แทน |\n| 1 | หัวหน้าคณะบริหารความต่อ | นางหนึ่ง สมมุติ |", 1, widths=widths)
    second = placed("| | เนื่อง | โทร 08-0000-0001 |\n| 2 | ผู้ประสานงาน | - |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == 3
    assert texts(joined)[1][1] == "หัวหน้าคณะบริหารความต่อเนื่อง"


def test_rows_with_ticks_of_their_own_stay_rows() -> None:
    """Two ticks are those of two rows, however the words between could go on."""
    widths = (60.0, 200.0, 40.0)
    first = placed("| ระยะ | กิจกรรม | เสร็จ |\n| วันที่ 1 | แจ้งทางโทรศัพท์เคลื่อนที่ | ☐ |", 1, widths=widths)
    second = placed("| | เรียกประชุม | ☐ |\n| วันที่ 2 | เปิดจุดบริการ | ☐ |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == 4


@pytest.mark.parametrize(
    ("last", "rest"),
    [
        pytest.param("นางสาวหนึ่ง | 0 2123 | ทีมงาน", "สมมุติ | 4567 ต่อ 101 | บริหารความต่อเนื่อง", id="phone"),
        pytest.param("นางสาวหนึ่ง | 0 2123 4567 ต่อ | ทีมงาน", "สมมุติ | 101 | บริหารความต่อเนื่อง", id="extension"),
        pytest.param("นางสาวหนึ่ง | 0 2123 4567 | ทีมงาน", "สมมุติ | -8 ต่อ 101 | บริหารความต่อเนื่อง", id="range"),
        pytest.param("ห้องทำงาน | 40 ตร.ม. | 60 ตร.ม.", "ชั้นสอง | (20 คน) | (30 คน)", id="asides"),
        pytest.param("เครื่องพิมพ์ | 2 | 3", "เลเซอร์สี | เครื่อง | เครื่อง", id="units"),
        pytest.param("โทรสาร (Fax/Document | มี | มี", "Scan Machine) พร้อมหมายเลข | พร้อม | พร้อม", id="bracket"),
        pytest.param("โทรสารกลาง | 1 เครื่อ | 2 เครื่อ", "พร้อมหมายเลข | ง | ง", id="letters"),
    ],
)
def test_a_row_whose_every_cell_a_page_cuts_is_one_row(last: str, rest: str) -> None:
    """With every column filled on both sides, numbers, units, brackets and single letters still show the cut."""
    widths = (150.0, 100.0, 100.0)
    first = placed(f"| รายการ | ติดต่อ | หมายเหตุ |\n| แถวแรก | 0 2765 4321 ต่อ 9 | ครบ |\n| {last} |", 1, widths=widths)
    second = placed(f"| {rest} |\n| แถวท้าย | 0 2765 4322 ต่อ 8 | ครบ |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == 4


@pytest.mark.parametrize(
    ("last", "rest"),
    [
        pytest.param("นางสาวหนึ่ง | 0 2123 4567 | ทีมงาน", "นางสาวสอง | 0 2123 4568 | ทีมงาน", id="two phones"),
        pytest.param("เครื่องพิมพ์ | 2 | 3", "เครื่องถ่าย | 4 | 5", id="two numbers"),
        pytest.param("กล้อง | ก | ข", "จอภาพ | ข | ก", id="two codes"),
        pytest.param("ห้องทำงาน | (20 คน) | (30 คน)", "ห้องประชุม | (10 คน) | (15 คน)", id="two asides"),
    ],
)
def test_two_whole_rows_at_a_page_end_stay_two(last: str, rest: str) -> None:
    """Values of the same kind on both sides are those of two rows."""
    widths = (150.0, 100.0, 100.0)
    first = placed(f"| รายการ | ติดต่อ | หมายเหตุ |\n| แถวแรก | 0 2765 4321 ต่อ 9 | ครบ |\n| {last} |", 1, widths=widths)
    second = placed(f"| {rest} |\n| แถวท้าย | 0 2765 4322 ต่อ 8 | ครบ |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == 5


@pytest.mark.parametrize(
    ("earlier", "rows"),
    [
        pytest.param("| กลุ่มงานบริการ | | |\n| รับคำขอ | สูง | 1 วัน |", 6, id="groups over bodies"),
        pytest.param("| กลุ่มงานบริการ | | |\n| งานทะเบียน | | |\n| รับคำขอ | สูง | 1 วัน |", 8, id="groups in groups"),
    ],
)
def test_a_group_name_cut_by_a_page_is_one_name(earlier: str, rows: int) -> None:
    """Two names in a row are one where no group of the table holds another."""
    widths = (150.0, 100.0, 100.0)
    first = placed(f"| งาน | ความเร่งด่วน | เวลา |\n{earlier}\n| การผลิตข้อมูล | | |", 1, widths=widths)
    second = placed("| สถิติ | | |\n| เก็บข้อมูล | สูง | 2 วัน |\n| ประมวลผล | ต่ำ | 9 วัน |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == rows


def test_heads_that_a_page_leaves_alone_do_not_grow_into_the_body() -> None:
    """Under a title over the whole width, the heads at a page's end are whole; the body begins on the next page."""
    widths = (150.0, 100.0, 60.0)
    first = placed("| วันที่ 8 ระยะกลาง | < | < |\n| ขั้นตอน | ผู้รับผิดชอบ | เสร็จ |", 1, widths=widths)
    second = placed("| - ติดตามทรัพยากร | กองคลัง | ☐ |\n| - รายงานหัวหน้า | กองช่าง | ☐ |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.header_rows == 2
    assert texts(joined)[1] == ["ขั้นตอน", "ผู้รับผิดชอบ", "เสร็จ"]


def test_what_a_repeated_header_hides_is_no_value_of_the_row_below() -> None:
    """The end of a head that did not fit is written over the first row; it goes, the row's own value stays."""
    widths = (150.0, 80.0, 60.0)
    first = placed(
        "| งาน | ระดับ (สูง/ปานกลาง/ต่ำ) | เวลา |\n| เก็บข้อมูล | ต่ำ | 2 วัน |\n| พิมพ์ | ต่ำ | 3 วัน |", 1, widths=widths
    )
    second = placed(
        "| งาน | ระดับ (สูง/ปาน | เวลา |\n| ประมวลผล | กลาง/ต่ำ)สูง | 9 วัน |\n| ส่งออก | ต่ำ | 5 วัน |", 2, widths=widths
    )
    joined = join_tables(first, second)
    assert joined is not None
    assert [row[1] for row in texts(joined)] == ["ระดับ (สูง/ปานกลาง/ต่ำ)", "ต่ำ", "ต่ำ", "สูง", "ต่ำ"]


@pytest.mark.parametrize(
    ("rest", "rows"),
    [
        pytest.param("เทคโนโลยี | จัดทำรายการข้อมูล", 3, id="without a number"),
        pytest.param("3. งานตรวจสอบ | จัดทำรายการข้อมูล", 4, id="with a number"),
    ],
)
def test_among_numbered_rows_one_without_a_number_is_the_rest_of_one(rest: str, rows: int) -> None:
    """Where every row has a number of its own, the first of a page that has none was cut."""
    widths = (150.0, 200.0)
    first = placed(
        "| งาน | ระบบ |\n| 1. งานบริการ | ระบบจอง |\n| 2. การให้บริการข้อมูลและระบบ | ระบบเผยแพร่ |", 1, widths=widths
    )
    second = placed(f"| {rest} |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == rows


@pytest.mark.parametrize(("last", "rows"), [("ระบบงาน", 5), ("ระบบงานห้องสมุดของหน่วยงาน", 4)])
def test_a_line_with_room_for_the_next_word_was_not_cut(last: str, rows: int) -> None:
    """A lone name is the rest of a row only where the line above it was as full as the column's others."""
    widths = (150.0, 100.0)
    first = placed(
        f"| ทรัพยากร | ที่มา |\n| ระบบบันทึกค่าใช้จ่ายของ\\nสำนักงาน | กองคลัง |\n| {last} | กองพัสดุ |",
        1,
        widths=widths,
    )
    second = placed("| ระบบให้บริการภายนอก | |\n| ระบบจองคิว | กองแผน |", 2, widths=widths)
    joined = join_tables(first, second)
    assert joined is not None
    assert joined.n_rows == rows


def test_a_group_name_over_all_columns_is_not_cut_into_the_row_below() -> None:
    """A page that ends behind the name of a group leaves the group's first row whole, though its texts would go on."""
    widths = (100.0, 100.0, 100.0)
    first = placed("| ทรัพยากร | ที่มา | 1 วัน |\n| 1. ด้านสถานที่ปฏิบัติงานสำรอง | < | < |", 1, widths=widths)
    second = placed(
        "| ทรัพยากร | ที่มา | 1 วัน |\n| พื้นที่ทำงาน | โรงว่าว | 30 ตร.ม. |\n| 2. ด้านวัสดุ | < | < |", 2, widths=widths
    )
    joined = join_tables(first, second)
    assert joined is not None
    assert [cell.text for cell in joined.cells if cell.row == 2] == ["พื้นที่ทำงาน", "โรงว่าว", "30 ตร.ม."]
