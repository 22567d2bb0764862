"""Values written in Thai: numerals, dates, durations, phones, quantities, marks, markers, texts."""

# ruff: noqa: E501  (tables of cases read best a few to the line)

from __future__ import annotations

import doctest
import importlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.dates import find_dates
from normalizers.durations import HourRange, parse_duration
from normalizers.markers import begins_item, split_marker
from normalizers.marks import Mark, is_blank, is_placeholder, read_mark
from normalizers.numerals import parse_number, to_arabic_digits, to_thai_digits
from normalizers.phones import parse_phones, read_phones
from normalizers.quantities import parse_quantities
from normalizers.text import join_printed_lines, normalize_value, thai_skeleton

MODULES = [
    "text",
    "numerals",
    "dates",
    "durations",
    "phones",
    "quantities",
    "marks",
    "markers",
    "repair.assess",
    "repair.engine",
    "repair.foreign",
    "repair.model",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    """The examples that the modules show are true."""
    assert doctest.testmod(importlib.import_module(f"normalizers.{name}")).failed == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("๑๒", 12), ("2,500", 2500), ("๒,๕๐๐.๕๐", 2500.5), ("-3", -3), ("1,50", None), ("3 คน", None), ("", None), ("-", None),
     ("สิบสอง", 12), ("ยี่สิบเอ็ด", 21), ("หนึ่งร้อยห้าสิบ", 150), ("สองล้านห้าแสน", 2_500_000), ("สามสี่", None), ("คนสอง", None)],
)  # fmt: skip
def test_parse_number(text: str, value: float | None) -> None:
    """One number and nothing else has a value."""
    assert parse_number(text) == value


@given(st.text())
def test_digits_change_to_and_fro(text: str) -> None:
    """Arabic digits survive the way to Thai and back."""
    assert to_arabic_digits(to_thai_digits(text)) == to_arabic_digits(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("๕ พ.ค. ๖๓", date(2020, 5, 5)), ("8 มิถุนายน พ.ศ. 2563", date(2020, 6, 8)), ("1/10/2563", date(2020, 10, 1)),
     ("2020-05-05", date(2020, 5, 5)), ("05/05/63", date(2020, 5, 5)), ("5/5/2020", date(2020, 5, 5)),
     ("วันที่ ๑๕ เดือน มีนาคม พุทธศักราช ๒๕๖๖", date(2023, 3, 15)), ("๒๙ ก.พ. ๒๕๖๓", date(2020, 2, 29)),
     ("5 May 2020", date(2020, 5, 5)), ("May 5, 2020", date(2020, 5, 5)), ("๕พ.ค.๖๓", date(2020, 5, 5)),
     ("01.02.2563", date(2020, 2, 1)), ("๑๒ ส.ค.\n๒๕๖๕", date(2022, 8, 12)), ("3 ม. ค. 2567", date(2024, 1, 3))],
)  # fmt: skip
def test_days(text: str, day: date) -> None:
    """Every written form of a day is that day."""
    found = find_dates(text)
    assert [item.day for item in found] == [day]
    assert found[0].year_be == day.year + 543


@pytest.mark.parametrize(
    "text",
    ["31 มิ.ย. 2563", "30/02/2563", "29 ก.พ. 2564", "12.5.1", "0-2123-4567", "2,563 บาท", "มาตรา 2563", "มอก. 99999-2556", "1.2.3",
     "เลขที่ 12/2563", "ครั้งที่ 3/2565", "ห้อง 2563", "13/13/2563", "5 ด้าน 2563", ""],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    """Impossible days and numbers of other kinds are no dates."""
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "year_be", "fiscal", "month"),
    [("ปีงบประมาณ 2564", 2564, True, None), ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๔", 2564, True, None), ("ปีงบ 66", 2566, True, None),
     ("พ.ศ. ๒๕๖๓", 2563, False, None), ("ค.ศ. 2019", 2562, False, None), ("พฤษภาคม 2563", 2563, False, 5), ("มิ.ย. 63", 2563, False, 6)],
)  # fmt: skip
def test_years(text: str, year_be: int, fiscal: bool, month: int | None) -> None:
    """A year or month alone has no day."""
    (found,) = find_dates(text)
    assert (found.day, found.year_be, found.is_fiscal_year, found.month) == (None, year_be, fiscal, month)


