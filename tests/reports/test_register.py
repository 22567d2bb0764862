"""Who has sent and who has not: never said of an agency whose file may be there."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from docmodel.errors import ConfigError
from docmodel.vocabulary import AgencyType
from reports.data import PlanFiles
from reports.register import Delivery, Forms, check_register, describe_line, register_frame
from reports.register_file import ExpectedAgency, find_register, read_register

TODAY = date(2026, 10, 15)
BEFORE, AFTER = date(2026, 9, 30), date(2026, 12, 31)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEMPLATE = Path(__file__).parents[2] / "docs" / "agencies-template.csv"
NAME = "เทศบาลตำบลบ้านตัวอย่าง"


def _document(name: str | None, province: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "document_id": f"{zlib.crc32(repr((name, province, more)).encode()):016x}",
        "source_path": "แผน.pdf",
        "status": "ok",
        "document_class": "bcp_plan",
        "agency_name": name,
        "province": province,
        "media_type": PDF,
        **more,
    }


def _check(expected: list[ExpectedAgency], *documents: dict[str, Any]) -> list[Any]:
    plans = [
        PlanFiles(document=document)
        for document in documents
        if document["document_class"] == "bcp_plan" and document["status"] != "failed"
    ]
    columns = ["source_path", "status", "document_class", "agency_name"]
    table = pd.DataFrame(list(documents), columns=columns) if documents else pd.DataFrame(columns=columns)
    return list(check_register(expected, plans, table, today=TODAY).lines)


def test_received_late_and_not_received() -> None:
    """The day received decides between in time and late, the deadline between awaited and overdue."""
    agency = ExpectedAgency(name=NAME, deadline=BEFORE)
    lines = _check(
        [
            replace(agency, received_on=BEFORE),
            replace(agency, name="กรมตัวอย่างการทดสอบ", received_on=TODAY),
            replace(agency, name="โรงพยาบาลสมมุติ"),
            replace(agency, name="โรงเรียนสมมุติวิทยา", deadline=AFTER),
            replace(agency, name="มหาวิทยาลัยสมมุติ", deadline=None),
        ],
        _document(NAME),
        _document("กรมตัวอย่างการทดสอบ"),
    )
    assert [line.delivery for line in lines] == [
        Delivery.RECEIVED,
        Delivery.LATE,
        Delivery.OVERDUE,
        Delivery.AWAITED,
        Delivery.AWAITED,
    ]


def test_a_plan_without_a_day_received_is_not_called_in_time() -> None:
    """Files do not tell when they were sent, so the line says that it is not known."""
    (line,) = _check([ExpectedAgency(name=NAME, deadline=BEFORE)], _document(NAME))
    assert line.delivery is Delivery.RECEIVED
    assert "ไม่ทราบว่าส่งทันกำหนด" in line.note


@pytest.mark.parametrize(
    ("media_types", "forms"),
    [((WORD, PDF), Forms.BOTH), ((WORD,), Forms.WORD_ONLY), ((PDF,), Forms.PDF_ONLY), (("text/html",), Forms.OTHER)],
)
def test_forms_received(media_types: tuple[str, ...], forms: Forms) -> None:
    """A plan says whether it came as Word, as PDF or as both."""
    first, *others = (_document(NAME, media_type=media_type) for media_type in media_types)
    plan = PlanFiles(document=first, others=tuple(others))
    check = check_register([ExpectedAgency(name=NAME)], [plan], pd.DataFrame([first, *others]), today=TODAY)
    assert check.lines[0].forms is forms
    assert check.forms()[forms] == 1


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (_document("เทศบาลตำบลบ้านตัวอยาง"), "ชื่อใกล้เคียงกัน"),
        (_document(NAME, "ลำปาง"), "จังหวัดไม่ตรง"),
        (_document(NAME, document_class="letter"), "ไม่ใช่แผน"),
        (
            _document(None, status="failed", document_class=None, source_path="ส่ง/บ้าน/เทศบาลตำบลบ้านตัวอย่าง.pdf"),
            "เปิดอ่านไม่ได้",
        ),
    ],
)
def test_what_may_be_there_is_doubt(document: dict[str, Any], words: str) -> None:
    """A near name, another province, a letter in place of a plan and an unread file: a person looks."""
    (line,) = _check([ExpectedAgency(name=NAME, province="ลำพูน", deadline=BEFORE)], document)
    assert line.delivery is Delivery.UNCLEAR
    assert words in line.note


def test_another_agency_is_no_doubt() -> None:
    """Bodies of one kind, and one of a like name in another province, do not make a missing plan unclear."""
    (line,) = _check(
        [ExpectedAgency(name="เทศบาลตำบลบ้านดง", province="ลำพูน", deadline=BEFORE)],
        _document("เทศบาลตำบลบ้านดอน", "ลำพูน"),
        _document("เทศบาลตำบลบ้านดุง", "ลำปาง"),
    )
    assert line.delivery is Delivery.OVERDUE


def test_namesakes_are_told_apart_by_province() -> None:
    """Of two agencies of one name only the one whose province the plan says has sent."""
    expected = [ExpectedAgency(name=NAME, province=province, deadline=BEFORE) for province in ("ลำพูน", "ลำปาง")]
    lines = _check(expected, _document(NAME, "ลำปาง"))
    assert [line.delivery for line in lines] == [Delivery.OVERDUE, Delivery.RECEIVED]


def test_a_plan_without_province_is_given_to_no_namesake() -> None:
    """Where the plan says no province, both lines of the name are unclear."""
    expected = [ExpectedAgency(name=NAME, province=province) for province in ("ลำพูน", "ลำปาง")]
    lines = _check(expected, _document(NAME))
    assert [line.delivery for line in lines] == [Delivery.UNCLEAR, Delivery.UNCLEAR]


def test_plans_of_one_name_from_two_provinces_are_doubt_without_a_province_in_the_register() -> None:
    """The register must say which of the two it means."""
    (line,) = _check([ExpectedAgency(name=NAME)], _document(NAME, "ลำพูน"), _document(NAME, "ลำปาง"))
    assert line.delivery is Delivery.UNCLEAR


def test_plans_of_agencies_that_nobody_expected_are_kept() -> None:
    """Every plan is of a line or stands among the unexpected ones, those without an agency included."""
    plans = [PlanFiles(document=_document(name)) for name in (NAME, "กรมตัวอย่างการทดสอบ", None)]
    table = pd.DataFrame([plan.document for plan in plans])
    check = check_register([ExpectedAgency(name=NAME)], plans, table, today=TODAY)
    assert [plan.document["agency_name"] for plan in check.unexpected] == ["กรมตัวอย่างการทดสอบ", None]


def test_table_and_words_of_the_register() -> None:
    """The table keeps values, the words are Thai, and a register without lines still has its columns."""
    expected = [ExpectedAgency(name=NAME, agency_type=AgencyType.LOCAL_GOVERNMENT, deadline=BEFORE)]
    plan = PlanFiles(document=_document(NAME))
    check = check_register(expected, [plan], pd.DataFrame([plan.document]), today=TODAY)
    frame = register_frame(check)
    assert frame.loc[0, "delivery"] == "received"
    assert frame.loc[0, "document_ids"] == [plan.document_id]
    assert describe_line(check.lines[0])[6:8] == ("ได้รับแล้ว", "เฉพาะ PDF")
    assert list(register_frame(check_register([], [], pd.DataFrame([plan.document]), today=TODAY))) == list(frame)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_register_is_read_as_excel_saves_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Encodings and separators of Excel, empty lines at the end and columns in any order."""
    lines = [
        ["จังหวัด", "หน่วยงาน", "กำหนดส่ง", "ประเภท"],
        ["จังหวัดลำพูน", NAME, "30/9/2569", "องค์กรปกครองส่วนท้องถิ่น"],
        [""] * 4,
    ]
    (tmp_path / "agencies.csv").write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert find_register(tmp_path) == (
        ExpectedAgency(name=NAME, agency_type=AgencyType.LOCAL_GOVERNMENT, province="ลำพูน", deadline=date(2026, 9, 30)),
    )


