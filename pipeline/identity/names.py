"""Agency names in a line: where one begins, where it ends, what kind of body it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from docmodel.vocabulary import AgencyType
from normalizers.text import normalize_value, thai_skeleton
from pipeline.identity.reference import find_known_agency, find_known_province
from pipeline.mapping.agency_words import load_agency_words, write_names_out

MIN_NAME_LETTERS: Final = 5
MAX_NAME_CHARS: Final = 110
PROVINCE_WORD: Final = "จังหวัด"

# Words that begin a body in general and name none: "หน่วยงาน", "สำนักงาน" alone, "องค์กร".
_GENERAL: Final = frozenset(
    thai_skeleton(word)
    for word in (
        *("สำนักงาน", "สำนัก", "หน่วยงาน", "องค์กร", "กรม", "กระทรวง", "โรงเรียน", "โรงพยาบาล", "เทศบาล", "ศูนย์", "คณะ"),
        *("สถาบัน", "จังหวัด", "บริษัท", "มหาวิทยาลัย", "สถานศึกษา", "องค์การ", "องค์การมหาชน", "สภา", "ศาล"),
        *("ธนาคาร", "วิทยาลัย", "การไฟฟ้า", "การประปา", "กองบิน", "กองทัพ", "เรือนจำ"),
    )
)
# A name begins in the middle of a run of letters after these: Thai puts no space there.
_LEADS: Final = (
    *("ของ", "ณ", "โดย", "จาก", "คำสั่ง", "ประกาศ", "ผู้อำนวยการ", "หัวหน้า", "แผน", "ภายใน", "ในสังกัด"),
    *("นายก", "อธิบดี", "ปลัด", "พื้นที่", "ที่ทำการ", "ต่อเนื่อง", "วิกฤต", "วิกฤติ", "กิจการ"),
)
# Where a name ends inside running text: what follows says what the agency does, when, or where.
_END: Final = re.compile(
    r"\s*(?:ประจำปี|ปีงบประมาณ|พ\.ศ\.|พ\.\s?ศ|ปี\s?[0-9๐-๙]|[0-9๐-๙]{4}|\d+/|ได้|มีภารกิจ|มีหน้าที่|มีความ|มีการ|มีผู้|มีจำนวน|มีนักเรียน|มีบุคลากร|มีพื้นที่|มีอาคาร|มีเจ้าหน้าที่|เป็น|ให้|โดย|เพื่อ|จึง|ซึ่ง|ตาม|จะ|สามารถ|ต้อง"
    r"|เตรียม|ในการ|ในสถานการณ์|ในสภาวะ|ในภาวะ|กรณี|เมื่อ|เกี่ยวกับ|สำหรับ|ฉบับ|โทร|ถนน|เลขที่|หมู่ที่|ที่อยู่(?!อาศัย)|ต่อไปนี้|และบุคลากร|และหน่วยงาน|ทั้งหมด|ทราบ|แล้ว|ไม่|ที่\s?[0-9๐-๙]+/|ลงวันที่|\()"
    # a verb behind a space goes on with a sentence, a number behind one counts things
    r"|\s+(?:เรื่อง|จัดอบรม|จัดทำ|จัดประชุม|จัดกิจกรรม|ร่วมกับ|ร่วม(?=จัด|ประชุม)|เปิดให้|ขอ(?=ส่ง|ให้|ความ)|ประกาศ|รับสมัคร|ดำเนินการ|มอบหมาย|เข้าร่วม|รายงาน)"
    r"|\s+[0-9๐-๙]+\s*(?:ราย|คน|แห่ง|เครื่อง|ระบบ|ชุด|ตัว|คัน)"
    r"|[\n:;,“”\"…|*#]|\.{2,}| {3,}"
)
# "เขต 9" is part of a name, "เขตบางรัก" a place.
_PLACE_AFTER: Final = re.compile(r"\s+(?:ตำบล|อำเภอ|เขต(?!\s*[0-9๐-๙])|แขวง|อ\.|ต\.|จ\.|จังหวัด|กรุงเทพมหานคร)")
# A province at the end of an address places the agency and is not it.
_ADDRESS: Final = re.compile(r"ตำบล|อำเภอ|แขวง|เขต|ต\.|อ\.")
_PUBLIC_ORGANISATION: Final = re.compile(r"^\s*(\((?:องค์การมหาชน|มหาชน)\))")
_PROVINCE_AFTER: Final = re.compile(r"^\s*จังหวัด\s*([ก-๙]+)")
# Bodies whose name does not end with the province even where it is printed behind it.
_WITHOUT_PROVINCE: Final = frozenset(
    {
        AgencyType.LOCAL_GOVERNMENT,
        AgencyType.SCHOOL,
        AgencyType.HOSPITAL,
        AgencyType.UNIVERSITY,
        AgencyType.MINISTRY,
        AgencyType.STATE_ENTERPRISE,
    }
)


# "ธนาคารเพื่อการเกษตร…": the purpose is part of the name.
_NAMED_FOR_PURPOSE: Final = re.compile(r"(?:ธนาคาร|(?:สำนักงาน)?กองทุน|สถาบัน|มูลนิธิ|องค์การ|ศูนย์)เพื่อ")
# A unit that stands in front of its own body on one line: the body is the agency.
_UNIT: Final = re.compile(
    r"(?:ศูนย์(?:เทคโนโลยี|สารสนเทศ|ข้อมูล|คอมพิวเตอร์)|กอง(?!ทุน|ทัพ|พล|พัน|บิน|บัญชาการ|บังคับการ)|สำนัก(?!งาน)|กลุ่ม|ฝ่าย)\S*\s+"
    r"(?=กรม|สำนักงาน(?:ปลัด|คณะกรรมการ|เลขาธิการ)|องค์การบริหารส่วน|เทศบาล)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyName:
    """A name as the document writes it, made canonical where the lists know it."""

    name: str
    agency_type: AgencyType | None
    known: bool

    @property
    def key(self) -> str:
        """The skeleton by which mentions of one agency meet."""
        return thai_skeleton(self.name)


@cache
def _starts() -> re.Pattern[str]:
    words = [word.word for word in load_agency_words() if not word.anywhere]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def find_names(text: str) -> tuple[tuple[int, AgencyName], ...]:
    """All agency names of a line with the place where each begins; a name inside a longer one is not told apart."""
    text = write_names_out(normalize_value(text))
    found: list[tuple[int, AgencyName]] = []
    end = 0
    for match in _starts().finditer(text):
        if match.start() < end or not _begins_here(text, match.start()):
            continue
        if match[0] == PROVINCE_WORD and (found or _ADDRESS.search(text[: match.start()])):
            continue
        name, stop = _read_name(text, match.start())
        if name is not None:
            found.append((match.start(), name))
            end = stop
    return tuple(found)


def _begins_here(text: str, start: int) -> bool:
    """A name begins a word: after a space, a stroke, a bracket, or one of the words that lead to it."""
    if start == 0 or not ("ก" <= text[start - 1] <= "๎"):
        return True
    return text[:start].endswith(_LEADS)


def _read_name(text: str, start: int) -> tuple[AgencyName | None, int]:
    unit = _UNIT.match(text, start)
    start = unit.end() if unit else start
    rest = text[start : start + MAX_NAME_CHARS]
    purpose = _NAMED_FOR_PURPOSE.match(rest)
    stop = _END.search(rest, purpose.end() if purpose else 1)
    place = _PLACE_AFTER.search(rest, 1)
    length = min(stop.start() if stop else len(rest), place.start() if place else len(rest))
    name = rest[:length].strip(" -–/.")
    organisation = _PUBLIC_ORGANISATION.match(rest[length:])
    if organisation:
        name = f"{name} {organisation[1]}"
        length += organisation.end()
    name = _cut_at_of(name)
    made = make_name(name)
    if made is None:
        return None, start + length
    behind = _PROVINCE_AFTER.match(rest[length:])
    joins = made.agency_type not in _WITHOUT_PROVINCE and not _OF_DISTRICT.search(name)
    if behind and joins and PROVINCE_WORD not in name and not made.known:
        province = find_known_province(behind[1])
        if province is not None:
            joined = make_name(f"{name}{PROVINCE_WORD}{province}")
            return joined or made, start + length + behind.end()
    if behind and made.known and made.agency_type is AgencyType.DEPARTMENT and name.startswith("สำนักงาน"):
        province = find_known_province(behind[1])
        if province is not None and not text[:start].rstrip().endswith("กรม"):
            return make_name(f"{name}{PROVINCE_WORD}{province}") or made, start + length + behind.end()
    return made, start + length


def _cut_at_of(name: str) -> str:
    """A name has no "ของ": what follows belongs to the sentence."""
    return re.split(r"ของ(?!ชาติ|มนุษย์|ประชาชน|รัฐ)", name)[0].strip()


# "สำนักงานเทศบาล…" is the building of the municipality that sends the letter.
_HOUSE: Final = re.compile(r"^(?:สำนักงาน|ที่ทำการ)\s*(?=เทศบาล|องค์การบริหารส่วน)")


# "คณะทำงาน…" is a group of people; "คณะบริหารธุรกิจ" is a faculty.
_COMMITTEE: Final = re.compile(
    r"^คณะ\s*(?:ทำงาน|กรรมการ|กรรมาธิการ|อนุกรรมการ|ผู้|รัฐมนตรี|รัฐบาล|ที่ปรึกษา|บุคคล|บุคลากร|ครู|แพทย์(?!ศาสตร์)"
    r"|นักเรียน|เจ้าหน้าที่|บริหาร(?!ธุรกิจ|ศาสตร์|รัฐกิจ|รัฐประศาสน|การพัฒนา)|ดำเนินงาน|จัดทำ|ฯ)"
)


def make_name(name: str) -> AgencyName | None:
    """A name made canonical, None where it names no body in particular."""
    name = _HOUSE.sub("", normalize_value(name).strip(" -–/.:"))
    key = thai_skeleton(name)
    if len(key) < MIN_NAME_LETTERS or key in _GENERAL or _COMMITTEE.match(name):
        return None
    known = find_known_agency(name)
    if known is not None:
        return AgencyName(name=known.name, agency_type=known.agency_type, known=True)
    agency_type = find_agency_type(name)
    if agency_type is None or (agency_type is AgencyType.PROVINCE and not _names_province(name)):
        return None
    return AgencyName(name=name, agency_type=agency_type, known=False)


def _names_province(name: str) -> bool:
    return find_known_province(name.partition(PROVINCE_WORD)[2].strip()) is not None


# An office of a district is called after the district alone.
_OF_DISTRICT: Final = re.compile(r".อำเภอ")
_OFFICE_OF_PROVINCE: Final = re.compile(r"^สำนักงาน\s*จังหวัด")
# A court belongs to no province's administration, whatever its seat.
_COURT: Final = ("ศาล", "สำนักงานศาล", "สำนักงานประจำศาล", "สำนักงานอำนวยการประจำศาล")
_IN_PROVINCE: Final = re.compile(r".จังหวัด|อำเภอ")


def find_agency_type(name: str) -> AgencyType | None:
    """The kind of body that a name's words tell, None where they tell nothing."""
    if "องค์การมหาชน" in name:
        return AgencyType.PUBLIC_ORGANIZATION
    if " มหาวิทยาลัย" in name:
        return AgencyType.UNIVERSITY
    if _OFFICE_OF_PROVINCE.match(name) or name.startswith(PROVINCE_WORD):
        return AgencyType.PROVINCE
    by_word = next((word.agency_type for word in load_agency_words() if name.startswith(word.word)), None)
    in_province = _IN_PROVINCE.search(name) is not None and not name.startswith(_COURT)
    if by_word in (AgencyType.DEPARTMENT, AgencyType.OTHER) and in_province:
        return AgencyType.PROVINCIAL_OFFICE
    return by_word
