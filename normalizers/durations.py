"""Lengths of time and time buckets, as hours."""

from __future__ import annotations

import re
from typing import Final

from docmodel.value_class import value_class
from normalizers.numerals import NUMBER_WORD, parse_number, to_arabic_digits

HOURS_PER_DAY: Final = 24.0
HOURS_PER_WEEK: Final = 168.0
HOURS_PER_MONTH: Final = 720.0
HOURS_PER_YEAR: Final = 8760.0


@value_class(frozen=True, slots=True, kw_only=True)
class HourRange:
    """A length of time in hours, from ``min_hours`` to ``max_hours`` (None: no upper end).

    A single length has both ends equal; "within" starts at 0.
    """

    min_hours: float
    max_hours: float | None


@value_class(frozen=True, slots=True)
class _Term:
    """A number with its unit at a place of the text, in hours."""

    low: float
    high: float
    unit_hours: float
    start: int
    end: int


# Longest first. A month followed by its name or a day by a number is a date ("เดือนมีนาคม", "วันที่ 5").
_UNITS: Final[tuple[tuple[str, float], ...]] = (
    (r"ชั่วโมง|ช\s?\.\s?ม\s?\.?|ชม\s?\.?|hours?\b|hrs?\b\.?", 1.0),
    (r"นาที|mins?\b\.?|minutes?\b", 1 / 60),
    (r"วินาที|seconds?\b|secs?\b", 1 / 3600),
    (r"สัปดาห์|อาทิตย์|weeks?\b", HOURS_PER_WEEK),
    (r"วัน(?!ที่\s*\d|อาทิตย์|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์)(?:ทำการ|ทำงาน|ราชการ)?|days?\b", HOURS_PER_DAY),
    (
        r"เดือน(?!\s*(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม))|months?\b",
        HOURS_PER_MONTH,
    ),
    (r"ปี(?!\s*(?:25\d\d|งบประมาณ|พ\.))|years?\b", HOURS_PER_YEAR),
)
_UNIT: Final = "|".join(f"(?P<u{index}>{pattern})" for index, (pattern, _) in enumerate(_UNITS))
_NUM: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|½|(?:{NUMBER_WORD})+|ครึ่ง"
_DASH: Final = r"\s*(?:[-–—−~]|จนถึง|ถึง|หรือ|to\b)\s*"
_TERM: Final = re.compile(
    rf"(?<![\d/.,:])(?:(?P<half>1/2)|(?P<low>{_NUM})(?:{_DASH}(?P<high>{_NUM}))?)\s*(?:{_UNIT})(?P<andhalf>\s*ครึ่ง)?",
    re.IGNORECASE,
)
# "วันที่ 2-7" names days counted from the incident; with a month or a full date behind it, it is a calendar day.
_DAY_NUMBER: Final = re.compile(
    rf"วันที่\s*(?P<low>\d{{1,3}})(?:{_DASH}(?:วันที่\s*)?(?P<high>\d{{1,3}}))?(?!\s*[/.\d]|[-–]\d)"
    r"(?!\s*(?:เดือน|[มกพตสธเ][ก-๎]{0,2}\.|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา))",
    re.IGNORECASE,
)

# "Day 1", "Weeks 2-4", "สัปดาห์ที่ 2": the unit stands before its number.
_COUNTED: Final = re.compile(
    rf"(?:(?<![\d½])(?<![\d½]\s)\b(?P<unit>hour|day|week|month)s?\s*|(?P<thai>ชั่วโมง|สัปดาห์|เดือน)ที่\s*)"
    rf"(?P<low>\d{{1,3}})(?:{_DASH}(?P<high>\d{{1,3}}))?(?![\d/.,:])(?!\s*(?:hours?|days?|weeks?|months?)\b)",
    re.IGNORECASE,
)
_COUNTED_HOURS: Final = {
    "hour": 1.0,
    "ชั่วโมง": 1.0,
    "day": HOURS_PER_DAY,
    "week": HOURS_PER_WEEK,
    "สัปดาห์": HOURS_PER_WEEK,
    "month": HOURS_PER_MONTH,
    "เดือน": HOURS_PER_MONTH,
}

