"""People and posts in a cell: name and post told apart, several people in one cell each for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from docmodel.table import Cell
from normalizers.markers import split_marker
from normalizers.marks import is_blank, is_placeholder
from normalizers.tables import printed_lines
from normalizers.text import normalize_value
from pipeline.records.items import one_line, split_items
from pipeline.vocabulary import Vocabulary

_NAME_PART = re.compile(r"^[ก-๎A-Za-z.\-]+$")
_POST_LABEL = re.compile(r"^\s*(?:ตำแหน่ง|\(ตำแหน่ง\))\s*[:：]?\s*")
# "นายกเทศมนตรี", "นายอำเภอ": posts that begin like a person's title.
_NOT_A_NAME = re.compile(
    r"^(?:นายก(?:เทศมนตรี|องค์การ|สภา|สมาคม|เหล่า|เมือง|รัฐมนตรี|\s|\s?อบ[ตจ]|$)|นายอำเภอ|นายทะเบียน|นายช่าง"
    r"|นายแพทย์(?:ชำนาญ|เชี่ยว|ปฏิบัติ|สาธารณสุข)|นายสถานี|นายด่าน|นายตรวจ|นายสัตวแพทย์)"
)
_PHONE = re.compile(
    r"\(?(?:(?:โทร(?:ศัพท์)?|มือถือ|เบอร์|หมายเลข|tel)[^\d]{0,14})?(?<!\d)0\d(?:[\s\-–]{0,3}\d){7,8}(?!\d)(?:\s*ต่อ\s*\d+)?\)?",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_THAI_END = re.compile(r"[ก-๎]$")
_THAI_START = re.compile(r"^[ก-๎]")
MIN_GIVEN_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person, or a post in place of one: ``name`` is then the post. ``phone`` is what the cell gives beside it."""

    name: str
    position: str | None = None
    is_post: bool = False
    phone: str = ""


