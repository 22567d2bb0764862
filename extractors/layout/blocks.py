"""From lines to text blocks: paragraphs put together, and what a single page shows of their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from docmodel.blocks import BlockRole, TextBlock, TextStyle
from docmodel.geometry import BBox, union_bbox
from docmodel.provenance import Provenance, TextSource
from extractors.layout.lines import Line
from extractors.layout.paragraphs import DIGITS, Column, measure_column, starts_paragraph

EDGE_ZONE = 0.12
"""Page numbers and catchwords stand within this share of the page's height from its top or bottom."""
CENTER_TOLERANCE = 0.02
"""A line is centred if its middle is within this share of the page's width of the column's middle."""
PAGE_NUMBER = re.compile(
    rf"\s*(?:หน้า(?:ที่)?\s*\|?\s*|page\s*)?[-\N{{EN DASH}}\N{{EM DASH}}(|~]?\s*[{DIGITS}]{{1,4}}\s*"
    rf"(?:[-\N{{EN DASH}}\N{{EM DASH}})|~]|(?:/|จาก|of)\s*[{DIGITS}]{{1,4}})?\s*(?:\|\s*page)?\s*",
    re.IGNORECASE,
)
CATCHWORD = re.compile(r"\s*/\s*\S.{0,60}?(?:\.{2,}|\N{HORIZONTAL ELLIPSIS})\s*")
"""The first words of the next page at the foot of a page, as Thai letters have them: "/ขั้นตอน…"."""
TOC_LINE = re.compile(
    rf"\S.*?(?:\.\s?){{4,}}\s*[{DIGITS}]{{1,3}}\s*|\S.*?\N{{HORIZONTAL ELLIPSIS}}{{2,}}.*[{DIGITS}]{{1,3}}\s*"
)
MIN_TOC_LINES = 3
"""Fewer lines with dots and a number may be a form to fill in."""


def find_blocks(
    lines: Sequence[Line],
    *,
    page_number: int | None,
    page_height_pt: float,
    source: TextSource,
    column: Column | None = None,
) -> tuple[TextBlock, ...]:
    """The text blocks of lines in reading order that stand in one column.

    ``column`` is measured from the lines themselves if it is not given (for lines between two tables, say). The printed
    lines of a paragraph are joined by a line feed. Roles found: page number, catchword, entry of a table of
    contents; everything else is a paragraph.
    """
    if not lines:
        return ()
    column = column or measure_column(lines)
    in_toc = sum(TOC_LINE.fullmatch(line.text) is not None for line in lines) >= MIN_TOC_LINES
    groups: list[list[Line]] = []
    roles: list[BlockRole] = []
    for line, after in zip(lines, (*lines[1:], None), strict=True):
        role = _line_role(line, in_toc=in_toc, page_height_pt=page_height_pt)
        alone = role is not BlockRole.PARAGRAPH or not roles or roles[-1] is not BlockRole.PARAGRAPH
        if alone or _starts_group(groups[-1], line, column, after):
            groups.append([line])
            roles.append(role)
        else:
            groups[-1].append(line)
    return tuple(
        make_block(group, role=role, column=column, page_number=page_number, source=source)
        for group, role in zip(groups, roles, strict=True)
    )


def _starts_group(group: Sequence[Line], line: Line, column: Column, after: Line | None) -> bool:
    """Whether a line starts a new paragraph after those of a group, judged by the group's own pitch once it has one."""
    if len(group) < 2:
        return starts_paragraph(group[-1], line, column, after)
    own = replace(column, pitch=group[-1].baseline - group[-2].baseline)
    return starts_paragraph(group[-1], line, own)


def make_block(
    lines: Sequence[Line],
    *,
    role: BlockRole = BlockRole.PARAGRAPH,
    column: Column | None = None,
    page_number: int | None,
    source: TextSource,
    bbox: BBox | None = None,
) -> TextBlock:
    """One text block of some lines; ``bbox`` where it is not the lines' own (turned text)."""
    text = "\n".join(line.text for line in lines)
    known = [line.confidence for line in lines if line.confidence is not None]
    place = Provenance(
        page_number=page_number,
        bbox=bbox or union_bbox(line.bbox for line in lines),
        source=source,
        confidence=fmean(known) if known else None,
    )
    return TextBlock(role=role, raw_text=text, text=text, provenance=place, style=_style(lines, column))


def _line_role(line: Line, *, in_toc: bool, page_height_pt: float) -> BlockRole:
    at_top = line.bbox.bottom < EDGE_ZONE * page_height_pt
    at_bottom = line.bbox.top > (1 - EDGE_ZONE) * page_height_pt
    if (at_top or at_bottom) and PAGE_NUMBER.fullmatch(line.text):
        return BlockRole.PAGE_NUMBER
    if line.bbox.top > (1 - 2 * EDGE_ZONE) * page_height_pt and CATCHWORD.fullmatch(line.text):
        return BlockRole.CATCHWORD
    if in_toc and TOC_LINE.fullmatch(line.text):
        return BlockRole.TOC_ENTRY
    return BlockRole.PARAGRAPH


def _style(lines: Sequence[Line], column: Column | None) -> TextStyle:
    bold = [line.bold for line in lines if line.bold is not None]
    centered = indent = None
    if column is not None and column.width > 0:
        middle = (column.left + column.right) / 2
        free = min(min(line.bbox.x0 - column.left, column.right - line.bbox.x1) for line in lines)
        off = max(abs(line.bbox.x_center - middle) for line in lines)
        centered = off < max(CENTER_TOLERANCE * column.width, 3.0) and free > CENTER_TOLERANCE * column.width
        indent = round(lines[0].bbox.x0 - column.left, 1)
    return TextStyle(
        font_size_pt=round(max(line.size_pt for line in lines), 1),
        bold=all(bold) if bold else None,
        centered=centered,
        indent_pt=indent,
    )
