"""An engine that remembers: a page read before costs no second reading."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.ocr.engine import GrayImage, OcrEngine, OcrWord, PixelBox, ReadMode

FORMAT = "1"
"""Changes when the files' layout does."""


class CachedEngine:
    """An engine with a memory in a folder: one file per page picture and engine, with the words of each piece read.

    Inside ``with engine.page(pixels):`` known pieces come from the file; it is written when the page is done. Files are
    renamed into place, a damaged one counts as none, and a folder that cannot be written costs only time.
    """

    def __init__(self, engine: OcrEngine, cache_dir: Path) -> None:
        self._engine = engine
        self._cache_dir = cache_dir
        self._known: dict[str, tuple[OcrWord, ...]] | None = None
        self._used: dict[str, tuple[OcrWord, ...]] = {}

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._engine.name

    @property
    def version(self) -> str:
        """The engine's version."""
        return self._engine.version

    @property
    def options(self) -> str:
        """The engine's options."""
        return self._engine.options

    @contextlib.contextmanager
    def page(self, pixels: GrayImage) -> Iterator[None]:
        """Remember what is read inside, under the hash of the page's picture and the engine."""
        digest = hashlib.sha256(repr((FORMAT, self.name, self.version, self.options, pixels.shape)).encode())
        digest.update(pixels.tobytes())
        path = self._cache_dir / digest.hexdigest()[:2] / f"{digest.hexdigest()}.json.gz"
        known = _read_entries(path)
        self._known, self._used = known, {}
        try:
            yield
            if self._used.keys() != known.keys():
                _write_entries(path, self._used)
        finally:
            self._known, self._used = None, {}

    def read_words(self, image: GrayImage, mode: ReadMode) -> tuple[OcrWord, ...]:
        """The words of a picture, from memory where it was read before."""
        if self._known is None:
            return self._engine.read_words(image, mode)
        key = hashlib.sha256(repr((mode.value, image.shape)).encode() + image.tobytes()).hexdigest()[:32]
        words = self._known.get(key)
        if words is None:
            # as the file will hold them: a page must not depend on whether its words were read now or before
            words = tuple(_rounded(word) for word in self._engine.read_words(image, mode))
        self._used[key] = words
        return words

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()


def _read_entries(path: Path) -> dict[str, tuple[OcrWord, ...]]:
    try:
        entries = json.loads(gzip.decompress(path.read_bytes()))
        return {key: tuple(_word_of(item) for item in items) for key, items in entries.items()}
    except (OSError, EOFError, zlib.error, ValueError, TypeError, AttributeError):
        return {}


def _word_of(item: Any) -> OcrWord:
    text, box, confidence, lowest, line = item
    if not isinstance(text, str):
        raise TypeError("damaged entry")
    return OcrWord(
        text=text,
        bbox=PixelBox(*(int(value) for value in box)),
        confidence=float(confidence),
        lowest=float(lowest),
        line=int(line),
    )


def _rounded(word: OcrWord) -> OcrWord:
    return replace(word, confidence=round(word.confidence, 4), lowest=round(word.lowest, 4))


def _write_entries(path: Path, entries: dict[str, tuple[OcrWord, ...]]) -> None:
    plain = {
        key: [[word.text, list(word.bbox), word.confidence, word.lowest, word.line] for word in words]
        for key, words in entries.items()
    }
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(json.dumps(plain, ensure_ascii=False).encode()))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
