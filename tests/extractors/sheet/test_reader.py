"""Workbooks as documents."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from benchmarks.fuzz.seeds import seeds
from docmodel.blocks import BlockRole, TableBlock, TextBlock
from docmodel.document import ExtractedDocument
from docmodel.errors import CorruptSourceError, SourceTooLargeError
from extractors.base import ReadLimits
from extractors.registry import detect_media_type, find_reader
from extractors.sheet import reader as sheet_reader
from pipeline.sources import read_source

Rows = list[list[object]]


def make(path: Path, rows: Rows, *, title: str = "แบบประเมินตนเอง", merge: str | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def read(path: Path) -> ExtractedDocument:
    return find_reader(detect_media_type(path)).read(read_source(path, path.name), ReadLimits())


def blocks(document: ExtractedDocument) -> list[object]:
    """Texts as they are, tables as rows of texts."""
    found: list[object] = []
    for block in document.pages[0].blocks:
        if isinstance(block, TableBlock):
            grid = [[""] * block.table.n_cols for _ in range(block.table.n_rows)]
            for cell in block.table.cells:
                grid[cell.row][cell.col] = cell.text
            found.append(grid)
        elif isinstance(block, TextBlock):
            found.append(block.text)
    return found


def test_a_checklist_is_its_title_and_its_table(tmp_path: Path) -> None:
    """The sheet's name, the lines above, the table with its ticks, the line below."""
    rows: Rows = [
        ["แบบประเมินแผนของเทศบาลสมมติ"],
        [],
        ["ลำดับ", "รายการ", "มี", "ไม่มี"],
        [1, "วัตถุประสงค์", "✓", None],
        [2.0, "ทีมงาน", True, False],
        ["หมายเหตุ ประเมินเอง"],
    ]
    document = read(make(tmp_path / "a.xlsx", rows))
    assert blocks(document) == [
        "แบบประเมินตนเอง",
        "แบบประเมินแผนของเทศบาลสมมติ",
        [["ลำดับ", "รายการ", "มี", "ไม่มี"], ["1", "วัตถุประสงค์", "✓", ""], ["2", "ทีมงาน", "☑", "☐"]],
        "หมายเหตุ ประเมินเอง",
    ]
    first = document.pages[0].blocks[0]
    assert isinstance(first, TextBlock)
    assert first.role is BlockRole.HEADING


def test_merged_cells_span(tmp_path: Path) -> None:
    """A head over two columns and a label over two rows are one cell each."""
    path = make(tmp_path / "a.xlsx", [["ก", "ระยะเวลา", None], [None, "1 วัน", "1 เดือน"], ["x", 1, 2]], merge="B1:C1")
    table = next(block for block in read(path).pages[0].blocks if isinstance(block, TableBlock)).table
    assert [(cell.text, cell.col_span) for cell in table.cells if cell.row == 0] == [("ก", 1), ("ระยะเวลา", 2)]
    assert [cell.text for cell in table.cells if cell.row == 1] == ["", "1 วัน", "1 เดือน"]


def test_tables_apart_and_beside_nothing(tmp_path: Path) -> None:
    """An empty row ends a table; empty columns before it go; a usual sheet name says nothing."""
    rows: Rows = [[None, "ก", "ข"], [None, 1, 2], [], [None, "ค", "ง"], [None, "x", "y"]]
    assert blocks(read(make(tmp_path / "a.xlsx", rows, title="Sheet1"))) == [
        [["ก", "ข"], ["1", "2"]], [["ค", "ง"], ["x", "y"]]
    ]  # fmt: skip


def test_dates_and_formulas_as_they_stand(tmp_path: Path) -> None:
    """Dates are days; a formula that was never computed has no value, and nothing computes it."""
    rows: Rows = [["วันที่", "ผล"], [datetime.date(2024, 5, 31), "=1+1"]]
    assert blocks(read(make(tmp_path / "a.xlsx", rows)))[1] == [["วันที่", "ผล"], ["31/5/2024", ""]]


def test_hidden_sheets_are_told(tmp_path: Path) -> None:
    """They are not read, and the document says so."""
    book: Workbook = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["ก", "ข"])
    book.create_sheet("ลับ").append(["ซ่อน", "ไว้"])
    book["ลับ"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert [issue.code for issue in document.issues] == ["sheet_hidden"]
    assert blocks(document) == [[["ก", "ข"]]] or blocks(document) == ["ก", "ข"]


def test_open_document_sheets(tmp_path: Path) -> None:
    """Rows that the file says are repeated are there so often."""
    (tmp_path / "a.ods").write_bytes(seeds("xlsx")[1])
    assert blocks(read(tmp_path / "a.ods")) == ["แผน", [["ทีม", "มี"]] * 3]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the old format")
def test_old_excel(tmp_path: Path) -> None:
    """The same table from the old format."""
    make(tmp_path / "a.xlsx", [["ลำดับ", "รายการ"], [1, "ทีม"]])
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xls", "--outdir"]
    done = subprocess.run([*command, str(tmp_path), str(tmp_path / "a.xlsx")], capture_output=True, check=False)
    if not (tmp_path / "a.xls").is_file():
        pytest.skip(f"no Calc here: exit code {done.returncode}")
    assert blocks(read(tmp_path / "a.xls")) == ["แบบประเมินตนเอง", [["ลำดับ", "รายการ"], ["1", "ทีม"]]]


def change(path: Path, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> None:
    """Another text in a part of the package."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = re.sub(old.encode(), new.encode(), parts[part], count=1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())


def test_a_cell_in_the_last_row_and_column_fills_no_memory(tmp_path: Path) -> None:
    """Seventeen thousand million cells lie between it and the first."""
    path = make(tmp_path / "a.xlsx", [["ก", "ข"], ["ค", "ง"]])
    change(path, 'r="B2"', 'r="XFD1048576"')
    with pytest.raises(SourceTooLargeError, match="sheet_too_large"):
        read(path)


def test_damaged_workbooks_say_so(tmp_path: Path) -> None:
    """The list of its sheets is broken."""
    path = make(tmp_path / "a.xlsx", [["ก", "ข"]])
    change(path, "<sheets>", "<shee", part="xl/workbook.xml")
    with pytest.raises(CorruptSourceError, match="sheet_damaged"):
        read(path)


def test_a_long_sheet_is_read_to_the_limit_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is partial then."""
    monkeypatch.setattr(sheet_reader, "MAX_ROWS", 3)
    document = read(make(tmp_path / "a.xlsx", [["ก", str(number)] for number in range(9)]))
    assert [issue.code for issue in document.issues] == ["sheet_cut"]
    assert blocks(document)[1] == [["ก", "0"], ["ก", "1"], ["ก", "2"]]
