"""A supervised pool of processes on this machine: a crash, a hang or a leak costs one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.engines.base import Outcome, Task
from pipeline.engines.supervisor import Limits, Supervisor
from pipeline.summary import DocumentSummary
from pipeline.task import run_task


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEngine:
    """Runs each document in a worker process with limits of wall clock and memory that end native code too.

    ``work`` is what a worker does with a task; it must be a function of a module, since workers import it.
    """

    workers: int
    work: Callable[[Task], DocumentSummary] = run_task

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Each task's outcome as it is there; closing the iterator kills what still runs."""
        if not tasks:
            return
        options = tasks[0].options
        limits = Limits(timeout_s=options.timeout_s, max_memory_bytes=options.max_memory_bytes)
        supervisor = Supervisor(self.work, workers=self.workers, limits=limits)
        for ending in supervisor.run(tasks):
            yield Outcome(task=ending.item, summary=ending.result, error=ending.error)
