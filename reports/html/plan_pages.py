"""Writes the pages of plans, one for each of their files, with pictures of the pages that hold evidence."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.version import pipeline_version
from reports.data import PlanFiles, RowReader, open_datasets, plan_page
from reports.html.delivery_view import PlanDelivery
from reports.html.environment import environment
from reports.html.evidence import Places
from reports.html.pictures import PDF_MEDIA_TYPE, PagePictures
from reports.html.plan_view import build_plan_view
from reports.html.versions import ChangesView, Versions, build_changes, describe_versions
from reports.labels import thai_datetime
from reports.masking import Masker, build_masker

_PLAN_DATASETS: Mapping[str, Sequence[str] | None] = dict.fromkeys(
    (
        "components",
        "findings",
        "pages",
        "repairs",
        "sections",
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
) | {"tables": ("document_id", "table_id", "title", "section_id")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesRequest:
    """Where pages are written from and to: datasets, input files, the folder that grows and the earlier report."""

    processed: Path
    input: Path
    folder: Path
    earlier: Path
    with_personal_data: bool
    pictures: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """A plan with what the batch knows of it."""

    plan: PlanFiles
    delivery: PlanDelivery
    versions: Versions | None = None


@dataclass(slots=True)
class _Writer:
    request: PagesRequest
    readers: dict[str, RowReader]
    made_at: str = field(default_factory=lambda: thai_datetime(datetime.now(UTC)))

    def rows(self, document_id: str) -> dict[str, list[dict[str, Any]]]:
        return {name: reader.rows(document_id) for name, reader in self.readers.items()}

    def masker(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Masker:
        return build_masker(rows["team_members"], show=self.request.with_personal_data)


def write_plan_pages(request: PagesRequest, tasks: Sequence[PlanTask]) -> int:
    """Write the pages of some plans, one for each of their files; how many."""
    writer = _Writer(request, open_datasets(request.processed, _PLAN_DATASETS))
    return sum(
        _write_page(writer, task, document) for task in tasks for document in (task.plan.document, *task.plan.others)
    )


def _write_page(writer: _Writer, task: PlanTask, document: Mapping[str, Any]) -> int:
    request = writer.request
    document_id = document["document_id"]
    rows = writer.rows(document_id)
    target = request.folder / plan_page(document_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    masker = writer.masker(rows)
    with _pictures(request, target.parent, document, rows["pages"]) as pictures:
        places = Places(
            masker=masker,
            pictures=pictures,
            pages={row["page_no"]: row for row in rows["pages"]},
            sections={row["section_id"]: row for row in rows["sections"]},
            tables={row["table_id"]: row for row in rows["tables"]},
            pages_with_team=frozenset(row["page_no"] for row in rows["team_members"] if row["page_no"]),
        )
        view = build_plan_view(
            document, rows, plan=task.plan, places=places, delivery=task.delivery, version=pipeline_version()
        )
    html = (
        environment()
        .get_template("plan.html")
        .render(
            root="../../",
            view=view,
            related=describe_versions(task.versions),
            changes=_changes(writer, task, document, (rows, masker)),
            shows_people=request.with_personal_data,
            made_at=writer.made_at,
            version=pipeline_version(),
        )
    )
    target.write_text(html, encoding="utf-8")
    return 1


def _changes(
    writer: _Writer, task: PlanTask, document: Mapping[str, Any], own: tuple[dict[str, Any], Masker]
) -> tuple[ChangesView, ...]:
    """What differs from the earlier plan, and from the other forms of this one."""
    found = []
    others = [("สิ่งที่เปลี่ยนจากแผนฉบับก่อน", other.document) for other in (task.versions and task.versions.older,) if other]
    others += [
        ("เทียบกับอีกไฟล์ของแผนเดียวกัน", other)
        for other in (task.plan.document, *task.plan.others)
        if other["document_id"] != document["document_id"]
    ]
    for title, other in others:
        rows = writer.rows(other["document_id"])
        before = (other["source_path"], rows, writer.masker(rows))
        found.append(build_changes(title, before, (document["source_path"], *own)))
    return tuple(found)


def _pictures(
    request: PagesRequest, folder: Path, document: Mapping[str, Any], pages: Sequence[Mapping[str, Any]]
) -> PagePictures:
    earlier = request.earlier / folder.relative_to(folder.parents[1])
    is_pdf = request.pictures and document["media_type"] == PDF_MEDIA_TYPE
    return PagePictures(
        source=path_inside(request.input, document["source_path"]) if is_pdf else None,
        folder=folder,
        earlier=earlier if request.pictures and earlier.is_dir() else None,
        document_id=document["document_id"],
        sizes={row["page_no"]: (row["width_pt"], row["height_pt"]) for row in pages if row["width_pt"]},
    )


def path_inside(root: Path, source_path: str) -> Path | None:
    """The input file; None where the path leads out of the input folder."""
    base = root if root.is_dir() else root.parent
    path = Path(os.path.normpath(base / source_path))
    return path if path.is_relative_to(os.path.normpath(base)) else None
