"""One document's rows of all datasets in one file, so that a batch can stop anywhere and go on.

A line of JSON (the summary, and where each table stands) and then the tables, each one Arrow record batch without its
schema, which is the dataset's of the same code and would take longer to read than the rows. A run over files that have
not changed reads thousands of these: the summary alone first, the tables once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.rows import DATASETS

_FORMAT = 2
_CODEC = "zstd"
_FAULTS = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)


def write_bundle(path: Path, tables: Mapping[str, pa.Table], summary: Mapping[str, Any]) -> None:
    """Write the tables that have rows and a summary; the file is there whole or not at all.

    A table under another name than a dataset's is kept beside them (``read_extra``).
    """
    payloads = {name: _to_bytes(table) for name, table in tables.items() if table.num_rows}
    head = {
        "format": _FORMAT,
        "summary": summary,
        "tables": {name: [len(rows), plain_bytes] for name, (rows, plain_bytes) in payloads.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            stream.write(json.dumps(head, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n")
            stream.writelines(rows for rows, _ in payloads.values())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_summary(path: Path) -> dict[str, Any] | None:
    """The summary of a kept document; None where there is no such file or it cannot be read."""
    try:
        with path.open("rb") as stream:
            summary: dict[str, Any] = _read_head(stream)["summary"]
            return summary
    except _FAULTS:
        return None


def read_bundle(path: Path) -> dict[str, pa.Table]:
    """The tables of a kept document, all datasets, with the schema of today."""
    found: dict[str, pa.Table] = {}
    with path.open("rb") as stream:
        for name, (size, plain_bytes) in _read_head(stream)["tables"].items():
            payload = stream.read(size)
            if name in DATASETS:
                found[name] = _from_bytes(payload, plain_bytes, dataset_schema(name))
    return {name: found[name] if name in found else _empty_table(name) for name in DATASETS}


def read_extra(path: Path, name: str, schema: pa.Schema) -> pa.Table | None:
    """A table that was kept beside the datasets, None where there is none; nothing else of the file is read."""
    try:
        with path.open("rb") as stream:
            for own_name, (size, plain_bytes) in _read_head(stream)["tables"].items():
                if own_name == name:
                    return _from_bytes(stream.read(size), plain_bytes, schema)
                stream.seek(size, os.SEEK_CUR)
    except _FAULTS:
        return None
    return None


def _read_head(stream: BinaryIO) -> dict[str, Any]:
    """The first line; ValueError where the file is of another kind or is not whole."""
    line = stream.readline()
    head: dict[str, Any] = json.loads(line)
    whole = len(line) + sum(size for size, _ in head["tables"].values())
    if head["format"] != _FORMAT or os.fstat(stream.fileno()).st_size != whole:
        raise ValueError("not a whole bundle")
    return head


@cache
def _empty_table(name: str) -> pa.Table:
    return pa.Table.from_batches([], schema=dataset_schema(name))  # empty_table() would bring pandas along


def _to_bytes(table: pa.Table) -> tuple[bytes, int]:
    (batch,) = table.combine_chunks().to_batches()
    plain = batch.serialize()
    return pa.compress(plain, codec=_CODEC, asbytes=True), plain.size


def _from_bytes(payload: bytes, plain_bytes: int, schema: pa.Schema) -> pa.Table:
    plain = pa.decompress(payload, decompressed_size=plain_bytes, codec=_CODEC)
    return pa.Table.from_batches([pa.ipc.read_record_batch(plain, schema)], schema=schema)
