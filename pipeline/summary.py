"""What a run says of one document: enough for the end table and ``run.json``, without its text or people's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from docmodel.vocabulary import DocumentStatus, ElementLevel
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, FindingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """One input file.

    ``file_format`` is "word", "pdf" or "other"; ``components`` holds the status of each top element; ``findings``
    counts by severity, ``issues`` by code; ``peak_memory_mb`` is what its process used at most; ``kept`` says that an
    earlier run has read it.
    """

    source_path: str
    document_id: str
    status: str
    error_code: str | None = None
    error_message: str | None = None
    file_format: str | None = None
    document_class: str | None = None
    agency_name: str | None = None
    province: str | None = None
    plan_year_be: int | None = None
    components: dict[str, str] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    issues: dict[str, int] = field(default_factory=dict)
    page_count: int | None = None
    ocr_page_count: int | None = None
    seconds: float | None = None
    media_type: str | None = None
    peak_memory_mb: int | None = None
    kept: bool = False

    @property
    def failed(self) -> bool:
        """Whether the file could not be read."""
        return self.status == DocumentStatus.FAILED

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON takes it."""
        return asdict(self)


def summarize(
    rows: Mapping[str, Sequence[Row]], issue_codes: Sequence[str] = (), file_format: str | None = None
) -> DocumentSummary:
    """The summary of one document's rows; ``rows["documents"]`` holds its one document row."""
    (document,) = rows["documents"]
    assert isinstance(document, DocumentRow)
    components = [row for row in rows.get("components", ()) if isinstance(row, ComponentRow)]
    findings = Counter(str(row.severity.value) for row in rows.get("findings", ()) if isinstance(row, FindingRow))
    return DocumentSummary(
        source_path=document.source_path,
        document_id=document.document_id,
        status=document.status.value,
        error_code=document.error_code,
        error_message=document.error_message,
        file_format=file_format,
        document_class=document.document_class.value if document.document_class else None,
        agency_name=document.agency_name,
        province=document.province,
        plan_year_be=document.plan_year_be,
        components={row.element_id: row.status.value for row in components if row.level is ElementLevel.COMPONENT},
        findings=dict(sorted(findings.items())),
        issues=dict(sorted(Counter(issue_codes).items())),
        page_count=document.page_count,
        ocr_page_count=document.ocr_page_count,
        seconds=document.seconds,
        media_type=document.media_type,
    )
