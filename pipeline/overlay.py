"""What only the batch knows, laid over the rows kept for a document: submission, corrections, settings, other plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from docmodel.issue import Issue, Severity
from docmodel.vocabulary import ElementLevel
from pipeline.assess.findings.register import BATCH_KINDS, REGISTER
from pipeline.corrections import Correction
from pipeline.datasets.arrow import dataset_schema, rows_to_table
from pipeline.datasets.rows import FindingRow
from pipeline.review import apply_corrections, follow_findings
from pipeline.schema import Schema
from pipeline.submissions import Submission, patch_tables
from pipeline.summary import DocumentSummary

_RANK = {severity.value: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchKnowledge:
    """What is known of the documents by their source path. ``severities`` are the analyst's, None where switched off;
    ``findings`` come from comparing plans with each other."""

    schema: Schema
    submissions: Mapping[str, Submission] = field(default_factory=lambda: MappingProxyType({}))
    corrections: Mapping[str, Mapping[str, Correction]] = field(default_factory=lambda: MappingProxyType({}))
    severities: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    findings: Mapping[str, Sequence[FindingRow]] = field(default_factory=lambda: MappingProxyType({}))


def known_finding_codes() -> frozenset[str]:
    """The codes of all findings, those of single plans and those of the batch."""
    return frozenset({*REGISTER, *BATCH_KINDS})


def lay_over(
    tables: Mapping[str, pa.Table], summary: DocumentSummary, knowledge: BatchKnowledge
) -> tuple[dict[str, pa.Table], DocumentSummary]:
    """A document's tables and summary with all that the batch adds. The machine's verdicts stay in their columns."""
    path = summary.source_path
    laid = dict(tables)
    submission = knowledge.submissions.get(path)
    if submission is not None:
        laid = patch_tables(laid, submission)
    corrections = knowledge.corrections.get(path, {})
    own_findings = knowledge.findings.get(path, ())
    if not (corrections or own_findings or (knowledge.severities and laid["findings"].num_rows)):
        return laid, summary
    findings = [*laid["findings"].to_pylist(), *rows_to_table("findings", own_findings).to_pylist()]
    if corrections:
        before = laid["components"].to_pylist()
        after = apply_corrections(before, corrections, knowledge.schema)
        findings = follow_findings(findings, before, after)
        laid["components"] = pa.Table.from_pylist(after, schema=dataset_schema("components"))
    findings = sorted(_weigh(findings, knowledge.severities), key=lambda row: _RANK[row["severity"]])
    laid["findings"] = pa.Table.from_pylist(findings, schema=dataset_schema("findings"))
    return laid, _summarize_again(laid, summary)


def _weigh(findings: Sequence[dict[str, Any]], severities: Mapping[str, Severity | None]) -> list[dict[str, Any]]:
    """The findings that are not switched off, each with the severity that the analyst gives it."""
    weighed = []
    for row in findings:
        severity = severities.get(row["code"], Severity(row["severity"]))
        if severity is not None:
            weighed.append({**row, "severity": severity.value})
    return weighed


def _summarize_again(tables: Mapping[str, pa.Table], summary: DocumentSummary) -> DocumentSummary:
    components = tables["components"].select(["element_id", "level", "status"]).to_pylist()
    severities = Counter(tables["findings"].column("severity").to_pylist())
    return replace(
        summary,
        components={
            row["element_id"]: row["status"] for row in components if row["level"] == ElementLevel.COMPONENT.value
        },
        findings=dict(sorted(severities.items())),
    )


def account_of_corrections(applied: int, issues: Sequence[Issue]) -> dict[str, Any]:
    """What ``run.json`` says of the corrections: how many verdicts they changed or confirmed, and what did not fit."""
    return {"applied": applied, "issues": [asdict(issue) for issue in issues]}
