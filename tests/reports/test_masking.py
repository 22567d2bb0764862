"""Names and numbers of people are hidden wherever they stand, and nothing else is."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.rows import DATASETS
from reports.masked_rows import mask_rows, people_words, text_columns
from reports.masking import Masker, build_masker, is_post, name_key

TEAM = [
    {"person_name": "นางสาวทดสอบ ไม่มีจริง"},
    {"person_name": "นายสมมุติ ตัวอย่าง"},
    {"person_name": "หัวหน้าสำนักปลัด"},
    {"person_name": "น.ส.ทดสอบ  ไม่มีจริง"},
]
MASKER = build_masker(TEAM, show=False)
NOBODY = build_masker((), show=False)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ให้นางสาวทดสอบ ไม่มีจริง เป็นหัวหน้า", "ให้[บุคคล 1] เป็นหัวหน้า"),
        ("น.ส. ทดสอบ ไม่มีจริง", "[บุคคล 1]"),
        ("ทดสอบ ไม่มีจริง และสมมุติ  ตัวอย่าง", "[บุคคล 1] และ[บุคคล 2]"),
        ("ทดสอบไม่มีจริง", "[บุคคล 1]"),
        ("ท ด ส อ บ ไ ม่ มี จ ริ ง", "[บุคคล 1]"),
        ("ทดสอบ\nไม่มีจริง", "[บุคคล 1]"),
        ("แจ้งคุณสมมุติ ทันที", "แจ้ง[บุคคล 2] ทันที"),
        ("แจ้งนายสมมุติทันที", "แจ้ง[ชื่อบุคคล]"),
    ],
)
def test_people_of_the_team_keep_one_number(text: str, masked: str) -> None:
    """However the name is spaced and whatever title stands in front; a person in two roles has one number."""
    assert MASKER.text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "แจ้งนายวิชาสมมุติ ใจดีตัวอย่าง ทราบ",
        "โดยนางฟ้าใส ตัวอย่าง",
        "ดร.วิชาสมมุติ ใจดีตัวอย่าง",
        "พ.ต.อ.วิชาสมมุติ ใจดีตัวอย่าง",
        "ว่าที่ร้อยตรีวิชาสมมุติ ใจดีตัวอย่าง",
        "(นายวิชาสมมุติ ใจดีตัวอย่าง)",
        "นายแพทย์วิชาสมมุติ ใจดีตัวอย่าง",
        "เภสัชกรหญิง ฟ้าใส ตัวอย่าง",
        "ร.ต.อ. วิชาสมมุติ ใจดีตัวอย่าง",
        "ประธาน นพ.วิชาสมมุติ ใจดีตัวอย่าง",
        "Contact Mr. Wicha Sommut",
        "Miss Fahsai Tuayang, coordinator",
    ],
)
def test_names_with_a_title_are_hidden_though_nobody_knows_them(text: str) -> None:
    """A title tells that a name follows, in Thai and in English."""
    masked = NOBODY.text(text)
    assert "[ชื่อบุคคล]" in masked
    for secret in ("วิชาสมมุติ", "ใจดี", "ฟ้าใส", "Wicha", "Sommut", "Fahsai", "Tuayang"):
        assert secret not in masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("โทร 080-000-0000", "โทร [โทรศัพท์]"),
        ("โทร. ๐๘๐ ๐๐๐ ๐๐๐๐", "โทร. [โทรศัพท์]"),
        ("0 2000 0000 ต่อ 123", "[โทรศัพท์]"),
        ("(02) 000-0000-5", "[โทรศัพท์]"),
        ("+66 80 000 0000", "[โทรศัพท์]"),
        ("มือถือ 80000000 ", "มือถือ [โทรศัพท์] "),
        ("a.b-c@example.go.th", "[อีเมล]"),
        ("Line ID: tod.sob99", "Line ID: [ไลน์]"),
        ("1-1000-00000-00-0", "[เลขประจำตัว]"),
    ],
)
def test_numbers_and_addresses_are_hidden(text: str, masked: str) -> None:
    """Telephone numbers in every way of writing them, e-mail, LINE and identity numbers."""
    assert NOBODY.text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "ทนายความและนายกเทศมนตรีตำบลตัวอย่าง",
        "องค์การบริหารส่วนตำบลนายางตัวอย่าง อำเภอนายูง",
        "นายอำเภอเมือง นายทะเบียน นายช่างโยธา",
        "นายจ้าง ลูกจ้าง นายทหารเวร (นายตำรวจ) นางพยาบาล",
        "อ.นางรอง จ.บุรีรัมย์",
        "แจ้งนายกฯ และนายก อบต.",
        "เภสัชกร ชำนาญการ นายแพทย์ เชี่ยวชาญ แพทย์หญิง เวร",
        "ร.ต.อ. พ.ร.บ. พ.ศ. 2550 ร.ร. ม.ล.",
        "จังหวัดร้อยเอ็ด",
        "ผู้ว่าราชการจังหวัดลำพูน",
        "ใช้งบประมาณ 1,000,000 บาท ภายใน 24 ชั่วโมง",
        "01-05-2567 ถึง 31/12/2567",
        "หนังสือที่ นร 1200/ว 0012 ลงวันที่ 5 พฤษภาคม 2563",
        "มอก. 22301-2556 (ISO 22301:2012)",
        "ลำดับ 1 2 3 4 5 6 7 8 9 10",
        "ปี 2563 2564 2565 2566",
        "พื้นที่ 46 ตร.ม. 0.75 เท่า",
        "Ms Word และ MS Excel",
        "ทดสอบระบบสำรอง ไม่มีจริงหรือ",
        "คุณภาพการให้บริการ คุณธรรม",
        "พิธีการทางศุลกากร",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    """Posts, places, sums, dates, numbers of letters and standards are no personal data."""
    assert MASKER.text(text) == text


def test_cells_for_people_and_numbers() -> None:
    """A post in a person's cell stays; a cell of numbers is hidden whatever stands in it, a dash stays."""
    assert MASKER.person("หัวหน้าสำนักปลัด") == "หัวหน้าสำนักปลัด"
    assert MASKER.person("สมมุติ ตัวอย่าง") == "[บุคคล 2]"
    assert MASKER.person("ใครก็ไม่รู้") == "[ชื่อบุคคล]"
    assert MASKER.phone("12345") == "[โทรศัพท์]"
    assert MASKER.phone("-") == "-"


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("ปลัดเทศบาล", True),
        ("นายกเทศมนตรี", True),
        ("นายภูผา ตัวอย่าง", False),
        ("พัฒนา ตัวอย่าง", False),
        ("พัฒนาการจังหวัด", True),
    ],
)
def test_posts_and_people(name: str, *, post: bool) -> None:
    """A post is told from a person whose given name begins like one."""
    assert is_post(name) is post


