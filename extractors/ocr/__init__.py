"""Page pictures to text: image work, tables and marks from the ink, and OCR engines behind one protocol."""

from __future__ import annotations

from extractors.ocr.engine import OcrEngine, OcrWord, PixelBox, ReadMode
from extractors.ocr.finding import find_engine
from extractors.ocr.page import read_page_image

__all__ = ["OcrEngine", "OcrWord", "PixelBox", "ReadMode", "find_engine", "read_page_image"]
