"""Numbers are what their glyphs show, whatever the engine made of them; doubt stays doubt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.ocr.digits import _check_number, check_digits, cut_glyphs, may_hold_digits
from extractors.ocr.engine import OcrWord, PixelBox
from extractors.ocr.glyphs import Glyph
from extractors.ocr.imaging import straighten_page
from extractors.ocr.pageink import sort_ink
from extractors.ocr.rulings import find_rulings
from extractors.ocr.textlines import find_text_lines

from .drawing import BOLD, REGULAR, as_page, blank, draw_text


def _glyphs(drawn, font=REGULAR, size_px=44, *, touching=False):
    pixels = blank(200, 1600)
    draw_text(pixels, 80, 60, drawn, size_px, font=font)
    if touching:  # the ink of the first two glyphs runs together
        inked = np.flatnonzero((pixels < 128).any(axis=0))
        gap = int(np.argmax(np.diff(inked) > 1))
        pixels = np.delete(pixels, np.s_[inked[gap] + 1 : inked[gap + 1] + 1], axis=1)
    page = straighten_page(as_page(pixels))
    page_ink = sort_ink(page, find_rulings(page))
    pieces = np.flatnonzero(page_ink.ink_map.areas)
    (line,) = find_text_lines(page_ink.ink_map, pieces, dpi=page.dpi)
    return cut_glyphs(page_ink.pixels, page_ink.ink_map, line.pieces, letter_px=line.letter_px, baseline=line.baseline)


def _word(text, sure=0.9):
    return OcrWord(text=text, bbox=PixelBox(0, 0, 100, 20), confidence=sure, lowest=sure)


@pytest.mark.parametrize("font", [REGULAR, BOLD])
@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("๒๕๖๖", "๒๕๒๒"),
        ("๒๔", "๒"),
        ("๗.", "eo."),
        ("๐๘๐", "ORO"),
        ("๒๐", "loo"),
        ("๐๑๘๖-๙", "๐๑๕๒๐-ส"),
        ("๓๘,๕๐๐", "๓๘,๕๐๐"),
        ("0-2000-0163", "0-2000-0163"),
    ],
)
def test_number_is_what_its_glyphs_show(drawn, read, font):
    """Digits misread, lost or taken for letters are put right, and what was right stays."""
    assert check_digits(_word(read), _glyphs(drawn, font))[0].text == drawn


@pytest.mark.parametrize(("drawn", "read"), [("๐๑๘๖-๙ต่อ", "๐๑๕๒๐-สต่อ"), ("ต่อ๓๐๘", "ต่อ๓๐๕")])
def test_number_glued_to_a_word(drawn, read):
    """A number without a space before or after a Thai word is checked like one that stands alone."""
    assert check_digits(_word(read), _glyphs(drawn))[0].text == drawn


@pytest.mark.parametrize("read", ["(BCP)", "VPN", "Zoom", "IT", "e-mail", "LINE"])
@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_latin_words_stay(read, font):
    """Short Latin words, which are looked at too, are no numbers."""
    assert may_hold_digits(read) or len(read) > 5
    assert check_digits(_word(read), _glyphs(read, font)) == (_word(read), False)


def test_rings_are_digits_only_beside_a_number():
    """Three rings are OOO or ๐๐๐: a number in Thai digits next to them decides."""
    glyphs = _glyphs("๐๐๐")
    assert check_digits(_word("OOO"), glyphs)[0].text == "OOO"
    assert check_digits(_word("OOO"), glyphs, beside_number=True) == (_changed("๐๐๐", glyphs), True)


def _changed(text, glyphs):
    word, _ = check_digits(_word("OOO"), glyphs, beside_number=True)
    assert word.confidence < 0.9
    return OcrWord(text=text, bbox=word.bbox, confidence=word.confidence, lowest=word.lowest)


@pytest.mark.parametrize(("drawn", "read"), [("๒๕๖๖", "๒๕๒๒"), ("๖๘", "๒๕"), ("๒๓๐", "๒๓๐")])
def test_digits_that_touch_are_parted(drawn, read):
    """Where the ink of two digits runs together each is still known."""
    glyphs = _glyphs(drawn, touching=True)
    assert len(glyphs) == len(drawn) - 1
    assert check_digits(_word(read), glyphs)[0].text == drawn


GLYPHS = [*_glyphs("๒๔.-ต่อA(ใ5"), Glyph(pixels=np.zeros((3, 2), np.uint8), top=0.1, bottom=0.0, width=0.1)]


@settings(max_examples=120, deadline=None)
@given(
    st.text("๒๔5.-,()ต่ออำใAO l้", max_size=9), st.lists(st.sampled_from(range(len(GLYPHS))), max_size=9), st.booleans()
)
def test_any_reading_beside_any_ink(read, chosen, beside):
    """Whatever was read beside whatever ink there is an answer, with a confidence from 0 to 1."""
    word, is_number = check_digits(_word(read, 0.7), [GLYPHS[index] for index in chosen], beside_number=beside)
    assert 0 <= word.lowest <= 1 and 0 <= word.confidence <= 1
    assert word.text or not is_number


def test_signs_without_a_digit_are_no_number() -> None:
    """Signs that were cut off a word of letters leave the word as it was read."""
    word = _word("--")
    assert _check_number(word, [("-", 0.9), ("-", 0.9)], beside_number=False) == (word, False)
