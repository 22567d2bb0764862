"""Lines read by OCR in the form that the layout package takes."""

from __future__ import annotations

from extractors.layout.lines import Line, make_line
from extractors.layout.pieces import Piece
from extractors.ocr.imaging import UprightPage
from extractors.ocr.lines import OcrLine
from extractors.ocr.looks import LETTER_EM, PageLooks
from extractors.ocr.pageink import point_box


def piece_of(line: OcrLine, page: UprightPage, looks: PageLooks | None = None) -> Piece:
    """A read line as one piece, in points of the upright picture; with its weight where the page's looks are known."""
    scale = page.points_per_pixel
    return Piece(
        text=line.text,
        bbox=point_box(line.bbox, page),
        baseline=line.baseline * scale,
        size_pt=looks.size_pt(line, page.dpi) if looks else max(1.0, line.letter_px * scale / LETTER_EM),
        bold=looks.is_bold(line) if looks else None,
        confidence=round(line.confidence, 4),
    )


def layout_line(line: OcrLine, page: UprightPage, looks: PageLooks) -> Line:
    """A read line for the layout package, in points of the upright picture."""
    return make_line([piece_of(line, page, looks)])
