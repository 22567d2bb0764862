"""The column sides that a table with horizontal lines only does not draw, found by its text and by joints of its lines.

Many plans are set "as in a journal": lines between the rows, none between the columns. Producers that draw the border
of each cell by itself leave a joint at each column; where there is none, a column's side is where no text stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.layout.pieces import Y_CENTER_EM, Piece
from extractors.layout.rulings import (
    DASH_LENGTH_PT,
    Orientation,
    Segment,
    group_positions,
    horizontal,
    join_segments,
    merge_intervals,
    vertical,
)
from extractors.layout.runs import Run, find_runs
from extractors.layout.text_rows import find_hidden_rows

TOLERANCE_PT = 3.0
"""As for grids: lines and ends nearer than this are one."""
MIN_WIDTH_PT = 120.0
"""Shorter lines under each other are underlined words or lines to sign on."""
MIN_LINES = 3
"""Two bands of text between three lines; two lines are a frame around a paragraph."""
MIN_GUTTER_EM = 0.45
"""Room between two columns, in font sizes: the paddings of two cells are 10 points in Word's usual table."""
JOINT_SHARE = 0.6
"""Share of a table's lines that are cut at a place for it to be a column's side."""
EXTRA_PAD_EM = 0.8
"""A band whose text stands this much further from its lines than usual is space between two tables."""
MIN_MULTI_SHARE = 0.5
"""Share of the bands with text that must show several columns."""
LABEL_GAP_PT = 12.0
"""A label stands this near to the line that is to be filled in; the next table is further away."""
MAX_LABELLED_SHARE = 0.3
"""Lines of a table have no words beside them; a note in the margin may stand at some."""
MAX_BANDS_OF_ROWS = 3
"""A table of more bands has a line between all of its rows; one with a head, a body and totals may have none."""


