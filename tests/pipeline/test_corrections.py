"""Reviewers' corrections: read from any spreadsheet, fitted to the batch, laid over the machine's verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docmodel.errors import ConfigError
from docmodel.vocabulary import Cause, ElementLevel, ElementStatus
from pipeline.assess.doubt import UNSURE_PLACES
from pipeline.corrections import CORRECTIONS_FILE, Correction, fit_corrections, read_corrections
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.rows import ComponentRow, DocumentRow
from pipeline.overlay import BatchKnowledge, lay_over
from pipeline.schema import load_schema
from pipeline.summary import DocumentSummary

SCHEMA = load_schema("opdc-2563")
HEAD = "source_path,document_id,element_id,status,note,reviewed_by,reviewed_at\n"
ID = "0123456789abcdef"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / CORRECTIONS_FILE).write_bytes(text.encode(encoding))
    return folder


def summary(path: str, document_id: str = ID, **changes: object) -> DocumentSummary:
    given = {"status": "ok", "components": {"2.4": "partial"}, **changes}
    return DocumentSummary(source_path=path, document_id=document_id, **given)  # type: ignore[arg-type]


def correction(**changes: object) -> Correction:
    given = {"line": 2, "source_path": "ก/แผน.docx", "document_id": None, "element_id": "2.8"}
    return Correction(**{**given, "status": ElementStatus.PRESENT, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_of_any_spreadsheet_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Thai Windows, a byte order mark, semicolons and tabs; columns in any order."""
    text = delimiter.join(["status", "note", "element_id", "source_path"]) + "\r\n"
    text += delimiter.join(["มีครบ", '"มี, ใน; ภาคผนวก"', "๒.๘", "ก\\แผน.docx"]) + "\r\n"
    (read,), issues = read_corrections(write(tmp_path, text, encoding))
    assert not issues
    assert (read.source_path, read.element_id, read.status) == ("ก/แผน.docx", "2.8", ElementStatus.PRESENT)
    assert read.note == "มี, ใน; ภาคผนวก"


@pytest.mark.parametrize(
    "text", ["2026-05-31", "2569-05-31", "31/05/2569", "31 พ.ค. 2569", "2026-05-31T00:00:00+07:00"]
)
def test_the_time_of_a_review_is_thai_time_in_either_era(tmp_path: Path, text: str) -> None:
    """Midnight in Bangkok is five in the afternoon of the day before in UTC."""
    (read,), _ = read_corrections(write(tmp_path, f"{HEAD}a.pdf,,2.8,missing,,ผู้ตรวจ,{text}\n"))
    assert read.reviewed_at == datetime(2026, 5, 30, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a.pdf,,2.8,maybe,,,", "correction_status_unknown"),
        (",,2.8,missing,,,", "correction_row_invalid"),
        ("a.pdf,,,missing,,,", "correction_row_invalid"),
        ("a.pdf,xyz,2.8,missing,,,", "correction_row_invalid"),
        ("a.pdf,,2.8,missing,,,เมื่อวาน", "correction_date_unclear"),
        (f"a.pdf,,2.8,missing,{'x' * 200_000},,", "correction_row_invalid"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, row: str, code: str) -> None:
    """In both languages, and the rows around it are used all the same."""
    good = "a.pdf,,2.7,present,,,\n"
    read, (issue,) = read_corrections(write(tmp_path, HEAD + good + row + "\n" + good))
    assert issue.code == code
    assert "line 3" in issue.message_en
    assert "บรรทัด 3" in issue.message_th
    assert len([one for one in read if one.element_id == "2.7"]) == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00\xff\xfe", b"a,b\n1,2\n", b"element_id,status\n2.8,missing\n"])
def test_a_file_that_is_no_such_table_stops_the_run(tmp_path: Path, content: bytes) -> None:
    """Better than datasets that quietly go without the reviewers' work."""
    (tmp_path / CORRECTIONS_FILE).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_corrections(tmp_path)
    assert caught.value.code == "corrections_unreadable"


@settings(max_examples=150, deadline=None)
@given(rows=st.binary(max_size=300))
def test_whatever_stands_in_the_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, rows: bytes) -> None:
    """No content makes it fail in another way."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / CORRECTIONS_FILE).write_bytes(HEAD.encode() + rows)
    try:
        read_corrections(folder)
    except ConfigError as error:
        assert error.code == "corrections_unreadable"


def test_a_template_that_is_not_filled_in_says_nothing(tmp_path: Path) -> None:
    """Rows without a status wait for their reviewer."""
    assert read_corrections(write(tmp_path, HEAD + "a.pdf,,2.8,,,,\n,,,,,,\n")) == ((), ())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source_path": "ไม่มี.pdf"}, "correction_document_unknown"),
        ({"document_id": "f" * 16}, "correction_content_changed"),
        ({"element_id": "9.9"}, "correction_element_unknown"),
        ({"source_path": "จดหมาย.docx"}, "correction_without_verdict"),
    ],
)
def test_a_correction_that_no_longer_fits_is_told(changes: dict[str, object], code: str) -> None:
    """Another file, another content, another schema, no plan: nothing is dropped without a word."""
    summaries = [summary("ก/แผน.docx"), summary("จดหมาย.docx", "e" * 16, components={})]
    fitted = fit_corrections([correction(**changes)], summaries, SCHEMA)
    assert [issue.code for issue in fitted.issues] == [code]
    assert not fitted.by_path.get("ก/แผน.docx")


def test_a_file_that_moved_is_known_by_its_content() -> None:
    """An id finds its document under any name; a copy's correction goes to the one whose rows are kept."""
    summaries = [summary("ใหม่.docx"), summary("สำเนา.docx", status="duplicate", components={})]
    by_id = correction(source_path="เก่า.docx", document_id=ID)
    by_copy = correction(source_path="สำเนา.docx", element_id="2.7")
    fitted = fit_corrections([by_id, by_copy], summaries, SCHEMA)
    assert set(fitted.by_path["ใหม่.docx"]) == {"2.8", "2.7"}
    assert not fitted.issues


