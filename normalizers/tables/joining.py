"""One logical table from the parts that page ends made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from docmodel.blocks import Block, PictureBlock, TableBlock, TextBlock
from docmodel.table import Cell, Table
from normalizers.tables.captions import find_captions, is_continued_caption
from normalizers.tables.clipped_heads import drop_clipped_heads
from normalizers.tables.columns import common_columns
from normalizers.tables.cut_rows import is_cut_row, rejoin_cells
from normalizers.tables.nested import lift_tables
from normalizers.tables.seams import goes_on_in_word, join_texts
from normalizers.tables.slots import TableRows, squeeze
from normalizers.tables.understanding import understand_table
from normalizers.text import thai_skeleton

# What may stand between two parts beside running heads: "- 12 -", "หน้า ๓", "/ขั้นตอน..." and nothing of weight.
_PAGE_MARK = re.compile(r"^[\s\-–—.|]*(?:หน้า(?:ที่)?|page)?\s*[0-9๐-๙ivxlc]{0,5}[\s\-–—.|]*$", re.IGNORECASE)
_CATCHWORD = re.compile(r"^/\s*\S.{0,40}(?:\.{2,}|…)\s*$")
# A part that does not repeat its header begins near the top of its page; further down something else came before.
MAX_TOP_PT = 300.0
# A merged cell that began further back than this many cells is not looked for.
MAX_CELLS_BACK = 600
# Specks and stray marks of a bad text layer at a page's edge: too little to be a word.
MAX_STRAY_LETTERS = 2
# Two prints of one header row that OCR or a text layer read a little differently.
SAME_ROW_SCORE = 88
# Less of a head is no sign of the whole.
MIN_HEAD_SHOWN = 6


def join_table_parts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with each table whole, captions found, header rows known, and tables in cells taken out of them.

    Parts are joined when nothing of weight stands between them, their columns agree (by place where the format has
    places, else by number) and the next part repeats the header or simply goes on at the top of the next page. Without
    pages only a repeated header joins. A row that a page end cut is one row again; each cell keeps the page and box of
    its first part. A caption that says "(ต่อ)" is dropped with the repeated header.
    """
    joined: list[Block | _GrowingTable] = []
    open_table: int | None = None
    for block in find_captions(lift_tables(blocks)):
        if isinstance(block, TableBlock):
            growing = joined[open_table] if open_table is not None else None
            if open_table is not None and isinstance(growing, _GrowingTable) and growing.take(block.table):
                joined[open_table + 1 :] = _kept(joined[open_table + 1 :])
                continue
            open_table = len(joined)
            joined.append(_GrowingTable(block.table))
            continue
        joined.append(block)
        if not _is_light(block):
            open_table = None
    return tuple(TableBlock(table=item.finish()) if isinstance(item, _GrowingTable) else item for item in joined)


def join_tables(first: Table, part: Table) -> Table | None:
    """Both parts as one table that has been understood, None where they are two tables."""
    growing = _GrowingTable(first)
    return growing.finish() if growing.take(part) else None


