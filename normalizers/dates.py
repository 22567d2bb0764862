"""Dates and years of the Buddhist era, in the forms that Thai documents use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from normalizers.numerals import to_arabic_digits

BE_OFFSET: Final = 543
# Years that a plan can speak of; anything else is a number of another kind.
BE_FIRST: Final = 2500
BE_LAST: Final = 2599
CE_FIRST: Final = 1957
CE_LAST: Final = 2056


@dataclass(frozen=True, slots=True, kw_only=True)
class ThaiDate:
    """A date found in a text at ``start``–``end``.

    ``day`` is None where only a month or a year is given; ``month`` 1–12. ``is_fiscal_year`` marks "ปีงบประมาณ".
    """

    day: date | None
    year_be: int
    start: int
    end: int
    month: int | None = None
    is_fiscal_year: bool = False


_MONTHS: Final = (
    r"มกราคม|มกรา|ม\s?\.?\s?ค\s?\.|january|jan\b\.?",
    r"กุมภาพันธ์|กุมภา|ก\s?\.?\s?พ\s?\.|february|feb\b\.?",
    r"มีนาคม|มีนา|มี\s?\.?\s?ค\s?\.|march|mar\b\.?",
    r"เมษายน|เมษา|เม\s?\.?\s?ย\s?\.|april|apr\b\.?",
    r"พฤษภาคม|พฤษภา|พ\s?\.?\s?ค\s?\.|may\b",
    r"มิถุนายน|มิถุนา|มิ\s?\.?\s?ย\s?\.|june|jun\b\.?",
    r"กรกฎาคม|กรกฏาคม|กรกฎา|ก\s?\.?\s?ค\s?\.|july|jul\b\.?",
    r"สิงหาคม|สิงหา|ส\s?\.?\s?ค\s?\.|august|aug\b\.?",
    r"กันยายน|กันยา|ก\s?\.?\s?ย\s?\.|september|sept?\b\.?",
    r"ตุลาคม|ตุลา|ต\s?\.?\s?ค\s?\.|october|oct\b\.?",
    r"พฤศจิกายน|พฤศจิกา|พ\s?\.?\s?ย\s?\.|november|nov\b\.?",
    r"ธันวาคม|ธันวา|ธ\s?\.?\s?ค\s?\.|december|dec\b\.?",
)
_MONTH: Final = "|".join(f"(?P<m{number}>{pattern})" for number, pattern in enumerate(_MONTHS, 1))
_ERA: Final = r"(?:(?:พุทธศักราช|พ\s?\.\s?ศ\s?\.?|พศ\.?|ปี\s*พ\.ศ\.|ปี|ค\s?\.\s?ศ\s?\.?|B\.?E\.?)\s*)?"
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})(?![\d]|[.,]\d)"
_NAMED: Final = re.compile(
    # "ครั้งที่ 2 เดือนมีนาคม 2567" counts reviews, not days
    rf"(?:(?<![\d/.])(?<!ครั้งที่)(?<!ครั้งที่\s)(?<!ฉบับที่)(?<!ฉบับที่\s)(?P<day>\d{{1,2}})(?:\s*[-–]\s*(?P<until>\d{{1,2}}))?\s*(?:เดือน)?\s*)?(?:{_MONTH})\s*,?\s*{_ERA}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(rf"(?:{_MONTH})\s*(?P<day>\d{{1,2}})\s*,\s*(?P<year>\d{{4}})(?!\d)", re.IGNORECASE)
_SLASHED: Final = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/.\-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/]|[.-]\d)"
)
_ISO: Final = re.compile(
    r"(?<![\d/-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d|[-/]\d)"
)
_YEAR_ONLY: Final = re.compile(
    r"(?P<fiscal>(?:ปี)?\s*งบประมาณ\s*(?:ปี)?\s*(?:พ\s?\.\s?ศ\s?\.?)?|ปี\s*งบ\s*(?:ประมาณ)?)\s*(?P<fy>\d{4}|\d{2})(?![\d,/.]\d|\d)"
    r"|(?:พุทธศักราช|พ\s?\.\s?ศ\s?\.|ประจำปี|ปี\s*พ\.ศ\.|ปี)\s*(?P<be>25\d\d)(?!\d|[,.]\d)"
    r"|ค\s?\.\s?ศ\s?\.\s*(?P<ce>(?:19|20)\d\d)(?!\d)",
)


_DIGIT: Final = re.compile(r"\d")


def find_dates(text: str) -> tuple[ThaiDate, ...]:
    """The dates, months and years of a text in order, none overlapping.

    Thai and Arabic digits, full and short months, slashes, ISO, fiscal years and bare years after พ.ศ. or ปี; two-digit
    years are Buddhist. A day that does not exist (31 มิ.ย.) and a year out of reach are left out.

    >>> [(d.day, d.year_be) for d in find_dates("ประกาศ ณ วันที่ ๕ พ.ค. ๖๓")]
    [(datetime.date(2020, 5, 5), 2563)]
    >>> [d.year_be for d in find_dates("แผนประจำปีงบประมาณ 2564")]
    [2564]
    """
    arabic = to_arabic_digits(text)
    if not _DIGIT.search(arabic):
        return ()
    found: list[ThaiDate] = []
    refused: list[tuple[int, int]] = []
    for match, parsed in _candidates(arabic):
        span = match.span()
        if any(start < span[1] and span[0] < end for start, end in refused):
            continue
        if parsed is None:
            refused.append(span)
        elif not any(other.start < span[1] and span[0] < other.end for other in found):
            found.append(parsed)
    return tuple(sorted(found, key=lambda item: item.start))


def _candidates(arabic: str) -> Iterator[tuple[re.Match[str], ThaiDate | None]]:
    """Matches of each form, the most telling form first, with what they say (None: impossible)."""
    for pattern in (_ISO, _SLASHED, _MONTH_FIRST, _NAMED):
        if pattern is _MONTH_FIRST and "," not in arabic:
            continue  # no other form is looked for as slowly
        for match in pattern.finditer(arabic):
            groups = match.groupdict()
            month = int(groups["month"]) if groups.get("month") else next(n for n in range(1, 13) if groups[f"m{n}"])
            day_text = groups["until"] if groups.get("until") else groups["day"]
            day = int(day_text) if day_text else None
            yield match, _make_date(match.span(), _year_be(groups["year"]), month, day)
    for match in _YEAR_ONLY.finditer(arabic):
        year_be = _year_be(match["fy"] or match["be"] or match["ce"])
        if year_be is not None:
            yield (
                match,
                ThaiDate(
                    day=None, year_be=year_be, start=match.start(), end=match.end(), is_fiscal_year=bool(match["fy"])
                ),
            )


def _year_be(text: str) -> int | None:
    """Buddhist year of two or four digits; None where it is out of reach."""
    value = int(text.lstrip("'"))
    if len(text.lstrip("'")) == 2:
        return BE_FIRST + value
    if BE_FIRST <= value <= BE_LAST:
        return value
    return value + BE_OFFSET if CE_FIRST <= value <= CE_LAST else None


def _make_date(span: tuple[int, int], year_be: int | None, month: int, day: int | None) -> ThaiDate | None:
    if year_be is None or not 1 <= month <= 12:
        return None
    calendar_day: date | None = None
    if day is not None:
        try:
            calendar_day = date(year_be - BE_OFFSET, month, day)
        except ValueError:
            return None
    return ThaiDate(day=calendar_day, year_be=year_be, month=month, start=span[0], end=span[1])
