"""Which lines of text start a row, where no line is drawn between the rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.pieces import Y_CENTER_EM
from extractors.layout.runs import Run

GAP_JUMP = 1.18
"""Steps between rows are wider than those inside a cell by this factor at least, where they tell rows at all."""
SAME_STEP = 1.15
"""Steps inside cells differ by less than this factor."""
FULL_SHARE = 0.72
"""A line that fills its column this far may have been broken by its end; a shorter one was ended by its author."""
ROWLIKE_SHARE = 0.6
"""Share of the columns that a line fills to be a row by itself."""
MIN_HIDDEN_ROWS = 3
FULL_ROWS_SHARE = 0.7
"""Share of the rows found in a band that fill most columns; the lines of lists in cells do not."""
MIN_WRAPPED_EM = 5.0
"""A column narrower than this, in font sizes, holds values that do not wrap."""
FILLED_SHARE = 0.85
"""Share of all slots that rows of one line each fill; a cell with fewer lines than its neighbour leaves more blank."""
WRAPPED_SHARE = 0.82
"""The lines of a wrapped Thai text fill more than this share of the room between two sides, paddings included."""
ENDED_SHARE = 0.6
"""Share of the texts of lines that end well before their column does, in rows of one line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a table: its baseline, its font size and its text by column, each from where to where."""

    baseline: float
    size_pt: float
    slots: Mapping[int, tuple[float, float]]


def make_lines(runs: Sequence[Run], edges: Sequence[float]) -> list[TextLine]:
    """The lines of some runs, cut into columns at ``edges`` (the inner ones)."""
    rows: dict[float, list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.baseline):
        near = next((y for y in reversed(rows) if abs(y - run.baseline) < 0.5 * run.size_pt), None)
        rows.setdefault(run.baseline if near is None else near, []).append(run)
    lines = []
    for baseline, own in rows.items():
        slots: dict[int, tuple[float, float]] = {}
        for run in own:
            column = bisect_right(edges, (run.x0 + run.x1) / 2)
            x0, x1 = slots.get(column, (run.x0, run.x1))
            slots[column] = (min(x0, run.x0), max(x1, run.x1))
        lines.append(TextLine(baseline=baseline, size_pt=max(run.size_pt for run in own), slots=slots))
    return lines


def find_row_starts(lines: Sequence[TextLine], n_cols: int) -> list[int]:
    """The lines that start a row, the first one always among them.

    Wider steps between rows than inside cells tell them; where all steps are alike, a line goes on the row above if all
    that it says follows lines that fill their columns, and if it leaves columns blank that the row has filled.
    """
    if not lines:
        return []
    by_gaps = _starts_after_gaps(lines)
    return by_gaps if by_gaps is not None else _starts_by_fill(lines, n_cols)


def find_hidden_rows(runs: Sequence[Run], sides: Sequence[float], *, by_gaps: bool = True) -> list[float]:
    """Where rows meet in a band of text that is ruled as one row but holds several; nothing where it holds one.

    ``sides`` are all sides of the columns; ``by_gaps`` allows rows that only wider steps between lines tell. Rows of
    one line each are believed only where the lines end before their columns do, as those of a wrapped text do not.
    """
    n_cols = len(sides) - 1
    lines = make_lines(runs, sides[1:-1])
    if not lines:
        return []
    after_gaps = _starts_after_gaps(lines) if by_gaps else None
    starts = _starts_by_fill(lines, n_cols) if after_gaps is None else after_gaps
    full = sum(len(lines[index].slots) >= ROWLIKE_SHARE * n_cols for index in starts)
    if len(starts) < MIN_HIDDEN_ROWS or full < FULL_ROWS_SHARE * len(starts):
        return []
    if after_gaps is None and not (_is_filled(lines, n_cols) and _end_early(lines, sides)):
        return []
    return row_tops(lines, starts)


def _is_filled(lines: Sequence[TextLine], n_cols: int) -> bool:
    return sum(len(line.slots) for line in lines) >= FILLED_SHARE * len(lines) * n_cols


def _end_early(lines: Sequence[TextLine], sides: Sequence[float]) -> bool:
    fills = [
        (x1 - x0) / max(1.0, sides[col + 1] - sides[col]) for line in lines for col, (x0, x1) in line.slots.items()
    ]
    return sum(fill < WRAPPED_SHARE for fill in fills) >= ENDED_SHARE * len(fills)


def row_tops(lines: Sequence[TextLine], starts: Sequence[int]) -> list[float]:
    """Where the rows after the first begin: half-way between the lines above and below."""
    return [_between(lines[index - 1], lines[index]) for index in starts if index > 0]


def _between(above: TextLine, below: TextLine) -> float:
    return (above.baseline + below.baseline) / 2 - Y_CENTER_EM * below.size_pt


def _starts_after_gaps(lines: Sequence[TextLine]) -> list[int] | None:
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    ordered = sorted(gaps)
    jumps = [(high / low, index) for index, (low, high) in enumerate(pairwise(ordered)) if low > 0]
    if not jumps:
        return None
    jump, at = max(jumps)
    if jump < GAP_JUMP or ordered[at] > SAME_STEP * ordered[0]:
        return None
    starts = [0, *(index + 1 for index, gap in enumerate(gaps) if gap > ordered[at])]
    plain = all(_goes_on(lines[index - 1], lines[index]) for index in range(1, len(lines)) if index not in starts)
    return starts if plain and len(starts) >= 3 else None


def _goes_on(above: TextLine, line: TextLine) -> bool:
    """Whether a line may belong to the row above: it says something only where the line above does, or less."""
    return len(line.slots) <= len(above.slots) or set(line.slots) <= set(above.slots)


def _starts_by_fill(lines: Sequence[TextLine], n_cols: int) -> list[int]:
    widths = [
        max((line.slots[col][1] for line in lines if col in line.slots), default=0.0)
        - min((line.slots[col][0] for line in lines if col in line.slots), default=0.0)
        for col in range(n_cols)
    ]
    starts = [0]
    for index in range(1, len(lines)):
        above, line, first = lines[index - 1], lines[index], lines[starts[-1]]
        wraps = [width >= MIN_WRAPPED_EM * line.size_pt for width in widths]
        follows = all(
            wraps[col] and col in above.slots and _is_full(above.slots[col], widths[col]) for col in line.slots
        )
        fewer = bool(set(first.slots) - set(line.slots))
        if not (follows and fewer) and _is_row(line, n_cols):
            starts.append(index)
    return starts


def _is_full(ends: tuple[float, float], width: float) -> bool:
    return ends[1] - ends[0] >= FULL_SHARE * width


def _is_row(line: TextLine, n_cols: int) -> bool:
    return 0 in line.slots or len(line.slots) > max(1, n_cols // 2)
