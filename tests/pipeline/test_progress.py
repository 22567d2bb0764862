"""What a run tells of itself while it runs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docmodel.document import Page
from docmodel.provenance import TextSource
from pipeline.cli.progress_bar import tell_left, tell_pages
from pipeline.page_board import PageBoard
from pipeline.progress import Meter, Progress, told
from pipeline.summary import DocumentSummary


def summary(pages: int, ocr_pages: int) -> DocumentSummary:
    return DocumentSummary(
        source_path="a", document_id="a", status="ok", page_count=pages, ocr_page_count=ocr_pages
    )  # fmt: skip


def test_pages_under_way_count(tmp_path: Path) -> None:
    """A thick scan moves the count and the time left long before it is done."""
    pytest.importorskip("fcntl")
    thin, thick = tmp_path / "thin.board", tmp_path / "thick.board"
    meter = Meter(files_total=5, kept=3, sizes={thin: 1_000, thick: 9_000})
    assert (meter.progress().files, meter.progress().pages, meter.progress().seconds_left) == (3, 0, None)
    meter.note(thin, summary(pages=4, ocr_pages=0))
    board = PageBoard.create(thick, 10)
    assert board is not None
    with board:
        for index in range(5):
            board.note(index, Page(number=index + 1, blocks=(), source=TextSource.OCR))
        time.sleep(0.01)
        now = meter.progress()
    assert (now.files, now.files_total, now.pages, now.ocr_pages) == (4, 5, 9, 5)
    assert now.pages_per_s is not None
    assert now.seconds_left == pytest.approx(9 / now.pages_per_s * (1 - 0.55) / 0.55)
    meter.note(thick, summary(pages=10, ocr_pages=10))  # whose board is still there for a moment
    assert (meter.progress().pages, meter.progress().ocr_pages) == (14, 10)
    assert meter.progress().seconds_left == 0


def test_the_end_is_told(tmp_path: Path) -> None:
    """Also of a run that is over before the first second."""
    meter = Meter(files_total=1, kept=0, sizes={tmp_path / "a.board": 10})
    seen: list[Progress] = []
    with told(meter, seen.append):
        meter.note(tmp_path / "a.board", summary(pages=2, ocr_pages=1))
    assert [progress.files for progress in (seen[0], seen[-1])] == [0, 1]


def test_the_words_of_the_bar() -> None:
    """Files, pages, pages by OCR, rate and time left."""
    progress = Progress(files=1, files_total=2, pages=120, ocr_pages=7, pages_per_s=3.25, seconds_left=3725.4)
    assert tell_pages(progress) == "120 หน้า pages (7 OCR) · 3.2 หน้า/วินาที pages/s ·"
    assert tell_left(progress) == "เหลือ left 1:02:05"
    assert tell_left(Progress(files=0, files_total=2)) == ""
