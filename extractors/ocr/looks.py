"""How heavy and how large the lines of a scanned page are beside its ordinary print: bold, and the size in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.base import POINTS_PER_INCH
from extractors.ocr.inkmap import InkMap
from extractors.ocr.lines import OcrLine
from extractors.ocr.strokes import MIN_LETTERS, letters_among, measure_strokes

LETTER_EM = 0.5
"""Height of a Thai letter in font sizes; fonts differ from 0.4 (Sarabun) to 0.6 (Tahoma)."""
BOLD, REGULAR = 1.11, 1.07
"""Stroke against the page's usual one. Measured on lines of ten kinds of print: regular ones reach 1.06, bold ones
begin at 1.12."""
USUAL_PERCENTILE = 40
"""Where among a page's strokes the usual one is looked for: heads and captions in bold are the heavier part."""
SAME_SIZE = 0.12
"""Letter heights within this of the body's are the body's: they are measured in whole pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLooks:
    """Usual stroke of a page's letters in letter heights, and the letter height of its prose in pixels."""

    usual_stroke: float | None
    body_px: float | None

    def is_bold(self, line: OcrLine) -> bool | None:
        """Whether a line is set in bold; None where its ink does not tell."""
        if line.stroke is None or not self.usual_stroke:
            return None
        weight = line.stroke / self.usual_stroke
        if weight >= BOLD:
            return True
        return False if weight <= REGULAR else None

    def size_pt(self, line: OcrLine, dpi: float) -> float:
        """A line's font size, the body's where it is about as large, in half points."""
        letter_px = line.letter_px
        if self.body_px and abs(letter_px / self.body_px - 1) <= SAME_SIZE:
            letter_px = self.body_px
        return max(1.0, round(2 * letter_px * POINTS_PER_INCH / dpi / LETTER_EM) / 2)


def measure_looks(ink_map: InkMap, usual_px: float | None, lines: Sequence[OcrLine]) -> PageLooks:
    """The ordinary looks of a page; ``lines`` are those of its prose."""
    stroke = None
    if usual_px:
        letters = letters_among(ink_map, np.flatnonzero(ink_map.areas), usual_px)
        if len(letters) >= MIN_LETTERS:
            stroke = float(np.percentile(measure_strokes(ink_map, letters), USUAL_PERCENTILE)) / usual_px
    heights = [line.letter_px for line in lines for _ in range(len(line.text))]
    if not heights:
        return PageLooks(usual_stroke=stroke, body_px=usual_px)
    middle = float(np.median(heights))
    near = [height for height in heights if abs(height / middle - 1) <= SAME_SIZE]
    return PageLooks(usual_stroke=stroke, body_px=float(np.mean(near)))
