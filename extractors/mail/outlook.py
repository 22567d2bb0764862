"""Outlook's mail files: Thai in the old code page, and mails attached to mails."""

from __future__ import annotations

import codecs
import email.header
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any

from oxmsg import Message
from oxmsg.properties import Properties

from extractors.mail.mail import Attachment, Mail

_INNER_MAIL = "__substg1.0_3701000D"
_INNER_HEADER_BYTES = 24
"""A mail in a mail lacks the last eight bytes of a mail's own header."""
_DISPLAY_NAME = 0x3001
_THAI_BYTES = re.compile(rb"[\xa1-\xfb]{3}")
"""Three accented letters in a row: Thai in the Windows code page that no field of the file names."""


def read_outlook(path: Path) -> Mail:
    """Read a ``.msg`` file. Raises whatever the parser meets in a damaged one."""
    _know_thai_page()
    return _to_mail(Message.load(str(path)))


class _InnerMessage(Message):
    """A mail that stands in another one."""

    @cached_property
    def _properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=_INNER_HEADER_BYTES)


def _to_mail(message: Any) -> Mail:
    return Mail(
        subject=_thai(message.subject) or None,
        sender=_thai(_decode_words(message.sender)),
        text=_thai(message.body) or None,
        html=message.html_body,
        attachments=tuple(_attachments(message)),
    )


def _attachments(message: Any) -> Iterator[Attachment]:
    for attachment in message.attachments:
        inner = next((each for each in attachment._storage.storages if each.name == _INNER_MAIL), None)
        name = _thai(attachment.file_name)
        if inner is None:
            yield Attachment(name=name, content=attachment.file_bytes or b"")
            continue
        mail = _to_mail(_InnerMessage(inner))
        shown = mail.subject or name or _thai(attachment.properties.str_prop_value(_DISPLAY_NAME)) or "message"
        yield Attachment(name=f"{shown}.eml".replace("/", "_"), content=_to_eml(mail))


def _to_eml(mail: Mail) -> bytes:
    """The mail as an Internet mail, which the same way leads to as for any other file in a mail."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = _one_line(mail.subject)
    message["From"] = _one_line(mail.sender)
    message["MIME-Version"] = "1.0"
    if mail.html and not mail.text:
        message.set_content(mail.html, subtype="html")
    else:
        message.set_content(mail.text or "")
    for attachment in mail.attachments:
        message.add_attachment(
            attachment.content,
            maintype="application",
            subtype="octet-stream",
            filename=_one_line(attachment.name) or "attachment",
        )
    return message.as_bytes()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").encode("utf-8", "replace").decode().split())


def _thai(text: str | None) -> str | None:
    """A text that the parser took for Western European for want of a code page, in Thai where it is."""
    try:
        raw = (text or "").encode("iso8859-15")
        return raw.decode("cp874") if _THAI_BYTES.search(raw) else text
    except UnicodeError:
        return text


def _decode_words(text: str | None) -> str | None:
    try:
        return str(email.header.make_header(email.header.decode_header(text))) if text else None
    except (LookupError, ValueError):
        return text


def _know_thai_page() -> None:
    """Outlook calls the Thai code page by a name that Python does not know."""
    try:
        codecs.lookup("windows-874")
    except LookupError:
        codecs.register(lambda name: codecs.lookup("cp874") if name in ("windows_874", "windows-874") else None)
