"""Makes the report: the first page with its data, one page per plan, pictures beside them; all or nothing."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from docmodel.errors import ConfigError, DatasetError
from pipeline.version import pipeline_version
from reports.attention import FINDING_COLUMNS, REASONS, find_attention, read_open
from reports.data import find_plans, plan_page, read_dataset, read_run
from reports.html.delivery_view import SHOWN as REGISTER_SHOWN
from reports.html.delivery_view import build_register_view, count_forms, find_deliveries
from reports.html.environment import STATIC, environment, fonts_css
from reports.html.files_view import group_failed, group_others
from reports.html.matrix import build_matrix
from reports.html.plan_pages import PagesRequest, PlanTask, write_plan_pages
from reports.html.totals import build_totals, find_columns, find_titles
from reports.html.versions import find_versions
from reports.labels import thai_datetime
from reports.masking import build_masker
from reports.register import check_register
from reports.register_file import ExpectedAgency

REPORT_MARK = ".bcp-report"
"""A file of this name says that a folder is a report, so that it may be replaced."""
_PLANS_PER_TASK = 50
_CHART_LIBRARY = "chart.umd.min.js"
_VENDORED = (
    ("sarabun", "OFL.txt", "OFL.txt"),
    ("chartjs", _CHART_LIBRARY, _CHART_LIBRARY),
    ("chartjs", "LICENSE.md", "LICENSE-chart.js.txt"),
)
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
    ),
    "findings": FINDING_COLUMNS,
    "incidents": ("document_id", "incident", "source"),
    "bia_processes": ("document_id", "process_name", "urgency", "rto_max_hours"),
}


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
    register: Sequence[ExpectedAgency] | None = None
    today: date = field(default_factory=date.today)


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
        tasks, index_bytes = _write_index(request, writing)
        pages = _write_plans(request, writing, tasks, on_progress) if request.plan_pages else 0
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
        plans=len(tasks),
        pages=pages,
        pictures=sum(path.suffix == ".webp" for path in files),
        seconds=time.monotonic() - started,
        index_bytes=index_bytes,
        total_bytes=sum(path.stat().st_size for path in files),
    )


def _write_index(request: ReportRequest, folder: Path) -> tuple[tuple[PlanTask, ...], int]:
    """Write the first page, its data and styles; the plans, and the bytes that the first view loads."""
    documents = read_dataset(request.processed, "documents")
    tables = {name: read_dataset(request.processed, name, columns) for name, columns in _INDEX_COLUMNS.items()}
    components = tables["components"]
    plans = find_plans(documents, components)
    columns = find_columns(components)
    attention = find_attention(plans, read_open(request.processed), tables["findings"], find_titles(components))
    totals = build_totals(
        plans, columns, components=components, incidents=tables["incidents"], processes=tables["bia_processes"]
    )
    check = None
    if request.register is not None:
        check = check_register(request.register, plans, documents, today=request.today)
    register = build_register_view(check) if check else None
    deliveries = find_deliveries(plans, check)
    run = read_run(request.processed)
    masker = build_masker((), show=request.with_personal_data)
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
            masker=masker,
            register=register,
            register_shown=REGISTER_SHOWN,
            forms=count_forms(deliveries),
            reasons=REASONS,
            plan_page=plan_page,
            failed=group_failed(documents),
            others=group_others(documents),
        )
    )
    (folder / "index.html").write_text(html, encoding="utf-8")
    if register is not None:
        page = environment().get_template("register.html")
        made_at = thai_datetime(datetime.now(UTC))
        (folder / "register.html").write_text(
            page.render(
                root="", register=register, masker=masker, shows_people=request.with_personal_data, made_at=made_at
            ),
            encoding="utf-8",
        )
    (folder / "data").mkdir()
    for number, text in enumerate(build_matrix(plans, columns, components, attention, deliveries)):
        (folder / "data" / f"plans-{number:03d}.js").write_text(text, encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static" / "fonts.css").write_text(fonts_css(), encoding="utf-8")
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
        shutil.copyfile(path, folder / "static" / path.name)
    for vendor, name, copy in _VENDORED:
        shutil.copyfile(STATIC / "vendor" / vendor / name, folder / "static" / copy)
    first_view = [folder / "index.html", folder / "data" / "plans-000.js", *(folder / "static").iterdir()]
    findings = tables["findings"]
    superseded = set(findings.loc[findings["code"] == "newer_version_exists", "document_id"])
    versions = find_versions(plans, superseded)
    tasks = tuple(
        PlanTask(plan=plan, delivery=deliveries[plan.document_id], versions=versions.get(plan.document_id))
        for plan in plans
    )
    return tasks, sum(path.stat().st_size for path in first_view)


def _write_plans(
    request: ReportRequest,
    folder: Path,
    tasks: Sequence[PlanTask],
    on_progress: Callable[[int, int], None] | None,
) -> int:
    pages_request = PagesRequest(
        processed=request.processed,
        input=request.input,
        folder=folder,
        earlier=request.output,
        with_personal_data=request.with_personal_data,
        pictures=request.pictures,
    )
    parts = [tuple(tasks[start : start + _PLANS_PER_TASK]) for start in range(0, len(tasks), _PLANS_PER_TASK)]
    done = pages = 0
    if request.workers <= 1 or len(parts) <= 1:
        for part in parts:
            pages += write_plan_pages(pages_request, part)
            done += len(part)
            if on_progress:
                on_progress(done, len(tasks))
        return pages
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=request.workers, mp_context=context) as pool:
        futures = {pool.submit(write_plan_pages, pages_request, part): len(part) for part in parts}
        for future in as_completed(futures):
            pages += future.result()
            done += futures[future]
            if on_progress:
                on_progress(done, len(tasks))
    return pages
