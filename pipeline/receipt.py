"""Files in, rows out: one summary and one row for every input file, and the account of the run in ``run.json``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docmodel.document import SourceFile
from docmodel.errors import BcpError, DatasetError
from docmodel.vocabulary import DocumentClass, DocumentStatus
from pipeline.causes import group_causes
from pipeline.datasets.rows import DocumentRow
from pipeline.datasets.writer import RUN_FILE
from pipeline.options import Options
from pipeline.sources import Container, SourceList, UnreadableFile
from pipeline.summary import DocumentSummary
from pipeline.version import DATASET_VERSION, code_fingerprint, pipeline_version


def split_duplicates(sources: tuple[SourceFile, ...]) -> tuple[tuple[SourceFile, ...], dict[str, str]]:
    """The first file of each content, and for each later one the path of the first."""
    first: dict[str, str] = {}
    duplicates: dict[str, str] = {}
    originals = []
    for source in sorted(sources, key=lambda source: source.source_path):
        if source.sha256 in first:
            duplicates[source.source_path] = first[source.sha256]
        else:
            first[source.sha256] = source.source_path
            originals.append(source)
    return tuple(originals), duplicates


def list_summaries(
    source_list: SourceList, duplicates: Mapping[str, str], batch: Mapping[str, DocumentSummary]
) -> list[DocumentSummary]:
    """One summary per input file, in the order of the paths."""
    summaries = []
    for source in source_list.sources:
        original = batch[duplicates.get(source.source_path, source.source_path)]
        is_copy = source.source_path in duplicates
        summaries.append(_summarize_copy(source, original) if is_copy else original)
    summaries += [_summarize_unreadable(entry) for entry in source_list.unreadable]
    return sorted(summaries, key=lambda summary: summary.source_path)


def _summarize_copy(source: SourceFile, original: DocumentSummary) -> DocumentSummary:
    """A file with the content of another: a duplicate of what was read, or just as unreadable."""
    if original.failed:
        return replace(original, source_path=source.source_path, seconds=0.0)
    return DocumentSummary(
        source_path=source.source_path,
        document_id=source.document_id,
        status=DocumentStatus.DUPLICATE.value,
        error_code="duplicate_content",
        error_message=f"เนื้อหาเหมือนกับ {original.source_path} ทุกประการ ไม่ต้องดำเนินการใด | "
        f"The same content as {original.source_path}; nothing to do.",
        seconds=0.0,
    )


def summarize_container(container: Container) -> DocumentSummary:
    """An archive: read when all in it could be unpacked, failed when nothing could."""
    status = DocumentStatus.OK
    if container.error is not None:
        status = DocumentStatus.PARTIAL if container.has_members else DocumentStatus.FAILED
    return DocumentSummary(
        source_path=container.source.source_path,
        document_id=container.source.document_id,
        status=status.value,
        error_code=container.error.code if container.error else None,
        error_message=container.error.message if container.error else None,
        media_type=container.media_type,
        document_class=DocumentClass.OTHER.value if status is not DocumentStatus.FAILED else None,
    )


def _summarize_unreadable(entry: UnreadableFile) -> DocumentSummary:
    return DocumentSummary(
        source_path=entry.source_path,
        document_id=entry.document_id,
        status=DocumentStatus.FAILED.value,
        error_code=entry.error.code,
        error_message=entry.error.message,
    )


def build_failed_row(
    source: SourceFile, error: BcpError, *, schema_id: str | None = None, seconds: float | None = None
) -> DocumentRow:
    """The row of a file that could not be read, with the reason and what to do."""
    return DocumentRow(
        document_id=source.document_id,
        source_path=source.source_path,
        size_bytes=source.size_bytes,
        sha256=source.sha256,
        status=DocumentStatus.FAILED,
        error_code=error.code,
        error_message=error.message,
        schema_id=schema_id,
        pipeline_version=pipeline_version(),
        processed_at=datetime.now(UTC),
        seconds=round(seconds, 3) if seconds is not None else None,
    )


def build_bare_row(summary: DocumentSummary, source: SourceFile | None, options: Options) -> DocumentRow:
    """The only row of a file that was not read: an archive, a duplicate, or one whose process crashed or hung."""
    return DocumentRow(
        document_id=summary.document_id,
        source_path=summary.source_path,
        size_bytes=source.size_bytes if source else None,
        sha256=source.sha256 if source else None,
        media_type=summary.media_type,
        status=DocumentStatus(summary.status),
        document_class=DocumentClass(summary.document_class) if summary.document_class else None,
        error_code=summary.error_code,
        error_message=summary.error_message,
        schema_id=options.schema_id,
        pipeline_version=pipeline_version(),
        processed_at=datetime.now(UTC),
        seconds=summary.seconds,
    )


def build_account(
    settings: Mapping[str, Any],
    summaries: Sequence[DocumentSummary],
    *,
    source_list: SourceList,
    row_counts: Mapping[str, int],
    engines: str,
    seconds: float,
    removed: Sequence[str] = (),
) -> dict[str, Any]:
    """The content of ``run.json``: what was run, with what, and one line per input file. Holds no names of people.

    ``removed`` are the files of the run before that are no longer in the input.

    Raises DatasetError when ``documents`` does not hold one row per file.
    """
    files = len(source_list.sources) + len(source_list.unreadable)
    if row_counts["documents"] != files:
        raise _receipt_error(row_counts["documents"], files)
    statuses = Counter(summary.status for summary in summaries)
    return {
        "pipeline_version": pipeline_version(),
        "code_fingerprint": code_fingerprint(),
        "dataset_version": DATASET_VERSION,
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "settings": {name: _json_value(value) for name, value in settings.items()},
        "engines": engines,
        "counts": {
            "files": files,
            **{status.value: statuses.get(status.value, 0) for status in DocumentStatus},
            "kept_from_earlier_run": sum(summary.kept for summary in summaries),
            "pages": sum(summary.page_count or 0 for summary in summaries),
            "ocr_pages": sum(summary.ocr_page_count or 0 for summary in summaries),
            "removed": len(removed),
        },
        "peak_memory_mb": max((summary.peak_memory_mb or 0 for summary in summaries), default=0) or None,
        "rows": dict(row_counts),
        "errors": dict(sorted(Counter(summary.error_code for summary in summaries if summary.error_code).items())),
        "causes": [
            {
                "status": cause.status,
                "code": cause.code,
                "count": cause.count,
                "message_th": cause.message_th,
                "message_en": cause.message_en,
                "source_paths": cause.source_paths,
            }
            for cause in group_causes(summaries)
        ],
        "removed": list(removed),
        "not_read": [asdict(skipped) for skipped in source_list.skipped],
        "documents": [summary.as_dict() for summary in summaries],
    }


def find_removed(output: Path, settings: Mapping[str, Any], summaries: Sequence[DocumentSummary]) -> tuple[str, ...]:
    """The files of the run before that this one no longer met. Only of runs over the whole of the same input: what
    ``--only`` leaves out is still there."""
    try:
        before = json.loads((output / RUN_FILE).read_text(encoding="utf-8"))
        kept = {name: before["settings"][name] for name in ("input", "only")}
        paths = {str(document["source_path"]) for document in before["documents"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    if settings["only"] is not None or kept != {"input": str(settings["input"]), "only": None}:
        return ()
    return tuple(sorted(paths - {summary.source_path for summary in summaries}))


def _json_value(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _receipt_error(rows: int, files: int) -> DatasetError:
    return DatasetError(
        "receipt_mismatch",
        th=f"จำนวนแถวใน documents ({rows}) ไม่เท่ากับจำนวนไฟล์ ({files}) ผลลัพธ์เดิมยังอยู่ครบ กรุณาแจ้งผู้ดูแลโปรแกรม",
        en=f"documents has {rows} rows for {files} files; the earlier results were left as they were. Report it to "
        "the maintainers.",
    )
