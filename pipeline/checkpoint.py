"""Keeps the pages of a document that takes long as they are read, so that its process may die and they do not."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from docmodel.document import Page
from docmodel.errors import BcpError
from docmodel.issue import Issue

_FAULTS = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ValueError, IndexError, ImportError)
"""A list that broke off while it was written, or is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPages:
    """The pages read before, in order, what was met on them, and how many the document has (None: not known)."""

    pages: tuple[Page, ...] = ()
    issues: tuple[Issue, ...] = ()
    page_count: int | None = None
    media_type: str | None = None


@dataclass(slots=True, kw_only=True)
class Checkpoint:
    """The place of one document's pages. Pages are written every ``period_s`` seconds, so that the many short documents
    pay nothing; with ``stop`` no page is read any more, and the error says why.

    A thread writes them, since the page that comes next may never end. ``close`` it before the file is removed.
    """

    path: Path
    period_s: float
    stop: BcpError | None = None
    _waiting: list[tuple[Page, tuple[Issue, ...]]] = field(default_factory=list)
    _issues_noted: int = 0
    _head: tuple[int, str] = (0, "")
    _given_up: bool = False
    _timer: threading.Timer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def board_path(self) -> Path:
        """Where the document's pages are shared with other processes (``pipeline.page_board``)."""
        return self.path.with_suffix(".board")

    def restore(self) -> KeptPages:
        """What an earlier process read of this document."""
        pages: list[Page] = []
        issues: list[Issue] = []
        page_count: int | None = None
        media_type: str | None = None
        whole_bytes = 0
        with suppress(*_FAULTS), self.path.open("rb") as stream:
            while True:
                page_count, media_type, entries = pickle.load(stream)
                whole_bytes = stream.tell()
                for page, met in entries:
                    pages.append(page)
                    issues += met
        with suppress(OSError):  # what broke off goes, so that more can follow
            os.truncate(self.path, whole_bytes)
        self._issues_noted = len(issues)
        return KeptPages(pages=tuple(pages), issues=tuple(issues), page_count=page_count, media_type=media_type)

    def note(self, page: Page, issues: Sequence[Issue], *, page_count: int, media_type: str) -> None:
        """A page was read; ``issues`` are all met so far."""
        with self._lock:
            self._waiting.append((page, tuple(issues[self._issues_noted :])))
            self._issues_noted = len(issues)
            self._head = (page_count, media_type)
        if self.period_s <= 0:
            self._write()
        elif self._timer is None and not self._given_up:
            self._timer = threading.Timer(self.period_s, self._write)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Write no more: the document is done."""
        with self._lock:
            self._waiting = []
            if self._timer is not None:
                self._timer.cancel()

    def _write(self) -> None:
        with self._lock:
            if self._waiting and not self._given_up:
                try:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    with self.path.open("ab") as stream:
                        pickle.dump((*self._head, self._waiting), stream, protocol=pickle.HIGHEST_PROTOCOL)
                except OSError:
                    # a disk that refuses costs the safety, not the document; no later page may follow upon a gap
                    self._given_up = True
            self._waiting = []
            self._timer = None
