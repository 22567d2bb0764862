"""Pieces of text become lines, paragraphs, columns and aligned tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmodel.blocks import BlockRole
from docmodel.geometry import BBox
from docmodel.provenance import TextSource
from extractors.layout.aligned import find_aligned_grids
from extractors.layout.blocks import find_blocks
from extractors.layout.columns import split_columns
from extractors.layout.fill import cell_text, make_table, split_by_grid
from extractors.layout.grid import find_grids, horizontal, vertical
from extractors.layout.lines import find_lines
from extractors.layout.panels import find_slides, take_out_panels
from extractors.layout.pieces import Piece, split_piece, turn_box, turn_box_back

SIZE = 16.0
ADVANCE = 8.0


def piece(text: str, x: float, baseline: float, *, size: float = SIZE, bold: bool = False) -> Piece:
    """A piece whose characters are half an em wide each."""
    advance = size / 2
    return Piece(
        text=text,
        bbox=BBox(x, baseline - 0.7 * size, x + advance * len(text), baseline),
        baseline=baseline,
        size_pt=size,
        bold=bold,
        char_x=tuple(x + advance * (index + 0.5) for index in range(len(text))),
    )


def block_texts(pieces: list[Piece]) -> list[str]:
    blocks = find_blocks(find_lines(pieces), page_number=1, page_height_pt=842, source=TextSource.TEXT_LAYER)
    return [block.raw_text for block in blocks]


def test_line_is_read_from_left_to_right() -> None:
    """The order in which pieces were drawn does not matter, a raised figure stays on its line."""
    pieces = [piece("ข้าง", 140, 100), piece("๑", 230, 94, size=9), piece("ซ้าย", 100, 100)]
    (line,) = find_lines(pieces)
    assert line.text == "ซ้าย ข้าง ๑"


def test_close_lines_stay_apart() -> None:
    """Lines of the tightest Thai spacing are two lines."""
    assert len(find_lines([piece("บน", 100, 100), piece("ล่าง", 100, 118)])) == 2


def test_paragraph_by_indent_and_short_line() -> None:
    """An indented line starts a paragraph; so does the line after one that ends early."""
    full = "ก" * 50
    pieces = [
        piece(full, 132, 100),
        piece(full + "กกกก", 100, 124),
        piece("จบ", 100, 148),
        piece(full, 132, 172),
        piece(full + "กกกก", 100, 196),
    ]
    assert [text.count("\n") for text in block_texts(pieces)] == [2, 1]


def test_paragraph_by_gap_size_and_number() -> None:
    """A wider gap, another font size and a number in front each start a block."""
    full = "ก" * 50
    pieces = [
        piece(full, 100, 100),
        piece(full, 100, 124),
        piece(full, 100, 148),
        piece(full, 100, 200),
        piece("ก" * 40, 100, 224, size=20),
        piece(f"๑. {full[3:]}", 100, 248),
        piece(full[3:], 124, 272),
    ]
    texts = block_texts(pieces)
    assert len(texts) == 4
    assert texts[-1].startswith("๑.")
    assert texts[-1].count("\n") == 1


def test_a_line_that_ends_inside_a_word_ends_no_paragraph() -> None:
    """What follows the hyphen belongs to the line before, however much room that one leaves."""
    pieces = [
        piece("ก" * 60, 100, 100),
        piece("ก" * 40 + " e-", 100, 124),
        piece("Service " + "ก" * 46, 100, 148),
    ]
    assert len(block_texts(pieces)) == 1


def test_heading_without_number_stands_alone() -> None:
    """A bold line, and a line with space before it, are no continuation of a list item that nearly fills its line."""
    item = "- " + "ก" * 46
    pieces = [piece("ก" * 54, 72, 70 + 30 * row) for row in range(3)]
    pieces += [piece(item, 107, 160), piece("สมมติฐาน", 72, 190, bold=True), piece(item, 107, 220)]
    pieces += [piece("ขอบเขต", 72, 258), piece(item, 107, 290)]
    assert {"สมมติฐาน", "ขอบเขต"} < set(block_texts(pieces))


def test_paragraph_with_wider_spacing_is_one() -> None:
    """A paragraph set wider than the rest of the page is not cut into lines."""
    pieces = [piece("ก" * 54, 72, 70 + 20 * row) for row in range(8)]
    pieces += [piece("ข" * 54, 72, 240 + 30 * row) for row in range(4)]
    assert [text.count("\n") for text in block_texts(pieces)] == [7, 3]


def test_broken_line_with_room_for_the_next_word() -> None:
    """Where the next word had room, the author broke the line."""
    pieces = [piece("ก" * 60, 100, 100), piece("ข" * 52, 100, 124), piece("คง ไว้" + "ก" * 40, 100, 148)]
    assert block_texts(pieces) == ["ก" * 60 + "\n" + "ข" * 52, "คง ไว้" + "ก" * 40]


@pytest.mark.parametrize(
    ("text", "y", "role"),
    [
        ("- ๑๒ -", 40, BlockRole.PAGE_NUMBER),
        ("หน้า 3 จาก 20", 820, BlockRole.PAGE_NUMBER),
        ("๑๒", 400, BlockRole.PARAGRAPH),
        ("ปี 2563", 40, BlockRole.PARAGRAPH),
        ("/การเตรียม...", 790, BlockRole.CATCHWORD),
        ("/การเตรียม...", 300, BlockRole.PARAGRAPH),
    ],
)
def test_roles_by_place(text: str, y: float, role: BlockRole) -> None:
    """Page numbers and catchwords are told by their form and by their place on the page."""
    lines = find_lines([piece("ก" * 40, 100, 200), piece(text, 280, y)])
    blocks = find_blocks(lines, page_number=1, page_height_pt=842, source=TextSource.TEXT_LAYER)
    assert {block.raw_text: block.role for block in blocks}[text] is role


def test_contents_entries_are_marked() -> None:
    """Three lines with dots and a page number are a table of contents; one such line is a form."""
    entries = [piece(f"หัวข้อ{index} .......... {index}", 100, 100 + 24 * index) for index in range(1, 4)]
    lines = find_lines(entries)
    blocks = find_blocks(lines, page_number=1, page_height_pt=842, source=TextSource.TEXT_LAYER)
    assert {block.role for block in blocks} == {BlockRole.TOC_ENTRY}
    (alone,) = find_blocks(lines[:1], page_number=1, page_height_pt=842, source=TextSource.TEXT_LAYER)
    assert alone.role is BlockRole.PARAGRAPH


def test_two_columns_are_read_one_after_the_other() -> None:
    """A title over two columns comes first, then the left column, then the right one."""
    rows = range(8)
    left = [piece("ซ" * 28, 50, 140 + 20 * row) for row in rows]
    right = [piece("ข" * 28, 310, 145 + 20 * row) for row in rows]
    title = piece("หัวเรื่องของทั้งหน้ากระดาษนี้", 150, 100)
    groups = split_columns([title, *[item for pair in zip(left, right, strict=True) for item in pair]])
    assert [group[0].text[0] for group in groups] == ["ห", "ซ", "ข"]


def test_prose_is_one_column() -> None:
    """Lines over the whole width, however they are cut in pieces, are one column."""
    lines = [piece("ก" * (12 + row % 5 * 5), 50, 100 + 20 * row) for row in range(12)]
    lines += [piece("ข" * (36 - row % 5 * 5), 170 + row % 5 * 40, 100 + 20 * row) for row in range(12)]
    assert len(split_columns(lines)) == 1


def test_aligned_rows_are_a_table() -> None:
    """Three columns under each other without lines; a second line of a cell stays in its row."""
    pieces = []
    for row, name in enumerate(("ชื่อ", "นายก้าน", "นางใบ", "นายราก")):
        y = 100 + 30 * row
        pieces += [piece(name, 60, y), piece("ตำแหน่ง", 200, y), piece("๐๒๑", 400, y)]
    pieces.append(piece("ชำนาญการ", 200, 100 + 30 + 15))
    (grid,) = find_aligned_grids(find_lines(pieces))
    assert (grid.n_rows, grid.n_cols) == (4, 3)
    inside, outside = split_by_grid(grid, pieces)
    table = make_table(grid, inside, table_id="t", page_number=1, source=TextSource.TEXT_LAYER)
    assert outside == []
    cell = table.cell_at(1, 1)
    assert cell is not None
    assert cell.raw_text == "ตำแหน่ง\n\nชำนาญการ"


@pytest.mark.parametrize(
    "rows",
    [
        [("๑.", "วัตถุประสงค์"), ("๒.", "ขอบเขต"), ("๓.", "ทีมงาน")],
        [("บทนำ", "๑"), ("ขอบเขต", "๒"), ("ทีมงาน", "๓-๔")],
        [("ชื่อ ........", "โทร ........"), ("ที่อยู่ .....", "รหัส ......"), ("วันที่ .....", "เดือน .....")],
        [("หน่วยงาน", ": กรมตัวอย่าง"), ("จังหวัด", ": แห่งหนึ่ง"), ("ปี", ": ๒๕๖๖")],
        [("ก้าน", "ใบ"), ("ราก", "ดอก")],
    ],
)
def test_no_table_in_lists_contents_and_forms(rows: list[tuple[str, str]]) -> None:
    """Numbered lists, contents, lines to fill in, labels with values and two rows are no table."""
    pieces = []
    for row, (first, second) in enumerate(rows):
        pieces += [piece(first, 60, 100 + 24 * row), piece(second, 250, 100 + 24 * row)]
    assert find_aligned_grids(find_lines(pieces)) == ()


@pytest.mark.parametrize("rows", [1, 2])
def test_a_table_that_the_page_cuts_behind_its_head_is_one(rows: int) -> None:
    """Under a caption parted lines at the page's end are a table; a page number may follow, other text may not."""
    pieces = [piece("ตารางที่ ๙ หน่วยงานในพื้นที่", 60, 700)]
    for row, name in enumerate(("หน่วยงาน", "สถานีสูบน้ำ")[:rows]):
        pieces += [
            piece(name, 60, 724 + 24 * row),
            piece("ผู้ประสาน", 200, 724 + 24 * row),
            piece("นายก้าน", 400, 724 + 24 * row),
        ]
    (grid,) = find_aligned_grids(find_lines(pieces))
    assert (grid.n_rows, grid.n_cols) == (rows, 3)
    assert len(find_aligned_grids(find_lines([*pieces, piece("- ๑๒ -", 280, 800)]))) == 1
    assert find_aligned_grids(find_lines([*pieces, piece("ข้อความอื่นที่ตามมา", 60, 800)])) == ()
    assert find_aligned_grids(find_lines(pieces[1:])) == ()


