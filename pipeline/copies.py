"""Plans against plans: sections that read like another agency's, and plans that a newer one of the agency replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from docmodel.vocabulary import DocumentClass, DocumentStatus
from normalizers.text import thai_skeleton
from pipeline.assess.findings.register import BATCH_KINDS, quote
from pipeline.datasets.rows import FindingRow
from pipeline.signatures import Signature, group_alike, likeness
from pipeline.submissions import Submission, is_same_agency
from pipeline.summary import DocumentSummary

LARGE_BATCH: Final = 20
"""So many agencies show which words are the form's: what many of them say is nobody's own."""
MAX_OWNERS: Final = 3
"""Wording that more agencies share is the form's, a ministry's or a handbook's, and nobody copied it from another."""
ALIKE: Final = 0.85
"""A name or a number was changed here and there, the rest is the same."""
ALIKE_IN_SMALL_BATCH: Final = 0.88
LETTERS_IN_SMALL_BATCH: Final = 400
"""Few plans do not show what the form says, so only long sections that are nearly the same are told."""
_FORM_WORDED: Final = ("2.1", "annex", "3.word_and_pdf")
"""Objectives and assumptions stand in the form word for word, and annexes are forms themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A section with the document it stands in; ``owner`` tells agencies apart, None for the guideline."""

    summary: DocumentSummary
    signature: Signature
    owner: str | None


def find_batch_findings(
    summaries: Sequence[DocumentSummary],
    submissions: Mapping[str, Submission],
    signatures: Mapping[str, Sequence[Signature]],
) -> dict[str, list[FindingRow]]:
    """The findings that only the batch shows, by source path."""
    found: dict[str, list[FindingRow]] = defaultdict(list)
    plans = [
        summary
        for summary in summaries
        if summary.document_class == DocumentClass.BCP_PLAN and summary.status != DocumentStatus.DUPLICATE
    ]
    for path, row in _find_copies(summaries, plans, signatures):
        found[path].append(row)
    for path, row in _find_replaced(plans, submissions):
        found[path].append(row)
    return dict(found)


def _find_copies(
    summaries: Sequence[DocumentSummary],
    plans: Sequence[DocumentSummary],
    signatures: Mapping[str, Sequence[Signature]],
) -> Iterator[tuple[str, FindingRow]]:
    guidelines = [summary for summary in summaries if summary.document_class == DocumentClass.GUIDELINE]
    owners = {plan.source_path: thai_skeleton(plan.agency_name) for plan in plans if plan.agency_name}
    is_large = len(set(owners.values())) >= LARGE_BATCH
    parts = [
        _Part(summary=summary, signature=signature, owner=owners.get(summary.source_path))
        for summary in (*plans, *guidelines)
        if summary.source_path in owners or summary.document_class == DocumentClass.GUIDELINE
        for signature in signatures.get(summary.source_path, ())
        if _is_own_wording(signature, is_large=is_large)
    ]
    groups = list(group_alike([part.signature.hashes for part in parts]))
    common = {index for group in groups if _is_common([parts[index] for index in group]) for index in group}
    pairs: dict[tuple[str, str], dict[str, tuple[_Part, _Part]]] = defaultdict(dict)
    for group in groups:
        for first, second in combinations([index for index in group if index not in common], 2):
            one, other = parts[first], parts[second]
            if _is_copy(one, other, is_large=is_large):
                key = (one.summary.source_path, other.summary.source_path)
                pairs[key].setdefault(one.signature.section_id or "", (one, other))
    for sections in pairs.values():
        yield from _tell_pair(list(sections.values()))


def _is_own_wording(signature: Signature, *, is_large: bool) -> bool:
    if signature.section_id is None or signature.element_id is None:
        return False
    if signature.element_id.startswith(_FORM_WORDED):
        return False
    return is_large or signature.letters >= LETTERS_IN_SMALL_BATCH


def _is_common(parts: Sequence[_Part]) -> bool:
    """Whether a wording is the guideline's or that of many."""
    owners = {part.owner for part in parts}
    return None in owners or len(owners) > MAX_OWNERS


def _is_copy(one: _Part, other: _Part, *, is_large: bool) -> bool:
    if one.owner == other.owner or is_same_agency(one.summary, other.summary):
        return False
    wanted = ALIKE if is_large else ALIKE_IN_SMALL_BATCH
    return likeness(one.signature.hashes, other.signature.hashes) >= wanted


def _tell_pair(sections: Sequence[tuple[_Part, _Part]]) -> Iterator[tuple[str, FindingRow]]:
    """A finding on the plan that copied: the later of the two, both where their years do not tell."""
    sections = sorted(sections, key=lambda pair: -pair[0].signature.letters)
    year, other_year = (part.summary.plan_year_be for part in sections[0])
    if not (year and other_year and year < other_year):
        yield _copied_row([(one, other) for one, other in sections])
    if not (year and other_year and year > other_year):
        yield _copied_row([(other, one) for one, other in sections])


def _copied_row(sections: Sequence[tuple[_Part, _Part]]) -> tuple[str, FindingRow]:
    own, other = sections[0]
    kind = BATCH_KINDS["copied_section"]
    name = f"{other.summary.agency_name}, {other.summary.source_path}"
    row = FindingRow(
        document_id=own.summary.document_id,
        page_no=own.signature.page_no,
        bbox=own.signature.bbox,
        section_id=own.signature.section_id,
        confidence=round(likeness(own.signature.hashes, other.signature.hashes), 2),
        code=kind.code,
        severity=kind.severity,
        element_id=own.signature.element_id,
        message_th=kind.th.format(words=name),
        message_en=kind.en.format(words=name),
        evidence_text=quote(f"{_place(mine)} = {_place(theirs)}" for mine, theirs in sections),
    )
    return own.summary.source_path, row


def _place(part: _Part) -> str:
    page = f" (หน้า {part.signature.page_no})" if part.signature.page_no else ""
    return f"{part.signature.heading or part.signature.element_id}{page}"


def _find_replaced(
    plans: Sequence[DocumentSummary], submissions: Mapping[str, Submission]
) -> Iterator[tuple[str, FindingRow]]:
    """Plans of an agency that also sent one of a later year."""
    by_agency: dict[str, list[DocumentSummary]] = defaultdict(list)
    for plan in plans:
        if plan.agency_name and plan.plan_year_be:
            by_agency[thai_skeleton(plan.agency_name)].append(plan)
    kind = BATCH_KINDS["newer_version_exists"]
    for members in by_agency.values():
        for plan in members:
            newer = [other for other in members if _replaces(other, plan, submissions)]
            if not newer:
                continue
            newest = max(newer, key=lambda other: (other.plan_year_be or 0, other.source_path))
            words = f"พ.ศ. {newest.plan_year_be}, {newest.source_path}"
            yield (
                plan.source_path,
                FindingRow(
                    document_id=plan.document_id,
                    code=kind.code,
                    severity=kind.severity,
                    message_th=kind.th.format(words=words),
                    message_en=kind.en.format(words=f"{newest.plan_year_be} B.E., {newest.source_path}"),
                    evidence_text=f"{plan.plan_year_be} < {newest.plan_year_be}",
                ),
            )


def _replaces(other: DocumentSummary, plan: DocumentSummary, submissions: Mapping[str, Submission]) -> bool:
    if (other.plan_year_be or 0) <= (plan.plan_year_be or 0) or not is_same_agency(other, plan):
        return False
    one, two = submissions.get(other.source_path), submissions.get(plan.source_path)
    return one is None or two is None or one.submission_id != two.submission_id
