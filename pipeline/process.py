"""One document from file to rows: all stages in their order, and the one place where any error becomes a row."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from docmodel.document import ExtractedDocument, NormalizedDocument, SourceFile
from docmodel.errors import BcpError
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import DocumentClass, DocumentStatus
from extractors.containers.member import MAIL_TYPES
from pipeline.assess import assess_components, find_findings
from pipeline.assess.plan_text import PlanText
from pipeline.checkpoint import Checkpoint
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, FindingRow, PageRow
from pipeline.document_rows import (
    build_cell_rows,
    build_page_rows,
    build_repair_rows,
    build_section_rows,
    build_table_rows,
    page_text,
)
from pipeline.identity import find_identity
from pipeline.mapping import map_outline
from pipeline.normalizing import normalize_document
from pipeline.options import Options
from pipeline.outline import build_outline
from pipeline.page_route import count_characters
from pipeline.reading import read_document
from pipeline.receipt import build_failed_row
from pipeline.records import build_records
from pipeline.schema import Schema
from pipeline.values import Identity, MappedDocument, Records
from pipeline.version import pipeline_version

_log = structlog.get_logger()

_PLAN_IN_A_MAIL_CHARS = 6_000
"""A covering message has a few hundred characters; the thinnest plan some three pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStory:
    """Everything that was made of one document, stage by stage, for those who ask why."""

    extracted: ExtractedDocument
    mapped: MappedDocument
    identity: Identity
    records: Records
    components: tuple[ComponentRow, ...]
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """A document's rows by dataset (``documents`` always holds its one row) and what was met on the way."""

    rows: Mapping[str, Sequence[Row]]
    issues: tuple[Issue, ...] = ()


def process_document(
    source: SourceFile, options: Options, schema: Schema, checkpoint: Checkpoint | None = None
) -> DocumentResult:
    """All rows of one document. Never raises for what a document holds: a failure is a ``documents`` row too."""
    started = time.perf_counter()
    try:
        story = tell_story(source, options, schema, checkpoint)
        return _build_result(story, source, schema, time.perf_counter() - started)
    except BcpError as error:
        row = build_failed_row(source, error, schema_id=schema.schema_id, seconds=time.perf_counter() - started)
    except MemoryError:
        raise  # the supervisor knows the limit and says so
    except Exception as error:  # noqa: BLE001  # the one broad except: a fault in one document fails that one alone
        _log.error("document_fault", document_id=source.document_id, kind=type(error).__name__, where=_origin(error))
        row = build_failed_row(
            source, _internal_error(error), schema_id=schema.schema_id, seconds=time.perf_counter() - started
        )
    return DocumentResult(rows={"documents": (row,)})


def tell_story(
    source: SourceFile, options: Options, schema: Schema, checkpoint: Checkpoint | None = None
) -> DocumentStory:
    """Every stage of one document in its order. Raises BcpError where the file cannot be read."""
    extracted = read_document(source, options, checkpoint)
    normalized = normalize_document(extracted)
    outline = build_outline(normalized, schema_id=schema.words_id)
    mapped = MappedDocument(document=normalized, outline=outline, mapping=map_outline(normalized, outline, schema))
    identity = _without_covering_mail(find_identity(mapped, source.source_path), normalized)
    is_plan = identity.document_class is DocumentClass.BCP_PLAN
    records = build_records(mapped) if is_plan else Records()
    plan = PlanText(mapped, schema)
    components = assess_components(plan, identity, records) if is_plan else ()
    findings = find_findings(plan, identity, records, components)
    return DocumentStory(
        extracted=extracted,
        mapped=mapped,
        identity=identity,
        records=records,
        components=tuple(components),
        findings=tuple(findings),
    )


def _without_covering_mail(identity: Identity, document: NormalizedDocument) -> Identity:
    """A short mail that speaks of a plan covers one; the plan itself is attached and a document of its own."""
    if document.media_type not in MAIL_TYPES:
        return identity
    if sum(count_characters(page_text(page)) for page in document.pages) >= _PLAN_IN_A_MAIL_CHARS:
        return identity
    reason = "mail without a plan in its text"
    return replace(identity, document_class=DocumentClass.LETTER, class_confidence=1.0, class_reason=reason)


def _build_result(story: DocumentStory, source: SourceFile, schema: Schema, seconds: float) -> DocumentResult:
    document = story.mapped.document
    pages = build_page_rows(document)
    rows: dict[str, Sequence[Row]] = {
        "documents": (_document_row(story, pages, source, schema, seconds),),
        "pages": pages,
        "repairs": build_repair_rows(document),
    }
    if any(page.readable for page in document.pages):
        rows |= {
            "sections": build_section_rows(story.mapped),
            "tables": build_table_rows(story.mapped),
            "table_cells": build_cell_rows(story.mapped),
            "components": story.components,
            "findings": story.findings,
            **{name: getattr(story.records, name) for name in story.records.__slots__},
        }
    return DocumentResult(rows=rows, issues=document.issues)


