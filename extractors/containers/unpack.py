"""Unpacks an archive or mail with all that stands inside it into files named by their content."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from docmodel.errors import BcpError, EngineError, SourceError
from extractors.containers.archives import RawMember, is_plain_packed, list_other, list_zip
from extractors.containers.errors import archive_empty, archive_too_deep, archive_too_large, members_unread
from extractors.containers.limits import DEFAULT_LIMITS, ContainerLimits
from extractors.containers.member import MAIL_TYPES, MEMBER_MARK, Member, Unpacked
from extractors.containers.names import clean_path, repair_surrogates
from extractors.containers.starts import may_hold_files
from extractors.mail.message import read_mail
from extractors.registry import HEAD_BYTES, ZIP, detect_media_type

_PACKED_TYPES = frozenset({"application/gzip", "application/x-bzip2", "application/x-xz"})
_OTHER_ARCHIVES = frozenset({"application/x-7z-compressed", "application/vnd.rar", "application/x-tar"}) | _PACKED_TYPES
CONTAINER_TYPES = MAIL_TYPES | _OTHER_ARCHIVES | {ZIP}
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}\Z")
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini"})


def unpack(path: Path, name: str, folder: Path, limits: ContainerLimits = DEFAULT_LIMITS) -> Unpacked:
    """Unpack a file and the archives inside it into a folder.

    ``name`` is the file's own, needed for a packed single file. No name from inside is ever used on the disk. Raises
    EngineError where the disk is full and EngineMissingError without libarchive; what is wrong with the files
    themselves stands in their members.
    """
    job = _Job(folder=folder, limits=limits, packed_bytes=max(1, path.stat().st_size))
    try:
        media_type = detect_media_type(path)
    except SourceError:
        with path.open("rb") as stream:
            is_zip = stream.read(2) == b"PK"
        media_type = ZIP if is_zip and not zipfile.is_zipfile(path) else ""
    if media_type not in CONTAINER_TYPES:
        return Unpacked(members=())
    own = job.unpack(path, name, "", media_type, depth=1)
    return Unpacked(members=(own, *job.members), left_out=tuple(job.left_out))


@dataclass(slots=True, kw_only=True)
class _Job:
    """The unpacking of one file of the input, with what was used up of its limits."""

    folder: Path
    limits: ContainerLimits
    packed_bytes: int
    members: list[Member] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    total_bytes: int = 0
    _paths: set[str] = field(default_factory=set)
    _stopped: BcpError | None = None

    def unpack(self, path: Path, name: str, inner_path: str, media_type: str, depth: int) -> Member:
        """Unpack a container; its own member comes back, those inside are noted."""
        found = unread = 0
        error: BcpError | None = None
        try:
            with closing(_list_members(path, name, media_type)) as raw_members:
                for raw in raw_members:
                    reason = _skip_reason(raw.name)
                    if reason:
                        self.left_out.append((self._join(inner_path, raw.name), reason))
                        continue
                    if len(self.members) >= self.limits.max_members:
                        self._stopped = archive_too_large("มีจำนวนไฟล์", f"{self.limits.max_members} files")
                        break
                    found += 1
                    unread += not self._take(raw, inner_path, depth)
                    if self._stopped:
                        break
        except SourceError as fault:
            error = fault
        error = self._stopped or error
        if error is None and found == 0 and media_type not in MAIL_TYPES:
            error = archive_empty()
        if error is None and unread:
            error = members_unread(unread, found)
        return Member(inner_path=inner_path, media_type=media_type, error=error, has_members=found > unread)

    def _take(self, raw: RawMember, inner_path: str, depth: int) -> bool:
        """Note a member, unpacked where it can be; whether it could."""
        shown = self._free_path(self._join(inner_path, raw.name))
        try:
            if raw.error is not None:
                raise raw.error
            stored, sha256, size_bytes = self._write(raw)
        except SourceError as error:
            self.members.append(Member(inner_path=shown, error=error))
            return False
        member = Member(inner_path=shown, sha256=sha256, size_bytes=size_bytes, file_name=stored.name)
        media_type = self._container_type(stored)
        if media_type is None:
            self.members.append(member)
            return True
        if depth >= self.limits.max_depth:
            self.members.append(
                Member(inner_path=shown, sha256=sha256, size_bytes=size_bytes, error=archive_too_deep(depth))
            )
            return False
        place = len(self.members)
        own = self.unpack(stored, PurePosixPath(shown).name, shown, media_type, depth + 1)
        self.members.insert(
            place,
            Member(
                inner_path=shown,
                sha256=sha256,
                size_bytes=size_bytes,
                file_name=stored.name if media_type in MAIL_TYPES else None,
                media_type=media_type,
                error=own.error,
                has_members=own.has_members,
            ),
        )
        return True

    def _write(self, raw: RawMember) -> tuple[Path, str, int]:
        """The member's bytes in a file called by their hash. Raises SourceError at a limit or a fault."""
        beside = self.folder / f".part-{os.getpid()}"
        digest = hashlib.sha256()
        size_bytes = 0
        try:
            with beside.open("wb") as stream:
                for chunk in raw.chunks():
                    size_bytes += len(chunk)
                    self.total_bytes += len(chunk)
                    self._check_limits(size_bytes)
                    digest.update(chunk)
                    stream.write(chunk)
            suffix = PurePosixPath(raw.name).suffix.lower()
            name = digest.hexdigest() + (suffix if _SAFE_SUFFIX.match(suffix) else "")
            return beside.replace(self.folder / name), digest.hexdigest(), size_bytes
        except OSError as error:
            raise _disk_error(error) from error
        finally:
            beside.unlink(missing_ok=True)

    def _check_limits(self, size_bytes: int) -> None:
        limits = self.limits
        if size_bytes > limits.max_member_bytes:
            raise archive_too_large("มีไฟล์ใหญ่", f"{limits.max_member_bytes // 1_000_000} MB for one file")
        if self.total_bytes > limits.max_total_bytes:
            self._stopped = archive_too_large("มีขนาดรวม", f"{limits.max_total_bytes // 1_000_000} MB in all")
        elif self.total_bytes > limits.ratio_from_bytes and self.total_bytes > limits.max_ratio * self.packed_bytes:
            self._stopped = archive_too_large("ขยายตัว", f"{limits.max_ratio:.0f} times its packed size")
        if self._stopped:
            raise self._stopped

    @staticmethod
    def _container_type(path: Path) -> str | None:
        """The media type of an archive or mail; None for a document, and for what its own reader will complain of."""
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        if not may_hold_files(head):
            return None
        try:
            media_type = detect_media_type(path)
        except SourceError:
            return None
        return media_type if media_type in CONTAINER_TYPES else None

    def _join(self, inner_path: str, name: str) -> str:
        shown = clean_path(name, max_name_chars=self.limits.max_name_chars) or "unnamed"
        return f"{inner_path}{MEMBER_MARK}{shown}" if inner_path else shown

    def _free_path(self, path: str) -> str:
        """The path, numbered where the archive holds two members of one name."""
        free, number = path, 2
        while free in self._paths:
            free = f"{path} ({number})"
            number += 1
        self._paths.add(free)
        return free


