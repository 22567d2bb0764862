"""The datasets as analysts' outputs need them: whole tables, one plan's rows, and one row per plan that was sent in.

Everything is read from ``data/processed`` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from docmodel.errors import ConfigError
from docmodel.vocabulary import DocumentClass, DocumentStatus
from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.rows import DATASETS
from pipeline.datasets.writer import RUN_FILE

_GROUPS_KEPT = 2
"""Row groups held in memory per dataset: documents are read in their order, so the next one lies in the same group."""
_WORD_TYPES = ("wordprocessingml", "msword", "opendocument.text", "rtf")


def read_dataset(folder: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """A dataset as a table: enum values as words, lists and structs as Python values.

    Raises ConfigError where the folder holds no such dataset.
    """
    table: pd.DataFrame = read_table(folder, name, columns).to_pandas()
    return table


def read_table(
    folder: Path, name: str, columns: Sequence[str] | None = None, *, where: pc.Expression | None = None
) -> pa.Table:
    """A dataset as an Arrow table, of the rows that ``where`` chooses; columns that an older dataset lacks are null."""
    path = dataset_path(folder, name)
    schema = dataset_schema(name)
    wanted = list(columns or schema.names)
    have = set(pq.read_schema(path).names) if path.is_file() else set(pq.ParquetDataset(path).schema.names)
    table = pq.read_table(path, columns=[column for column in wanted if column in have], filters=where)
    for column in wanted:
        if column not in have:
            table = table.append_column(schema.field(column), pa.nulls(table.num_rows, schema.field(column).type))
    return table.select(wanted)


def dataset_path(folder: Path, name: str) -> Path:
    """Where a dataset lies. Raises ConfigError where there is none yet."""
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise ConfigError(
            "datasets_missing",
            th=f"ไม่พบชุดข้อมูล {name} ใน {folder} กรุณาสั่ง make extract ก่อน",
            en=f"There is no dataset {name} in {folder}; run make extract first.",
        )
    return path


def read_run(folder: Path) -> dict[str, Any]:
    """The account of the run (``run.json``); empty where there is none."""
    path = folder / RUN_FILE
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@dataclass(slots=True, kw_only=True)
class RowReader:
    """One dataset read document by document; memory stays flat however many documents there are."""

    path: Path
    columns: Sequence[str] | None = None
    _file: pq.ParquetFile = field(init=False, repr=False)
    _runs: dict[str, list[tuple[int, int, int]]] = field(init=False, repr=False)
    _groups: dict[int, pa.Table] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each document's rows lie: row group, start, length."""
        self._file = pq.ParquetFile(self.path)
        self._runs = {}
        for group in range(self._file.num_row_groups):
            ids = self._file.read_row_group(group, columns=["document_id"]).column(0).combine_chunks()
            encoded = pa.compute.run_end_encode(ids) if len(ids) else None
            start = 0
            for value, end in zip(encoded.values, encoded.run_ends, strict=True) if encoded is not None else ():
                self._runs.setdefault(value.as_py(), []).append((group, start, end.as_py() - start))
                start = end.as_py()

    def document_ids(self) -> tuple[str, ...]:
        """The documents in the order of their first rows."""
        return tuple(self._runs)

    def rows(self, document_id: str) -> list[dict[str, Any]]:
        """A document's rows in their order; empty where it has none."""
        found: list[dict[str, Any]] = []
        for group, start, length in self._runs.get(document_id, ()):
            found += self._group(group).slice(start, length).to_pylist()
        return found

    def _group(self, group: int) -> pa.Table:
        if group not in self._groups:
            while len(self._groups) >= _GROUPS_KEPT:
                self._groups.pop(next(iter(self._groups)))
            wanted = None if self.columns is None else [c for c in self.columns if c in self._file.schema_arrow.names]
            self._groups[group] = self._file.read_row_group(group, columns=wanted)
        return self._groups[group]


def open_datasets(folder: Path, columns: Mapping[str, Sequence[str] | None]) -> dict[str, RowReader]:
    """Readers of several datasets, each with the columns asked for (all of them where None)."""
    return {name: RowReader(path=dataset_path(folder, name), columns=wanted) for name, wanted in columns.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiles:
    """One plan as it was sent in: the file whose verdicts stand for it, and the other forms of the same plan.

    ``differing`` are the elements on which the forms disagree.
    """

    document: dict[str, Any]
    others: tuple[dict[str, Any], ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def document_id(self) -> str:
        """The document that stands for the plan."""
        return str(self.document["document_id"])


def find_plans(documents: pd.DataFrame, components: pd.DataFrame) -> tuple[PlanFiles, ...]:
    """One entry per plan sent in; its Word and its PDF are one plan.

    The form that stands for it is the one whose text can be trusted more, else the PDF: it was signed, and its
    evidence has pages to look at. ``components`` needs document_id, element_id and status.
    """
    plans = documents[
        (documents["document_class"] == DocumentClass.BCP_PLAN.value)
        & ~documents["status"].isin([DocumentStatus.DUPLICATE.value, DocumentStatus.FAILED.value])
    ]
    statuses = _statuses_by_document(components, set(plans["document_id"]))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in clean_records(plans):
        groups.setdefault(row["submission_id"] or row["document_id"], []).append(row)
    found = []
    for members in groups.values():
        members.sort(key=_form_rank)
        verdicts = [statuses.get(member["document_id"], {}) for member in members]
        differing = tuple(
            element
            for element, status in verdicts[0].items()
            if any(other.get(element, status) != status for other in verdicts[1:])
        )
        found.append(PlanFiles(document=members[0], others=tuple(members[1:]), differing=differing))
    return tuple(found)


def clean_records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a table with None for whatever is not known."""
    for row in table.to_dict("records"):
        yield {str(name): None if _is_null(value) else value for name, value in row.items()}


def plan_page(document_id: str) -> str:
    """The report's page of a plan, relative to the report's folder.

    >>> plan_page("0123456789abcdef")
    'plans/01/0123456789abcdef.html'
    """
    return f"plans/{document_id[:2]}/{document_id}.html"


def is_word(media_type: str | None) -> bool:
    """Whether a file is a text document that a word processor edits."""
    return media_type is not None and any(part in media_type for part in _WORD_TYPES)


def _form_rank(document: Mapping[str, Any]) -> tuple[bool, float, bool, str]:
    return (
        document["status"] != DocumentStatus.OK.value,
        -round(document["text_quality"] or 0.0, 1),
        is_word(document["media_type"]),
        document["source_path"],
    )


def _statuses_by_document(components: pd.DataFrame, wanted: set[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    columns = components[["document_id", "element_id", "status"]]
    for document_id, element_id, status in columns.itertuples(index=False, name=None):
        if document_id in wanted:
            found.setdefault(document_id, {})[element_id] = status
    return found


def _is_null(value: Any) -> bool:
    return value is None or (
        not isinstance(value, list | dict) and pd.api.types.is_scalar(value) and bool(pd.isna(value))
    )


DATASET_NAMES = tuple(DATASETS)
"""Every dataset, in the order in which they are described."""
