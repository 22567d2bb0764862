"""The thickness of strokes, measured in the ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.inkmap import InkMap
from extractors.ocr.textlines import MAIN_MAX, MAIN_MIN, Pieces

MIN_LETTERS = 4
"""Fewer letters do not tell a line's weight: their shapes differ too much."""


def measure_strokes(ink_map: InkMap, pieces: Pieces) -> NDArray[np.float64]:
    """The thickness of the strokes of some pieces, in pixels."""
    # a stroke of w pixels lies (w + 2) / 4 deep on average
    return np.maximum(4 * ink_map.depths[pieces] - 2, 0.5)


def measure_line_stroke(ink_map: InkMap, pieces: Pieces, letter_px: float) -> float | None:
    """The usual stroke of a line's letters in letter heights; None where there are too few."""
    letters = letters_among(ink_map, pieces, letter_px)
    if len(letters) < MIN_LETTERS:
        return None
    return float(np.median(measure_strokes(ink_map, letters))) / letter_px


def letters_among(ink_map: InkMap, pieces: Pieces, letter_px: float) -> Pieces:
    """The pieces that are as high as letters: no marks, dots or glued glyphs."""
    height = ink_map.boxes[pieces, 3] - ink_map.boxes[pieces, 1]
    fits: NDArray[np.bool_] = (height >= MAIN_MIN * letter_px) & (height <= MAIN_MAX * letter_px)
    return np.asarray(pieces[fits], dtype=np.intp)
