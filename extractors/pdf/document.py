"""A PDF file opened with PDFium: its pages as blocks and as pictures, its errors in this product's own words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pypdfium2 as pdfium2
from pypdfium2 import raw as pdfium_c

from docmodel.document import Page
from docmodel.errors import BcpError, CorruptSourceError, EncryptedSourceError
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from extractors.base import POINTS_PER_INCH, PageImage
from extractors.pdf import pdfium
from extractors.pdf.fields import read_fields
from extractors.pdf.geometry import PageGeometry
from extractors.pdf.page import PageFacts, build_page, read_raw_page
from extractors.pdf.rescue import rescue_truncated

_CORRUPT = "pdf_corrupt"
MAX_PIXELS = 60_000_000
"""A rendering is made coarser rather than larger than this (A0 at 200 dpi has 62 million)."""
A4_LONG_SIDE_PT = 842.0
LARGE_PAPER_PT = 1_250.0
"""A3 and a margin."""
COARSE_DPI = 110.0
FULL_PICTURE = 0.8
"""Share of the page that a picture of it covers."""


class PdfFile:
    """An open PDF. Use it as a context manager; one page at a time is in memory."""

    def __init__(self, document: Any, *, is_rescued: bool = False) -> None:
        self._document = document
        self._is_rescued = is_rescued
        self._issues: list[Issue] = [_cut_off()] if is_rescued else []
        self._facts: dict[int, PageFacts] = {}

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Free what PDFium holds."""
        self._document.close()

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self._document)

    @property
    def is_rescued(self) -> bool:
        """Whether the end of the file is lost, and with it perhaps fonts and pictures of the pages that are left."""
        return self._is_rescued

    @property
    def metadata_title(self) -> str | None:
        """The title in the file's properties, None without one."""
        title = str(self._document.get_metadata_value("Title") or "").strip()
        return title or None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Pages that could not be read so far, and why."""
        return tuple(self._issues)

    def read_page(self, index: int) -> Page:
        """The blocks of a page, 0-based; an unreadable page and an issue where PDFium cannot load it."""
        try:
            with self._open_page(index) as (page, geometry):
                if self._is_rescued and _is_empty(page):
                    raise _page_broken()  # its content was behind the cut
                raw = read_raw_page(pdfium.handle_of(page), geometry)
                self._facts[index] = raw.facts
                fields = read_fields(page, self._document.formenv, geometry)
                return build_page(raw, page_number=index + 1, fields=fields)
        except CorruptSourceError as error:
            self._issues.append(
                Issue(
                    code=error.code,
                    severity=Severity.ERROR,
                    message_th=error.message_th,
                    message_en=error.message_en,
                    page_number=index + 1,
                )
            )
            return Page(number=index + 1, blocks=(), source=TextSource.TEXT_LAYER, readable=False)

    def page_facts(self, index: int) -> PageFacts:
        """Cheap facts of a page, 0-based, for choosing between text layer and OCR."""
        if index not in self._facts:
            with self._open_page(index) as (page, geometry):
                self._facts[index] = read_raw_page(pdfium.handle_of(page), geometry).facts
        return self._facts[index]

    def render_page(self, index: int, dpi: int) -> PageImage:
        """A grey picture of a page, 0-based, as shown; coarser than asked where it would be too large."""
        with self._open_page(index) as (page, geometry):
            area = geometry.width_pt * geometry.height_pt
            paper_scale = _paper_scale(page, geometry)
            scale = min(dpi / POINTS_PER_INCH / paper_scale, (MAX_PIXELS / max(area, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
            try:
                pixels = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
            finally:
                bitmap.close()
        if pixels.ndim == 3:
            pixels = pixels[:, :, 0]
        return PageImage(
            pixels=np.ascontiguousarray(pixels),
            dpi=scale * POINTS_PER_INCH * paper_scale,
            width_pt=geometry.width_pt,
            height_pt=geometry.height_pt,
            paper_scale=paper_scale,
        )

    @contextmanager
    def _open_page(self, index: int) -> Iterator[tuple[Any, PageGeometry]]:
        try:
            page = self._document[index]
        except pdfium2.PdfiumError as error:
            raise _page_broken() from error
        try:
            yield page, _geometry_of(page)
        finally:
            page.close()


def open_pdf(path: Path) -> PdfFile:
    """Open a PDF; raise a ``SourceError`` that says what to do where it is encrypted, damaged or has no pages."""
    if path.stat().st_size == 0:
        raise CorruptSourceError(
            "empty_file",
            th="ไฟล์ว่างเปล่า โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The file is empty. Ask the agency for a new one.",
        )
    is_rescued = False
    try:
        document = pdfium2.PdfDocument(path)
    except pdfium2.PdfiumError as error:
        if _loads_without_pages(path):
            raise _no_pages() from error
        translated = _translate(error)
        rescued = _open_rescued(path) if translated.code == _CORRUPT else None
        if rescued is None:
            raise translated from error
        document, is_rescued = rescued, True
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    return PdfFile(document, is_rescued=is_rescued)


def _loads_without_pages(path: Path) -> bool:
    """Whether PDFium accepts the file and finds no page in it.

    pypdfium2 refuses such a file with the error code of whatever failed last in this process.
    """
    document = pdfium_c.FPDF_LoadDocument(os.fsencode(path), None)
    if not document:
        return False
    pdfium_c.FPDF_CloseDocument(document)
    return True


def _open_rescued(path: Path) -> Any | None:
    """A file that broke off, opened as far as it goes; None where nothing of it can be shown."""
    content = rescue_truncated(path.read_bytes())
    if content is None:
        return None
    try:
        document = pdfium2.PdfDocument(content)
    except pdfium2.PdfiumError:
        return None
    if any(_has_content(document, index) for index in range(len(document))):
        return document
    document.close()
    return None


def _has_content(document: Any, index: int) -> bool:
    try:
        page = document[index]
    except pdfium2.PdfiumError:
        return False
    try:
        return not _is_empty(page)
    finally:
        page.close()


def _is_empty(page: Any) -> bool:
    return bool(pdfium_c.FPDFPage_CountObjects(page) == 0)


def _geometry_of(page: Any) -> PageGeometry:
    box = pdfium_c.FS_RECTF()
    found = pdfium_c.FPDF_GetPageBoundingBox(page, byref(box))
    left, bottom, right, top = (box.left, box.bottom, box.right, box.top) if found else (0.0, 0.0, 595.0, 842.0)
    if min(right - left, top - bottom) <= 0:
        raise _page_broken()
    rotation = pdfium_c.FPDFPage_GetRotation(page) * 90
    return PageGeometry(left=left, bottom=bottom, right=right, top=top, rotation=rotation % 360)


def _paper_scale(page: Any, geometry: PageGeometry) -> float:
    """How many times larger than A4 a page is whose maker gave each pixel of a picture a point or so.

    No scanner is that coarse: the page says nothing of the paper that the picture shows. A poster drawn as a poster, or
    scanned as one, is as large as it says.
    """
    long_side = max(geometry.width_pt, geometry.height_pt)
    if long_side <= LARGE_PAPER_PT:
        return 1.0
    finest = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        width, height = right - left, top - bottom
        if width * height >= FULL_PICTURE * geometry.width_pt * geometry.height_pt:
            finest = max(finest, max(picture.get_px_size()) * POINTS_PER_INCH / max(width, height))
    return long_side / A4_LONG_SIDE_PT if 0 < finest < COARSE_DPI else 1.0


def _cut_off() -> Issue:
    return Issue(
        code="pdf_truncated",
        severity=Severity.ERROR,
        message_th="ไฟล์ PDF ขาดตอนท้าย อ่านได้เฉพาะหน้าก่อนจุดที่ขาด โปรดขอไฟล์ฉบับสมบูรณ์จากหน่วยงาน",
        message_en="The end of the PDF is lost; the pages before the cut were read. Ask the agency for the whole file.",
    )


def _page_broken() -> CorruptSourceError:
    return CorruptSourceError(
        "pdf_page_broken",
        th="อ่านหน้านี้ของ PDF ไม่ได้เพราะข้อมูลเสียหาย โปรดเปิดดูหน้านี้ด้วยตนเองหรือขอไฟล์ใหม่",
        en="This page of the PDF is damaged and cannot be read. Look at it yourself or ask for a new file.",
    )


def _no_pages() -> CorruptSourceError:
    return CorruptSourceError(
        "pdf_no_pages",
        th="ไฟล์ PDF ไม่มีหน้าเอกสาร โปรดขอไฟล์ใหม่จากหน่วยงาน",
        en="The PDF has no pages. Ask the agency for a new one.",
    )


def _translate(error: pdfium2.PdfiumError) -> BcpError:
    code = getattr(error, "err_code", None)
    if code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return EncryptedSourceError(
            "pdf_encrypted",
            th="ไฟล์ PDF มีรหัสผ่าน โปรดขอไฟล์ที่ไม่ตั้งรหัสผ่านจากหน่วยงาน",
            en="The PDF is protected by a password. Ask the agency for one without.",
        )
    return CorruptSourceError(
        _CORRUPT,
        th="ไฟล์ PDF เสียหายหรือไม่ครบ โปรดลองเปิดด้วยโปรแกรมอ่าน PDF หากเปิดไม่ได้ให้ขอไฟล์ใหม่จากหน่วยงาน",
        en="The PDF is damaged or cut off. Try it in a PDF viewer; if it does not open, ask the agency for a new one.",
    )
