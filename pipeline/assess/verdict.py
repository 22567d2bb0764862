"""The verdict on one element of a plan: status, cause, confidence, evidence, and what came nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docmodel.vocabulary import Cause, ElementStatus
from pipeline.assess.places import PlaceReading, PlaceState, read_place
from pipeline.assess.plan_text import PlanText
from pipeline.assess.rules import MAX_EVIDENCE, Case, Hit, evaluate
from pipeline.assess.search import Rejected, Trail, follow_trail
from pipeline.datasets.rows import Evidence
from pipeline.schema import Element
from pipeline.schema_files.criteria import ElementCriteria, SubmissionRule

# How sure a verdict without a rule that holds is; calibrated roughly, refined by the mapping benchmark.
ABSENT_CONFIDENCE: Final = 0.90
MENTION_CONFIDENCE: Final = 0.85
TOC_CONFIDENCE: Final = 0.80
PLACE_CONFIDENCE: Final = 0.80
INCOMPLETE_CONFIDENCE: Final = 0.55
UNREADABLE_CONFIDENCE: Final = 0.60
# A heading that the mapping nearly took for the element makes its absence doubtful.
CLOSE_SCORE: Final = 0.75
CLOSE_FACTOR: Final = 0.75
MAX_CONFIDENCE: Final = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of an element, before it becomes a row. ``reason`` is a key of reasons.yaml."""

    status: ElementStatus
    reason: str
    method: str
    confidence: float
    cause: Cause | None = None
    evidence: tuple[Evidence, ...] = ()
    nearest: Rejected | None = None
    pages_unreadable: tuple[int, ...] = ()
    record_count: int = 0


def judge(element: Element, criteria: ElementCriteria, case: Case, pages_unreadable: tuple[int, ...]) -> Verdict:
    """The verdict on an element that has no subelements: rules first, then its place, then the search."""
    hits = [hit for rule in criteria.present if (hit := evaluate(rule, case)) is not None]
    if hits:
        return _from_hits(ElementStatus.PRESENT, hits, None)
    if criteria.present and all(isinstance(rule, SubmissionRule) for rule in criteria.present):
        return _single_file(case)
    trail = follow_trail(element, criteria, case.plan)
    place = read_place(criteria.place, case.plan, pages_unreadable)
    partial = [hit for rule in criteria.partial if (hit := evaluate(rule, case)) is not None]
    if partial:
        return _with_nearest(_from_hits(ElementStatus.PARTIAL, partial, Cause.INCOMPLETE), trail)
    if place.state is not PlaceState.ABSENT:
        return _from_place(place, trail, pages_unreadable)
    return _from_search(trail, case.plan, pages_unreadable)


def _from_hits(status: ElementStatus, hits: list[Hit], cause: Cause | None) -> Verdict:
    first = hits[0]
    doubt = 1.0
    evidence: list[Evidence] = []
    for hit in hits:
        doubt *= 1.0 - hit.confidence
        evidence.extend(item for item in hit.evidence if item not in evidence)
    return Verdict(
        status=status,
        reason=first.reason,
        method=first.method,
        confidence=min(MAX_CONFIDENCE, max(first.confidence, 1.0 - doubt)),
        cause=cause,
        evidence=tuple(evidence[:MAX_EVIDENCE]),
        record_count=max(hit.record_count for hit in hits),
    )


def _with_nearest(verdict: Verdict, trail: Trail) -> Verdict:
    return Verdict(
        status=verdict.status,
        reason=verdict.reason,
        method=verdict.method,
        confidence=verdict.confidence,
        cause=verdict.cause,
        evidence=verdict.evidence,
        nearest=trail.nearest,
        record_count=verdict.record_count,
    )


def _from_place(place: PlaceReading, trail: Trail, pages_unreadable: tuple[int, ...]) -> Verdict:
    """Partial or unreadable: the place is there, but no rule holds."""
    status, cause, reason, confidence = {
        PlaceState.EMPTY: (ElementStatus.PARTIAL, Cause.EMPTY_SECTION, "empty_section", PLACE_CONFIDENCE),
        PlaceState.UNFILLED: (ElementStatus.PARTIAL, Cause.UNFILLED_TEMPLATE, "unfilled_template", PLACE_CONFIDENCE),
        PlaceState.PICTURE: (
            ElementStatus.UNREADABLE,
            Cause.UNREADABLE_PAGE,
            "picture_only",
            UNREADABLE_CONFIDENCE,
        ),
        PlaceState.UNREADABLE: (
            ElementStatus.UNREADABLE,
            Cause.UNREADABLE_PAGE,
            "unreadable_page",
            UNREADABLE_CONFIDENCE,
        ),
    }.get(place.state, (ElementStatus.PARTIAL, Cause.INCOMPLETE, "incomplete", INCOMPLETE_CONFIDENCE))
    return Verdict(
        status=status,
        reason=reason,
        method="place",
        confidence=confidence,
        cause=cause,
        evidence=place.evidence[:MAX_EVIDENCE],
        nearest=trail.nearest,
        pages_unreadable=tuple(page for page in place.pages if page in pages_unreadable) or pages_unreadable
        if status is ElementStatus.UNREADABLE
        else (),
    )


def _from_search(trail: Trail, plan: PlanText, pages_unreadable: tuple[int, ...]) -> Verdict:
    """Missing, or unreadable where it may stand on a page that could not be searched."""
    if pages_unreadable:
        return Verdict(
            status=ElementStatus.UNREADABLE,
            reason="unreadable_page",
            method="search",
            confidence=UNREADABLE_CONFIDENCE,
            cause=Cause.UNREADABLE_PAGE,
            nearest=trail.nearest,
            pages_unreadable=pages_unreadable,
        )
    if trail.mentions:
        cause, reason, confidence = Cause.MENTION_ONLY, "mention_only", MENTION_CONFIDENCE
    elif trail.toc_lines:
        cause, reason, confidence = Cause.TOC_ONLY, "toc_only", TOC_CONFIDENCE
    else:
        cause, reason, confidence = Cause.ABSENT, "absent", ABSENT_CONFIDENCE
    nearest = trail.nearest
    if nearest is not None and (nearest.nearest.score or 0.0) >= CLOSE_SCORE:
        confidence *= CLOSE_FACTOR
    return Verdict(
        status=ElementStatus.MISSING,
        reason=reason,
        method="search",
        confidence=confidence,
        cause=cause,
        nearest=nearest,
    )


def _single_file(case: Case) -> Verdict:
    """Missing: one file came alone. The batch corrects it when it finds the other."""
    formats = case.submission.formats
    reason = "single_word" if "word" in formats else "single_pdf" if "pdf" in formats else "single_other"
    return Verdict(
        status=ElementStatus.MISSING,
        reason=reason,
        method="submission",
        confidence=ABSENT_CONFIDENCE,
        cause=Cause.ABSENT,
        evidence=tuple(Evidence(text=path) for path in case.submission.source_paths),
    )
