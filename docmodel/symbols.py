"""The characters that symbol fonts draw: a Wingdings "ü" is a tick.

Word and PDF files name a glyph of these fonts by a code that means nothing without the font. Ticks and boxes come out
as one of the marks that the datasets know: CHECK MARK, BALLOT BOX, BALLOT BOX WITH CHECK, BALLOT BOX WITH X (and
BALLOT X for a cross without a box); bullets, arrows, numbers in circles and Greek letters as their Unicode characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

CHECK = "\N{CHECK MARK}"
CROSS = "\N{BALLOT X}"
BOX = "\N{BALLOT BOX}"
BOX_CHECK = "\N{BALLOT BOX WITH CHECK}"
BOX_CROSS = "\N{BALLOT BOX WITH X}"

# Fonts with their own code page put their 256 codes here when a program asks for Unicode.
SYMBOL_AREA = range(0xF020, 0xF100)

_WINGDINGS = {
    0x28: "\N{BLACK TELEPHONE}",
    0x29: "\N{TELEPHONE LOCATION SIGN}",
    0x2A: "\N{ENVELOPE}",
    0x46: "\N{WHITE RIGHT POINTING INDEX}",
    0x4A: "\N{WHITE SMILING FACE}",
    0x6C: "\N{BLACK CIRCLE}",
    0x6D: "\N{WHITE CIRCLE}",
    0x6E: "\N{BLACK SQUARE}",
    0x6F: BOX,
    0x70: BOX,
    0x71: BOX,
    0x72: BOX,
    0x73: "\N{BLACK DIAMOND}",
    0x74: "\N{BLACK DIAMOND}",
    0x75: "\N{BLACK DIAMOND}",
    0x76: "\N{BLACK DIAMOND MINUS WHITE X}",
    0x77: "\N{BLACK DIAMOND}",
    0x78: BOX_CROSS,
    0x9E: "\N{MIDDLE DOT}",
    0x9F: "\N{BULLET}",
    0xA0: "\N{BLACK SMALL SQUARE}",
    0xA1: "\N{WHITE CIRCLE}",
    0xA2: "\N{WHITE CIRCLE}",
    0xA3: "\N{WHITE CIRCLE}",
    0xA4: "\N{FISHEYE}",
    0xA5: "\N{BULLSEYE}",
    0xA6: "\N{WHITE CIRCLE}",
    0xA7: "\N{BLACK SMALL SQUARE}",
    0xA8: BOX,
    0xAB: "\N{BLACK STAR}",
    0xD8: "\N{THREE-D TOP-LIGHTED RIGHTWARDS ARROWHEAD}",
    0xDC: "\N{NOTCHED LOWER RIGHT-SHADOWED WHITE RIGHTWARDS ARROW}",
    0xDF: "\N{LEFTWARDS ARROW}",
    0xE0: "\N{RIGHTWARDS ARROW}",
    0xE1: "\N{UPWARDS ARROW}",
    0xE2: "\N{DOWNWARDS ARROW}",
    0xE7: "\N{LEFTWARDS ARROW}",
    0xE8: "\N{HEAVY WIDE-HEADED RIGHTWARDS ARROW}",
    0xE9: "\N{UPWARDS ARROW}",
    0xEA: "\N{DOWNWARDS ARROW}",
    0xEF: "\N{LEFTWARDS WHITE ARROW}",
    0xF0: "\N{RIGHTWARDS WHITE ARROW}",
    0xF1: "\N{UPWARDS WHITE ARROW}",
    0xF2: "\N{DOWNWARDS WHITE ARROW}",
    0xFB: CROSS,
    0xFC: CHECK,
    0xFD: BOX_CROSS,
    0xFE: BOX_CHECK,
    # ⓪ … ⑩ and ⓿ … ❿
    0x80: "\N{CIRCLED DIGIT ZERO}",
    **{0x81 + number: chr(0x2460 + number) for number in range(10)},
    0x8B: "\N{NEGATIVE CIRCLED DIGIT ZERO}",
    **{0x8C + number: chr(0x2776 + number) for number in range(10)},
}
_WINGDINGS_2 = {
    0x4F: CROSS,
    0x50: CHECK,
    0x51: BOX_CROSS,
    0x52: BOX_CHECK,
    0x53: BOX_CROSS,
    0x54: BOX_CROSS,
    0x55: "\N{CIRCLED TIMES}",
    0x56: "\N{CIRCLED TIMES}",
    0x95: "\N{MIDDLE DOT}",
    0x96: "\N{BULLET}",
    0x97: "\N{BLACK CIRCLE}",
    0x98: "\N{BLACK CIRCLE}",
    0x99: "\N{WHITE CIRCLE}",
    0x9F: "\N{BLACK SMALL SQUARE}",
    0xA0: "\N{BLACK SMALL SQUARE}",
    0xA1: "\N{BLACK SQUARE}",
    0xA2: "\N{BLACK SQUARE}",
    0xA3: BOX,
    0xA4: BOX,
    0xA5: BOX,
    0xA6: BOX,
}
_WINGDINGS_3 = {
    0x21: "\N{LEFTWARDS ARROW}",
    0x22: "\N{RIGHTWARDS ARROW}",
    0x23: "\N{UPWARDS ARROW}",
    0x24: "\N{DOWNWARDS ARROW}",
    0x7D: "\N{BLACK RIGHT-POINTING TRIANGLE}",
    0x84: "\N{BLACK RIGHT-POINTING TRIANGLE}",
}
_WEBDINGS = {
    0x34: "\N{BLACK RIGHT-POINTING TRIANGLE}",
    0x3C: "\N{BLACK SQUARE}",
    0x61: CHECK,
    0x63: BOX,
    0x67: "\N{BLACK SQUARE}",
    0x6E: "\N{BLACK CIRCLE}",
    0x72: CROSS,
}
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL = {
    **{code: chr(code) for code in (*range(0x20, 0x40), 0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D)},
    **{0x41 + index: letter for index, letter in enumerate(_GREEK)},
    **{0x61 + index: letter for index, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    0x22: "\N{FOR ALL}",
    0x24: "\N{THERE EXISTS}",
    0x2D: "\N{MINUS SIGN}",
    0x40: "\N{APPROXIMATELY EQUAL TO}",
    0x5C: "\N{THEREFORE}",
    0x7E: "\N{TILDE OPERATOR}",
    0xA3: "\N{LESS-THAN OR EQUAL TO}",
    0xA5: "\N{INFINITY}",
    0xA8: "\N{BLACK DIAMOND SUIT}",
    0xAB: "\N{LEFT RIGHT ARROW}",
    0xAC: "\N{LEFTWARDS ARROW}",
    0xAD: "\N{UPWARDS ARROW}",
    0xAE: "\N{RIGHTWARDS ARROW}",
    0xAF: "\N{DOWNWARDS ARROW}",
    0xB0: "\N{DEGREE SIGN}",
    0xB1: "\N{PLUS-MINUS SIGN}",
    0xB2: "\N{DOUBLE PRIME}",
    0xB3: "\N{GREATER-THAN OR EQUAL TO}",
    0xB4: "\N{MULTIPLICATION SIGN}",
    0xB7: "\N{BULLET}",
    0xB8: "\N{DIVISION SIGN}",
    0xB9: "\N{NOT EQUAL TO}",
    0xBB: "\N{ALMOST EQUAL TO}",
    0xBC: "\N{HORIZONTAL ELLIPSIS}",
    0xD6: "\N{SQUARE ROOT}",
    0xD7: "\N{DOT OPERATOR}",
    0xDB: "\N{LEFT RIGHT DOUBLE ARROW}",
    0xDC: "\N{LEFTWARDS DOUBLE ARROW}",
    0xDD: "\N{UPWARDS DOUBLE ARROW}",
    0xDE: "\N{RIGHTWARDS DOUBLE ARROW}",
    0xDF: "\N{DOWNWARDS DOUBLE ARROW}",
    0xE5: "\N{N-ARY SUMMATION}",
}
# The font's codes 21-7E follow the Dingbats block, but for the six that Unicode has elsewhere.
_ZAPF_DINGBATS = {
    **{code: chr(0x2701 + code - 0x21) for code in range(0x21, 0x7F)},
    0x33: CHECK,
    0x34: CHECK,
    0x35: CROSS,
    0x36: CROSS,
    0x37: CROSS,
    0x38: CROSS,
    0x25: "\N{BLACK TELEPHONE}",
    0x48: "\N{BLACK STAR}",
    0x6C: "\N{BLACK CIRCLE}",
    0x6D: "\N{WHITE CIRCLE}",
    0x6E: "\N{BLACK SQUARE}",
    0x6F: BOX,
    0x70: BOX,
    0x71: BOX,
    0x72: BOX,
    0x73: "\N{BLACK UP-POINTING TRIANGLE}",
    0x74: "\N{BLACK DOWN-POINTING TRIANGLE}",
    0x75: "\N{BLACK DIAMOND}",
    0x76: "\N{BLACK DIAMOND MINUS WHITE X}",
    **{0xAC + number: chr(0x2460 + number) for number in range(10)},
    **{0xB6 + number: chr(0x2776 + number) for number in range(10)},
    0xD5: "\N{RIGHTWARDS ARROW}",
}
# A symbol whose font nobody knows: Word's own bullets come from Symbol, all else that plans use from Wingdings.
_UNKNOWN_FONT = {**_WINGDINGS, 0xB7: "\N{BULLET}", 0x2D: "-"}

_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "wingdings": _WINGDINGS,
        "wingdings2": _WINGDINGS_2,
        "wingdings3": _WINGDINGS_3,
        "webdings": _WEBDINGS,
        "symbol": _SYMBOL,
        "symbolmt": _SYMBOL,
        "zapfdingbats": _ZAPF_DINGBATS,
        "itczapfdingbats": _ZAPF_DINGBATS,
        "dingbats": _ZAPF_DINGBATS,
    }
)
_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
_FONT_NOISE = re.compile(r"[\s_,-]|regular$|std$", re.IGNORECASE)


def is_symbol_font(font_name: str | None) -> bool:
    """Tell whether a font's codes mean symbols: "Wingdings", "ABCDEF+Wingdings-Regular", "Symbol" ...

    >>> is_symbol_font("ABCDEF+Wingdings-Regular"), is_symbol_font("TH SarabunPSK")
    (True, False)
    """
    return _font_key(font_name) in _FONTS


def symbol_to_text(font_name: str | None, code: int) -> str | None:
    """The character that a symbol font draws for a code; None where the code is no symbol, or not a known one.

    ``code`` is the font's own (0x20-0xFF), the same in the private-use area (0xF020-0xF0FF), or the character that a
    program made of it by Windows-1252. Without a known font only private-use codes are symbols, read as Wingdings.

    >>> symbol_to_text("Wingdings", 0xF0FC), symbol_to_text("Wingdings 2", ord("R")), symbol_to_text(None, 0xF0A8)
    ('✓', '☑', '☐')
    >>> symbol_to_text("TH SarabunPSK", ord("R")) is None
    True
    """
    table = _FONTS.get(_font_key(font_name))
    if code in SYMBOL_AREA:
        return (table or _UNKNOWN_FONT).get(code - 0xF000)
    if table is None:
        return None
    if code > 0xFF:
        try:
            code = chr(code).encode("cp1252")[0]
        except UnicodeEncodeError:
            return None
    return table.get(code)


def _font_key(font_name: str | None) -> str:
    """A font's name without subset prefix, spaces and weight, in lower case."""
    return _FONT_NOISE.sub("", _SUBSET_PREFIX.sub("", font_name or "")).lower()
