"""Whose document it is: every place that names an agency votes, the strongest places most."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import NormalizedDocument
from docmodel.outline import Outline
from docmodel.vocabulary import AgencyType
from normalizers.text import normalize_value, thai_skeleton
from pipeline.identity.names import AgencyName, find_names
from pipeline.identity.titles import OTHER_PLANS
from pipeline.identity.unlisted import find_unlisted
from pipeline.mapping.agency_words import write_names_out
from pipeline.mapping.headings import CLEAR, is_agency_alone, match_heading
from pipeline.mapping.lexicon import ASPECT, TITLE, Lexicon

# What a mention says by its place. A cover names its agency; a body text names many.
COVER_ALONE: Final = 6.0
COVER: Final = 3.0
TITLE_LINE: Final = 6.0
HEADING: Final = 2.0
ALONE: Final = 3.0
RUNNING_HEAD: Final = 3.0
METADATA: Final = 2.0
FILE_NAME: Final = 2.0
BODY: Final = 0.25
BODY_MAX: Final = 3.0
# On a cover the ministry stands above or below the department, the province behind the municipality: the more
# particular body is meant.
SUPERIOR: Final = 0.45
COVER_LINES: Final = 14
_TITLES: Final = OTHER_PLANS | {TITLE}
MAX_LINE_CHARS: Final = 160
# The longest names with their places stay below this; a longer line is a sentence about the agency.
MAX_ALONE_CHARS: Final = 90
MIN_SCORE: Final = 1.0

# A proclamation, a memo's head or an order names the body that gives it.
PROCLAIMS: Final = 8.0
ORDERS: Final = 3.0

_SUPERIORS: Final = frozenset({AgencyType.MINISTRY, AgencyType.PROVINCE})
# Bodies that stand on the cover of those below them: first words of the one above, of those below.
_ABOVE: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (("สำนักงานเขตพื้นที่การศึกษา", "สำนักงานคณะกรรมการการ"), ("โรงเรียน", "วิทยาลัย")),
    (("ตำรวจภูธร", "สำนักงานตำรวจ"), ("สถานีตำรวจ",)),
    (("สำนักงานสาธารณสุข",), ("โรงพยาบาล",)),
)
_UNIT_OF_UNIVERSITY: Final[tuple[str, ...]] = ("คณะ", "สำนัก", "สถาบัน", "ศูนย์", "กอง", "วิทยาลัย", "บัณฑิตวิทยาลัย")
_UNIVERSITY: Final = ("มหาวิทยาลัย", "สถาบันเทคโนโลยี", "สถาบันบัณฑิต")
# … with the section that writes between ("ส่วนราชการ กองแผนงาน กรม…")
_GIVEN_BY: Final = re.compile(
    r"^(?:(?P<proclaims>ประกาศ|ส่วนราชการ(?:\s*(?:กอง|สำนัก|ฝ่าย|กลุ่ม|งาน|ศูนย์|ส่วน)\S*)?)|คำสั่ง)\s*$"
)
# An address right behind a name: the head of a letter, printed on two lines that were joined.
_LETTERHEAD: Final = re.compile(r"\s*(?:ถนน|เลขที่|หมู่ที่|หมู่\s?[0-9๐-๙]|ตำบล|อำเภอ|แขวง)\S")
_LEGAL_FORM: Final = re.compile(r"\((?:องค์การ)?มหาชน\)")
_FILE_NOISE: Final = re.compile(r"[_\-–.]+|\d{3,}|BCP|bcp|แผน|ฉบับ\S*|สแกน|แบบฟอร์ม|(?<=\s)ปี(?:งบประมาณ)?(?=\s|$|\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A mention of an agency and what it weighs."""

    name: AgencyName
    weight: float


