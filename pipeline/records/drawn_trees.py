"""Who notifies whom where a plan draws it: boxes one under the other, an organisation chart, a list inside a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from normalizers.markers import split_marker
from normalizers.numerals import to_arabic_digits
from normalizers.phones import parse_phones
from normalizers.tables import printed_lines
from normalizers.text import normalize_value
from pipeline.datasets.rows import CallTreeRow
from pipeline.records.context import RecordContext
from pipeline.records.items import one_line
from pipeline.records.people import starts_with_title
from pipeline.vocabulary import Vocabulary

# A box holds a post or a name; a longer text says something of its own.
MAX_BOX_CHARS = 90
# Without arrows and levels two posts beside each other may be anything.
MIN_BARE_BOXES = 3
INDENT_STEP_PT = 9.0
# The order of the boxes is all that says it.
DRAWN_CONFIDENCE, ORDER_CONFIDENCE = 0.7, 0.5

_CONNECTOR = re.compile(r"^[\s↓⬇▼→➔➜⇒|│┃\uf0e0\uf0e2\uf0e8\uf0ea\uf0f0\uf0f2]+$")
_AFTER_NAME = re.compile(r"\s*[(\[]?\s*(?:โทร|มือถือ|เบอร์|หมายเลข|tel|[0๐][\d๐-๙][\s\d๐-๙-]{6,}).*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """A post or person with the shape of its marker and indent, by which boxes of one rank are alike."""

    name: str
    block: TextBlock
    rank: tuple[object, ...]
    number: str | None
    has_phone: bool
    after_arrow: bool


def read_drawn_tree(context: RecordContext, section: Section) -> Iterator[CallTreeRow]:
    """Rows of a section that states no notification in words: a box is told by the one it hangs under."""
    for boxes in _runs(section, context.vocabulary):
        depths = _depths(boxes)
        drawn = any(box.after_arrow for box in boxes[1:])
        flat = len(set(depths)) == 1
        listed = any(box.has_phone or box.number for box in boxes)
        if flat and not drawn and (listed or len(boxes) < MIN_BARE_BOXES):
            continue  # a list of whom to reach says nothing of who calls
        confidence = DRAWN_CONFIDENCE if drawn or not flat else ORDER_CONFIDENCE
        for index, box in enumerate(boxes[1:], start=1):
            above = index - 1 if flat else _parent(depths, index)
            if above is not None:
                yield CallTreeRow(
                    **context.block_place(section, box.block, confidence),
                    step_no=box.number,
                    caller=boxes[above].name,
                    callee=box.name,
                    text=normalize_value(f"{boxes[above].name} → {box.name}"),
                )


def _runs(section: Section, vocabulary: Vocabulary) -> Iterator[list[_Box]]:
    """Boxes that follow each other with nothing but arrows between."""
    run: list[_Box] = []
    after_arrow = False
    for block in section.text_blocks():
        for line in _lines(block, vocabulary):
            if not line.strip():
                continue
            if _CONNECTOR.match(line):
                after_arrow = True
                continue
            box = _read_box(line, block, vocabulary, after_arrow=after_arrow)
            after_arrow = False
            if box is not None:
                run.append(box)
            elif len(run) > 1:
                yield run
                run = []
            else:
                run = []
    if len(run) > 1:
        yield run


def _lines(block: TextBlock, vocabulary: Vocabulary) -> Sequence[str]:
    """The author's lines of a block; the printed ones where each is a box by itself: no running text."""
    if "\n" not in block.text and block.provenance.source.has_visual_lines:
        printed = printed_lines(block.raw_text, block.text)
        boxes = [_read_box(line, block, vocabulary, after_arrow=False) for line in printed]
        if len(printed) >= MIN_BARE_BOXES and all(boxes):
            return printed
    return block.text.split("\n")


def _read_box(line: str, block: TextBlock, vocabulary: Vocabulary, *, after_arrow: bool) -> _Box | None:
    marker, text = split_marker(one_line(line))
    marker = block.marker or marker
    name = normalize_value(_AFTER_NAME.sub("", text)).strip(" :-–,")
    if not 2 < len(name) <= MAX_BOX_CHARS:
        return None
    starts = (*vocabulary.call_actors, *vocabulary.post_starts, *vocabulary.agency_starts)
    if not (name.startswith(starts) or starts_with_title(name, vocabulary)):
        return None
    arabic = to_arabic_digits(marker or "")
    indent = round((block.style.indent_pt or 0.0) / INDENT_STEP_PT)
    return _Box(
        name=name,
        block=block,
        rank=(block.level, _DIGITS.sub("#", arabic), indent),
        number=arabic.strip("().: ") if any(char.isdigit() for char in arabic) else None,
        has_phone=bool(parse_phones(text)),
        after_arrow=after_arrow,
    )


def _depths(boxes: Sequence[_Box]) -> list[int]:
    """How deep each box stands: one of a new rank hangs under the box before it."""
    stack: list[tuple[object, ...]] = []
    depths = []
    for box in boxes:
        if box.rank in stack:
            del stack[stack.index(box.rank) + 1 :]
        else:
            stack.append(box.rank)
        depths.append(len(stack))
    return depths


def _parent(depths: Sequence[int], index: int) -> int | None:
    return next((at for at in range(index - 1, -1, -1) if depths[at] < depths[index]), None)
