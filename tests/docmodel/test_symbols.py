"""What symbol fonts draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmodel.symbols import is_symbol_font, symbol_to_text


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", 0xFC, "✓"),
        ("Wingdings", 0xF0FC, "✓"),
        ("ABCDEF+Wingdings-Regular", ord("ü"), "✓"),
        ("Wingdings", ord("þ"), "☑"),
        ("Wingdings", 0xF06F, "☐"),
        ("Wingdings", 0xF0FB, "✗"),
        ("Wingdings", 0x81, "①"),
        ("Wingdings 2", ord("P"), "✓"),
        ("Wingdings2", 0xF0A3, "☐"),
        ("ZapfDingbats", 0x34, "✓"),
        ("Symbol", 0xF061, "α"),
        ("SymbolMT", 0xB3, "≥"),
        ("Webdings", 0x63, "☐"),
        (None, 0xF0FE, "☑"),
        ("TH SarabunPSK", 0xF0B7, "•"),
    ],
)
def test_known_glyphs(font: str | None, code: int, shown: str) -> None:
    """Ticks, boxes, bullets and Greek letters by font and code, whichever way a program writes the code."""
    assert symbol_to_text(font, code) == shown


@pytest.mark.parametrize(
    ("font", "code"),
    [("TH SarabunPSK", ord("P")), (None, 0xFC), ("Wingdings", ord("ก")), ("Wingdings", 0x2713), (None, 0xF70A)],
)
def test_what_is_no_symbol(font: str | None, code: int) -> None:
    """Letters of text fonts, Thai, real Unicode and the private-use codes of Thai fonts are left to others."""
    assert symbol_to_text(font, code) is None


def test_windows_1252_detour() -> None:
    """A code that a program took through Windows-1252 is found again."""
    assert symbol_to_text("Wingdings", ord("Ÿ")) == symbol_to_text("Wingdings", 0x9F) == "•"


@given(st.sampled_from(["Wingdings", "Wingdings 2", "Webdings", "Symbol", "ZapfDingbats"]), st.integers(0x20, 0xFF))
def test_private_use_means_the_same(font: str, code: int) -> None:
    """The same glyph by its own code and by its private-use code."""
    assert is_symbol_font(font)
    assert symbol_to_text(font, code) == symbol_to_text(font, 0xF000 + code)