def _list_members(path: Path, name: str, media_type: str) -> Generator[RawMember, None, None]:
    if media_type in MAIL_TYPES:
        return _list_attachments(path, media_type)
    if media_type == ZIP:
        return list_zip(path)
    if media_type in _PACKED_TYPES and is_plain_packed(path):
        return list_other(path, raw_name=PurePosixPath(name).stem)
    return list_other(path)


def _list_attachments(path: Path, media_type: str) -> Generator[RawMember, None, None]:
    for number, attachment in enumerate(read_mail(path, media_type).attachments, start=1):
        if attachment.is_inline_picture:
            continue
        name = repair_surrogates(attachment.name or f"attachment-{number}")
        yield RawMember(name=name, chunks=_chunks_of(attachment.content))


def _chunks_of(content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter((content,) if content else ())


def _skip_reason(name: str) -> str | None:
    """Why a member is no input, as for files of the input folder; None when it is one."""
    parts = clean_path(name).split("/")
    last = parts[-1].lower()
    if last in _SYSTEM_NAMES or any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "hidden_or_system_file"
    return "office_lock_file" if last.startswith("~$") else None


def _disk_error(error: OSError) -> EngineError:
    return EngineError(
        "unpacking_failed",
        th="เขียนไฟล์ที่แตกออกมาไม่ได้ กรุณาตรวจสอบพื้นที่ว่างในดิสก์แล้วสั่งซ้ำ",
        en=f"The unpacked files cannot be written ({error.strerror}); free disk space, then run again.",
    )
