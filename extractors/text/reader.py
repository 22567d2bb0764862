"""Reads text files: plain text, Markdown and HTML in any encoding that Thai offices use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.blocks import Block
from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.errors import CorruptSourceError, SourceTooLargeError
from docmodel.issue import Issue, Severity
from docmodel.provenance import Provenance, TextSource
from extractors.base import ReadLimits
from extractors.blocks import table_ids
from extractors.text.decoding import DecodedText, decode_text
from extractors.text.html import read_html_blocks
from extractors.text.markdown import looks_like_markdown, read_markdown_blocks
from extractors.text.plain import read_plain_blocks

TEXT_PLAIN = "text/plain"
TEXT_MARKDOWN = "text/markdown"
TEXT_HTML = "text/html"
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HTML_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SAME_AS_CP874 = frozenset({b"windows-874", b"tis-620", b"tis620", b"iso-8859-11", b"cp874", b"x-windows-874"})


class TextReader:
    """Reader of plain text, Markdown and HTML."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Plain text, Markdown, HTML."""
        return (TEXT_PLAIN, TEXT_MARKDOWN, TEXT_HTML)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read the file; raise CorruptSourceError where it is empty or no text, SourceTooLargeError beyond a limit."""
        if source.size_bytes > limits.max_bytes:
            raise SourceTooLargeError(
                "file_too_large",
                th="ไฟล์ใหญ่เกินกำหนด โปรดแบ่งไฟล์หรือขอไฟล์ใหม่จากหน่วยงาน",
                en="The file exceeds the size limit. Split it or ask the agency for a smaller one.",
            )
        data = source.path.read_bytes()
        decoded = _decode(data)
        media_type = find_text_type(decoded.text, source.path.suffix)
        pages = tuple(_read_pages(decoded.text, media_type, limits))
        title = _TITLE.search(decoded.text) if media_type == TEXT_HTML else None
        return ExtractedDocument(
            source=source,
            media_type=media_type,
            pages=pages,
            issues=_decoding_issues(decoded),
            metadata_title=" ".join(title.group(1).split()) or None if title else None,
        )


def find_text_type(text: str, suffix: str) -> str:
    """The media type of a text: HTML by its root, Markdown by its marks or the file's name, else plain text."""
    start = text[:4_000].lstrip("\ufeff \t\r\n").lower()
    if re.match(r"<!doctype html|<html\b|<\?xml[^>]*\?>\s*(?:<!doctype html[^>]*>\s*)?<html\b|<head\b|<body\b", start):
        return TEXT_HTML
    if suffix.lower() in {".htm", ".html"} and re.search(r"<(?:p|div|table|h[1-6]|br)\b", start):
        return TEXT_HTML
    return TEXT_MARKDOWN if suffix.lower() in {".md", ".markdown"} or looks_like_markdown(text) else TEXT_PLAIN


def _decode(data: bytes) -> DecodedText:
    if not data.strip():
        raise CorruptSourceError(
            "empty_file",
            th="ไฟล์ว่างเปล่า โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The file is empty. Ask the agency for a new one.",
        )
    charset = _HTML_CHARSET.search(data[:4_000])
    if charset is not None and charset.group(1).lower() in _SAME_AS_CP874:
        text = data.decode("cp874", errors="replace")
        return DecodedText(text=text, encoding="cp874", broken=text.count("\N{REPLACEMENT CHARACTER}"))
    decoded = decode_text(data)
    if decoded is None:
        raise CorruptSourceError(
            "text_undecodable",
            th="อ่านตัวอักษรในไฟล์ไม่ได้ โปรดบันทึกใหม่เป็น UTF-8 หรือขอไฟล์ใหม่",
            en="The characters of the text file cannot be read. Save it as UTF-8 or ask for a new one.",
        )
    return decoded


def _read_pages(text: str, media_type: str, limits: ReadLimits) -> Iterator[Page]:
    """One page without a number, or a numbered page per part between form feeds."""
    unified = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    ids = table_ids()
    if media_type == TEXT_HTML:
        yield Page(
            number=None,
            blocks=read_html_blocks(unified, Provenance(source=TextSource.TEXT), ids),
            source=TextSource.TEXT,
        )
        return
    parts = unified.rstrip("\f\n ").split("\f")
    if len(parts) > limits.max_pages:
        raise SourceTooLargeError(
            "too_many_pages",
            th="เอกสารมีจำนวนหน้าเกินกำหนด โปรดแบ่งไฟล์",
            en="The document has more pages than the limit. Split the file.",
        )
    for number, part in enumerate(parts, start=1):
        page_number = number if len(parts) > 1 else None
        provenance = Provenance(page_number=page_number, source=TextSource.TEXT)
        blocks: Iterator[Block]
        if media_type == TEXT_MARKDOWN:
            blocks = read_markdown_blocks(part, provenance, ids)
        else:
            blocks = read_plain_blocks(part.split("\n"), provenance, ids)
        yield Page(number=page_number, blocks=tuple(blocks), source=TextSource.TEXT)


def _decoding_issues(decoded: DecodedText) -> tuple[Issue, ...]:
    if not decoded.broken:
        return ()
    return (
        Issue(
            code="text_characters_lost",
            severity=Severity.WARNING,
            message_th=f"อ่านไม่ได้ {decoded.broken} ตัวอักษร โปรดเทียบกับต้นฉบับ",
            message_en=f"{decoded.broken} characters could not be read. Compare with the original.",
        ),
    )
