"""Pages drawn for the OCR tests: lines, boxes, ticks and Thai text, in numpy and Pillow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.base import PageImage

DPI = 200
Pixels = NDArray[np.uint8]
FONT_FOLDER = Path(__file__).parents[3] / "notebooks" / "fonts"
REGULAR, BOLD = str(FONT_FOLDER / "Sarabun-Regular.ttf"), str(FONT_FOLDER / "Sarabun-Bold.ttf")
"""The Thai font that ships with the product: these tests draw the same everywhere."""


def blank(height: int = 800, width: int = 1000) -> Pixels:
    """An empty sheet."""
    return np.full((height, width), 255, dtype=np.uint8)


def as_page(pixels: Pixels, dpi: float = DPI) -> PageImage:
    """A picture as a page image."""
    height, width = pixels.shape
    return PageImage(pixels=pixels, dpi=dpi, width_pt=width * 72 / dpi, height_pt=height * 72 / dpi)


def draw_table(pixels: Pixels, xs: Sequence[int], ys: Sequence[int], thickness: int = 2) -> None:
    """Ruling lines of a full grid."""
    for y in ys:
        pixels[y : y + thickness, xs[0] : xs[-1] + thickness] = 0
    for x in xs:
        pixels[ys[0] : ys[-1] + thickness, x : x + thickness] = 0


def draw_tick(pixels: Pixels, x: int, y: int, size: int = 24, thickness: int = 3) -> None:
    """A check mark whose box has its top left corner at x, y."""
    points = np.array([[x, y + size * 6 // 10], [x + size * 35 // 100, y + size - 2], [x + size, y]], dtype=np.int32)
    cv2.polylines(pixels, [points], False, 0, thickness, cv2.LINE_AA)


def draw_box(pixels: Pixels, x: int, y: int, size: int = 26, mark: str = "") -> None:
    """A square box, empty or with a tick or cross inside."""
    cv2.rectangle(pixels, (x, y), (x + size, y + size), 0, 2)
    if mark == "tick":
        draw_tick(pixels, x + 5, y + 5, size - 10)
    elif mark == "cross":
        cv2.line(pixels, (x + 6, y + 6), (x + size - 6, y + size - 6), 0, 2, cv2.LINE_AA)
        cv2.line(pixels, (x + 6, y + size - 6), (x + size - 6, y + 6), 0, 2, cv2.LINE_AA)


def turn(pixels: Pixels, angle_deg: float) -> Pixels:
    """The sheet turned clockwise about its middle."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -angle_deg, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=255), dtype=np.uint8)


def draw_text(pixels: Pixels, x: int, y: int, text: str, size_px: int = 44, *, font: str = REGULAR) -> None:
    """Thai text shaped as a word processor does, its letters' tops near y."""
    image = Image.fromarray(pixels)
    ImageDraw.Draw(image).text((x, y), text, fill=0, font=ImageFont.truetype(font, size_px))
    pixels[:] = np.asarray(image)
