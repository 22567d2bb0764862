"""Needs for resources: per time bucket, per process, or plainly counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docmodel.table import Cell
from docmodel.vocabulary import Dimension, TableKind
from normalizers.durations import HourRange, parse_duration
from normalizers.markers import split_marker
from normalizers.marks import Mark, is_blank, read_mark
from normalizers.quantities import Quantity, parse_quantities
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import ResourceRequirementRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.dimension_lines import leading_dimension
from pipeline.records.items import is_unfilled, one_line, split_items
from pipeline.records.need_dimensions import find_need_dimension, named_by_front, rows_decide
from pipeline.records.prose_needs import read_listed_needs
from pipeline.table_view import MAX_BUCKET_CHARS, Column, TableView
from pipeline.vocabulary import Vocabulary

_IN_BRACKETS = re.compile(r"[(（]\s*([^()\d]{1,14}?)\s*[)）]")
# Nothing says what the need is for: the row is kept and shown as doubtful.
DOUBTFUL = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """Which column says what."""

    resource: Column
    source: Column | None
    dimension: Column | None
    process: Column | None
    unit: Column | None
    quantity: Column | None
    buckets: tuple[Column, ...]


def read_resource_requirements(context: RecordContext) -> tuple[ResourceRequirementRow, ...]:
    """One row per resource and time bucket; per resource where there are no buckets; per process and resource where
    processes are crossed with dimensions."""
    rows: list[ResourceRequirementRow] = []
    for place in context.tables(TableKind.RESOURCES):
        crossed = [column for column in place.view.columns if column.dimension and column.index > 0]
        if not place.view.buckets and len({column.dimension for column in crossed}) >= 3:
            rows += _crossed_rows(context, place, crossed)
        else:
            rows += _listed_rows(context, place)
    return (*rows, *read_listed_needs(context, frozenset(row.dimension for row in rows)))


def _listed_rows(context: RecordContext, place: TablePlace) -> Iterator[ResourceRequirementRow]:
    view = place.view
    heads = _find_heads(context, view)
    labels = [one_line(view.text(row, heads.resource.index)) for row in view.body_rows]
    dimension = None if rows_decide(context, place, labels) else place.match.dimension
    if any(view.roles[row] is RowRole.GROUP for row in view.body_rows):
        dimension = leading_dimension(heads.resource.head, context.vocabulary) or dimension
    has_ticks = any(
        read_mark(view.own_text(row, column.index)).mark is Mark.TICKED
        for row in view.body_rows
        for column in heads.buckets
    )
    values = heads.buckets or ([heads.quantity] if heads.quantity else [])
    above: Dimension | None = None
    unspanned = False
    for row in view.body_rows:
        label = one_line(view.text(row, heads.resource.index))
        if view.roles[row] is RowRole.GROUP:
            dimension = leading_dimension(view.row_text(row), context.vocabulary) or dimension
            first = view.cell(row, 0)
            unspanned = first is not None and first.col_span == 1
            continue
        if unspanned:  # the row above may be a need that nobody filled in, and no group
            dimension = _own_dimension(label, context.vocabulary) or dimension
        if heads.dimension is not None:
            dimension = leading_dimension(view.text(row, heads.dimension.index), context.vocabulary) or dimension
        total = view.roles[row] is RowRole.TOTAL
        if values and not has_ticks and all(is_blank(view.text(row, column.index)) for column in values):
            continue  # a need without any amount is an unfilled row of the form
        if is_unfilled(label, context.vocabulary) or not any(char.isalnum() for char in label or view.row_text(row)):
            continue
        named = find_need_dimension(
            context, place, label, view.row_text(row), stated=dimension, above=above if total else None
        )
        above = named[0]
        base = _base(place, heads, row, label, total)
        yield from _value_rows(context, place, heads, row, named=named, base=base, has_ticks=has_ticks)


def _own_dimension(label: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a need names, None where it begins with a thing of another ("ระบบห้องเรียนออนไลน์")."""
    named = leading_dimension(label, vocabulary)
    return named if named_by_front(label, vocabulary) in (None, named) else None


