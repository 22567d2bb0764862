"""The continuity team: phones, names, backups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import Role, Slot
from normalizers.marks import is_blank
from normalizers.phones import MOBILE_DIGITS, read_phones
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.datasets.rows import TeamMemberRow
from pipeline.vocabulary import load_vocabulary

# Two spellings of one name differ in a letter or a mark; two names of one family differ in the whole first name.
SAME_NAME_RATIO: Final = 90.0
# A landline that this many people share is the office's own number, and nobody's mistake.
SWITCHBOARD_PEOPLE: Final = 3
_MIN_NAME_CHARS: Final = 10
# Names compared with all others in one go: a megabyte of scores for every thousand names of a plan.
_NAMES_AT_ONCE: Final = 256
_BRACKETS: Final = re.compile(r"\(.*?\)")


def person_key(row: TeamMemberRow, titles: tuple[str, ...]) -> str:
    """A person's name for comparison: no title, no spaces."""
    name = compact(_BRACKETS.sub("", row.person_name))
    title = next(filter(name.startswith, _compact_titles(titles)), "")
    return name.removeprefix(title)


def has_title(row: TeamMemberRow, titles: tuple[str, ...]) -> bool:
    """Whether a person stands under a name: it begins with a title such as นาย."""
    return compact(row.person_name).startswith(_compact_titles(titles))


@lru_cache(maxsize=4)
def _compact_titles(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(compact, titles)))


def _titles(context: FindingContext) -> tuple[str, ...]:
    return load_vocabulary(context.schema.words_id).person_titles


@finding(
    "shared_phone",
    Severity.WARNING,
    element_id="2.3.contacts",
    th="หมายเลขโทรศัพท์เดียวกันซ้ำกันในบุคคลต่างชื่อ {count} ราย โปรดตรวจสอบหมายเลขหรือชื่อ",
    en="The same phone number stands for {count} different people (shared phone); check the number or the names",
)
def shared_phone(context: FindingContext) -> Iterator[Observation]:
    """One mobile, extension or direct line for people of different names; an office's own number does not count."""
    titles = _titles(context)
    people: dict[str, dict[str, TeamMemberRow]] = defaultdict(dict)
    for row in context.records.team_members:
        for phone in row.phones:
            people[phone].setdefault(person_key(row, titles), row)
    seen: set[frozenset[str]] = set()
    for phone, rows in people.items():
        names = frozenset(rows)
        if len(rows) < 2 or names in seen or _is_switchboard(phone, len(rows)):
            continue
        if _is_one_person(list(rows.values()), titles):
            continue
        seen.add(names)
        yield Observation(
            places=tuple(rows.values()),
            count=len(rows),
            evidence_text=quote(f"{row.person_name}: {row.phone_raw or phone}" for row in rows.values()),
        )


def _is_switchboard(phone: str, people: int) -> bool:
    direct = "x" in phone or len(phone) == MOBILE_DIGITS
    return not direct and people >= SWITCHBOARD_PEOPLE


def _is_one_person(rows: list[TeamMemberRow], titles: tuple[str, ...]) -> bool:
    """Whether the names are spellings of one person's in one post, which is another finding."""
    return all(
        _same_name(person_key(one, titles), person_key(other, titles)) and not _posts_differ(one, other)
        for one, other in combinations(rows, 2)
    )


def _same_name(one: str, other: str) -> bool:
    return one in other or other in one or fuzz.ratio(one, other) >= SAME_NAME_RATIO


def _posts_differ(one: TeamMemberRow, other: TeamMemberRow) -> bool:
    if not one.position or not other.position:
        return False
    return fuzz.ratio(compact(one.position), compact(other.position)) < SAME_NAME_RATIO


