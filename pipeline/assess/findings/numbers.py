"""Numbers that do not fit each other: totals, counts in the text, quantities without a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from docmodel.issue import Severity
from normalizers.marks import is_blank
from normalizers.numerals import parse_number
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.plan_text import Passage, PassageKind
from pipeline.datasets.rows import ResourceRequirementRow

# Rounding in a plan's own sums (area per person, percentages).
SUM_TOLERANCE: Final = 0.51
_WORDS: Final = r"(?P<number>\d{1,3}|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|สิบเอ็ด|สิบสอง)"
_BEFORE: Final = rf"(?:จำนวน|ทั้งหมด|ทั้งสิ้น|รวม|มี){_WORDS}(?:กระบวนการ|กระบวนงาน)"
_AFTER: Final = (
    rf"กระบวนการ(?:หลัก|ที่สำคัญ|งาน)?(?:จำนวน|ทั้งหมด|ทั้งสิ้น){_WORDS.replace('number', 'after')}"
    r"(?:กระบวนการ|กระบวนงาน|งาน|รายการ)"
)
_COUNTED: Final = re.compile(f"{_BEFORE}|{_AFTER}")
_DIGIT: Final = re.compile(r"\d")


@finding(
    "total_does_not_add_up",
    Severity.WARNING,
    th="ยอดรวมในตารางความต้องการทรัพยากรไม่เท่ากับผลรวมของรายการ {count} ช่อง ({words})",
    en="{count} totals of the needs do not equal the sum of their items ({words})",
)
def total_does_not_add_up(context: FindingContext) -> Iterator[Observation]:
    """A total row that differs from the sum of the rows above it, where every one of them is a plain number."""
    columns: dict[tuple[str, str | None, str | None, str], list[ResourceRequirementRow]] = defaultdict(list)
    for row in context.records.resource_requirements:
        if row.table_id is not None and not context.was_read_by_ocr(row):
            columns[row.table_id, row.process_name, row.bucket_raw, row.dimension].append(row)
    wrong: list[tuple[ResourceRequirementRow, float]] = []
    for rows in columns.values():
        wrong.extend(_wrong_totals(rows))
    by_dimension: dict[str, list[tuple[ResourceRequirementRow, float]]] = defaultdict(list)
    for row, total in wrong:
        by_dimension[row.dimension].append((row, total))
    for dimension, cells in by_dimension.items():
        yield Observation(
            places=tuple(row for row, _ in cells),
            count=len(cells),
            words=tuple(dict.fromkeys(row.bucket_raw or row.resource_raw for row, _ in cells)),
            element_id=f"2.6.{dimension}",
            evidence_text=quote(
                f"{row.resource_raw} {row.bucket_raw or ''}: {_plain(row.quantity)} ≠ {_plain(total)}"
                for row, total in cells
            ),
        )


def _wrong_totals(rows: list[ResourceRequirementRow]) -> Iterator[tuple[ResourceRequirementRow, float]]:
    """Totals of one column that do not add up. Only a column with one total, at its end, is clear enough to judge."""
    totals = [row for row in rows if row.is_total]
    items = [row for row in rows if not row.is_total]
    if len(totals) != 1 or len(items) < 2 or rows[-1] is not totals[0]:
        return
    total = totals[0]
    units = {row.unit for row in rows if row.unit}
    if total.quantity is None or len(units) > 1:
        return
    known = [row.quantity for row in items if row.quantity is not None]
    blank = [row for row in items if row.quantity is None]
    if len(known) < 2 or any(not is_blank(row.cell_raw or "") for row in blank):
        return
    expected = sum(known)
    if abs(expected - total.quantity) > SUM_TOLERANCE:
        yield total, expected


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


@finding(
    "count_differs",
    Severity.WARNING,
    element_id="2.5.processes",
    th="ข้อความระบุจำนวนกระบวนการ {words} แต่ตารางมี {count} กระบวนการ",
    en="The text says {words} processes, the table has {count} (count differs)",
)
def count_differs(context: FindingContext) -> Iterator[Observation]:
    """A number of processes in the text of the impact analysis that its table contradicts."""
    processes = context.records.bia_processes
    if not processes:
        return
    groups = {row.process_group for row in processes if row.process_group}
    tables = {row.table_id for row in processes}
    fitting = {len(processes), len(groups), *(sum(row.table_id == table for row in processes) for table in tables)}
    for passage in context.plan.passages:
        stated = _stated_count(passage)
        if stated is not None and stated not in fitting and any(label.startswith("2.5") for label in passage.labels):
            yield Observation(
                places=(passage.evidence(),),
                words=(str(stated),),
                count=len(processes),
                evidence_text=passage.evidence().text,
            )


def _stated_count(passage: Passage) -> int | None:
    if passage.kind is not PassageKind.TEXT:
        return None
    match = _COUNTED.search(passage.compact)
    if match is None:
        return None
    number = parse_number(match["number"] or match["after"])
    return int(number) if number is not None else None


@finding(
    "quantity_missing",
    Severity.WARNING,
    th="ช่องความต้องการทรัพยากร {count} ช่องมีเพียงหน่วยนับ ไม่มีจำนวน ({words})",
    en="{count} cells of the needs hold a unit without a number (quantity missing: {words})",
)
def quantity_missing(context: FindingContext) -> Iterator[Observation]:
    """A cell with a unit alone, in a row whose other cells have numbers."""
    rows: dict[tuple[str, str], list[ResourceRequirementRow]] = defaultdict(list)
    for row in context.records.resource_requirements:
        if not context.was_read_by_ocr(row):
            rows[row.table_id or "", row.resource_raw].append(row)
    for cells in rows.values():
        units = {row.unit for row in cells if row.unit and row.quantity is not None}
        bare = [row for row in cells if row.quantity is None and _is_unit(row.cell_raw, units)]
        if bare:
            first = bare[0]
            yield Observation(
                places=tuple(bare),
                count=len(bare),
                words=(first.resource_raw, *(row.bucket_raw or "" for row in bare if row.bucket_raw)),
                element_id=f"2.6.{first.dimension}",
                evidence_text=quote([first.resource_raw, *(row.cell_raw for row in bare)]),
            )


def _is_unit(text: str | None, units: set[str]) -> bool:
    return text is not None and not _DIGIT.search(text) and text.strip() in units
