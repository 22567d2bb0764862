"""Headings read twice, layers compared with their picture, stamps kept beside a scan."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from docmodel.blocks import Block, BlockRole, TextBlock, TextStyle
from docmodel.document import Page
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from extractors.base import PageImage
from extractors.ocr import OcrWord, PixelBox, ReadMode
from pipeline.second_reader import (
    LayerCheck,
    check_layer,
    find_doubtful_headings,
    keep_stamp,
    read_headings_again,
)

IMAGE = PageImage(pixels=np.full((842, 595), 255, dtype=np.uint8), dpi=72, width_pt=595, height_pt=842)
HEADING = "๒. ขั้นตอนการกู้คืนระบบงาน"
BROKEN = "๒. ขนตฮนกฌรกคฎนรฆบบงฌน"
"""The heading as a font without some of its characters gives it: no word list brings it back."""


class FakeEngine:
    """Reads the same words everywhere and remembers the size of each picture."""

    name = version = options = "fake"

    def __init__(self, text: str, confidence: float = 0.9) -> None:
        self.text = text
        self.confidence = confidence
        self.sizes: list[tuple[int, ...]] = []

    def read_words(self, image: NDArray[np.uint8], mode: ReadMode) -> tuple[OcrWord, ...]:
        self.sizes.append(image.shape)
        place = PixelBox(0, 0, 1, 1)
        words = self.text.split()
        return tuple(
            OcrWord(text=word, bbox=place, confidence=self.confidence, lowest=self.confidence) for word in words
        )

    def close(self) -> None:
        pass


def block(text: str, top: float = 100, *, bold: bool = False, height: float = 20) -> TextBlock:
    place = Provenance(page_number=1, bbox=BBox(80, top, 500, top + height), source=TextSource.TEXT_LAYER)
    return TextBlock(raw_text=text, text=text, provenance=place, style=TextStyle(bold=bold))


def page(*blocks: Block, source: TextSource = TextSource.TEXT_LAYER) -> Page:
    return Page(number=1, blocks=blocks, source=source, width_pt=595, height_pt=842)


def test_a_broken_heading_is_read_from_the_picture() -> None:
    """The reading that makes words wins, with OCR as its source; only the heading's zone was read."""
    entry = page(block(BROKEN), block("เนื้อหาของแผนรองรับ", 200))
    (heading,) = find_doubtful_headings(entry)
    engine = FakeEngine(HEADING)
    mended = read_headings_again(entry, (heading,), IMAGE, engine)
    first, second = mended.text_blocks()
    assert first.raw_text == HEADING
    assert first.provenance.source is TextSource.OCR
    assert first.provenance.confidence == pytest.approx(0.9)
    assert second == entry.blocks[1]
    assert engine.sizes == [(24, 424)]


@pytest.mark.parametrize(
    "engine",
    [
        FakeEngine(HEADING, confidence=0.5),
        FakeEngine("ภาคผนวกรายชื่อเจ้าหน้าที่เวร"),
        FakeEngine(BROKEN),
        FakeEngine(""),
    ],
    ids=["guessed", "another line", "no better", "nothing"],
)
def test_the_layer_stays_where_the_picture_says_nothing_better(engine: FakeEngine) -> None:
    """A guess, another line, the same nonsense or nothing do not replace what the layer says."""
    entry = page(block(BROKEN))
    assert read_headings_again(entry, find_doubtful_headings(entry), IMAGE, engine) == entry


@pytest.mark.parametrize(
    "entry",
    [
        block(HEADING),
        block("ส านักงานขนส่งประจ าจังหวัด", bold=True),
        block("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธน" * 2),
        block("๑. " + "กขฃคฅฆงจฉชซฌ" * 20, height=80),
        block("Business impact analysis", bold=True),
    ],
    ids=["sound", "repaired", "no heading", "a paragraph", "English"],
)
def test_what_is_no_doubtful_heading_is_not_read_again(entry: TextBlock) -> None:
    """Sound, repairable and foreign headings and running text cost no second reading."""
    assert find_doubtful_headings(page(entry)) == ()


@pytest.mark.parametrize(
    ("seen", "check"),
    [
        ("เจ้าหน้าที่เวรแจ้งเหตุต่อหัวหน้าฝ่ายภายในสิบห้านาที", LayerCheck.AGREES),
        ("เจาหนาทีเวรแจงเหตต่อหวหนาฝายภายในสิบห้นาที", LayerCheck.AGREES),
        ("ใบเสร็จรับเงินค่าน้ำประปาประจำเดือนของอาคารชุด", LayerCheck.DIFFERS),
        ("", LayerCheck.UNKNOWN),
    ],
)
def test_a_layer_is_compared_by_its_letters(seen: str, check: LayerCheck) -> None:
    """The same words agree however the marks were read; others differ; nothing legible tells nothing."""
    layer = page(block("เจ้าหน้าที่เวรแจ้งเหตุต่อหัวหน้าฝ่ายภายในสิบห้านาที"))
    assert check_layer(layer, IMAGE, FakeEngine(seen)) is check


def test_a_stamp_is_kept_as_the_layer_says_it() -> None:
    """The scan's own reading of the stamp gives way, and the stamp stands outside the body."""
    stamp = block("รับเลขที่ 12/2599", 30)
    body = block("แผนรองรับเหตุฉุกเฉินของหน่วยงานสมมติกำหนดให้ทุกฝ่ายปฏิบัติตามขั้นตอนต่อไปนี้โดยเคร่งครัด", 200)
    scan = page(block("รบเลขท 12/2S99", 31), body, source=TextSource.OCR)
    kept = keep_stamp(scan, page(stamp))
    assert [entry.raw_text for entry in kept.text_blocks()] == [stamp.raw_text, body.raw_text]
    assert [entry.role for entry in kept.text_blocks()] == [BlockRole.PAGE_HEADER, BlockRole.PARAGRAPH]
    assert kept.source is TextSource.OCR


def test_a_title_over_a_photograph_is_no_stamp() -> None:
    """Where the picture holds no other text the layer is the page."""
    cover = page(block("แผนรองรับเหตุฉุกเฉิน", 400))
    scan = page(block("แผนรองรับเหตฉกเฉิน", 401), block("ก ข", 700), source=TextSource.OCR)
    assert keep_stamp(scan, cover) == cover
