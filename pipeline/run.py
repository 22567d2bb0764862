"""A batch: every input file becomes a row, whatever it is; only what is new or changed is read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import structlog

from docmodel.document import SourceFile
from docmodel.errors import BcpError, ExitCode
from pipeline.claim import claimed
from pipeline.config import read_settings
from pipeline.copies import find_batch_findings
from pipeline.corrections import fit_corrections, read_corrections
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import read_bundle, read_extra
from pipeline.datasets.writer import DatasetWriter, finish_interrupted_write
from pipeline.engines.base import Engine, Outcome, Task
from pipeline.engines.fingerprint import engine_fingerprint
from pipeline.file_index import FileIndex
from pipeline.options import Options
from pipeline.overlay import BatchKnowledge, account_of_corrections, known_finding_codes, lay_over
from pipeline.progress import Meter, OnProgress, told
from pipeline.receipt import (
    build_account,
    build_bare_row,
    build_failed_row,
    find_removed,
    list_summaries,
    split_duplicates,
    summarize_container,
)
from pipeline.schema import load_schema
from pipeline.signatures import SIGNATURE_SCHEMA, SIGNATURES, Signature, read_signatures
from pipeline.sources import find_sources, only_matching
from pipeline.store import STORE_FOLDER, ResultStore
from pipeline.submissions import find_submissions
from pipeline.summary import DocumentSummary, summarize
from pipeline.unpacking import Expanded, Unpacker
from pipeline.version import pipeline_version

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What to run on. ``only`` is a shell pattern on the input paths; ``force`` reads again what is kept."""

    input: Path
    output: Path
    options: Options
    workers: int = 1
    only: str | None = None
    force: bool = False


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


def run_batch(request: RunRequest, *, engine: Engine | None = None, on_progress: OnProgress | None = None) -> RunReport:
    """Read the input, write all datasets and ``run.json``.

    Results are kept per document as they are made, so that an interrupted run goes on where it stopped. Raises
    ConfigError for a wrong input or schema and DatasetError when the datasets cannot be written or do not hold one
    row per file.
    """
    started = time.monotonic()
    schema = load_schema(request.options.schema_id)
    settings = read_settings(request.input, known_finding_codes())
    corrections, unusable = read_corrections(request.input)
    with claimed(request.output):
        finish_interrupted_write(request.output)
        engines = engine_fingerprint()
        store = ResultStore(folder=request.output / STORE_FOLDER, environment=engines)
        unpacker = Unpacker(output=request.output, store=store.folder, options=request.options, workers=request.workers)
        expanded = _find_input(request, store, unpacker)
        source_list = expanded.source_list
        originals, duplicates = split_duplicates(source_list.sources)
        _log.info("run_started", files=len(source_list.sources), unique=len(originals), workers=request.workers)
        done = {
            source.source_path: summarize_container(expanded.containers[source.source_path])
            for source in originals
            if source.source_path in expanded.containers
        }
        to_read = [source for source in originals if source.source_path not in done]
        tasks, kept = _find_tasks(request, store, to_read)
        done |= kept
        lost = unpacker.provide([task.source for task in tasks], expanded.roots)
        done |= {
            task.source.source_path: _summarize_failure(task.source, lost[task.source.source_path])
            for task in tasks
            if task.source.source_path in lost
        }
        tasks = [task for task in tasks if task.source.source_path not in lost]
        outcomes = _start(engine, tasks, request.workers)
        sizes = {task.board_path: task.source.size_bytes for task in tasks}
        meter = Meter(files_total=len(originals), kept=len(done), sizes=sizes)
        with told(meter, on_progress):
            done |= _watch(outcomes, meter)
        summaries = list_summaries(source_list, duplicates, done)
        fitted = fit_corrections(corrections, summaries, schema)
        sources = {source.source_path: source for source in source_list.sources}
        signatures = _read_signatures(summaries, sources, request.options, store)
        submissions = find_submissions(summaries, {path: kept[0].hashes for path, kept in signatures.items()})
        knowledge = BatchKnowledge(
            schema=schema,
            submissions=submissions,
            corrections=fitted.by_path,
            severities=settings.findings,
            findings=find_batch_findings(summaries, submissions, signatures),
        )
        with DatasetWriter(request.output, _metadata(request)) as writer:
            for index, summary in enumerate(summaries):
                source = sources.get(summary.source_path)
                tables, summaries[index] = _read_tables(summary, source, request.options, store, knowledge)
                writer.append(tables)
            account = build_account(
                _settings(request),
                summaries,
                source_list=source_list,
                row_counts=writer.row_counts,
                engines=engines,
                seconds=time.monotonic() - started,
                removed=find_removed(request.output, _settings(request), summaries),
            )
            account["corrections"] = account_of_corrections(fitted.count, (*unusable, *fitted.issues))
            writer.commit(account)
        if request.only is None:
            store.remove_others({store.bundle_path(source, request.options) for source in originals})
            unpacker.forget_others(source_list.sources)
        unpacker.clear()
        _log.info("run_finished", seconds=account["seconds"], **account["counts"])
        return RunReport(summaries=tuple(summaries), account=account)