class _GrowingTable:
    """A table that takes its parts one by one; the cost of a part does not grow with what was taken before."""

    def __init__(self, first: Table) -> None:
        self._first = first
        self._head = understand_table(first)
        self._cells: list[Cell] = list(first.cells)
        self._tail_from = 0
        self._tail = self._head
        self._n_rows, self._n_cols = first.n_rows, first.n_cols
        self._pages = dict.fromkeys(first.page_numbers)
        self._caption = first.caption
        self._is_alone = True

    def finish(self) -> Table:
        """The whole table, understood."""
        if self._is_alone:
            return self._head
        return understand_table(
            replace(
                self._first,
                cells=tuple(self._cells),
                n_rows=self._n_rows,
                n_cols=self._n_cols,
                page_numbers=tuple(sorted(self._pages)),
                caption=self._caption,
            )
        )

    def take(self, part: Table) -> bool:
        """Take a part; False where it is a table of its own."""
        pages, following = tuple(self._pages), part.page_numbers
        paged = bool(pages and following)
        step = following[0] - pages[-1] if paged else 0
        if step not in (0, 1):
            return False
        fitted = common_columns(self._head, part)
        if fitted is None and self._tail.n_cols == part.n_cols == self._n_cols and common_columns(self._tail, part):
            fitted = self._head, part  # the last part had fitted its columns anew, and this one goes on with them
        head, part = fitted if fitted is not None else (self._head, part)
        repeated = _repeated_rows(head, part)
        if fitted is None and (not repeated or head.n_cols != part.n_cols):
            return False  # a repeated header outweighs columns that each part fitted to its own texts
        if not repeated and (not paged or step == 0 or _starts_low(part) or _starts_anew(head, part)):
            return False
        if head is not self._head:
            if self._pages.keys() != set(self._first.page_numbers) or self._n_rows != self._first.n_rows:
                return False  # columns are only refined while the table still is its first part
            self._cells, self._n_cols = [replace(cell, is_header=None) for cell in head.cells], head.n_cols
            self._first = replace(self._first, cells=tuple(self._cells), n_cols=head.n_cols)
            self._tail = head
        self._append(part, repeated)
        if self._head.header_rows and self._head.n_rows <= self._head.header_rows + 1:
            self._head = self.finish()  # the first part was little more than the header: only now it can be understood
        else:
            self._head = head
        return True

    def _append(self, part: Table, skipped: int) -> None:
        self._is_alone = False
        body = list(part.cells)
        if skipped:
            body = [replace(cell, row=cell.row - skipped) for cell in body if cell.row >= skipped]
            body = drop_clipped_heads(body, self._head, part, skipped)
        rest = replace(part, n_rows=part.n_rows - skipped, cells=tuple(body), header_rows=0)
        self._pages |= dict.fromkeys(part.page_numbers)
        self._caption = self._caption or part.caption
        if rest.n_rows <= 0:
            return
        shift = self._n_rows
        if is_cut_row(self._tail, rest):
            open_cells = self._cells[self._tail_from :]
            self._cells[self._tail_from :] = rejoin_cells(
                open_cells, [cell for cell in body if cell.row == 0], last_row=self._n_rows - 1
            )
            body = [replace(cell, row=cell.row - 1) for cell in body if cell.row > 0]
            rest = replace(rest, n_rows=rest.n_rows - 1, cells=tuple(body))
        if rest.n_rows == 0:
            return
        body = self._without_continued(body)
        rest = replace(rest, cells=tuple(body))
        self._tail, self._tail_from = rest, len(self._cells)
        self._cells += [replace(cell, row=cell.row + shift, is_header=False) for cell in body]
        self._n_rows = shift + rest.n_rows

    def _without_continued(self, body: Sequence[Cell]) -> list[Cell]:
        """The cells of a part without the blank ones at its top that go on a merged cell, and without the rest of a
        merged head that the page cut inside a word; the cell above then covers them."""
        kept: list[Cell] = []
        only_heads = self._n_rows <= max(1, self._head.header_rows or 0)
        # beside a head that spreads over subheads, a head of one column goes on down to them
        spread = only_heads and any(1 < cell.col_span < self._n_cols for cell in self._cells if cell.text.strip())
        for cell in body:
            blank = not cell.text.strip()
            at = self._covering(cell.col) if cell.row == 0 and (blank or only_heads) else None
            above = self._cells[at] if at is not None else None
            merged = above is not None and above.text.strip() and max(above.row_span, cell.row_span) > 1
            cut = above is not None and not blank and (spread or goes_on_in_word(above.text, cell.text))
            cut = cut and above is not None and above.col_span == 1
            if at is None or above is None or not ((merged and blank) or cut) or above.col_span != cell.col_span:
                kept.append(cell)
                continue
            grown = replace(above, row_span=above.row_span + cell.row_span)
            if cut:
                raw_text = f"{above.raw_text}\n{cell.raw_text}"
                grown = replace(grown, raw_text=raw_text, text=join_texts(above.text, cell.text))
            self._cells[at] = grown
        return kept

    def _covering(self, col: int) -> int | None:
        """The index of the cell that reaches into the last row of a column."""
        last = self._n_rows - 1
        near = range(len(self._cells) - 1, max(-1, len(self._cells) - MAX_CELLS_BACK), -1)
        found = (at for at in near if (cell := self._cells[at]).col == col and cell.row + cell.row_span > last)
        return next(found, None)


def _repeated_rows(head: Table, part: Table) -> int:
    """How many rows at the top of the part repeat the top of the first part."""
    ours, theirs = TableRows(head), TableRows(part)
    if not (head.header_rows or (head.n_rows and ours.is_title(0))):
        return 0
    count = 0
    limit = min(max(head.header_rows or 0, 1), part.n_rows)
    while count < limit and _same_row(ours.texts(count), theirs.texts(count)):
        count += 1
    return count


def _same_row(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    one = [squeeze(text) for text in ours if text]
    other = [squeeze(text) for text in theirs if text]
    if not one or one == other:
        return bool(one)
    if len(one) == len(other) > 1 and all(map(_is_shown_of, other, one)):
        return True
    left, right = "|".join(one), "|".join(other)
    return min(len(left), len(right)) >= 12 and fuzz.ratio(left, right) >= SAME_ROW_SCORE


def _is_shown_of(shown: str, whole: str) -> bool:
    """Whether a repeated head is a head of the first part or, where there was less room, its beginning."""
    return shown == whole or (len(shown) >= MIN_HEAD_SHOWN and whole.startswith(shown))


def _starts_low(part: Table) -> bool:
    return part.provenance.bbox is not None and part.provenance.bbox.top > MAX_TOP_PT


def _starts_anew(head: Table, part: Table) -> bool:
    """Whether a part without a repeated header is a table of its own: a title over the same heads, or other heads."""
    ours, theirs = TableRows(head), TableRows(part)
    heads = [row for row in range(head.header_rows or 0) if not ours.is_title(row)]
    for row in range(1, min(4, part.n_rows)):
        if heads and _same_row(ours.texts(heads[0]), theirs.texts(row)):
            return True
    marked = theirs.cells[0] if theirs.cells else []
    return bool(marked) and all(cell.is_header for cell in marked) and bool(head.header_rows)


def _is_light(block: Block) -> bool:
    """Whether a block may stand between two parts of a table."""
    if isinstance(block, PictureBlock):
        return True
    if not isinstance(block, TextBlock):
        return False
    text = block.text.strip()
    return (
        not block.role.in_body
        or not text
        or len(thai_skeleton(text)) <= MAX_STRAY_LETTERS
        or bool(_PAGE_MARK.match(text) or _CATCHWORD.match(text))
        or is_continued_caption(text)
    )


def _kept(between: Sequence[Block | _GrowingTable]) -> list[Block | _GrowingTable]:
    return [
        block
        for block in between
        if not (isinstance(block, TextBlock) and (is_continued_caption(block.text) or not block.text.strip()))
    ]
