"""Files of one plan, and what follows from it."""

from __future__ import annotations

from docmodel.vocabulary import DocumentStatus, ElementLevel, ElementStatus
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.rows import ComponentRow, DocumentRow
from pipeline.submissions import WORD_AND_PDF, find_submissions, patch_tables
from pipeline.summary import DocumentSummary


def plan(path: str, agency: str | None = None, year: int | None = None, **changes: str) -> DocumentSummary:
    return DocumentSummary(
        source_path=path,
        document_id=f"id-{path}",
        status=changes.get("status", "ok"),
        file_format="pdf" if path.endswith(".pdf") else "word",
        document_class=changes.get("document_class", "bcp_plan"),
        agency_name=agency,
        plan_year_be=year,
    )


def test_one_name_as_word_and_pdf_is_one_submission() -> None:
    """The same name in the same folder, whatever a scanner or a copy adds to it."""
    found = find_submissions([plan("ก/แผน.docx"), plan("ก/แผน (1).pdf"), plan("ข/แผน.pdf")])
    assert found["ก/แผน.docx"].submission_id == found["ก/แผน (1).pdf"].submission_id
    assert found["ก/แผน.docx"].formats == {"word", "pdf"}
    assert found["ก/แผน.docx"].partner_paths == ("ก/แผน (1).pdf",)
    assert found["ข/แผน.pdf"].submission_id != found["ก/แผน.docx"].submission_id


def test_the_same_agency_and_year_are_one_submission() -> None:
    """Different names, one agency and year."""
    found = find_submissions([plan("a.docx", "โรงพยาบาลสมมติ", 2566), plan("b.pdf", "โรงพยาบาลสมมติ", 2566)])
    assert found["a.docx"].submission_id == found["b.pdf"].submission_id


def test_another_year_or_an_unknown_agency_does_not_join() -> None:
    """No guess is made from a missing name."""
    found = find_submissions(
        [plan("a.docx", "โรงพยาบาลสมมติ", 2566), plan("b.pdf", "โรงพยาบาลสมมติ", 2563), plan("c.pdf"), plan("d.docx")]
    )
    assert len({submission.submission_id for submission in found.values()}) == 4


def test_only_plans_are_submissions() -> None:
    """A letter beside the plan is no second format of it."""
    assert set(find_submissions([plan("a.docx", document_class="letter"), plan("a.pdf")])) == {"a.pdf"}


def component(element_id: str) -> ComponentRow:
    return ComponentRow(
        document_id="1",
        element_id=element_id,
        level=ElementLevel.REQUIREMENT,
        title_th="x",
        required=True,
        status=ElementStatus.MISSING,
        missing=True,
        confidence=0.9,
        reason_code="single_pdf",
        reason_th="x",
        status_extracted=ElementStatus.MISSING,
    )


def test_the_verdict_on_both_formats_follows_the_submission() -> None:
    """Only that verdict changes, and only when both came."""
    tables = {
        "documents": rows_to_table(
            "documents", [DocumentRow(document_id="1", source_path="a.pdf", status=DocumentStatus.OK)]
        ),
        "components": rows_to_table("components", [component("3.digital"), component(WORD_AND_PDF)]),
    }
    both = find_submissions([plan("a.pdf"), plan("a.docx")])["a.pdf"]
    alone = find_submissions([plan("a.pdf")])["a.pdf"]
    patched = patch_tables(tables, both)
    assert patched["documents"].to_pylist()[0]["submission_id"] == both.submission_id
    rows = patched["components"].to_pylist()
    assert [row["status"] for row in rows] == ["missing", "present"]
    assert rows[1]["missing"] is False
    assert rows[1]["evidence"][0]["text"] == "a.docx"
    assert patch_tables(tables, alone)["components"].equals(tables["components"])
