"""A table as the readers of records see it: columns with their meaning, rows with their role, texts by place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from docmodel.table import Cell, Table
from docmodel.value_class import value_class
from docmodel.vocabulary import Dimension, Incident
from normalizers.durations import HourRange, parse_duration
from normalizers.marks import is_blank
from normalizers.numerals import to_arabic_digits
from normalizers.tables import RowRole, header_paths, row_roles
from pipeline.vocabulary import Vocabulary

_BARE_NUMBER = re.compile(r"^[\d\s\-–.]+$")
_TIME_UNIT = re.compile(r"(นาที|ชั่วโมง|ชม\.?|วัน|สัปดาห์|เดือน|hours?|hrs?|days?)", re.IGNORECASE)
# A head that holds a time and much else ("สิ่งที่ต้องทำภายใน ๒๔ ชั่วโมงหลัง…") does not name a time bucket.
MAX_BUCKET_CHARS = 32


@value_class(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heads from top to bottom and what they mean.

    ``concepts`` are keys of the vocabulary's ``columns``; those of the lowest head are ``own``. ``hours`` is set for a
    time bucket, ``dimension`` and ``incident`` where the head names one.
    """

    index: int
    path: tuple[str, ...]
    concepts: frozenset[str]
    own: frozenset[str]
    dimension: Dimension | None = None
    incident: Incident | None = None
    hours: HourRange | None = None

    @property
    def head(self) -> str:
        """The lowest head, '' for a column without one."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class TableView:
    """A table with its columns and rows understood."""

    table: Table
    columns: tuple[Column, ...]
    roles: tuple[RowRole, ...]

    @cached_property
    def grid(self) -> list[list[Cell | None]]:
        """The slots of the table, a merged cell in each slot it covers."""
        return self.table.grid()

    @property
    def body_rows(self) -> list[int]:
        """Indices of the rows under the header, blank rows and repeated headers left out."""
        skipped = (RowRole.HEADER, RowRole.REPEATED_HEADER, RowRole.BLANK)
        return [row for row, role in enumerate(self.roles) if role not in skipped]

    def columns_of(self, *concepts: str) -> list[Column]:
        """Columns that carry any of the concepts."""
        return [column for column in self.columns if column.concepts.intersection(concepts)]

    def column_of(self, *concepts: str) -> Column | None:
        """The first column of the first concept that any carries; a column's lowest head counts before others."""
        for concept in concepts:
            for column in self.columns:
                if concept in column.own:
                    return column
        for concept in concepts:
            for column in self.columns:
                if concept in column.concepts:
                    return column
        return None

    @property
    def buckets(self) -> list[Column]:
        """Columns that are time buckets."""
        return [column for column in self.columns if column.hours is not None]

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers a slot."""
        return self.grid[row][col] if 0 <= row < len(self.grid) and 0 <= col < self.table.n_cols else None

    def text(self, row: int, col: int) -> str:
        """Text of the cell that covers a slot, breaks kept; '' for none."""
        cell = self.cell(row, col)
        return cell.text.strip() if cell is not None else ""

    def own_text(self, row: int, col: int) -> str:
        """Text of the cell that begins in a slot; '' where a cell from above or from the left covers it."""
        cell = self.cell(row, col)
        return cell.text.strip() if cell is not None and (cell.row, cell.col) == (row, col) else ""

    def row_text(self, row: int) -> str:
        """Texts of the cells that begin in a row, from left to right."""
        texts = (self.own_text(row, col) for col in range(self.table.n_cols))
        return " ".join(text for text in texts if text)

    def head_texts(self) -> list[str]:
        """Texts of the header rows that run over the whole table: titles and notes inside the grid."""
        header_rows = self.table.header_rows or 0
        texts = []
        for row in range(header_rows):
            cells = {id(cell): cell for cell in self.grid[row] if cell is not None and cell.text.strip()}
            if len(cells) == 1:
                texts.append(next(iter(cells.values())).text.strip())
        return texts


def view_table(table: Table, vocabulary: Vocabulary) -> TableView:
    """See a table that has been understood with the words of a vocabulary."""
    columns = tuple(_column(index, path, vocabulary) for index, path in enumerate(header_paths(table)))
    return TableView(table=table, columns=columns, roles=row_roles(table))


def _column(index: int, path: tuple[str, ...], vocabulary: Vocabulary) -> Column:
    own = vocabulary.columns.labels(path[-1]) if path else frozenset()
    concepts = own.union(*(vocabulary.columns.labels(text) for text in path[:-1])) if path else own
    hours = _bucket_hours(path)
    dimension = vocabulary.dimensions.label(path[-1]) if path and hours is None else None
    if dimension is None and len(path) > 1 and hours is None and not own:
        dimension = vocabulary.dimensions.label("".join(path))  # a head that lines inside it cut into pieces
    return Column(
        index=index,
        path=path,
        concepts=concepts,
        own=own,
        dimension=dimension,
        incident=vocabulary.incidents.label(path[-1]) if path and hours is None else None,
        hours=hours,
    )


def _bucket_hours(path: tuple[str, ...]) -> HourRange | None:
    """The time that a head names: "1 วัน", or "1" under "ระยะเวลา (วัน)"."""
    if not path or len(path[-1]) > MAX_BUCKET_CHARS:
        return None
    head = to_arabic_digits(path[-1])
    hours = parse_duration(head)
    return hours if hours is not None else hours_under(head, path[-2:-1])


def hours_under(text: str, heads: tuple[str, ...]) -> HourRange | None:
    """The time of a bare number whose unit stands in a head above it, the lowest first: "4" under "RTO (ชม.)"."""
    number = to_arabic_digits(text)
    if not _BARE_NUMBER.match(number):
        return None
    for head in reversed(heads):
        if unit := _TIME_UNIT.findall(head):
            return parse_duration(f"{number} {unit[-1]}")
    return None


def is_filled(text: str) -> bool:
    """Whether a cell says something: dashes and dots do not."""
    return not is_blank(text)
