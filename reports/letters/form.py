"""What stands around the list of gaps in a letter: number, date, sender, whom it is addressed to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from docmodel.vocabulary import AgencyType
from normalizers.numerals import to_thai_digits
from reports.html.environment import plain
from reports.labels import thai_date

NO_AGENCY = "(โปรดระบุชื่อหน่วยงาน)"
_BLANK = "........................"
_LATIN_WORD = re.compile(r"([0-9._%+/:-]*[A-Za-z@][0-9A-Za-z._%+@/:-]*)|[^A-Za-z@]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Values of the form; what is not given shows as a place to fill in by hand. ``deadline`` None: by the register."""

    number: str = "นร ............/............"
    office: str = "สำนักงาน ก.พ.ร."
    address: str = _BLANK
    written_on: date | None = None
    deadline: date | None = None
    signatory: str = _BLANK
    position: str = _BLANK
    division: str = _BLANK
    contact: str = _BLANK
    reference: str = f"หนังสือ {_BLANK} ลงวันที่ {_BLANK}"
    thai_numerals: bool = False

    def digits(self, text: str) -> str:
        """A text with its numbers in the numerals asked for; words in Latin letters and addresses keep theirs.

        >>> Form(thai_numerals=True).digits("ข้อ 2.1 COVID-19 a1@example.go.th 30 วัน")
        'ข้อ ๒.๑ COVID-19 a1@example.go.th ๓๐ วัน'
        """
        if not self.thai_numerals:
            return text
        return _LATIN_WORD.sub(lambda match: match.group(1) or to_thai_digits(match.group()), text)

    def day(self, value: date | None) -> str:
        """A day in words, or dots to fill in."""
        return thai_date(value) or "........ .................... ........"

    def context(self) -> dict[str, Any]:
        """The form's fields as the template names them."""
        return {
            "number": self.number,
            "office": self.office,
            "address": self.address,
            "date": self.day(self.written_on),
            "signatory": self.signatory,
            "position": self.position,
            "division": self.division,
            "contact": self.contact,
            "reference": self.reference,
        }


_HEADS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        AgencyType.MINISTRY: (("กระทรวง", "ปลัดกระทรวง"),),
        AgencyType.DEPARTMENT: (("สำนักงานปลัดกระทรวง", "ปลัดกระทรวง"), ("กรม", "อธิบดีกรม")),
        AgencyType.LOCAL_GOVERNMENT: (
            ("เทศบาล", "นายกเทศมนตรี"),
            ("องค์การบริหารส่วน", "นายกองค์การบริหารส่วน"),
        ),
        AgencyType.UNIVERSITY: (("มหาวิทยาลัย", "อธิการบดีมหาวิทยาลัย"),),
        AgencyType.SCHOOL: (("โรงเรียน", "ผู้อำนวยการโรงเรียน"),),
        AgencyType.HOSPITAL: (("โรงพยาบาล", "ผู้อำนวยการโรงพยาบาล"),),
    }
)
"""Beginnings of names and the title of the head in their place; of all others the letter says "หัวหน้าหน่วยงาน"."""


def find_recipient(agency_name: str | None, agency_type: str | None, province: str | None) -> str:
    """Whom the letter is addressed to: the head of the agency by post, never by name.

    >>> find_recipient("เทศบาลตำบลตัวอย่าง", "local_government", None)
    'นายกเทศมนตรีตำบลตัวอย่าง'
    >>> find_recipient("สำนักงานตัวอย่าง", "department", None)
    'หัวหน้าหน่วยงาน สำนักงานตัวอย่าง'
    """
    if not agency_name:
        return f"หัวหน้าหน่วยงาน {NO_AGENCY}"
    if agency_type == AgencyType.PROVINCE and province:
        return f"ผู้ว่าราชการจังหวัด{province}"
    for start, title in _HEADS.get(agency_type or "", ()):
        if agency_name.startswith(start):
            return f"{title}{agency_name.removeprefix(start)}"
    return f"หัวหน้าหน่วยงาน {agency_name}"


_UNSAFE = re.compile(r"[^0-9A-Za-zก-๎๐-๙().-]+")
_MAX_NAME = 60
"""Letters of an agency's name in a file name: Thai takes three bytes each and a path has its limit."""


def file_name(agency_name: str, document_id: str) -> str:
    """A name that every file system takes; the document's id keeps names apart.

    >>> file_name("../สำนักงาน: ตัวอย่าง", "0123456789abcdef")
    'สำนักงาน-ตัวอย่าง-01234567.docx'
    """
    safe = _UNSAFE.sub("-", plain(agency_name)).strip("-. ")[:_MAX_NAME].strip("-. ")
    return f"{safe or 'letter'}-{document_id[:8]}.docx"
