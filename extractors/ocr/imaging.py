"""A page picture made ready for reading: even light, upright, ink apart from paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from docmodel.geometry import BBox
from extractors.base import POINTS_PER_INCH, PageImage
from extractors.ocr.engine import GrayImage, PixelBox

PAPER = 255
BACKGROUND_INCH = 0.25
"""The light of the paper is taken over squares of this size: wider than any stroke, narrower than a shadow."""
COARSE_GRAIN, DENOISE_STRENGTH = 12.0, 25.0
"""Paper grainier than this drowns thin marks and is smoothed first; office scanners stay under 6."""
GRAIN_WIDTH = 4.0
"""The grain of the paper in standard deviations: what is darker is ink."""
MIN_WHITE, MAX_WHITE = 190.0, 240.0
"""Bounds of the grey taken as white: below 190 thin strokes would go."""
FAINT, DARK = 96.0, 48.0
"""Ink of which the darker part is lighter than this is faint, from an empty cartridge or a pale copy; it is made this
dark."""
INK_SHADE = 0.9
"""Share of the paper's grey under which a pixel is certainly ink."""
MIN_INK_SHARE, DARKER_PART = 0.001, 25.0
"""Ink on less of the page is too little to judge; the darker part is this percentile: edges of strokes are lighter."""
MIN_THRESHOLD, MAX_THRESHOLD = 110, 200
"""Ink is darker than a threshold found by Otsu's method and kept in these bounds: on an empty page Otsu finds noise."""
MAX_SKEW_DEG = 8.0
"""Pages in a feeder lie within two or three degrees; hand-held photographs a little more."""
COARSE_STEP_DEG, FINE_STEP_DEG = 0.25, 0.05
MIN_SKEW_DEG = 0.08
"""Below this a line of full page width climbs by less than a point: turning would only blur."""
SKEW_DPI = 100
"""Resolution at which the slope is looked for; it is then measured at the page's own."""
MIN_SKEW_POINTS, MAX_COARSE_POINTS, MAX_FINE_POINTS = 200, 20_000, 60_000
"""Edge points below which a page is too empty to have a slope, and the most that are looked at, for speed."""
GOOD_DPI_MIN, GOOD_DPI_MAX, WORKING_DPI = 170.0, 310.0, 200.0
MAX_WORKING_PIXELS = 32_000_000
"""A1 at 200 dpi. A picture of metres of paper is made coarser: each step of reading it takes some copies of it."""
"""Thai marks vanish below 150 dpi, and above 300 reading takes longer and is no better; such pages are resampled."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UprightPage:
    """A page turned upright, in even light.

    ``pixels`` is grey with paper at 255; ``ink`` is 255 where there is ink. ``turn`` is the rotation in degrees
    clockwise (0, 90, 180, 270) that makes the picture upright, ``skew_deg`` the slope taken out after it. ``dpi`` is
    that of the paper, whatever size the page says it has.
    """

    pixels: GrayImage
    ink: GrayImage
    dpi: float
    width_pt: float
    height_pt: float
    turn: int
    skew_deg: float
    paper_scale: float = 1.0

    @property
    def points_per_pixel(self) -> float:
        """Factor from pixels to points of the page."""
        return POINTS_PER_INCH / self.dpi * self.paper_scale

    def pixels_of(self, inch: float) -> int:
        """A length in inches as whole pixels, at least 1."""
        return max(1, round(inch * self.dpi))

    def page_bbox(self, box: PixelBox) -> BBox:
        """A box of this picture on the page as the reader holds it: moved with its centre, its size kept."""
        height, width = self.pixels.shape
        x, y = _turn_point(box.x_center, box.y_center, (width - 1) / 2, (height - 1) / 2, self.skew_deg)
        scale = self.points_per_pixel
        left, top = (x - box.width / 2) * scale, (y - box.height / 2) * scale
        return BBox(
            max(0.0, left),
            max(0.0, top),
            max(0.0, min(self.width_pt, left + box.width * scale)),
            max(0.0, min(self.height_pt, top + box.height * scale)),
        )


def _turn_point(x: float, y: float, center_x: float, center_y: float, angle_deg: float) -> tuple[float, float]:
    angle = math.radians(angle_deg)
    dx, dy = x - center_x, y - center_y
    return (
        center_x + dx * math.cos(angle) - dy * math.sin(angle),
        center_y + dx * math.sin(angle) + dy * math.cos(angle),
    )


def straighten_page(image: PageImage, *, turn: int = 0) -> UprightPage:
    """The picture turned by ``turn`` degrees clockwise, at a readable resolution, in even light and level."""
    pixels = image.pixels
    width_pt, height_pt = image.width_pt, image.height_pt
    if turn:
        pixels = np.ascontiguousarray(np.rot90(pixels, k=-turn // 90))
        if turn % 180:
            width_pt, height_pt = height_pt, width_pt
    pixels, dpi = _resample(pixels, image.dpi)
    pixels = even_light(pixels, dpi)
    skew_deg = find_skew(find_ink(pixels), dpi)
    if abs(skew_deg) >= MIN_SKEW_DEG:
        pixels = _turn_back(pixels, skew_deg)
    else:
        skew_deg = 0.0
    return UprightPage(
        pixels=pixels,
        ink=find_ink(pixels),
        dpi=dpi,
        width_pt=width_pt,
        height_pt=height_pt,
        turn=turn,
        skew_deg=skew_deg,
        paper_scale=image.paper_scale,
    )


def _resample(pixels: GrayImage, dpi: float) -> tuple[GrayImage, float]:
    if GOOD_DPI_MIN <= dpi <= GOOD_DPI_MAX and pixels.size <= MAX_WORKING_PIXELS:
        return pixels, dpi
    scale = min(WORKING_DPI / dpi, (MAX_WORKING_PIXELS / pixels.size) ** 0.5)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return _gray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=method)), dpi * scale


@contextmanager
def memory_told() -> Iterator[None]:
    """Say that memory is short as Python does, where OpenCV says it in its own way."""
    try:
        yield
    except cv2.error as error:
        if getattr(error, "code", None) == cv2.Error.StsNoMem:
            raise MemoryError from error
        raise


def even_light(pixels: GrayImage, dpi: float) -> GrayImage:
    """The picture divided by the light of its paper: shadows, yellowed paper and pale fills become white."""
    step = max(1, round(dpi / 50))
    small = cv2.resize(pixels, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = max(3, round(BACKGROUND_INCH * dpi / step)) | 1
    light = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    light = cv2.GaussianBlur(light, (size, size), 0)
    height, width = pixels.shape
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    even = _gray(cv2.divide(pixels, np.maximum(light, 1), scale=PAPER))
    if _paper_grain(even)[1] > COARSE_GRAIN:
        even = _gray(
            cv2.fastNlMeansDenoising(even, None, h=DENOISE_STRENGTH, templateWindowSize=5, searchWindowSize=11)
        )
    return _blank_paper(even)


def _paper_grain(pixels: GrayImage) -> tuple[float, float]:
    """The usual grey of the paper and the standard deviation of its grain."""
    sample = pixels[::3, ::3]
    paper = sample[sample > PAPER // 2]
    if paper.size == 0:
        return float(PAPER), 0.0
    middle = float(np.median(paper))
    return middle, 1.4826 * float(np.median(np.abs(paper - middle)))


def _blank_paper(pixels: GrayImage) -> GrayImage:
    """The picture with the grain of its paper made plain white, and faint ink dark.

    Recognisers set black and white by the darkest and lightest pixels of a line: in a line of few glyphs they take the
    grain for ink. Measured on page numbers: none of 14 right with grain, all 14 without.
    """
    middle, grain = _paper_grain(pixels)
    white = min(max(middle - GRAIN_WIDTH * grain, MIN_WHITE), MAX_WHITE)
    levels = np.arange(256) * (PAPER / white)
    darkness = _ink_darkness(pixels, white)
    if darkness is not None and darkness > FAINT:
        black = darkness * PAPER / white
        levels = DARK + (levels - black) * ((PAPER - DARK) / (PAPER - black))
    return _gray(cv2.LUT(pixels, np.clip(levels, 0, PAPER).astype(np.uint8)))


def _ink_darkness(pixels: GrayImage, white: float) -> float | None:
    """The grey of the darker part of what is clearly no paper; None where there is next to nothing."""
    counts = np.bincount(pixels[::2, ::2].ravel(), minlength=256)
    inked = np.cumsum(counts[: int(INK_SHADE * white)])
    if inked[-1] < MIN_INK_SHARE * counts.sum():
        return None
    return float(np.searchsorted(inked, inked[-1] * DARKER_PART / 100))


def find_ink(pixels: GrayImage) -> GrayImage:
    """255 where there is ink, in a picture in even light."""
    threshold, _ = cv2.threshold(pixels[::2, ::2], 0, PAPER, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    threshold = min(max(threshold, MIN_THRESHOLD), MAX_THRESHOLD)
    return _gray(cv2.threshold(pixels, threshold, PAPER, cv2.THRESH_BINARY_INV)[1])


def find_skew(ink: GrayImage, dpi: float) -> float:
    """How many degrees the text lines and ruling lines fall to the right; 0.0 where there is too little to tell.

    The right slope is where the rows' sums of ink differ most: lines full, gaps between them empty.
    """
    scale = min(1.0, SKEW_DPI / dpi)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    x, y = _lower_edges(_gray(small), MAX_COARSE_POINTS)
    if len(x) < MIN_SKEW_POINTS:
        return 0.0
    coarse = _best_slope(x, y, 0.0, MAX_SKEW_DEG, COARSE_STEP_DEG)
    x, y = _lower_edges(ink, MAX_FINE_POINTS)
    return _best_slope(x, y, coarse, COARSE_STEP_DEG, FINE_STEP_DEG)


def _lower_edges(ink: GrayImage, most: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points on the lower edges of the ink: baselines are what is level in a line of Thai. x from the middle."""
    drawn = ink > PAPER // 3
    rows, columns = np.nonzero(drawn[:-1] & ~drawn[1:])
    step = max(1, len(rows) // most)
    return columns[::step] - ink.shape[1] / 2, rows[::step].astype(np.float64)


def _best_slope(
    x: NDArray[np.float64], y: NDArray[np.float64], middle_deg: float, reach_deg: float, step_deg: float
) -> float:
    """The slope at which the points fall into the fewest rows."""
    steps = round(reach_deg / step_deg)
    slopes = [middle_deg + index * step_deg for index in range(-steps, steps + 1)]
    offset = float(np.abs(x).max()) * math.tan(math.radians(abs(middle_deg) + reach_deg)) + 1
    scores = []
    for slope in slopes:
        level = y - x * math.tan(math.radians(slope)) + offset
        counts = np.bincount(level.astype(np.int64)).astype(np.float64)
        # pairs of rows: points lie on whole rows, which would favour a slope of 0
        pairs = counts[:-1] + counts[1:]
        scores.append(float((pairs * pairs).sum()))
    return slopes[int(np.argmax(scores))]


def _turn_back(pixels: GrayImage, skew_deg: float) -> GrayImage:
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), skew_deg, 1.0)
    return _gray(
        cv2.warpAffine(
            pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=PAPER
        )
    )


def _gray(pixels: object) -> GrayImage:
    return np.asarray(pixels, dtype=np.uint8)