def test_dates_in_a_sentence_keep_their_places() -> None:
    """Places are those of the given text, in order."""
    text = "ใช้ตั้งแต่ ๑ ต.ค. ๒๕๖๓ ถึง ๓๐ ก.ย. ๒๕๖๔ (ปีงบประมาณ ๒๕๖๔)"
    found = find_dates(text)
    assert [text[item.start : item.end] for item in found] == ["๑ ต.ค. ๒๕๖๓", "๓๐ ก.ย. ๒๕๖๔", "ปีงบประมาณ ๒๕๖๔"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("๔ ชม.", 4, 4), ("0-2 ชั่วโมง", 0, 2), ("๒-๗ วัน", 48, 168), ("ภายใน 24 ชั่วโมง", 0, 24), ("2 สัปดาห์ -1 เดือน", 336, 720),
     ("มากกว่า 1 เดือน", 720, None), ("เกิน ๑ เดือนขึ้นไป", 720, None), ("ไม่เกิน 4 ชั่วโมง", 0, 4), ("วันที่ 2-7", 48, 168),
     ("วันที่ 8 เป็นต้นไป", 192, None), ("30 นาที", 0.5, 0.5), ("ครึ่งวัน", 12, 12), ("1 วันทำการ", 24, 24), ("1 วัน 12 ชั่วโมง", 36, 36),
     ("หนึ่งสัปดาห์", 168, 168), ("1 วัน", 24, 24), ("✓ (๒-๓ วัน)", 48, 72), ("1/2 วัน", 12, 12), ("1 ชั่วโมงครึ่ง", 1.5, 1.5),
     ("24 ชม. - 7 วัน", 24, 168), ("มากกว่า 1 สัปดาห์ แต่ไม่เกิน 1 เดือน", 168, 720), ("ไม่น้อยกว่า 1 วัน", 24, None), ("< 15 นาที", 0, 0.25),
     ("within 24 hours", 0, 24), ("7 days", 168, 168), ("ทันที", 0, 0), ("๑\nวัน", 24, 24), ("2 ปี", 17520, 17520), ("72 ชั่วโมงแรก", 0, 72),
     ("Day 1", 24, 24), ("Week 2", 336, 336), ("Days 2-7", 48, 168), ("เดือนที่ 2", 1440, 1440), ("4 hours 30 minutes", 4.5, 4.5)],
)  # fmt: skip
def test_durations(text: str, low: float, high: float | None) -> None:
    """Every written form of a time has its hours."""
    assert parse_duration(text) == HourRange(min_hours=low, max_hours=high)


