"""The sample plans of ``data/raw/`` against their truth: what a newcomer's first run must get right."""

from __future__ import annotations

import html
import json
import math
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from normalizers.text import normalize_value
from reports.cli import main as bcp
from reports.masking import is_post, name_key

RAW = Path(__file__).parents[2] / "data" / "raw"
TRUTHS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "documents" / "plans" / "truth").glob("*.json"))
}
FILES = [(name, file) for name, truth in TRUTHS.items() for file in truth["files"]]
SCANNED = {"provincial_office"}  # read by OCR: a few characters may be wrong, no verdict may be
MIN_RECORD_SHARE_SCANNED = 0.8


def _is_scan(name: str) -> bool:
    return name in SCANNED


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of datasets of one run over the sample input."""
    output = tmp_path_factory.mktemp("processed")
    arguments = ["extract", str(RAW), "-o", str(output)]
    if shutil.which("tesseract") is None:
        arguments += ["--ocr", "never"]
    code = bcp(arguments)
    assert code in (0, 2)
    return output


@pytest.fixture(scope="module")
def datasets(processed: Path) -> dict[str, pd.DataFrame]:
    """All datasets of that run."""
    return {path.stem: pd.read_parquet(path) for path in processed.glob("*.parquet")}


def _rows(datasets: dict[str, pd.DataFrame], dataset: str, file: str) -> pd.DataFrame:
    documents = datasets["documents"]
    document_id = documents.loc[documents["source_path"] == file, "document_id"].item()
    rows = datasets[dataset]
    return rows[rows["document_id"] == document_id]


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return None
    if isinstance(value, str):
        return "".join(normalize_value(value).split())
    if isinstance(value, bool | int | float):
        return float(value)
    return tuple(_plain(part) for part in value)


def _counted(records: list[dict[str, Any]], columns: list[str]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(_plain(record.get(column)) for column in columns) for record in records)


@pytest.mark.parametrize(("name", "file"), FILES)
def test_document_is_recognised(datasets: dict[str, pd.DataFrame], name: str, file: str) -> None:
    """Class, agency, type, province and year are those of the plan."""
    documents = datasets["documents"]
    row = documents[documents["source_path"] == file].iloc[0]
    expected = TRUTHS[name]["document"]
    found = {column: _plain(row[column]) for column in expected}
    assert found == {column: _plain(value) for column, value in expected.items()}


@pytest.mark.parametrize(("name", "file"), FILES)
def test_every_verdict_is_right(datasets: dict[str, pd.DataFrame], name: str, file: str) -> None:
    """Each element has its true status, no more and no fewer rows than the schema has elements."""
    rows = _rows(datasets, "components", file)
    found = dict(zip(rows["element_id"], rows["status"], strict=True))
    expected = TRUTHS[name]["components"]
    pairs = {key: (expected.get(key), found.get(key)) for key in expected | found}
    wrong = {key: (truth, verdict) for key, (truth, verdict) in pairs.items() if truth != verdict}
    assert not wrong, f"element: (truth, found) = {wrong}"


@pytest.mark.parametrize(("name", "file"), FILES)
def test_discrepancies_are_found(datasets: dict[str, pd.DataFrame], name: str, file: str) -> None:
    """What the agency ticked but did not write is marked, and nothing else on component level."""
    rows = _rows(datasets, "components", file)
    marked = set(rows.loc[rows["discrepancy"] & (rows["level"] == "component"), "element_id"])
    assert marked == set(TRUTHS[name]["discrepancies"])


@pytest.mark.parametrize(
    ("name", "file", "dataset"),
    [(name, file, dataset) for name, file in FILES for dataset in TRUTHS[name]["records"]],
)
def test_records_are_right(datasets: dict[str, pd.DataFrame], name: str, file: str, dataset: str) -> None:
    """The records of each dataset are the plan's, none missing and none made up (most of them on a scan)."""
    expected_records = TRUTHS[name]["records"][dataset]
    found_records = _rows(datasets, dataset, file).to_dict("records")
    columns = sorted({column for record in expected_records for column in record})
    if dataset == "statements":
        found_records = [record for record in found_records if record["kind"] in {r["kind"] for r in expected_records}]
    expected, found = _counted(expected_records, columns), _counted(found_records, columns)
    if _is_scan(name):
        share = sum((expected & found).values()) / max(1, sum(expected.values()))
        assert share >= MIN_RECORD_SHARE_SCANNED, f"missed: {expected - found}; extra: {found - expected}"
    else:
        assert not expected - found, f"missed: {expected - found}; extra: {found - expected}"
        assert not found - expected, f"extra: {found - expected}"


@pytest.mark.parametrize(("name", "file"), FILES)
def test_required_findings_are_there(datasets: dict[str, pd.DataFrame], name: str, file: str) -> None:
    """What an analyst must look at is found."""
    codes = set(_rows(datasets, "findings", file)["code"])
    assert set(TRUTHS[name]["findings"]) <= codes


def _words(folder: Path) -> str:
    """All text in the files of a folder, those inside Word and Excel files included."""
    parts: list[str] = []
    for path in sorted(folder.iterdir()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts += [archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()]
        else:
            parts.append(path.read_text(encoding="utf-8-sig"))
    return html.unescape("".join(parts))


def test_workbook_and_letters_name_no_person(
    processed: Path, datasets: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    """Made of the sample plans without being asked for people, they hold none of the teams' names and numbers."""
    letters, workbook, copy = tmp_path / "letters", tmp_path / "books" / "workbook.xlsx", tmp_path / "copy"
    assert bcp(["letters", str(processed), "-o", str(letters)]) == 0
    assert bcp(["workbook", str(processed), "-o", str(workbook)]) == 0
    assert bcp(["export", "csv", "-d", str(processed), "-o", str(copy)]) == 0
    people = datasets["team_members"]
    numbers = {number for numbers in people["phones"] for number in numbers if len(number) > 6}
    names = {name_key(name) for name in people["person_name"] if not is_post(name) and len(name_key(name).split()) > 1}
    assert len(names) > 10
    assert len(numbers) > 10
    for folder in (letters, workbook.parent, copy):
        told = _words(folder)
        assert {name for name in names if name in told} == set(), folder.name
        assert {number for number in numbers if number in told} == set(), folder.name


def _is_asked(element: str, status: str) -> bool:
    return bool(re.fullmatch(r"2\.\d|3\.\w+", element)) and status not in ("present", "not_applicable")


def test_the_letters_of_the_sample_plans(processed: Path, tmp_path: Path) -> None:
    """One letter per agency that sent a plan, none for what is no plan; who has everything is not asked for more."""
    assert bcp(["letters", str(processed), "-o", str(tmp_path / "letters")]) == 0
    listed = pd.read_csv(tmp_path / "letters" / "letters.csv", dtype=str, keep_default_na=False)
    written = listed[listed["ไฟล์หนังสือ"] != ""]
    assert len(written) == len({truth["document"]["agency_name"] for truth in TRUTHS.values() if truth["components"]})
    assert set(written["ไฟล์หนังสือ"]) == {path.name for path in (tmp_path / "letters").glob("*.docx")}
    for _, row in written.iterrows():
        truth = next(t for t in TRUTHS.values() if t["document"]["agency_name"] == row["หน่วยงาน"])
        asked = [name for name, status in truth["components"].items() if _is_asked(name, status)]
        assert int(row["รายการให้ปรับปรุง"]) + int(row["รายการให้ตรวจสอบ"]) == len(asked), row["หน่วยงาน"]
