"""Tables that a text file writes as lines of cells with tabs between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from docmodel.provenance import Provenance
from docmodel.table import Table
from extractors.blocks import SourceCell, make_table
from extractors.text.markup import clean_fragment

# Below this many columns a single line with tabs is laid-out text ("เรื่อง<tab>…"), not a table of one row.
MIN_COLUMNS_OF_ONE_ROW = 3
_OPEN_TAG = re.compile(r"<(ul|ol|table|p|div|li)\b[^<>]*>", re.IGNORECASE)
_CLOSE_TAG = re.compile(r"</(ul|ol|table|p|div|li)\s*>", re.IGNORECASE)
_ITEM_START = re.compile(r"\s*(?:[-–—•▪■□●○◦‣⁃*☐☑☒✓]|[(]?[0-9๐-๙]{1,2}[.)]\s)")

Grid = list[list[str]]


def is_table_line(line: str) -> bool:
    """Tell whether a line has a tab beside its text; tabs only in front are an indent."""
    return "\t" in line.strip(" ").lstrip("\t") or (line.count("\t") > 1 and bool(line.strip()))


def split_rows(lines: Sequence[str]) -> Grid | None:
    r"""The cells of consecutive lines, each row filled to the same width; None where they are no table.

    A line that a cell with several lines was broken into is put back into its cell.

    >>> split_rows(["ก\tข\tค", "๑\tสอง", "สาม\t๔", "๒\t\t"])
    [['ก', 'ข', 'ค'], ['๑', 'สอง\nสาม', '๔'], ['๒', '', '']]
    """
    width = _usual_width(lines)
    # an editor that trims line ends leaves short rows too: only where tabs at line ends survived is a short row broken
    rows_are_full = any(line.endswith("\t") for line in lines)
    rows: Grid = []
    for line in lines:
        cells = line.strip("\r").split("\t")
        if rows and _continues(rows[-1], cells, width, rows_are_full):
            rows[-1][-1] += "\n" + cells[0]
            rows[-1].extend(cells[1:])
        else:
            rows.append(cells)
    if not _looks_like_table(rows):
        return None
    widest = max(len(row) for row in rows)
    filled = [[cell.strip() for cell in row] + [""] * (widest - len(row)) for row in rows]
    while widest > 1 and not any(row[-1] for row in filled):
        filled = [row[:-1] for row in filled]
        widest -= 1
    return filled


def _usual_width(lines: Sequence[str]) -> int:
    """How many cells a row has: as most lines, or as the first one, whichever is more (broken rows are short)."""
    widths = [line.count("\t") + 1 for line in lines if "\t" in line]
    counts = Counter(widths)
    return max(max(counts, key=lambda width: (counts[width], width)), widths[0]) if widths else 1


def _continues(row: list[str], cells: list[str], width: int, rows_are_full: bool) -> bool:
    """Tell whether a line goes on with the last cell of the row above: its markup is open, or the row is not full."""
    text = "\t".join(row)
    if len(_OPEN_TAG.findall(text)) > len(_CLOSE_TAG.findall(text)):
        return True
    if not row[-1].strip():
        return False
    if rows_are_full and len(row) < width and len(row) + len(cells) - 1 <= width:
        return True
    return len(cells) == 1 and len(row) > 1 and bool(_ITEM_START.match(cells[0]))


def _looks_like_table(rows: Grid) -> bool:
    with_columns = [row for row in rows if len(row) > 1]
    if len(with_columns) == 1:
        return (
            len(with_columns[0]) >= MIN_COLUMNS_OF_ONE_ROW and sum(bool(cell.strip()) for cell in with_columns[0]) > 1
        )
    return len(with_columns) > 1


def read_tab_table(grid: Grid, provenance: Provenance, table_ids: Iterator[str]) -> Table:
    """The table of a grid of cells, with the merged cells of its head and HTML in cells as text."""
    texts = [[clean_fragment(cell) for cell in row] for row in grid]
    return make_table(next(table_ids), merge_head(texts), provenance)


def merge_head(grid: Grid) -> list[list[SourceCell]]:
    """The rows of a grid with the merges of the head that tabs cannot write, told from which cells are empty.

    A line with text only in its first cell, above everything else, covers the whole width. In the head, a label
    followed by empty cells covers them where cells below are filled, and a label above empty cells of a second line
    covers those too, if that line is a part of the head.
    """
    width = len(grid[0])
    rows: list[list[SourceCell]] = []
    start = 0
    while start < len(grid) and width > 1 and grid[start][0] and not any(grid[start][1:]):
        rows.append([SourceCell(text=grid[start][0], col_span=width)])
        start += 1
    if start == len(grid):
        return rows
    groups = _groups(grid[start])
    body = grid[start + 1 :]
    two_lines = bool(body) and _is_second_line(groups, body[0])
    inner_merge = any(
        end < width and _all_filled_below(body, first + 1, end) for first, end in groups if end > first + 1
    )
    head: list[SourceCell] = []
    second: list[SourceCell] = []
    for first, end in groups:
        label = grid[start][first]
        if two_lines and label and not any(body[0][first:end]):
            head.append(SourceCell(text=label, col_span=end - first, row_span=2))
            continue
        # an empty place at the end of a single line is more often a cell left empty than a merge
        if label and _all_filled_below(body, first + 1, end) and (two_lines or inner_merge or end < width):
            head.append(SourceCell(text=label, col_span=end - first))
        else:
            head.extend(SourceCell(text=cell) for cell in grid[start][first:end])
        if two_lines:
            second.extend(SourceCell(text=cell) for cell in body[0][first:end])
    rows.append(head)
    if two_lines:
        rows.append(second)
        body = body[1:]
    rows.extend([SourceCell(text=cell) for cell in row] for row in body)
    return rows


def _groups(row: Sequence[str]) -> list[tuple[int, int]]:
    """Columns from each label up to the next one; empty cells in front are a group of their own each."""
    starts = [col for col, cell in enumerate(row) if cell]
    first = starts[0] if starts else len(row)
    groups = [(col, col + 1) for col in range(first)]
    groups.extend(zip(starts, [*starts[1:], len(row)][: len(starts)], strict=True))
    return groups


def _is_second_line(groups: Sequence[tuple[int, int]], row: Sequence[str]) -> bool:
    """Tell whether a line is the second of the head: below each label either all is empty or all is filled, below a
    label of one column all is empty, and some label is divided."""
    divided = False
    for first, end in groups:
        filled = sum(bool(cell) for cell in row[first:end])
        if (end - first == 1 and filled) or filled not in (0, end - first):
            return False
        divided = divided or filled > 1
    return divided


def _all_filled_below(body: Sequence[Sequence[str]], first: int, end: int) -> bool:
    """Tell whether each column has text somewhere below, so that the empty cell above it has no label of its own."""
    return all(any(row[col] for row in body) for col in range(first, end)) and bool(body)