@dataclass(slots=True, kw_only=True)
class Band:
    """What stands between two horizontal lines; ``partial`` the stretches of the lower one where it is not whole."""

    top: float
    bottom: float
    partial: list[tuple[float, float]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    @property
    def has_columns(self) -> bool:
        """Whether a line of text has a gap in it."""
        baselines = [run.baseline for run in self.runs]
        return len(set(baselines)) < len(baselines)

    @property
    def pad_pt(self) -> float:
        """Free space above and below the text together."""
        first, last = self.runs[0], self.runs[-1]
        return (first.baseline - first.size_pt - self.top) + (self.bottom - last.baseline - 0.3 * last.size_pt)


@dataclass(slots=True, kw_only=True)
class _Stack:
    """Horizontal lines of one table: the whole ones and the partial ones between them."""

    start: float
    end: float
    whole: list[Segment] = field(default_factory=list)
    partial: list[Segment] = field(default_factory=list)


def find_hidden_sides(segments: Sequence[Segment], pieces: Sequence[Piece]) -> list[Segment]:
    """The sides that tables with horizontal lines only leave out, as segments; nothing for all other tables.

    Rows with a background in turn with rows without one are such a table too: their edges are its lines.
    """
    runs: list[Run] | None = None
    sides: list[Segment] = []
    drawn_columns: list[Segment] = []
    for drawn in (True, False):
        own = [segment for segment in segments if segment.drawn is drawn]
        rows, columns = join_segments(own, tolerance_pt=TOLERANCE_PT)
        drawn_columns = columns if drawn else drawn_columns
        lone = [row for row in rows if not any(_touch(row, column) for column in drawn_columns)]
        for stack in _find_stacks(lone):
            runs = find_runs(pieces) if runs is None else runs
            if not drawn:
                if not _is_striped(stack, columns):
                    continue
                _add_last_row(stack, runs)
            if _is_form(stack, runs):
                continue
            for bands in _split_tables(_make_bands(stack, runs)):
                sides += _sides(stack, bands, _joints(own, stack, bands))
                if not drawn:
                    levels = {bands[0].top, *(band.bottom for band in bands if not band.partial)}
                    sides += [horizontal(y, stack.start, stack.end) for y in levels]
                    sides += [horizontal(band.bottom, *part) for band in bands for part in band.partial]
    return sides


def _touch(row: Segment, column: Segment) -> bool:
    return (
        row.start - TOLERANCE_PT <= column.position <= row.end + TOLERANCE_PT
        and column.start - TOLERANCE_PT <= row.position <= column.end + TOLERANCE_PT
    )


def _find_stacks(rows: Sequence[Segment]) -> list[_Stack]:
    stacks: list[_Stack] = []
    for row in sorted(rows, key=lambda row: -row.length):
        if row.length < MIN_WIDTH_PT:
            break
        stack = next((stack for stack in stacks if _is_whole(row, stack)), None)
        if stack is None:
            stacks.append(stack := _Stack(start=row.start, end=row.end))
        stack.whole.append(row)
    stacks = [stack for stack in stacks if len(_distinct(stack.whole)) >= MIN_LINES]
    whole = {id(row) for stack in stacks for row in stack.whole}
    for row in rows:
        if id(row) not in whole:
            stack = next((stack for stack in stacks if _is_part(row, stack)), None)
            if stack is not None:
                stack.partial.append(row)
    return stacks


def _is_form(stack: _Stack, runs: Sequence[Run]) -> bool:
    """Whether the lines are to be filled in: words stand right beside them, on them or across their ends."""
    levels = _distinct(stack.whole)
    labels = [
        run
        for run in runs
        if 0 <= stack.start - run.x1 < LABEL_GAP_PT
        or 0 <= run.x0 - stack.end < LABEL_GAP_PT
        or run.crosses(stack.start)
        or run.crosses(stack.end)
    ]
    labelled = [
        any(top < run.baseline - Y_CENTER_EM * run.size_pt < bottom for run in labels)
        for top, bottom in pairwise(levels)
    ]
    return sum(labelled) > MAX_LABELLED_SHARE * len(labelled)


def _is_striped(stack: _Stack, columns: Sequence[Segment]) -> bool:
    """Whether some of the bands have a background, seen by its sides, and some have none."""
    levels = _distinct(stack.whole)
    left = [column for column in columns if abs(column.position - stack.start) <= TOLERANCE_PT]
    filled = [
        any(column.start <= (top + bottom) / 2 <= column.end for column in left) for top, bottom in pairwise(levels)
    ]
    return any(filled) and not all(filled)


def _add_last_row(stack: _Stack, runs: Sequence[Run]) -> None:
    """Close the row without a background under the last one with one, where a line of text stands there."""
    levels = _distinct(stack.whole)
    height = levels[-1] - levels[-2]
    below = [
        run
        for run in runs
        if stack.start < (run.x0 + run.x1) / 2 < stack.end and 0 < run.baseline - levels[-1] < height
    ]
    if len(below) >= 2 and max(run.baseline for run in below) - min(run.baseline for run in below) < 1:
        bottom = below[0].baseline + 0.5 * below[0].size_pt
        stack.whole.append(horizontal(bottom, stack.start, stack.end))


def _is_whole(row: Segment, stack: _Stack) -> bool:
    return abs(row.start - stack.start) <= TOLERANCE_PT and abs(row.end - stack.end) <= TOLERANCE_PT


def _is_part(row: Segment, stack: _Stack) -> bool:
    top = min(line.position for line in stack.whole)
    bottom = max(line.position for line in stack.whole)
    inside = row.start >= stack.start - TOLERANCE_PT and row.end <= stack.end + TOLERANCE_PT
    return inside and top + TOLERANCE_PT < row.position < bottom - TOLERANCE_PT


def _distinct(rows: Sequence[Segment]) -> list[float]:
    """The positions of lines, doubled ones once."""
    positions = sorted(row.position for row in rows)
    groups = group_positions(positions, TOLERANCE_PT)
    return [
        position for position, before, group in zip(positions, [-1, *groups], groups, strict=False) if group != before
    ]


def _make_bands(stack: _Stack, runs: Sequence[Run]) -> list[Band]:
    own = [run for run in runs if run.x1 > stack.start and run.x0 < stack.end]
    partial = [row for row in stack.partial if not _is_underline(row, own)]
    whole_at = _distinct(stack.whole)
    bands = []
    for top, bottom in pairwise(_distinct([*stack.whole, *partial])):
        whole = any(abs(position - bottom) <= TOLERANCE_PT for position in whole_at)
        parts = [(row.start, row.end) for row in partial if abs(row.position - bottom) <= TOLERANCE_PT]
        inside = [run for run in own if top <= run.baseline - Y_CENTER_EM * run.size_pt < bottom]
        bands.append(
            Band(top=top, bottom=bottom, partial=[] if whole else merge_intervals(parts, TOLERANCE_PT), runs=inside)
        )
    return bands


def _is_underline(row: Segment, runs: Sequence[Run]) -> bool:
    """Whether a short line stands right under a stretch of text, as long as it or a part of it."""
    return any(
        0 <= row.position - run.baseline <= 0.3 * run.size_pt
        and row.start >= run.x0 - TOLERANCE_PT
        and row.end <= run.x1 + TOLERANCE_PT
        for run in runs
    )


def _split_tables(bands: Sequence[Band]) -> list[list[Band]]:
    """Bands cut where one of them is the space between two tables, or between a page's head and a table."""
    multi = [band for band in bands if band.has_columns]
    if len(multi) < 2:
        return []
    size = median(run.size_pt for band in multi for run in band.runs)
    usual = median(band.pad_pt for band in multi)
    height = max(band.bottom - band.top for band in multi)
    tables: list[list[Band]] = [[]]
    for band in bands:
        between = (
            band.pad_pt > usual + EXTRA_PAD_EM * size if band.runs else band.bottom - band.top > height + size
        ) and not band.has_columns
        if between:
            tables.append([])
        else:
            tables[-1].append(band)
    return [
        table
        for table in tables
        if sum(band.has_columns for band in table) >= max(2, MIN_MULTI_SHARE * sum(bool(band.runs) for band in table))
    ]


def _joints(drawn: Sequence[Segment], stack: _Stack, bands: Sequence[Band]) -> list[float]:
    """Where most lines of a table are cut, although nothing is drawn there: the sides of its cells."""
    levels = {bands[0].top, *(band.bottom for band in bands if not band.partial)}
    inner = [
        piece
        for piece in drawn
        if piece.orientation is Orientation.HORIZONTAL and piece.length > DASH_LENGTH_PT and _is_inner(piece, stack)
    ]
    found = [
        (end, level)
        for level in levels
        for piece in inner
        if abs(piece.position - level) <= TOLERANCE_PT
        for end in (piece.start, piece.end)
        if _is_between(end, stack)
    ]
    if not found:
        return []
    groups: dict[int, list[tuple[float, float]]] = {}
    for cut, group in zip(found, group_positions([cut for cut, _ in found], TOLERANCE_PT), strict=True):
        groups.setdefault(group, []).append(cut)
    return [
        median(position for position, _ in cuts)
        for cuts in groups.values()
        if len({level for _, level in cuts}) >= JOINT_SHARE * len(levels)
    ]


def _is_inner(piece: Segment, stack: _Stack) -> bool:
    return piece.start >= stack.start - TOLERANCE_PT and piece.end <= stack.end + TOLERANCE_PT


def _is_between(x: float, stack: _Stack) -> bool:
    return stack.start + TOLERANCE_PT < x < stack.end - TOLERANCE_PT


def _sides(stack: _Stack, bands: Sequence[Band], joints: Sequence[float]) -> list[Segment]:
    edges = list(joints) or _gutters(bands)
    if not edges:
        return []
    sides = []
    for band in bands:
        hidden = _covered_edges(band, edges)
        for x in (stack.start, *edges, stack.end):
            if x not in hidden:
                sides.append(vertical(x, band.top, band.bottom))
        if len(bands) <= MAX_BANDS_OF_ROWS:
            sides += [
                horizontal(y, stack.start, stack.end)
                for y in find_hidden_rows(band.runs, (stack.start, *edges, stack.end))
            ]
    return sides


def _covered_edges(band: Band, edges: Sequence[float]) -> set[float]:
    """The column sides that merged cells of a band cover: text stands over them, or a partial line closes several."""
    hidden = {x for x in edges if any(run.crosses(x) for run in band.runs)}
    for start, end in band.partial:
        inner = [x for x in edges if start + TOLERANCE_PT < x < end - TOLERANCE_PT]
        runs = merge_intervals(((run.x0, run.x1) for run in band.runs if start < (run.x0 + run.x1) / 2 < end), 1.0)
        kept = {
            min(inner, key=lambda x: abs(x - (before[1] + after[0]) / 2)) for before, after in pairwise(runs) if inner
        }
        hidden |= {x for x in inner if x not in kept}
    return hidden


def _gutters(bands: Sequence[Band]) -> list[float]:
    """Where no text stands: at the end of a partial line there, else in the middle.

    Heads over several columns and one odd row have no vote.
    """
    voters = [band for band in bands if band.runs and not band.partial and band.has_columns]
    best = _free_stretches(voters)
    if len(voters) >= 4:
        for odd in (voters[0], voters[-1]):
            without = _free_stretches([band for band in voters if band is not odd])
            best = max(best, without, key=len)
    ends = [end for band in bands for part in band.partial for end in part]
    return [next((x for x in ends if left <= x <= right), (left + right) / 2) for left, right in best]


def _free_stretches(bands: Sequence[Band]) -> list[tuple[float, float]]:
    runs = [run for band in bands for run in band.runs]
    if not runs:
        return []
    room = MIN_GUTTER_EM * median(run.size_pt for run in runs)
    covered = merge_intervals(((run.x0, run.x1) for run in runs), room)
    return [(before[1], after[0]) for before, after in pairwise(covered)]
