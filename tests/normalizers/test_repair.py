"""Repair of Thai text: real forms of damage, sound text left alone, the ledger and the limits."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damage.clean_text import make_pages, make_word_pages
from benchmarks.damage.damages import CASES
from normalizers.repair import DamageKind, DocumentDamage, find_document_damage, repair_text, replay_steps

FOLDER = Path(__file__).parents[1] / "cases" / "text"


def read_cases(name: str) -> list[Any]:
    cases = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in cases]


@pytest.mark.parametrize("case", read_cases("in_the_wild") + read_cases("synthetic"))
def test_damage_is_mended_and_named(case: dict[str, Any]) -> None:
    """Each form of damage comes back as the author wrote it, and the ledger names its kind."""
    result = repair_text(case["text"])
    assert result.text == case["repaired"]
    assert set(case["damage"]) <= {step.rule for step in result.steps}


@pytest.mark.parametrize("case", read_cases("negative"))
def test_sound_text_is_left_alone(case: dict[str, Any]) -> None:
    """What only looks like damage stays, without a step in the ledger."""
    assert repair_text(case["text"]).steps == ()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(*case.values, id=case.id, marks=pytest.mark.xfail(strict=True))
        for case in read_cases("known_failures")
    ],
)
def test_known_failures(case: dict[str, Any]) -> None:
    """What no rule mends yet; a rule that learns to fails this test and moves the case."""
    assert repair_text(case["text"]).text == case["repaired"]


@pytest.mark.parametrize("case", read_cases("in_the_wild") + read_cases("synthetic") + read_cases("known_failures"))
def test_repair_settles_and_replays(case: dict[str, Any]) -> None:
    """A second repair changes nothing, and the steps lead from the raw text to the repaired one."""
    result = repair_text(case["text"])
    assert repair_text(result.text).steps == ()
    assert replay_steps(case["text"], result.steps) == result.text


def test_clean_pages_have_no_steps() -> None:
    """Pages of prose and pages of dictionary words stay as they are."""
    for page in make_pages(6) + make_word_pages(6):
        assert repair_text(page).steps == ()


@pytest.mark.parametrize("case", [case for case in CASES if case.recoverable], ids=lambda case: case.name)
def test_damaged_pages_settle_and_replay(case: Any) -> None:
    """On whole damaged pages too the steps replay and a second repair changes nothing."""
    damaged = case.apply(make_pages(1, seed=5)[0], random.Random(2))
    result = repair_text(damaged)
    assert replay_steps(damaged, result.steps) == result.text
    assert repair_text(result.text).steps == ()


THAI_SOUP = st.text(
    st.sampled_from(
        "กนทสรมอวปฝเแโไาะำ\u0e31\u0e34\u0e35\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4c\u0e4d ๆฯ๑2%É\uf70b\n\u200b\x02"
    ),
    max_size=40,
)


@given(THAI_SOUP)
@settings(max_examples=150, deadline=None)
def test_any_ledger_replays(text: str) -> None:
    """Whatever the soup of characters, the steps lead from it to the result."""
    result = repair_text(text)
    assert replay_steps(text, result.steps) == result.text


@given(st.text(st.characters(codec="ascii"), max_size=80))
@settings(max_examples=80, deadline=None)
def test_printable_ascii_stays(text: str) -> None:
    """A text without Thai loses nothing but control characters."""
    kept = "".join(char for char in text if char.isprintable() or char in "\t\n\x0b\x0c\r")
    assert repair_text(text).text == (text if "(cid:" in text else kept)


def test_context_keeps_a_name_that_looks_damaged() -> None:
    """In a document without lost SARA AM a word that looks like it stays; in one with it, it is mended."""
    text = "สาราญ สานักงาน"
    assert repair_text(text, context=DocumentDamage()).steps == ()
    known = DocumentDamage(kinds=frozenset({DamageKind.AM_LOST}))
    assert "สำนักงาน" in repair_text(text, context=known).text


def test_document_lends_its_stand_ins_to_a_short_text() -> None:
    """A cell that cannot tell what & stands for is mended by what the pages show."""
    page = make_pages(1)[0].replace("\N{THAI CHARACTER MAI EK}", "&")
    damage = find_document_damage([page])
    assert repair_text("วันที& 5").steps == ()
    assert repair_text("วันที& 5", context=damage).text == "วันที่ 5"


def test_document_in_another_code_page_lends_its_stand_ins() -> None:
    """Where letters read as Latin, what stands for a mark among them is told once they are read as Thai."""
    page = make_pages(1)[0].replace("\N{THAI CHARACTER SARA AM}", "%\N{THAI CHARACTER SARA AM}")
    damage = find_document_damage([page.encode("tis-620").decode("latin-1")])
    short = "การน%ำระบบใหม่".encode("tis-620").decode("latin-1")
    assert repair_text(short, context=damage).text == "การนำระบบใหม่"


def test_stand_in_of_nikhahit_is_found_before_a_tone() -> None:
    """A character for the nikhahit stands before the tone too, and the three are one SARA AM."""
    damage = DocumentDamage(stand_ins=(("%", "\N{THAI CHARACTER NIKHAHIT}"),))
    assert repair_text("ตรวจอย่างสม%่าเสมอ", context=damage).text == "ตรวจอย่างสม่ำเสมอ"


def test_document_that_reads_aa_as_am_has_it_mended_in_a_short_text() -> None:
    """A cell without any of the commonest damaged words is mended where the document shows the damage."""
    damage = DocumentDamage(kinds=frozenset({DamageKind.AA_AS_AM, DamageKind.AM_SPLIT}))
    assert repair_text("มีอ ำนำจพิจำรณำ", context=damage).text == "มีอำนาจพิจารณา"
    assert repair_text("มีอำนำจ", context=DocumentDamage()).steps == ()


def test_document_with_split_am_has_the_gap_behind_it_mended() -> None:
    """Where the document splits SARA AM, one that came out as SARA AA and a space is told by itself."""
    text = "สิ่งที่ทา ให้สามารถเปิดบริการ"
    assert repair_text(text).steps == ()
    known = DocumentDamage(kinds=frozenset({DamageKind.AM_SPLIT}))
    assert repair_text(text, context=known).text == "สิ่งที่ทำให้สามารถเปิดบริการ"


def test_spaces_that_come_with_shifted_marks_go_with_them() -> None:
    """Where most shifted marks have a space behind them, it goes even between words that read alike without it."""
    shifted = "ระบบบรหิ ารจดั การเหตุฉุกเฉนิ ทางธรุ กจิ ให้ทกุ คนทำทกุ วนั และจดั เวรกนั ไว้เสมอ"
    mended = repair_text(shifted).text
    assert "ฉุกเฉินทาง" in mended
    assert "ทุกคนทำทุกวัน" in mended


def test_space_before_a_whole_sara_am_alone_goes() -> None:
    """A SARA AM after a space is one, even where SARA AA would make a commoner word."""
    assert repair_text("จ ้ำเอา").text == "จ้ำเอา"


def test_typed_stand_in_wins_over_a_word_without_the_mark() -> None:
    """A digit that stands for a tone all over a text stands for it where the word without the tone is one as well."""
    tho = "\N{THAI CHARACTER MAI THO}"
    page = f"{make_pages(1)[0]} เกิดเหตุไฟไหม้ที่ชั้นสองของบ้าน"
    damaged = page.replace(tho, "4")
    assert "ไฟไหม้ที่" in repair_text(damaged).text
    assert "แผนที่4และ" in repair_text(f"{damaged} แผนที่4และชั้น4").text


def test_replay_refuses_another_text() -> None:
    """Steps replay only on the text that they were made of."""
    steps = repair_text("ส านักงาน").steps
    with pytest.raises(ValueError, match="does not fit"):
        replay_steps("อื่น", steps)