@pytest.mark.parametrize(
    "text",
    [
        "วันที่ 5 มิถุนายน 2563",
        "5 พ.ค. 63",
        "ปี 2563",
        "1/10/2563",
        "วันที่ 2/5/2563",
        "สูงมาก",
        "-",
        "",
        "24x7",
        "3 คน",
        "วันจันทร์",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    """Dates, levels and blanks are no times."""
    assert parse_duration(text) is None


# Numbers with a made-up exchange (x-555-); none of them is anybody's.
@pytest.mark.parametrize(
    ("text", "phones"),
    [("025550101", ["025550101"]), ("02-555-0101", ["025550101"]), ("0 2555 0101", ["025550101"]), ("๐๘๐-๕๕๕-๐๑๐๑", ["0805550101"]),
     ("๐ ๕๕๕ ๕๐๑ ๐๕-๐๗ ต่อ ๒๐๙", ["055550105x209", "055550106x209", "055550107x209"]),
     ("๐ ๕๕๕ ๕๐๑ ๐๕-\n๐๗\nต่อ ๒๐๙", ["055550105x209", "055550106x209", "055550107x209"]),
     ("080-555-0101, 02 555 0101", ["0805550101", "025550101"]), ("0805550101 0805550102", ["0805550101", "0805550102"]),
     ("0805550101/0805550102", ["0805550101", "0805550102"]), ("02-5550101-2", ["025550101", "025550102"]),
     ("02-5550101,3", ["025550101", "025550103"]), ("0 2555 0101 ต่อ 101, 103", ["025550101x101", "025550101x103"]),
     ("0 2555 0101 ต่อ 101-103", ["025550101x101", "025550101x102", "025550101x103"]), ("02-555-0101 Ext. 12", ["025550101x12"]),
     ("+66 2 555 0101", ["025550101"]), ("+66805550101", ["0805550101"]), ("(02) 555-0101", ["025550101"]), ("080\n555\n0101", ["0805550101"]),
     ("สายด่วน 1999", ["1999"]), ("1999", ["1999"]), ("199", ["199"]), ("โทร 080 555 0101 โทรสาร 0 5555 0101", ["0805550101", "055550101"])],
)  # fmt: skip
def test_phones(text: str, phones: list[str]) -> None:
    """Every written form gives its numbers, ranges and extensions written out."""
    reading = read_phones(text)
    assert list(reading.phones) == phones
    assert reading.malformed == ()


@pytest.mark.parametrize(
    "text",
    ["-", "", "1 ต.ค. 2563", "01/10/2563", "1-2345-67890-12-3", "2,500 บาท", "40 ตร.ม. (20 คน)", "นร ๙๙๙๙/ว๐๐๙๙", "99/9 หมู่ 1", "2563-2564",
     "เลขประจำตัว 1234567890123", "0.50", "ต่อ 209"],
)  # fmt: skip
def test_what_is_no_phone(text: str) -> None:
    """Dates, identity numbers, amounts and addresses are neither phones nor malformed ones."""
    assert (parse_phones(text), read_phones(text).malformed) == ((), ())


@pytest.mark.parametrize("text", ["080-555-010", "08055501012", "805550101", "02-555-010"])
def test_malformed_phones(text: str) -> None:
    """Too few or too many digits are shown and not guessed."""
    assert read_phones(text).malformed == (text,)
    assert parse_phones(text) == ()


@pytest.mark.parametrize(
    ("text", "quantities"),
    [("40 ตร.ม. (20 คน)", [(40, "ตร.ม."), (20, "คน")]), ("3 เครื่อง", [(3, "เครื่อง")]), ("๒,๕๐๐ บาท", [(2500, "บาท")]),
     ("ร้อยละ 60", [(60, "ร้อยละ")]), ("60%", [(60, "%")]), ("20", [(20, None)]), ("จำนวน 3", [(3, None)]), ("3 (คน)", [(3, "คน")]),
     ("คอมพิวเตอร์ 5 เครื่อง เครื่องพิมพ์ 2 เครื่อง", [(5, "เครื่อง"), (2, "เครื่อง")]), ("๔๐ ตร.ม.\n(๒๐ คน)", [(40, "ตร.ม."), (20, "คน")]),
     ("0", [(0, None)]), ("", []), ("-", []), ("เครื่อง", []), ("ชั้น 2 อาคาร 1", []), ("Windows 10", []), ("COVID-19", []), ("1 ต.ค. 2563", []),
     ("080-555-0101", []), ("12.00 น.", []), ("✓", [])],
)  # fmt: skip
def test_quantities(text: str, quantities: list[tuple[float, str | None]]) -> None:
    """A number counts with its unit as written; numbers that count nothing are left."""
    assert [(item.value, item.unit) for item in parse_quantities(text)] == quantities


def test_quantity_range() -> None:
    """A range keeps both ends."""
    (quantity,) = parse_quantities("๒-๓ คน")
    assert (quantity.value, quantity.upper, quantity.unit) == (2, 3, "คน")


@pytest.mark.parametrize(
    "text", [*"✓✔√☑☒/xX•●Y", "มี", "( / )", "(✓)", "[x]", "✓✓", "/\n/\n/", "ü", "\uf0fc", "☐ ไม่มี ☑ มี"]
)
def test_ticks(text: str) -> None:
    """Typed, drawn and font ticks alone in a cell are ticks."""
    assert read_mark(text).mark is Mark.TICKED


@pytest.mark.parametrize("text", ["☐", "□", "ไม่มี", "[ ]", "( )", "☐ มี ☑ ไม่มี", "☑ ไม่มี", "✗", "❌", "\uf0a8"])
def test_boxes_left_empty(text: str) -> None:
    """An empty box, and a tick on "no", is no tick."""
    assert read_mark(text).mark is Mark.UNTICKED


@pytest.mark.parametrize("text", ["อาคาร/สถานที่", "X-ray", "2/3", "มี/ไม่มี", "มีแผน", "● สูง", "1", "N/A", "แผน ☑ มี"])
def test_words_are_no_marks(text: str) -> None:
    """Words that hold a slash, an X or a bullet are words."""
    assert read_mark(text).mark is Mark.NONE


@pytest.mark.parametrize("text", ["", " ", "-", "–", "...", ". . . .", "\n", "…"])
def test_blanks(text: str) -> None:
    """Dashes and dots say nothing."""
    assert is_blank(text)
    assert read_mark(text).mark is Mark.BLANK


def test_remark_beside_a_tick() -> None:
    """The words beside the tick are kept without their brackets."""
    assert read_mark("✓ (๒-๓ วัน)").remark == "๒-๓ วัน"
    assert read_mark("/ (สำรอง)").remark == "สำรอง"
    assert read_mark("✓").remark is None


@pytest.mark.parametrize(
    ("text", "is_prompt"),
    [("ระบุ…", True), ("(ระบุชื่อหน่วยงาน)", True), ("โปรดระบุ", True), ("xxxx", True), ("..........", True), ("(๑) ระบุชื่อภารกิจ/งาน", True),
     ("- ระบุมาตรการ/แนวทางที่ดำเนินการ", True), ("อื่น ๆ (ระบุ) .....", True), ("<ชื่อหน่วยงาน>", True), ("โทร. 02-xxx-xxxx", True),
     ("ชื่อ.............ตำแหน่ง...........", True), ("ระบุไว้ในคำสั่ง", False), ("ระบุพื้นที่เสี่ยงและแจ้งเตือนประชาชน", False),
     ("อื่น ๆ (ระบุ) ดินถล่ม", False), ("บทนำ ............ 5", False), ("ระบุชื่อ นายก้อง ใจดี", False), ("ศูนย์บริการ", False)],
)  # fmt: skip
def test_placeholders(text: str, is_prompt: bool) -> None:
    """Prompts of the form are told from what an agency wrote."""
    assert is_placeholder(text) is is_prompt


@pytest.mark.parametrize(
    ("text", "marker"),
    [("1.2 สมมติฐาน", "1.2"), ("๑) ข้อ", "๑)"), ("(๑) ข้อ", "(๑)"), ("1.2.3 หัวข้อ", "1.2.3"), ("ก. ข้อ", "ก."), ("- ข้อ", "-"), ("• ข้อ", "•"),
     ("ข้อ ๑ ความ", "ข้อ ๑"), ("1.บทนำ", "1."), ("๒.๑ทีมงาน", "๒.๑"), ("๑ งานทะเบียน", "๑"), ("1 รายงานตัว", "1"), ("4 ตรวจสอบ", "4"),
     ("๒.๕ ล้านบาท", None), ("1 วัน", None), ("1/10/2563 ลง", None), ("5 พ.ค. 63", None), ("12 เครื่อง", None), ("080-5550101", None),
     ("2563 เป็นปี", None), ("1 - 2 วัน", None), ("1.5 เท่า", None), ("10.30 น.", None), ("- 5 -", None), ("ก.พ.ร. กำหนด", None), ("-", None),
     ("๕ ด้าน", None), ("", None)],
)  # fmt: skip
def test_markers(text: str, marker: str | None) -> None:
    """A number in front is a marker unless it measures, dates or numbers the page."""
    found, rest = split_marker(text)
    assert found == marker
    assert rest == (text if marker is None else text[text.index(marker) + len(marker) :].lstrip())
    assert begins_item("5 กระบวนการหลัก") is False


@pytest.mark.parametrize(
    ("text", "value"),
    [("ข้อ ๑   จํานวน ๒ คน\n", "ข้อ 1 จำนวน 2 คน"), ("น้ํา", "น้ำ"), ("นํ้า", "น้ำ"), ("ก\u200bข\ufeff", "กข"), ("ก\u00a0ข", "ก ข"), ("เเผน", "แผน"),
     ("ต่าง ๆ ฯลฯ", "ต่าง ๆ ฯลฯ"), ("Plan  A", "Plan A")],
)  # fmt: skip
def test_normalize_value(text: str, value: str) -> None:
    """One spelling, Arabic numerals, single spaces."""
    assert normalize_value(text) == value


@given(st.text(st.sampled_from("กขนำาเแํ้่ี๑ \n\u200bA1"), max_size=30))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    """A value is settled after one round, with and without breaks."""
    for keep in (False, True):
        once = normalize_value(text, keep_breaks=keep)
        assert normalize_value(once, keep_breaks=keep) == once


@pytest.mark.parametrize(
    "damaged",
    [
        "แผนบริหารความตอเนือง",
        "แผนบรหิารความตอ่เนือ่ง",
        "1. แผน บริหาร ความต่อเนื่อง",
        "แผนบริหารความต\ufffdอเนื่อง",
        "แผนบริหารความต่อเนื่อง ๆ",
    ],
)
def test_skeleton_is_the_same_for_damaged_headings(damaged: str) -> None:
    """Lost, moved and replaced marks, numbers and spaces do not count."""
    assert thai_skeleton(damaged) == thai_skeleton("แผนบริหารความต่อเนื่อง")


@given(st.text(alphabet="กขเอ่ี้ๆฯ๑1aB é中✓☐“._-\n\ud800\U0001f600"))
def test_a_skeleton_is_the_letters_of_any_script(text: str) -> None:
    """Letters stay in their order, also those that no Thai code page has; marks, digits and symbols go."""
    letters = (char for char in text.lower().replace("เเ", "แ") if char.isalpha() and char not in "ๆฯ")
    assert thai_skeleton(text) == "".join(letters)


@pytest.mark.parametrize(
    ("raw", "joined"),
    [("แผน\nสำรอง", "แผนสำรอง"), ("แผน\nBCP\nใหม่", "แผน BCP ใหม่"), ("ย่อหน้า\n\nใหม่", "ย่อหน้า\nใหม่"), ("ดังนี้\n- ก่อน\n- หลัง", "ดังนี้\n- ก่อน\n- หลัง"),
     ("ตามข้อ\n2.1 ของแผน", "ตามข้อ 2.1 ของแผน"), ("e-\nService", "e-Service"), ("conti-\nnuity", "continuity"), ("อาคาร/\nสถานที่", "อาคาร/สถานที่"),
     ("มีทั้งหมด\n5 กระบวนการ", "มีทั้งหมด 5 กระบวนการ"), ("☐ มี\n☑ ไม่มี", "☐ มี\n☑ ไม่มี"), ("โทร ๐ ๕๕๕ ๕๐๑ ๐๕-\n๐๗", "โทร ๐ ๕๕๕ ๕๐๑ ๐๕-๐๗"),
     ("ต่าง ๆ\nที่เหลือ", "ต่าง ๆ ที่เหลือ"), ("ประธาน\nนายก้อง ใจดี\nปลัด", "ประธาน นายก้อง ใจดี ปลัด"), ("", ""), ("บรรทัดเดียว", "บรรทัดเดียว")],
)  # fmt: skip
def test_join_printed_lines(raw: str, joined: str) -> None:
    """The edge of the paper goes, what the author broke stays."""
    assert join_printed_lines(raw) == joined
