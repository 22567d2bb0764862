"""Frames drawn around text: boxes of a diagram, each a text of its own, and stamps, which are no part of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import GrayImage, PixelBox
from extractors.ocr.imaging import UprightPage

MIN_SIDE_INCH = 0.25
"""The smallest box that holds a line of text."""
MAX_PAGE_SHARE = 0.3
"""A larger frame is the border of the page."""
MAX_FILL = 0.25
"""Ink in the frame's box; a picture or a filled shape has more."""
MIN_SHAPE = 0.72
"""Area inside the outline against that of the rectangle around it: 0.79 for a round seal, 1 for a box; letters joined
by accident enclose less."""
ROUND_SHAPE = 0.86
STAMP_TILT_DEG = 1.0
"""What a printer draws is level on a straightened page; a hand never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A closed outline: ``label`` in the picture that was searched, ``angle_deg`` its tilt, falling to the right."""

    bbox: PixelBox
    label: int
    angle_deg: float
    is_stamp: bool


def find_frames(page: UprightPage, tables: Sequence[PixelBox]) -> tuple[tuple[Frame, ...], NDArray[np.int32]]:
    """The frames of a page that belong to no table, smaller ones first, and the labels of the page's ink."""
    count, found, stats, _ = cv2.connectedComponentsWithStats(page.ink, connectivity=8)
    labels = np.asarray(found, dtype=np.int32)
    low = MIN_SIDE_INCH * page.dpi
    frames = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if min(width, height) < low or width * height > MAX_PAGE_SHARE * page.ink.size:
            continue
        box = PixelBox(left, top, left + width, top + height)
        if area > MAX_FILL * width * height or any(table.grown(3, page.ink.shape).holds(box) for table in tables):
            continue
        frame = _frame_of(np.asarray(box.cut(labels) == label, dtype=np.uint8), box, label)
        if frame is not None:
            frames.append(frame)
    frames.sort(key=lambda frame: frame.bbox.width * frame.bbox.height)
    return tuple(frames), labels


def _frame_of(mask: GrayImage, box: PixelBox, label: int) -> Frame | None:
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    _, (width, height), angle = cv2.minAreaRect(outline)
    shape = cv2.contourArea(outline) / max(1.0, width * height)
    if shape < MIN_SHAPE:
        return None
    tilt = (angle + 45) % 90 - 45
    is_round = shape < ROUND_SHAPE
    return Frame(
        bbox=box,
        label=label,
        angle_deg=0.0 if is_round else tilt,
        is_stamp=is_round or abs(tilt) >= STAMP_TILT_DEG,
    )


def level_stamp(pixels: GrayImage, frame: Frame) -> GrayImage:
    """The picture inside a frame, turned level."""
    crop = frame.bbox.cut(pixels)
    height, width = crop.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), frame.angle_deg, 1.0)
    turned = cv2.warpAffine(
        crop, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(turned, dtype=np.uint8)
