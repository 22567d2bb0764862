"""Thai words for every enum value, dataset and column, and Thai forms of dates, hours and shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from pipeline.datasets.describe import describe_datasets

STATUS: Mapping[str, str] = MappingProxyType(
    {
        "present": "มีครบ",
        "partial": "มีบางส่วน",
        "missing": "ไม่พบ",
        "unreadable": "อ่านไม่ได้",
        "not_applicable": "ไม่เกี่ยวข้อง",
    }
)
STATUS_SIGN: Mapping[str, str] = MappingProxyType(
    {"present": "●", "partial": "◐", "missing": "○", "unreadable": "?", "not_applicable": "–"}
)
STATUS_ORDER = ("missing", "partial", "unreadable", "present", "not_applicable")
"""Statuses from the one to look at first."""

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "status": STATUS,
        "document_status": {
            "ok": "อ่านได้ครบ",
            "partial": "อ่านได้บางส่วน",
            "failed": "อ่านไม่ได้",
            "duplicate": "ซ้ำกับไฟล์อื่น",
            "skipped": "ข้าม",
        },
        "document_class": {
            "bcp_plan": "แผน BCP",
            "guideline": "แนวทาง/คู่มือ",
            "letter": "หนังสือราชการ",
            "report": "รายงาน",
            "other": "เอกสารอื่น",
            "unknown": "ไม่ทราบประเภท",
        },
        "agency_type": {
            "ministry": "กระทรวง",
            "department": "กรมหรือเทียบเท่า",
            "province": "จังหวัด",
            "provincial_office": "ส่วนราชการในจังหวัด",
            "local_government": "องค์กรปกครองส่วนท้องถิ่น",
            "public_organization": "องค์การมหาชน",
            "state_enterprise": "รัฐวิสาหกิจ",
            "university": "มหาวิทยาลัย",
            "school": "สถานศึกษา",
            "hospital": "โรงพยาบาล",
            "other": "อื่น ๆ",
        },
        "cause": {
            "absent": "ไม่พบทั้งหัวข้อและเนื้อหา",
            "mention_only": "มีเพียงการกล่าวถึง",
            "toc_only": "มีเฉพาะในสารบัญ",
            "empty_section": "มีหัวข้อแต่ไม่มีเนื้อหา",
            "unfilled_template": "แบบฟอร์มที่ยังไม่ได้กรอก",
            "unreadable_page": "หน้าที่อ่านไม่ได้",
            "incomplete": "เนื้อหายังไม่ครบ",
        },
        "level": {
            "component": "องค์ประกอบ",
            "subelement": "องค์ประกอบย่อย",
            "requirement": "ข้อกำหนดเพิ่มเติม",
            "annex": "ภาคผนวก",
        },
        "incident": {
            "flood": "อุทกภัย",
            "fire": "อัคคีภัย",
            "protest": "ชุมนุมประท้วง/จลาจล",
            "pandemic": "โรคระบาด",
            "power_outage": "ไฟฟ้าดับ",
            "terrorism": "ก่อการร้าย/วินาศกรรม",
            "storm": "วาตภัย",
            "earthquake": "แผ่นดินไหว",
            "drought": "ภัยแล้ง",
            "landslide": "ดินถล่ม",
            "cyber_attack": "ภัยไซเบอร์",
            "it_failure": "ระบบสารสนเทศล่ม",
            "chemical_spill": "สารเคมีรั่วไหล",
            "building_collapse": "อาคารถล่ม",
            "transport_disruption": "คมนาคมขัดข้อง",
            "war": "ภัยสงคราม",
            "crime": "อาชญากรรม",
            "other": "อื่น ๆ",
        },
        "dimension": {
            "workplace": "อาคารและสถานที่",
            "equipment": "วัสดุอุปกรณ์",
            "it": "เทคโนโลยีสารสนเทศและข้อมูล",
            "personnel": "บุคลากร",
            "service_providers": "คู่ค้าและผู้ให้บริการ",
        },
        "incident_source": {
            "scope": "ขอบเขตของแผน",
            "impact_matrix": "ตารางผลกระทบ",
            "checklist": "แบบตรวจสอบ",
            "recovery_steps": "ขั้นตอนกอบกู้",
        },
        "statement_kind": {"objective": "วัตถุประสงค์", "assumption": "สมมติฐาน", "scope": "ขอบเขต"},
        "slot": {"main": "หลัก", "backup": "สำรอง"},
        "role": {
            "leader": "หัวหน้าคณะ",
            "coordinator": "ผู้ประสานงาน",
            "team_leader": "หัวหน้าทีม",
            "member": "ทีมงาน",
            "other": "อื่น ๆ",
        },
        "urgency": {"very_high": "สูงมาก", "high": "สูง", "medium": "ปานกลาง", "low": "ต่ำ"},
        "phase": {
            "immediate": "ภายใน 24 ชั่วโมง",
            "short_term": "ระยะสั้น",
            "medium_term": "ระยะกลาง",
            "long_term": "ระยะยาว",
            "before": "ก่อนเกิดเหตุ",
            "after": "หลังเหตุการณ์",
            "other": "อื่น ๆ",
        },
        "declared": {"yes": "มี", "no": "ไม่มี", "blank": "ไม่ได้กรอก"},
        "question": {
            "eservice_planned": "แผนพัฒนา e-Service",
            "digital_in_use": "เทคโนโลยีดิจิทัลที่ใช้อยู่",
            "digital_planned": "แผนใช้เทคโนโลยีดิจิทัล",
            "infrastructure": "บริการโครงสร้างพื้นฐาน",
        },
        "method": {
            "records": "พบข้อมูลในหัวข้อหรือตารางของส่วนนี้",
            "section": "พบหัวข้อที่มีเนื้อหา",
            "text": "พบข้อความในแผน",
            "lead": "พบข้อความนำของหัวข้อ",
            "table": "พบตารางของส่วนนี้",
            "place": "พบที่ของส่วนนี้ แต่เนื้อหาไม่ครบ",
            "search": "ค้นทั้งแผนแล้ว",
            "submission": "ดูจากไฟล์ที่ส่งมาด้วยกัน",
            "rollup": "สรุปจากส่วนย่อย",
            "agency_type": "ดูจากประเภทหน่วยงาน",
        },
        "severity": {"error": "ขัดแย้ง", "warning": "ควรตรวจ", "info": "ข้อมูล"},
        "table_kind": {
            "team": "ทีมงาน",
            "impact_matrix": "ตารางผลกระทบ",
            "strategy": "กลยุทธ์",
            "bia": "BIA",
            "resources": "ความต้องการทรัพยากร",
            "recovery_steps": "ขั้นตอน",
            "call_tree": "Call Tree",
            "checklist": "แบบตรวจสอบ",
            "digital_services": "บริการดิจิทัล",
            "other": "อื่น ๆ",
        },
        "text_source": {
            "text_layer": "ข้อความในไฟล์ PDF",
            "ocr": "อ่านจากภาพ (OCR)",
            "docx": "ไฟล์ Word",
            "text": "ไฟล์ข้อความ",
        },
    }
)
_ENUM_OF_COLUMN: Mapping[str, str] = MappingProxyType(
    {
        "documents.status": "document_status",
        "statements.kind": "statement_kind",
        "tables.kind": "table_kind",
        "incidents.source": "incident_source",
        "components.status_extracted": "status",
    }
)
DATASET: Mapping[str, str] = MappingProxyType(
    {
        "documents": "ไฟล์ที่ส่งมา",
        "pages": "หน้าเอกสาร",
        "repairs": "การซ่อมข้อความ",
        "sections": "หัวข้อ",
        "tables": "ตาราง",
        "table_cells": "ช่องตาราง",
        "components": "ผลการตรวจ",
        "statements": "วัตถุประสงค์ สมมติฐาน ขอบเขต",
        "incidents": "เหตุการณ์",
        "impacts": "ผลกระทบต่อทรัพยากร",
        "team_members": "ทีมงานบริหารความต่อเนื่อง",
        "strategies": "กลยุทธ์ความต่อเนื่อง",
        "bia_processes": "กระบวนการ (BIA)",
        "resource_requirements": "ความต้องการทรัพยากร",
        "recovery_steps": "ขั้นตอนกอบกู้",
        "call_tree": "ลำดับการแจ้งเหตุ",
        "checklist_items": "แบบตรวจสอบของหน่วยงาน",
        "digital_services": "บริการดิจิทัล",
        "findings": "ข้อสังเกต",
    }
)
_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_BANGKOK = timedelta(hours=7)
_BE_OFFSET = 543
_HOURS = ((720, "เดือน"), (168, "สัปดาห์"), (24, "วัน"), (1, "ชั่วโมง"))


def label(vocabulary: str, value: Any) -> str:
    """The Thai word for a value of a closed set; the value itself where there is none, "ไม่ระบุ" for none.

    >>> label("status", "partial"), label("agency_type", None)
    ('มีบางส่วน', 'ไม่ระบุ')
    """
    if value is None or value == "":
        return "ไม่ระบุ"
    return _WORDS[vocabulary].get(str(value), str(value))


def words_of(vocabulary: str) -> Mapping[str, str]:
    """All values of a closed set with their Thai words, in the order of the contract."""
    return _WORDS[vocabulary]


def label_cell(dataset: str, column: str, value: Any) -> Any:
    """A dataset's value as a person reads it: enum values in Thai, dates in Thai form, all else unchanged."""
    if isinstance(value, datetime):
        return thai_datetime(value)
    if isinstance(value, date):
        return thai_date(value)
    vocabulary = _ENUM_OF_COLUMN.get(f"{dataset}.{column}", column)
    if isinstance(value, str) and vocabulary in _WORDS:
        return label(vocabulary, value)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    return value