@finding(
    "name_variant",
    Severity.INFO,
    element_id="2.3.members",
    th="ชื่อบุคคลในทีมงานสะกดไม่ตรงกันในที่ต่าง ๆ ของแผน",
    en="A person's name is spelled in different ways in the plan (name variant)",
)
def name_variant(context: FindingContext) -> Iterator[Observation]:
    """Names that differ in a letter or two. Not asked of text read by OCR or repaired, whose slips look the same."""
    if any(page.source is TextSource.OCR or page.damage for page in context.mapped.document.pages):
        return
    titles = _titles(context)
    named: dict[str, TeamMemberRow] = {}
    for row in context.records.team_members:
        if has_title(row, titles):
            named.setdefault(person_key(row, titles), row)
    for one, other in _alike([name for name in named if len(name) >= _MIN_NAME_CHARS]):
        rows = (named[one], named[other])
        if not _posts_differ(*rows):
            yield Observation(places=rows, evidence_text=quote(row.person_name for row in rows))


def _alike(names: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs of different names that are spelled nearly the same, in the order of the names."""
    for start in range(0, len(names), _NAMES_AT_ONCE):
        some = names[start : start + _NAMES_AT_ONCE]
        scores = process.cdist(some, names[start:], scorer=fuzz.ratio, score_cutoff=SAME_NAME_RATIO)
        for one, other in np.argwhere(scores).tolist():
            if other > one:
                yield some[one], names[start + other]


@finding(
    "backup_is_main",
    Severity.WARNING,
    element_id="2.3.backups",
    th="บุคลากรสำรองเป็นคนเดียวกับบุคลากรหลัก {count} รายการ",
    en="The backup is the same person as the main one in {count} rows",
)
def backup_is_main(context: FindingContext) -> Iterator[Observation]:
    """Pairs whose main person and backup are one."""
    titles = _titles(context)
    same = [
        (main, backup)
        for main, backup in _pairs(context)
        if backup is not None and person_key(main, titles) == person_key(backup, titles)
    ]
    if same:
        yield Observation(
            places=tuple(main for main, _ in same),
            count=len(same),
            evidence_text=quote(main.person_name for main, _ in same),
        )


@finding(
    "same_person_main_and_backup",
    Severity.INFO,
    element_id="2.3.backups",
    th="มีผู้เป็นทั้งบุคลากรหลักและบุคลากรสำรองของผู้อื่น {count} คน หากเกิดเหตุอาจทำหน้าที่ไม่ได้ทั้งสองบทบาท",
    en="{count} persons are main persons and the backup of somebody else (same person main and backup)",
)
def same_person_main_and_backup(context: FindingContext) -> Iterator[Observation]:
    """A main person who is also the backup of another."""
    titles = _titles(context)
    pairs = list(_pairs(context))
    mains = {person_key(main, titles): main for main, _ in pairs if has_title(main, titles)}
    both = {
        person_key(backup, titles): backup
        for main, backup in pairs
        if backup is not None
        and person_key(backup, titles) in mains
        and person_key(backup, titles) != person_key(main, titles)
    }
    if both:
        yield Observation(
            places=tuple(both.values()),
            count=len(both),
            evidence_text=quote(row.person_name for row in both.values()),
        )


@finding(
    "leader_without_backup",
    Severity.WARNING,
    element_id="2.3.backups",
    th="หัวหน้าคณะหรือหัวหน้าทีม {count} คนไม่มีบุคลากรสำรอง",
    en="{count} heads of the committee or of a team have no backup (leader without backup)",
)
def leader_without_backup(context: FindingContext) -> Iterator[Observation]:
    """A head without a backup, in a plan that names backups for others."""
    pairs = list(_pairs(context))
    if not any(backup is not None for _, backup in pairs):
        return
    titles = _titles(context)
    covered = {person_key(main, titles) for main, backup in pairs if backup is not None}
    alone = {
        person_key(main, titles): main
        for main, backup in pairs
        if backup is None and main.role in (Role.LEADER, Role.TEAM_LEADER)
    }
    rows = tuple(row for key, row in alone.items() if key not in covered)
    if rows:
        yield Observation(places=rows, count=len(rows), evidence_text=quote(row.person_name for row in rows))


@finding(
    "missing_phone",
    Severity.INFO,
    element_id="2.3.contacts",
    th="ทีมงาน {count} คนไม่มีหมายเลขโทรศัพท์",
    en="{count} members of the team have no phone number (missing phone)",
)
def missing_phone(context: FindingContext) -> Iterator[Observation]:
    """People without any number, in a plan that gives numbers for others."""
    titles = _titles(context)
    members = context.records.team_members
    reached = {person_key(row, titles) for row in members if row.phones or not is_blank(row.phone_raw or "")}
    if not reached:
        return
    tables = {row.table_id for row in members if row.phones}
    rows = {
        person_key(row, titles): row
        for row in members
        if row.table_id in tables and person_key(row, titles) not in reached
    }
    # Where most have no number, the plan does without them; that is a matter of 2.3.contacts.
    if rows and len(rows) < len(reached):
        yield Observation(
            places=tuple(rows.values()),
            count=len(rows),
            evidence_text=quote(row.person_name for row in rows.values()),
        )


@finding(
    "malformed_phone",
    Severity.INFO,
    element_id="2.3.contacts",
    th="หมายเลขโทรศัพท์ {count} หมายเลขมีจำนวนหลักไม่ถูกต้อง",
    en="{count} phone numbers have a wrong count of digits (malformed phone)",
)
def malformed_phone(context: FindingContext) -> Iterator[Observation]:
    """Numbers with too few or too many digits; ranges, extensions and hotlines are no mistake."""
    wrong = [
        (row, piece)
        for row in context.records.team_members
        if row.phone_raw and not context.was_read_by_ocr(row)
        for piece in read_phones(row.phone_raw).malformed
    ]
    if wrong:
        yield Observation(
            places=tuple(row for row, _ in wrong),
            count=len({piece for _, piece in wrong}),
            evidence_text=quote(f"{row.person_name}: {piece}" for row, piece in wrong),
        )


@finding(
    "unnamed_post",
    Severity.INFO,
    element_id="2.3.members",
    th="ทีมงาน {count} รายการระบุเพียงตำแหน่ง ไม่ระบุชื่อบุคคล",
    en="{count} entries of the team are a post without a person's name (unnamed post)",
)
def unnamed_post(context: FindingContext) -> Iterator[Observation]:
    """Posts among names; a plan that names posts throughout does so on purpose."""
    titles = _titles(context)
    starts = tuple(map(compact, load_vocabulary(context.schema.words_id).post_starts))
    members = context.records.team_members
    posts = {
        compact(row.person_name): row
        for row in members
        if not has_title(row, titles) and compact(row.person_name).startswith(starts)
    }
    named = sum(has_title(row, titles) for row in members)
    if posts and named > len(posts):
        yield Observation(
            places=tuple(posts.values()),
            count=len(posts),
            evidence_text=quote(row.person_name for row in posts.values()),
        )


def _pairs(context: FindingContext) -> Iterator[tuple[TeamMemberRow, TeamMemberRow | None]]:
    """Each main person with the backup of the same row, None without one."""
    rows: dict[tuple[str | None, str | None, int], dict[Slot, TeamMemberRow]] = defaultdict(dict)
    for row in context.records.team_members:
        if row.pair_no is not None:
            rows[row.table_id, row.group_name, row.pair_no].setdefault(row.slot, row)
    for slots in rows.values():
        if Slot.MAIN in slots:
            yield slots[Slot.MAIN], slots.get(Slot.BACKUP)


@finding(
    "role_without_person",
    Severity.INFO,
    th="แผนกล่าวถึง{words} แต่ไม่ได้ระบุว่าเป็นผู้ใด",
    en="The plan speaks of {words}, but names nobody in that role",
)
def role_without_person(context: FindingContext) -> Iterator[Observation]:
    """A team is called after a role that none of its members has."""
    for row in context.components:
        if row.reason_code == "team_without_person":
            yield Observation(
                places=tuple(row.evidence[:1]),
                words=(row.title_th,),
                words_en=(context.schema.element(row.element_id).title_en.lower(),),
                element_id=row.element_id,
                evidence_text=quote(item.text for item in row.evidence),
            )
