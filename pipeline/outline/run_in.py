"""Headings that share a paragraph with their text: "๒.๔ กลยุทธ์ความต่อเนื่อง: หน่วยงานกำหนดให้…"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docmodel.blocks import Block, BlockRole, TextBlock
from normalizers.tables.captions import is_caption
from normalizers.text import normalize_value, thai_skeleton
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, Lexicon
from pipeline.outline.numbering import NumberKind, split_number

# The words before the break must be explained entirely by the schema's terms: a sentence may begin with one, too.
MIN_SCORE: Final = 0.95
MIN_REST_CHARS: Final = 12
MAX_HEAD_CHARS: Final = 120

_BREAK: Final = re.compile(r"\s*(?P<strong>\n|\t| {2,}|[:：]|\s[-–—]\s)\s*|(?P<weak> +)")


def split_run_in_headings(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The same blocks with each such paragraph cut in two: its heading, still unproven, and its text.

    After a colon, a tab or a line end of the author any known heading is cut off; after a mere space only one with a
    number of two parts or more, since sentences begin with the same words.
    """
    return tuple(piece for block in blocks for piece in _split(block, lexicon))


def _split(block: Block, lexicon: Lexicon) -> Iterator[Block]:
    place = _find_break(block, lexicon) if isinstance(block, TextBlock) else None
    if place is None or not isinstance(block, TextBlock):
        yield block
        return
    head, rest = block.text[: place[0]].rstrip(), block.text[place[1] :].lstrip()
    raw_head, raw_rest = _split_raw(block.raw_text, head, rest)
    yield replace(block, role=BlockRole.PARAGRAPH, text=head, raw_text=raw_head)
    yield replace(block, role=BlockRole.PARAGRAPH, text=rest, raw_text=raw_rest, marker=None, level=None)


def _find_break(block: TextBlock, lexicon: Lexicon) -> tuple[int, int] | None:
    """Start and end of the break after the heading; the longest heading counts."""
    if is_caption(block.text):
        return None
    best: tuple[int, int] | None = None
    for match in _BREAK.finditer(block.text[: MAX_HEAD_CHARS + 1]):
        head, rest = block.text[: match.start()], block.text[match.end() :]
        numbering, words = split_number(block.marker, normalize_value(head))
        strong = match["strong"] is not None
        deep = numbering is not None and numbering.kind is NumberKind.DOTTED and numbering.depth > 1
        if not words or len(rest.strip()) < MIN_REST_CHARS or not (strong or deep):
            continue
        candidates = match_heading(words, lexicon)
        if not candidates or candidates[0].score < MIN_SCORE:
            continue
        if candidates[0].label.startswith((OUTSIDE, ASPECT)) and match["strong"] != "\n":
            continue
        best = (match.start(), match.end())
    if best is None or _is_all_heading(block, lexicon):
        return None
    return best


def _is_all_heading(block: TextBlock, lexicon: Lexicon) -> bool:
    """Whether the whole text is one heading already ("ขอบเขต ของแผน")."""
    if len(block.text) > MAX_HEAD_CHARS:
        return False
    candidates = match_heading(split_number(block.marker, normalize_value(block.text))[1], lexicon)
    return bool(candidates) and candidates[0].score >= MIN_SCORE


def _split_raw(raw_text: str, head: str, rest: str) -> tuple[str, str]:
    """Cut the raw text where the letters of the heading are used up; where it differs, give both as repaired."""
    wanted = thai_skeleton(head)
    low, high = 0, len(raw_text)
    while low < high:
        middle = (low + high) // 2
        if len(thai_skeleton(raw_text[:middle])) < len(wanted):
            low = middle + 1
        else:
            high = middle
    while low < len(raw_text) and thai_skeleton(raw_text[: low + 1]) == wanted and not raw_text[low].isspace():
        low += 1
    if thai_skeleton(raw_text[:low]) != wanted:
        return head, rest
    return raw_text[:low].rstrip(), raw_text[low:].lstrip(" \t\n:：-–—")
