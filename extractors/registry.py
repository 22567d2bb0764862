"""Which reader takes a file: told from its content, never from its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docmodel.errors import CorruptSourceError, UnsupportedSourceError
from extractors.base import Reader
from extractors.text.decoding import decode_text
from extractors.text.reader import TextReader, find_text_type

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"


def detect_media_type(path: Path) -> str:
    """The media type of a file by its content."""
    data = path.read_bytes()
    if not data.strip(b"\x00 \t\r\n"):
        raise CorruptSourceError(
            "empty_file",
            th="ไฟล์ว่างเปล่า โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The file is empty. Ask the agency for a new one.",
        )
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as archive:
            return DOCX if "word/document.xml" in archive.namelist() else ZIP
    decoded = decode_text(data)
    return "application/octet-stream" if decoded is None else find_text_type(decoded.text, path.suffix)


def find_reader(media_type: str) -> Reader:
    """The reader of a media type; raise UnsupportedSourceError where there is none."""
    for reader in (TextReader(),):
        if media_type in reader.media_types:
            return reader
    raise UnsupportedSourceError(
        "unsupported_media_type",
        th="ไม่รองรับไฟล์ชนิดนี้ โปรดขอเป็น PDF หรือ Word",
        en="This kind of file is not supported. Ask for PDF or Word.",
    )
