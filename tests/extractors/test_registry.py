"""Files told by their content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docmodel.errors import CorruptSourceError, EncryptedSourceError, UnsupportedSourceError
from extractors.registry import DOC, DOCX, ODT, PDF, RTF, detect_media_type, find_extension_issue, find_reader

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
THAI = "แผนความต่อเนื่องของหน่วยงาน"


def make_zip(**members: str) -> bytes:
    """A zip with some members; a dot in a name is written as two underscores, a slash as three."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return data.getvalue()


def content_types(kind: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override PartName="/x" ContentType="{kind}"/></Types>')
    return data.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n...", PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4\n...", PDF),
        (content_types(f"{OFFICE}wordprocessingml.document.main+xml"), DOCX),
        (
            content_types("application/vnd.ms-word.document.macroEnabled.main+xml"),
            "application/vnd.ms-word.document.macroenabled.12",
        ),
        (content_types(f"{OFFICE}spreadsheetml.sheet.main+xml"), f"{OFFICE}spreadsheetml.sheet"),
        (content_types(f"{OFFICE}presentationml.presentation.main+xml"), f"{OFFICE}presentationml.presentation"),
        (make_zip(word___document__xml="<x/>"), DOCX),
        (make_zip(mimetype=ODT), ODT),
        (make_zip(a__pdf="x"), "application/zip"),
        (b"{\\rtf1\\ansi ...}", RTF),
        (THAI.encode(), "text/plain"),
        (THAI.encode("cp874"), "text/plain"),
        (THAI.encode("utf-16"), "text/plain"),
        (f"## {THAI}\n\nก\n".encode(), "text/markdown"),
        (f"<!DOCTYPE html><html><body>{THAI}</body></html>".encode(), "text/html"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"PDF-1.\n%\xe2\xe3\n1 0 obj\n<</Type/Catalog>>endobj\n", "application/pdf"),
        (b"%nothing\r\n\r\n12 0 obj\r\n<< >>", "application/pdf"),
        ("วัตถุ 1 0 obj ในข้อความ".encode(), "text/plain"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"II*\x00....", "image/tiff"),
        (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
        (b"7z\xbc\xaf\x27\x1c....", "application/x-7z-compressed"),
        (b"Received: from a\r\nFrom: b@c.test\r\nMIME-Version: 1.0\r\n\r\nx", "message/rfc822"),
        (
            b"From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n\r\n",
            "application/x-mimearchive",
        ),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "application/vnd.ms-word.xml"),
        (b"\x00\x01\x02\x03" * 30, "application/octet-stream"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_kind_by_content(tmp_path: Path, data: bytes, media_type: str) -> None:
    """The content decides, whatever the name says."""
    path = tmp_path / "plan.xyz"
    path.write_bytes(data)
    assert detect_media_type(path) == media_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\x00" * 5_000, "empty_file"),
        (b" \r\n\t", "empty_file"),
        (content_types("wordprocessingml.document.main")[:60], "docx_damaged"),
        (make_zip(a__pdf="x" * 99)[:50], "zip_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "ole_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000, "ole_damaged"),
    ],
    ids=("nothing", "zero_bytes", "white_space", "cut_docx", "cut_zip", "old_office_zeros", "old_office_ones"),
)
def test_damaged_files(tmp_path: Path, data: bytes, code: str) -> None:
    """Empty and cut files each have their error, in Thai and English."""
    path = tmp_path / "plan.docx"
    path.write_bytes(data)
    with pytest.raises(CorruptSourceError) as caught:
        detect_media_type(path)
    assert caught.value.code == code
    assert caught.value.message_th
    assert caught.value.message_en


def test_encrypted_opendocument(tmp_path: Path) -> None:
    """An OpenDocument file with a password is told before LibreOffice is started."""
    path = tmp_path / "plan.odt"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    path.write_bytes(data.getvalue())
    with pytest.raises(EncryptedSourceError):
        detect_media_type(path)


