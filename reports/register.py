"""Who has sent a plan and who has not, by an optional register of expected agencies (``agencies.csv``).

A name that is only nearly found is shown as doubt with what came nearest: an agency must not be told that it sent
nothing when its file lies there under another spelling, or could not be read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from docmodel.errors import ConfigError
from docmodel.vocabulary import AgencyType, DocumentClass, DocumentStatus
from normalizers.dates import find_dates
from normalizers.text import normalize_value, thai_skeleton
from pipeline.identity.names import make_name
from reports.data import PlanFiles, clean_records, is_word
from reports.labels import label, thai_date, words_of

REGISTER_FILE = "agencies.csv"
"""The register's name in the input folder; the pipeline does not read it as a plan."""
_MAYBE_THE_SAME = 88.0
"""From this likeness of two names (0–100) on, a person decides whether they are one agency."""
_MIN_KEY = 6
"""Letters below which a name says too little to be looked for inside a file's name."""
_PDF = "application/pdf"
_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "agency_name", "ชื่อหน่วยงาน", "หน่วยงาน"),
        "agency_type": ("type", "agency_type", "ประเภทหน่วยงาน", "ประเภท"),
        "province": ("province", "จังหวัด"),
        "through": ("through", "sent_through", "ส่งผ่าน", "หน่วยงานที่ส่งผ่าน"),
        "deadline": ("deadline", "กำหนดส่ง", "วันกำหนดส่ง"),
        "received_on": ("received_on", "received", "วันที่รับ", "วันที่ได้รับ"),
    }
)


class Delivery(StrEnum):
    """What became of an expected plan."""

    RECEIVED = "received"
    LATE = "late"
    UNCLEAR = "unclear"
    AWAITED = "awaited"
    OVERDUE = "overdue"


class Forms(StrEnum):
    """In which forms a plan came."""

    BOTH = "both"
    WORD_ONLY = "word_only"
    PDF_ONLY = "pdf_only"
    OTHER = "other"


