"""Documents spread over a Ray cluster: each in the same watched process as on one machine, and with the same rows.

Ray brings the tasks to the machines and tells when one is lost; the guard of a document is the local engine's, started
where the document is read. A file that a machine does not see is sent to it, and a document's rows come back with its
outcome, so that the machines need no folder in common.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docmodel.errors import BcpError, ConfigError, EngineError, EngineMissingError
from pipeline.engines.base import Outcome, Task
from pipeline.engines.fingerprint import engine_fingerprint
from pipeline.engines.ray_worker import NodeWorker, RemoteOutcome
from pipeline.summary import DocumentSummary
from pipeline.task import run_task
from pipeline.version import code_fingerprint

MAX_TRIES: Final = 2
"""A document whose machine or worker was lost is tried once more; who loses two may be what kills them."""
_OBJECT_STORE_BYTES: Final = 256 * 1024 * 1024
"""Of a cluster on this machine alone: files and rows on their way, of which there are few at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RayEngine:
    """Runs each document on some machine of a cluster, or on this one without an ``address``.

    ``workers`` are documents side by side, 0 for one per processor of the cluster. ``work`` is what is done with a task
    in its guarded process; it must be a function of a module that every machine has.
    """

    workers: int = 0
    address: str | None = None
    work: Callable[[Task], DocumentSummary | None] = run_task

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Each task's outcome as it is there; closing the iterator ends what still runs.

        Raises EngineMissingError without Ray, ConfigError where the cluster does not answer or has another version.
        """
        if not tasks:
            return
        ray = _import_ray()
        cache_dir = tasks[0].options.cache_dir
        if cache_dir is not None:
            cache_dir.mkdir(parents=True, exist_ok=True)  # machines that see it use it
        with _cluster(ray, self.address, self.workers):
            count = min(len(tasks), self.workers or int(ray.cluster_resources().get("CPU", 1)))
            fleet = _Fleet(ray=ray, work=self.work)
            try:
                yield from fleet.run(tasks, count)
            finally:
                fleet.close()


class _Fleet:
    """The workers of one run and what each of them has to do."""

    def __init__(self, *, ray: Any, work: Callable[[Task], DocumentSummary | None]) -> None:
        self._ray = ray
        self._work = work
        self._remote = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(NodeWorker)
        self._expected = (code_fingerprint(), engine_fingerprint())
        self._running: dict[Any, tuple[Any, Task]] = {}
        self._tries: dict[Path, int] = {}

    def run(self, tasks: Sequence[Task], count: int) -> Iterator[Outcome]:
        """The outcomes of the tasks on so many workers."""
        waiting = deque(tasks)
        idle = [self._start() for _ in range(count)]
        while waiting or self._running:
            while waiting and idle:
                self._send(idle.pop(), waiting.popleft())
            (done,), _ = self._ray.wait(list(self._running), num_returns=1)
            worker, task = self._running.pop(done)
            try:
                remote: RemoteOutcome = self._ray.get(done)
                if remote.needs_content:
                    self._send(worker, task, task.source.path.read_bytes())
                    continue
                outcome = self._receive(task, remote)
            except self._ray.exceptions.RayActorError:
                worker = self._start()
                self._tries[task.bundle_path] = self._tries.get(task.bundle_path, 1) + 1
                if self._tries[task.bundle_path] <= MAX_TRIES:
                    waiting.appendleft(task)
                    idle.append(worker)
                    continue
                outcome = Outcome(task=task, error=_lost_error())
            except (self._ray.exceptions.RayError, OSError) as error:
                outcome = Outcome(task=task, error=_failed_error(type(error).__name__))
            idle.append(worker)
            yield outcome

    def close(self) -> None:
        """End the workers that still have something to do; the idle ones end when nobody holds them."""
        for worker, _ in self._running.values():
            self._ray.kill(worker)

    def _start(self) -> Any:
        """A worker on some machine, once it is clear that it gives the same rows as this one."""
        worker = self._remote.remote(self._work)
        try:
            found = self._ray.get(worker.identify.remote())
        except self._ray.exceptions.RayError as error:
            raise _unusable(type(error).__name__) from error
        if found != self._expected:
            raise _differs()
        return worker

    def _send(self, worker: Any, task: Task, content: bytes | None = None) -> None:
        self._running[worker.read.remote(task, content)] = (worker, task)

    def _receive(self, task: Task, remote: RemoteOutcome) -> Outcome:
        """The outcome, the document's rows put where the local engine would have put them."""
        if remote.bundle is not None:
            task.bundle_path.parent.mkdir(parents=True, exist_ok=True)
            beside = task.bundle_path.with_name(f".{task.bundle_path.name}.{os.getpid()}")
            beside.write_bytes(remote.bundle)
            beside.replace(task.bundle_path)
        return Outcome(task=task, summary=remote.summary, error=remote.error, seconds=remote.seconds)


