"""Which plans a person should look at first, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from types import MappingProxyType

import pandas as pd

from docmodel.issue import Severity
from docmodel.vocabulary import DocumentStatus, ElementLevel, ElementStatus
from reports.data import PlanFiles, clean_records
from reports.html.plan_view import LOW_CONFIDENCE, element_anchor

SHOWN = 120
"""Entries on the first page; the filter of the matrix finds all plans of each reason."""
_SHOWN_PER_REASON = 40


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to look at: the plan, the element and the sentence that says why."""

    reason: Reason
    plan: PlanFiles
    element_id: str | None
    title: str
    sentence: str
    confidence: float | None

    @property
    def anchor(self) -> str:
        """Where on the plan's page to look."""
        return "#" + element_anchor(self.element_id) if self.element_id else "#findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """The entries to show, how many there are of each reason, and the reasons of each plan together."""

    entries: tuple[Entry, ...]
    counts: Mapping[Reason, int]
    reasons_of: Mapping[str, Reason]


def find_attention(plans: Sequence[PlanFiles], components: pd.DataFrame, findings: pd.DataFrame) -> Attention:
    """Everything to look at first, the gravest reasons first, the least certain verdicts first in each."""
    by_id = {plan.document_id: plan for plan in plans}
    entries: list[Entry] = []
    for plan in plans:
        entries += _of_files(plan)
    entries += _of_verdicts(by_id, components)
    entries += _of_findings(by_id, findings, components)
    entries.sort(key=lambda e: (e.reason, e.confidence if e.confidence is not None else 1.0, e.plan.document_id))
    counts: dict[Reason, int] = defaultdict(int)
    reasons_of: dict[str, Reason] = {}
    shown: list[Entry] = []
    for entry in entries:
        counts[entry.reason] += 1
        document_id = entry.plan.document_id
        reasons_of[document_id] = reasons_of.get(document_id, Reason(0)) | entry.reason
        if counts[entry.reason] <= _SHOWN_PER_REASON and len(shown) < SHOWN:
            shown.append(entry)
    return Attention(entries=tuple(shown), counts=dict(counts), reasons_of=reasons_of)


def _of_files(plan: PlanFiles) -> list[Entry]:
    entries = []
    if plan.document["status"] == DocumentStatus.PARTIAL:
        message = (plan.document["error_message"] or "").split(" | ")[0]
        entries.append(_entry(Reason.PARTIAL_FILE, plan, sentence=message or "มีหน้าที่อ่านไม่ได้"))
    if plan.differing:
        entries.append(
            _entry(Reason.FORMS_DIFFER, plan, plan.differing[0], sentence=f"ผลต่างกันในข้อ {', '.join(plan.differing)}")
        )
    return entries


def _of_verdicts(by_id: Mapping[str, PlanFiles], components: pd.DataFrame) -> list[Entry]:
    is_part = components["level"] != ElementLevel.COMPONENT.value  # a component only adds up the doubts of its parts
    unreadable = is_part & (components["status"] == ElementStatus.UNREADABLE.value)
    doubtful = is_part & components["required"] & (components["confidence"] < LOW_CONFIDENCE)
    chosen = components[components["discrepancy"] | unreadable | doubtful]
    entries = []
    columns = ["document_id", "element_id", "title_th", "status", "discrepancy", "reason_th", "confidence"]
    for row in clean_records(chosen[columns]):
        plan = by_id.get(row["document_id"])
        if plan is None:
            continue
        reason = (
            Reason.DISCREPANCY
            if row["discrepancy"]
            else Reason.UNREADABLE
            if row["status"] == ElementStatus.UNREADABLE
            else Reason.LOW_CONFIDENCE
        )
        entries.append(
            _entry(
                reason,
                plan,
                row["element_id"],
                title=row["title_th"],
                sentence=row["reason_th"],
                confidence=row["confidence"],
            )
        )
    return entries


def _of_findings(by_id: Mapping[str, PlanFiles], findings: pd.DataFrame, components: pd.DataFrame) -> list[Entry]:
    """Grave findings; one that says what a verdict's discrepancy says already is not repeated."""
    pairs = components.loc[components["discrepancy"], ["document_id", "element_id"]]
    told = set(pairs.itertuples(index=False, name=None))
    named = components[["element_id", "title_th"]].drop_duplicates("element_id")
    titles = dict(named.itertuples(index=False, name=None))
    grave = findings[(findings["severity"] == Severity.ERROR.value) | findings["code"].isin(_REASON_OF_CODE)]
    entries = []
    for row in clean_records(grave[["document_id", "code", "element_id", "message_th"]]):
        plan = by_id.get(row["document_id"])
        if plan is not None and (row["document_id"], row["element_id"]) not in told:
            reason = _REASON_OF_CODE.get(row["code"], Reason.FINDING)
            title = titles.get(row["element_id"], "")
            entries.append(_entry(reason, plan, row["element_id"], title=title, sentence=row["message_th"]))
    return entries


def _entry(
    reason: Reason,
    plan: PlanFiles,
    element_id: str | None = None,
    *,
    title: str = "",
    sentence: str,
    confidence: float | None = None,
) -> Entry:
    return Entry(reason=reason, plan=plan, element_id=element_id, title=title, sentence=sentence, confidence=confidence)
