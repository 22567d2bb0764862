"""A page read before is not read again, and nothing that lies in the cache can do harm."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace

import numpy as np
import pytest

from extractors.ocr.cache import CachedEngine
from extractors.ocr.engine import OcrWord, PixelBox, ReadMode

PAGE = np.full((40, 60), 255, dtype=np.uint8)
WORD = OcrWord(text="น้ำ", bbox=PixelBox(1, 2, 3, 4), confidence=0.5, lowest=0.25)


class CountingEngine:
    """Reads one word from anything and counts how often it was asked."""

    name = "counting"
    options = ""
    word = WORD

    def __init__(self, version="1"):
        self.version = version
        self.calls = 0

    def read_words(self, image, mode):
        self.calls += 1
        return (self.word,)

    def close(self):
        pass


def _read(engine, cache_dir, page=PAGE):
    cached = CachedEngine(engine, cache_dir)
    with cached.page(page):
        return cached.read_words(page[:20], ReadMode.LINE)


def test_second_reading_costs_nothing(tmp_path):
    """The same page, engine and mode gives the same words without the engine."""
    engine = CountingEngine()
    assert _read(engine, tmp_path) == _read(engine, tmp_path) == (WORD,)
    assert engine.calls == 1


def test_remembered_words_are_those_that_were_read(tmp_path):
    """To the last digit, so that a page is the same whether it was read now or before."""
    engine = CountingEngine()
    engine.word = replace(WORD, confidence=0.123456789, lowest=0.05004999)
    assert _read(engine, tmp_path) == _read(engine, tmp_path)
    assert engine.calls == 1


def test_other_page_mode_or_version_is_read_anew(tmp_path):
    """Everything that could change the words is part of the key."""
    engine = CountingEngine()
    _read(engine, tmp_path)
    other = PAGE.copy()
    other[0, 0] = 0
    _read(engine, tmp_path, other)
    cached = CachedEngine(engine, tmp_path)
    with cached.page(PAGE):
        cached.read_words(PAGE[:20], ReadMode.BLOCK)
    newer = CountingEngine("2")
    _read(newer, tmp_path)
    assert (engine.calls, newer.calls) == (3, 1)


@pytest.mark.parametrize(
    "damage",
    [b"", b"no gzip", gzip.compress(b"{"), gzip.compress(b'{"a": 1}'), gzip.compress(b"[1]")],
    ids=["empty", "no gzip", "no JSON", "no entry", "no object"],
)
def test_damaged_entry_is_read_anew(tmp_path, damage):
    """A file cut off or overwritten counts as none and is replaced."""
    engine = CountingEngine()
    _read(engine, tmp_path)
    (entry,) = tmp_path.rglob("*.json.gz")
    entry.write_bytes(damage)
    assert _read(engine, tmp_path) == (WORD,)
    assert _read(engine, tmp_path) == (WORD,)
    assert engine.calls == 2


def test_failure_leaves_no_half_entry(tmp_path):
    """A page that breaks off is not remembered."""
    cached = CachedEngine(CountingEngine(), tmp_path)
    with pytest.raises(RuntimeError), cached.page(PAGE):
        cached.read_words(PAGE, ReadMode.LINE)
        raise RuntimeError("stopped")
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_costs_only_time(tmp_path):
    """A cache that cannot be written does not stop the reading."""
    tmp_path.chmod(0o500)
    assert _read(CountingEngine(), tmp_path) == (WORD,)


def test_file_in_place_of_the_folder_costs_only_time(tmp_path):
    """A cache folder that is a file does not stop the reading."""
    blocked = tmp_path / "cache"
    blocked.write_text("not a folder")
    assert _read(CountingEngine(), blocked) == (WORD,)
