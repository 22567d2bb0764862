"""Reports to look at: a hostile one of invented rows, and one of a sample plan with its pages."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.report.simulate import SCHEMA, build_components, build_document, simulate, write_rows
from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import Dimension, DocumentStatus, ElementStatus, Near, Role, Slot
from pipeline.datasets.look_at import LookAt
from pipeline.datasets.rows import (
    DocumentRow,
    FindingRow,
    Nearest,
    PageRow,
    RecoveryStepRow,
    SectionRow,
    StrategyRow,
    TeamMemberRow,
)
from pipeline.schema import load_schema
from reports.html.build import ReportRequest, build_report
from reports.register_file import ExpectedAgency

SCRIPT = "</script><script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">"
DIRECTION = "แผน\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe\N{LINE SEPARATOR}ต่อ"
LONG_WORD = "ก" * 3000
PERSON = "นางสาวทดสอบ ไม่มีจริง"
PHONE = "080-000-0000"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE_TEXT = "{{ 7 * 7 }}{% raw %}"
ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


NEAREST = Nearest(text=f"{SCRIPT}{PERSON}{LONG_WORD}", page_no=1, score=0.4)
LOOK_AT = LookAt(kind="ตาราง", text=f"{SCRIPT}{PERSON}", page_no=7, words=["คำที่ถามหา"], named=False)
UNSURE, NOTHING_NEAR = "2.8.sequence", ("2.8.sequence", "2.3.backups")
"""Elements of the hostile plan: one with a place to look at, and those that nothing came near."""


def hostile_rows() -> list[object]:
    """A plan whose every text tries to be something else, and a file that could not be read."""
    chance = random.Random(1)
    document = replace(
        build_document(0, chance),
        agency_name=SCRIPT,
        title=DIRECTION,
        source_path=f"{TEMPLATE_TEXT}&<b>.pdf",
        province=LONG_WORD[:500],
    )
    key = document.document_id
    components = [
        replace(
            row,
            reason_th=f"{SCRIPT} {PERSON} {PHONE}",
            title_th=f"{row.title_th} <i>",
            status=ElementStatus.MISSING,
            missing=True,
            evidence=[],
            nearest=None if row.element_id in NOTHING_NEAR else NEAREST,
            nearest_why=None if row.element_id in NOTHING_NEAR else Near.LIKE,
            look_at=[LOOK_AT] if row.element_id == UNSURE else [],
        )
        for row in build_components(key, load_schema(SCHEMA), chance)
    ]
    return [
        document,
        *components,
        PageRow(document_id=key, page_no=1, text=f"{SCRIPT} {PERSON}", text_source=TextSource.TEXT_LAYER),
        SectionRow(document_id=key, section_id="s001", order=1, level=1, heading=SCRIPT + DIRECTION, page_no=1),
        TeamMemberRow(
            document_id=key, page_no=1, slot=Slot.MAIN, person_name=PERSON, role=Role.LEADER, phone_raw=PHONE
        ),
        RecoveryStepRow(document_id=key, page_no=1, text=f"แจ้ง{PERSON} โทร {PHONE} {SCRIPT}{LONG_WORD}"),
        FindingRow(
            document_id=key,
            code="unfilled_prompt",
            severity=Severity.ERROR,
            message_th=SCRIPT,
            message_en="",
            evidence_text=f"{PERSON} | {PHONE}",
        ),
        DocumentRow(
            document_id="f" * 16,
            source_path=f"{SCRIPT}.pdf",
            status=DocumentStatus.FAILED,
            error_code="pdf_encrypted",
            error_message=f"ขอไฟล์ใหม่ {SCRIPT} | Ask for a new one",
        ),
    ]


@pytest.fixture(scope="session")
def hostile_datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets with the hostile plan."""
    folder = tmp_path_factory.mktemp("hostile")
    write_rows(folder, hostile_rows())  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="session")