def find_agency(
    document: NormalizedDocument, outline: Outline, source_path: str, lexicon: Lexicon
) -> AgencyName | None:
    """The agency that the document is of, None where no place names one clearly enough."""
    scores: dict[str, float] = defaultdict(float)
    names: dict[str, AgencyName] = {}
    body: dict[str, float] = defaultdict(float)
    for vote in _votes(document, outline, source_path, lexicon):
        key = vote.name.key
        names.setdefault(key, vote.name)
        votes = body if vote.weight == BODY else scores
        votes[key] += vote.weight
    _settle_lengths(scores, names)
    for key, weight in body.items():
        meant = _begins_with(key, scores)
        scores[meant or key] += min(weight, BODY_MAX)
    for key, name in names.items():
        if key in scores and (
            (name.agency_type in _SUPERIORS and len(scores) > 1) or _stands_above(name, scores, names)
        ):
            scores[key] *= SUPERIOR
    best = max(scores, key=lambda key: (scores[key], len(key)), default=None)
    if best is not None and scores[best] >= MIN_SCORE:
        return names[best]
    return find_unlisted(document, _running_heads(document), _cover_length(outline, lexicon), lexicon)


def _stands_above(name: AgencyName, scores: dict[str, float], names: dict[str, AgencyName]) -> bool:
    """Whether a name is that of a body above another one that a strong place names."""
    below: list[tuple[str, ...]] = [starts for above, starts in _ABOVE if name.name.startswith(above)]
    below += [_UNIT_OF_UNIVERSITY] if name.name.startswith(_UNIVERSITY) else []
    return any(
        scores[key] >= COVER and other.name.startswith(starts)
        for key, other in names.items()
        for starts in below
        if key in scores and (starts is not _UNIT_OF_UNIVERSITY or other.name.endswith(f" {name.name}"))
    )


def _votes(document: NormalizedDocument, outline: Outline, source_path: str, lexicon: Lexicon) -> Iterator[Vote]:
    yield from _from_blocks(document, _cover_length(outline, lexicon), lexicon)
    yield from _from_headings(outline, lexicon)
    for text in _running_heads(document):
        yield from (Vote(name=name, weight=RUNNING_HEAD) for _, name in find_names(text))
    if document.metadata_title:
        yield from (Vote(name=name, weight=METADATA) for _, name in find_names(document.metadata_title)[:1])
    file_name = _FILE_NOISE.sub(" ", write_names_out(PurePosixPath(source_path.replace("!/", "/")).stem))
    yield from (Vote(name=name, weight=FILE_NAME) for _, name in find_names(file_name)[:1])


def _cover_length(outline: Outline, lexicon: Lexicon) -> int:
    """How many texts stand before the first part of the plan, title included."""
    length = 0
    for section in outline.sections:
        if section.heading is not None:
            best = next(iter(match_heading(section.heading.text, lexicon)), None)
            is_title = best is None or best.label in _TITLES or best.label.startswith(ASPECT)
            if best is not None and not is_title and best.score >= CLEAR:
                break
            length += 1 + section.heading.raw_text.count("\n")  # a heading over several lines is several texts
        length += sum(1 for _ in section.text_blocks())
    return min(length, COVER_LINES)


def _from_blocks(document: NormalizedDocument, cover_length: int, lexicon: Lexicon) -> Iterator[Vote]:
    unit: AgencyName | None = None
    blocks = [block.text for block in document.blocks if isinstance(block, TextBlock) and block.text.strip()]
    for seen, block_text in enumerate(_with_broken_names(blocks, cover_length), start=1):
        for line in block_text.split("\n"):
            text = write_names_out(normalize_value(line))
            short = len(text) <= MAX_LINE_CHARS
            for start, name in find_names(text):
                weight = _weight(text, start, short=short, cover=seen <= cover_length, lexicon=lexicon)
                if weight < ALONE and start == 0 and _LETTERHEAD.match(text.removeprefix(name.name)):
                    weight = ALONE
                yield Vote(name=name, weight=weight)
                if unit is not None and name.name.startswith(_UNIVERSITY) and weight >= ALONE:
                    whole = AgencyName(name=f"{unit.name} {name.name}", agency_type=name.agency_type, known=False)
                    yield Vote(name=whole, weight=weight)
                is_unit = weight >= COVER and name.name.startswith(_UNIT_OF_UNIVERSITY)
                unit = name if is_unit and not name.name.startswith(_UNIVERSITY) else None


