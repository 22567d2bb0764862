"""ActualText clusters: text that a producer wrote beside the glyphs, once each and at the place of all its glyphs.

Browsers draw a Thai cluster ("ถิ่น") glyph by glyph under one mark that carries its text. PDFium gives that text for the
first object, sometimes again for the others, and the place of one glyph only. Objects of one mark share the mark's
address, so that a repeat is known from a word that the author wrote twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import byref, c_float
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from extractors.pdf import pdfium

Rows = NDArray[np.int64]
Bounds = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the page's own coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cluster:
    """The rows of a mark's text, rows that only repeat it, and the bounds of glyphs that have no rows."""

    kept: Rows
    repeated: Rows
    silent: tuple[Bounds, ...]


def find_clusters(
    page: pdfium.Handle, object_id: Rows, actual: NDArray[np.bool_], handles: NDArray[np.uint64]
) -> list[Cluster]:
    """The clusters of a page that more than one text object draws."""
    rows_of: dict[int, list[int]] = {}
    for row in np.flatnonzero(actual).tolist():
        rows_of.setdefault(int(object_id[row]), []).append(row)
    objects_of: dict[int, list[int]] = {}
    for index in rows_of:
        mark = _innermost_mark(int(handles[index]))
        if mark is not None:
            objects_of.setdefault(mark, []).append(index)
    silent = _silent_bounds(page, objects_of.keys(), set(handles.tolist()))
    clusters = []
    for mark, objects in objects_of.items():
        if len(objects) < 2 and mark not in silent:
            continue
        first, *others = sorted(objects, key=lambda index: rows_of[index][0])
        repeated = [row for index in others for row in rows_of[index]]
        clusters.append(
            Cluster(
                kept=np.array(rows_of[first], dtype=np.int64),
                repeated=np.array(repeated, dtype=np.int64),
                silent=tuple(silent.get(mark, ())),
            )
        )
    return clusters


def _silent_bounds(page: pdfium.Handle, marks: Iterable[int], known: set[int]) -> dict[int, list[Bounds]]:
    """The bounds of text objects under some marks for which PDFium gives no characters."""
    wanted = set(marks)
    bounds: dict[int, list[Bounds]] = {}
    if not wanted:
        return bounds
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for handle in map(pdfium.get_object, repeat(page), range(max(0, pdfium.count_objects(page)))):
        if not handle or handle in known or pdfium.get_object_type(handle) != FPDF_PAGEOBJ_TEXT:
            continue
        mark = _innermost_mark(handle)
        if mark in wanted and pdfium.get_object_bounds(handle, byref(left), byref(bottom), byref(right), byref(top)):
            assert mark is not None
            bounds.setdefault(mark, []).append((left.value, bottom.value, right.value, top.value))
    return bounds


def _innermost_mark(handle: pdfium.Handle) -> int | None:
    count = pdfium.count_marks(handle)
    if count <= 0:
        return None
    mark: int | None = pdfium.get_mark(handle, count - 1)
    return mark
