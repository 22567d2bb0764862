"""People, posts, phones, agencies, dates and lengths of time in running Thai text, as spaCy entities.

The rules are the product's own: there is no trained Thai pipeline to download. spaCy gives the tokens (cut by
PyThaiNLP) and the spans, so that rules and a later model can stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from normalizers.dates import find_dates
from normalizers.durations import parse_duration
from normalizers.numerals import to_arabic_digits
from normalizers.phones import parse_phones
from pipeline.records.people import split_person, starts_with_title
from pipeline.vocabulary import Vocabulary

_WORD = re.compile(r"\S+")
_PHONE = re.compile(
    r"(?:\+66[\s-]?|0)[\d๐-๙](?:[\s\-–]{0,3}[\d๐-๙]){6,9}(?:\s*[-–]\s*[\d๐-๙]{1,4})?(?:\s*ต่อ\s*[\d๐-๙]{1,5})?"
    r"|๐[\s-]?[\d๐-๙](?:[\s\-–]{0,3}[\d๐-๙]){6,9}(?:\s*[-–]\s*[\d๐-๙]{1,4})?(?:\s*ต่อ\s*[\d๐-๙]{1,5})?"
)
_DURATION = re.compile(
    r"(?:ภายใน|ไม่เกิน|มากกว่า|เกินกว่า|เกิน)?\s*[\d๐-๙]+(?:\s*[-–]\s*[\d๐-๙]+)?\s*"
    r"(?:ชั่วโมง|ชม\.|นาที|วัน(?!ที่)|สัปดาห์|เดือน(?!\s*(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)))"
)
# Beginnings that stand alone too often ("งาน", "คณะ", "ด้าน") to name an agency by themselves.
_TOO_COMMON = frozenset({"งาน", "คณะ", "ด้าน", "ทีม", "กลุ่ม", "ฝ่าย", "กอง", "ศูนย์", "จังหวัด", "กลุ่มงาน"})
MIN_AGENCY_CHARS = 7


class EntityLabel(StrEnum):
    """What an entity is."""

    PERSON = "PERSON"
    POST = "POST"
    PHONE = "PHONE"
    AGENCY = "AGENCY"
    DATE = "DATE"
    DURATION = "DURATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named thing in a text; ``start`` and ``end`` count characters of the text as given."""

    label: EntityLabel
    text: str
    start: int
    end: int


def find_entities(text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities of a text in order, none inside another. Holds personal data."""
    document = _pipeline(vocabulary.schema_id)(text, vocabulary)
    return tuple(
        Entity(label=EntityLabel(span.label_), text=span.text, start=span.start_char, end=span.end_char)
        for span in document.ents
    )


@cache
def _pipeline(schema_id: str) -> _ThaiPipeline:
    del schema_id  # one tokenizer per schema's rules
    return _ThaiPipeline()


class _ThaiPipeline:
    """spaCy's Thai tokenizer with the rules laid on its tokens."""

    def __init__(self) -> None:
        import spacy  # noqa: PLC0415 - takes a while to load and few need it

        self._nlp: Any = spacy.blank("th")

    def __call__(self, text: str, vocabulary: Vocabulary) -> Any:
        document = self._nlp.make_doc(text)
        spans = []
        for entity in _without_overlaps(_candidates(text, vocabulary)):
            span = document.char_span(entity.start, entity.end, label=entity.label.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        from spacy.util import filter_spans  # noqa: PLC0415

        document.ents = filter_spans(spans)
        return document


def _candidates(text: str, vocabulary: Vocabulary) -> Iterator[Entity]:
    yield from _people_and_posts(text, vocabulary)
    for match in _PHONE.finditer(text):
        if parse_phones(match.group()):
            yield _entity(EntityLabel.PHONE, match.start(), match.end(), text)
    for date in find_dates(text):
        yield _entity(EntityLabel.DATE, date.start, date.end, text)
    for match in _DURATION.finditer(text):
        if parse_duration(to_arabic_digits(match.group())) is not None:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield _entity(EntityLabel.DURATION, start, match.end(), text)


def _people_and_posts(text: str, vocabulary: Vocabulary) -> Iterator[Entity]:
    """People by their title; posts and agencies by how they begin, to the end of the words that hang together."""
    agencies = tuple(word for word in vocabulary.agency_starts if word not in _TOO_COMMON)
    for match in _WORD.finditer(text):
        rest = text[match.start() :]
        if starts_with_title(rest, vocabulary):
            split = split_person(rest, vocabulary)
            if split is not None:
                end = match.start() + _length_of(split[0], rest)
                yield _entity(EntityLabel.PERSON, match.start(), end, text)
                continue
        if match.group().startswith(vocabulary.post_starts):
            yield _entity(EntityLabel.POST, match.start(), match.end(), text)
        elif match.group().startswith(agencies) and len(match.group()) >= MIN_AGENCY_CHARS:
            yield _entity(EntityLabel.AGENCY, match.start(), match.end(), text)


def _length_of(name: str, text: str) -> int:
    """Characters of a text that a name takes, whatever spaces stand between its words."""
    letters = len("".join(name.split()))
    counted = 0
    for index, char in enumerate(text):
        counted += not char.isspace()
        if counted == letters:
            return index + 1
    return len(text)


def _entity(label: EntityLabel, start: int, end: int, text: str) -> Entity:
    return Entity(label=label, text=text[start:end], start=start, end=end)


def _without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """The longest of those that overlap, in order of the text."""
    chosen: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (-(entity.end - entity.start), entity.start)):
        if all(entity.end <= other.start or entity.start >= other.end for other in chosen):
            chosen.append(entity)
    return sorted(chosen, key=lambda entity: entity.start)
