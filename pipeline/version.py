"""Which pipeline wrote a dataset: its version and a fingerprint of its code and rules."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DATASET_VERSION = "1"
"""Raised when a column is renamed, removed or changes its meaning; new columns leave it."""

_ROOT = Path(__file__).resolve().parent.parent
_FINGERPRINTED_PACKAGES = ("docmodel", "extractors", "normalizers", "pipeline", "schema")
_FINGERPRINTED_SUFFIXES = frozenset({".py", ".yaml", ".csv", ".json", ".txt"})


@lru_cache(maxsize=1)
def pipeline_version() -> str:
    """Version of the installed distribution; ``0+unknown`` when it runs without being installed."""
    try:
        return version("opdc-bcp")
    except PackageNotFoundError:
        return "0+unknown"


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """16 hex digits over all code, schema and data files, so that a kept result is never read after a change."""
    digest = hashlib.sha256()
    for package in _FINGERPRINTED_PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in _FINGERPRINTED_SUFFIXES and path.is_file():
                digest.update(str(path.relative_to(_ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
