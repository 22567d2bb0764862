"""The letters as Word files: their form, what stands in them as text, people hidden, the template."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, meta

from benchmarks.report.simulate import write_rows
from docmodel.errors import ConfigError
from docmodel.issue import Severity
from docmodel.vocabulary import AgencyType, DocumentClass, ElementStatus
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, Evidence, FindingRow
from reports.cli import main as bcp
from reports.letters.build import LettersRequest, LettersResult, build_letters
from reports.letters.form import Form
from reports.letters.letter_list import CSV_FILE, EXCEL_FILE
from reports.letters.make_template import make_template
from reports.letters.writing import TEMPLATE, clean_fields
from reports.register_file import ExpectedAgency
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

MISSING = ElementStatus.MISSING
PARTLY = {"2.5": ElementStatus.PARTIAL, "2.5.rto": ElementStatus.PARTIAL}
TODAY = date(2026, 10, 15)
FORM = Form(
    number="นร 1200/123",
    address="ถนนสมมุติ",
    written_on=TODAY,
    deadline=date(2026, 12, 31),
    signatory="ผู้ลงนามสมมุติ",
    position="ตำแหน่งสมมุติ",
    division="กองสมมุติ",
    contact="02 000 0000",
    reference="หนังสือที่ นร 1200/1",
)


def _write(folder: Path, *groups: Sequence[Row], form: Form = FORM, **more: Any) -> LettersResult:
    write_rows(folder / "processed", [row for group in groups for row in group])
    request = LettersRequest(processed=folder / "processed", output=folder / "letters", form=form, today=TODAY, **more)
    return build_letters(request)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "letters").glob("*.docx"))


def _text(path: Path) -> str:
    document = Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [paragraph.text for table in document.tables for paragraph in _cell_paragraphs(table)]
    return "\n".join([*lines, *(paragraph.text for paragraph in document.sections[0].footer.paragraphs)])


def _cell_paragraphs(table: Any) -> list[Any]:
    return [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]


def _everything(folder: Path) -> str:
    """All that any file of the letters' folder holds, and the files' names."""
    parts = [path.name for path in folder.iterdir()]
    for path in folder.iterdir():
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts += [archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()]
        else:
            parts.append(path.read_text(encoding="utf-8-sig"))
    return "\n".join(parts)


def test_the_form_of_an_official_letter(tmp_path: Path) -> None:
    """All parts of the form, in their order, with what was given."""
    _write(tmp_path, plan(1, agency_name=NAME, statuses=component_and_parts("2.8", MISSING)))
    text = _text(_files(tmp_path)[0])
    parts = ("15 ตุลาคม 2569", "เรื่อง\tแจ้งผลการตรวจสอบ", "เรียน\t", "อ้างถึง\tหนังสือที่ นร 1200/1", "สิ่งที่ส่งมาด้วย\t")
    parts += ("ตามหนังสือที่อ้างถึง", "จำนวน 1 รายการ", "ภายในวันที่ 31 ธันวาคม 2569", "ขอแสดงความนับถือ")
    parts += ("(ผู้ลงนามสมมุติ)", "ตำแหน่งสมมุติ", "กองสมมุติ", "02 000 0000")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "ที่ นร 1200/123" in text
    assert "ถนนสมมุติ" in text


def test_a_gap_stands_with_what_was_found_where_and_what_to_do(tmp_path: Path) -> None:
    """A row of the list: component, finding, page, quoted line, what to revise."""
    statuses = {"2.5": ElementStatus.PARTIAL, "2.5.rto": ElementStatus.PARTIAL}
    _write(tmp_path, plan(1, agency_name=NAME, statuses=statuses))
    table = Document(str(_files(tmp_path)[0])).tables[-1]
    cells = [cell.text for cell in table.rows[1].cells]
    assert cells[0] == "1"
    assert cells[1].startswith("2.5 ")
    assert "พบในหน้า 3: “ข้อความของ" in cells[2]
    assert cells[3].startswith("โปรดปรับปรุง")


def test_a_plan_without_gaps_gets_the_short_form(tmp_path: Path) -> None:
    """No list, no deadline, no enclosure."""
    _write(tmp_path, plan(1, agency_name=NAME, province=None))
    text = _text(_files(tmp_path)[0])
    assert "มีองค์ประกอบครบถ้วนตามที่กำหนด" in text
    assert "จึงเรียนมาเพื่อโปรดทราบ" in text
    for absent in ("สิ่งที่ส่งมาด้วย", "ภายในวันที่", "ปรับปรุง"):
        assert absent not in text


def test_what_could_not_be_read_is_asked(tmp_path: Path) -> None:
    """A letter about an unreadable part says nothing is missing and asks for a clearer copy."""
    result = _write(tmp_path, plan(1, agency_name=NAME, statuses=component_and_parts("2.8", ElementStatus.UNREADABLE)))
    text = _text(_files(tmp_path)[0])
    assert (result.gaps, result.checks) == (0, 1)
    assert "ยังไม่อาจสรุปผลได้และขอให้หน่วยงานตรวจสอบ จำนวน 1 รายการ" in text
    assert "ไฟล์ที่อ่านได้ชัดเจนกว่าเดิม" in text
    assert "พบว่ามีองค์ประกอบที่ควรปรับปรุง" not in text
    assert "ไม่พบ" not in text


def test_reminders_and_requests_for_a_new_file(tmp_path: Path) -> None:
    """An expected agency of which nothing came is reminded without blame; one whose file is unread is asked for it."""
    late, unread = "โรงพยาบาลสมมุติประจำเมือง", "มหาวิทยาลัยสมมุติแห่งหนึ่ง"
    register = [
        ExpectedAgency(name=late, agency_type=AgencyType.HOSPITAL, through="จังหวัดสมมุติ", deadline=date(2026, 9, 30)),
        ExpectedAgency(name=unread, deadline=date(2026, 9, 30)),
    ]
    result = _write(tmp_path, plan(1, agency_name=NAME), [failed(f"ก/{unread}.pdf")], register=register)
    assert {mood.value: count for mood, count in result.moods.items() if count} == {
        "complete": 1,
        "resend": 1,
        "remind": 1,
    }
    texts = {path.name.split("-")[0]: _text(path) for path in _files(tmp_path)}
    assert "เรื่อง\tขอความร่วมมือจัดส่งแผน" in texts[late]
    assert "ผ่าน\tจังหวัดสมมุติ" in texts[late]
    assert "ภายในวันที่ 30 กันยายน 2569 ความแจ้งแล้ว" in texts[late]
    assert "ภายในวันที่ 31 ธันวาคม 2569 หากได้จัดส่งแล้ว" in texts[late]
    assert f"{unread}.pdf" in texts[unread]
    assert "ไฟล์ตั้งรหัสผ่านไว้" in texts[unread]
    assert "ไม่พบ" not in texts[unread]


def test_a_deadline_of_the_register_that_is_over_is_no_deadline(tmp_path: Path) -> None:
    """Nobody is asked to revise by a day that has passed; a coming day of the register is taken."""
    statuses = component_and_parts("2.8", MISSING)
    for day, words in ((date(2026, 9, 30), "ภายในวันที่ ...."), (date(2026, 11, 30), "ภายในวันที่ 30 พฤศจิกายน 2569")):
        register = [ExpectedAgency(name=NAME, deadline=day)]
        _write(
            tmp_path, plan(1, agency_name=NAME, statuses=statuses), form=replace(FORM, deadline=None), register=register
        )
        assert words in _text(_files(tmp_path)[0])


def test_a_complete_plan_beside_another_says_so(tmp_path: Path) -> None:
    """Of two plans of one agency each has its heading, the complete one in words."""
    name = "กรมตัวอย่างการทดสอบ"
    statuses = component_and_parts("2.8", MISSING)
    _write(
        tmp_path,
        plan(1, agency_name=name, agency_type=AgencyType.DEPARTMENT, province=None),
        plan(2, agency_name=name, agency_type=AgencyType.DEPARTMENT, province=None, statuses=statuses),
    )
    (path,) = _files(tmp_path)
    text = _text(path)
    assert text.index("แผนที่ 1 ") < text.index("มีองค์ประกอบครบถ้วนตามที่กำหนด") < text.index("แผนที่ 2 ")
    assert text.count("มีองค์ประกอบครบถ้วนตามที่กำหนด") == 1


def test_thai_numerals(tmp_path: Path) -> None:
    """All numbers of the letter are Thai but those of quotations and of file names."""
    rows = plan(
        1,
        agency_name=NAME,
        source_path="แผน 2567.pdf",
        statuses=PARTLY,
    )
    quoted = [Evidence(page_no=12, bbox=None, text="ภายใน 24 ชั่วโมง")]
    rows = [
        replace(row, evidence=quoted) if isinstance(row, ComponentRow) and row.element_id == "2.5.rto" else row
        for row in rows
    ]
    _write(tmp_path, rows, form=replace(FORM, thai_numerals=True))
    text = _text(_files(tmp_path)[0])
    for words in ("นร ๑๒๐๐/๑๒๓", "๑๕ ตุลาคม ๒๕๖๙", "จำนวน ๑ รายการ", "หน้า ๑๒: “ภายใน 24 ชั่วโมง”", "แผน 2567.pdf", "๒.๕ "):
        assert words in text
    assert "2569" not in text


def test_texts_of_documents_stay_texts(tmp_path: Path) -> None:
    """Tags, templates, formulas, direction marks, control characters and endless words break no letter."""
    hostile = f"{SCRIPT}{FORMULA}{DIRECTION}{CONTROLS}"
    rows = plan(
        1,
        agency_name=hostile,
        title=f"{hostile}{LONG_WORD[:500]}",
        source_path=f"{SCRIPT}\x01.pdf",
        province=hostile,
        statuses=PARTLY,
    )
    rows = [
        replace(
            row,
            reason_th=f"{hostile} โปรด{LONG_WORD}",
            evidence=[Evidence(page_no=1, bbox=None, text=hostile)],
            title_th=hostile,
        )
        if isinstance(row, ComponentRow)
        else row
        for row in rows
    ]
    head = rows[0]
    assert isinstance(head, DocumentRow)
    finding = FindingRow(
        document_id=head.document_id, code="x", severity=Severity.ERROR, message_th=hostile, message_en=""
    )
    _write(tmp_path, [*rows, finding], [failed(f"{FORMULA}.pdf")], [failed(f"{SCRIPT}.pdf", "worker_crashed")])
    text = _text(_files(tmp_path)[0])
    assert text.count(SCRIPT) >= 5
    assert FORMULA in text
    assert "⟨U+202E⟩fdp.exe" in text
    assert not [char for char in text if char in CONTROLS and not char.isprintable()]
    with (tmp_path / "letters" / CSV_FILE).open(encoding="utf-8-sig", newline="") as stream:
        rows_of_list = list(csv.reader(stream))
    assert not [cell for row in rows_of_list for cell in row if cell.startswith(("=", "+", "@"))]
    sheets = openpyxl.load_workbook(tmp_path / "letters" / EXCEL_FILE)
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == f"{FORMULA}.pdf" for cell in cells)


@pytest.mark.parametrize("with_personal_data", [False, True])
def test_people_are_hidden_unless_asked_for(tmp_path: Path, *, with_personal_data: bool) -> None:
    """Names and numbers in evidence, sentences, titles, findings and file names; each letter says which it is."""
    words = f"ให้{PERSON} โทร {PHONE}"
    quoted = Evidence(page_no=1, bbox=None, text=f"{BARE_PERSON} {PHONE}")
    rows = plan(
        1,
        agency_name=NAME,
        title=f"แผน ของ {PERSON}",
        source_path=f"แผน {PERSON}.pdf",
        statuses=PARTLY,
    )
    rows = [
        replace(
            row,
            reason_th=f"พบ{words} โปรดแก้{words}",
            evidence=[quoted],
        )
        if isinstance(row, ComponentRow)
        else row
        for row in rows
    ]
    head = rows[0]
    assert isinstance(head, DocumentRow)
    finding = FindingRow(
        document_id=head.document_id, code="x", severity=Severity.ERROR, message_th=words, message_en=""
    )
    _write(
        tmp_path,
        [*rows, finding, member(head)],
        [failed(f"ใด/{PERSON}.pdf")],
        with_personal_data=with_personal_data,
    )
    everything = _everything(tmp_path / "letters")
    for secret in ("ไม่มีจริง", "000-0000"):
        assert (secret in everything) is with_personal_data
    assert ("[บุคคล 1]" in everything) is not with_personal_data
    footer = Document(str(_files(tmp_path)[0])).sections[0].footer.paragraphs[0].text
    assert footer.startswith("มีข้อมูลส่วนบุคคล" if with_personal_data else "ปิดชื่อ")


def test_the_lists_say_who_gets_which(tmp_path: Path) -> None:
    """Both lists name each letter's file and agency, and each file without a letter with the reason."""
    letter_row = plan(2, document_class=DocumentClass.LETTER, source_path="นำส่ง.pdf")[:1]
    _write(tmp_path, plan(1, agency_name=NAME, statuses=component_and_parts("2.8", MISSING)), letter_row)
    with (tmp_path / "letters" / CSV_FILE).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["ไฟล์หนังสือ"] for row in rows] == [_files(tmp_path)[0].name, ""]
    assert [row["หน่วยงาน"] for row in rows] == [NAME, "นำส่ง.pdf"]
    assert [row["ชนิดหนังสือ"] for row in rows] == ["ขอให้ปรับปรุง", "ไม่มีหนังสือ"]
    assert rows[0]["รายการให้ปรับปรุง"] == "1"
    book = openpyxl.load_workbook(tmp_path / "letters" / EXCEL_FILE)
    first, second = book.worksheets
    assert first["A4"].hyperlink.target == _files(tmp_path)[0].name
    assert (second["A4"].value, second["C4"].value) == ("นำส่ง.pdf", "ไม่ใช่แผน: หนังสือราชการ")
    assert first["A2"].value.startswith("ปิดชื่อ")


