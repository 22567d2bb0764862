"""What stands in an archive: each member with its name and a way to read its bytes, nothing written anywhere."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import Any

from docmodel.errors import BcpError
from extractors.containers.errors import (
    archive_damaged,
    archive_encrypted,
    libarchive_missing,
    member_is_link,
    method_unsupported,
)
from extractors.containers.names import decode_name, repair_zip_name

_CHUNK_BYTES = 256 * 1024
_HEAD_BYTES = 16
_FORMATS = ((b"7z\xbc\xaf\x27\x1c", "7zip"), (b"Rar!\x1a\x07\x01\x00", "rar5"), (b"Rar!\x1a\x07", "rar"))
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, IndexError)
_PASSWORD_WORDS = ("passphrase", "encrypt", "password")
_UNSUPPORTED_WORDS = ("unsupported", "not supported", "unknown compression")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMember:
    """A member as the container lists it. ``error`` says why it has no content to read; its bytes come in chunks.

    ``chunks`` must be read before the next member is asked for.
    """

    name: str
    chunks: Callable[[], Iterator[bytes]] = lambda: iter(())
    error: BcpError | None = None


def list_zip(path: Path) -> Generator[RawMember, None, None]:
    """The members of a zip archive in their order. Raises SourceError where it cannot be opened."""
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_FAULTS as error:
        raise archive_damaged() from error
    except NotImplementedError as error:
        raise method_unsupported() from error
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = repair_zip_name(info.orig_filename, is_utf8=bool(info.flag_bits & _UTF8_FLAG))
            mode = info.external_attr >> 16
            if info.flag_bits & _ENCRYPTED_FLAG:
                yield RawMember(name=name, error=archive_encrypted())
            elif mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                yield RawMember(name=name, error=member_is_link())
            else:
                yield RawMember(name=name, chunks=_zip_chunks(archive, info))


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        try:
            with archive.open(info) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    yield chunk
        except NotImplementedError as error:
            raise method_unsupported() from error
        except RuntimeError as error:  # zipfile's way to say that a password is missing
            raise archive_encrypted() from error
        except _ZIP_FAULTS as error:
            raise archive_damaged() from error

    return read


def list_other(path: Path, *, raw_name: str | None = None) -> Generator[RawMember, None, None]:
    """The members of a 7z, rar or (packed) tar archive by libarchive.

    Only the kind that the file's start names is looked for: a Word file stored at the end of an archive is a zip too.

    With ``raw_name`` the file is one packed file without an archive around it (``plan.pdf.gz``), to be called so.
    Raises SourceError where it cannot be opened and EngineMissingError without libarchive.
    """
    libarchive = _load_libarchive()
    try:
        with libarchive.file_reader(str(path), format_name="raw" if raw_name else _find_format(path)) as archive:
            for entry in archive:
                if entry.isdir:
                    continue
                name = raw_name or _entry_name(libarchive, entry)
                if not entry.isfile and not raw_name:
                    yield RawMember(name=name, error=member_is_link())
                else:
                    yield RawMember(name=name, chunks=_entry_chunks(libarchive, entry))
    except libarchive.ArchiveError as error:
        raise _translate(error) from error


def is_plain_packed(path: Path) -> bool:
    """Whether a packed file (gzip, bzip2, xz) holds one bare file and no tar."""
    libarchive = _load_libarchive()
    try:
        with libarchive.file_reader(str(path), format_name="tar") as archive:
            next(iter(archive), None)
    except libarchive.ArchiveError:
        return True
    return False


def _find_format(path: Path) -> str:
    """libarchive's name of an archive's kind; whatever is packed by itself holds a tar."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    return next((name for start, name in _FORMATS if head.startswith(start)), "tar")


def find_libarchive_version() -> str:
    """The version of the system's libarchive; raises EngineMissingError without one."""
    number = int(_load_libarchive().ffi.version_number())
    return f"{number // 1_000_000}.{number // 1_000 % 1_000}.{number % 1_000}"


def _entry_chunks(libarchive: Any, entry: Any) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        try:
            yield from entry.get_blocks(_CHUNK_BYTES)
        except libarchive.ArchiveError as error:
            raise _translate(error) from error

    return read


def _entry_name(libarchive: Any, entry: Any) -> str:
    """The name as Unicode where the archive has it so, else its bytes decoded as Thai."""
    wide = libarchive.ffi.entry_pathname_w(entry._entry_p)
    if wide:
        return str(wide)
    raw = libarchive.ffi.entry_pathname(entry._entry_p)
    return decode_name(raw) if raw else ""


def _translate(error: Exception) -> BcpError:
    said = str(error).lower()
    if any(word in said for word in _PASSWORD_WORDS):
        return archive_encrypted()
    if any(word in said for word in _UNSUPPORTED_WORDS):
        return method_unsupported()
    return archive_damaged()


def _load_libarchive() -> Any:
    try:
        import libarchive  # noqa: PLC0415  # needs a system library that may be missing

        libarchive.ffi.version_number()
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise libarchive_missing() from error
    return libarchive
