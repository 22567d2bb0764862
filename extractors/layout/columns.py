"""Pages set in two columns: the left column is read before the right one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import fmean, median

from extractors.layout.pieces import Piece

MIDDLE = (0.35, 0.65)
"""The gutter of a two-column page lies in this part of the text's width."""
STEP_PT = 2.0
MIN_COLUMN_LINES = 6
"""A column has at least this many lines; fewer are a heading pair, a signature block or a form."""
MIN_FILL = 0.6
"""Lines of prose fill this share of their column on average; labels and values of a form or list do not."""
MIN_GUTTER_EM = 0.6


def split_columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in groups to be read one after the other: a whole page of one column is one group."""
    gutter = _find_gutter(pieces)
    if gutter is None:
        return [list(pieces)]
    groups: list[list[Piece]] = []
    zone: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.y_center):
        if _crosses(piece, gutter):
            groups += _read_zone(zone, gutter)
            zone = []
            groups.append([piece])
        else:
            zone.append(piece)
    groups += _read_zone(zone, gutter)
    return _join_single(groups)


def _find_gutter(pieces: Sequence[Piece]) -> float | None:
    if len(pieces) < 2 * MIN_COLUMN_LINES:
        return None
    left, right = min(piece.bbox.x0 for piece in pieces), max(piece.bbox.x1 for piece in pieces)
    width = right - left
    steps = int((MIDDLE[1] - MIDDLE[0]) * width / STEP_PT)
    places = [left + MIDDLE[0] * width + STEP_PT * index for index in range(steps + 1)]
    lefts, rights = sorted(piece.bbox.x0 for piece in pieces), sorted(piece.bbox.x1 for piece in pieces)
    counts = [bisect_left(lefts, x) - bisect_right(rights, x) for x in places]
    fewest = min(counts)
    if fewest > len(pieces) // 3:
        return None
    best = [x for x, count in zip(places, counts, strict=True) if count == fewest]
    gutter = median(best)
    sides = [piece for piece in pieces if not _crosses(piece, gutter)]
    return gutter if _is_prose(sides, gutter) else None


def _crosses(piece: Piece, x: float) -> bool:
    return piece.bbox.x0 < x < piece.bbox.x1


def _is_prose(pieces: Sequence[Piece], gutter: float) -> bool:
    left = [piece for piece in pieces if piece.bbox.x1 <= gutter]
    right = [piece for piece in pieces if piece.bbox.x0 >= gutter]
    if min(len(left), len(right)) < MIN_COLUMN_LINES:
        return False
    left_edge, right_edge = max(piece.bbox.x1 for piece in left), min(piece.bbox.x0 for piece in right)
    if right_edge - left_edge < MIN_GUTTER_EM * median(piece.size_pt for piece in pieces):
        return False
    return all(_fill(side) >= MIN_FILL for side in (left, right))


def _fill(side: Sequence[Piece]) -> float:
    width = max(piece.bbox.x1 for piece in side) - min(piece.bbox.x0 for piece in side)
    return fmean(piece.bbox.width for piece in side) / width if width > 0 else 0.0


def _read_zone(zone: list[Piece], gutter: float) -> list[list[Piece]]:
    left = [piece for piece in zone if piece.bbox.x_center < gutter]
    right = [piece for piece in zone if piece.bbox.x_center >= gutter]
    return [side for side in (left, right) if side]


def _join_single(groups: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Full-width lines that follow each other made one group again, so that their paragraphs stay whole."""
    joined: list[list[Piece]] = []
    last_single = False
    for group in groups:
        single = len(group) == 1
        if single and last_single:
            joined[-1].extend(group)
        else:
            joined.append(list(group))
        last_single = single
    return joined
