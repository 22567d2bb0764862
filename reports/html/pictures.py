"""Pictures of the pages that hold evidence, and the text that stands there as the file gives it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import Page
from docmodel.errors import BcpError
from docmodel.geometry import BBox
from extractors.pdf import PdfFile, open_pdf

PDF_MEDIA_TYPE = "application/pdf"
DPI = 96
"""Thai of 14 points is read with ease at this size, and a page of text stays below 80 kB."""
WEBP_QUALITY = 62
_SHARE_OF_BLOCK = 0.5
"""A block belongs to a place when at least this share of it lies there (or of the place in it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page's picture; ``href`` is relative to the plan's page, sizes in points as the marks are."""

    href: str
    width_pt: float
    height_pt: float


@dataclass(slots=True)
class PagePictures:
    """The pictures of one document, drawn when first asked for. Use it as a context manager.

    ``folder`` is where they are written, ``earlier`` where an earlier report has those of the same content: a file's
    name holds the document's id, so what is there is still right.
    """

    source: Path | None
    folder: Path
    earlier: Path | None
    document_id: str
    sizes: Mapping[int, tuple[float, float]]
    _file: PdfFile | None = None
    _opened: bool = False
    _pages: dict[int, Page | None] = field(default_factory=dict)
    bytes_written: int = 0

    def __enter__(self) -> Self:
        """Nothing is opened before the first picture."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def picture(self, page_no: int) -> Picture | None:
        """The picture of a page; None where the file is not there or cannot draw it."""
        size = self.sizes.get(page_no)
        if size is None:
            return None
        name = f"{self.document_id}/p{page_no:04d}-{DPI}.webp"
        target = self.folder / name
        if not target.exists() and not self._reuse(name, target) and not self._draw(page_no, target):
            return None
        return Picture(href=name, width_pt=size[0], height_pt=size[1])

    def raw_text(self, page_no: int, bbox: BBox) -> str | None:
        """The text at a place as the file gives it, before any repair; None where it cannot be had."""
        page = self._page(page_no)
        if page is None:
            return None
        pieces = [text for box, text in _pieces(page) if _belongs(box, bbox)]
        return "\n".join(pieces).strip() or None

    def find_box(self, page_no: int, words: str) -> list[float] | None:
        """Where words stand on a page, whatever white space parts them; None where the file does not tell."""
        page = self._page(page_no)
        wanted = "".join(words.split())
        if page is None or not wanted:
            return None
        return next((box.as_list() for box, text in _pieces(page) if wanted in "".join(text.split())), None)

    def _open(self) -> PdfFile | None:
        if not self._opened:
            self._opened = True
            if self.source is not None and self.source.is_file():
                with suppress(BcpError):  # the verdicts stand without a picture; the page says that there is none
                    self._file = open_pdf(self.source).__enter__()
        return self._file

    def _page(self, page_no: int) -> Page | None:
        if page_no not in self._pages:
            pdf = self._open()
            self._pages[page_no] = pdf.read_page(page_no - 1) if pdf and page_no <= pdf.page_count else None
        return self._pages[page_no]

    def _reuse(self, name: str, target: Path) -> bool:
        if self.earlier is None or not (self.earlier / name).is_file():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.earlier / name, target)
        except OSError:  # a share that knows no hard links
            shutil.copyfile(self.earlier / name, target)
        return True

    def _draw(self, page_no: int, target: Path) -> bool:
        pdf = self._open()
        if pdf is None or page_no > pdf.page_count:
            return False
        try:
            image = pdf.render_page(page_no - 1, DPI)
        except BcpError:
            return False
        good, encoded = cv2.imencode(".webp", image.pixels, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])
        if not good:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(encoded.tobytes())
        self.bytes_written += len(encoded)
        return True


def _pieces(page: Page) -> Iterator[tuple[BBox, str]]:
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.provenance.bbox is not None:
            yield block.provenance.bbox, " ".join(part for part in (block.marker, block.raw_text) if part)
        elif isinstance(block, TableBlock):
            for cell in block.table.cells:
                if cell.provenance.bbox is not None and cell.raw_text.strip():
                    yield cell.provenance.bbox, cell.raw_text


def _belongs(piece: BBox, place: BBox) -> bool:
    shared = piece.intersection_area(place)
    smaller = min(piece.width * piece.height, place.width * place.height)
    return smaller > 0 and shared / smaller >= _SHARE_OF_BLOCK
