"""Names from inside archives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.containers.names import clean_path, decode_name, repair_surrogates, repair_zip_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("แผนรับเหตุ.pdf".encode("cp874"), "แผนรับเหตุ.pdf"),
        ("แผนรับเหตุ.pdf".encode(), "แผนรับเหตุ.pdf"),
        (b"plan.pdf", "plan.pdf"),
        ("แผน.pdf".encode("cp874"), "แผน.pdf"),
        ("Résumé.pdf".encode(), "Résumé.pdf"),
        ("计划.pdf".encode(), "计划.pdf"),
        (b"\xff\xfe\xfd.pdf", r"\xff\xfe\xfd.pdf"),
    ],
)
def test_bytes_of_a_name_are_read_as_thai_offices_write_them(raw: bytes, name: str) -> None:
    """UTF-8, the Thai Windows page, and what is neither stays visible."""
    assert decode_name(raw) == name


def test_a_zip_without_the_utf8_flag_gives_thai_names() -> None:
    """Both UTF-8 without its flag and the Thai page come through the page of 1981; real letters of that page stay."""
    for encoding in ("utf-8", "cp874"):
        assert repair_zip_name("แผน ก.docx".encode(encoding).decode("cp437"), is_utf8=False) == "แผน ก.docx"
    assert repair_zip_name("r\xe9sum\xe9.pdf", is_utf8=False) == "r\xe9sum\xe9.pdf"
    assert repair_zip_name("แผน.pdf", is_utf8=True) == "แผน.pdf"


def test_a_name_with_escaped_bytes_is_thai() -> None:
    """Undecodable bytes of a mail header are the Thai page."""
    assert repair_surrogates("แผน".encode("cp874").decode("ascii", "surrogateescape")) == "แผน"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/plan.pdf", "abs/plan.pdf"),
        ("C:\\งาน\\..\\plan.pdf", "งาน/plan.pdf"),
        ("a\nb\x1b[31m.pdf", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m.pdf"),
        ("fdp\N{RIGHT-TO-LEFT OVERRIDE}exe.pdf", "fdp\N{REPLACEMENT CHARACTER}exe.pdf"),
        ("./..//", ""),
    ],
)
def test_paths_are_shown_without_harm(name: str, shown: str) -> None:
    """No way up, no drive, no control character."""
    assert clean_path(name) == shown


@given(st.text(max_size=600))
def test_any_name_becomes_a_short_relative_path_of_printable_lines(name: str) -> None:
    """Whatever the name, it can be shown in one line and cleaning it again changes nothing."""
    shown = clean_path(name)
    parts = shown.split("/")
    assert ".." not in parts and all(len(part) <= 255 for part in parts)
    assert len(shown.splitlines()) <= 1
    assert clean_path(shown) == shown