def check_ray() -> None:
    """Raise EngineMissingError where Ray is not installed."""
    _import_ray()


def _import_ray() -> Any:
    # nothing of a run is told to anybody outside
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray  # noqa: PLC0415  # an extra that one machine does not need
    except ImportError as error:
        raise EngineMissingError(
            "ray_missing",
            th="ยังไม่ได้ติดตั้ง Ray ซึ่ง --engine ray ต้องใช้ ติดตั้งด้วยคำสั่ง: .venv/bin/pip install -r requirements-ray.lock "
            "หรือใช้ --engine local",
            en="Ray, which --engine ray needs, is not installed. Install it with: .venv/bin/pip install -r "
            "requirements-ray.lock, or use --engine local.",
        ) from error
    return ray


@contextmanager
def _cluster(ray: Any, address: str | None, workers: int) -> Iterator[None]:
    """Connected to a cluster: the one at the address, the one that this process has already, or one of its own."""
    if ray.is_initialized():
        yield
        return
    quiet = {"log_to_driver": False, "logging_level": "error"}
    own = {
        "num_cpus": workers or None,
        "include_dashboard": False,
        "object_store_memory": _OBJECT_STORE_BYTES,
    }
    try:
        ray.init(address=address, **quiet) if address else ray.init(address="local", **own, **quiet)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise _unusable(type(error).__name__) from error
    try:
        yield
    finally:
        ray.shutdown()


def _unusable(kind: str) -> ConfigError:
    return ConfigError(
        "ray_unusable",
        th="เริ่มหรือเชื่อมต่อคลัสเตอร์ Ray ไม่ได้ กรุณาตรวจสอบ --ray-address และ ray status บนเครื่องหลัก แล้วสั่งซ้ำ งานที่เสร็จแล้วเก็บไว้",
        en=f"The Ray cluster cannot be started or reached ({kind}); check --ray-address and `ray status` on its head, "
        "then run again. What is done is kept.",
    )


def _differs() -> ConfigError:
    return ConfigError(
        "ray_node_differs",
        th="เครื่องในคลัสเตอร์มีโปรแกรมหรือ Tesseract คนละรุ่นกับเครื่องนี้ ผลลัพธ์จะไม่ตรงกัน กรุณาติดตั้งให้เหมือนกันทุกเครื่องแล้วสั่งซ้ำ",
        en="A machine of the cluster has another version of this program or of Tesseract, so its rows would differ. "
        "Install the same on all machines and run again.",
    )


def _lost_error() -> EngineError:
    return EngineError(
        "worker_lost",
        th="เครื่องหรือโปรเซสที่อ่านไฟล์นี้หายไปสองครั้ง ไฟล์อื่นไม่กระทบ กรุณาสั่งซ้ำ หากยังเป็นอยู่ให้อ่านไฟล์นี้ด้วย --engine local",
        en="The machine or process that read this file was lost twice; no other file is touched. Run again, and read "
        "this file with --engine local if it stays so.",
    )


def _failed_error(kind: str) -> BcpError:
    return EngineError(
        "ray_failed",
        th="ส่งไฟล์นี้ไปหรือรับผลกลับจากคลัสเตอร์ไม่ได้ ไฟล์อื่นไม่กระทบ กรุณาตรวจสอบพื้นที่ดิสก์และเครือข่าย แล้วสั่งซ้ำ",
        en=f"This file could not be sent to the cluster or its rows not be kept ({kind}); no other file is touched. "
        "Check disk space and network, then run again.",
    )
