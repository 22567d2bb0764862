"""Which characters a reader of the page sees, and which are a watermark behind the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docmodel.geometry import BBox
from extractors.pdf.characters import Characters
from extractors.pdf.geometry import PageGeometry

HIDDEN_LAYER_CHARS = 30
"""With fewer visible characters than this a page lives by its invisible text: a scan with a text layer behind it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenText:
    """The characters of the page's flow, those of watermarks, and how many were invisible."""

    flow: Characters
    watermark: Characters
    visible_count: int
    invisible_count: int


def find_seen_text(characters: Characters, geometry: PageGeometry, dark_areas: Sequence[BBox]) -> SeenText:
    """Sort out what is invisible, white on white, off the page or a watermark.

    A watermark is askew or so pale that nobody could read it as text, unless it stands on a dark ground. Invisible text
    is the page's text only where next to nothing else is there.
    """
    on_page = _centers_inside(characters, geometry.bbox)
    shown = characters.visible & on_page
    on_dark = np.zeros(len(characters), dtype=bool)
    if characters.pale.any():
        for area in dark_areas:
            on_dark |= _centers_inside(characters, area)
        shown &= ~characters.white | on_dark
    solid = characters.code != 0x20
    visible_count = int((shown & solid).sum())
    hidden = on_page & ~characters.visible
    invisible_count = int((hidden & solid).sum())
    taken = shown if visible_count >= HIDDEN_LAYER_CHARS else shown | hidden
    pale = characters.pale & ~on_dark
    behind = characters.direction < 0
    if int((taken & solid & ~pale & ~behind).sum()) >= HIDDEN_LAYER_CHARS:
        behind = behind | pale
    return SeenText(
        flow=characters.take(taken & ~behind),
        watermark=characters.take(taken & behind),
        visible_count=visible_count,
        invisible_count=invisible_count,
    )


def _centers_inside(characters: Characters, area: BBox) -> NDArray[np.bool_]:
    x = (characters.box[:, 0] + characters.box[:, 2]) / 2
    y = (characters.box[:, 1] + characters.box[:, 3]) / 2
    found: NDArray[np.bool_] = (x >= area.x0) & (x <= area.x1) & (y >= area.top) & (y <= area.bottom)
    return found
