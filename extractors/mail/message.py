"""Reads mails, from ``.eml`` and Outlook's ``.msg``, into values."""

from __future__ import annotations

import email
import email.policy
import struct
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from docmodel.errors import CorruptSourceError
from extractors.mail.mail import Attachment, Mail
from extractors.ole import MSG
from extractors.text.decoding import decode_text

EML = "message/rfc822"
_SIGNATURE_PICTURE_BYTES = 64 * 1024
"""A picture inside the text up to this size is a logo or a signature, a larger one may be a photographed page."""
_THAI_CHARSETS = frozenset({"windows-874", "x-windows-874", "tis-620", "tis620", "iso-8859-11", "cp874", "dos-874"})


def read_mail(path: Path, media_type: str) -> Mail:
    """Read a mail file; raises CorruptSourceError where it is damaged. Nothing a mail links to is fetched."""
    try:
        return _read_msg(path) if media_type == MSG else _read_eml(path)
    # the parsers meet whatever bytes there are; olefile's errors are OSErrors
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        AssertionError,
        struct.error,
        RecursionError,
    ) as error:
        raise CorruptSourceError(
            "mail_damaged",
            th="ไฟล์อีเมลเสียหายหรือไม่ครบ โปรดบันทึกไฟล์แนบออกมาแล้วนำเข้าใหม่",
            en="The mail file is damaged or cut off. Save its attachments as files and put those in.",
        ) from error


def _read_eml(path: Path) -> Mail:
    with path.open("rb") as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    bodies = {id(part) for part in (plain, html) if part is not None}
    return Mail(
        subject=_header(message, "subject"),
        sender=_header(message, "from"),
        text=_part_text(plain),
        html=_part_text(html),
        attachments=tuple(_eml_attachments(message, bodies)),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    return " ".join(str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace").split()) if value else None


def _part_text(part: MIMEPart | None) -> str | None:
    payload = part.get_payload(decode=True) if part is not None else None
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    assert part is not None
    charset = (part.get_content_charset() or "").lower()
    if charset in _THAI_CHARSETS:
        return payload.decode("cp874", errors="replace")
    try:
        return payload.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        decoded = decode_text(payload)
        return decoded.text if decoded else None


def _eml_attachments(message: EmailMessage, bodies: set[int]) -> Iterator[Attachment]:
    """Every part with content that is not the mail's own text; a mail in the mail is one file."""
    if message.get_content_type() == "message/rfc822":
        for inner in message.get_payload():
            assert isinstance(inner, EmailMessage)
            name = _header(inner, "subject")
            yield Attachment(name=f"{name or 'message'}.eml".replace("/", "_"), content=inner.as_bytes())
        return
    if message.is_multipart():
        for part in message.iter_parts():
            assert isinstance(part, EmailMessage)
            yield from _eml_attachments(part, bodies)
        return
    name = message.get_filename()
    if id(message) in bodies and not name:
        return
    content = message.get_payload(decode=True)
    # the HTML twin of a plain text is no file either
    if not isinstance(content, bytes) or (not name and message.get_content_maintype() == "text"):
        return
    inline = message.get_content_disposition() != "attachment" and message["content-id"] is not None
    is_picture = message.get_content_maintype() == "image"
    yield Attachment(
        name=name,
        content=content,
        is_inline_picture=inline and is_picture and len(content) <= _SIGNATURE_PICTURE_BYTES,
    )


def _read_msg(path: Path) -> Mail:
    from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError  # noqa: PLC0415

    from extractors.mail.outlook import read_outlook  # noqa: PLC0415  # only mails of Outlook need it

    try:
        return read_outlook(path)
    except (UnrecognizedCodePageError, UnsupportedEncodingError) as error:
        raise ValueError("code page") from error
