"""All datasets written as one set."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from docmodel.errors import DatasetError
from docmodel.vocabulary import DocumentStatus
from pipeline.datasets import writer as writer_module
from pipeline.datasets.arrow import dataset_schema, rows_to_table
from pipeline.datasets.rows import DATASETS, DocumentRow, RepairRow
from pipeline.datasets.writer import DatasetWriter, finish_interrupted_write, write_datasets

METADATA = {"pipeline_version": "9.9", "schema_id": "opdc-2563"}


def document(number: int) -> DocumentRow:
    return DocumentRow(document_id=f"{number:016x}", source_path=f"แผน-{number}.pdf", status=DocumentStatus.OK)


def test_every_dataset_is_there_without_rows(tmp_path: Path) -> None:
    """A dataset without rows has its file with its full schema and the promised file metadata."""
    write_datasets(tmp_path, {}, metadata=METADATA, run={"files": 0})
    for name in DATASETS:
        schema = pq.read_schema(tmp_path / f"{name}.parquet")
        assert schema.equals(dataset_schema(name))
        assert schema.metadata[b"pipeline_version"] == b"9.9"
        assert schema.metadata[b"schema_id"] == b"opdc-2563"
        assert schema.metadata[b"dataset_version"]
        assert schema.field("document_id").metadata[b"description"]
        assert pd.read_parquet(tmp_path / f"{name}.parquet").empty
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")) == {"files": 0}


def test_rows_come_in_the_order_given_whatever_the_group_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are flushed in many groups are all there, in order."""
    monkeypatch.setattr(writer_module, "_ROWS_PER_GROUP", 3)
    with DatasetWriter(tmp_path, METADATA) as writer:
        for number in range(10):
            writer.append({"documents": rows_to_table("documents", [document(number)])})
        writer.commit()
    assert pd.read_parquet(tmp_path / "documents.parquet")["source_path"].tolist() == [
        f"แผน-{number}.pdf" for number in range(10)
    ]
    assert writer.row_counts["documents"] == 10


def test_a_run_that_fails_leaves_the_earlier_set(tmp_path: Path) -> None:
    """Leaving without a commit, or with a broken row, changes nothing and leaves nothing behind."""
    write_datasets(tmp_path, {"documents": [document(1)]}, metadata=METADATA)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = RepairRow(document_id="1", rule="r", count=None)  # type: ignore[arg-type]
    with pytest.raises(DatasetError):
        write_datasets(tmp_path, {"documents": [document(2)], "repairs": [broken]}, metadata=METADATA)
    with pytest.raises(RuntimeError), DatasetWriter(tmp_path, METADATA) as writer:
        writer.append({"documents": rows_to_table("documents", [document(3)])})
        raise RuntimeError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_is_told_and_the_earlier_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk becomes a dataset error that says what to do."""
    write_datasets(tmp_path, {"documents": [document(1)]}, metadata=METADATA)

    class FullDisk:
        def __init__(self, *_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer_module.pq, "ParquetWriter", FullDisk)
    with pytest.raises(DatasetError, match="No space left"):
        write_datasets(tmp_path, {"documents": [document(2)]}, metadata=METADATA)
    assert pd.read_parquet(tmp_path / "documents.parquet")["source_path"].tolist() == ["แผน-1.pdf"]


def test_a_set_cut_while_it_took_its_places_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between two renames leaves a ready set, which the next run moves in whole."""
    write_datasets(tmp_path, {"documents": [document(1)]}, metadata=METADATA, run={"run": 1})
    moved = []
    replace = Path.replace

    def killed_replace(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) > 4:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed_replace)
    with pytest.raises(KeyboardInterrupt):
        write_datasets(tmp_path, {"documents": [document(2)]}, metadata=METADATA, run={"run": 2})
    monkeypatch.setattr(Path, "replace", replace)
    finish_interrupted_write(tmp_path)
    assert pd.read_parquet(tmp_path / "documents.parquet")["source_path"].tolist() == ["แผน-2.pdf"]
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")) == {"run": 2}
    assert {path.name for path in tmp_path.iterdir()} == {*(f"{name}.parquet" for name in DATASETS), "run.json"}


def test_a_folder_of_part_files_gives_way(tmp_path: Path) -> None:
    """A dataset kept as a folder is replaced by the new file."""
    folder = tmp_path / "documents.parquet"
    folder.mkdir()
    (folder / "part-0.parquet").write_bytes(b"old")
    write_datasets(tmp_path, {"documents": [document(1)]}, metadata=METADATA)
    assert folder.is_file()
