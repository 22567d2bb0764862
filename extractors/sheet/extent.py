"""How large a workbook is once it is read, told before anybody makes room for it."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from docmodel.errors import CorruptSourceError

_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 60
# more digits and letters than any sheet has: a number made to fill the memory must be seen, too
_REFERENCE = re.compile(rb"""\br\s?=\s?["']([A-Za-z]{1,9})(\d{1,20})["']""")
_ROW = re.compile(rb"""<row\b[^>]{0,200}?\br\s?=\s?["'](\d{1,20})["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Bytes of all parts, the cells between the first and the last of the largest sheet, and the kind of package."""

    unpacked_bytes: int
    cells: int
    is_open_document: bool


def measure_package(path: Path) -> Extent:
    """Measure an .xlsx or .ods package; raises CorruptSourceError where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            sheets = [member for member in members if re.search(r"worksheets/[^/]*\.xml\Z", member.filename)]
            content = next((member for member in members if member.filename == "content.xml"), None)
            return Extent(
                unpacked_bytes=sum(member.file_size for member in members),
                cells=_count_repeated(archive, content)
                if content
                else max((_count_cells(archive, member) for member in sheets), default=0),
                is_open_document=content is not None,
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        etree.XMLSyntaxError,
    ) as error:
        raise CorruptSourceError(
            "sheet_damaged",
            th="ไฟล์ตารางคำนวณเสียหายหรือไม่ครบ โปรดเปิดแล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากหน่วยงาน",
            en="The workbook is damaged or cut off. Open and save it again, or ask the agency for a new one.",
        ) from error


def _count_cells(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    rows, columns = 0, 0
    before = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = before + chunk
            for letters, number in _REFERENCE.findall(text):
                rows = max(rows, int(number))
                columns = max(columns, _column(letters))
            for number in _ROW.findall(text):
                rows = max(rows, int(number))
            before = text[-_OVERLAP_BYTES:]
    return rows * columns


def _count_repeated(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Cells of an OpenDocument workbook, whose rows and cells say how often they are repeated; the empty ones at the
    end of a row and of a sheet do not count.

    Names count without their namespace, since the parser that reads the workbook afterwards does not look at it either.
    """
    cells = 0
    with archive.open(member) as stream:
        for _, row in etree.iterparse(
            stream, tag="{*}table-row", resolve_entities=False, no_network=True, load_dtd=False
        ):
            width = filled_width = 0
            for cell in row:
                width += _repeats(cell, "number-columns-repeated")
                if len(cell):
                    filled_width = width
            if filled_width:
                cells += filled_width * _repeats(row, "number-rows-repeated")
            row.clear()
    return cells


def _repeats(element: Any, name: str) -> int:
    value = next((value for key, value in element.items() if key.rpartition("}")[2] == name), "1")
    return int(value) if value.isdecimal() and value.isascii() else 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
