"""The register of expected agencies as a file: ``agencies.csv`` beside the plans."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from docmodel.errors import ConfigError
from docmodel.vocabulary import AgencyType
from normalizers.text import normalize_value
from reports.agency_names import agency_key, province_in_name
from reports.days import parse_day
from reports.labels import words_of

REGISTER_FILE = "agencies.csv"
"""The register's name in the input folder; the pipeline does not read it as a plan."""
_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "agency_name", "ชื่อหน่วยงาน", "หน่วยงาน"),
        "agency_type": ("type", "agency_type", "ประเภทหน่วยงาน", "ประเภท"),
        "province": ("province", "จังหวัด"),
        "through": ("through", "sent_through", "ส่งผ่าน", "หน่วยงานที่ส่งผ่าน"),
        "deadline": ("deadline", "กำหนดส่ง", "วันกำหนดส่ง"),
        "received_on": ("received_on", "received", "วันที่รับ", "วันที่ได้รับ"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAgency:
    """A line of the register. ``received_on`` is the day that the registry office noted; files do not tell it."""

    name: str
    agency_type: AgencyType | None = None
    province: str | None = None
    through: str | None = None
    deadline: date | None = None
    received_on: date | None = None

    @property
    def key(self) -> str:
        """What is equal for one agency however its name is written."""
        return agency_key(self.name)

    @property
    def place(self) -> str | None:
        """The province as the register says it, else as the name does."""
        return self.province or province_in_name(self.name)


def find_register(folder: Path) -> tuple[ExpectedAgency, ...] | None:
    """The register of an input folder; None where there is none."""
    path = folder / REGISTER_FILE
    return read_register(path) if path.is_file() else None


def read_register(path: Path) -> tuple[ExpectedAgency, ...]:
    """The expected agencies of a CSV file as Excel saves it: UTF-8 or Thai Windows, comma, semicolon or tab.

    Raises ConfigError with the line at fault.
    """
    text = _decode(path.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    places = _places(next(reader, []))
    found: list[ExpectedAgency] = []
    for row in reader:
        values = {name: normalize_value(row[index]) if index < len(row) else "" for name, index in places.items()}
        if values["name"]:
            found.append(_agency(values, reader.line_num))
        elif any(cell.strip() for cell in row):
            raise _line_error(reader.line_num, "ไม่มีชื่อหน่วยงาน", "has no agency name")
    return tuple(found)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp874", errors="replace")


def _agency(values: Mapping[str, str], number: int) -> ExpectedAgency:
    return ExpectedAgency(
        name=values["name"],
        agency_type=_agency_type(values.get("agency_type", ""), number),
        province=values.get("province", "").removeprefix("จังหวัด").strip() or None,
        through=values.get("through") or None,
        deadline=_day(values.get("deadline", ""), number),
        received_on=_day(values.get("received_on", ""), number),
    )


def _places(heads: Sequence[str]) -> dict[str, int]:
    known = {head.strip().casefold(): index for index, head in reversed(list(enumerate(heads)))}
    places = {
        column: next(known[name] for name in names if name in known)
        for column, names in _COLUMNS.items()
        if any(name in known for name in names)
    }
    if "name" not in places:
        raise ConfigError(
            "register_without_names",
            th=f"{REGISTER_FILE} ไม่มีคอลัมน์ชื่อหน่วยงาน กรุณาใช้หัวคอลัมน์ตามแม่แบบ docs/agencies-template.csv",
            en=f"{REGISTER_FILE} has no column for the agency's name; use the heads of docs/agencies-template.csv.",
        )
    return places


def _agency_type(text: str, number: int) -> AgencyType | None:
    if not text:
        return None
    by_word = {word: value for value, word in words_of("agency_type").items()}
    value = by_word.get(text, text)
    try:
        return AgencyType(value)
    except ValueError as error:
        allowed = ", ".join(by_word)
        raise _line_error(number, f"ประเภทหน่วยงานไม่ถูกต้อง เลือกจาก: {allowed}", "has an unknown type") from error


def _day(text: str, number: int) -> date | None:
    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise _line_error(number, "วันที่อ่านไม่ได้ กรุณาเขียนเช่น 31/5/2569 หรือ 2026-05-31", "has a date that is none")
    return day


def _line_error(number: int, th: str, en: str) -> ConfigError:
    return ConfigError(
        "register_line_wrong",
        th=f"{REGISTER_FILE} บรรทัดที่ {number}: {th} กรุณาแก้แล้วสั่งซ้ำ",
        en=f"{REGISTER_FILE}, line {number} {en}; correct it and run again.",
    )
