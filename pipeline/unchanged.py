"""Tells that a run would write what the run before has written, so that the datasets can stay as they are.

What the rows of a batch depend on is put into one mark: code, settings, corrections, and of each file its content, its
path and what was read of it. It is kept with the stamps (size, times, inode) of the files that were written. Where
either is another, everything is put together again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from docmodel.document import SourceFile
from pipeline.datasets.rows import DATASETS
from pipeline.datasets.writer import RUN_FILE
from pipeline.file_index import stamp
from pipeline.sources import SourceList
from pipeline.summary import DocumentSummary
from pipeline.version import DATASET_VERSION, code_fingerprint, pipeline_version

MARK_FILE: Final = "written.json"
_WITHOUT_ROWS: Final = frozenset({"force", "max_memory_bytes", "timeout_s", "workers"})
"""Settings that change how a run goes and not what comes of it."""


def find_mark(
    settings: Mapping[str, Any],
    source_list: SourceList,
    summaries: Sequence[DocumentSummary],
    *,
    engines: str,
    laid_over: Sequence[Any],
) -> str:
    """64 hex digits over all that the datasets are made from. ``laid_over`` is what lies beside the input: corrections
    and settings of findings, as they were understood."""
    sources = [_identity(source) for source in source_list.sources]
    parts = [
        [pipeline_version(), code_fingerprint(), DATASET_VERSION, engines],
        sorted((name, str(value)) for name, value in settings.items() if name not in _WITHOUT_ROWS),
        [repr(part) for part in laid_over],
        sources,
        [(entry.source_path, entry.error.code) for entry in source_list.unreadable],
        [(entry.source_path, entry.reason) for entry in source_list.skipped],
        # whether a summary was kept or made just now changes no row
        [asdict(replace(summary, kept=False)) for summary in summaries],
    ]
    return hashlib.sha256(json.dumps(parts).encode(errors="replace")).hexdigest()


def _identity(source: SourceFile) -> tuple[str, str, int]:
    return source.source_path, source.sha256, source.size_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an earlier run left: its account, as ``run.json`` has it."""

    account: Mapping[str, Any]

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows per dataset."""
        return dict(self.account["rows"])

    def summaries(self, today: Sequence[DocumentSummary]) -> tuple[DocumentSummary, ...]:
        """The summaries with what the batch laid over them, each as much ``kept`` as it is today."""
        kept = {summary.source_path: summary.kept for summary in today}
        return tuple(
            DocumentSummary(**{**entry, "kept": kept[entry["source_path"]]}) for entry in self.account["documents"]
        )


def find_written(output: Path, store: Path, mark: str) -> Written | None:
    """What the run before wrote, where it had the same mark and its files are as it left them; else None."""
    try:
        kept = json.loads((store / MARK_FILE).read_text(encoding="utf-8"))
        if kept["mark"] != mark or kept["stamps"] != _stamps(output):
            return None
        account = json.loads((output / RUN_FILE).read_text(encoding="utf-8"))
        whole = all(pq.read_metadata(_path(output, name)).num_rows == account["rows"][name] for name in DATASETS)
        return Written(account=account) if whole else None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None


def note_written(output: Path, store: Path, mark: str) -> None:
    """Remember the files of the output as they are now under the mark of the run that wrote them.

    Where the disk does not take it, the next run writes the datasets once more.
    """
    beside = store / f"{MARK_FILE}.part"
    with suppress(OSError):
        store.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"mark": mark, "stamps": _stamps(output)}), encoding="utf-8")
        beside.replace(store / MARK_FILE)


def _stamps(output: Path) -> dict[str, list[int]]:
    """The stamp of each file of the set; OSError where one is missing."""
    return {path.name: stamp(path.stat()) for path in (*(_path(output, name) for name in DATASETS), output / RUN_FILE)}


def _path(output: Path, name: str) -> Path:
    return output / f"{name}.parquet"
