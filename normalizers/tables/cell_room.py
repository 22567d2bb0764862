"""Whether a cell's last printed line still had room: a text that a page cut goes on because its line was full."""

from __future__ import annotations

import unicodedata

from normalizers.markers import split_marker
from normalizers.repair.lexicon import cut_words, dictionary
from normalizers.tables.slots import TableRows

FULL_LINE = 0.85
"""Of the longest line of a column, by letters; letters are of different widths."""


def line_was_full(above: TableRows, below: TableRows, col: int) -> bool | None:
    """Whether the first word of the first row below would not have fitted behind the last row above; None where nobody
    knows: no text of the column was wrapped, or the row below begins with a mark, which asks for a new line.
    """
    room = max(_longest_line(above, col), _longest_line(below, col))
    last, rest = above.covering(above.n_rows - 1, col), below.covering(0, col)
    if not room or last is None or rest is None or not rest.text.strip() or split_marker(rest.text.strip())[0]:
        return None
    line = last.raw_text.rstrip().rsplit("\n", 1)[-1].strip()
    start = rest.text.split(maxsplit=1)[0][:24]
    word = next(iter(cut_words(start, dictionary())), start)
    return _letters(line) + _letters(word) > FULL_LINE * room


def _longest_line(table: TableRows, col: int) -> int:
    """Letters of the longest line that is not the last of its cell; 0 where no cell of this column alone is wrapped."""
    wrapped = (
        cell.raw_text.rstrip().split("\n")[:-1]
        for cells in table.cells
        for cell in cells
        if cell.col == col and cell.col_span == 1 and cell.provenance.source.has_visual_lines
    )
    return max((_letters(line) for lines in wrapped for line in lines), default=0)


def _letters(text: str) -> int:
    """Letters that take room of their own."""
    return sum(unicodedata.category(char) != "Mn" for char in text.strip())
