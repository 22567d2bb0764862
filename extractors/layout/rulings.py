"""Ruling lines as tables are drawn with them: dashes joined, doubled lines made one, strays left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from docmodel.value_class import value_class

DASH_LENGTH_PT = 15.0
"""A piece up to this length may be a dash; longer ones are lines of their own."""
DASH_GAP_PT = 6.0
"""The widest gap between two dashes of one line; Word's widest dash pattern has 4.5 points."""
SAME_LINE_PT = 1.5
"""Pieces of one drawn line differ by rounding and line width only; real neighbours stand further apart."""
MIN_LINE_PT = 6.0
"""A joined line shorter than this is no side of a cell that could hold text."""


class Orientation(StrEnum):
    """Which way a ruling line runs."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@value_class(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a ruling line in points from the page's top left corner.

    ``position`` is the line's y (horizontal) or x (vertical); ``start`` < ``end`` are its ends on the other axis.
    ``drawn`` is False for the edge of a coloured background, which is evidence but no line.
    """

    orientation: Orientation
    position: float
    start: float
    end: float
    drawn: bool = True

    @property
    def length(self) -> float:
        """Length in points."""
        return self.end - self.start


def horizontal(y: float, x0: float, x1: float, *, drawn: bool = True) -> Segment:
    """A horizontal segment between two x in either order."""
    return Segment(orientation=Orientation.HORIZONTAL, position=y, start=min(x0, x1), end=max(x0, x1), drawn=drawn)


def vertical(x: float, top: float, bottom: float, *, drawn: bool = True) -> Segment:
    """A vertical segment between two y in either order."""
    return Segment(
        orientation=Orientation.VERTICAL, position=x, start=min(top, bottom), end=max(top, bottom), drawn=drawn
    )


def join_segments(segments: Iterable[Segment], *, tolerance_pt: float) -> tuple[list[Segment], list[Segment]]:
    """Whole lines from their pieces: the horizontal ones and the vertical ones, each by position.

    Pieces on one line are joined over gaps up to ``tolerance_pt``, dashes over wider ones; doubled lines become one.
    """
    rows: list[Segment] = []
    columns: list[Segment] = []
    for segment in segments:
        (rows if segment.orientation is Orientation.HORIZONTAL else columns).append(segment)
    joined = []
    for own in (rows, columns):
        lines = [
            line for group in _group_by_position(own, SAME_LINE_PT) for line in _join_group(group, gap_pt=tolerance_pt)
        ]
        joined.append([line for line in lines if line.length >= MIN_LINE_PT])
    return joined[0], joined[1]


def group_positions(positions: Sequence[float], tolerance_pt: float) -> list[int]:
    """For each position the index of its group; groups are at most ``tolerance_pt`` wide and count up from 0."""
    order = sorted(range(len(positions)), key=positions.__getitem__)
    group_of = [0] * len(positions)
    group, first = -1, float("-inf")
    for index in order:
        if positions[index] - first > tolerance_pt:
            group, first = group + 1, positions[index]
        group_of[index] = group
    return group_of


def merge_intervals(intervals: Iterable[tuple[float, float]], gap_pt: float) -> list[tuple[float, float]]:
    """Intervals in order, those nearer than ``gap_pt`` made one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if merged and start - merged[-1][1] <= gap_pt:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _group_by_position(pieces: Sequence[Segment], width_pt: float) -> list[list[Segment]]:
    groups: dict[int, list[Segment]] = {}
    for piece, group in zip(pieces, group_positions([piece.position for piece in pieces], width_pt), strict=True):
        groups.setdefault(group, []).append(piece)
    return list(groups.values())


def _join_group(group: Sequence[Segment], *, gap_pt: float) -> list[Segment]:
    if len(group) == 1:
        return list(group)
    first, *others = sorted(group, key=lambda piece: piece.start)
    lines: list[Segment] = []
    position, start, end, drawn = first.position, first.start, first.end, first.drawn
    weight = last_length = first.length

    def line() -> Segment:
        return Segment(orientation=first.orientation, position=position, start=start, end=end, drawn=drawn)

    for piece in others:
        length = piece.length
        dash = length <= DASH_LENGTH_PT and last_length <= DASH_LENGTH_PT
        if piece.start - end <= (max(gap_pt, DASH_GAP_PT) if dash else gap_pt):
            weight += length
            position += (piece.position - position) * (length / weight if weight > 0 else 0.5)
            end = max(end, piece.end)
            drawn = drawn or piece.drawn
        else:
            lines.append(line())
            position, start, end, drawn = piece.position, piece.start, piece.end, piece.drawn
            weight = length
        last_length = length
    return [*lines, line()]
