"""Which reader takes a file: told from its content, never from its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from docmodel.errors import CorruptSourceError, UnsupportedSourceError
from docmodel.issue import Issue, Severity
from extractors.base import Reader
from extractors.containers.starts import looks_like_mail
from extractors.docx.reader import DOCM, DOCX, DOTM, DOTX, DocxReader
from extractors.docx.xml import docx_damaged
from extractors.mail.message import EML
from extractors.mail.reader import MailReader
from extractors.office.reader import FODT, ODT, RTF, WORD_XML, OfficeReader
from extractors.ole import DOC, OLE_MAGIC, PPT, XLS, detect_ole_type, office_encrypted
from extractors.sheet.reader import ODS, XLSX, SheetReader
from extractors.text.decoding import decode_text
from extractors.text.reader import TEXT_HTML, TEXT_MARKDOWN, TEXT_PLAIN, TextReader, find_text_type

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
MHT = "application/x-mimearchive"
UNKNOWN = "application/octet-stream"

HEAD_BYTES = 64 * 1024
PDF_HEADER_WINDOW = 1024
"""PDF readers accept the header anywhere in the first kilobyte."""
_MAX_SHOWN_TYPE = 80
"""A package says itself what type it is, and may say anything."""
MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Of a larger text only its head is looked at."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"{\\rtf", RTF),
)
_PDF_OBJECT = re.compile(rb"^\s*\d{1,10} \d{1,5} ?obj\b", re.MULTILINE)
_OOXML_KINDS = (
    ("wordprocessingml.document.main", DOCX),
    ("wordprocessingml.template.main", DOTX),
    ("ms-word.document.macroenabled.main", DOCM),
    ("ms-word.template.macroenabledtemplate.main", DOTM),
    ("spreadsheetml.", XLSX),
    ("ms-excel.sheet", XLSX),
    ("presentationml.", PPTX),
    ("ms-powerpoint.presentation", PPTX),
)
_SUFFIXES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        PDF: frozenset({".pdf"}),
        DOCX: frozenset({".docx"}),
        DOTX: frozenset({".dotx", ".docx"}),
        DOCM: frozenset({".docm", ".docx"}),
        DOTM: frozenset({".dotm", ".docm"}),
        DOC: frozenset({".doc", ".dot"}),
        ODT: frozenset({".odt", ".ott"}),
        FODT: frozenset({".fodt", ".xml"}),
        RTF: frozenset({".rtf", ".doc"}),
        XLSX: frozenset({".xlsx", ".xlsm", ".xltx", ".xlsb"}),
        XLS: frozenset({".xls", ".xlt"}),
        ODS: frozenset({".ods", ".ots"}),
        WORD_XML: frozenset({".xml", ".doc"}),
        TEXT_PLAIN: frozenset({".txt", ".text", ".md", ".markdown"}),
        TEXT_MARKDOWN: frozenset({".md", ".markdown", ".txt", ".text"}),
        TEXT_HTML: frozenset({".html", ".htm", ".xhtml"}),
    }
)


def detect_media_type(path: Path) -> str:
    """The media type of a file by its content.

    Raises CorruptSourceError for an empty or damaged file and EncryptedSourceError for one with a password.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise CorruptSourceError(
            "empty_file",
            th="ไฟล์ว่างเปล่า โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The file is empty. Ask the agency for a new one.",
        )
    if head.startswith(b"PK"):
        return _detect_zip_type(path, head)
    if head.startswith(OLE_MAGIC):
        return detect_ole_type(path)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if b"%PDF-" in head[:PDF_HEADER_WINDOW]:
        return PDF
    return _detect_other_binary(head) or _detect_headless_pdf(head) or _detect_text_type(path, head)


def find_reader(media_type: str) -> Reader:
    """The reader of a media type; raises UnsupportedSourceError where there is none."""
    for reader in (DocxReader(), TextReader(), OfficeReader(), MailReader(), SheetReader()):
        if media_type in reader.media_types:
            return reader
    raise _unsupported(media_type)


def find_extension_issue(source_path: str, media_type: str) -> Issue | None:
    """An issue where a file's name says another kind than its content; None where they agree or the name says none."""
    suffix = PurePosixPath(source_path).suffix.lower()
    suffixes = _SUFFIXES.get(media_type)
    known = {name for names in _SUFFIXES.values() for name in names}
    if suffixes is None or suffix in suffixes or suffix not in known:
        return None
    kind = min(suffixes)
    return Issue(
        code="wrong_extension",
        severity=Severity.INFO,
        message_th=f"ชื่อไฟล์ลงท้ายด้วย {suffix} แต่เนื้อไฟล์เป็นชนิด {kind} จึงอ่านตามเนื้อไฟล์ โปรดแก้ชื่อไฟล์",
        message_en=f"The file is named {suffix} but its content is {kind} and was read as such. Rename the file.",
    )


