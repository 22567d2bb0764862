"""The rows of every dataset: the single place where a column's name, type and description stand.

Enum columns are written as their lower-case values, ``int`` as int32, ``float`` as float64.
"""

from __future__ import annotations

from datetime import date, datetime

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.value_class import value_class
from docmodel.vocabulary import (
    AgencyType,
    Cause,
    Declared,
    DigitalQuestion,
    Dimension,
    DocumentClass,
    DocumentStatus,
    ElementLevel,
    ElementStatus,
    Incident,
    IncidentSource,
    Near,
    Phase,
    Role,
    Slot,
    StatementKind,
    TableKind,
    Urgency,
)
from pipeline.datasets.columns import PlacedRow, Row, column
from pipeline.datasets.look_at import LookAt


@value_class(frozen=True, slots=True, kw_only=True)
class DocumentRow(Row):
    """An input file, failed ones included."""

    source_path: str = column(
        "ที่อยู่ไฟล์เทียบกับโฟลเดอร์นำเข้า", "path relative to the input folder; archive members as a.zip!/b.pdf"
    )
    media_type: str | None = column("ชนิดไฟล์ (จากเนื้อหา)", "media type, judged by content", default=None)
    size_bytes: int | None = column("ขนาดไฟล์ (ไบต์) ว่างเมื่อเกิน 2 GiB", "size in bytes; null above 2 GiB", default=None)
    sha256: str | None = column("SHA-256 ของเนื้อหา", "SHA-256 of the content", default=None)
    status: DocumentStatus = column("ผลการอ่าน", "what became of the file")
    error_code: str | None = column("รหัสข้อผิดพลาด", "error code, null when all was read", default=None)
    error_message: str | None = column(
        "ข้อความผิดพลาด (ไทย | อังกฤษ)", "what happened and what to do, Thai | English", default=None
    )
    document_class: DocumentClass | None = column("ประเภทเอกสาร", "kind of document", default=None)
    class_confidence: float | None = column("ความเชื่อมั่นของประเภทเอกสาร", "confidence of the kind, 0–1", default=None)
    agency_name: str | None = column("ชื่อหน่วยงาน", "agency", default=None)
    agency_type: AgencyType | None = column("ประเภทหน่วยงาน", "kind of public body", default=None)
    province: str | None = column("จังหวัด", "province, without the word จังหวัด", default=None)
    title: str | None = column("ชื่อแผน", "title", default=None)
    plan_year_be: int | None = column("ปีของแผน (พ.ศ.)", "year of the plan, Buddhist era", default=None)
    plan_date: date | None = column("วันที่ของแผน", "date of the plan", default=None)
    submission_id: str | None = column(
        "รหัสชุดที่ส่ง (Word และ PDF ของแผนเดียวกัน)", "shared by the Word and the PDF of one plan", default=None
    )
    page_count: int | None = column("จำนวนหน้า", "pages", default=None)
    ocr_page_count: int | None = column("จำนวนหน้าที่ใช้ OCR", "pages read by OCR", default=None)
    char_count: int | None = column("จำนวนอักขระ", "characters of all pages, without white space", default=None)
    text_quality: float | None = column("คุณภาพข้อความ 0–1", "how much the text can be trusted, 0–1", default=None)
    schema_id: str | None = column("รหัสโครงสร้างองค์ประกอบ", "schema that the plan was held against", default=None)
    pipeline_version: str | None = column("รุ่นของโปรแกรม", "version of the pipeline", default=None)
    processed_at: datetime | None = column("เวลาที่ประมวลผล (UTC)", "when it was processed, UTC", default=None)
    seconds: float | None = column("เวลาที่ใช้ (วินาที)", "seconds spent on it", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class PageRow(Row):
    """A page; a format without pages has one row."""

    page_no: int | None = column("เลขหน้า (เริ่มที่ 1)", "page number from 1; null for formats without pages", default=None)
    text: str = column("ข้อความทั้งหน้าตามลำดับการอ่าน", "all text of the page in reading order")
    text_source: TextSource = column("ที่มาของข้อความ", "how the text was obtained")
    quality: float | None = column("คุณภาพข้อความ 0–1", "how much the text can be trusted, 0–1", default=None)
    ocr_confidence: float | None = column("ความเชื่อมั่นของ OCR 0–1", "mean word confidence of OCR, 0–1", default=None)
    damage: list[str] = column(
        "ความเสียหายของข้อความที่พบ", "kinds of damage that were repaired or made OCR necessary", default=[]
    )
    width_pt: float | None = column("ความกว้าง (จุด)", "width in points", default=None)
    height_pt: float | None = column("ความสูง (จุด)", "height in points", default=None)
    rotation: int | None = column("การหมุน (องศา)", "rotation in degrees clockwise", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class RepairRow(Row):
    """A text repair rule on a page."""

    page_no: int | None = column("เลขหน้า", "page number from 1", default=None)
    rule: str = column("กฎที่ใช้ซ่อม", "repair rule")
    count: int = column("จำนวนครั้ง", "how often it changed the text")
    example_before: str | None = column("ตัวอย่างก่อนซ่อม", "an example before", default=None)
    example_after: str | None = column("ตัวอย่างหลังซ่อม", "the same example after", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class SectionRow(Row):
    """A heading and what follows it."""

    page_no: int | None = column("เลขหน้าของหัวข้อ", "page of the heading", default=None)
    bbox: list[float] | None = column(
        "ตำแหน่งของหัวข้อ", "place of the heading: x0, top, x1, bottom in points", default=None
    )
    table_id: str | None = column("ตารางแรกในหัวข้อ", "first table of the section", default=None)
    confidence: float | None = column("ความเชื่อมั่นของข้อความ 0–1", "confidence of the text, 0–1", default=None)
    section_id: str = column("รหัสหัวข้อ", "section key in the document")
    parent_id: str | None = column("รหัสหัวข้อแม่", "section above", default=None)
    order: int = column("ลำดับในเอกสาร", "order in the document, from 1")
    level: int = column("ระดับหัวข้อ", "level, from 1")
    heading_raw: str | None = column(
        "หัวข้อตามเอกสาร", "heading as written (null before the first heading)", default=None
    )
    heading: str | None = column("หัวข้อที่ปรับรูปแล้ว", "heading, normalised", default=None)
    text: str | None = column("เนื้อความใต้หัวข้อ", "what follows the heading, tables included", default=None)
    page_end: int | None = column("หน้าสุดท้ายของหัวข้อ", "last page of the section", default=None)
    element_id: str | None = column("องค์ประกอบที่จับคู่ได้", "schema element it was mapped to", default=None)
    element_ids: list[str] = column("องค์ประกอบทั้งหมดของหัวข้อ", "all elements that the section carries", default=[])
    match_score: float | None = column("คะแนนการจับคู่ 0–1", "score of the match, 0–1", default=None)
    match_method: str | None = column("วิธีจับคู่", "how it was matched", default=None)
    matched_term: str | None = column("คำที่จับคู่ได้", "term of the schema that matched", default=None)
    runner_up: str | None = column("องค์ประกอบอันดับรอง", "second best element", default=None)
    runner_up_score: float | None = column("คะแนนอันดับรอง", "score of the second best", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class TableRow(Row):
    """A logical table (its parts on several pages joined)."""

    page_no: int | None = column("หน้าแรกของตาราง", "first page", default=None)
    bbox: list[float] | None = column("ตำแหน่งในหน้าแรก", "place on the first page", default=None)
    table_id: str = column("รหัสตาราง", "table key in the document")
    section_id: str | None = column("รหัสหัวข้อ", "section it stands in", default=None)
    confidence: float | None = column("ความเชื่อมั่นของชนิดตาราง 0–1", "confidence of the kind, 0–1", default=None)
    title: str | None = column("ชื่อตาราง", "caption", default=None)
    kind: TableKind = column("ชนิดตาราง", "what the table is for")
    n_rows: int = column("จำนวนแถว", "rows")
    n_cols: int = column("จำนวนคอลัมน์", "columns")
    header_rows: int = column("จำนวนแถวหัวตาราง", "header rows")
    pages: list[int] = column("หน้าที่ตารางปรากฏ", "pages it covers", default=[])
    dimension: Dimension | None = column(
        "ด้านทรัพยากรของทั้งตาราง", "resource dimension the whole table is about", default=None
    )


@value_class(frozen=True, slots=True, kw_only=True)
class TableCellRow(Row):
    """A cell of a logical table; a merged cell once."""

    page_no: int | None = column("เลขหน้า", "page of the cell", default=None)
    bbox: list[float] | None = column("ตำแหน่งของช่อง", "place of the cell", default=None)
    table_id: str = column("รหัสตาราง", "table key in the document")
    section_id: str | None = column("รหัสหัวข้อ", "section the table stands in", default=None)
    confidence: float | None = column("ความเชื่อมั่นของข้อความ 0–1", "confidence of the text, 0–1", default=None)
    row: int = column("แถว (เริ่มที่ 0)", "row from 0")
    col: int = column("คอลัมน์ (เริ่มที่ 0)", "column from 0")
    row_span: int = column("จำนวนแถวที่ผสาน", "rows covered", default=1)
    col_span: int = column("จำนวนคอลัมน์ที่ผสาน", "columns covered", default=1)
    is_header: bool = column("เป็นหัวตาราง", "part of the header", default=False)
    text_raw: str | None = column("ข้อความตามเอกสาร (ซ่อมแล้ว)", "text after repair only", default=None)
    text: str | None = column("ข้อความที่ปรับรูปแล้ว", "text, normalised", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place and the words that stand there."""

    page_no: int | None = None
    bbox: list[float] | None = None
    text: str = ""
    section_id: str | None = None
    table_id: str | None = None


@value_class(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The best candidate that was rejected."""

    text: str
    page_no: int | None = None
    score: float | None = None


@value_class(frozen=True, slots=True, kw_only=True)
class ComponentRow(PlacedRow):
    """The verdict on one element of the schema for one plan."""

    element_id: str = column("รหัสองค์ประกอบ", "schema element")
    parent_id: str | None = column("องค์ประกอบแม่", "element above", default=None)
    level: ElementLevel = column("ระดับขององค์ประกอบ", "level in the schema")
    title_th: str = column("ชื่อองค์ประกอบ", "title in Thai")
    required: bool = column("บังคับหรือไม่", "whether the schema requires it")
    status: ElementStatus = column("ผลการตรวจ", "verdict")
    missing: bool = column("ขาดหรือไม่", "whether the status is missing")
    confidence: float = column("ความเชื่อมั่น 0–1", "confidence of the verdict, 0–1")
    method: str | None = column("วิธีตัดสิน", "how it was decided", default=None)
    cause: Cause | None = column("สาเหตุที่ไม่ครบ", "cause, for anything but present", default=None)
    reason_code: str = column("รหัสเหตุผล", "reason code")
    reason_th: str = column("เหตุผลหนึ่งประโยคสำหรับแจ้งหน่วยงาน", "one Thai sentence for the agency")
    evidence: list[Evidence] = column("หลักฐาน (ดีที่สุดก่อน)", "evidence, best first", default=[])
    nearest: Nearest | None = column("ตัวเลือกที่ใกล้ที่สุดที่ถูกปฏิเสธ", "best rejected candidate", default=None)
    nearest_why: Near | None = column("เหตุที่ถูกปฏิเสธ", "why the nearest was rejected", default=None)
    look_at: list[LookAt] = column(
        "ที่ที่ควรเปิดดูเมื่อยังไม่แน่ใจว่าขาด", "where to look before an uncertain missing is told, best first", default=[]
    )
    pages_unreadable: list[int] = column("หน้าที่ค้นไม่ได้", "pages that could not be searched", default=[])
    record_count: int = column("จำนวนระเบียนที่รองรับ", "records behind the verdict", default=0)
    declared: Declared | None = column(
        "แบบตรวจสอบของหน่วยงานระบุว่า", "what the agency's own checklist says", default=None
    )
    discrepancy: bool = column(
        "แบบตรวจสอบขัดกับที่พบ", "declared yes but missing, or declared no but present", default=False
    )
    status_extracted: ElementStatus = column("ผลก่อนผู้ตรวจแก้ไข", "verdict before any reviewer's correction")
    reviewed_by: str | None = column("ผู้ตรวจ", "reviewer", default=None)
    reviewed_at: datetime | None = column("เวลาที่ตรวจ (UTC)", "when it was reviewed, UTC", default=None)
    review_note: str | None = column("บันทึกของผู้ตรวจ", "reviewer's note", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class StatementRow(PlacedRow):
    """An objective, assumption or scope item."""

    kind: StatementKind = column("ชนิดข้อความ", "what it is")
    item_no: str | None = column("ลำดับข้อ", "number of the item", default=None)
    text: str = column("ข้อความ", "text")


@value_class(frozen=True, slots=True, kw_only=True)
class IncidentRow(PlacedRow):
    """An incident that the plan names, per place."""

    incident: Incident = column("เหตุการณ์", "incident")
    incident_raw: str | None = column("ชื่อเหตุการณ์ตามเอกสาร", "incident as written", default=None)
    source: IncidentSource = column("พบในส่วนใด", "part of the plan")


@value_class(frozen=True, slots=True, kw_only=True)
class ImpactRow(PlacedRow):
    """An incident and a resource dimension."""

    incident: Incident = column("เหตุการณ์", "incident")
    incident_raw: str | None = column("ชื่อเหตุการณ์ตามเอกสาร", "incident as written", default=None)
    dimension: Dimension = column("ด้านทรัพยากร", "resource dimension")
    affected: bool = column("ได้รับผลกระทบ", "whether it is hit")
    cell_raw: str | None = column("ข้อความในช่อง", "cell as written", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class TeamMemberRow(PlacedRow):
    """A person slot of the continuity team. Holds personal data."""

    group_name: str | None = column("ชื่อทีม/กลุ่ม", "team or group", default=None)
    pair_no: int | None = column(
        "คู่ที่ (ตัวหลักและตัวสำรองแถวเดียวกัน)", "joins the main person and the backup of a row", default=None
    )
    slot: Slot = column("หลัก/สำรอง", "main or backup")
    person_name: str = column("ชื่อบุคคลหรือตำแหน่ง (ข้อมูลส่วนบุคคล)", "person or post (personal data)")
    position: str | None = column("ตำแหน่ง", "position", default=None)
    role: Role | None = column("บทบาท", "role", default=None)
    role_raw: str | None = column("บทบาทตามเอกสาร", "role as written", default=None)
    phone_raw: str | None = column("โทรศัพท์ตามเอกสาร (ข้อมูลส่วนบุคคล)", "phone as written (personal data)", default=None)
    phones: list[str] = column(
        "หมายเลขโทรศัพท์ (ข้อมูลส่วนบุคคล)", "digits only, extension after x (personal data)", default=[]
    )


@value_class(frozen=True, slots=True, kw_only=True)
class StrategyRow(PlacedRow):
    """A strategy item."""

    dimension: Dimension = column("ด้านทรัพยากร", "resource dimension")
    dimension_raw: str | None = column("ด้านตามเอกสาร", "dimension as written", default=None)
    item_no: str | None = column("ลำดับข้อ", "number of the item", default=None)
    text: str = column("กลยุทธ์", "text")
    responsible: str | None = column("ผู้รับผิดชอบ", "responsible", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class BiaProcessRow(PlacedRow):
    """A process of the business impact analysis."""

    process_no: str | None = column("ลำดับ", "number", default=None)
    process_group: str | None = column("กลุ่มกระบวนการ", "group of processes", default=None)
    process_name: str = column("กระบวนการ", "process")
    urgency: Urgency | None = column("ระดับความเร่งด่วน", "urgency", default=None)
    urgency_raw: str | None = column("ระดับความเร่งด่วนตามเอกสาร", "urgency as written", default=None)
    rto_raw: str | None = column("ระยะเวลาเป้าหมายตามเอกสาร", "target time as written", default=None)
    rto_min_hours: float | None = column("ระยะเวลาเป้าหมายต่ำสุด (ชั่วโมง)", "target time, lower end, hours", default=None)
    rto_max_hours: float | None = column("ระยะเวลาเป้าหมายสูงสุด (ชั่วโมง)", "target time, upper end, hours", default=None)
    owner: str | None = column("ผู้รับผิดชอบ", "owner", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class ResourceRequirementRow(PlacedRow):
    """A resource and a time bucket (or a resource, where there are no buckets)."""

    dimension: Dimension = column("ด้านทรัพยากร", "resource dimension")
    resource_raw: str = column("ทรัพยากรตามเอกสาร", "resource as written")
    source_raw: str | None = column("ที่มา", "source", default=None)
    process_name: str | None = column("กระบวนการ", "process, where needs are listed per process", default=None)
    bucket_raw: str | None = column("ช่วงเวลาตามเอกสาร", "time bucket as written", default=None)
    bucket_hours: float | None = column("ปลายช่วงเวลา (ชั่วโมง)", "upper end of the bucket, hours", default=None)
    quantity: float | None = column("จำนวน", "quantity", default=None)
    unit: str | None = column("หน่วย", "unit", default=None)
    ticked: bool | None = column(
        "มีเครื่องหมาย", "whether the cell is ticked; null where it holds something else", default=None
    )
    cell_raw: str | None = column("ข้อความในช่อง", "cell as written", default=None)
    is_total: bool = column("เป็นแถวรวม", "row of totals", default=False)


@value_class(frozen=True, slots=True, kw_only=True)
class RecoveryStepRow(PlacedRow):
    """A step of continuity and recovery."""

    phase: Phase | None = column("ระยะ", "phase", default=None)
    phase_raw: str | None = column("ระยะตามเอกสาร", "phase as written", default=None)
    incident: Incident | None = column(
        "เหตุการณ์ (ขั้นตอนเฉพาะเหตุ)", "incident, where steps are per incident", default=None
    )
    step_no: str | None = column("ลำดับขั้นตอน", "number of the step", default=None)
    text: str = column("ขั้นตอน", "text")
    responsible: str | None = column("ผู้รับผิดชอบ", "responsible", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class CallTreeRow(PlacedRow):
    """One notification: who tells whom."""

    step_no: str | None = column("ลำดับ", "number", default=None)
    caller: str | None = column("ผู้แจ้ง", "who tells", default=None)
    callee: str | None = column("ผู้รับแจ้ง", "who is told", default=None)
    text: str = column("ข้อความ", "text")


@value_class(frozen=True, slots=True, kw_only=True)
class ChecklistItemRow(PlacedRow):
    """A line of the agency's self-assessment checklist."""

    item_no: str | None = column("ข้อ", "number of the line", default=None)
    item_text: str = column("รายการตรวจสอบ", "text of the line")
    element_id: str | None = column("องค์ประกอบที่กล่าวถึง", "schema element it speaks of", default=None)
    incident: Incident | None = column("เหตุการณ์ที่กล่าวถึง", "incident it speaks of", default=None)
    declared: Declared = column("หน่วยงานระบุว่า", "what the agency says")


@value_class(frozen=True, slots=True, kw_only=True)
class DigitalServiceRow(PlacedRow):
    """A row of checklist part 3."""

    question: DigitalQuestion = column("คำถาม", "question")
    mission: str | None = column("ภารกิจ/งาน", "mission or work", default=None)
    system: str | None = column("ระบบ", "system", default=None)


@value_class(frozen=True, slots=True, kw_only=True)
class FindingRow(PlacedRow):
    """Something an analyst should look at. May quote personal data in ``evidence_text``."""

    code: str = column("รหัสข้อสังเกต", "finding code (docs/findings.md)")
    severity: Severity = column("ความสำคัญ", "severity")
    element_id: str | None = column("องค์ประกอบที่เกี่ยวข้อง", "schema element concerned", default=None)
    message_th: str = column("ข้อความภาษาไทย", "message in Thai")
    message_en: str = column("ข้อความภาษาอังกฤษ", "message in English")
    evidence_text: str | None = column("ข้อความที่เป็นหลักฐาน", "words of the document behind it", default=None)


DATASETS: dict[str, type[Row]] = {
    "documents": DocumentRow,
    "pages": PageRow,
    "repairs": RepairRow,
    "sections": SectionRow,
    "tables": TableRow,
    "table_cells": TableCellRow,
    "components": ComponentRow,
    "statements": StatementRow,
    "incidents": IncidentRow,
    "impacts": ImpactRow,
    "team_members": TeamMemberRow,
    "strategies": StrategyRow,
    "bia_processes": BiaProcessRow,
    "resource_requirements": ResourceRequirementRow,
    "recovery_steps": RecoveryStepRow,
    "call_tree": CallTreeRow,
    "checklist_items": ChecklistItemRow,
    "digital_services": DigitalServiceRow,
    "findings": FindingRow,
}
"""Dataset name to row class, in the order in which they are described."""
