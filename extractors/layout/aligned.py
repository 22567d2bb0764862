"""Tables without ruling lines: rows of text whose pieces stand under each other.

Conservative on purpose: prose, justified lines, lists with numbers in front, tables of contents and lines to fill in
are no tables. Better a table read as lines than a paragraph torn into cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

from docmodel.geometry import BBox
from docmodel.value_class import value_class
from extractors.layout.grid import Grid, GridCell
from extractors.layout.lines import Line
from extractors.layout.paragraphs import DIGITS, starts_item
from extractors.layout.pieces import split_piece
from extractors.layout.runs import Run, find_runs_of_lines
from extractors.layout.text_rows import find_row_starts, make_lines

MIN_ROWS = 3
MIN_GUTTER_EM = 1.2
"""Columns are further apart than any justified word space."""
CLOSE_GUTTER_EM = 0.55
"""The paddings of two cells; believed only where more lines and columns speak for it."""
MIN_CLOSE_ROWS = 4
MIN_CLOSE_COLS = 3
MAX_LINES_BETWEEN = 2
"""Lines of a wrapped first cell that may stand between two parted lines."""
MAX_PITCH_EM = 3.2
"""Rows further apart than this are separate things on the page."""
MAX_CLOSE_PITCH_EM = 4.0
"""The same where many columns speak for a table: two lines of the widest Thai fonts."""
SAME_PITCH = 1.25
"""The rest of a wrapped cell under the last row follows at about the pitch of the lines above."""
MIN_PITCH_EM = 0.9
"""Lines nearer to each other than this are parts of a formula."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How sharply lines are looked at: what counts as the room between columns, and how much must speak for it."""

    gutter_em: float
    min_rows: int
    min_cols: int
    max_pitch_em: float


_CUT = _Look(gutter_em=MIN_GUTTER_EM, min_rows=1, min_cols=3, max_pitch_em=MAX_PITCH_EM)
_CUT_CLOSE = _Look(gutter_em=CLOSE_GUTTER_EM, min_rows=2, min_cols=MIN_CLOSE_COLS, max_pitch_em=MAX_CLOSE_PITCH_EM)
"""Between a caption and the page's end: the page has cut the table off behind its head or first rows."""
_CAPTIONED = _Look(gutter_em=MIN_GUTTER_EM, min_rows=MIN_ROWS, min_cols=2, max_pitch_em=MAX_PITCH_EM)
"""Under a caption: that a table follows is said, so that its cells may be as full and as unequal as they like."""
_CAPTION = re.compile(rf"\s*ตาราง(?:ที่)?\s*[{DIGITS}]")
_PAGE_NUMBER = re.compile(rf"[\s\-\N{{EN DASH}}]*(?:หน้า)?\s*[{DIGITS}]{{1,4}}[\s\-\N{{EN DASH}}]*")
_WIDE = _Look(gutter_em=MIN_GUTTER_EM, min_rows=MIN_ROWS, min_cols=2, max_pitch_em=MAX_PITCH_EM)
_CLOSE = _Look(
    gutter_em=CLOSE_GUTTER_EM,
    min_rows=MIN_CLOSE_ROWS,
    min_cols=MIN_CLOSE_COLS,
    max_pitch_em=MAX_CLOSE_PITCH_EM,
)


