"""Mails as documents."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from docmodel.errors import CorruptSourceError
from extractors.base import ReadLimits
from extractors.mail import MailReader
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
