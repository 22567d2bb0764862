"""Whose plan it is and what it covers, where the plan's own places do not agree or its name says less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from rapidfuzz import fuzz

from docmodel.blocks import BlockRole
from docmodel.issue import Severity
from normalizers.text import normalize_value, thai_skeleton
from pipeline.assess.findings.register import FindingContext, Observation, finding, quote
from pipeline.assess.phrases import compact
from pipeline.datasets.rows import Evidence
from pipeline.identity.names import PROVINCE_WORD, find_names
from pipeline.identity.reference import find_known_province
from pipeline.mapping.agency_words import load_agency_words, write_names_out

# Two bodies of one kind whose proper names share less than this are two bodies, not two spellings of one.
SAME_NAME_RATIO: Final = 75.0
_MIN_NAME_LETTERS: Final = 4
_HEADS: Final = (BlockRole.PAGE_HEADER, BlockRole.PAGE_FOOTER)


@finding(
    "agency_differs",
    Severity.WARNING,
    th="ชื่อหน่วยงานบนปก หัวกระดาษ หรือชื่อไฟล์ไม่ตรงกัน ({words}) โปรดตรวจสอบว่าเป็นแผนของหน่วยงานใด",
    en="The cover, the running heads or the file name give another agency ({words}); check whose plan it is",
)
def agency_differs(context: FindingContext) -> Iterator[Observation]:
    """A running head or the file name with another body of the same kind than the plan's own."""
    own = context.identity.agency_name
    if own is None:
        return
    others: dict[str, Evidence] = {}
    for text, place in _named_places(context):
        for _, name in find_names(text)[:1]:
            if name.agency_type is context.identity.agency_type and names_differ(name.name, own):
                others.setdefault(name.name, place)
    if others:
        yield Observation(
            places=tuple(others.values()),
            words=(own, *others),
            evidence_text=quote(place.text for place in others.values()),
        )


def _named_places(context: FindingContext) -> Iterator[tuple[str, Evidence]]:
    """What stands at the head or foot of pages, and the file's name."""
    for page in context.mapped.document.pages:
        for block in page.text_blocks():
            if block.role in _HEADS:
                text = normalize_value(block.text)
                yield text, Evidence(page_no=page.number, text=text)
    name = PurePosixPath(context.mapped.document.source.source_path.replace("!/", "/")).stem
    yield write_names_out(name.replace("_", " ").replace("-", " ")), Evidence(text=name)


def names_differ(one: str, other: str) -> bool:
    """Whether two names of one kind of body are two bodies: other provinces, or proper names with little in common.

    >>> names_differ("สำนักงานขนส่งจังหวัดลำปาง", "สำนักงานขนส่งจังหวัดลำพูน"), names_differ("กรมศุลกากร", "กรมศุลกากรฯ")
    (True, False)
    """
    provinces = {_province(name) for name in (one, other)} - {None}
    if len(provinces) == 2:
        return True
    first, second = _proper(one), _proper(other)
    if min(len(first), len(second)) < _MIN_NAME_LETTERS or first in second or second in first:
        return False
    return fuzz.ratio(first, second) < SAME_NAME_RATIO


def _province(name: str) -> str | None:
    return find_known_province(name.rpartition(PROVINCE_WORD)[2].strip()) if PROVINCE_WORD in name else None


def _proper(name: str) -> str:
    """The skeleton of a name without the word for its kind of body."""
    starts = sorted((word.word for word in load_agency_words() if name.startswith(word.word)), key=len)
    return thai_skeleton(name[len(starts[0]) :] if starts else name)


@finding(
    "limited_scope",
    Severity.INFO,
    element_id="2.1.scope",
    th="ชื่อแผนระบุเฉพาะระบบเทคโนโลยีสารสนเทศ ({words}) โปรดตรวจสอบว่าแผนครอบคลุมภารกิจทั้งหมดของหน่วยงานหรือไม่",
    en="By its name the plan is for information systems alone ({words}); check that it covers the agency's work",
)
def limited_scope(context: FindingContext) -> Iterator[Observation]:
    """A plan whose title speaks of information systems alone."""
    title = context.identity.title
    if title is None or "it_only_title" not in context.schema.phrases:
        return
    if context.plan.book.find(("it_only_title",), compact(title)) is not None:
        yield Observation(words=(title,), evidence_text=title)