def test_the_template_is_a_register() -> None:
    """The committed template reads, every column of it, and its agencies are invented."""
    department, municipality = read_register(TEMPLATE)
    assert department.received_on == date(2026, 9, 15)
    assert department.deadline is not None
    assert department.agency_type is AgencyType.DEPARTMENT
    assert (municipality.province, municipality.received_on) == ("ลำพูน", None)
    assert municipality.through is not None


def test_no_register_is_no_error(tmp_path: Path) -> None:
    """The register is optional."""
    assert find_register(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("จังหวัด\nลำพูน\n", "register_without_names", ""),
        ("", "register_without_names", ""),
        ("ชื่อหน่วยงาน,ประเภท\nก,กรมหรือเทียบเท่า\nข,สมาคม\n", "register_line_wrong", "3"),
        ("ชื่อหน่วยงาน,กำหนดส่ง\nก,วันศุกร์\n", "register_line_wrong", "2"),
        ("ชื่อหน่วยงาน,กำหนดส่ง\nก,30/9/26\n", "register_line_wrong", "2"),
        ("ชื่อหน่วยงาน,จังหวัด\n,ลำพูน\n", "register_line_wrong", "2"),
    ],
)
def test_mistakes_name_their_line(tmp_path: Path, text: str, code: str, line: str) -> None:
    """A wrong register stops with what is wrong where, before any output says something wrong of an agency."""
    path = tmp_path / "agencies.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_register(path)
    assert caught.value.code == code
    assert line in str(caught.value)
