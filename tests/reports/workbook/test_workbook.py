"""The workbook: what stands where, texts as texts, people hidden, links that lead to the report, limits of Excel."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.report.simulate import simulate, write_rows
from docmodel.errors import ConfigError, DatasetError
from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import AgencyType, ElementStatus
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, Evidence, FindingRow, PageRow, RecoveryStepRow
from reports.cli import main as bcp
from reports.html.build import ReportRequest, build_report
from reports.labels import DATASET
from reports.register_file import ExpectedAgency
from reports.workbook import build
from reports.workbook.build import WorkbookRequest, WorkbookResult, build_workbook
from reports.workbook.dataset_sheets import DatasetSheet
from reports.workbook.sheet import MAX_CELL_CHARS, STATUS_COLOURS, Book, clean_cell, count_lines
from tests.reports.office import (
    BARE_PERSON,
    CONTROLS,
    DIRECTION,
    FORMULA,
    LONG_WORD,
    NAME,
    PERSON,
    PHONE,
    SCRIPT,
    component_and_parts,
    failed,
    member,
    plan,
)

TODAY = date(2026, 10, 15)
MATRIX = "ตารางผลรายหน่วยงาน"
QUEUE = "ควรดูก่อน"
REGISTER = "ทะเบียนการส่ง"
FIRST = "สรุป"


def _build(folder: Path, *groups: Sequence[Row], **more: Any) -> WorkbookResult:
    write_rows(folder / "processed", [row for group in groups for row in group])
    request = WorkbookRequest(
        processed=folder / "processed",
        output=folder / "processed" / "workbook.xlsx",
        report=folder / "processed" / "report",
        today=TODAY,
    )
    return build_workbook(replace(request, **more))


def _open(result: WorkbookResult) -> Any:
    return openpyxl.load_workbook(result.path)


def _values(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _texts(book: Any) -> str:
    return "\n".join(str(value) for sheet in book for row in _values(sheet) for value in row if value is not None)


def test_a_sheet_for_everything(tmp_path: Path) -> None:
    """Summary, matrix, what to look at first and one sheet per dataset, in this order."""
    book = _open(_build(tmp_path, plan(1, agency_name=NAME)))
    assert book.sheetnames == [FIRST, MATRIX, QUEUE, *DATASET.values()]


def test_dataset_sheets_name_their_columns_twice_and_stay_in_view(tmp_path: Path) -> None:
    """Thai heads over technical ones, both frozen, with a filter over all rows."""
    result = _build(tmp_path, plan(1, agency_name=NAME))
    for name, title in DATASET.items():
        sheet = _open(result)[title]
        thai, technical = _values(sheet)[:2]
        assert all(re.search("[ก-๎]", head) or head == head.upper() for head in thai), name
        assert all(re.fullmatch("[a-z_0-9]+", head) for head in technical), name
        assert sheet.freeze_panes.endswith("3"), name
        assert sheet.auto_filter.ref.startswith("A2:"), name
    verdicts = _open(result)["ผลการตรวจ"]
    assert verdicts.auto_filter.ref == f"A2:{get_column_letter(verdicts.max_column)}{verdicts.max_row}"


def test_the_matrix_says_each_verdict_in_colour_and_words(tmp_path: Path) -> None:
    """Sign, word and fill of each status; doubt stands in words."""
    statuses = {
        **component_and_parts("2.4", ElementStatus.MISSING),
        **component_and_parts("2.5", ElementStatus.UNREADABLE),
        "2.6": ElementStatus.PARTIAL,
    }
    rows = plan(1, agency_name=NAME, statuses=statuses, changes={"2.7": {"confidence": 0.4}})
    sheet = _open(_build(tmp_path, rows))[MATRIX]
    columns = {cell.value: cell.column for cell in sheet[2]}
    words = {"2.4": "○ ไม่พบ", "2.5": "? อ่านไม่ได้", "2.6": "◐ มีบางส่วน", "2.7": "● มีครบ (ไม่แน่ใจ)", "2.8": "● มีครบ"}
    colours = {"2.4": "missing", "2.5": "unreadable", "2.6": "partial", "2.7": "present", "2.8": "present"}
    for element, text in words.items():
        cell = sheet.cell(3, columns[element])
        assert cell.value == text
        assert cell.fill.start_color.rgb == "FF" + STATUS_COLOURS[colours[element]][0].removeprefix("#")
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert [sheet.cell(3, column).value for column in (6, 7, 8)] == [1, 1, 1]


def test_the_queue_has_a_line_per_plan_and_reason(tmp_path: Path) -> None:
    """Elements and sentence of the doubtful plan; its name opens the first of them in the report."""
    doubts = dict.fromkeys(("2.7.steps", "2.8.sequence"), ElementStatus.MISSING)
    changes = {element: {"confidence": 0.2} for element in doubts}
    sheet = _open(_build(tmp_path, plan(1, agency_name=NAME, statuses=doubts, changes=changes), plan(2)))[QUEUE]
    heads, technical, *lines = _values(sheet)
    assert heads[:2] == ["เหตุ", "หน่วยงาน"]
    assert technical[1] == "agency_name"
    assert lines == [
        ["ความเชื่อมั่นต่ำ", NAME, 2, "2.7.steps, 2.8.sequence", "ยังไม่พบแต่ไม่แน่ใจ 2 ส่วน โปรดตรวจด้วยตา", 0.2],
    ]
    assert re.fullmatch(r"report/plans/\w\w/\w+\.html#e-2-7-steps", _target(sheet["B3"].hyperlink))


def _target(link: Any) -> str:
    return f"{link.target}#{link.location}" if link.location else str(link.target)


def test_the_summary_counts_plans(tmp_path: Path) -> None:
    """Per component and status, and files by what became of them."""
    missing = component_and_parts("2.8", ElementStatus.MISSING)
    result = _build(tmp_path, plan(1, agency_name=NAME, statuses=missing), plan(2), [failed("ก.pdf")])
    rows = {row[0]: row[1:] for row in _values(_open(result)[FIRST]) if row[0]}
    title = next(name for name in rows if name.startswith("2.8 "))
    assert rows[title][:6] == [1, 0, 0, 1, 0, 0.5]
    assert rows["ไฟล์ทั้งหมด"][0] == 3
    assert rows["แผนที่ตรวจ (Word กับ PDF ของแผนเดียวกันนับเป็นหนึ่ง)"][0] == 2


def test_the_register_stands_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    """Who sent, when, in which form, in words and colour; the summary counts; a near name shows as doubt."""
    register = [
        ExpectedAgency(name=NAME, deadline=date(2026, 9, 30), received_on=date(2026, 10, 1)),
        ExpectedAgency(name="มหาวิทยาลัยสมมุติ", agency_type=AgencyType.UNIVERSITY, deadline=date(2026, 9, 30)),
        ExpectedAgency(name="โรงพยาบาลสมมุติประจำเมืองง"),
    ]
    rows = [plan(1, agency_name=NAME), plan(2, agency_name="โรงพยาบาลสมมุติประจำเมือง", province=None)]
    book = _open(_build(tmp_path, *rows, register=register))
    values = _values(book[REGISTER])
    assert [len(row) for row in values[:2]] == [9, 9]
    assert all(values[0])
    assert values[1][6] == "delivery"
    assert [row[6] for row in values[2:]] == ["ได้รับหลังกำหนด", "ยังไม่ได้รับ เลยกำหนด", "โปรดตรวจสอบ"]
    assert "โรงพยาบาลสมมุติประจำเมือง" in values[4][8]
    assert book[REGISTER]["A3"].hyperlink.target.startswith("report/plans/")
    counts = {row[0]: row[1] for row in _values(book[FIRST]) if row[0]}
    assert (counts["ได้รับหลังกำหนด"], counts["ยังไม่ได้รับ เลยกำหนด"], counts["ได้รับเฉพาะ PDF"]) == (1, 1, 1)
    assert counts["แผนของหน่วยงานที่ไม่อยู่ในทะเบียน"] == 1


def test_links_lead_to_places_of_the_report(tmp_path: Path) -> None:
    """Every link is relative, and page and place are in the report that is made of the same datasets."""
    simulate(tmp_path / "processed", 3)
    report = tmp_path / "processed" / "report"
    build_report(ReportRequest(processed=tmp_path / "processed", input=tmp_path, output=report, pictures=False))
    output = tmp_path / "processed" / "workbook.xlsx"
    build_workbook(WorkbookRequest(processed=tmp_path / "processed", output=output, report=report, today=TODAY))
    book = openpyxl.load_workbook(output)
    links = [cell.hyperlink.target for row in book[MATRIX].iter_rows(min_row=3) for cell in row if cell.hyperlink]
    assert len(links) == 3
    formulas = [cell.value for row in book["ผลการตรวจ"].iter_rows(min_row=3) for cell in row if cell.data_type == "f"]
    matches = [re.fullmatch(r'=HYPERLINK\("([^"]*)","เปิด"\)', formula) for formula in formulas]
    links += [match[1] for match in matches if match]
    assert len(links) == 3 + book["ผลการตรวจ"].max_row - 2
    for link in links:
        path, _, anchor = link.partition("#")
        page = (output.parent / path).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in page


def test_a_report_elsewhere_is_linked_relatively(tmp_path: Path) -> None:
    """The link goes up and down from the workbook's own folder; a path too long for a formula gives none."""
    rows = plan(1, agency_name=NAME)
    sheet = _open(_build(tmp_path, rows, report=tmp_path / "elsewhere" / "report"))[MATRIX]
    assert sheet["A3"].hyperlink.target.startswith("../elsewhere/report/plans/")
    assert sheet["A3"].value == NAME
    book = _open(_build(tmp_path, rows, report=tmp_path.joinpath(*["ยาว" * 20] * 5)))
    assert not [cell for row in book["ผลการตรวจ"].iter_rows() for cell in row if cell.data_type == "f"]


