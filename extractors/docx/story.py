"""Blocks from a story of a Word file: the body, a header, a note, a text box."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docmodel.blocks import Block, BlockRole, PictureBlock, TableBlock, TextBlock, TextStyle
from docmodel.table import Table
from extractors.blocks import table_ids, text_block
from extractors.docx.diagrams import read_diagram
from extractors.docx.drawings import Diagram, Picture, TextFrame, WordArt, reading_order
from extractors.docx.inline import InlineContent, InlineReader, Piece, fields_are_closed
from extractors.docx.numbering import ListMarker, Numbering
from extractors.docx.package import DocxPackage
from extractors.docx.styles import StyleSheet
from extractors.docx.tables import DOCX, CellContent, find_framed_cell, read_table
from extractors.docx.xml import W, find, is_on, twips

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
# A line of a typed table of contents: dots drawn by a tab, and the page number behind it.
_PAGE_AT_END = re.compile(r"\t\s*[0-9๐-๙ก-ฮivx]{1,4}\s*$")


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all stories of a document share while it is read."""

    package: DocxPackage
    styles: StyleSheet
    numbering: Numbering
    notes: dict[tuple[str, str], Any] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    comments: int = 0
    unread_chunks: int = 0
    next_table_id: Iterator[str] = field(default_factory=table_ids)
    note_numbers: Counter[str] = field(default_factory=Counter)


