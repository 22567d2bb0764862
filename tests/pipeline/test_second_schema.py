"""Another schema over the same plans: a few files of data, no code."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from docmodel.document import SourceFile
from docmodel.errors import SchemaDefinitionError
from docmodel.vocabulary import ElementStatus
from pipeline.options import OcrMode, Options
from pipeline.process import DocumentStory, process_document, tell_story
from pipeline.schema import Schema, read_schema, schema_folder
from tests.documents.plans.kit import PlanWriter

# A few clauses of a management standard, each held against the parts of a plan that speak of it.
ELEMENTS = """
schema: iso-small
version: "1"
title_th: ข้อกำหนดบางข้อของมาตรฐาน
title_en: Some clauses of a standard
words: opdc-2563
elements:
  - {id: "8.2", level: component, required: true, title_th: การวิเคราะห์ผลกระทบ, title_en: Impact analysis}
  - {id: 8.2.activities, level: subelement, parent: "8.2", required: true, title_th: กิจกรรมสำคัญ, title_en: Activities}
  - {id: 8.2.targets, level: subelement, parent: "8.2", required: true, title_th: เวลาเป้าหมาย, title_en: Targets}
  - {id: "8.3", level: component, required: true, title_th: กลยุทธ์, title_en: Strategies}
  - {id: "8.5", level: requirement, required: true, title_th: การฝึกซ้อม, title_en: Exercises}
"""
CRITERIA = """
schema: iso-small
version: "1"
phrases:
  exercise: [ซ้อมแผน, ฝึกซ้อม, ทดสอบแผน]
elements:
  "8.2": {revise_th: โปรดจัดทำการวิเคราะห์ผลกระทบ}
  8.2.activities:
    present: [{rule: records, dataset: bia_processes, filled: [process_name]}]
    place: {sections: ["2.5"], tables: [bia]}
    revise_th: โปรดระบุกิจกรรมสำคัญ
  8.2.targets:
    present: [{rule: records, dataset: bia_processes, filled_any: [rto_raw]}]
    place: {sections: ["2.5"], tables: [bia]}
    revise_th: โปรดระบุเวลาเป้าหมาย
  "8.3":
    present: [{rule: section, of: ["2.4"], min_chars: 20}]
    place: {sections: ["2.4"]}
    revise_th: โปรดระบุกลยุทธ์
  "8.5":
    present: [{rule: text, test: {phrases: [exercise], min_chars: 20}}]
    revise_th: โปรดระบุการฝึกซ้อม
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the second schema."""
    made = tmp_path / "iso-small"
    made.mkdir()
    (made / "elements.yaml").write_text(ELEMENTS, encoding="utf-8")
    (made / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    reasons = (schema_folder("opdc-2563") / "reasons.yaml").read_text(encoding="utf-8")
    (made / "reasons.yaml").write_text(reasons.replace("opdc-2563", "iso-small"), encoding="utf-8")
    return made


def plan_file(path: Path, *, strategies: bool) -> SourceFile:
    """A small plan as a Word file."""
    writer = PlanWriter()
    writer.cover("แผนดำเนินธุรกิจอย่างต่อเนื่อง", "กรมสำรวจสายรุ้ง", "พ.ศ. 2568")
    writer.heading("1. ทีมงานบริหารความต่อเนื่อง")
    writer.table([["ชื่อ", "บทบาท", "โทรศัพท์"], ["นายสมมุติ ทดสอบ", "หัวหน้าคณะ", "080-000-0001"]])
    if strategies:
        writer.heading("2. กลยุทธ์ความต่อเนื่อง")
        writer.paragraph("ด้านสถานที่ ใช้ห้องประชุมของสถานีภูเขาเป็นสำนักงานชั่วคราวตลอดเหตุการณ์")
    writer.heading("3. การวิเคราะห์ผลกระทบทางธุรกิจ")
    writer.table([["กระบวนการหลัก", "ระดับความเร่งด่วน", "RTO"], ["วัดสายรุ้ง", "สูง", "1 วัน"]])
    writer.heading("4. ขั้นตอนการบริหารความต่อเนื่อง")
    writer.table([["ขั้นตอน", "ผู้รับผิดชอบ"], ["ย้ายเครื่องวัดไปสถานีภูเขา", "หัวหน้าคณะ"]])
    writer.paragraph("ให้ซ้อมแผนร่วมกับสถานีภูเขาปีละสองครั้งและรายงานผลต่ออธิบดี")
    writer.save(path)
    content = path.read_bytes()
    return SourceFile(
        source_path=path.name, path=path, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )


def story_of(source: SourceFile, schema: Schema) -> DocumentStory:
    return tell_story(source, Options(ocr=OcrMode.NEVER), schema)


def test_a_plan_is_held_against_a_second_schema_of_a_few_files(folder: Path, tmp_path: Path) -> None:
    """Every element of the other schema has a verdict, with evidence, from the same reading of the plan."""
    schema = read_schema(folder)
    story = story_of(plan_file(tmp_path / "plan.docx", strategies=True), schema)
    rows = {row.element_id: row for row in story.components}
    assert list(rows) == ["8.2", "8.2.activities", "8.2.targets", "8.3", "8.5"]
    assert {row.status for row in rows.values()} == {ElementStatus.PRESENT}
    assert "สถานีภูเขา" in rows["8.3"].evidence[0].text
    assert all(row.element_id is None or row.element_id in rows for row in story.findings)


def test_what_the_plan_lacks_is_missing_in_the_second_schema_too(folder: Path, tmp_path: Path) -> None:
    """The verdict follows the plan, and the sentence for the agency is the schema's own."""
    schema = read_schema(folder)
    story = story_of(plan_file(tmp_path / "plan.docx", strategies=False), schema)
    rows = {row.element_id: row for row in story.components}
    assert rows["8.3"].missing
    assert rows["8.3"].reason_th.endswith("โปรดระบุกลยุทธ์")
    assert rows["8.2"].status is ElementStatus.PRESENT


