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
from extractors.containers.member import MEMBER_MARK
from extractors.containers.names import clean_name
from extractors.containers.starts import may_hold_files
from pipeline.file_index import FileIndex, KnownFile

_HASH_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 64 * 1024
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
class Container:
    """An archive of the input: what kind, and why it or a part of it could not be unpacked. ``has_members`` tells that
    something could."""

    source: SourceFile
    media_type: str | None = None
    error: BcpError | None = None
    has_members: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """All files of the input, each sorted by path. ``may_hold_files`` are the paths of those that can be archives or
    mails."""

    sources: tuple[SourceFile, ...]
    unreadable: tuple[UnreadableFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    may_hold_files: frozenset[str] = frozenset()


def find_sources(input_path: Path, *, only: str | None = None, index: FileIndex | None = None) -> SourceList:
    """All input files under a folder (or the one file given).

    ``only`` keeps the paths that match a shell pattern, against the whole relative path or the file name, and what may
    hold such files. ``index`` spares reading what has not changed.
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
    may_hold: set[str] = set()
    seen: set[str] = set()
    index = index or FileIndex()
    for path in paths:
        source_path = _free_path(readable_path(path.relative_to(root)), seen)
        wanted = matches(source_path, only)
        reason = find_skip_reason(path)
        if reason and input_path.is_dir():
            if wanted:
                skipped.append(SkippedFile(source_path=source_path, reason=reason))
            continue
        try:
            if not wanted and not _starts_like_container(path):
                continue
            source, known = _read_source(path, source_path, index)
        except SourceError as error:
            unreadable.append(UnreadableFile(source_path=source_path, error=error))
            continue
        sources.append(source)
        if known.may_hold_files:
            may_hold.add(source_path)
    index.save()
    return SourceList(
        sources=tuple(sources),
        unreadable=tuple(unreadable),
        skipped=tuple(skipped),
        may_hold_files=frozenset(may_hold),
    )


def only_matching(source_list: SourceList, only: str | None) -> SourceList:
    """The list without what is not asked for; needed once archives are unpacked."""
    return SourceList(
        sources=tuple(source for source in source_list.sources if matches(source.source_path, only)),
        unreadable=tuple(entry for entry in source_list.unreadable if matches(entry.source_path, only)),
        skipped=tuple(entry for entry in source_list.skipped if matches(entry.source_path, only)),
        may_hold_files=source_list.may_hold_files,
    )


def _free_path(source_path: str, seen: set[str]) -> str:
    """The path, numbered where two names differ only in what cannot be shown."""
    free, number = source_path, 2
    while free in seen:
        free = f"{source_path} ({number})"
        number += 1
    seen.add(free)
    return free


def matches(source_path: str, only: str | None) -> bool:
    """Whether a path is asked for: all are without a pattern; an archive's members also by the archive's own path."""
    if only is None:
        return True
    outer = source_path.split(MEMBER_MARK, maxsplit=1)[0]
    names = (source_path, source_path.rpartition("/")[2], outer, outer.rpartition("/")[2])
    return any(fnmatchcase(name, only) for name in names)


def read_source(path: Path, source_path: str) -> SourceFile:
    """A file with its size and the hash of its content. Raises SourceError when its bytes cannot be read."""
    return _read_source(path, source_path, FileIndex())[0]


def _read_source(path: Path, source_path: str, index: FileIndex) -> tuple[SourceFile, KnownFile]:
    """A file, from the index where it has not changed, and what its bytes gave."""
    try:
        status = path.stat()
        known = index.find(path, status)
        size_bytes = status.st_size
        if known is None:
            known, size_bytes = _hash(path)
            index.note(path, status, known)
    except OSError as error:
        raise _unreadable(error) from error
    return SourceFile(source_path=source_path, path=path, size_bytes=size_bytes, sha256=known.sha256), known


def _hash(path: Path) -> tuple[KnownFile, int]:
    """The hash of a file's bytes, whether it may hold files, and its size."""
    digest = hashlib.sha256()
    size_bytes = 0
    head = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_HASH_CHUNK_BYTES):
            head = head or chunk
            digest.update(chunk)
            size_bytes += len(chunk)
    return KnownFile(sha256=digest.hexdigest(), may_hold_files=may_hold_files(head)), size_bytes


def _starts_like_container(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return may_hold_files(stream.read(_HEAD_BYTES))
    except OSError:
        return False


def _unreadable(error: OSError) -> CorruptSourceError:
    return CorruptSourceError(
        "file_unreadable",
        th="เปิดไฟล์ไม่ได้ กรุณาตรวจสอบสิทธิ์การอ่านและสื่อเก็บข้อมูล แล้วสั่งซ้ำ",
        en=f"The file cannot be opened ({error.strerror or 'read error'}); check its permissions and the disk, "
        "then run again.",
    )


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
    if name.isprintable():
        return name
    return clean_name(name)


def _walk(root: Path) -> Iterator[Path]:
    """All files below a folder; hidden folders and links to folders are not entered."""
    for folder, folder_names, file_names in os.walk(root, followlinks=False):
        folder_names[:] = sorted(name for name in folder_names if not name.startswith("."))
        for name in file_names:
            yield Path(folder, name)
