"""What a worker does with one document: read it, check its rows, keep them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from docmodel.vocabulary import DocumentClass
from pipeline.assess.submission import file_format
from pipeline.checkpoint import Checkpoint
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import write_bundle
from pipeline.datasets.rows import DATASETS, DocumentRow
from pipeline.engines.base import Task
from pipeline.engines.memory import peak_memory_mb, reset_peak_memory
from pipeline.process import process_document
from pipeline.reading import help_reading
from pipeline.schema import Schema, load_schema
from pipeline.signatures import SIGNATURES, build_signatures
from pipeline.summary import DocumentSummary, summarize

_COMPARED = frozenset({DocumentClass.BCP_PLAN, DocumentClass.GUIDELINE})
"""Plans are compared with each other, and with the guideline, whose words are everybody's."""


def run_task(task: Task) -> DocumentSummary | None:
    """Read one document and keep its rows at the task's place; its summary comes back, of a task that helps nothing.

    Raises DatasetError when the rows break the contract, which fails this document alone.
    """
    if task.helps:
        help_reading(task.source, task.options, task.board_path)
        return None
    reset_peak_memory()
    checkpoint = Checkpoint(path=task.checkpoint_path, period_s=task.period_s, stop=task.stop)
    try:
        result = process_document(task.source, task.options, _schema(task.options.schema_id), checkpoint)
    finally:
        checkpoint.close()
    tables = {name: rows_to_table(name, result.rows.get(name, ())) for name in DATASETS}
    (document,) = result.rows["documents"]
    assert isinstance(document, DocumentRow)
    if document.document_class in _COMPARED:
        tables[SIGNATURES] = build_signatures(result.rows)
    summary = summarize(result.rows, [issue.code for issue in result.issues], file_format(document.media_type))
    summary = replace(summary, peak_memory_mb=peak_memory_mb())
    write_bundle(task.bundle_path, tables, summary.as_dict())
    return summary


@lru_cache(maxsize=4)
def _schema(schema_id: str) -> Schema:
    """A schema is read once per worker."""
    return load_schema(schema_id)
