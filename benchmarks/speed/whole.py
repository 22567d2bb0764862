"""The whole pipeline on some files, as a worker runs it: prints one line of JSON with the time of each stage.

    python benchmarks/speed/whole.py WARM_UP FILE ...

A worker is forked from a process that has read all lists (``pipeline.engines.preload``); the first file warms up what
is left. Each document goes all the way to its bundle of datasets.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pipeline.engines.preload  # noqa: E402, F401
from pipeline import process, task  # noqa: E402
from pipeline.engines.base import Task  # noqa: E402
from pipeline.options import Options  # noqa: E402
from pipeline.sources import read_source  # noqa: E402

STAGES = {
    "read: text, boxes, paths, tables": (process, ("read_document",)),
    "repair, join pages": (process, ("normalize_document",)),
    "outline": (process, ("build_outline",)),
    "mapping": (process, ("map_outline",)),
    "identity": (process, ("find_identity",)),
    "records": (process, ("build_records",)),
    "verdicts and findings": (process, ("assess_components", "find_findings")),
    "rows to datasets": (
        task,
        ("rows_to_table", "build_signatures", "summarize", "write_bundle"),
    ),
}


def clock(module: ModuleType, name: str, stage: str, spent: Counter[str]) -> None:
    work: Callable[..., Any] = getattr(module, name)

    @wraps(work)
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.process_time()
        try:
            return work(*args, **kwargs)
        finally:
            spent[stage] += time.process_time() - started

    setattr(module, name, timed)


def main(warm_up: str, files: list[str]) -> dict[str, Any]:
    spent: Counter[str] = Counter()
    pages = 0
    with tempfile.TemporaryDirectory() as folder:

        def read(path: str) -> int:
            source = read_source(Path(path), Path(path).name)
            summary = task.run_task(
                Task(source=source, options=Options(), bundle_path=Path(folder) / f"{source.sha256}.arrow")
            )
            assert summary is not None
            assert summary.status == "ok", f"{path}: {summary.error_code}"
            return summary.page_count or 0

        read(warm_up)
        for stage, (module, names) in STAGES.items():
            for name in names:
                clock(module, name, stage, spent)
        wall, processor = time.perf_counter(), time.process_time()
        for path in files:
            pages += read(path)
        processor_s = time.process_time() - processor
        wall_s = time.perf_counter() - wall
    return {
        "wall_s": wall_s,
        "processor_s": processor_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pages": pages,
        "stages": dict(spent),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2:])))
