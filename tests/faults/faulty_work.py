"""Work for a worker that goes wrong in every way; named by the file's name. A module, since workers import it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

from docmodel.errors import EngineError
from docmodel.vocabulary import DocumentStatus
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import write_bundle
from pipeline.datasets.rows import DocumentRow
from pipeline.engines.base import Task
from pipeline.summary import DocumentSummary, summarize


def do_faulty_work(task: Task) -> DocumentSummary:
    """Crash, hang, die, raise, or do the work, as the file's name says."""
    name = task.source.path.stem
    if name.startswith("segfault"):
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        ctypes.string_at(0)
    elif name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    elif name.startswith("exits"):
        os._exit(7)
    elif name.startswith("hangs"):
        time.sleep(600)
    elif name.startswith("deep"):
        sys.setrecursionlimit(10_000)
        return do_faulty_work(task)
    elif name.startswith("raises"):
        raise EngineError("tesseract_failed", th="ล้มเหลว", en="failed")
    row = DocumentRow(
        document_id=task.source.document_id, source_path=task.source.source_path, status=DocumentStatus.OK
    )
    summary = summarize({"documents": (row,)})
    write_bundle(task.bundle_path, {"documents": rows_to_table("documents", [row])}, summary.as_dict())
    return summary
