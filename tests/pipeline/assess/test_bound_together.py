"""A covering letter, the plan and the checklist in one file: each part counts as what it is."""

from __future__ import annotations

import hashlib

import pytest

from docmodel.document import SourceFile
from docmodel.vocabulary import Declared, DocumentClass, ElementStatus, Incident, IncidentSource
from pipeline.options import OcrMode, Options
from pipeline.process import DocumentStory, tell_story
from pipeline.schema import load_schema
from tests.documents.plans.kit import BOX, BOX_TICKED, PlanWriter


def write_letter(writer: PlanWriter) -> None:
    """A letter that names every part of the plan and an epidemic, and dates itself."""
    for line in (
        "บันทึกข้อความ",
        "ส่วนราชการ สำนักงานนับดาวจังหวัดพะเยา โทร. 0 5400 0000",
        "ที่ พย 0099/12 วันที่ 3 มีนาคม 2560",
        "เรื่อง ขอส่งแผนดำเนินธุรกิจอย่างต่อเนื่อง",
        "เรียน ผู้ว่าราชการจังหวัดพะเยา",
        "ตามที่ขอให้ส่งแผนซึ่งมีวัตถุประสงค์ สมมติฐาน ทีมงาน กลยุทธ์ BIA และกระบวนการแจ้งเหตุ (Call Tree) เพื่อรองรับโรคระบาด"
        "ที่นานกว่า 1 เดือน นั้น สำนักงานขอส่งแผนตามที่แนบมาพร้อมนี้",
        "จึงเรียนมาเพื่อโปรดพิจารณา",
    ):
        writer.paragraph(line)
    writer.page_break()


def write_plan(writer: PlanWriter) -> None:
    """A plan without a call tree, whose annex on security is only named."""
    writer.cover("แผนดำเนินธุรกิจอย่างต่อเนื่อง", "สำนักงานนับดาวจังหวัดพะเยา", "พ.ศ. 2568")
    writer.heading("1. วัตถุประสงค์")
    writer.items("เพื่อให้การนับดาวไม่หยุดชะงัก", "เพื่อให้ประชาชนได้รับข้อมูลทุกคืน")
    writer.heading("2. ขอบเขตของแผน")
    writer.items("เหตุการณ์อุทกภัย", "เหตุการณ์ไฟฟ้าดับ")
    writer.heading("3. ทีมงานบริหารความต่อเนื่อง")
    writer.table([["ชื่อ", "บทบาท", "โทรศัพท์"], ["นายดาวเหนือ สมมุติ", "หัวหน้าคณะบริหารความต่อเนื่อง", "080-000-0001"]])
    writer.heading("4. การวิเคราะห์ผลกระทบทางธุรกิจ")
    writer.table([["กระบวนการหลัก", "ระดับความเร่งด่วน", "RTO"], ["นับดาวประจำคืน", "สูง", "1 วัน"]])
    writer.heading("5. กลยุทธ์ความต่อเนื่อง")
    writer.table([["ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"], ["อาคาร/สถานที่", "ใช้หอดูดาวของโรงเรียน"]])
    writer.heading("6. ขั้นตอนการบริหารความต่อเนื่อง")
    writer.table([["ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ"], ["ย้ายกล้องไปหอดูดาวของโรงเรียน", "หัวหน้าคณะ"]])
    writer.paragraph("ภารกิจด้านความมั่นคงจัดทำเป็นแผนเฉพาะเก็บรักษาไว้ที่สำนักงาน ชื่อแผนรักษาความลับของหอดูดาว")
    writer.page_break()


def write_checklist(writer: PlanWriter) -> None:
    """The agency's own checklist, which says yes to the call tree and to an epidemic."""
    writer.heading("แบบตรวจสอบความครบถ้วนของแผนดำเนินธุรกิจอย่างต่อเนื่อง (BCP Checklist)")
    writer.table(
        [
            ["รายการตรวจสอบ", "มี", "ไม่มี"],
            ["1.2 โรคระบาดต่อเนื่อง", BOX_TICKED, BOX],
            ["2.1 ทีมงานบริหารความต่อเนื่อง", BOX_TICKED, BOX],
            ["2.5 กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)", BOX_TICKED, BOX],
        ]
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> DocumentStory:
    """The three parts in one Word file, read."""
    path = tmp_path_factory.mktemp("bound") / "bound.docx"
    writer = PlanWriter()
    write_letter(writer)
    write_plan(writer)
    write_checklist(writer)
    writer.save(path)
    content = path.read_bytes()
    source = SourceFile(
        source_path="bound.docx", path=path, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    options = Options(ocr=OcrMode.NEVER)
    return tell_story(source, options, load_schema(options.schema_id))


def test_the_file_is_the_plan_that_it_holds(story: DocumentStory) -> None:
    """The plan decides class, agency and year; the letter in front of it does not."""
    identity = story.identity
    assert identity.document_class is DocumentClass.BCP_PLAN
    assert (identity.agency_name, identity.province) == ("สำนักงานนับดาวจังหวัดพะเยา", "พะเยา")
    assert identity.plan_year_be == 2568


def test_what_the_letter_and_the_checklist_name_is_no_evidence(story: DocumentStory) -> None:
    """The call tree and the epidemic stand in the letter and the checklist alone, and are missing from the plan."""
    rows = {row.element_id: row for row in story.components}
    for element_id in ("2.8", "2.8.sequence", "3.pandemic", "3.long_duration"):
        assert rows[element_id].status is ElementStatus.MISSING, element_id
    assert rows["2.8"].declared is Declared.YES
    assert rows["2.8"].discrepancy
    assert rows["2.3.members"].status is ElementStatus.PRESENT
    assert rows["annex.checklist"].status is ElementStatus.PRESENT
    scope = {row.incident for row in story.records.incidents if row.source is IncidentSource.SCOPE}
    assert scope == {Incident.FLOOD, Incident.POWER_OUTAGE}


def test_a_security_plan_that_is_only_named_is_no_finding(story: DocumentStory) -> None:
    """The circular asks for its name alone."""
    assert not any("ความลับ" in (row.evidence_text or "") for row in story.findings)
    assert "declared_but_missing" in {row.code for row in story.findings}
