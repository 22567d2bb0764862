"""What kind of document it is, from what it holds first and what it calls itself second."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import NormalizedDocument
from docmodel.mapping import MatchOutcome
from docmodel.outline import Section
from docmodel.vocabulary import DocumentClass, TableKind
from normalizers.text import normalize_value
from pipeline.identity.titles import Title, TitleKind
from pipeline.mapping.decide import component
from pipeline.values import MappedDocument

# A plan has at least three of these parts as content of its own; whatever is missing, a look-alike has not these.
PARTS: Final = {
    "2.3": TableKind.TEAM,
    "2.4": TableKind.STRATEGY,
    "2.5": TableKind.BIA,
    "2.6": TableKind.RESOURCES,
    "2.7": TableKind.RECOVERY_STEPS,
    "2.8": TableKind.CALL_TREE,
}
MIN_PARTS: Final = 3
# Disaster, fire and IT plans have teams, steps and contacts, too; only continuity plans have these.
DISTINCTIVE: Final = frozenset({"2.4", "2.5", "2.6"})
SURE_TABLE: Final = 0.6
SURE_HEADING: Final = 0.7
# Under a heading of a plan stands more than the one sentence in which a circular explains the part.
MIN_BLOCKS: Final = 2
MIN_CHARS: Final = 320
OPENING_LINES: Final = 60
CLOSING_LINES: Final = 40
MIN_LETTER_SIGNS: Final = 3
MIN_GUIDELINE_SIGNS: Final = 2

_LETTER_SIGNS: Final = (
    re.compile(r"^ที่\s+\S{1,12}\s*[0-9๐-๙]{2,}"),
    re.compile(r"^เรียน\s+\S"),
    re.compile(r"^เรื่อง\s+\S"),
    re.compile(r"^(?:สิ่งที่ส่งมาด้วย|อ้างถึง)"),
    re.compile(r"ขอแสดงความนับถือ"),
    re.compile(r"จึง(?:ขอ)?(?:เรียน|ส่ง)มา(?:เพื่อ|พร้อม)"),
    re.compile(r"^บันทึกข้อความ"),
    re.compile(r"^ส่วนราชการ\s+\S"),
)
_GUIDELINE_SIGNS: Final = (
    re.compile(r"ให้(?:หน่วยงาน|ส่วนราชการ)\S{0,12}(?:จัดทำ|จัดส่ง|ดำเนินการ|ทบทวน|ปรับปรุง|พิจารณา)"),
    re.compile(r"(?:สามารถ)?ดาวน์โหลดแบบฟอร์ม|ตามแบบฟอร์มที่"),
    re.compile(r"องค์ประกอบของแผน"),
    re.compile(r"แนวทางการ(?:จัดทำ|ทบทวน|ปรับปรุง)"),
    re.compile(r"ควร(?:มี|ประกอบด้วย|ระบุ|ดำเนินการ)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDecision:
    """The kind of a document, how sure (0–1), and why in a few words without any text of the document."""

    document_class: DocumentClass
    confidence: float
    reason: str


def find_document_class(mapped: MappedDocument, title: Title) -> ClassDecision:
    """Decide the kind of a document.

    Parts count as content of their own: a table of the part's kind, or a section of it with more than a sentence. A
    blank form has them, too, and is a plan; a letter or circular that only names the parts has not.
    """
    tables = _parts_by_table(mapped)
    sections = _parts_by_section(mapped)
    parts = tables | sections
    letter = _count_signs(mapped.document, _LETTER_SIGNS, ends_only=True)
    guideline = _count_signs(mapped.document, _GUIDELINE_SIGNS, ends_only=False)
    found = f"parts {','.join(sorted(parts)) or '-'}; title {title.kind.value}; letter {letter}; guideline {guideline}"
    is_circular = (
        letter >= MIN_LETTER_SIGNS or title.kind is TitleKind.GUIDELINE or guideline >= MIN_GUIDELINE_SIGNS + 1
    )
    # A memo that its plan is bound behind has the plan's parts, one of them as a table.
    bound = bool(tables) and title.kind is TitleKind.PLAN and _is_plan(parts, tables, title)
    if is_circular and len(tables) < MIN_PARTS - 1 and not bound:
        return _circular(letter, guideline, title, found)
    if title.kind is TitleKind.REPORT and len(parts) < MIN_PARTS + 2:
        return ClassDecision(document_class=DocumentClass.REPORT, confidence=0.75, reason=found)
    if _is_plan(parts, tables, title):
        return _plan(parts, title, found)
    if title.kind is TitleKind.OTHER_PLAN:
        return ClassDecision(document_class=DocumentClass.OTHER, confidence=0.85, reason=found)
    if title.kind is TitleKind.REPORT:
        return ClassDecision(document_class=DocumentClass.REPORT, confidence=0.7, reason=found)
    if not _has_text(mapped.document):
        return ClassDecision(document_class=DocumentClass.UNKNOWN, confidence=0.3, reason=found)
    if title.kind is TitleKind.PLAN:
        return ClassDecision(document_class=DocumentClass.BCP_PLAN, confidence=0.5, reason=found)
    unclear = bool(parts)
    return ClassDecision(
        document_class=DocumentClass.UNKNOWN if unclear else DocumentClass.OTHER,
        confidence=0.4 if unclear else 0.6,
        reason=found,
    )


def _is_plan(parts: frozenset[str], tables: frozenset[str], title: Title) -> bool:
    enough = len(parts) >= MIN_PARTS and bool(parts & DISTINCTIVE)
    if title.kind is TitleKind.OTHER_PLAN:
        # An older plan adapted to a continuity plan keeps its name; then the parts that only such a plan has are there.
        return enough and bool(tables & {"2.5", "2.6"}) and len(parts & DISTINCTIVE) >= 2
    return enough


def _plan(parts: frozenset[str], title: Title, found: str) -> ClassDecision:
    confidence = min(0.99, 0.6 + 0.07 * len(parts) + (0.1 if title.kind is TitleKind.PLAN else 0.0))
    return ClassDecision(document_class=DocumentClass.BCP_PLAN, confidence=round(confidence, 2), reason=found)


def _circular(letter: int, guideline: int, title: Title, found: str) -> ClassDecision:
    """A circular with its guideline behind it is a guideline; without, a letter."""
    is_guideline = (title.kind is TitleKind.GUIDELINE and guideline >= MIN_GUIDELINE_SIGNS) or letter < MIN_LETTER_SIGNS
    signs = max(letter, guideline)
    return ClassDecision(
        document_class=DocumentClass.GUIDELINE if is_guideline else DocumentClass.LETTER,
        confidence=round(min(0.95, 0.6 + 0.07 * signs), 2),
        reason=found,
    )


def _parts_by_table(mapped: MappedDocument) -> frozenset[str]:
    kinds = {
        match.kind
        for match in mapped.mapping.tables
        if match.outcome is not MatchOutcome.UNMATCHED and match.score >= SURE_TABLE
    }
    return frozenset(part for part, kind in PARTS.items() if kind in kinds)


def _parts_by_section(mapped: MappedDocument) -> frozenset[str]:
    found: set[str] = set()
    for section in mapped.outline.sections:
        match = mapped.mapping.section(section.section_id)
        if match is None or match.outcome is not MatchOutcome.MATCHED or not match.element_ids:
            continue
        if match.candidates[0].score >= SURE_HEADING and _has_content(section, mapped):
            found.update(component(element_id) for element_id in match.element_ids)
    return frozenset(found & PARTS.keys())


def _has_content(section: Section, mapped: MappedDocument) -> bool:
    texts = [block for block in section.text_blocks() if block.text.strip()]
    if any(isinstance(block, TableBlock) for block in section.blocks):
        return True
    if len(texts) >= MIN_BLOCKS or sum(len(block.text) for block in texts) >= MIN_CHARS:
        return True
    return bool(mapped.outline.children(section.section_id))


def _count_signs(document: NormalizedDocument, signs: tuple[re.Pattern[str], ...], *, ends_only: bool) -> int:
    lines = list(_lines(document))
    if ends_only:
        lines = [*lines[:OPENING_LINES], *lines[-CLOSING_LINES:]]
    return sum(1 for sign in signs if any(sign.search(line) for line in lines))


def _lines(document: NormalizedDocument) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, TextBlock):
            yield from (text for line in block.text.split("\n") if (text := normalize_value(line)))


def _has_text(document: NormalizedDocument) -> bool:
    return any(True for _ in _lines(document)) or any(True for _ in document.tables())
