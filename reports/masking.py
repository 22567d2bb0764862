"""Names and numbers of people hidden in the same way in everything that analysts open.

A person of a plan's team becomes "[บุคคล 1]", the same number wherever the name stands in that plan, so that one person
in two roles still shows. Posts stay: they are no personal data by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from normalizers.text import normalize_value
from pipeline.options import Options
from pipeline.records.people import split_person, starts_with_title
from pipeline.vocabulary import Vocabulary, load_vocabulary

UNKNOWN_PERSON = "[ชื่อบุคคล]"
PHONE = "[โทรศัพท์]"
EMAIL = "[อีเมล]"
LINE_ID = "[ไลน์]"
CITIZEN_ID = "[เลขประจำตัว]"

_D = r"[\d๐-๙]"
_GAP = r"[ \t\u00a0().\-–—]{0,3}"
_DASH_DATE = re.compile(rf"{_D}{{1,2}}-{_D}{{1,2}}-{_D}{{4}}")
_PHONE = re.compile(
    rf"(?<![\d๐-๙.,])(?:\+66{_GAP}|\(?[0๐]){_GAP}{_D}(?:{_GAP}{_D}){{5,9}}"
    rf"(?:\s*(?:[-–,/]|ถึง)\s*{_D}{{1,4}})?(?:\s*(?:ต่อ|กด|ext\.?|x)\s*{_D}{{1,5}})?(?!{_D})",
    re.IGNORECASE,
)
_LABELLED_PHONE = re.compile(rf"((?:โทร(?:ศัพท์|\.)?|มือถือ|เบอร์|tel\.?)\s*[:.]?\s*)({_D}(?:{_GAP}{_D}){{6,9}})", re.I)
_CITIZEN_ID = re.compile(rf"(?<!{_D}){_D}[- ]?{_D}{{4}}[- ]?{_D}{{5}}[- ]?{_D}{{2}}[- ]?{_D}(?!{_D})")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINE_ID = re.compile(r"((?:line\s*id|ไอดีไลน์|ไลน์ไอดี|id\s*line)\s*[:：]?\s*)([@\w.\-]{3,})", re.IGNORECASE)
# Words that a title follows without a space; elsewhere a title needs a border, since "นาย" also stands in "ทนาย".
_LEADING_WORDS = ("แก่", "คือ", "โดย", "แจ้ง", "และ", "ถึง", "หรือ", "กับ", "ให้", "ของ", "ชื่อ", "มอบ")
_BEFORE_TITLE = "(?:^|(?<=[^ก-๎])|" + "|".join(f"(?<={word})" for word in _LEADING_WORDS) + ")"
# Titles that no other word holds.
_CLEAR_TITLES = ("นางสาว", "น.ส.", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.")
_ADDRESSES = ("คุณ", "พี่", "หมอ", "อาจารย์", "ครู")
_ALSO_GIVEN_NAMES = frozenset(
    {"พัฒนา", "เกษตร", "ประมง", "แพทย์", "ช่าง", "พลังงาน", "ที่ดิน", "ขนส่ง", "สมาชิก", "แรงงาน", "นัก", "วัฒนธรรม"}
)
"""Beginnings of posts that begin people's names as well: two words alone are then taken for a person."""
_TWO_WORDS = re.compile(r"[ก-๎]+\s+[ก-๎]+")
_OF_A_PLACE = re.compile(r"จังหวัด|อำเภอ|ตำบล|ชำนาญ|ปฏิบัติ")
_NAME_WINDOW = 90
"""Characters after a title in which the name is looked for."""
_MIN_GIVEN_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Masker:
    """Hides the people of one plan; ``show`` leaves everything as it is."""

    show: bool
    numbers: Mapping[str, int] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def person(self, name: str | None) -> str:
        """A cell that holds a person: hidden, unless it is a post."""
        text = (name or "").strip()
        if self.show or not text or is_post(text):
            return text
        number = self.numbers.get(name_key(text))
        return f"[บุคคล {number}]" if number else UNKNOWN_PERSON

    def phone(self, value: str | None) -> str:
        """A cell that holds telephone numbers: hidden where there is a digit."""
        text = (value or "").strip()
        return text if self.show or not re.search(_D, text) else PHONE

    def text(self, value: str | None) -> str:
        """A text with every name and number of a person hidden in it."""
        text = value or ""
        if self.show or not text:
            return text
        if self.pattern is not None:
            text = self.pattern.sub(lambda match: self._numbered(match.group("name")), text)
        text = _mask_titled(text)
        text = _EMAIL.sub(EMAIL, text)
        text = _LINE_ID.sub(rf"\g<1>{LINE_ID}", text)
        text = _CITIZEN_ID.sub(CITIZEN_ID, text)
        text = _PHONE.sub(lambda match: match.group() if _DASH_DATE.match(match.group()) else PHONE, text)
        return _LABELLED_PHONE.sub(rf"\g<1>{PHONE}", text)

    def hides(self, value: str | None) -> bool:
        """Whether a text holds something that must not be shown."""
        return not self.show and self.text(value) != (value or "")

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A record with its people hidden, in the columns for them and in every text."""
        if self.show:
            return dict(row)
        return {name: self._value(name, value) for name, value in row.items()}

    def _value(self, column: str, value: Any) -> Any:
        if column == "person_name":
            return self.person(value)
        if column in ("phone_raw",):
            return self.phone(value)
        if column == "phones":
            return [PHONE for _ in value or ()]
        if column in KEY_COLUMNS:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._value(key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._value(column, inner) for inner in value]
        return value

    def _numbered(self, name: str) -> str:
        number = self.numbers.get(name_key(name))
        return f"[บุคคล {number}]" if number else UNKNOWN_PERSON


KEY_COLUMNS = frozenset(
    {
        "document_id",
        "sha256",
        "table_id",
        "section_id",
        "parent_id",
        "submission_id",
        "element_id",
        "code",
        "processed_at",
    }
)
"""Columns whose digits are keys and never a person's number."""


