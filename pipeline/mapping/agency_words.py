"""First words of agency names, so that an agency's own name can be told from the rest of a heading."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from docmodel.vocabulary import AgencyType
from normalizers.text import thai_skeleton


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyWord:
    """A first word of agency names. ``anywhere`` where it may stand inside the name ("(องค์การมหาชน)")."""

    word: str
    key: str
    agency_type: AgencyType
    anywhere: bool


def reference_folder() -> Path:
    """Where the reference lists lie."""
    return Path(str(files("schema"))) / "reference"


@cache
def load_short_names() -> tuple[tuple[str, str], ...]:
    """Short first words of agency names with what they stand for ("อบต."), longest first."""
    with (reference_folder() / "agency_short_names.csv").open(encoding="utf-8", newline="") as stream:
        pairs = [(row["short"], row["full"]) for row in csv.DictReader(stream)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _short_names() -> re.Pattern[str]:
    words = "|".join(re.escape(short) for short, _ in load_short_names())
    return re.compile(rf"(?<![ก-๎.])(?:{words})(?=[ก-ฮเแโใไ])")


def write_names_out(text: str) -> str:
    """The text with short first words of agency names written out, where a name follows.

    >>> write_names_out("แผนของ อบต.ดอกแคขาว")
    'แผนของ องค์การบริหารส่วนตำบลดอกแคขาว'
    """
    full = dict(load_short_names())
    return _short_names().sub(lambda match: full[match[0].strip()], text)


@cache
def load_agency_words() -> tuple[AgencyWord, ...]:
    """All first words of agency names, longest first."""
    with (reference_folder() / "agency_words.csv").open(encoding="utf-8", newline="") as stream:
        words = [
            AgencyWord(
                word=row["word"],
                key=thai_skeleton(row["word"]),
                agency_type=AgencyType(row["agency_type"]),
                anywhere=bool(row["anywhere"]),
            )
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(words, key=lambda word: -len(word.word)))
