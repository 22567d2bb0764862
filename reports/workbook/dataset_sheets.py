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
    _sheet: Worksheet = field(init=False)
    _row: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Begin the first sheet."""
        self._begin()

    @property
    def columns(self) -> tuple[str, ...]:
        """The dataset's columns in the order of the contract."""
        return tuple(dataset_schema(self.dataset).names)

    def write(self, rows: Sequence[Mapping[str, Any]], agency: str | None, source_path: str | None = None) -> None:
        """Add a document's rows; agency and file stand before each."""
        for row in rows:
            if self._row >= self.max_rows:
                self._begin()
            cells = self._cells(row, agency, source_path)
            if not self.technical:
                self._sheet.set_row(self._row, self._height(cells))
            for place, (name, value) in enumerate(cells):
                style = "plain" if self.technical else _style(self.dataset, name)
                if name == LINK[1]:
                    self._link(place, row)
                elif name == "status" and self.dataset == "components" and not self.technical:
                    self.book.write(self._sheet, self._row, place, value, f"status:{row['status']}")
                else:
                    self.book.write(self._sheet, self._row, place, value, style)
            self._row += 1
            self.rows += 1

    def close(self) -> None:
        """End the last sheet: the filter needs to know its last row."""
        heads = self._heads()
        first = 0 if self.technical else 1
        self._sheet.autofilter(first, 0, max(self._row - 1, first), len(heads) - 1)

    def _height(self, cells: Sequence[tuple[str, Any]]) -> float:
        """The row's height for its wrapped text: not every program works it out when it opens the file."""
        lines = max(
            count_lines(value, _width(self.dataset, name))
            for name, value in cells
            if isinstance(value, str) and _style(self.dataset, name) == "wrap"
        )
        return min(lines, _MAX_LINES) * _LINE_HEIGHT

    def _begin(self) -> None:
        if self.sheet_names:
            self.close()
        title = self.dataset if self.technical else DATASET[self.dataset]
        self._sheet = self.book.add_sheet(title)
        self.sheet_names.append(self._sheet.get_name())
        heads = self._heads()
        for place, (_, name) in enumerate(heads):
            folded = {} if self.technical or name not in _LAST else {"level": 1, "hidden": True}
            self._sheet.set_column(place, place, _width(self.dataset, name), None, folded)
        if len(heads) > _COLUMNS_ON_A4:
            self._sheet.set_paper(A3)
        if not self.technical:
            lines = max(count_lines(label, _width(self.dataset, name) * _BOLD) for label, name in heads)
            self._sheet.set_row(0, max(lines, 2) * _HEAD_LINE_HEIGHT)
        rows = [[name for _, name in heads]] if self.technical else list(map(list, zip(*heads, strict=True)))
        for number, (row, style) in enumerate(zip(rows, ("head", "technical"), strict=False)):
            for place, text in enumerate(row):
                self.book.write(self._sheet, number, place, text, style)
        self._row = len(rows)
        frozen = 0 if self.technical else next(i for i, head in enumerate(heads) if head[1] in _FROZEN) + 1
        self._sheet.freeze_panes(len(rows), frozen)
        self._sheet.repeat_rows(0, len(rows) - 1)

    def _heads(self) -> list[tuple[str, str]]:
        labels = column_labels(self.dataset)
        heads = [(labels[name], name) for name in self.columns]
        if self.technical:
            return heads
        extra = [LINK] if self.report is not None and self.dataset == "components" else []
        if self.dataset == "documents":
            return heads
        return [AGENCY, FILE, *extra, *_people_first(self.dataset, heads)]

    def _cells(self, row: Mapping[str, Any], agency: str | None, source_path: str | None) -> list[tuple[str, Any]]:
        if self.technical:
            return [(name, _typed(row.get(name))) for name in self.columns]
        given = {AGENCY[1]: agency, FILE[1]: source_path, LINK[1]: None} if self.dataset != "documents" else {}
        return [
            (name, given[name] if name in given else _readable(self.dataset, name, row.get(name)))
            for _, name in self._heads()
        ]

    def _link(self, place: int, row: Mapping[str, Any]) -> None:
        """A link by formula, since a sheet holds few real ones. Its parts are hex digits and ids of the schema."""
        address = f"{self.report}/{plan_page(row['document_id'])}#{element_anchor(row['element_id'])}"
        formula = f'=HYPERLINK("{address}","เปิด")' if '"' not in address and len(address) <= MAX_ADDRESS else None
        if formula is not None:
            self._sheet.write_formula(self._row, place, formula, self.book.style("link"), "เปิด")


_FROZEN = frozenset({"agency_name", "source_path"})
_LAST = ("bbox", "table_id", "section_id", "document_id")


def _people_first(dataset: str, heads: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What people read in front, keys and places behind."""
    keys = set(_LAST) - {"table_id" if dataset in ("tables", "table_cells") else "", "section_id"} | {"section_id"}
    front = [head for head in heads if head[1] not in keys]
    return front + [head for name in _LAST for head in heads if head[1] == name and name in keys]


@cache
def _style(dataset: str, name: str) -> str:
    """How a column's cells are written: long texts and keys on one line, other text wrapped, scores with two places."""
    if name in (AGENCY[1], FILE[1]):
        return "wrap"
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
