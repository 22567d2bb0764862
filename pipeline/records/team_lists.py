"""Members of the team where a plan names them in lists or orders instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import Role, Slot
from normalizers.markers import split_marker
from normalizers.phones import parse_phones
from normalizers.text import normalize_value
from pipeline.datasets.rows import TeamMemberRow
from pipeline.records.context import RecordContext
from pipeline.records.items import block_items, one_line
from pipeline.records.people import split_person, starts_with_title
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# A label of a phone with its number, however many digits it has, and all behind it.
_PHONE_LABEL = re.compile(r"(?:โทรศัพท์|โทร\.?|เบอร์|มือถือ|หมายเลข)\D{0,24}\d.*$")
# An order's line: a name or post, a gap or dots, and the role at its end. A paragraph is longer.
MAX_LINE_CHARS = 180
# An order that appoints the team may stand in an annex of its own.
_ORDER = re.compile(r"คำสั่ง.*(?:แต่งตั้ง|คณะ)|แต่งตั้งคณะ")
_BACKUP = ("สำรอง", "ทดแทน", "แทน")
_STANDS_IN = re.compile(r"(?:ผู้|ตัว)?(?:สำรอง|ปฏิบัติหน้าที่แทน|ทำหน้าที่แทน)|ผู้แทนของ")


def read_listed_members(context: RecordContext) -> tuple[TeamMemberRow, ...]:
    """One row per line of a list that names a person, or a post with its role, in the sections of the team."""
    rows = tuple(row for section in context.sections("2.3") for row in _section_rows(context, section))
    if rows:
        return rows
    orders = (
        section
        for section in context.mapped.outline.sections
        if section.heading is not None and _ORDER.search(section.heading.text)
    )
    return tuple(row for section in orders for row in _section_rows(context, section))


def _section_rows(context: RecordContext, section: Section) -> Iterator[TeamMemberRow]:
    lines: list[tuple[TextBlock, str]] = []
    for block in section.text_blocks():
        for item in block_items(block):
            line = one_line(item.text)
            if lines and line and not any(char.isalpha() for char in line):
                lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line}")  # a telephone number that went on to the next line
            else:
                lines.append((block, line))
    for block, line in lines:
        row = _member(context, section, block, line)
        if row is not None:
            yield row


def _member(context: RecordContext, section: Section, block: TextBlock, line: str) -> TeamMemberRow | None:
    vocabulary = context.vocabulary
    text = normalize_value(split_marker(line)[1])
    if not text or len(text) > MAX_LINE_CHARS:
        return None
    phones = parse_phones(text)
    phone_match = _PHONE_LABEL.search(text)
    plain = (text[: phone_match.start()] if phone_match else text).strip(" ,:-–.")
    found = _read_line(plain, vocabulary)
    if found is None:
        return None
    name, position, role, role_raw = found
    heading = section.heading.text.strip() if section.heading else None
    return TeamMemberRow(
        **context.block_place(section, block),
        group_name=normalize_value(heading) if heading else None,
        slot=Slot.BACKUP if role_raw and any(word in role_raw for word in _BACKUP) else Slot.MAIN,
        person_name=name,
        position=position,
        role=role,
        role_raw=role_raw,
        phone_raw=phone_match.group(0) if phone_match else None,
        phones=list(phones),
    )


def _read_line(text: str, vocabulary: Vocabulary) -> tuple[str, str | None, Role | None, str | None] | None:
    """Name, post, role and the role's wording of a line; None for a line that names nobody in a role."""
    if starts_with_title(text, vocabulary):
        split = split_person(text, vocabulary)
        if split is None:
            return None
        name, rest = split
        position, role, raw = _split_role(rest, vocabulary)
        return name, position, role or Role.MEMBER, raw
    post, role, raw = _split_role(text, vocabulary)
    if role is None or post is None or not post.startswith((*vocabulary.post_starts, *vocabulary.agency_starts)):
        return None
    return post, post, role, raw


def _split_role(text: str, vocabulary: Vocabulary) -> tuple[str | None, Role | None, str | None]:
    """The post in front and the role at the end of "ปลัดเทศบาล … ประธานคณะทำงาน"."""
    words = re.split(r"\s{1,}|\.{3,}|…|\s[-–:]\s|\bเป็น", text)
    words = [word for word in words if word and word.strip(".…")]
    for at in range(1 if not text.startswith(_role_starts(vocabulary)) else 0, len(words)):
        tail = " ".join(words[at:])
        if at and _STANDS_IN.match(tail):
            return " ".join(words[:at]).strip(" ,:-–") or None, Role.OTHER, tail
        match = vocabulary.roles.find_all(tail)
        if match and match[0].start <= 1 and len(compact(tail)) <= 60:
            post = " ".join(words[:at]).strip(" ,:-–") or None
            also = match[0].label in (Role.MEMBER, Role.OTHER) and "และผู้ประสาน" in tail
            return post, Role.COORDINATOR if also else match[0].label, tail
    return text or None, None, None


def _role_starts(vocabulary: Vocabulary) -> tuple[str, ...]:
    del vocabulary
    return ("หัวหน้าคณะ", "ผู้ประสานงาน", "ทีมงาน", "ประธาน", "หัวหน้าทีม")
