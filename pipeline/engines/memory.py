"""Keeps a worker within its memory: the kernel refuses what goes beyond, and a watch ends what got there otherwise."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import psutil
import pyarrow as pa

from docmodel.errors import SourceTooLargeError

_LOOK_EVERY_S = 0.1
"""At the pace at which memory can be filled (some 3 GB a second) a worker gets 0.3 GB past its limit at most."""
_PR_SET_PDEATHSIG = 1


def limit_own_memory(max_bytes: int) -> None:
    """Have the kernel refuse this process more private memory than this, where it can (Linux).

    Not address space: libraries map far more than they use. Arrow's own allocators set a gigabyte of private memory
    aside at their first use, which would count against each later document; the system's does not.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        import resource  # noqa: PLC0415  # not on Windows, where WSL is the supported way
    except ImportError:
        return
    with suppress(ValueError, OSError, AttributeError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
        # a core file of each crash would fill the disk
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def end_with_parent() -> None:
    """Have the kernel end this process when the one that started it is gone, where it can (Linux): nobody else would
    stop a document that hangs."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def reset_peak_memory() -> None:
    """Begin to measure anew what this process uses at most, where the system can (Linux)."""
    with suppress(OSError), Path("/proc/self/clear_refs").open("w") as stream:
        stream.write("5")


def peak_memory_mb() -> int | None:
    """Megabytes that this process used at most since ``reset_peak_memory``; None where nobody measures that."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) * 1024 / 1_000_000)
    return None


def memory_error(max_bytes: int) -> SourceTooLargeError:
    """The error of a file that needs more memory than it may have."""
    return SourceTooLargeError(
        "memory_limit",
        th=f"ไฟล์นี้ต้องใช้หน่วยความจำเกิน {max_bytes // 1_000_000} MB ไฟล์อื่นไม่กระทบ โปรดแบ่งไฟล์หรือบันทึกใหม่จากต้นฉบับ",
        en=f"Reading this file takes more than {max_bytes // 1_000_000} MB of memory; no other file is touched. Split "
        "it or save it anew from its source.",
    )


class MemoryWatch:
    """A thread that ends the workers of this process which, with their own children, use more than their limit."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._ended: set[int] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory-watch", daemon=True)
        self._thread.start()

    def has_ended(self, process_id: int | None) -> bool:
        """Whether the watch ended this process."""
        return process_id in self._ended

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._stop.wait(_LOOK_EVERY_S):
            with suppress(psutil.Error):
                for helper in own.children():  # the fork server; workers are its children
                    for worker in helper.children():
                        self._check(worker)

    def _check(self, worker: psutil.Process) -> None:
        with suppress(psutil.Error, ProcessLookupError):
            used = worker.memory_info().rss
            for child in worker.children(recursive=True):
                used += child.memory_info().rss
            if used > self._max_bytes:
                self._ended.add(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)
