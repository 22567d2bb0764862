"""Forms that nobody filled in, as agencies send them: nothing in them is present, whatever stands in the blanks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from docmodel.document import SourceFile
from docmodel.vocabulary import DocumentClass, ElementStatus
from pipeline.options import OcrMode, Options
from pipeline.process import tell_story
from pipeline.schema import load_schema
from tests.documents.plans.kit import BOX, PlanWriter

# What stands in place of an answer: of a text, a name, a phone, an amount, a level.
BLANKS = {
    "dotted lines": ("." * 40, "." * 20, "." * 12, "..... คน", ""),
    "prompts": ("(โปรดระบุ)", "(ชื่อ-สกุล)", "๐๘x-xxx-xxxx", "ระบุจำนวน", "สูง/ปานกลาง/ต่ำ"),
    "the form's words": ("ระบุรายละเอียด", "ระบุชื่อ", "ระบุหมายเลข", "..... ตร.ม.", "สูง/ปานกลาง/ต่ำ"),
    "dashes": ("-", "-", "-", "-", "-"),
    "blank cells": ("", "", "", "", ""),
    "underlines": ("_" * 30, "_" * 20, "_" * 10, "____ เครื่อง", "N/A"),
}
NOT_A_MATTER_OF_WORDS = {"3.interagency", "3.word_and_pdf"}


def write_form(path: Path, blanks: tuple[str, ...]) -> None:
    """The form of 2563 with the same blank everywhere."""
    text, name, phone, amount, level = blanks
    writer = PlanWriter()
    writer.cover("แผนดำเนินธุรกิจอย่างต่อเนื่อง", "กรมวัดความเงียบ")
    for heading in ("1. วัตถุประสงค์", "2. สมมติฐานของแผน", "3. ขอบเขตของแผน"):
        writer.heading(heading)
        if text:
            writer.paragraph(text)
    writer.heading("4. สรุปเหตุการณ์สภาวะวิกฤตและผลกระทบ")
    dimensions = ["อาคาร/สถานที่", "วัสดุอุปกรณ์", "เทคโนโลยีสารสนเทศ", "บุคลากร", "คู่ค้า"]
    writer.table([["เหตุการณ์สภาวะวิกฤต", *dimensions], *([text, "", "", "", "", ""] for _ in range(2))])
    writer.heading("5. ทีมงานบริหารความต่อเนื่อง")
    roles = ("หัวหน้าคณะบริหารความต่อเนื่อง", "ผู้ประสานงาน")
    head = ["บุคลากรหลัก", "บทบาท", "เบอร์โทรศัพท์", "บุคลากรสำรอง"]
    writer.table([head, *([name, role, phone, name] for role in roles)])
    writer.heading("6. กลยุทธ์ความต่อเนื่อง")
    writer.table([["ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"], *([dimension, text] for dimension in dimensions)])
    writer.heading("7. การวิเคราะห์ผลกระทบทางธุรกิจ (BIA)")
    times = ["4 ชั่วโมง", "1 วัน", "1 สัปดาห์"]
    writer.table([["กระบวนการหลัก", "ระดับความเร่งด่วน", *times], *([text, level, BOX, BOX, BOX] for _ in range(2))])
    writer.heading("8. ความต้องการทรัพยากร")
    writer.table([["ประเภททรัพยากร", "ที่มา", *times], *([dimension, "", *[amount] * 3] for dimension in dimensions)])
    writer.heading("9. ขั้นตอนการบริหารความต่อเนื่อง")
    writer.table([["ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ", "แล้วเสร็จ"], *([text, name, BOX] for _ in range(2))])
    writer.heading("10. กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)")
    if text:
        writer.paragraph(text)
    writer.save(path)


@pytest.mark.parametrize("blanks", BLANKS.values(), ids=BLANKS)
def test_nothing_of_a_blank_form_is_present(blanks: tuple[str, ...], tmp_path: Path) -> None:
    """The form is a plan, and every part of it is partial or missing."""
    path = tmp_path / "form.docx"
    write_form(path, blanks)
    content = path.read_bytes()
    source = SourceFile(
        source_path="form.docx", path=path, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    options = Options(ocr=OcrMode.NEVER)
    story = tell_story(source, options, load_schema(options.schema_id))
    assert story.identity.document_class is DocumentClass.BCP_PLAN
    found = {row.element_id for row in story.components if row.status is ElementStatus.PRESENT}
    assert found - NOT_A_MATTER_OF_WORDS == set()
