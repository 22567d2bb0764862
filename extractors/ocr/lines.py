"""Words and marks put together to text lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.ocr.engine import GrayImage, OcrEngine, OcrWord, PixelBox, ReadMode
from extractors.ocr.imaging import PAPER
from extractors.ocr.marks import Mark

MARGIN_INCH = 0.05
"""White space around what is read: the engine misses glyphs that touch the edge."""
MARK_CONFIDENCE = 0.98
"""Trust in a mark told from its shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrLine:
    """A text line: its words from left to right, in pixels of the upright page."""

    words: tuple[OcrWord, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def bbox(self) -> PixelBox:
        """The box around the words."""
        return PixelBox(
            min(word.bbox.left for word in self.words),
            min(word.bbox.top for word in self.words),
            max(word.bbox.right for word in self.words),
            max(word.bbox.bottom for word in self.words),
        )


def read_lines(
    pixels: GrayImage, place: PixelBox, engine: OcrEngine, *, dpi: float, mode: ReadMode = ReadMode.BLOCK
) -> list[OcrLine]:
    """The lines that the engine reads in ``pixels``, a piece of the page whose place on the page is ``place``."""
    margin = max(4, round(MARGIN_INCH * dpi))
    framed = np.pad(pixels, margin, constant_values=PAPER)
    words = [
        replace(word, bbox=word.bbox.moved(place.left - margin, place.top - margin))
        for word in engine.read_words(framed, mode)
    ]
    return [
        OcrLine(words=tuple(word for word in words if word.line == line)) for line in sorted({w.line for w in words})
    ]


def place_marks(lines: Sequence[OcrLine], marks: Iterable[Mark]) -> list[OcrLine]:
    """The lines with each mark at its place; marks beside no line make lines of their own."""
    placed = list(lines)
    for mark in marks:
        word = OcrWord(text=mark.text, bbox=mark.bbox, confidence=MARK_CONFIDENCE)
        home = _home_of(placed, mark.bbox)
        if home is None:
            at = sum(line.bbox.y_center < mark.bbox.y_center for line in placed)
            placed.insert(at, OcrLine(words=(word,)))
        else:
            words = sorted((*placed[home].words, word), key=lambda each: each.bbox.left)
            placed[home] = OcrLine(words=tuple(words))
    return placed


def _home_of(lines: Sequence[OcrLine], box: PixelBox) -> int | None:
    """The line that runs at a box's height, the nearest if several do."""
    best, best_distance = None, float("inf")
    for index, line in enumerate(lines):
        own = line.bbox
        distance = abs(own.y_center - box.y_center)
        if distance <= 0.5 * max(own.height, box.height) and distance < best_distance:
            best, best_distance = index, distance
    return best


def text_of(lines: Iterable[OcrLine]) -> str:
    """The lines as text, one per line."""
    return "\n".join(line.text for line in lines)


def confidence_of(lines: Iterable[OcrLine]) -> float | None:
    """Mean confidence over the characters; None without any."""
    words = [word for line in lines for word in line.words]
    characters = sum(len(word.text) for word in words)
    if characters == 0:
        return None
    return round(sum(word.confidence * len(word.text) for word in words) / characters, 4)
