"""Members of the team where a plan names them in lists or orders instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
from pipeline.terms import TermSet, compact
from pipeline.vocabulary import Vocabulary

# A label of a phone with its number, however many digits it has, and all behind it.
_PHONE_LABEL = re.compile(r"(?:โทรศัพท์|โทร\.?|เบอร์|มือถือ|หมายเลข)\D{0,24}\d.*$")
# An order's line: a name or post, a gap or dots, and the role at its end. A paragraph is longer.
MAX_LINE_CHARS = 180
# "ครูอนามัย ดูแลนักเรียนป่วย": so many such lines, and nothing else, are who does what.
MIN_DUTY_LINES = 2
MIN_DUTY_CHARS = 8
# An order that appoints the team may stand in an annex of its own.
_ORDER = re.compile(r"คำสั่ง.*(?:แต่งตั้ง|คณะ)|แต่งตั้งคณะ")
_Member = tuple[str, str | None, Role | None, str | None, Slot]
"""Name, post, role, the role's wording, and whether it is the holder or the one who stands in."""
_BACKUP = ("สำรอง", "ทดแทน", "แทน")
_STANDS_IN = re.compile(r"(?:ผู้|ตัว)?(?:สำรอง|ปฏิบัติ(?:หน้าที่|งาน)?แทน|ทำ(?:หน้าที่|งาน)แทน)|ผู้แทนของ")


# "ประธานทีม: ผู้อำนวยการสำนัก …": what a post begins with, and no duty, behind the role and its colon.
_HOLDER = re.compile(
    r"(?:รอง|ผู้ช่วย)?(?:ผู้อำนวยการ|ผู้จัดการ|ผู้ว่าราชการ|ผอ\.|หัวหน้า|กรรมการ|เลขานุการ|เลขาธิการ|อธิบดี|อธิการบดี|คณบดี|ปลัด"
    r"|นายก|นายอำเภอ|นายแพทย์|สาธารณสุขอำเภอ|เกษตร(?:อำเภอ|จังหวัด)|พาณิชย์จังหวัด|คลังจังหวัด|นักวิ|นักจัด|เจ้าพนักงาน|เจ้าหน้าที่|วิศวกร|พยาบาล|อาจารย์|ครู)"
)
_ROLE_FIRST = re.compile(r"(?P<role>[^:：]{3,60}?)\s*(?:[:：]|คือ|ได้แก่)\s*(?P<rest>\S.*)")
_STAND_IN_FOR = re.compile(r"\s+(?:โดยมี)?(?:ผู้)?(?:สำรอง|ทดแทน|ปฏิบัติหน้าที่แทน)\s?(?:โดย|คือ|ได้แก่)\s*")
_DUTY_BEHIND = re.compile(r"\s+(?:รับผิดชอบ|มีหน้าที่|ทำหน้าที่|ดูแล).*$")


def read_listed_members(context: RecordContext) -> tuple[TeamMemberRow, ...]:
    """One row per line of a list that names a person, or a post with its role, in the sections of the team; where there
    is none, the lines of a list that says of each post what it does."""
    sections = tuple(context.sections("2.3"))
    rows = tuple(row for section in sections for row in _section_rows(context, section, sections))
    rows = rows or tuple(row for section in context.sections("2.3") for row in _duty_rows(context, section))
    if rows:
        return rows
    orders = (
        section
        for section in context.mapped.outline.sections
        if section.heading is not None and _ORDER.search(section.heading.text)
    )
    return tuple(row for section in orders for row in _section_rows(context, section, (section,)))


def _duty_rows(context: RecordContext, section: Section) -> Iterator[TeamMemberRow]:
    """A section of which every line is an item that begins with a post and goes on with what it does."""
    starts, roles = context.vocabulary.post_starts, context.vocabulary.roles
    lines = [
        (block, item.marker, *normalize_value(one_line(item.text)).partition(" ")[::2])
        for block in section.text_blocks()
        for item in block_items(block)
    ]
    if len(lines) < MIN_DUTY_LINES or any(
        marker is None or not post.startswith(starts) or len(duty) < MIN_DUTY_CHARS or _begins(post, roles)
        for _, marker, post, duty in lines
    ):
        return
    heading = section.heading.text.strip() if section.heading else None
    for block, _, post, duty in lines:
        yield TeamMemberRow(
            **context.block_place(section, block),
            group_name=normalize_value(heading) if heading else None,
            slot=Slot.MAIN,
            person_name=post,
            position=post,
            role=Role.MEMBER,
            role_raw=duty,
        )


def _begins(post: str, roles: TermSet[Role]) -> bool:
    """Whether a line begins with a role of the team: it then says what the role does and not who has it."""
    return any(match.start == 0 for match in roles.find_all(post))


def _section_rows(context: RecordContext, section: Section, sections: Sequence[Section]) -> Iterator[TeamMemberRow]:
    """The members of a section; where its lines leave open on which side roles stand, those of its like tell."""
    lines = _section_lines(section)
    own = _roles_behind((line for _, line in lines), context.vocabulary)
    if own is None:
        own = _roles_behind((line for one in sections for _, line in _section_lines(one)), context.vocabulary)
    for block, line in lines:
        yield from _members(context, section, block, line, roles_behind=own is True)