def read_people(cell: Cell | str, vocabulary: Vocabulary) -> tuple[Person, ...]:
    """The people of a cell, in order; empty for a blank or unfilled one.

    A cell names several people as list items, or one per title where each line begins with one. Where print has lines,
    their ends tell a name from a surname or post that the joined text runs together.
    """
    text = cell if isinstance(cell, str) else cell.text.strip()
    if is_blank(text) or is_placeholder(text) or sum(char.isalpha() for char in text) < MIN_GIVEN_NAME:
        return ()
    printed: tuple[str, ...] = ()
    if not isinstance(cell, str) and cell.provenance.source.has_visual_lines:
        text, printed = _without_seams(cell.raw_text, text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    starts = [index for index, line in enumerate(lines) if starts_with_title(_bare(line), vocabulary)]
    if len(starts) >= 2:
        ends = [*starts[1:], len(lines)]
        chunks = [" ".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
        return tuple(_read_person(_bare(chunk), vocabulary, printed=printed) for chunk in chunks)
    items = split_items(text)
    if len(items) >= 2 and all(item.marker for item in items):
        return tuple(_read_person(one_line(item.text), vocabulary, printed=printed) for item in items)
    return (_read_person(_bare(" ".join(lines)), vocabulary, lines, printed),)


def starts_with_title(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text begins with a person's title (and not with a post that begins alike)."""
    return _title_pattern(vocabulary.person_titles).match(text) is not None and not _NOT_A_NAME.match(text)


def split_person(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """A name with its title, and what follows it; None where the text begins with no title."""
    match = _title_pattern(vocabulary.person_titles).match(text)
    if match is None or _NOT_A_NAME.match(text):
        return None
    words = text[match.end() :].split()
    if not words:
        return None
    given, rest = words[0], words[1:]
    if len(given) < MIN_GIVEN_NAME:
        return None
    surname: list[str] = []
    if rest and rest[0] == "ณ" and len(rest) > 1:
        surname, rest = rest[:2], rest[2:]
    elif rest and _is_surname(rest[0], vocabulary):
        name, glued = _unglue(rest[0], vocabulary)
        surname, rest = [name], [*glued, *rest[1:]]
        if rest[:1] == ["ณ"] and len(rest) > 1:
            surname, rest = [*surname, *rest[:2]], rest[2:]
    title = text[: match.end()].strip()
    joint = "" if text[match.end() - 1 : match.end()] != " " else " "
    return " ".join([f"{title}{joint}{given}", *surname]), " ".join(rest)


def _read_person(text: str, vocabulary: Vocabulary, lines: Sequence[str] = (), printed: Sequence[str] = ()) -> Person:
    """A person without the telephone number that the cell may hold too."""
    text = normalize_value(text)
    phone = _PHONE.search(text)
    if phone is None or not (before := text[: phone.start()].strip(" ,:(-–")):
        return _read_name(text, vocabulary, lines, printed)
    after = text[phone.end() :].strip(" ,:)")
    person = _read_name(f"{before} {after}".strip(), vocabulary, (), printed)
    return replace(person, phone=phone.group(0))


def _read_name(text: str, vocabulary: Vocabulary, lines: Sequence[str], printed: Sequence[str]) -> Person:
    text = _part_at_line_ends(text, printed, vocabulary)
    split = split_person(text, vocabulary)
    if split is not None:
        name, rest = split
        post = _clean_post(rest)
        return Person(name=name, position=post or None)
    if text.startswith(vocabulary.post_starts):
        return Person(name=text, position=text, is_post=True)
    if len(lines) == 2 and _clean_post(lines[1]).startswith(vocabulary.post_starts):
        return Person(name=normalize_value(lines[0]), position=normalize_value(_clean_post(lines[1])))
    name, _, post = text.partition("(")
    if post and name.strip() and post.rstrip(")").startswith(vocabulary.post_starts):
        return Person(name=name.strip(), position=post.rstrip(") "))
    return Person(name=text, is_post=False)


def _part_at_line_ends(text: str, printed: Sequence[str], vocabulary: Vocabulary) -> str:
    """The text with a space where the end of a printed line parts name from surname, or surname from post.

    Only where one is missing: a line may also end inside a surname.
    """
    ends = [normalize_value(line) for line in printed[:-1]]
    words = text.split()
    if not ends or len(words) == 0 or not starts_with_title(text, vocabulary):
        return text
    at = 0
    for line in ends:
        at += len("".join(line.split()))
        before, after = _cut_at(text, at)
        if not before or not after or before[-1] == " " or after[0] == " ":
            continue
        lone = " " not in _title_pattern(vocabulary.person_titles).sub("", before, count=1).strip()
        follows = after.split()[0]
        needs_surname = lone and (len(after.split()) == 1 or after.split()[1].startswith(vocabulary.post_starts))
        if needs_surname or follows.startswith(vocabulary.post_starts):
            text = f"{before} {after}"
    return text


def _without_seams(raw_text: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The text with nothing between Thai letters where a printed line ended, and the printed lines.

    Whether a name ends with its line is asked of the name, not of the line. Paragraphs stay apart.
    """
    raw_paragraphs, paragraphs = _PARAGRAPH_END.split(raw_text.strip()), text.split("\n")
    if len(raw_paragraphs) != len(paragraphs):
        return text, ()
    by_paragraph = [printed_lines(raw, own) for raw, own in zip(raw_paragraphs, paragraphs, strict=True)]
    joined = [_joined(lines) for lines in by_paragraph]
    return "\n".join(joined), tuple(line for lines in by_paragraph for line in lines)


def _joined(lines: Sequence[str]) -> str:
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text += line if _THAI_END.search(text) and _THAI_START.match(line) else f" {line}"
    return text


def _cut_at(text: str, letters: int) -> tuple[str, str]:
    """A text cut after so many letters, spaces not counted."""
    counted = 0
    for index, char in enumerate(text):
        if counted == letters:
            return text[:index], text[index:]
        counted += not char.isspace()
    return text, ""


def _clean_post(text: str) -> str:
    post = _POST_LABEL.sub("", text).strip(" ,:-–")
    if post.startswith("(") and post.endswith(")") and post.count("(") == 1:
        post = post[1:-1].strip()
    return _POST_LABEL.sub("", post)


def _is_surname(word: str, vocabulary: Vocabulary) -> bool:
    return bool(_NAME_PART.match(word)) and not word.startswith(_surely_posts(vocabulary.post_starts))


@cache
def _surely_posts(post_starts: tuple[str, ...]) -> tuple[str, ...]:
    """Beginnings that a surname hardly has: the shorter words of the list begin surnames too."""
    short = {
        "นัก",
        "ครู",
        "ช่าง",
        "แพทย์",
        "พัฒนา",
        "เกษตร",
        "ประมง",
        "พยาบาล",
        "พลังงาน",
        "ที่ดิน",
        "ขนส่ง",
        "สมาชิก",
        "แรงงาน",
        "นายก",
    }
    return tuple(post for post in post_starts if post not in short)


def _unglue(word: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """A surname and the post that a lost line break glued to it."""
    for post in _surely_posts(vocabulary.post_starts):
        at = word.find(post)
        if at >= 3 and len(post) >= 6:
            return word[:at], [word[at:]]
    return word, []


def _bare(line: str) -> str:
    """A line without the number or bullet in front."""
    return normalize_value(split_marker(line)[1])


@cache
def _title_pattern(titles: tuple[str, ...]) -> re.Pattern[str]:
    """One or more titles in front of a name ("ว่าที่ร้อยตรีหญิง", "ผศ. ดร.")."""
    words = "|".join(re.escape(title) for title in titles)
    return re.compile(rf"(?:(?:{words})(?:\s*(?:หญิง))?\s*)+(?=[ก-ฮเแโใไA-Z])")
