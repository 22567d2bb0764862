"""Where a text comes from, kept on every block, cell and record."""

from __future__ import annotations

from enum import StrEnum

from docmodel.geometry import BBox
from docmodel.value_class import value_class


class TextSource(StrEnum):
    """How the characters of a page were obtained."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    DOCX = "docx"
    TEXT = "text"

    @property
    def has_visual_lines(self) -> bool:
        """Whether a line feed in ``raw_text`` is only the edge of the paper (PDF, OCR) and not the author's own."""
        return self in (TextSource.TEXT_LAYER, TextSource.OCR)


@value_class(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Place and trust of a text.

    ``page_number`` is 1-based, None for formats without pages; ``bbox`` is in PDF points from the top left, None
    without pages; ``confidence`` is 0–1 and None where the source gives none (a Word file says what it says).
    """

    page_number: int | None = None
    bbox: BBox | None = None
    source: TextSource = TextSource.TEXT
    confidence: float | None = None
