"""One sheet per dataset: Thai names over the technical ones, values in words, a link from each verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.datasets.arrow import dataset_schema
from reports.data import plan_page
from reports.html.plan_view import element_anchor
from reports.labels import DATASET, column_labels, label_cell
from reports.query.cells import to_text
from reports.workbook.sheet import A3, MAX_ROWS, Book, count_lines

HEAD_ROWS = 2
AGENCY = ("หน่วยงาน", "agency_name")
FILE = ("ไฟล์", "source_path")
LINK = ("เปิดในรายงาน", "report")
MAX_ADDRESS = 255
"""Characters of a text inside a formula; Excel refuses the file where there are more."""
MAX_SHEETS = 3
"""Sheets of one dataset; a larger one no spreadsheet program can handle, ``bcp export`` gives it instead."""
_WIDTHS = {
    "document_id": 18,
    "bbox": 18,
    "sha256": 20,
    "agency_name": 34,
    "reason_th": 60,
    "evidence": 60,
    "report": 10,
}
_WIDE, _MIDDLE, _NARROW = 44, 24, 11
_WIDE_COLUMNS = frozenset(
    {"text", "message_th", "message_en", "evidence_text", "item_text", "source_path", "title_th", "heading", "nearest"}
    | {"process_name", "resource_raw", "title", "review_note", "error_message", "example_before", "example_after"}
)
_LONG_TEXTS = frozenset({"pages.text", "sections.text", "table_cells.text", "table_cells.text_raw"})
"""Columns whose text is too long to be wrapped: their rows would fill the screen."""
_KEYS = frozenset({"document_id", "sha256", "table_id", "section_id", "submission_id", "bbox"})
_HEAD_LINE_HEIGHT = 16
_BOLD = 0.85
"""Letters of a column's width that bold ones fill."""
_LINE_HEIGHT = 13.5
_MAX_LINES = 14
_COLUMNS_ON_A4 = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of a sheet. ``given`` ones are no column of the dataset but said with its rows."""

    name: str
    label: str
    width: float
    style: str
    given: bool


@dataclass(slots=True, kw_only=True)
class DatasetSheet:
    """A dataset being written to its sheets; a further sheet begins where one is full.

    ``report`` is the report's folder as seen from the workbook, None where there is none. ``technical`` keeps values
    and heads as the datasets have them.
    """

    book: Book
    dataset: str
    report: str | None = None
    technical: bool = False
    max_rows: int = MAX_ROWS
    rows: int = 0
    sheet_names: list[str] = field(default_factory=list)
    _columns: tuple[_Column, ...] = field(init=False)
    _sheet: Worksheet = field(init=False)
    _row: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Begin the first sheet."""
        self._columns = _lay_out(self.dataset, technical=self.technical, linked=self.report is not None)
        self._begin()

    def write(self, rows: Sequence[Mapping[str, Any]], agency: str | None, source_path: str | None = None) -> None:
        """Add a document's rows; agency and file stand before each."""
        given = {AGENCY[1]: agency, FILE[1]: source_path, LINK[1]: None}
        for row in rows:
            if self._row >= self.max_rows:
                self._begin()
            cells = [
                given[column.name] if column.given else self._value(column.name, row.get(column.name))
                for column in self._columns
            ]
            if not self.technical:
                self._set_height(cells)
            for place, (column, value) in enumerate(zip(self._columns, cells, strict=True)):
                if column.style == _STATUS:
                    self.book.write(self._sheet, self._row, place, value, f"status:{row['status']}")
                elif value is not None and value != "":
                    self.book.write(self._sheet, self._row, place, value, column.style)
                elif column.name == LINK[1]:
                    self._link(place, row)
            self._row += 1
            self.rows += 1

    def _value(self, name: str, value: Any) -> Any:
        return _typed(value) if self.technical else _readable(self.dataset, name, value)

    def close(self) -> None:
        """End the last sheet: the filter needs to know its last row."""
        first = 0 if self.technical else 1
        self._sheet.autofilter(first, 0, max(self._row - 1, first), len(self._columns) - 1)

    def _set_height(self, cells: Sequence[Any]) -> None:
        """The row's height for its wrapped text: not every program works it out when it opens the file."""
        lines = max(
            count_lines(value, column.width)
            for column, value in zip(self._columns, cells, strict=True)
            if column.style == "wrap" and isinstance(value, str)
        )
        # a row of one line keeps the height of its own, for each that is set is held in memory
        if lines > 1:
            self._sheet.set_row(self._row, min(lines, _MAX_LINES) * _LINE_HEIGHT)

    def _begin(self) -> None:
        if self.sheet_names:
            self.close()
        self._sheet = self.book.add_sheet(self.dataset if self.technical else DATASET[self.dataset])
        self.sheet_names.append(self._sheet.get_name())
        for place, column in enumerate(self._columns):
            folded = {} if self.technical or column.name not in _LAST else {"level": 1, "hidden": True}
            self._sheet.set_column(place, place, column.width, None, folded)
        if len(self._columns) > _COLUMNS_ON_A4:
            self._sheet.set_paper(A3)
        heads = [([column.name for column in self._columns], "head")]
        frozen = 0
        if not self.technical:
            lines = max(count_lines(column.label, column.width * _BOLD) for column in self._columns)
            self._sheet.set_row(0, max(lines, 2) * _HEAD_LINE_HEIGHT)
            heads = [([column.label for column in self._columns], "head"), (heads[0][0], "technical")]
            frozen = next(place for place, column in enumerate(self._columns) if column.name in _FROZEN) + 1
        for number, (texts, style) in enumerate(heads):
            for place, text in enumerate(texts):
                self.book.write(self._sheet, number, place, text, style)
        self._row = len(heads)
        self._sheet.freeze_panes(len(heads), frozen)
        self._sheet.repeat_rows(0, len(heads) - 1)

    def _link(self, place: int, row: Mapping[str, Any]) -> None:
        """A link by formula, since a sheet holds few real ones. Its parts are hex digits and ids of the schema."""
        address = f"{self.report}/{plan_page(row['document_id'])}#{element_anchor(row['element_id'])}"
        formula = f'=HYPERLINK("{address}","เปิด")' if '"' not in address and len(address) <= MAX_ADDRESS else None
        if formula is not None:
            self._sheet.write_formula(self._row, place, formula, self.book.style("link"), "เปิด")


