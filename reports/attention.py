"""Which plans a person should look at first, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from docmodel.issue import Severity
from docmodel.vocabulary import DocumentStatus, ElementLevel, ElementStatus
from reports.data import PlanFiles, clean_records, read_table
from reports.html.plan_view import LOW_CONFIDENCE, element_anchor

SHOWN = 120
"""Entries on the first page; the filter of the matrix finds all plans of each reason."""
_SHOWN_PER_REASON = 40
_LISTED = 6
"""More elements than these are told by component."""
_PLACES, _NAME_CHARS = 5, 60
"""Places that an entry names, and characters of a name."""


class Reason(IntFlag):
    """Why a plan should be looked at; the gravest first."""

    DISCREPANCY = 1
    UNREADABLE = 2
    PARTIAL_FILE = 4
    FORMS_DIFFER = 8
    LOW_CONFIDENCE = 16
    FINDING = 32
    COPIED = 64
    SUPERSEDED = 128


REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.DISCREPANCY: "แบบตรวจสอบขัดกับผลที่พบ",
        Reason.UNREADABLE: "มีส่วนที่อ่านไม่ได้",
        Reason.PARTIAL_FILE: "อ่านไฟล์ได้ไม่ครบทุกหน้า",
        Reason.FORMS_DIFFER: "ผลจาก Word กับ PDF ต่างกัน",
        Reason.LOW_CONFIDENCE: "ความเชื่อมั่นต่ำ",
        Reason.FINDING: "มีข้อสังเกตระดับขัดแย้ง",
        Reason.COPIED: "มีส่วนที่เหมือนแผนของหน่วยงานอื่น",
        Reason.SUPERSEDED: "มีฉบับใหม่กว่าของหน่วยงานเดียวกัน",
    }
)

_REASON_OF_CODE = {"copied_section": Reason.COPIED, "newer_version_exists": Reason.SUPERSEDED}


OPEN_COLUMNS = (
    "document_id",
    "element_id",
    "level",
    "title_th",
    "required",
    "status",
    "confidence",
    "discrepancy",
    "reason_th",
    "look_at",
    "pages_unreadable",
    "reviewed_by",
)


FINDING_COLUMNS = ("document_id", "code", "severity", "element_id", "message_th")


def read_open(processed: Path) -> list[dict[str, Any]]:
    """The verdicts that a person should look at: against the checklist, unreadable, or doubtful."""
    where = (
        pc.field("discrepancy")
        | (pc.field("status") == ElementStatus.UNREADABLE.value)
        | (pc.field("confidence") < LOW_CONFIDENCE)
    )
    rows: list[dict[str, Any]] = read_table(processed, "components", OPEN_COLUMNS, where=where).to_pylist()
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to look at: the plan, its elements (id and title) and the sentence that says why."""

    reason: Reason
    plan: PlanFiles
    elements: tuple[tuple[str, str], ...]
    sentence: str
    confidence: float | None

    @property
    def anchor(self) -> str:
        """Where on the plan's page to look."""
        return "#" + element_anchor(self.elements[0][0]) if self.elements else "#findings"

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """What the elements are called, each with its place on the plan's page; of many the parts are counted."""
        if len(self.elements) == 1:
            return ((" ".join(self.elements[0]), self.anchor),)
        ids = [element_id for element_id, _ in self.elements]
        if len(ids) <= _LISTED:
            return tuple((element_id, "#" + element_anchor(element_id)) for element_id in ids)
        parts: dict[str, list[str]] = defaultdict(list)
        for element_id in ids:
            parts[".".join(element_id.split(".")[:2])].append(element_id)
        return tuple(
            (own[0] if len(own) == 1 else f"{whole} ({len(own)} ส่วน)", "#" + element_anchor(own[0]))
            for whole, own in parts.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """All entries in order, how many there are of each reason, and the reasons of each plan together."""

    entries: tuple[Entry, ...]
    counts: Mapping[Reason, int]
    reasons_of: Mapping[str, Reason]

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that fit on a page, some of every reason."""
        counts: dict[Reason, int] = defaultdict(int)
        kept = []
        for entry in self.entries:
            counts[entry.reason] += 1
            if counts[entry.reason] <= _SHOWN_PER_REASON:
                kept.append(entry)
        return tuple(kept[:SHOWN])


def find_attention(
    plans: Sequence[PlanFiles],
    verdicts: Sequence[Mapping[str, Any]],
    findings: pd.DataFrame,
    titles: Mapping[str, str],
) -> Attention:
    """Everything to look at first, the gravest reasons first, the least certain plans first in each.

    ``verdicts`` are those of ``read_open``, ``titles`` those of the elements.
    """
    by_id = {plan.document_id: plan for plan in plans}
    entries: list[Entry] = []
    for plan in plans:
        entries += _of_files(plan, titles)
    entries += _of_verdicts(by_id, verdicts)
    entries += _of_findings(by_id, findings, verdicts, titles)
    entries.sort(key=lambda e: (e.reason, e.confidence if e.confidence is not None else 1.0, e.plan.document_id))
    counts: dict[Reason, int] = defaultdict(int)
    reasons_of: dict[str, Reason] = {}
    for entry in entries:
        counts[entry.reason] += 1
        document_id = entry.plan.document_id
        reasons_of[document_id] = reasons_of.get(document_id, Reason(0)) | entry.reason
    return Attention(entries=tuple(entries), counts=dict(counts), reasons_of=reasons_of)


def _of_files(plan: PlanFiles, titles: Mapping[str, str]) -> list[Entry]:
    entries = []
    if plan.document["status"] == DocumentStatus.PARTIAL:
        message = (plan.document["error_message"] or "").split(" | ")[0]
        entries.append(_entry(Reason.PARTIAL_FILE, plan, sentence=message or "มีหน้าที่อ่านไม่ได้"))
    if plan.differing:
        sentence = f"ผลต่างกัน {len(plan.differing)} ข้อ โปรดเทียบทั้งสองไฟล์"
        elements = [(element, titles.get(element, "")) for element in plan.differing]
        entries.append(_entry(Reason.FORMS_DIFFER, plan, elements, sentence=sentence))
    return entries


def _of_verdicts(by_id: Mapping[str, PlanFiles], verdicts: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """One entry per contradiction; of what could not be read and of what is doubtful one per plan, which is opened
    once. What a reviewer judged is settled, and a component only adds up the doubts of its parts."""
    entries = []
    together: dict[tuple[Reason, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in verdicts:
        plan = by_id.get(row["document_id"])
        if plan is None:
            continue
        if row["discrepancy"]:
            entries.append(
                _entry(
                    Reason.DISCREPANCY,
                    plan,
                    [(row["element_id"], row["title_th"])],
                    sentence=row["reason_th"],
                    confidence=row["confidence"],
                )
            )
        elif row["level"] == ElementLevel.COMPONENT:
            continue
        elif row["status"] == ElementStatus.UNREADABLE:
            together[Reason.UNREADABLE, plan.document_id].append(row)
        elif row["required"] and row["confidence"] < LOW_CONFIDENCE and not row["reviewed_by"]:
            together[Reason.LOW_CONFIDENCE, plan.document_id].append(row)
    for (reason, document_id), rows in together.items():
        entries.append(
            _entry(
                reason,
                by_id[document_id],
                [(row["element_id"], row["title_th"]) for row in rows],
                sentence=rows[0]["reason_th"] if len(rows) == 1 else _tell_together(reason, rows),
                confidence=min(row["confidence"] for row in rows),
            )
        )
    return entries


def _tell_together(reason: Reason, rows: Sequence[Mapping[str, Any]]) -> str:
    if reason is Reason.UNREADABLE:
        pages = sorted({page for row in rows for page in row["pages_unreadable"] or ()})
        where = f" เพราะอ่านหน้า {', '.join(map(str, pages))} ไม่ได้" if pages else ""
        return f"ยังสรุปไม่ได้ {len(rows)} ส่วน{where}"
    missing = sum(row["status"] == ElementStatus.MISSING for row in rows)
    which = f" (ในนั้นยังไม่พบ {missing} ส่วน)" if 0 < missing < len(rows) else ""
    told = f"{'ยังไม่พบแต่' if missing == len(rows) else ''}ไม่แน่ใจ {len(rows)} ส่วน{which}"
    places = _names_of_places(rows)
    return f"{told} ควรเปิดดู {places}" if places else f"{told} โปรดตรวจด้วยตา"


def _names_of_places(rows: Sequence[Mapping[str, Any]]) -> str:
    """The places of several elements, those that speak of most of them first; people's words stay out of it."""
    speaks: dict[str, int] = {}
    for row in rows:
        for place in row["look_at"] or ():
            words = f" “{place['text'][:_NAME_CHARS]}”" if place["named"] else ""
            page = f" หน้า {place['page_no']}" if place["page_no"] is not None else ""
            name = f"{place['kind']}{words}{page}"
            speaks[name] = speaks.get(name, 0) + bool(len(place["words"]))
    names = sorted(speaks, key=lambda name: -speaks[name])
    more = f" และอีก {len(names) - _PLACES} แห่ง" if len(names) > _PLACES else ""
    return ", ".join(names[:_PLACES]) + more


def _of_findings(
    by_id: Mapping[str, PlanFiles],
    findings: pd.DataFrame,
    verdicts: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
) -> list[Entry]:
    """Grave findings; one that says what a verdict's discrepancy says already is not repeated."""
    told = {(row["document_id"], row["element_id"]) for row in verdicts if row["discrepancy"]}
    grave = findings[(findings["severity"] == Severity.ERROR.value) | findings["code"].isin(_REASON_OF_CODE)]
    entries = []
    for row in clean_records(grave[["document_id", "code", "element_id", "message_th"]]):
        plan = by_id.get(row["document_id"])
        element_id = row["element_id"]
        if plan is not None and (row["document_id"], element_id) not in told:
            reason = _REASON_OF_CODE.get(row["code"], Reason.FINDING)
            elements = [(element_id, titles.get(element_id, ""))] if element_id else []
            entries.append(_entry(reason, plan, elements, sentence=row["message_th"]))
    return entries


def _entry(
    reason: Reason,
    plan: PlanFiles,
    elements: Sequence[tuple[str, str]] = (),
    *,
    sentence: str,
    confidence: float | None = None,
) -> Entry:
    return Entry(reason=reason, plan=plan, elements=tuple(elements), sentence=sentence, confidence=confidence)