def hostile_report(hostile_datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masked report of the hostile plan."""
    output = tmp_path_factory.mktemp("reports") / "hostile"
    build_report(ReportRequest(processed=hostile_datasets, input=hostile_datasets, output=output))
    return output


NEWER, OLDER, SCHOOL = "a" * 16, "b" * 16, "c" * 16


def delivery_rows() -> list[object]:
    """An agency's plan of two years, the newer one late; and a school's Word file that nobody expected."""
    chance = random.Random(2)
    documents = [
        replace(
            build_document(number, chance),
            document_id=key,
            submission_id=key,
            agency_name=name,
            province="น่าน",
            plan_year_be=year,
            media_type=media_type,
            source_path=path,
        )
        for number, (key, name, year, media_type, path) in enumerate(
            (
                (NEWER, "กรมทดลองระบบ", 2568, "application/pdf", "ใหม่.pdf"),
                (OLDER, "กรมทดลองระบบ", 2565, "application/pdf", "เก่า.pdf"),
                (SCHOOL, "โรงเรียนสมมุติวิทยา", 2567, WORD, "โรงเรียน.docx"),
            )
        )
    ]
    components = [
        row for document in documents for row in build_components(document.document_id, load_schema(SCHEMA), chance)
    ]
    strategies = [
        StrategyRow(document_id=NEWER, dimension=Dimension.IT, text=f"ย้ายระบบไปศูนย์สำรองโดย{PERSON}"),
        StrategyRow(document_id=NEWER, dimension=Dimension.IT, text="สำรองข้อมูลทุกวัน"),
        StrategyRow(document_id=OLDER, dimension=Dimension.IT, text="สำรองข้อมูลทุกวัน"),
        StrategyRow(document_id=OLDER, dimension=Dimension.PERSONNEL, text="สลับเวรปฏิบัติงานที่บ้าน"),
        TeamMemberRow(document_id=NEWER, slot=Slot.MAIN, person_name=PERSON, role=Role.LEADER, phone_raw=PHONE),
    ]
    finding = FindingRow(
        document_id=OLDER,
        code="newer_version_exists",
        severity=Severity.INFO,
        message_th="หน่วยงานเดียวกันส่งแผนฉบับที่ใหม่กว่า",
        message_en="There is a newer plan",
    )
    return [*documents, *components, *strategies, finding]


@pytest.fixture(scope="session")
def delivery_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a register: one agency late, two that sent nothing, one plan that was not expected."""
    folder = tmp_path_factory.mktemp("delivery")
    write_rows(folder, delivery_rows())  # type: ignore[arg-type]
    due = date(2026, 9, 30)
    register = (
        ExpectedAgency(name="กรมทดลองระบบ", province="น่าน", deadline=due, received_on=date(2026, 10, 2)),
        ExpectedAgency(name="โรงพยาบาลตัวอย่าง <b>", province="น่าน", deadline=due, through=SCRIPT),
        ExpectedAgency(name="เทศบาลตำบลไม่มีจริง", deadline=date(2027, 1, 31)),
    )
    request = ReportRequest(
        processed=folder, input=folder, output=folder / "report", register=register, today=date(2026, 11, 1)
    )
    build_report(request)
    return folder / "report"


@pytest.fixture(scope="session")
def simulated_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of 120 invented plans, without pictures."""
    folder = tmp_path_factory.mktemp("simulated")
    simulate(folder / "processed", 120, failed=3)
    build_report(ReportRequest(processed=folder / "processed", input=folder, output=folder / "report", pictures=False))
    return folder / "report"


@pytest.fixture(scope="session")
def sample_datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The datasets of the sample municipality's Word and PDF."""
    from pipeline.cli import main as bcp  # noqa: PLC0415

    output = tmp_path_factory.mktemp("sample")
    code = bcp(["extract", str(ROOT / "data" / "raw"), "-o", str(output), "--only", "01-*", "--workers", "1", "-q"])
    assert code == 0
    return output


@pytest.fixture(scope="session")
def sample_report(sample_datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masked report of the sample plan, with pictures of its pages."""
    output = tmp_path_factory.mktemp("reports") / "sample"
    build_report(ReportRequest(processed=sample_datasets, input=ROOT / "data" / "raw", output=output))
    return output


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser; tests that need one are skipped where there is none."""
    with sync_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), playwright.chromium.executable_path)
        if not Path(found).exists():
            pytest.skip("Chromium is not installed: make browser")
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()
