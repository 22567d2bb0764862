"""Reads a file into pages of blocks, choosing text layer or OCR page by page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath

import numpy as np

from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.errors import (
    BcpError,
    CorruptSourceError,
    SourceTooLargeError,
    UnsupportedSourceError,
)
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from extractors.base import PageImage, ReadLimits
from extractors.image import IMAGE_TYPES, ImageFile, open_image
from extractors.pdf import PdfFile, open_pdf
from extractors.registry import PDF, detect_media_type, find_extension_issue, find_reader
from extractors.text.reader import TEXT_HTML, TEXT_MARKDOWN, TEXT_PLAIN
from pipeline.checkpoint import Checkpoint, KeptPages
from pipeline.ocr_desk import OcrDesk
from pipeline.options import OcrMode, Options
from pipeline.page_board import MIN_SHARED_PAGES, PageBoard, ReadPage
from pipeline.page_route import (
    PageReason,
    PageRoute,
    find_route,
    hides_behind_picture,
    with_health,
)
from pipeline.second_reader import find_doubtful_headings

_DOCUMENT_SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".odt", ".rtf"})

UNTRUE_LAYER = "untrue_layer"
"""Stands among a page's damage where its text layer says something else than its picture."""

_INK_DPI = 36
"""Enough to tell a blank page from one with a drawing; a full rendering is made only for OCR."""
_DARK_PIXEL = 160
_INK_SHARE = 0.0005
"""A page with fewer dark pixels than this holds dust or a fold, nothing to read."""