def test_of_two_reviews_the_later_counts() -> None:
    """By their time, and by their line without one; the other is told."""
    early = correction(line=3, reviewed_at=datetime(2026, 1, 1, tzinfo=UTC), status=ElementStatus.MISSING)
    late = correction(line=2, reviewed_at=datetime(2026, 2, 1, tzinfo=UTC))
    fitted = fit_corrections([late, early], [summary("ก/แผน.docx")], SCHEMA)
    assert fitted.by_path["ก/แผน.docx"]["2.8"] is late
    assert [issue.code for issue in fitted.issues] == ["correction_superseded"]


def row(element_id: str, status: ElementStatus, **changes: object) -> ComponentRow:
    element = SCHEMA.element(element_id)
    given = {
        "document_id": ID,
        "element_id": element_id,
        "parent_id": element.parent_id,
        "level": element.level,
        "title_th": element.title_th,
        "required": element.required,
        "status": status,
        "missing": status is ElementStatus.MISSING,
        "confidence": 0.8,
        "method": "search",
        "cause": None if status is ElementStatus.PRESENT else Cause.ABSENT,
        "reason_code": "found" if status is ElementStatus.PRESENT else "absent",
        "reason_th": "เดิม",
        "status_extracted": status,
    }
    return ComponentRow(**{**given, **changes})  # type: ignore[arg-type]


def lay(rows: list[ComponentRow], *corrections: Correction) -> tuple[dict[str, dict[str, object]], DocumentSummary]:
    tables = {
        "documents": rows_to_table("documents", [DocumentRow(document_id=ID, source_path="x", status="ok")]),  # type: ignore[arg-type]
        "components": rows_to_table("components", rows),
        "findings": rows_to_table("findings", []),
    }
    knowledge = BatchKnowledge(
        schema=SCHEMA, corrections={"x": {correction.element_id: correction for correction in corrections}}
    )
    laid, told = lay_over(tables, summary("x"), knowledge)
    found = {one["element_id"]: one for one in laid["components"].to_pylist()}
    return found | {"findings": laid["findings"].to_pylist()}, told


def team(**statuses: ElementStatus) -> list[ComponentRow]:
    """The roles component: all parts missing but those given."""
    parts = [child.element_id for child in SCHEMA.children("2.7")]
    rows = [row("2.7", statuses.pop("component", ElementStatus.MISSING))]
    return rows + [row(part, statuses.get(part.partition(".7.")[2], ElementStatus.MISSING)) for part in parts]