def build_masker(team_members: Iterable[Mapping[str, Any]], *, show: bool) -> Masker:
    """The masker of one plan from its rows of ``team_members``, numbered in their order."""
    if show:
        return Masker(show=True)
    numbers: dict[str, int] = {}
    for member in team_members:
        name = (member.get("person_name") or "").strip()
        if name and not is_post(name):
            numbers.setdefault(name_key(name), len(numbers) + 1)
    return Masker(show=False, numbers=numbers, pattern=_name_pattern(numbers))


def _name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the known names of a plan in running text, whatever spaces stand in them.

    A lone word is not looked for: without title or surname it may be any word of the language.
    """
    whole = sorted((name for name in names if len(name.split()) > 1), key=lambda name: (-len(name), name))
    if not whole:
        return None
    titles = "|".join(re.escape(title) for title in (*_titles(), *_ADDRESSES))
    spelled = "|".join(r"[\s\u200b]*".join(re.escape(char) for char in name if not char.isspace()) for name in whole)
    given = sorted({name.split()[0] for name in whole}, key=lambda name: (-len(name), name))
    alone = "|".join(re.escape(name) for name in given if len(name) >= _MIN_GIVEN_NAME) or "(?!)"
    addresses = "|".join(_ADDRESSES)
    return re.compile(rf"(?P<name>(?:(?:{titles})\s*)*(?:{spelled})|(?:{addresses})\s?(?:{alone})(?![ก-๎]))")


def name_key(name: str) -> str:
    """What is equal for one person however the title is written: given name and surname.

    >>> name_key("นางสาวฟ้าใส  ตัวอย่าง") == name_key("น.ส. ฟ้าใส ตัวอย่าง")
    True
    """
    text = normalize_value(name)
    split = split_person(text, _vocabulary())
    if split is not None:
        text = split[0]
    titles = "|".join(re.escape(title) for title in _titles())
    return re.sub(rf"^(?:(?:{titles}|คุณ)(?:\s*หญิง)?\s*)+(?=[ก-ฮเแโใไA-Z])", "", text).strip()


def is_post(name: str) -> bool:
    """Whether a team's slot holds a post in place of a person.

    >>> is_post("นายกเทศมนตรี"), is_post("นายภูผา ตัวอย่าง")
    (True, False)
    """
    vocabulary = _vocabulary()
    if starts_with_title(name, vocabulary):
        return False
    start = next((word for word in vocabulary.post_starts if name.startswith(word)), None)
    if start in _ALSO_GIVEN_NAMES and _TWO_WORDS.fullmatch(name) and not _OF_A_PLACE.search(name):
        return False
    return start is not None or name.startswith(vocabulary.agency_starts)


def _mask_titled(text: str) -> str:
    """The text with every name after a title hidden."""
    vocabulary = _vocabulary()
    parts: list[str] = []
    position = 0
    for match in _title_start().finditer(text):
        if match.start() < position:
            continue
        rest = text[match.start() : match.start() + _NAME_WINDOW]
        split = split_person(rest, vocabulary) if starts_with_title(rest, vocabulary) else None
        if split is None:
            continue
        parts += [text[position : match.start()], UNKNOWN_PERSON]
        position = match.start() + _length_of(split[0], rest)
    return "".join([*parts, text[position:]])


def _length_of(name: str, text: str) -> int:
    """Characters of a text that a name takes, whatever spaces stand between its words."""
    letters = sum(not char.isspace() for char in name)
    for index, char in enumerate(text):
        letters -= not char.isspace()
        if letters == 0:
            return index + 1
    return len(text)


@cache
def _title_start() -> re.Pattern[str]:
    words = "|".join(re.escape(title) for title in _titles())
    clear = "|".join(re.escape(title) for title in _CLEAR_TITLES)
    return re.compile(rf"{_BEFORE_TITLE}(?:{words})|(?:{clear})")


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted(_vocabulary().person_titles, key=lambda title: -len(title)))


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(Options().schema_id)
