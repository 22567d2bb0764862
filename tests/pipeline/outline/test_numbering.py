"""Numbers in front of headings."""

from __future__ import annotations

import pytest

from pipeline.outline.numbering import NumberKind, read_numbering, split_number


@pytest.mark.parametrize(
    ("marker", "kind", "text"),
    [
        ("๒.๓.๑", NumberKind.DOTTED, "2.3.1"),
        ("1.", NumberKind.DOTTED, "1"),
        ("๑)", NumberKind.CLOSED, "1"),
        ("(3)", NumberKind.BRACKETED, "3"),
        ("บทที่ ๔", NumberKind.CHAPTER, "4"),
        ("ก.", NumberKind.LETTER, "1"),
        ("-", NumberKind.BULLET, None),
    ],
)
def test_kinds_of_numbers(marker: str, kind: NumberKind, text: str | None) -> None:
    """Each way of writing a number is told, its digits in Arabic numerals."""
    numbering = read_numbering(marker)
    assert numbering is not None
    assert (numbering.kind, numbering.text) == (kind, text)


def test_a_number_follows_only_in_its_own_sequence() -> None:
    """2.4 follows 2.3, and neither 2.3.1 nor ๓) does."""
    first = read_numbering("2.3")
    assert first is not None
    follows = {marker: read_numbering(marker) for marker in ("๒.๔", "2.3.1", "๓)", "3.4")}
    assert [marker for marker, known in follows.items() if known is not None and known.follows(first)] == ["๒.๔"]


def test_a_marker_is_read_once() -> None:
    """A number that the reader took out and left in the text counts once."""
    assert split_number("1.1", "1.1 ขอบเขต") == split_number(None, "1.1 ขอบเขต") == split_number("1.1", "ขอบเขต")
