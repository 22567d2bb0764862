"""Who has sent a plan and who has not, by an optional register of expected agencies (``agencies.csv``).

A name that is only nearly found is shown as doubt with what came nearest: an agency must not be told that it sent
nothing when its file lies there under another spelling, or could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from docmodel.vocabulary import DocumentClass, DocumentStatus
from normalizers.text import thai_skeleton
from reports.agency_names import NameIndex, agency_key, differ_in_province, province_in_name
from reports.data import PlanFiles, clean_records, is_word
from reports.labels import label, thai_date
from reports.register_file import ExpectedAgency

MIN_KEY_IN_PATH = 12
"""Letters below which a name says too little to be looked for inside a file's name."""
_PDF = "application/pdf"


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
class RegisterLine:
    """An expected agency and what came from it.

    ``note`` says in Thai what a person should check. ``unread`` are files that carry the agency's name and could not
    be opened.
    """

    agency: ExpectedAgency
    delivery: Delivery
    forms: Forms | None = None
    plans: tuple[PlanFiles, ...] = ()
    note: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCheck:
    """The whole register, and the plans of agencies that do not stand in it."""

    lines: tuple[RegisterLine, ...]
    unexpected: tuple[PlanFiles, ...]

    def counts(self) -> dict[Delivery, int]:
        """How many agencies are in each state, all states named."""
        found = Counter(line.delivery for line in self.lines)
        return {state: found[state] for state in Delivery}

    def forms(self) -> dict[Forms, int]:
        """How many agencies sent in which forms, all forms named."""
        found = Counter(line.forms for line in self.lines)
        return {form: found[form] for form in Forms}


def check_register(
    expected: Sequence[ExpectedAgency], plans: Sequence[PlanFiles], documents: pd.DataFrame, *, today: date
) -> RegisterCheck:
    """What came from each expected agency. ``documents`` is the whole dataset: files that are no plan may hold one."""
    by_key: dict[str, list[PlanFiles]] = {}
    for plan in plans:
        if plan.document["agency_name"]:
            by_key.setdefault(agency_key(plan.document["agency_name"]), []).append(plan)
    namesakes = Counter(agency.key for agency in expected)
    received = _Received(
        by_key=by_key,
        namesakes=namesakes,
        unexpected=NameIndex.of(key for key in by_key if key not in namesakes),
        others=_Others.collect(documents),
    )
    lines = tuple(_check_line(agency, received, today) for agency in expected)
    taken = {plan.document_id for line in lines for plan in line.plans}
    return RegisterCheck(lines=lines, unexpected=tuple(plan for plan in plans if plan.document_id not in taken))


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


