"""Which letters are written to whom, and which files and agencies get none and why.

A letter speaks of one agency's files alone: bodies of one name in different provinces get a letter each, and where the
province is not known a body of a kind with many namesakes gets one per plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from docmodel.vocabulary import AgencyType, DocumentClass, DocumentStatus
from normalizers.text import thai_skeleton
from reports.agency_names import agency_key
from reports.data import PlanFiles, clean_records
from reports.labels import label
from reports.register import MIN_KEY_IN_PATH, Delivery, RegisterCheck, RegisterLine, place_of

_NAMESAKES = frozenset({AgencyType.LOCAL_GOVERNMENT, AgencyType.SCHOOL, AgencyType.HOSPITAL})
_AGENCY_CAN_MEND = frozenset(
    {"empty_file", "wrong_extension", "pdf_encrypted", "pdf_corrupt", "pdf_no_pages", "docx_encrypted"}
    | {"office_encrypted", "docx_damaged", "ole_damaged", "zip_damaged", "archive_damaged", "archive_encrypted"}
    | {"archive_empty", "text_undecodable", "unsupported_media_type", "unsupported_image", "unsupported_office"}
    | {"unsupported_web_archive", "no_text_found"}
)
"""Errors that a new file from the agency ends; of all others the analyst has to look first."""
_ADVICE = (" กรุณา", " โปรด")
"""Where the advice to the analyst begins in an error's sentence."""


class Mood(StrEnum):
    """What a letter is for."""

    REVISE = "revise"
    CHECK = "check"
    COMPLETE = "complete"
    RESEND = "resend"
    REMIND = "remind"


