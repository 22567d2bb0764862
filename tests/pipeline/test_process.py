"""One document from file to rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from docmodel.errors import CorruptSourceError
from docmodel.vocabulary import DocumentStatus
from pipeline import process
from pipeline.datasets.rows import DocumentRow
from pipeline.options import Options
from pipeline.process import DocumentResult, process_document
from pipeline.schema import load_schema
from pipeline.sources import read_source

SCHEMA = load_schema("opdc-2563")


def run(tmp_path: Path, text: str, name: str = "แผน.md") -> DocumentResult:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return process_document(read_source(path, name), Options(), SCHEMA)


def document_row(result: DocumentResult) -> DocumentRow:
    (row,) = result.rows["documents"]
    assert isinstance(row, DocumentRow)
    return row


def test_a_fault_of_the_program_is_a_failed_row_without_a_word_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any exception becomes a row that names the place in the code; nothing of the text reaches row or log."""

    def fail(_: object) -> None:
        raise ValueError("นางสาวสมมติ ลับมาก 0812345678")

    monkeypatch.setattr(process, "normalize_document", fail)
    row = document_row(run(tmp_path, "# แผน\nนางสาวสมมติ ลับมาก"))
    assert (row.status, row.error_code) == (DocumentStatus.FAILED, "internal_error")
    assert row.error_message is not None
    assert "ValueError at pipeline.process:" in row.error_message
    printed = capsys.readouterr()
    assert "ลับมาก" not in row.error_message + printed.out + printed.err


def test_a_known_failure_keeps_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row carries the code and both messages of the error."""

    def fail(*_: object) -> None:
        raise CorruptSourceError("pdf_corrupt", th="เสียหาย", en="damaged")

    monkeypatch.setattr(process, "read_document", fail)
    row = document_row(run(tmp_path, "x"))
    assert (row.error_code, row.error_message) == ("pdf_corrupt", "เสียหาย | damaged")


def test_a_document_without_text_is_failed(tmp_path: Path) -> None:
    """A file that opens but says nothing is not "ok"."""
    row = document_row(run(tmp_path, "<html><body><p> </p></body></html>", "ว่าง.html"))
    assert row.status is DocumentStatus.FAILED
    assert row.error_code in ("no_text_found", "empty_file")


@pytest.mark.parametrize(
    "text",
    [
        "# รายงานประจำปี\n\n## ด้านบุคลากร\n\nมีบุคลากรสิบคน\n\n## ด้านอาคารสถานที่\n\nอาคารเก่า\n",
        "| ก |\n|---|\n| |\n",
        "#\n\n##\n\n- \n",
        "๑\n" * 50,
    ],
)
def test_odd_documents_stop_nothing(tmp_path: Path, text: str) -> None:
    """Headings that name a dimension alone, empty tables, empty headings, numbers only."""
    assert document_row(run(tmp_path, text)).error_code != "internal_error"


def test_the_document_row_counts_what_was_read(tmp_path: Path) -> None:
    """Characters without white space; a format without pages has no page count."""
    row = document_row(run(tmp_path, "ก ข\nค\n", "สั้น.txt"))
    assert (row.char_count, row.page_count, row.ocr_page_count) == (3, None, 0)
    assert row.media_type == "text/plain"
    assert row.document_id == row.sha256[:16] if row.sha256 else False
