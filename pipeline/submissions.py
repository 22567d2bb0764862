"""Which files are one plan sent as Word and as PDF, and what follows from it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from docmodel.vocabulary import DocumentClass, DocumentStatus, ElementStatus
from normalizers.text import thai_skeleton
from pipeline.datasets.arrow import dataset_schema
from pipeline.summary import DocumentSummary

WORD_AND_PDF = "3.word_and_pdf"
WORD, PDF = "word", "pdf"
BOTH_FOUND_CONFIDENCE = 0.95
"""Not 1: that two files are one plan is told from their names, or from agency and year."""
_COPY_MARKS = re.compile(r"(?:\(\d+\)|copy|สำเนา|scan|สแกน|final|signed|ลงนาม|pdf|word|docx?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What an agency sent of one plan: the ``formats`` of its files and the paths of those in the other format."""

    submission_id: str
    formats: frozenset[str]
    partner_paths: tuple[str, ...] = ()


def find_submissions(summaries: Sequence[DocumentSummary]) -> dict[str, Submission]:
    """The submission of each plan by its path.

    Two files belong together when one name stands for both in one folder, or when they name the same agency and year.
    A file alone is a submission of its own.
    """
    plans = [
        summary
        for summary in summaries
        if summary.document_class == DocumentClass.BCP_PLAN and summary.status != DocumentStatus.DUPLICATE
    ]
    groups = _group(plans)
    found: dict[str, Submission] = {}
    for members in groups:
        formats = {plan.source_path: plan.file_format or "other" for plan in members}
        submission_id = hashlib.sha256("\n".join(sorted(plan.document_id for plan in members)).encode()).hexdigest()[
            :16
        ]
        for plan in members:
            others = {WORD, PDF} - {formats[plan.source_path]}
            found[plan.source_path] = Submission(
                submission_id=submission_id,
                formats=frozenset(formats.values()),
                partner_paths=tuple(sorted(path for path, kind in formats.items() if kind in others)),
            )
    return found


def _group(plans: Sequence[DocumentSummary]) -> list[list[DocumentSummary]]:
    """Plans joined by any common key."""
    parent = list(range(len(plans)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, plan in enumerate(plans):
        for key in _keys(plan):
            parent[root(index)] = root(first.setdefault(key, index))
    groups: dict[int, list[DocumentSummary]] = defaultdict(list)
    for index, plan in enumerate(plans):
        groups[root(index)].append(plan)
    return list(groups.values())


def _keys(plan: DocumentSummary) -> list[str]:
    path = PurePosixPath(plan.source_path)
    stem = _COPY_MARKS.sub("", path.stem)
    keys = [f"name:{path.parent}:{re.sub('[ _().-]+', '', stem).lower()}"] if stem else []
    if plan.agency_name and plan.plan_year_be:
        keys.append(f"agency:{thai_skeleton(plan.agency_name)}:{plan.plan_year_be}")
    return keys


def patch_tables(tables: Mapping[str, pa.Table], submission: Submission) -> dict[str, pa.Table]:
    """A document's tables with its submission and the verdict that rests on it."""
    documents = [{**row, "submission_id": submission.submission_id} for row in tables["documents"].to_pylist()]
    components = [_patch_component(row, submission) for row in tables["components"].to_pylist()]
    return {
        **tables,
        "documents": pa.Table.from_pylist(documents, schema=dataset_schema("documents")),
        "components": pa.Table.from_pylist(components, schema=dataset_schema("components")),
    }


def _patch_component(row: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """The row of the two formats when both came; any other row, and the verdict on a file that came alone, as it is."""
    if row["element_id"] != WORD_AND_PDF or not {WORD, PDF} <= submission.formats:
        return row
    return {
        **row,
        "status": ElementStatus.PRESENT.value,
        "status_extracted": ElementStatus.PRESENT.value,
        "missing": False,
        "confidence": BOTH_FOUND_CONFIDENCE,
        "method": "submission",
        "cause": None,
        "reason_code": "word_and_pdf",
        "reason_th": "ส่งแผนครบทั้งไฟล์ Word และไฟล์ PDF",
        "evidence": [
            {"page_no": None, "bbox": None, "text": path, "section_id": None, "table_id": None}
            for path in submission.partner_paths
        ],
    }
