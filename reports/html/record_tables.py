"""The records of a plan as tables that people read: Thai heads, enum values in words, needs and impacts as a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.labels import DATASET, column_labels, label, label_cell, thai_hours, words_of
from reports.masking import Masker

MAX_ROWS = 300
"""Rows of one table on the page; the dataset has them all."""
_TICK = "\N{CHECK MARK}"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "statements": ("kind", "item_no", "text"),
    "incidents": ("incident", "incident_raw", "source"),
    "team_members": ("group_name", "pair_no", "slot", "person_name", "position", "role", "role_raw", "phone_raw"),
    "strategies": ("dimension", "item_no", "text", "responsible"),
    "bia_processes": (
        "process_no",
        "process_group",
        "process_name",
        "urgency",
        "rto_raw",
        "rto_max_hours",
        "owner",
    ),
    "recovery_steps": ("phase", "phase_raw", "incident", "step_no", "text", "responsible"),
    "call_tree": ("step_no", "caller", "callee", "text"),
    "checklist_items": ("item_no", "item_text", "element_id", "incident", "declared"),
    "digital_services": ("question", "mission", "system"),
}
_ORDER = (
    "statements",
    "incidents",
    "impacts",
    "team_members",
    "strategies",
    "bia_processes",
    "resource_requirements",
    "recovery_steps",
    "call_tree",
    "checklist_items",
    "digital_services",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTable:
    """A table of records; ``total`` counts all rows of the dataset, also those not shown."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


def build_record_tables(rows: Mapping[str, Sequence[Mapping[str, Any]]], masker: Masker) -> tuple[RecordTable, ...]:
    """The tables that have rows, in the order of the plan's components."""
    tables = []
    for name in _ORDER:
        records = [masker.row(row) for row in rows[name]]
        if not records:
            continue
        if name == "impacts":
            heads, body = _impact_grid(records)
        elif name == "resource_requirements":
            heads, body = _needs_grid(records)
        else:
            heads, body = _plain_table(name, records)
        tables.append(
            RecordTable(name=name, title=DATASET[name], heads=heads, rows=tuple(body[:MAX_ROWS]), total=len(records))
        )
    return tuple(tables)


def _plain_table(name: str, records: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """One row per record; columns that no record fills are left out."""
    labels = column_labels(name)
    columns = [column for column in _COLUMNS[name] if any(_filled(record[column]) for record in records)]
    heads = tuple(labels[column].split(" (")[0] for column in columns)
    body = [(*(_cell(name, column, row[column]) for column in columns), _page(row)) for row in records]
    return (*heads, "หน้า"), body


def _impact_grid(records: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Incidents down, the five kinds of resources across."""
    dimensions = words_of("dimension")
    grid: dict[tuple[str, int | None], dict[str, str]] = {}
    for row in records:
        key = (row["incident_raw"] or label("incident", row["incident"]), row["page_no"])
        text = _TICK if row["affected"] else "–"
        grid.setdefault(key, {})[row["dimension"]] = text
    heads = ("เหตุการณ์", *dimensions.values(), "หน้า")
    body = [
        (incident, *(cells.get(dimension, "") for dimension in dimensions), "" if page is None else str(page))
        for (incident, page), cells in grid.items()
    ]
    return heads, body


def _needs_grid(records: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Resources down, times across in the order of their length."""
    buckets = sorted(
        {(row["bucket_hours"] is None, row["bucket_hours"] or 0.0, row["bucket_raw"] or "") for row in records}
    )
    names = list(dict.fromkeys(raw or "จำนวน" for _, _, raw in buckets))
    grid: dict[tuple[str, str, str, str, str], dict[str, str]] = {}
    for row in records:
        resource = row["resource_raw"] + (" (รวม)" if row["is_total"] else "")
        page = "" if row["page_no"] is None else str(row["page_no"])
        key = (label("dimension", row["dimension"]), resource, row["source_raw"] or "", row["process_name"] or "", page)
        grid.setdefault(key, {})[row["bucket_raw"] or "จำนวน"] = _need(row)
    used = [index for index in range(4) if any(key[index] for key in grid)]
    titles = ("ด้าน", "ทรัพยากร", "ที่มา", "กระบวนการ")
    heads = (*(titles[index] for index in used), *names, "หน้า")
    body = [
        (*(key[index] for index in used), *(cells.get(name, "") for name in names), key[4])
        for key, cells in grid.items()
    ]
    return heads, body


def _need(row: Mapping[str, Any]) -> str:
    if row["cell_raw"]:
        return str(row["cell_raw"])
    if row["quantity"] is not None:
        return f"{row['quantity']:g} {row['unit'] or ''}".strip()
    return _TICK if row["ticked"] else ""


def _cell(dataset: str, column: str, value: Any) -> str:
    if not _filled(value):
        return ""
    if column.endswith("_hours"):
        return thai_hours(value)
    return str(label_cell(dataset, column, value))


def _page(row: Mapping[str, Any]) -> str:
    return "" if row["page_no"] is None else str(row["page_no"])


def _filled(value: Any) -> bool:
    return value is not None and value not in ("", [])
