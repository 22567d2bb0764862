"""Strategies in running text: under their own heading, or lines of their own kind anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import Dimension
from normalizers.markers import split_marker
from normalizers.tables import printed_lines
from normalizers.text import join_printed_lines, normalize_value
from pipeline.datasets.rows import StrategyRow
from pipeline.records.context import RecordContext
from pipeline.records.dimension_lines import (
    FRONT,
    MAX_TITLE_CHARS,
    MIN_MEASURE_CHARS,
    announced_dimension,
    leading_dimension,
    stated_measure,
)
from pipeline.records.items import Item, block_items, is_listed, is_unfilled, one_line, split_items
from pipeline.records.need_dimensions import named_by_front
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# So many different dimensions, one line each, are the strategies of a plan whatever stands above them.
MIN_RUN = 3
MIN_SENTENCE_CHARS = 20
SENTENCE_CONFIDENCE = 0.6
# Where something is kept says nothing of the workplace, unlike where people work.
_ELSEWHERE = re.compile(r"(?<!งาน)นอก(?:สถานที่|พื้นที่|อาคาร)")
_STATES_NEED = re.compile(r"^(?:ความ)?ต้องการ|^จำนวนที่|^ปริมาณ")
# What an incident does to a resource: a line of the impacts, not of the strategies.
_HARM = re.compile(r"ไม่ได้|เสียหาย|ไม่สามารถ|ได้รับผลกระทบ|ส่งผลกระทบ")
_CONDITION = re.compile(
    r"^(?:ใน)?(?:ถ้า|หาก|เมื่อ|กรณี(?:ที่)?)\s*(?:ใช้|ขาด|ไม่มี)?\s*(.{2,40}?)(?=ใช้|เสียหาย|ชำรุด|หยุด|ขาด|ไม่|ล่ม|ดับ|ขัดข้อง|ถูก|\sให้)"
)
# What a system does and a thing does not: "ถ้าคอมพิวเตอร์ล่ม" means what runs on it.
_CRASHES = "ล่ม"
# Sections that speak of dimensions for another reason.
_OTHER_PARTS = ("2.2", "2.6", "2.7", "2.8", "annex", "3.")


def read_runs(context: RecordContext) -> Iterator[StrategyRow]:
    """Lines that follow each other and each say what is done for another dimension, in a plan without such a part."""
    vocabulary = context.vocabulary
    for section in context.mapped.outline.sections:
        if any(element.startswith(_OTHER_PARTS) for element in context.element_ids(section)):
            continue
        run: list[StrategyRow] = []
        for block in (*section.text_blocks(), None):
            said = stated_measure(one_line(block.text), vocabulary) if block is not None else None
            if block is not None and said is not None:
                place = context.block_place(section, block)
                item = Item(marker=None, text=said[2])
                run.append(_prose_row(place, said[0], said[1], item))
                continue
            if len({row.dimension for row in run}) >= MIN_RUN:
                yield from run
            run = []


def read_headed_runs(context: RecordContext) -> Iterator[StrategyRow]:
    """Sections beside each other whose headings each name another dimension and under which stands what is done, in a
    plan that has no such part by any name known."""
    for _, siblings in groupby(context.mapped.outline.sections, key=lambda section: section.parent_id):
        run: list[StrategyRow] = []
        for section in siblings:
            dimension, raw = section_dimension(context, section, "2.4")
            if dimension is None or context.element_ids(section):
                continue
            items = [(block, item) for block in section.text_blocks() for item in block_items(block)]
            if not items or any(section.table_blocks()) or not all(_is_done(item.text, context) for _, item in items):
                continue
            run += [_prose_row(context.block_place(section, block), dimension, raw, item) for block, item in items]
        if len({row.dimension for row in run}) >= MIN_RUN:
            yield from run


def _is_done(text: str, context: RecordContext) -> bool:
    """Whether a text says what is done and not what is hit: it begins with a verb of doing."""
    says = split_marker(one_line(text))[1]
    return (
        says.startswith(context.vocabulary.measure_verbs) and len(says) >= MIN_MEASURE_CHARS and not _HARM.search(says)
    )


def read_sentences(context: RecordContext) -> Iterator[StrategyRow]:
    """Sentences under the heading of the strategies that name no dimension at their front: each is a measure for the
    one that it speaks of first ("ถ้าใช้อาคารไม่ได้ ให้ย้ายไปเรียนที่ศาลาวัด")."""
    for section in context.sections("2.4"):
        for block in section.text_blocks():
            for item in block_items(block):
                named = _spoken_of(item.text, context.vocabulary)
                stated = len(item.text) >= MIN_SENTENCE_CHARS and not is_unfilled(item.text, context.vocabulary)
                if (
                    named is not None
                    and stated
                    and _is_measure(item.text)
                    and not _STATES_NEED.match(item.text.strip())
                ):
                    place = context.block_place(section, block, SENTENCE_CONFIDENCE)
                    yield _prose_row(place, named, None, item)


def _spoken_of(text: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a sentence speaks of: what fails in its condition ("ถ้าครูหยุดหลายคน ให้…"), or named first."""
    says = split_marker(one_line(text))[1]
    condition = _CONDITION.match(says)
    if condition and says.startswith(_CRASHES, condition.end()):
        return Dimension.IT
    fails = [named_by_front(part, vocabulary) for part in re.split("หรือ|และ", condition.group(1))] if condition else []
    named = next((dimension for dimension in fails if dimension is not None), None)
    found = vocabulary.dimensions.find_all(_ELSEWHERE.sub(" ", text))
    return named or (found[0].label if found else None)


