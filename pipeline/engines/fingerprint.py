"""Names the outside engines of this machine, so that a result is not kept past their change."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from docmodel.errors import EngineMissingError
from extractors.ocr.tesseract import find_tessdata


def engine_fingerprint() -> str:
    """Names the OCR engine of this machine and its models; ``no ocr`` without one. Part of the key of kept results."""
    try:
        tessdata = find_tessdata()
        sizes = "+".join(str((tessdata / f"{name}.traineddata").stat().st_size) for name in ("tha", "eng"))
        return f"tesserocr {version('tesserocr')} models {sizes}"
    except (EngineMissingError, PackageNotFoundError, OSError):
        return "no ocr"
