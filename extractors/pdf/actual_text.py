"""ActualText clusters: text that a producer wrote beside the glyphs, once each and at the place of all its glyphs.

Browsers draw a Thai cluster ("ถิ่น") glyph by glyph under one mark that carries its text. PDFium gives that text for the
first object, sometimes again for the others, and the place of one glyph only. Objects of one mark share the mark's
address, so that a repeat is known from a word that the author wrote twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from extractors.pdf import pdfium
from extractors.pdf.geometry import Floats

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clusters:
    """For each character the number of its cluster, -1 outside of any, and whether it only repeats the cluster's text;
    and the bounds (x0, y0, x1, y1 in the page's own coordinates) of glyphs that belong to a cluster and have no
    characters."""

    group: Rows
    repeated: Mask
    silent_group: Rows
    silent_bounds: Floats


def find_clusters(others: pdfium.PageObjects, object_id: Rows, actual: Mask, addresses: pdfium.Addresses) -> Clusters:
    """The clusters of a page that more than one text object draws.

    ``object_id`` tells for each character the place of its text object in ``addresses``; ``others`` have no characters.
    """
    at_rows = np.flatnonzero(actual)
    objects, first, object_of_row = np.unique(object_id[at_rows], return_index=True, return_inverse=True)
    marks = _innermost_marks(addresses[objects])
    mark_values, mark_of_object = np.unique(marks, return_inverse=True)
    silent_group, silent_bounds = _find_silent(others, mark_values)

    joined = np.bincount(mark_of_object, minlength=len(mark_values)) > 1
    joined[silent_group] = True
    joined &= mark_values != 0
    group = np.full(len(actual), -1, dtype=np.int64)
    repeated = np.zeros(len(actual), dtype=bool)
    clusters = Clusters(group=group, repeated=repeated, silent_group=silent_group, silent_bounds=silent_bounds)
    if not joined.any():
        return clusters
    earliest = np.full(len(mark_values), len(actual), dtype=np.int64)
    np.minimum.at(earliest, mark_of_object, first)
    repeats = joined[mark_of_object] & (first != earliest[mark_of_object])

    group_of_object = np.where(joined[mark_of_object], mark_of_object, -1)
    group[at_rows] = group_of_object[object_of_row]
    repeated[at_rows] = repeats[object_of_row]
    return clusters


def _find_silent(others: pdfium.PageObjects, marks: pdfium.Addresses) -> tuple[Rows, Floats]:
    """Text objects under some marks for which PDFium gives no characters: index of their mark, and bounds."""
    texts = others.of_kind(FPDF_PAGEOBJ_TEXT).addresses
    if len(texts) == 0 or not marks.any():
        return np.zeros(0, dtype=np.int64), np.zeros((0, 4))
    own = _innermost_marks(texts)
    silent = (own != 0) & np.isin(own, marks)
    bounds = pdfium.FLOAT_BOXES.read(pdfium.get_object_bounds, texts[silent]).astype(np.float64)
    found = bounds.any(axis=1)
    return np.searchsorted(marks, own[silent][found]), bounds[found]


def _innermost_marks(addresses: pdfium.Addresses) -> pdfium.Addresses:
    """The address of the mark nearest to each object, 0 without one."""
    counts = pdfium.read_values(pdfium.count_marks, addresses, np.int64)
    marks = np.zeros(len(addresses), dtype=np.uint64)
    rows = np.flatnonzero(counts > 0)
    last = (counts[rows] - 1).tolist()
    marks[rows] = pdfium.read_values(pdfium.get_mark, addresses[rows], np.uint64, then=last)
    return marks
