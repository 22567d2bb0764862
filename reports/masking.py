"""Names and numbers of people hidden in the same way in everything that analysts open.

A person of a plan's team becomes "[บุคคล 1]", the same number wherever the name stands in that plan, so that one person
in two roles still shows. Posts stay: they are no personal data by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LINE_ID = re.compile(r"((?:line\s*id|ไอดีไลน์|ไลน์ไอดี|id\s*line)\s*[:：]?\s*)([@\w.\-]{3,})", re.IGNORECASE)
# Words that a title follows without a space; elsewhere a title needs a border, since "นาย" also stands in "ทนาย".
_LEADING_WORDS = ("แก่", "คือ", "โดย", "แจ้ง", "และ", "ถึง", "หรือ", "กับ", "ให้", "ของ", "ชื่อ", "มอบ")
_THAI = re.compile("[ก-๎]")
# Titles that no other word holds.
_CLEAR_TITLES = ("นางสาว", "น.ส.", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.")
# Words, a place and a short form that begin as civil titles do.
_WORDS_LIKE_TITLES = re.compile(
    r"นายก(?:ฯ|(?![ก-๎]))|นาย(?:จ้าง|ทหาร|ตำรวจ|ประกัน)|นาย(?:หน้า|เรือ|สนาม)(?![ก-๎])"
    r"|นางพยาบาล|นาง(?:รอง|แบบ|เลิ้ง)(?![ก-๎])"
)
# Titles that are professions as well, and what stands behind a profession in the name of a post.
_PROFESSIONS = ("นายแพทย์", "แพทย์หญิง", "ทันตแพทย์", "ทันตแพทย์หญิง", "เภสัชกร", "เภสัชกรหญิง")
_LEVELS = ("ชำนาญ", "เชี่ยวชาญ", "ปฏิบัติ", "ทรงคุณวุฒิ", "ประจำ", "เวร", "อาวุโส")
_NAME_BEGINS = re.compile(r"[ก-ฮเ-ไ][ก-๎](?!\.)|[A-Z]")
_ADDRESSES = ("คุณ", "พี่", "หมอ", "อาจารย์", "ครู")
_ALSO_GIVEN_NAMES = frozenset(
    {"พัฒนา", "เกษตร", "ประมง", "แพทย์", "ช่าง", "พลังงาน", "ที่ดิน", "ขนส่ง", "สมาชิก", "แรงงาน", "นัก", "วัฒนธรรม"}
)
"""Beginnings of posts that begin people's names as well: two words alone are then taken for a person."""
_TWO_WORDS = re.compile(r"[ก-๎]+\s+[ก-๎]+")
_OF_A_PLACE = re.compile(r"จังหวัด|อำเภอ|ตำบล|ชำนาญ|ปฏิบัติ")
_ENGLISH_NAME = re.compile(r"\b(?:(?:Mr|Mrs|Miss|Dr|Prof)\.?|Ms\.)\s*[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2}")
_NOT_IN_NAMES = re.compile(r"[^ก-๎A-Za-z.\s\u200b-]")
_NAME_WINDOW = 90
"""Characters after a title in which the name is looked for."""
_TITLE_WINDOW = 60
"""Characters before a name in which its titles are looked for."""
_ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
_MIN_GIVEN_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Masker:
    """Hides the people of one plan; ``show`` leaves everything as it is."""

    show: bool
    numbers: Mapping[str, int] = field(default_factory=dict)
    given_names: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def person(self, name: str | None) -> str:
        """A cell that holds a person: hidden, unless it is a post."""
        text = (name or "").strip()
        if self.show or not text or is_post(text):
            return text
        return self._numbered(text)

    def phone(self, value: str | None) -> str:
        """A cell that holds telephone numbers: hidden where there is a digit."""
        text = (value or "").strip()
        return text if self.show or not re.search(_D, text) else PHONE

    def text(self, value: str | None) -> str:
        """A text with every name and number of a person hidden in it."""
        text = value or ""
        if self.show or not text:
            return text
        text = _ENGLISH_NAME.sub(UNKNOWN_PERSON, _mask_titled(self._mask_known(text)))
        if "@" in text:
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

    def _mask_known(self, text: str) -> str:
        """The text with the people of the plan's own team hidden, the titles in front of their names included."""
        if self.pattern is None:
            return text
        # most texts name nobody, which a look for the given names alone tells many times faster
        letters = _letters(text)
        if not any(name in letters for name in self.given_names):
            return text
        parts: list[str] = []
        position = 0
        for match in self.pattern.finditer(text):
            lead = _titles_before().search(text, max(position, match.start() - _TITLE_WINDOW), match.start())
            start = lead.start() if lead else match.start()
            if match["alone"] is not None and lead is None:
                continue
            parts += [text[position:start], self._numbered(match["whole"] or match["alone"])]
            position = match.end()
        return "".join([*parts, text[position:]])

    def _numbered(self, name: str) -> str:
        number = self.numbers.get(_letters(name_key(name)))
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
    whole: set[str] = set()
    for member in team_members:
        name = (member.get("person_name") or "").strip()
        if name and not is_post(name):
            key = name_key(name)
            numbers.setdefault(_letters(key), len(numbers) + 1)
            if len(key.split()) > 1:
                whole.add(key)
    namesakes = Counter(name.split()[0] for name in whole)
    for name in whole:
        if namesakes[given := name.split()[0]] == 1:
            numbers.setdefault(given, numbers[_letters(name)])
    ordered = sorted(whole, key=lambda name: (-len(name), name))
    given_names = sorted(namesakes, key=lambda name: (-len(name), name))
    pattern = _name_pattern(ordered, given_names)
    return Masker(show=False, numbers=numbers, given_names=tuple(given_names), pattern=pattern)


