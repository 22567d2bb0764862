"""Blocks from Markdown as people and programs write it, with tab tables and HTML in between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docmodel.blocks import Block, BlockRole, TableBlock, TextStyle
from docmodel.provenance import Provenance
from extractors.blocks import SourceCell, make_table, text_block
from extractors.text.html import read_html_blocks
from extractors.text.markup import clean_fragment, tidy_lines
from extractors.text.plain import split_tab_tables
from extractors.text.tab_tables import read_tab_table

# Markdown that only a careful author writes is switched off, since these files are pasted or made by programs: an
# indented line is no code, a line above dashes no heading.
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "lheading", "reference"])
_MARKDOWN = re.compile(
    r"^(?:#{1,6} +\S|\|?(?: *:?-{3,}:? *\|)+|.*\*\*[^*\n]+\*\*|.*<(?:table|br|input)\b)", re.MULTILINE
)
# "**" that its neighbours kept the parser from seeing as bold
_LOST_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_FENCED_DOCUMENT = re.compile(r"\A\s*```(?:markdown|md|html|text)?[ \t]*\n(.*?)\n?```\s*\Z", re.DOTALL)


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text uses Markdown or HTML: headings, pipe tables, bold, tables or boxes of HTML."""
    return _MARKDOWN.search(text) is not None


def read_markdown_blocks(text: str, provenance: Provenance, table_ids: Iterator[str]) -> Iterator[Block]:
    """The headings, paragraphs (one per line), list items and tables of a Markdown text, in order."""
    fenced = _FENCED_DOCUMENT.match(text)
    lines = (fenced.group(1) if fenced else text).split("\n")
    pending: list[str] = []
    for part in split_tab_tables(lines):
        if isinstance(part, str):
            pending.append(part)
        else:
            yield from _parse(pending, provenance, table_ids)
            pending = []
            yield TableBlock(table=read_tab_table(part, provenance, table_ids))
    yield from _parse(pending, provenance, table_ids)


def _parse(lines: Sequence[str], provenance: Provenance, table_ids: Iterator[str]) -> Iterator[Block]:
    """The blocks of the lines between tab tables."""
    tokens = _PARSER.parse("\n".join(lines))
    yield from _TokenReader(tokens, provenance, table_ids).read()


class _TokenReader:
    """Turns the parser's flat tokens into blocks, keeping the list that it is in."""

    def __init__(self, tokens: Sequence[Token], provenance: Provenance, table_ids: Iterator[str]) -> None:
        self._tokens = tokens
        self._provenance = provenance
        self._table_ids = table_ids
        self._marker: str | None = None
        self._depth = 0
        self._heading_level: int | None = None

    def read(self) -> Iterator[Block]:
        """The blocks in order."""
        rows: list[list[SourceCell]] | None = None
        for token in self._tokens:
            self._note_place(token)
            if token.type == "table_open":
                rows = []
            elif token.type == "table_close" and rows is not None:
                yield TableBlock(table=make_table(next(self._table_ids), rows, self._provenance))
                rows = None
            elif rows is not None:
                if token.type == "tr_open":
                    rows.append([])
                elif token.type == "inline":
                    rows[-1].append(SourceCell(text=clean_fragment(_inline_markup(token))))
            elif token.type == "inline":
                yield from self._lines_of(token)
            elif token.type == "html_block":
                yield from read_html_blocks(token.content, self._provenance, self._table_ids)
            elif token.type == "fence":
                yield from (
                    text_block(line, self._provenance) for line in tidy_lines(token.content).split("\n") if line
                )

    def _note_place(self, token: Token) -> None:
        """Remember the heading, the list and the marker that the next text stands in."""
        match token.type:
            case "heading_open":
                self._heading_level = int(token.tag[1])
            case "heading_close":
                self._heading_level = None
            case "bullet_list_open" | "ordered_list_open":
                self._depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self._depth -= 1
            case "list_item_open":
                self._marker = f"{token.info}{token.markup}" if token.info else token.markup
            case "list_item_close":
                self._marker = None

    def _lines_of(self, token: Token) -> Iterator[Block]:
        """A block per line of a paragraph; a list item's marker goes to its first line."""
        for text, bold in _inline_lines(token):
            if self._heading_level is not None:
                role, level = BlockRole.HEADING, self._heading_level
            elif self._marker is not None:
                role, level = BlockRole.LIST_ITEM, self._depth
            else:
                role, level = BlockRole.PARAGRAPH, None
            yield text_block(
                text,
                self._provenance,
                role=role,
                marker=self._marker,
                level=level,
                style=TextStyle(bold=True) if bold else TextStyle(),
            )
            self._marker = None


def _inline_lines(token: Token) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph and whether all of a line is bold."""
    lines: list[list[tuple[str, bool]]] = [[]]
    depth = 0
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            lines.append([])
        elif child.type == "strong_open" or (
            child.type == "html_inline" and re.match(r"<(?:b|strong)\b", child.content)
        ):
            depth += 1
        elif child.type == "strong_close" or (
            child.type == "html_inline" and re.match(r"</(?:b|strong)\b", child.content)
        ):
            depth = max(0, depth - 1)
        if child.type in {"text", "text_special", "code_inline", "html_inline"}:
            lines[-1].append((child.content, depth > 0))
    for pieces in lines:
        joined = "".join(content for content, _ in pieces)
        bold = all(is_bold or not content.strip() or content.startswith("<") for content, is_bold in pieces)
        lost = _LOST_BOLD.fullmatch(joined.strip())
        for text in clean_fragment(_LOST_BOLD.sub(r"\1", joined)).split("\n"):
            if text:
                yield text, bold or lost is not None


def _inline_markup(token: Token) -> str:
    """The text of a table cell with its HTML still in it, which is where a pipe table has its line breaks."""
    pieces = [
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children or ()
        if child.type not in {"image"}
    ]
    return _LOST_BOLD.sub(r"\1", "".join(pieces))