DELIVERY_WORDS: Mapping[Delivery, str] = MappingProxyType(
    {
        Delivery.RECEIVED: "ได้รับแล้ว",
        Delivery.LATE: "ได้รับหลังกำหนด",
        Delivery.UNCLEAR: "โปรดตรวจสอบ",
        Delivery.AWAITED: "ยังไม่ได้รับ",
        Delivery.OVERDUE: "ยังไม่ได้รับ เลยกำหนด",
    }
)
FORMS_WORDS: Mapping[Forms, str] = MappingProxyType(
    {
        Forms.BOTH: "ทั้ง Word และ PDF",
        Forms.WORD_ONLY: "เฉพาะ Word",
        Forms.PDF_ONLY: "เฉพาะ PDF",
        Forms.OTHER: "รูปแบบอื่น",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAgency:
    """A line of the register. ``received_on`` is the day that the registry office noted; files do not tell it."""

    name: str
    agency_type: AgencyType | None = None
    province: str | None = None
    through: str | None = None
    deadline: date | None = None
    received_on: date | None = None

    @property
    def key(self) -> str:
        """What is equal for one agency however its name is written."""
        return agency_key(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """An expected agency and what came from it. ``note`` says in Thai what a person should check."""

    agency: ExpectedAgency
    delivery: Delivery
    forms: Forms | None = None
    plans: tuple[PlanFiles, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCheck:
    """The whole register, and the plans of agencies that do not stand in it."""

    lines: tuple[RegisterLine, ...]
    unexpected: tuple[PlanFiles, ...]

    def counts(self) -> dict[Delivery, int]:
        """How many agencies are in each state, all states named."""
        return {state: sum(line.delivery is state for line in self.lines) for state in Delivery}


def agency_key(name: str) -> str:
    """A name without what spelling, spaces and abbreviations change.

    >>> agency_key("อบต. บ้านตัวอย่าง") == agency_key("องค์การบริหารส่วนตำบลบ้านตัวอย่าง")
    True
    """
    text = normalize_value(name)
    for short, full in _SHORT_FORMS:
        if text.startswith(short):
            text = full + text.removeprefix(short)
            break
    made = make_name(text)
    return made.key if made is not None else thai_skeleton(text)


_SHORT_FORMS = (
    ("อบต.", "องค์การบริหารส่วนตำบล"),
    ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ("ทต.", "เทศบาลตำบล"),
    ("ทม.", "เทศบาลเมือง"),
    ("ทน.", "เทศบาลนคร"),
    ("รพ.สต.", "โรงพยาบาลส่งเสริมสุขภาพตำบล"),
    ("รพ.", "โรงพยาบาล"),
    ("รร.", "โรงเรียน"),
)


def find_register(folder: Path) -> tuple[ExpectedAgency, ...] | None:
    """The register of an input folder; None where there is none."""
    path = folder / REGISTER_FILE
    return read_register(path) if path.is_file() else None


def read_register(path: Path) -> tuple[ExpectedAgency, ...]:
    """The expected agencies of a CSV file as Excel saves it: UTF-8 or Thai Windows, comma, semicolon or tab.

    Raises ConfigError with the line at fault.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp874", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    places = _places(rows[0] if rows else [])
    found: list[ExpectedAgency] = []
    for number, row in enumerate(rows[1:], 2):
        values = {name: normalize_value(row[index]) if index < len(row) else "" for name, index in places.items()}
        if not values.get("name"):
            if any(cell.strip() for cell in row):
                raise _line_error(number, "ไม่มีชื่อหน่วยงาน", "has no agency name")
            continue
        found.append(
            ExpectedAgency(
                name=values["name"],
                agency_type=_agency_type(values.get("agency_type", ""), number),
                province=values.get("province", "").removeprefix("จังหวัด").strip() or None,
                through=values.get("through") or None,
                deadline=_day(values.get("deadline", ""), number),
                received_on=_day(values.get("received_on", ""), number),
            )
        )
    return tuple(found)


def check_register(
    expected: Sequence[ExpectedAgency], plans: Sequence[PlanFiles], documents: pd.DataFrame, *, today: date
) -> RegisterCheck:
    """What came from each expected agency. ``documents`` is the whole dataset: files that are no plan may hold one."""
    by_key: dict[str, list[PlanFiles]] = {}
    for plan in plans:
        if plan.document["agency_name"]:
            by_key.setdefault(agency_key(plan.document["agency_name"]), []).append(plan)
    others = _Others.collect(documents)
    keys_expected = {agency.key for agency in expected}
    taken: set[str] = set()
    lines: list[RegisterLine] = []
    for agency in expected:
        sent = [plan for plan in by_key.get(agency.key, ()) if _same_province(agency, plan.document)]
        if sent:
            taken.update(plan.document_id for plan in sent)
            lines.append(_received(agency, sent))
            continue
        note = _find_doubt(agency, by_key, keys_expected, others)
        overdue = agency.deadline is not None and today > agency.deadline
        state = Delivery.UNCLEAR if note else Delivery.OVERDUE if overdue else Delivery.AWAITED
        lines.append(RegisterLine(agency=agency, delivery=state, note=note))
    unexpected = tuple(plan for plan in plans if plan.document_id not in taken)
    return RegisterCheck(lines=tuple(lines), unexpected=unexpected)


def register_frame(check: RegisterCheck) -> pd.DataFrame:
    """The register as a table like a dataset's: one row per expected agency, closed sets as their values."""
    rows = [
        {
            **{field.name: getattr(line.agency, field.name) for field in fields(ExpectedAgency)},
            "delivery": line.delivery.value,
            "forms": line.forms.value if line.forms else None,
            "document_ids": [plan.document_id for plan in line.plans],
            "note": line.note,
        }
        for line in check.lines
    ]
    columns = [field.name for field in fields(ExpectedAgency)]
    return pd.DataFrame(rows, columns=[*columns, "delivery", "forms", "document_ids", "note"])


def describe_line(line: RegisterLine) -> tuple[str, ...]:
    """A line in words: agency, type, province, through whom, deadline, received, state, forms, note."""
    agency = line.agency
    return (
        agency.name,
        label("agency_type", agency.agency_type) if agency.agency_type else "",
        agency.province or "",
        agency.through or "",
        thai_date(agency.deadline),
        thai_date(agency.received_on),
        DELIVERY_WORDS[line.delivery],
        FORMS_WORDS[line.forms] if line.forms else "",
        line.note or "",
    )


LINE_HEADS = (*("หน่วยงาน", "ประเภท", "จังหวัด", "ส่งผ่าน", "กำหนดส่ง", "วันที่รับ", "สถานะการส่ง", "รูปแบบไฟล์", "หมายเหตุ"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """Files that give no plan: their agencies' keys, and for unread ones the letters of their paths."""

    by_key: Mapping[str, str]
    unread: Mapping[str, str]

    @classmethod
    def collect(cls, documents: pd.DataFrame) -> _Others:
        by_key: dict[str, str] = {}
        unread: dict[str, str] = {}
        for row in clean_records(documents[["source_path", "status", "document_class", "agency_name"]]):
            if row["status"] == DocumentStatus.FAILED:
                unread[thai_skeleton(row["source_path"])] = row["source_path"]
            elif row["agency_name"] and row["document_class"] not in (None, DocumentClass.BCP_PLAN):
                by_key.setdefault(agency_key(row["agency_name"]), label("document_class", row["document_class"]))
        return cls(by_key=by_key, unread=unread)


def _received(agency: ExpectedAgency, plans: Sequence[PlanFiles]) -> RegisterLine:
    late = agency.deadline is not None and agency.received_on is not None and agency.received_on > agency.deadline
    note = f"มีแผน {len(plans)} ฉบับจากหน่วยงานนี้" if len(plans) > 1 else None
    if note is None and agency.deadline is not None and agency.received_on is None:
        note = "ทะเบียนไม่ได้ระบุวันที่รับ จึงไม่ทราบว่าส่งทันกำหนดหรือไม่"
    return RegisterLine(
        agency=agency,
        delivery=Delivery.LATE if late else Delivery.RECEIVED,
        forms=find_forms(plans),
        plans=tuple(plans),
        note=note,
    )


def find_forms(plans: Iterable[PlanFiles]) -> Forms:
    """In which of the two asked forms plans came."""
    media_types = [d["media_type"] for plan in plans for d in (plan.document, *plan.others)]
    word = any(is_word(media_type) for media_type in media_types)
    pdf = _PDF in media_types
    if word and pdf:
        return Forms.BOTH
    return Forms.WORD_ONLY if word else Forms.PDF_ONLY if pdf else Forms.OTHER


def _find_doubt(
    agency: ExpectedAgency, by_key: Mapping[str, Sequence[PlanFiles]], expected: set[str], others: _Others
) -> str | None:
    """Why the agency may have sent something after all, in Thai; None where nothing points to it."""
    if agency.key in by_key:
        return "มีแผนของหน่วยงานชื่อนี้ แต่จังหวัดไม่ตรงกับทะเบียน"
    free = [key for key in by_key if key not in expected]
    nearest = process.extractOne(agency.key, free, scorer=fuzz.ratio, score_cutoff=_MAYBE_THE_SAME)
    if nearest is not None:
        name = by_key[nearest[0]][0].document["agency_name"]
        return f"มีแผนของหน่วยงานที่ชื่อใกล้เคียงกัน: {name}"
    if agency.key in others.by_key:
        return f"มีไฟล์จากหน่วยงานนี้ แต่เป็น{others.by_key[agency.key]} ไม่ใช่แผน"
    if len(agency.key) >= _MIN_KEY and any(agency.key in path for path in others.unread):
        return "มีไฟล์ที่เปิดอ่านไม่ได้และชื่อไฟล์ตรงกับหน่วยงานนี้"
    return None


def _same_province(agency: ExpectedAgency, document: Mapping[str, Any]) -> bool:
    """Whether nothing says that two agencies of one name are in different provinces."""
    return not (agency.province and document["province"]) or thai_skeleton(agency.province) == thai_skeleton(
        document["province"]
    )


def _places(heads: Sequence[str]) -> dict[str, int]:
    known = {head.strip().casefold(): index for index, head in reversed(list(enumerate(heads)))}
    places = {
        column: next(known[name] for name in names if name in known)
        for column, names in _COLUMNS.items()
        if any(name in known for name in names)
    }
    if "name" not in places:
        raise ConfigError(
            "register_without_names",
            th=f"{REGISTER_FILE} ไม่มีคอลัมน์ชื่อหน่วยงาน กรุณาใช้หัวคอลัมน์ตามแม่แบบ docs/agencies-template.csv",
            en=f"{REGISTER_FILE} has no column for the agency's name; use the heads of docs/agencies-template.csv.",
        )
    return places


def _agency_type(text: str, number: int) -> AgencyType | None:
    if not text:
        return None
    by_word = {word: value for value, word in words_of("agency_type").items()}
    value = by_word.get(text, text)
    try:
        return AgencyType(value)
    except ValueError as error:
        allowed = " ".join(by_word)
        raise _line_error(number, f"ประเภทหน่วยงานไม่ถูกต้อง เลือกจาก: {allowed}", "has an unknown type") from error


def _day(text: str, number: int) -> date | None:
    if not text:
        return None
    day = next((found.day for found in find_dates(text) if found.day is not None), None)
    if day is None:
        raise _line_error(number, "วันที่อ่านไม่ได้ กรุณาเขียนเช่น 31/5/2569 หรือ 2026-05-31", "has a date that is none")
    return day


def _line_error(number: int, th: str, en: str) -> ConfigError:
    return ConfigError(
        "register_line_wrong",
        th=f"{REGISTER_FILE} บรรทัดที่ {number}: {th} กรุณาแก้แล้วสั่งซ้ำ",
        en=f"{REGISTER_FILE}, line {number} {en}; correct it and run again.",
    )
