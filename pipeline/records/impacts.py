"""The impact matrix: which incident hits which resource dimension."""

from __future__ import annotations

from collections.abc import Iterator

from docmodel.table import Cell
from docmodel.vocabulary import Dimension, Incident, TableKind
from normalizers.markers import split_marker
from normalizers.marks import Mark, is_blank, is_cross, read_mark
from normalizers.tables import RowRole, turn_table, understand_table
from normalizers.text import normalize_value
from pipeline.datasets.rows import ImpactRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.incident_names import find_incidents
from pipeline.records.items import block_items, one_line
from pipeline.table_view import TableView, view_table
from pipeline.vocabulary import Vocabulary

_DENIALS = ("ไม่มี", "ไม่ได้รับ", "ไม่กระทบ", "ไม่ส่งผล", "ไม่เกี่ยวข้อง", "none", "n/a")


def read_impacts(context: RecordContext) -> tuple[ImpactRow, ...]:
    """One row per incident and dimension of the matrices; an incident that two parts repeat is kept once."""
    rows: dict[tuple[str, Dimension], ImpactRow] = {}
    for place in context.tables(TableKind.IMPACT_MATRIX):
        for row in _matrix_rows(context, place):
            key = (row.incident if row.incident is not Incident.OTHER else row.incident_raw or "", row.dimension)
            known = rows.get(key)
            if known is None or (row.affected and not known.affected):
                rows[key] = row
    return tuple(rows.values()) or tuple(_prose_rows(context))


def _prose_rows(context: RecordContext) -> Iterator[ImpactRow]:
    """Rows from sentences that say which dimensions an incident hits; silence about a dimension says nothing."""
    seen: set[tuple[Incident, Dimension]] = set()
    for section in context.sections("2.2"):
        for block in section.text_blocks():
            for item in block_items(block):
                named = find_incidents(item.text, context.vocabulary)
                if "กระทบ" not in item.text or len(named) != 1:
                    continue
                for match in context.vocabulary.dimensions.find_all(item.text):
                    key = (named[0].incident, match.label)
                    if key in seen:
                        continue
                    seen.add(key)
                    yield ImpactRow(
                        **context.block_place(section, block),
                        incident=named[0].incident,
                        incident_raw=named[0].raw,
                        dimension=match.label,
                        affected=True,
                        cell_raw=one_line(item.text),
                    )


def incident_rows(view: TableView, vocabulary: Vocabulary) -> Iterator[tuple[int, Cell, str, Incident]]:
    """Rows of a matrix with the cell that names their incident: row, cell, name as written, incident."""
    named_columns = [column.index for column in view.columns if "incident" in column.own and not column.dimension]
    labels = named_columns[:3] or [column.index for column in view.columns if column.dimension is None][:3] or [0]
    naming = [col for col in labels if any(find_incidents(view.text(row, col), vocabulary) for row in view.body_rows)]
    labels = naming or labels  # a column of "ไม่กระทบ" whose head was not understood names nothing
    for row in view.body_rows:
        if view.roles[row] is RowRole.TOTAL:
            continue
        for col in sorted(labels, key=lambda col: -len(view.text(row, col))):
            cell, text = view.cell(row, col), view.text(row, col)
            if cell is None or not any(char.isalpha() for char in text):
                continue
            named = find_incidents(text, vocabulary)
            incident = named[0].incident if named else Incident.OTHER
            if named or view.roles[row] is RowRole.BODY:
                yield row, cell, _without_number(text), incident
            break


def upright(place: TablePlace, vocabulary: Vocabulary) -> TableView:
    """The matrix with incidents as rows and dimensions as columns, turned where the author has it the other way."""
    view = place.view
    if sum(1 for column in view.columns if column.dimension) >= 2:
        return view
    turned = view_table(understand_table(turn_table(view.table)), vocabulary)
    return turned if sum(1 for column in turned.columns if column.dimension) >= 2 else view


def is_affected(text: str) -> bool:
    """Whether a cell says that the dimension is hit: a tick, a level or words, anything but a blank or a denial."""
    mark = read_mark(text).mark
    if mark is not Mark.NONE:
        return mark is Mark.TICKED
    plain = normalize_value(text).lower()
    return plain != "0" and not plain.startswith(_DENIALS)


def _matrix_rows(context: RecordContext, place: TablePlace) -> Iterator[ImpactRow]:
    view = upright(place, context.vocabulary)
    columns = [column for column in view.columns if column.dimension is not None]
    if not columns:
        yield from _listed_rows(context, place, view)
    values = [view.text(row, column.index) for row in view.body_rows for column in columns]
    marked_by_crosses = all(is_blank(text) or is_cross(text) for text in values)
    for row, _, raw, incident in incident_rows(view, context.vocabulary):
        for column in columns:
            cell = view.cell(row, column.index)
            text = cell.text.strip() if cell is not None else ""
            assert column.dimension is not None
            yield ImpactRow(
                **context.cell_place(place, cell),
                incident=incident,
                incident_raw=raw,
                dimension=column.dimension,
                affected=is_affected(text) or (marked_by_crosses and is_cross(text)),
                cell_raw=text or None,
            )


def _listed_rows(context: RecordContext, place: TablePlace, view: TableView) -> Iterator[ImpactRow]:
    """Rows of a table that lists in one cell what an incident hits; what is not listed is not known to be spared."""
    for row, label, raw, incident in incident_rows(view, context.vocabulary):
        seen: set[Dimension] = set()
        for col in range(view.table.n_cols):
            cell = view.cell(row, col)
            if cell is None or cell is label or not cell.text.strip():
                continue
            for match in context.vocabulary.dimensions.find_all(cell.text):
                if match.label in seen:
                    continue
                seen.add(match.label)
                yield ImpactRow(
                    **context.cell_place(place, cell),
                    incident=incident,
                    incident_raw=raw,
                    dimension=match.label,
                    affected=True,
                    cell_raw=cell.text.strip(),
                )


def _without_number(text: str) -> str:
    return one_line(split_marker(text)[1])
