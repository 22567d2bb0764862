"""The Arrow schema of each dataset, derived from its row class, and rows as an Arrow table."""

from __future__ import annotations

import dataclasses
import enum
import math
import types
import typing
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from docmodel.errors import DatasetError
from pipeline.datasets.columns import ColumnInfo, Row
from pipeline.datasets.rows import DATASETS
from pipeline.datasets.text import clean_text, is_clean

_PLAIN_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int32(),
    float: pa.float64(),
    datetime: pa.timestamp("us", tz="UTC"),
    date: pa.date32(),
}
_Cleaner = Callable[[Any], Any]
_Checker = Callable[[Iterable[Any]], bool]
_INT32_MAX = 2**31 - 1
_UNBOUNDED_COLUMNS = frozenset({"size_bytes"})
"""Columns whose values may not fit in the contract's 32 bits: a file over 2 GiB is refused, its size is then null."""


def arrow_type(annotation: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a Python annotation and whether it may be null."""
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        arguments = typing.get_args(annotation)
        kept = [argument for argument in arguments if argument is not type(None)]
        if len(kept) != 1:
            raise TypeError(f"a column holds one type, not {annotation}")
        return arrow_type(kept[0])[0], len(kept) != len(arguments)
    if origin is list:
        (item,) = typing.get_args(annotation)
        return pa.list_(arrow_type(item)[0]), False
    if dataclasses.is_dataclass(annotation):
        hints = typing.get_type_hints(annotation)
        return pa.struct([pa.field(name, *arrow_type(hint)) for name, hint in hints.items()]), False
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return pa.string(), False
    return _PLAIN_TYPES[annotation], False


@cache
def dataset_schema(name: str) -> pa.Schema:
    """The schema of a dataset: types, nullability and a ``description`` in Thai and English for each column."""
    row_class = DATASETS[name]
    hints = typing.get_type_hints(row_class)
    fields = []
    for field in dataclasses.fields(row_class):
        kind, nullable = arrow_type(hints[field.name])
        info: ColumnInfo = field.metadata["column"]
        metadata = {"description": f"{info.th} | {info.en}"}
        fields.append(pa.field(field.name, kind, nullable=nullable, metadata=metadata))
    return pa.schema(fields)


def rows_to_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """The rows of a dataset as an Arrow table with its full schema, also when there is none.

    Raises DatasetError when a row does not keep the contract: a missing value in a required column or a value of
    another type.
    """
    schema = dataset_schema(name)
    row_list = list(rows)
    if not row_list:
        return pa.Table.from_batches([], schema=schema)  # empty_table() would bring pandas along
    arrays = []
    for column in _columns(name):
        values = list(map(column.get, row_list))
        try:
            array = pa.array(column.cleaned(values), type=column.kind, from_pandas=False)
        except (pa.ArrowException, AttributeError, TypeError, ValueError, OverflowError) as error:
            raise _column_error(name, column.name, f"{type(error).__name__}") from error
        if not column.nullable and array.null_count:
            raise _column_error(name, column.name, f"{array.null_count} missing values")
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=schema)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of a dataset, how it is read from a row, and how its values become what Arrow takes."""

    name: str
    kind: pa.DataType
    nullable: bool
    get: Callable[[Row], Any]
    clean: _Cleaner | None
    are_clean: _Checker | None

    def cleaned(self, values: list[Any]) -> list[Any]:
        if self.name in _UNBOUNDED_COLUMNS:
            return [value if value is None or value <= _INT32_MAX else None for value in values]
        clean, are_clean = self.clean, self.are_clean
        if clean is None or (are_clean is not None and are_clean(filter(None, values))):
            return values
        return [None if value is None else clean(value) for value in values]


@cache
def _columns(name: str) -> tuple[_Column, ...]:
    return tuple(
        _Column(
            name=field.name,
            kind=field.type,
            nullable=field.nullable,
            get=attrgetter(field.name),
            clean=_cleaner(field.type),
            are_clean=_checker(field.type),
        )
        for field in dataset_schema(name)
    )


def _checker(kind: pa.DataType) -> _Checker | None:
    """Whether the values of a column that are neither null nor empty are what Arrow takes already, as they mostly are:
    asked of all at once."""
    if pa.types.is_string(kind):
        return lambda texts: is_clean("".join(texts))
    if pa.types.is_floating(kind):
        return lambda numbers: all(map(math.isfinite, numbers))
    if pa.types.is_list(kind):
        of_items = _checker(kind.value_type)
        if of_items is not None:
            return lambda lists: of_items(filter(None, chain.from_iterable(lists)))
    return None


def _cleaner(kind: pa.DataType) -> _Cleaner | None:
    """How a value that is not null becomes one of an Arrow type: text clean, no number that is none, structs as dicts.

    An enum of texts is a text.
    """
    if pa.types.is_string(kind):
        return clean_text
    if pa.types.is_floating(kind):
        return _finite
    if pa.types.is_timestamp(kind):
        return _with_zone
    if pa.types.is_list(kind):
        of_item = _cleaner(kind.value_type)
        if of_item is None:
            return None
        return lambda value: [None if item is None else of_item(item) for item in value]
    if pa.types.is_struct(kind):
        of_fields = [(field.name, _cleaner(field.type)) for field in kind]
        return lambda value: {
            name: item if (item := getattr(value, name)) is None or cleaned is None else cleaned(item)
            for name, cleaned in of_fields
        }
    return None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _with_zone(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _column_error(dataset: str, column: str, problem: str) -> DatasetError:
    return DatasetError(
        "dataset_invalid",
        th=f"ชุดข้อมูล {dataset} คอลัมน์ {column} ไม่ตรงตามข้อกำหนด ({problem}) ผลลัพธ์เดิมยังอยู่ครบ กรุณาแจ้งผู้ดูแลโปรแกรม",
        en=f"Dataset {dataset}, column {column} breaks its contract ({problem}); the earlier results were left as they "
        "were. Report it to the maintainers.",
    )
