"""Numbers, letters and bullets that stand in front of a heading or list item."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from normalizers import characters as ch

# What stands in front of a line is asked at every stage; of lines up to this length it is remembered.
_SHORT: Final = 200
_BULLETS: Final = (
    "-–—•●○◦▪▫■□◆◇►▶➢➤★*·∙❖✦\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e\uf0a8"  # the last ones: Symbol and Wingdings
)
_BOXES: Final = "☐☑☒✓✔"
_D: Final = "[0-9๐-๙]"
# What makes a number in front a measure instead of a place in a list.
_MEASURE: Final = (
    r"(?:(?:ล้าน|แสน|หมื่น|พัน)(?:บาท|คน)?|ร้อยละ|%|บาท|ชั่วโมง(?:แรก)?|ชม|นาที|วัน(?:ทำการ|แรก)?|สัปดาห์|เดือน|ปี|ครั้ง|เท่า|คน|เครื่อง"
    r"|ตร|ตารางเมตร|เมตร|แห่ง|ชุด|ห้อง|ราย|คัน|ลิตร|กก|กม|น\.|นิ้ว|คะแนน|GB|MB|TB|ด้าน|ประเภท|ระดับ|ขั้นตอน|ประการ|กลุ่ม|ฝ่าย|ทีม"
    rf"|กระบวนการ|ระบบ|ข้อ)(?![{ch.THAI_LETTERS}])"
)
# What is counted by ones: "3.4 ระบบ HIS" is the fourth place of a list, "2.5 ล้าน" an amount.
_COUNTED: Final = (
    r"(?:คน|เครื่อง|แห่ง|ชุด|ห้อง|ราย|คัน|ครั้ง|ด้าน|ประเภท|ระดับ|ขั้นตอน|ประการ|กลุ่ม|ฝ่าย|ทีม|กระบวนการ|ระบบ|ข้อ)"
    rf"(?![{ch.THAI_LETTERS}])"
)
_MONTH: Final = (
    r"ม\.?ค\.|ก\.?พ\.|มี\.?ค\.|เม\.?ย\.|พ\.?ค\.|มิ\.?ย\.|ก\.?ค\.|ส\.?ค\.|ก\.?ย\.|ต\.?ค\.|พ\.?ย\.|ธ\.?ค\."
    r"|[มกพตสธ]\S{3,9}(?:คม|ยน|พันธ์)|เมษายน"
)

_MARKER: Final = re.compile(
    rf"""\s*(?:
      (?P<labelled>(?:ข้อ(?:ที่)?|บทที่|หมวด(?:ที่)?|ส่วนที่|ตอนที่)\s*{_D}{{1,3}}(?:\.{_D}{{1,3}})*)(?=[\s:.)]|$)[.:)]?
    | (?P<bracketed>\(\s*(?:{_D}{{1,3}}(?:\.{_D}{{1,3}})*|[ก-ฮ]|[A-Za-z]|[ivx]{{1,4}})\s*\))
    | (?P<closed>(?:{_D}{{1,3}}(?:\.{_D}{{1,3}})*|[ก-ฮ]|[A-Za-z]|[ivx]{{1,4}})\))
    | (?P<nested>{_D}{{1,2}}(?:\.{_D}{{1,3}})+)\.?(?!{_D}|[,/]{_D})(?=\s|[^\s.,/\-–%])
    | (?P<dotted>{_D}{{1,3}})\.(?!{_D})
    | (?P<letter>[ก-ฮ]|[A-Za-z]|[ivx]{{1,4}})\.(?=\s)
    | (?P<bare>{_D}{{1,2}})(?=\s+[^\s\d๐-๙/.,)–-])
    | (?P<bullet>[{re.escape(_BULLETS)}]|[oO](?=\s+[ก-๏]))(?!{_D})
    )\s*""",
    re.VERBOSE,
)
_PAGE_NUMBER: Final = re.compile(rf"\s*[-–]\s*{_D}{{1,4}}\s*[-–]\s*")
_AFTER_NUMBER: Final = re.compile(rf"(?:{_MEASURE})|(?:{_MONTH})")
_AFTER_NESTED: Final = re.compile(rf"(?!{_COUNTED})(?:{_MEASURE})|(?:{_MONTH})")


def split_marker(text: str) -> tuple[str | None, str]:
    """The number or bullet in front as printed ("1.2", "ก.", "(๑)", "-"), and the rest of the text.

    None where nothing stands in front: a date, a measure ("2.5 ล้าน", "1 วัน"), a year or a phone is no marker, and a
    text that is nothing but a number stays whole.

    >>> split_marker("1.2 สมมติฐาน")
    ('1.2', 'สมมติฐาน')
    >>> split_marker("๒.๕ ล้านบาท")
    (None, '๒.๕ ล้านบาท')
    >>> split_marker("3.4 ระบบ HIS ล่ม"), split_marker("4 ระบบ")
    (('3.4', 'ระบบ HIS ล่ม'), (None, '4 ระบบ'))
    """
    return _split_short(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> tuple[str | None, str]:
    match = _MARKER.match(text)
    if match is None or _PAGE_NUMBER.fullmatch(text):
        return None, text
    rest = text[match.end() :]
    kind = match.lastgroup
    counted = {"nested": _AFTER_NESTED, "bare": _AFTER_NUMBER}.get(kind or "")
    if counted is not None and (not rest or counted.match(rest)):
        return None, text
    if kind == "bullet" and not rest:
        return None, text
    marker = match[0].strip()
    return marker, rest


_split_short = lru_cache(maxsize=16384)(_split)


def begins_item(line: str) -> bool:
    """Whether a printed line begins a list item or numbered heading: a marker that no running text wraps to.

    A bare number in front ("5 กระบวนการ") does not count, since a line of prose may begin with one.

    >>> begins_item("- สำรองข้อมูล"), begins_item("5 กระบวนการ"), begins_item("☐ มี")
    (True, False, True)
    """
    if line.lstrip()[:1] and line.lstrip()[0] in _BOXES:
        return True
    match = _MARKER.match(line)
    if match is None or match.lastgroup == "bare":
        return False
    return split_marker(line)[0] is not None