def _hostile(folder: Path) -> WorkbookResult:
    texts = (SCRIPT, FORMULA, DIRECTION, f"+{CONTROLS}", f"@{LONG_WORD}", "-1+1", "\t=1", "＝1")
    rows = plan(1, agency_name=FORMULA, title=f"={LONG_WORD}", source_path=f"{FORMULA}.pdf", province="@ลำพูน")
    head = rows[0]
    assert isinstance(head, DocumentRow)
    key = head.document_id
    rows = [
        replace(row, reason_th=FORMULA, title_th=SCRIPT, evidence=[Evidence(page_no=1, bbox=None, text=FORMULA)])
        if isinstance(row, ComponentRow)
        else row
        for row in rows
    ]
    rows += [PageRow(document_id=key, page_no=i, text=t, text_source=TextSource.OCR) for i, t in enumerate(texts, 1)]
    rows += [RecoveryStepRow(document_id=key, text=text) for text in texts]
    rows.append(FindingRow(document_id=key, code="x", severity=Severity.ERROR, message_th=FORMULA, message_en=SCRIPT))
    return _build(folder, rows, register=[ExpectedAgency(name=FORMULA)])


def test_texts_of_documents_stay_texts(tmp_path: Path) -> None:
    """Formulas, tags, direction marks, control characters and endless words are shown and never run."""
    result = _hostile(tmp_path)
    book = _open(result)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(re.fullmatch(r'=HYPERLINK\("report/plans/[0-9a-f/]+\.html#[\w.-]+","เปิด"\)', text) for text in formulas)
    steps = [row[-1] for row in _values(book["ขั้นตอนกอบกู้"])]
    told = _texts(book)
    assert steps
    for text in (SCRIPT, FORMULA, "แผน⟨U+202E⟩fdp.exe", "-1+1", "＝1"):
        assert text in told
    assert all(len(cell.value) <= MAX_CELL_CHARS for cell in cells if isinstance(cell.value, str))
    assert "ตัดข้อความ" in told
    with zipfile.ZipFile(result.path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))  # our own file: that it is XML is what is tested


