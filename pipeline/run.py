"""A batch: every input file becomes a row, whatever it is; only what is new or changed is read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

import structlog

from docmodel.document import SourceFile
from docmodel.errors import BcpError
from pipeline.batch import Batch, RunReport, RunRequest
from pipeline.claim import claimed
from pipeline.config import read_settings
from pipeline.corrections import read_corrections
from pipeline.datasets.writer import finish_interrupted_write, replace_run
from pipeline.engines.base import Engine, Outcome, Task
from pipeline.engines.fingerprint import engine_fingerprint
from pipeline.file_index import FileIndex
from pipeline.progress import Meter, OnProgress, told
from pipeline.receipt import build_failed_row, list_summaries, split_duplicates, summarize_container
from pipeline.schema import load_schema
from pipeline.sources import find_sources, only_matching
from pipeline.store import STORE_FOLDER, ResultStore
from pipeline.summary import DocumentSummary, summarize
from pipeline.unchanged import find_written, note_written
from pipeline.unpacking import Expanded, Unpacker

__all__ = ["RunReport", "RunRequest", "run_batch"]

_log = structlog.get_logger()


def run_batch(request: RunRequest, *, engine: Engine | None = None, on_progress: OnProgress | None = None) -> RunReport:
    """Read the input, write all datasets and ``run.json``.

    Results are kept per document as they are made, so that an interrupted run goes on where it stopped. Raises
    ConfigError for a wrong input or schema and DatasetError when the datasets cannot be written or do not hold one
    row per file.
    """
    started = time.monotonic()
    schema = load_schema(request.options.schema_id)
    settings = read_settings(request.input, _known_finding_codes)
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
        batch = Batch(
            request=request,
            schema=schema,
            store=store,
            source_list=source_list,
            summaries=tuple(list_summaries(source_list, duplicates, done)),
            corrections=corrections,
            unusable=unusable,
            severities=settings.findings,
            engines=engines,
            started=started,
        )
        mark = batch.find_mark()
        report = None if tasks or request.force else _keep_written(batch, mark)
        if report is None:
            from pipeline.batch_rows import write_batch  # noqa: PLC0415  # brings every finding

            report = write_batch(batch)
        note_written(request.output, store.folder, mark)
        if request.only is None:
            store.remove_others({store.bundle_path(source, request.options) for source in originals})
            unpacker.forget_others(source_list.sources)
        unpacker.clear()
        _log.info("run_finished", seconds=report.account["seconds"], **report.account["counts"])
        return report


def _known_finding_codes() -> frozenset[str]:
    from pipeline.overlay import known_finding_codes  # noqa: PLC0415  # brings every finding

    return known_finding_codes()


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


def _summarize_failure(source: SourceFile, error: BcpError | None, seconds: float | None = None) -> DocumentSummary:
    """The summary of a document whose process ended without one."""
    assert error is not None
    return summarize({"documents": (build_failed_row(source, error, seconds=seconds),)})


def _keep_written(batch: Batch, mark: str) -> RunReport | None:
    """The report of a run that changes nothing: the datasets stay, only ``run.json`` is of today. None where they have
    to be written."""
    output = batch.request.output
    written = find_written(output, batch.store.folder, mark)
    if written is None:
        return None
    summaries = written.summaries(batch.summaries)
    account = batch.account(summaries, written.row_counts)
    account["corrections"] = written.account["corrections"]
    replace_run(output, account)
    return RunReport(summaries=summaries, account=account)