def test_a_part_is_corrected_and_its_component_follows() -> None:
    """The machine's verdict, method and confidence stay beside it; nobody is said to have reviewed the component."""
    fixed = correction(
        element_id="2.7.steps", note="หน้า 9", reviewed_by="ก", reviewed_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    rows, told = lay(team(), fixed)
    part, component = rows["2.7.steps"], rows["2.7"]
    assert (part["status"], part["status_extracted"], part["missing"]) == ("present", "missing", False)
    assert (part["reviewed_by"], part["review_note"], part["method"]) == ("ก", "หน้า 9", "search")
    assert part["cause"] is None
    assert part["reason_th"] != "เดิม"
    assert (component["status"], component["status_extracted"]) == ("partial", "missing")
    assert component["reviewed_by"] is None
    assert SCHEMA.element("2.7.responsible").title_th in str(component["reason_th"])
    assert told.components["2.7"] == "partial"


def test_a_component_that_was_reviewed_itself_is_not_computed() -> None:
    """The reviewer's own word on it counts for more than its parts."""
    rows, _ = lay(
        team(), correction(element_id="2.7"), correction(element_id="2.7.steps", status=ElementStatus.PARTIAL)
    )
    assert (rows["2.7"]["status"], rows["2.7.steps"]["status"]) == ("present", "partial")


def test_a_confirmed_verdict_only_gets_its_reviewer() -> None:
    """Status, reason and cause stay as the machine wrote them."""
    rows, _ = lay(team(), correction(element_id="2.7.steps", status=ElementStatus.MISSING, reviewed_by="ก"))
    assert (rows["2.7.steps"]["reason_th"], rows["2.7.steps"]["reviewed_by"]) == ("เดิม", "ก")


@pytest.mark.parametrize(
    ("machine", "human", "discrepancy", "codes"),
    [
        (ElementStatus.PRESENT, ElementStatus.MISSING, True, ["declared_but_missing"]),
        (ElementStatus.MISSING, ElementStatus.PRESENT, False, []),
    ],
)
def test_what_the_checklist_says_is_held_against_the_corrected_verdict(
    machine: ElementStatus, human: ElementStatus, discrepancy: bool, codes: list[str]
) -> None:
    """A discrepancy comes and goes with the correction, and its finding with it."""
    flagged = row("annex.checklist", machine, declared="yes", discrepancy=machine is ElementStatus.MISSING)
    rows, _ = lay([flagged], correction(element_id="annex.checklist", status=human))
    assert rows["annex.checklist"]["discrepancy"] is discrepancy
    assert [one["code"] for one in rows["findings"]] == codes  # type: ignore[index]


def test_levels_of_the_fixture_are_those_of_the_schema() -> None:
    """The roll-up is tested on a component with two required parts."""
    assert [child.required for child in SCHEMA.children("2.7")] == [True, True]
    assert SCHEMA.element("2.7").level is ElementLevel.COMPONENT


def unsure(part: ComponentRow) -> ComponentRow:
    """A "missing" that the machine told as a doubt."""
    return replace(part, reason_code=UNSURE_PLACES, reason_th="ควรเปิดดู", confidence=0.3)


def test_a_doubt_that_a_reviewer_confirms_is_told_as_certain() -> None:
    """Nobody needs to look again: the sentence asks the agency for the part, the machine's confidence stays."""
    rows, _ = lay([unsure(part) for part in team()], correction(element_id="2.7.steps", status=ElementStatus.MISSING))
    part = rows["2.7.steps"]
    assert (part["reason_code"], part["status"], part["confidence"]) == ("absent", "missing", 0.3)
    assert SCHEMA.criteria_of("2.7.steps").revise_th in str(part["reason_th"])


def test_a_component_is_a_doubt_as_long_as_one_of_its_parts_is() -> None:
    """Only when all parts that lack were looked at, the component is told as missing."""
    doubts = [unsure(part) for part in team()]
    first = correction(element_id="2.7.steps", status=ElementStatus.MISSING)
    rows, _ = lay(doubts, first)
    assert (rows["2.7"]["reason_code"], rows["2.7"]["reason_th"]) == (UNSURE_PLACES, "ควรเปิดดู")
    rows, _ = lay(doubts, first, correction(element_id="2.7.responsible", status=ElementStatus.MISSING))
    assert (rows["2.7"]["reason_code"], rows["2.7"]["status"]) == ("no_parts", "missing")
    assert SCHEMA.criteria_of("2.7").revise_th in str(rows["2.7"]["reason_th"])


def test_a_doubt_that_a_reviewer_contradicts_leaves_its_sentence() -> None:
    """What was found is found, and its component is no doubt any more but partial."""
    rows, _ = lay([unsure(part) for part in team()], correction(element_id="2.7.steps"))
    assert rows["2.7.steps"]["reason_code"] == "found"
    assert (rows["2.7"]["reason_code"], rows["2.7"]["status"]) == ("some_parts", "partial")