@cache
def column_labels(dataset: str) -> Mapping[str, str]:
    """The Thai name of every column of a dataset, in the order of the contract."""
    columns = describe_datasets()["datasets"][dataset]["columns"]
    return MappingProxyType({column["name"]: column["th"] for column in columns})


def thai_date(value: date | None) -> str:
    """A day as it is written in Thai offices.

    >>> thai_date(date(2024, 5, 7))
    '7 พฤษภาคม 2567'
    """
    return "" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year + _BE_OFFSET}"


def thai_datetime(value: datetime | None) -> str:
    """A moment in Thailand's time.

    >>> thai_datetime(datetime(2024, 5, 7, 20, 30, tzinfo=UTC))
    '8 พฤษภาคม 2567 เวลา 03.30 น.'
    """
    if value is None:
        return ""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    local = aware.astimezone(UTC) + _BANGKOK
    return f"{thai_date(local.date())} เวลา {local:%H.%M} น."


def thai_hours(hours: float | None) -> str:
    """A length of time in the largest unit that divides it.

    >>> thai_hours(48), thai_hours(36), thai_hours(0.5)
    ('2 วัน', '36 ชั่วโมง', '30 นาที')
    """
    if hours is None:
        return "ไม่ระบุ"
    if 0 < hours < 1:
        return f"{hours * 60:g} นาที"
    size, unit = next(((size, unit) for size, unit in _HOURS if hours and hours % size == 0), (1, "ชั่วโมง"))
    return f"{hours / size:g} {unit}"


def percent(part: float, whole: float) -> str:
    """A share in whole percent; a share that is neither none nor all never shows as 0 or 100.

    >>> percent(1, 1000), percent(999, 1000), percent(0, 0)
    ('<1%', '>99%', '–')
    """
    if not whole:
        return "–"
    share = round(100 * part / whole)
    if share == 0 and part:
        return "<1%"
    return ">99%" if share == 100 and part < whole else f"{share}%"


def circular_number(element_id: str) -> str:
    """The circular's own number before a title; ids in words are none.

    >>> circular_number("2.5"), circular_number("3.eservice")
    ('2.5 ', '')
    """
    return f"{element_id} " if all(part.isdigit() for part in element_id.split(".")) else ""
