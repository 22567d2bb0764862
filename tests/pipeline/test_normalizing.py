"""Text put right and the flow put together."""

from __future__ import annotations

from pathlib import Path

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock, TextStyle
from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from pipeline.normalizing import normalize_document

SOURCE = SourceFile(source_path="a.pdf", path=Path("a.pdf"), size_bytes=1, sha256="0" * 64)


def text(
    raw: str, page_number: int, top: float, *, left: float = 80, right: float = 500, indent: float = 0
) -> TextBlock:
    place = Provenance(page_number=page_number, bbox=BBox(80, top, right, top + 40), source=TextSource.TEXT_LAYER)
    return TextBlock(raw_text=raw, text=raw, provenance=place, style=TextStyle(indent_pt=indent))


def page(number: int, *blocks: Block, source: TextSource = TextSource.TEXT_LAYER) -> Page:
    return Page(number=number, blocks=blocks, source=source, width_pt=595, height_pt=842)


def document(*pages: Page) -> ExtractedDocument:
    return ExtractedDocument(source=SOURCE, media_type="application/pdf", pages=pages)


def body_texts(*pages: Page) -> list[str]:
    return [block.text for block in normalize_document(document(*pages)).blocks if isinstance(block, TextBlock)]


def test_a_paragraph_cut_by_the_page_end_is_one() -> None:
    """The rest at the top of the next page is joined as Thai, without a space."""
    first = page(1, text("ย่อหน้าแรก", 1, 100), text("หน่วยงานต้องแจ้ง\nเหตุให้", 1, 700, indent=36))
    second = page(2, text("ผู้บริหารทราบ", 2, 100), text("ย่อหน้าถัดไป", 2, 300, indent=36))
    assert body_texts(first, second) == ["ย่อหน้าแรก", "หน่วยงานต้องแจ้งเหตุให้ผู้บริหารทราบ", "ย่อหน้าถัดไป"]


def test_a_new_paragraph_on_the_next_page_is_its_own() -> None:
    """A first line indent, a number in front or a short last line says that a new paragraph begins."""
    last = text("หน่วยงานต้องแจ้งเหตุ", 1, 700)
    wide = text("ข้อความเต็มบรรทัดอยู่ตรงนี้", 1, 600)
    short = text("จบเพียงเท่านี้", 1, 700, right=150)
    assert len(body_texts(page(1, last), page(2, text("ผู้บริหารทราบ", 2, 100, indent=36)))) == 2
    assert len(body_texts(page(1, last), page(2, text("2. ผู้บริหารทราบ", 2, 100)))) == 2
    assert len(body_texts(page(1, wide, short), page(2, text("ผู้บริหารทราบ", 2, 100)))) == 3


def test_a_page_number_in_another_code_page_is_one() -> None:
    """What stands outside the body is told from the repaired text."""
    body = "แผนรองรับภาวะฉุกเฉินของหน่วยงาน".encode("tis-620").decode("latin-1")
    number = "- ๒ -".encode("tis-620").decode("latin-1")
    assert body_texts(page(1, text(body, 1, 300), text(number, 1, 20))) == ["แผนรองรับภาวะฉุกเฉินของหน่วยงาน"]


def test_page_numbers_and_heads_stay_with_their_page_only() -> None:
    """The body has none of them, the pages keep them."""
    pages = [page(n, text("หัวกระดาษ", n, 20), text(f"เนื้อหา{'กขคง'[n]}", n, 300, right=200)) for n in range(1, 4)]
    normalized = normalize_document(document(*pages))
    assert len(normalized.blocks) == 3
    roles = [block.role for entry in normalized.pages for block in entry.text_blocks()]
    assert roles.count(BlockRole.PAGE_HEADER) == 3


def test_raw_text_stays_and_repairs_are_counted_by_rule_with_an_example() -> None:
    """A decomposed SARA AM is mended in paragraphs and cells, and the ledger says where and how often."""
    damaged = "ท\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}งาน"
    place = Provenance(page_number=1, bbox=BBox(80, 300, 300, 340), source=TextSource.TEXT_LAYER)
    cell = Cell(row=0, col=0, raw_text=damaged, text=damaged, provenance=place)
    table = TableBlock(table=Table(table_id="p1t1", n_rows=1, n_cols=1, cells=(cell,), provenance=place))
    normalized = normalize_document(document(page(1, text(damaged, 1, 100, right=200), table)))
    first = normalized.blocks[0]
    assert isinstance(first, TextBlock)
    assert (first.raw_text, first.text) == (damaged, "ทำงาน")
    assert [entry.table.cells[0].text for entry in normalized.tables()] == ["ทำงาน"]
    (repair,) = normalized.repairs
    assert (repair.page_number, repair.count) == (1, 2)
    assert damaged in repair.example_before
    assert "ทำงาน" in repair.example_after
    assert repair.rule in normalized.pages[0].damage


def test_marks_that_ocr_lost_come_back_on_pages_read_by_ocr_only() -> None:
    """The spelling of a text layer is the author's; on a page read by OCR a lost mark is the engine's."""
    slip = text("ใช้สถานทีของหน่วยงาน", 1, 100)
    assert body_texts(page(1, slip)) == ["ใช้สถานทีของหน่วยงาน"]
    assert body_texts(page(1, slip, source=TextSource.OCR)) == ["ใช้สถานที่ของหน่วยงาน"]


def test_every_table_has_an_id_of_its_own() -> None:
    """Readers number the tables of one page; the document numbers them all."""

    def table(number: int, top: float) -> TableBlock:
        place = Provenance(page_number=number, bbox=BBox(80, top, 500, top + 50), source=TextSource.TEXT_LAYER)
        heads = tuple(
            Cell(row=0, col=col, raw_text=f"หัว{number}{'กข'[col]}", text=f"หัว{number}{'กข'[col]}", provenance=place)
            for col in range(2)
        )
        return TableBlock(table=Table(table_id="t001", n_rows=1, n_cols=2, cells=heads, provenance=place))

    pages = [page(n, text("ก่อนตาราง" * 3, n, 100), table(n, 200), text("หลังตาราง" * 3, n, 600)) for n in (1, 2)]
    assert [entry.table.table_id for entry in normalize_document(document(*pages)).tables()] == ["t001", "t002"]


def test_line_feeds_of_a_format_without_printed_lines_are_the_authors() -> None:
    """A break in a text file is kept."""
    place = Provenance(source=TextSource.TEXT)
    block = TextBlock(raw_text="บรรทัดแรก\nบรรทัดสอง", text="", provenance=place)
    entry = Page(number=None, blocks=(block,), source=TextSource.TEXT)
    assert body_texts(entry) == ["บรรทัดแรก\nบรรทัดสอง"]
