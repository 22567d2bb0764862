"""Writes all datasets of a run as a set: each beside its place and then renamed in, or none of them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from docmodel.errors import DatasetError
from pipeline.datasets.arrow import rows_to_table, sort_rows
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import DATASETS
from pipeline.version import DATASET_VERSION

_STAGING = ".writing"
RUN_FILE = "run.json"


def write_datasets(
    output: Path,
    rows: Mapping[str, Sequence[Row]],
    *,
    pipeline_version: str,
    schema_id: str,
    run: Mapping[str, Any] | None = None,
) -> None:
    """Write every dataset to ``output/<name>.parquet`` and, when given, the run's own account to ``run.json``.

    All tables are built and checked before the first file appears, and all files are written beside their places
    before the first is renamed: a full disk or a broken row leaves the earlier datasets untouched.
    """
    metadata = {"pipeline_version": pipeline_version, "schema_id": schema_id, "dataset_version": DATASET_VERSION}
    tables = {name: rows_to_table(name, sort_rows(rows.get(name, ())), metadata) for name in DATASETS}
    staging = output / _STAGING
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        for name, table in tables.items():
            _write_table(table, staging / f"{name}.parquet")
        if run is not None:
            (staging / RUN_FILE).write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for path in sorted(staging.iterdir(), key=lambda path: path.name == RUN_FILE):
            _move_in(path, output / path.name)
    except OSError as error:
        raise DatasetError(
            "dataset_not_written",
            th="เขียนชุดข้อมูลไม่สำเร็จ กรุณาตรวจสอบพื้นที่ว่างและสิทธิ์ของโฟลเดอร์ผลลัพธ์ แล้วสั่งซ้ำ",
            en=f"The datasets could not be written ({error.strerror or type(error).__name__}); check free space and "
            "permissions of the output folder, then run again: what was read is kept.",
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_table(table: pa.Table, path: Path) -> None:
    """One Parquet file, on disk when this returns."""
    pq.write_table(table, path, compression="zstd")
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _move_in(source: Path, target: Path) -> None:
    """Replace a dataset by its new file; a folder of part files of the same name gives way."""
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)
