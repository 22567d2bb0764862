"""Strategies per resource dimension, from tables, and from lists under a dimension's heading where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.table import Cell
from docmodel.vocabulary import Dimension, TableKind
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from normalizers.tables import RowRole, printed_lines, turn_table, understand_table
from normalizers.text import join_printed_lines, normalize_value
from pipeline.datasets.rows import StrategyRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.items import Item, block_items, is_listed, is_unfilled, one_line, split_items
from pipeline.table_view import Column, TableView
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# A dimension's name stands at the front of its line: "2) ด้านวัสดุอุปกรณ์ที่สำคัญ".
MAX_LEAD_START = 8
MAX_LEAD_CHARS = 110
MAX_TITLE_CHARS = 60
# So many different dimensions, one line each, are the strategies of a plan whatever stands above them.
MIN_RUN = 3
MIN_MEASURE_CHARS = 8
# What is left of the confidence of a row whose dimension is taken from the row above for want of a better one.
GUESSED = 0.5
MIN_SENTENCE_CHARS = 20
# A plan whose lines name so many dimensions at their front names them there throughout.
MIN_TREATED = 2
SENTENCE_CONFIDENCE = 0.6
_STATES_NEED = re.compile(r"^(?:ความ)?ต้องการ|^จำนวนที่|^ปริมาณ")
_NO_MEASURES = frozenset({"responsible", "number", "note", "phone", "quantity", "unit", "source", "phase", "urgency"})
# Sections that speak of dimensions for another reason.
_OTHER_PARTS = ("2.2", "2.6", "2.7", "2.8", "annex", "3.")
_SUBJECT_WILL = re.compile(r"^\S{3,40}?(?:จะ|ต้อง)(?=\S{2})")
# What parts a dimension's name from the measure: "สถานที่: …", "สถานที่ – …".
_SAYS = re.compile(r"[:：]|\s+[-–—]+\s+")
_AND = re.compile(r"\s*(?:,|และ)")
_NEED_FOR = re.compile(r"^\s*(?:การระบุ)?(?:ความต้องการ|ทรัพยากร|กลยุทธ์)(?:ความต่อเนื่อง|ทรัพยากร)?(?:ด้าน)?\s*")
_FRONT = re.compile(r"^\s*(?:กลยุทธ์(?:ความต่อเนื่อง)?\s*)?(?:ด้าน|ทรัพยากรด้าน)\s*")


def read_strategies(context: RecordContext) -> tuple[StrategyRow, ...]:
    """One row per strategy item, in reading order; prose only for dimensions that no table treats."""
    rows = [row for place in _strategy_places(context) for row in _table_rows(context, place)]
    treated = {row.dimension for row in rows}
    for section in context.sections("2.4"):
        rows += [row for row in _prose_rows(context, section) if row.dimension not in treated]
    rows = rows or list(_runs(context))
    if len({row.dimension for row in rows}) < MIN_TREATED:
        rows += [row for row in _sentences(context) if row.dimension not in {known.dimension for known in rows}]
    return tuple(rows)


def _strategy_places(context: RecordContext) -> Iterator[TablePlace]:
    """The tables of strategies, and those of needs with a column that says what is done."""
    for place in context.table_places:
        if place.match.kind is TableKind.STRATEGY or (
            place.match.kind is TableKind.RESOURCES and any("strategy" in column.own for column in place.view.columns)
        ):
            yield place


def _runs(context: RecordContext) -> Iterator[StrategyRow]:
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


def _sentences(context: RecordContext) -> Iterator[StrategyRow]:
    """Sentences under the heading of the strategies that name no dimension at their front: each is a measure for the
    one that it speaks of first ("ถ้าใช้อาคารไม่ได้ ให้ย้ายไปเรียนที่ศาลาวัด")."""
    for section in context.sections("2.4"):
        for block in section.text_blocks():
            for item in block_items(block):
                named = context.vocabulary.dimensions.find_all(item.text)
                stated = len(item.text) >= MIN_SENTENCE_CHARS and not is_unfilled(item.text, context.vocabulary)
                if named and stated and _is_measure(item.text) and not _STATES_NEED.match(item.text.strip()):
                    place = context.block_place(section, block, SENTENCE_CONFIDENCE)
                    yield _prose_row(place, named[0].label, None, item)


def stated_measure(text: str, vocabulary: Vocabulary) -> tuple[Dimension, str, str] | None:
    """Dimension, its name as written and the measure of a line such as "ด้านสถานที่ ใช้ห้องประชุมอำเภอ"."""
    line = split_marker(one_line(text))[1]
    head, *after = _SAYS.split(line, maxsplit=1)
    if after and len(head) <= MAX_TITLE_CHARS:
        rest = after[0]
    else:
        head, rest = _cut_before_measure(line, vocabulary)
    named = announced_dimension(head, None, vocabulary) if head else None
    if named is None or len(rest.strip()) < MIN_MEASURE_CHARS or is_unfilled(rest.strip(), vocabulary):
        return None
    return named, head.strip(), rest.strip()


def _cut_before_measure(line: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """A line cut at the first space behind which a measure begins; nothing in front where there is none."""
    for match in re.finditer(r"\s+", line[:MAX_TITLE_CHARS]):
        rest = line[match.end() :]
        subject = _SUBJECT_WILL.match(rest)
        if rest.startswith(vocabulary.measure_verbs) or subject is not None:
            return line[: match.start()], rest
    return "", ""


def leading_dimension(text: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a short line names at its front, None for any other line.

    Of several names ("ลูกค้า/ผู้ให้บริการ") the first that can be read counts; what "และ" joins must begin with it, since
    that also goes on with a verb ("ระบบตรวจสอบและควบคุมครุภัณฑ์").
    """
    line = _NEED_FOR.sub("", split_marker(one_line(text))[1])
    if len(line) > MAX_LEAD_CHARS:
        return None
    joined = _AND.split(line) if len(line) <= MAX_TITLE_CHARS else []
    names = [(name, MAX_LEAD_START) for name in (line, *line.split("/")[1:])]
    for name, room in [*names, *((name, 0) for name in joined)]:
        match = vocabulary.dimensions.find(name.strip())
        if match is not None and match.start <= room:
            return match.label
    return None


