"""A supervised pool of processes on this machine: a crash, a hang or a leak costs one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docmodel.errors import EngineTimeoutError
from pipeline.engines.base import Outcome, Task
from pipeline.engines.supervisor import Ending, Limits, Supervisor
from pipeline.page_board import MIN_SHARED_PAGES, count_pages, remove_board
from pipeline.summary import DocumentSummary
from pipeline.task import run_task


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEngine:
    """Runs each document in a worker process with limits of wall clock and memory that end native code too.

    ``work`` is what a worker does with a task; it must be a function of a module, since workers import it.
    """

    workers: int
    work: Callable[[Task], DocumentSummary | None] = run_task

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Each task's outcome as it is there; closing the iterator kills what still runs."""
        if not tasks:
            return
        options = tasks[0].options
        limits = Limits(timeout_s=options.timeout_s, max_memory_bytes=options.max_memory_bytes)
        supervisor = Supervisor(self.work, workers=self.workers, limits=limits)
        for task in tasks:
            _clear(task)  # of a run that was killed
        help_desk = _HelpDesk(running={task.bundle_path: task for task in tasks})
        for ending in supervisor.run(tasks, _follow_up, help_desk.find if self.workers > 1 else None):
            if ending.item.helps:
                help_desk.note_end(ending)
                continue
            help_desk.running.pop(ending.item.bundle_path, None)
            _clear(ending.item)
            # where even the rescue failed, the first reason is the one to tell
            error = ending.item.stop or ending.error if ending.error else None
            yield Outcome(task=ending.item, summary=ending.result, error=error, seconds=ending.seconds)


def _clear(task: Task) -> None:
    """Remove what is only there while a document is read."""
    task.checkpoint_path.unlink(missing_ok=True)
    remove_board(task.board_path)


@dataclass(slots=True, kw_only=True)
class _HelpDesk:
    """Sends idle workers to documents with many pages left for OCR, the one with the most of them first."""

    running: dict[Path, Task]
    _helpers: Counter[Path] = field(default_factory=Counter)
    _refused: set[Path] = field(default_factory=set)

    def find(self, idle: int) -> list[Task]:
        """A task for each idle worker that can help, which is none while no document asks for it."""
        left = {}
        for path, task in self.running.items():
            counts = count_pages(task.board_path)
            if path not in self._refused and counts.total:
                left[path] = counts.total - counts.read
        found = []
        for _ in range(idle):
            # a page for each that reads already, and for the one that comes enough to be worth opening the file
            waiting = {path: count - self._helpers[path] for path, count in left.items()}
            if not waiting:
                break
            path = max(waiting, key=lambda path: waiting[path] / (1 + self._helpers[path]))
            if waiting[path] < MIN_SHARED_PAGES:
                break
            self._helpers[path] += 1
            found.append(replace(self.running[path], helps=True))
        return found

    def note_end(self, ending: Ending[Task, DocumentSummary | None]) -> None:
        """A helper is done. One that died met a page that kills: the document's own worker is to meet it, too."""
        path = ending.item.bundle_path
        self._helpers[path] -= 1
        if ending.error is not None:
            self._refused.add(path)


def _follow_up(ending: Ending[Task, DocumentSummary | None]) -> Task | None:
    """What to try after a document's process died: once more from where it was, then with the pages read until then.

    A document that ran out of time is not given it twice.
    """
    task = ending.item
    if task.stop is not None:
        return None
    if task.period_s and not isinstance(ending.error, EngineTimeoutError):
        return replace(task, period_s=0.0)
    return replace(task, stop=ending.error) if task.checkpoint_path.is_file() else None