def read_prose(context: RecordContext, section: Section) -> Iterator[StrategyRow]:
    """The measures listed under the heading of a dimension, or behind its name in a line of their own, which may have
    been read as a heading ("ด้านบุคลากร : จัดครูสอนแทน")."""
    vocabulary = context.vocabulary
    dimension, raw = section_dimension(context, section, "2.4")
    headed = stated_measure(section.heading.text, vocabulary) if section.heading is not None else None
    if section.heading is not None and headed is not None and headed[2].startswith(vocabulary.measure_verbs):
        where = context.block_place(section, section.heading)
        yield _prose_row(where, headed[0], headed[1], Item(marker=None, text=headed[2]))
    for block in section.text_blocks():
        where = context.block_place(section, block)
        for item in _items_of(block, vocabulary):
            said = stated_measure(item.text, vocabulary)
            if said is not None:
                dimension, raw = said[0], said[1]
                yield _prose_row(where, dimension, raw, Item(marker=None, text=said[2]))
                continue
            head, _, rest = item.text.partition(":")
            named = announced_dimension(head, item.marker, vocabulary)
            if named is not None and (rest.strip() or len(compact(item.text)) <= MAX_TITLE_CHARS):
                dimension, raw = named, one_line(head)
                if rest.strip():
                    yield _prose_row(where, dimension, raw, Item(marker=None, text=rest))
                continue
            listed = is_listed(block) or item.marker is not None
            if dimension is None or is_unfilled(item.text, vocabulary) or len(item.text) < 8:
                continue
            if listed or _is_measure(item.text):
                yield _prose_row(where, dimension, raw, item)


def _items_of(block: TextBlock, vocabulary: Vocabulary) -> Iterator[Item]:
    """The items of a block; a printed line that is nothing but a dimension's name is an item of its own, and so is one
    that begins with such a name and a colon, or that states a measure for another dimension than the block's first."""
    if not block.provenance.source.has_visual_lines or block.marker is not None:
        yield from block_items(block)
        return
    pieces: list[str] = [""]
    lines = printed_lines(block.raw_text, block.text)
    measures = [stated_measure(line, vocabulary) for line in lines]
    begins = measures[0] if measures else None
    for line, said in zip(lines, measures, strict=True):
        named = FRONT.match(line) is not None and ":" in line[:MAX_TITLE_CHARS]
        if said is not None and (named or (begins is not None and said[0] is not begins[0])):
            pieces.append(line)
        elif FRONT.match(line) and len(line) <= MAX_TITLE_CHARS and leading_dimension(line, vocabulary):
            pieces += [line, ""]
        else:
            pieces[-1] += f"\n{line}"
    if len(pieces) == 1:
        yield from block_items(block)
        return
    for piece in pieces:
        if piece.strip():
            yield from split_items(join_printed_lines(piece))


def _prose_row(place: dict[str, Any], dimension: Dimension, raw: str | None, item: Item) -> StrategyRow:
    return StrategyRow(
        **place,
        dimension=dimension,
        dimension_raw=raw,
        item_no=item.number,
        text=normalize_value(item.text),
    )


def section_dimension(context: RecordContext, section: Section, component: str) -> tuple[Dimension | None, str | None]:
    """The dimension of a section, by its label under a component or by its heading, and the heading."""
    for element in context.element_ids(section):
        suffix = element.rpartition(".")[2]
        if element.startswith(f"{component}.") and suffix in Dimension.__members__.values():
            return Dimension(suffix), section.heading.text.strip() if section.heading else None
    if section.heading is not None:
        named = leading_dimension(section.heading.text, context.vocabulary)
        if named is not None:
            return named, section.heading.text.strip()
    return None, None


def _is_measure(text: str) -> bool:
    """Whether a paragraph states a measure rather than announces a list or a table."""
    return not text.rstrip().endswith((":", "ดังนี้", "ดังต่อไปนี้")) and "ตารางที่" not in text
