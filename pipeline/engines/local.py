"""A supervised pool of processes on this machine: a crash, a hang or a leak costs one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from docmodel.errors import EngineTimeoutError
from pipeline.engines.base import Outcome, Task
from pipeline.engines.supervisor import Ending, Limits, Supervisor
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
        for task in tasks:
            task.checkpoint_path.unlink(missing_ok=True)  # of a run that was killed
        for ending in supervisor.run(tasks, _follow_up):
            ending.item.checkpoint_path.unlink(missing_ok=True)
            # where even the rescue failed, the first reason is the one to tell
            error = ending.item.stop or ending.error if ending.error else None
            yield Outcome(task=ending.item, summary=ending.result, error=error, seconds=ending.seconds)


def _follow_up(ending: Ending[Task, DocumentSummary]) -> Task | None:
    """What to try after a document's process died: once more from where it was, then with the pages read until then.

    A document that ran out of time is not given it twice.
    """
    task = ending.item
    if task.stop is not None:
        return None
    if task.period_s and not isinstance(ending.error, EngineTimeoutError):
        return replace(task, period_s=0.0)
    return replace(task, stop=ending.error) if task.checkpoint_path.is_file() else None
