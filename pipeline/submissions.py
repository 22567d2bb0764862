"""Which files are one plan sent as Word and as PDF, and what follows from it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa
from rapidfuzz import fuzz

from docmodel.vocabulary import DocumentClass, DocumentStatus, ElementStatus
from normalizers.text import thai_skeleton
from pipeline.datasets.arrow import dataset_schema
from pipeline.signatures import Hashes, group_alike, likeness
from pipeline.summary import DocumentSummary

WORD_AND_PDF = "3.word_and_pdf"
WORD, PDF = "word", "pdf"
BOTH_FOUND_CONFIDENCE = 0.95
"""Not 1: that two files are one plan is told from their names, or from agency and year."""
SAME_CONTENT = 0.75
"""Share of shingles that a Word file and its print have in common at least; a careful scan keeps this much."""
SAME_NAME_RATIO = 92.0
"""One letter in a dozen misread; names of neighbouring places differ in more."""
MAX_SAME_CONTENT = 40
"""A form that so many agencies left blank says nothing of who sent it."""
_COPY_MARKS = re.compile(r"(?:\(\d+\)|copy|สำเนา|scan|สแกน|final|signed|ลงนาม|pdf|word|docx?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What an agency sent of one plan: the ``formats`` of its files and the paths of those in the other format."""

    submission_id: str
    formats: frozenset[str]
    partner_paths: tuple[str, ...] = ()


def find_submissions(
    summaries: Sequence[DocumentSummary], hashes: Mapping[str, Hashes] | None = None
) -> dict[str, Submission]:
    """The submission of each plan by its path. ``hashes`` are the MinHashes of whole documents by path.

    Two files belong together when one name stands for both in one folder, when they name the same agency and year, or
    when a Word and another file read alike and nothing on them speaks against it. A file alone is a submission of its
    own.
    """
    plans = [
        summary
        for summary in summaries
        if summary.document_class == DocumentClass.BCP_PLAN and summary.status != DocumentStatus.DUPLICATE
    ]
    groups = _group(plans, hashes or {})
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


def _group(plans: Sequence[DocumentSummary], hashes: Mapping[str, Hashes]) -> list[list[DocumentSummary]]:
    """Plans joined by any common key, or by what they say."""
    parent = list(range(len(plans)))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, plan in enumerate(plans):
        for key in _keys(plan):
            parent[root(index)] = root(first.setdefault(key, index))
    for one, other in _find_same_content(plans, hashes):
        parent[root(one)] = root(other)
    groups: dict[int, list[DocumentSummary]] = defaultdict(list)
    for index, plan in enumerate(plans):
        groups[root(index)].append(plan)
    return list(groups.values())


def _find_same_content(plans: Sequence[DocumentSummary], hashes: Mapping[str, Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs of plans in two formats that read alike and may be of one agency and year."""
    known = [index for index, plan in enumerate(plans) if plan.source_path in hashes]
    for group in group_alike([hashes[plans[index].source_path] for index in known]):
        if len(group) > MAX_SAME_CONTENT:
            continue
        for first, second in combinations([known[at] for at in group], 2):
            one, other = plans[first], plans[second]
            if one.file_format == other.file_format or not _may_be_one(one, other):
                continue
            if likeness(hashes[one.source_path], hashes[other.source_path]) >= SAME_CONTENT:
                yield first, second


def _may_be_one(one: DocumentSummary, other: DocumentSummary) -> bool:
    """Whether agency and year allow it. Of two plans that both name no agency nothing is known: forms read alike."""
    if one.plan_year_be and other.plan_year_be and one.plan_year_be != other.plan_year_be:
        return False
    if one.agency_name and other.agency_name:
        return is_same_agency(one, other)
    return bool(one.agency_name or other.agency_name)


def is_same_agency(one: DocumentSummary, other: DocumentSummary) -> bool:
    """Whether two documents name one agency, also where a letter of it was misread; provinces must not differ."""
    if not one.agency_name or not other.agency_name:
        return False
    if one.province and other.province and one.province != other.province:
        return False
    return fuzz.ratio(thai_skeleton(one.agency_name), thai_skeleton(other.agency_name)) >= SAME_NAME_RATIO


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
