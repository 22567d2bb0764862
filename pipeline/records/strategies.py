"""Strategies per resource dimension, from tables, and from lists under a dimension's heading where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docmodel.table import Cell
from docmodel.vocabulary import Dimension, TableKind
from normalizers.marks import is_blank
from normalizers.tables import RowRole, turn_table, understand_table
from normalizers.text import normalize_value
from pipeline.datasets.rows import StrategyRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.dimension_lines import MAX_TITLE_CHARS, MIN_MEASURE_CHARS, leading_dimension
from pipeline.records.items import is_unfilled, one_line, split_items
from pipeline.records.strategy_prose import read_headed_runs, read_prose, read_runs, read_sentences
from pipeline.table_view import Column, TableView
from pipeline.vocabulary import Vocabulary

# What is left of the confidence of a row whose dimension is taken from the row above for want of a better one.
GUESSED = 0.5
# A plan whose lines name so many dimensions at their front names them there throughout.
MIN_TREATED = 2
# Heads that begin with so many letters alike stand over choices of one kind.
SHARED_HEAD = 5
_NO_MEASURES = frozenset({"responsible", "number", "note", "phone", "quantity", "unit", "source", "phase", "urgency"})


def read_strategies(context: RecordContext) -> tuple[StrategyRow, ...]:
    """One row per strategy item, in reading order; prose only for dimensions that no table treats."""
    rows = [row for place in _strategy_places(context) for row in _table_rows(context, place)]
    treated = {row.dimension for row in rows}
    for section in context.sections("2.4"):
        rows += [row for row in read_prose(context, section) if row.dimension not in treated]
    rows = rows or list(read_runs(context)) or list(read_headed_runs(context))
    if len({row.dimension for row in rows}) < MIN_TREATED:
        rows += [row for row in read_sentences(context) if row.dimension not in {known.dimension for known in rows}]
    return tuple(rows)


def _strategy_places(context: RecordContext) -> Iterator[TablePlace]:
    """The tables of strategies, and those of needs with a column that says what is done."""
    for place in context.table_places:
        if place.match.kind is TableKind.STRATEGY or (
            place.match.kind is TableKind.RESOURCES and any("strategy" in column.own for column in place.view.columns)
        ):
            yield place


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
    if len(named) > 1 and len({view.columns[col].head[:SHARED_HEAD] for col in named}) == 1:
        return named  # "ทางเลือกที่ 1 | ทางเลือกที่ 2"
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