@pytest.mark.parametrize(("first", "grids"), [("ตารางที่ ๔ กลยุทธ์ความต่อเนื่อง", 1), ("กลยุทธ์ความต่อเนื่องของหน่วยงาน", 0)])
def test_two_columns_with_wrapped_values_are_a_table_under_a_caption(first: str, grids: int) -> None:
    """Short labels beside values of several lines: only a caption says that they are a table."""
    pieces = [piece(first, 60, 100), piece("ทรัพยากร", 60, 130), piece("กลยุทธ์", 200, 130)]
    for row, label in enumerate(("อาคาร", "วัสดุ", "บุคลากร")):
        top = 160 + 70 * row
        pieces.append(piece(label, 60, top))
        pieces += [piece("ใช้ห้องประชุมของหน่วยงานข้างเคียงที่ตกลงกันไว้", 200, top + 20 * line) for line in range(3)]
    found = find_aligned_grids(find_lines([*pieces, piece("ข้อความที่ตามมาเต็มบรรทัดของหน้านี้ทั้งหมด", 60, 420)]))
    assert len(found) == grids
    assert [(grid.n_rows, grid.n_cols) for grid in found] == [(4, 2)] * grids


def test_page_frame_with_a_header_strip() -> None:
    """In a framed page the strip at the top is a table, the rest is the page's text."""
    lines = [horizontal(y, 40, 555) for y in (40, 100, 800)] + [vertical(x, 40, 800) for x in (40, 555)]
    lines.append(vertical(300, 40, 100))
    (grid,) = find_grids(lines)
    body = [piece("ก" * 50, 60, 140 + 30 * row) for row in range(10)]
    (strip,) = take_out_panels(grid, body, BBox(0, 0, 595, 842))
    assert (strip.n_rows, strip.bbox.bottom) == (1, 100)


