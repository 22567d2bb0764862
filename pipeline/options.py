"""What a run can be told, as one small frozen value that every worker gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class OcrMode(StrEnum):
    """When pages are read by OCR."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class OcrEngineKind(StrEnum):
    """What reads pictures of pages."""

    TESSERACT = "tesseract"
    VISION = "vision"


class EngineKind(StrEnum):
    """What runs the documents."""

    LOCAL = "local"
    RAY = "ray"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings that can change the rows of a document; they are part of the key under which its result is kept.

    ``cache_dir`` holds OCR results (None: no cache) and does not change rows. Limits are per document.
    """

    ocr: OcrMode = OcrMode.AUTO
    ocr_engine: OcrEngineKind = OcrEngineKind.TESSERACT
    schema_id: str = "opdc-2563"
    ocr_dpi: int = 200
    max_pages: int = 3000
    max_bytes: int = 512 * 1024 * 1024
    timeout_s: float = 1800.0
    max_memory_bytes: int = 2 * 1024 * 1024 * 1024
    cache_dir: Path | None = None
