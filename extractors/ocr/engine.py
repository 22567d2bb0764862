"""What every OCR engine offers: words with boxes and confidences from a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

_Scalar = TypeVar("_Scalar", bound=np.generic)
GrayImage = NDArray[np.uint8]
"""A grey picture or a piece of one: rows × columns, 255 white."""


class PixelBox(NamedTuple):
    """A rectangle in pixels from the picture's top left corner; ``right`` and ``bottom`` lie just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def x_center(self) -> float:
        """Horizontal centre in pixels."""
        return (self.left + self.right) / 2

    @property
    def y_center(self) -> float:
        """Vertical centre in pixels."""
        return (self.top + self.bottom) / 2

    def moved(self, dx: int, dy: int) -> PixelBox:
        """The same box elsewhere."""
        return PixelBox(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, by: int, shape: tuple[int, ...]) -> PixelBox:
        """The box with a margin, kept inside a picture of that shape."""
        return PixelBox(
            max(0, self.left - by),
            max(0, self.top - by),
            min(shape[1], self.right + by),
            min(shape[0], self.bottom + by),
        )

    def holds(self, other: PixelBox) -> bool:
        """Whether the middle of another box lies inside."""
        return self.left <= other.x_center < self.right and self.top <= other.y_center < self.bottom

    def cut(self, pixels: NDArray[_Scalar]) -> NDArray[_Scalar]:
        """The piece of a picture inside the box (a view)."""
        return pixels[self.top : self.bottom, self.left : self.right]


class ReadMode(StrEnum):
    """What a picture holds."""

    BLOCK = "block"
    """One column of text lines."""
    LINE = "line"
    """One text line."""
    LINE_AGAIN = "line_again"
    """A text line read before, at another scale; engines to which scale means nothing return nothing."""
    RAW_LINE = "raw_line"
    """One text line, taken as it is: the engine neither straightens nor scales it by what it thinks are its letters."""
    THAI_LINE = "thai_line"
    """One text line or word, to be read as Thai script only."""
    LATIN_LINE = "latin_line"
    """One text line or word, to be read as Latin script only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrWord:
    """Text between two spaces: in Thai often a whole phrase.

    ``bbox`` is in pixels of the picture that was read; ``confidence`` 0–1 is the mean over the characters, ``lowest``
    that of the weakest; ``line`` counts the picture's text lines from 0.
    """

    text: str
    bbox: PixelBox
    confidence: float
    lowest: float
    line: int = 0


class OcrEngine(Protocol):
    """Reads pictures. One engine serves one thread; ``options`` is everything that changes what it reads."""

    @property
    def name(self) -> str:
        """Short name, part of the cache key."""
        ...

    @property
    def version(self) -> str:
        """Version of program and models, part of the cache key."""
        ...

    @property
    def options(self) -> str:
        """Settings that change the result, part of the cache key."""
        ...

    def read_words(self, image: GrayImage, mode: ReadMode) -> tuple[OcrWord, ...]:
        """The words of a picture, line by line from the top; empty where nothing is legible."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...
