"""A drawn page becomes blocks: tables with marks by their ink, prose by the engine, stamps apart."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docmodel.blocks import BlockRole, PictureBlock, TableBlock, TextBlock
from docmodel.errors import EngineMissingError
from docmodel.provenance import TextSource
from extractors.ocr import find_engine, read_page_image
from extractors.ocr.engine import OcrWord, PixelBox

from .drawing import as_page, blank, draw_box, draw_table, draw_text, draw_tick, turn


class FakeEngine:
    """Says the same word for every picture, or nothing."""

    name = version = options = "fake"

    def __init__(self, text="ข้อความ", confidence=0.9):
        self.text = text
        self.confidence = confidence
        self.shapes = []

    def read_words(self, image, mode):
        self.shapes.append(image.shape)
        if not self.text:
            return ()
        box = PixelBox(4, 4, image.shape[1] - 4, image.shape[0] - 4)
        return (OcrWord(text=self.text, bbox=box, confidence=self.confidence, lowest=self.confidence),)

    def close(self):
        pass


@pytest.fixture(scope="module")
def engine():
    """Tesseract, where it is installed."""
    try:
        found = find_engine()
    except EngineMissingError:
        pytest.skip("needs Tesseract with Thai data")
    yield found
    found.close()


def _letters(pixels, x, y, count=4):
    """Arches in a row, as high as print of 14 points."""
    for left in range(x, x + 30 * count, 30):
        pixels[y : y + 22, left : left + 18] = 0
        pixels[y + 5 : y + 22, left + 5 : left + 13] = 255


def _matrix():
    """A header row and two rows of ticks, with dust and one dash."""
    pixels = blank(800, 1100)
    draw_table(pixels, (100, 400, 600, 800, 1000), (200, 300, 400, 500))
    for x in (130, 430, 630, 830):
        _letters(pixels, x, 240)
    _letters(pixels, 130, 340)
    _letters(pixels, 130, 440)
    draw_tick(pixels, 480, 335)
    draw_tick(pixels, 880, 305)
    draw_tick(pixels, 690, 438)
    pixels[350:354, 700:704] = 0
    pixels[450:453, 490:506] = 0
    return pixels


@pytest.mark.parametrize("angle", [0.0, 1.4, -0.8])
def test_ticks_of_a_matrix_are_found_where_they_are(angle):
    """Ticks, dust, a dash and text each give what a reader sees, on a tilted scan too."""
    page = read_page_image(as_page(turn(_matrix(), angle)), page_number=3, engine=FakeEngine())
    (block,) = page.blocks
    assert isinstance(block, TableBlock)
    texts = [["" if cell is None else cell.raw_text for cell in row] for row in block.table.grid()]
    assert texts == [["ข้อความ", "ข้อความ", "ข้อความ", "ข้อความ"], ["ข้อความ", "✓", "", "✓"], ["ข้อความ", "-", "✓", ""]]
    assert block.table.page_numbers == (3,)
    assert block.provenance.source is TextSource.OCR


def test_empty_cells_are_not_read():
    """Only cells with ink cost a reading."""
    engine = FakeEngine()
    read_page_image(as_page(_matrix()), page_number=1, engine=engine)
    assert len(engine.shapes) == 6


def test_confidence_is_kept():
    """What the engine is unsure of stays unsure."""
    page = read_page_image(as_page(_matrix()), page_number=1, engine=FakeEngine(confidence=0.31))
    (block,) = page.blocks
    assert isinstance(block, TableBlock)
    assert block.table.cells[0].provenance.confidence == pytest.approx(0.31)
    assert page.ocr_confidence is not None
    assert page.ocr_confidence < 0.9


def test_empty_page_is_readable_and_has_no_blocks():
    """An empty sheet is no reading failure."""
    page = read_page_image(as_page(blank()), page_number=1, engine=FakeEngine())
    assert page.blocks == ()
    assert page.readable


def test_ink_without_legible_text_is_unreadable():
    """Ink that no engine can read is said to be so."""
    pixels = blank()
    _letters(pixels, 100, 100, 12)
    page = read_page_image(as_page(pixels), page_number=1, engine=FakeEngine(text=""))
    assert not page.readable


def test_tilted_stamp_is_not_in_the_body():
    """A stamp is kept with the page and outside of the text beside it."""
    pixels = blank(800, 1400)
    for row in range(6):
        _letters(pixels, 100, 100 + 70 * row, 20)
    stamp = blank(160, 320)
    cv2.rectangle(stamp, (20, 20), (300, 140), 60, 5)
    _letters(stamp, 80, 70, 5)
    pixels[60:220, 950:1270] = np.minimum(pixels[60:220, 950:1270], turn(stamp, 4.0))
    page = read_page_image(as_page(pixels), page_number=1, engine=FakeEngine())
    outside = [block for block in page.blocks if getattr(block, "role", None) is BlockRole.WATERMARK]
    body = [block for block in page.blocks if isinstance(block, TextBlock) and block.role.in_body]
    assert len(outside) == 1
    assert "\n".join(block.raw_text for block in body).count("ข้อความ") == 6


def test_illegible_stamp_stays_a_picture():
    """A stamp that reads as nothing sure is not put into words."""
    pixels = blank(600, 1000)
    stamp = blank(160, 320)
    cv2.ellipse(stamp, (160, 80), (130, 65), 0, 0, 360, 60, 4)
    _letters(stamp, 110, 70, 3)
    pixels[100:260, 400:720] = stamp
    page = read_page_image(as_page(pixels), page_number=1, engine=FakeEngine(confidence=0.4))
    assert [type(block) for block in page.blocks] == [PictureBlock]


@pytest.mark.ocr
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_thai_table_and_prose_are_read(engine, dpi):
    """A page with a heading, a table with ticks and small text, and prose, at the usual resolutions."""
    scale = dpi / 200
    size = round(40 * scale)
    pixels = blank(round(900 * scale), round(1400 * scale))

    def at(*values):
        return tuple(round(value * scale) for value in values)

    draw_text(pixels, *at(100, 60), "แผนรับมือเหตุฉุกเฉินของหน่วยงานตัวอย่าง", size)
    draw_table(pixels, at(100, 700, 900, 1100), at(200, 300, 400, 500), max(1, round(2 * scale)))
    for y, text in ((215, "เหตุการณ์"), (315, "พื้นที่อาคารสูง"), (415, "ที่นี่ไฟไหม้")):
        draw_text(pixels, *at(130, y), text, size)
    draw_text(pixels, *at(760, 215), "มี", size)
    draw_text(pixels, *at(940, 215), "ไม่มี", size)
    draw_box(pixels, *at(790, 335), round(28 * scale), "tick")
    draw_box(pixels, *at(990, 335), round(28 * scale))
    draw_box(pixels, *at(790, 435), round(28 * scale))
    draw_box(pixels, *at(990, 435), round(28 * scale), "tick")
    draw_text(pixels, *at(100, 620), "ให้ทุกฝ่ายแจ้งผู้บังคับบัญชาภายในหนึ่งชั่วโมง", size)
    page = read_page_image(as_page(turn(pixels, 0.6), dpi), page_number=1, engine=engine)
    heading, table, prose = page.blocks
    assert isinstance(heading, TextBlock)
    assert isinstance(table, TableBlock)
    assert isinstance(prose, TextBlock)
    assert heading.raw_text == "แผนรับมือเหตุฉุกเฉินของหน่วยงานตัวอย่าง"
    assert prose.raw_text == "ให้ทุกฝ่ายแจ้งผู้บังคับบัญชาภายในหนึ่งชั่วโมง"
    assert [cell.raw_text for cell in table.table.cells] == [
        "เหตุการณ์", "มี", "ไม่มี", "พื้นที่อาคารสูง", "☑", "☐", "ที่นี่ไฟไหม้", "☐", "☑",
    ]  # fmt: skip


@pytest.mark.ocr
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_page_on_its_side_or_head_is_turned(engine, quarters):
    """A page fed the wrong way round is read, and says how it had to be turned."""
    pixels = blank(700, 1100)
    draw_text(pixels, 60, 60, "แผนรับมือเหตุฉุกเฉินของหน่วยงานตัวอย่าง", 44)
    draw_text(pixels, 60, 160, "ให้ทุกฝ่ายแจ้งผู้บังคับบัญชาภายในหนึ่งชั่วโมง", 44)
    turned = np.ascontiguousarray(np.rot90(pixels, quarters))
    page = read_page_image(as_page(turned), page_number=1, engine=engine)
    assert page.rotation == 90 * quarters
    assert page.width_pt == pytest.approx(1100 * 72 / 200)
    assert "แผนรับมือเหตุฉุกเฉิน" in next(page.text_blocks()).raw_text
