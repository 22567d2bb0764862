"""Dotted lines from single dots: some printers draw each dot of a border as a shape of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.layout.rulings import Segment, horizontal, vertical

MIN_DOTS = 6
"""Fewer dots in a row are an ellipsis or a pattern."""
MAX_STEP_PT = 5.0
"""Dots further apart are no line to the eye."""
SAME_LINE_PT = 0.6


def join_dots(centers: Sequence[tuple[float, float]]) -> list[Segment]:
    """The horizontal and vertical lines that dots draw, given by their centres in points."""
    if len(centers) < MIN_DOTS:
        return []
    points: NDArray[np.float64] = np.unique(np.round(np.array(centers, dtype=np.float64), 2), axis=0)
    return _lines(points[:, 1], points[:, 0], horizontal) + _lines(points[:, 0], points[:, 1], vertical)


def _lines(
    level: NDArray[np.float64], along: NDArray[np.float64], make: Callable[[float, float, float], Segment]
) -> list[Segment]:
    rounded = np.round(level / SAME_LINE_PT)
    order = np.lexsort((along, rounded))
    near = (np.diff(rounded[order]) == 0) & (np.diff(along[order]) <= MAX_STEP_PT)
    ends = np.flatnonzero(~near)
    starts = np.concatenate(([0], ends + 1))
    stops = np.concatenate((ends, [len(order) - 1]))
    return [
        make(float(level[order[start]]), float(along[order[start]]), float(along[order[stop]]))
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        if stop - start + 1 >= MIN_DOTS
    ]