def test_slides_on_a_page_are_no_table() -> None:
    """Four slides to a page are read one by one."""
    lines = [horizontal(y, 5, 590) for y in (5, 420, 837)] + [vertical(x, 5, 837) for x in (5, 297, 590)]
    grids = find_grids(lines)
    page = BBox(0, 0, 595, 842)
    assert len(find_slides(grids, page)) == 4
    assert take_out_panels(grids[0], [], page) == ()


def test_cell_text_of_words_without_character_places() -> None:
    """Words of OCR, which know no characters, fill cells as well."""
    words = [
        Piece(text=text, bbox=BBox(x, 100, x + 30, 112), baseline=112, size_pt=16, confidence=score)
        for text, x, score in (("แผน", 50, 0.8), ("งาน", 90, 0.6))
    ]
    assert cell_text(words, BBox(40, 90, 200, 130)) == ("แผน งาน", pytest.approx(0.7))


@given(st.lists(st.floats(60, 500), max_size=4), st.text("กขค", min_size=1, max_size=40))
def test_cutting_a_piece_loses_nothing(stops: list[float], text: str) -> None:
    """However lines cross a run of text, each of its characters ends in exactly one part."""
    parts = split_piece(piece(text, 100, 100), tuple(sorted(stops)))
    assert "".join(part.text for part in parts) == text


