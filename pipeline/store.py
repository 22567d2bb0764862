"""Where each document's result is kept between runs, under a key that changes with all that could change the rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docmodel.document import SourceFile
from pipeline.datasets.bundle import read_summary
from pipeline.options import Options
from pipeline.page_board import remove_board
from pipeline.summary import DocumentSummary
from pipeline.version import code_fingerprint, pipeline_version

STORE_FOLDER = ".store"
_OPTIONS_WITHOUT_ROWS = frozenset({"cache_dir", "max_memory_bytes", "timeout_s"})
_TRIED_AGAIN = frozenset(
    {
        "dataset_invalid",
        "document_timeout",
        "internal_error",
        "libarchive_missing",
        "libreoffice_missing",
        "memory_limit",
        "office_conversion_failed",
        "office_timeout",
        "tesseract_failed",
        "tesseract_missing",
        "tesseract_thai_missing",
        "unpacking_failed",
        "worker_crashed",
    }
)
"""Failures whose cause may be gone at the next run: a part was installed, memory or disk were short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultStore:
    """A folder of bundles. ``environment`` names the outside engines: a scan read without OCR is read again with it."""

    folder: Path
    environment: str = ""

    def bundle_path(self, source: SourceFile, options: Options) -> Path:
        """Where the rows of a file read with these options are, or will be."""
        return self.folder / f"{find_key(source, options, self.environment)}.arrow"

    def find(self, source: SourceFile, options: Options) -> DocumentSummary | None:
        """The summary of the kept result; None where the document has to be read."""
        kept = read_summary(self.bundle_path(source, options))
        if kept is None or kept["error_code"] in _TRIED_AGAIN or _TRIED_AGAIN & kept["issues"].keys():
            return None
        return DocumentSummary(**{**kept, "kept": True})

    def remove_others(self, wanted: Collection[Path]) -> int:
        """Delete the results that belong to no file of this run; their number comes back."""
        names = {path.name for path in wanted}
        others = [path for path in self.folder.glob("*.arrow") if path.name not in names]
        others += self.folder.glob("*.pages")  # of a run that was killed
        for path in others:
            path.unlink(missing_ok=True)
        for path in self.folder.glob("*.board"):
            remove_board(path)
        return len(others)


def find_key(source: SourceFile, options: Options, environment: str) -> str:
    """64 hex digits over content, path (its words help find the agency), settings, version, code and engines."""
    parts = [
        source.sha256, source.source_path, _settings_text(options), pipeline_version(), code_fingerprint(), environment
    ]  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()


@lru_cache(maxsize=4)
def _settings_text(options: Options) -> str:
    """The options that rows depend on, the same for all files of a run."""
    settings = {
        name: str(getattr(options, name)) for name in sorted(options.__slots__) if name not in _OPTIONS_WITHOUT_ROWS
    }
    return json.dumps(settings)
