"""Members of the continuity team: main people and their backups, with roles, groups and phones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from docmodel.vocabulary import Role, Slot, TableKind
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from normalizers.phones import parse_phones
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import TeamMemberRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.items import one_line
from pipeline.records.people import Person, read_people
from pipeline.records.team_lists import read_listed_members
from pipeline.table_view import Column, TableView
from pipeline.vocabulary import Vocabulary

_GROUP_IN_ROLE = re.compile(r"(?:ฝ่าย|ด้าน|กลุ่ม|ชุด|ศูนย์|กอง|สายงาน|ส่วน)\S.*$")
_GROUP_START = ("ด้าน", "ฝ่าย", "กลุ่ม", "งาน", "ทีม", "คณะ", "ชุด", "ศูนย์", "กอง", "สำนัก", "ส่วน", "หน่วย", "สาย")
_BACKUPS = re.compile(r"(?:บุคลากร|ผู้ปฏิบัติงาน|คณะ|ทีม|รายชื่อ)\S*สำรอง|ผู้ปฏิบัติ(?:งาน|หน้าที่)แทน|ทดแทน|backup", re.IGNORECASE)
_MAINS = re.compile(r"หลัก|ตัวจริง|primary", re.IGNORECASE)
MAX_GROUP_CHARS = 120
_BRACKETED = re.compile(r"\(([^()]{4,60})\)\s*$")
# A secretary whose duty is to bring the others together is the coordinator whatever the post is called.
_SECRETARY = "เลขานุการ"
_BRINGS_TOGETHER = re.compile(r"(?<!ผู้)ประสาน(?:งาน|กับ|กัน|การ)")
# "เลขานุการและผู้ประสานงาน": the second role is the one that the plan asks for.
_ALSO_COORDINATES = re.compile(r"(?:และ|/|,)\s*ผู้ประสาน")
_STANDS_IN = re.compile(
    r"(?:เป็น)?\s*(?:ผู้)?(?:ปฏิบัติ(?:หน้าที่|งาน)?แทน|ทำ(?:หน้าที่|งาน)แทน|สำรองของ|แทนหัวหน้า|แทนประธาน)|(?:ผู้|ตัว|บุคลากร)สำรอง"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SlotColumns:
    """The columns of main people or of backups."""

    slot: Slot
    name: int
    phone: int | None
    position: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """Which column says what."""

    slots: tuple[_SlotColumns, ...]
    role: int | None
    duties: int | None
    group: int | None
    labels: frozenset[int] = field(default_factory=frozenset)


def read_team_members(context: RecordContext) -> tuple[TeamMemberRow, ...]:
    """One row per person slot. ``pair_no`` counts the rows of the document; lists of names are read where no table
    names anyone."""
    pairs = count(1)
    rows = [row for place in context.tables(TableKind.TEAM) for row in _table_rows(context, place, pairs)]
    known = {row.person_name for row in rows}
    listed = read_listed_members(context)
    if rows:  # beside tables only lines count that name a person and say the role
        listed = tuple(row for row in listed if row.role_raw and row.person_name not in known | {row.position})
    return (*rows, *listed)


def find_role(text: str, vocabulary: Vocabulary) -> Role | None:
    """The role that a text names first; OTHER for words that name none, None for a blank."""
    if is_blank(text):
        return None
    if stands_in(text):
        return Role.OTHER
    match = vocabulary.roles.find(text)
    if match is None:
        return Role.OTHER
    if match.label in (Role.OTHER, Role.MEMBER) and _ALSO_COORDINATES.search(text):
        return Role.COORDINATOR
    return match.label


def stands_in(text: str) -> bool:
    """Whether a role is that of a stand-in ("ผู้ปฏิบัติหน้าที่แทนหัวหน้าคณะ"): a backup and not what he stands in for."""
    return _STANDS_IN.match(split_marker(one_line(text))[1]) is not None


def _table_rows(context: RecordContext, place: TablePlace, pairs: Iterator[int]) -> Iterator[TeamMemberRow]:
    view, vocabulary = place.view, context.vocabulary
    heads = _with_roles_for_groups(
        view, _with_roles_for_posts(view, _find_heads(view, vocabulary), vocabulary), vocabulary
    )
    if len(heads.slots) == 1 and _is_of_backups(place):
        heads = replace(heads, slots=(replace(heads.slots[0], slot=Slot.BACKUP),))
    group = _group_around(place, vocabulary)
    group_role: Role | None = None
    for row in view.body_rows:
        if view.roles[row] is RowRole.GROUP:
            text = split_marker(one_line(view.row_text(row)))[1]
            people = read_people(text, vocabulary)
            if not (people and people[0].position):
                found = vocabulary.roles.find_all(text)
                group, group_role = normalize_value(text), found[0].label if found else None
                continue
        yield from _row_members(context, place, heads, row, group=group, group_role=group_role, pairs=pairs)


def _with_roles_for_posts(view: TableView, heads: _Heads, vocabulary: Vocabulary) -> _Heads:
    """Heads whose role stands under "ตำแหน่ง": the column of posts is that of roles where its cells are such, a head or
    a coordinator of the team among them, and no name has its role beside it ("นาย ก (หัวหน้าทีม)")."""
    main = next(
        (columns for columns in heads.slots if columns.slot is Slot.MAIN and columns.position is not None), None
    )
    if heads.role is not None or main is None or main.position is None:
        return heads
    found = [vocabulary.roles.find(view.own_text(row, main.position)) for row in view.body_rows]
    roles = [match.label for match in found if match is not None]
    if len(roles) <= len(found) / 2 or not {Role.LEADER, Role.COORDINATOR}.intersection(roles):
        return heads
    people = (person for row in view.body_rows for person in _people(view, row, main.name, vocabulary))
    if any(person.position and not person.is_post and vocabulary.roles.find(person.position) for person in people):
        return heads
    slots = tuple(replace(columns, position=None) if columns is main else columns for columns in heads.slots)
    return replace(heads, role=main.position, slots=slots)


def _with_roles_for_groups(view: TableView, heads: _Heads, vocabulary: Vocabulary) -> _Heads:
    """Heads whose roles stand in the column of groups, a head or a coordinator of the team among them, while that of
    roles tells duties alone: "ชุดปฏิบัติการ | ผู้รับผิดชอบ | หน้าที่"."""
    if heads.group is None or heads.role is None or heads.duties is not None:
        return heads
    if _leads(view, heads.role, vocabulary) or not _leads(view, heads.group, vocabulary):
        return heads
    return replace(heads, role=heads.group, duties=heads.role, group=None)


def _leads(view: TableView, col: int, vocabulary: Vocabulary) -> bool:
    """Whether a column names a head or a coordinator of the team."""
    found = (vocabulary.roles.find(view.own_text(row, col)) for row in view.body_rows)
    return any(match is not None and match.label in (Role.LEADER, Role.COORDINATOR) for match in found)


def _is_of_backups(place: TablePlace) -> bool:
    """Whether the whole table names the backups: its title or its heading says so and speaks of no main people."""
    title = next((text for text in (*place.view.head_texts(), place.caption, *place.headings[:1]) if text), "")
    return _BACKUPS.search(title) is not None and _MAINS.search(title) is None


def _row_members(
    context: RecordContext,
    place: TablePlace,
    heads: _Heads,
    row: int,
    *,
    group: str | None,
    group_role: Role | None,
    pairs: Iterator[int],
) -> Iterator[TeamMemberRow]:
    view, vocabulary = place.view, context.vocabulary
    role_raw = one_line(view.text(row, heads.role)) if heads.role is not None else ""
    role = find_role(role_raw, vocabulary) or group_role or (Role.MEMBER if heads.role is None else None)
    duties = one_line(view.text(row, heads.duties)) if heads.duties is not None else ""
    if role in (Role.OTHER, Role.MEMBER) and _SECRETARY in role_raw and _BRINGS_TOGETHER.search(f"{role_raw} {duties}"):
        role = Role.COORDINATOR
    own_group = one_line(view.text(row, heads.group)) if heads.group is not None else ""
    by_slot = {columns.slot: _people(view, row, columns.name, vocabulary) for columns in heads.slots}
    longest = max((len(people) for people in by_slot.values()), default=0)
    numbers = [next(pairs) for _ in range(longest)]
    for columns in heads.slots:
        people = by_slot[columns.slot]
        phone_texts = _per_person(view.text(row, columns.phone) if columns.phone is not None else "", len(people))
        posts = _per_person(view.text(row, columns.position) if columns.position is not None else "", len(people))
        for person, number, phone, post in zip(people, numbers, phone_texts, posts, strict=False):
            person_phone = phone if not is_blank(phone) else person.phone
            aside = _role_aside(person, heads, columns, vocabulary)
            yield TeamMemberRow(
                **context.cell_place(place, view.cell(row, columns.name)),
                group_name=_group_of(role_raw, vocabulary) or normalize_value(own_group) or group,
                pair_no=number,
                slot=Slot.BACKUP if stands_in(role_raw) else columns.slot,
                person_name=person.name,
                position=_position(person, post),
                role=aside[0] if aside else role,
                role_raw=aside[1] if aside else role_raw or None,
                phone_raw=one_line(phone or person.phone) or None,
                phones=list(parse_phones(person_phone)),
            )


def _role_aside(
    person: Person, heads: _Heads, columns: _SlotColumns, vocabulary: Vocabulary
) -> tuple[Role, str] | None:
    """The role beside a name where the post has a column of its own and the role has none: "นาย ก (หัวหน้าทีม)"."""
    bracketed = _BRACKETED.search(person.name) if heads.role is None or person.is_post else None
    if bracketed is not None and columns.slot is Slot.MAIN:
        named = vocabulary.roles.find(bracketed[1])
        if named is not None and named.label in (Role.LEADER, Role.COORDINATOR):
            return named.label, bracketed[1]
    if heads.role is not None or columns.position is None or person.position is None or person.is_post:
        return None
    found = vocabulary.roles.find_all(person.position)
    return (found[0].label, person.position) if found else None


def _people(view: TableView, row: int, col: int, vocabulary: Vocabulary) -> tuple[Person, ...]:
    """The people whose cell begins in a slot."""
    cell = view.cell(row, col)
    return read_people(cell, vocabulary) if cell is not None and (cell.row, cell.col) == (row, col) else ()


def _position(person: Person, post: str) -> str | None:
    if not is_blank(post):
        return normalize_value(one_line(post))
    return person.position


def _per_person(text: str, people: int) -> list[str]:
    """A cell's text for each of several people: by its lines where there are as many, else all of it for each."""
    if people <= 1:
        return [text]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) == people else [text] * people


