"""Ruling lines are found, and taken away without hurting the strokes that cross them."""

from __future__ import annotations

import cv2
import pytest

from extractors.layout.grid import find_grids
from extractors.ocr.imaging import straighten_page
from extractors.ocr.rulings import erase_rulings, find_rulings

from .drawing import as_page, blank, draw_table, turn


@pytest.mark.parametrize("angle", [0.0, -1.3, 0.7, 3.0])
@pytest.mark.parametrize("thickness", [1, 2, 6])
def test_table_is_found_whatever_its_lines_and_slope(angle, thickness):
    """Hairlines and thick lines, level and tilted, give the same grid."""
    pixels = blank(900, 1200)
    draw_table(pixels, (100, 400, 700, 1100), (150, 250, 350, 450, 700), thickness)
    page = straighten_page(as_page(turn(pixels, angle)))
    grids = find_grids(find_rulings(page).segments)
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(4, 3)]


def test_text_makes_no_lines():
    """Letters, dashes and underlines of words are no table."""
    pixels = blank()
    for y in range(100, 700, 60):
        for x in range(100, 880, 30):
            cv2.putText(pixels, "HE", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 0, 2)
    page = straighten_page(as_page(pixels))
    assert find_grids(find_rulings(page).segments) == ()


def test_erased_lines_leave_crossing_strokes_whole():
    """A stroke across a ruling line is one piece after the line has gone."""
    pixels = blank(600, 800)
    draw_table(pixels, (100, 700), (200, 400))
    cv2.line(pixels, (380, 170), (350, 230), 0, 4)
    page = straighten_page(as_page(pixels))
    _, ink = erase_rulings(page, find_rulings(page))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    heights = sorted(int(height) for height in stats[1:, cv2.CC_STAT_HEIGHT])
    assert (stats[1:, cv2.CC_STAT_AREA] > 4).sum() == 1
    assert heights[-1] >= 58


def test_line_pixels_are_gone():
    """Nothing of the lines but a stray pixel at a corner stays in the grey picture."""
    pixels = blank(600, 800)
    draw_table(pixels, (100, 400, 700), (200, 300, 400))
    page = straighten_page(as_page(pixels))
    clean, _ = erase_rulings(page, find_rulings(page))
    assert (clean < 200).sum() <= 4
