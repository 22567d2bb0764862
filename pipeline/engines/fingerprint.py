"""Names the outside engines of this machine, so that a result is not kept past their change."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from docmodel.errors import EngineMissingError
from extractors.ocr.tesseract import find_tessdata
from extractors.ocr.vision import settings_from


def engine_fingerprint() -> str:
    """Names the OCR engines in reach and their models; ``no ocr`` without one. Part of the key of kept results."""
    return " ".join(filter(None, (_tesseract(), _vision())))


def _vision() -> str:
    """Address and model of the vision endpoint, nothing where none is set up."""
    try:
        settings = settings_from()
    except EngineMissingError:
        return ""
    return f"vision {settings.base_url} {settings.model}"


def _tesseract() -> str:
    try:
        tessdata = find_tessdata()
        sizes = "+".join(str((tessdata / f"{name}.traineddata").stat().st_size) for name in ("tha", "eng"))
        return f"tesserocr {version('tesserocr')} models {sizes}"
    except (EngineMissingError, PackageNotFoundError, OSError):
        return "no ocr"
