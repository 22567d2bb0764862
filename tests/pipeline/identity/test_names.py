"""Agency names: where they begin and end, and what kind of body they name."""

from __future__ import annotations

import pytest

from docmodel.vocabulary import AgencyType
from pipeline.identity.names import find_agency_type, find_names, make_name
from pipeline.identity.reference import find_known_province, load_agencies, load_provinces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("แผนบริหารความต่อเนื่องของเทศบาลนครเมฆลอย ประจำปี 2566", "เทศบาลนครเมฆลอย"),
        ("โรงเรียนบ้านดินสอโค้ง อำเภอเมือง จังหวัดตาก", "โรงเรียนบ้านดินสอโค้ง"),
        ("สำนักงานคลังเมฆ จังหวัดตาก", "สำนักงานคลังเมฆจังหวัดตาก"),
        ("สำนักงานเทศบาลตำบลลมเย็น", "เทศบาลตำบลลมเย็น"),
        ("สถาบันนับคลื่น (องค์การมหาชน)", "สถาบันนับคลื่น (องค์การมหาชน)"),
        ("สํานักงานสถิติแห่งชาติ", "สำนักงานสถิติแห่งชาติ"),
        ("ศูนย์เทคโนโลยีสารสนเทศ กรมวัดเงา", "กรมวัดเงา"),
        ("ธนาคารเพื่อที่อยู่อาศัยเมฆลอย", "ธนาคารเพื่อที่อยู่อาศัยเมฆลอย"),
        ("กองแผนงาน เทศบาลเมืองลมเย็น", "เทศบาลเมืองลมเย็น"),
        ("กองทุนพัฒนาว่าว กรมวัดเงา", "กองทุนพัฒนาว่าว กรมวัดเงา"),
    ],
)
def test_a_name_ends_where_its_place_or_time_begins(text: str, name: str) -> None:
    """Year, address and the plan's name are not part of the agency's."""
    assert [found.name for _, found in find_names(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "หน่วยงาน",
        "สำนักงาน",
        "คณะ",
        "คณะทำงานบริหารความต่อเนื่อง",
        "คณะกรรมการว่าว",
        "โปรแกรมกรมธรรม์",
        "จังหวัดนี้",
        "แผนนี้ใช้ในสภาวะวิกฤต",
    ],
)
def test_general_words_name_nobody(text: str) -> None:
    """Words for bodies in general are no names."""
    assert find_names(text) == ()


@pytest.mark.parametrize(
    ("name", "agency_type"),
    [
        ("สำนักงานจังหวัดแพร่", AgencyType.PROVINCE),
        ("สำนักงานแรงงานเมฆจังหวัดแพร่", AgencyType.PROVINCIAL_OFFICE),
        ("องค์การบริหารส่วนตำบลลมพัด", AgencyType.LOCAL_GOVERNMENT),
        ("กรมวัดเงา", AgencyType.DEPARTMENT),
        ("สำนักงานศาลปกครองเมฆลอย", AgencyType.OTHER),
        ("กระทรวงสายลม", AgencyType.MINISTRY),
        ("มหาวิทยาลัยใบไม้", AgencyType.UNIVERSITY),
        ("โรงพยาบาลหมอกขาว", AgencyType.HOSPITAL),
        ("การไฟฟ้าฝ่ายเมฆ", AgencyType.STATE_ENTERPRISE),
        ("สถาบันฝึกลม (องค์การมหาชน)", AgencyType.PUBLIC_ORGANIZATION),
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่ เขต 9", AgencyType.PROVINCIAL_OFFICE),
    ],
)
def test_kinds_of_bodies(name: str, agency_type: AgencyType) -> None:
    """The first words of a name tell the kind of body."""
    assert find_agency_type(name) is agency_type


def test_a_misread_name_is_made_canonical() -> None:
    """A letter or two that OCR misread do not make another agency."""
    found = make_name("กรมป้องกันและบรรเทาสาธารณภ้ย")
    assert found is not None and found.name == "กรมป้องกันและบรรเทาสาธารณภัย"


def test_an_office_of_a_province_is_not_its_department() -> None:
    """The department on the list does not swallow its offices."""
    found = make_name("สำนักงานประกันสังคมจังหวัดตราด")
    assert found is not None
    assert (found.name, found.known) == ("สำนักงานประกันสังคมจังหวัดตราด", False)


def test_reference_lists_are_whole() -> None:
    """Seventy-seven provinces, and no agency twice."""
    assert len(set(load_provinces())) == 77
    names = [agency.name for agency in load_agencies()]
    assert len(set(names)) == len(names) > 150
    keys = [key for agency in load_agencies() for key in agency.keys]
    assert len(set(keys)) == len(keys)


def test_longer_province_names_win() -> None:
    """A name that begins like another is not cut short."""
    assert find_known_province("นครศรีธรรมราชและใกล้เคียง") == "นครศรีธรรมราช"
    assert find_known_province("สมมุตินคร") is None
