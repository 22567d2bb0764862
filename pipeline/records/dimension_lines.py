"""Lines of running text that begin with the name of a resource dimension."""

from __future__ import annotations

import re

from docmodel.vocabulary import Dimension
from normalizers.markers import split_marker
from pipeline.records.items import is_unfilled, one_line
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# A dimension's name stands at the front of its line: "2) ด้านวัสดุอุปกรณ์ที่สำคัญ".
MAX_LEAD_START = 8
MAX_LEAD_CHARS = 110
MAX_TITLE_CHARS = 60
MIN_MEASURE_CHARS = 8
_SUBJECT_WILL = re.compile(r"^\S{3,40}?(?:จะ|ต้อง)(?=\S{2})")
# What parts a dimension's name from the measure: "สถานที่: …", "สถานที่ – …".
_SAYS = re.compile(r"[:：]|\s+[-–—]+\s+")
_AND = re.compile(r"\s*(?:,|และ)")
_NEED_FOR = re.compile(
    r"^\s*(?:การระบุ)?(?:ความต้องการ|ทรัพยากร|กลยุทธ์|มาตรการ|แนวทาง|วิธีการ|การเตรียมการ)(?:ความต่อเนื่อง|ทรัพยากร)?(?:ด้าน)?\s*"
)
FRONT = re.compile(r"^\s*(?:กลยุทธ์(?:ความต่อเนื่อง)?\s*)?(?:ด้าน|ทรัพยากรด้าน|เรื่อง|(?:กรณี|เมื่อ|หาก|ถ้า)?\s*ขาด)\s*")


def stated_measure(text: str, vocabulary: Vocabulary) -> tuple[Dimension, str, str] | None:
    """Dimension, its name as written and the measure of a line such as "ด้านสถานที่ ใช้ห้องประชุมอำเภอ"."""
    line = split_marker(one_line(text))[1]
    head, *after = _SAYS.split(line, maxsplit=1)
    if after and len(head) <= MAX_TITLE_CHARS:
        rest = after[0]
    else:
        head, rest = _cut_before_measure(line, vocabulary)
    named = announced_dimension(head, None, vocabulary) if head else None
    if named is None or len(rest.strip()) < MIN_MEASURE_CHARS or is_unfilled(rest.strip(), vocabulary):
        return None
    return named, head.strip(), rest.strip()


def _cut_before_measure(line: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """A line cut at the first space behind which a measure begins; nothing in front where there is none."""
    for match in re.finditer(r"\s+", line[:MAX_TITLE_CHARS]):
        rest = line[match.end() :]
        subject = _SUBJECT_WILL.match(rest)
        if rest.startswith(vocabulary.measure_verbs) or subject is not None:
            return line[: match.start()], rest
    return "", ""


def leading_dimension(text: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a short line names at its front, None for any other line.

    Of several names ("ลูกค้า/ผู้ให้บริการ") the first that can be read counts; what "และ" joins must begin with it, since
    that also goes on with a verb ("ระบบตรวจสอบและควบคุมครุภัณฑ์").
    """
    line = _NEED_FOR.sub("", split_marker(one_line(text))[1])
    if len(line) > MAX_LEAD_CHARS:
        return None
    joined = _AND.split(line) if len(line) <= MAX_TITLE_CHARS else []
    names = [(name, MAX_LEAD_START) for name in (line, *line.split("/")[1:])]
    for name, room in [*names, *((name, 0) for name in joined)]:
        match = vocabulary.dimensions.find(name.strip())
        if match is not None and match.start <= room:
            return match.label
    return None


def announced_dimension(head: str, marker: str | None, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a line of running text announces: it begins with its name, and a bullet only with "ด้าน"."""
    line = FRONT.sub("", head)
    named = leading_dimension(head, vocabulary)
    begins = any(
        match is not None and match.start == 0
        for match in (vocabulary.dimensions.find(compact(name)) for name in (line, *_AND.split(line)))
    )
    bulleted = marker is not None and not any(char.isalnum() for char in marker)
    says_so = FRONT.match(head.strip()) is not None
    if named is None or not (begins or says_so) or (bulleted and not says_so):
        return None
    return named
