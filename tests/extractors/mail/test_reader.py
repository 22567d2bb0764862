"""Mails as documents."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from benchmarks.hostile.outlook import mail_storage, outlook_mail
from docmodel.errors import CorruptSourceError
from extractors.base import ReadLimits
from extractors.containers.unpack import unpack
from extractors.mail import Mail, MailReader
from extractors.mail.message import read_mail
from pipeline.sources import read_source


def texts(path: Path) -> list[str]:
    document = MailReader().read(read_source(path, path.name), ReadLimits())
    return [block.text for page in document.pages for block in page.text_blocks()]


def test_subject_and_sender_stand_in_front(tmp_path: Path) -> None:
    """They often name the agency; the message follows."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "ขอส่งแผน เทศบาลตัวอย่าง", "office@example.org"
    mail.set_content("เรียน ผู้อำนวยการ\n\nขอส่งแผนตามแนบ")
    (tmp_path / "m.eml").write_bytes(mail.as_bytes())
    assert texts(tmp_path / "m.eml") == [
        "เรื่อง: ขอส่งแผน เทศบาลตัวอย่าง", "จาก: office@example.org", "เรียน ผู้อำนวยการ", "ขอส่งแผนตามแนบ"
    ]  # fmt: skip


def test_a_message_in_the_thai_windows_page(tmp_path: Path) -> None:
    """The name of the page that mail programs use is not one that Python knows."""
    head = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-874\n\n"
    (tmp_path / "m.eml").write_bytes(head + "ขอส่งแผน".encode("cp874"))
    assert texts(tmp_path / "m.eml")[-1] == "ขอส่งแผน"


def test_nothing_is_fetched_for_a_message_in_markup(tmp_path: Path) -> None:
    """The text of the markup is read and its pictures stay where they are."""
    head = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    (tmp_path / "m.eml").write_bytes(head + '<p>แผน</p><img src="http://127.0.0.1:9/x.png">'.encode())
    assert texts(tmp_path / "m.eml")[-1] == "แผน"


def test_a_damaged_outlook_mail_says_so(tmp_path: Path) -> None:
    """Bytes that only start like a mail of Outlook."""
    (tmp_path / "m.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    with pytest.raises(CorruptSourceError, match="mail_damaged"):
        read_mail(tmp_path / "m.msg", "application/vnd.ms-outlook")


def outlook(tmp_path: Path, content: bytes) -> Mail:
    (tmp_path / "m.msg").write_bytes(content)
    return read_mail(tmp_path / "m.msg", "application/vnd.ms-outlook")


def test_a_mail_of_outlook_with_its_attachments(tmp_path: Path) -> None:
    """Sender, subject, text, and files as they were attached, short and long."""
    files = {"แผน.txt": "แผน".encode(), "ภาพ.bin": bytes(5_000)}
    content = outlook_mail("ขอส่งแผน เทศบาลตัวอย่าง", "เรียน ผู้อำนวยการ\nตามแนบ", files)
    mail = outlook(tmp_path, content)
    assert {attachment.name: attachment.content for attachment in mail.attachments} == files
    assert texts(tmp_path / "m.msg") == [
        "เรื่อง: ขอส่งแผน เทศบาลตัวอย่าง",
        'จาก: "ผู้ส่งตัวอย่าง" <sender@example.org>',
        "เรียน ผู้อำนวยการ",
        "ตามแนบ",
    ]


def test_a_mail_in_a_mail_of_outlook_is_a_file(tmp_path: Path) -> None:
    """With its own subject, text and attachments, whose plan would else be lost."""
    deepest = mail_storage("ฉบับแรก", "ข้อความแรก", {"แผน.txt": b"plan"}, is_inside=True)
    middle = mail_storage("ฉบับสอง", "ข้อความสอง", {"m": deepest}, is_inside=True)
    (tmp_path / "m.msg").write_bytes(outlook_mail("ส่งต่อ", "ดูตามแนบ", {"ฉบับสอง": middle}))
    (tmp_path / "out").mkdir()
    unpacked = unpack(tmp_path / "m.msg", "m.msg", tmp_path / "out")
    assert [member.inner_path for member in unpacked.members] == [
        "", "ฉบับสอง.eml", "ฉบับสอง.eml!/ฉบับแรก.eml", "ฉบับสอง.eml!/ฉบับแรก.eml!/แผน.txt"
    ]  # fmt: skip
    assert all(member.error is None for member in unpacked.members)
    stored = tmp_path / "out" / str(unpacked.members[2].file_name)
    assert texts(stored) == ["เรื่อง: ฉบับแรก", "จาก: ผู้ส่งตัวอย่าง <sender@example.org>", "ข้อความแรก"]


@pytest.mark.parametrize("code_page", [874, None])
def test_thai_of_old_mail_programs(tmp_path: Path, code_page: int | None) -> None:
    """Texts in the Thai Windows page, which Outlook names in its own way or not at all."""
    content = outlook_mail("ขอส่งแผนของเทศบาล", "ตามแนบ", {"แผน.txt": b"x"}, code_page=code_page, is_old=True)
    mail = outlook(tmp_path, content)
    assert (mail.subject, mail.text, mail.attachments[0].name) == ("ขอส่งแผนของเทศบาล", "ตามแนบ", "แผน.txt")
