"""Weighing of text layers: what is kept, repaired or read from the picture."""

from __future__ import annotations

import random

import pytest

from benchmarks.damage.clean_text import make_pages, make_word_pages
from benchmarks.damage.damages import CASES
from normalizers.repair import DamageKind, Route, assess_text

PAGE = make_pages(1, seed=3)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_damage_is_found_and_routed(case: object) -> None:
    """Each kind of damage is named, lowers the score, and goes to repair or, beyond repair, to OCR."""
    health = assess_text(case.apply(PAGE, random.Random(1)))  # type: ignore[attr-defined]
    if case.recoverable:  # type: ignore[attr-defined]
        assert case.kinds[0] in health.damage  # type: ignore[attr-defined]
        assert health.route is Route.REPAIR
    else:
        assert health.route is Route.OCR
        assert health.score <= 0.3
    assert health.score < 1.0 or health.damage == (DamageKind.INVISIBLE_CHARACTERS,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ภาคผนวก",
        "- ๓ -",
        "บทที่ 1\nบทนำ",
        "1 2 3 4 5 6\n10 20 30 40 50 60\n100 200 300 400 500 600\n0.5 0.25 0.125 1.5 2.5 3.5",
        "The regional office keeps its services running during a flood. Each team knows its role, its alternate site "
        "and the order in which services come back. Backups are tested every quarter.",
        "Server Database Router Switch Firewall UPS Backup Site Printer Scanner Laptop Storage Memory Monitor License",
        "ชื่อ.............................. ตำแหน่ง..............................\n☐ มี ☐ ไม่มี",
        "https://example.go.th/plan/2566/annex-a.pdf\nhttps://example.go.th/plan/2566/annex-b.pdf",
    ],
)
def test_sound_pages_are_kept(text: str) -> None:
    """Short pages, forms, numbers and English are no reason for OCR."""
    health = assess_text(text)
    assert health.route is Route.KEEP
    assert health.score == 1.0


def test_clean_thai_is_kept() -> None:
    """Prose and word lists are sound."""
    for page in make_pages(3) + make_word_pages(3):
        assert assess_text(page).route is Route.KEEP


@pytest.mark.parametrize(
    "text",
    [
        # what English OCR makes of Thai pages, and a code page that no rule knows (typed for this test)
        "unuarusloviias vaesialUiasi 4a vodu Wiel muausu aunsodllldlunsnouauas vdalmanselgndusns TaglailvgunrseIngava "
        "mienulaifinssuaunissassulinseusuilulvadweatiios HANSENUMONUIEAWlUMUEN MIULASUgAAN AIslMUSATS daAU yuyy",
        "‡¼n¤º°„ ¥®µ Š†‰ ¦³… ‹½®¶ ±²³ ¿¾Ÿ œ™š ›•– ¸´µ ‡¼n¤º°„ ¥®µ Š†‰ ¦³… ‹½®¶ ±²³ ¿¾Ÿ œ™š ›•– ¸´µ ‡¼n¤º°„ ¥®µ",
    ],
)
def test_layers_without_a_language_go_to_ocr(text: str) -> None:
    """A layer that is neither Thai nor English is not believed."""
    assert assess_text(text).route is Route.OCR


def test_watermark_does_not_condemn_a_page() -> None:
    """A phrase without tones that floods the page counts once."""
    assert assess_text("สำนักงานกลาง " * 60 + PAGE[:120]).route is Route.KEEP


def test_font_without_a_character_map_beside_sound_thai() -> None:
    """A page on which one font is sound and another reads as signs is read from its picture."""
    nonsense = " ".join(["()Z)\x03(+)'%&", "0%0\x03)Z%*-)0'", "!ABC*D*E*BFC*"] * 8)
    health = assess_text(f"{PAGE[:500]} {nonsense}")
    assert health.route is Route.OCR
    assert DamageKind.CONTROL_CHARACTERS in health.damage


def test_program_text_beside_sound_thai_is_kept() -> None:
    """Signs alone, without a character that no text holds, are program text or a formula."""
    program = " ".join(['if($a==$b){$c["x"]=&$d;}', "SELECT*FROM[t]WHERE{a<=>b};"] * 8)
    assert assess_text(f"{PAGE[:500]} {program}").route is Route.KEEP
