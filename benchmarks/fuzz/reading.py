"""Reads one file as a worker would, and says what went wrong that must not."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from docmodel.errors import BcpError
from extractors.containers.unpack import unpack
from pipeline.options import OcrMode, Options
from pipeline.process import process_document
from pipeline.schema import Schema, load_schema
from pipeline.sources import read_source

CONTAINERS = frozenset({"eml", "msg", "zip", "tar"})
_OPTIONS = Options(ocr=OcrMode.NEVER, max_pages=300)


class FaultError(Exception):
    """The program failed on a file, instead of saying what is wrong with the file."""


def read_as_worker(content: bytes, kind: str) -> None:
    """Read the bytes as a file of this kind; raises FaultError where anything but an error of this product comes."""
    with tempfile.TemporaryDirectory(prefix="bcp-fuzz-") as folder:
        path = Path(folder) / f"file.{'tar.gz' if kind == 'tar' else kind}"
        path.write_bytes(content)
        if kind in CONTAINERS:
            (Path(folder) / "out").mkdir()
            try:
                unpack(path, path.name, Path(folder) / "out")
            except BcpError:
                pass
            except Exception as error:
                raise FaultError(f"unpack: {type(error).__name__}: {error}") from error
        if kind in ("zip", "tar"):
            return
        (document,) = process_document(read_source(path, path.name), _OPTIONS, _schema()).rows["documents"]
        if document.error_code == "internal_error":  # type: ignore[attr-defined]
            raise FaultError(str(document.error_message).rpartition(" | ")[2])  # type: ignore[attr-defined]


@lru_cache
def _schema() -> Schema:
    return load_schema(_OPTIONS.schema_id)