def _value_rows(
    context: RecordContext,
    place: TablePlace,
    heads: _Heads,
    row: int,
    *,
    named: tuple[Dimension, bool],
    base: dict[str, Any],
    has_ticks: bool,
) -> Iterator[ResourceRequirementRow]:
    view = place.view
    dimension, sure = named
    unit = _unit_around(view, heads, row, base["resource_raw"])
    for column in heads.buckets:
        cell = view.cell(row, column.index)
        own_unit = unit or _unit_beside(view, row, column)
        value = _read_value(cell.text if cell is not None else "", own_unit, has_ticks)
        yield ResourceRequirementRow(
            **_place(context, place, cell, sure),
            **base,
            **value,
            dimension=dimension,
            bucket_raw=one_line(column.head),
            bucket_hours=_upper(column.hours),
        )
    if heads.buckets:
        return
    cell = view.cell(row, heads.quantity.index) if heads.quantity else view.cell(row, heads.resource.index)
    text = cell.text if cell is not None and heads.quantity else view.row_text(row)
    quantities = parse_quantities(text)
    unit_text = view.text(row, heads.unit.index) if heads.unit else ""
    yield ResourceRequirementRow(
        **_place(context, place, cell, sure),
        **base,
        dimension=dimension,
        quantity=quantities[0].value if quantities else None,
        unit=_unit(quantities[0] if quantities else None, normalize_value(unit_text) or unit),
        cell_raw=text.strip() or None,
    )


def _crossed_rows(context: RecordContext, place: TablePlace, crossed: list[Column]) -> Iterator[ResourceRequirementRow]:
    view = place.view
    process = view.column_of("process") or view.columns[0]
    for row in view.body_rows:
        name = normalize_value(split_marker(one_line(view.text(row, process.index)))[1])
        if not name or view.roles[row] is RowRole.GROUP:
            continue
        for column in crossed:
            cell = view.cell(row, column.index)
            if cell is None or is_blank(cell.text) or column.dimension is None:
                continue
            for item in split_items(cell.text):
                mark = read_mark(item.text).mark
                quantities = parse_quantities(item.text)
                yield ResourceRequirementRow(
                    **context.cell_place(place, cell),
                    dimension=column.dimension,
                    resource_raw=item.text if mark is Mark.NONE else one_line(column.head),
                    process_name=name,
                    quantity=quantities[0].value if quantities else None,
                    unit=_unit(quantities[0] if quantities else None, None),
                    ticked=mark is Mark.TICKED if mark is not Mark.NONE else None,
                    cell_raw=cell.text.strip(),
                    is_total=view.roles[row] is RowRole.TOTAL,
                )


def _find_heads(context: RecordContext, view: TableView) -> _Heads:
    labels = [column for column in view.columns if column.hours is None and "number" not in column.own]
    labels = labels or list(view.columns)
    process = next((c for c in labels if "process" in c.own and not c.own & {"resource", "source"}), None)
    dimension = _dimension_column(context, view, labels)
    others = [column for column in labels if column not in (process, dimension)] or labels
    resource = next((c for c in others if "resource" in c.own and "quantity" not in c.own), others[0])
    rest = [column for column in others if column.index != resource.index]
    source = next((c for c in rest if "source" in c.own and "quantity" not in c.own), None)
    unit = next((c for c in rest if "unit" in c.own and "quantity" not in c.own), None)
    quantity = next((c for c in rest if "quantity" in c.own), None)
    buckets = tuple(view.buckets) or _timed_quantities(view)
    if buckets and not view.buckets:
        quantity = unit = None
    if source is None and view.buckets:
        source = next((c for c in rest if c not in (unit, quantity) and not c.own & {"note", "responsible"}), None)
    return _Heads(
        resource=resource,
        source=source,
        dimension=dimension,
        process=process if process is not resource else None,
        unit=unit,
        quantity=quantity,
        buckets=buckets,
    )


def _timed_quantities(view: TableView) -> tuple[Column, ...]:
    """Columns of amounts that stand under a time ("1 วัน > จำนวน"), the first of each time; they are its buckets."""
    found: dict[tuple[str, ...], Column] = {}
    for column in view.columns:
        hours = parse_duration(column.path[-2]) if len(column.path) > 1 else None
        if hours is not None and column.hours is None and len(column.path[-2]) <= MAX_BUCKET_CHARS:
            found.setdefault(column.path[:-1], replace(column, path=column.path[:-1], hours=hours))
    return tuple(found.values()) if len(found) > 1 else ()