@value_class(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line and the stretches of its text: pieces for a first look, runs for a closer one."""

    line: Line
    spans: tuple[tuple[float, float], ...]
    runs: tuple[Run, ...]

    @property
    def is_parted(self) -> bool:
        """Whether the line has several stretches, and no dots to fill in or leading to a page number."""
        room = CLOSE_GUTTER_EM * self.line.size_pt
        parted = any(after[0] - before[1] >= room for before, after in pairwise(self.spans))
        return parted and not LEADER.search(self.line.text)


def find_aligned_grids(lines: Sequence[Line]) -> tuple[Grid, ...]:
    """Grids of aligned rows among lines that stand outside ruled tables, from the top.

    Columns far apart are seen in three lines; columns as near as two cells of a table in more lines and columns only.
    """
    runs = [tuple(own) for own in find_runs_of_lines([line.pieces for line in lines])]
    wide = [
        _Row(line=line, spans=tuple((piece.bbox.x0, piece.bbox.x1) for piece in line.pieces), runs=own)
        for line, own in zip(lines, runs, strict=True)
    ]
    close = [replace(row, spans=tuple((run.x0, run.x1) for run in row.runs)) for row in wide]
    grids = []
    start = 0
    while start < len(lines):
        found, stop = _find_at(wide, start, _WIDE)
        if found is None:
            found, close_stop = _find_at(close, start, _CLOSE)
            stop = close_stop if found is not None else stop
        if found is None and start and _CAPTION.match(lines[start - 1].text):
            captioned = _find_cut(lines, start, wide, close) or _find_at(wide, start, _CAPTIONED)
            found, stop = captioned if captioned[0] is not None else (None, stop)
        if found is not None:
            grids.append(found)
        start = max(stop, start + 1)
    return tuple(grids)


def _find_cut(
    lines: Sequence[Line], start: int, wide: Sequence[_Row], close: Sequence[_Row]
) -> tuple[Grid, int] | None:
    """The grid of the lines from a table's caption to the page's end, and the line after it; None where none is."""
    for rows, look in ((wide, _CUT), (close, _CUT_CLOSE)):
        found, stop = _find_at(rows, start, look)
        rest = lines[stop:]
        if found is not None and (not rest or (len(rest) == 1 and _PAGE_NUMBER.fullmatch(rest[0].text))):
            return found, stop
    return None


def _find_at(rows: Sequence[_Row], start: int, look: _Look) -> tuple[Grid | None, int]:
    """The grid that begins at a line, if one does, and the line after all that was looked at."""
    stop = _run_end(rows, start, look)
    if stop - start < look.min_rows:
        return None, stop
    gutters = _finest_gutters(rows[start:stop], look)
    pitches = [_pitch(before, row) for before, row in pairwise(rows[start:stop])]
    pitch = min(pitches, default=MAX_PITCH_EM * rows[start].line.size_pt)
    while (
        stop < len(rows)
        and _pitch(rows[stop - 1], rows[stop]) <= SAME_PITCH * pitch
        and _goes_on(rows[stop], gutters)
        and not LEADER.search(rows[stop].line.text)
    ):
        stop += 1
    return _grid_of(rows[start:stop], gutters, look), stop


def _run_end(rows: Sequence[_Row], start: int, look: _Look) -> int:
    """The line after the last of a run of parted lines; up to two others may stand between two such, or end the run
    where they go on the last row without its first column."""
    if not rows[start].is_parted:
        return start
    stop = index = start + 1
    while index < len(rows):
        if not _is_near(rows[index - 1], rows[index], look):
            break
        gutters = _common_gutters([*rows[start:stop], rows[index]], look)
        if len(gutters) < look.min_cols - 1 or (
            not rows[index].is_parted and len(gutters) < len(_common_gutters(rows[start:stop], look))
        ):
            break
        if rows[index].is_parted or _goes_on(rows[index], gutters):
            stop = index + 1
        elif index - stop >= MAX_LINES_BETWEEN:
            break
        index += 1
    return stop


def _pitch(before: _Row, row: _Row) -> float:
    return row.line.baseline - before.line.baseline


def _is_near(before: _Row, row: _Row, look: _Look) -> bool:
    pitch_em = _pitch(before, row) / row.line.size_pt
    lowest = MIN_PITCH_EM if look is _CLOSE else 0.0
    return lowest <= pitch_em <= look.max_pitch_em and not LEADER.search(row.line.text)


def _goes_on(row: _Row, gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether a line has text only right of the first column and in no gutter: the rest of a wrapped cell."""
    if not gutters or row.runs[0].x0 <= gutters[0][0]:
        return False
    return not any(run.x0 < right and run.x1 > left for run in row.runs for left, right in gutters[1:])


def _common_gutters(rows: Sequence[_Row], look: _Look) -> list[tuple[float, float]]:
    """The stretches of x, between the outer edges, in which no line has text."""
    size = median(row.line.size_pt for row in rows)
    covered = sorted(span for row in rows for span in row.spans)
    gutters = []
    reach = covered[0][1]
    for x0, x1 in covered:
        if x0 - reach >= look.gutter_em * size:
            gutters.append((reach, x0))
        reach = max(reach, x1)
    return gutters


def _finest_gutters(rows: Sequence[_Row], look: _Look) -> list[tuple[float, float]]:
    """The gutters; columns that stand far apart may be several that stand near to each other."""
    gutters = _common_gutters(rows, look)
    if len(rows) < MIN_CLOSE_ROWS:
        return gutters
    finer = [replace(row, spans=tuple((run.x0, run.x1) for run in row.runs)) for row in rows]
    return max(gutters, _common_gutters(finer, _CLOSE), key=len)


def _grid_of(rows: Sequence[_Row], gutters: Sequence[tuple[float, float]], look: _Look) -> Grid | None:
    if len(gutters) < look.min_cols - 1:
        return None
    stops = [(left + right) / 2 for left, right in gutters]
    n_cols = len(stops) + 1
    lines = [row.line for row in rows]
    text_lines = [make_lines(row.runs, stops)[0] for row in rows]
    starts = find_row_starts(text_lines, n_cols)
    slots = [_slots(line, stops) for line in lines]
    full = [slots[index] for index in starts if len(text_lines[index].slots) >= 2]
    filled = sum(len(text_lines[index].slots) for index in starts if len(text_lines[index].slots) >= 2)
    if len(full) < look.min_rows or filled < FILLED_SHARE * len(full) * n_cols:
        return None
    if n_cols == 2 and look is not _CAPTIONED and (_is_list(full) or _is_prose(lines, stops)):
        return None
    if n_cols == 2 and look is not _CAPTIONED and len(full) < FULL_SHARE * len(lines):
        return None
    last = [row.get(n_cols - 1, "").strip() for row in full]
    if _is_contents(last) if n_cols > 2 else _ends_in_numbers(last):
        return None
    return _make_grid(lines, starts, stops)


def _slots(line: Line, stops: Sequence[float]) -> dict[int, str]:
    """The text of a line by column."""
    texts: dict[int, str] = {}
    for piece in line.pieces:
        for part in split_piece(piece, tuple(stops)):
            column = sum(part.bbox.x_center >= stop for stop in stops)
            texts[column] = f"{texts[column]} {part.text}" if column in texts else part.text
    return texts


def _is_contents(last: Sequence[str]) -> bool:
    """Whether the last column holds page numbers, from lower to higher, or dots in their place."""
    if not all(PAGE_REFERENCE.fullmatch(text) or not text.strip(".… ") for text in last):
        return False
    pages = [int(text) for text in last if text.isdecimal()]
    return len(pages) < 2 or (pages == sorted(pages) and pages[0] < pages[-1])


def _is_list(rows: Sequence[dict[int, str]]) -> bool:
    first = [row.get(0, "").strip() for row in rows]
    last = [row.get(1, "").strip() for row in rows]
    if sum(starts_item(f"{text} ") for text in first) > MAX_ITEM_SHARE * len(rows):
        return True
    return all(text.startswith(":") for text in last) or all(text.endswith(":") for text in first)


def _ends_in_numbers(last: Sequence[str]) -> bool:
    """Whether the second of two columns holds page numbers, but for a head."""
    return sum(PAGE_REFERENCE.fullmatch(text) is not None for text in last) >= len(last) - 1


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
