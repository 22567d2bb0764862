"""Where a new paragraph starts, judged from how two lines stand to each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from docmodel.value_class import value_class
from extractors.layout.lines import Line
from extractors.layout.pieces import WORD_GAP_EM

NEW_PARAGRAPH_PITCH = 1.22
"""A step wider than this many usual line pitches is space between paragraphs: six points at the least, where lines of
one paragraph differ by a tenth."""
SAME_STEP_SHARE = 0.08
"""Steps that differ by less than this share are the same line spacing."""
WIDE_PITCH = 1.4
"""In table cells, where few lines tell the usual pitch, only a step wider than this counts."""
SIZE_CHANGE = 0.12
"""Font sizes that differ by more than this share are different kinds of text (16 against 18 points)."""
INDENT_EM = 0.8
"""An indent of this many font sizes is meant; less is a rounding of the producer."""
SHORT_LINE_SHARE = 0.18
"""A line that leaves more than this share of the column free ends its paragraph: a Thai line can break before a long
word, but hardly before one of a fifth of the line."""
CENTERED_PT = 4.0
"""Lines whose free space left and right differs by less than this are centred."""
DIGITS = "0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}"
ITEM_START = re.compile(
    rf"""\s*(?:
      [-\N{{EN DASH}}\N{{EM DASH}}\N{{BULLET}}\N{{BLACK SMALL SQUARE}}\N{{WHITE BULLET}}\N{{MIDDLE DOT}}*>]\s
    | [\uf0b7\uf0a7\uf0d8\uf076]\s
    | [\N{{BULLET}}\N{{BALLOT BOX}}\N{{BALLOT BOX WITH CHECK}}\N{{BALLOT BOX WITH X}}\N{{CHECK MARK}}\uf0b7\uf0a7]
    | \(?[{DIGITS}]{{1,2}}[.)](?![{DIGITS}])
    | [{DIGITS}]{{1,2}}(?:\.[{DIGITS}]{{1,2}}){{1,4}}[.)]?\s
    | \([{DIGITS}]{{1,2}}\)
    | \(?[\N{{THAI CHARACTER KO KAI}}-\N{{THAI CHARACTER HO NOKHUK}}a-zA-Z][.)](?=\s)
    )""",
    re.VERBOSE,
)
"""A number, letter or bullet in front of a list item or a heading."""
CUT_WORD = re.compile(r"[A-Za-z0-9]-\s*$")
"""A line that ends inside a word of Latin letters ("e-|Service"): the word goes on."""


@value_class(frozen=True, slots=True, kw_only=True)
class Column:
    """The frame that lines are judged in: left and right edge and the usual distance of baselines."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left


def measure_column(lines: Sequence[Line]) -> Column:
    """The column that some lines stand in."""
    size = median(line.size_pt for line in lines)
    pitches = [
        after.baseline - before.baseline
        for before, after in itertools.pairwise(lines)
        if 0.8 * size < after.baseline - before.baseline < 3 * size
    ]
    return Column(
        left=min(line.bbox.x0 for line in lines),
        right=max(line.bbox.x1 for line in lines),
        pitch=median(pitches) if pitches else 1.5 * size,
    )


def starts_item(text: str) -> bool:
    """Tell whether a line starts with a number, letter or bullet of a list or heading.

    >>> [starts_item(text) for text in ("1. แผน", "๒.๑ ทีมงาน", "- น้ำท่วม", "ก) อาคาร", "2563 เป็นต้นไป", "2.5ล้าน")]
    [True, True, True, True, False, False]
    """
    return ITEM_START.match(text) is not None


def starts_paragraph(before: Line, line: Line, column: Column, after: Line | None = None) -> bool:
    """Tell whether ``line`` starts a new paragraph after ``before``, the line above it in the same column.

    ``after`` is the line below, which shows whether a wide step is the spacing of a whole paragraph.
    """
    size = max(before.size_pt, line.size_pt)
    step = line.baseline - before.baseline
    if step > max(NEW_PARAGRAPH_PITCH * column.pitch, 1.1 * size) and not _keeps_step(line, after, step):
        return True
    if before.bold is not None and line.bold is not None and before.bold != line.bold:
        return True
    if abs(before.size_pt - line.size_pt) > SIZE_CHANGE * size:
        return True
    if cuts_word(before, line):
        return False
    if starts_item(line.text) or would_have_fitted(before, line, column):
        return True
    is_short = free_width(before, column) > SHORT_LINE_SHARE * column.width
    indent = line.bbox.x0 - before.bbox.x0
    if indent > INDENT_EM * size:
        hangs = starts_item(before.text) and not is_short
        return not hangs
    return is_short


def _keeps_step(line: Line, after: Line | None, step: float) -> bool:
    """Whether the next line follows at the same wide step as text of the same kind: a paragraph set wider."""
    if after is None or starts_item(after.text) or after.bold != line.bold:
        return False
    alike = abs(after.size_pt - line.size_pt) <= SIZE_CHANGE * line.size_pt
    return alike and abs(after.baseline - line.baseline - step) <= SAME_STEP_SHARE * step


def starts_cell_paragraph(before: Line, line: Line, column: Column) -> bool:
    """The same inside a table cell, where lines are few and narrow: only what is certain counts."""
    size = max(before.size_pt, line.size_pt)
    if line.baseline - before.baseline > max(WIDE_PITCH * column.pitch, 2.2 * size):
        return True
    return starts_item(line.text) or would_have_fitted(before, line, column)


def would_have_fitted(before: Line, line: Line, column: Column) -> bool:
    """Tell whether the first word of a line had room on the line above, so that the author broke the line there.

    Thai has no spaces between words, so that the "word" up to the first space may be longer than what a word processor
    would have moved; a break that is found here is certain, one that is not found is open.
    """
    if cuts_word(before, line):
        return False
    space = WORD_GAP_EM * line.size_pt
    return first_word_width(line) + 2 * space < free_width(before, column)


def cuts_word(before: Line, line: Line) -> bool:
    """Tell whether the end of a line parts a word of Latin letters at its hyphen."""
    return CUT_WORD.search(before.text) is not None and line.text.lstrip()[:1].isascii()


def free_width(line: Line, column: Column) -> float:
    """The room that a line leaves in its column: right of it, or on both sides where it is centred."""
    left, right = line.bbox.x0 - column.left, column.right - line.bbox.x1
    centered = abs(left - right) < CENTERED_PT and left > CENTERED_PT
    return left + right if centered else right


def first_word_width(line: Line) -> float:
    """The width of a line up to its first space."""
    piece = line.pieces[0]
    word = piece.text.split(maxsplit=1)[0] if piece.text.strip() else piece.text
    if piece.char_x is not None and len(word) < len(piece.text):
        return piece.char_x[min(len(word), len(piece.char_x) - 1)] - piece.bbox.x0
    return piece.bbox.width * len(word) / max(1, len(piece.text))
