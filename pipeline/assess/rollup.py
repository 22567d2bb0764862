"""The verdict on a component from those of its subelements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docmodel.vocabulary import Cause, ElementStatus
from pipeline.assess.rules import MAX_EVIDENCE
from pipeline.assess.verdict import Verdict
from pipeline.datasets.rows import Evidence

# When no subelement is present, the cause that says most about the component.
_CAUSES: Final = (
    Cause.UNFILLED_TEMPLATE,
    Cause.EMPTY_SECTION,
    Cause.INCOMPLETE,
    Cause.MENTION_ONLY,
    Cause.TOC_ONLY,
    Cause.ABSENT,
)


def roll_up(required: Sequence[Verdict], optional: Sequence[Verdict] = ()) -> Verdict:
    """Present when all required parts are, missing when all are missing, unreadable when nothing else is known.

    Where a schema makes no part of a component required, all of them count.
    """
    parts = list(required) or list(optional)
    statuses = {part.status for part in parts}
    pages = tuple(sorted({page for part in parts for page in part.pages_unreadable}))
    found = [part for part in parts if part.status is not ElementStatus.MISSING]
    evidence = _evidence([*found, *optional] if found else ())
    records = sum(part.record_count for part in parts)
    confidence = min(part.confidence for part in parts)
    if statuses == {ElementStatus.PRESENT}:
        return Verdict(
            status=ElementStatus.PRESENT,
            reason="all_parts",
            method="rollup",
            confidence=confidence,
            evidence=evidence,
            record_count=records,
        )
    open_parts = [part for part in parts if part.status is not ElementStatus.PRESENT]
    nearest = next((part.nearest for part in open_parts if part.nearest is not None), None)
    status, cause, reason = _judge(statuses, open_parts)
    return Verdict(
        status=status,
        reason=reason,
        method="rollup",
        confidence=confidence,
        cause=cause,
        evidence=evidence,
        nearest=nearest,
        pages_unreadable=pages,
        record_count=records,
    )


def _judge(statuses: set[ElementStatus], open_parts: Sequence[Verdict]) -> tuple[ElementStatus, Cause, str]:
    causes = [part.cause for part in open_parts]
    leading = next((cause for cause in _CAUSES if cause in causes), Cause.INCOMPLETE)
    if statuses == {ElementStatus.MISSING}:
        reason = "mention_parts" if leading is Cause.MENTION_ONLY else "no_parts"
        return ElementStatus.MISSING, leading, reason
    if statuses <= {ElementStatus.UNREADABLE, ElementStatus.MISSING}:
        return ElementStatus.UNREADABLE, Cause.UNREADABLE_PAGE, "unread_parts"
    if ElementStatus.PRESENT not in statuses and set(causes) <= {Cause.UNFILLED_TEMPLATE, Cause.EMPTY_SECTION}:
        return ElementStatus.PARTIAL, leading, "unfilled_parts"
    return ElementStatus.PARTIAL, Cause.INCOMPLETE, "some_parts"


def _evidence(parts: Sequence[Verdict]) -> tuple[Evidence, ...]:
    """The best evidence of each part in turn."""
    found: list[Evidence] = []
    for part in parts:
        for item in part.evidence[:1]:
            if item not in found:
                found.append(item)
    return tuple(found[:MAX_EVIDENCE])