def test_titles_do_not_make_two_people() -> None:
    """Two ways of writing one person are one key."""
    assert name_key("ว่าที่ ร.ต.สมมุติ ตัวอย่าง") == name_key("นาย สมมุติ  ตัวอย่าง") == "สมมุติ ตัวอย่าง"


WORDS = (*"กานงสย.@ \n", "นาย", "นางสาว", "ทดสอบ ไม่มีจริง", "โทร", "คุณ", "ดร.")


@given(st.lists(st.sampled_from(WORDS)).map("".join))
def test_masking_twice_changes_nothing(text: str) -> None:
    """What was hidden is not taken for something to hide, and no known name is left."""
    masked = MASKER.text(text)
    assert MASKER.text(masked) == masked
    assert "ทดสอบ ไม่มีจริง" not in masked


def test_shown_is_shown() -> None:
    """On request everything stays as it is."""
    shown = build_masker(TEAM, show=True)
    row = {"person_name": "นายสมมุติ ตัวอย่าง", "phones": ["0800000000"], "text": "โทร 080-000-0000"}
    assert shown.row(row) == row
    assert not shown.hides("นายสมมุติ ตัวอย่าง")


def test_evidence_and_nearest_are_hidden_at_any_depth() -> None:
    """Words inside structs and lists are hidden, their places and the keys stay."""
    row = {
        "document_id": "0800000000123456",
        "evidence": [{"page_no": 3, "bbox": [1.0, 2.0, 3.0, 4.0], "text": "นายสมมุติ ตัวอย่าง 080-000-0000"}],
        "nearest": {"text": "ทดสอบ ไม่มีจริง", "page_no": 2, "score": 0.4},
        "reason_th": "พบนายสมมุติ ตัวอย่าง",
    }
    assert MASKER.row(row) == {
        "document_id": "0800000000123456",
        "evidence": [{"page_no": 3, "bbox": [1.0, 2.0, 3.0, 4.0], "text": "[บุคคล 2] [โทรศัพท์]"}],
        "nearest": {"text": "[บุคคล 1]", "page_no": 2, "score": 0.4},
        "reason_th": "พบ[บุคคล 2]",
    }


_WITH_KEYS = {"evidence", "nearest", "look_at"}
"""Columns of places: words beside keys."""


@pytest.mark.parametrize("name", list(DATASETS))
def test_every_text_column_of_every_dataset_is_looked_at(name: str) -> None:
    """A name put into any column that is no key and no closed set does not come out."""
    secret = "นางสาวทดสอบ ไม่มีจริง 080-000-0000"
    row = {field.name: _filled(field.type, secret) for field in dataset_schema(name)}
    (masked,) = mask_rows(name, [row], MASKER)
    looked_at = set(text_columns(name))
    flat = repr({column: masked[column] for column in looked_at - _WITH_KEYS})
    assert "ไม่มีจริง" not in flat
    assert "000-0000" not in flat
    left = {field.name for field in dataset_schema(name) if secret in repr(masked[field.name])}
    assert left <= (set(row) - looked_at) | _WITH_KEYS
    assert "'text': 'นางสาว" not in repr(masked)
    assert not left & {"text", "message_th", "person_name", "source_path", "title", "agency_name"}


def _filled(kind: pa.DataType, secret: str) -> object:
    if pa.types.is_string(kind):
        return secret
    if pa.types.is_list(kind):
        return [_filled(kind.value_type, secret)]
    if pa.types.is_struct(kind):
        return {kind.field(i).name: _filled(kind.field(i).type, secret) for i in range(kind.num_fields)}
    return None


def test_columns_where_nobody_stands_are_left_as_they_are() -> None:
    """Rows without people come out as the very same rows."""
    rows = [{"document_id": "0" * 16, "text": "ขั้นตอน"}]
    assert mask_rows("recovery_steps", rows, MASKER) is rows


def test_words_say_which_it_is() -> None:
    """The sentence that every output carries differs."""
    assert people_words(with_personal_data=False).startswith("ปิดชื่อ")
    assert people_words(with_personal_data=True).startswith("มีข้อมูลส่วนบุคคล")


def test_nobody_to_hide() -> None:
    """A masker without a team and texts without words do nothing."""
    assert NOBODY.text(None) == NOBODY.text("") == ""
    assert Masker(show=False).person(None) == ""
