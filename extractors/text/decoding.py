"""Text from the bytes of a file whose encoding nobody wrote down."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

# Bytes looked at to tell UTF-16 without a mark; enough for a paragraph.
UTF16_SAMPLE_BYTES = 4_000
# In Thai or English UTF-16 nearly every second byte is 0x00 or 0x0E; no one-byte encoding comes near.
UTF16_HIGH_BYTE_SHARE = 0.7
# A UTF-8 file that was cut or patched loses a few characters; with more than one in twenty of those beyond ASCII broken
# it is another encoding.
MAX_BROKEN_UTF8_SHARE = 0.05
# Of the characters beyond ASCII in a Thai one-byte file nearly all are Thai.
MIN_THAI_SHARE = 0.8
THAI = range(0x0E01, 0x0E5C)
# What Windows-874 adds to TIS-620, and the no-break space; typographic, so in any language.
PUNCTUATION = frozenset("€…‘’“”•–—\N{NO-BREAK SPACE}")

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """A file's text, the encoding it was read with and how many characters could not be read."""

    text: str
    encoding: str
    broken: int = 0


def decode_text(data: bytes) -> DecodedText | None:
    """The text of a file in UTF-8, UTF-16, UTF-32 or a Thai one-byte encoding (TIS-620, Windows-874).

    None where the bytes are none of these, so binary.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_loosely(data, encoding)
    utf16 = _utf16_without_mark(data)
    if utf16 is not None:
        return _decode_loosely(data, utf16)
    if b"\x00" in data:
        return None
    try:
        return DecodedText(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        return _decode_damaged_utf8(data) or _decode_thai_bytes(data)


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:UTF16_SAMPLE_BYTES]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset : 2 * pairs : 2]
        low = sample[1 - offset : 2 * pairs : 2]
        known = high.count(0x00) + high.count(0x0E)
        if known >= UTF16_HIGH_BYTE_SHARE * pairs and low.count(0x00) <= pairs // 100:
            return encoding
    return None


def _decode_loosely(data: bytes, encoding: str) -> DecodedText:
    text = data.decode(encoding, errors="replace")
    return DecodedText(text=text, encoding=encoding, broken=text.count("\N{REPLACEMENT CHARACTER}"))


def _decode_thai_bytes(data: bytes) -> DecodedText | None:
    text = data.decode("cp874", errors="replace")
    beyond_ascii = [char for char in text if ord(char) > 0x7F and char not in PUNCTUATION]
    thai = sum(ord(char) in THAI for char in beyond_ascii)
    if not beyond_ascii or thai < MIN_THAI_SHARE * len(beyond_ascii):
        return None
    return DecodedText(text=text, encoding="cp874", broken=text.count("\N{REPLACEMENT CHARACTER}"))


def _decode_damaged_utf8(data: bytes) -> DecodedText | None:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = sum(ord(char) > 0x7F for char in text)
    if broken > MAX_BROKEN_UTF8_SHARE * beyond_ascii:
        return None
    return DecodedText(text=text, encoding="utf-8", broken=broken)