@given(st.sampled_from([0, 90, 180, 270]), st.tuples(*[st.floats(0, 800)] * 4))
def test_turning_a_box_and_back(direction: int, sides: tuple[float, float, float, float]) -> None:
    """A box in the frame of turned text comes back as it was."""
    box = BBox(min(sides[:2]), min(sides[2:]), max(sides[:2]), max(sides[2:]))
    assert turn_box_back(turn_box(box, direction), direction) == box


def test_signs_drawn_after_their_line_stand_where_they_are_seen() -> None:
    """Arrows of another font, drawn last, stand in the gaps that were left for them."""
    line = piece("ผูพบ    หวหนา    ทมงาน", 100, 200)
    arrows = [piece("→", 100 + 5.5 * ADVANCE, 200), piece("→", 100 + 14.5 * ADVANCE, 200)]
    assert [found.text for found in find_lines([line, *arrows])] == ["ผูพบ → หวหนา → ทมงาน"]


def test_pieces_that_stand_in_gaps_of_each_other_are_read_from_left_to_right() -> None:
    """A box drawn between two halves of a word is put where it stands, and the word stays whole."""
    first = piece("☑ ม    ไม", 100, 200)
    x = 100 + 4.5 * ADVANCE
    second = replace(
        piece("☐ ม", x, 200),
        char_x=(x + 4, x + 4 + 4.5 * ADVANCE, x + 4 + 4.5 * ADVANCE),
        bbox=BBox(x, 190, x + 5.5 * ADVANCE, 200),
    )
    assert [found.text for found in find_lines([first, second])] == ["☑ ม ☐ ไมม"]