def test_an_agency_that_stands_in_the_register_twice_overwrites_nothing(tmp_path: Path) -> None:
    """Each letter has a file of its own."""
    register = [ExpectedAgency(name="มหาวิทยาลัยสมมุติ")] * 2
    result = _write(tmp_path, plan(1, agency_name=NAME), register=register)
    assert len(_files(tmp_path)) == result.letters == 3


def test_a_template_edited_in_word_is_used(tmp_path: Path) -> None:
    """Other words and fields, also where Word splits a field into runs."""
    document = Document(str(TEMPLATE))
    document.paragraphs[0].text = "ด่วนที่สุด"
    split = document.add_paragraph()
    for part in ("เรียนอีกครั้ง {{ re", "cip", "ient }}"):
        split.add_run(part).bold = part == "cip"
    document.save(str(tmp_path / "own.docx"))
    _write(tmp_path, plan(1, agency_name=NAME, agency_type=AgencyType.LOCAL_GOVERNMENT), template=tmp_path / "own.docx")
    text = _text(_files(tmp_path)[0])
    assert text.startswith("ด่วนที่สุด")
    assert "เรียนอีกครั้ง นายกเทศมนตรีตำบลบ้านตัวอย่าง" in text


@pytest.mark.parametrize(
    "field", ["{{ unknown_field }}", "{% if complete %}", "{{ number", "{{ number.__class__.mro() }}"]
)
def test_a_template_that_does_not_work_says_why(tmp_path: Path, field: str) -> None:
    """A misspelt field, an open command and a reach outside the fields stop before any letter is written."""
    document = Document(str(TEMPLATE))
    document.add_paragraph(field)
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(ConfigError) as caught:
        _write(tmp_path, plan(1, agency_name=NAME), template=tmp_path / "own.docx")
    assert caught.value.code == "letter_template_wrong"
    assert "own.docx" in str(caught.value)
    assert not (tmp_path / "letters").exists()


