"""Whole text files: Markdown, HTML, plain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmodel.blocks import BlockRole, PictureBlock, TableBlock, TextBlock
from docmodel.document import ExtractedDocument, SourceFile
from docmodel.errors import CorruptSourceError, SourceTooLargeError
from docmodel.provenance import TextSource
from extractors.base import ReadLimits
from extractors.text import TextReader
from extractors.text.markup import clean_fragment

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
BULLETS = re.compile(r"[\s•▪■·]")
TRUTH = SAMPLES.parent / "gold" / "text"


def read_bytes(tmp_path: Path, data: bytes, name: str = "plan.md") -> ExtractedDocument:
    path = tmp_path / name
    path.write_bytes(data)
    return TextReader().read(
        SourceFile(source_path=name, path=path, size_bytes=len(data), sha256="0" * 64), ReadLimits(max_pages=50)
    )


def read(tmp_path: Path, text: str, name: str = "plan.md") -> list[tuple[str, int | None, str | None, str]]:
    """Role, level, marker and text of each text block; a table as its cells."""
    rows: list[tuple[str, int | None, str | None, str]] = []
    for page in read_bytes(tmp_path, text.encode(), name).pages:
        for block in page.blocks:
            if isinstance(block, TextBlock):
                rows.append((block.role.value, block.level, block.marker, block.text))
            elif isinstance(block, TableBlock):
                rows.append(("table", None, None, "|".join(cell.text for cell in block.table.cells)))
    return rows


def test_markdown_blocks(tmp_path: Path) -> None:
    """Headings, paragraphs by line, and list items with their depth."""
    text = "# แผน\n\nบรรทัดแรก\nบรรทัดสอง\n\n- ข้อหนึ่ง\n  - ข้อย่อย\n- ข้อสอง\n\n3. สาม\n4. สี่\n\n#### ๑.๑ ขอบเขต\n"
    assert read(tmp_path, text) == [
        ("heading", 1, None, "แผน"),
        ("paragraph", None, None, "บรรทัดแรก"),
        ("paragraph", None, None, "บรรทัดสอง"),
        ("list_item", 1, "-", "ข้อหนึ่ง"),
        ("list_item", 2, "-", "ข้อย่อย"),
        ("list_item", 1, "-", "ข้อสอง"),
        ("list_item", 1, "3.", "สาม"),
        ("list_item", 1, "4.", "สี่"),
        ("heading", 4, None, "๑.๑ ขอบเขต"),
    ]


def test_marks_of_markdown_are_not_text(tmp_path: Path) -> None:
    """Bold, escapes, entities, links and pictures leave their words only; a bold line is noted as bold."""
    text = "**ส่วนที่ ๑**\n\nก **ข** ค\\*\\* R&amp;D [ลิงก์](http://x.test) ![ภาพ](a.png)\n\n**“ชื่อ”**แผน\n"
    document = read_bytes(tmp_path, text.encode())
    blocks = [block for block in document.pages[0].blocks if isinstance(block, TextBlock)]
    assert [block.text for block in blocks] == ["ส่วนที่ ๑", "ก ข ค** R&D ลิงก์", "“ชื่อ”แผน"]
    assert [block.style.bold for block in blocks] == [True, None, None]


def test_lines_are_what_they_look_like(tmp_path: Path) -> None:
    """An indented line is no code and a line above dashes no heading."""
    assert read(tmp_path, "หน่วยงาน\n---\n\n    ย่อหน้า\n\n## หัวข้อ\n") == [
        ("paragraph", None, None, "หน่วยงาน"),
        ("paragraph", None, None, "ย่อหน้า"),
        ("heading", 2, None, "หัวข้อ"),
    ]


def test_tables_in_three_notations(tmp_path: Path) -> None:
    """Tabs, pipes and HTML give the same table."""
    tabs = "งาน\tมี\nก\t✓\n"
    pipes = "| งาน | มี |\n| --- | --- |\n| ก | ✓ |\n"
    html = "<table>\n<tr><th>งาน</th><th>มี</th></tr>\n<tr><td>ก</td><td>✓</td></tr>\n</table>\n"
    assert read(tmp_path, f"{tabs}\n{pipes}\n{html}\nจบ\n") == [
        ("table", None, None, "งาน|มี|ก|✓"),
        ("table", None, None, "งาน|มี|ก|✓"),
        ("table", None, None, "งาน|มี|ก|✓"),
        ("paragraph", None, None, "จบ"),
    ]


def test_html_table_spans_and_nesting(tmp_path: Path) -> None:
    """Merged cells come to their slots; a table in a cell is kept there and in the text."""
    html = (
        "<table><tr><th rowspan=2>ภัย</th><th colspan=2>ผล</th></tr><tr><th>คน</th><th>อาคาร</th></tr>"
        "<tr><td>ไฟ</td><td>✓</td><td><table><tr><td>ในตาราง</td></tr></table></td></tr></table>"
    )
    (block,) = read_bytes(tmp_path, html.encode()).pages[0].blocks
    assert isinstance(block, TableBlock)
    places = {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in block.table.cells}
    assert places["ภัย"] == (0, 0, 2, 1)
    assert places["ผล"] == (0, 1, 1, 2)
    assert places["อาคาร"] == (1, 2, 1, 1)
    assert block.table.cells[-1].text == "ในตาราง"
    assert [cell.text for cell in block.table.cells[-1].tables[0].cells] == ["ในตาราง"]


def test_html_page(tmp_path: Path) -> None:
    """A saved web page: title, headings, numbered lists, hidden and script text left out."""
    html = (
        "<html><head><title>แผน ของเรา</title><style>p{}</style></head><body><h2>ขอบเขต</h2><p>หนึ่ง<br>สอง</p>"
        '<ol start="3"><li>สาม</li></ol><script>x()</script><p style="display:none">ซ่อน</p><p><b>หนา</b></p>'
        '<img src="a.png" alt="ผังอาคาร"></body></html>'
    )
    document = read_bytes(tmp_path, html.encode(), "page.txt")
    assert document.media_type == "text/html"
    assert document.metadata_title == "แผน ของเรา"
    blocks = document.pages[0].blocks
    assert [(b.role, b.marker, b.text) for b in blocks if isinstance(b, TextBlock)] == [
        (BlockRole.HEADING, None, "ขอบเขต"),
        (BlockRole.PARAGRAPH, None, "หนึ่ง\nสอง"),
        (BlockRole.LIST_ITEM, "3.", "สาม"),
        (BlockRole.PARAGRAPH, None, "หนา"),
    ]
    assert [b.alt_text for b in blocks if isinstance(b, PictureBlock)] == ["ผังอาคาร"]


def test_html_in_the_old_thai_encoding(tmp_path: Path) -> None:
    """The encoding that a page names is believed."""
    html = '<html><head><meta charset="windows-874"></head><body><p>แผน</p></body></html>'
    (block,) = read_bytes(tmp_path, html.encode("cp874"), "page.html").pages[0].blocks
    assert isinstance(block, TextBlock)
    assert block.text == "แผน"


def test_plain_text_is_left_as_it_is(tmp_path: Path) -> None:
    """Without Markdown's marks, stars and hashes are the author's own characters."""
    text = "แผนของกอง\r\n\r\n*หมายเหตุ: ข้อ #1\r\n• รายการ\r\n๑. ขอบเขต\r\n\tย่อหน้า\r\nเรื่อง\tทบทวนแผน\r\n"
    assert read(tmp_path, text, "plan.txt") == [
        ("paragraph", None, None, "แผนของกอง"),
        ("paragraph", None, None, "*หมายเหตุ: ข้อ #1"),
        ("list_item", None, "•", "รายการ"),
        ("paragraph", None, None, "๑. ขอบเขต"),
        ("paragraph", None, None, "ย่อหน้า"),
        ("paragraph", None, None, "เรื่อง\tทบทวนแผน"),
    ]


def test_form_feeds_make_pages(tmp_path: Path) -> None:
    """A text with page breaks has numbered pages; one without has a single page without a number."""
    document = read_bytes(tmp_path, "หน้าแรก\n\fหน้าสอง\n\f".encode(), "plan.txt")
    assert [page.number for page in document.pages] == [1, 2]
    assert [block.provenance.page_number for page in document.pages for block in page.blocks] == [1, 2]
    assert [page.number for page in read_bytes(tmp_path, "ก".encode()).pages] == [None]
    assert document.pages[0].source is TextSource.TEXT


def test_table_after_a_page_break_knows_its_page(tmp_path: Path) -> None:
    """A table carries the number of the page it stands on, and so do its cells."""
    document = read_bytes(tmp_path, "หน้าแรก\fงาน\tมี\nก\t✓\n".encode(), "plan.txt")
    (block,) = document.pages[1].blocks
    assert isinstance(block, TableBlock)
    assert block.table.page_numbers == (2,)
    assert {cell.provenance.page_number for cell in block.table.cells} == {2}


def test_too_many_pages(tmp_path: Path) -> None:
    """A text with more pages than the limit is refused."""
    with pytest.raises(SourceTooLargeError):
        read_bytes(tmp_path, b"x\f" * 60)


@pytest.mark.parametrize(("data", "code"), [(b" \n\t\r\n", "empty_file"), (b"\x00\x01\x02" * 40, "text_undecodable")])
def test_nothing_to_read(tmp_path: Path, data: bytes, code: str) -> None:
    """An empty file and one that is no text each have their error."""
    with pytest.raises(CorruptSourceError) as caught:
        read_bytes(tmp_path, data)
    assert caught.value.code == code


def test_lost_characters_are_an_issue(tmp_path: Path) -> None:
    """Characters that could not be read are counted and told."""
    document = read_bytes(tmp_path, ("แผน" * 30).encode()[:-1])
    assert [issue.code for issue in document.issues] == ["text_characters_lost"]


@given(st.text("กขabc<>&;/|*#-_`[]()!\\ \t\n0๑.", max_size=60))
def test_cleaning_never_fails_and_keeps_thai(text: str) -> None:
    """Any jumble of marks is read without an error, and outside tags no Thai letter is lost."""
    cleaned = clean_fragment(text)
    if "<" not in text:
        assert [char for char in cleaned if char in "กข๑"] == [char for char in text if char in "กข๑"]


@given(st.text("กข<>&|*#-`[]()!\\ \t\n0๑.", max_size=80))
def test_any_markdown_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """No jumble of Markdown marks stops the reader."""
    if text.strip():
        read_bytes(tmp_path_factory.getbasetemp(), text.encode())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample plans are not here")
@pytest.mark.parametrize("path", sorted([*SAMPLES.glob("*.md"), *SAMPLES.glob("*.txt")]), ids=lambda path: path.name)
def test_sample_texts_are_read_without_a_wrong_character(path: Path) -> None:
    """Real texts come out exactly, apart from white space and bullets."""
    document = TextReader().read(
        SourceFile(source_path=path.name, path=path, size_bytes=path.stat().st_size, sha256="0" * 64), ReadLimits()
    )
    lines = []
    for block in document.pages[0].blocks:
        if isinstance(block, TableBlock):
            lines.extend(cell.text for cell in block.table.cells)
        elif isinstance(block, TextBlock):
            lines.append(f"{block.marker or ''}{block.text}")
    # a SARA AM in two halves is left for the repair of text
    got = BULLETS.sub("", "".join(lines)).replace(
        "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
    )
    assert got == BULLETS.sub("", (TRUTH / f"{path.stem}.txt").read_text(encoding="utf-8"))
