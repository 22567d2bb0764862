"""What a letter asks an agency to revise, to check and to consider, from the verdicts and findings of its plan.

A verdict that is not certain is never told as "missing": the agency is asked to check, or to send a clearer copy.
What a reviewer decided is certain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docmodel.issue import Severity
from docmodel.vocabulary import Cause, Declared, ElementLevel, ElementStatus
from reports.html.plan_view import LOW_CONFIDENCE
from reports.masking import Masker

Row = Mapping[str, Any]

_OPEN = (ElementStatus.MISSING, ElementStatus.PARTIAL, ElementStatus.UNREADABLE)
_PLEASE = "โปรด"
_MAX_QUOTE = 140
_MAX_PAGES = 8
_NAMED_ONLY = frozenset({Cause.MENTION_ONLY, Cause.TOC_ONLY})
"""Causes for which the nearest words are those that only name the element; else they may be about anything."""
_NOT_TOLD = frozenset({"declared_but_missing", "copied_section"})
"""Findings that the list of gaps already tells, and one that speaks of another agency's plan."""
_FORMS_ELEMENT = "3.word_and_pdf"
_IN_PLAN = "ในแผน"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing within a component: what was found where and what to do. ``quote`` is the document's own line."""

    title: str
    found: str
    where: str
    quote: str
    revise: str
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A component (or requirement) with its open points."""

    element_id: str
    title: str
    points: tuple[Point, ...]

    @property
    def doubtful(self) -> bool:
        """Whether all that is said is a question."""
        return all(point.doubtful for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGaps:
    """All that a letter says of one plan. ``files`` are the names of the files that were read."""

    title: str
    files: tuple[str, ...] = ()
    gaps: tuple[Gap, ...]
    checks: tuple[Gap, ...]
    suggestions: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing has to be revised or checked."""
        return not self.gaps and not self.checks


def find_gaps(
    components: Sequence[Row],
    findings: Sequence[Row],
    *,
    masker: Masker,
    title: str,
    files: Sequence[str] = (),
    differing: Sequence[str] = (),
    unread: bool = False,
) -> PlanGaps:
    """The letter's content for one plan.

    ``differing`` are elements on which its Word and its PDF disagree. ``unread`` says that another file of the agency
    could not be opened, so that it is not known which forms it sent.
    """
    differs = frozenset(differing)
    gaps: list[Gap] = []
    for head in components:
        if head["level"] not in (ElementLevel.COMPONENT, ElementLevel.REQUIREMENT) or not head["required"]:
            continue
        if head["status"] not in _OPEN or (unread and head["element_id"] == _FORMS_ELEMENT):
            continue
        parts = [
            row
            for row in components
            if row["parent_id"] == head["element_id"] and row["required"] and row["status"] in _OPEN
        ]
        told = [head] if not parts or _is_one(head, parts, differs) else parts
        points = _say_once([_point(row, masker, differs) for row in told])
        gaps.append(Gap(element_id=head["element_id"], title=head["title_th"], points=points))
    return PlanGaps(
        title=title,
        files=tuple(files),
        gaps=tuple(gap for gap in gaps if not gap.doubtful),
        checks=tuple(gap for gap in gaps if gap.doubtful),
        suggestions=tuple(_suggestions(components, findings, masker, differs)),
    )


def _is_one(head: Row, parts: Sequence[Row], differs: frozenset[str]) -> bool:
    """Whether a component is told as a whole: nothing of it is there, or nothing of it could be read."""
    if head["status"] == ElementStatus.MISSING:
        return not any(_is_doubtful(row, differs) for row in parts)
    return all(row["status"] == ElementStatus.UNREADABLE for row in (head, *parts))


