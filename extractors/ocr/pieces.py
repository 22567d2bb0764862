"""Lines read by OCR in the form that the layout package takes."""

from __future__ import annotations

from extractors.base import POINTS_PER_INCH
from extractors.layout.lines import Line, make_line
from extractors.layout.pieces import Piece
from extractors.ocr.imaging import UprightPage
from extractors.ocr.lines import OcrLine
from extractors.ocr.pageink import point_box

LETTER_EM = 0.5
"""Height of a Thai letter in font sizes; fonts differ from 0.4 (Sarabun) to 0.6 (Tahoma)."""


def piece_of(line: OcrLine, page: UprightPage) -> Piece:
    """A read line as one piece, in points of the upright picture."""
    scale = POINTS_PER_INCH / page.dpi
    return Piece(
        text=line.text,
        bbox=point_box(line.bbox, page),
        baseline=line.baseline * scale,
        size_pt=max(1.0, line.letter_px * scale / LETTER_EM),
        confidence=round(line.confidence, 4),
    )


def layout_line(line: OcrLine, page: UprightPage) -> Line:
    """A read line for the layout package, in points of the upright picture."""
    return make_line([piece_of(line, page)])