MOOD_WORDS: Mapping[Mood, str] = {
    Mood.REVISE: "ขอให้ปรับปรุง",
    Mood.CHECK: "ขอให้ตรวจสอบ",
    Mood.COMPLETE: "ครบถ้วน",
    Mood.RESEND: "ขอไฟล์ใหม่",
    Mood.REMIND: "ทวงถาม",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A file that could not be opened, with the reason in Thai."""

    source_path: str
    reason: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.source_path).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One agency with all that came from it; no plan and no unread file where nothing came."""

    agency_name: str | None
    agency_type: str | None
    province: str | None
    plans: tuple[PlanFiles, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    line: RegisterLine | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """A file or an expected agency without a letter, and why."""

    what: str
    province: str | None
    reason: str


def sort_mail(
    documents: pd.DataFrame,
    plans: Sequence[PlanFiles],
    *,
    replaced: Collection[str],
    register: RegisterCheck | None,
    today: date,
) -> tuple[tuple[Addressee, ...], tuple[Unwritten, ...]]:
    """Who gets a letter about what, and who and what does not. ``replaced`` are plans with a newer one."""
    lines = {plan.document_id: line for line in register.lines for plan in line.plans} if register else {}
    groups: dict[tuple[str, str], list[PlanFiles]] = {}
    for plan in plans:
        groups.setdefault(_group_of(plan), []).append(plan)
    failed = [row for row in clean_records(documents) if row["status"] == DocumentStatus.FAILED]
    owners = _find_owners(failed, groups, register)
    unread: dict[tuple[str, str], list[UnreadFile]] = {}
    for row in failed:
        if row["source_path"] in owners:
            unread.setdefault(owners[row["source_path"]], []).append(_unread(row))
    unwritten: list[Unwritten] = []
    addressees: list[Addressee] = []
    for key, members in groups.items():
        current = [plan for plan in members if plan.document_id not in replaced] or members
        old = [plan for plan in members if plan.document_id in replaced] if current is not members else []
        unwritten += [_old_plan(plan) for plan in old]
        first = current[0].document
        addressees.append(
            Addressee(
                agency_name=first["agency_name"],
                agency_type=first["agency_type"],
                province=place_of(current[0]),
                plans=tuple(current),
                unread=tuple(unread.get(key, ())),
                line=lines.get(current[0].document_id),
                note=None if first["agency_name"] else "ไม่ทราบหน่วยงาน โปรดเติมชื่อก่อนส่ง",
            )
        )
    for number, line in enumerate(register.lines if register else ()):
        if not line.plans:
            addressee, none = _of_line(line, tuple(unread.get(("line", str(number)), ())), today)
            addressees += addressee
            unwritten += none
    unwritten += _left_over(documents, owners)
    return tuple(addressees), tuple(unwritten)


def _group_of(plan: PlanFiles) -> tuple[str, str]:
    name = plan.document["agency_name"]
    if not name:
        return plan.document_id, ""
    place = place_of(plan)
    if place is None and plan.document["agency_type"] in _NAMESAKES:
        return agency_key(name), plan.document_id
    return agency_key(name), thai_skeleton(place or "")


def _find_owners(
    failed: Sequence[Mapping[str, Any]],
    groups: Mapping[tuple[str, str], Sequence[PlanFiles]],
    register: RegisterCheck | None,
) -> dict[str, tuple[str, str]]:
    """Whose an unread file is, by its path: beside a plan of the same name, or with one agency's name in the path.

    Only errors that a new file ends are given to an agency. A line of the register is named by its place in it.
    """
    stems = {
        _stem(document["source_path"]): key
        for key, plans in groups.items()
        for plan in plans
        for document in (plan.document, *plan.others)
    }
    letters = {
        key: skeleton
        for key, plans in groups.items()
        if plans[0].document["agency_name"]
        and len(skeleton := thai_skeleton(plans[0].document["agency_name"])) >= MIN_KEY_IN_PATH
    }
    waiting = [(number, line) for number, line in enumerate(register.lines if register else ()) if not line.plans]
    claims = Counter(path for _, line in waiting for path in line.unread)
    of_line = {path: ("line", str(n)) for n, line in waiting for path in line.unread if claims[path] == 1}
    owners: dict[str, tuple[str, str]] = {}
    for row in failed:
        path = row["source_path"]
        if row["error_code"] not in _AGENCY_CAN_MEND:
            continue
        letters_of_path = thai_skeleton(path)
        named = [key for key, skeleton in letters.items() if skeleton in letters_of_path]
        owner = stems.get(_stem(path)) or (named[0] if len(named) == 1 else None) or of_line.get(path)
        if owner is not None:
            owners[path] = owner
    return owners


def _stem(source_path: str) -> str:
    path = PurePosixPath(source_path)
    return f"{path.parent}/{path.stem}"


def _of_line(
    line: RegisterLine, unread: tuple[UnreadFile, ...], today: date
) -> tuple[list[Addressee], list[Unwritten]]:
    """The letter to an agency of which no plan came, or why it gets none."""
    agency = line.agency
    to_agency = Addressee(
        agency_name=agency.name,
        agency_type=agency.agency_type,
        province=agency.place,
        unread=unread,
        line=line,
        note="โปรดตรวจสอบว่าไฟล์เป็นของหน่วยงานนี้" if unread else None,
    )
    if unread:
        return [to_agency], []
    if line.delivery is Delivery.UNCLEAR:
        return [], [Unwritten(what=agency.name, province=agency.place, reason=f"โปรดตรวจสอบก่อนทวงถาม: {line.note}")]
    if agency.deadline is not None and agency.deadline >= today:
        return [], [Unwritten(what=agency.name, province=agency.place, reason="ยังไม่ได้รับ แต่ยังไม่เลยกำหนด")]
    return [to_agency], []


def _unread(row: Mapping[str, Any]) -> UnreadFile:
    sentence = str(row["error_message"] or "").partition(" | ")[0]
    for advice in _ADVICE:
        sentence = sentence.partition(advice)[0]
    return UnreadFile(source_path=row["source_path"], reason=sentence or "เปิดอ่านไม่ได้")


def _old_plan(plan: PlanFiles) -> Unwritten:
    reason = "หน่วยงานเดียวกันส่งแผนฉบับที่ใหม่กว่า หนังสือว่าด้วยฉบับใหม่"
    return Unwritten(what=plan.document["source_path"], province=place_of(plan), reason=reason)


def _left_over(documents: pd.DataFrame, owners: Mapping[str, tuple[str, str]]) -> Iterator[Unwritten]:
    """Files that no letter speaks of."""
    for row in clean_records(documents):
        if row["status"] == DocumentStatus.FAILED:
            if row["source_path"] in owners:
                continue
            reason = f"เปิดอ่านไม่ได้ โปรดดูไฟล์ก่อน: {_unread(row).reason}"
        elif row["status"] == DocumentStatus.DUPLICATE:
            reason = "เนื้อหาเดียวกับไฟล์อื่น"
        elif row["status"] == DocumentStatus.SKIPPED or row["document_class"] is None:
            reason = label("document_status", row["status"])
        elif row["document_class"] != DocumentClass.BCP_PLAN:
            reason = f"ไม่ใช่แผน: {label('document_class', row['document_class'])}"
        else:
            continue
        yield Unwritten(what=row["source_path"], province=row["province"], reason=reason)
