"""Objectives, assumptions and scope items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import StatementKind
from normalizers.text import normalize_value
from pipeline.datasets.rows import StatementRow
from pipeline.records.context import RecordContext
from pipeline.records.items import Item, block_items, is_listed, is_unfilled
from pipeline.vocabulary import Vocabulary

ELEMENTS = {
    "2.1.objectives": StatementKind.OBJECTIVE,
    "2.1.assumptions": StatementKind.ASSUMPTION,
    "2.1.scope": StatementKind.SCOPE,
}
# A line that only announces the list is no statement of it.
_INTRO = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|ประกอบด้วย|คือ)\s*[:：]?\s*$|:\s*$")
_PURPOSE = re.compile(r"^(?:เพื่อ|ให้|สร้าง|ลด|เตรียม|กำหนด)")
# A paragraph of a merged section that says itself which of the kinds it is; the word that stands first counts.
_NAMED = re.compile(
    r"(?P<objective>วัตถุประสงค์|จุดมุ่งหมาย|จุดประสงค์|เป้าประสงค์|เพื่อ)"
    r"|(?P<assumption>สมมติฐาน|สมมุติฐาน|ข้อสมมติ)|(?P<scope>ขอบเขต|ขอบข่าย|ครอบคลุม)"
)
# What a paragraph that states an aim says somewhere; the items of a list are aims by their place.
_AIMS = re.compile(
    r"เพื่อ|ให้|มุ่ง|เป้าหมาย|วัตถุประสงค์|รักษา|ลด|สร้าง|เตรียม|กำหนด|ป้องกัน|สามารถ|\b(?:to|ensure|objective|purpose)\b",
    re.IGNORECASE,
)
MIN_CHARS = 8
# An item of a list may be one word: "อุทกภัย".
MIN_ITEM_CHARS = 3


def read_statements(context: RecordContext) -> tuple[StatementRow, ...]:
    """One row per objective, assumption and scope item, in reading order."""
    return tuple(row for section in context.sections("2.1") for row in _section_statements(context, section))


def statement_items(section: Section, vocabulary: Vocabulary) -> Iterator[tuple[TextBlock, Item]]:
    """The items of a section: those of its lists, or its paragraphs where it has no list."""
    blocks = [block for block in section.text_blocks() if block.text.strip()]
    listed = [block for block in blocks if is_listed(block) or any(item.marker for item in _items(block))]
    for block in listed or blocks:
        for item in _items(block):
            if block in listed and item.marker is None and not is_listed(block):
                continue
            text = item.text.strip()
            shortest = MIN_ITEM_CHARS if item.marker is not None else MIN_CHARS
            if len(text) >= shortest and not is_unfilled(text, vocabulary) and not _INTRO.search(text):
                yield block, Item(marker=item.marker, text=text)


def _items(block: TextBlock) -> tuple[Item, ...]:
    """The items of a block; of a sentence that leads to a list in its own line, those of the list."""
    items = block_items(block)
    alone = len(items) == 1 and items[0].marker is None
    return block_items(block, sub_items=True) if alone else items


def _section_statements(context: RecordContext, section: Section) -> Iterator[StatementRow]:
    kinds = [ELEMENTS[element] for element in context.element_ids(section) if element in ELEMENTS]
    if not kinds:
        return
    for block, item in statement_items(section, context.vocabulary):
        kind = kinds[0] if len(kinds) == 1 else _kind_of(item.text, kinds, context.vocabulary)
        if kind is StatementKind.OBJECTIVE and item.marker is None and not _AIMS.search(item.text):
            continue  # a paragraph of the background that stands under the same heading
        yield StatementRow(
            **context.block_place(section, block, 1.0 if item.marker else 0.8),
            kind=kind,
            item_no=item.number,
            text=normalize_value(item.text),
        )


def _kind_of(text: str, kinds: list[StatementKind], vocabulary: Vocabulary) -> StatementKind:
    """Which of the kinds of a merged section an item is: what it names itself; purposes begin with "to", scope names
    incidents."""
    if StatementKind.OBJECTIVE in kinds and _PURPOSE.match(text):
        return StatementKind.OBJECTIVE
    named = _NAMED.search(text)
    if named is not None and named.lastgroup is not None and StatementKind(named.lastgroup) in kinds:
        return StatementKind(named.lastgroup)
    if StatementKind.SCOPE in kinds and vocabulary.incidents.find_all(text):
        return StatementKind.SCOPE
    rest = [kind for kind in kinds if kind is not StatementKind.OBJECTIVE]
    return StatementKind.ASSUMPTION if StatementKind.ASSUMPTION in rest else (rest or kinds)[0]
