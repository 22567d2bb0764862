"""What came nearest to an element that was not found: a mention, a rejected heading, a line of the contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from docmodel.blocks import TextBlock
from docmodel.vocabulary import Near
from normalizers.text import thai_skeleton
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import Passage, PassageKind, PlanText, shorten
from pipeline.datasets.rows import Evidence, Nearest
from pipeline.schema import Element
from pipeline.schema_files.criteria import ElementCriteria

# A line of the contents names the element when one skeleton holds the other; shorter ones fit anywhere.
_MIN_SKELETON: Final = 6
# Two headings that share less than this are not worth showing to anybody.
_MIN_HEADING_SCORE: Final = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The candidate that came nearest, and why it was rejected."""

    nearest: Nearest
    why: Near


NEAR_WORDS: Final[Mapping[Near, str]] = {
    Near.MENTION: "กล่าวถึงเพียงชื่อ ไม่มีเนื้อหาที่เข้าเกณฑ์",
    Near.HEADING: "หัวข้อนี้อาจเป็นส่วนนี้ แต่เข้ากับส่วนอื่นมากกว่า หรือไม่มีคำที่ยืนยันพอ",
    Near.CONTENTS: "เป็นบรรทัดในสารบัญ ไม่ใช่เนื้อหา",
    Near.WORDS: "มีคำใกล้เคียง แต่ไม่เข้าเกณฑ์ข้อใด",
    Near.LIKE: "ชื่อหัวข้อคล้าย แต่ไม่คล้ายพอ",
}
"""Why a candidate was rejected, for an analyst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What the search for an element met: passages that only name it, lines of the contents, the best heading."""

    mentions: tuple[Passage, ...]
    toc_lines: tuple[TextBlock, ...]
    nearest: Rejected | None


def follow_trail(element: Element, criteria: ElementCriteria, plan: PlanText) -> Trail:
    """What comes nearest to an element, wherever it stands."""
    mentions = _find_mentions(criteria.mention, plan)
    toc_lines = _find_toc_lines(element, criteria, plan)
    return Trail(
        mentions=mentions,
        toc_lines=toc_lines,
        nearest=_nearest(mentions, toc_lines, element, criteria, plan),
    )


def _find_mentions(names: tuple[str, ...], plan: PlanText, *, with_heads: bool = False) -> tuple[Passage, ...]:
    """Passages that say one of the phrases, those of the plan's own flow first, the most telling of them first.

    Heads of columns name what their cells hold and mention nothing; ``with_heads`` counts them all the same.
    """
    if not names:
        return ()
    saying = [plan.passages[number] for number in sorted(plan.index.saying(names))]
    found = [
        (passage.is_evidence, len(words) / len(passage.compact), passage)
        for passage in saying
        if (with_heads or passage.kind is not PassageKind.HEADER_CELL)
        and (words := plan.book.find(names, passage.compact)) is not None
    ]
    found.sort(key=lambda item: (not item[0], -item[1]))
    return tuple(passage for _, _, passage in found)


def _names_of(element: Element, criteria: ElementCriteria, plan: PlanText) -> tuple[str, ...]:
    """What the element is called: its title, the headings known for it and for the places it stands in."""
    ids = dict.fromkeys((element.element_id, *criteria.place.sections))
    return (element.title_th, *(alias for element_id in ids for alias in plan.schema.aliases.get(element_id, ())))


def _find_toc_lines(element: Element, criteria: ElementCriteria, plan: PlanText) -> tuple[TextBlock, ...]:
    names = {thai_skeleton(name) for name in _names_of(element, criteria, plan)}
    names = {name for name in names if len(name) >= _MIN_SKELETON}
    return tuple(
        entry
        for entry in plan.mapped.outline.toc_entries
        if any(name in thai_skeleton(entry.text) for name in names)
        or plan.book.find(criteria.mention, compact(entry.text)) is not None
    )


def _nearest(
    mentions: tuple[Passage, ...],
    toc_lines: tuple[TextBlock, ...],
    element: Element,
    criteria: ElementCriteria,
    plan: PlanText,
) -> Rejected | None:
    own = [passage for passage in mentions if passage.is_evidence]
    if own:
        return _as_nearest(own[0].evidence(), Near.MENTION)
    rejected = _rejected_heading(element, criteria, plan)
    if rejected is not None:
        return rejected
    if toc_lines:
        line = toc_lines[0]
        return Rejected(
            nearest=Nearest(text=shorten(line.text), page_no=line.provenance.page_number), why=Near.CONTENTS
        )
    near = _find_mentions(criteria.nearest, plan, with_heads=True)
    if near:
        return _as_nearest(near[0].evidence(), Near.WORDS)
    if mentions:
        return _as_nearest(mentions[0].evidence(), Near.MENTION)
    return _closest_heading(element, criteria, plan)


def _rejected_heading(element: Element, criteria: ElementCriteria, plan: PlanText) -> Rejected | None:
    """The heading that the mapping weighed for the element and gave to another."""
    wanted = {element.element_id, *criteria.place.sections}
    best: Rejected | None = None
    for match in plan.mapped.mapping.sections:
        for candidate in match.candidates:
            if candidate.label in wanted and candidate.label not in match.element_ids:
                heading = plan.heading(match.section_id)
                if heading is not None and (best is None or candidate.score > (best.nearest.score or 0.0)):
                    best = _as_rejected(heading, candidate.score, Near.HEADING)
    return best


def _closest_heading(element: Element, criteria: ElementCriteria, plan: PlanText) -> Rejected | None:
    names = [thai_skeleton(name) for name in _names_of(element, criteria, plan)]
    best: Rejected | None = None
    for section in plan.mapped.outline.sections:
        if section.heading is None:
            continue
        skeleton = thai_skeleton(section.heading.text)
        score = max((fuzz.ratio(skeleton, name) / 100 for name in names), default=0.0)
        if score >= _MIN_HEADING_SCORE and (best is None or score > (best.nearest.score or 0.0)):
            best = _as_rejected(section.heading, round(score, 3), Near.LIKE)
    return best


def _as_rejected(heading: TextBlock, score: float, why: Near) -> Rejected:
    place = heading.provenance
    return Rejected(nearest=Nearest(text=shorten(heading.text), page_no=place.page_number, score=score), why=why)


def _as_nearest(evidence: Evidence, why: Near) -> Rejected:
    return Rejected(nearest=Nearest(text=evidence.text, page_no=evidence.page_no), why=why)
