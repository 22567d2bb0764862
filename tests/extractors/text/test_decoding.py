"""Encodings of text files."""

from __future__ import annotations

import pytest

from extractors.text.decoding import decode_text

THAI = "แผนความต่อเนื่องของหน่วยงาน ๑.๒ (BCP)\nขอบเขต"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp874", "tis-620"]
)
def test_thai_in_any_encoding(encoding: str) -> None:
    """The encodings that Thai offices have used all read the same."""
    decoded = decode_text(THAI.encode(encoding))
    assert decoded is not None
    assert decoded.text.lstrip("\ufeff") == THAI
    assert decoded.broken == 0


def test_windows_874_has_its_own_quotes() -> None:
    """Quotes and dashes of Windows-874, which TIS-620 lacks, are read too."""
    decoded = decode_text("“แผน” – ฉบับที่ ๒…".encode("cp874"))
    assert decoded is not None
    assert decoded.text == "“แผน” – ฉบับที่ ๒…"


def test_english_with_one_thai_word_in_a_one_byte_encoding() -> None:
    """A file that is nearly all ASCII is not taken for damaged UTF-8."""
    decoded = decode_text(b"Business continuity plan of " + "กอง".encode("cp874") + b" office " * 200)
    assert decoded is not None
    assert "กอง" in decoded.text


def test_a_cut_utf8_file_loses_one_character() -> None:
    """A file cut inside a character is still UTF-8, and says what was lost."""
    decoded = decode_text((THAI * 5).encode()[:-1])
    assert decoded is not None
    assert (decoded.encoding, decoded.broken) == ("utf-8", 1)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(128, 256)) * 4, b"\x7fELF\x00\x00\xff\xfe" * 9])
def test_binary_is_no_text(data: bytes) -> None:
    """Bytes that are no text in any of the encodings are refused."""
    assert decode_text(data) is None
