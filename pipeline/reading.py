"""Reads a file into pages of blocks, choosing text layer or OCR page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import numpy as np

from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.errors import (
    BcpError,
    CorruptSourceError,
    EngineError,
    SourceTooLargeError,
    UnsupportedSourceError,
)
from docmodel.issue import Issue, Severity
from extractors.base import PageImage, ReadLimits
from extractors.ocr import OcrEngine, find_engine, read_page_image
from extractors.pdf import PdfFile, open_pdf
from extractors.registry import PDF, detect_media_type, find_extension_issue, find_reader
from extractors.text.reader import TEXT_HTML, TEXT_MARKDOWN, TEXT_PLAIN
from pipeline.options import OcrMode, Options
from pipeline.page_route import PageReason, count_characters, find_route, page_raw_text, with_health

_DOCUMENT_SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".odt", ".rtf"})

_INK_DPI = 36
"""Enough to tell a blank page from one with a drawing; a full rendering is made only for OCR."""
_DARK_PIXEL = 160
_INK_SHARE = 0.0005
"""A page with fewer dark pixels than this holds dust or a fold, nothing to read."""


def read_document(source: SourceFile, options: Options) -> ExtractedDocument:
    """What stands in a file, page by page, nothing repaired.

    A page that no reader could turn into text has ``readable`` False and an issue says why. Raises SourceError where
    the file as a whole cannot be read.
    """
    if source.size_bytes == 0:
        raise CorruptSourceError(
            "empty_file",
            th="ไฟล์ว่างเปล่า โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The file is empty. Ask the agency for a new one.",
        )
    if source.size_bytes > options.max_bytes:
        raise _too_large(source.size_bytes, options.max_bytes)
    media_type = detect_media_type(source.path)
    _check_name(source, media_type)
    if media_type == PDF:
        document = _read_pdf(source, options)
    else:
        limits = ReadLimits(max_pages=options.max_pages, max_bytes=options.max_bytes)
        document = find_reader(media_type).read(source, limits)
    issue = find_extension_issue(source.source_path, document.media_type)
    return replace(document, issues=(*document.issues, issue)) if issue else document


def _check_name(source: SourceFile, media_type: str) -> None:
    """Refuse a text that calls itself a PDF or Word file: an error page or a stub was saved in place of the plan.

    A real document under another document's name is read as what it is, and so is the HTML that Word saves as .doc.
    """
    suffix = PurePosixPath(source.source_path).suffix.lower()
    if suffix not in _DOCUMENT_SUFFIXES or media_type not in (TEXT_PLAIN, TEXT_MARKDOWN, TEXT_HTML):
        return
    if media_type == TEXT_HTML and suffix == ".doc":
        return
    raise UnsupportedSourceError(
        "wrong_extension",
        th=f"ชื่อไฟล์ลงท้ายด้วย {suffix} แต่เนื้อไฟล์เป็นข้อความธรรมดา โปรดขอไฟล์ที่ถูกต้องจากหน่วยงาน หรือแก้ชื่อไฟล์เป็น .txt",
        en=f"The file is named {suffix} but holds plain text. Ask the agency for the right file, or rename it to .txt.",
    )


def _read_pdf(source: SourceFile, options: Options) -> ExtractedDocument:
    with open_pdf(source.path) as pdf:
        if pdf.page_count > options.max_pages:
            raise _too_many_pages(pdf.page_count, options.max_pages)
        with _OcrDesk(options=options) as desk:
            pages = tuple(_read_pages(pdf, options, desk))
            return ExtractedDocument(
                source=source,
                media_type=PDF,
                pages=pages,
                issues=(*pdf.issues, *desk.issues),
                metadata_title=pdf.metadata_title,
            )


def _read_pages(pdf: PdfFile, options: Options, desk: _OcrDesk) -> Iterator[Page]:
    for index in range(pdf.page_count):
        page = pdf.read_page(index)
        if not page.readable:  # the page itself is damaged: there is no picture to read either
            yield page
            continue
        route = find_route(page, options.ocr)
        layer = with_health(page, route.health)
        if route.reason is PageReason.NO_LAYER and not _has_ink(pdf.render_page(index, _INK_DPI)):
            yield page
        elif pdf.is_rescued and route.reason is PageReason.LAYER_BROKEN:
            # its fonts were behind the cut: what would be drawn for OCR is as wrong as the layer
            yield replace(layer, blocks=(), readable=False)
        elif route.use_ocr:
            yield desk.read(pdf, index, layer, route.reason)
        elif route.reason in (PageReason.LAYER_SOUND, PageReason.LAYER_REPAIRABLE):
            yield layer
        else:
            desk.note_unread(index + 1)
            yield replace(layer, readable=False)


def _has_ink(image: PageImage) -> bool:
    return bool(np.count_nonzero(image.pixels < _DARK_PIXEL) > _INK_SHARE * image.pixels.size)


@dataclass(slots=True, kw_only=True)
class _OcrDesk:
    """OCR for one document: the engine is started at the first page that needs it, its failures become issues."""

    options: Options
    issues: list[Issue] = field(default_factory=list)
    _engine: OcrEngine | None = None
    _missing: BcpError | None = None

    def __enter__(self) -> _OcrDesk:
        return self

    def __exit__(self, *_: object) -> None:
        if self._engine is not None:
            self._engine.close()

    def read(self, pdf: PdfFile, index: int, layer: Page, reason: PageReason) -> Page:
        """The page read by OCR; the text layer marked unreadable where OCR is missing or fails."""
        engine = self._find_engine()
        if engine is None:
            assert self._missing is not None
            self._note(self._missing, index + 1)
            return self._fallback(layer, reason)
        try:
            image = pdf.render_page(index, self.options.ocr_dpi)
            page = read_page_image(image, page_number=index + 1, engine=engine)
        except EngineError as error:
            self._note(error, index + 1)
            return self._fallback(layer, reason)
        if reason is PageReason.ASKED and not count_characters(page_raw_text(page)):
            return layer
        damage = layer.damage if reason is PageReason.LAYER_BROKEN else ()
        return replace(page, rotation=layer.rotation, damage=tuple(sorted({*page.damage, *damage})))

    def note_unread(self, page_number: int) -> None:
        """A page needed OCR, which the run was told not to use."""
        self.issues.append(
            Issue(
                code="ocr_switched_off",
                severity=Severity.WARNING,
                message_th="หน้านี้ต้องอ่านด้วย OCR แต่คำสั่งระบุ --ocr never กรุณาสั่งใหม่ด้วย --ocr auto",
                message_en="This page needs OCR, which --ocr never switched off; run again with --ocr auto.",
                page_number=page_number,
            )
        )

    def _find_engine(self) -> OcrEngine | None:
        if self._engine is None and self._missing is None:
            try:
                self._engine = find_engine(cache_dir=self.options.cache_dir)
            except EngineError as error:
                self._missing = error
        return self._engine

    def _fallback(self, layer: Page, reason: PageReason) -> Page:
        """Where OCR was only asked for, a sound layer still is; else nobody could read the page."""
        sound = reason is PageReason.ASKED and not find_route(layer, OcrMode.AUTO).use_ocr
        return layer if sound else replace(layer, readable=False)

    def _note(self, error: BcpError, page_number: int) -> None:
        self.issues.append(
            Issue(
                code=error.code,
                severity=Severity.ERROR,
                message_th=error.message_th,
                message_en=error.message_en,
                page_number=page_number,
            )
        )


def _too_large(size_bytes: int, max_bytes: int) -> SourceTooLargeError:
    return SourceTooLargeError(
        "file_too_large",
        th=f"ไฟล์ใหญ่ {size_bytes // 1_000_000} MB เกินกำหนด {max_bytes // 1_000_000} MB โปรดแบ่งไฟล์หรือขอไฟล์ใหม่",
        en=f"The file has {size_bytes // 1_000_000} MB, over the limit of {max_bytes // 1_000_000}. Split it or get "
        "a smaller one.",
    )


def _too_many_pages(count: int, limit: int) -> SourceTooLargeError:
    return SourceTooLargeError(
        "too_many_pages",
        th=f"เอกสารมี {count} หน้า เกินกำหนด {limit} หน้า โปรดแบ่งไฟล์",
        en=f"The document has {count} pages, over the limit of {limit}. Split the file.",
    )
