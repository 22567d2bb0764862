"""Reads Word files (.docx and its kin): body, running heads, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.errors import SourceTooLargeError
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from extractors.base import ReadLimits
from extractors.blocks import text_block
from extractors.docx.drawings import Picture, WordArt, find_drawing_items
from extractors.docx.inline import InlineReader
from extractors.docx.numbering import Numbering
from extractors.docx.package import DocxPackage, relationship_id
from extractors.docx.story import Shared, StoryReader
from extractors.docx.styles import StyleSheet
from extractors.docx.tables import DOCX as FROM_DOCX
from extractors.docx.xml import W, docx_damaged, find, is_on

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
DOTM = "application/vnd.ms-word.template.macroenabled.12"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# A picture this large (points, of A4's 595 x 842) can be a scanned page, a chart or a pasted table.
LARGE_PICTURE_WIDTH_PT = 300.0
LARGE_PICTURE_HEIGHT_PT = 250.0
# Fewer characters per large picture than a quarter of a page mean that the pictures are the document.
MIN_CHARS_PER_LARGE_PICTURE = 400


class DocxReader:
    """Reader of Word files in Office Open XML."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Word documents and templates, with and without macros (which are never run)."""
        return (DOCX, DOTX, DOCM, DOTM)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read the file; raises CorruptSourceError, EncryptedSourceError or SourceTooLargeError."""
        if source.size_bytes > limits.max_bytes:
            raise SourceTooLargeError(
                "file_too_large",
                th="ไฟล์ใหญ่เกินกำหนด โปรดแบ่งไฟล์หรือขอไฟล์ใหม่",
                en="The file exceeds the size limit. Split it or ask for a smaller one.",
            )
        with DocxPackage(source.path, limits) as package:
            return _read_document(package, source)


def _read_document(package: DocxPackage, source: SourceFile) -> ExtractedDocument:
    main = package.main_part()
    root = package.read_xml(main)
    body = find(root, "body")
    if body is None:
        raise docx_damaged()
    relationships = package.relationships(main)
    styles = StyleSheet(_related_xml(package, relationships, "styles"))
    shared = Shared(
        package=package,
        styles=styles,
        numbering=Numbering(_related_xml(package, relationships, "numbering"), styles),
        notes=dict(_find_notes(package, relationships)),
    )
    blocks = StoryReader(shared, main, body).read(body)
    heads, feet = _running_heads(package, relationships, body, styles)
    comments = sum(1 for _ in body.iter(f"{W}commentReference"))
    page = Page(
        number=None,
        blocks=(*heads, *blocks, *feet),
        source=TextSource.DOCX,
        readable=not _is_mostly_pictures(blocks, shared.pictures),
    )
    return ExtractedDocument(
        source=source,
        media_type=_media_type(package, main),
        pages=(page,),
        issues=tuple(_find_issues(shared, comments)),
        metadata_title=_title(package),
    )


def _related_xml(package: DocxPackage, relationships: dict[str, tuple[str, str]], kind: str) -> Any:
    """The part that a document has once, such as its styles; None where it has none."""
    part = next((target for related_kind, target in relationships.values() if related_kind == kind), None)
    return None if part is None else package.read_xml(part)


def _media_type(package: DocxPackage, main: str) -> str:
    types = package.read_xml("[Content_Types].xml")
    for override in types if types is not None else ():
        if (override.get("PartName") or "").lstrip("/").lower() == main.lower():
            content_type = (override.get("ContentType") or "").lower()
            if "macroenabled" in content_type:
                return DOTM if "template" in content_type else DOCM
            return DOTX if "template" in content_type else DOCX
    return DOCX


def _title(package: DocxPackage) -> str | None:
    for kind, part in package.relationships("").values():
        if kind == "core-properties":
            root = package.read_xml(part)
            return (root.findtext(_TITLE) or "").strip() or None if root is not None else None
    return None


def _find_notes(
    package: DocxPackage, relationships: dict[str, tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Any]]:
    """The notes by kind and id, without the lines that separate them."""
    for kind in ("footnote", "endnote"):
        root = _related_xml(package, relationships, f"{kind}s")
        for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                yield (kind, note.get(f"{W}id") or ""), note


def _running_heads(
    package: DocxPackage, relationships: dict[str, tuple[str, str]], body: Any, styles: StyleSheet
) -> tuple[list[Block], list[Block]]:
    """Blocks of the page headers and of the footers, each part once, and only those that Word shows."""
    settings = _related_xml(package, relationships, "settings")
    even_pages = bool(is_on(find(settings, "evenAndOddHeaders")))
    found: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for section in body.iter(f"{W}sectPr"):
        first_page = bool(is_on(find(section, "titlePg")))
        for kind, parts in found.items():
            for reference in section.iterchildren(f"{W}{kind}Reference"):
                which = reference.get(f"{W}type", "default")
                shown = which == "default" or (which == "first" and first_page) or (which == "even" and even_pages)
                related = relationships.get(relationship_id(reference) or "")
                if shown and related is not None:
                    parts.setdefault(related[1])
    heads = [block for part in found["header"] for block in _head_blocks(package, part, styles, BlockRole.PAGE_HEADER)]
    feet = [block for part in found["footer"] for block in _head_blocks(package, part, styles, BlockRole.PAGE_FOOTER)]
    return heads, feet


def _head_blocks(package: DocxPackage, part: str, styles: StyleSheet, role: BlockRole) -> Iterator[Block]:
    """The lines of a header or footer, tables and text boxes in it included; a large word behind the text apart."""
    root = package.read_xml(part)
    if root is None:
        return
    reader = InlineReader(styles)
    for paragraph in root.iter(f"{W}p"):
        content = reader.read(paragraph)
        text = content.text
        if text:
            is_number = content.has_page_number and not any(char.isalpha() for char in text)
            yield text_block(text, FROM_DOCX, role=BlockRole.PAGE_NUMBER if is_number else role)
    for drawing in root.iter(f"{W}pict"):
        for item in find_drawing_items(drawing):
            if isinstance(item, WordArt):
                yield text_block(item.text.strip(), FROM_DOCX, role=BlockRole.WATERMARK)


def _large_pictures(pictures: list[Picture]) -> int:
    return sum(
        (picture.width_pt or 0.0) >= LARGE_PICTURE_WIDTH_PT and (picture.height_pt or 0.0) >= LARGE_PICTURE_HEIGHT_PT
        for picture in pictures
    )


def _is_mostly_pictures(blocks: list[Block], pictures: list[Picture]) -> bool:
    """Whether a document shows pictures where a plan has text: scanned pages put into Word."""
    large = _large_pictures(pictures)
    chars = 0
    for block in blocks:
        if isinstance(block, TextBlock):
            chars += len(block.text)
        elif isinstance(block, TableBlock):
            chars += sum(len(cell.text) for cell in block.table.cells)
    return large > 0 and chars < large * MIN_CHARS_PER_LARGE_PICTURE


def _find_issues(shared: Shared, comments: int) -> Iterator[Issue]:
    large = _large_pictures(shared.pictures)
    if large:
        yield Issue(
            code="docx_large_pictures",
            severity=Severity.WARNING,
            message_th=f"มีภาพขนาดใหญ่ {large} ภาพที่ไม่ได้อ่านเป็นข้อความ โปรดเปิดดูว่าในภาพมีเนื้อหาของแผนหรือไม่",
            message_en=f"{large} large pictures were not read as text. Look whether they hold parts of the plan.",
        )
    if shared.unread_chunks:
        yield Issue(
            code="docx_chunk_not_read",
            severity=Severity.WARNING,
            message_th="มีเอกสารอื่นฝังอยู่ซึ่งไม่ได้อ่าน โปรดเปิดใน Word แล้วบันทึกใหม่",
            message_en="Another document inside this one was not read. Open and save it in Word again.",
        )
    if comments:
        yield Issue(
            code="docx_comments_left_out",
            severity=Severity.INFO,
            message_th=f"มีความคิดเห็นของผู้ตรวจ {comments} แห่ง ซึ่งไม่นับเป็นเนื้อหาของแผน",
            message_en=f"{comments} review comments are no part of the plan and were left out.",
        )