def test_text_that_looks_like_a_formula_keeps_its_mark_when_edited(tmp_path: Path) -> None:
    """Excel's own mark for text stands on such a cell, so that F2 and Enter do not run it."""
    book = _open(_hostile(tmp_path))
    marked = [c for row in book["ข้อสังเกต"].iter_rows() for c in row if c.value == FORMULA]
    assert marked
    assert all(cell.quotePrefix for cell in marked)


@pytest.mark.parametrize("with_personal_data", [False, True])
def test_people_are_hidden_unless_asked_for(tmp_path: Path, *, with_personal_data: bool) -> None:
    """In every sheet, in texts, evidence, messages, titles and paths; the first sheet says which it is."""
    words = f"แจ้ง{PERSON} โทร {PHONE}"
    rows = plan(1, agency_name=NAME, title=words, source_path=f"แผน {PERSON}.pdf")
    head = rows[0]
    assert isinstance(head, DocumentRow)
    key = head.document_id
    quoted = Evidence(page_no=1, bbox=None, text=f"{BARE_PERSON} {PHONE}")
    rows = [replace(row, reason_th=words, evidence=[quoted]) if isinstance(row, ComponentRow) else row for row in rows]
    rows += [
        PageRow(document_id=key, page_no=1, text=words, text_source=TextSource.OCR),
        RecoveryStepRow(document_id=key, text=words),
        FindingRow(
            document_id=key,
            code="x",
            severity=Severity.ERROR,
            message_th=words,
            message_en=words,
            evidence_text=f"{BARE_PERSON} | {PHONE}",
        ),
        member(head),
    ]
    result = _build(tmp_path, rows, with_personal_data=with_personal_data)
    with zipfile.ZipFile(result.path) as archive:
        everything = "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    for secret in ("ไม่มีจริง", "000-0000", "0800000000"):
        assert (secret in everything) is with_personal_data
    assert ("[บุคคล 1]" in everything) is not with_personal_data
    first = _values(_open(result)[FIRST])[1][0]
    assert first.startswith("มีข้อมูลส่วนบุคคล" if with_personal_data else "ปิดชื่อ")


