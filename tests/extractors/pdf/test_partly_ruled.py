"""Tables that draw only some of their lines become the cells that a reader sees."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docmodel.blocks import TextBlock
from docmodel.document import Page

XS = (50, 170, 290, 410, 500)
HEAD = ("ทรัพยากร", "ที่มา", "1 วัน", "1 เดือน")
BODY = (
    ("โน้ตบุ๊ก", "ยืมเพื่อนบ้าน", "2", "8"),
    ("โทรศัพท์", "ผู้ให้บริการ", "4", "6"),
    ("รถตู้", "เช่า", "1", "1"),
)


def write_rows(pdf: Any, rows: tuple[tuple[str, ...], ...], *, top: float = 100, step: float = 30) -> None:
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            pdf.text(x + 6, top + step * number + 20, text, size=12)


def rows_of(page: Page) -> list[list[str]]:
    (block,) = page.table_blocks()
    rows = [[""] * block.table.n_cols for _ in range(block.table.n_rows)]
    for cell in block.table.cells:
        rows[cell.row][cell.col] = cell.raw_text.replace("\n", "")
    return rows


def test_horizontal_lines_only(maker: Any, read_page: Any) -> None:
    """Where only the rows are ruled, the columns are where no text stands."""
    pdf = maker()
    write_rows(pdf, (HEAD, *BODY))
    for number in range(5):
        pdf.line(50, 100 + 30 * number, 500, 100 + 30 * number)
    assert rows_of(read_page(pdf)) == [list(HEAD), *map(list, BODY)]


def test_joints_of_horizontal_lines(maker: Any, read_page: Any) -> None:
    """Lines drawn cell by cell tell their columns, also one that holds no text."""
    pdf = maker()
    write_rows(pdf, tuple(row[:3] for row in (HEAD, *BODY)))
    for number in range(5):
        for left, right in pairwise(XS):
            pdf.bar(left, 99.75 + 30 * number, right - left, 0.5)
    assert rows_of(read_page(pdf)) == [[*row[:3], ""] for row in (HEAD, *BODY)]


def test_partial_line_under_merged_head(maker: Any, read_page: Any) -> None:
    """A short line under a head says over which columns the head stands."""
    pdf = maker()
    pdf.text(56, 120, "ทรัพยากร", size=12)
    pdf.text(350, 120, "ระยะเวลา", size=12)
    write_rows(pdf, (("", *HEAD[1:]), *BODY), top=130)
    for y in (100, 160, 190, 220, 250):
        pdf.line(50, y, 500, y)
    pdf.line(170, 130, 500, 130)
    (block,) = read_page(pdf).table_blocks()
    spans = {cell.raw_text: (cell.row_span, cell.col_span) for cell in block.table.cells}
    assert spans["ทรัพยากร"] == (2, 1)
    assert spans["ระยะเวลา"] == (1, 3)
    assert block.table.n_rows == 5


def test_prose_between_long_lines_is_no_table(maker: Any, read_page: Any) -> None:
    """Lines across the page around paragraphs make no table."""
    pdf = maker()
    for number, text in enumerate(("คณะทำงาน ทบทวนแผนนี้ทุกปี", "และปรับปรุง รายชื่อทุกหกเดือน", "ตามที่กำหนดไว้ ในคำสั่ง")):
        pdf.text(50, 120 + 30 * number, text)
    for number in range(4):
        pdf.line(50, 100 + 30 * number, 500, 100 + 30 * number)
    assert not list(read_page(pdf).table_blocks())


def test_vertical_lines_only(maker: Any, read_page: Any) -> None:
    """Where only the columns are ruled, cut lines tell the rows."""
    pdf = maker()
    write_rows(pdf, (HEAD, *BODY))
    for x in XS:
        for number in range(4):
            pdf.bar(x - 0.25, 100 + 30 * number, 0.5, 30)
    assert rows_of(read_page(pdf)) == [list(HEAD), *map(list, BODY)]


def test_wrapped_texts_in_one_ruled_row_stay_one_row(maker: Any, read_page: Any) -> None:
    """The lines of wrapped texts beside each other are one row where the table is ruled as one."""
    pdf = maker()
    write_rows(pdf, (HEAD, *BODY), step=18)
    pdf.grid([50, 170, 290, 410, 500], [100, 180])
    assert len(rows_of(read_page(pdf))) == 1


def test_rows_between_two_rules(maker: Any, read_page: Any) -> None:
    """A head between two lines and a body without lines: each line of the body is a row."""
    pdf = maker()
    write_rows(pdf, (HEAD, *BODY))
    for y in (100, 130, 220):
        pdf.line(50, y, 500, y)
    assert rows_of(read_page(pdf)) == [list(HEAD), *map(list, BODY)]


def test_stripes(maker: Any, read_page: Any) -> None:
    """Every second row coloured, no line drawn: the white rows have the same columns."""
    pdf = maker()
    for number in (0, 2):
        for left, right in pairwise(XS):
            pdf.bar(left, 100 + 30 * number, right - left, 30, color="0.8 g")
    write_rows(pdf, (HEAD, *BODY))
    assert rows_of(read_page(pdf)) == [list(HEAD), *map(list, BODY)]


def test_dashes_and_dots(maker: Any, read_page: Any) -> None:
    """Borders of dashes in one path, or of dots that are shapes of their own, are lines."""
    pdf = maker()
    write_rows(pdf, (HEAD[:2], BODY[0][:2]))
    for y in (100, 130, 160):
        dashes = " ".join(f"{50 + 4 * number} {842 - y} 2 0.5 re" for number in range(60))
        pdf.content.append(f"{dashes} f")
    for x in XS[:3]:
        for number in range(40):
            pdf.bar(x, 100 + 1.5 * number, 0.7, 0.7)
    assert rows_of(read_page(pdf)) == [list(HEAD[:2]), list(BODY[0][:2])]


def test_two_tables_between_text(maker: Any, read_page: Any) -> None:
    """Two tables with the same margins and a caption between them are two tables."""
    pdf = maker()
    write_rows(pdf, (HEAD, *BODY))
    for number in range(5):
        pdf.line(50, 100 + 30 * number, 500, 100 + 30 * number)
    pdf.text(50, 255, "ตารางที่ 2 รายชื่อผู้ติดต่อของหน่วยงานข้างเคียง", size=12)
    write_rows(pdf, (("ชื่อ", "โทรศัพท์"), ("นายก้าน", "0 2000"), ("นางใบ", "0 2001")), top=280)
    for number in range(4):
        pdf.line(50, 280 + 30 * number, 500, 280 + 30 * number)
    page = read_page(pdf)
    assert [(table.table.n_rows, table.table.n_cols) for table in page.table_blocks()] == [(4, 4), (3, 2)]
    assert [block.text for block in page.blocks if isinstance(block, TextBlock)] == [
        "ตารางที่ 2 รายชื่อผู้ติดต่อของหน่วยงานข้างเคียง"
    ]


def test_near_columns_without_lines(maker: Any, read_page: Any) -> None:
    """Columns no further apart than the paddings of two cells are columns where four rows and three columns say so."""
    pdf = maker()
    for number, row in enumerate(
        (("ที่", "ผู้แจ้ง", "ผู้รับ"), ("1", "หัวหน้า", "ผู้ประสาน"), ("2", "ผู้ประสาน", "ทีม"), ("3", "ทีม", "ทุกคน"))
    ):
        for x, text in zip((50, 68, 125), row, strict=True):
            pdf.text(x, 120 + 22 * number, text, size=12)
    assert rows_of(read_page(pdf)) == [
        ["ที่", "ผู้แจ้ง", "ผู้รับ"],
        ["1", "หัวหน้า", "ผู้ประสาน"],
        ["2", "ผู้ประสาน", "ทีม"],
        ["3", "ทีม", "ทุกคน"],
    ]


def test_wrapped_cells_without_lines(maker: Any, read_page: Any) -> None:
    """Wider steps between rows than inside cells tell what belongs together, also under the last row."""
    pdf = maker()
    for number, row in enumerate((HEAD, *BODY)):
        for x, text in zip(XS, row, strict=False):
            pdf.text(x + 6, 120 + 45 * number, text, size=12)
        if number:
            pdf.text(XS[1] + 6, 120 + 45 * number + 20, "ที่อยู่ใกล้กัน", size=12)
    rows = rows_of(read_page(pdf))
    assert rows[0] == list(HEAD)
    assert [row[1] for row in rows[1:]] == [f"{row[1]}ที่อยู่ใกล้กัน" for row in BODY]


def test_contents_with_numbers_are_no_table(maker: Any, read_page: Any) -> None:
    """Numbers, titles and pages of headings that stand under each other are a table of contents."""
    pdf = maker()
    for number, title in enumerate(("บทนำ", "วัตถุประสงค์", "ขอบเขต", "กลยุทธ์", "ทีมงาน")):
        pdf.text(50, 120 + 22 * number, f"1.{number + 1}", size=12)
        pdf.text(110, 120 + 22 * number, title, size=12)
        pdf.text(400, 120 + 22 * number, str(3 + 2 * number), size=12)
    assert not list(read_page(pdf).table_blocks())
