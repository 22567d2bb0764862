"""Reads workbooks: each visible sheet as its title lines and its tables, values as they stand, no formula computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from docmodel.blocks import Block, BlockRole, TableBlock
from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.errors import CorruptSourceError, SourceTooLargeError
from docmodel.issue import Issue, Severity
from docmodel.provenance import Provenance, TextSource
from extractors.base import ReadLimits
from extractors.blocks import MAX_COLUMNS, SourceCell, make_table, table_ids, text_block
from extractors.ole import OLE_MAGIC, XLS, office_encrypted
from extractors.sheet.extent import measure_package
from extractors.sheet.values import value_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MAX_CELLS = 5_000_000
"""A checklist has some hundred cells, a register of all agencies some hundred thousand. A file made to fill the memory
puts one cell into the last row and column, and every reader makes room for all between."""
MAX_ROWS = 20_000
"""Rows of one sheet that are read: a longer one is a data file, not a plan."""
_SENTENCE_CHARS = 15
_USUAL_NAME = re.compile(r"(?:sheet|แผ่น|แผ่นงาน|ชีต|ชีท)\s*\d*", re.IGNORECASE)

Row = Sequence[str]
Span = tuple[tuple[int, int], tuple[int, int]]


class SheetReader:
    """Reader of Excel (new and old) and OpenDocument workbooks."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Excel, old Excel, OpenDocument spreadsheet."""
        return (XLSX, XLS, ODS)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read the workbook; raises a SourceError where it is damaged, protected or too large."""
        if source.size_bytes > limits.max_bytes:
            raise sheet_too_large()
        with source.path.open("rb") as stream:
            media_type = XLS if stream.read(len(OLE_MAGIC)) == OLE_MAGIC else XLSX
        if media_type == XLSX:
            extent = measure_package(source.path)
            if extent.unpacked_bytes > limits.max_unpacked_bytes or extent.cells > MAX_CELLS:
                raise sheet_too_large()
            media_type = ODS if extent.is_open_document else XLSX
        place = Provenance(source=TextSource.TEXT)
        blocks: list[Block] = []
        issues: list[Issue] = []
        names = table_ids()
        with source.path.open("rb") as stream, _faults_told(), CalamineWorkbook.from_filelike(stream) as book:
            hidden = 0
            for meta in book.sheets_metadata:
                if meta.typ is not SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible is not SheetVisibleEnum.Visible:
                    hidden += 1
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                rows = [
                    [value_text(value) for value in row[:MAX_COLUMNS]]
                    for row in sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
                ]
                if sheet.total_height > MAX_ROWS:
                    issues.append(_cut())
                blocks += _read_sheet(meta.name, rows, sheet.merged_cell_ranges or [], place, names)
        if hidden:
            issues.append(_hidden(hidden))
        page = Page(number=None, blocks=tuple(blocks), source=TextSource.TEXT)
        return ExtractedDocument(source=source, media_type=media_type, pages=(page,), issues=tuple(issues))


def _read_sheet(
    name: str, rows: Sequence[Row], merged: Sequence[Span], place: Provenance, names: Iterator[str]
) -> Iterator[Block]:
    """A sheet's name where somebody gave it one, then its rows: lines of text and tables, apart by empty rows."""
    if any(any(row) for row in rows) and not _USUAL_NAME.fullmatch(name.strip()):
        yield text_block(name.strip(), place, role=BlockRole.HEADING, level=1)
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in merged}
    group: list[int] = []
    for number in range(len(rows) + 1):
        if number < len(rows) and any(rows[number]):
            group.append(number)
            continue
        yield from _read_group(group, rows, spans, place, names)
        group = []