def read_document(source: SourceFile, options: Options, checkpoint: Checkpoint | None = None) -> ExtractedDocument:
    """What stands in a file, page by page, nothing repaired; pages at the checkpoint are not read again.

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
    if checkpoint is not None and checkpoint.stop is not None:
        return _read_kept(source, checkpoint, checkpoint.stop)
    media_type = detect_media_type(source.path)
    _check_name(source, media_type)
    if media_type == PDF:
        with open_pdf(source.path) as pdf:
            document = _read_paged(pdf, source, media_type, options, checkpoint)
    elif media_type in IMAGE_TYPES:
        with open_image(source.path) as image:
            document = _read_paged(image, source, media_type, options, checkpoint)
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


def _read_paged(
    pdf: PdfFile | ImageFile, source: SourceFile, media_type: str, options: Options, checkpoint: Checkpoint | None
) -> ExtractedDocument:
    if pdf.page_count > options.max_pages:
        raise _too_many_pages(pdf.page_count, options.max_pages)
    kept = checkpoint.restore() if checkpoint else KeptPages()
    pages = list(kept.pages)
    file_issues: list[Issue] = []
    with OcrDesk(options=options, issues=list(kept.issues)) as desk, ExitStack() as stack:
        board: PageBoard | None = None
        for index in range(len(pages), pdf.page_count):
            read = board.take(index) if board and _comes_next(board, index) else None
            if read is None:
                page = _read_page(pdf, index, options, desk)
            else:
                page = read.page
                file_issues += read.file_issues
                desk.issues += read.ocr_issues
            pages.append(page)
            if checkpoint:
                checkpoint.note(page, desk.issues, page_count=pdf.page_count, media_type=media_type)
                if board is None and page.source is TextSource.OCR and pdf.page_count - index > MIN_SHARED_PAGES:
                    board = PageBoard.create(checkpoint.board_path, pdf.page_count)
                    if board:
                        stack.enter_context(board)
                        _note_all(board, pages)
            if board:
                board.note(index, page)
        of_file = sorted((*pdf.issues, *file_issues), key=lambda issue: issue.page_number or 0)
        return ExtractedDocument(
            source=source,
            media_type=media_type,
            pages=tuple(pages),
            issues=(*of_file, *desk.issues),
            metadata_title=pdf.metadata_title,
        )


def _comes_next(board: PageBoard, index: int) -> bool:
    """Take the page that comes next; where a helper has it, wait for the helper."""
    if not board.claim(index):
        board.wait(index)
    return True


def _note_all(board: PageBoard, pages: Sequence[Page]) -> None:
    for index, page in enumerate(pages):
        board.note(index, page)


def help_reading(source: SourceFile, options: Options, board_path: Path) -> int:
    """Read pages of a document that another process reads, from its end on, until they meet; how many were read.

    A page comes out the same whoever reads it. Raises SourceError where the file cannot be read.
    """
    board = PageBoard.join(board_path)
    if board is None:
        return 0
    with board:
        if detect_media_type(source.path) == PDF:
            with open_pdf(source.path) as pdf:
                return _help(pdf, options, board)
        with open_image(source.path) as image:
            return _help(image, options, board)


def _help(pdf: PdfFile | ImageFile, options: Options, board: PageBoard) -> int:
    count = 0
    with OcrDesk(options=options) as desk:
        for index in reversed(range(pdf.page_count)):
            if not board.is_wanted:
                break
            if not board.is_unread(index) or not board.claim(index):
                continue
            of_file, of_ocr = len(pdf.issues), len(desk.issues)
            page = _read_page(pdf, index, options, desk)
            met = ReadPage(
                page=page, file_issues=pdf.issues[of_file:], ocr_issues=tuple(desk.issues[of_ocr:])
            )  # fmt: skip
            board.offer(index, met)
            count += 1
    return count


def _read_kept(source: SourceFile, checkpoint: Checkpoint, stop: BcpError) -> ExtractedDocument:
    """The pages that were read before the process died; the others are there, unread, with the reason."""
    kept = checkpoint.restore()
    if not kept.pages or kept.media_type is None:
        raise stop
    read = len(kept.pages)
    lost = range(read + 1, (kept.page_count or read) + 1)
    issue = Issue(
        code=stop.code,
        severity=Severity.ERROR,
        message_th=stop.message_th,
        message_en=stop.message_en,
        page_number=read + 1,
    )
    unread = [Page(number=number, blocks=(), source=TextSource.TEXT_LAYER, readable=False) for number in lost]
    return ExtractedDocument(
        source=source,
        media_type=kept.media_type,
        pages=(*kept.pages, *unread),
        issues=(issue, *kept.issues) if unread else kept.issues,
    )


def _read_page(pdf: PdfFile | ImageFile, index: int, options: Options, desk: OcrDesk) -> Page:
    """One page by its text layer or by OCR; the same whatever was read before it."""
    page = pdf.read_page(index)
    if not page.readable:  # the page itself is damaged: there is no picture to read either
        return page
    route = find_route(page, options.ocr)
    layer = with_health(page, route.health)
    if route.reason is PageReason.NO_LAYER and not _has_ink(pdf.render_page(index, _INK_DPI)):
        return page
    if pdf.is_rescued and route.reason is PageReason.LAYER_BROKEN:
        # its fonts were behind the cut: what would be drawn for OCR is as wrong as the layer
        return replace(layer, blocks=(), readable=False)
    if route.use_ocr:
        return desk.read(pdf, index, layer, route.reason)
    if route.reason in (PageReason.LAYER_SOUND, PageReason.LAYER_REPAIRABLE):
        return layer if options.ocr is OcrMode.NEVER else _read_doubtful(pdf, index, layer, route, desk)
    desk.note_unread(index + 1)
    return replace(layer, readable=False)


def _read_doubtful(pdf: PdfFile | ImageFile, index: int, layer: Page, route: PageRoute, desk: OcrDesk) -> Page:
    """A layer that is kept, once the picture was asked where it may not say what the page shows."""
    if isinstance(pdf, ImageFile):  # which has no layer
        return layer
    facts = pdf.page_facts(index)
    hidden = hides_behind_picture(
        route, image_share=facts.image_share, visible=facts.visible_chars, invisible=facts.invisible_chars
    )
    if hidden and desk.differs(pdf, index, layer):
        untrue = replace(layer, damage=tuple(sorted({*layer.damage, UNTRUE_LAYER})))
        return desk.read(pdf, index, untrue, PageReason.LAYER_UNTRUE)
    if route.reason is PageReason.LAYER_REPAIRABLE and (headings := find_doubtful_headings(layer)):
        return desk.read_headings(pdf, index, layer, headings)
    return layer


def _has_ink(image: PageImage) -> bool:
    return bool(np.count_nonzero(image.pixels < _DARK_PIXEL) > _INK_SHARE * image.pixels.size)


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
