"""The parts of a Word file, read within limits."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any

from docmodel.errors import EncryptedSourceError, SourceTooLargeError
from extractors.base import ReadLimits
from extractors.docx.xml import R, docx_damaged, parse_xml

# The text of a plan of a thousand pages is some 20 MB of XML; above this a part is made to fill the memory.
MAX_PART_BYTES = 128 * 1024 * 1024
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PASSWORD_FLAG = 0x1


class DocxPackage:
    """A Word file opened as a package of parts; use it as a context manager."""

    def __init__(self, path: Path, limits: ReadLimits) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise docx_damaged() from error
        members = self._archive.infolist()
        if len(members) > limits.max_members or sum(m.file_size for m in members) > limits.max_unpacked_bytes:
            self._archive.close()
            raise _too_large()
        # names differ in case and slash between programs
        self._members = {_part_key(member.filename): member for member in members}
        self._max_part_bytes = min(MAX_PART_BYTES, limits.max_unpacked_bytes)

    def __enter__(self) -> DocxPackage:
        """The package itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._archive.close()

    def read_bytes(self, name: str) -> bytes | None:
        """The bytes of a part; None where it is missing."""
        member = self._members.get(_part_key(name))
        if member is None:
            return None
        if member.flag_bits & _PASSWORD_FLAG:
            raise EncryptedSourceError(
                "docx_encrypted",
                th="ไฟล์ Word มีรหัสผ่าน โปรดขอไฟล์ที่ไม่มีรหัสผ่านจากหน่วยงาน",
                en="The Word file is protected by a password. Ask the agency for one without.",
            )
        try:
            with self._archive.open(member) as stream:
                data = stream.read(self._max_part_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise docx_damaged() from error
        if len(data) > self._max_part_bytes:
            raise _too_large()
        return data

    def read_xml(self, name: str) -> Any:
        """The root element of a part; None where it is missing."""
        data = self.read_bytes(name)
        return None if data is None else parse_xml(data)

    def main_part(self) -> str:
        """The name of the part with the body."""
        for kind, target in self.relationships("").values():
            if kind == "officeDocument" and _part_key(target) in self._members:
                return target
        if "word/document.xml" in self._members:
            return "word/document.xml"
        raise docx_damaged()

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part by id: kind ("header") and part name; links to the outside are left out."""
        folder, name = posixpath.split(part)
        root = self.read_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in root.iter(_RELATIONSHIP) if root is not None else ():
            target = element.get("Target") or ""
            if element.get("TargetMode") == "External":
                continue
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id") or ""] = (kind, full)
        return found


def relationship_id(element: Any, name: str = "id") -> str | None:
    """The relationship that an element points to."""
    value: str | None = element.get(f"{R}{name}")
    return value


def _part_key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _too_large() -> SourceTooLargeError:
    return SourceTooLargeError(
        "docx_too_large",
        th="ไฟล์ Word เมื่อคลายแล้วใหญ่เกินกำหนด โปรดขอไฟล์ที่เล็กลงจากหน่วยงาน",
        en="The Word file exceeds the limit once unpacked. Ask the agency for a smaller one.",
    )
