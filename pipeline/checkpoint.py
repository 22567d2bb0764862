"""Keeps the pages of a document that takes long as they are read, so that its process may die and they do not."""

from __future__ import annotations

import math
import pickle
import time
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
    pay nothing; with ``stop`` no page is read any more, and the error says why."""

    path: Path
    period_s: float
    stop: BcpError | None = None
    _waiting: list[tuple[Page, tuple[Issue, ...]]] = field(default_factory=list)
    _issues_noted: int = 0
    _written_at: float = field(default_factory=time.monotonic)

    def restore(self) -> KeptPages:
        """What an earlier process read of this document."""
        pages: list[Page] = []
        issues: list[Issue] = []
        page_count: int | None = None
        media_type: str | None = None
        with suppress(*_FAULTS), self.path.open("rb") as stream:
            while True:
                page_count, media_type, entries = pickle.load(stream)
                for page, met in entries:
                    pages.append(page)
                    issues += met
        self._issues_noted = len(issues)
        return KeptPages(pages=tuple(pages), issues=tuple(issues), page_count=page_count, media_type=media_type)

    def note(self, page: Page, issues: Sequence[Issue], *, page_count: int, media_type: str) -> None:
        """A page was read; ``issues`` are all met so far."""
        self._waiting.append((page, tuple(issues[self._issues_noted :])))
        self._issues_noted = len(issues)
        if time.monotonic() - self._written_at >= self.period_s:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with self.path.open("ab") as stream:
                    pickle.dump((page_count, media_type, self._waiting), stream, protocol=pickle.HIGHEST_PROTOCOL)
            except OSError:
                # a disk that refuses costs the safety, not the document; no later page may follow upon a gap
                self.period_s = math.inf
            self._waiting = []
            self._written_at = time.monotonic()

    def remove(self) -> None:
        """Forget the pages; the document is done, or begins anew."""
        self.path.unlink(missing_ok=True)
