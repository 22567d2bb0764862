"""Copies of the datasets as CSV files or as one DuckDB file, people hidden unless asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from docmodel.errors import ConfigError
from pipeline.datasets.arrow import dataset_schema
from reports.data import DATASET_NAMES
from reports.files import written_file, written_folder
from reports.masked_rows import iterate_documents, people_words
from reports.query.cells import csv_cell

_ROWS_PER_BATCH = 20_000
_MARK = ".bcp-export"
NOTE_FILE = "README.txt"
"""Says in the folder of CSV files what they are and whether people are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What to copy where. ``as_is`` leaves text in CSV files unguarded, for programs that read it."""

    processed: Path
    output: Path
    datasets: Sequence[str] = DATASET_NAMES
    with_personal_data: bool = False
    as_is: bool = False


def check_names(names: Sequence[str]) -> tuple[str, ...]:
    """The datasets named, all where none is. Raises ConfigError for a name that there is not."""
    unknown = [name for name in names if name not in DATASET_NAMES]
    if unknown:
        raise ConfigError(
            "dataset_unknown",
            th=f"ไม่มีชุดข้อมูลชื่อ {', '.join(unknown)} เลือกจาก: {', '.join(DATASET_NAMES)}",
            en=f"There is no dataset {', '.join(unknown)}; choose among: {', '.join(DATASET_NAMES)}",
        )
    return tuple(name for name in DATASET_NAMES if name in names) or DATASET_NAMES


def export_csv(request: ExportRequest) -> dict[str, int]:
    """Write one CSV file per dataset into the output folder; rows per dataset. UTF-8 with the mark that Excel needs."""
    counts = dict.fromkeys(request.datasets, 0)
    with written_folder(request.output, mark=_MARK) as writing, ExitStack() as stack:
        writers = {}
        for name in request.datasets:
            path = writing / f"{name}.csv"
            stream = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writers[name] = csv.writer(stream)
            writers[name].writerow(dataset_schema(name).names)
        for _, datasets in _documents(request):
            for name, rows in datasets.items():
                columns = dataset_schema(name).names
                for row in rows:
                    writers[name].writerow([csv_cell(row.get(column), as_is=request.as_is) for column in columns])
                counts[name] += len(rows)
        words = people_words(with_personal_data=request.with_personal_data)
        (writing / NOTE_FILE).write_text(f"{words}\n{_csv_note(request)}\n", encoding="utf-8-sig")
    return counts


def export_duckdb(request: ExportRequest) -> dict[str, int]:
    """Write one DuckDB file with a table per dataset and a table ``about``; rows per dataset."""
    counts = dict.fromkeys(request.datasets, 0)
    with written_file(request.output) as writing, duckdb.connect(str(writing)) as connection:
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in request.datasets}
        for name in request.datasets:
            empty = dataset_schema(name).empty_table()
            connection.register("batch", empty)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM batch')
        for _, datasets in _documents(request):
            for name, rows in datasets.items():
                counts[name] += len(rows)
                waiting[name] += rows
                if len(waiting[name]) >= _ROWS_PER_BATCH:
                    _insert(connection, name, waiting[name])
                    waiting[name] = []
        for name, rows in waiting.items():
            _insert(connection, name, rows)
        connection.execute("CREATE TABLE about (personal_data BOOLEAN, note VARCHAR)")
        words = people_words(with_personal_data=request.with_personal_data)
        connection.execute("INSERT INTO about VALUES (?, ?)", [request.with_personal_data, words])
    return counts


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.register("batch", pa.Table.from_pylist(rows, schema=dataset_schema(name)))
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM batch')


def _documents(request: ExportRequest) -> Iterator[tuple[str, dict[str, list[dict[str, Any]]]]]:
    return iterate_documents(request.processed, tuple(request.datasets), with_personal_data=request.with_personal_data)


def _csv_note(request: ExportRequest) -> str:
    if request.as_is:
        return "ข้อความตามข้อมูลทุกตัวอักษร อย่าเปิดด้วยโปรแกรมตารางคำนวณ | Text as it is; do not open in a spreadsheet."
    return (
        "ข้อความที่ขึ้นต้นเหมือนสูตร (= + - @) มีเครื่องหมาย ' นำหน้า | Text that begins like a formula (= + - @) has ' in front."
    )
