"""Pages of one document that several processes read: each once, and the document comes out the same."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from docmodel.blocks import TextBlock
from docmodel.document import Page
from docmodel.issue import Issue, Severity
from docmodel.provenance import Provenance, TextSource
from pipeline.page_board import PageBoard, ReadPage, count_pages, remove_board

pytest.importorskip("fcntl")

SPAWN = multiprocessing.get_context("spawn")


def page(index: int, text: str = "", source: TextSource = TextSource.OCR) -> Page:
    place = Provenance(page_number=index + 1, source=source)
    block = TextBlock(raw_text=text, text=text, provenance=place)
    return Page(number=index + 1, blocks=(block,) if text else (), source=source)


def open_board(path: Path, page_count: int) -> PageBoard:
    board = PageBoard.create(path, page_count)
    assert board is not None
    return board


def hold_a_page(path: Path, index: int, holds: Event, go_on: Event) -> None:
    """What a helper does that is killed while it reads: it has a page, and never gives it."""
    board = PageBoard.join(path)
    assert board is not None
    assert board.claim(index)
    holds.set()
    go_on.wait(60)


def test_a_page_that_a_helper_left_is_taken(tmp_path: Path) -> None:
    """With its issues, and counted as it was read."""
    path = tmp_path / "store" / "a.board"
    met = (Issue(code="x", severity=Severity.ERROR, message_th="ก", message_en="a", page_number=3),)
    with open_board(path, 5) as board:
        board.note(0, page(0, source=TextSource.TEXT_LAYER))
        board.offer(2, ReadPage(page=page(2, "สาม"), ocr_issues=met))
        assert board.take(1) is None
        assert board.take(2) == ReadPage(page=page(2, "สาม"), ocr_issues=met)
        assert [board.is_unread(index) for index in range(5)] == [False, True, False, True, True]
    assert count_pages(path) == replace(count_pages(path), total=5, read=2, ocr=1)
    remove_board(path)
    assert list(path.parent.iterdir()) == []
    assert count_pages(path).total == 0
    assert PageBoard.join(path) is None


def test_a_dead_helper_keeps_no_page(tmp_path: Path) -> None:
    """Who waits for a page gets it when the process that had it dies, and finds nothing there."""
    path = tmp_path / "a.board"
    with open_board(path, 3) as board:
        holds, go_on = SPAWN.Event(), SPAWN.Event()
        helper = SPAWN.Process(target=hold_a_page, args=(path, 1, holds, go_on))
        helper.start()
        assert holds.wait(60)
        assert board.claim(0)
        assert not board.claim(1)
        helper.kill()
        board.wait(1)
        helper.join()
        assert board.take(1) is None


def test_what_broke_off_is_no_page(tmp_path: Path) -> None:
    """A file that a full disk cut off is read again from the document."""
    path = tmp_path / "a.board"
    with open_board(path, 3) as board:
        board.offer(1, ReadPage(page=page(1, "สอง")))
        (left,) = path.with_suffix(".shared").iterdir()
        left.write_bytes(left.read_bytes()[:20])
        assert board.take(1) is None