def make_ole(stream_name: str, content: bytes) -> bytes:
    """The smallest OLE2 file with one stream: header, allocation table, directory, and the stream's 4096 bytes."""
    end, free, table_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

    def numbers(*values: int) -> bytes:
        return b"".join(value.to_bytes(4, "little") for value in values)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + b"\x00" * 6
    header += numbers(0, 1, 1, 0, 4096, end, 0, end, 0, 0) + numbers(free) * 108
    chain = [table_sector, end, *range(3, 10), end]
    table = numbers(*chain) + numbers(free) * (128 - len(chain))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        record = raw.ljust(64, b"\x00") + (len(raw) + 2 if name else 0).to_bytes(2, "little") + bytes([kind, 1])
        return record + numbers(free, free, child) + b"\x00" * 36 + numbers(start, size, 0)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream_name, 2, free, 2, 4096) + entry("", 0, free, 0, 0) * 2
    return header + table + directory + content.ljust(4096, b"\x00")


@pytest.mark.parametrize(
    ("stream", "media_type"),
    [
        ("WordDocument", DOC),
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
        ("Something", "application/x-ole-storage"),
    ],
)
def test_old_office_files_by_their_streams(tmp_path: Path, stream: str, media_type: str) -> None:
    """Word, mail, workbook and slides of the old container are told apart by what is in it."""
    path = tmp_path / "plan.doc"
    path.write_bytes(make_ole(stream, b""))
    assert detect_media_type(path) == media_type


@pytest.mark.parametrize(
    ("stream", "content"),
    [("EncryptedPackage", b""), ("WordDocument", b"\xec\xa5\xc1\x00" + b"\x00" * 6 + b"\x00\x01")],
)
def test_files_with_a_password(tmp_path: Path, stream: str, content: bytes) -> None:
    """A new Word file in its encrypted wrapping and an old one with its flag set are both told as protected."""
    path = tmp_path / "plan.docx"
    path.write_bytes(make_ole(stream, content))
    with pytest.raises(EncryptedSourceError) as caught:
        detect_media_type(path)
    assert caught.value.code == "office_encrypted"


@pytest.mark.parametrize(
    ("media_type", "code"),
    [
        ("image/png", "unsupported_image"),
        ("application/zip", "unsupported_archive"),
        ("application/vnd.rar", "unsupported_archive"),
        ("application/vnd.ms-powerpoint", "unsupported_office"),
        ("application/x-mimearchive", "unsupported_web_archive"),
        ("application/x-ole-storage", "unsupported_media_type"),
        ("application/octet-stream", "unsupported_media_type"),
    ],
)
def test_kinds_without_a_reader(media_type: str, code: str) -> None:
    """What cannot be read says so, and what to do."""
    with pytest.raises(UnsupportedSourceError) as caught:
        find_reader(media_type)
    assert caught.value.code == code


@pytest.mark.parametrize("media_type", [DOCX, DOC, ODT, RTF, "text/plain", "text/markdown", "text/html"])
def test_each_kind_has_its_reader(media_type: str) -> None:
    """The reader found takes the kind."""
    assert media_type in find_reader(media_type).media_types


@pytest.mark.parametrize(
    ("source_path", "media_type", "wrong"),
    [
        ("a/plan.pdf", PDF, False),
        ("a/plan.PDF", PDF, False),
        ("a/plan.doc", DOCX, True),
        ("a/plan.docx", PDF, True),
        ("a/plan.doc", RTF, False),
        ("a/plan", PDF, False),
        ("a/แผน.ปี2566", PDF, False),
        ("a/plan.txt", "text/markdown", False),
    ],
)
def test_wrong_extensions_are_noted(source_path: str, media_type: str, wrong: bool) -> None:
    """A name that says another kind is an issue; one that says nothing is none."""
    issue = find_extension_issue(source_path, media_type)
    assert (issue is not None) is wrong
    assert issue is None or issue.code == "wrong_extension"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample plans are not here")
def test_samples_are_what_they_are_named() -> None:
    """The content of every real file agrees with its name."""
    for path in sorted(SAMPLES.iterdir()):
        assert find_extension_issue(path.name, detect_media_type(path)) is None, path.name
