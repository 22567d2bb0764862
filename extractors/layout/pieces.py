"""Pieces of text with their place: what PDF characters and OCR words have in common."""

from __future__ import annotations

from dataclasses import replace

from docmodel.geometry import BBox
from docmodel.value_class import value_class

WORD_GAP_EM = 0.17
"""A gap wider than this, in font sizes, is a space: side bearings add up to 0.13, the narrowest spaces have 0.2."""
THROUGH_LETTER_EM = 0.24
"""A line nearer than this to the middle of a letter goes through it: the narrowest wide letters have half an em."""
TOUCHING_EM = 0.62
"""Between the texts of two cells there is some room, so that the middles of their letters are further apart."""
NEXT_LETTER_EM = 0.85
"""Middles of two letters of one word are nearer than this."""
Y_CENTER_EM = 0.3
"""How far above its baseline a line of text has its middle, in font sizes; marks and tall symbols do not move it."""


@value_class(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text on one line: a word or several.

    ``bbox`` is the ink in points; ``baseline`` the y on which the letters stand; ``size_pt`` the font size (for OCR an
    estimate). ``char_x`` holds the horizontal centre of every character of ``text``, where the source knows them.
    ``direction`` is how the text is turned, in degrees counter-clockwise: 0, 90 (reads upwards), 180, 270. ``bbox`` is
    always as the page shows it, ``baseline`` and ``char_x`` are in the frame in which the text is upright.
    """

    text: str
    bbox: BBox
    baseline: float
    size_pt: float
    bold: bool | None = None
    char_x: tuple[float, ...] | None = None
    confidence: float | None = None
    direction: int = 0

    @property
    def y_center(self) -> float:
        """The middle of the letters' height, which marks above and below do not shift."""
        return self.baseline - Y_CENTER_EM * self.size_pt


def split_piece(piece: Piece, stops: tuple[float, ...]) -> tuple[Piece, ...]:
    """The parts of a piece between vertical lines at ``stops``; each character goes where its centre is.

    A line through a letter cuts no word: the word was too long for its cell, and stays where most of it stands.
    """
    left, right = piece.bbox.x0, piece.bbox.x1
    crossing = [stop for stop in stops if left < stop < right]
    if piece.char_x is None or not crossing:
        return (piece,)
    starts = [0]
    for index in range(1, len(piece.text)):
        before, here = piece.char_x[index - 1], piece.char_x[index]
        stop = next((stop for stop in stops if before < stop <= here), None)
        if stop is not None:
            start = _word_start(piece, index, stop) if _is_overflow(piece, index, stop) else index
            if starts[-1] < start < len(piece.text):
                starts.append(start)
    if len(starts) == 1:
        return (piece,)
    parts = []
    for start, end in zip(starts, [*starts[1:], len(piece.text)], strict=True):
        text = piece.text[start:end]
        if not text.strip():
            continue
        xs = piece.char_x[start:end]
        x0 = piece.bbox.x0 if start == 0 else (piece.char_x[start - 1] + xs[0]) / 2
        x1 = piece.bbox.x1 if end == len(piece.text) else (xs[-1] + piece.char_x[end]) / 2
        box = BBox(min(x0, x1), piece.bbox.top, max(x0, x1), piece.bbox.bottom)
        parts.append(replace(piece, text=text, char_x=xs, bbox=box))
    return tuple(parts)


def _is_overflow(piece: Piece, index: int, stop: float) -> bool:
    """Whether a line at ``stop`` goes through a letter of a word, or between two that touch."""
    assert piece.char_x is not None
    if piece.text[index - 1].isspace() or piece.text[index].isspace():
        return False
    before, here = piece.char_x[index - 1], piece.char_x[index]
    step_em = (here - before) / piece.size_pt
    through = min(stop - before, here - stop) < THROUGH_LETTER_EM * piece.size_pt
    return step_em < TOUCHING_EM or (through and step_em < NEXT_LETTER_EM)


def _word_start(piece: Piece, index: int, stop: float) -> int:
    """Where to cut instead: before the word at ``index`` if most of it stands right of ``stop``, else behind it."""
    assert piece.char_x is not None
    first, last = index, index
    while first > 0 and not piece.text[first - 1].isspace():
        first -= 1
    while last < len(piece.text) and not piece.text[last].isspace():
        last += 1
    middle = (piece.char_x[first] + piece.char_x[last - 1]) / 2
    return first if middle >= stop else last


def turn_upright(piece: Piece) -> Piece:
    """The piece in a frame in which its text runs from left to right (``direction`` stays, to turn boxes back)."""
    if piece.direction == 0:
        return piece
    return replace(piece, bbox=turn_box(piece.bbox, piece.direction))


def turn_box(box: BBox, direction: int) -> BBox:
    """A page box in the frame of text that is turned by ``direction`` degrees counter-clockwise."""
    if direction == 90:
        return BBox(-box.bottom, box.x0, -box.top, box.x1)
    if direction == 180:
        return BBox(-box.x1, -box.bottom, -box.x0, -box.top)
    if direction == 270:
        return BBox(box.top, -box.x1, box.bottom, -box.x0)
    return box


def turn_box_back(box: BBox, direction: int) -> BBox:
    """The page box of a box in the frame of turned text; undoes ``turn_box``."""
    return turn_box(box, (360 - direction) % 360)