def test_the_datasets_of_a_run_take_the_second_schema(folder: Path, tmp_path: Path) -> None:
    """The whole of a document's processing goes through, and says which schema it used."""
    source = plan_file(tmp_path / "plan.docx", strategies=True)
    result = process_document(source, Options(ocr=OcrMode.NEVER), read_schema(folder))
    assert [row.schema_id for row in result.rows["documents"]] == ["iso-small"]
    assert len(result.rows["components"]) == 5


def test_a_label_that_neither_schema_has_is_an_error(folder: Path) -> None:
    """Rules may name the labels of the schema whose words are used, and no others."""
    path = folder / "criteria.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('of: ["2.4"]', 'of: ["9.9"]'), encoding="utf-8")
    with pytest.raises(SchemaDefinitionError, match=r"9\.9"):
        read_schema(folder)


def test_points_of_a_calibration_must_rise(folder: Path, tmp_path: Path) -> None:
    """A schema may say what a confidence is worth; points that fall are an error with its place."""
    source = plan_file(tmp_path / "plan.docx", strategies=True)
    plain = {row.element_id: row.confidence for row in story_of(source, read_schema(folder)).components}
    path = folder / "calibration.yaml"
    path.write_text(
        "schema: iso-small\nverdicts: 9\npresent:\n  - [0.5, 0.3]\n  - [1.0, 0.6]\nopen: []\n", encoding="utf-8"
    )
    lower = {row.element_id: row.confidence for row in story_of(source, read_schema(folder)).components}
    assert all(lower[element] <= 0.6 < plain[element] for element in plain)
    path.write_text(
        "schema: iso-small\nverdicts: 9\npresent:\n  - [0.5, 0.9]\n  - [1.0, 0.6]\nopen: []\n", encoding="utf-8"
    )
    with pytest.raises(SchemaDefinitionError, match="rise"):
        read_schema(folder)
    shutil.rmtree(folder)
