"""Numbers as Word draws them in lists: Arabic, Thai, letters, Roman."""

from __future__ import annotations

from collections.abc import Callable

# Word counts with 41 letters: the consonants without ฃ ฅ ฆ and without ฤ ฦ.
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_WORDS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_THAI_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 4_000
_CIRCLED_DIGIT_ONE = 0x2460
_LAST_CIRCLED = 20


def format_number(number: int, number_format: str) -> str:
    """A list number in one of Word's formats; in Arabic digits where the format is none of ours.

    >>> [format_number(12, name) for name in ("decimal", "thaiNumbers", "thaiLetters", "upperRoman", "thaiCounting")]
    ['12', '๑๒', 'ฏ', 'XII', 'สิบสอง']
    """
    formatter = _FORMATS.get(number_format)
    return formatter(number) if formatter is not None and number > 0 else str(number)


def _repeated_letter(number: int, letters: str) -> str:
    """The letter of a number; past the last one Word doubles it: ก … ฮ กก ขข."""
    turns, index = divmod(number - 1, len(letters))
    return letters[index] * (turns + 1)


def _roman(number: int) -> str:
    if number >= _MAX_ROMAN:
        return str(number)
    digits = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits += letters * count
    return digits


def _thai_words(number: int) -> str:
    """The number in Thai words.

    >>> _thai_words(21), _thai_words(111)
    ('ยี่สิบเอ็ด', 'หนึ่งร้อยสิบเอ็ด')
    """
    digits = str(number)
    if len(digits) > len(_THAI_PLACES):
        return digits
    words = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            continue
        if place == 1 and digit in "12":
            words += "ยี่สิบ" if digit == "2" else "สิบ"
        elif place == 0 and digit == "1" and number > 10:
            words += "เอ็ด"
        else:
            words += _THAI_WORDS[int(digit)] + _THAI_PLACES[place]
    return words


def _circled(number: int) -> str:
    return chr(_CIRCLED_DIGIT_ONE + number - 1) if number <= _LAST_CIRCLED else str(number)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _repeated_letter(number, _LETTERS.upper()),
    "lowerLetter": lambda number: _repeated_letter(number, _LETTERS),
    "thaiNumbers": lambda number: str(number).translate(_THAI_DIGITS),
    "thaiLetters": lambda number: _repeated_letter(number, _THAI_LETTERS),
    "thaiCounting": _thai_words,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _circled,
}
