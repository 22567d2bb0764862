"""Who has sent, in which form, and what changed since the earlier plan."""

from __future__ import annotations

import json
from pathlib import Path

from reports.data import PlanFiles, plan_page
from reports.html.versions import Versions, find_versions
from tests.reports.conftest import NEWER, OLDER, PERSON, SCHOOL
from tests.reports.html.test_pages import _Page


def _read(path: Path) -> _Page:
    return _Page(path.read_text(encoding="utf-8"))


def test_the_first_page_says_who_has_not_sent(delivery_report: Path) -> None:
    """Overdue and awaited agencies are named with deadline and through whom they send; names stay texts."""
    text = _read(delivery_report / "index.html").text
    assert "การส่งแผนตามทะเบียน 3 หน่วยงาน" in text
    for words in ("ยังไม่ได้รับ เลยกำหนด", "โรงพยาบาลตัวอย่าง <b>", "เทศบาลตำบลไม่มีจริง", "30 กันยายน 2569"):
        assert words in text
    tags = [tag for tag, _ in _read(delivery_report / "index.html").tags]
    assert "b" not in tags and "img" not in tags


def test_the_register_has_a_page_of_its_own(delivery_report: Path) -> None:
    """Every expected agency stands in its state, those that sent with a link to their plan."""
    page = _read(delivery_report / "register.html")
    ids = [attributes.get("id") for tag, attributes in page.tags if tag == "section"]
    assert ids == ["overdue", "awaited", "late", "unexpected"]
    links = {str(attributes.get("href")) for tag, attributes in page.tags if tag == "a"}
    assert {plan_page(NEWER), plan_page(SCHOOL)} <= links
    assert all((delivery_report / link.split("#")[0]).exists() for link in links if not link.startswith("#"))


def test_a_plan_says_how_it_came(delivery_report: Path) -> None:
    """Forms and lateness stand among the facts of the plan, and in the data of the matrix."""
    newer = _read(delivery_report / plan_page(NEWER)).text
    assert "เฉพาะ PDF" in newer and "ได้รับหลังกำหนด เมื่อ 2 ตุลาคม 2569" in newer
    school = _read(delivery_report / plan_page(SCHOOL)).text
    assert "เฉพาะ Word" in school and "ไม่อยู่ในทะเบียน" in school
    script = (delivery_report / "data" / "plans-000.js").read_text(encoding="utf-8")
    piece = json.loads(script.removeprefix("bcpReport.add(").removesuffix(");\n"))
    words = dict(piece["head"]["deliveries"])
    rows = {row[0]: {text for bit, text in words.items() if row[9] & bit} for row in piece["rows"]}
    assert rows[NEWER] == {"เฉพาะ PDF", "ได้รับหลังกำหนด"}
    assert rows[SCHOOL] == {"เฉพาะ Word", "ไม่อยู่ในทะเบียน"}


def test_without_a_register_nothing_is_said_of_it(simulated_report: Path) -> None:
    """No register, no page of it and no state on any plan; the forms are told all the same."""
    assert not (simulated_report / "register.html").exists()
    assert "ตามทะเบียน" not in _read(simulated_report / "index.html").text
    plan = next(simulated_report.glob("plans/*/*.html"))
    assert "เฉพาะ PDF" in _read(plan).text


def test_earlier_and_later_plans_are_linked_and_compared(delivery_report: Path) -> None:
    """The older plan leads to the newer; the newer shows what was added and removed, people hidden."""
    older, newer = (_read(delivery_report / plan_page(key)) for key in (OLDER, NEWER))
    assert "มีแผนฉบับใหม่กว่า พ.ศ. 2568" in older.text and "สิ่งที่เปลี่ยน" not in older.text
    assert "แผนฉบับก่อน พ.ศ. 2565" in newer.text
    assert "สิ่งที่เปลี่ยนจากแผนฉบับก่อน" in newer.text
    assert "เพิ่ม ย้ายระบบไปศูนย์สำรองโดย[บุคคล 1]" in newer.text
    assert "ตัดออก สลับเวรปฏิบัติงานที่บ้าน" in newer.text
    changes = newer.text[newer.text.index("สิ่งที่เปลี่ยนจากแผนฉบับก่อน") :]
    assert "สำรองข้อมูลทุกวัน" not in changes[: changes.index("หัวข้อที่อ่านได้")]
    assert PERSON not in newer.text


def _plan(key: str, year: int, province: str | None = None) -> PlanFiles:
    document = {"document_id": key, "agency_name": "กรมทดลองระบบ", "plan_year_be": year, "province": province}
    return PlanFiles(document={**document, "source_path": f"{key}.pdf"})


def test_only_what_the_batch_found_superseded_has_a_newer_plan() -> None:
    """Three years make a chain; a namesake in another province, or a plan not told of, stands alone."""
    first, second, third = _plan("1", 2563), _plan("2", 2565), _plan("3", 2567)
    versions = find_versions([third, first, second], {"1", "2"})
    assert versions["1"] == Versions(newer=second)
    assert versions["2"] == Versions(older=first, newer=third)
    assert versions["3"] == Versions(older=second)
    assert find_versions([first, second], set()) == {}
    assert find_versions([_plan("1", 2563, "น่าน"), _plan("2", 2565, "ตาก")], {"1"}) == {}
