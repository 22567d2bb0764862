"""Plans that belong together: an agency's earlier and later plan, the Word and the PDF of one, and what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.compare import SHAPES, Comparison, RecordChange, Side, compare
from reports.agency_names import agency_key, differ_in_province
from reports.data import PlanFiles, plan_page
from reports.labels import DATASET, STATUS
from reports.masking import Masker

SHOWN_CHANGES = 40
"""Changed records of one dataset on a page; ``bcp compare`` has them all."""
_KINDS = {"added": "เพิ่ม", "removed": "ตัดออก", "changed": "แก้ไข"}

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The plan of the same agency before and after one."""

    older: PlanFiles | None = None
    newer: PlanFiles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another document that belongs to a plan, as a link."""

    words: str
    path: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetChanges:
    """Records of one dataset that differ: how many of each kind, and the first of them as (kind, text)."""

    title: str
    counts: str
    entries: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """What differs between two documents; ``statuses`` are (element, title, before, after)."""

    title: str
    before: str
    after: str
    statuses: tuple[tuple[str, str, str, str], ...]
    datasets: tuple[DatasetChanges, ...]


def find_versions(plans: Sequence[PlanFiles], superseded: set[str]) -> dict[str, Versions]:
    """The neighbours in time of each plan of an agency that sent several.

    ``superseded`` are the documents that the batch itself found to have a newer one; a plan that is none of them has
    no newer one, whatever agency has the same name.
    """
    by_agency: dict[str, list[PlanFiles]] = defaultdict(list)
    for plan in plans:
        if plan.document["agency_name"] and plan.document["plan_year_be"]:
            by_agency[agency_key(plan.document["agency_name"])].append(plan)
    newer: dict[str, PlanFiles] = {}
    older: dict[str, PlanFiles] = {}
    for members in by_agency.values():
        members.sort(key=lambda plan: (_year(plan), plan.document["source_path"]))
        for place, plan in enumerate(members):
            later = [other for other in members[place + 1 :] if _is_later(other, plan)]
            if later and plan.document_id in superseded:
                newer[plan.document_id] = later[0]
                older[later[0].document_id] = plan
    return {
        document_id: Versions(older=older.get(document_id), newer=newer.get(document_id))
        for document_id in {*newer, *older}
    }


def _is_later(other: PlanFiles, plan: PlanFiles) -> bool:
    apart = differ_in_province(other.document["province"], plan.document["province"])
    return _year(other) > _year(plan) and not apart


def describe_versions(versions: Versions | None) -> tuple[Related, ...]:
    """Links to the earlier and the later plan."""
    if versions is None:
        return ()
    pairs = (("มีแผนฉบับใหม่กว่า", versions.newer), ("แผนฉบับก่อน", versions.older))
    return tuple(
        Related(
            words=f"{words} พ.ศ. {_year(plan)}",
            path=plan.document["source_path"],
            href=f"../../{plan_page(plan.document_id)}",
        )
        for words, plan in pairs
        if plan is not None
    )


def build_changes(title: str, before: tuple[str, Rows, Masker], after: tuple[str, Rows, Masker]) -> ChangesView:
    """What changed from one document to another: a name, its rows and its people's masker of each."""
    found = compare(*(Side(name=n, components=rows["components"], records=rows) for n, rows, _ in (before, after)))
    return ChangesView(
        title=title,
        before=found.before,
        after=found.after,
        statuses=tuple(
            (change.element_id, change.title_th, _status(change.before), _status(change.after))
            for change in found.statuses
            if change.changed
        ),
        datasets=tuple(
            changes for dataset in SHAPES if (changes := _changes_of(found, dataset, before[2], after[2])) is not None
        ),
    )


def _changes_of(found: Comparison, dataset: str, before: Masker, after: Masker) -> DatasetChanges | None:
    records = [change for change in found.records if change.dataset == dataset]
    if not records:
        return None
    counts = [(words, sum(change.kind == kind for change in records)) for kind, words in _KINDS.items()]
    return DatasetChanges(
        title=DATASET[dataset],
        counts=" ".join(f"{words} {count}" for words, count in counts if count),
        entries=tuple((_KINDS[change.kind], _text(change, before, after)) for change in records[:SHOWN_CHANGES]),
        more=max(0, len(records) - SHOWN_CHANGES),
    )


def _text(change: RecordChange, before: Masker, after: Masker) -> str:
    old, new = before.text(change.before), after.text(change.after)
    return f"{old} → {new}" if old and new and old != new else new or old


def _status(value: str | None) -> str:
    return STATUS[value] if value else "–"


def _year(plan: PlanFiles) -> int:
    return int(plan.document["plan_year_be"])
