"""One document's rows of all datasets in one file, so that a batch can stop anywhere and go on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.rows import DATASETS

_BUNDLE_SCHEMA = pa.schema([pa.field("dataset", pa.string()), pa.field("rows", pa.binary())])


def write_bundle(path: Path, tables: Mapping[str, pa.Table], summary: Mapping[str, Any]) -> None:
    """Write the tables that have rows and a summary; the file is there whole or not at all.

    A table under another name than a dataset's is kept beside them (``read_extra``).
    """
    filled = {name: table for name, table in tables.items() if table.num_rows}
    payloads = [_to_bytes(table) for table in filled.values()]
    batch = pa.record_batch(
        [pa.array(list(filled), pa.string()), pa.array(payloads, pa.binary())], schema=_BUNDLE_SCHEMA
    )
    schema = _BUNDLE_SCHEMA.with_metadata({"summary": json.dumps(summary, ensure_ascii=False)})
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with pa.OSFile(str(beside), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_summary(path: Path) -> dict[str, Any] | None:
    """The summary of a kept document; None where there is no such file or it cannot be read."""
    try:
        with pa.OSFile(str(path), "rb") as stored, pa.ipc.open_file(stored) as reader:
            summary: dict[str, Any] = json.loads(reader.schema.metadata[b"summary"])
            return summary
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        return None


def read_bundle(path: Path) -> dict[str, pa.Table]:
    """The tables of a kept document, all datasets, with the schema of today."""
    with pa.OSFile(str(path), "rb") as stored, pa.ipc.open_file(stored) as reader:
        bundle = reader.read_all().to_pydict()
    payloads = dict(zip(bundle["dataset"], bundle["rows"], strict=True))
    return {
        name: _from_bytes(payloads[name]) if name in payloads else dataset_schema(name).empty_table()
        for name in DATASETS
    }


def read_extra(path: Path, name: str) -> pa.Table | None:
    """A table that was kept beside the datasets, None where there is none; nothing else of the file is read."""
    try:
        with pa.memory_map(str(path)) as stored, pa.ipc.open_file(stored) as reader:
            bundle = reader.read_all()
            names = bundle.column("dataset").to_pylist()
            return _from_bytes(bundle.column("rows")[names.index(name)].as_py()) if name in names else None
    except (OSError, pa.ArrowException, ValueError, KeyError):
        return None


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(payload: bytes) -> pa.Table:
    with pa.ipc.open_stream(payload) as reader:
        return reader.read_all()
