"""Ruled tables of a PDF become cells with their text."""

from __future__ import annotations

from typing import Any

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import Page
from docmodel.table import Table


def only_table(page: Page) -> Table:
    (block,) = page.table_blocks()
    return block.table


def cell_texts(table: Table) -> list[list[str | None]]:
    return [[cell.raw_text if cell else None for cell in row] for row in table.grid()]


def test_cells_hold_their_text(maker: Any, read_page: Any) -> None:
    """Each text goes to the cell that holds its centre; text around the table keeps its place."""
    pdf = maker()
    pdf.text(60, 80, "ตารางที่ ๑ ทีมงาน")
    pdf.grid([50, 200, 400], [100, 130, 160])
    pdf.text(60, 120, "ชื่อ")
    pdf.text(210, 120, "โทรศัพท์")
    pdf.text(60, 150, "นายก้าน")
    pdf.text(60, 200, "หมายเหตุ")
    page = read_page(pdf)
    assert [type(block) for block in page.blocks] == [TextBlock, TableBlock, TextBlock]
    table = only_table(page)
    assert cell_texts(table) == [["ชื่อ", "โทรศัพท์"], ["นายก้าน", ""]]
    assert table.page_numbers == (1,)
    assert table.cells[0].provenance.bbox.as_list() == [50, 100, 200, 130]


def test_merged_header(maker: Any, read_page: Any) -> None:
    """A header over two columns is one cell that covers both."""
    pdf = maker()
    for y in (100, 160, 190):
        pdf.line(50, y, 350, y)
    pdf.line(150, 130, 350, 130)
    for x, top in ((50, 100), (150, 100), (250, 130), (350, 100)):
        pdf.line(x, top, x, 190)
    pdf.text(60, 120, "กระบวนการ")
    pdf.text(200, 120, "ระยะเวลา")
    pdf.text(160, 150, "๔ ชม.")
    pdf.text(260, 150, "๑ วัน")
    pdf.text(60, 180, "รับเรื่อง")
    table = only_table(read_page(pdf))
    assert cell_texts(table) == [
        ["กระบวนการ", "ระยะเวลา", "ระยะเวลา"],
        ["กระบวนการ", "๔ ชม.", "๑ วัน"],
        ["รับเรื่อง", "", ""],
    ]


def test_table_of_thin_bars_and_of_boxes(maker: Any, read_page: Any) -> None:
    """Lines drawn as filled bars or as a box around every cell make the same grid."""
    bars, boxes = maker(), maker()
    for y in (100, 130, 160):
        bars.bar(50, y, 300, 0.5)
    for x in (50, 200, 349.5):
        bars.bar(x, 100, 0.5, 60)
    for x in (50, 200):
        for top in (100, 130):
            boxes.box(x, top, 150, 30)
    for pdf in (bars, boxes):
        pdf.text(60, 120, "ก่อน")
        pdf.text(210, 150, "หลัง")
        assert cell_texts(only_table(read_page(pdf))) == [["ก่อน", ""], ["", "หลัง"]]


def test_run_over_two_cells_is_cut_at_the_line(maker: Any, read_page: Any) -> None:
    """Text drawn in one go over a column line is divided between the cells."""
    pdf = maker()
    pdf.grid([50, 100, 200], [100, 130])
    pdf.text(66, 120, "๑๒๓๔ ๕๖๗๘")
    assert cell_texts(only_table(read_page(pdf))) == [["๑๒๓๔", "๕๖๗๘"]]


def test_turned_header_text(maker: Any, read_page: Any) -> None:
    """Text that reads upwards in a narrow header cell is its text."""
    pdf = maker()
    pdf.grid([50, 90, 300], [100, 200, 230])
    pdf.text(65, 190, "บุคลากร", turn="0 1 -1 0")
    pdf.text(80, 190, "หลัก", turn="0 1 -1 0")
    pdf.text(100, 150, "แนวนอน")
    assert cell_texts(only_table(read_page(pdf)))[0] == ["บุคลากร\nหลัก", "แนวนอน"]


def test_list_in_a_cell_keeps_its_items(maker: Any, read_page: Any) -> None:
    """Bullets and numbers start new paragraphs; a printed line's end does not."""
    pdf = maker()
    pdf.grid([50, 210, 400], [100, 200])
    pdf.text(56, 120, "- แจ้งบุคลากรทุกคน")
    pdf.text(56, 140, "ให้ทราบ")
    pdf.text(56, 160, "- รายงาน")
    assert cell_texts(only_table(read_page(pdf)))[0][0] == "- แจ้งบุคลากรทุกคน\nให้ทราบ\n\n- รายงาน"


