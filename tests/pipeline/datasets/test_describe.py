"""The committed description of the datasets."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.datasets.describe import describe_datasets, find_stale, main, write_descriptions
from pipeline.datasets.rows import DATASETS


def test_the_committed_files_are_current() -> None:
    """A changed column is a visible difference in docs/ (``make goldens`` writes it)."""
    assert find_stale() == []


def test_a_stale_or_missing_file_is_found(tmp_path: Path) -> None:
    """An edited and an absent file are both named."""
    write_descriptions(tmp_path)
    assert find_stale(tmp_path) == []
    (tmp_path / "datasets.json").write_text("{}", encoding="utf-8")
    (tmp_path / "datasets.md").unlink()
    assert find_stale(tmp_path) == ["datasets.json", "datasets.md"]


def test_enum_values_and_nullability_are_told() -> None:
    """Closed sets list their values; required columns are not nullable."""
    described = json.loads(json.dumps(describe_datasets(), ensure_ascii=False))["datasets"]
    assert list(described) == list(DATASETS)
    columns = {column["name"]: column for column in described["components"]["columns"]}
    assert columns["status"]["values"] == ["present", "partial", "missing", "unreadable", "not_applicable"]
    assert columns["status"]["nullable"] is False
    assert columns["cause"]["nullable"] is True


def test_the_check_passes_on_the_committed_files() -> None:
    """What ``make check`` calls."""
    assert main(["--check"]) == 0