def _say_once(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points of a component; a line that several of them quote is quoted by the first alone."""
    seen: set[str] = set()
    kept = []
    for point in points:
        where = "" if point.where.endswith(_IN_PLAN) else point.where
        kept.append(replace(point, quote="", where=where) if point.quote in seen else point)
        seen.add(point.quote)
    return tuple(kept)


def _is_doubtful(row: Row, differs: frozenset[str]) -> bool:
    if row["status"] == ElementStatus.UNREADABLE:
        return True
    if row["reviewed_by"]:
        return False
    return (
        row["confidence"] < LOW_CONFIDENCE
        or (row["status"] == ElementStatus.MISSING and bool(row["pages_unreadable"]))
        or row["element_id"] in differs
    )


def _point(row: Row, masker: Masker, differs: frozenset[str]) -> Point:
    found, revise = split_reason(row["reason_th"])
    where, quote = _find_quote(row)
    doubtful = _is_doubtful(row, differs)
    if doubtful:
        found, revise = _doubt(row, differs), _ask(row)
    if row["discrepancy"] and row["declared"] == Declared.YES:
        found += " (แบบตรวจสอบของหน่วยงานระบุว่ามี)"
    return Point(
        title=row["title_th"],
        found=masker.text(found),
        where=where,
        quote=masker.text(quote),
        revise=masker.text(revise),
        doubtful=doubtful,
    )


def _ask(row: Row) -> str:
    """What an agency is asked where nothing is held against it."""
    if row["status"] == ElementStatus.UNREADABLE or row["pages_unreadable"]:
        return f"โปรดส่งไฟล์ที่อ่านได้ชัดเจนกว่าเดิม เช่น ไฟล์ Word ต้นฉบับ หรือแจ้งเลขหน้าที่มี{row['title_th']} หากยังไม่มีในแผนโปรดเพิ่มเติม"
    return f"โปรดตรวจสอบว่าแผนมี{row['title_th']}ครบถ้วนแล้วหรือไม่ หากมีแล้วโปรดแจ้งเลขหน้า หากยังไม่มีโปรดเพิ่มเติม"


def _doubt(row: Row, differs: frozenset[str]) -> str:
    """Why the verdict is a question."""
    pages = [str(page) for page in (row["pages_unreadable"] or ())]
    if row["element_id"] in differs:
        return f"ผลการอ่าน{row['title_th']}จากไฟล์ Word กับไฟล์ PDF ไม่ตรงกัน"
    if pages:
        shown = ", ".join(pages[:_MAX_PAGES]) + (" …" if len(pages) > _MAX_PAGES else "")
        return f"อ่านแผนได้ไม่ครบทุกหน้า (หน้า {shown}) จึงยังไม่อาจสรุปผลของ{row['title_th']}"
    if row["status"] == ElementStatus.UNREADABLE:
        return f"มีส่วนของ{row['title_th']} แต่เนื้อหาเป็นภาพหรือข้อความที่อ่านไม่ได้"
    return f"ยังไม่อาจสรุปผลของ{row['title_th']}ได้อย่างแน่ชัด"


def split_reason(reason: str) -> tuple[str, str]:
    """A verdict's sentence as what was found and what to do.

    >>> split_reason("ไม่พบขอบเขตในแผน โปรดระบุขอบเขต")
    ('ไม่พบขอบเขตในแผน', 'โปรดระบุขอบเขต')
    """
    found, please, revise = reason.partition(f" {_PLEASE}")
    return found.strip(), f"{_PLEASE}{revise.strip()}" if please else "โปรดปรับปรุงให้ครบถ้วน"


def _find_quote(row: Row) -> tuple[str, str]:
    """Where the nearest words stand and the words themselves; both empty where nothing was found."""
    if row["element_id"] == _FORMS_ELEMENT or (row["reviewed_by"] and row["status"] != row["status_extracted"]):
        return "", ""
    evidence = next((place for place in row["evidence"] or () if (place.get("text") or "").strip()), None)
    if evidence is not None:
        return _where("พบ", evidence.get("page_no")), clip(evidence["text"])
    nearest = row["nearest"] if row["cause"] in _NAMED_ONLY else None
    if nearest and (nearest.get("text") or "").strip():
        return _where("ข้อความที่ใกล้เคียงที่สุด", nearest.get("page_no")), clip(nearest["text"])
    return "", ""


def _where(words: str, page: int | None) -> str:
    return f"{words}ในหน้า {page}" if page is not None else f"{words}{_IN_PLAN}"


def clip(text: str) -> str:
    """A quotation on one line, cut between words where it is long."""
    line = " ".join(text.split())
    if len(line) <= _MAX_QUOTE:
        return line
    cut = line.rfind(" ", _MAX_QUOTE // 2, _MAX_QUOTE)
    return line[: cut if cut > 0 else _MAX_QUOTE].rstrip() + " …"


def _suggestions(
    components: Sequence[Row], findings: Sequence[Row], masker: Masker, differs: frozenset[str]
) -> list[str]:
    """What is worth improving though it is not asked: contradictions first, then optional parts."""
    found: list[str] = []
    for row in findings:
        if row["severity"] not in (Severity.ERROR, Severity.WARNING) or row["code"] in _NOT_TOLD:
            continue
        if row["confidence"] is not None and row["confidence"] < LOW_CONFIDENCE:
            continue
        page = f" (หน้า {row['page_no']})" if row["page_no"] is not None else ""
        found.append(masker.text(row["message_th"]) + page)
    found += [
        masker.text(f"แบบตรวจสอบระบุว่าไม่มี{row['title_th']} แต่พบในแผน โปรดปรับแบบตรวจสอบให้ตรงกัน")
        for row in components
        if row["discrepancy"] and row["declared"] == Declared.NO and row["level"] == ElementLevel.COMPONENT
    ]
    found += [
        masker.text(split_reason(row["reason_th"])[1])
        for row in components
        if not row["required"] and row["status"] in (ElementStatus.MISSING, ElementStatus.PARTIAL)
        if not _is_doubtful(row, differs)
    ]
    return list(dict.fromkeys(found))
