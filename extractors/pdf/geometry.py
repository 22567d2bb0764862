"""How PDFium's page coordinates become points from the top left corner, as the reader sees the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docmodel.geometry import BBox

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGeometry:
    """The visible part of a page in its own coordinates (y upwards) and its rotation in degrees clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def width_pt(self) -> float:
        """Width as shown."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height_pt(self) -> float:
        """Height as shown."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    @property
    def bbox(self) -> BBox:
        """The whole page as shown."""
        return BBox(0.0, 0.0, self.width_pt, self.height_pt)

    def show_points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Points of the page as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def show_point(self, x: float, y: float) -> tuple[float, float]:
        """One point of the page as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def show_boxes(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Floats:
        """Boxes given by two opposite corners each, as rows of x0, top, x1, bottom as shown."""
        ax, ay = self.show_points(x0, y0)
        bx, by = self.show_points(x1, y1)
        return np.column_stack((np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)))
