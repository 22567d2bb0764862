"""Blocks from plain text: a paragraph per line, bullets, tables with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docmodel.blocks import Block, BlockRole, TableBlock
from docmodel.provenance import Provenance
from extractors.blocks import text_block
from extractors.text.markup import clean_fragment
from extractors.text.tab_tables import Grid, is_table_line, read_tab_table, split_rows

_BULLET = re.compile(r"([-–—•▪■●○◦‣⁃*·]|\N{BLACK DIAMOND}|\N{HEAVY CHECK MARK}) +(?=\S)")


def read_plain_blocks(lines: Sequence[str], provenance: Provenance, table_ids: Iterator[str]) -> Iterator[Block]:
    """The lines as paragraphs and list items, and runs of lines with tabs as tables."""
    for part in split_tab_tables(lines):
        if isinstance(part, str):
            text = clean_fragment(part)
            for line in text.split("\n"):
                if line:
                    yield line_block(line, provenance)
        else:
            yield TableBlock(table=read_tab_table(part, provenance, table_ids))


def line_block(line: str, provenance: Provenance) -> Block:
    """A line as a paragraph, or as a list item where a bullet stands in front."""
    bullet = _BULLET.match(line)
    if bullet is None:
        return text_block(line, provenance)
    return text_block(line[bullet.end() :], provenance, role=BlockRole.LIST_ITEM, marker=bullet.group(1))


def split_tab_tables(lines: Sequence[str]) -> Iterator[str | Grid]:
    """The lines in order, with each run of lines that is a table as one grid of cells.

    A run starts at a line with tabs and goes on up to a blank line or a Markdown heading.
    """
    index = 0
    while index < len(lines):
        if is_table_line(lines[index]):
            end = index + 1
            while end < len(lines) and lines[end].strip() and not re.match(r"#{1,6} ", lines[end]):
                end += 1
            while end > index + 1 and "\t" not in lines[end - 1] and not _belongs_to_table(lines[end - 1]):
                end -= 1
            grid = split_rows(lines[index:end])
            if grid is not None:
                yield grid
                index = end
                continue
        yield lines[index]
        index += 1


def _belongs_to_table(line: str) -> bool:
    """Tell whether a line without tabs, below the last row, can still be a part of that row's last cell."""
    return _BULLET.match(line.strip()) is not None or line.lstrip().startswith("<")
