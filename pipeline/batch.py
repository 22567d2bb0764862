"""What a run was asked for, what it has in hand once every file is read, and what comes of it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from docmodel.errors import ExitCode
from docmodel.issue import Issue, Severity
from pipeline.corrections import Correction
from pipeline.options import Options
from pipeline.receipt import build_account
from pipeline.schema import Schema
from pipeline.sources import SourceList
from pipeline.store import ResultStore
from pipeline.summary import DocumentSummary
from pipeline.unchanged import find_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What to run on. ``only`` is a shell pattern on the input paths; ``force`` reads again what is kept."""

    input: Path
    output: Path
    options: Options
    workers: int = 1
    only: str | None = None
    force: bool = False

    def settings(self) -> dict[str, Any]:
        """All that was asked for by name, as ``run.json`` has it."""
        own = {name: getattr(self, name) for name in ("input", "output", "only", "force", "workers")}
        return {**own, **asdict(self.options)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What came of a run: one summary per input file in the order of their paths."""

    summaries: tuple[DocumentSummary, ...]
    account: Mapping[str, Any]

    @property
    def exit_code(self) -> ExitCode:
        """0 when every file was read, 2 when some failed."""
        failed = any(summary.failed for summary in self.summaries)
        return ExitCode.SOME_DOCUMENTS_FAILED if failed else ExitCode.OK


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Every file of the input with what was read of it, and what lies beside the input: corrections (``unusable`` are
    the rows that are none) and the analyst's ``severities`` of findings. ``started`` is of the monotonic clock."""

    request: RunRequest
    schema: Schema
    store: ResultStore
    source_list: SourceList
    summaries: tuple[DocumentSummary, ...]
    corrections: tuple[Correction, ...]
    unusable: tuple[Issue, ...]
    severities: Mapping[str, Severity | None]
    engines: str
    started: float

    def find_mark(self) -> str:
        """The mark of all that the datasets are made from."""
        return find_mark(
            self.request.settings(),
            self.source_list,
            self.summaries,
            engines=self.engines,
            laid_over=(sorted(self.severities.items()), self.corrections, self.unusable),
        )

    def account(
        self, summaries: Sequence[DocumentSummary], row_counts: Mapping[str, int], removed: Sequence[str] = ()
    ) -> dict[str, Any]:
        """What ``run.json`` says of the run. Raises DatasetError when ``documents`` does not hold one row per file."""
        return build_account(
            self.request.settings(),
            summaries,
            source_list=self.source_list,
            row_counts=row_counts,
            engines=self.engines,
            seconds=time.monotonic() - self.started,
            removed=removed,
        )
