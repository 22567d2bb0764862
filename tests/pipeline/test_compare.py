"""What changed from one plan to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.compare import Side, compare


def side(name: str, statuses: dict[str, str], **records: list[dict[str, Any]]) -> Side:
    components = [
        {"element_id": element, "title_th": "ชื่อ", "level": "component", "status": status}
        for element, status in statuses.items()
    ]
    return Side(name=name, components=components, records=records)


def strategy(text: str, responsible: str | None = None) -> dict[str, Any]:
    return {"dimension": "it", "text": text, "responsible": responsible}


def changes(old: list[dict[str, Any]], new: list[dict[str, Any]], dataset: str = "strategies") -> list[tuple[str, ...]]:
    found = compare(side("A", {}, **{dataset: old}), side("B", {}, **{dataset: new})).records
    return [(change.kind, change.before or "", change.after or "") for change in found]


def test_statuses_of_both_stand_side_by_side() -> None:
    """Also of an element that one of them has no verdict on."""
    statuses = compare(
        side("A", {"2.1": "present", "2.8": "missing"}), side("B", {"2.8": "partial", "9": "missing"})
    ).statuses
    assert [(one.element_id, one.before, one.after) for one in statuses] == [
        ("2.1", "present", None),
        ("2.8", "missing", "partial"),
        ("9", None, "missing"),
    ]
    assert all(one.changed for one in statuses)


def test_another_spelling_is_no_change() -> None:
    """Spaces, numerals and lost marks are the reader's or the typist's."""
    assert changes([strategy("สำรองข้อมูลทุก ๗ วัน")], [strategy("สารองขอมูล ทุก 7 วัน")]) == []


def test_records_come_go_and_change() -> None:
    """A word changed is the same record, another number too; another sentence is another record."""
    old = [strategy("สำรองข้อมูลทุก 7 วัน"), strategy("ใช้เครื่องปั่นไฟของอาคาร"), strategy("อยู่เหมือนเดิม", "กอง ก")]
    new = [strategy("สำรองข้อมูลทุก 1 วัน"), strategy("ขอใช้ศูนย์ข้อมูลของจังหวัด"), strategy("อยู่เหมือนเดิม", "กอง ข")]
    found = changes(old, new)
    assert ("changed", "สำรองข้อมูลทุก 7 วัน", "สำรองข้อมูลทุก 1 วัน") in found
    assert ("removed", "ใช้เครื่องปั่นไฟของอาคาร", "") in found
    assert ("added", "", "ขอใช้ศูนย์ข้อมูลของจังหวัด") in found
    assert ("changed", "อยู่เหมือนเดิม", "อยู่เหมือนเดิม") in found
    assert len(found) == 4


def test_a_copy_more_is_one_record_added() -> None:
    """Records that stand twice are counted, not folded."""
    row = strategy("สำรองข้อมูล")
    assert changes([row], [row, row]) == [("added", "", "สำรองข้อมูล")]


def test_a_plan_does_not_differ_from_itself() -> None:
    """Whatever order equal texts stand in."""
    rows = [
        {"dimension": "it", "bucket_hours": 24.0, "resource_raw": "โน้ตบุ๊ก", "quantity": number, "unit": "เครื่อง"}
        for number in (1.0, 2.0)
    ]
    assert changes(rows, rows[::-1], "resource_requirements") == []


PLAN = """# แผนดำเนินธุรกิจอย่างต่อเนื่อง เทศบาลตำบลสมมติ

## วัตถุประสงค์
1. เพื่อให้บริการประชาชนได้ต่อเนื่องเมื่อเกิดเหตุ

## การวิเคราะห์ผลกระทบทางธุรกิจ

| กระบวนการหลัก | ระดับความเร่งด่วน | ระยะเวลาเป้าหมายในการฟื้นคืนสภาพ |
| --- | --- | --- |
| งานทะเบียนราษฎร | สูง | {time} |

## กลยุทธ์ความต่อเนื่อง

| ทรัพยากร | กลยุทธ์ |
| --- | --- |
| อาคาร/สถานที่ปฏิบัติงานสำรอง | ใช้หอประชุมโรงเรียนเป็นที่ทำงานชั่วคราว |

## ขั้นตอนการบริหารความต่อเนื่อง

| ขั้นตอน | ผู้รับผิดชอบ |
| --- | --- |
| แจ้งเหตุให้หัวหน้าทีมทราบ | ปลัดเทศบาล |

## ทีมงานบริหารความต่อเนื่อง

| ชื่อ | บทบาท | โทรศัพท์ |
| --- | --- | --- |
| นายสมมุติ ตัวอย่าง | หัวหน้าคณะบริหารความต่อเนื่อง | 0800000001 |
"""


def test_two_files_as_a_table_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads both and names the target time that changed."""
    for name, time in (("a.md", "1 วัน"), ("b.md", "3 วัน")):
        (tmp_path / name).write_text(PLAN.format(time=time), encoding="utf-8")
    files = [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    assert main(["compare", *files]) == 0
    assert "rto_max_hours: 24 → 72" in capsys.readouterr().out
    assert main(["compare", *files, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(change["dataset"], change["kind"]) for change in told["records"]] == [("bia_processes", "changed")]


@pytest.mark.parametrize("name", ["ไม่มี.pdf", "0123456789abcdef"])
def test_what_is_not_there_is_said(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a file nor a document of the datasets."""
    assert main(["compare", name, name, "--data", str(tmp_path)]) == 1
    assert "datasets_missing" in capsys.readouterr().err
