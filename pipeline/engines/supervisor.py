"""Runs work in processes that are watched: each item has limits of time and memory, and costs no other when it dies."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired

from docmodel.errors import BcpError, EngineError, EngineTimeoutError
from pipeline.engines.memory import MemoryWatch, end_with_parent, limit_own_memory, memory_error
from pipeline.engines.pool import WatchedPool

Item = TypeVar("Item")
Result = TypeVar("Result")

_OUT_OF_MEMORY = 75
"""The exit code of a worker that was refused memory."""


_LOOK_FOR_HELP_S = 0.3
"""How often idle workers look for something to help with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one item may use: seconds of wall clock, which end native code too, and bytes of memory."""

    timeout_s: float
    max_memory_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Generic[Item, Result]):
    """How an item ended: with a result, or with the error of its process. ``died`` tells a process that was ended or
    fell, from work that raised; ``seconds`` is how long that took, where it is known."""

    item: Item
    result: Result | None = None
    error: BcpError | None = None
    died: bool = False
    seconds: float | None = None


class Supervisor(Generic[Item, Result]):
    """A pool of watched processes. ``work`` must be a function of a module, since workers import it."""

    def __init__(self, work: Callable[[Item], Result], *, workers: int, limits: Limits) -> None:
        self._work = work
        self._workers = workers
        self._limits = limits
        self._starts = Path()

    def run(
        self,
        items: Sequence[Item],
        follow_up: Callable[[Ending[Item, Result]], Item | None] = lambda _: None,
        find_help: Callable[[int], Sequence[Item]] | None = None,
    ) -> Iterator[Ending[Item, Result]]:
        """How each item ended, as it does; closing the iterator kills what still runs.

        ``follow_up`` may give another item to try in place of one that died; then only that one's ending comes.
        ``find_help`` is asked, with the number of idle workers, for items that help those that run; their endings come
        too, and the run does not wait for them.
        """
        if not items:
            return
        # one thread per worker: the workers are the parallelism, and Tesseract's threads only slow each other down
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        starts = tempfile.TemporaryDirectory(prefix="bcp-starts-", ignore_cleanup_errors=True)
        self._starts = Path(starts.name)
        pool = WatchedPool[Item](
            partial(_work_from_now, self._work, self._starts),
            workers=self._workers if find_help else min(self._workers, len(items)),
            timeout_s=self._limits.timeout_s,
            prepare=_prepare_worker,
            arguments=(self._limits.max_memory_bytes,),
        )
        with starts, closing(MemoryWatch(self._limits.max_memory_bytes)) as watch, pool:
            for item in items:
                pool.submit(item)
            left, helpers = len(items), set[int]()
            while left:
                idle = self._workers - left - len(helpers)
                done = pool.take(_LOOK_FOR_HELP_S if find_help and idle > 0 else None)
                if done is None:
                    for helper in find_help(idle) if find_help else ():
                        helpers.add(id(helper))
                        pool.submit(helper)
                    continue
                item, future, ended = done
                ending = self._read(item, future, watch, ended)
                if id(item) in helpers:
                    helpers.discard(id(item))
                    yield ending
                    continue
                next_item = follow_up(ending) if ending.died else None
                if next_item is not None:
                    pool.submit(next_item)
                    continue
                left -= 1
                yield ending

    def _read(self, item: Item, future: Any, watch: MemoryWatch, ended: float) -> Ending[Item, Result]:
        limits = self._limits
        try:
            return Ending(item=item, result=future.result())
        except BcpError as error:
            return Ending(item=item, error=error, died=error.code == "memory_limit")
        except FutureTimeoutError:
            timed_out = _timeout_error(limits.timeout_s)
            return Ending(item=item, error=timed_out, died=True, seconds=limits.timeout_s)
        except ProcessExpired as error:
            over_memory = watch.has_ended(error.pid) or error.exitcode == _OUT_OF_MEMORY
            fault = memory_error(limits.max_memory_bytes) if over_memory else _crash_error(error.exitcode)
            return Ending(item=item, error=fault, died=True, seconds=self._seconds(error.pid, ended))
        except MemoryError:  # the result did not fit through the pipe
            return Ending(item=item, error=memory_error(limits.max_memory_bytes), died=True)
        except Exception as error:  # noqa: BLE001  # the pool passes on whatever the worker raised: it fails one item
            return Ending(item=item, error=_crash_error(None, type(error).__name__))

    def _seconds(self, process_id: int | None, ended: float) -> float | None:
        """How long a process had worked on its last item when it ended."""
        with suppress(OSError, ValueError):
            started = float((self._starts / str(process_id)).read_text(encoding="ascii"))
            return max(0.0, ended - started)
        return None


def _work_from_now(work: Callable[[Item], Result], starts: Path, item: Item) -> Result:
    """The work, once it is noted when it began: of a process that dies nobody else knows."""
    with suppress(OSError):  # a full disk loses the measure alone
        (starts / str(os.getpid())).write_text(str(time.time()), encoding="ascii")
    try:
        return work(item)
    except MemoryError:
        # what filled the memory may stay with the process, and must not be in the way of the next document
        os._exit(_OUT_OF_MEMORY)


def _prepare_worker(max_memory_bytes: int) -> None:
    """The main process alone answers Ctrl-C and stops the workers itself; where it is killed, they end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    limit_own_memory(max_memory_bytes)


def _timeout_error(timeout_s: float) -> EngineTimeoutError:
    return EngineTimeoutError(
        "document_timeout",
        th=f"อ่านไม่เสร็จภายใน {timeout_s:.0f} วินาที กรุณาแยกไฟล์เป็นส่วนย่อยหรือเพิ่ม --timeout แล้วสั่งซ้ำ",
        en=f"Not read within {timeout_s:.0f} seconds; split the file or raise --timeout, then run again.",
    )


def _crash_error(exit_code: int | None, kind: str | None = None) -> EngineError:
    how = kind or (f"exit code {exit_code}" if exit_code is not None else "no exit code")
    return EngineError(
        "worker_crashed",
        th="โปรแกรมอ่านไฟล์หยุดทำงานกลางคันเพราะไฟล์นี้ ไฟล์อื่นไม่กระทบ กรุณาบันทึกไฟล์ใหม่จากต้นฉบับแล้วสั่งซ้ำ หรือแจ้งผู้ดูแลโปรแกรม",
        en=f"The process that read this file ended ({how}); no other file is touched. Save the file anew from its "
        "source and run again, or report it to the maintainers.",
    )
