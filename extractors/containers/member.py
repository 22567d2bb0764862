"""What comes out of an archive or mail, as plain values; imported by all, so it brings no reader."""

from __future__ import annotations

from dataclasses import dataclass

from docmodel.errors import BcpError

MEMBER_MARK = "!/"
"""Stands between an archive's path and the path inside it."""
MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook"})
"""Containers that are documents too: the message itself is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file from inside, or the container itself (``inner_path`` empty).

    ``file_name`` is its name in the folder it was unpacked to; None for the container itself and for what could not be
    unpacked. ``media_type`` is set for containers alone. ``error`` says why it, or a part of it, could not be unpacked;
    ``has_members`` tells a container of which something could.
    """

    inner_path: str
    sha256: str | None = None
    size_bytes: int | None = None
    file_name: str | None = None
    media_type: str | None = None
    error: BcpError | None = None
    has_members: bool = False

    @property
    def is_container(self) -> bool:
        """Whether this is an archive or mail."""
        return self.media_type is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """All that came out of a container, itself first; empty where the file turned out to be none. ``left_out`` are the
    paths of system files and lock files, with the reason."""

    members: tuple[Member, ...]
    left_out: tuple[tuple[str, str], ...] = ()
