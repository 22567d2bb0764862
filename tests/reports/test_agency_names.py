"""When two names are one agency, and when that is only likely."""

from __future__ import annotations

import pytest

from reports.agency_names import NameIndex, agency_key, differ_in_province, province_in_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("อบต.บ้านตัวอย่าง", "องค์การบริหารส่วนตำบล บ้านตัวอย่าง"),
        ("ทต. บ้านตัวอย่าง", "เทศบาลตำบลบ้านตัวอย่าง"),
        ("เทศบาลตำบลบ้านตัวอย่าง อำเภอสมมุติ จังหวัดลำพูน", "เทศบาลตำบลบ้านตัวอย่าง"),
        ("เทศบาลตำบลบ้านตัวอย่าง จังหวัดลำพูน", "เทศบาลตำบลบ้านตัวอย่าง"),
        ("สำนักงานเทศบาลตำบลบ้านตัวอย่าง", "เทศบาลตำบลบ้านตัวอย่าง"),
        ("สำนักงานตัวอย่าง  จังหวัดลำพูน", "สำนักงานตัวอย่างจังหวัดลำพูน"),
    ],
)
def test_ways_of_writing_one_name_are_one_key(one: str, other: str) -> None:
    """Spaces, abbreviations and the place behind a name tell no agencies apart."""
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("เทศบาลตำบลบ้านดง", "เทศบาลตำบลบ้านดุง"),
        ("เทศบาลตำบลบ้านดง", "องค์การบริหารส่วนตำบลบ้านดง"),
        ("สำนักงานตัวอย่างจังหวัดลำพูน", "สำนักงานตัวอย่างจังหวัดลำปาง"),
    ],
)
def test_names_of_different_agencies_are_different_keys(one: str, other: str) -> None:
    """A vowel, the kind of body and a province in the name tell agencies apart."""
    assert agency_key(one) != agency_key(other)


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("เทศบาลตำบลบ้านดง", "เทศบาลตำบลบ้านดุง", True),
        ("เทศบาลตำบลบ้านดง", "เทศบาลตำบลบ้านดอน", False),
        ("โรงเรียนบ้านหนองบัว", "โรงเรียนบ้านหนองบอน", False),
        ("องค์การบริหารส่วนตำบลทุ่งดอกไม้งาม", "องค์การบริหารส่วนตำบลทุ่งตอกไม้งาม", True),
        ("องค์การบริหารส่วนตำบลทุ่งดอกไม้งาม", "องค์การบริหารส่วนตำบลห้วยดอกไม้ขาว", False),
    ],
)
def test_only_a_slip_of_letters_is_near(name: str, other: str, *, is_near: bool) -> None:
    """The long words that all bodies of a kind share make no two of them alike."""
    assert bool(NameIndex.of([agency_key(other)]).near(agency_key(name))) is is_near


def test_the_nearest_name_comes_first() -> None:
    """Of several near names the one with the fewest slips is the first."""
    index = NameIndex.of(["โรงพยาบาลทุ่งตอกคุณสมมุต", "โรงพยาบาลทุ่งดอกคูณสมมุติ"])
    assert index.near("โรงพยาบาลทุ่งดอกคูณสมมุติ")[0] == "โรงพยาบาลทุ่งดอกคูณสมมุติ"


def test_provinces() -> None:
    """A province is read from a name that tells it; an unknown one contradicts nothing."""
    assert province_in_name("สำนักงานตัวอย่าง จ.ลำพูน") == "ลำพูน"
    assert province_in_name("กรมตัวอย่าง") is None
    assert differ_in_province("ลำพูน", "ลำปาง")
    assert not differ_in_province("ลำพูน", None)
    assert not differ_in_province("ลำพูน", "ลําพูน")