def _detect_zip_type(path: Path, head: bytes) -> str:
    """Word, OpenDocument and others by what the package says of itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
            if "mimetype" in names:
                declared = _read_start(archive, names["mimetype"]).decode("ascii", errors="replace").strip()
                manifest = _read_start(archive, names.get("meta-inf/manifest.xml"))
                if b"encryption-data" in manifest and declared.startswith("application/vnd.oasis"):
                    raise office_encrypted()
                return ODT if declared == f"{ODT}-template" else declared or ZIP
            if "[content_types].xml" in names:
                types = _read_start(archive, names["[content_types].xml"]).decode(errors="replace").lower()
                for mark, media_type in _OOXML_KINDS:
                    if mark in types:
                        return media_type
            return DOCX if "word/document.xml" in names else ZIP
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        if b"word/" in head or b"[Content_Types].xml" in head:
            raise docx_damaged() from error
        raise CorruptSourceError(
            "zip_damaged",
            th="ไฟล์บีบอัดเสียหายหรือไม่ครบ โปรดขอไฟล์ใหม่จากหน่วยงาน",
            en="The archive is damaged or cut off. Ask the agency for a new one.",
        ) from error


def _read_start(archive: zipfile.ZipFile, name: str | None) -> bytes:
    """The first bytes of a member, enough for what a package says of itself."""
    if name is None:
        return b""
    with archive.open(name) as stream:
        return stream.read(HEAD_BYTES)


def _detect_other_binary(head: bytes) -> str | None:
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in {12, 40, 52, 56, 64, 108, 124}:
        return "image/bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return "image/heic"
    return "application/x-tar" if head[257:262] == b"ustar" else None


def _detect_headless_pdf(head: bytes) -> str | None:
    """A PDF that has lost its first line is a damaged PDF, not a text under a wrong name."""
    return PDF if _PDF_OBJECT.search(head) and not looks_like_mail(head) else None


def _detect_text_type(path: Path, head: bytes) -> str:
    if looks_like_mail(head):
        return MHT if b"multipart/related" in head[:4_096].lower() else EML
    if b"<?mso-application" in head or b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return WORD_XML
    if b"<office:document " in head:
        return FODT
    data = path.read_bytes() if path.stat().st_size <= MAX_TEXT_BYTES else head
    decoded = decode_text(data)
    return UNKNOWN if decoded is None else find_text_type(decoded.text, path.suffix)


def _unsupported(media_type: str) -> UnsupportedSourceError:
    """The error for a kind of file that no reader takes, saying what to do with it."""
    code = "unsupported_media_type"
    th, en = "โปรดขอแผนเป็น PDF หรือ Word จากหน่วยงาน", "Ask the agency for PDF or Word."
    if media_type == UNKNOWN:
        return UnsupportedSourceError(
            code,
            th=f"เนื้อไฟล์ไม่ใช่เอกสารชนิดที่รู้จัก หรือเสียหายจนจำไม่ได้ โปรดลองเปิดไฟล์ หากเปิดไม่ได้ {th}",
            en=f"The content is of no known kind, or damaged beyond recognition. Try to open it; else: {en}",
        )
    if media_type.startswith("image/"):
        code, th, en = "unsupported_image", "โปรดบันทึกเป็น JPEG หรือ PDF แล้วนำเข้าใหม่", "Save it as JPEG or PDF."
    elif media_type in {PPT, PPTX}:
        return UnsupportedSourceError(
            "unsupported_office",
            th="ไฟล์เป็นงานนำเสนอ (PowerPoint) ซึ่งยังไม่รองรับ โปรดบันทึกเป็น PDF แล้วนำเข้าใหม่",
            en="Presentations are not read. Save the file as PDF and put that in.",
        )
    elif media_type == MHT:
        return UnsupportedSourceError(
            "unsupported_web_archive",
            th="ไฟล์เป็นหน้าเว็บที่บันทึกเป็นไฟล์เดียว (.mht) ซึ่งยังไม่รองรับ โปรดเปิดใน Word แล้วบันทึกเป็น .docx",
            en="Web pages saved as one file (.mht) are not read. Open it in Word and save it as .docx.",
        )
    elif re.search(r"zip|rar|7z|gzip|tar|-xz", media_type):
        code, th, en = "unsupported_archive", "โปรดแตกไฟล์แล้วนำเข้าใหม่", "Unpack it and put the files in."
    shown = re.sub(r"[^\x21-\x7e]", "?", media_type)[:_MAX_SHOWN_TYPE]
    return UnsupportedSourceError(
        code, th=f"ไม่รองรับไฟล์ชนิด {shown} {th}", en=f"Files of type {shown} are not read. {en}"
    )
