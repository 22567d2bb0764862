"""Makes the report: the first page with its data, one page per plan, pictures beside them; all or nothing."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docmodel.errors import ConfigError, DatasetError
from pipeline.version import pipeline_version
from reports.data import PlanFiles, find_plans, open_datasets, plan_page, read_dataset, read_run
from reports.html.attention import REASONS, find_attention
from reports.html.environment import STATIC, environment, fonts_css
from reports.html.evidence import Places
from reports.html.files_view import group_failed, group_others
from reports.html.matrix import build_matrix
from reports.html.pictures import PDF_MEDIA_TYPE, PagePictures
from reports.html.plan_view import build_plan_view
from reports.html.totals import build_totals, find_columns
from reports.labels import thai_datetime
from reports.masking import build_masker

REPORT_MARK = ".bcp-report"
"""A file of this name says that a folder is a report, so that it may be replaced."""
_PLANS_PER_TASK = 50
_INDEX_COLUMNS: Mapping[str, Sequence[str]] = {
    "components": (
        "document_id",
        "element_id",
        "level",
        "title_th",
        "required",
        "status",
        "confidence",
        "cause",
        "reason_th",
        "discrepancy",
    ),
    "findings": ("document_id", "severity", "element_id", "message_th"),
    "incidents": ("document_id", "incident", "source"),
    "bia_processes": ("document_id", "process_name", "urgency", "rto_max_hours"),
}
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
class ReportRequest:
    """What to build: datasets and input files in, the report's folder out. ``workers`` processes make plan pages."""

    processed: Path
    input: Path
    output: Path
    with_personal_data: bool = False
    pictures: bool = True
    plan_pages: bool = True
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """What was built."""

    index: Path
    plans: int
    pages: int
    pictures: int
    seconds: float
    index_bytes: int
    total_bytes: int


