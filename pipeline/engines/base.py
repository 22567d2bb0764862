"""What every engine takes and gives: one task per document, one outcome per task, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docmodel.document import SourceFile
from docmodel.errors import BcpError
from pipeline.options import Options
from pipeline.summary import DocumentSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A document to read; its rows go to ``bundle_path``.

    Pages are kept every ``period_s`` seconds; with ``stop`` only the kept ones are taken, and the error says why. A
    task that ``helps`` reads pages of a document that another worker has, and has no outcome of its own.
    """

    source: SourceFile
    options: Options
    bundle_path: Path
    period_s: float = 2.0
    stop: BcpError | None = None
    helps: bool = False

    @property
    def checkpoint_path(self) -> Path:
        """Where the pages read so far are kept while the document is on its way."""
        return self.bundle_path.with_suffix(".pages")

    @property
    def board_path(self) -> Path:
        """Where its pages are shared with idle workers (``pipeline.page_board``)."""
        return self.bundle_path.with_suffix(".board")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task: a summary, or the error that ended its process and how long that took."""

    task: Task
    summary: DocumentSummary | None = None
    error: BcpError | None = None
    seconds: float | None = None


class Engine(Protocol):
    """Runs tasks side by side. A task that crashes or hangs ends in an outcome of its own and touches no other."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Each task's outcome as it is there. Closing the iterator stops what is still running."""
        ...
