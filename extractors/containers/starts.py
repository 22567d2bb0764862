"""Tells from a file's first bytes whether it can be an archive or mail; brings no reader, since every file is asked."""

from __future__ import annotations

import re

_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE_STARTS = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_DOCUMENT_PARTS = re.compile(rb"(?:\[Content_Types\]\.xml|mimetype|_rels/|docProps/|word/|xl/|ppt/|customXml/)")
_MAIL_HEADER = re.compile(
    rb"\A(?:From |(?:Received|Return-Path|Delivered-To|From|To|Subject|Date|MIME-Version|Message-ID|X-[\w-]+):)",
    re.IGNORECASE,
)
_MAIL_MARK = re.compile(rb"^(?:MIME-Version|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
_OLD_WORD = "WordDocument".encode("utf-16-le")
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")


def may_hold_files(head: bytes) -> bool:
    """Whether a file that starts so can be an archive or mail; some old Office files may seem so, and cost a look."""
    if head.startswith(b"PK"):
        name_length = int.from_bytes(head[26:28], "little")
        return not _DOCUMENT_PARTS.match(head[30 : 30 + name_length])
    if head.startswith(_OLE_START):
        return _OUTLOOK in head or _OLD_WORD not in head
    return head.startswith(_ARCHIVE_STARTS) or head[257:262] == b"ustar" or looks_like_mail(head)


def looks_like_mail(head: bytes) -> bool:
    """Whether a file that starts so is an Internet mail or a web page saved as one."""
    return bool(_MAIL_HEADER.match(head) and _MAIL_MARK.search(head))
