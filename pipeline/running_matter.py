"""Finds what stands on pages but is no part of the text: running heads, page numbers, catchwords, watermarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.document import Page
from normalizers.text import thai_skeleton

EDGE_SHARE = 0.12
"""Heads and feet stand in the outer eighth of a page; Thai official paper has margins of 2.5 to 3 cm of 29.7."""
REPEAT_SHARE = 0.4
"""A head that stands on left or right pages alone covers nearly half of the pages."""
MIN_REPEATS = 3
WATERMARK_SHARE = 0.6
WATERMARK_SHIFT_PT = 20.0
"""A watermark stands at one height on all pages; captions that differ in their number alone do not."""
MAX_HEAD_CHARACTERS = 200
MIN_WATERMARK_LETTERS = 3

_NUMERAL = "[0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}]{1,4}"
_PAGE_NUMBER = re.compile(
    rf"(?:หน้า(?:ที่)?|page|p\.)?\s*[-–—|(\[]*\s*(?:{_NUMERAL}|[ivxlc]{{1,7}}|[ก-ฮ])\s*(?:(?:/|จาก|of)\s*{_NUMERAL})?\s*[-–—|)\].]*",
    re.IGNORECASE,
)
_CATCHWORD = re.compile(r"/?\s*\S.{0,60}?\s*(?:\.{2,}|…+)")
_CATCHWORD_START = re.compile(r"/\s*\S")
_DIGITS = re.compile("[0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}]+")


def mark_running_matter(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the role of each such block set; blocks whose role a reader has set already keep it.

    Give it repaired pages: a page number in another code page is none as read.
    """
    heads = _repeated(pages, at_edge=True, share=REPEAT_SHARE)
    watermarks = _repeated(pages, at_edge=False, share=WATERMARK_SHARE)
    return tuple(replace(page, blocks=tuple(_marked_blocks(page, heads, watermarks))) for page in pages)


def _marked_blocks(page: Page, heads: set[str], watermarks: set[str]) -> Iterable[Block]:
    last_text = next((block for block in reversed(page.blocks) if isinstance(block, TextBlock)), None)
    for block in page.blocks:
        if not isinstance(block, TextBlock) or not block.role.in_body or block.provenance.bbox is None:
            yield block
            continue
        role = _find_role(page, block, heads, watermarks, is_last=block is last_text)
        yield replace(block, role=role) if role is not None else block


def _find_role(
    page: Page, block: TextBlock, heads: set[str], watermarks: set[str], *, is_last: bool
) -> BlockRole | None:
    text = block.text.strip()
    edge = _edge(page, block)
    if edge is not None:
        if _PAGE_NUMBER.fullmatch(text):
            return BlockRole.PAGE_NUMBER
        if _place_key(block, edge) in heads:
            return BlockRole.PAGE_HEADER if edge == "top" else BlockRole.PAGE_FOOTER
    elif _place_key(block, None) in watermarks:
        return BlockRole.WATERMARK
    in_lower_part = block.provenance.bbox is not None and block.provenance.bbox.top > (page.height_pt or 0) * 0.75
    if is_last and in_lower_part and _CATCHWORD_START.match(text) and _CATCHWORD.fullmatch(text):
        return BlockRole.CATCHWORD
    return None


def _repeated(pages: Sequence[Page], *, at_edge: bool, share: float) -> set[str]:
    """Keys of the texts that come again on enough pages, in the same margin or inside the page."""
    found: dict[str, set[int]] = defaultdict(set)
    heights: dict[str, list[float]] = defaultdict(list)
    for index, page in enumerate(pages):
        for block in page.text_blocks():
            if block.provenance.bbox is None or len(block.text) > MAX_HEAD_CHARACTERS or not block.role.in_body:
                continue
            edge = _edge(page, block)
            if (edge is not None) is at_edge:
                key = _place_key(block, edge)
                found[key].add(index)
                heights[key].append(block.provenance.bbox.top)
    needed = max(MIN_REPEATS, share * len(pages))
    repeated = {key for key, indexes in found.items() if len(indexes) >= needed}
    if at_edge:
        return repeated
    return {
        key
        for key in repeated
        if len(key.partition("|")[2]) >= MIN_WATERMARK_LETTERS
        and max(heights[key]) - min(heights[key]) <= WATERMARK_SHIFT_PT
    }


def _place_key(block: TextBlock, edge: str | None) -> str:
    """The same for one text in one margin, whatever number changes in it and however a mark was damaged."""
    letters = thai_skeleton(_DIGITS.sub("", block.text)) or _DIGITS.sub("#", "".join(block.text.split()))
    return f"{edge}|{letters}"


def _edge(page: Page, block: TextBlock) -> str | None:
    """``top`` or ``bottom`` where the whole block stands in that margin of the page."""
    box = block.provenance.bbox
    if box is None or not page.height_pt:
        return None
    if box.bottom <= page.height_pt * EDGE_SHARE:
        return "top"
    if box.top >= page.height_pt * (1 - EDGE_SHARE):
        return "bottom"
    return None