def _read_group(
    group: list[int],
    rows: Sequence[Row],
    spans: dict[tuple[int, int], tuple[int, int]],
    place: Provenance,
    names: Iterator[str],
) -> Iterator[Block]:
    """Rows without an empty one between them: lines of one text before and after a table stand outside it.

    After it only sentences do: a last row with a number or a word is one that nobody filled in.
    """
    first, last = 0, len(group)
    while first < last and _filled(rows[group[first]]) == 1:
        first += 1
    while last > first and _filled(rows[group[last - 1]]) == 1 and _is_sentence(rows[group[last - 1]]):
        last -= 1
    for number in group[:first]:
        yield from _lines(rows[number], place)
    if first < last:
        yield _table([rows[number] for number in group[first:last]], group[first], spans, place, next(names))
    for number in group[last:]:
        yield from _lines(rows[number], place)


def _filled(row: Row) -> int:
    return sum(1 for value in row if value)


def _is_sentence(row: Row) -> bool:
    text = max(row, key=len)
    return row[0] == text and len(text) >= _SENTENCE_CHARS


def _lines(row: Row, place: Provenance) -> Iterator[Block]:
    for value in row:
        for line in value.split("\n"):
            if line.strip():
                yield text_block(line.strip(), place)


def _table(
    rows: Sequence[Row], top: int, spans: dict[tuple[int, int], tuple[int, int]], place: Provenance, name: str
) -> TableBlock:
    """The rows as a table, without the empty columns beside it; merged cells span what they are merged over."""
    used = [column for row in rows for column, value in enumerate(row) if value]
    left, right = min(used), max(used)
    covered: set[tuple[int, int]] = set()
    table_rows: list[list[SourceCell]] = []
    for offset, row in enumerate(rows):
        cells: list[SourceCell] = []
        for column in range(left, right + 1):
            if (offset, column) in covered:
                continue
            height, width = spans.get((top + offset, column), (1, 1))
            height, width = min(height, len(rows) - offset), min(width, right + 1 - column)
            covered.update((offset + down, column + over) for down in range(height) for over in range(width))
            text = row[column] if column < len(row) else ""
            cells.append(SourceCell(text=text, row_span=height, col_span=width))
        table_rows.append(cells)
    return TableBlock(table=make_table(name, table_rows, place))


@contextmanager
def _faults_told() -> Iterator[None]:
    """The parser's errors as this product's; its panics are no ``Exception``."""
    try:
        yield
    except PasswordError as error:
        raise office_encrypted() from error
    except (CalamineError, OSError, ValueError, OverflowError, KeyError) as error:
        raise sheet_damaged() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise sheet_damaged() from error
        raise


def sheet_damaged() -> CorruptSourceError:
    """A workbook whose insides cannot be read."""
    return CorruptSourceError(
        "sheet_damaged",
        th="ไฟล์ตารางคำนวณเสียหายหรือไม่ครบ โปรดเปิดแล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากหน่วยงาน",
        en="The workbook is damaged or cut off. Open and save it again, or ask the agency for a new one.",
    )


def sheet_too_large() -> SourceTooLargeError:
    """A workbook beyond a limit."""
    return SourceTooLargeError(
        "sheet_too_large",
        th="ไฟล์ตารางคำนวณใหญ่เกินกำหนด โปรดบันทึกเฉพาะแผ่นงานที่เป็นแผนแล้วนำเข้าใหม่",
        en="The workbook exceeds the limit. Save the sheets with the plan alone and put those in.",
    )


def _cut() -> Issue:
    return Issue(
        code="sheet_cut",
        severity=Severity.ERROR,
        message_th=f"อ่านเฉพาะ {MAX_ROWS} แถวแรกของแผ่นงานที่ยาวเกินกำหนด โปรดตรวจสอบแผ่นงานนั้น",
        message_en=f"Of a longer sheet only the first {MAX_ROWS} rows were read; look at it.",
    )


def _hidden(count: int) -> Issue:
    return Issue(
        code="sheet_hidden",
        severity=Severity.INFO,
        message_th=f"ไม่ได้อ่านแผ่นงานที่ซ่อนไว้ {count} แผ่น โปรดเปิดดูหากเป็นส่วนของแผน",
        message_en=f"{count} hidden sheets were not read; look whether they are part of the plan.",
    )
