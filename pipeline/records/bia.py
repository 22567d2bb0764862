"""Processes of the business impact analysis with their urgency and target time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docmodel.vocabulary import TableKind, Urgency
from normalizers.durations import HourRange, parse_duration
from normalizers.markers import split_marker
from normalizers.marks import Mark, is_blank, read_mark
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import BiaProcessRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.items import is_unfilled, one_line, split_items
from pipeline.records.prose_needs import read_listed_processes
from pipeline.table_view import Column, TableView, hours_under
from pipeline.vocabulary import Vocabulary

# "สูงมาก", "ระดับปานกลาง": a level stands alone in its cell.
MAX_LEVEL_CHARS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """Which column says what."""

    process: int
    group: int | None
    number: int | None
    urgency: int | None
    urgency_levels: tuple[Column, ...]
    levels_over_time: tuple[Column, ...]
    buckets: tuple[Column, ...]
    time: Column | None
    owner: int | None


def read_bia_processes(context: RecordContext) -> tuple[BiaProcessRow, ...]:
    """One row per process. Its target time is the first ticked bucket or the stated time; the tolerable outage
    stands in only where the table has no target time."""
    rows = tuple(row for place in context.tables(TableKind.BIA) for row in _table_rows(context, place))
    return rows or read_listed_processes(context)


def _table_rows(context: RecordContext, place: TablePlace) -> Iterator[BiaProcessRow]:
    view, vocabulary = place.view, context.vocabulary
    heads = _find_heads(view, vocabulary)
    group: str | None = None
    group_marked = False
    rows = view.body_rows
    for at, row in enumerate(rows):
        if view.roles[row] is RowRole.TOTAL:
            continue
        text = view.own_text(row, heads.process)
        following = view.roles[rows[at + 1]] if at + 1 < len(rows) else RowRole.BLANK
        if view.roles[row] is RowRole.GROUP and following is RowRole.BODY:
            group = normalize_value(split_marker(one_line(view.row_text(row)))[1])
            group_marked = _is_marked(view.own_text(rows[at + 1], heads.process))
            continue
        if not any(char.isalpha() for char in text) or is_unfilled(text, vocabulary):
            continue
        if group is not None and group_marked and not _is_marked(text):
            group = None  # items of the group are marked and this row is not: it stands by itself
        yield from _process_rows(context, place, heads, row, group)


def _process_rows(
    context: RecordContext, place: TablePlace, heads: _Heads, row: int, group: str | None
) -> Iterator[BiaProcessRow]:
    view = place.view
    cell = view.cell(row, heads.process)
    names = split_items(view.own_text(row, heads.process))
    levels = (
        [line for line in view.text(row, heads.urgency).split("\n") if line.strip()]
        if heads.urgency is not None
        else []
    )
    if len(names) < 2 or len(levels) != len(names):
        marker, name = split_marker(one_line(view.own_text(row, heads.process)))
        names = ()
        pairs = [(marker, name, _urgency_text(view, heads, row, context.vocabulary))]
    else:
        pairs = [(item.marker, item.text, level) for item, level in zip(names, levels, strict=True)]
    rto_raw, hours = _target_time(view, heads, row)
    owner = view.text(row, heads.owner) if heads.owner is not None else ""
    own_group = view.text(row, heads.group) if heads.group is not None else ""
    number = view.text(row, heads.number) if heads.number is not None else ""
    for marker, name, level in pairs:
        yield BiaProcessRow(
            **context.cell_place(place, cell),
            process_no=_number(number) or _number(marker or ""),
            process_group=normalize_value(one_line(own_group)) if not is_blank(own_group) else group,
            process_name=normalize_value(one_line(name)),
            urgency=find_urgency(level, context.vocabulary),
            urgency_raw=level or None,
            rto_raw=rto_raw,
            rto_min_hours=hours.min_hours if hours else None,
            rto_max_hours=hours.max_hours if hours else None,
            owner=None if is_blank(owner) else normalize_value(one_line(owner)),
        )


def find_urgency(text: str, vocabulary: Vocabulary) -> Urgency | None:
    """The urgency that a cell states, None for a blank or unknown one."""
    match = vocabulary.urgency.find_all(text)
    return match[0].label if match else None


def _find_heads(view: TableView, vocabulary: Vocabulary) -> _Heads:
    process = view.column_of("process")
    labels = [
        column for column in view.columns if column.hours is None and not column.own & {"number", "urgency", "rto"}
    ]
    process = process or (labels[0] if labels else view.columns[0])
    if "number" in process.own and len(labels) > 1:
        process = next((column for column in labels if column.index != process.index), process)
    process = _named_column(view, process)
    group = next((c for c in view.columns if "group" in c.own and c.index != process.index and c.hours is None), None)
    levels = tuple(
        column
        for column in view.columns
        if "urgency" in column.concepts and len(column.path) > 1 and vocabulary.urgency.find_all(column.head)
    )
    levels = levels or _ticked_levels(view, vocabulary)
    urgency = next((column for column in view.columns if "urgency" in column.concepts and column not in levels), None)
    over_time = _level_buckets(view, vocabulary)
    if over_time:
        urgency = next((column for column in view.columns if "urgency" in column.own and column.hours is None), None)
        levels = ()
    elif urgency is None and not levels:
        urgency, *others = [*_columns_of_levels(view, vocabulary, besides=process.index), None]
        if urgency is not None and others[0] is not None:  # several kinds of impact: the gravest counts
            over_time, urgency = (urgency, *(column for column in others if column is not None)), None
    timed = [column for column in view.columns if "rto" in column.concepts and column.hours is None]
    # A head that speaks of the tolerable outage too yields to one that does not.
    time = min(timed, key=lambda column: "mtpd" in column.own, default=None)
    buckets = tuple(column for column in _target_buckets(view, timed=time is not None) if column not in over_time)
    if time is None and not buckets:
        time = next((column for column in view.columns if "mtpd" in column.concepts), None)
        time = time or _column_of_times(view, besides=process.index)
    owner = next((c for c in view.columns if "responsible" in c.own and c.index != process.index), None)
    number = next((c for c in view.columns if "number" in c.own and c.index != process.index), None)
    return _Heads(
        process=process.index,
        group=group.index if group else None,
        number=number.index if number else None,
        urgency=urgency.index if urgency else None,
        urgency_levels=levels,
        levels_over_time=over_time,
        buckets=buckets,
        time=time,
        owner=owner.index if owner else None,
    )


def _ticked_levels(view: TableView, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """Columns that are each one level, ticked where it holds: "ระดับผลกระทบ: สูงมาก", "สูง", "ปานกลาง"."""
    found = []
    for column in view.columns:
        texts = [text for row in view.body_rows if (text := view.own_text(row, column.index)) and not is_blank(text)]
        ticked = texts and all(read_mark(text).mark is Mark.TICKED for text in texts)
        if ticked and column.hours is None and vocabulary.urgency.find_all(column.head.rpartition(":")[2]):
            found.append(column)
    return tuple(found) if len(found) > 1 else ()


def _columns_of_levels(view: TableView, vocabulary: Vocabulary, *, besides: int) -> Iterator[Column]:
    """Columns whose heads say another thing ("ผลกระทบด้านการเงิน"), but whose cells are nothing but levels."""
    for column in view.columns:
        if column.index == besides or column.hours is not None or column.concepts & {"rto", "mtpd"}:
            continue
        texts = [text for row in view.body_rows if not is_blank(text := one_line(view.text(row, column.index)))]
        levels = [text for text in texts if len(text) <= MAX_LEVEL_CHARS and vocabulary.urgency.find_all(text)]
        if len(levels) >= 2 and len(levels) == len(texts):
            yield column


def _column_of_times(view: TableView, *, besides: int) -> Column | None:
    """A column of an unknown head whose cells are nothing but lengths of time."""
    for column in view.columns:
        texts = [text for row in view.body_rows if not is_blank(text := one_line(view.text(row, column.index)))]
        times = [text for text in texts if len(text) <= MAX_LEVEL_CHARS and parse_duration(text) is not None]
        other = column.index == besides or "rpo" in column.concepts
        if not other and len(times) >= 2 and len(times) == len(texts):
            return column
    return None


def _named_column(view: TableView, column: Column) -> Column:
    """The column of the names where one head stands over a narrow numbering column and the names."""
    twins = [other for other in view.columns if other.path == column.path]
    return max(twins, key=lambda twin: sum(len(view.own_text(row, twin.index)) for row in view.body_rows))


def _target_buckets(view: TableView, *, timed: bool) -> tuple[Column, ...]:
    """Time buckets of the target time; those of the tolerable outage where there are no others and no column of the
    target time (``timed``)."""
    buckets = view.buckets
    targets = [column for column in buckets if "rto" in column.concepts or not column.concepts & {"mtpd", "rpo"}]
    return tuple(targets or [column for column in buckets if "rpo" not in column.concepts and not timed])


def _level_buckets(view: TableView, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """Time buckets that tell how bad the impact has become by then: levels in place of marks."""
    found = []
    for column in view.buckets:
        texts = [text for row in view.body_rows if (text := view.own_text(row, column.index)) and not is_blank(text)]
        levels = [text for text in texts if find_urgency(text, vocabulary) is not None]
        if texts and len(levels) > len(texts) / 2:
            found.append(column)
    return tuple(found)


def _rank(urgency: Urgency | None) -> int:
    return -1 if urgency is None else [Urgency.LOW, Urgency.MEDIUM, Urgency.HIGH, Urgency.VERY_HIGH].index(urgency)


def _urgency_text(view: TableView, heads: _Heads, row: int, vocabulary: Vocabulary) -> str:
    if heads.urgency is not None and (text := one_line(view.text(row, heads.urgency))):
        return "" if is_blank(text) else text
    over_time = [text for column in heads.levels_over_time if (text := one_line(view.text(row, column.index)))]
    if over_time:
        return max(over_time, key=lambda text: _rank(find_urgency(text, vocabulary)))
    for column in heads.urgency_levels:
        if read_mark(view.text(row, column.index)).mark is Mark.TICKED:
            return column.head.rpartition(":")[2].strip()
    return ""


def _target_time(view: TableView, heads: _Heads, row: int) -> tuple[str | None, HourRange | None]:
    """The first bucket with a mark (in order of time), or the time that a cell states."""
    for column in sorted(heads.buckets, key=_bucket_order):
        text = view.text(row, column.index)
        mark = read_mark(text).mark
        if mark is Mark.TICKED or (mark is Mark.NONE and text):
            stated = parse_duration(text) if mark is Mark.NONE else None
            return (text, stated) if stated else (column.head, column.hours)
    if heads.time is None:
        return None, None
    text = one_line(view.text(row, heads.time.index))
    if is_blank(text):
        return None, None
    return text, parse_duration(text) or hours_under(text, heads.time.path)


def _bucket_order(column: Column) -> tuple[float, float]:
    assert column.hours is not None
    upper = column.hours.max_hours if column.hours.max_hours is not None else float("inf")
    return upper, column.hours.min_hours


def _is_marked(text: str) -> bool:
    return split_marker(text)[0] is not None


def _number(text: str) -> str | None:
    number = normalize_value(text).strip("().- ")
    return number if number and any(char.isdigit() for char in number) and len(number) <= 8 else None
