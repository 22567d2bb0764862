"""ActualText that PDFium repeats: one marked cluster drawn as several text objects is read once per object.

Browsers draw a Thai cluster ("ถิ่น") glyph by glyph under one mark that carries its text, and PDFium gives that text
for each of the objects. Objects of one mark share the mark's address, so that a repeat is known from a word that the
author wrote twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pdf import pdfium

Rows = NDArray[np.int64]


def find_repeats(
    object_id: NDArray[np.int64], actual: NDArray[np.bool_], handles: NDArray[np.uint64]
) -> list[tuple[Rows, Rows]]:
    """Pairs of rows: the first reading of a mark's text, and the rows that only repeat it."""
    rows_of: dict[int, list[int]] = {}
    for row in np.flatnonzero(actual):
        rows_of.setdefault(int(object_id[row]), []).append(int(row))
    objects_of: dict[int, list[int]] = {}
    for object_index in rows_of:
        mark = _innermost_mark(int(handles[object_index]))
        if mark is not None:
            objects_of.setdefault(mark, []).append(object_index)
    repeats = []
    for objects in objects_of.values():
        if len(objects) < 2:
            continue
        first, *others = sorted(objects, key=lambda index: rows_of[index][0])
        dropped = [row for index in others for row in rows_of[index]]
        repeats.append((np.array(rows_of[first]), np.array(dropped)))
    return repeats


def _innermost_mark(handle: pdfium.Handle) -> int | None:
    count = pdfium.count_marks(handle)
    if count <= 0:
        return None
    mark: int | None = pdfium.get_mark(handle, count - 1)
    return mark
