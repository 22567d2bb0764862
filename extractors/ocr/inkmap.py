"""The ink of a page piece by piece: connected strokes with their boxes, noise left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import GrayImage, PixelBox
from extractors.ocr.imaging import PAPER

SPECK_INCH = 0.034
"""Dust and the dots of Thai abbreviations are this small; dust stands alone."""
GRAIN_INCH = 0.011
"""Smaller than any printed dot: grain of the scanner, dropped wherever it is."""
ALONE_INCH = 0.07
"""A dot with nothing this near belongs to no word."""
COLON_ALIKE, COLON_APART = 0.25, (1.8, 4.5)
"""The dots of a colon against their size: how much they differ, and how far apart their middles are."""
MAX_LONE_SPECKS = 200
"""A page has a dozen colons; with more lone specks it is dusty."""
LEADER_DOTS = 4
"""This many dots near each other are a dotted line to write on, which says that nothing was filled in."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InkMap:
    """``labels`` gives each pixel's piece (0 paper); ``boxes`` left, top, right, bottom per piece; index 0 is void.

    ``depths`` is how far from the paper a piece's ink lies on average, in pixels: thick strokes lie deep.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]
    depths: NDArray[np.float64]

    def within(self, box: PixelBox) -> NDArray[np.intp]:
        """The pieces whose box is centred in a box."""
        x = (self.boxes[:, 0] + self.boxes[:, 2]) / 2
        y = (self.boxes[:, 1] + self.boxes[:, 3]) / 2
        inside = (x >= box.left) & (x < box.right) & (y >= box.top) & (y < box.bottom) & (self.areas > 0)
        return np.flatnonzero(inside)

    def box_of(self, pieces: Sequence[int] | NDArray[np.intp]) -> PixelBox:
        """The box around some pieces."""
        boxes = self.boxes[pieces]
        left, top = boxes[:, :2].min(axis=0)
        right, bottom = boxes[:, 2:].max(axis=0)
        return PixelBox(int(left), int(top), int(right), int(bottom))

    def mask_of(self, pieces: Sequence[int] | NDArray[np.intp], box: PixelBox) -> GrayImage:
        """255 on the pixels of some pieces, in the frame of a box."""
        chosen = np.zeros(len(self.areas), dtype=np.uint8)
        chosen[pieces] = PAPER
        return chosen[box.cut(self.labels)]

    def without(self, pieces: Sequence[int] | NDArray[np.intp]) -> InkMap:
        """The map after some pieces have been taken out."""
        areas = self.areas.copy()
        areas[pieces] = 0
        return replace(self, areas=areas)


def map_ink(ink: GrayImage, dpi: float) -> tuple[InkMap, NDArray[np.intp]]:
    """The pieces of ink of a page, and which of them are noise (already taken out of the map)."""
    _, found_labels, found_stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels = np.asarray(found_labels, dtype=np.int32)
    stats = np.asarray(found_stats, dtype=np.int32)
    boxes = stats[:, :4].copy()
    boxes[:, 2:] += boxes[:, :2]
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    is_grain = (size <= max(1.0, GRAIN_INCH * dpi)) & (areas > 0)
    is_speck = (size <= SPECK_INCH * dpi) & ~is_grain & (areas > 0)
    noise = np.flatnonzero(is_grain | _alone(ink, labels, boxes, is_speck=is_speck, is_grain=is_grain, dpi=dpi))
    ink_map = InkMap(labels=labels, boxes=boxes, areas=areas, depths=_measure_depths(ink, labels, len(boxes)))
    return ink_map.without(noise), noise


def _measure_depths(ink: GrayImage, labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    depth = np.asarray(cv2.distanceTransform(ink, cv2.DIST_L2, 3), dtype=np.float32)
    inked = labels > 0
    own = labels[inked]
    return np.bincount(own, depth[inked], count) / np.maximum(np.bincount(own, minlength=count), 1)


def _alone(
    ink: GrayImage,
    labels: NDArray[np.int32],
    boxes: NDArray[np.int32],
    *,
    is_speck: NDArray[np.bool_],
    is_grain: NDArray[np.bool_],
    dpi: float,
) -> NDArray[np.bool_]:
    """Specks that stand neither near a glyph nor in a row of dots."""
    if not is_speck.any():
        return is_speck
    reach = max(1, round(ALONE_INCH * dpi)) | 1
    solid = ink
    if is_grain.any():
        solid = np.where(is_grain[labels], np.uint8(0), ink)
    near = cv2.dilate(solid, np.ones((reach, reach), np.uint8))
    count, groups = cv2.connectedComponents(near, connectivity=8)
    real = np.flatnonzero(~is_grain)[1:]
    rows = (boxes[real, 1] + boxes[real, 3]) // 2
    columns = (boxes[real, 0] + boxes[real, 2]) // 2
    group_of = np.zeros(len(boxes), dtype=np.int64)
    group_of[real] = groups[np.minimum(rows, ink.shape[0] - 1), np.minimum(columns, ink.shape[1] - 1)]
    has_glyph = np.zeros(count, dtype=bool)
    has_glyph[group_of[real[~is_speck[real]]]] = True
    specks = np.bincount(group_of[is_speck], minlength=count)
    alone = is_speck & ~has_glyph[group_of] & (specks[group_of] < LEADER_DOTS)
    alone[_colons(boxes, np.flatnonzero(alone))] = False
    return alone


def _colons(boxes: NDArray[np.int32], specks: NDArray[np.intp]) -> NDArray[np.intp]:
    """The specks that stand right above another of their size: colons with a space on both sides.

    None among so many specks that some stand like that by accident.
    """
    if len(specks) > MAX_LONE_SPECKS:
        return specks[:0]
    own = boxes[specks].astype(np.float64)
    size = np.maximum(own[:, 2:] - own[:, :2], 1)
    middle = (own[:, :2] + own[:, 2:]) / 2
    dot = size.max(axis=1)
    aside = np.abs(middle[:, None, 0] - middle[None, :, 0])
    apart = np.abs(middle[:, None, 1] - middle[None, :, 1]) / np.maximum(dot[:, None], dot[None, :])
    alike = np.abs(size[:, None, :] - size[None, :, :]).max(axis=2) <= COLON_ALIKE * dot[:, None] + 1
    pairs = (aside <= 1.5) & (apart >= COLON_APART[0]) & (apart <= COLON_APART[1]) & alike
    return np.asarray(specks[pairs.any(axis=1)], dtype=np.intp)


def erase_pieces(pixels: GrayImage, ink_map: InkMap, pieces: Sequence[int] | NDArray[np.intp]) -> GrayImage:
    """A grey picture without some pieces, their soft edges included."""
    if len(pieces) == 0:
        return pixels
    gone = np.zeros(len(ink_map.areas), dtype=np.uint8)
    gone[pieces] = PAPER
    mask = cv2.dilate(gone[ink_map.labels], np.ones((3, 3), np.uint8))
    erased = pixels.copy()
    erased[mask > 0] = PAPER
    return erased