def _find_heads(view: TableView, vocabulary: Vocabulary) -> _Heads:
    sides = {Slot.MAIN: [c for c in view.columns if "main" in c.concepts and "backup" not in c.own]}
    sides[Slot.BACKUP] = [c for c in view.columns if "backup" in c.concepts]
    if not sides[Slot.MAIN]:
        sides[Slot.MAIN] = [c for c in view.columns if "backup" not in c.concepts]
    _share_out(view, sides)
    slots = tuple(found for slot, columns in sides.items() if (found := _slot_columns(view, slot, columns)) is not None)
    used = {index for slot in slots for index in (slot.name, slot.phone, slot.position) if index is not None}
    free = [column for column in view.columns if column.index not in used]
    role = next((c for c in free if "role" in c.own), None) or next((c for c in free if "role" in c.concepts), None)
    role = role or next((c for c in free if not c.concepts and _leads(view, c.index, vocabulary)), None)
    duties = next((c for c in free if "role" in c.own and c is not role), None)
    group = next((c for c in free if "group" in c.own and c not in (role, duties)), None)
    return _Heads(
        slots=slots,
        role=role.index if role else None,
        duties=duties.index if duties else None,
        group=group.index if group else None,
    )


def _share_out(view: TableView, sides: dict[Slot, list[Column]]) -> None:
    """Give posts and phones that say not whose they are to the name in front of them: "ชื่อ (หลัก) | ตำแหน่ง | โทรศัพท์ |
    ชื่อ (สำรอง) | ตำแหน่ง | โทรศัพท์"."""
    backups = [c.index for c in sides[Slot.BACKUP]]
    if not backups:
        return
    for concept in ("position", "phone"):
        unmarked = [c for c in view.columns if concept in c.own and not c.concepts & {"main", "backup"}]
        before = [c for c in unmarked if c.index < min(backups)]
        behind = [c for c in unmarked if c.index > max(backups)]
        if not before or not behind:
            behind, before = [], unmarked
        sides[Slot.BACKUP] += behind
        mains = [c for c in sides[Slot.MAIN] if c not in behind]
        sides[Slot.MAIN] = mains + [c for c in before if c not in mains]