_ABOVE: Final = re.compile(
    r"(?:มากกว่า|นานกว่า|เกินกว่า|เกิน|ไม่น้อยกว่า|ไม่ต่ำกว่า|อย่างน้อย|ตั้งแต่|หลังจาก|หลัง"
    r"|over|beyond|more than|at least|>=?|≥)\s*(?:ระยะเวลา)?\s*$",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(
    r"(?:ภายใน|ไม่เกินกว่า|ไม่เกิน|ไม่มากกว่า|(?<!ไม่)น้อยกว่า|(?<!ไม่)ต่ำกว่า|สูงสุด|ก่อน"
    r"|within|less than|not more than|up to|<=?|≤)\s*(?:ระยะเวลา|เวลา)?\s*$",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(r"\s*(?:ขึ้นไป|เป็นต้นไป|and more|or more|\+)", re.IGNORECASE)
# "วันแรก" is one day, counted from the incident; "24 ชั่วโมงแรก" has its own number.
_FIRST_UNIT: Final = re.compile(r"(?<![\d\s])\s?(?P<unit>วัน|สัปดาห์|เดือน)แรก|^(?P<alone>วัน|สัปดาห์|เดือน)แรก")
_FIRST: Final = re.compile(r"\s*แรก")
_BETWEEN: Final = re.compile(rf"{_DASH}(?:วันที่\s*)?", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:และ|กับ)?\s*")
_BUT_NOT_OVER: Final = re.compile(
    r"\s*(?:แต่)?\s*(?:ไม่เกินกว่า|ไม่เกิน|ไม่ถึง|น้อยกว่า)\s*|\s*(?:and|but)?\s*(?:less than|up to)\s*"
)
_AT_ONCE: Final = re.compile(r"\s*(?:โดย)?ทันที\s*|\s*immediate(?:ly)?\s*", re.IGNORECASE)
_HOURS_OF: Final = {"วัน": HOURS_PER_DAY, "สัปดาห์": HOURS_PER_WEEK, "เดือน": HOURS_PER_MONTH}


def parse_duration(text: str) -> HourRange | None:
    """The first length of time in a text, as hours; None where there is none.

    A day is 24 hours (working days too), a week 168, a month 720, a year 8760. Calendar dates are no lengths.

    >>> parse_duration("๒-๗ วัน")
    HourRange(min_hours=48.0, max_hours=168.0)
    >>> parse_duration("มากกว่า 1 เดือน")
    HourRange(min_hours=720.0, max_hours=None)
    >>> parse_duration("ต้องการสัปดาห์แรก")
    HourRange(min_hours=0.0, max_hours=168.0)
    >>> parse_duration("Week 2")
    HourRange(min_hours=336.0, max_hours=336.0)
    >>> parse_duration("วันที่ 5 มิถุนายน 2563") is None
    True
    """
    text = to_arabic_digits(text)
    if _AT_ONCE.fullmatch(text):
        return HourRange(min_hours=0.0, max_hours=0.0)
    terms = _find_terms(text)
    if not terms:
        return None
    first = terms[0]
    end = first.end
    low, high = first.low, first.high
    bounded = False
    unit_hours = first.unit_hours
    for term in terms[1:]:
        gap = text[end : term.start]
        if _AND.fullmatch(gap) and term.unit_hours < unit_hours and not bounded:
            low, high = low + term.low, high + term.high
        elif not bounded and (_BETWEEN.fullmatch(gap) or _BUT_NOT_OVER.fullmatch(gap)) and term.high >= low:
            high, bounded = term.high, True
        else:
            break
        end, unit_hours = term.end, term.unit_hours
    return _apply_limits(text[: first.start], text[end:], low, high, bounded=bounded)


def _apply_limits(before: str, after: str, low: float, high: float, *, bounded: bool) -> HourRange:
    """The range with the words around it taken into account ("within", "more than", "onward", "first")."""
    if bounded:
        return HourRange(min_hours=low, max_hours=high)
    if _BELOW.search(before):
        return HourRange(min_hours=0.0, max_hours=high)
    if _FIRST.match(after):
        return HourRange(min_hours=0.0, max_hours=high)
    if _ABOVE.search(before) or _ONWARD.match(after):
        return HourRange(min_hours=high if low == high else low, max_hours=None)
    return HourRange(min_hours=low, max_hours=high)


def _find_terms(text: str) -> list[_Term]:
    terms = []
    for match in _TERM.finditer(text):
        unit_hours = next(hours for index, (_, hours) in enumerate(_UNITS) if match[f"u{index}"])
        low = 0.5 if match["half"] else _value(match["low"])
        high = low if match["high"] is None else _value(match["high"])
        if low is None or high is None:
            continue
        extra = 0.5 if match["andhalf"] else 0.0
        terms.append(
            _Term((low + extra) * unit_hours, (high + extra) * unit_hours, unit_hours, match.start(), match.end())
        )
    for match in _FIRST_UNIT.finditer(text):
        name = "unit" if match["unit"] else "alone"
        hours = _HOURS_OF[match[name]]
        terms.append(_Term(hours, hours, hours, match.start(name), match.end(name)))
    for match in _DAY_NUMBER.finditer(text):
        low_day = float(match["low"])
        high_day = float(match["high"] or match["low"])
        terms.append(
            _Term(low_day * HOURS_PER_DAY, high_day * HOURS_PER_DAY, HOURS_PER_DAY, match.start(), match.end())
        )
    for match in _COUNTED.finditer(text):
        unit_hours = _COUNTED_HOURS[(match["unit"] or match["thai"]).lower()]
        low, high = float(match["low"]), float(match["high"] or match["low"])
        terms.append(_Term(low * unit_hours, high * unit_hours, unit_hours, match.start(), match.end()))
    return sorted(terms, key=lambda term: (term.start, -term.end))


def _value(text: str) -> float | None:
    return 0.5 if text in ("ครึ่ง", "½") else parse_number(text)