def _unit_beside(view: TableView, row: int, bucket: Column) -> str | None:
    """The unit that a bucket has in a column of its own, beside its amount, or as the amount's own head."""
    heads = [column for column in view.columns if column.path[:-1] == bucket.path and column.index >= bucket.index]
    for column in heads:
        if "unit" in column.own and not is_blank(text := view.text(row, column.index)):
            return normalize_value(text)
    head = heads[0].head.strip("()") if heads else ""
    return normalize_value(head) if head and parse_quantities(f"1 {head}")[:1] and len(head) <= 12 else None


def _dimension_column(context: RecordContext, view: TableView, labels: list[Column]) -> Column | None:
    """A column whose cells name dimensions while another names the resources."""
    if len([column for column in labels if not column.own & {"unit", "quantity", "source", "note", "responsible"}]) < 2:
        return None
    for column in labels[:2]:
        rows = [row for row in view.body_rows if view.roles[row] is RowRole.BODY]
        texts = [text for row in rows if (text := view.text(row, column.index))]
        if sum(_bracketed_unit(text) is not None for text in texts) > len(texts) / 2:
            continue  # what has a unit is a resource, whatever dimension its name tells
        named = {leading_dimension(text, context.vocabulary) for text in texts}
        if "dimension" in column.own and len(named - {None}) >= 2 and len(named - {None}) > list(named).count(None):
            return column
    return None


def _base(place: TablePlace, heads: _Heads, row: int, label: str, total: bool) -> dict[str, Any]:
    view = place.view
    source = one_line(view.text(row, heads.source.index)) if heads.source else ""
    process = one_line(view.text(row, heads.process.index)) if heads.process else ""
    return {
        "resource_raw": split_marker(label)[1] or label or one_line(view.row_text(row)),
        "source_raw": None if is_blank(source) or total else source,
        "process_name": normalize_value(process) or None,
        "is_total": total,
    }


def _read_value(text: str, unit: str | None, has_ticks: bool) -> dict[str, Any]:
    """Quantity, unit and tick of a bucket's cell."""
    text = text.strip()
    mark = read_mark(text).mark
    if mark is Mark.TICKED or mark is Mark.UNTICKED:
        return {"ticked": mark is Mark.TICKED, "cell_raw": text}
    if mark is Mark.BLANK:
        return {"ticked": False if has_ticks else None, "cell_raw": text or None}
    quantities = parse_quantities(text)
    first = quantities[0] if quantities else None
    return {
        "quantity": first.value if first else None,
        "unit": _unit(first, unit) if first else (text if len(text) <= 12 else None),
        "cell_raw": text,
    }


def _unit(quantity: Quantity | None, around: str | None) -> str | None:
    if quantity is not None and quantity.unit:
        return normalize_value(quantity.unit)
    return around


def _unit_around(view: TableView, heads: _Heads, row: int, label: str) -> str | None:
    """The unit that stands beside a bare number: in the unit column, or in brackets after the resource or its head."""
    if heads.unit is not None and (text := view.text(row, heads.unit.index)) and not is_blank(text):
        return normalize_value(text)
    heads_around = (head for column in heads.buckets[:1] for head in column.path)
    units = (_bracketed_unit(text) for text in (label, heads.resource.head, *heads_around))
    return next((unit for unit in units if unit is not None), None)


def _bracketed_unit(text: str) -> str | None:
    """A unit in brackets: "เจ้าหน้าที่ (คน)"."""
    for inside in _IN_BRACKETS.findall(text):
        if parse_quantities(f"1 {inside}") and not parse_duration(f"1 {inside}"):
            return normalize_value(inside)
    return None


def _upper(hours: HourRange | None) -> float | None:
    if hours is None:
        return None
    return hours.max_hours if hours.max_hours is not None else hours.min_hours


def _place(context: RecordContext, place: TablePlace, cell: Cell | None, sure: bool) -> dict[str, Any]:
    columns = context.cell_place(place, cell)
    return columns if sure else {**columns, "confidence": min(columns["confidence"], DOUBTFUL)}
