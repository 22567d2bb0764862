"""Words that do not belong in the plan: another agency's, a hospital's, the form's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from docmodel.issue import Severity
from docmodel.vocabulary import AgencyType, DigitalQuestion, TableKind
from normalizers.markers import split_marker
from normalizers.text import thai_skeleton
from pipeline.assess.content import is_prompt
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import Passage, PassageKind
from pipeline.vocabulary import load_vocabulary

# Agencies whose names share less than this are two agencies, not two spellings of one.
SAME_AGENCY_RATIO: Final = 60.0
_MIN_AGENCY_CHARS: Final = 8

_PLAN_OF: Final = re.compile(
    r"(?:แผน(?:ดำเนินธุรกิจ|การดำเนินธุรกิจ|ดำเนินงาน)อย่างต่อเนื่อง|แผนบริหารความต่อเนื่อง|แผนความต่อเนื่อง|"
    r"คณะบริหารความต่อเนื่อง|ทีมงานบริหารความต่อเนื่อง|ทีมบริหารความต่อเนื่อง)\s*(?:\(bcp\))?\s*ของ\s*"
    r"(?P<agency>[^\s,()“”\"]{4,60})",
    re.IGNORECASE,
)
# Tables of one resource dimension belong to its part of these components.
_DIMENSION_TABLES: Final = {TableKind.STRATEGY: "2.4", TableKind.RESOURCES: "2.6"}
_HEALTH: Final = ("สาธารณสุข", "โรงพยาบาล", "แพทย์", "อนามัย", "ควบคุมโรค", "สุขภาพ", "พยาบาล", "สถานพยาบาล")


@finding(
    "foreign_text",
    Severity.WARNING,
    th="มีถ้อยคำของแผนโรงพยาบาลหลงเหลืออยู่ในแผนของหน่วยงาน ({words}) โปรดตรวจสอบว่าคัดลอกจากแผนอื่นหรือไม่",
    en="Words of a hospital's plan stand in a plan of another kind of agency ({words}); check what was copied",
)
def foreign_text(context: FindingContext) -> Iterator[Observation]:
    """Patients' words in a plan whose agency has no patients."""
    if "hospital_only" not in context.schema.phrases or _cares_for_patients(context):
        return
    for number in sorted(context.plan.index.saying(("hospital_only",))):
        passage = context.plan.passages[number]
        words = context.plan.book.find(("hospital_only",), passage.compact)
        if words is not None and passage.is_evidence:
            yield Observation(
                places=(passage.evidence(),),
                words=(words,),
                element_id=_element_of(context, passage),
                evidence_text=passage.evidence().text,
            )


def _cares_for_patients(context: FindingContext) -> bool:
    identity = context.identity
    if identity.agency_type in (AgencyType.HOSPITAL, AgencyType.UNIVERSITY) or identity.agency_name is None:
        return True
    return any(word in compact(identity.agency_name) for word in _HEALTH)


@finding(
    "other_agency_named",
    Severity.WARNING,
    th="แผนใช้ชื่อของหน่วยงานอื่น ({words}) โปรดตรวจสอบว่าคัดลอกจากแผนอื่นหรือไม่",
    en="The plan calls itself another agency's ({words}); check what was copied",
)
def other_agency_named(context: FindingContext) -> Iterator[Observation]:
    """ "The plan of …" or "the team of …" with an agency that is not the plan's own."""
    own = context.identity.agency_name
    if own is None:
        return
    starts = load_vocabulary(context.schema.words_id).agency_starts
    seen: set[str] = set()
    for passage in context.plan.passages:
        for match in _PLAN_OF.finditer(passage.text):
            name = match["agency"].strip("ฯ.:;")
            if name in seen or not any(name.startswith(start) for start in starts) or _is_own(name, own):
                continue
            seen.add(name)
            yield Observation(places=(passage.evidence(),), words=(name,), evidence_text=passage.evidence().text)


def _is_own(name: str, own: str) -> bool:
    """Whether a name is the agency's own, one of its parts, the one above it, or no proper name."""
    one, other = thai_skeleton(name), thai_skeleton(own)
    if len(one) < _MIN_AGENCY_CHARS or one in other or other in one:
        return True
    return fuzz.partial_ratio(one, other) >= SAME_AGENCY_RATIO


def _element_of(context: FindingContext, passage: Passage) -> str | None:
    match = context.plan.mapping_of(passage.table_id) if passage.table_id is not None else None
    if match is not None and match.dimension is not None and match.kind in _DIMENSION_TABLES:
        element_id = f"{_DIMENSION_TABLES[match.kind]}.{match.dimension.value}"
        if context.schema.find(element_id) is not None:
            return element_id
    known = [label for label in passage.labels if context.schema.find(label) is not None]
    return max(known, key=len) if known else None


@finding(
    "unfilled_prompt",
    Severity.WARNING,
    th="ยังมีข้อความของแบบฟอร์มที่ไม่ได้กรอก {count} แห่ง",
    en="{count} prompts of the form were left unfilled (unfilled prompt)",
)
def unfilled_prompt(context: FindingContext) -> Iterator[Observation]:
    """The form's own words left in the plan; the checklist's part on infrastructure may stay empty."""
    unused = {
        row.table_id for row in context.records.digital_services if row.question is DigitalQuestion.INFRASTRUCTURE
    }
    taken = [row.text for row in context.records.recovery_steps] + [row.text for row in context.records.strategies]
    recorded = {compact(text) for text in taken}
    left = [
        passage
        for passage in context.plan.passages
        if passage.kind in (PassageKind.TEXT, PassageKind.CELL)
        and len(passage.compact) >= 4
        and passage.table_id not in unused
        and compact(split_marker(passage.text)[1]) not in recorded
        and not _in_annex_tables(context, passage)
        and is_prompt(passage.text, context.plan)
    ]
    if left:
        yield Observation(
            places=tuple(passage.evidence() for passage in left),
            count=len(left),
            element_id=_element_of(context, left[0]),
            evidence_text=quote(passage.evidence().text for passage in left),
        )


@finding(
    "infrastructure_unfilled",
    Severity.INFO,
    element_id="annex.checklist",
    th="ส่วนโครงสร้างพื้นฐานของแบบตรวจสอบ (ข้อ 3.3) ยังเป็นข้อความของแบบฟอร์ม หากไม่มีภารกิจด้านนี้โปรดลบออกหรือเว้นว่างไว้",
    en="The checklist's part on infrastructure (3.3) still holds the form's own words",
)
def infrastructure_unfilled(context: FindingContext) -> Iterator[Observation]:
    """The form's prompts in the part on infrastructure; an empty part is no mistake of an agency that runs none."""
    if "infrastructure_head" not in context.schema.phrases:
        return
    for table, _ in context.plan.table_matches:
        heads = compact(" ".join(cell.text for cell in table.cells if cell.is_header))
        if context.plan.book.find(("infrastructure_head",), heads) is None:
            continue
        left = [
            passage
            for passage in context.plan.passages
            if passage.table_id == table.table_id
            and passage.kind is PassageKind.CELL
            and context.plan.book.find(("infrastructure_prompt",), passage.compact) is not None
        ]
        if left:
            yield Observation(
                places=tuple(passage.evidence() for passage in left),
                count=len(left),
                evidence_text=quote(passage.evidence().text for passage in left),
            )


def _in_annex_tables(context: FindingContext, passage: Passage) -> bool:
    if passage.table_id is None:
        return False
    match = context.plan.mapping_of(passage.table_id)
    return match is not None and match.kind in (TableKind.CHECKLIST, TableKind.DIGITAL_SERVICES)
