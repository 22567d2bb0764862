"""Ticks and boxes are told from their shape, and digits and letters are not taken for them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.imaging import straighten_page
from extractors.ocr.marks import BOX, BOX_CROSSED, BOX_TICKED, TICK, find_boxes, read_stroke
from extractors.ocr.pageink import sort_ink
from extractors.ocr.rulings import find_rulings

from .drawing import FONT_FOLDER, as_page, blank, draw_box, draw_table, draw_text, draw_tick, turn


def _cut(pixels):
    ink = np.where(pixels < 128, np.uint8(255), np.uint8(0))
    rows, columns = np.nonzero(ink)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@pytest.mark.parametrize("size", [14, 20, 30, 48])
@pytest.mark.parametrize("thickness", [2, 3, 5])
@pytest.mark.parametrize("angle", [-8, 0, 8])
def test_ticks_of_all_sizes_are_ticks(size, thickness, angle):
    """Printed and hand-drawn check marks are recognised."""
    pixels = blank(120, 120)
    draw_tick(pixels, 40, 40, size, thickness if size > 14 else 2)
    assert read_stroke(_cut(turn(pixels, angle)), 200) == TICK


@pytest.mark.parametrize("text", list("0123456789OoLJYUVNMWC"))
def test_digits_and_letters_are_no_marks(text):
    """A lone digit or letter in a cell is text for the engine."""
    pixels = blank(120, 120)
    cv2.putText(pixels, text, (40, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3, cv2.LINE_AA)
    assert read_stroke(_cut(pixels), 200) in (None, TICK if text == "V" else None)


@pytest.mark.parametrize("text", list("๐๑๒๓๔๕๖๗๘๙กขคงจดตนปมยรลวสหอ0123456789"))
def test_thai_digits_and_letters_are_no_marks(text):
    """Thai digits and letters, which have loops and slopes, are not taken for ticks."""
    pixels = blank(160, 160)
    draw_text(pixels, 50, 40, text)
    assert read_stroke(_cut(pixels), 200) is None


def test_slash_cross_and_dash_are_what_they_are():
    """Typed signs keep their own characters."""
    slash, cross, dash = blank(100, 100), blank(100, 100), blank(100, 100)
    cv2.line(slash, (40, 70), (58, 30), 0, 3, cv2.LINE_AA)
    cv2.line(cross, (35, 35), (60, 60), 0, 3, cv2.LINE_AA)
    cv2.line(cross, (35, 60), (60, 35), 0, 3, cv2.LINE_AA)
    dash[50:53, 40:56] = 0
    assert [read_stroke(_cut(each), 200) for each in (slash, cross, dash)] == ["/", "X", "-"]


def test_upright_one_is_no_slash():
    """An upright or slightly leaning stroke may be a 1."""
    pixels = blank(100, 100)
    cv2.line(pixels, (50, 70), (53, 30), 0, 3, cv2.LINE_AA)
    assert read_stroke(_cut(pixels), 200) is None


@pytest.mark.parametrize(("mark", "expected"), [("", BOX), ("tick", BOX_TICKED), ("cross", BOX_CROSSED)])
@pytest.mark.parametrize("size", [18, 26, 36])
@pytest.mark.parametrize("angle", [0.0, 1.2])
def test_boxes_with_and_without_marks(mark, expected, size, angle):
    """Drawn boxes are found and what they hold is seen."""
    pixels = blank(700, 900)
    draw_table(pixels, (100, 500, 800), (100, 200, 300, 400))
    draw_box(pixels, 640, 235, size, mark)
    page = straighten_page(as_page(turn(pixels, angle)))
    assert [box.text for box in sort_ink(page, find_rulings(page)).boxes] == [expected]


def test_box_that_shares_a_side_with_a_line():
    """A box whose top lies on a ruling line is still a box, and its row gets it."""
    pixels = blank(700, 900)
    draw_table(pixels, (100, 500, 800), (100, 200, 300, 400))
    draw_box(pixels, 640, 199)
    page = straighten_page(as_page(pixels))
    (box,) = sort_ink(page, find_rulings(page)).boxes
    assert box.text == BOX
    assert 200 <= box.bbox.y_center < 300


def test_no_boxes_in_text():
    """Thai and Latin text, digits among it, holds no box."""
    pixels = blank(900, 1400)
    for row, text in enumerate(("แผนรับมือเหตุฉุกเฉิน 0123456789", "๐๑๒๓๔๕๖๗๘๙ ฃฅฆฌฎฏฐฑฒณ", "DOQBC 0O D0 [] {} ()")):
        draw_text(pixels, 60, 100 + 120 * row, text)
        draw_text(pixels, 60, 500 + 120 * row, text, size_px=64)
    page = straighten_page(as_page(pixels))
    page_ink = sort_ink(page, find_rulings(page))
    assert find_boxes(page_ink.ink_map, page.ink, page.dpi) == ()


@pytest.mark.parametrize("font", ["Sarabun-Bold", "Waree-Bold", "Loma-Bold", "Sawasdee"])
@pytest.mark.parametrize("size", [30, 34, 38])
def test_square_letters_are_no_boxes(font, size):
    """In bold square faces the letters อ and ล have four straight sides and are still letters."""
    folders = (FONT_FOLDER, Path("/usr/share/fonts/truetype/tlwg"))
    path = next((folder / f"{font}.ttf" for folder in folders if (folder / f"{font}.ttf").is_file()), None)
    if path is None:
        pytest.skip("needs the Thai fonts of fonts-thai-tlwg")
    sheet = Image.new("L", (1000, 300), 255)
    drawing = ImageDraw.Draw(sheet)
    for row, text in enumerate(("อาคารสำรองและอุปกรณ์", "ชื่อ โทรศัพท์ บุคลากรหลัก", "ระดับความเสียหาย")):
        drawing.text((60, 20 + 90 * row), text, fill=0, font=ImageFont.truetype(str(path), size))
    pixels = cv2.GaussianBlur(np.asarray(sheet), (0, 0), 0.9)
    page = straighten_page(as_page(np.asarray(pixels, dtype=np.uint8)))
    assert sort_ink(page, find_rulings(page)).boxes == ()
