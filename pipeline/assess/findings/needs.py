"""Needs that do not fit each other or their place: two tables on the same people, things that are no place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from docmodel.issue import Severity
from docmodel.vocabulary import Dimension
from normalizers.quantities import parse_quantities
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.datasets.rows import ResourceRequirementRow
from pipeline.vocabulary import load_vocabulary

_PERSONS: Final = frozenset({"คน", "ราย", "อัตรา"})
# So many things that are no place make a table of places unclear; one may be a system to meet in.
MIN_UNCLEAR: Final = 2
# A label that stands in front of so many different things names none of them.
MIN_REPEATED: Final = 3
# What is left of a label without figures, units and brackets; a name is longer.
MIN_NAME_LETTERS: Final = 4
_UNITS: Final = re.compile(r"ตร|ตารางเมตร|คน|จนท|ราย|เครื่อง|ชุด|[\d\s.()\[\]/x×,:;-]")

_Bucket = tuple[str | None, float | None, str | None]


@finding(
    "numbers_disagree",
    Severity.INFO,
    element_id="2.6.personnel",
    th="จำนวนผู้ปฏิบัติงานที่บ้านในตารางความต้องการสองตารางไม่ตรงกัน ({words})",
    en="Two tables of the needs give different numbers of people who work at home ({words})",
)
def numbers_disagree(context: FindingContext) -> Iterator[Observation]:
    """People at home in the table of places against the table of personnel, where every time they share differs."""
    if "at_home" not in context.schema.phrases:
        return
    tables: dict[str, dict[_Bucket, ResourceRequirementRow]] = defaultdict(dict)
    for row in context.records.resource_requirements:
        at_home = context.plan.book.find(("at_home",), compact(row.resource_raw)) is not None
        if at_home and row.table_id and not row.is_total and not context.was_read_by_ocr(row) and persons(row):
            bucket = (row.process_name, row.bucket_hours, row.bucket_raw if row.bucket_hours is None else None)
            tables[row.table_id].setdefault(bucket, row)
    for one, other in combinations(tables.values(), 2):
        shared = [bucket for bucket in one if bucket in other]
        pairs = [(one[bucket], other[bucket]) for bucket in shared]
        about = {row.dimension for pair in pairs for row in pair}
        if len(about) < 2 or not pairs or any(persons(first) == persons(second) for first, second in pairs):
            continue
        yield Observation(
            places=(*pairs[0],),
            words=tuple(f"{first.bucket_raw}: {persons(first):g} ≠ {persons(second):g} คน" for first, second in pairs),
            words_en=tuple(f"{first.bucket_raw}: {persons(first):g} ≠ {persons(second):g}" for first, second in pairs),
            evidence_text=quote(f"{row.resource_raw} {row.bucket_raw}: {row.cell_raw}" for row in pairs[0]),
        )


def persons(row: ResourceRequirementRow) -> float | None:
    """How many people a need says, None where it counts something else."""
    stated = [quantity for quantity in parse_quantities(row.cell_raw or "") if quantity.unit in _PERSONS]
    if stated:
        return stated[0].value
    return row.quantity if row.unit in _PERSONS else None


@finding(
    "workplace_need_unclear",
    Severity.INFO,
    element_id="2.6.workplace",
    th="ตารางความต้องการด้านสถานที่ปฏิบัติงานสำรองมีรายการที่ไม่ใช่สถานที่หรือระบุไม่ชัดเจน {count} รายการ ({words})",
    en="{count} entries of the table of alternate workplaces are no place or unclear ({words})",
)
def workplace_need_unclear(context: FindingContext) -> Iterator[Observation]:
    """Rows of a table of places that name systems or people and no place, or all the same bare figure."""
    if "place_words" not in context.schema.phrases:
        return
    tables: dict[str, dict[tuple[str, str | None], ResourceRequirementRow]] = defaultdict(dict)
    for row in context.records.resource_requirements:
        asked = row.dimension is Dimension.WORKPLACE and not row.is_total and not context.was_read_by_ocr(row)
        if asked and row.table_id:
            tables[row.table_id].setdefault((row.resource_raw, row.source_raw), row)
    for rows in tables.values():
        unclear = [row for row in rows.values() if _is_no_place(row, context)]
        labels = [row.resource_raw for row in rows.values()]
        repeated = [row for row in rows.values() if labels.count(row.resource_raw) >= MIN_REPEATED and _is_bare(row)]
        # by identity: a row holds its box as a list, which has no hash
        wrong = tuple({id(row): row for row in (*repeated, *unclear)}.values())
        if len(unclear) >= MIN_UNCLEAR or repeated:
            yield Observation(
                places=wrong,
                count=len(wrong),
                words=tuple(dict.fromkeys(row.resource_raw for row in wrong))[:3],
                evidence_text=quote(f"{row.resource_raw} · {row.source_raw or ''}" for row in wrong),
            )


def _is_no_place(row: ResourceRequirementRow, context: FindingContext) -> bool:
    """Whether a row names a system or people, and no place anywhere."""
    text = f"{row.resource_raw} {row.source_raw or ''}"
    if context.plan.book.find(("place_words",), compact(text)) is not None:
        return False
    named = {match.label for match in load_vocabulary(context.schema.words_id).dimensions.find_all(text)}
    says_system = context.plan.book.find(("system_words",), compact(text)) is not None
    return says_system or bool(named & {Dimension.IT, Dimension.PERSONNEL})


def _is_bare(row: ResourceRequirementRow) -> bool:
    """Whether a label is nothing but figures and units."""
    return len(_UNITS.sub("", compact(row.resource_raw))) < MIN_NAME_LETTERS
