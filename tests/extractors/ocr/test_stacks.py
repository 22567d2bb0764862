"""Marks over other marks are given back where the ink shows them, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.engine import OcrWord
from extractors.ocr.imaging import straighten_page
from extractors.ocr.pageink import sort_ink
from extractors.ocr.rulings import find_rulings
from extractors.ocr.stacks import mend_stacks
from extractors.ocr.textlines import find_text_lines

from .drawing import BOLD, REGULAR, as_page, blank, draw_text


def _mend(drawn, read, *, size_px=44, font=REGULAR):
    pixels = blank(240, 2000)
    draw_text(pixels, 80, 60, drawn, size_px, font=font)
    page = straighten_page(as_page(pixels))
    page_ink = sort_ink(page, find_rulings(page))
    pieces = np.flatnonzero(page_ink.ink_map.areas)
    (line,) = find_text_lines(page_ink.ink_map, pieces, dpi=page.dpi)
    word = OcrWord(text=read, bbox=page_ink.ink_map.box_of(pieces), confidence=0.9, lowest=0.9)
    return mend_stacks(word, page_ink.ink_map, line.pieces, letter_px=line.letter_px, baseline=line.baseline)


@pytest.mark.parametrize(("size_px", "font"), [(36, REGULAR), (44, REGULAR), (44, BOLD), (80, REGULAR)])
@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("ระดับน้ำในคลอง", "ระดับน้าในคลอง"),
        ("ต่ำ", "ต่า"),
        ("ต่ำ", "ตำ"),
        ("ผู้สั่งการ", "ผู้สังการ"),
        ("ความเสี่ยงที่เหลือ", "ความเสียงที่เหลือ"),
        ("จัดเตรียมน้ำมันเชื้อเพลิง", "จัดเตรียมน้ำมันเชือเพลิง"),
    ],
)
def test_lost_mark_comes_back(drawn, read, size_px, font):
    """The mark that the engine lost of two is put back, and the word is less sure than before."""
    word = _mend(drawn, read, size_px=size_px, font=font)
    assert word.text == drawn
    assert word.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "หน้าที่ของหัวหน้าฝ่าย",
        "ข้าราชการได้รับค่าจ้าง",
        "สำนักงานทำบันทึกประจำวัน",
        "สถานที่ตั้งของศูนย์สั่งการ",
        "ปีงบประมาณ ๒๕๖๗",
        "สิทธิของผู้บริสุทธิ์",
        "(VPN) ไป ใช้ ปฏิบัติ ฝ่าย ฟ้า",
    ],
)
@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_what_was_read_rightly_stays(text, font):
    """No mark is added to a text that has all of its own."""
    assert _mend(text, text, font=font).text == text


def test_tone_that_cannot_be_told_is_not_guessed():
    """Over SARA I the upper mark may be a silencer: a wide one is left to the reader."""
    assert _mend("ผู้มีสิทธิ์", "ผู้มีสิทธิ").text == "ผู้มีสิทธิ"
