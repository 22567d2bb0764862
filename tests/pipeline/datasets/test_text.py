"""Text made safe for any reader of the datasets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.datasets.text import clean_text

ANY_TEXT = st.text(alphabet=st.characters(min_codepoint=0, max_codepoint=0x10FFFF))


@given(ANY_TEXT)
def test_any_text_becomes_utf8_and_stays_so(text: str) -> None:
    """The result is encodable, and cleaning twice changes nothing more."""
    cleaned = clean_text(text)
    cleaned.encode()
    assert clean_text(cleaned) == cleaned


def test_thai_marks_glyphs_and_joiners_stay() -> None:
    """Nothing of a Thai text is touched, private-use and zero-width characters included."""
    text = "น้ำท่วม ไฟฟ้าดับ ฯลฯ ๑๒\t\uf70a\u200bกำ"
    assert clean_text(text) == text


def test_every_kind_of_line_break_is_one() -> None:
    """Old Mac, Windows, form feed and Unicode separators become a line feed."""
    assert clean_text("ก\rข\r\nค\x0cง\u2028จ\x85ฉ") == "ก\nข\nค\nง\nจ\nฉ"
