"""Unpacking archives and mails."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from email.message import EmailMessage
from pathlib import Path

import libarchive
import pytest

from benchmarks.hostile.archives import THAI_NAME, rar
from extractors.containers.limits import ContainerLimits
from extractors.containers.member import Member, Unpacked
from extractors.containers.starts import may_hold_files
from extractors.containers.unpack import unpack

Files = dict[str, bytes]


def make_zip(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_other(path: Path, kind: str, files: Files) -> None:
    kinds = {".7z": ("7zip", None), ".tar.gz": ("gnutar", "gzip"), ".tar": ("gnutar", None), ".tar.xz": ("pax", "xz")}
    with libarchive.file_writer(str(path), *kinds[kind]) as archive:
        for name, content in files.items():
            archive.add_file_from_memory(name, len(content), content)


def run(tmp_path: Path, name: str, content: bytes, limits: ContainerLimits | None = None) -> Unpacked:
    path = tmp_path / name
    path.write_bytes(content)
    folder = tmp_path / "out"
    folder.mkdir()
    return unpack(path, name, folder, limits or ContainerLimits())


def codes(unpacked: Unpacked) -> dict[str, str | None]:
    return {member.inner_path: member.error.code if member.error else None for member in unpacked.members}


def test_members_are_written_under_their_hash_and_named_by_path(tmp_path: Path) -> None:
    """Traversal, absolute paths and control characters change no place on the disk."""
    files = {"../../up.txt": b"1", "/abs.txt": b"2", "แผน/ก.txt": b"3", "x\ny.txt": b"4"}
    unpacked = run(tmp_path, "a.zip", make_zip(files))
    assert list(codes(unpacked)) == ["", "up.txt", "abs.txt", "แผน/ก.txt", "x\N{REPLACEMENT CHARACTER}y.txt"]
    for member in unpacked.members[1:]:
        assert member.file_name and member.sha256 and member.file_name == f"{member.sha256}.txt"
        assert (tmp_path / "out" / member.file_name).is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "out"]


@pytest.mark.parametrize("kind", [".7z", ".tar.gz", ".tar", ".tar.xz"])
def test_other_archives_and_archives_in_them(tmp_path: Path, kind: str) -> None:
    """What libarchive reads gives the same rows as a zip."""
    make_other(tmp_path / f"b{kind}", kind, {"แผน ก.txt": b"one", "in.zip": make_zip({"d/two.txt": b"two"})})
    unpacked = run(tmp_path, f"a{kind}", (tmp_path / f"b{kind}").read_bytes())
    assert codes(unpacked) == {"": None, "แผน ก.txt": None, "in.zip": None, "in.zip!/d/two.txt": None}
    assert [member.media_type for member in unpacked.members if member.is_container][1:] == ["application/zip"]


def test_a_single_packed_file(tmp_path: Path) -> None:
    """A gzip without a tar inside holds one file, called as the archive without its ending."""
    assert codes(run(tmp_path, "plan.txt.gz", gzip.compress(b"one"))) == {"": None, "plan.txt": None}


def test_a_word_file_packed_by_itself_or_stored_in_an_archive_stays_whole(tmp_path: Path) -> None:
    """It is a zip too, and its end is the archive's end."""
    word = make_zip({"word/document.xml": b"<x/>"})
    assert codes(run(tmp_path, "plan.docx.gz", gzip.compress(word))) == {"": None, "plan.docx": None}
    (tmp_path / "again").mkdir()
    assert codes(run(tmp_path / "again", "a.rar", rar())) == {"": None, THAI_NAME: None}


