"""How far a run is: files, pages, pages read by OCR, pages a second, and the time that is left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.page_board import count_pages
from pipeline.summary import DocumentSummary

_TELL_EVERY_S = 1.0
_SURE_SHARE = 0.02
"""With less done than this share of the bytes the time that is left is a guess, and not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A moment of a run. ``files`` of ``files_total`` are done, those kept from an earlier run too; pages are those of
    this run; ``pages_per_s`` and ``seconds_left`` are None while nobody can tell."""

    files: int
    files_total: int
    pages: int = 0
    ocr_pages: int = 0
    pages_per_s: float | None = None
    seconds_left: float | None = None


@dataclass(slots=True, kw_only=True)
class Meter:
    """Counts a run. Made once it is known what has to be read; any thread may ask for its ``progress``.

    ``sizes`` gives for the board of each document to read its size: time is spent by the byte rather than by the file,
    since scans are large and slow.
    """

    files_total: int
    kept: int
    sizes: Mapping[Path, int]
    _done: dict[Path, tuple[int, int]] = field(default_factory=dict)
    _started: float = field(default_factory=time.monotonic)

    def note(self, board: Path, summary: DocumentSummary) -> None:
        """A document is done."""
        self._done[board] = (summary.page_count or 0, summary.ocr_page_count or 0)

    def progress(self) -> Progress:
        """The moment now, pages of documents that are still being read included."""
        done = dict(self._done)
        pages, ocr_pages = (sum(counts[at] for counts in done.values()) for at in (0, 1))
        bytes_done = float(sum(self.sizes[board] for board in done))
        for board in _boards(self.sizes, done):
            counts = count_pages(board)
            pages += counts.read
            ocr_pages += counts.ocr
            bytes_done += self.sizes[board] * counts.read / counts.total if counts.total else 0.0
        seconds = time.monotonic() - self._started
        total = sum(self.sizes.values())
        share = bytes_done / total if total else 0.0
        return Progress(
            files=self.kept + len(done),
            files_total=self.files_total,
            pages=pages,
            ocr_pages=ocr_pages,
            pages_per_s=pages / seconds if pages and seconds > 0 else None,
            seconds_left=seconds * (1 - share) / share if share >= _SURE_SHARE else None,
        )


def _boards(sizes: Mapping[Path, int], done: Mapping[Path, object]) -> list[Path]:
    """The boards that are there, which are few however many documents wait."""
    if len(done) == len(sizes):
        return []
    folders = {board.parent for board in sizes}
    return [board for folder in folders for board in folder.glob("*.board") if board in sizes and board not in done]


OnProgress = Callable[[Progress], None]
"""Called every second from a thread of its own, and once more at the end."""


@contextmanager
def told(meter: Meter, on_progress: OnProgress | None) -> Iterator[None]:
    """Tell the progress while the block runs."""
    if on_progress is None:
        yield
        return
    stop = threading.Event()

    def tell() -> None:
        while not stop.wait(_TELL_EVERY_S):
            on_progress(meter.progress())

    on_progress(meter.progress())
    thread = threading.Thread(target=tell, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        on_progress(meter.progress())