def _with_broken_names(texts: list[str], cover_length: int) -> list[str]:
    """The texts with names that the printer broke over two lines of the cover put together: what the rest of the
    document writes in one, or the end of a public organisation's name."""
    later = thai_skeleton(" ".join(texts[cover_length:]))
    whole = list(texts)
    for index in range(min(cover_length, len(texts) - 1)):
        first, second = whole[index].strip(), texts[index + 1].strip()
        names = [name.name for _, name in find_names(first) if first.endswith(name.name)]
        if not names or "\n" in first or len(first) + len(second) > MAX_ALONE_CHARS:
            continue
        joined = thai_skeleton(names[-1]) + thai_skeleton(second)
        goes_on = joined in later and bool(thai_skeleton(second)) and not find_names(second)
        if _LEGAL_FORM.fullmatch(second) or goes_on:
            whole[index], whole[index + 1] = f"{first} {second}" if second.startswith("(") else first + second, " "
    return whole


def _weight(text: str, start: int, *, short: bool, cover: bool, lexicon: Lexicon) -> float:
    given = _GIVEN_BY.match(text[:start]) if start else None
    if given is not None:
        return PROCLAIMS if given["proclaims"] and cover else ORDERS
    if not short:
        return BODY
    best = next(iter(match_heading(text, lexicon)), None)
    if best is not None and best.label == TITLE and start:
        return TITLE_LINE
    alone = start == 0 and len(text) <= MAX_ALONE_CHARS and is_agency_alone(text, lexicon)
    if alone:
        return COVER_ALONE if cover else ALONE
    return COVER if cover and start == 0 and len(text) <= MAX_ALONE_CHARS else BODY


def _from_headings(outline: Outline, lexicon: Lexicon) -> Iterator[Vote]:
    for section in outline.sections:
        if section.heading is not None:
            for start, name in find_names(section.heading.text):
                if start:
                    yield Vote(name=name, weight=HEADING)


def _running_heads(document: NormalizedDocument) -> frozenset[str]:
    """The texts that stand at the head or foot of pages, each once."""
    roles = (BlockRole.PAGE_HEADER, BlockRole.PAGE_FOOTER)
    return frozenset(
        normalize_value(block.text) for page in document.pages for block in page.text_blocks() if block.role in roles
    )


def _begins_with(key: str, strong: dict[str, float]) -> str | None:
    """The name of a strong place that a name in running text begins with: there no space ends a name."""
    known = [other for other in strong if key.startswith(other) and len(other) >= _MIN_COMMON]
    return max(known, key=len, default=None)


def _settle_lengths(scores: dict[str, float], names: dict[str, AgencyName]) -> None:
    """One name that begins with another is its office in a province, or a sentence that went on.

    An office gets the votes of the name cut short ("สำนักงานประกันสังคม" for the one of a province); a sentence gives
    its votes to the name. Two names of the list are two agencies.
    """
    for key in sorted(scores, key=len):
        if key not in scores:
            continue
        longer = [other for other in scores if other != key and other.startswith(key) and len(key) >= _MIN_COMMON]
        offices = [other for other in longer if other[len(key) :].startswith(_OFFICE_WORDS)]
        for sentence in longer:
            if sentence not in offices and not names[sentence].known:
                scores[key] += scores.pop(sentence)
        if offices:
            best = max(offices, key=lambda other: scores[other])
            if scores[best] >= scores[key] * _SHARE:
                scores[best] += scores[key]


_OFFICE_WORDS: Final = tuple(
    thai_skeleton(word)
    for word in (*("จังหวัด", "สาขา", "เขต", "ภาค", "อำเภอ", "แห่ง", "ประจำ", "ส่วน", "องค์การมหาชน", "มหาวิทยาลัย"),)
)
_MIN_COMMON: Final = 6
# The longer spelling must be used itself, not once by accident.
_SHARE: Final = 0.3


def same_agency(first: str, second: str) -> bool:
    """Whether two names are one agency's, damaged spellings included."""
    return thai_skeleton(first) == thai_skeleton(second)