def test_two_members_of_one_name_are_two_rows(tmp_path: Path) -> None:
    """The later one is numbered."""
    with pytest.warns(UserWarning, match="Duplicate"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.txt", "1")
            archive.writestr("a.txt", "2")
    assert list(codes(run(tmp_path, "a.zip", buffer.getvalue()))) == ["", "a.txt", "a.txt (2)"]


def test_an_encrypted_member_has_its_row_and_the_archive_says_so(tmp_path: Path) -> None:
    """The others are read."""
    content = bytearray(make_zip({"open.txt": b"1", "secret.txt": b"2"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.rindex(mark) + (6 if mark == b"PK\x03\x04" else 8)
        content[place] |= 1
    unpacked = run(tmp_path, "a.zip", bytes(content))
    assert codes(unpacked) == {"": "archive_members_unread", "open.txt": None, "secret.txt": "archive_encrypted"}
    assert unpacked.members[0].has_members


def test_links_have_no_content(tmp_path: Path) -> None:
    """A link points to a file of this machine, which is nobody's plan."""
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert codes(run(tmp_path, "a.zip", buffer.getvalue())) == {
        "": "archive_members_unread", "link.txt": "archive_link"
    }  # fmt: skip
    assert not any((tmp_path / "out").iterdir())


def test_a_bomb_is_stopped_and_what_came_before_is_kept(tmp_path: Path) -> None:
    """The ratio of unpacked to packed size gives it away before the disk is full."""
    limits = ContainerLimits(ratio_from_bytes=1_000_000)
    unpacked = run(tmp_path, "a.zip", make_zip({"a.txt": b"1", "bomb.txt": bytes(50_000_000), "b.txt": b"2"}), limits)
    assert codes(unpacked) == {"": "archive_too_large", "a.txt": None, "bomb.txt": "archive_too_large"}
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) < 2


@pytest.mark.parametrize(
    ("limits", "read"),
    [
        (ContainerLimits(max_members=2), 2),
        (ContainerLimits(max_total_bytes=250), 2),
        (ContainerLimits(max_member_bytes=50), 0),
    ],
)
def test_each_limit_holds(tmp_path: Path, limits: ContainerLimits, read: int) -> None:
    """Number of members, bytes in all, bytes of one."""
    unpacked = run(tmp_path, "a.zip", make_zip({f"{number}.bin": bytes([number]) * 100 for number in range(4)}), limits)
    assert sum(member.file_name is not None for member in unpacked.members) == read
    assert unpacked.members[0].error is not None


def test_archives_too_deep_are_named(tmp_path: Path) -> None:
    """Three levels are unpacked, the fourth has a row that says so."""
    content = make_zip({"plan.txt": b"x"})
    for number in range(3):
        content = make_zip({f"{number}.zip": content, f"{number}.txt": b"y%d" % number})
    found = codes(run(tmp_path, "a.zip", content))
    assert found["2.zip!/1.zip!/0.zip"] == "archive_too_deep"
    assert found["2.zip!/1.zip!/0.txt"] is None


@pytest.mark.parametrize("keep", [1.0, 0.5, 0.1])
def test_a_cut_archive_is_damaged_not_a_crash(tmp_path: Path, keep: float) -> None:
    """What can be read is, the rest is told."""
    content = make_zip({"a.txt": bytes(range(256)) * 40, "b.txt": bytes(range(255)) * 40})
    unpacked = run(tmp_path, "a.zip", content[: int(len(content) * keep)])
    own = unpacked.members[0]
    assert (own.error is None) == (keep == 1.0)


def test_an_empty_archive_and_system_files(tmp_path: Path) -> None:
    """System files are left out by name; with nothing else the archive is empty."""
    unpacked = run(tmp_path, "a.zip", make_zip({"__MACOSX/._a": b"1", "Thumbs.db": b"2", "d/~$a.docx": b"3"}))
    assert codes(unpacked) == {"": "archive_empty"}
    assert [reason for _, reason in unpacked.left_out] == [
        "hidden_or_system_file", "hidden_or_system_file", "office_lock_file"
    ]  # fmt: skip


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    """A Word file is a zip by its bytes, and a document by what it holds."""
    content = make_zip({"[Content_Types].xml": b"<x wordprocessingml.document.main/>", "word/document.xml": b"<x/>"})
    assert not may_hold_files(content)
    assert run(tmp_path, "a.docx", content) == Unpacked(members=())


def make_mail(inner: EmailMessage | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "ส่งแผน", "Sender <s@example.org>", "r@example.org"
    mail.set_content("ตามแนบ")
    mail.add_alternative("<p>ตามแนบ</p>", subtype="html")
    mail.add_attachment(b"plan", maintype="application", subtype="pdf", filename="../แผน 1.pdf")
    mail.add_attachment(make_zip({"in.txt": b"x"}), maintype="application", subtype="zip", filename="a.zip")
    if inner:
        mail.add_attachment(inner)
    return mail


def test_a_mail_gives_its_attachments(tmp_path: Path) -> None:
    """Files, archives and mails in the mail; its text is no file."""
    unpacked = run(tmp_path, "m.eml", make_mail(make_mail()).as_bytes())
    assert codes(unpacked) == {
        "": None,
        "แผน 1.pdf": None,
        "a.zip": None,
        "a.zip!/in.txt": None,
        "ส่งแผน.eml": None,
        "ส่งแผน.eml!/แผน 1.pdf": None,
        "ส่งแผน.eml!/a.zip": None,
        "ส่งแผน.eml!/a.zip!/in.txt": None,
    }
    mails: list[Member] = [member for member in unpacked.members if member.media_type == "message/rfc822"]
    assert [bool(mail.file_name) for mail in mails] == [False, True]


def test_an_attachment_named_in_the_thai_windows_page(tmp_path: Path) -> None:
    """Old mail programs write the name's bytes as they are."""
    mail = make_mail().as_bytes().replace(b'filename="a.zip"', 'filename="แผน.zip"'.encode("cp874"))
    assert "แผน.zip!/in.txt" in codes(run(tmp_path, "m.eml", mail))
