"""Processes and needs where a plan lists them in running text instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import Dimension
from normalizers.durations import parse_duration
from normalizers.markers import split_marker
from normalizers.quantities import parse_quantities
from normalizers.text import normalize_value
from pipeline.datasets.rows import BiaProcessRow, ResourceRequirementRow
from pipeline.records.context import RecordContext
from pipeline.records.dimension_lines import announced_dimension
from pipeline.records.items import block_items, is_listed, is_unfilled, one_line
from pipeline.records.strategy_prose import section_dimension

# What follows a process's name in its line: how urgent it is, and by when it must run again.
_AFTER_NAME = re.compile(r"\s*(?:[,:;(–-]\s*)?(?:มี)?(?:ระดับ|ความเร่งด่วน|เร่งด่วน|ระยะเวลา|ภายใน|ต้องกลับมา|ฟื้นคืน|RTO|MTPD)")
_URGENCY = re.compile(r"(?:ระดับ(?:ความเร่งด่วน|ความสำคัญ|ผลกระทบ)?|เร่งด่วน)\s*[:：]?\s*(\S+)")
MAX_PROCESS_CHARS = 160
MAX_HEAD_CHARS = 60
MIN_NAME_CHARS = 5
# A line that says it is a need, wherever it stands.
_NEED = re.compile(r"^(?:ความต้องการ|ต้องการ|ทรัพยากรที่ต้องใช้)(?:ด้าน|ใช้)?\s*")
_UNITS = {
    Dimension.PERSONNEL: ("คน", "อัตรา", "นาย"),
    Dimension.WORKPLACE: ("ตร.ม.", "ตารางเมตร", "ห้อง", "แห่ง"),
    Dimension.SERVICE_PROVIDERS: ("ราย", "บริษัท"),
    Dimension.IT: ("ระบบ",),
    Dimension.EQUIPMENT: ("เครื่อง", "ชุด", "คัน", "ตัว", "ลำ"),
}
# "ระบบบัญชี" is software; water, power and the like are no information.
_SYSTEM = "ระบบ"
_UTILITIES = ("ระบบไฟ", "ระบบน้ำ", "ระบบประปา", "ระบบปรับอากาศ", "ระบบบำบัด", "ระบบดับเพลิง", "ระบบสุขาภิบาล")


def read_listed_processes(context: RecordContext) -> tuple[BiaProcessRow, ...]:
    """One row per listed process in the sections of the impact analysis."""
    return tuple(row for section in context.sections("2.5") for row in _section_processes(context, section))


def _section_processes(context: RecordContext, section: Section) -> Iterator[BiaProcessRow]:
    for block in section.text_blocks():
        for item in block_items(block):
            text = one_line(item.text)
            says_both = _URGENCY.search(text) is not None and parse_duration(text) is not None
            if not (item.marker or is_listed(block) or says_both):
                continue
            if not MIN_NAME_CHARS <= len(text) <= MAX_PROCESS_CHARS:
                continue
            if is_unfilled(text, context.vocabulary) or text.endswith((":", "ดังนี้", "ได้แก่")):
                continue
            cut = _AFTER_NAME.search(text)
            name, rest = (text[: cut.start()], text[cut.start() :]) if cut and cut.start() > 0 else (text, "")
            level = _URGENCY.search(rest)
            urgency = context.vocabulary.urgency.find_all(level.group(1)) if level else ()
            hours = parse_duration(rest) if rest else None
            yield BiaProcessRow(
                **context.block_place(section, block),
                process_no=item.number,
                process_name=normalize_value(name),
                urgency=urgency[0].label if urgency else None,
                urgency_raw=level.group(1) if level and urgency else None,
                rto_raw=rest.strip(" ,:;()–-") if hours else None,
                rto_min_hours=hours.min_hours if hours else None,
                rto_max_hours=hours.max_hours if hours else None,
            )


def read_listed_needs(context: RecordContext, treated: frozenset[Dimension]) -> tuple[ResourceRequirementRow, ...]:
    """One row per listed need with an amount, for dimensions that no table treats."""
    rows = [row for section in context.sections("2.6") for row in _section_needs(context, section)]
    named = {section.section_id for section in context.sections("2.6", "2.7", "2.8", "annex", "3.")}
    for section in context.mapped.outline.sections:
        if section.section_id not in named or not rows:
            rows += _stated_needs(context, section)
    return tuple(row for row in rows if row.dimension not in treated)


def _stated_needs(context: RecordContext, section: Section) -> Iterator[ResourceRequirementRow]:
    """Needs that say so themselves: "ความต้องการพื้นที่ทำงานสำรอง 50 ตารางเมตรในวันแรก"."""
    around, _ = section_dimension(context, section, "2.4")
    for block in section.text_blocks():
        text = split_marker(one_line(block.text))[1]
        need = _NEED.match(text)
        if need is None or not parse_quantities(text):
            continue
        dimension = announced_dimension(text[need.end() :][:MAX_HEAD_CHARS], None, context.vocabulary) or around
        if dimension is not None:
            yield _need_row(context, section, block, text, dimension)


def _by_unit(text: str) -> Dimension | None:
    """The dimension that the units of a need speak for."""
    if text.startswith(_SYSTEM) and not text.startswith(_UTILITIES):
        return Dimension.IT
    units = {quantity.unit for quantity in parse_quantities(text)}
    return next((dimension for dimension, words in _UNITS.items() if units & set(words)), None)


def _need_row(
    context: RecordContext, section: Section, block: TextBlock, text: str, dimension: Dimension
) -> ResourceRequirementRow:
    quantities, hours = parse_quantities(text), parse_duration(text)
    first = quantities[0] if quantities else None
    return ResourceRequirementRow(
        **context.block_place(section, block),
        dimension=dimension,
        resource_raw=text,
        bucket_hours=hours.max_hours if hours else None,
        quantity=first.value if first else None,
        unit=normalize_value(first.unit) if first and first.unit else None,
        cell_raw=text,
    )


def _section_needs(context: RecordContext, section: Section) -> Iterator[ResourceRequirementRow]:
    dimension, _ = section_dimension(context, section, "2.6")
    for block in section.text_blocks():
        for item in block_items(block):
            text = one_line(item.text)
            head = _NEED.sub("", text.partition(":")[0])
            named = announced_dimension(head[:MAX_HEAD_CHARS], item.marker, context.vocabulary)
            listed = item.marker is not None or is_listed(block)
            if listed or named is not None:
                dimension = named or dimension
            here = dimension if listed else named or _by_unit(text)
            timed = parse_duration(text) is not None and here is not None and not listed
            if here is not None and (parse_quantities(text) or timed):
                yield _need_row(context, section, block, text, here)
