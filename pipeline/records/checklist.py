"""Lines of the agency's own checklist and what it declares of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docmodel.table import Cell
from docmodel.vocabulary import Declared, Incident, TableKind
from normalizers.markers import split_marker
from normalizers.marks import Mark, read_mark
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import ChecklistItemRow
from pipeline.records.context import RecordContext
from pipeline.records.dimension_lines import leading_dimension
from pipeline.records.incident_names import find_incidents, is_other_line, strip_other
from pipeline.records.items import Item, one_line
from pipeline.table_view import Column, TableView
from pipeline.vocabulary import Vocabulary

_PART = re.compile(r"^(?:ส่วนที่|ตอนที่|หมวดที่|part)\s*[0-9๐-๙]")
_MARK_TOKEN = re.compile(r"[✓✔√☑☒☐✗✘]|(?<!\S)[/xX](?!\S)|(?<!\S)[-–](?!\S)")
_LEADING_BOX = re.compile(r"^\s*[☐☑☒✓✔□]\s*")
_TICKED_BOX = re.compile(r"^\s*[☑☒✓✔]")
_SPLIT_NO = re.compile(r"ไม่\s+มี")
_CHOICE = re.compile(r"[☑☒✓✔√]\s*(?P<word>ไม่มี|มี)")
# The line over the incidents, also where its number was misread.
_ASKS = re.compile(r"รองรับเหตุการณ์|เหตุการณ์\s*(?:ดังต่อไปนี้|ดังนี้|ต่อไปนี้)")
_NUMBERED = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the checklist with the marks beside it."""

    text: str
    declared: Declared
    cell: Cell | None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """The numbered line that the lines under it belong to."""

    element_id: str | None = None
    asks_incidents: bool = False


def read_checklist_items(context: RecordContext) -> tuple[ChecklistItemRow, ...]:
    """One row per line; lines under a numbered one take their element from it ("กลยุทธ์ … ด้านบุคลากร")."""
    rows: list[ChecklistItemRow] = []
    for place in context.tables(TableKind.CHECKLIST):
        above = _Above()
        for line in _lines(place.view):
            marker, text = split_marker(_LEADING_BOX.sub("", one_line(line.text)))
            text = normalize_value(_LEADING_BOX.sub("", text))
            if not any(char.isalpha() for char in text) or _PART.match(normalize_value(line.text)):
                above = _Above() if _PART.match(normalize_value(line.text)) else above
                continue
            number = Item(marker=marker, text=text).number or line.number
            top = number is not None and _NUMBERED.search(number) is not None and "." in number
            element_id, incident = _meaning(text, _Above() if top else above, context.vocabulary)
            asks = "เหตุการณ์" in text and (incident is None or bool(_ASKS.search(text)))
            if top or (asks and _ASKS.search(text)):
                above = _Above(element_id=element_id, asks_incidents=asks)
            rows.append(
                ChecklistItemRow(
                    **context.cell_place(place, line.cell),
                    item_no=number,
                    item_text=text,
                    element_id=element_id,
                    incident=incident,
                    declared=line.declared,
                )
            )
    return tuple(rows)


def _meaning(text: str, above: _Above, vocabulary: Vocabulary) -> tuple[str | None, Incident | None]:
    """The element and the incident that a line speaks of."""
    if above.asks_incidents:
        named = find_incidents(strip_other(text) or text, vocabulary)
        if is_other_line(text) and len(named) != 1:
            return None, Incident.OTHER  # several, or none: each named one is an incident of its own
        return None, named[0].incident if named else Incident.OTHER
    if above.element_id in ("2.4", "2.6"):
        dimension = leading_dimension(text, vocabulary)
        if dimension is not None:
            return f"{above.element_id}.{dimension.value}", None
    match = vocabulary.checklist_elements.find(text)
    if match is not None:
        return match.label, None
    return None, None


