"""One plan as its page shows it: verdicts with evidence, findings, records, headings and receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docmodel.vocabulary import ElementLevel, ElementStatus
from pipeline.assess.search import NEAR_WORDS
from reports.data import PlanFiles, plan_page
from reports.html.delivery_view import PlanDelivery
from reports.html.evidence import EvidenceView, Places, distinct_places
from reports.html.record_tables import RecordTable, build_record_tables
from reports.labels import STATUS, label, thai_date, thai_datetime
from reports.masking import Masker
from reports.register import FORMS_WORDS

LOW_CONFIDENCE = 0.6
"""Below this a verdict is more doubt than knowledge and belongs before a person's eyes."""
SHOWN_PLACES = 5
"""Places of evidence shown; the best come first and the others are named by page."""
_FINDING_WORDS, _FINDING_PLACES = 6, 3
"""Words quoted of a finding, and how many of them are shown where they stand."""
FINDING_SEPARATOR = " | "

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookView:
    """A place to look at before an element is called missing; ``words`` are the schema's that stand there."""

    kind: str
    text: str
    page_no: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementView:
    """One verdict. ``searched`` says in Thai what was looked through, for what was not found."""

    element_id: str
    level: str
    title: str
    required: bool
    status: str
    confidence: float
    doubtful: bool
    cause: str | None
    reason: str
    method: str | None
    declared: str | None
    discrepancy: bool
    record_count: int
    places: tuple[EvidenceView, ...]
    further_pages: tuple[str, ...]
    nearest_text: str | None
    nearest_page: int | None
    nearest_score: float | None
    nearest_why: str | None
    nearest_places: tuple[EvidenceView, ...]
    look_at: tuple[LookView, ...]
    pages_unreadable: tuple[int, ...]
    searched: str | None
    reviewed: str | None
    status_extracted: str | None

    @property
    def anchor(self) -> str:
        """The element's place on the page."""
        return element_anchor(self.element_id)

    @property
    def is_open(self) -> bool:
        """Whether the page shows the details at once: for whatever a person should look at."""
        return self.discrepancy or self.status not in (ElementStatus.PRESENT, ElementStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentView:
    """A component with its parts, or the requirements or annexes together (``head`` is None then)."""

    title: str
    head: ElementView | None
    parts: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPlace:
    """One of the places behind a finding: its words, and the page where they stand, where it could be found."""

    text: str
    page_no: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with its places."""

    code: str
    severity: str
    message: str
    element_id: str | None
    anchor: str | None
    places: tuple[EvidenceView, ...]
    words: tuple[FindingPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """Everything on a plan's page."""

    document: Mapping[str, Any]
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    components: tuple[ComponentView, ...]
    findings: tuple[FindingView, ...]
    tables: tuple[RecordTable, ...]
    headings: tuple[Mapping[str, Any], ...]
    repairs: tuple[Mapping[str, Any], ...]
    receipt: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    differing: tuple[str, ...]


def build_plan_view(
    document: Mapping[str, Any], rows: Rows, *, plan: PlanFiles, places: Places, delivery: PlanDelivery, version: str
) -> PlanView:
    """The page of one document from its rows of every dataset."""
    masker = places.masker
    elements = [_element(row, rows, places) for row in rows["components"]]
    return PlanView(
        document=document,
        title=masker.text(document["agency_name"]) or "ไม่ทราบหน่วยงาน",
        subtitle=masker.text(document["title"]),
        facts=_facts(document, delivery),
        components=_components(elements),
        findings=tuple(_finding(row, rows, places) for row in rows["findings"]),
        tables=build_record_tables(rows, masker),
        headings=tuple(_heading(row, masker) for row in rows["sections"] if row["heading"]),
        repairs=tuple(masker.row(row) for row in rows["repairs"]),
        receipt=_receipt(document, version),
        others=tuple(
            (other["source_path"], f"../../{plan_page(other['document_id'])}")
            for other in (plan.document, *plan.others)
            if other["document_id"] != document["document_id"]
        ),
        differing=plan.differing,
    )


def element_anchor(element_id: str) -> str:
    """The id of an element on a plan's page.

    >>> element_anchor("2.1.scope")
    'e-2-1-scope'
    """
    return "e-" + element_id.replace(".", "-")


def _element(row: Mapping[str, Any], rows: Rows, places: Places) -> ElementView:
    evidence = distinct_places(row["evidence"] or [])
    nearest = row["nearest"] or {}
    status = row["status"]
    shown = [] if row["level"] == ElementLevel.COMPONENT else evidence[:SHOWN_PLACES]
    looked_for = status in (ElementStatus.MISSING, ElementStatus.PARTIAL, ElementStatus.UNREADABLE)
    said_again = any(nearest.get("text") == place.get("text") for place in shown)
    reviewed = None
    if row["reviewed_by"] or row["review_note"]:
        parts = ("ผู้ตรวจแก้ไขผลแล้ว", thai_datetime(row["reviewed_at"]), places.masker.text(row["review_note"]))
        reviewed = " · ".join(part for part in parts if part)
    return ElementView(
        element_id=row["element_id"],
        level=row["level"],
        title=row["title_th"],
        required=row["required"],
        status=status,
        confidence=row["confidence"],
        doubtful=row["confidence"] < LOW_CONFIDENCE,
        cause=label("cause", row["cause"]) if row["cause"] else None,
        reason=places.masker.text(row["reason_th"]),
        method=label("method", row["method"]) if row["method"] else None,
        declared=label("declared", row["declared"]) if row["declared"] else None,
        discrepancy=bool(row["discrepancy"]),
        record_count=row["record_count"],
        places=places.show(shown),
        further_pages=_pages_of(evidence[len(shown) :]) if shown else (),
        nearest_text=None if said_again else places.masker.text(nearest.get("text")) or None,
        nearest_page=nearest.get("page_no"),
        nearest_score=nearest.get("score"),
        nearest_why=NEAR_WORDS[row["nearest_why"]] if row["nearest_why"] else None,
        nearest_places=() if said_again else _nearest_places(nearest, places),
        look_at=tuple(
            LookView(
                kind=place["kind"],
                text=places.masker.text(place["text"]),
                page_no=place["page_no"],
                words=tuple(place["words"]),
            )
            for place in row.get("look_at") or ()
        ),
        pages_unreadable=tuple(row["pages_unreadable"] or ()),
        searched=describe_search(rows, row["pages_unreadable"] or ()) if looked_for else None,
        reviewed=reviewed,
        status_extracted=STATUS[row["status_extracted"]] if row["status_extracted"] != status else None,
    )


def _nearest_places(nearest: Mapping[str, Any], places: Places) -> tuple[EvidenceView, ...]:
    """Where the best candidate stands, as far as its page may be shown and has its words."""
    page_no, words = nearest.get("page_no"), nearest.get("text")
    if page_no is None or not words or places.why_hidden(page_no):
        return ()
    bbox = places.pictures.find_box(page_no, words)
    return places.show([{"page_no": page_no, "bbox": bbox, "text": words}], with_raw=False) if bbox else ()


def describe_search(rows: Rows, pages_unreadable: Sequence[int]) -> str:
    """What was looked through for an element, in one Thai line."""
    numbered = [row["page_no"] for row in rows["pages"] if row["page_no"] is not None]
    headings = sum(1 for row in rows["sections"] if row["heading"])
    read = len(set(numbered) - set(pages_unreadable))
    pages = f"{read} จาก {len(numbered)} หน้า" if numbered else "เนื้อหาทั้งไฟล์"
    missing = f" ค้นไม่ได้หน้า {', '.join(map(str, pages_unreadable))}" if pages_unreadable else ""
    return f"ค้นแล้ว {pages} หัวข้อ {headings} หัวข้อ ตาราง {len(rows['tables'])} ตาราง{missing}"


def _pages_of(evidence: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    pages = {place["page_no"] for place in evidence if place.get("page_no") is not None}
    return tuple(str(page) for page in sorted(pages))


def _components(elements: Sequence[ElementView]) -> tuple[ComponentView, ...]:
    found = []
    for head in (element for element in elements if element.level == ElementLevel.COMPONENT):
        parts = tuple(e for e in elements if e.element_id.startswith(head.element_id + "."))
        found.append(ComponentView(title=head.title, head=head, parts=parts))
    for level, title in (
        (ElementLevel.REQUIREMENT, "ข้อกำหนดเพิ่มเติมของหนังสือเวียน"),
        (ElementLevel.ANNEX, "ภาคผนวก"),
    ):
        parts = tuple(element for element in elements if element.level == level)
        if parts:
            found.append(ComponentView(title=title, head=None, parts=parts))
    return tuple(found)


def _finding(row: Mapping[str, Any], rows: Rows, places: Places) -> FindingView:
    words = [part.strip() for part in (row["evidence_text"] or "").split(FINDING_SEPARATOR) if part.strip()]
    known = {component["element_id"] for component in rows["components"]}
    element_id = row["element_id"]
    quoted = tuple((part, find_page(part, rows["pages"])) for part in words[:_FINDING_WORDS])
    return FindingView(
        code=row["code"],
        severity=row["severity"],
        message=places.masker.text(row["message_th"]),
        element_id=element_id,
        anchor=element_anchor(element_id) if element_id in known else None,
        places=places.show(_finding_places(row, quoted, places), with_raw=False),
        words=tuple(FindingPlace(text=places.masker.text(part), page_no=page_no) for part, page_no in quoted),
    )


def _finding_places(
    row: Mapping[str, Any], quoted: Sequence[tuple[str, int | None]], places: Places
) -> list[Mapping[str, Any]]:
    """Where a finding's words stand: the place that it names itself, then the others as far as their page has them."""
    found: list[Mapping[str, Any]] = []
    if row["page_no"] is not None or row["section_id"]:
        found.append({**row, "text": quoted[0][0] if quoted else ""})
    for words, page_no in quoted:
        if page_no is not None and not places.why_hidden(page_no):
            bbox = places.pictures.find_box(page_no, words)
            if bbox is not None:
                found.append({"page_no": page_no, "bbox": bbox, "text": words})
    return found[:_FINDING_PLACES]


def find_page(words: str, pages: Sequence[Mapping[str, Any]]) -> int | None:
    """The first page on which words stand, whatever white space parts them; None where none or too short to tell."""
    wanted = "".join(words.split())
    if len(wanted) < 6:
        return None
    return next((page["page_no"] for page in pages if wanted in "".join(page["text"].split())), None)


def _heading(row: Mapping[str, Any], masker: Masker) -> dict[str, Any]:
    return {
        "page_no": row["page_no"],
        "level": row["level"],
        "heading": masker.text(row["heading"]),
        "element_ids": tuple(row["element_ids"] or ([row["element_id"]] if row["element_id"] else [])),
        "score": row["match_score"],
    }


def _facts(document: Mapping[str, Any], delivery: PlanDelivery) -> tuple[tuple[str, str], ...]:
    facts = (
        ("ประเภทหน่วยงาน", label("agency_type", document["agency_type"])),
        ("จังหวัด", document["province"] or "ไม่ระบุ"),
        ("ปีของแผน", f"พ.ศ. {document['plan_year_be']:.0f}" if document["plan_year_be"] else "ไม่ระบุ"),
        ("วันที่ของแผน", thai_date(document["plan_date"]) or "ไม่ระบุ"),
        ("ผลการอ่าน", label("document_status", document["status"])),
        ("รูปแบบไฟล์ที่ได้รับ", FORMS_WORDS[delivery.forms]),
        *((("การส่ง", delivery.words),) if delivery.words else ()),
    )
    return tuple((name, str(value)) for name, value in facts)


def _receipt(document: Mapping[str, Any], version: str) -> tuple[tuple[str, str], ...]:
    size = document["size_bytes"]
    pages = document["page_count"]
    ocr_pages = document["ocr_page_count"]
    quality = document["text_quality"]
    seconds = document["seconds"]
    lines = (
        ("ไฟล์ (source_path)", document["source_path"]),
        ("ชนิดไฟล์", document["media_type"]),
        ("ขนาด", f"{size / 1024:,.0f} กิโลไบต์" if size is not None else None),
        ("SHA-256", document["sha256"]),
        ("รหัสเอกสาร (document_id)", document["document_id"]),
        ("จำนวนหน้า", f"{pages:.0f} (อ่านจากภาพ {ocr_pages or 0:.0f})" if pages else "รูปแบบไฟล์ไม่มีเลขหน้า"),
        ("คุณภาพข้อความ", f"{quality:.2f}" if quality is not None else None),
        ("โครงสร้างที่ใช้ตรวจ", document["schema_id"]),
        ("รุ่นของโปรแกรม", document["pipeline_version"] or version),
        ("ประมวลผลเมื่อ", thai_datetime(document["processed_at"])),
        ("เวลาที่ใช้", f"{seconds:.1f} วินาที" if seconds is not None else None),
        ("ข้อความผิดพลาด", (document["error_message"] or "").split(FINDING_SEPARATOR)[0] or None),
    )
    return tuple((name, str(value)) for name, value in lines if value)
