"""Writes all datasets of a run as a set: each beside its place and then renamed in, or none of them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from docmodel.errors import DatasetError
from pipeline.datasets.arrow import dataset_schema, rows_to_table
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import DATASETS
from pipeline.version import DATASET_VERSION

RUN_FILE = "run.json"
_WRITING = ".writing"
_READY = ".ready"
"""A folder of this name holds a whole set that only needs renaming in; an interrupted write goes on from it."""

_ROWS_PER_GROUP = 50_000
"""Rows kept in memory per dataset before they are written: large enough to compress well, small enough to stay flat."""
_TABLES_PER_GROUP = 500
"""The tables of so many documents wait at most: a plan's tables keep a third of a megabyte of buffers."""


class DatasetWriter:
    """Takes documents one by one and writes every dataset; memory stays flat however many come.

    Used as a context manager. Nothing takes its place before ``commit``; leaving without it keeps the earlier set.
    """

    def __init__(self, output: Path, metadata: Mapping[str, str]) -> None:
        self._output = output
        self._folder = output / _WRITING
        self._metadata = {"dataset_version": DATASET_VERSION, **metadata}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in DATASETS}
        self._waiting_rows: dict[str, int] = dict.fromkeys(DATASETS, 0)
        self.row_counts: dict[str, int] = dict.fromkeys(DATASETS, 0)

    def __enter__(self) -> Self:
        """Make the folder beside the datasets."""
        try:
            finish_interrupted_write(self._output)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
        except OSError as error:
            raise _write_error(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take away what was not committed."""
        for writer in self._writers.values():
            try:
                writer.close()
            except OSError:  # a full disk was reported already; the folder goes away below
                continue
        shutil.rmtree(self._folder, ignore_errors=True)

    def append(self, tables: Mapping[str, pa.Table]) -> None:
        """Add a document's rows."""
        for name, table in tables.items():
            if not table.num_rows:
                continue
            self.row_counts[name] += table.num_rows
            self._waiting[name].append(table)
            self._waiting_rows[name] += table.num_rows
            if self._waiting_rows[name] >= _ROWS_PER_GROUP or len(self._waiting[name]) >= _TABLES_PER_GROUP:
                self._flush(name)

    def commit(self, run: Mapping[str, Any] | None = None) -> None:
        """Write what is left, also the datasets without rows and ``run.json``, and let the set take its place."""
        for name in DATASETS:
            self._flush(name)
        try:
            for name in DATASETS:
                self._writers.pop(name).close()
                with (self._folder / f"{name}.parquet").open("rb") as written:
                    os.fsync(written.fileno())
            if run is not None:
                _write_run(self._folder / RUN_FILE, run)
            self._folder.rename(self._output / _READY)
            finish_interrupted_write(self._output)
        except OSError as error:
            raise _write_error(error) from error

    def _flush(self, name: str) -> None:
        schema = dataset_schema(name).with_metadata(self._metadata)
        waiting = self._waiting[name]
        self._waiting[name], self._waiting_rows[name] = [], 0
        try:
            if name not in self._writers:
                path = self._folder / f"{name}.parquet"
                self._writers[name] = pq.ParquetWriter(path, schema, compression="zstd")
            if waiting:
                self._writers[name].write_table(pa.concat_tables(waiting).cast(schema))
        except OSError as error:
            raise _write_error(error) from error


def write_datasets(
    output: Path,
    rows: Mapping[str, Sequence[Row]],
    *,
    metadata: Mapping[str, str],
    run: Mapping[str, Any] | None = None,
) -> None:
    """Write rows as every dataset of the contract, as one set."""
    with DatasetWriter(output, metadata) as writer:
        writer.append({name: rows_to_table(name, rows.get(name, ())) for name in DATASETS})
        writer.commit(run)


def replace_run(output: Path, run: Mapping[str, Any]) -> None:
    """Put another ``run.json`` beside datasets that stay; the earlier one is there until then."""
    beside = output / f".{RUN_FILE}"
    try:
        _write_run(beside, run)
        beside.replace(output / RUN_FILE)
    except OSError as error:
        raise _write_error(error) from error
    finally:
        beside.unlink(missing_ok=True)


def _write_run(path: Path, run: Mapping[str, Any]) -> None:
    text = json.dumps(run, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", errors="replace")


def finish_interrupted_write(output: Path) -> None:
    """Move a set that was made ready into its places; nothing to do when there is none."""
    ready = output / _READY
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir(), key=lambda path: (path.name == RUN_FILE, path.name)):
        target = output / path.name
        if target.is_dir():  # a dataset may have been kept as a folder of part files
            shutil.rmtree(target)
        path.replace(target)
    ready.rmdir()


def _write_error(error: OSError) -> DatasetError:
    return DatasetError(
        "dataset_not_written",
        th="เขียนชุดข้อมูลไม่สำเร็จ กรุณาตรวจสอบพื้นที่ว่างและสิทธิ์ของโฟลเดอร์ผลลัพธ์ แล้วสั่งซ้ำ",
        en=f"The datasets could not be written ({error.strerror or type(error).__name__}); check free space and "
        "permissions of the output folder, then run again: what was read is kept.",
    )
