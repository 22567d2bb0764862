"""The row sides that a table with vertical lines only does not draw, found by its text and by how its lines are cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.pieces import Y_CENTER_EM, Piece
from extractors.layout.rulings import DASH_LENGTH_PT, Orientation, Segment, group_positions, horizontal, join_segments
from extractors.layout.runs import Run, find_runs
from extractors.layout.text_rows import find_hidden_rows

TOLERANCE_PT = 3.0
"""As for grids: lines and ends nearer than this are one."""
MIN_LINES = 3
"""Two columns between three lines; two lines stand beside a text or frame a page."""
MIN_HEIGHT_PT = 40.0
"""Three lines of text; a lower column holds no hidden rows."""
MAX_INNER_ROWS = 2
"""A head and totals may have a line of their own; a table with more draws its rows."""
MIN_LEDGER_LINES = 4
"""Three columns; a frame of two is a form with a place for two people to sign."""
MIN_LEDGER_ROWS = 4
"""Sides between five rows in one frame: fewer may be the lines of wrapped texts."""
JOINT_SHARE = 0.6
"""Share of a table's lines that are cut at a height for it to be a row's side."""


def find_hidden_rows_of_columns(segments: Sequence[Segment], pieces: Sequence[Piece]) -> list[Segment]:
    """Horizontal segments for the rows of tables that rule their columns only; nothing for all other tables."""
    drawn = [segment for segment in segments if segment.drawn]
    rows, columns = join_segments(drawn, tolerance_pt=TOLERANCE_PT)
    runs: list[Run] | None = None
    found: list[Segment] = []
    for stack in _stacks(columns):
        top, bottom = stack[0].start, stack[0].end
        xs = [column.position for column in stack]
        own = [row for row in rows if row.start < xs[-1] - TOLERANCE_PT and row.end > xs[0] + TOLERANCE_PT]
        inner = sorted(row.position for row in own if top + TOLERANCE_PT < row.position < bottom - TOLERANCE_PT)
        if len(inner) > MAX_INNER_ROWS or _is_inside_another(own, xs):
            continue
        levels = [top, *inner, bottom]
        is_open = len(own) == 0
        places = _joints(drawn, stack, levels)
        if not places and (is_open or len(stack) >= MIN_LEDGER_LINES):
            runs = find_runs(pieces) if runs is None else runs
            places = _by_text(runs, columns, xs, levels, is_open=is_open)
        found += [horizontal(y, xs[0], xs[-1]) for y in places]
        if places:
            found += [horizontal(y, xs[0], xs[-1]) for y in (top, bottom)]
    return found


def _is_inside_another(rows: Sequence[Segment], xs: Sequence[float]) -> bool:
    """Whether lines go on beyond both sides, so that the columns are the merged cells of a larger table."""
    beyond = [row for row in rows if row.start < xs[0] - TOLERANCE_PT and row.end > xs[-1] + TOLERANCE_PT]
    return len(beyond) >= 2


def _stacks(columns: Sequence[Segment]) -> list[list[Segment]]:
    """Vertical lines from the same height to the same height, from the left."""
    stacks: list[list[Segment]] = []
    for column in sorted(columns, key=lambda column: column.position):
        if column.length < MIN_HEIGHT_PT:
            continue
        stack = next((stack for stack in stacks if _is_level(column, stack[0])), None)
        if stack is None:
            stacks.append([column])
        elif column.position - stack[-1].position > TOLERANCE_PT:
            stack.append(column)
    return [stack for stack in stacks if len(stack) >= MIN_LINES]


def _is_level(column: Segment, other: Segment) -> bool:
    return abs(column.start - other.start) <= TOLERANCE_PT and abs(column.end - other.end) <= TOLERANCE_PT


def _joints(drawn: Sequence[Segment], stack: Sequence[Segment], levels: Sequence[float]) -> list[float]:
    """Heights at which most lines of a table are cut, although nothing is drawn there."""
    found: list[tuple[float, int]] = []
    upright = [piece for piece in drawn if piece.orientation is Orientation.VERTICAL and piece.length > DASH_LENGTH_PT]
    for number, column in enumerate(stack):
        for piece in upright:
            if abs(piece.position - column.position) > TOLERANCE_PT:
                continue
            for end in (piece.start, piece.end):
                if levels[0] < end < levels[-1] and all(abs(end - level) > TOLERANCE_PT for level in levels):
                    found.append((end, number))
    groups: dict[int, list[tuple[float, int]]] = {}
    for cut, group in zip(found, group_positions([y for y, _ in found], TOLERANCE_PT), strict=True):
        groups.setdefault(group, []).append(cut)
    return [
        sum(y for y, _ in cuts) / len(cuts)
        for cuts in groups.values()
        if len({number for _, number in cuts}) >= JOINT_SHARE * len(stack)
    ]


def _by_text(
    runs: Sequence[Run], columns: Sequence[Segment], outer: Sequence[float], levels: Sequence[float], *, is_open: bool
) -> list[float]:
    """Row sides by the lines of text. A closed frame may be a single row of wrapped texts or lists: there only lines
    count that each look like a row, and many of them."""
    found: list[float] = []
    for top, bottom in pairwise(levels):
        xs = _sides_between(columns, outer, top, bottom)
        inside = [
            run
            for run in runs
            if top <= run.baseline - Y_CENTER_EM * run.size_pt < bottom and xs[0] < (run.x0 + run.x1) / 2 < xs[-1]
        ]
        if not any(run.crosses(x) for run in inside for x in xs):
            rows = find_hidden_rows(inside, xs, by_gaps=is_open)
            found += rows if is_open or len(rows) >= MIN_LEDGER_ROWS else []
    return found


def _sides_between(columns: Sequence[Segment], outer: Sequence[float], top: float, bottom: float) -> list[float]:
    """The sides of the columns between two heights: those under a merged head begin lower than the table."""
    inner = [
        column.position
        for column in columns
        if outer[0] + TOLERANCE_PT < column.position < outer[-1] - TOLERANCE_PT
        and column.start <= top + TOLERANCE_PT
        and column.end >= bottom - TOLERANCE_PT
    ]
    return [outer[0], *sorted(inner), outer[-1]]
