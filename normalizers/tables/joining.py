"""One logical table from the parts that page ends made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docmodel.blocks import Block, PictureBlock, TableBlock, TextBlock
from docmodel.table import Cell, Table
from normalizers.tables.captions import find_captions, is_continued_caption
from normalizers.tables.columns import columns_onto
from normalizers.tables.cut_rows import is_cut_row, rejoin_cells
from normalizers.tables.slots import own_texts, squeeze
from normalizers.tables.understanding import understand_table

# What may stand between two parts beside running heads: "- 12 -", "หน้า ๓", "/ขั้นตอน..." and nothing of weight.
_PAGE_MARK = re.compile(r"^[\s\-–—.|]*(?:หน้า(?:ที่)?|page)?\s*[0-9๐-๙ivxlc]{0,5}[\s\-–—.|]*$", re.IGNORECASE)
_CATCHWORD = re.compile(r"^/\s*\S.{0,40}(?:\.{2,}|…)\s*$")
# A part begins near the top of its page; a table further down follows something that was not read.
MAX_TOP_PT = 300.0


def join_table_parts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with each table whole, captions found, and header rows known.

    Parts are joined when nothing of weight stands between them, their columns agree (by place where the format has
    places, else by number) and the next part repeats the header or simply goes on at the top of the next page. Without
    pages only a repeated header joins. A row that a page end cut is one row again; each cell keeps the page and box of
    its first part. A caption that says "(ต่อ)" is dropped with the repeated header.
    """
    joined: list[Block] = []
    last_table: int | None = None
    for block in find_captions(blocks):
        if isinstance(block, TableBlock):
            whole = _join_onto(joined, last_table, block.table)
            if whole is not None and last_table is not None:
                joined[last_table:] = [TableBlock(table=whole), *_kept(joined[last_table + 1 :])]
                continue
            last_table = len(joined)
            joined.append(TableBlock(table=understand_table(block.table)))
            continue
        joined.append(block)
        if not _is_light(block):
            last_table = None
    return tuple(joined)


def _join_onto(joined: Sequence[Block], last_table: int | None, part: Table) -> Table | None:
    if last_table is None:
        return None
    before = joined[last_table]
    assert isinstance(before, TableBlock)
    return join_tables(before.table, part)


def join_tables(first: Table, part: Table) -> Table | None:
    """Both parts as one table, None where they are two tables. ``first`` has been understood."""
    paged = bool(first.page_numbers and part.page_numbers)
    if paged and part.page_numbers[0] != first.page_numbers[-1] + 1:
        return None
    if paged and part.provenance.bbox is not None and part.provenance.bbox.top > MAX_TOP_PT:
        return None
    fitted = columns_onto(first, part)
    if fitted is None:
        return None
    repeated = _repeated_rows(first, fitted)
    if not repeated and (not paged or _starts_anew(first, fitted)):
        return None
    if repeated >= fitted.n_rows:
        return _extend(first, part, ())
    return _append_rows(first, fitted, repeated)


def _repeated_rows(first: Table, part: Table) -> int:
    """How many rows at the top of the part repeat the top of the first part."""
    count = 0
    limit = min(max(first.header_rows or 0, 1), part.n_rows)
    while count < limit and _same_row(first, count, part, count):
        count += 1
    return count if first.header_rows or _is_title(first, 0) else 0


def _is_title(table: Table, row: int) -> bool:
    texts = own_texts(table, row)
    return bool(texts and texts[0]) and not any(texts[1:])


def _same_row(first: Table, first_row: int, part: Table, part_row: int) -> bool:
    ours = [squeeze(text) for text in own_texts(first, first_row)]
    theirs = [squeeze(text) for text in own_texts(part, part_row)]
    if not any(ours):
        return False
    if [text for text in ours if text] == [text for text in theirs if text]:
        return True
    return _alike("|".join(ours), "|".join(theirs))


def _alike(ours: str, theirs: str) -> bool:
    """Equal but for what OCR or a text layer did to one of them."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only needed where two rows are not equal

    return min(len(ours), len(theirs)) >= 12 and fuzz.ratio(ours, theirs) >= 88


def _starts_anew(first: Table, part: Table) -> bool:
    """Whether a part without a repeated header is a table of its own: a title over the same heads, or other heads."""
    header_rows = first.header_rows or 0
    heads = [row for row in range(header_rows) if not _is_title(first, row)]
    for row in range(1, min(4, part.n_rows)):
        if heads and _same_row(first, heads[0], part, row):
            return True
    marked = [cell for cell in part.cells if cell.row == 0]
    return bool(marked) and all(cell.is_header for cell in marked) and header_rows > 0


def _append_rows(first: Table, part: Table, skipped: int) -> Table:
    body = [replace(cell, row=cell.row - skipped) for cell in part.cells if cell.row >= skipped]
    n_rows = part.n_rows - skipped
    cut = is_cut_row(first, replace(part, n_rows=n_rows, cells=tuple(body), header_rows=0))
    if not cut:
        moved = tuple(replace(cell, row=cell.row + first.n_rows, is_header=False) for cell in body)
        return _extend(first, part, moved, rows=n_rows)
    cells = rejoin_cells(first, [cell for cell in body if cell.row == 0])
    moved = tuple(replace(cell, row=cell.row + first.n_rows - 1, is_header=False) for cell in body if cell.row > 0)
    return _extend(replace(first, cells=cells), part, moved, rows=n_rows - 1)


def _extend(first: Table, part: Table, cells: tuple[Cell, ...], *, rows: int = 0) -> Table:
    pages = dict.fromkeys((*first.page_numbers, *part.page_numbers))
    return replace(
        first,
        n_rows=first.n_rows + rows,
        cells=(*first.cells, *cells),
        page_numbers=tuple(sorted(pages)),
        caption=first.caption or part.caption,
    )


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
        or bool(_PAGE_MARK.match(text) or _CATCHWORD.match(text))
        or is_continued_caption(text)
    )


def _kept(between: Sequence[Block]) -> list[Block]:
    return [
        block
        for block in between
        if not (isinstance(block, TextBlock) and (is_continued_caption(block.text) or not block.text.strip()))
    ]