def _slot_columns(view: TableView, slot: Slot, columns: list[Column]) -> _SlotColumns | None:
    plain = [c for c in columns if not c.own & {"phone", "number", "role"} or "name" in c.own]
    names = [c for c in plain if "name" in c.own and "position" not in c.own] or [
        c for c in plain if "name" in c.own or not c.own & {"position", "group", "note"}
    ]
    posts = [c for c in columns if "position" in c.own and "role" not in c.own]
    if not names:
        names, posts = posts, []
    if not names:
        return None
    name = _fullest(view, names)
    phone = next((c for c in columns if "phone" in c.own and c is not name), None)
    position = next((c for c in posts if c is not name), None)
    return _SlotColumns(
        slot=slot,
        name=name.index,
        phone=phone.index if phone else None,
        position=position.index if position else None,
    )


def _fullest(view: TableView, columns: list[Column]) -> Column:
    """The column with the most text: a head may stand over a numbering column and the names."""
    return max(columns, key=lambda c: sum(len(view.own_text(row, c.index)) for row in view.body_rows))


def _group_of(role: str, vocabulary: Vocabulary) -> str | None:
    """The group that a role names at its end: "ทีมงานบริหารความต่อเนื่องฝ่าย…". A mere duty ("ดูแลศูนย์…") names none."""
    if vocabulary.roles.find(role) is None:
        return None
    match = _GROUP_IN_ROLE.search(role)
    return normalize_value(match.group(0)) if match and match.start() > 0 else None


def _group_around(place: TablePlace, vocabulary: Vocabulary) -> str | None:
    """The group that the whole table is for: the line under its caption, a title in its grid, or its own heading."""
    lines = place.caption.split("\n")
    candidates = [*place.view.head_texts(), *reversed(lines[1:])]
    if place.headings:
        candidates.append(place.headings[0])
    candidates += [lead for lead in place.leads[:1] if lead not in lines]
    for text in candidates:
        line = split_marker(one_line(text))[1]
        if len(line) <= MAX_GROUP_CHARS and line.startswith(_GROUP_START) and "ตารางที่" not in line:
            return normalize_value(line)
    return None
