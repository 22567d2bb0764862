"""Numbers with their units, as table cells give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from normalizers.numerals import parse_number, to_arabic_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number and its unit as written (None for a bare number); ``upper`` is the other end of a range ("2-3 คน")."""

    value: float
    unit: str | None
    text: str
    upper: float | None = None


# Counting words and measures of plans. A longer one comes first, so that "คนต่อวัน" is not cut.
_UNITS: Final = (
    "ตารางเมตร|ตารางวา|ตร\\s?\\.\\s?(?:\\([^)]*\\)\\s*\\.?\\s?)?ม\\s?\\.?|ตรม\\.?|ตร\\.ว\\.?|sq\\.?\\s?m\\.?|กิโลเมตร|กม\\.|เมตร|ไร่|"
    "คน|ราย|ท่าน|นาย|อัตรา|ตำแหน่ง|เครื่อง|ชุด|คัน|ลำ|ห้อง|แห่ง|หลัง|อาคาร|ชั้น|โต๊ะ|ตัว|อัน|ชิ้น|ดวง|ใบ|แผ่น|เล่ม|ฉบับ|รีม|กล่อง|ลัง|แพ็ค|ห่อ|ถุง|"
    "ตู้|ถัง|ขวด|แกลลอน|ลิตร|กิโลกรัม|กก\\.|ตัน|เส้น|ม้วน|ก้อน|จุด|ที่นั่ง|เตียง|ยูนิต|units?|sets?|หน่วยงาน|หน่วย|ระบบ|โปรแกรม|ไฟล์|เลขหมาย|หมายเลข|"
    "คู่สาย|สาย|วงจร|บริษัท|ร้าน|องค์กร|ครั้ง|รายการ|กลุ่ม|ทีม|งาน|เรื่อง|กระบวนการ|ล้านบาท|บาท|เปอร์เซ็นต์|%|"
    "persons?|people|pcs?\\.?|GB|TB|MB|Mbps|kVA|kW"
)
_NUM: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_QUANTITY: Final = re.compile(
    rf"(?<![\d.,/:])(?P<value>{_NUM})(?:\s*[-–]\s*(?P<upper>{_NUM}))?(?![\d/:])\s*\(?(?P<unit>{_UNITS})(?![A-Za-z])",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(rf"(?P<unit>ร้อยละ)\s*(?P<value>{_NUM})(?:\s*[-–]\s*(?P<upper>{_NUM}))?")
_COUNTED: Final = re.compile(
    rf"(?:จำนวน|รวม(?:ทั้งสิ้น|ทั้งหมด)?)\s*(?P<value>{_NUM})(?:\s*[-–]\s*(?P<upper>{_NUM}))?(?P<unit>)(?![\d/:.])"
)
_WHOLE: Final = re.compile(
    rf"\s*[(\[]?(?P<value>{_NUM})(?:\s*[-–]\s*(?P<upper>{_NUM}))?[)\]]?\s*(?P<unit>[^\s\d()/:]{{1,12}}|)\s*"
)


# A number behind one of these names a thing and counts nothing ("ชั้น 2 อาคาร 1"); "2 x 3 เมตร" is a size.
_NAMED: Final = re.compile(
    r"(?:ชั้น|อาคาร|ห้อง|ข้อ|(?<!หน้า)(?<!สถาน)(?<!พื้น)(?<!เคลื่อน)ที่|หมู่|ซอย|มาตรา|กลุ่ม|รุ่น|ตาราง|ส่วน|บท|หมวด|[xX×])\s*$|(?:^|\s)(?:Windows|Office|ISO|COVID-?|ว)\s*$"
)
_CLOCK: Final = re.compile(r"\s*\d{1,2}[.:]\d\d\s*(?:น\.|-.*)?\s*")


def parse_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order: a number with a counting word, a percentage, or a number all alone.

    Numbers that count nothing ("ชั้น 2", "Windows 10", a date, a phone) are left alone.

    >>> [(q.value, q.unit) for q in parse_quantities("๔๐ ตร.ม. (๒๐ คน)")]
    [(40.0, 'ตร.ม.'), (20.0, 'คน')]
    >>> parse_quantities("อาคาร 2")
    ()
    """
    arabic = to_arabic_digits(text)
    whole = _WHOLE.fullmatch(arabic)
    if whole and (_CLOCK.fullmatch(arabic) is None or not whole["unit"].startswith("น.")):
        matches = [whole]
    else:
        found = [
            m
            for pattern in (_PERCENT, _QUANTITY, _COUNTED)
            for m in pattern.finditer(arabic)
            if not _NAMED.search(arabic[: m.start()])
        ]
        matches = []
        for match in sorted(found, key=lambda m: (m.start("value"), -m.end())):
            if not matches or match.start("value") >= matches[-1].end():
                matches.append(match)
    return tuple(quantity for match in matches if (quantity := _quantity(match, text)) is not None)


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    value = parse_number(match["value"])
    upper = parse_number(match["upper"]) if match["upper"] else None
    if value is None or (upper is not None and upper < value):
        return None
    unit = text[match.start("unit") : match.end("unit")].strip() or None
    return Quantity(value=value, unit=unit, text=text[match.start() : match.end()].strip(), upper=upper)