def _lines(view: TableView) -> Iterator[_Line]:
    """The lines of all rows; a cell with several labels beside as many marks gives each label its own."""
    yes = next((c for c in view.columns if "yes" in c.own and "no" not in c.own), None)
    no = next((c for c in view.columns if "no" in c.own), None)
    label = _label_column(view, [c for c in (yes, no) if c is not None])
    number = next((c for c in view.columns if "number" in c.own and c.index != label), None)
    for row in view.body_rows:
        cell = view.cell(row, label)
        text = view.own_text(row, label) if view.roles[row] is not RowRole.GROUP else view.row_text(row)
        if not text and cell is not None:
            continue
        labels = _split_labels(text)
        said_yes = _marks(view.text(row, yes.index)) if yes else []
        said_no = _marks(view.text(row, no.index)) if no else []
        answers = [] if yes or no else [view.text(row, c.index) for c in view.columns if c.index != label]
        chosen = next((answer for text in answers if (answer := _chosen(text)) is not None), None)
        declared = [chosen] * len(labels) if chosen is not None else _align(labels, said_yes, said_no)
        marker = view.own_text(row, number.index) if number is not None and len(labels) == 1 else ""
        counted = Item(marker=one_line(marker) or None, text="").number
        for line, value in zip(labels, declared, strict=True):
            yield _Line(text=line, declared=value, cell=cell, number=counted)


def _chosen(text: str) -> Declared | None:
    """The answer of a cell that holds both ("☑ มี ☐ ไม่มี"), None for a cell that holds none."""
    match = _CHOICE.search(_SPLIT_NO.sub("ไม่มี", text))
    if match is not None:
        return Declared.NO if match.group("word") == "ไม่มี" else Declared.YES
    mark = read_mark(text).mark
    if mark is Mark.TICKED:
        return Declared.YES
    if mark is Mark.UNTICKED:
        return Declared.BLANK if "☐" in text else Declared.NO
    return None


def _label_column(view: TableView, marked: Sequence[Column]) -> int:
    taken = {column.index for column in marked}
    free = [column.index for column in view.columns if column.index not in taken]
    return max(free, key=lambda col: sum(len(view.own_text(row, col)) for row in view.body_rows), default=0)


def _split_labels(text: str) -> list[str]:
    """The labels of a cell: one per line that begins with a number, bullet or box; other lines go on the one above."""
    labels: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        begins = _LEADING_BOX.match(line) is not None or split_marker(line)[0] is not None
        if labels and not begins:
            labels[-1] = f"{labels[-1]} {line}"
        else:
            labels.append(line)
    return labels or [text]


def _marks(text: str) -> list[Mark]:
    """The marks of a cell, one per line or sign."""
    if not text:
        return []
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        return [read_mark(line).mark for line in lines]
    signs = _MARK_TOKEN.findall(text)
    if len(signs) > 1 and len("".join(signs)) >= len("".join(text.split())):
        return [read_mark(sign).mark for sign in signs]
    return [read_mark(text).mark]


def _align(labels: Sequence[str], yes: Sequence[Mark], no: Sequence[Mark]) -> list[Declared]:
    """What is declared of each label of a cell. As many marks as labels align by order; one mark fewer belongs to the
    labels under the first, which then is their heading."""
    count = len(labels)
    declared = []
    for index, label in enumerate(labels):
        said_yes, said_no = _at(yes, index, count), _at(no, index, count)
        if said_yes is Mark.TICKED:
            declared.append(Declared.YES)
        elif said_no is Mark.TICKED:
            declared.append(Declared.NO)
        elif not any(mark is Mark.TICKED for mark in (*yes, *no)) and _TICKED_BOX.match(label):
            declared.append(Declared.YES)
        else:
            declared.append(Declared.BLANK)
    return declared


def _at(marks: Sequence[Mark], index: int, count: int) -> Mark | None:
    if not marks:
        return None
    if len(marks) == count:
        return marks[index]
    if len(marks) == count - 1:
        return marks[index - 1] if index else None
    return marks[0] if len(marks) == 1 else None
