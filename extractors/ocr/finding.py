"""Which OCR engine this machine has."""

from __future__ import annotations

from pathlib import Path

from extractors.ocr.cache import CachedEngine
from extractors.ocr.engine import OcrEngine
from extractors.ocr.tesseract import open_tesseract


def find_engine(*, vision: bool = False, tessdata_dir: Path | None = None, cache_dir: Path | None = None) -> OcrEngine:
    """The engine of this machine, its models loaded; with ``cache_dir`` it remembers what it has read.

    ``vision`` takes the vision model that the environment names instead of Tesseract. Raises EngineMissingError
    (``tesseract_missing``, ``tesseract_thai_missing``, ``vision_not_configured``) where there is none.
    """
    engine: OcrEngine
    if vision:
        from extractors.ocr.vision import VisionEngine, settings_from  # noqa: PLC0415 - few runs ask for it

        engine = VisionEngine(settings_from())
    else:
        engine = open_tesseract(tessdata_dir)
    return CachedEngine(engine, cache_dir) if cache_dir is not None else engine
