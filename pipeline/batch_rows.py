"""The rows of all documents with what only the batch knows, put together and written as the datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from docmodel.document import SourceFile
from pipeline.batch import Batch, RunReport
from pipeline.copies import find_batch_findings
from pipeline.corrections import fit_corrections
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import read_bundle, read_extra
from pipeline.datasets.writer import DatasetWriter
from pipeline.options import Options
from pipeline.overlay import BatchKnowledge, account_of_corrections, lay_over
from pipeline.receipt import build_bare_row, find_removed
from pipeline.signatures import SIGNATURE_SCHEMA, SIGNATURES, Signature, read_signatures
from pipeline.store import ResultStore
from pipeline.submissions import find_submissions
from pipeline.summary import DocumentSummary
from pipeline.version import pipeline_version


def write_batch(batch: Batch) -> RunReport:
    """Write all datasets and ``run.json``.

    Raises DatasetError when they cannot be written or do not hold one row per file; the earlier ones stay then.
    """
    request, options, store = batch.request, batch.request.options, batch.store
    summaries = list(batch.summaries)
    fitted = fit_corrections(batch.corrections, summaries, batch.schema)
    sources = {source.source_path: source for source in batch.source_list.sources}
    signatures = _read_signatures(summaries, sources, options, store)
    submissions = find_submissions(summaries, {path: kept[0].hashes for path, kept in signatures.items()})
    knowledge = BatchKnowledge(
        schema=batch.schema,
        submissions=submissions,
        corrections=fitted.by_path,
        severities=batch.severities,
        findings=find_batch_findings(summaries, submissions, signatures),
    )
    with DatasetWriter(request.output, _metadata(options)) as writer:
        for index, summary in enumerate(summaries):
            source = sources.get(summary.source_path)
            tables, summaries[index] = _read_tables(summary, source, options, store, knowledge)
            writer.append(tables)
        account = batch.account(
            summaries, writer.row_counts, find_removed(request.output, request.settings(), summaries)
        )
        account["corrections"] = account_of_corrections(fitted.count, (*batch.unusable, *fitted.issues))
        writer.commit(account)
    return RunReport(summaries=tuple(summaries), account=account)


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


def _metadata(options: Options) -> dict[str, str]:
    return {"pipeline_version": pipeline_version(), "schema_id": options.schema_id}
