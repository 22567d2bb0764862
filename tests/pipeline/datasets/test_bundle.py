"""One document's rows kept in one file."""

from __future__ import annotations

from pathlib import Path

from docmodel.vocabulary import DocumentStatus
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import read_bundle, read_summary, write_bundle
from pipeline.datasets.rows import DATASETS, DocumentRow, RepairRow

TABLES = {
    "documents": rows_to_table(
        "documents", [DocumentRow(document_id="1", source_path="ก.pdf", status=DocumentStatus.OK)]
    ),
    "repairs": rows_to_table("repairs", [RepairRow(document_id="1", rule="am_split", count=4)]),
    "pages": rows_to_table("pages", []),
}


def test_rows_and_summary_come_back(tmp_path: Path) -> None:
    """Every dataset comes back, those without rows with their schema; nothing is left beside the file."""
    path = tmp_path / "store" / "x.arrow"
    write_bundle(path, TABLES, {"agency_name": "เทศบาลตำบลสมมติ"})
    assert read_summary(path) == {"agency_name": "เทศบาลตำบลสมมติ"}
    tables = read_bundle(path)
    assert list(tables) == list(DATASETS)
    assert tables["repairs"].equals(TABLES["repairs"])
    assert tables["pages"].num_rows == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["x.arrow"]


def test_a_damaged_or_absent_file_is_no_result(tmp_path: Path) -> None:
    """What cannot be read has to be made again, not believed."""
    path = tmp_path / "x.arrow"
    assert read_summary(path) is None
    write_bundle(path, TABLES, {"a": 1})
    path.write_bytes(path.read_bytes()[:-30])
    assert read_summary(path) is None
    path.write_bytes(b"")
    assert read_summary(path) is None