@pytest.mark.parametrize("content", [b"", b"no Word file", None])
def test_a_template_that_is_no_word_file(tmp_path: Path, content: bytes | None) -> None:
    """An empty, a foreign and an absent file."""
    if content is not None:
        (tmp_path / "own.docx").write_bytes(content)
    with pytest.raises(ConfigError, match="letter_template_wrong"):
        _write(tmp_path, plan(1, agency_name=NAME), template=tmp_path / "own.docx")


def test_the_committed_template_is_the_one_that_its_maker_makes(tmp_path: Path) -> None:
    """The template in the repository and the file that says how it came about do not part."""
    make_template(tmp_path / "made.docx")
    with zipfile.ZipFile(TEMPLATE) as committed, zipfile.ZipFile(tmp_path / "made.docx") as made:
        assert committed.namelist() == made.namelist()
        assert [n for n in made.namelist() if made.read(n) != committed.read(n)] == []


def test_every_field_of_the_template_is_documented() -> None:
    """docs/letters.md names each field that the built-in template takes."""
    documentation = (TEMPLATE.parents[2] / "docs" / "letters.md").read_text(encoding="utf-8")
    with zipfile.ZipFile(TEMPLATE) as archive:
        source = "".join(
            archive.read(name).decode() for name in archive.namelist() if "document.xml" in name or "footer" in name
        )
    patched = DocxTemplate.patch_xml(DocxTemplate.__new__(DocxTemplate), source)
    fields = meta.find_undeclared_variables(Environment(autoescape=True).parse(patched))
    assert len(fields) > 20
    assert {name for name in fields if f"`{name}`" not in documentation} == set()


