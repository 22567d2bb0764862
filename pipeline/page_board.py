"""One document's pages shared between processes: who reads which, what has been read, and how far it is.

The file has a byte per page that says whether and how it was read. A process that reads a page holds a lock on its
byte; the system lets go of it when the process ends in whatever way, so that nobody waits for the dead.
"""

from __future__ import annotations

import os
import pickle
import shutil
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Self

from docmodel.document import Page
from docmodel.issue import Issue
from docmodel.provenance import TextSource

try:
    import fcntl
except ImportError:  # Windows, where WSL is the supported way: pages are then not shared
    fcntl = None  # type: ignore[assignment]

MIN_SHARED_PAGES = 4
"""With fewer pages left a helper has hardly opened the file when they are done."""
_FAULTS = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ValueError, IndexError, ImportError)


class PageMark(IntEnum):
    """What the board says of a page."""

    UNREAD = 0
    LAYER = 1
    OCR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounts:
    """How far a document is: its pages, those that are read, those of them that were read by OCR."""

    total: int = 0
    read: int = 0
    ocr: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page that a helper read, and what it met: of the file itself, and of OCR."""

    page: Page
    file_issues: tuple[Issue, ...] = ()
    ocr_issues: tuple[Issue, ...] = ()


class PageBoard:
    """The board of one document, open in one process. Use it as a context manager; its locks go when it is closed."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @classmethod
    def create(cls, path: Path, page_count: int) -> Self | None:
        """The board, made where it is not there; None where the system has no locks or the disk refuses."""
        if fcntl is None:
            return None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None
        with suppress(OSError):
            if os.fstat(handle).st_size < page_count:
                os.ftruncate(handle, page_count)
        return cls(path, handle)

    @classmethod
    def join(cls, path: Path) -> Self | None:
        """The board of a document that another process reads; None when that is done."""
        try:
            return cls(path, os.open(path, os.O_RDWR)) if fcntl is not None else None
        except OSError:
            return None

    def __enter__(self) -> Self:
        """The board itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        os.close(self._handle)

    @property
    def is_wanted(self) -> bool:
        """Whether the document is still being read."""
        return self._path.exists()

    def is_unread(self, index: int) -> bool:
        """Whether nobody has finished a page, 0-based."""
        with suppress(OSError):
            return os.pread(self._handle, 1, index) in (b"\x00", b"")
        return False

    def claim(self, index: int) -> bool:
        """Take a page, 0-based; False where another process has it."""
        try:
            fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, index)
        except OSError:
            return False
        return True

    def wait(self, index: int) -> None:
        """Take a page once the process that has it is done with it or dead."""
        with suppress(OSError):
            fcntl.lockf(self._handle, fcntl.LOCK_EX, 1, index)

    def note(self, index: int, page: Page) -> None:
        """A page is read."""
        mark = PageMark.OCR if page.source is TextSource.OCR else PageMark.LAYER
        with suppress(OSError):
            os.pwrite(self._handle, bytes([mark]), index)

    def offer(self, index: int, read: ReadPage) -> None:
        """Leave a page for the process whose document it is, and let go of it. A disk that refuses costs the help."""
        folder = _folder(self._path)
        place = folder / str(index)
        try:
            folder.mkdir(exist_ok=True)
            beside = place.with_suffix(f".{os.getpid()}")
            beside.write_bytes(pickle.dumps(read, protocol=pickle.HIGHEST_PROTOCOL))
            beside.replace(place)
        except OSError:
            return
        finally:
            fcntl.lockf(self._handle, fcntl.LOCK_UN, 1, index)
        self.note(index, read.page)

    def take(self, index: int) -> ReadPage | None:
        """The page that a helper left, None where there is none."""
        place = _folder(self._path) / str(index)
        with suppress(*_FAULTS):
            found = pickle.loads(place.read_bytes())
            return found if isinstance(found, ReadPage) else None
        return None


def count_pages(path: Path) -> PageCounts:
    """What a board says of its document; nothing where there is no board."""
    try:
        marks = path.read_bytes()
    except OSError:
        return PageCounts()
    unread = marks.count(PageMark.UNREAD)
    return PageCounts(total=len(marks), read=len(marks) - unread, ocr=marks.count(PageMark.OCR))


def remove_board(path: Path) -> None:
    """Forget a board and what helpers left."""
    path.unlink(missing_ok=True)
    shutil.rmtree(_folder(path), ignore_errors=True)


def _folder(path: Path) -> Path:
    return path.with_suffix(".shared")
