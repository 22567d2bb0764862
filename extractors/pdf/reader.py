"""Reads a whole PDF from its text layer."""

from __future__ import annotations

from docmodel.document import ExtractedDocument, SourceFile
from docmodel.errors import SourceTooLargeError
from extractors.base import ReadLimits
from extractors.pdf.document import open_pdf

MEDIA_TYPE = "application/pdf"


class PdfReader:
    """Reads PDF files; pages without text are left to OCR."""

    media_types: tuple[str, ...] = (MEDIA_TYPE,)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """All pages from the text layer; raise a ``SourceError`` where the file as a whole cannot be read."""
        if source.size_bytes > limits.max_bytes:
            raise SourceTooLargeError(
                "file_too_large",
                th="ไฟล์ใหญ่เกินกำหนด โปรดแยกไฟล์หรือเพิ่มค่าขีดจำกัดแล้วสั่งใหม่",
                en="The file is too large. Split it, or raise the limit and run again.",
            )
        with open_pdf(source.path) as pdf:
            if pdf.page_count > limits.max_pages:
                raise SourceTooLargeError(
                    "too_many_pages",
                    th="เอกสารมีจำนวนหน้าเกินกำหนด โปรดแยกไฟล์หรือเพิ่มค่าขีดจำกัดแล้วสั่งใหม่",
                    en="The document has too many pages. Split it, or raise the limit and run again.",
                )
            pages = tuple(pdf.read_page(index) for index in range(pdf.page_count))
            return ExtractedDocument(
                source=source,
                media_type=MEDIA_TYPE,
                pages=pages,
                issues=pdf.issues,
                metadata_title=pdf.metadata_title,
            )