LINE_HEADS = ("หน่วยงาน", "ประเภท", "จังหวัด", "ส่งผ่าน", "กำหนดส่ง", "วันที่รับ", "สถานะการส่ง", "รูปแบบไฟล์", "หมายเหตุ")
LINE_COLUMNS = ("name", "type", "province", "through", "deadline", "received_on", "delivery", "forms", "note")
"""The technical names beneath the heads: the register's own columns, and what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """Files that give no plan: what they are by agency key, and paths of unread ones with their letters."""

    by_key: Mapping[str, str]
    unread: Mapping[str, str]

    @classmethod
    def collect(cls, documents: pd.DataFrame) -> _Others:
        by_key: dict[str, str] = {}
        unread: dict[str, str] = {}
        for row in clean_records(documents[["source_path", "status", "document_class", "agency_name"]]):
            if row["status"] == DocumentStatus.FAILED:
                unread[row["source_path"]] = thai_skeleton(row["source_path"])
            elif row["agency_name"] and row["document_class"] not in (None, DocumentClass.BCP_PLAN):
                by_key.setdefault(agency_key(row["agency_name"]), label("document_class", row["document_class"]))
        return cls(by_key=by_key, unread=unread)

    def unread_of(self, key: str) -> tuple[str, ...]:
        """Paths of unread files that carry an agency's name."""
        skeleton = thai_skeleton(key)
        if len(skeleton) < MIN_KEY_IN_PATH:
            return ()
        return tuple(path for path, letters in self.unread.items() if skeleton in letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    """All that came in. ``namesakes`` counts the register's lines of one name."""

    by_key: Mapping[str, Sequence[PlanFiles]]
    namesakes: Mapping[str, int]
    unexpected: NameIndex
    others: _Others


def _check_line(agency: ExpectedAgency, received: _Received, today: date) -> RegisterLine:
    named = received.by_key.get(agency.key, ())
    sent = [plan for plan in named if not differ_in_province(agency.place, place_of(plan))]
    unread = received.others.unread_of(agency.key)
    if sent and _is_sure(agency, sent, received.namesakes[agency.key]):
        return _received(agency, sent, unread)
    note = _find_doubt(agency, named, sent, received, unread)
    overdue = agency.deadline is not None and today > agency.deadline
    state = Delivery.UNCLEAR if note else Delivery.OVERDUE if overdue else Delivery.AWAITED
    return RegisterLine(agency=agency, delivery=state, note=note, unread=unread)


def place_of(plan: PlanFiles) -> str | None:
    """The province of a plan's agency as the plan says it, else as the name does."""
    name = plan.document["agency_name"]
    return plan.document["province"] or (province_in_name(name) if name else None)


def _is_sure(agency: ExpectedAgency, sent: Sequence[PlanFiles], namesakes: int) -> bool:
    """Whether plans of the agency's name can only be its own: no namesake lies in another province."""
    places = {place_of(plan) for plan in sent}
    if agency.place:
        return namesakes == 1 or places == {agency.place}
    return namesakes == 1 and len(places - {None}) <= 1


def _received(agency: ExpectedAgency, plans: Sequence[PlanFiles], unread: tuple[str, ...]) -> RegisterLine:
    late = agency.deadline is not None and agency.received_on is not None and agency.received_on > agency.deadline
    notes = []
    if len(plans) > 1:
        notes.append(f"มีแผน {len(plans)} ฉบับจากหน่วยงานนี้")
    if agency.deadline is not None and agency.received_on is None:
        notes.append("ทะเบียนไม่ได้ระบุวันที่รับ จึงไม่ทราบว่าส่งทันกำหนดหรือไม่")
    if unread:
        notes.append(f"มีไฟล์ที่เปิดอ่านไม่ได้อีก {len(unread)} ไฟล์")
    return RegisterLine(
        agency=agency,
        delivery=Delivery.LATE if late else Delivery.RECEIVED,
        forms=find_forms(plans),
        plans=tuple(plans),
        note="; ".join(notes) or None,
        unread=unread,
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
    agency: ExpectedAgency,
    named: Sequence[PlanFiles],
    sent: Sequence[PlanFiles],
    received: _Received,
    unread: Sequence[str],
) -> str | None:
    """Why the agency may have sent something after all, in Thai; None where nothing points to it."""
    if sent and received.namesakes[agency.key] > 1:
        return "มีแผนของหน่วยงานชื่อนี้ แต่ทะเบียนมีชื่อนี้มากกว่าหนึ่งบรรทัด และแผนหรือทะเบียนไม่ได้ระบุจังหวัด"
    if sent:
        return "มีแผนของหน่วยงานชื่อนี้จากหลายจังหวัด แต่ทะเบียนไม่ได้ระบุจังหวัด"
    if unread:
        return "มีไฟล์ที่เปิดอ่านไม่ได้และชื่อไฟล์ตรงกับหน่วยงานนี้"
    if agency.key in received.others.by_key:
        return f"มีไฟล์จากหน่วยงานนี้ แต่เป็น{received.others.by_key[agency.key]} ไม่ใช่แผน"
    if named and received.namesakes[agency.key] == 1:
        return "มีแผนของหน่วยงานชื่อนี้ แต่จังหวัดไม่ตรงกับทะเบียน"
    for key in received.unexpected.near(agency.key):
        plans = received.by_key[key]
        if not all(differ_in_province(agency.place, place_of(plan)) for plan in plans):
            return f"มีแผนของหน่วยงานที่ชื่อใกล้เคียงกัน: {plans[0].document['agency_name']}"
    return None