def test_drawn_boxes_and_ticks(maker: Any, read_page: Any) -> None:
    """An empty square is a box, one with strokes in it a ticked box, strokes alone in a cell a tick."""
    pdf = maker()
    pdf.grid([50, 150, 250, 350], [100, 130, 160])
    pdf.text(60, 120, "มีแผน")
    for x in (190, 290):
        pdf.box(x, 108, 10, 10)
    pdf.content.append("291 730 m 294 726 l 299 733 l S")
    pdf.content.append("195 695 m 198 690 l 206 700 l S")
    assert cell_texts(only_table(read_page(pdf))) == [["มีแผน", "☐", "☑"], ["", "✓", ""]]


def test_check_box_of_four_lines(maker: Any, read_page: Any) -> None:
    """A box drawn as four lines beside its label is read as a box."""
    pdf = maker()
    pdf.grid([60, 78], [105, 123])
    pdf.text(90, 120, "ลาป่วย")
    assert [block.raw_text for block in read_page(pdf).text_blocks()] == ["☐ ลาป่วย"]


def test_frame_is_no_table(maker: Any, read_page: Any) -> None:
    """A frame around a page or a notice leaves its text in the flow."""
    pdf = maker()
    pdf.box(40, 40, 515, 760)
    pdf.box(60, 90, 300, 40)
    pdf.text(70, 115, "ประกาศ")
    page = read_page(pdf)
    assert [block.raw_text for block in page.text_blocks()] == ["ประกาศ"]
    assert not list(page.table_blocks())


def test_table_in_a_cell_is_kept_in_it(maker: Any, read_page: Any) -> None:
    """A table inside a cell belongs to that cell, and its text is not the cell's own."""
    pdf = maker()
    pdf.grid([50, 300, 500], [100, 200])
    pdf.grid([60, 120, 180], [130, 155, 180])
    pdf.text(60, 120, "รายการ")
    pdf.text(65, 147, "ใน")
    table = only_table(read_page(pdf))
    cell = table.cells[0]
    assert cell.raw_text == "รายการ"
    assert cell_texts(cell.tables[0]) == [["ใน", ""], ["", ""]]


def test_grid_inside_a_form_object(maker: Any, read_page: Any) -> None:
    """Lines inside a form XObject with its own matrix are found where they are shown."""
    pdf = maker()
    pdf.text(60, 120, "ก่อน")
    count = 6 + len(pdf.codes)
    lines = "0 0 m 100 0 l S 0 30 m 100 30 l S 0 0 m 0 30 l S 50 0 m 50 30 l S 100 0 m 100 30 l S"
    pdf.extra_objects.append(
        f"<</Type/XObject/Subtype/Form/BBox[-5 -5 105 35]/Matrix[2 0 0 1 50 712]/Length {len(lines)}>>"
        f"stream\n{lines}\nendstream"
    )
    pdf.content.append("/X1 Do")
    data = pdf.data().replace(b"/Font<</F1 5 0 R>>", b"/Font<</F1 5 0 R>>/XObject<</X1 %d 0 R>>" % (count + 1))
    pdf.data = lambda: data
    table = only_table(read_page(pdf))
    assert cell_texts(table) == [["ก่อน", ""]]
    assert table.provenance.bbox.as_list() == [50, 100, 250, 130]


def test_filled_form_fields(maker: Any, read_page: Any) -> None:
    """Check boxes, written fields and typed notes of a form are read where they stand; hidden ones are not."""
    pdf = maker()
    pdf.grid([50, 150, 250, 350], [100, 130])
    pdf.text(60, 120, "มีแผน")
    field = (
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(a{0})/Rect[{1} 718 {2} 728]/AS/{3}/V/{3}"
        "/AP<</N<</Yes {4} 0 R/Off {4} 0 R>>>>>>"
    )
    number = 7 + len(pdf.codes)
    shape = "<</Type/XObject/Subtype/Form/BBox[0 0 10 10]/Length 0>>stream\n\nendstream"
    pdf.extra_objects = [
        shape,
        field.format(1, 190, 200, "Yes", number),
        field.format(2, 290, 300, "Off", number),
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(c)/Rect[100 500 300 516]/V(Somchart)>>",
        "<</Type/Annot/Subtype/FreeText/Rect[100 400 300 416]/Contents(typed note)>>",
        "<</Type/Annot/Subtype/FreeText/F 2/Rect[100 300 300 316]/Contents(hidden)>>",
    ]
    kids = " ".join(f"{number + index} 0 R" for index in range(1, 6))
    pdf.page_entries = f"/Annots[{kids}]"
    pdf.catalog_entries = f"/AcroForm<</Fields[{number + 1} 0 R {number + 2} 0 R {number + 3} 0 R]>>"
    page = read_page(pdf)
    assert cell_texts(only_table(page)) == [["มีแผน", "☑", "☐"]]
    assert [block.raw_text for block in page.text_blocks()] == ["Somchart", "typed note"]
