"""What of a section or table is real content, and what is a heading, a form's own words or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docmodel.outline import Section
from docmodel.table import Table
from docmodel.vocabulary import TableKind
from normalizers.markers import split_marker
from normalizers.marks import Mark, is_blank, is_placeholder, read_mark
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import Passage, PassageKind, PlanText, has_picture

# "ระบุ" opens both a form's prompt ("ระบุชื่อระบบ") and a step of the plan ("ระบุและสรุปรายชื่อ…"), which is longer.
_STATE: Final = "ระบุ"
MAX_PROMPT_CHARS: Final = 24
_DOTS: Final = re.compile(r"\.{3,}|…|_{3,}")
_MASK: Final = re.compile(r"x{3,}")
# "ตารางเมตร" and "(ชื่อหน่วยนับ)" are units; longer words beside a dotted line say something.
MAX_UNIT_CHARS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands in a section and its subsections.

    ``real`` are the passages with content of the plan, ``prompts`` the form's own words left in. ``blank_tables`` and
    ``filled_tables`` are ids. ``chars`` counts the real content without spaces.
    """

    real: tuple[Passage, ...]
    prompts: tuple[Passage, ...]
    blank_tables: tuple[str, ...]
    filled_tables: tuple[str, ...]
    has_picture: bool

    @property
    def chars(self) -> int:
        """Length of the real content."""
        return sum(len(passage.compact) for passage in self.real)

    @property
    def unfilled(self) -> bool:
        """Whether there is a form here that nobody filled in."""
        return not self.filled_tables and bool(self.blank_tables or (self.prompts and not self.real))


def is_real(text: str, plan: PlanText) -> bool:
    """Whether a text says something: not blank, no dotted line, no prompt of the form, no lone empty box."""
    known = plan.real_texts.get(text)
    if known is None:
        known = plan.real_texts[text] = _is_real(text, plan)
    return known


def _is_real(text: str, plan: PlanText) -> bool:
    _, rest = split_marker(text.strip())
    if is_blank(rest) or is_prompt(rest, plan) or is_left_open(rest):
        return False
    reading = read_mark(rest)
    return reading.mark is not Mark.UNTICKED or reading.remark is not None


def is_prompt(text: str, plan: PlanText) -> bool:
    """Whether a text is a form's request to fill something in.

    A long sentence that begins with "state" is a step of the plan; only a short one is a form's.
    """
    known = plan.prompts.get(text)
    if known is None:
        known = plan.prompts[text] = _is_prompt(text, plan)
    return known


def _is_prompt(text: str, plan: PlanText) -> bool:
    _, rest = split_marker(text.strip())
    words = compact(rest)
    if words.startswith(_STATE) and len(words) > MAX_PROMPT_CHARS and not _DOTS.search(words):
        return False
    return is_placeholder(rest) or plan.book.find(plan.schema.prompts, words) is not None


def is_left_open(text: str) -> bool:
    """Whether a text is a line to write on with no more than its unit beside it ("..... ตร.ม."), or a mask for figures.

    >>> is_left_open("..... คน"), is_left_open("๐๘x-xxx-xxxx"), is_left_open("5 คน ........")
    (True, True, False)
    """
    words = compact(text)
    if _MASK.search(words):
        return True
    rest = _DOTS.sub("", words)
    return rest != words and len(rest) <= MAX_UNIT_CHARS and not any(char.isdigit() for char in rest)


def section_content(section: Section, plan: PlanText) -> Content:
    """What stands in a section and its subsections; headings, captions and leading sentences are no content."""
    branch = {part.section_id: part for part in plan.branch(section)}
    tables = {
        block.table.table_id: table_is_filled(block.table, plan)
        for part in branch.values()
        for block in part.table_blocks()
    }
    real: list[Passage] = []
    prompts: list[Passage] = []
    for passage in (found for part in branch for found in plan.passages_by_section.get(part, ())):
        if passage.kind not in (PassageKind.TEXT, PassageKind.CELL):
            continue
        if passage.table_id is not None and not tables.get(passage.table_id, True):
            continue
        if is_real(passage.text, plan):
            if plan.book.find(plan.schema.introductions, passage.compact) is None:
                real.append(passage)
        elif is_prompt(passage.text, plan):
            prompts.append(passage)
    return Content(
        real=tuple(real),
        prompts=tuple(prompts),
        blank_tables=tuple(table_id for table_id, filled in tables.items() if not filled),
        filled_tables=tuple(table_id for table_id, filled in tables.items() if filled),
        has_picture=any(has_picture(part) for part in branch.values()),
    )


def table_is_filled(table: Table, plan: PlanText) -> bool:
    """Whether somebody filled a table in: one cell of its body beside the row labels says something. In a table of
    steps the labels are the steps, and the boxes beside them are ticked when it happens."""
    match = plan.mapping_of(table.table_id)
    if match is not None and match.kind is TableKind.RECOVERY_STEPS:
        return any(is_real(cell.text, plan) for cell in plan.parts(table).body)
    return any(is_real(cell.text, plan) for cell in plan.parts(table).values)


def names_empty_row(passage: Passage, plan: PlanText) -> bool:
    """Whether a passage is the label of a table's row in which nobody wrote anything: it asks and does not tell."""
    if passage.kind is not PassageKind.CELL or passage.table_id is None:
        return False
    rows = plan.empty_rows.get(passage.table_id)
    if rows is None:
        rows = plan.empty_rows[passage.table_id] = _empty_rows(passage.table_id, plan)
    return (passage.row, passage.col) in rows


def _empty_rows(table_id: str, plan: PlanText) -> frozenset[tuple[int, int]]:
    """Row and column of the labels of a table's rows without a value. Only of tables that are known to hold values
    beside labels; the labels of a table of steps are the steps."""
    table, match = next((found for found in plan.table_matches if found[0].table_id == table_id), (None, None))
    if table is None or match is None or match.kind is TableKind.RECOVERY_STEPS or table.n_cols == 1:
        return frozenset()
    told = {
        row
        for cell in plan.parts(table).values
        if is_real(cell.text, plan)
        for row in range(cell.row, cell.row + cell.row_span)
    }
    labels = plan.parts(table).label_columns
    return frozenset(
        (cell.row, cell.col)
        for cell in table.cells
        if cell.col < labels and told.isdisjoint(range(cell.row, cell.row + cell.row_span))
    )
