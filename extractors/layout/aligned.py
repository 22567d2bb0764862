"""Tables without ruling lines: rows of text whose pieces stand under each other.

Conservative on purpose: prose, justified lines, lists with numbers in front, tables of contents and lines to fill in
are no tables. Better a table read as lines than a paragraph torn into cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean, median

from docmodel.geometry import BBox
from extractors.layout.grid import Grid, GridCell
from extractors.layout.lines import Line
from extractors.layout.paragraphs import DIGITS, starts_item

MIN_ROWS = 3
MIN_GUTTER_EM = 1.2
"""Columns are further apart than any justified word space."""
MAX_PITCH_EM = 3.2
"""Rows further apart than this are separate things on the page."""
FILLED_SHARE = 0.7
"""Share of a table's slots in its full rows that hold text; scattered labels fill less."""
PROSE_FILL = 0.75
"""Two columns whose lines are this full on average are prose set side by side."""
LEADER = re.compile(r"[.\N{HORIZONTAL ELLIPSIS}_]{4,}")
"""Dots or lines to fill in, or leading to a page number."""
FULL_SHARE = 0.8
"""Two columns are a table only if nearly all of its lines have both."""
MAX_ITEM_SHARE = 0.25
"""Rows that start with a number or bullet, of two columns, are a list with something at the right edge."""
PAGE_REFERENCE = re.compile(rf"[{DIGITS}]{{1,4}}(?:\s*[-\N{{EN DASH}}]\s*[{DIGITS}]{{1,4}})?|\(?[ก-ฮ]\)?")


def find_aligned_grids(lines: Sequence[Line]) -> tuple[Grid, ...]:
    """Grids of aligned rows among lines that stand outside ruled tables, from the top."""
    grids = []
    start = 0
    while start < len(lines):
        stop = _run_end(lines, start)
        grid = _grid_of(lines[start:stop]) if stop - start >= MIN_ROWS else None
        if grid is not None:
            grids.append(grid)
        start = max(stop, start + 1)
    return tuple(grids)


def _run_end(lines: Sequence[Line], start: int) -> int:
    """The line after the last of a run of lines with several pieces; lines of one piece may stand between two such."""
    if not _is_row(lines[start]):
        return start
    stop = index = start + 1
    while index < len(lines):
        pitch = lines[index].baseline - lines[index - 1].baseline
        if pitch > MAX_PITCH_EM * lines[index].size_pt or LEADER.search(lines[index].text):
            break
        if _is_row(lines[index]):
            if not _common_gutters([*lines[start:stop], lines[index]]):
                break
            stop = index + 1
        elif index - stop >= 1 or len(_common_gutters([*lines[start:stop], lines[index]])) == 0:
            break
        index += 1
    return stop


def _is_row(line: Line) -> bool:
    return len(line.pieces) >= 2 and not LEADER.search(line.text)


def _common_gutters(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches of x, between the outer edges, in which no line has text."""
    size = median(line.size_pt for line in lines)
    covered = sorted((piece.bbox.x0, piece.bbox.x1) for line in lines for piece in line.pieces)
    gutters = []
    reach = covered[0][1]
    for x0, x1 in covered:
        if x0 - reach >= MIN_GUTTER_EM * size:
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return gutters


def _grid_of(lines: Sequence[Line]) -> Grid | None:
    gutters = _common_gutters(lines)
    if not gutters:
        return None
    stops = [(left + right) / 2 for left, right in gutters]
    slots = [_slots(line, stops) for line in lines]
    rows = _row_starts(slots)
    full = [slots[index] for index in rows if len(slots[index]) >= 2]
    n_cols = len(stops) + 1
    if len(full) < MIN_ROWS or sum(len(row) for row in full) < FILLED_SHARE * len(full) * n_cols:
        return None
    if n_cols == 2 and (_is_list_or_contents(full) or _is_prose(lines, stops) or len(full) < FULL_SHARE * len(lines)):
        return None
    return _make_grid(lines, rows, stops)


def _slots(line: Line, stops: Sequence[float]) -> dict[int, str]:
    """The text of a line by column."""
    texts: dict[int, str] = {}
    for piece in line.pieces:
        column = sum(piece.bbox.x_center >= stop for stop in stops)
        texts[column] = f"{texts[column]} {piece.text}" if column in texts else piece.text
    return texts


def _row_starts(slots: Sequence[dict[int, str]]) -> list[int]:
    """The lines that start a row: those with text in the first column, and full ones without."""
    n_cols = 1 + max(column for row in slots for column in row)
    return [index for index, row in enumerate(slots) if index == 0 or 0 in row or len(row) > max(1, n_cols // 2)]


def _is_list_or_contents(rows: Sequence[dict[int, str]]) -> bool:
    first = [row.get(0, "").strip() for row in rows]
    last = [row.get(1, "").strip() for row in rows]
    if sum(starts_item(f"{text} ") for text in first) > MAX_ITEM_SHARE * len(rows):
        return True
    if all(text.startswith(":") for text in last) or all(text.endswith(":") for text in first):
        return True
    numbers = sum(PAGE_REFERENCE.fullmatch(text) is not None for text in last)
    return numbers >= len(last) - 1


def _is_prose(lines: Sequence[Line], stops: Sequence[float]) -> bool:
    stop = stops[0]
    sides = [
        [piece for line in lines for piece in line.pieces if (piece.bbox.x_center < stop) == left]
        for left in (True, False)
    ]
    fills = []
    for side in sides:
        width = max(piece.bbox.x1 for piece in side) - min(piece.bbox.x0 for piece in side)
        fills.append(fmean(piece.bbox.width for piece in side) / width if width > 0 else 1.0)
    return len(lines) > 4 and min(fills) >= PROSE_FILL


def _make_grid(lines: Sequence[Line], rows: Sequence[int], stops: Sequence[float]) -> Grid:
    left, right = min(line.bbox.x0 for line in lines), max(line.bbox.x1 for line in lines)
    x = [left - 1, *stops, right + 1]
    y = [min(line.bbox.top for line in lines) - 1]
    for index in rows[1:]:
        y.append((lines[index - 1].baseline + lines[index].baseline - lines[index].size_pt) / 2 + 1)
    y.append(max(line.bbox.bottom for line in lines) + 1)
    cells = tuple(
        GridCell(row=row, col=col, row_span=1, col_span=1, bbox=BBox(x[col], y[row], x[col + 1], y[row + 1]))
        for row in range(len(y) - 1)
        for col in range(len(x) - 1)
    )
    return Grid(row_edges=tuple(y), col_edges=tuple(x), cells=cells)
