"""Fails when a module has grown past 400 lines: then it holds a second idea that wants its own module."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("docmodel", "extractors", "normalizers", "pipeline", "reports", "schema")
MAX_LINES = 400


def find_oversized(root: Path) -> list[tuple[str, int]]:
    """Modules over the limit with their number of lines, largest first."""
    sizes = [
        (str(path.relative_to(root)), len(path.read_text(encoding="utf-8").splitlines()))
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
    ]
    return sorted((entry for entry in sizes if entry[1] > MAX_LINES), key=lambda entry: -entry[1])


def main() -> int:
    """Print each module over the limit; 1 when there is one."""
    oversized = find_oversized(ROOT)
    for name, lines in oversized:
        sys.stderr.write(f"{name}: {lines} lines, over the limit of {MAX_LINES}: split it\n")
    return 1 if oversized else 0


if __name__ == "__main__":
    sys.exit(main())
