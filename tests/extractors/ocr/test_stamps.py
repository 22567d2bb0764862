"""Stamps over text are lifted off the page by their shade."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.ocr.imaging import straighten_page
from extractors.ocr.stamps import lift_stamps

from .drawing import as_page, blank, draw_text

LINES = ("ให้งานพัสดุตรวจสอบเครื่องสำรองไฟ", "ทุกเครื่องก่อนเข้าฤดูฝนของทุกปี", "และรายงานผลภายในเจ็ดวัน")


def _text(lines=LINES):
    pixels = blank(600, 900)
    for row, text in enumerate(lines):
        draw_text(pixels, 80, 200 + 64 * row, text, 40)
    return pixels


def _stamped(pixels, shade):
    ring = np.full_like(pixels, 255)
    cv2.circle(ring, (450, 290), 130, shade, 6, cv2.LINE_AA)
    return np.minimum(pixels, ring)


@pytest.mark.parametrize("shade", [70, 100, 120])
def test_a_paler_stamp_is_lifted_and_the_text_under_it_stays(shade):
    """The page has the ink of the text again, and the stamp stands alone in its picture."""
    page, (stamp,) = lift_stamps(straighten_page(as_page(_stamped(_text(), shade))), [])
    clean = straighten_page(as_page(_text())).ink > 0
    found = page.ink > 0
    assert (clean & found).sum() >= 0.97 * clean.sum()
    assert (found & ~clean).sum() <= 0.05 * clean.sum()
    assert stamp.bbox.width == pytest.approx(266, abs=12)
    inside = cv2.circle(
        np.zeros(stamp.pixels.shape, np.uint8), (stamp.bbox.width // 2, stamp.bbox.height // 2), 110, 1, -1
    )
    assert (stamp.pixels[inside > 0] < 200).mean() < 0.01


def test_a_stamp_as_dark_as_the_print_stays():
    """By its shade it cannot be told from the text."""
    page = straighten_page(as_page(_stamped(_text(), 5)))
    assert lift_stamps(page, []) == (page, ())


def test_a_stamp_on_blank_paper_stays():
    """There it hides nothing."""
    pixels = _text(LINES[:1])
    ring = np.full_like(pixels, 255)
    cv2.circle(ring, (450, 430), 100, 110, 6, cv2.LINE_AA)
    _, lifted = lift_stamps(straighten_page(as_page(np.minimum(pixels, ring))), [])
    assert lifted == ()