class StoryReader:
    """Reads the block elements of one part in order."""

    def __init__(self, shared: Shared, part: str, root: Any) -> None:
        self._shared = shared
        self._relationships = shared.package.relationships(part)
        self._inline = InlineReader(shared.styles, fields_are_closed=fields_are_closed(root))
        self._waiting_notes: list[tuple[str, str]] = []
        self._endnotes: list[tuple[str, str]] = []

    def read(self, container: Any) -> list[Block]:
        """The blocks of a body, header or note, endnotes last."""
        blocks: list[Block] = []
        for element in _block_elements(container):
            blocks.extend(self._read_element(element))
            blocks.extend(self._flush_notes())
        for reference in self._endnotes:
            blocks.extend(self._note_blocks(reference))
        return blocks

    def _read_element(self, element: Any) -> Iterator[Block]:
        if element.tag == f"{W}p":
            yield from self._paragraph_blocks(element)
        elif element.tag == f"{W}tbl":
            framed = find_framed_cell(element)
            if framed is not None:
                for inner in _block_elements(framed):
                    yield from self._read_element(inner)
                return
            table = self._read_table(element)
            if table is not None:
                yield TableBlock(table=table)
        elif element.tag == f"{W}altChunk":
            self._shared.unread_chunks += 1

    def _read_table(self, element: Any) -> Table | None:
        return read_table(element, next(self._shared.next_table_id), self._read_cell)

    def _read_cell(self, cell: Any) -> CellContent:
        """The lines of a cell, its list markers in front, and the tables in it, which keep their own text."""
        lines: list[str] = []
        tables: list[Table] = []
        for element in _block_elements(cell):
            if element.tag == f"{W}tbl":
                table = self._read_table(element)
                if table is not None:
                    tables.append(table)
            elif element.tag == f"{W}p":
                content, marker = self._read_paragraph(element)
                # a numbered column has nothing but the numbers that Word draws
                drawn = marker.text if marker is not None and not (marker.is_bullet and not content.text) else None
                lines.extend(line for line in [" ".join(part for part in (drawn, content.text) if part)] if line)
                for block in self._drawing_blocks(content):
                    if isinstance(block, TextBlock):
                        lines.append(_with_marker(block))
                    elif isinstance(block, TableBlock):
                        tables.append(block.table)
        return CellContent(text="\n".join(lines), tables=tuple(tables))

    def _read_paragraph(self, paragraph: Any) -> tuple[InlineContent, ListMarker | None]:
        properties = find(paragraph, "pPr")
        content = self._inline.read(paragraph)
        hidden = is_on(find(properties, "rPr", "vanish")) and not content.text
        marker = None if hidden else self._shared.numbering.next_marker(properties)
        for note in content.notes:
            (self._waiting_notes if note.kind == "footnote" else self._endnotes).append((note.kind, note.note_id))
        return content, marker

    def _paragraph_blocks(self, paragraph: Any) -> Iterator[Block]:
        content, marker = self._read_paragraph(paragraph)
        text = content.text
        if text:
            properties = find(paragraph, "pPr")
            role, level = self._role(properties, content, marker)
            yield text_block(
                text,
                DOCX,
                role=role,
                marker=marker.text if marker is not None else None,
                level=level,
                style=self._style(properties, content.pieces),
            )
        yield from self._drawing_blocks(content)

    def _role(self, properties: Any, content: InlineContent, marker: ListMarker | None) -> tuple[BlockRole, int | None]:
        contents_level = self._shared.styles.contents_level(properties)
        heading_level = self._shared.styles.heading_level(properties)
        made_by_field = content.in_contents and heading_level is None
        if contents_level is not None or made_by_field or self._is_typed_contents(properties, content):
            return BlockRole.TOC_ENTRY, contents_level
        if heading_level is not None:
            return BlockRole.HEADING, heading_level
        if marker is not None and marker.text is not None:
            return BlockRole.LIST_ITEM, marker.level
        return BlockRole.PARAGRAPH, None

    def _is_typed_contents(self, properties: Any, content: InlineContent) -> bool:
        raw = "".join(piece.text for piece in content.pieces)
        if _PAGE_AT_END.search(raw) is None:
            return False
        tabs = self._shared.styles.paragraph_property("tabs", properties)
        return tabs is not None and any(
            tab.get(f"{W}leader") in {"dot", "middleDot", "hyphen", "underscore"} for tab in tabs
        )

    def _style(self, properties: Any, pieces: list[Piece]) -> TextStyle:
        shown = [piece for piece in pieces if piece.text.strip()]
        sizes: Counter[float] = Counter()
        for piece in shown:
            if piece.size_pt is not None:
                sizes[piece.size_pt] += len(piece.text)
        indents = self._shared.styles.paragraph_property("ind", properties)
        left = twips(indents, "start", "left")
        first_line, hanging = twips(indents, "firstLine"), twips(indents, "hanging")
        indent = None if left is None and first_line is None else (left or 0.0) + (first_line or 0.0) - (hanging or 0.0)
        return TextStyle(
            font_size_pt=max(sizes, key=lambda size: (sizes[size], size)) if sizes else None,
            bold=all(piece.bold for piece in shown),
            underlined=all(piece.underlined for piece in shown),
            centered=self._shared.styles.is_centered(properties),
            indent_pt=indent,
        )

    def _drawing_blocks(self, content: InlineContent) -> Iterator[Block]:
        """What the drawings of a paragraph hold: text boxes in reading order, then the rest."""
        frames = [item for item in content.drawings if isinstance(item, TextFrame)]
        for frame in reading_order(frames):
            for element in _block_elements(frame.content):
                yield from self._read_element(element)
        for item in content.drawings:
            if isinstance(item, Picture):
                self._shared.pictures.append(item)
                yield PictureBlock(provenance=DOCX, alt_text=item.alt_text)
            elif isinstance(item, Diagram):
                yield from self._diagram_blocks(item)
            elif isinstance(item, WordArt) and item.text.strip():
                yield text_block(item.text.strip(), DOCX)

    def _diagram_blocks(self, diagram: Diagram) -> Iterator[Block]:
        _, part = self._relationships.get(diagram.relationship, ("", ""))
        root = self._shared.package.read_xml(part) if part else None
        for depth, text in read_diagram(root) if root is not None else ():
            yield text_block(text, DOCX, role=BlockRole.LIST_ITEM, level=depth)

    def _flush_notes(self) -> Iterator[Block]:
        for reference in self._waiting_notes:
            yield from self._note_blocks(reference)
        self._waiting_notes = []

    def _note_blocks(self, reference: tuple[str, str]) -> Iterator[Block]:
        """The paragraphs of a note, its number on the first."""
        note = self._shared.notes.get(reference)
        if note is None:
            return
        self._shared.note_numbers[reference[0]] += 1
        marker: str | None = str(self._shared.note_numbers[reference[0]])
        for element in _block_elements(note):
            text = self._inline.read(element).text if element.tag == f"{W}p" else ""
            if text:
                yield text_block(text, DOCX, role=BlockRole.FOOTNOTE, marker=marker)
                marker = None


def _block_elements(container: Any) -> Iterator[Any]:
    """Paragraphs, tables and chunks in order, also those in content controls and accepted changes."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _block_elements(child)
        elif child.tag in {f"{W}p", f"{W}tbl", f"{W}altChunk"}:
            yield child


def _with_marker(block: TextBlock) -> str:
    return f"{block.marker} {block.text}" if block.marker else block.text
