"""Thai phone numbers as digits, ranges written out, extensions after x."""

from __future__ import annotations

import re
from typing import Final

from docmodel.value_class import value_class
from normalizers.numerals import to_arabic_digits

MOBILE_DIGITS: Final = 10
LANDLINE_DIGITS: Final = 9
# A range of lines of one switchboard; a longer one is a misread number.
MAX_RANGE: Final = 100
# Fewer digits than this after a 0 are a date, a code or a share, not a phone gone wrong.
MIN_MALFORMED_DIGITS: Final = 7

_GAP: Final = r"[\s().\-–—]{0,3}"
_START: Final = re.compile(
    r"(?<!\d)(?<!\d[-–.,])(?:\(?\+66\)?" + _GAP + r"(?:\(0\))?" + _GAP + r"(?P<plus>[1-9])|\(?(?P<zero>0))"
)
_NEXT_DIGIT: Final = re.compile(_GAP + r"(\d)")
_RANGE: Final = re.compile(r"\s*(?:[-–—~]|ถึง)\s*(?P<end>\d{1,4})(?![\d.])(?!\s*[-–]\s*\d)")
_ALSO: Final = re.compile(r"\s*[,/]\s*(?P<end>\d{1,4})(?![\d/.])(?!\s*[-–]?\s*\d{3})")
_EXTENSION: Final = re.compile(
    r"[\s,(]*(?:เบอร์)?(?:ต่อภายใน|ต่อ|กด|ext|x|#)\s*[.:]?\s*(?P<first>\d{1,5})(?P<more>(?:\s*(?:[,/]|[-–]|ถึง|หรือ|และ)\s*\d{1,5}(?!\d))*)",
    re.IGNORECASE,
)
_HOTLINE_LABEL: Final = re.compile(
    r"(?:สายด่วน|โทร(?:ศัพท์|\.)?|เบอร์|หมายเลข|hotline|call\s?center|tel\.?)\s*[.:]?\s*(?P<number>1[1-9]\d\d|19[0-9])(?!\d|[,.]\d|\s?[-–/]\s?\d)",
    re.IGNORECASE,
)
_HOTLINE_ALONE: Final = re.compile(r"\s*(?P<number>1[1-9]\d\d|19[0-9])\s*(?:\(.*\))?\s*", re.DOTALL)
_WITHOUT_ZERO: Final = re.compile(r"\s*(?:[689]\d[\s-]?\d{3}[\s-]?\d{4}|(?!25\d\d\D+25\d\d)[2-7]\d{3}[\s-]?\d{4})\s*")

_PHONE_WORDS: Final = re.compile(
    r"โทรศัพท์|โทรสาร|โทร|มือถือ|เบอร์|หมายเลข|สายด่วน|ต่อ|ภายใน|กด|ถึง|หรือ|และ|ext|tel|fax|mobile|hotline|x",
    re.IGNORECASE,
)


@value_class(frozen=True, slots=True, kw_only=True)
class PhoneReading:
    """The phones of a text, and the pieces that look like a phone with too few or too many digits (as written)."""

    phones: tuple[str, ...]
    malformed: tuple[str, ...]


def parse_phones(text: str) -> tuple[str, ...]:
    """Every phone of a text in order: digits only, extension after ``x``; a range gives each of its numbers.

    Spaces, dashes and line breaks inside a number do not matter; +66 counts as 0. Dates, identity numbers, amounts and
    numbers with a wrong count of digits are left out (the latter: ``read_phones``).

    >>> parse_phones("๐ ๒๑๒๓ ๔๕๖๗-๘ ต่อ ๑๐๑")
    ('021234567x101', '021234568x101')
    >>> parse_phones("1 ต.ค. 2563"), parse_phones("โทร.053-000-361")
    ((), ('053000361',))
    """
    return read_phones(text).phones


def is_phone_alone(text: str) -> bool:
    """Whether a text holds nothing but numbers and the words that go with a phone.

    >>> is_phone_alone("โทร. ๐ ๒๑๒๓ ๔๕๖๗ ต่อ ๑๐๑"), is_phone_alone("นายตัวอย่าง 0 2123 4567")
    (True, False)
    """
    return not any(map(str.isalpha, _PHONE_WORDS.sub("", text)))


def read_phones(text: str) -> PhoneReading:
    """The phones of a text and the malformed ones, for the finding that shows them."""
    arabic = to_arabic_digits(text)
    alone = _HOTLINE_ALONE.fullmatch(arabic)
    if alone:
        return PhoneReading(phones=(alone["number"],), malformed=())
    if _WITHOUT_ZERO.fullmatch(arabic):
        return PhoneReading(phones=(), malformed=(text.strip(),))
    found: list[tuple[int, str]] = []
    malformed: list[str] = []
    position = 0
    while match := _START.search(arabic, position):
        number, end = _collect(arabic, match)
        if number is None:
            digits = sum(char.isdigit() for char in arabic[match.start() : end])
            if digits >= MIN_MALFORMED_DIGITS:
                malformed.append(text[match.start() : end].strip())
            position = max(end, match.end())
            continue
        numbers, end = _extend(arabic, number, end)
        extensions, end = _extensions(arabic, end)
        found += [(match.start(), one + extension) for one in numbers for extension in extensions]
        position = end
    found += [(m.start("number"), m["number"]) for m in _HOTLINE_LABEL.finditer(arabic)]
    phones = dict.fromkeys(phone for _, phone in sorted(found, key=lambda item: item[0]))
    return PhoneReading(phones=tuple(phones), malformed=tuple(malformed))


def _collect(arabic: str, start: re.Match[str]) -> tuple[str | None, int]:
    """The number that begins here with as many digits as its first two ask for (None if it has fewer or more)."""
    digits = "0" + (start["plus"] or "")
    position = start.end()
    while len(digits) < _wanted(digits) and (step := _NEXT_DIGIT.match(arabic, position)):
        digits += step[1]
        position = step.end()
    if len(digits) < _wanted(digits):
        return None, position
    if arabic[position : position + 1].isdigit():
        while arabic[position : position + 1].isdigit():
            position += 1
        return None, position
    return digits, position


def _wanted(digits: str) -> int:
    return MOBILE_DIGITS if digits[1:2] in ("6", "8", "9") else LANDLINE_DIGITS


def _extend(arabic: str, number: str, end: int) -> tuple[list[str], int]:
    """The number with the rest of its range ("-21") and short forms ("/8") written out."""
    numbers = [number]
    if match := _RANGE.match(arabic, end):
        tail = match["end"]
        first, last = int(number[-len(tail) :]), int(tail)
        if first < last <= first + MAX_RANGE:
            numbers = [number[: -len(tail)] + str(value).zfill(len(tail)) for value in range(first, last + 1)]
            end = match.end()
    while match := _ALSO.match(arabic, end):
        numbers.append(number[: -len(match["end"])] + match["end"])
        end = match.end()
    return numbers, end


def _extensions(arabic: str, end: int) -> tuple[list[str], int]:
    """Extensions with their x, or one empty text where there is none."""
    match = _EXTENSION.match(arabic, end)
    if match is None:
        return [""], end
    extensions = [match["first"]]
    for joint, value in re.findall(r"([,/]|[-–]|ถึง|หรือ|และ)\s*(\d{1,5})", match["more"]):
        last = int(extensions[-1])
        if joint in ("-", "–", "ถึง") and last < int(value) <= last + MAX_RANGE:
            extensions += [str(one).zfill(len(value)) for one in range(last + 1, int(value) + 1)]
        else:
            extensions.append(value)
    return [f"x{extension}" for extension in extensions], match.end()
