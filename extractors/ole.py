"""What an OLE2 file holds: an old Word document, a mail, a workbook, or an encrypted Office file."""

from __future__ import annotations

import struct
from pathlib import Path

import olefile

from docmodel.errors import CorruptSourceError, EncryptedSourceError

DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
MSG = "application/vnd.ms-outlook"
OLE = "application/x-ole-storage"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FLAGS_OFFSET = 0x0A
_ENCRYPTED = 0x0100
_ENCRYPTED_STREAMS = ("EncryptedPackage", "EncryptionInfo", "\x06DataSpaces")
_KINDS = (
    ("WordDocument", DOC),
    ("__properties_version1.0", MSG),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
)


def detect_ole_type(path: Path) -> str:
    """The media type of an OLE2 file.

    Raises EncryptedSourceError for a file with a password and CorruptSourceError for a damaged one.
    """
    try:
        with olefile.OleFileIO(path) as ole:
            if any(ole.exists(name) for name in _ENCRYPTED_STREAMS):
                raise office_encrypted()
            for stream, media_type in _KINDS:
                if ole.exists(stream):
                    if media_type == DOC and _is_encrypted(ole.openstream(stream).read(_FLAGS_OFFSET + 2)):
                        raise office_encrypted()
                    return media_type
    # olefile's own errors are OSErrors; what it trips over in a damaged file comes through as it is
    except (OSError, struct.error, IndexError, ValueError, TypeError, MemoryError) as error:
        raise CorruptSourceError(
            "ole_damaged",
            th="ไฟล์ Office รุ่นเก่าเสียหายหรือไม่ครบ โปรดเปิดแล้วบันทึกใหม่เป็น .docx หรือขอไฟล์ใหม่",
            en="The old Office file is damaged or cut off. Open and save it again as .docx, or ask for a new one.",
        ) from error
    return OLE


def _is_encrypted(header: bytes) -> bool:
    return len(header) == _FLAGS_OFFSET + 2 and bool(
        int.from_bytes(header[_FLAGS_OFFSET:], byteorder="little") & _ENCRYPTED
    )


def office_encrypted() -> EncryptedSourceError:
    """The error for an Office file with a password."""
    return EncryptedSourceError(
        "office_encrypted",
        th="ไฟล์ Office มีรหัสผ่าน โปรดขอไฟล์ที่ไม่มีรหัสผ่านจากหน่วยงาน",
        en="The Office file is protected by a password. Ask the agency for one without.",
    )