def _letters(text: str) -> str:
    """A text without the spaces that damage and layout put into it."""
    return "".join(text.split()).replace(_ZERO_WIDTH, "")


def _name_pattern(whole: Sequence[str], given: Sequence[str]) -> re.Pattern[str] | None:
    """Finds the known names of a plan in running text, whatever spaces stand in them, and given names by themselves.

    A name of one word is not looked for: without title or surname it may be any word of the language.
    """
    if not whole:
        return None
    gap = rf"[\s{_ZERO_WIDTH}]*"
    spelled = "|".join(gap.join(re.escape(char) for char in name if not char.isspace()) for name in whole)
    alone = "|".join(re.escape(name) for name in given if len(name) >= _MIN_GIVEN_NAME) or "(?!)"
    return re.compile(rf"(?P<whole>{spelled})|(?P<alone>{alone})(?![ก-๎])")


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
        if match.start() < position or not _begins_word(text, match):
            continue
        rest = _NOT_IN_NAMES.split(text[match.start() : match.start() + _NAME_WINDOW], maxsplit=1)[0]
        split = split_person(rest, vocabulary) if starts_with_title(rest, vocabulary) else None
        if split is None or not _is_name(rest, match.group()):
            continue
        parts += [text[position : match.start()], UNKNOWN_PERSON]
        position = match.start() + _length_of(split[0], rest)
    return "".join([*parts, text[position:]])


def _is_name(text: str, title: str) -> bool:
    """Whether what begins like a title with a name is one: "นายจ้าง" is a word, "เภสัชกร ชำนาญการ" a post."""
    if _WORDS_LIKE_TITLES.match(text):
        return False
    name = text[len(title) :].lstrip()
    if title in _PROFESSIONS and name.startswith((*_LEVELS, *_vocabulary().post_starts)):
        return False
    return _NAME_BEGINS.match(name) is not None


def _length_of(name: str, text: str) -> int:
    """Characters of a text that a name takes, whatever spaces stand between its words."""
    letters = sum(not char.isspace() for char in name)
    for index, char in enumerate(text):
        letters -= not char.isspace()
        if letters == 0:
            return index + 1
    return len(text)


def _begins_word(text: str, title: re.Match[str]) -> bool:
    """Whether a title stands where a name may begin: not inside another word that happens to hold its letters."""
    start = title.start()
    if start == 0 or not _THAI.match(text[start - 1]) or title.group() in _CLEAR_TITLES:
        return True
    return text.endswith(_LEADING_WORDS, max(0, start - _TITLE_WINDOW), start)


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(title) for title in _titles()))


@cache
def _titles_before() -> re.Pattern[str]:
    words = "|".join(re.escape(title) for title in (*_titles(), *_ADDRESSES))
    return re.compile(rf"(?:(?:{words})\s*)+\Z")


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted(_vocabulary().person_titles, key=lambda title: -len(title)))


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(Options().schema_id)
