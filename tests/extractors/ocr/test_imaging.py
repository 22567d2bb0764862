"""Pages are levelled, whitened and mapped back to the paper they came from."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.engine import PixelBox
from extractors.ocr.imaging import even_light, find_ink, find_skew, straighten_page

from .drawing import as_page, blank, draw_table, turn


def _striped():
    pixels = blank(1200, 1000)
    for y in range(100, 1100, 60):
        for x in range(100, 880, 30):
            pixels[y : y + 22, x : x + 18] = 0
    return pixels


@pytest.mark.parametrize("angle", [-3.0, -1.2, -0.4, 0.0, 0.3, 0.9, 2.5, 5.0])
def test_skew_is_measured_to_a_tenth_of_a_degree(angle):
    """The slope of rows of letters is found over the whole range that feeders and hands make."""
    ink = find_ink(turn(_striped(), angle))
    assert find_skew(ink, 200) == pytest.approx(angle, abs=0.1)


def test_empty_page_has_no_skew():
    """An empty sheet is not turned."""
    assert find_skew(find_ink(blank()), 200) == 0.0


def test_straightened_page_is_level():
    """After straightening the remaining slope is below what anyone could see."""
    page = straighten_page(as_page(turn(_striped(), 1.7)))
    assert abs(find_skew(page.ink, page.dpi)) <= 0.1


def test_boxes_go_back_to_the_paper():
    """A box found on the levelled picture lies over the same ink on the sheet as it was scanned."""
    pixels = blank(1000, 1000)
    draw_table(pixels, range(100, 901, 100), range(100, 901, 100))
    tilted = turn(pixels, 2.0)
    tilted_spot = blank(1000, 1000)
    tilted_spot[800:820, 790:810] = 0
    rows, columns = np.nonzero(turn(tilted_spot, 2.0) < 128)
    page = straighten_page(as_page(tilted))
    bbox = page.page_bbox(PixelBox(790, 800, 810, 820))
    assert bbox.x_center == pytest.approx(columns.mean() * 72 / 200, abs=1.0)
    assert bbox.y_center == pytest.approx(rows.mean() * 72 / 200, abs=1.0)


def test_shadow_and_grain_become_white():
    """Paper that darkens towards a side and is grainy turns plain white, and the ink stays."""
    pixels = _striped().astype(np.float64)
    shade = np.linspace(0.55, 1.0, pixels.shape[1])[None, :]
    grain = np.random.default_rng(7).normal(0, 4, pixels.shape)
    scanned = np.clip(pixels * shade * 0.95 + grain, 0, 255).astype(np.uint8)
    even = even_light(scanned, 200)
    paper = _striped() == 255
    assert (even[paper] == 255).mean() > 0.97
    assert (find_ink(even)[~paper] == 255).mean() > 0.97


@pytest.mark.parametrize(("dpi", "expected"), [(100, 200.0), (150, 200.0), (200, 200), (300, 300), (600, 200.0)])
def test_resolution_is_brought_into_the_readable_range(dpi, expected):
    """Coarse scans are enlarged and very fine ones reduced; points stay points."""
    page = straighten_page(as_page(blank(600, 400), dpi=dpi))
    assert page.dpi == expected
    assert page.pixels.shape[0] / page.dpi == pytest.approx(600 / dpi, abs=0.01)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_quarter_turns_swap_the_sides(turned):
    """A page that lies on its side is described as the reader holds it."""
    page = straighten_page(as_page(blank(600, 400)), turn=turned)
    assert (page.width_pt > page.height_pt) is (turned != 180)


def test_coarse_grain_is_smoothed_away():
    """Paper as grainy as a bad camera makes it still becomes white, and the letters stay."""
    grain = np.random.default_rng(11).normal(0, 24, _striped().shape)
    even = even_light(np.clip(_striped() * 0.9 + grain, 0, 255).astype(np.uint8), 200)
    paper = _striped() == 255
    ink = find_ink(even) == 255
    assert ink[paper].mean() < 0.01
    assert ink[~paper].mean() > 0.97
