"""Blocks from HTML: a saved web page, or a table inside a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docmodel.blocks import Block, BlockRole, PictureBlock, TableBlock, TextStyle
from docmodel.provenance import Provenance
from docmodel.table import Table
from extractors.blocks import SourceCell, make_table, text_block
from extractors.text.markup import (
    BLOCK_TAGS,
    SKIPPED_TAGS,
    element_text,
    input_text,
    item_marker,
    parse_fragment,
    tidy_lines,
)

_HEADING = re.compile(r"h[1-6]")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_BOLD_TAGS = frozenset({"b", "strong"})


def read_html_blocks(markup: str, provenance: Provenance, table_ids: Iterator[str]) -> tuple[Block, ...]:
    """The paragraphs, headings, list items, tables and described pictures of HTML, in order."""
    walker = _Walker(provenance, table_ids)
    walker.walk(parse_fragment(markup))
    return tuple(walker.finish())


def read_html_table(element: Any, provenance: Provenance, table_ids: Iterator[str]) -> Table:
    """A ``table`` element with its merged cells and the tables inside its cells."""
    table_id = next(table_ids)
    rows = [
        [_source_cell(cell, provenance, table_ids) for cell in row if cell.tag in {"td", "th"}]
        for row in _own_rows(element)
    ]
    return make_table(table_id, [row for row in rows if row], provenance)


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, without those of the tables in its cells; the head first and the foot last."""
    parts = {"thead": [], "tbody": [], "tfoot": []}  # type: dict[str, list[Any]]
    for child in table:
        if child.tag == "tr":
            parts["tbody"].append(child)
        elif child.tag in parts:
            parts[child.tag].extend(row for row in child if row.tag == "tr")
    for rows in parts.values():
        yield from rows


def _framed_cell(table: Any) -> Any:
    """The cell of a table that has only one, which is a frame around its content; None for any other."""
    cells = [cell for row in _own_rows(table) for cell in row if cell.tag in {"td", "th"}]
    return cells[0] if len(cells) == 1 else None


def _source_cell(cell: Any, provenance: Provenance, table_ids: Iterator[str]) -> SourceCell:
    inner = [table for table in cell.iter("table") if next(table.iterancestors("td", "th"), None) is cell]
    return SourceCell(
        text=element_text(cell),
        row_span=_span(cell.get("rowspan")),
        col_span=_span(cell.get("colspan")),
        tables=tuple(read_html_table(table, provenance, table_ids) for table in inner),
    )


def _span(value: str | None) -> int:
    """A span attribute; 1 where it is missing or no number."""
    return int(value) if value and re.fullmatch(r"[1-9]\d{0,4}", value.strip()) else 1


class _Walker:
    """Goes down an element tree and collects blocks; inline text gathers until a block element ends it."""

    def __init__(self, provenance: Provenance, table_ids: Iterator[str]) -> None:
        self._provenance = provenance
        self._table_ids = table_ids
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._bold_pieces: list[bool] = []
        self._role = BlockRole.PARAGRAPH
        self._level: int | None = None
        self._marker: str | None = None

    def finish(self) -> list[Block]:
        """All blocks, the text after the last element included."""
        self._flush()
        return self._blocks

    def walk(self, element: Any, *, bold: bool = False, depth: int = 0) -> None:
        """Collect the blocks below an element; ``depth`` is the list nesting."""
        self._add(element.text, bold=bold, preformatted=element.tag == "pre")
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in SKIPPED_TAGS and not _HIDDEN_STYLE.search(child.get("style") or ""):
                self._walk_child(child, tag, bold=bold, depth=depth)
            self._add(child.tail, bold=bold, preformatted=element.tag == "pre")

    def _walk_child(self, child: Any, tag: str, *, bold: bool, depth: int) -> None:
        if tag == "table":
            self._flush()
            framed = _framed_cell(child)
            if framed is not None:
                self._walk_block(framed, "div", bold=bold, depth=depth)
                return
            table = read_html_table(child, self._provenance, self._table_ids)
            for caption in child.iterchildren("caption"):
                self._emit(element_text(caption))
            if table.cells:
                self._blocks.append(TableBlock(table=table))
        elif tag == "br":
            self._pieces.append("\n")
            self._bold_pieces.append(bold)
        elif tag == "img":
            self._picture(child)
        elif tag == "input":
            self._add(input_text(child), bold=bold)
        elif tag in BLOCK_TAGS:
            self._walk_block(child, tag, bold=bold, depth=depth)
        else:
            self.walk(child, bold=bold or tag in _BOLD_TAGS, depth=depth)

    def _walk_block(self, child: Any, tag: str, *, bold: bool, depth: int) -> None:
        self._flush()
        if _HEADING.fullmatch(tag):
            self._role, self._level = BlockRole.HEADING, int(tag[1])
        elif tag == "li":
            self._role, self._level, self._marker = BlockRole.LIST_ITEM, max(depth, 1), item_marker(child)
        self.walk(child, bold=bold, depth=depth + (tag in {"ul", "ol"}))
        self._flush()
        self._role, self._level, self._marker = BlockRole.PARAGRAPH, None, None

    def _add(self, text: str | None, *, bold: bool, preformatted: bool = False) -> None:
        if text:
            self._pieces.append(text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))
            self._bold_pieces.append(bold or not text.strip())

    def _flush(self) -> None:
        """Make a block of the text gathered so far."""
        text = tidy_lines("".join(self._pieces))
        bold = bool(text) and all(self._bold_pieces)
        self._pieces, self._bold_pieces = [], []
        if text:
            self._emit(text, bold=bold)
            # what follows in the same list item or heading is its next paragraph, without the marker
            self._marker = None

    def _emit(self, text: str, *, bold: bool = False) -> None:
        if text:
            self._blocks.append(
                text_block(
                    text,
                    self._provenance,
                    role=self._role,
                    marker=self._marker,
                    level=self._level,
                    style=TextStyle(bold=True) if bold else TextStyle(),
                )
            )

    def _picture(self, image: Any) -> None:
        """Keep a picture that its author described; a link to a file that is not here says nothing."""
        alt_text = (image.get("alt") or "").strip()
        if alt_text:
            self._flush()
            self._blocks.append(PictureBlock(provenance=self._provenance, alt_text=alt_text))
