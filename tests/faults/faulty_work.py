"""Work for a worker that goes wrong in every way; named by the file's name. A module, since workers import it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil

from docmodel.document import Page
from docmodel.errors import EngineError
from docmodel.vocabulary import DocumentStatus
from pipeline import reading
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import write_bundle
from pipeline.datasets.rows import DocumentRow
from pipeline.engines.base import Task
from pipeline.summary import DocumentSummary, summarize
from pipeline.task import run_task
from pipeline.unpacking import UnpackTask, run_unpack_task

_KEPT: list[bytes] = []


def _read_until_page_4(task: Task, fault: Callable[[], object]) -> DocumentSummary:
    """The real work on the document, with something that happens to the process instead of its fourth page."""
    read_page = reading._read_page

    def read_three(pdf: Any, index: int, *arguments: Any) -> Page:
        if index == 3:
            fault()
        return read_page(pdf, index, *arguments)

    reading._read_page = read_three
    try:
        summary = run_task(task)
        assert summary is not None
        return summary
    finally:
        reading._read_page = read_page


def _lose_worker(task: Task, *, once: bool) -> None:
    """Kill the process of the cluster that guards this one."""
    mark = task.source.path.parent.parent / f"{task.source.path.stem}.lost"
    if once and mark.exists():
        return
    mark.touch()
    fork_server = psutil.Process().parent()
    assert fork_server is not None
    guard = fork_server.parent()
    assert guard is not None
    guard.kill()
    time.sleep(600)


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
    elif name.startswith("grows"):
        _KEPT.extend(b"x" * (1 << 20) for _ in range(4_096))
    elif name.startswith("large"):
        bytearray(1_200_000_000)
    elif name.startswith("page-4-crashes"):
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        return _read_until_page_4(task, lambda: os.kill(os.getpid(), signal.SIGSEGV))
    elif name.startswith("page-4-hangs"):
        return _read_until_page_4(task, lambda: time.sleep(600))
    elif name.startswith("page-4-grows"):
        return _read_until_page_4(task, lambda: bytearray(8_000_000_000))
    elif name.startswith("raises"):
        raise EngineError("tesseract_failed", th="ล้มเหลว", en="failed")
    return _do_work(task)


def _do_work(task: Task) -> DocumentSummary:
    """The real work on a file that is named so; a row without content of any other."""
    name = task.source.path.stem
    if name.startswith("loses-worker"):
        _lose_worker(task, once=name.endswith("once"))
    if name.startswith("real"):
        summary = run_task(task)
        assert summary is not None
        return summary
    row = DocumentRow(
        document_id=task.source.document_id, source_path=task.source.source_path, status=DocumentStatus.OK
    )
    summary = summarize({"documents": (row,)})
    write_bundle(task.bundle_path, {"documents": rows_to_table("documents", [row])}, summary.as_dict())
    return summary


def end_or_tell_process(item: tuple[int]) -> int:
    """Ends its process for item 0; else says which process it is."""
    if item[0] == 0:
        os._exit(3)
    return os.getpid()


def tell_process(_: object) -> int:
    """The id of the process that works."""
    return os.getpid()


def prepare_nothing() -> None:
    """A worker as it is."""


def end_at_once() -> None:
    """A worker that does not survive its start."""
    os._exit(3)


def do_faulty_unpacking(task: UnpackTask) -> bool:
    """Unpack, killed before it: once, or each time, as the file's name says."""
    name = task.source.path.stem
    mark = task.source.path.parent.parent / f"{name}.tries"
    tries = len(mark.read_bytes()) if mark.exists() else 0
    mark.write_bytes(b"." * (tries + 1))
    if name.startswith("killed") or (name.startswith("lost-once") and not tries):
        os.kill(os.getpid(), signal.SIGKILL)
    return run_unpack_task(task)
