"""Pages kept while a document is on its way."""

from __future__ import annotations

import time
from pathlib import Path

from docmodel.document import Page
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from pipeline.checkpoint import Checkpoint

PDF = "application/pdf"


def page(number: int) -> Page:
    return Page(number=number, blocks=(), source=TextSource.TEXT_LAYER)


def issue(code: str) -> Issue:
    return Issue(code=code, severity=Severity.ERROR, message_th="ก", message_en="a", page_number=1)


def make(tmp_path: Path, period_s: float = 0.0) -> Checkpoint:
    return Checkpoint(path=tmp_path / "store" / "a.pages", period_s=period_s)


def test_pages_and_issues_come_back_in_order(tmp_path: Path) -> None:
    """Each issue once, though all met so far are given with every page."""
    writer = make(tmp_path)
    writer.note(page(1), [issue("one")], page_count=3, media_type=PDF)
    writer.note(page(2), [issue("one"), issue("two")], page_count=3, media_type=PDF)
    kept = make(tmp_path).restore()
    assert [entry.number for entry in kept.pages] == [1, 2]
    assert [entry.code for entry in kept.issues] == ["one", "two"]
    assert (kept.page_count, kept.media_type) == (3, PDF)


def test_what_broke_off_is_cut_away_so_that_more_can_follow(tmp_path: Path) -> None:
    """A process killed while it wrote leaves half a page; the next one goes on after the last whole one."""
    writer = make(tmp_path)
    writer.note(page(1), [], page_count=3, media_type=PDF)
    whole = writer.path.read_bytes()
    writer.path.write_bytes(whole + whole[: len(whole) // 2])
    again = make(tmp_path)
    assert [entry.number for entry in again.restore().pages] == [1]
    again.note(page(2), [], page_count=3, media_type=PDF)
    assert [entry.number for entry in make(tmp_path).restore().pages] == [1, 2]


def test_pages_are_written_though_the_next_one_never_comes(tmp_path: Path) -> None:
    """By a thread, since a page that hangs runs nothing else."""
    writer = make(tmp_path, period_s=0.05)
    writer.note(page(1), [], page_count=2, media_type=PDF)
    assert not writer.path.exists()
    deadline = time.monotonic() + 20
    while not writer.path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    writer.close()
    assert [entry.number for entry in make(tmp_path).restore().pages] == [1]


def test_nothing_is_written_after_the_document_is_done(tmp_path: Path) -> None:
    """The file is removed then, and must not come back."""
    writer = make(tmp_path, period_s=0.05)
    writer.note(page(1), [], page_count=2, media_type=PDF)
    writer.close()
    time.sleep(0.2)
    assert not writer.path.exists()


def test_a_refusing_disk_costs_the_pages_and_nothing_else(tmp_path: Path) -> None:
    """No later page may follow upon a gap either."""
    (tmp_path / "store").write_text("a file where the folder should be", encoding="utf-8")
    writer = make(tmp_path)
    writer.note(page(1), [], page_count=3, media_type=PDF)
    (tmp_path / "store").unlink()
    writer.note(page(2), [], page_count=3, media_type=PDF)
    assert make(tmp_path).restore().pages == ()
