"""Picture files become pages: upright, grey, as large as the paper they show; damaged ones are told."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docmodel.errors import CorruptSourceError, SourceTooLargeError
from extractors.image import file as image_file
from extractors.image import open_image

WIDTH, HEIGHT = 165, 234
"""A4 at 20 dpi."""
ORIENTATION = 0x0112


def _page() -> Image.Image:
    """A sheet with a dark spot near its top left corner."""
    pixels = np.full((HEIGHT, WIDTH), 250, dtype=np.uint8)
    pixels[10:30, 10:30] = 5
    return Image.fromarray(pixels)


def _spot(pixels: np.ndarray) -> tuple[bool, bool]:
    """Whether the dark spot is in the upper and in the left half."""
    rows, columns = np.nonzero(pixels < 100)
    return bool(rows.mean() < pixels.shape[0] / 2), bool(columns.mean() < pixels.shape[1] / 2)


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "bmp", "webp", "gif", "mpo"])
def test_each_format_is_one_page_of_a4(tmp_path: Path, kind: str) -> None:
    """A picture that says nothing believable of its size shows a sheet of A4."""
    path = tmp_path / f"page.{kind}"
    _page().save(path, format=kind)
    with open_image(path) as image:
        assert image.page_count == 1
        page = image.read_page(0)
        rendered = image.render_page(0, 200)
    assert page.width_pt == pytest.approx(595, abs=3)
    assert page.height_pt == pytest.approx(842, abs=1)
    assert rendered.pixels.shape == (HEIGHT, WIDTH)
    assert _spot(rendered.pixels) == (True, True)


@pytest.mark.parametrize(("dpi", "long_side_pt"), [(200, 842), (72, 842), (20, 842), (96, 842)])
def test_declared_resolution_counts_where_it_makes_a_sheet(tmp_path: Path, dpi: int, long_side_pt: int) -> None:
    """A camera's 72 dpi would make a poster of a page: such a figure is not believed."""
    path = tmp_path / "page.png"
    Image.new("L", (1654, 2339) if dpi != 20 else (WIDTH, HEIGHT), 255).save(path, dpi=(dpi, dpi))
    with open_image(path) as image:
        assert image.read_page(0).height_pt == pytest.approx(long_side_pt, abs=3)


@pytest.mark.parametrize(("orientation", "is_wide"), [(1, False), (3, False), (6, True), (8, True)])
def test_photograph_is_turned_as_the_camera_was_held(tmp_path: Path, orientation: int, is_wide: bool) -> None:
    """What the camera notes of its position is undone: the page is upright whatever way the sensor lay."""
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    sensor = _page().rotate(turned, expand=True)
    assert (sensor.width > sensor.height) is is_wide
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = tmp_path / "photo.jpg"
    sensor.save(path, exif=exif)
    with open_image(path) as image:
        pixels = image.render_page(0, 200).pixels
    assert pixels.shape == (HEIGHT, WIDTH)
    assert _spot(pixels) == (True, True)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK", "I;16", "LA"])
def test_all_kinds_of_pixels_become_grey_on_white(tmp_path: Path, mode: str) -> None:
    """Colour, palette, ink values, sixteen bits; what is transparent is paper."""
    page = _page()
    if mode in ("RGBA", "LA"):
        page = page.convert(mode)
        page.putalpha(Image.fromarray(np.where(np.asarray(_page()) > 100, 0, 255).astype(np.uint8)))
    elif mode == "I;16":
        page = Image.fromarray(np.asarray(page).astype(np.uint16) * 256)
    else:
        page = page.convert(mode)
    path = tmp_path / "page.tiff"
    page.save(path)
    with open_image(path) as image:
        pixels = image.render_page(0, 200).pixels
    assert pixels.dtype == np.uint8
    assert pixels[-5, -5] > 240
    assert pixels[20, 20] < 20


def test_fine_pictures_are_made_coarser_and_coarse_ones_stay(tmp_path: Path) -> None:
    """A page is rendered at the resolution asked for, never finer than it was taken."""
    path = tmp_path / "page.png"
    _page().resize((WIDTH * 10, HEIGHT * 10)).save(path, dpi=(200, 200))
    with open_image(path) as image:
        assert image.render_page(0, 100).pixels.shape == pytest.approx((HEIGHT * 5, WIDTH * 5), abs=2)
        assert image.render_page(0, 400).dpi == pytest.approx(200, abs=0.01)


def test_tiff_has_pages_and_a_damaged_one_costs_only_itself(tmp_path: Path) -> None:
    """Fax and scanner files hold many pages; the others are read where one is broken."""
    path = tmp_path / "fax.tiff"
    _page().save(path, save_all=True, append_images=[_page(), _page()])
    with open_image(path) as image:
        assert image.page_count == 3
        assert not image.issues
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3 - 100])
    with open_image(path) as image:
        pages = [image.read_page(index) for index in range(image.page_count)]
        assert pages[0].height_pt == pytest.approx(842, abs=1)
        assert {issue.code for issue in image.issues} == {"image_damaged"}


@pytest.mark.parametrize("keep", [0, 10, 100, 400])
@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "bmp"])
def test_picture_that_is_cut_off_is_told(tmp_path: Path, kind: str, keep: int) -> None:
    """A truncated file is damaged, not a grey page."""
    data = io.BytesIO()
    noise = np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH)).astype(np.uint8)
    Image.fromarray(noise).save(data, format=kind)
    path = tmp_path / "page"
    path.write_bytes(data.getvalue()[:keep])
    with pytest.raises(CorruptSourceError) as caught, open_image(path):
        pass
    assert caught.value.code == "image_damaged"


def test_too_many_pixels_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may claim to be a wall."""
    path = tmp_path / "wall.png"
    _page().save(path)
    monkeypatch.setattr(image_file, "MAX_PIXELS", 1000)
    with pytest.raises(SourceTooLargeError) as caught, open_image(path):
        pass
    assert caught.value.code == "image_too_large"
