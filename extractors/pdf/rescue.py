"""A PDF whose end is lost, made readable again as far as it goes.

A download or e-mail that broke off has no cross-reference table and no trailer. PDFium rebuilds the table by itself
when it is told where the catalogue is; many producers write that first, so the pages before the cut come back.
"""

from __future__ import annotations

import re

_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_OBJECT = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\b")
_OBJECT_END = b"endobj"
_HEADER_WINDOW = 1024
"""PDFium looks for the first line no further."""
_CATALOG_REACH = 4096
"""A catalogue's object begins at most this many bytes before its type: a few keys, never a stream."""


def rescue_truncated(content: bytes) -> bytes | None:
    """The file up to its last whole object, with a trailer; None where it holds no catalogue to start from."""
    end = content.rfind(_OBJECT_END)
    catalog = _find_catalog(content)
    if end < 0 or catalog is None:
        return None
    highest = max(int(found[1]) for found in _OBJECT.finditer(content))
    trailer = b"\ntrailer\n<< /Root %s R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (catalog, highest + 1)
    header = b"" if b"%PDF-" in content[:_HEADER_WINDOW] else b"%PDF-1.4\n"
    return header + content[: end + len(_OBJECT_END)] + trailer


def _find_catalog(content: bytes) -> bytes | None:
    """Number and generation of the last catalogue: a later one replaces an earlier."""
    types = list(_CATALOG.finditer(content))
    for found in reversed(types):
        before = content[max(0, found.start() - _CATALOG_REACH) : found.start()]
        starts = list(_OBJECT.finditer(before))
        if starts and _OBJECT_END not in before[starts[-1].end() :]:
            return b"%s %s" % (starts[-1][1], starts[-1][2])
    return None
