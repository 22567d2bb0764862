"""Finds the input files: what to read, what is left out and why, in an order that does not depend on the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from docmodel.document import SourceFile
from docmodel.errors import BcpError, ConfigError, CorruptSourceError, SourceError

_HASH_CHUNK_BYTES = 1 << 20
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_COMPANION_STEMS = ("readme", "expected", "index")
_COMPANION_SUFFIXES = frozenset({"", ".md", ".txt", ".json", ".yaml", ".yml", ".tsv"})
_COMPANION_FILES = frozenset({"corrections.csv", "agencies.csv", "bcp.yaml"})
"""Files that people lay beside plans: a note on the folder, expected truth, the reviewers' corrections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file of the input folder that is no input, with the reason in a word."""

    source_path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFile:
    """An input file whose bytes could not be read at all."""

    source_path: str
    error: BcpError

    @property
    def document_id(self) -> str:
        """16 hex digits of the path's hash, since there is no content to name it by."""
        return hashlib.sha256(f"unreadable:{self.source_path}".encode(errors="replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """All files of the input, each sorted by path."""

    sources: tuple[SourceFile, ...]
    unreadable: tuple[UnreadableFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()


def find_sources(input_path: Path, *, only: str | None = None) -> SourceList:
    """All input files under a folder (or the one file given).

    ``only`` keeps the paths that match a shell pattern, against the whole relative path or the file name.
    Raises ConfigError when the input does not exist.
    """
    if not input_path.exists():
        raise ConfigError(
            "input_missing",
            th=f"ไม่พบโฟลเดอร์หรือไฟล์นำเข้า {input_path} กรุณาตรวจสอบที่อยู่แล้วสั่งซ้ำ",
            en=f"The input {input_path} does not exist; check the path and run again.",
        )
    root = input_path if input_path.is_dir() else input_path.parent
    paths = sorted(_walk(root)) if input_path.is_dir() else [input_path]
    sources: list[SourceFile] = []
    unreadable: list[UnreadableFile] = []
    skipped: list[SkippedFile] = []
    for path in paths:
        source_path = readable_path(path.relative_to(root))
        if only and not (fnmatchcase(source_path, only) or fnmatchcase(path.name, only)):
            continue
        reason = find_skip_reason(path)
        if reason and input_path.is_dir():
            skipped.append(SkippedFile(source_path=source_path, reason=reason))
            continue
        try:
            sources.append(read_source(path, source_path))
        except SourceError as error:
            unreadable.append(UnreadableFile(source_path=source_path, error=error))
    return SourceList(sources=tuple(sources), unreadable=tuple(unreadable), skipped=tuple(skipped))


def read_source(path: Path, source_path: str) -> SourceFile:
    """A file with its size and the hash of its content. Raises SourceError when its bytes cannot be read."""
    digest = hashlib.sha256()
    size_bytes = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_HASH_CHUNK_BYTES):
                digest.update(chunk)
                size_bytes += len(chunk)
    except OSError as error:
        raise CorruptSourceError(
            "file_unreadable",
            th="เปิดไฟล์ไม่ได้ กรุณาตรวจสอบสิทธิ์การอ่านและสื่อเก็บข้อมูล แล้วสั่งซ้ำ",
            en=f"The file cannot be opened ({error.strerror or 'read error'}); check its permissions and the disk, "
            "then run again.",
        ) from error
    return SourceFile(source_path=source_path, path=path, size_bytes=size_bytes, sha256=digest.hexdigest())


def find_skip_reason(path: Path) -> str | None:
    """Why a file of the input folder is no input; None when it is one."""
    name = path.name.lower()
    if path.name.startswith(".") or name in _SYSTEM_FILES:
        return "hidden_or_system_file"
    if name.startswith("~$"):
        return "office_lock_file"
    if not path.is_file():
        return "not_a_regular_file"
    if name in _COMPANION_FILES:
        return "companion_file"
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # Path would read ".md" alone as a stem
    if suffix in _COMPANION_SUFFIXES and stem in _COMPANION_STEMS:
        return "companion_file"
    if name.endswith((".expected.json", ".expected.yaml")):
        return "companion_file"
    return None


def readable_path(relative: Path) -> str:
    """The path with ``/`` between its parts, also where the disk holds a name in the old Thai Windows code page."""
    return "/".join(_readable_name(part) for part in relative.parts)


def _readable_name(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("cp874")
        except UnicodeDecodeError:
            return raw.decode("ascii", errors="backslashreplace")
    return name


def _walk(root: Path) -> Iterator[Path]:
    """All files below a folder; hidden folders and links to folders are not entered."""
    for folder, folder_names, file_names in os.walk(root, followlinks=False):
        folder_names[:] = sorted(name for name in folder_names if not name.startswith("."))
        for name in file_names:
            yield Path(folder, name)
