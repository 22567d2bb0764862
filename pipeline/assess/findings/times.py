"""Times that do not fit: urgency against target time, target against tolerable outage, the age of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from docmodel.issue import Severity
from docmodel.table import Table
from docmodel.vocabulary import TableKind, Urgency
from normalizers.durations import parse_duration
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.assess.table_cells import wanted_cells

# A plan is to be reviewed every year; after three nobody can rely on its people and phones.
MAX_AGE_YEARS: Final = 3
_BUDDHIST_ERA: Final = 543
_RANK: Final = {Urgency.VERY_HIGH: 3, Urgency.HIGH: 2, Urgency.MEDIUM: 1, Urgency.LOW: 0}
_FULL_SCALE: Final = ("สูง", "ปานกลาง", "ต่ำ")
_YEAR_IN_NAME: Final = re.compile(r"(?<!\d)25[5-9]\d(?!\d)")
# A plan of a fiscal year is dated in the year before; only a wider gap is a contradiction.
MAX_YEAR_GAP: Final = 1


@finding(
    "urgency_rto_mismatch",
    Severity.INFO,
    element_id="2.5.rto",
    th="กระบวนการที่เร่งด่วนกว่ามีระยะเวลาเป้าหมายในการฟื้นคืนสภาพนานกว่ากระบวนการที่เร่งด่วนน้อยกว่า: {words}",
    en="More urgent processes have a later target time (RTO) than less urgent ones (urgency rto mismatch): {words}",
)
def urgency_rto_mismatch(context: FindingContext) -> Iterator[Observation]:
    """Processes that must be back later than a less urgent one of the same table."""
    timed = [
        (row, _RANK[row.urgency], row.rto_min_hours)
        for row in context.records.bia_processes
        if row.urgency and row.rto_min_hours is not None
    ]
    soonest: dict[tuple[str | None, int], float] = {}
    for row, rank, hours in timed:
        soonest[row.table_id, rank] = min(hours, soonest.get((row.table_id, rank), hours))
    late = [
        row
        for row, rank, hours in timed
        if any(soonest.get((row.table_id, lower), hours) < hours for lower in range(rank))
    ]
    if late:
        yield Observation(
            places=tuple(late),
            words=tuple(row.process_name for row in late[:5]),
            evidence_text=quote(
                f"{row.process_name}: {row.urgency_raw or row.urgency} · {row.rto_raw or ''}" for row in late
            ),
        )


@finding(
    "urgency_scale",
    Severity.INFO,
    element_id="2.5.urgency",
    th="ตาราง BIA กำหนดเกณฑ์ระดับความเร่งด่วนไว้ สูง ปานกลาง ต่ำ แต่มี {count} กระบวนการที่ใช้ระดับสูงมากซึ่งไม่อยู่ในเกณฑ์",
    en="The scale of urgency is high, medium, low, but {count} processes say very high, which is not in it",
)
def urgency_scale(context: FindingContext) -> Iterator[Observation]:
    """An urgency that the table's own scale does not have."""
    above = [
        row
        for row in context.records.bia_processes
        if row.urgency is Urgency.VERY_HIGH and not context.is_doubtful(row)
    ]
    if not above:
        return
    for table, match in context.plan.table_matches:
        heads = [compact(cell.text) for cell in table.cells if cell.is_header]
        scale = next((head for head in heads if all(word in head for word in _FULL_SCALE)), None)
        rows = [row for row in above if row.table_id == table.table_id]
        if match.kind is TableKind.BIA and scale is not None and "สูงมาก" not in scale and rows:
            yield Observation(
                places=tuple(rows), count=len(rows), evidence_text=quote(row.process_name for row in rows)
            )


@finding(
    "rto_exceeds_mtpd",
    Severity.WARNING,
    element_id="2.5.rto",
    th="ระยะเวลาเป้าหมาย (RTO) นานกว่าระยะเวลาหยุดชะงักสูงสุดที่ยอมรับได้ (MTPD) {count} กระบวนการ",
    en="The target time (RTO) exceeds the maximum tolerable outage (MTPD) for {count} processes",
)
def rto_exceeds_mtpd(context: FindingContext) -> Iterator[Observation]:
    """Rows of an impact analysis with a column for each that contradict each other."""
    for table, match in context.plan.table_matches:
        if match.kind is not TableKind.BIA:
            continue
        wrong = list(_rows_over_limit(table, context))
        if wrong:
            places = tuple(
                row
                for row in context.records.bia_processes
                if row.table_id == table.table_id and any(row.process_name in line for line in wrong)
            )
            yield Observation(places=places, count=len(wrong), evidence_text=quote(wrong))


def _rows_over_limit(table: Table, context: FindingContext) -> Iterator[str]:
    sets = context.schema.phrases
    if "rto_only_head" not in sets or "mtpd_head" not in sets:
        return
    targets = wanted_cells(table, ("rto_only_head",), (), context.plan)
    limits = wanted_cells(table, ("mtpd_head",), (), context.plan)
    if len(targets) != 1 or len(limits) != 1 or len(targets[0]) != len(limits[0]):
        return
    body = range(table.header_rows or 0, table.n_rows)
    for index, (target, limit) in enumerate(zip(targets[0], limits[0], strict=True)):
        hours, most = parse_duration(target.text), parse_duration(limit.text)
        if hours is None or most is None or hours.max_hours is None or most.max_hours is None:
            continue
        if hours.max_hours > most.max_hours and index < len(body):
            yield " · ".join(cell.text for cell in table.cells if cell.row == body[index] and cell.text.strip())


@finding(
    "plan_outdated",
    Severity.INFO,
    th="แผนเป็นของปี พ.ศ. {words} ผ่านมา {count} ปีแล้ว โปรดทบทวนแผนให้เป็นปัจจุบัน",
    en="The plan is of the year {words} B.E., {count} years ago; it should be reviewed",
)
def plan_outdated(context: FindingContext) -> Iterator[Observation]:
    """A plan older than three years by its newest year."""
    known = [context.identity.plan_year_be]
    if context.identity.plan_date is not None:
        known.append(context.identity.plan_date.year + _BUDDHIST_ERA)
    years = [year for year in known if year is not None]
    if not years:
        return
    age = date.today().year + _BUDDHIST_ERA - max(years)
    if age > MAX_AGE_YEARS:
        yield Observation(words=(str(max(years)),), count=age, evidence_text=context.identity.title)


@finding(
    "year_differs",
    Severity.INFO,
    th="ปีของแผนบนปกกับปีในคำสั่งหรือในชื่อไฟล์ไม่ตรงกัน ({words})",
    en="The year of the plan and the year of its order or of its file name differ ({words})",
)
def year_differs(context: FindingContext) -> Iterator[Observation]:
    """A year in the file name, or of the order or approval, more than a fiscal year away from the plan's own."""
    day = context.identity.plan_date
    if context.identity.plan_year_be is not None and day is not None:
        dated = day.year + _BUDDHIST_ERA
        if abs(dated - context.identity.plan_year_be) > MAX_YEAR_GAP:
            yield Observation(words=(str(context.identity.plan_year_be), str(dated)), evidence_text=str(dated))
    year = context.identity.plan_year_be
    name = context.mapped.document.source.source_path.rpartition("/")[2]
    named = {int(match.group()) for match in _YEAR_IN_NAME.finditer(name)}
    if year is not None and named and all(abs(other - year) > MAX_YEAR_GAP for other in named):
        yield Observation(words=(str(year), *(str(other) for other in sorted(named))), evidence_text=name)