def _section_lines(section: Section) -> list[tuple[TextBlock, str]]:
    lines: list[tuple[TextBlock, str]] = []
    for block in section.text_blocks():
        for item in block_items(block):
            line = one_line(item.text)
            if lines and line and not any(char.isalpha() for char in line):
                lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line}")  # a telephone number that went on to the next line
            else:
                lines.append((block, line))
    return lines


def _roles_behind(lines: Iterable[str], vocabulary: Vocabulary) -> bool | None:
    """Whether the lines of a list name the post first and its role behind the colon ("ผู้จัดการเขต : ผู้บัญชาการเหตุการณ์").

    A post may sound like a role ("หัวหน้างานผลิต : หัวหน้าทีมผลิตน้ำ"), but the head and the coordinator of the whole do
    not: their lines tell for all. None where none does or they do not agree.
    """
    sides = set()
    for line in lines:
        match = _ROLE_FIRST.fullmatch(_without_phone(normalize_value(split_marker(line)[1]))[0])
        if match is not None:
            first, behind = (_is_clear_role(match[side], vocabulary) for side in ("role", "rest"))
            if first != behind:
                sides.add(behind)
    return sides.pop() if len(sides) == 1 else None


def _is_clear_role(text: str, vocabulary: Vocabulary) -> bool:
    named = vocabulary.roles.find_all(text)
    return bool(named) and named[0].start <= 1 and named[0].label in (Role.LEADER, Role.COORDINATOR)


def _without_phone(text: str) -> tuple[str, str | None]:
    """A line without the telephone at its end, and that."""
    match = _PHONE_LABEL.search(text)
    return (text[: match.start()] if match else text).strip(" ,:-–."), match.group(0) if match else None


def _members(
    context: RecordContext, section: Section, block: TextBlock, line: str, *, roles_behind: bool
) -> Iterator[TeamMemberRow]:
    vocabulary = context.vocabulary
    text = normalize_value(split_marker(line)[1])
    if not text or len(text) > MAX_LINE_CHARS:
        return
    plain, phone = _without_phone(text)
    heading = section.heading.text.strip() if section.heading else None
    for index, (name, position, role, role_raw, slot) in enumerate(_read_line(plain, vocabulary, roles_behind)):
        is_first = index == 0  # a phone in the line is that of the first one named
        yield TeamMemberRow(
            **context.block_place(section, block),
            group_name=normalize_value(heading) if heading else None,
            slot=slot,
            person_name=name,
            position=position,
            role=role,
            role_raw=role_raw,
            phone_raw=phone if is_first else None,
            phones=list(parse_phones(text)) if is_first else [],
        )


def _read_line(text: str, vocabulary: Vocabulary, roles_behind: bool) -> Iterator[_Member]:
    """The members that a line names: one, or the holder of a post and the one who stands in."""
    role_first = [] if roles_behind else list(_read_role_first(text, vocabulary))
    if role_first:
        yield from role_first
        return
    found = _read_role_last(text, vocabulary)
    if found is not None:
        role_raw = found[3]
        stands_in = role_raw is not None and any(word in role_raw for word in _BACKUP)
        yield (*found, Slot.BACKUP if stands_in else Slot.MAIN)


def _read_role_first(text: str, vocabulary: Vocabulary) -> Iterator[_Member]:
    """A role, a colon, and who has it ("ประธานทีม: ผู้อำนวยการสำนัก สำรองโดยรองผู้อำนวยการ"); nothing for another line."""
    match = _ROLE_FIRST.fullmatch(text)
    if match is not None and _STANDS_IN.match(match["role"]) and _HOLDER.match(match["rest"]):
        yield match["rest"].strip(), match["rest"].strip(), Role.OTHER, match["role"], Slot.BACKUP
        return
    named = vocabulary.roles.find_all(match["role"]) if match else ()
    if match is None or not named or named[0].start > 1:
        return
    also = named[0].label in (Role.MEMBER, Role.OTHER) and "และผู้ประสาน" in match["role"]
    role = Role.COORDINATOR if also else named[0].label
    holder, *stand_ins = _STAND_IN_FOR.split(_DUTY_BEHIND.sub("", match["rest"]))
    if not (_HOLDER.match(holder) or starts_with_title(holder, vocabulary)):
        return
    for who, slot in ((holder, Slot.MAIN), *((stand_in, Slot.BACKUP) for stand_in in stand_ins)):
        split = split_person(who, vocabulary) if starts_with_title(who, vocabulary) else None
        name, position = (split[0], split[1] or None) if split is not None else (who.strip(), who.strip())
        if name:
            yield name, position, role, match["role"], slot


def _read_role_last(text: str, vocabulary: Vocabulary) -> tuple[str, str | None, Role | None, str | None] | None:
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
