"""What the first page says of all plans together: shares, causes, incidents, recovery times, years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from docmodel.vocabulary import ElementLevel, ElementStatus
from reports.data import PlanFiles
from reports.labels import STATUS_ORDER, label, thai_hours, words_of

COMMON_CAUSES = 15
COMMON_PROCESSES = 20
_BAR_ORDER = tuple(reversed(STATUS_ORDER[:-1]))
"""Statuses along a bar: what is there first, what is missing last."""
_RTO_BUCKETS = (
    (4.0, "ไม่เกิน 4 ชั่วโมง"),
    (24.0, "ไม่เกิน 1 วัน"),
    (168.0, "ไม่เกิน 1 สัปดาห์"),
    (336.0, "ไม่เกิน 2 สัปดาห์"),
    (720.0, "ไม่เกิน 1 เดือน"),
)
_RTO_LONGER, _RTO_UNKNOWN = "นานกว่า 1 เดือน", "ไม่ระบุหรืออ่านเวลาไม่ได้"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a bar: ``start`` and ``width`` in percent of the bar."""

    key: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of a chart: its name, its number and its pieces."""

    name: str
    count: int
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An element as a column of the matrix."""

    element_id: str
    title: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRow:
    """Share of plans of one kind of agency that have each component: percent, or None where it is not asked."""

    name: str
    plans: int
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessTime:
    """Recovery times of a process that several plans name."""

    name: str
    plans: int
    shortest: str
    median: str
    longest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The charts of the first page."""

    plans: int
    complete: int
    components: tuple[Bar, ...]
    requirements: tuple[Bar, ...]
    by_type: tuple[TypeRow, ...]
    causes: tuple[Bar, ...]
    incidents: tuple[Bar, ...]
    rto: tuple[Bar, ...]
    processes: tuple[ProcessTime, ...]
    years: tuple[Bar, ...]
    number_present: tuple[Bar, ...]


def find_columns(components: pd.DataFrame) -> tuple[Column, ...]:
    """The elements of the matrix in the order of the schema: components, requirements, annexes."""
    wanted = (ElementLevel.COMPONENT.value, ElementLevel.REQUIREMENT.value, ElementLevel.ANNEX.value)
    chosen = components[components["level"].isin(wanted)].drop_duplicates("element_id")
    rows = sorted(
        chosen[["element_id", "title_th", "level"]].itertuples(index=False, name=None),
        key=lambda row: wanted.index(row[2]),
    )
    return tuple(Column(element_id=element, title=title, level=level) for element, title, level in rows)


def find_titles(components: pd.DataFrame) -> dict[str, str]:
    """The titles of all elements."""
    named = components[["element_id", "title_th"]].drop_duplicates("element_id")
    return dict(named.itertuples(index=False, name=None))


def build_totals(
    plans: Sequence[PlanFiles],
    columns: Sequence[Column],
    *,
    components: pd.DataFrame,
    incidents: pd.DataFrame,
    processes: pd.DataFrame,
) -> Totals:
    """All charts; every table holds rows of the plans' standing documents and of others, which are left out."""
    ids = [plan.document_id for plan in plans]
    wanted = set(ids)
    own = components[components["document_id"].isin(wanted)]
    main = [column for column in columns if column.level == ElementLevel.COMPONENT]
    present = _present_counts(own, main)
    years = Counter(_year(plan) for plan in plans)
    numbers = Counter(present.get(document_id, 0) for document_id in ids)
    return Totals(
        plans=len(plans),
        complete=sum(1 for document_id in ids if present.get(document_id, 0) == len(main) > 0),
        components=_status_bars(own, main),
        requirements=_status_bars(own, [column for column in columns if column not in main]),
        by_type=_by_type(plans, own, main),
        causes=_cause_bars(own),
        incidents=_incident_bars(incidents, wanted),
        rto=_rto_bars(processes, wanted),
        processes=_process_times(processes, wanted),
        years=plain_bars((name, years[name]) for name in sorted(years)),
        number_present=plain_bars((f"{number} องค์ประกอบ", numbers[number]) for number in range(len(main), -1, -1)),
    )


def plain_bars(counts: Iterable[tuple[str, int]], *, key: str = "count") -> tuple[Bar, ...]:
    """Bars of one piece each, the longest filling the width."""
    entries = list(counts)
    longest = max((count for _, count in entries), default=0) or 1
    return tuple(
        Bar(name=name, count=count, parts=(Part(key=key, count=count, start=0, width=round(100 * count / longest, 2)),))
        for name, count in entries
    )


def stacked_bar(name: str, counts: Mapping[str, int], order: Sequence[str]) -> Bar:
    """A bar whose pieces fill the width."""
    total = sum(counts.get(key, 0) for key in order)
    parts = []
    start = 0.0
    for key in order:
        count = counts.get(key, 0)
        width = 100 * count / total if total else 0.0
        if count:
            parts.append(Part(key=key, count=count, start=round(start, 2), width=round(width, 2)))
        start += width
    return Bar(name=name, count=total, parts=tuple(parts))


