"""What a document calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import NormalizedDocument
from docmodel.outline import Outline
from normalizers.text import normalize_value
from pipeline.mapping.headings import is_agency_alone, match_heading
from pipeline.mapping.lexicon import TITLE, Lexicon

OPENING_BLOCKS: Final = 30
MAX_TITLE_CHARS: Final = 200
MIN_SCORE: Final = 0.7
MAX_LINES: Final = 4

OTHER_PLANS: Final = frozenset({"none.other_plan", "none.drp"})
_REPORT: Final = re.compile(r"^(?:เรื่อง\s*)?(?:สรุป)?(?:รายงาน|ผลการ|สรุปผล|บันทึกการประชุม)")
_GUIDELINE: Final = re.compile(
    r"แนวทางการ(?:จัดทำ|ทบทวน|ปรับปรุง|เขียน|ดำเนินการจัดทำ)|คู่มือการ(?:จัดทำ|เขียน)|หลักเกณฑ์|วิธีการจัดทำ|การจัดทำแผน(?:บริหาร|ดำเนิน|ความต่อเนื่อง)|ตัวอย่างการจัดทำ|คำอธิบายการ"
)
_GOES_ON: Final = ("(", "ของ", "สำหรับ", "ประจำปี", "ปีงบ", "พ.ศ.", "กรณี")
# "ประกาศเทศบาล… เรื่อง แผน…": the title is what is proclaimed.
_PROCLAIMED: Final = re.compile(r"^ประกาศ\S.*?\sเรื่อง\s+")
_PROCLAMATION: Final = "ประกาศ"
# What a broken title begins with; a line that ends so early was ended by its author.
_TITLE_STARTS: Final = ("แผน", "คู่มือ", "รายงาน")
MIN_BROKEN_CHARS: Final = 20
_SUBJECT_WORD: Final = re.compile(r"^เรื่อง\s+")
_SUBJECT: Final = re.compile(r"^เรื่อง\s+\S")


class TitleKind(StrEnum):
    """What a title says that the document is."""

    PLAN = "plan"
    OTHER_PLAN = "other_plan"
    GUIDELINE = "guideline"
    REPORT = "report"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title with what it says of the document."""

    text: str | None
    kind: TitleKind


def find_title(document: NormalizedDocument, outline: Outline, lexicon: Lexicon) -> Title:
    """The plan's name as the opening gives it, with the lines that complete it; else the file's own title."""
    lines = list(_opening_lines(document))
    lines = [
        _SUBJECT_WORD.sub("", line) if _is_proclaimed(lines, index) else _PROCLAIMED.sub("", line)
        for index, line in enumerate(lines)
    ]
    for index, line in enumerate(lines):
        kind = title_kind(line, lexicon)
        if kind is not TitleKind.UNKNOWN and not line.startswith("("):
            return Title(text=_complete(lines, index, lexicon), kind=kind)
        if kind is TitleKind.UNKNOWN and (broken := _broken_title(lines, index, lexicon)) is not None:
            return broken
    for section in outline.sections:
        if section.heading is not None and title_kind(section.heading.text, lexicon) is TitleKind.PLAN:
            return Title(text=normalize_value(section.heading.text), kind=TitleKind.PLAN)
    named = normalize_value(document.metadata_title or "")
    kind = title_kind(named, lexicon)
    if kind is not TitleKind.UNKNOWN and named != document.source.path.stem:
        return Title(text=named, kind=kind)
    return Title(text=None, kind=TitleKind.UNKNOWN)


def _broken_title(lines: list[str], index: int, lexicon: Lexicon) -> Title | None:
    """A title that the printer broke over two or three lines, inside a word where Thai has no space."""
    if not lines[index].startswith(_TITLE_STARTS):
        return None
    for end in range(index + 2, min(index + MAX_LINES, len(lines) + 1)):
        if len(text := "".join(lines[index:end])) <= MAX_TITLE_CHARS and len(lines[end - 2]) >= MIN_BROKEN_CHARS:
            kind = title_kind(text, lexicon)
            if kind is not TitleKind.UNKNOWN:
                return Title(text=_complete([text, *lines[end:]], 0, lexicon), kind=kind)
    return None


def _is_proclaimed(lines: list[str], index: int) -> bool:
    """Whether a subject line follows the line that proclaims it; a letter's subject is no title."""
    return bool(_SUBJECT_WORD.match(lines[index])) and any(
        line.startswith(_PROCLAMATION) for line in lines[max(0, index - 2) : index]
    )


def _opening_lines(document: NormalizedDocument) -> Iterator[str]:
    blocks = [
        block
        for block in document.blocks
        if isinstance(block, TextBlock) and block.text.strip() and block.role is not BlockRole.TOC_ENTRY
    ]
    for block in blocks[:OPENING_BLOCKS]:
        for line in block.text.split("\n"):
            text = normalize_value(line)
            if text and len(text) <= MAX_TITLE_CHARS:
                yield text


def title_kind(text: str, lexicon: Lexicon) -> TitleKind:
    """What a line says that the document is, UNKNOWN where it is no title."""
    text = normalize_value(text)
    if _REPORT.search(text):
        return TitleKind.REPORT
    best = next(iter(match_heading(text, lexicon)), None)
    if _GUIDELINE.search(text) and best is not None:
        return TitleKind.GUIDELINE
    if best is None or best.score < MIN_SCORE:
        return TitleKind.UNKNOWN
    if best.label == TITLE:
        return TitleKind.PLAN
    if best.label in OTHER_PLANS:
        plan = next((candidate for candidate in match_heading(text, lexicon) if candidate.label == TITLE), None)
        return TitleKind.PLAN if plan is not None and plan.score >= best.score else TitleKind.OTHER_PLAN
    return TitleKind.UNKNOWN


def _complete(lines: list[str], index: int, lexicon: Lexicon) -> str:
    """The title line with the lines right after it that only go on with it."""
    title = lines[index]
    for line in lines[index + 1 : index + MAX_LINES]:
        goes_on = line.startswith(_GOES_ON) or is_agency_alone(line, lexicon)
        if not goes_on or line in title or len(title) + len(line) > MAX_TITLE_CHARS:
            break
        title = f"{title} {line}"
    return title


def has_subject_line(document: NormalizedDocument) -> bool:
    """Whether the opening has a letter's subject line."""
    return any(_SUBJECT.match(line) for line in _opening_lines(document))
