"""Reads old Word, OpenDocument, RTF and Word XML files by way of a Word file that LibreOffice makes of them."""

from __future__ import annotations

from dataclasses import replace

from docmodel.document import ExtractedDocument, SourceFile
from docmodel.errors import SourceTooLargeError
from extractors.base import ReadLimits
from extractors.docx.reader import DocxReader
from extractors.office.converter import DEFAULT_TIMEOUT_S, convert_to_docx
from extractors.ole import DOC, OLE_MAGIC, detect_ole_type

ODT = "application/vnd.oasis.opendocument.text"
FODT = "application/vnd.oasis.opendocument.text-flat-xml"
RTF = "application/rtf"
WORD_XML = "application/vnd.ms-word.xml"
_SUFFIXES = {DOC: ".doc", ODT: ".odt", FODT: ".fodt", RTF: ".rtf", WORD_XML: ".xml"}


class OfficeReader:
    """Reader of the word processors' other formats; needs LibreOffice."""

    def __init__(self, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        self._timeout_s = timeout_s

    @property
    def media_types(self) -> tuple[str, ...]:
        """Old Word, OpenDocument text, RTF, Word XML."""
        return tuple(_SUFFIXES)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read the file; raises EngineMissingError, EngineTimeoutError or EngineError beside the source errors."""
        if source.size_bytes > limits.max_bytes:
            raise SourceTooLargeError(
                "file_too_large",
                th="ไฟล์ใหญ่เกินกำหนด โปรดแบ่งไฟล์หรือขอไฟล์ใหม่",
                en="The file exceeds the size limit. Split it or ask for a smaller one.",
            )
        media_type = self._media_type(source)
        with convert_to_docx(source.path, _SUFFIXES.get(media_type, ".doc"), timeout_s=self._timeout_s) as converted:
            made = replace(source, path=converted, size_bytes=converted.stat().st_size)
            document = DocxReader().read(made, limits)
        return replace(document, source=source, media_type=media_type)

    @staticmethod
    def _media_type(source: SourceFile) -> str:
        """Which of the formats the file is."""
        with source.path.open("rb") as stream:
            head = stream.read(4_096)
        if head.startswith(OLE_MAGIC):
            return detect_ole_type(source.path)
        if head.startswith(b"PK"):
            return ODT
        if head.startswith(b"{\\rtf"):
            return RTF
        return FODT if b"<office:document " in head else WORD_XML
