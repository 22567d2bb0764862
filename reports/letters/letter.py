"""What one letter says: the fields of the template for one agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.data import RowReader
from reports.labels import circular_number, label, thai_date
from reports.letters.form import NO_AGENCY, Form, find_recipient
from reports.letters.gaps import Gap, PlanGaps, find_gaps
from reports.letters.mail import Addressee, Mood
from reports.letters.writing import clean_fields
from reports.masked_rows import people_words
from reports.masking import Masker, build_masker


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An agency with what is said of its plans; all words masked unless people are to be shown."""

    to: Addressee
    agency: str
    recipient: str
    plans: tuple[PlanGaps, ...]
    unread: tuple[tuple[str, str], ...]
    with_personal_data: bool

    @property
    def gaps(self) -> int:
        """Components to revise."""
        return sum(len(plan.gaps) for plan in self.plans)

    @property
    def checks(self) -> int:
        """Components that the agency is asked to check."""
        return sum(len(plan.checks) for plan in self.plans)

    @property
    def suggestions(self) -> int:
        """What is worth improving."""
        return sum(len(plan.suggestions) for plan in self.plans)

    @property
    def mood(self) -> Mood:
        """What the letter is for."""
        if not self.plans:
            return Mood.RESEND if self.unread else Mood.REMIND
        return Mood.REVISE if self.gaps else Mood.CHECK if self.checks else Mood.COMPLETE


def read_letter(to: Addressee, readers: Mapping[str, RowReader], *, with_personal_data: bool) -> Letter:
    """The letter to an agency from the rows of its plans."""
    nobody = build_masker((), show=with_personal_data)
    agency = nobody.text(to.agency_name)
    return Letter(
        to=to,
        agency=agency or NO_AGENCY,
        recipient=find_recipient(agency, to.agency_type, to.province),
        plans=tuple(_read_plan(to, place, readers, with_personal_data) for place in range(len(to.plans))),
        unread=tuple((nobody.text(file.name), file.reason) for file in to.unread),
        with_personal_data=with_personal_data,
    )


def _read_plan(to: Addressee, place: int, readers: Mapping[str, RowReader], with_personal_data: bool) -> PlanGaps:
    plan = to.plans[place]
    key = plan.document_id
    masker = build_masker(readers["team_members"].rows(key), show=with_personal_data)
    return find_gaps(
        readers["components"].rows(key),
        readers["findings"].rows(key),
        masker=masker,
        title=_title(plan.document, masker),
        files=[masker.text(document["source_path"].rsplit("/", 1)[-1]) for document in (plan.document, *plan.others)],
        differing=plan.differing,
        unread=bool(to.unread),
    )


def _title(document: Mapping[str, Any], masker: Masker) -> str:
    title = masker.text(document["title"]) or label("document_class", document["document_class"])
    year = "" if document["plan_year_be"] is None else str(int(document["plan_year_be"]))
    return title if year in title else f"{title} พ.ศ. {year}"


def build_context(letter: Letter, form: Form, today: date) -> dict[str, Any]:
    """The fields of the template: strings in the numerals asked for, without characters that Word refuses."""
    line = letter.to.line
    due = line.agency.deadline if line else None
    mood = letter.mood
    fields: dict[str, Any] = {
        **form.context(),
        "agency": letter.agency,
        "recipient": letter.recipient,
        "through": (line.agency.through if line else None) or "",
        "deadline": form.day(form.deadline or (due if due and due >= today else None)),
        "due": thai_date(due),
        "one": "1",
        "gap_count": str(letter.gaps),
        "check_count": str(letter.checks),
        "unread_count": str(len(letter.unread)),
        "people_note": people_words(with_personal_data=letter.with_personal_data),
        "plans": [_plan_fields(plan, number) for number, plan in enumerate(letter.plans, 1)],
        "unread": [
            {"number": str(number), "file": name, "reason": reason}
            for number, (name, reason) in enumerate(letter.unread, 1)
        ],
    }
    cleaned: dict[str, Any] = clean_fields(fields, form)
    cleaned |= {
        "revise": mood in (Mood.REVISE, Mood.CHECK),
        "complete": mood is Mood.COMPLETE,
        "resend": mood is Mood.RESEND,
        "remind": mood is Mood.REMIND,
        "has_gaps": letter.gaps > 0,
        "has_checks": letter.checks > 0,
        "has_suggestions": letter.suggestions > 0,
        "has_unread": bool(letter.unread),
        "has_list": bool(letter.gaps or letter.checks or letter.suggestions or letter.unread),
        "several_plans": len(letter.plans) > 1,
    }
    return cleaned


def _plan_fields(plan: PlanGaps, number: int) -> dict[str, Any]:
    return {
        "number": str(number),
        "title": plan.title,
        "files": list(plan.files),
        "gaps": [_gap_fields(gap, place) for place, gap in enumerate(plan.gaps, 1)],
        "checks": [_gap_fields(gap, place) for place, gap in enumerate(plan.checks, 1)],
        "suggestions": list(plan.suggestions),
    }


def _gap_fields(gap: Gap, place: int) -> dict[str, Any]:
    points = [
        {"title": p.title, "found": p.found, "where": p.where, "quote": p.quote, "revise": p.revise} for p in gap.points
    ]
    return {"number": str(place), "title": f"{circular_number(gap.element_id)}{gap.title}", "points": points}