def announced_dimension(head: str, marker: str | None, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a line of running text announces: it begins with its name, and a bullet only with "ด้าน"."""
    line = compact(_FRONT.sub("", head))
    named = leading_dimension(head, vocabulary)
    match = vocabulary.dimensions.find(line)
    bulleted = marker is not None and not any(char.isalnum() for char in marker)
    says_so = _FRONT.match(head.strip()) is not None
    if named is None or match is None or match.start > 0 or (bulleted and not says_so):
        return None
    return named


def _table_rows(context: RecordContext, place: TablePlace) -> Iterator[StrategyRow]:
    vocabulary = context.vocabulary
    view = _upright(place.view)
    measures = _measure_columns(view, vocabulary)
    if not measures:
        return
    strategy = measures[0]
    responsible = view.column_of("responsible")
    labels = [column.index for column in view.columns if column.index < strategy] or [
        column.index for column in view.columns if column.index not in measures
    ]
    dimension, raw = place.match.dimension, None
    for row in _rows(view, vocabulary, labels, strategy):
        label = _label(view, row, labels)
        named = leading_dimension(label, vocabulary) if label else None
        if view.roles[row] is RowRole.GROUP:
            named = leading_dimension(view.row_text(row), vocabulary)
            if named is not None:
                dimension, raw = named, one_line(view.row_text(row))
                continue
        if named is not None:
            dimension, raw = named, label
        if dimension is None or view.roles[row] is RowRole.TOTAL:
            continue
        unread = named is None and any(char.isalpha() for char in view.own_text(row, labels[0]))
        owner = view.text(row, responsible.index) if responsible and responsible.index not in measures else ""
        for col in measures:
            cell = view.cell(row, col)
            if cell is None or cell.col != col or (cell.row != row and label == _label(view, cell.row, labels)):
                continue
            for item in _items(context, place, cell, dimension=dimension, raw=label if unread else raw, owner=owner):
                yield _doubted(item) if unread else item


def _items(
    context: RecordContext,
    place: TablePlace,
    cell: Cell,
    *,
    dimension: Dimension,
    raw: str | None,
    owner: str,
) -> Iterator[StrategyRow]:
    for item in split_items(cell.text):
        if is_blank(item.text) or is_unfilled(item.text, context.vocabulary):
            continue
        yield StrategyRow(
            **context.cell_place(place, cell),
            dimension=dimension,
            dimension_raw=raw,
            item_no=item.number,
            text=normalize_value(item.text),
            responsible=None if is_blank(owner) else normalize_value(owner),
        )


def _doubted(row: StrategyRow) -> StrategyRow:
    """A row whose own label could not be read as a dimension: that it is the one above is a guess."""
    return replace(row, confidence=GUESSED * (1.0 if row.confidence is None else row.confidence))


def _upright(view: TableView) -> TableView:
    """The table with dimensions as rows, turned where the author has them as columns."""
    if sum(1 for column in view.columns if column.dimension) < 3 or view.column_of("strategy"):
        return view
    turned = turn_table(view.table)
    return TableView(
        table=understand_table(turned) if turned.n_cols > 2 else turned,
        columns=tuple(
            Column(index=index, path=(), concepts=frozenset(), own=frozenset()) for index in range(turned.n_cols)
        ),
        roles=(RowRole.BODY,) * turned.n_rows,
    )


def _measure_columns(view: TableView, vocabulary: Vocabulary) -> list[int]:
    """The columns that say what is done: the one that its head names, or all wordy ones beside the dimensions, as
    where there is one for each incident or phase."""
    free = [column for column in view.columns if not _names_dimensions(view, column, vocabulary)]
    named = [column.index for column in free if "strategy" in column.own]
    others = [c for c in free if c.index > 0 and (c.incident is not None or not c.own & _NO_MEASURES)]
    if not named and len(others) > 1 and all(_is_wordy(view, column) for column in others):
        return [column.index for column in others]
    candidates = named or [column.index for column in view.columns if column.index > 0]
    return sorted(candidates, key=lambda col: -sum(len(view.own_text(row, col)) for row in view.body_rows))[:1]


def _names_dimensions(view: TableView, column: Column, vocabulary: Vocabulary) -> bool:
    texts = [text for row in view.body_rows if (text := one_line(view.own_text(row, column.index)))]
    named = sum(1 for text in texts if len(text) <= MAX_TITLE_CHARS and leading_dimension(text, vocabulary))
    return column.index == 0 and len(texts) > 1 and named > len(texts) / 2


def _is_wordy(view: TableView, column: Column) -> bool:
    """Whether a column holds a text in most rows, of a length that says something."""
    texts = [text for row in view.body_rows if not is_blank(text := view.own_text(row, column.index))]
    return bool(texts) and sum(map(len, texts)) / len(texts) >= MIN_MEASURE_CHARS


def _rows(view: TableView, vocabulary: Vocabulary, labels: list[int], strategy: int) -> list[int]:
    """Body rows; also the first row where a table without heads was taken for a header."""
    rows = view.body_rows
    heads = view.table.header_rows or 0
    if heads == 1 and not view.columns_of("strategy") and leading_dimension(_label(view, 0, labels), vocabulary):
        return [0, *rows] if view.text(0, strategy) else rows
    return rows


def _label(view: TableView, row: int, labels: list[int]) -> str:
    texts = dict.fromkeys(one_line(view.text(row, col)) for col in labels)
    return " ".join(text for text in texts if any(char.isalpha() for char in text))


def _prose_rows(context: RecordContext, section: Section) -> Iterator[StrategyRow]:
    vocabulary = context.vocabulary
    dimension, raw = section_dimension(context, section, "2.4")
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
    """The items of a block; a printed line that is nothing but a dimension's name is an item of its own."""
    if not block.provenance.source.has_visual_lines or block.marker is not None:
        yield from block_items(block)
        return
    pieces: list[str] = [""]
    for line in printed_lines(block.raw_text, block.text):
        if _FRONT.match(line) and len(line) <= MAX_TITLE_CHARS and leading_dimension(line, vocabulary):
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
