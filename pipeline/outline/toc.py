"""Which lines belong to a table of contents: they name parts of the plan without being them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from normalizers.text import thai_skeleton
from pipeline.mapping.lexicon import TOC
from pipeline.outline.lines import MAX_HEADING_CHARS, Line

_LEADER: Final = re.compile(r"(?:[.…·‥_]\s?){4,}\s*[0-9๐-๙]{0,4}\s*$")
_PAGE_AT_END: Final = re.compile(r"(?:(?:\s+|(?<=[^\W\d]))[0-9๐-๙]{1,3}(?:\s*[-–]\s*[0-9๐-๙]{1,3})?|\s+[ก-ฮ])\s*$")
_ONLY_NUMBER: Final = re.compile(r"^\W*[0-9๐-๙]{1,3}(?:\s*[-–]\s*[0-9๐-๙]{1,3})?\W*$")
_COLUMN_HEADS: Final = frozenset(
    thai_skeleton(head)
    for head in (
        *("เรื่อง", "หน้า", "เรื่อง หน้า", "เนื้อหา", "เนื้อหา หน้า", "หน้าที่", "รายการ หน้า"),
        *("หัวข้อ หน้า", "ลำดับ เรื่อง หน้า", "page"),
    )
)
# A list of so many lines with page numbers is a table of contents, also without its heading.
MIN_HEADLESS_ENTRIES: Final = 4
MIN_TOC_SCORE: Final = 0.7


def find_toc_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of all lines of tables of contents, without the headings "สารบัญ" themselves."""
    found: set[int] = {line.index for line in lines if line.role is BlockRole.TOC_ENTRY}
    position = 0
    while position < len(lines):
        if _is_toc_heading(lines[position]):
            end = _end_of_toc(lines, position + 1)
            found.update(line.index for line in lines[position + 1 : end] if isinstance(line.block, TextBlock))
            position = max(end, position + 1)
        else:
            end = _end_of_leaders(lines, position)
            if end - position >= MIN_HEADLESS_ENTRIES:
                found.update(line.index for line in lines[position:end])
            position = max(end, position + 1)
    return frozenset(found)


def is_toc_heading(line: Line) -> bool:
    """Whether a line is the heading of a table of contents."""
    return _is_toc_heading(line)


def _is_toc_heading(line: Line) -> bool:
    best = line.best
    return best is not None and best.label == TOC and best.score >= MIN_TOC_SCORE and not _LEADER.search(line.text)


def is_column_head(text: str) -> bool:
    """Whether a line only heads the columns of a table of contents ("เรื่อง หน้า")."""
    return thai_skeleton(text) in _COLUMN_HEADS


def _looks_like_entry(line: Line) -> bool:
    if not line.is_text or len(line.text) > MAX_HEADING_CHARS:
        return False
    return bool(
        _LEADER.search(line.text)
        or _PAGE_AT_END.search(line.text)
        or _ONLY_NUMBER.match(line.text)
        or is_column_head(line.text)
    )


def _end_of_toc(lines: Sequence[Line], start: int) -> int:
    """Where the entries after a heading "สารบัญ" end.

    Entries without a page number belong to it as long as another entry follows soon, but not from the point on where
    the words of an earlier entry come back: there the body begins.
    """
    end = position = start
    seen: set[str] = set()
    while position < len(lines):
        line = lines[position]
        if not isinstance(line.block, TextBlock):
            # a table of contents that was typed as a table; what comes after it is read on
            if position == start:
                return position + 1
            break
        key = _entry_key(line)
        if _looks_like_entry(line) or _is_toc_heading(line):
            end = position + 1
        elif len(line.text) > MAX_HEADING_CHARS or (key and key in seen) or position - end >= _PATIENCE:
            break
        if key:
            seen.add(key)
        position += 1
    return end if end > start else _end_of_bare_list(lines, start)


# An entry that wraps, or a chapter's name without a page, between two entries with page numbers.
_PATIENCE: Final = 3
MAX_BARE_ENTRIES: Final = 60


def _end_of_bare_list(lines: Sequence[Line], start: int) -> int:
    """Where a table of contents without any page number ends: where its first entry comes again as a heading."""
    if start >= len(lines) or not lines[start].is_text:
        return start
    first = _entry_key(lines[start])
    for position in range(start + 2, min(len(lines), start + MAX_BARE_ENTRIES)):
        if len(lines[position].text) > MAX_HEADING_CHARS or not lines[position].is_text:
            return start
        if first and _entry_key(lines[position]) == first:
            return position
    return start


def _entry_key(line: Line) -> str:
    return thai_skeleton(_PAGE_AT_END.sub("", _LEADER.sub("", line.text)))


def _end_of_leaders(lines: Sequence[Line], start: int) -> int:
    """Where a run of lines with dot leaders ends."""
    position = start
    while position < len(lines) and lines[position].is_text and _has_leader_and_page(lines[position].text):
        position += 1
    return position


_LEADER_AND_PAGE: Final = re.compile(r"(?:[.…·‥]\s?){4,}\s*[0-9๐-๙]{1,4}\s*$")


def _has_leader_and_page(text: str) -> bool:
    return bool(_LEADER_AND_PAGE.search(text))