def test_a_dataset_goes_on_in_a_further_sheet(tmp_path: Path) -> None:
    """Rows beyond a sheet's end stand in the next, under the same heads, none lost."""
    book = Book.open(tmp_path / "long.xlsx")
    sheet = DatasetSheet(book=book, dataset="recovery_steps", max_rows=5)
    rows = [{"document_id": "0" * 16, "text": f"ขั้นตอน {number}"} for number in range(8)]
    sheet.write(rows, NAME, "แผน.pdf")
    sheet.close()
    book.workbook.close()
    opened = openpyxl.load_workbook(tmp_path / "long.xlsx")
    assert opened.sheetnames == sheet.sheet_names == ["ขั้นตอนกอบกู้", "ขั้นตอนกอบกู้ (2)", "ขั้นตอนกอบกู้ (3)"]
    assert len({tuple(_values(page)[1]) for page in opened}) == 1
    column = _values(opened.worksheets[0])[1].index("text")
    assert [row[column] for page in opened for row in _values(page)[2:]] == [row["text"] for row in rows]
    assert [page.auto_filter.ref[-1] for page in opened] == ["5", "5", "4"]


def test_a_dataset_too_large_for_excel_is_left_out_and_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sheet and the result name it."""
    monkeypatch.setattr(build, "MAX_ROWS", 10)
    result = _build(tmp_path, plan(1, agency_name=NAME))
    assert result.left_out == ("components",)
    book = _open(result)
    assert "ผลการตรวจ" not in book.sheetnames
    assert "มีแถวเกินกว่าที่ Excel เปิดได้" in _texts(book)


def test_cells() -> None:
    """What Excel cannot hold goes, a text too long is cut at a whole character and says so, marks take no room."""
    assert clean_cell(CONTROLS) == "กขคงจฉช"
    assert clean_cell("a\r\nb\rc") == "a\nb\nc"
    long = clean_cell("\N{GRINNING FACE}" * 20_000)
    assert len(long.encode("utf-16-le")) // 2 <= MAX_CELL_CHARS
    assert "\N{REPLACEMENT CHARACTER}" not in long
    assert long.endswith("]")
    assert clean_cell("ก" * MAX_CELL_CHARS) == "ก" * MAX_CELL_CHARS
    assert count_lines("ที่" * 10, 10) == 1


def test_rows_are_high_enough_for_their_text(tmp_path: Path) -> None:
    """A long sentence is wrapped and its row shows it, up to a limit."""
    rows = plan(1, agency_name=NAME)
    head = rows[0]
    assert isinstance(head, DocumentRow)
    steps: list[Row] = [
        RecoveryStepRow(document_id=head.document_id, text=text) for text in ("สั้น", "ยาว " * 60, LONG_WORD)
    ]
    sheet = _open(_build(tmp_path, [*rows, *steps]))["ขั้นตอนกอบกู้"]
    short, long, endless = (sheet.row_dimensions[number].height for number in (3, 4, 5))
    assert short is None, "a row of one line keeps Excel's own height"
    assert 20 < long < endless < 200


def test_no_datasets_and_no_place_to_write(tmp_path: Path) -> None:
    """Both are told with a code; an earlier workbook stays."""
    with pytest.raises(ConfigError, match="datasets_missing"):
        build_workbook(WorkbookRequest(processed=tmp_path, output=tmp_path / "w.xlsx", today=TODAY))
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(DatasetError, match="output_not_written"):
        _build(tmp_path, plan(1, agency_name=NAME), output=tmp_path / "taken" / "w.xlsx")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what is in the workbook, whose data is shown, and that the links need a report."""
    write_rows(tmp_path / "processed", plan(1, agency_name=NAME))
    (tmp_path / "agencies.csv").write_text(f"name\n{NAME}\n", encoding="utf-8")
    arguments = ["workbook", str(tmp_path / "processed"), "--input", str(tmp_path), "--only", "findings"]
    assert bcp(arguments) == 0
    said = capsys.readouterr().out
    assert "1 แผน plans" in said
    assert "ปิดชื่อ" in said
    assert "make report" in said
    book = openpyxl.load_workbook(tmp_path / "processed" / "workbook.xlsx")
    assert book.sheetnames == [FIRST, MATRIX, QUEUE, REGISTER, "ข้อสังเกต"]
    assert bcp([*arguments, "--only", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().err
