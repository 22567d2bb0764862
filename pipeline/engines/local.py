"""A supervised pool of processes on this machine: a crash, a hang or a leak costs one document."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from functools import partial
from queue import Queue
from typing import Any

from pebble import ProcessExpired, ProcessPool

from docmodel.errors import BcpError, EngineError, EngineTimeoutError
from pipeline.engines.base import Outcome, Task
from pipeline.summary import DocumentSummary
from pipeline.task import run_task

_TASKS_PER_WORKER = 40
"""A worker is replaced after so many documents, which bounds what native libraries leak; starting one takes about a
second of imports, so fewer would cost time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEngine:
    """Runs each document in a worker process with a wall-clock limit that ends native code too.

    ``work`` is what a worker does with a task; it must be a function of a module, since workers import it.
    """

    workers: int
    work: Callable[[Task], DocumentSummary] = run_task

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Each task's outcome as it is there; closing the iterator kills what still runs."""
        if not tasks:
            return
        # one thread per worker: the workers are the parallelism, and Tesseract's threads only slow each other down
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipeline.task"])
        pool = ProcessPool(
            max_workers=min(self.workers, len(tasks)),
            max_tasks=_TASKS_PER_WORKER,
            initializer=_prepare_worker,
            context=context,
        )
        done: Queue[tuple[Task, Any]] = Queue()
        try:
            # the imports of the first start must not count against a document's time
            pool.schedule(_is_ready).result()
            for task in tasks:
                future = pool.schedule(self.work, args=(task,), timeout=task.options.timeout_s)
                future.add_done_callback(partial(_note_done, done, task))
            for _ in tasks:
                yield _read_outcome(*done.get())
        finally:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one without annotations
            pool.join()


def _is_ready() -> bool:
    return True


def _note_done(done: Queue[tuple[Task, Any]], task: Task, future: Any) -> None:
    done.put((task, future))


def _prepare_worker() -> None:
    """The main process alone answers Ctrl-C; it stops the workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_outcome(task: Task, future: Any) -> Outcome:
    try:
        summary: DocumentSummary = future.result()
    except BcpError as error:
        return Outcome(task=task, error=error)
    except FutureTimeoutError:
        return Outcome(task=task, error=_timeout_error(task.options.timeout_s))
    except ProcessExpired as error:
        return Outcome(task=task, error=_crash_error(error.exitcode))
    except Exception as error:  # noqa: BLE001  # the pool passes on whatever the worker raised: it fails one document
        return Outcome(task=task, error=_crash_error(None, type(error).__name__))
    return Outcome(task=task, summary=summary)


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
