"""Writes the letters: one Word file per agency that sent a plan, and a list of them."""

from __future__ import annotations

import csv
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from docmodel.errors import ConfigError
from reports.agency_names import agency_key
from reports.data import PlanFiles, RowReader, find_plans, open_datasets, read_dataset
from reports.files import written_folder
from reports.html.environment import plain
from reports.letters.form import NO_AGENCY, Form, file_name, find_recipient
from reports.letters.gaps import Gap, PlanGaps, find_gaps
from reports.masked_rows import people_words
from reports.masking import build_masker
from reports.query.cells import csv_cell
from reports.register_file import ExpectedAgency

TEMPLATE = Path(__file__).parent / "template.docx"
LIST_FILE = "letters.csv"
_MARK = ".bcp-letters"
_LIST_HEADS = ("ไฟล์", "หน่วยงาน", "จังหวัด", "ส่งผ่าน", "รายการให้ปรับปรุง", "รายการให้ตรวจสอบ", "ข้อเสนอแนะ")


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersRequest:
    """Datasets in, folder of letters out. ``template`` None takes the built-in one."""

    processed: Path
    output: Path
    form: Form
    template: Path | None = None
    register: Sequence[ExpectedAgency] | None = None
    with_personal_data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersResult:
    """What was written. ``short`` are letters without anything to revise or check."""

    folder: Path
    letters: int
    short: int
    gaps: int
    checks: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One agency with all its plans."""

    agency_name: str | None
    document: Mapping[str, Any]
    plans: tuple[PlanGaps, ...]

    @property
    def gaps(self) -> int:
        """Components to revise."""
        return sum(len(plan.gaps) for plan in self.plans)

    @property
    def checks(self) -> int:
        """Components that the agency is asked to check."""
        return sum(len(plan.checks) for plan in self.plans)


def build_letters(request: LettersRequest) -> LettersResult:
    """Write all letters. Raises ConfigError for a template that does not work or a folder of something else."""
    started = time.monotonic()
    documents = read_dataset(request.processed, "documents")
    components = read_dataset(request.processed, "components", ("document_id", "element_id", "status"))
    agencies: dict[str, list[PlanFiles]] = {}
    for plan in find_plans(documents, components):
        name = plan.document["agency_name"]
        agencies.setdefault(agency_key(name) if name else plan.document_id, []).append(plan)
    readers = open_datasets(request.processed, {"components": None, "findings": None, "team_members": None})
    expected = {agency.key: agency for agency in request.register or ()}
    letters: list[Letter] = []
    listed: list[tuple[Any, ...]] = [_LIST_HEADS]
    with written_folder(request.output, mark=_MARK) as folder:
        for key, plans in agencies.items():
            letter = _read_letter(plans, readers, with_personal_data=request.with_personal_data)
            agency = expected.get(key)
            path = folder / file_name(_safe_agency(letter), plans[0].document_id)
            write_letter(path, letter, request, agency)
            listed.append(_listed(path, letter, agency))
            letters.append(letter)
        with (folder / LIST_FILE).open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([csv_cell(value, as_is=False) for value in row] for row in listed)
    return LettersResult(
        folder=request.output,
        letters=len(letters),
        short=sum(not letter.gaps and not letter.checks for letter in letters),
        gaps=sum(letter.gaps for letter in letters),
        checks=sum(letter.checks for letter in letters),
        seconds=time.monotonic() - started,
    )


def write_letter(path: Path, letter: Letter, request: LettersRequest, agency: ExpectedAgency | None = None) -> None:
    """Write one letter from the template. Raises ConfigError where the template does not work."""
    source = request.template or TEMPLATE
    context = build_context(letter, request, agency)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        template = DocxTemplate(str(source))
        template.render(context, jinja_env=environment, autoescape=True)
        template.save(str(path))
    except (TemplateError, ValueError, KeyError, FileNotFoundError) as error:
        raise ConfigError(
            "letter_template_wrong",
            th=f"แม่แบบหนังสือ {source.name} ใช้ไม่ได้ ({type(error).__name__}) กรุณาตรวจคำสั่งในวงเล็บปีกกาตาม docs/letters.md",
            en=f"The letter template {source.name} does not work ({_words_of(error)}); compare its fields in braces "
            "with docs/letters.md.",
        ) from error


def build_context(letter: Letter, request: LettersRequest, agency: ExpectedAgency | None = None) -> dict[str, Any]:
    """The fields of the template: strings in the numerals asked for, without characters that Word refuses."""
    form = request.form
    document = letter.document
    shown = _safe_agency(letter, request.with_personal_data)
    deadline: date | None = form.deadline or (agency.deadline if agency else None)
    recipient = find_recipient(letter.agency_name and shown, document["agency_type"], document["province"])
    fields: dict[str, Any] = {
        **form.context(),
        "agency": shown,
        "recipient": recipient,
        "through": (agency.through if agency else None) or "",
        "deadline": form.day(deadline),
        "one": "1",
        "gap_count": str(letter.gaps),
        "check_count": str(letter.checks),
        "people_note": people_words(with_personal_data=request.with_personal_data),
        "plans": [_plan_fields(plan, number) for number, plan in enumerate(letter.plans, 1)],
    }
    cleaned: dict[str, Any] = _clean(fields, form)
    cleaned["has_gaps"] = letter.gaps > 0
    cleaned["has_checks"] = letter.checks > 0
    cleaned["has_suggestions"] = any(plan.suggestions for plan in letter.plans)
    cleaned["complete"] = not letter.gaps and not letter.checks
    cleaned["several_plans"] = len(letter.plans) > 1
    return cleaned


def _plan_fields(plan: PlanGaps, number: int) -> dict[str, Any]:
    return {
        "number": str(number),
        "title": plan.title,
        "gaps": [_gap_fields(gap, place) for place, gap in enumerate(plan.gaps, 1)],
        "checks": [_gap_fields(gap, place) for place, gap in enumerate(plan.checks, 1)],
        "suggestions": list(plan.suggestions),
    }


def _gap_fields(gap: Gap, place: int) -> dict[str, Any]:
    points = [
        {"found": point.found, "place": point.place, "quote": point.quote, "revise": point.revise}
        for point in gap.points
    ]
    return {"number": str(place), "title": f"{_circular_number(gap.element_id)}{gap.title}", "points": points}


def _circular_number(element_id: str) -> str:
    """The circular's own number before a title; ids in words are none.

    >>> _circular_number("2.5"), _circular_number("3.eservice")
    ('2.5 ', '')
    """
    return f"{element_id} " if all(part.isdigit() for part in element_id.split(".")) else ""


def _clean(value: Any, form: Form, key: str = "") -> Any:
    """Fields fit for Word; a quotation keeps the numerals of its document."""
    if isinstance(value, str):
        text = plain(value)
        return text if key == "quote" else form.digits(text)
    if isinstance(value, dict):
        return {name: _clean(inner, form, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner, form, key) for inner in value]
    return value


def _read_letter(plans: Sequence[PlanFiles], readers: Mapping[str, RowReader], *, with_personal_data: bool) -> Letter:
    found = []
    for plan in plans:
        document_id = plan.document_id
        masker = build_masker(readers["team_members"].rows(document_id), show=with_personal_data)
        title = plan.document["title"] or Path(plan.document["source_path"]).name
        found.append(
            find_gaps(
                readers["components"].rows(document_id),
                readers["findings"].rows(document_id),
                masker=masker,
                title=masker.text(title),
                differing=plan.differing,
            )
        )
    first = plans[0].document
    return Letter(agency_name=first["agency_name"], document=first, plans=tuple(found))


def _safe_agency(letter: Letter, with_personal_data: bool = False) -> str:
    return build_masker((), show=with_personal_data).text(letter.agency_name) or NO_AGENCY


def _listed(path: Path, letter: Letter, agency: ExpectedAgency | None) -> tuple[Any, ...]:
    return (
        path.name,
        _safe_agency(letter),
        letter.document["province"] or "",
        (agency.through if agency else None) or "",
        letter.gaps,
        letter.checks,
        sum(len(plan.suggestions) for plan in letter.plans),
    )


def _words_of(error: Exception) -> str:
    """What is wrong with a template; its words are the template's own, never a document's."""
    return f"{type(error).__name__}: {error}" if isinstance(error, TemplateError) else type(error).__name__
