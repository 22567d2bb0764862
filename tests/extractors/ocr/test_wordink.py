"""Which word owns which ink of a line, and what nobody read."""

from __future__ import annotations

import numpy as np

from extractors.ocr.engine import OcrWord, PixelBox
from extractors.ocr.imaging import straighten_page
from extractors.ocr.pageink import sort_ink
from extractors.ocr.rulings import find_rulings
from extractors.ocr.textlines import find_text_lines
from extractors.ocr.wordink import ink_groups, share_ink

from .drawing import as_page, blank, draw_text


def _word(text: str, left: int, right: int) -> OcrWord:
    return OcrWord(text=text, bbox=PixelBox(left, 60, right, 100), confidence=0.9, lowest=0.9)


def _line():
    pixels = blank(240, 1200)
    draw_text(pixels, 80, 60, "ภายใน ๑ - ๕ วัน", 44)
    page = straighten_page(as_page(pixels))
    ink_map = sort_ink(page, find_rulings(page)).ink_map
    pieces = np.flatnonzero(ink_map.areas)
    (line,) = find_text_lines(ink_map, pieces, dpi=page.dpi)
    boxes = [ink_map.box_of(group) for group in ink_groups(ink_map, line, pieces)]
    return ink_map, line, pieces, boxes


def test_a_word_whose_box_missed_its_ink_gets_the_ink_beside_it() -> None:
    """A digit read with its box in the gap beside it is not found a second time."""
    ink_map, line, pieces, boxes = _line()
    first, one, dash, five, last = boxes
    gap = five.left - dash.right
    words = [
        _word("ภายใน", first.left, first.right),
        _word("๑", one.left, one.right),
        _word("-", dash.left, dash.right),
        _word("๕", dash.right + gap // 4, five.left - gap // 4),
        _word("วัน", last.left, last.right),
    ]
    inks, unread = share_ink(words, ink_map, line, pieces)
    assert not unread
    assert ink_map.box_of(inks[3]) == five


def test_ink_that_no_word_means_is_unread() -> None:
    """A digit that the engine passed over is left for a second look."""
    ink_map, line, pieces, boxes = _line()
    first, one, dash, five, last = boxes
    read = {"ภายใน": first, "๑": one, "-": dash, "วัน": last}
    words = [_word(text, box.left, box.right) for text, box in read.items()]
    inks, unread = share_ink(words, ink_map, line, pieces)
    assert [ink_map.box_of(group) for group in unread] == [five]
    assert all(len(ink) for ink in inks)
