"""Datasets document by document with people hidden (or shown on request), for every output that copies rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.describe import describe_datasets
from reports.data import open_datasets
from reports.masking import KEY_COLUMNS, PHONE, Masker, build_masker

_BREAK = "\0"
"""Between cells that are searched together: no pattern of the masker matches across it."""
_TEAM = "team_members"
_PERSON_COLUMNS = frozenset({"person_name", "phone_raw", "phones"})

Row = dict[str, Any]


def iterate_documents(
    folder: Path, names: Sequence[str], *, with_personal_data: bool
) -> Iterator[tuple[str, dict[str, list[Row]]]]:
    """Each document's rows of the datasets named, in the order of ``documents``; one masker per document."""
    wanted: dict[str, Sequence[str] | None] = dict.fromkeys((*names, "documents", _TEAM))
    if "documents" not in names:
        wanted["documents"] = ("document_id",)
    if _TEAM not in names:
        wanted[_TEAM] = ("document_id", "person_name")
    readers = open_datasets(folder, wanted)
    for document_id in readers["documents"].document_ids():
        masker = build_masker(() if with_personal_data else readers[_TEAM].rows(document_id), show=with_personal_data)
        yield document_id, {name: mask_rows(name, readers[name].rows(document_id), masker) for name in names}


def mask_rows(dataset: str, rows: list[Row], masker: Masker) -> list[Row]:
    """A document's rows with its people hidden. Columns where nobody is found are left as they are, unread."""
    if masker.show or not rows:
        return rows
    columns = [name for name in text_columns(dataset) if _holds_people(name, rows, masker)]
    if not columns:
        return rows
    return [{**row, **masker.row({name: row[name] for name in columns if name in row})} for row in rows]


@cache
def text_columns(dataset: str) -> tuple[str, ...]:
    """The columns of a dataset that can hold words of a document: no keys and no closed sets."""
    closed = {column["name"] for column in describe_datasets()["datasets"][dataset]["columns"] if "values" in column}
    return tuple(
        field.name
        for field in dataset_schema(dataset)
        if _holds_text(field.type) and field.name not in closed and field.name not in KEY_COLUMNS
    )


def _holds_text(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind):
        return _holds_text(kind.value_type)
    if pa.types.is_struct(kind):
        return any(_holds_text(kind.field(index).type) for index in range(kind.num_fields))
    return bool(pa.types.is_string(kind))


def _holds_people(column: str, rows: Sequence[Mapping[str, Any]], masker: Masker) -> bool:
    """Whether a column of one document has anything to hide; one search over all its cells is far faster than many."""
    if column in _PERSON_COLUMNS:
        return True
    return masker.hides(_BREAK.join(_texts(row.get(column) for row in rows)))


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value.values())
        elif isinstance(value, list):
            yield from _texts(value)


HIDDEN_WORDS = f"ปิดชื่อและหมายเลขโทรศัพท์ของบุคคล (แสดงเป็น [บุคคล 1] {PHONE})"
SHOWN_WORDS = "มีข้อมูลส่วนบุคคล: แสดงชื่อและหมายเลขโทรศัพท์ โปรดใช้และส่งต่อเท่าที่จำเป็นตามกฎหมาย"


def people_words(*, with_personal_data: bool) -> str:
    """The Thai sentence that every output carries: whether people are shown in it."""
    return SHOWN_WORDS if with_personal_data else HIDDEN_WORDS
