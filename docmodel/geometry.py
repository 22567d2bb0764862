"""Rectangles on a page."""

from __future__ import annotations

from collections.abc import Iterable

from docmodel.value_class import value_class


@value_class(frozen=True, slots=True, order=True)
class BBox:
    """A rectangle in PDF points (1/72 inch) from the page's top left corner, as the reader sees the page.

    ``x0 <= x1`` and ``top <= bottom``. Only extractors convert from another system into this one.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def x_center(self) -> float:
        """Horizontal centre in points."""
        return (self.x0 + self.x1) / 2

    @property
    def y_center(self) -> float:
        """Vertical centre in points."""
        return (self.top + self.bottom) / 2

    def contains_point(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside; the left and top edges belong to the box, the others do not."""
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom

    def intersection_area(self, other: BBox) -> float:
        """Area shared with another box, in square points; 0 where they do not touch."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def as_list(self) -> list[float]:
        """``[x0, top, x1, bottom]`` rounded to hundredths of a point, as the datasets hold it."""
        return [round(self.x0, 2), round(self.top, 2), round(self.x1, 2), round(self.bottom, 2)]


def union_bbox(boxes: Iterable[BBox | None]) -> BBox | None:
    """The smallest box around all boxes; None where there is none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    if len(known) == 1:
        return known[0]
    return BBox(
        min([box.x0 for box in known]),
        min([box.top for box in known]),
        max([box.x1 for box in known]),
        max([box.bottom for box in known]),
    )
