"""The year and the day of a plan, told from the dates of laws, circulars and events that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import NormalizedDocument
from normalizers.dates import ThaiDate, find_dates
from normalizers.text import normalize_value

# What a date says by its place and the words around it.
TITLE_YEAR: Final = 6.0
FISCAL_YEAR: Final = 4.0
RUNNING_YEAR: Final = 4.0
PREPARED: Final = 5.0
ALONE: Final = 4.0
COMMAND: Final = 3.0
FILE_YEAR: Final = 2.5
# Thai public bodies write such plans since the cabinet's resolution of 2555; a date far outside is misread or quoted.
FIRST_YEAR: Final = 2550
LAST_YEAR: Final = 2585
OPENING_BLOCKS: Final = 14
MAX_LINE_CHARS: Final = 160
# Letters of a line beside its date: "ณ วันที่ ๑ มกราคม ๒๕๖๗" is a line of its own.
MAX_REST: Final = 14

_PREPARED: Final = re.compile(
    r"(?:จัดทำ|ปรับปรุง|ทบทวน|แก้ไข|ประกาศ|อนุมัติ|เห็นชอบ|บังคับใช้|ฉบับปรับปรุง|ให้ไว้)\S{0,16}\s*(?:ครั้งที่\s*\d+)?\s*(?:เมื่อ|ณ|ตั้งแต่|ลง)?\s*(?:วันที่|เดือน)?\s*$"
)
_COMMAND: Final = re.compile(r"คำสั่ง[^\n]{0,120}(?:ลงวันที่|ลง\s*ณ\s*วันที่|สั่ง\s*ณ\s*วันที่)\s*$|สั่ง\s*ณ\s*วันที่\s*$")
# Dates of what the plan refers to, not of the plan.
_QUOTED: Final = re.compile(
    r"มติ|คณะรัฐมนตรี|พระราชบัญญัติ|พ\.ร\.บ|กฎหมาย|กฎกระทรวง|ระเบียบ|หนังสือ|ด่วน|ที่ผ่านมา|เหตุการณ์|การระบาด|การแพร่ระบาด|เมื่อปี|ในปี|ตั้งแต่ปี|มอก|iso|แผนแม่บท|ยุทธศาสตร์|ประกาศกรม|ประกาศกระทรวง",
    re.IGNORECASE,
)
_TITLE_YEAR: Final = re.compile(
    r"(?:ประจำปี|ปีงบประมาณ|ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*(?P<year>25[5-9]\d)(?!\d)(?:\s*[-–]\s*(?:พ\.?ศ\.?\s*)?(?:25)?\d\d)?\s*\)?$"
)
_BARE_YEAR: Final = re.compile(r"25[5-9]\d")
_SCHOOL_YEAR: Final = re.compile(r"ปีการศึกษา\s*(?:พ\.ศ\.\s*)?(25[5-9]\d)")
_FILE_YEAR: Final = re.compile(r"(?<!\d)(?P<long>25[5-9]\d)(?!\d)|(?:ปีงบ|ปี|งบ)\s*(?P<short>[5-9]\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDate:
    """Year and day of a plan; None where it does not say."""

    year_be: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vote:
    year_be: int
    day: date | None
    weight: float


def find_plan_date(document: NormalizedDocument, title: str | None, source_path: str) -> PlanDate:
    """The year that a plan is for and the day it bears.

    The year of the title, cover or running head counts most; then the day of preparation or approval, a date on a
    line of its own, the order that appoints the team, the year in the file's name. Dates after words for resolutions,
    laws, circulars or past events never count.
    """
    found = [*_title_votes(title), *_running_votes(document), *_text_votes(document), *_file_votes(source_path)]
    votes = [vote for vote in found if FIRST_YEAR <= vote.year_be <= LAST_YEAR]
    if not votes:
        return PlanDate()
    years: dict[int, float] = {}
    for vote in votes:
        years[vote.year_be] = max(years.get(vote.year_be, 0.0), vote.weight) + 0.1
    year_be = max(years, key=lambda year: (years[year], year))
    dated = [vote for vote in votes if vote.day is not None]
    best = max(dated, key=lambda vote: vote.weight, default=None)
    return PlanDate(year_be=year_be, day=best.day if best is not None else None)


def _title_votes(title: str | None) -> Iterator[_Vote]:
    if title:
        match = _TITLE_YEAR.search(normalize_value(title))
        if match:
            yield _Vote(year_be=int(match["year"]), day=None, weight=TITLE_YEAR)


def _running_votes(document: NormalizedDocument) -> Iterator[_Vote]:
    texts = {
        normalize_value(block.text)
        for page in document.pages
        for block in page.text_blocks()
        if block.role in (BlockRole.PAGE_HEADER, BlockRole.PAGE_FOOTER)
    }
    for text in sorted(texts):
        for found in find_dates(text):
            yield _Vote(year_be=found.year_be, day=found.day, weight=RUNNING_YEAR)


def _text_votes(document: NormalizedDocument) -> Iterator[_Vote]:
    seen = 0
    for block in document.blocks:
        if not isinstance(block, TextBlock) or not block.text.strip():
            continue
        seen += 1
        for line in block.text.split("\n"):
            text = normalize_value(line)
            school_year = _SCHOOL_YEAR.search(text) if seen <= OPENING_BLOCKS else None
            if school_year:
                yield _Vote(year_be=int(school_year[1]), day=None, weight=FISCAL_YEAR)
            if seen <= OPENING_BLOCKS and _BARE_YEAR.fullmatch(text):
                yield _Vote(year_be=int(text), day=None, weight=ALONE)
            for found in find_dates(text):
                weight = _weight(text, found, opening=seen <= OPENING_BLOCKS)
                if weight:
                    yield _Vote(year_be=found.year_be, day=found.day, weight=weight)


def _weight(text: str, found: ThaiDate, *, opening: bool) -> float:
    before = text[: found.start]
    if _COMMAND.search(before):
        return COMMAND
    if _QUOTED.search(before[-70:]):
        return 0.0
    if _PREPARED.search(before):
        return PREPARED
    rest = len(text) - (found.end - found.start)
    if found.day is not None or found.month is not None:
        return ALONE if rest <= MAX_REST else 0.0
    if opening and len(text) <= MAX_LINE_CHARS and (rest <= MAX_REST or _TITLE_YEAR.search(text)):
        return FISCAL_YEAR + (0.5 if found.is_fiscal_year else 0.0)
    return 0.0


def _file_votes(source_path: str) -> Iterator[_Vote]:
    name = normalize_value(PurePosixPath(source_path.replace("!/", "/")).stem)
    for match in _FILE_YEAR.finditer(name):
        year = int(match["long"]) if match["long"] else 2500 + int(match["short"])
        yield _Vote(year_be=year, day=None, weight=FILE_YEAR)