def test_fields_are_fit_for_word() -> None:
    """Control characters go, marks of direction are shown as what they are, at any depth; other values stay."""
    fields = {"a": [{"quote": f"{CONTROLS}{DIRECTION}"}], "b": True}
    assert clean_fields(fields, Form()) == {"a": [{"quote": "กขคงจฉชแผน⟨U+202E⟩fdp.exe"}], "b": True}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Only letters are replaced by letters."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "own.txt").write_text("ของฉัน", encoding="utf-8")
    with pytest.raises(ConfigError, match="output_folder_taken"):
        _write(tmp_path, plan(1, agency_name=NAME))
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["own.txt"]


def test_earlier_letters_are_replaced(tmp_path: Path) -> None:
    """A letter of the run before does not stay among the new ones."""
    _write(tmp_path, plan(1, agency_name=NAME))
    _write(tmp_path, plan(2, agency_name="กรมตัวอย่างการทดสอบ"))
    assert [path.name.startswith("กรม") for path in _files(tmp_path)] == [True]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads the register beside the plans, says how many letters of which kind, and whose data is shown."""
    write_rows(tmp_path / "processed", plan(1, agency_name=NAME))
    (tmp_path / "agencies.csv").write_text("name,deadline\nมหาวิทยาลัยสมมุติ,30/9/2569\n", encoding="utf-8")
    options = ["--input", str(tmp_path), "--date", "15/10/2569", "--thai-numerals", "--number", "นร 1"]
    assert bcp(["letters", str(tmp_path / "processed"), *options]) == 0
    said = capsys.readouterr().out
    assert "2 หนังสือ" in said
    assert "ทวงถาม 1" in said
    assert "ปิดชื่อ" in said
    assert bcp(["letters", str(tmp_path / "processed"), "--date", "วันศุกร์"]) == 1
    assert "--date" in capsys.readouterr().err
