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
    rows = _rows_of_two(table)
    texts = sum(len(normalize_value(cell.text)) for _, cell in rows if read_mark(cell.text).mark is Mark.NONE)
    if len(rows) < min(len(FIRST_PART), MIN_COMPONENTS) or texts < MIN_TEXT_CHARS * len(rows):
        return False
    labels: set[str] = set()
    unknown = 0
    for name, _ in rows:
        label = _label(name, lexicon)
        if label is not None:
            labels.add(label)
            continue
        unknown += 1
        if len(rows) - unknown < MIN_SHARE * len(rows):  # most tables end here, before all their names are looked up
            return False
    components = {_component(label) for label in labels}
    return len(components - {"annex", "3"}) >= MIN_COMPONENTS or labels >= FIRST_PART


def _component(label: str) -> str:
    return ".".join(label.split(".")[:2]) if label[:1] == "2" else label.partition(".")[0]


def _rows_of_two(table: Table) -> list[tuple[Cell, Cell]]:
    """The rows with two cells that say something, a number left aside: name of the part, its text."""
    by_row: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if any(map(str.isalpha, cell.text)):
            by_row[cell.row].append(cell)
    return [
        (cells[0], cells[1])
        for _, cells in sorted(by_row.items())
        if len(cells) == 2 and not cells[0].is_header and len(cells[0].text) <= MAX_LABEL_CHARS
    ]


def _label(name: Cell, lexicon: Lexicon) -> str | None:
    """The part of a plan that a cell names."""
    best = next(iter(match_heading(normalize_value(name.text), lexicon)), None)
    known = best is not None and best.score >= KNOWN_FROM and not best.label.startswith((OUTSIDE, ASPECT))
    return best.label if known and best is not None else None


def _parts(table: Table, lexicon: Lexicon) -> Iterator[TextBlock]:
    for name, text in _rows_of_two(table):
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
