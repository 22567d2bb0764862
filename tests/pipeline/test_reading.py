"""Text layer or OCR, page by page, and what happens without an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from docmodel.blocks import Block, PictureBlock, TextBlock
from docmodel.document import Page, SourceFile
from docmodel.errors import EngineError, EngineMissingError, SourceTooLargeError, UnsupportedSourceError
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from docmodel.vocabulary import DocumentStatus
from extractors.base import PageImage
from extractors.ocr import OcrWord, PixelBox, ReadMode
from extractors.pdf import PageFacts
from pipeline import ocr_desk, reading
from pipeline.checkpoint import Checkpoint
from pipeline.datasets.rows import DocumentRow
from pipeline.options import OcrMode, Options
from pipeline.page_board import PageBoard
from pipeline.page_route import PageReason, find_route
from pipeline.process import process_document
from pipeline.reading import read_document
from pipeline.schema import load_schema

SOUND = "หน่วยงานต้องแจ้งเหตุให้ผู้บริหารทราบโดยเร็วและดำเนินการตามแผนที่กำหนดไว้ " * 5
PLAIN_FACTS = PageFacts(image_share=0.0, visible_chars=400, invisible_chars=0)
HIDDEN_FACTS = PageFacts(image_share=1.0, visible_chars=0, invisible_chars=400)
FULL_PICTURE = PictureBlock(provenance=Provenance(page_number=1, bbox=BBox(0, 0, 595, 842)))


def page(text: str, *others: Block, number: int = 1) -> Page:
    blocks: list[Block] = list(others)
    if text:
        place = Provenance(page_number=number, bbox=BBox(80, 100, 500, 300), source=TextSource.TEXT_LAYER)
        blocks.append(TextBlock(raw_text=text, text=text, provenance=place))
    return Page(number=number, blocks=tuple(blocks), source=TextSource.TEXT_LAYER, width_pt=595, height_pt=842)


@pytest.mark.parametrize(
    ("entry", "mode", "use_ocr", "reason"),
    [
        (page(SOUND), OcrMode.AUTO, False, PageReason.LAYER_SOUND),
        (page(SOUND), OcrMode.ALWAYS, True, PageReason.ASKED),
        (page("", FULL_PICTURE), OcrMode.AUTO, True, PageReason.NO_LAYER),
        (page("", FULL_PICTURE), OcrMode.NEVER, False, PageReason.NO_LAYER),
        (page("ลงนามทางอิเล็กทรอนิกส์", FULL_PICTURE), OcrMode.AUTO, True, PageReason.LAYER_SPARSE),
        (page("บทนำ"), OcrMode.AUTO, False, PageReason.LAYER_SOUND),
        (page(SOUND, FULL_PICTURE), OcrMode.AUTO, False, PageReason.LAYER_SOUND),
        (page("(cid:12)(cid:44)(cid:9)" * 60), OcrMode.AUTO, True, PageReason.LAYER_BROKEN),
    ],
)
def test_the_route_of_a_page(entry: Page, mode: OcrMode, use_ocr: bool, reason: PageReason) -> None:
    """Sound layers are kept; missing, broken and stamped-over ones go to OCR; the option overrules."""
    route = find_route(entry, mode)
    assert (route.use_ocr, route.reason) == (use_ocr, reason)


class FakePdf:
    """A PDF of given pages, all of them with ink."""

    issues = ()
    metadata_title = None
    is_rescued = False

    def __init__(self, pages: Sequence[Page], *, ink: bool = True, facts: PageFacts = PLAIN_FACTS) -> None:
        self.pages = pages
        self.facts = facts
        self.ink = ink
        self.page_count = len(pages)

    def __enter__(self) -> FakePdf:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read_page(self, index: int) -> Page:
        return self.pages[index]

    def page_facts(self, index: int) -> PageFacts:
        return self.facts

    def render_page(self, index: int, dpi: int) -> PageImage:
        shape = (842 * dpi // 72, 595 * dpi // 72)
        pixels = np.full(shape, 0 if self.ink else 255, dtype=np.uint8)
        return PageImage(pixels=pixels, dpi=dpi, width_pt=595, height_pt=842)


class FakeEngine:
    """An engine that is opened and closed, and reads the same words in every part of a page."""

    closed = False
    words = ""

    def read_words(self, image: object, mode: ReadMode) -> tuple[OcrWord, ...]:
        place = PixelBox(0, 0, 1, 1)
        return (OcrWord(text=self.words, bbox=place, confidence=0.9, lowest=0.9),) if self.words else ()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 fake")
    return SourceFile(source_path="a.pdf", path=path, size_bytes=13, sha256="ab" * 32)


def use_pdf(monkeypatch: pytest.MonkeyPatch, *pages: Page, ink: bool = True, facts: PageFacts = PLAIN_FACTS) -> None:
    monkeypatch.setattr(reading, "open_pdf", lambda _: FakePdf(pages, ink=ink, facts=facts))


def use_ocr(monkeypatch: pytest.MonkeyPatch, result: Page | EngineError) -> FakeEngine:
    engine = FakeEngine()

    def read(*_: object, page_number: int, **__: object) -> Page:
        if isinstance(result, EngineError):
            raise result
        return replace(result, number=page_number)

    monkeypatch.setattr(ocr_desk, "find_engine", lambda **_: engine)
    monkeypatch.setattr(ocr_desk, "read_page_image", read)
    return engine


def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**_: object) -> None:
        raise EngineMissingError("tesseract_missing", th="ไม่มี Tesseract", en="no Tesseract")

    monkeypatch.setattr(ocr_desk, "find_engine", missing)


def test_only_the_pages_that_need_it_are_read_by_ocr(monkeypatch: pytest.MonkeyPatch, source: SourceFile) -> None:
    """A scanned page between two digital ones is read by OCR, the others by their layer, and the engine is closed."""
    use_pdf(monkeypatch, page(SOUND), page("", FULL_PICTURE, number=2), page(SOUND, number=3))
    engine = use_ocr(monkeypatch, replace(page(SOUND), source=TextSource.OCR, ocr_confidence=0.9))
    pages = read_document(source, Options()).pages
    assert [entry.source for entry in pages] == [TextSource.TEXT_LAYER, TextSource.OCR, TextSource.TEXT_LAYER]
    assert all(entry.readable for entry in pages)
    assert engine.closed


def test_without_an_engine_digital_pages_are_read_and_scans_say_why(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile
) -> None:
    """The document is partial, its code names the missing engine, the page is unreadable."""
    use_pdf(monkeypatch, page(SOUND), page("", FULL_PICTURE, number=2))
    without_engine(monkeypatch)
    document = read_document(source, Options())
    assert [entry.readable for entry in document.pages] == [True, False]
    result = process_document(source, Options(), load_schema("opdc-2563"))
    (row,) = result.rows["documents"]
    assert isinstance(row, DocumentRow)
    assert (row.status, row.error_code) == (DocumentStatus.PARTIAL, "tesseract_missing")
    assert row.error_message is not None
    assert "1 of 2 pages" in row.error_message


def test_a_scan_without_an_engine_is_failed_and_gets_no_verdict(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile
) -> None:
    """Nothing is called missing in a document of which no page could be read."""
    use_pdf(monkeypatch, page("", FULL_PICTURE))
    without_engine(monkeypatch)
    result = process_document(source, Options(), load_schema("opdc-2563"))
    (row,) = result.rows["documents"]
    assert isinstance(row, DocumentRow)
    assert (row.status, row.error_code) == (DocumentStatus.FAILED, "tesseract_missing")
    assert not result.rows.get("components")


def test_a_page_on_which_ocr_fails_is_unreadable_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile
) -> None:
    """An engine that fails costs its page."""
    use_pdf(monkeypatch, page("", FULL_PICTURE), page(SOUND, number=2))
    use_ocr(monkeypatch, EngineError("tesseract_failed", th="ล้มเหลว", en="failed"))
    document = read_document(source, Options())
    assert [entry.readable for entry in document.pages] == [False, True]
    assert [(issue.code, issue.page_number) for issue in document.issues] == [("tesseract_failed", 1)]


def test_ocr_that_was_only_asked_for_falls_back_to_a_sound_layer(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile
) -> None:
    """--ocr always without an engine still reads what the text layer says."""
    use_pdf(monkeypatch, page(SOUND))
    without_engine(monkeypatch)
    (entry,) = read_document(source, Options(ocr=OcrMode.ALWAYS)).pages
    assert entry.readable
    assert entry.source is TextSource.TEXT_LAYER


@pytest.mark.parametrize(
    ("seen", "source_kept"),
    [
        pytest.param(SOUND, TextSource.TEXT_LAYER, id="the same"),
        pytest.param("", TextSource.TEXT_LAYER, id="illegible"),
        pytest.param("ใบเสนอราคาเครื่องพิมพ์และหมึกของร้านค้าปลีกแห่งหนึ่ง", TextSource.OCR, id="another text"),
    ],
)
def test_a_hidden_layer_is_compared_with_the_picture(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile, seen: str, source_kept: TextSource
) -> None:
    """Text that nobody sees is kept where the picture says the same or nothing legible, else the picture is read."""
    use_pdf(monkeypatch, page(SOUND), facts=HIDDEN_FACTS)
    engine = use_ocr(monkeypatch, replace(page(seen), source=TextSource.OCR, ocr_confidence=0.9))
    engine.words = seen
    (entry,) = read_document(source, Options()).pages
    assert entry.source is source_kept
    assert ("untrue_layer" in entry.damage) is (source_kept is TextSource.OCR)


def test_a_sound_layer_costs_no_engine(monkeypatch: pytest.MonkeyPatch, source: SourceFile) -> None:
    """A visible layer is not compared with anything."""
    use_pdf(monkeypatch, page(SOUND))
    without_engine(monkeypatch)
    assert read_document(source, Options()).pages[0].damage == ()


def test_a_page_that_needs_ocr_is_unreadable_when_ocr_is_off(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile
) -> None:
    """--ocr never says so on the page."""
    use_pdf(monkeypatch, page("", FULL_PICTURE))
    document = read_document(source, Options(ocr=OcrMode.NEVER))
    assert not document.pages[0].readable
    assert [issue.code for issue in document.issues] == ["ocr_switched_off"]


def test_a_blank_page_is_no_gap(monkeypatch: pytest.MonkeyPatch, source: SourceFile) -> None:
    """A page without ink is read: there is nothing on it."""
    use_pdf(monkeypatch, page(SOUND), page("", number=2), ink=False)
    without_engine(monkeypatch)
    document = read_document(source, Options())
    assert [entry.readable for entry in document.pages] == [True, True]
    assert document.issues == ()


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch, source: SourceFile) -> None:
    """Too many bytes and too many pages are told before anything is read."""
    with pytest.raises(SourceTooLargeError, match="file_too_large"):
        read_document(source, Options(max_bytes=5))
    use_pdf(monkeypatch, *(page(SOUND, number=number) for number in range(4)))
    with pytest.raises(SourceTooLargeError, match="too_many_pages"):
        read_document(source, Options(max_pages=3))


@pytest.mark.parametrize("name", ["แผน.pdf", "แผน.docx", "แผน.doc"])
def test_a_text_that_calls_itself_a_document_is_refused(tmp_path: Path, name: str) -> None:
    """An error page saved in place of the plan is not taken for it."""
    path = tmp_path / name
    path.write_text("ไม่พบหน้าที่ต้องการ", encoding="utf-8")
    entry = SourceFile(source_path=name, path=path, size_bytes=path.stat().st_size, sha256="0" * 64)
    with pytest.raises(UnsupportedSourceError, match="wrong_extension"):
        read_document(entry, Options())


def test_pages_that_a_helper_read_make_the_same_document(
    monkeypatch: pytest.MonkeyPatch, source: SourceFile, tmp_path: Path
) -> None:
    """A helper reads from the end; the document's own worker takes those pages and reads no page twice."""
    scans = [page("", FULL_PICTURE, number=number) for number in range(1, 9)]
    use_pdf(monkeypatch, *scans)
    use_ocr(monkeypatch, replace(page(SOUND), source=TextSource.OCR))
    alone = read_document(source, Options())
    checkpoint = Checkpoint(path=tmp_path / "a.pages", period_s=0.0)
    board = PageBoard.create(checkpoint.board_path, len(scans))
    assert board is not None
    with board:
        board.note(0, alone.pages[0])
        board.note(1, alone.pages[1])
    monkeypatch.setattr(reading, "detect_media_type", lambda _: "application/pdf")
    assert reading.help_reading(source, Options(), checkpoint.board_path) == 6
    numbers: list[int] = []
    monkeypatch.setattr(FakePdf, "read_page", lambda self, index: numbers.append(index + 1) or self.pages[index])
    assert read_document(source, Options(), checkpoint) == alone
    assert numbers == [1, 2]


def test_a_helper_whose_document_is_done_reads_nothing(source: SourceFile, tmp_path: Path) -> None:
    """Without a board there is nothing to help with."""
    assert reading.help_reading(source, Options(), tmp_path / "none.board") == 0
