"""A pool of processes that outlives the loss of any of them, also of one that had nothing to do when it was lost."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from docmodel.errors import EngineError

Item = TypeVar("Item")

_ITEMS_PER_WORKER = 40
"""A worker is replaced after so many documents, which bounds what native libraries leak; starting one takes about a
second of imports, so fewer would cost time."""
_LOOK_EVERY_S = 5.0
_STALLED_S = 120.0
"""With work waiting and nobody at it for so long, the worker that held the queue was killed with it in hand. Starting
a worker takes some seconds, on a busy machine many."""
_GONE_S = 2.0
"""An item still called running so long after its process is gone: the pool tells a death itself within a second."""
_START_S = (30.0, 60.0, 120.0, 300.0, 600.0)
"""How long each try may take: a start that hangs costs little, and a busy machine gets its time in the end."""
_LOOK_AT_START_S = 0.5
_MAX_TRIES = len(_START_S)
"""A pool that breaks so often before a single item is done cannot be had on this machine."""


class WatchedPool(Generic[Item]):
    """Does ``work`` on items in processes. Use it as a context manager, which ends whatever still runs."""

    def __init__(
        self,
        work: Callable[[Item], Any],
        *,
        workers: int,
        timeout_s: float,
        prepare: Callable[..., None],
        arguments: tuple[Any, ...],
    ) -> None:
        self._work = work
        self._workers = workers
        self._timeout_s = timeout_s
        self._prepare = prepare
        self._arguments = arguments
        self._pool: ProcessPool | None = None
        self._pending: dict[int, tuple[Item, Any]] = {}
        self._done: Queue[tuple[Item, Any, float]] = Queue()
        self._tries = 0
        self._busy_at = time.monotonic()
        self._gone_since: dict[int, float] = {}

    def __enter__(self) -> Self:
        """Start the processes; raises EngineError where the system refuses them."""
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill what still runs."""
        self._close()

    def submit(self, item: Item) -> None:
        """Put an item in the queue."""
        self._pending[id(item)] = (item, None)
        self._schedule(item)

    def take(self, timeout_s: float | None = None) -> tuple[Item, Any, float] | None:
        """The next item that is done, its future and when it ended; None where none is within the time."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        while True:
            left = _LOOK_EVERY_S if deadline is None else min(_LOOK_EVERY_S, deadline - time.monotonic())
            try:
                item, future, ended = self._done.get(timeout=max(0.0, left))
            except Empty:
                self._tell_lost()
                if self._is_stalled():
                    self._open()
                if deadline is not None and time.monotonic() >= deadline:
                    return None
                continue
            _, current = self._pending.get(id(item), (None, None))
            if current is not future:  # of a pool that is gone
                continue
            if _is_broken(future):
                self._open()
                continue
            del self._pending[id(item)]
            self._tries = 0
            self._busy_at = time.monotonic()
            return item, future, ended

    def _open(self) -> None:
        """A new pool with all that is not done in its queue."""
        while True:
            self._close()
            self._tries += 1
            if self._tries > _MAX_TRIES:
                raise _not_started()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["pipeline.engines.preload"])
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=_ITEMS_PER_WORKER,
                initializer=self._prepare,
                initargs=self._arguments,
                context=context,
            )
            # the imports of the first start must not count against a document's time
            if _gets_ready(self._pool, _START_S[self._tries - 1]):
                break
        self._busy_at = time.monotonic()
        for item, _ in list(self._pending.values()):
            self._schedule(item)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one without annotations
            self._pool.join()
            self._pool = None

    def _schedule(self, item: Item) -> None:
        assert self._pool is not None
        try:
            future = self._pool.schedule(self._work, args=(item,), timeout=self._timeout_s)
        except RuntimeError:  # it broke in the meantime; what waits in it says so, and brings this item along
            return
        self._pending[id(item)] = (item, future)
        future.add_done_callback(partial(self._note_done, item))

    def _note_done(self, item: Item, future: Any) -> None:
        self._done.put((item, future, time.time()))

    def _tell_lost(self) -> None:
        """End items whose process died so soon that the pool learned of the death first and of its item later.

        Pebble 5.2 then calls the item running until its time limit. There is no public way to ask which process has it.
        """
        assert self._pool is not None
        manager = self._pool._pool_manager
        running = {task.id: task.worker_id for task in list(manager.task_manager.tasks.values()) if task.worker_id}
        gone = {
            task: process
            for task, process in running.items()
            if process not in manager.worker_manager.workers and not psutil.pid_exists(process)
        }
        now = time.monotonic()
        self._gone_since = {task: self._gone_since.get(task, now) for task in gone}
        for task, since in self._gone_since.items():
            if now - since > _GONE_S:
                error = ProcessExpired("lost", code=None, pid=gone[task])  # type: ignore[no-untyped-call]
                manager.task_manager.task_problem(task, error)

    def _is_stalled(self) -> bool:
        """Whether there is work and nobody has been at it for long."""
        futures = [future for _, future in self._pending.values()]
        if not futures or any(future is not None and future.running() for future in futures):
            self._busy_at = time.monotonic()
        return time.monotonic() - self._busy_at > _STALLED_S


def _gets_ready(pool: ProcessPool, within_s: float) -> bool:
    """Whether the pool does a first small thing; not where one of its processes is lost before."""
    future = pool.schedule(_is_ready)
    seen = set(pool._pool_manager.worker_manager.workers)
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            future.result(timeout=_LOOK_AT_START_S)
            return True
        except FutureTimeoutError:
            processes = set(pool._pool_manager.worker_manager.workers)
            if seen - processes:
                return False
            seen = processes
        except (BrokenProcessPool, ProcessExpired, RuntimeError, OSError):
            return False
    return False


def _is_ready() -> int:
    return os.getpid()


def _is_broken(future: Any) -> bool:
    return bool(future.cancelled()) or isinstance(future.exception(), BrokenProcessPool)


def _not_started() -> EngineError:
    return EngineError(
        "workers_not_started",
        th="เริ่มโปรเซสสำหรับอ่านไฟล์ไม่ได้ กรุณาปิดโปรแกรมอื่นเพื่อคืนหน่วยความจำ หรือลด --workers แล้วสั่งซ้ำ งานที่เสร็จแล้วเก็บไว้",
        en="The processes that read files do not start or keep being ended. Free memory or lower --workers, then run "
        "again; what is done is kept.",
    )
