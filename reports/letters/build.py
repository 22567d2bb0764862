"""Writes the letters: one Word file per agency, and the list of them."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.data import find_plans, open_datasets, read_dataset
from reports.files import written_folder
from reports.letters.form import Form, file_name
from reports.letters.letter import build_context, read_letter
from reports.letters.letter_list import Listed, list_letter, write_lists
from reports.letters.mail import Addressee, Mood, sort_mail
from reports.letters.writing import TEMPLATE, LetterWriter
from reports.register import check_register
from reports.register_file import ExpectedAgency

_MARK = ".bcp-letters"
_DOCUMENT_COLUMNS = (
    *("document_id", "source_path", "media_type", "status", "error_code", "error_message", "document_class"),
    *("agency_name", "agency_type", "province", "title", "plan_year_be", "submission_id", "text_quality"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersRequest:
    """Datasets in, folder of letters out. ``template`` None takes the built-in one."""

    processed: Path
    output: Path
    form: Form
    today: date
    template: Path | None = None
    register: Sequence[ExpectedAgency] | None = None
    with_personal_data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersResult:
    """What was written. ``without`` counts files and expected agencies that got no letter."""

    folder: Path
    moods: Mapping[Mood, int]
    gaps: int
    checks: int
    without: int
    seconds: float

    @property
    def letters(self) -> int:
        """Letters of all kinds."""
        return sum(self.moods.values())


def build_letters(request: LettersRequest, on_progress: Callable[[int, int], None] | None = None) -> LettersResult:
    """Write all letters. Raises ConfigError for a template that does not work or a folder of something else."""
    started = time.monotonic()
    documents = read_dataset(request.processed, "documents", _DOCUMENT_COLUMNS)
    plans = find_plans(
        documents, read_dataset(request.processed, "components", ("document_id", "element_id", "status"))
    )
    findings = read_dataset(request.processed, "findings", ("document_id", "code"))
    today = request.form.written_on or request.today
    register = request.register
    addressees, unwritten = sort_mail(
        documents,
        plans,
        replaced=frozenset(findings.loc[findings["code"] == "newer_version_exists", "document_id"]),
        register=None if register is None else check_register(register, plans, documents, today=today),
        today=today,
    )
    readers = open_datasets(request.processed, {"components": None, "findings": None, "team_members": None})
    writer = LetterWriter(template=request.template or TEMPLATE)
    listed: list[Listed] = []
    with written_folder(request.output, mark=_MARK) as folder:
        for number, to in enumerate(addressees, 1):
            letter = read_letter(to, readers, with_personal_data=request.with_personal_data)
            name = _free_name(folder, file_name(letter.agency, _id_of(to)))
            writer.write(folder / name, build_context(letter, request.form, today))
            listed.append(list_letter(name, letter))
            if on_progress:
                on_progress(number, len(addressees))
        write_lists(folder, listed, unwritten, with_personal_data=request.with_personal_data)
    return _account(request.output, listed, len(unwritten), started)


def _id_of(to: Addressee) -> str:
    """What keeps the file names of namesakes apart: the plan's id, else the name and province."""
    if to.plans:
        return to.plans[0].document_id
    return hashlib.sha256(f"{to.agency_name}|{to.province}".encode()).hexdigest()


def _free_name(folder: Path, name: str) -> str:
    """The name, with a number behind it where an agency stands in the register twice."""
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{Path(name).stem}-{number}.docx"
        number += 1
    return path.name


def _account(folder: Path, letters: Sequence[Listed], without: int, started: float) -> LettersResult:
    moods = Counter(letter.mood for letter in letters)
    return LettersResult(
        folder=folder,
        moods={mood: moods[mood] for mood in Mood},
        gaps=sum(letter.gaps for letter in letters),
        checks=sum(letter.checks for letter in letters),
        without=without,
        seconds=time.monotonic() - started,
    )