def _document_row(
    story: DocumentStory, pages: Sequence[PageRow], source: SourceFile, schema: Schema, seconds: float
) -> DocumentRow:
    document, identity = story.mapped.document, story.identity
    status, reason = _find_status(document.issues, [page.readable for page in document.pages])
    characters = [count_characters(page.text) for page in pages]
    if status is DocumentStatus.OK and not sum(characters):
        status, reason = DocumentStatus.FAILED, _no_text_error()
    read = status is not DocumentStatus.FAILED
    return DocumentRow(
        document_id=source.document_id,
        source_path=source.source_path,
        media_type=document.media_type,
        size_bytes=source.size_bytes,
        sha256=source.sha256,
        status=status,
        error_code=reason[0] if reason else None,
        error_message=reason[1] if reason else None,
        document_class=identity.document_class if read else DocumentClass.UNKNOWN,
        class_confidence=round(identity.class_confidence, 4) if read else None,
        agency_name=identity.agency_name,
        agency_type=identity.agency_type,
        province=identity.province,
        title=identity.title,
        plan_year_be=identity.plan_year_be,
        plan_date=identity.plan_date,
        page_count=len([page for page in document.pages if page.number is not None]) or None,
        ocr_page_count=sum(page.source is TextSource.OCR for page in document.pages),
        char_count=sum(characters),
        text_quality=_mean_quality([page.quality for page in document.pages], characters),
        schema_id=schema.schema_id,
        pipeline_version=pipeline_version(),
        processed_at=datetime.now(UTC),
        seconds=_seconds(seconds),
    )


def _find_status(issues: Sequence[Issue], readable: Sequence[bool]) -> tuple[DocumentStatus, tuple[str, str] | None]:
    """Ok when every page was read, partial when some were, failed when none was; the reason is the first issue's.

    An error that concerns the document as a whole (its end is lost) leaves it partial though each page was read.
    """
    of_document = next((i for i in issues if i.page_number is None and i.severity is Severity.ERROR), None)
    if of_document is not None:
        status = DocumentStatus.PARTIAL if any(readable) else DocumentStatus.FAILED
        return status, (of_document.code, f"{of_document.message_th} | {of_document.message_en}")
    if all(readable):
        return DocumentStatus.OK, None
    status = DocumentStatus.PARTIAL if any(readable) else DocumentStatus.FAILED
    reason = next((issue for issue in issues if issue.page_number is not None), None)
    count = sum(not page for page in readable)
    if reason is None:
        return status, (
            "pages_unreadable",
            f"อ่านไม่ได้ {count} จาก {len(readable)} หน้า โปรดเปิดดูหน้าเหล่านั้นหรือขอไฟล์ที่ชัดกว่า | "
            f"{count} of {len(readable)} pages could not be read; look at them or ask for a clearer file.",
        )
    return status, (
        reason.code,
        f"อ่านไม่ได้ {count} จาก {len(readable)} หน้า: {reason.message_th} | "
        f"{count} of {len(readable)} pages could not be read: {reason.message_en}",
    )


def _no_text_error() -> tuple[str, str]:
    return (
        "no_text_found",
        "ไม่พบข้อความในเอกสาร โปรดเปิดดูไฟล์และขอไฟล์ใหม่จากหน่วยงาน | "
        "There is no text in the document; open it and ask the agency for a new file.",
    )


def _mean_quality(qualities: Sequence[float | None], characters: Sequence[int]) -> float | None:
    """The mean over the characters, so that a thin page does not weigh as much as a full one."""
    known = [(quality, count) for quality, count in zip(qualities, characters, strict=True) if quality is not None]
    total = sum(count for _, count in known)
    return round(sum(quality * count for quality, count in known) / total, 4) if total else None


def _internal_error(error: Exception) -> BcpError:
    return BcpError(
        "internal_error",
        th="โปรแกรมมีข้อผิดพลาดกับไฟล์นี้ ไฟล์อื่นไม่กระทบ กรุณาแจ้งผู้ดูแลโปรแกรมพร้อมไฟล์นี้",
        en=f"A fault in the program ({type(error).__name__} at {_origin(error)}) stopped this file alone. "
        "Report it to the maintainers with the file.",
    )


def _origin(error: Exception) -> str:
    """Module and line where an error arose: enough to find it, without a word of the document."""
    trace = error.__traceback__
    where = "?"
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] in {"docmodel", "extractors", "normalizers", "pipeline"}:
            where = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def _seconds(value: float | None) -> float | None:
    return round(value, 3) if value is not None else None