_STATUS = "status"
_FROZEN = frozenset({"agency_name", "source_path"})
_LAST = ("bbox", "table_id", "section_id", "document_id")


def _people_first(dataset: str, heads: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What people read in front, keys and places behind."""
    keys = set(_LAST) - {"table_id" if dataset in ("tables", "table_cells") else "", "section_id"} | {"section_id"}
    front = [head for head in heads if head[1] not in keys]
    return front + [head for name in _LAST for head in heads if head[1] == name and name in keys]


@cache
def _lay_out(dataset: str, *, technical: bool, linked: bool) -> tuple[_Column, ...]:
    """The columns of a dataset's sheets: agency, file and link before what people read, keys and places behind."""
    labels = column_labels(dataset)
    heads = [(labels[name], name) for name in dataset_schema(dataset).names]
    given: list[tuple[str, str]] = []
    if not technical and dataset != "documents":
        given = [AGENCY, FILE, *([LINK] if linked and dataset == "components" else [])]
        heads = _people_first(dataset, heads)
    return tuple(
        _Column(
            name=name,
            label=label,
            width=_width(dataset, name),
            style="plain" if technical else _style(dataset, name),
            given=place < len(given),
        )
        for place, (label, name) in enumerate([*given, *heads])
    )


@cache
def _style(dataset: str, name: str) -> str:
    """How a column's cells are written: long texts and keys on one line, other text wrapped, scores with two places."""
    if name in (AGENCY[1], FILE[1]):
        return "wrap"
    if (dataset, name) == ("components", "status"):
        return _STATUS
    kind = str(dataset_schema(dataset).field(name).type) if name in dataset_schema(dataset).names else ""
    if kind == "double" and not name.endswith("_hours") and name != "quantity":
        return "score"
    return "plain" if name in _KEYS or f"{dataset}.{name}" in _LONG_TEXTS or kind in ("int32", "double") else "wrap"


@cache
def _width(dataset: str, name: str) -> float:
    if name in _WIDTHS:
        return _WIDTHS[name]
    if name in _WIDE_COLUMNS:
        return _WIDE
    if name in dataset_schema(dataset).names and str(dataset_schema(dataset).field(name).type) == "string":
        return _NARROW if name in ("item_no", "process_no", "step_no", *_KEYS) else _MIDDLE
    return _NARROW


def _readable(dataset: str, column: str, value: Any) -> Any:
    """A value as people read it: places and words of evidence as lines, lists with commas, closed sets in Thai."""
    if column == "evidence":
        return "\n".join(_place(entry) for entry in value or ())
    if isinstance(value, dict):
        return _place(value)
    if isinstance(value, list):
        return ", ".join(f"{item:.0f}" if isinstance(item, float) else to_text(item) for item in value)
    if isinstance(value, str):
        return label_cell(dataset, column, value)
    return value


def _place(entry: Mapping[str, Any]) -> str:
    page = f"หน้า {entry['page_no']}: " if entry.get("page_no") else ""
    return f"{page}“{entry.get('text') or ''}”"


def _typed(value: Any) -> Any:
    return to_text(value) if isinstance(value, list | dict) else value
