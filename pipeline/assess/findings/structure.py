"""How the plan hangs together: steps that stand twice, tables that are not there, processes that nothing serves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import Dimension
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import Passage
from pipeline.datasets.rows import RecoveryStepRow, StrategyRow

# A step written twice with another name for the same post is still the same step.
SAME_STEP_RATIO: Final = 93.0
_MIN_STEP_CHARS: Final = 20
# A BIA process is served when a need or strategy names most of its words.
SERVED_RATIO: Final = 70.0
_TABLE_NUMBER: Final = re.compile(r"ตารางที่(\d{1,3})(?!\d)(?:(?:-|–|ถึง|และ|,)(?:ตารางที่)?(\d{1,3})(?!\d))?")
# What stands in front of a number that is referred to; a caption that ran into its paragraph has none of these.
_REFERRING: Final = ("ดัง", "ตาม", "ใน", "จาก", "ดู", "กับ", "และ", "หรือ", "ของ", "แสดง", "ปรากฏ", "(", ",", "ที่")


@finding(
    "duplicate_step",
    Severity.INFO,
    element_id="2.7.steps",
    th="ขั้นตอนเดียวกันเขียนซ้ำในช่วงเวลาเดียวกัน {count} คู่",
    en="{count} steps stand twice in the same phase (duplicate step)",
)
def duplicate_step(context: FindingContext) -> Iterator[Observation]:
    """Two steps of one phase, incident and table in the same words."""
    phases: dict[tuple[object, ...], list[RecoveryStepRow]] = defaultdict(list)
    for row in context.records.recovery_steps:
        if context.is_doubtful(row):
            continue
        phases[row.table_id, row.section_id, row.phase_raw, row.incident].append(row)
    doubles: list[tuple[RecoveryStepRow, RecoveryStepRow]] = []
    for rows in phases.values():
        texts = [compact(row.text) for row in rows]
        for second in range(len(rows)):
            for first in range(second):
                if len(texts[second]) >= _MIN_STEP_CHARS and _same_step(texts[first], texts[second]):
                    doubles.append((rows[first], rows[second]))
                    break
    if doubles:
        yield Observation(
            places=tuple(row for pair in doubles for row in pair),
            count=len(doubles),
            evidence_text=quote(second.text for _, second in doubles),
        )


def _same_step(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=SAME_STEP_RATIO) > 0


@finding(
    "table_not_found",
    Severity.INFO,
    th="แผนอ้างถึงตารางที่ {words} แต่ไม่พบตารางหมายเลขนี้",
    en="The plan refers to table {words}, but there is no table of that number",
)
def table_not_found(context: FindingContext) -> Iterator[Observation]:
    """Tables referred to that no caption has. Not asked of pages read by OCR, where captions get lost."""
    captions, references = _table_numbers(context)
    if len(captions) < 2:
        return
    lost = {number: passage for number, passage in references.items() if number not in captions}
    if lost:
        yield Observation(
            places=tuple(passage.evidence() for passage in lost.values()),
            words=tuple(str(number) for number in sorted(lost)),
            evidence_text=quote(passage.evidence().text for passage in lost.values()),
        )


@finding(
    "table_numbering",
    Severity.INFO,
    th="ลำดับเลขตารางไม่ต่อเนื่อง ขาดตารางที่ {words}",
    en="The numbering of the tables has gaps: {words}",
)
def table_numbering(context: FindingContext) -> Iterator[Observation]:
    """Numbers left out between the first and the last caption."""
    captions, references = _table_numbers(context)
    if len(captions) < 3:
        return
    gaps = [
        number for number in range(min(captions), max(captions)) if number not in captions and number not in references
    ]
    # More gaps than captions mean that the captions were not found, not that the tables are lacking.
    if gaps and len(gaps) < len(captions) / 2:
        yield Observation(words=tuple(str(number) for number in gaps), places=(captions[max(captions)].evidence(),))


def _table_numbers(context: FindingContext) -> tuple[dict[int, Passage], dict[int, Passage]]:
    """The numbers that captions have, and those that the text refers to, each with its first place."""
    captions: dict[int, Passage] = {}
    references: dict[int, Passage] = {}
    if any(page.source is TextSource.OCR for page in context.mapped.document.pages):
        return captions, references
    for passage in context.plan.passages:
        for match in _TABLE_NUMBER.finditer(passage.compact):
            first, last = int(match[1]), int(match[2] or match[1])
            is_caption = match[2] is None and not passage.compact[: match.start()].endswith(_REFERRING)
            for number in range(first, min(last, first + 30) + 1):
                (captions if is_caption else references).setdefault(number, passage)
    return captions, references


@finding(
    "process_not_served",
    Severity.INFO,
    element_id="2.6",
    th="กระบวนการใน BIA {count} กระบวนการไม่มีความต้องการทรัพยากรรองรับ ({words})",
    en="{count} processes of the impact analysis have no resources planned ({words})",
)
def process_not_served(context: FindingContext) -> Iterator[Observation]:
    """Processes of the impact analysis without a need, where the plan lists its needs per process."""
    served = [compact(row.process_name) for row in context.records.resource_requirements if row.process_name]
    if not served:
        return
    lacking = [
        row
        for row in context.records.bia_processes
        if max(fuzz.partial_ratio(compact(row.process_name), name) for name in served) < SERVED_RATIO
    ]
    if lacking and len(lacking) < len(context.records.bia_processes):
        yield Observation(
            places=tuple(lacking),
            count=len(lacking),
            words=tuple(row.process_name for row in lacking[:5]),
            evidence_text=quote(row.process_name for row in lacking),
        )


@finding(
    "it_without_fallback",
    Severity.WARNING,
    element_id="2.4.it",
    th="กลยุทธ์ด้านเทคโนโลยีสารสนเทศมีเพียงการรอให้ระบบกลับมาใช้งานได้ ไม่มีระบบสำรองหรือวิธีทำงานทดแทน",
    en="The only IT strategy is to wait until the systems are back: no fallback",
)
def it_without_fallback(context: FindingContext) -> Iterator[Observation]:
    """Every IT strategy says that there is nothing to fall back on."""
    if "no_fallback" not in context.schema.phrases:
        return
    rows = [row for row in context.records.strategies if row.dimension is Dimension.IT]
    if rows and all(_only_waits(row, context) for row in rows):
        yield Observation(places=tuple(rows), evidence_text=quote(row.text for row in rows))


def _only_waits(row: StrategyRow, context: FindingContext) -> bool:
    return context.plan.book.find(("no_fallback",), compact(row.text)) is not None


@finding(
    "team_appointed_after_event",
    Severity.INFO,
    element_id="2.7.steps",
    th="ขั้นตอนเมื่อเกิดเหตุเริ่มจากการแต่งตั้งคณะบริหารความต่อเนื่อง ซึ่งควรแต่งตั้งไว้ก่อนเกิดเหตุ",
    en="The continuity team is appointed as a step after the event; it should stand before",
)
def team_appointed_after_event(context: FindingContext) -> Iterator[Observation]:
    """A step of the response that appoints the team."""
    if "appoints_team" not in context.schema.phrases:
        return
    rows = [
        row
        for row in context.records.recovery_steps
        if context.plan.book.find(("appoints_team",), compact(row.text)) is not None
    ]
    if rows:
        yield Observation(places=tuple(rows), evidence_text=quote(row.text for row in rows))
