"""The line that names a table, found above it, below it, or in its own first row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.table import Table
from normalizers.tables.printed_lines import printed_lines
from normalizers.tables.slots import TableRows, slot_text

# "ตารางที่ ๑", "ตาราง 2.1", also with the marks of ที่ moved or lost by a bad text layer.
_CAPTION = re.compile(r"^\s*(?:ตาราง\s*[^\s0-9๐-๙]{0,4}|table)\s*[0-9๐-๙]+", re.IGNORECASE)
# The same with a number that OCR took for a sign or letters: "ตารางที่ « …".
_MISREAD_CAPTION = re.compile(r"^\s*[.'‘’]?\s*ตารางท[ี่ิ]{1,2}\s+\S{1,3}\s+\S")
_CONTINUED = re.compile(r"\(?\s*(?:ต่อ|continued|cont\.?)\s*\)\s*$", re.IGNORECASE)
# How the second printed line of a caption begins where it says for whom the table is.
_SUBTITLE_STARTS = ("ด้าน", "ฝ่าย", "กลุ่ม", "งาน", "ทีม", "คณะ", "ชุด", "ศูนย์", "กอง", "สำนัก", "หน่วย", "สาขา", "แผนก")
# A caption is a line, not a paragraph that begins with a table's number.
MAX_CAPTION_CHARS = 220
# A caption may be followed by a line that says for which group the table is.
MAX_SUBTITLES = 2
MAX_SUBTITLE_CHARS = 120


def find_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with ``caption`` set on each table that has none and for which a line is found.

    A numbered caption just above is taken first, with the line or two between it and the table; then one inside the
    table's first row; then one just below that no other table follows; then a heading or bold line just above. The
    lines stay in the flow, so that nothing is lost when the guess is wrong.
    """
    taken: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, TableBlock) and block.table.caption is None:
            caption = _find_caption(blocks, index)
            taken.append(TableBlock(table=replace(block.table, caption=caption)) if caption else block)
        else:
            taken.append(block)
    return tuple(taken)


def is_caption(text: str) -> bool:
    """Whether a line is a table's numbered caption."""
    return len(text) <= MAX_CAPTION_CHARS and bool(_CAPTION.match(text) or _MISREAD_CAPTION.match(text))


def is_continued_caption(text: str) -> bool:
    """Whether a line says that the table above goes on: "ตารางที่ ๒ (ต่อ)", or "(ต่อ)" alone."""
    return len(text) <= MAX_CAPTION_CHARS and bool(_CONTINUED.search(text.strip()))


def _find_caption(blocks: Sequence[Block], index: int) -> str | None:
    table_block = blocks[index]
    assert isinstance(table_block, TableBlock)
    return (
        _numbered_above(blocks, index)
        or _inside(table_block.table)
        or _numbered_below(blocks, index)
        or _title_above(blocks, index)
    )


def _numbered_above(blocks: Sequence[Block], index: int) -> str | None:
    below: list[str] = []
    for block in reversed(blocks[:index]):
        if not isinstance(block, TextBlock):
            return None
        if not block.role.in_body or not block.text.strip():
            continue
        lines = _lines(block)
        start = next((at for at in range(len(lines) - 1, -1, -1) if is_caption(lines[at])), None)
        if start is not None:
            return "\n".join([*lines[start:], *below])
        if len(block.text) > MAX_SUBTITLE_CHARS or len(below) + len(lines) > MAX_SUBTITLES:
            return None
        below[:0] = lines
    return None


def _lines(block: TextBlock) -> list[str]:
    """The lines of a paragraph: the author's, and in print the line that follows a caption's own (a group's name)."""
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    if len(lines) != 1 or not is_caption(lines[0]) or not block.provenance.source.has_visual_lines:
        return lines
    printed = printed_lines(block.raw_text, lines[0])
    return list(printed) if any(line.startswith(_SUBTITLE_STARTS) for line in printed[1:]) else lines


def _inside(table: Table) -> str | None:
    """The caption that the author put into the grid as a first row."""
    rows = TableRows(table)
    if not table.n_rows or not rows.is_full_width(0):
        return None
    text = slot_text(rows.cells[0][0])
    return text if is_caption(text) else None


def _numbered_below(blocks: Sequence[Block], index: int) -> str | None:
    following = [
        block
        for block in blocks[index + 1 : index + 4]
        if not isinstance(block, TextBlock) or (block.role.in_body and block.text.strip())
    ]
    if not following or not isinstance(following[0], TextBlock) or not is_caption(following[0].text.strip()):
        return None
    if any(isinstance(block, TableBlock) for block in following[1:]):
        return None
    return following[0].text.strip()


def _title_above(blocks: Sequence[Block], index: int) -> str | None:
    for block in reversed(blocks[:index]):
        if not isinstance(block, TextBlock):
            return None
        text = block.text.strip()
        if not block.role.in_body or not text:
            continue
        emphatic = block.role is BlockRole.HEADING or block.style.bold or block.style.underlined
        return text if emphatic and len(text) <= MAX_SUBTITLE_CHARS else None
    return None
