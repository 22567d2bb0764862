"""No page is read worse than the engine alone reads it: nothing that is done to it before may harm clean print."""

from __future__ import annotations

import unicodedata

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from docmodel.errors import EngineMissingError
from extractors.ocr import find_engine, read_page_image
from extractors.ocr.engine import ReadMode

from .drawing import BOLD, REGULAR, as_page, blank, draw_text

COVER = ("แผนบริหารความต่อเนื่อง", "(BCP)", "สำนักงานทะเบียนผ้าทอจังหวัดดาวเหนือ", "๑๐ กุมภาพันธ์ ๒๕๖๖")
PROSE = (
    "๗. ไปใช้สถานที่สำรองภายใน ๒๔ ชั่วโมง",
    "ให้ผู้ประสานงานแจ้งทีมงานฝ่ายปฏิบัติการ",
    "โทร. ๐ ๒๐๐๐ ๐๑๘๖-๙ ต่อ ๓๐๘",
    "น้ำประปาอยู่ในระดับต่ำ ความเสี่ยงสูง",
)


@pytest.fixture(scope="module")
def engine():
    try:
        engine = find_engine()
    except EngineMissingError:
        pytest.skip("needs Tesseract with Thai data")
    yield engine
    engine.close()


def _draw(lines, size_px, font):
    step = round(2.2 * size_px)
    pixels = blank(step * (len(lines) + 2), 2300)
    for row, text in enumerate(lines, start=1):
        draw_text(pixels, 120, row * step, text, size_px, font=font)
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.7), dtype=np.uint8)


def _scanned(pixels, case):
    random = np.random.default_rng(5)
    if case == "faint":
        return np.clip(170 + pixels / 255 * 75 + random.normal(0, 3, pixels.shape), 0, 255).astype(np.uint8)
    if case == "grain":
        return np.clip(25 + pixels / 255 * 220 + random.normal(0, 9, pixels.shape), 0, 255).astype(np.uint8)
    if case == "jpeg":
        data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 35])[1]
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return pixels


def _plain(text):
    return "".join(char for char in unicodedata.normalize("NFC", text) if not char.isspace())


@pytest.mark.parametrize("case", ["clean", "faint", "grain", "jpeg"])
@pytest.mark.parametrize(
    ("lines", "size_px", "font"), [(COVER, 84, BOLD), (COVER, 120, REGULAR), (PROSE, 40, REGULAR), (PROSE, 46, BOLD)]
)
def test_never_worse_than_the_engine_alone(engine, lines, size_px, font, case):
    """Large and small print, faint, grainy and packed: at most as many wrong characters as the engine makes itself."""
    pixels = _scanned(_draw(lines, size_px, font), case)
    want = _plain("".join(lines))
    page = read_page_image(as_page(pixels), page_number=1, engine=engine)
    own = _plain("".join(block.raw_text for block in page.blocks if hasattr(block, "raw_text")))
    alone = _plain("".join(word.text for word in engine.read_words(pixels, ReadMode.BLOCK)))
    assert Levenshtein.distance(want, own) <= Levenshtein.distance(want, alone)
    assert Levenshtein.distance(want, own) <= 0.02 * len(want)
