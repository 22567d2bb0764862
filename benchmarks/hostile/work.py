"""The real work on every document, except on those whose name asks for a fault that no file can cause at will."""

from __future__ import annotations

import ctypes
import signal
import time

from pipeline.engines.base import Task
from pipeline.summary import DocumentSummary
from pipeline.task import run_task

HANG, SEGFAULT, ALLOCATION = "fault-hang.docx", "fault-segfault.docx", "fault-allocation.docx"


def run_task_or_fault(task: Task) -> DocumentSummary:
    """Hang in native code that lets nothing else run, crash, or fill four gigabytes; else read the document."""
    name = task.source.path.name
    if name == HANG:
        ctypes.PyDLL(None).sleep(3_600)
    elif name == SEGFAULT:
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        ctypes.string_at(0)
    elif name == ALLOCATION:
        filled = [b"x" * (1 << 20) for _ in range(4_096)]
        time.sleep(len(filled))
    return run_task(task)
