"""A mail as a value: who sent it about what, its text and its attachments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attached file: its name as the mail gives it (None: none) and its bytes."""

    name: str | None
    content: bytes
    is_inline_picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail. ``html`` is its text where there is no plain one."""

    subject: str | None
    sender: str | None
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]
