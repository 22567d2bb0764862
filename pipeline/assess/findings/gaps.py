"""What a plan promises in one part and does not carry through in another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import ElementStatus, Phase, Urgency
from normalizers.marks import is_blank
from normalizers.text import thai_skeleton
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import PassageKind, shorten
from pipeline.datasets.rows import Evidence, ResourceRequirementRow
from pipeline.outline.toc import is_column_head
from pipeline.records.items import one_line
from pipeline.records.steps import find_phase
from pipeline.vocabulary import Vocabulary, load_vocabulary

# A process that has to be back within a morning, needs that begin after a day.
SOON_HOURS: Final = 4.0
LATE_START_HOURS: Final = 24.0
MIN_LIST: Final = 3
MAX_PHASE_CHARS: Final = 120
# A table of contents that agrees with most of the plan, and not with a line or two of it.
MIN_CONTENTS: Final = 5
MAX_LOST_SHARE: Final = 0.3
SAME_HEADING: Final = 80.0
MIN_HEADING_LETTERS: Final = 6


@finding(
    "needs_start_late",
    Severity.INFO,
    element_id="2.6",
    th="ตารางความต้องการทรัพยากรเริ่มที่ {words} แต่มีกระบวนการที่ต้องกลับมาให้ได้เร็วกว่านั้น",
    en="The needs begin at {words}, but a process has to be back sooner",
)
def needs_start_late(context: FindingContext) -> Iterator[Observation]:
    """Needs that begin after a day, a process that has to be back in four hours. "Within a day" begins at once."""
    needs = [
        row for row in context.records.resource_requirements if row.bucket_raw and row.bucket_hours and is_wanted(row)
    ]
    targets = [row for row in context.records.bia_processes if row.rto_max_hours is not None]
    if "from_the_start" not in context.schema.phrases:
        return
    if not needs or not targets or any(context.was_read_by_ocr(row) for row in (*needs, *targets)):
        return
    first = min(needs, key=lambda row: row.bucket_hours or 0.0)
    soonest = min(targets, key=lambda row: row.rto_max_hours or 0.0)
    if first.bucket_hours is not None and soonest.rto_max_hours is not None:
        covers = context.plan.book.find(("from_the_start",), compact(first.bucket_raw or "")) is not None
        if first.bucket_hours >= LATE_START_HOURS and soonest.rto_max_hours <= SOON_HOURS and not covers:
            yield Observation(
                places=(first, soonest),
                words=(first.bucket_raw or f"{first.bucket_hours:g}",),
                evidence_text=quote(
                    [f"{soonest.process_name}: {soonest.rto_raw}", f"{first.resource_raw} {first.bucket_raw}"]
                ),
            )


def is_wanted(row: ResourceRequirementRow) -> bool:
    """Whether something of a need is wanted in its bucket."""
    return bool(row.ticked or row.quantity or (row.ticked is None and not is_blank(row.cell_raw or "")))


@finding(
    "pandemic_without_long_phase",
    Severity.INFO,
    element_id="3.long_duration",
    th="แผนรองรับโรคระบาด แต่ไม่มีขั้นตอนหรือทรัพยากรสำหรับเหตุการณ์ที่นานกว่า 1 เดือน",
    en="The plan covers an epidemic, but nothing in it is for a crisis of more than one month",
)
def pandemic_without_long_phase(context: FindingContext) -> Iterator[Observation]:
    """An epidemic in the plan's own scope or impacts, and nothing for more than a month."""
    if context.schema.find("3.pandemic") is None or context.schema.find("3.long_duration") is None:
        return
    pandemic, lasting = context.component("3.pandemic"), context.component("3.long_duration")
    if pandemic is None or lasting is None or pandemic.status is not ElementStatus.PRESENT:
        return
    if lasting.status is ElementStatus.MISSING:
        yield Observation(
            places=tuple(pandemic.evidence[:1]), evidence_text=quote(item.text for item in pandemic.evidence[:2])
        )


@finding(
    "process_without_owner",
    Severity.INFO,
    element_id="2.5.processes",
    th="กระบวนการเร่งด่วน {count} กระบวนการไม่ระบุผู้รับผิดชอบ ทั้งที่ตารางมีช่องผู้รับผิดชอบ ({words})",
    en="{count} urgent processes name no owner, though their table has a column for it ({words})",
)
def process_without_owner(context: FindingContext) -> Iterator[Observation]:
    """Urgent processes without an owner, in a table that names owners for others."""
    rows = context.records.bia_processes
    with_owner = {row.table_id for row in rows if row.owner}
    lacking = [
        row
        for row in rows
        if row.table_id in with_owner
        and not row.owner
        and row.urgency in (Urgency.VERY_HIGH, Urgency.HIGH)
        and not context.was_read_by_ocr(row)
    ]
    if lacking and len(lacking) < len(rows) / 2:
        yield Observation(
            places=tuple(lacking),
            count=len(lacking),
            words=tuple(row.process_name for row in lacking[:3]),
            evidence_text=quote(row.process_name for row in lacking),
        )


