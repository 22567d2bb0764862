"""The register of findings: each code with its severity, its messages and the function that looks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from pipeline.assess.plan_text import PlanText
from pipeline.datasets.columns import PlacedRow
from pipeline.datasets.rows import ComponentRow, Evidence, FindingRow
from pipeline.schema import Schema
from pipeline.values import Identity, MappedDocument, Records

# More places than this in one finding tell the analyst nothing new.
MAX_PLACES: Final = 6
# Rows of a clear scan have 0.85 and more; below this every few words hold a wrong letter.
SURE_READING: Final = 0.75


@dataclass(frozen=True, kw_only=True)
class FindingContext:
    """All that a check can look at."""

    plan: PlanText
    mapped: MappedDocument
    identity: Identity
    records: Records
    components: tuple[ComponentRow, ...]
    schema: Schema

    @cached_property
    def ocr_pages(self) -> frozenset[int | None]:
        """The numbers of the pages that were read by OCR."""
        return frozenset(page.number for page in self.mapped.document.pages if page.source is TextSource.OCR)

    def was_read_by_ocr(self, row: PlacedRow) -> bool:
        """Whether a row stands on a page that was read by OCR, where a wrong digit is most likely the reader's slip."""
        return bool(self.ocr_pages) and (row.page_no is None or row.page_no in self.ocr_pages)

    def is_doubtful(self, row: PlacedRow) -> bool:
        """Whether a row was read by OCR and not well: what looks odd in it is most likely the reader's slip."""
        return row.confidence is not None and row.confidence < SURE_READING and self.was_read_by_ocr(row)

    def component(self, element_id: str) -> ComponentRow | None:
        """The verdict on an element, None where there is none."""
        return next((row for row in self.components if row.element_id == element_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something a check saw: words for the messages (never a person's), places as evidence, the element concerned.

    ``places`` are rows or evidence, the first is where an analyst should look first. ``words_en`` stand in the English
    message (without them the Thai ones do).
    """

    places: tuple[PlacedRow | Evidence, ...] = ()
    words: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()
    element_id: str | None = None
    evidence_text: str | None = None
    count: int | None = None


Check = Callable[[FindingContext], Iterable[Observation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """A kind of finding. In the messages ``{words}`` and ``{count}`` are filled from the observation."""

    code: str
    severity: Severity
    element_id: str | None
    th: str
    en: str
    check: Check


REGISTER: Final[dict[str, FindingKind]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchKind:
    """A kind of finding that only the whole batch shows: no function of one plan looks for it."""

    code: str
    severity: Severity
    th: str
    en: str


BATCH_KINDS: Final[dict[str, BatchKind]] = {
    kind.code: kind
    for kind in (
        BatchKind(
            code="copied_section",
            severity=Severity.WARNING,
            th="เนื้อหาส่วนนี้เหมือนกับแผนของหน่วยงานอื่น ({words}) โปรดตรวจสอบว่าคัดลอกมาโดยไม่ได้ปรับให้เป็นของหน่วยงานหรือไม่",
            en="This part reads like that of another agency's plan ({words}); check that it was adapted",
        ),
        BatchKind(
            code="newer_version_exists",
            severity=Severity.INFO,
            th="หน่วยงานเดียวกันส่งแผนฉบับที่ใหม่กว่าในรอบนี้ ({words}) โปรดใช้ฉบับใหม่ในการติดตาม",
            en="The same agency sent a newer plan in this batch ({words}); follow up on that one",
        ),
    )
}


def finding(
    code: str, severity: Severity, *, element_id: str | None = None, th: str, en: str
) -> Callable[[Check], Check]:
    """Enter a check into the register under its code."""

    def enter(check: Check) -> Check:
        if code in REGISTER:
            raise ValueError(f"finding {code} is registered twice")
        REGISTER[code] = FindingKind(code=code, severity=severity, element_id=element_id, th=th, en=en, check=check)
        return check

    return enter


def build_row(kind: FindingKind, seen: Observation, document_id: str, schema: Schema) -> FindingRow:
    """The dataset row of an observation; an element that the schema does not have is left out."""
    element_id = seen.element_id or kind.element_id
    first = seen.places[0] if seen.places else None
    words = ", ".join(seen.words)
    words_en = ", ".join(seen.words_en) or words
    return FindingRow(
        document_id=document_id,
        page_no=first.page_no if first else None,
        bbox=first.bbox if first else None,
        table_id=first.table_id if first else None,
        section_id=first.section_id if first else None,
        confidence=first.confidence if isinstance(first, PlacedRow) else None,
        code=kind.code,
        severity=kind.severity,
        element_id=element_id if element_id is not None and schema.find(element_id) is not None else None,
        message_th=kind.th.format(words=words, count=seen.count),
        message_en=kind.en.format(words=words_en, count=seen.count),
        evidence_text=seen.evidence_text,
    )


def quote(texts: Iterable[str | None]) -> str | None:
    """Several places' words in one text, None where there are none."""
    known = list(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
    return " | ".join(known[:MAX_PLACES]) or None
