"""Arrow schemas and tables made from row classes."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from docmodel.errors import DatasetError
from docmodel.vocabulary import DocumentClass, DocumentStatus, ElementLevel, ElementStatus, Near
from pipeline.datasets.arrow import dataset_schema, rows_to_table
from pipeline.datasets.rows import DATASETS, ComponentRow, DocumentRow, Evidence, Nearest, RepairRow

DOCUMENT = DocumentRow(document_id="00ff", source_path="ก/แผน.pdf", status=DocumentStatus.OK)
COMPONENT = ComponentRow(
    document_id="00ff",
    element_id="2.8",
    level=ElementLevel.COMPONENT,
    title_th="ผังการแจ้งเหตุ",
    required=True,
    status=ElementStatus.PARTIAL,
    missing=False,
    confidence=0.5,
    reason_code="incomplete",
    reason_th="พบบางส่วน",
    evidence=[Evidence(page_no=3, bbox=[1.0, 2.0, 3.0, 4.0], text="ผัง")],
    nearest=Nearest(text="การแจ้งข่าว", page_no=4, score=0.4),
    nearest_why=Near.LIKE,
    status_extracted=ElementStatus.PARTIAL,
)


@pytest.mark.parametrize("name", DATASETS)
def test_every_column_is_described_in_both_languages(name: str) -> None:
    """Each column carries a Thai and an English description in its metadata."""
    for field in dataset_schema(name):
        thai, _, english = field.metadata[b"description"].decode().partition(" | ")
        assert any("ก" <= letter <= "๛" for letter in thai), field.name
        assert any("a" <= letter <= "z" for letter in english), field.name


@pytest.mark.parametrize("name", DATASETS)
def test_the_schema_has_the_columns_of_the_row_class(name: str) -> None:
    """Columns stand in the order of the row class and none is lost."""
    assert dataset_schema(name).names == [field.name for field in dataclasses.fields(DATASETS[name])]


def test_types_follow_the_contract() -> None:
    """Dates, times, numbers, enums, lists and structs have the promised types."""
    documents = dataset_schema("documents")
    assert documents.field("plan_date").type == pa.date32()
    assert documents.field("processed_at").type == pa.timestamp("us", tz="UTC")
    assert documents.field("plan_year_be").type == pa.int32()
    assert documents.field("seconds").type == pa.float64()
    assert documents.field("status").type == pa.string()
    assert not documents.field("source_path").nullable
    assert documents.field("sha256").nullable
    components = dataset_schema("components")
    evidence = components.field("evidence").type.value_type
    assert [field.name for field in evidence] == ["page_no", "bbox", "text", "section_id", "table_id"]
    assert components.field("nearest").type.field("score").type == pa.float64()
    assert components.field("pages_unreadable").type == pa.list_(pa.int32())


def test_a_row_comes_back_as_it_was() -> None:
    """Enums by value, structs as dicts, dates as dates."""
    document = dataclasses.replace(
        DOCUMENT,
        document_class=DocumentClass.BCP_PLAN,
        plan_date=date(2024, 5, 3),
        processed_at=datetime(2024, 5, 3, 1, 2, 3, tzinfo=UTC),
    )
    (row,) = rows_to_table("documents", [document]).to_pylist()
    assert (row["status"], row["document_class"], row["plan_date"]) == ("ok", "bcp_plan", date(2024, 5, 3))
    assert row["processed_at"] == datetime(2024, 5, 3, 1, 2, 3, tzinfo=UTC)
    (component,) = rows_to_table("components", [COMPONENT]).to_pylist()
    assert component["evidence"][0]["bbox"] == [1.0, 2.0, 3.0, 4.0]
    assert component["nearest"] == {"text": "การแจ้งข่าว", "page_no": 4, "score": 0.4}


def test_a_missing_required_value_is_refused() -> None:
    """A required column without a value names dataset and column."""
    broken = RepairRow(document_id="00ff", rule=None, count=1)  # type: ignore[arg-type]
    with pytest.raises(DatasetError, match=r"dataset_invalid.*repairs, column rule"):
        rows_to_table("repairs", [broken])


def test_a_value_of_another_type_is_refused() -> None:
    """A text where a number belongs is refused, not written as something else."""
    broken = RepairRow(document_id="00ff", rule="x", count="many")  # type: ignore[arg-type]
    with pytest.raises(DatasetError, match="column count"):
        rows_to_table("repairs", [broken])


def test_a_number_that_is_none_becomes_null() -> None:
    """A mean over nothing is not known, which is null and never NaN."""
    (row,) = rows_to_table("documents", [dataclasses.replace(DOCUMENT, text_quality=float("nan"))]).to_pylist()
    assert row["text_quality"] is None


def test_text_that_is_no_unicode_can_still_be_written() -> None:
    """Lone surrogates and control characters are marked, the rest of the text stays."""
    (row,) = rows_to_table("documents", [dataclasses.replace(DOCUMENT, title="แผน\ud800\x00ก")]).to_pylist()
    assert row["title"] == "แผน\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}ก"


def test_a_file_over_two_gigabytes_has_a_size() -> None:
    """A size that 32 bits do not hold is null, never wrong."""
    (row,) = rows_to_table("documents", [dataclasses.replace(DOCUMENT, size_bytes=5_000_000_000)]).to_pylist()
    assert row["size_bytes"] is None
