"""A plan laid out as one big table: its first column names the parts, the one beside it holds their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.table import Cell, Table
from normalizers.marks import Mark, read_mark
from normalizers.text import normalize_value
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, Lexicon

# Rows named after so many components are the parts of a plan: no table of one part names more than two.
MIN_COMPONENTS: Final = 4
# The first part alone may be such a table: its three names stand in no other.
FIRST_PART: Final = frozenset({"2.1.objectives", "2.1.assumptions", "2.1.scope"})
# … and most rows are, so that the table is nothing else beside.
MIN_SHARE: Final = 0.6
KNOWN_FROM: Final = 0.7
MAX_LABEL_CHARS: Final = 120
# The text of a part is longer than a tick or a page number.
MIN_TEXT_CHARS: Final = 8


def unfold_form_tables(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The same blocks with the parts of each such table behind it, as headings with their text.

    The table itself stays where it is, as a table that is for nothing by itself.
    """
    unfolded: list[Block] = []
    for block in blocks:
        unfolded.append(block)
        if isinstance(block, TableBlock) and is_form_table(block.table, lexicon):
            unfolded.extend(_parts(block.table, lexicon))
    return tuple(unfolded)


def is_form_table(table: Table, lexicon: Lexicon) -> bool:
    """Whether a table's rows are the parts of a plan."""
    rows = list(_labelled_rows(table, lexicon))
    components = {_component(label) for _, label, _ in rows if label is not None}
    texts = sum(len(normalize_value(cell.text)) for _, _, cell in rows if read_mark(cell.text).mark is Mark.NONE)
    known = sum(label is not None for _, label, _ in rows)
    labels = {label for _, label, _ in rows}
    return (
        (len(components - {"annex", "3"}) >= MIN_COMPONENTS or labels >= FIRST_PART)
        and known >= MIN_SHARE * len(rows)
        and texts >= MIN_TEXT_CHARS * len(rows)
    )


def _component(label: str) -> str:
    return ".".join(label.split(".")[:2]) if label[:1] == "2" else label.partition(".")[0]


def _labelled_rows(table: Table, lexicon: Lexicon) -> Iterator[tuple[Cell, str | None, Cell]]:
    """The rows with two cells that say something, a number left aside: name of the part, its label, its text."""
    by_row: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if any(map(str.isalpha, cell.text)):
            by_row[cell.row].append(cell)
    for _, cells in sorted(by_row.items()):
        if len(cells) != 2 or cells[0].is_header or len(cells[0].text) > MAX_LABEL_CHARS:
            continue
        best = next(iter(match_heading(normalize_value(cells[0].text), lexicon)), None)
        known = best is not None and best.score >= KNOWN_FROM and not best.label.startswith((OUTSIDE, ASPECT))
        yield cells[0], best.label if known and best is not None else None, cells[1]


def _parts(table: Table, lexicon: Lexicon) -> Iterator[TextBlock]:
    for name, _, text in _labelled_rows(table, lexicon):
        yield TextBlock(
            role=BlockRole.HEADING,
            raw_text=name.raw_text,
            text=" ".join(name.text.split()),
            provenance=name.provenance,
        )
        if text.provenance.source.has_visual_lines:
            yield TextBlock(raw_text=text.raw_text, text=text.text, provenance=text.provenance)
            continue
        for line in filter(str.strip, text.text.split("\n")):
            yield TextBlock(raw_text=line, text=line.strip(), provenance=text.provenance)