@finding(
    "phase_list_mismatch",
    Severity.INFO,
    element_id="2.7.steps",
    th="รายการช่วงเวลาที่แผนระบุไว้ไม่ตรงกับช่วงเวลาของขั้นตอนในแผน ({words})",
    en="The list of phases and the phases that have steps do not match ({words})",
)
def phase_list_mismatch(context: FindingContext) -> Iterator[Observation]:
    """A list of phases in the text that names one twice, or not those that have steps."""
    vocabulary = load_vocabulary(context.schema.words_id)
    steps = context.records.recovery_steps
    done = {row.phase for row in steps if row.phase not in (None, Phase.OTHER)}
    if not done or any(context.is_doubtful(row) for row in steps):
        return
    texts = [compact(row.text) for row in steps]
    for listed in _phase_lists(context, vocabulary):
        # Lines that hold steps are no list of the phases whose steps stand elsewhere.
        if any(text in compact(place.text or "") for text in texts for _, place in listed):
            continue
        phases = [phase for phase, _ in listed]
        twice = {phase for phase in phases if phases.count(phase) > 1}
        differ = twice | (done ^ set(phases))
        if differ and {Phase.BEFORE, Phase.AFTER, Phase.OTHER}.isdisjoint(done | set(phases)):
            yield Observation(
                places=tuple(place for _, place in listed),
                words=tuple(_PHASE_TH[phase] for phase in Phase if phase in differ),
                words_en=tuple(phase.value for phase in Phase if phase in differ),
                evidence_text=quote(place.text for _, place in listed),
            )
            return


_PHASE_TH: Final = {
    Phase.IMMEDIATE: "ภายใน 24 ชั่วโมง",
    Phase.SHORT_TERM: "ระยะสั้น",
    Phase.MEDIUM_TERM: "ระยะกลาง",
    Phase.LONG_TERM: "ระยะยาว",
    Phase.BEFORE: "ก่อนเกิดเหตุ",
    Phase.AFTER: "หลังเกิดเหตุ",
    Phase.OTHER: "อื่น ๆ",
}


def _phase_lists(context: FindingContext, vocabulary: Vocabulary) -> Iterator[list[tuple[Phase, Evidence]]]:
    """Paragraphs that follow each other and each only name a phase: a list of them, whose steps stand elsewhere."""
    run: list[tuple[Phase, Evidence]] = []
    for passage in context.plan.passages:
        phase = None
        if passage.kind is PassageKind.TEXT and any(label.startswith("2.7") for label in passage.labels):
            line = one_line(passage.text)
            phase = find_phase(line, vocabulary) if len(line) <= MAX_PHASE_CHARS else None
        if phase is not None:
            run.append((phase, passage.evidence()))
            continue
        if len(run) >= MIN_LIST:
            yield run
        run = []
    if len(run) >= MIN_LIST:
        yield run


@finding(
    "contents_not_found",
    Severity.INFO,
    th="สารบัญมีหัวข้อที่ไม่พบในเล่ม {count} หัวข้อ ({words})",
    en="{count} headings of the table of contents are not in the plan ({words})",
)
def contents_not_found(context: FindingContext) -> Iterator[Observation]:
    """Lines of the table of contents that the body does not have. OCR loses lines, so scans are not asked."""
    entries = context.mapped.outline.toc_entries
    if len(entries) < MIN_CONTENTS or any(page.source is TextSource.OCR for page in context.mapped.document.pages):
        return
    body = [thai_skeleton(passage.text[:200]) for passage in context.plan.passages]
    lost = [
        entry
        for entry in entries
        if len(key := thai_skeleton(entry.text)) >= MIN_HEADING_LETTERS
        and not is_column_head(entry.text)
        and not any(key in text for text in body)
        and max((fuzz.ratio(key, text) for text in body), default=0.0) < SAME_HEADING
    ]
    if lost and len(lost) <= MAX_LOST_SHARE * len(entries):
        yield Observation(
            places=tuple(Evidence(page_no=entry.provenance.page_number, text=shorten(entry.text)) for entry in lost),
            count=len(lost),
            words=tuple(shorten(entry.text).strip(" .…") for entry in lost[:3]),
            evidence_text=quote(entry.text for entry in lost),
        )
