"""Ink falls into text lines with its marks; noise falls away."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.ocr.imaging import find_ink
from extractors.ocr.inkmap import map_ink
from extractors.ocr.textlines import find_text_lines, line_frame, split_line

from .drawing import BOLD, REGULAR, blank, draw_text


def _lines(pixels):
    ink_map, _ = map_ink(find_ink(pixels), 200)
    pieces = np.flatnonzero(ink_map.areas)
    return ink_map, find_text_lines(ink_map, pieces, dpi=200)


@pytest.mark.parametrize("pitch", [64, 75, 100])
def test_marks_stay_with_their_letters(pitch):
    """In tightly and loosely set Thai every mark above and below belongs to the line it is read in."""
    texts = ("พื้นที่น้ำท่วมอยู่ชั้นที่หนึ่ง", "ญี่ปุ่นกู้ฐานะฎีกาให้เป็นผู้รู้", "ขึ้นฝั่งที่นี่ตั้งแต่คืนนี้")
    pixels = blank(500, 900)
    counts = []
    for row, text in enumerate(texts):
        alone = blank(500, 900)
        draw_text(alone, 60, 60 + pitch * row, text, 40)
        counts.append(len(np.flatnonzero(map_ink(find_ink(alone), 200)[0].areas)))
        draw_text(pixels, 60, 60 + pitch * row, text, 40)
    _, lines = _lines(pixels)
    assert [len(line.pieces) for line in lines] == counts


def test_far_parts_of_a_line_are_read_apart():
    """A wide gap parts a line, a word space does not."""
    pixels = blank(200, 1000)
    for x in (50, 80, 110, 160, 190, 600, 630):
        pixels[80:104, x : x + 18] = 0
    ink_map, (line,) = _lines(pixels)
    assert [len(part) for part in split_line(ink_map, line)] == [5, 2]


def test_dust_is_dropped_and_dots_of_words_stay():
    """A lone speck is noise; the dot after a letter and a row of dots to write on are not."""
    pixels = blank(300, 900)
    pixels[100:124, 100:118] = 0
    pixels[119:124, 124:129] = 0
    pixels[50:54, 500:504] = 0
    for x in range(300, 420, 12):
        pixels[200:204, x : x + 4] = 0
    ink_map, noise = map_ink(find_ink(pixels), 200)
    assert len(noise) == 1
    assert len(np.flatnonzero(ink_map.areas)) == 12


def test_a_colon_between_wide_spaces_stays():
    """Two dots of one size right above each other are a colon; two specks that only lie near each other are dust."""
    pixels = blank(300, 900)
    pixels[100:124, 100:118] = 0
    for top in (105, 119):
        pixels[top : top + 5, 160:165] = 0
    pixels[100:124, 210:228] = 0
    pixels[200:204, 500:504] = 0
    pixels[214:219, 507:513] = 0
    ink_map, noise = map_ink(find_ink(pixels), 200)
    assert len(noise) == 2
    assert len(np.flatnonzero(ink_map.areas)) == 4


def test_salt_and_pepper_is_dropped():
    """Grain of a bad scan makes no lines."""
    pixels = blank(400, 600)
    rng = np.random.default_rng(3)
    pixels[rng.integers(0, 400, 300), rng.integers(0, 600, 300)] = 0
    assert _lines(cv2.medianBlur(pixels, 1))[1] == []


@pytest.mark.parametrize("font", [REGULAR, BOLD])
@pytest.mark.parametrize("leading", [58, 62])
def test_signs_below_stay_with_their_line_in_tight_setting(font, leading):
    """A vowel sign below a letter is no tone mark of the next line, though it stands as near to that line's marks."""
    texts = ("ผู้เชี่ยวชาญ", "พัฒนาการผู้", "ตั้งใจฟังครู")
    pixels = blank(400, 700)
    counts = []
    for row, text in enumerate(texts):
        alone = blank(400, 700)
        for sheet in (pixels, alone):
            draw_text(sheet, 60, 60 + row * leading, text, 40, font=font)
        counts.append(len(np.flatnonzero(map_ink(find_ink(alone), 200)[0].areas)))
    _, lines = _lines(pixels)
    assert [len(line.pieces) for line in lines] == counts


@pytest.mark.parametrize(("font", "leading"), [(REGULAR, 53), (BOLD, 55), (REGULAR, 64), (BOLD, 64)])
def test_tones_on_vowels_stay_with_their_line_in_tight_setting(font, leading):
    """A tone mark over a vowel belongs to that vowel's line, though it nearly touches the letters above it."""
    texts = ("แนวทางการ จัดวางระบบงาน", "ที่ตั้งขึ้น มีการที่ประสานได้", "เนื่องนี้ ทั้งสิ้น อีกครั้งหนึ่ง")
    pixels = blank(400, 900)
    counts = []
    for row, text in enumerate(texts):
        alone = blank(400, 900)
        for sheet in (pixels, alone):
            draw_text(sheet, 60, 60 + row * leading, text, 40, font=font)
        counts.append(len(np.flatnonzero(map_ink(find_ink(alone), 200)[0].areas)))
    _, lines = _lines(pixels)
    assert [len(line.pieces) for line in lines] == counts


def test_a_long_stroke_beyond_a_line_leaves_it_a_frame():
    """A stroke of some margin line that fell to the line above it, and does not reach it, has a box that can be cut."""
    pixels = blank(400, 1000)
    draw_text(pixels, 60, 60, "แผนงานและการประสานงาน", 40)
    pixels[200:280, 900:905] = 0
    ink_map, lines = _lines(pixels)
    for line in lines:
        for part in split_line(ink_map, line):
            frame = line_frame(ink_map, line, part)
            assert frame.width > 0 and frame.height > 0


def test_ink_far_above_a_line_is_none_of_it():
    """What is left of an emblem stays out of the title under it; a line in smaller print there is a line."""
    pixels = blank(500, 900)
    draw_text(pixels, 100, 300, "ระเบียบว่าด้วยการทดสอบ", 48)
    title = len(np.flatnonzero(map_ink(find_ink(pixels), 200)[0].areas))
    for x in (300, 330, 352):
        pixels[100:106, x : x + 12] = 0
    _, (line,) = _lines(pixels)
    assert len(line.pieces) == title
    draw_text(pixels, 100, 180, "ฉบับทดสอบ", 20)
    _, lines = _lines(pixels)
    assert [len(each.pieces) > 5 for each in lines] == [True, True]
    assert lines[0].bottom < lines[1].top
