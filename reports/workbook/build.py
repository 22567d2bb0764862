"""Makes the workbook from the datasets, memory flat however many plans there are."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from docmodel.vocabulary import DocumentStatus
from reports.attention import FINDING_COLUMNS, find_attention, read_open
from reports.data import DATASET_NAMES, PlanFiles, clean_records, dataset_path, find_plans, read_dataset, read_run
from reports.files import written_file
from reports.html.totals import find_columns, find_titles
from reports.labels import DATASET
from reports.masked_rows import iterate_documents
from reports.masking import build_masker
from reports.query.export import ExportRequest
from reports.register import check_register
from reports.register_file import ExpectedAgency
from reports.workbook import matrix, queue, summary
from reports.workbook.dataset_sheets import HEAD_ROWS, MAX_SHEETS, DatasetSheet
from reports.workbook.sheet import MAX_ROWS, Book

_MATRIX_COLUMNS = ("document_id", "element_id", "level", "title_th", "required", "status", "confidence", "discrepancy")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookRequest:
    """Datasets in, workbook out. ``report`` is the report's folder that verdicts link to; None for no links."""

    processed: Path
    output: Path
    report: Path | None = None
    register: Sequence[ExpectedAgency] | None = None
    today: date
    datasets: Sequence[str] = DATASET_NAMES
    with_personal_data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookResult:
    """What was made. ``left_out`` are datasets too large for a spreadsheet program."""

    path: Path
    plans: int
    rows: int
    left_out: tuple[str, ...]
    seconds: float
    size_bytes: int


def build_workbook(request: WorkbookRequest, on_progress: Callable[[int, int], None] | None = None) -> WorkbookResult:
    """Write the workbook: summary, matrix, register, datasets. Raises ConfigError where there are no datasets."""
    started = time.monotonic()
    documents = read_dataset(request.processed, "documents")
    components = read_dataset(request.processed, "components", _MATRIX_COLUMNS)
    plans = find_plans(documents, components)
    columns = find_columns(components)
    verdicts = _verdicts(plans, components)
    report = _seen_from(request.output.parent, request.report)
    kept, left_out = _split_by_size(request.processed, request.datasets)
    originals = clean_records(documents[documents["status"] != DocumentStatus.DUPLICATE.value])
    named = build_masker((), show=request.with_personal_data)
    names = {row["document_id"]: (named.text(row["agency_name"]), named.text(row["source_path"])) for row in originals}
    with written_file(request.output) as writing:
        book = Book.open(writing)
        book.workbook.set_properties({"title": "ผลการตรวจแผน BCP", "company": "", "author": ""})
        first = book.add_sheet(summary.TITLE)
        matrix.write_matrix(
            book, plans, columns, verdicts, report=report, with_personal_data=request.with_personal_data
        )
        findings = read_dataset(request.processed, "findings", FINDING_COLUMNS)
        attention = find_attention(plans, read_open(request.processed), findings, find_titles(components))
        queue.write_queue(book, attention, report=report, with_personal_data=request.with_personal_data)
        check = None
        if request.register is not None:
            check = check_register(request.register, plans, documents, today=request.today)
            summary.write_register(book, check, named, report)
        sheets = {name: DatasetSheet(book=book, dataset=name, report=report) for name in kept}
        people = request.with_personal_data
        rows_by_document = iterate_documents(request.processed, kept, with_personal_data=people)
        for done, (document_id, tables) in enumerate(rows_by_document, 1):
            for name, rows in tables.items():
                sheets[name].write(rows, *names.get(document_id, (None, None)))
            if on_progress:
                on_progress(done, len(names))
        for sheet in sheets.values():
            sheet.close()
        entries = [(f"{DATASET[n]} ({n})", s.sheet_names[0], s.rows, True) for n, s in sheets.items()]
        entries += [(f"{DATASET[n]} ({n})", "", rows, False) for n, rows in left_out.items()]
        summary.write_summary(
            book,
            first,
            summary.Summary(
                made_at=datetime.now(UTC),
                run=read_run(request.processed),
                file_statuses={str(name): int(n) for name, n in documents["status"].value_counts().items()},
                page_count=int(documents["page_count"].fillna(0).sum()),
                ocr_page_count=int(documents["ocr_page_count"].fillna(0).sum()),
                plans=plans,
                columns=columns,
                verdicts=verdicts,
                sheets=entries,
                register=check,
                with_personal_data=request.with_personal_data,
                report=report,
            ),
        )
        book.workbook.close()
    return WorkbookResult(
        path=request.output,
        plans=len(plans),
        rows=sum(sheet.rows for sheet in sheets.values()),
        left_out=tuple(left_out),
        seconds=time.monotonic() - started,
        size_bytes=request.output.stat().st_size,
    )


def export_xlsx(request: ExportRequest) -> dict[str, int]:
    """Write the datasets alone, columns and values named as they are, behind a sheet ``about``; rows per dataset."""
    with written_file(request.output) as writing:
        book = Book.open(writing)
        about = book.add_sheet("about")
        sheets = {name: DatasetSheet(book=book, dataset=name, technical=True) for name in request.datasets}
        people = request.with_personal_data
        for _, tables in iterate_documents(request.processed, request.datasets, with_personal_data=people):
            for name, rows in tables.items():
                sheets[name].write(rows, None)
        for sheet in sheets.values():
            sheet.close()
        summary.write_about(book, about, sheets, with_personal_data=people)
        book.workbook.close()
    return {name: sheet.rows for name, sheet in sheets.items()}


def _verdicts(plans: Sequence[PlanFiles], components: pd.DataFrame) -> dict[str, dict[str, matrix.Verdict]]:
    own = components[components["document_id"].isin([plan.document_id for plan in plans])]
    found: dict[str, dict[str, matrix.Verdict]] = {}
    columns = own[["document_id", "element_id", "status", "confidence", "required", "discrepancy"]]
    for document_id, element_id, status, confidence, required, discrepancy in columns.itertuples(
        index=False, name=None
    ):
        found.setdefault(document_id, {})[element_id] = matrix.Verdict(
            status=status, confidence=confidence, required=bool(required), discrepancy=bool(discrepancy)
        )
    return found


def _split_by_size(folder: Path, names: Sequence[str]) -> tuple[tuple[str, ...], dict[str, int]]:
    """The datasets that a spreadsheet program can hold, and the rows of the others."""
    kept: list[str] = []
    left_out: dict[str, int] = {}
    for name in names:
        rows = pq.read_metadata(dataset_path(folder, name)).num_rows
        if rows > MAX_SHEETS * (MAX_ROWS - HEAD_ROWS):
            left_out[name] = rows
        else:
            kept.append(name)
    return tuple(kept), left_out


def _seen_from(folder: Path, report: Path | None) -> str | None:
    """The report's folder as a link from the workbook's folder, with forward slashes."""
    if report is None:
        return None
    return Path(os.path.relpath(report.absolute(), folder.absolute())).as_posix()