def _status_bars(own: pd.DataFrame, columns: Sequence[Column]) -> tuple[Bar, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for element, status in own[["element_id", "status"]].itertuples(index=False, name=None):
        counts[element][status] += 1
    order = (*_BAR_ORDER, ElementStatus.NOT_APPLICABLE.value)
    return tuple(stacked_bar(f"{c.element_id} {c.title}", counts[c.element_id], order) for c in columns)


def _present_counts(own: pd.DataFrame, main: Sequence[Column]) -> dict[str, int]:
    there = own[own["element_id"].isin([c.element_id for c in main]) & (own["status"] == ElementStatus.PRESENT.value)]
    return {str(document_id): int(count) for document_id, count in there.groupby("document_id").size().items()}


def _by_type(plans: Sequence[PlanFiles], own: pd.DataFrame, main: Sequence[Column]) -> tuple[TypeRow, ...]:
    types = {plan.document_id: plan.document["agency_type"] for plan in plans}
    counts: Counter[tuple[Any, str, bool]] = Counter()
    for document_id, element, status in own[["document_id", "element_id", "status"]].itertuples(index=False, name=None):
        if status != ElementStatus.NOT_APPLICABLE:
            counts[types[document_id], element, status == ElementStatus.PRESENT] += 1
    rows = []
    for agency_type, number in Counter(types.values()).most_common():
        shares = []
        for column in main:
            there, not_there = (counts[agency_type, column.element_id, yes] for yes in (True, False))
            shares.append(100 * there / (there + not_there) if there + not_there else None)
        rows.append(TypeRow(name=label("agency_type", agency_type), plans=number, shares=tuple(shares)))
    return tuple(rows)


def _cause_bars(own: pd.DataFrame) -> tuple[Bar, ...]:
    """What is lacking most often and why; parts rather than the components above them, which only add them up."""
    lacking = own[
        own["status"].isin([ElementStatus.MISSING.value, ElementStatus.PARTIAL.value, ElementStatus.UNREADABLE.value])
        & (own["level"] != ElementLevel.COMPONENT.value)
        & own["required"]
    ]
    counts = Counter(lacking[["element_id", "title_th", "cause"]].itertuples(index=False, name=None))
    entries = [
        (f"{title} ({element}): {label('cause', cause if isinstance(cause, str) else None)}", number)
        for (element, title, cause), number in counts.most_common(COMMON_CAUSES)
    ]
    return plain_bars(entries, key="missing")


def _incident_bars(incidents: pd.DataFrame, wanted: set[str]) -> tuple[Bar, ...]:
    """Plans that name each incident in their own words: the checklist's ticks do not count."""
    named = incidents[incidents["document_id"].isin(wanted) & (incidents["source"] != "checklist")]
    plans = named.drop_duplicates(["document_id", "incident"])["incident"].value_counts()
    counts = [(name, int(plans.get(key, 0))) for key, name in words_of("incident").items()]
    return plain_bars(sorted((entry for entry in counts if entry[1]), key=lambda entry: -entry[1]))


def _rto_bars(processes: pd.DataFrame, wanted: set[str]) -> tuple[Bar, ...]:
    """Processes by recovery time, each bar divided by urgency."""
    own = processes[processes["document_id"].isin(wanted)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for hours, urgency in own[["rto_max_hours", "urgency"]].itertuples(index=False, name=None):
        counts[_rto_bucket(hours)][urgency if isinstance(urgency, str) else "none"] += 1
    order = (*words_of("urgency"), "none")
    names = [name for _, name in _RTO_BUCKETS] + [_RTO_LONGER, _RTO_UNKNOWN]
    longest = max((sum(counts[name].values()) for name in names), default=0) or 1
    bars = []
    for name in names:
        bar = stacked_bar(name, counts[name], order)
        scale = bar.count / longest
        parts = tuple(
            Part(key=p.key, count=p.count, start=round(p.start * scale, 2), width=round(p.width * scale, 2))
            for p in bar.parts
        )
        bars.append(Bar(name=name, count=bar.count, parts=parts))
    return tuple(bars)


def _rto_bucket(hours: float | None) -> str:
    if hours is None or pd.isna(hours):
        return _RTO_UNKNOWN
    return next((name for limit, name in _RTO_BUCKETS if hours <= limit), _RTO_LONGER)


def _process_times(processes: pd.DataFrame, wanted: set[str]) -> tuple[ProcessTime, ...]:
    """The processes that most plans name, with the span of their recovery times."""
    own = processes[processes["document_id"].isin(wanted)]
    hours: dict[str, list[float]] = defaultdict(list)
    plans: dict[str, set[str]] = defaultdict(set)
    for document_id, name, longest in own[["document_id", "process_name", "rto_max_hours"]].itertuples(
        index=False, name=None
    ):
        key = process_key(str(name))
        plans[key].add(document_id)
        if longest is not None and not pd.isna(longest):
            hours[key].append(float(longest))
    common = sorted((key for key in plans if hours[key]), key=lambda key: (-len(plans[key]), key))[:COMMON_PROCESSES]
    return tuple(
        ProcessTime(
            name=key,
            plans=len(plans[key]),
            shortest=thai_hours(min(hours[key])),
            median=thai_hours(median(hours[key])),
            longest=thai_hours(max(hours[key])),
        )
        for key in common
    )


def process_key(name: str) -> str:
    """A process's name without the word that only says that it is one, so that plans that differ in it count as one.

    >>> process_key("งานรับชำระภาษี"), process_key("การรับชำระภาษี")
    ('รับชำระภาษี', 'รับชำระภาษี')
    """
    return re.sub(r"^(?:งาน|การ|กระบวนการ)\s*", "", name).strip() or name


def _year(plan: PlanFiles) -> str:
    year = plan.document["plan_year_be"]
    return f"พ.ศ. {year:.0f}" if year else "ไม่ระบุปี"
