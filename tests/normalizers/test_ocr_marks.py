"""Marks that OCR lost come back where only they make a word, and nowhere else."""

from __future__ import annotations

import pytest

from benchmarks.damage.clean_text import SENTENCES
from normalizers.repair import loses_marks, mend_ocr_text, replay_steps


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("ให้ใช้สถานทีของส่วนราชการ", "ให้ใช้สถานที่ของส่วนราชการ"),
        ("ขันตอนการปฏิบัติงานทังหมด", "ขั้นตอนการปฏิบัติงานทั้งหมด"),
        ("จัดซือจัดจ้างวัสดอุปกรณ์", "จัดซื้อจัดจ้างวัสดุอุปกรณ์"),
        ("ระบบข้อมลของบคลากร", "ระบบข้อมูลของบุคลากร"),
        ("ต่อเนืองไม่น้อยกว่า", "ต่อเนื่องไม่น้อยกว่า"),
    ],
)
def test_a_lost_mark_comes_back(read: str, mended: str) -> None:
    """The word that only lacks its mark is written out, with a step that replays."""
    result = mend_ocr_text(read)
    assert result.text == mended
    assert replay_steps(read, result.steps) == mended
    assert {step.rule for step in result.steps} == {"ocr_mark_lost"}


@pytest.mark.parametrize(
    "text",
    [
        "เสียงตามสายแจ้งเตือนเสี่ยงภัย",  # both are words
        "นายปินใจ ดีงาม",  # a name that is nearly a word
        "วิธีทีละขั้นและทันที",
        "รุ่นมันสำปะหลัง",
        "ABC 123",
        "",
    ],
)
def test_words_and_names_stay(text: str) -> None:
    """What is a word or a name as it stands is not touched."""
    assert mend_ocr_text(text).steps == ()


def test_sound_text_stays() -> None:
    """Sentences of plans come back without a step."""
    assert [mend_ocr_text(sentence).steps for sentence in SENTENCES] == [()] * len(SENTENCES)


def test_a_word_gives_way_to_a_far_commoner_one_on_a_page_that_loses_marks() -> None:
    """ "ที" is a word, and "ที่" a hundred times as common: which it is hangs on the page."""
    assert mend_ocr_text("ในกรณีทีไม่สามารถ").steps == ()
    assert mend_ocr_text("ในกรณีทีไม่สามารถ", loses=True).text == "ในกรณีที่ไม่สามารถ"
    assert mend_ocr_text("ทำทีละคน ทันทีที่แจ้ง เสียงดัง", loses=True).steps == ()


def test_a_page_loses_marks_where_it_does_so_for_certain() -> None:
    """One slip may be the author's; two are the engine's."""
    assert not loses_marks("ให้ใช้สถานทีของส่วนราชการ")
    assert loses_marks("ให้ใช้สถานทีของส่วนราชการและข้อมลสำรอง")
