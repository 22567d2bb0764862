"""Pages as pictures for OCR: at the resolution of the paper that they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from extractors.ocr.engine import PixelBox
from extractors.ocr.imaging import straighten_page
from extractors.pdf import open_pdf


def picture_page(path: Path, width: int, height: int, *, dpi: int) -> Path:
    """A PDF of one picture that fills its page, with so many pixels to the inch of the page."""
    Image.new("L", (width, height), 255).save(path, "PDF", resolution=dpi)
    return path


@pytest.mark.parametrize("dpi", [72, 96])
def test_pixels_put_down_as_points_are_paper(tmp_path: Path, dpi: int) -> None:
    """A scanned A4 sheet on a page of a metre is read at the size of its paper, and its boxes lie on the page."""
    with open_pdf(picture_page(tmp_path / "a.pdf", 1654, 2339, dpi=dpi)) as pdf:
        image = pdf.render_page(0, 200)
    assert image.pixels.shape == pytest.approx((2339, 1654), abs=2)
    assert image.dpi == pytest.approx(200, abs=0.1)
    assert image.width_pt == pytest.approx(1654 * 72 / dpi, abs=1)
    box = straighten_page(image).page_bbox(PixelBox(827, 1170, 1654, 2339))
    assert box.as_list() == pytest.approx([827 * 72 / dpi, 1170 * 72 / dpi, 1654 * 72 / dpi, 2339 * 72 / dpi], abs=2)


@pytest.mark.parametrize(("width", "height", "dpi"), [(1654, 2339, 200), (3370, 4768, 144), (1700, 1100, 100)])
def test_paper_is_as_large_as_it_says_where_that_can_be(tmp_path: Path, width: int, height: int, dpi: int) -> None:
    """A4 at 200 dpi, a scanned poster and a broad sheet keep their size."""
    with open_pdf(picture_page(tmp_path / "a.pdf", width, height, dpi=dpi)) as pdf:
        image = pdf.render_page(0, 100)
    assert image.paper_scale == 1.0
    assert image.pixels.shape == pytest.approx((height * 100 / dpi, width * 100 / dpi), abs=2)