def _find_input(request: RunRequest, store: ResultStore, unpacker: Unpacker) -> Expanded:
    """All files of the input and of its archives that are asked for."""
    index = FileIndex.load(store.folder)
    unpacker.clear()  # what a run that was killed left behind
    expanded = unpacker.expand(find_sources(request.input, only=request.only, index=index))
    asked_for = only_matching(expanded.source_list, request.only)
    return replace(expanded, source_list=asked_for)


def _start(engine: Engine | None, tasks: Sequence[Task], workers: int) -> Iterable[Outcome]:
    """The outcomes of the tasks; without tasks nothing is loaded, so that a run over unchanged files is quick."""
    if not tasks:
        return ()
    if engine is None:
        from pipeline.engines.local import LocalEngine  # noqa: PLC0415  # brings every reader and rule

        engine = LocalEngine(workers=workers)
    return engine.run(tasks)


def _find_tasks(
    request: RunRequest, store: ResultStore, originals: Sequence[SourceFile]
) -> tuple[list[Task], dict[str, DocumentSummary]]:
    """What has to be read, and the summaries of what need not be, by path."""
    kept: dict[str, DocumentSummary] = {}
    tasks: list[Task] = []
    for source in originals:
        summary = None if request.force else store.find(source, request.options)
        if summary is not None:
            kept[source.source_path] = summary
            continue
        bundle_path = store.bundle_path(source, request.options)
        bundle_path.unlink(missing_ok=True)
        tasks.append(Task(source=source, options=request.options, bundle_path=bundle_path))
    # the largest first, so that the end of a run does not wait for one thick scan
    tasks.sort(key=lambda task: (-task.source.size_bytes, task.source.source_path))
    return tasks, kept


def _watch(outcomes: Iterable[Outcome], meter: Meter) -> dict[str, DocumentSummary]:
    """The summary of each document that was read, by path, as they come."""
    summaries: dict[str, DocumentSummary] = {}
    for outcome in outcomes:
        source = outcome.task.source
        summary = outcome.summary or _summarize_failure(source, outcome.error, outcome.seconds)
        summaries[source.source_path] = summary
        _log.info(
            "document_done",
            document_id=summary.document_id,
            status=summary.status,
            error_code=summary.error_code,
            seconds=summary.seconds,
        )
        meter.note(outcome.task.board_path, summary)
    return summaries


def _read_signatures(
    summaries: Sequence[DocumentSummary], sources: Mapping[str, SourceFile], options: Options, store: ResultStore
) -> dict[str, tuple[Signature, ...]]:
    """The signatures of the documents that have some, by path."""
    found = {}
    for summary in summaries:
        source = sources.get(summary.source_path)
        table = (
            read_extra(store.bundle_path(source, options), SIGNATURES, SIGNATURE_SCHEMA) if source is not None else None
        )
        if table is not None and table.num_rows:
            found[summary.source_path] = read_signatures(table)
    return found


def _read_tables(
    summary: DocumentSummary,
    source: SourceFile | None,
    options: Options,
    store: ResultStore,
    knowledge: BatchKnowledge,
) -> tuple[dict[str, pa.Table], DocumentSummary]:
    """A file's rows: those kept for it, with what only the whole batch knows, or the one row of a file not read."""
    path = store.bundle_path(source, options) if source else None
    # a copy has no bundle under its own path; a file whose process crashed has none either
    if path is None or not path.is_file():
        return {"documents": rows_to_table("documents", [build_bare_row(summary, source, options)])}, summary
    return lay_over(read_bundle(path), summary, knowledge)


def _summarize_failure(source: SourceFile, error: BcpError | None, seconds: float | None = None) -> DocumentSummary:
    """The summary of a document whose process ended without one."""
    assert error is not None
    return summarize({"documents": (build_failed_row(source, error, seconds=seconds),)})


def _metadata(request: RunRequest) -> dict[str, str]:
    return {"pipeline_version": pipeline_version(), "schema_id": request.options.schema_id}


def _settings(request: RunRequest) -> dict[str, Any]:
    own = {name: getattr(request, name) for name in ("input", "output", "only", "force", "workers")}
    return {**own, **asdict(request.options)}
