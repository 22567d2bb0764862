"""Digits whose ink runs together, parted where both halves look like digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.ocr.glyphs import CLASSES, OTHER, Features, Glyph, name_glyphs

TOUCHING_WIDTH = 1.3
"""Width in letter heights from which a glyph may be two digits; single ones reach 1.2."""
SURE_PART = 0.85
"""Probability that each part must have of being a digit or sign."""
NARROWEST = 0.3
"""Least share of the whole that a part has."""
INKED = 60
_OTHER = CLASSES.index(OTHER)


def part_touching(glyphs: Sequence[Glyph], other: Features) -> list[Glyph]:
    """The glyphs, each wide one that is probably no digit (``other``) parted in two or three where that makes some."""
    parted: list[Glyph] = []
    for glyph, is_none in zip(glyphs, other.tolist(), strict=True):
        parts = _best_parts(glyph) if is_none > 0.5 and glyph.width >= TOUCHING_WIDTH else None
        parted += parts or [glyph]
    return parted


def _best_parts(glyph: Glyph) -> list[Glyph] | None:
    width = glyph.pixels.shape[1]
    columns = (glyph.pixels > INKED).sum(axis=0)
    low = max(1, round(NARROWEST / 1.5 * width))
    inner = np.arange(low, width - low)
    if len(inner) == 0:
        return None
    thin = inner[np.argsort(columns[inner], kind="stable")][:12]
    ways: list[tuple[int, ...]] = [(int(cut),) for cut in thin]
    if glyph.width >= 1.5 * TOUCHING_WIDTH:
        ways += [(int(a), int(b)) for a in thin for b in thin if b - a >= low]
    best, best_sure = None, SURE_PART
    for way in ways:
        edges = (0, *way, width)
        parts = [_cut(glyph, start, end) for start, end in pairwise(edges)]
        if any(part is None for part in parts):
            continue
        whole = [part for part in parts if part is not None]
        found = name_glyphs(whole)
        found[:, _OTHER] = 0
        sure = float(found.max(axis=1).min())
        if sure > best_sure:
            best, best_sure = whole, sure
    return best


def _cut(glyph: Glyph, start: int, end: int) -> Glyph | None:
    """The piece between two columns, its empty rows away."""
    height, width = glyph.pixels.shape
    piece = glyph.pixels[:, start:end]
    rows = np.flatnonzero((piece > INKED).any(axis=1))
    if len(rows) < 2:
        return None
    unit = (glyph.top - glyph.bottom) / max(1, height - 2)
    first, last = int(rows[0]), int(rows[-1]) + 1
    return replace(
        glyph,
        pixels=np.pad(piece[first:last], 1),
        top=glyph.top - (first - 1) * unit,
        bottom=glyph.top - (last - 1) * unit,
        width=glyph.width * (end - start) / max(1, width - 2),
    )
