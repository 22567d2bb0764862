"""A picture file as pages: turned as the camera was held, grey, of the size of the paper it shows."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from docmodel.document import Page
from docmodel.errors import BcpError, CorruptSourceError, SourceTooLargeError
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from extractors.base import POINTS_PER_INCH, PageImage

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif"})
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
MAX_PIXELS = 150_000_000
"""A2 at 600 dpi, or the largest phone camera; a file made to fill the memory claims more."""
_LONG_SIDE_PT = 842.0
"""A4: what a photograph of a page most likely shows, where the file says nothing believable of its size."""
_PAPER_LONG_SIDE_PT = (500.0, 1_750.0)
"""From A5 with a margin to A2: a declared resolution that makes the paper smaller or larger is a camera's default."""
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ArithmeticError,
)
"""What Pillow raises on damaged pictures."""


class ImageFile:
    """An open picture. Offers what a PDF does, so that its pages take the same way; none of them has a text layer."""

    is_rescued = False
    metadata_title: str | None = None

    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._issues: list[Issue] = []
        self._loaded: tuple[int, Image.Image] | None = None
        self._page_count, is_whole = _count_pages(image)
        if not is_whole:
            error = _damaged()
            self._issues.append(
                Issue(
                    code=error.code,
                    severity=Severity.ERROR,
                    message_th=error.message_th,
                    message_en=error.message_en,
                    page_number=self._page_count + 1,
                )
            )

    @property
    def page_count(self) -> int:
        """Pictures in the file: pages of a TIFF; of a moving picture only the first counts."""
        return self._page_count

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with single pages."""
        return tuple(self._issues)

    def read_page(self, index: int) -> Page:
        """The page without its text: its size, or that it is damaged."""
        try:
            width_pt, height_pt, _ = _paper_size(self._load(index))
        except BcpError as error:
            self._issues.append(
                Issue(
                    code=error.code,
                    severity=Severity.ERROR,
                    message_th=error.message_th,
                    message_en=error.message_en,
                    page_number=index + 1,
                )
            )
            return Page(number=index + 1, blocks=(), source=TextSource.OCR, readable=False)
        return Page(number=index + 1, blocks=(), source=TextSource.OCR, width_pt=width_pt, height_pt=height_pt)

    def render_page(self, index: int, dpi: int) -> PageImage:
        """A grey picture of a page, 0-based, upright as the camera says, never finer than it was taken."""
        image = self._load(index)
        width_pt, height_pt, own_dpi = _paper_size(image)
        scale = min(1.0, dpi / own_dpi)
        if scale < 1.0:
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            image = image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
        pixels = np.ascontiguousarray(np.asarray(image, dtype=np.uint8))
        return PageImage(pixels=pixels, dpi=own_dpi * scale, width_pt=width_pt, height_pt=height_pt)

    def _load(self, index: int) -> Image.Image:
        """A page's picture, grey and upright; raises SourceTooLargeError or CorruptSourceError."""
        if self._loaded is None or self._loaded[0] != index:
            try:
                if self.page_count > 1:
                    self._image.seek(index)
                _check_size(self._image)
                self._loaded = (index, _to_grey(ImageOps.exif_transpose(self._image)))
            except _FAULTS as error:
                raise _damaged() from error
        return self._loaded[1]


@contextmanager
def open_image(path: Path) -> Iterator[ImageFile]:
    """An open picture file. Raises CorruptSourceError where it is damaged, SourceTooLargeError beyond the limit."""
    # the limit is looked at page by page before anything is unpacked, and is an error here, not a warning
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which nobody can act on
        try:
            image = Image.open(path, formats=_FORMATS)
        except (UnidentifiedImageError, *_FAULTS) as error:
            raise _damaged() from error
        with image:
            file = ImageFile(image)
            if file.page_count == 1:  # the one page decides about the whole file
                _check_size(image)
                file._load(0)
            yield file


def _count_pages(image: Image.Image) -> tuple[int, bool]:
    """How many pages can be found, at least 1, and whether the file goes on to its end."""
    if image.format != "TIFF":
        return 1, True
    count = 1
    while True:
        try:
            image.seek(count)
        except EOFError:
            return count, True
        except _FAULTS:
            return count, False
        count += 1


def _to_grey(image: Any) -> Image.Image:
    """Eight bits of grey on white."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        values = np.asarray(image, dtype=np.float64)
        top = values.max(initial=1.0)
        return Image.fromarray((values * (255.0 / max(top, 1.0))).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    grey: Image.Image = image.convert("L")
    return grey


def _paper_size(image: Image.Image) -> tuple[float, float, float]:
    """Width and height in points and the resolution, from what the file says where that makes a sheet of paper."""
    long_side = max(image.size)
    declared = image.info.get("dpi", (0, 0))[0] or 0
    dpi = float(declared)
    low, high = _PAPER_LONG_SIDE_PT
    if dpi <= 0 or not low <= long_side * POINTS_PER_INCH / dpi <= high:
        dpi = long_side * POINTS_PER_INCH / _LONG_SIDE_PT
    return image.width * POINTS_PER_INCH / dpi, image.height * POINTS_PER_INCH / dpi, dpi


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise SourceTooLargeError(
            "image_too_large",
            th=f"ภาพใหญ่เกิน {MAX_PIXELS // 1_000_000} ล้านจุด โปรดบันทึกภาพใหม่ให้เล็กลงแล้วนำเข้าใหม่",
            en=f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels. Save it smaller.",
        )


def _damaged() -> CorruptSourceError:
    return CorruptSourceError(
        "image_damaged",
        th="ไฟล์ภาพเสียหายหรือไม่ครบ โปรดขอไฟล์ใหม่จากหน่วยงาน",
        en="The picture is damaged or cut off. Ask the agency for a new one.",
    )
