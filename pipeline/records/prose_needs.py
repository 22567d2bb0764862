"""Processes and needs where a plan lists them in running text instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.outline import Section
from docmodel.vocabulary import Dimension
from normalizers.durations import parse_duration
from normalizers.quantities import parse_quantities
from normalizers.text import normalize_value
from pipeline.datasets.rows import BiaProcessRow, ResourceRequirementRow
from pipeline.records.context import RecordContext
from pipeline.records.items import block_items, is_listed, is_unfilled, one_line
from pipeline.records.strategies import announced_dimension, section_dimension

# What follows a process's name in its line: how urgent it is, and by when it must run again.
_AFTER_NAME = re.compile(r"\s*(?:[,:;(–-]\s*)?(?:มี)?(?:ระดับ|ความเร่งด่วน|เร่งด่วน|ระยะเวลา|ภายใน|ต้องกลับมา|ฟื้นคืน|RTO|MTPD)")
_URGENCY = re.compile(r"(?:ระดับ(?:ความเร่งด่วน|ความสำคัญ|ผลกระทบ)?|เร่งด่วน)\s*[:：]?\s*(\S+)")
MAX_PROCESS_CHARS = 160
MIN_NAME_CHARS = 5


def read_listed_processes(context: RecordContext) -> tuple[BiaProcessRow, ...]:
    """One row per listed process in the sections of the impact analysis."""
    return tuple(row for section in context.sections("2.5") for row in _section_processes(context, section))


def _section_processes(context: RecordContext, section: Section) -> Iterator[BiaProcessRow]:
    for block in section.text_blocks():
        for item in block_items(block):
            text = one_line(item.text)
            if not (item.marker or is_listed(block)) or not MIN_NAME_CHARS <= len(text) <= MAX_PROCESS_CHARS:
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
    rows = (row for section in context.sections("2.6") for row in _section_needs(context, section))
    return tuple(row for row in rows if row.dimension not in treated)


def _section_needs(context: RecordContext, section: Section) -> Iterator[ResourceRequirementRow]:
    dimension, _ = section_dimension(context, section, "2.6")
    for block in section.text_blocks():
        for item in block_items(block):
            text = one_line(item.text)
            named = announced_dimension(text.partition(":")[0], item.marker, context.vocabulary)
            dimension = named or dimension
            quantities = parse_quantities(text)
            if dimension is None or not quantities or not (item.marker or is_listed(block)):
                continue
            hours = parse_duration(text)
            yield ResourceRequirementRow(
                **context.block_place(section, block),
                dimension=dimension,
                resource_raw=text,
                bucket_hours=hours.max_hours if hours else None,
                quantity=quantities[0].value,
                unit=normalize_value(quantities[0].unit) if quantities[0].unit else None,
                cell_raw=text,
            )
