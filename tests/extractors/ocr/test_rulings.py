"""Ruling lines are found, and taken away without hurting the strokes that cross them."""

from __future__ import annotations

import cv2
import pytest

from extractors.layout.grid import find_grids
from extractors.ocr.imaging import straighten_page
from extractors.ocr.rulings import erase_rulings, find_rulings

from .drawing import BOLD, REGULAR, as_page, blank, draw_table, draw_text, turn


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


@pytest.mark.parametrize("font", [REGULAR, BOLD])
@pytest.mark.parametrize("size_px", [60, 80, 110, 150, 190])
def test_strokes_of_large_letters_are_no_lines(font, size_px):
    """The letters of a title stay whole, however large."""
    pixels = blank(700, 1600)
    draw_text(pixels, 60, 60, "แผนบริหารความไป", size_px, font=font)
    draw_text(pixels, 60, 360, "(BCP) FEHLT ใบ", size_px, font=font)
    page = straighten_page(as_page(pixels))
    assert find_rulings(page).segments == ()


@pytest.mark.parametrize("size_px", [44, 90])
def test_lines_around_and_under_large_letters_are_found(size_px):
    """A row of cells one title high is a table, and the underline of a short word a line."""
    pixels = blank(700, 1200)
    height = 2 * size_px
    draw_table(pixels, (100, 600, 1100), (100, 100 + height))
    draw_text(pixels, 130, 100 + size_px // 4, "ไปบผน", size_px, font=BOLD)
    pixels[500:503, 200:290] = 0
    page = straighten_page(as_page(pixels))
    rulings = find_rulings(page)
    assert [(grid.n_rows, grid.n_cols) for grid in find_grids(rulings.segments)] == [(1, 2)]
    assert len(rulings.segments) == 6
