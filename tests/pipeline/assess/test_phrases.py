"""Phrases and long times in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assess.phrases import PhraseBook, compact, lasts_over
from pipeline.schema_files.criteria import TextTest

BOOK = PhraseBook(
    sets={
        "tree": ("call tree",),
        "start": ("^ด้านบุคลากร",),
        "phone": ("0##-####",),
        "gap": ("แจ้ง*หัวหน้า",),
        "end": ("ดังนี้$",),
        "mixed": ("^ระบุ", "^ชื่อ", "กรอก", "^ระบุชื่อ"),
    }
)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("tree", "ตามผัง CALL  TREE ของกอง", True),
        ("tree", "ผังต้นไม้", False),
        ("start", "ด้าน บุคลากร ให้จัดเวร", True),
        ("start", "กลยุทธ์ด้านบุคลากร", False),
        ("mixed", "ชื่อหน่วยงาน", True),
        ("mixed", "โปรดกรอกชื่อ", True),
        ("mixed", "ให้ระบุชื่อ", False),
        ("phone", "โทร ๐๙๙-๑๒๓๔", True),
        ("phone", "โทร 099 1234", False),
        ("gap", "ให้แจ้งเหตุต่อหัวหน้าทันที", True),
        ("gap", "แจ้ง" + "ก" * 80 + "หัวหน้า", False),
        ("end", "มีรายการดังนี้", True),
        ("end", "ดังนี้ต่อไป", False),
    ],
)
def test_phrases_ignore_spaces_case_and_numerals(name, text, found):
    """A phrase is found however it is spaced, and no further apart than a clause."""
    assert (BOOK.find((name,), compact(text)) is not None) is found


def test_the_first_phrase_of_a_set_is_the_one_found():
    """Of several phrases that begin at one place the set's first is told, whether bound to the start or not."""
    assert BOOK.find(("mixed",), "ระบุชื่อ") == "ระบุ"


def test_a_test_needs_all_its_parts():
    """Phrases, neighbours, forbidden words and length all count."""
    test = TextTest(phrases=("tree",), near=("gap",), without=("end",), min_chars=10)
    assert BOOK.holds(test, compact("แจ้งหัวหน้าตาม call tree"))
    assert not BOOK.holds(test, compact("ตาม call tree ที่กำหนด"))
    assert not BOOK.holds(test, compact("แจ้งหัวหน้าตาม call tree ดังนี้"))


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("มากกว่า ๑ เดือน", True),
        ("เกินกว่า 30 วัน", True),
        ("1 เดือนขึ้นไป", True),
        ("ต่อเนื่อง 3 เดือน", True),
        ("นานกว่าหนึ่งเดือน", True),
        ("2-3 เดือน", True),
        ("8 สัปดาห์", True),
        ("1 เดือน", False),
        ("ภายใน 1 เดือน", False),
        ("ไม่เกิน 1 เดือน", False),
        ("2 สัปดาห์ - 1 เดือน", False),
        ("24 ชั่วโมง", False),
        ("แผน 5 ปี", False),
        ("เดือนมีนาคม 2563", False),
        ("วันที่ 31 มีนาคม 2563", False),
        ("", False),
    ],
)
def test_only_times_beyond_a_month_are_long(text, longer):
    """Dates, years and one month itself are not a longer crisis."""
    assert lasts_over(compact(text), 720) is longer


@given(st.text(max_size=60))
def test_compact_is_stable(text):
    """Compacting twice changes nothing and leaves no space."""
    once = compact(text)
    assert compact(once) == once
    assert not any(character.isspace() for character in once)