def build_report(request: ReportRequest, on_progress: Callable[[int, int], None] | None = None) -> ReportResult:
    """Build the report beside its place and let it take the place of the earlier one.

    Raises ConfigError where there are no datasets or the output is a folder of something else, DatasetError where it
    cannot be written.
    """
    started = time.monotonic()
    output = request.output
    if output.exists() and any(output.iterdir()) and not (output / REPORT_MARK).exists():
        raise ConfigError(
            "report_folder_taken",
            th=f"โฟลเดอร์ {output} มีไฟล์อื่นอยู่ กรุณาเลือกโฟลเดอร์ใหม่ หรือย้ายไฟล์ในนั้นออกก่อน",
            en=f"The folder {output} holds something else; choose another one or move its files away.",
        )
    writing = output.with_name(f".{output.name}.writing")
    try:
        shutil.rmtree(writing, ignore_errors=True)
        writing.mkdir(parents=True)
        plans, index_bytes = _write_index(request, writing)
        pages = _write_plans(request, writing, plans, on_progress) if request.plan_pages else 0
        (writing / REPORT_MARK).write_text(f"{pipeline_version()}\n", encoding="utf-8")
        old = output.with_name(f".{output.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if output.exists():
            output.rename(old)
        writing.rename(output)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise DatasetError(
            "report_not_written",
            th="เขียนรายงานไม่สำเร็จ กรุณาตรวจสอบพื้นที่ว่างและสิทธิ์ของโฟลเดอร์ผลลัพธ์ แล้วสั่งซ้ำ",
            en=f"The report could not be written ({error.strerror or type(error).__name__}); check free space and "
            "permissions of the output folder, then run again.",
        ) from error
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    files = [path for path in output.rglob("*") if path.is_file()]
    return ReportResult(
        index=output / "index.html",
        plans=len(plans),
        pages=pages,
        pictures=sum(path.suffix == ".webp" for path in files),
        seconds=time.monotonic() - started,
        index_bytes=index_bytes,
        total_bytes=sum(path.stat().st_size for path in files),
    )


def _write_index(request: ReportRequest, folder: Path) -> tuple[tuple[PlanFiles, ...], int]:
    """Write the first page, its data and styles; the plans, and the bytes that the first view loads."""
    documents = read_dataset(request.processed, "documents")
    tables = {name: read_dataset(request.processed, name, columns) for name, columns in _INDEX_COLUMNS.items()}
    components = tables["components"]
    plans = find_plans(documents, components)
    columns = find_columns(components)
    attention = find_attention(plans, components, tables["findings"])
    totals = build_totals(
        plans, columns, components=components, incidents=tables["incidents"], processes=tables["bia_processes"]
    )
    run = read_run(request.processed)
    html = (
        environment()
        .get_template("index.html")
        .render(
            root="",
            shows_people=request.with_personal_data,
            made_at=thai_datetime(datetime.now(UTC)),
            version=pipeline_version(),
            run=run,
            files=len(documents),
            counts=documents["status"].value_counts().to_dict(),
            page_count=int(documents["page_count"].fillna(0).sum()),
            ocr_page_count=int(documents["ocr_page_count"].fillna(0).sum()),
            totals=totals,
            columns=columns,
            attention=attention,
            masker=build_masker((), show=request.with_personal_data),
            reasons=REASONS,
            plan_page=plan_page,
            failed=group_failed(documents),
            others=group_others(documents),
        )
    )
    (folder / "index.html").write_text(html, encoding="utf-8")
    (folder / "data").mkdir()
    for number, text in enumerate(build_matrix(plans, columns, components, attention)):
        (folder / "data" / f"plans-{number:03d}.js").write_text(text, encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static" / "fonts.css").write_text(fonts_css(), encoding="utf-8")
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
        shutil.copyfile(path, folder / "static" / path.name)
    shutil.copyfile(STATIC / "vendor" / "sarabun" / "OFL.txt", folder / "static" / "OFL.txt")
    first_view = [folder / "index.html", folder / "data" / "plans-000.js", *(folder / "static").iterdir()]
    return plans, sum(path.stat().st_size for path in first_view)


def _write_plans(
    request: ReportRequest,
    folder: Path,
    plans: Sequence[PlanFiles],
    on_progress: Callable[[int, int], None] | None,
) -> int:
    tasks = [tuple(plans[start : start + _PLANS_PER_TASK]) for start in range(0, len(plans), _PLANS_PER_TASK)]
    done = pages = 0
    if request.workers <= 1 or len(tasks) <= 1:
        for task in tasks:
            pages += write_plan_pages(request, folder, task)
            done += len(task)
            if on_progress:
                on_progress(done, len(plans))
        return pages
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=request.workers, mp_context=context) as pool:
        futures = {pool.submit(write_plan_pages, request, folder, task): len(task) for task in tasks}
        for future in as_completed(futures):
            pages += future.result()
            done += futures[future]
            if on_progress:
                on_progress(done, len(plans))
    return pages


def write_plan_pages(request: ReportRequest, folder: Path, plans: Sequence[PlanFiles]) -> int:
    """Write the pages of some plans, one for each of their files; how many."""
    readers = open_datasets(request.processed, _PLAN_DATASETS)
    template = environment().get_template("plan.html")
    made_at = thai_datetime(datetime.now(UTC))
    version = pipeline_version()
    pages = 0
    for plan in plans:
        for document in (plan.document, *plan.others):
            document_id = document["document_id"]
            rows = {name: reader.rows(document_id) for name, reader in readers.items()}
            target = folder / plan_page(document_id)
            target.parent.mkdir(parents=True, exist_ok=True)
            with _pictures(request, target.parent, document, rows["pages"]) as pictures:
                places = Places(
                    masker=build_masker(rows["team_members"], show=request.with_personal_data),
                    pictures=pictures,
                    pages={row["page_no"]: row for row in rows["pages"]},
                    sections={row["section_id"]: row for row in rows["sections"]},
                    tables={row["table_id"]: row for row in rows["tables"]},
                    pages_with_team=frozenset(row["page_no"] for row in rows["team_members"] if row["page_no"]),
                )
                view = build_plan_view(document, rows, plan=plan, places=places, version=version)
                html = template.render(
                    root="../../",
                    view=view,
                    shows_people=request.with_personal_data,
                    made_at=made_at,
                    version=version,
                )
            target.write_text(html, encoding="utf-8")
            pages += 1
    return pages


def _pictures(
    request: ReportRequest, folder: Path, document: Mapping[str, Any], pages: Sequence[Mapping[str, Any]]
) -> PagePictures:
    earlier = request.output / folder.relative_to(folder.parents[1])
    is_pdf = request.pictures and document["media_type"] == PDF_MEDIA_TYPE
    return PagePictures(
        source=_inside(request.input, document["source_path"]) if is_pdf else None,
        folder=folder,
        earlier=earlier if request.pictures and earlier.is_dir() else None,
        document_id=document["document_id"],
        sizes={row["page_no"]: (row["width_pt"], row["height_pt"]) for row in pages if row["width_pt"]},
    )


def _inside(root: Path, source_path: str) -> Path | None:
    """The input file; None where the path leads out of the input folder."""
    base = root if root.is_dir() else root.parent
    path = Path(os.path.normpath(base / source_path))
    return path if path.is_relative_to(os.path.normpath(base)) else None
