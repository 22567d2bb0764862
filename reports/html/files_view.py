"""The files that are no plan in the matrix: those that could not be read, copies, and documents of another kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from docmodel.vocabulary import DocumentClass, DocumentStatus
from reports.data import clean_records, plan_page
from reports.labels import label

MAX_PATHS = 200
"""Files named per group; ``documents`` has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup:
    """Files with one cause: what happened and what to do (``message``), and their paths with a page where one is."""

    code: str
    message: str
    total: int
    paths: tuple[tuple[str, str | None], ...]


def group_failed(documents: pd.DataFrame) -> tuple[FileGroup, ...]:
    """Files that could not be read at all, or not whole, by cause; the commonest first."""
    chosen = documents[documents["status"].isin([DocumentStatus.FAILED.value, DocumentStatus.PARTIAL.value])]
    return _group(chosen, lambda row: (row["error_code"] or "unknown", (row["error_message"] or "").split(" | ")[0]))


def group_others(documents: pd.DataFrame) -> tuple[FileGroup, ...]:
    """Files that were read but are no plan, by kind, and copies."""
    unread = [DocumentStatus.FAILED.value]
    chosen = documents[
        (documents["document_class"] != DocumentClass.BCP_PLAN.value) & ~documents["status"].isin(unread)
        | (documents["status"] == DocumentStatus.DUPLICATE.value)
    ]
    return _group(chosen, _kind)


def _kind(row: Mapping[str, Any]) -> tuple[str, str]:
    if row["status"] == DocumentStatus.DUPLICATE:
        return "duplicate", label("document_status", "duplicate")
    kind = row["document_class"] or "unknown"
    return kind, label("document_class", kind)


def _group(chosen: pd.DataFrame, key: Any) -> tuple[FileGroup, ...]:
    groups: dict[str, list[dict[str, Any]]] = {}
    messages: dict[str, str] = {}
    for row in clean_records(chosen):
        code, message = key(row)
        groups.setdefault(code, []).append(row)
        messages.setdefault(code, message)
    ordered = sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(
        FileGroup(
            code=code,
            message=messages[code],
            total=len(rows),
            paths=tuple((row["source_path"], _page(row)) for row in rows[:MAX_PATHS]),
        )
        for code, rows in ordered
    )


def _page(row: Mapping[str, Any]) -> str | None:
    has_page = row["document_class"] == DocumentClass.BCP_PLAN and row["status"] == DocumentStatus.PARTIAL
    return plan_page(row["document_id"]) if has_page else None
