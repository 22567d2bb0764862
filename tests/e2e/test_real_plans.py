"""Two real plans in every format, against what is true of them; only where the shared samples lie beside the code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main as bcp

SHARED = Path(__file__).parents[3] / "shared"
SAMPLES, SCORER = SHARED / "samples", SHARED / "score.py"
FILES = sorted(path.name for path in SAMPLES.glob("*") if path.suffix in {".docx", ".pdf", ".md", ".txt"})
DIGITAL = [name for name in FILES if "scan" not in name and "no-tounicode" not in name]
"""What needs no OCR, so that the test is quick; benchmarks measure the rest."""

pytest.importorskip("scipy", reason="the scorer needs it")
pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="the shared samples are not here")


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The scorer's figures per file."""
    folder, output = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    for name in DIGITAL:
        (folder / name).symlink_to(SAMPLES / name)
    assert bcp(["extract", str(folder), "-o", str(output), "--workers", "2", "--quiet"]) == 0
    mapping = json.loads((SHARED / "samples.mapping.json").read_text(encoding="utf-8"))
    wanted = output / "mapping.json"
    entries = {name: dict(mapping[name]) for name in DIGITAL}
    for entry in entries.values():
        if "truth" in entry:
            entry["truth"] = str(SHARED / entry["truth"])
    wanted.write_text(json.dumps(entries), encoding="utf-8")
    result = output / "score.json"
    command = [sys.executable, str(SCORER), str(output), str(wanted), "--gold", str(SHARED / "gold")]
    subprocess.run([*command, "--json", str(result)], check=True, capture_output=True)
    found: dict[str, dict[str, Any]] = json.loads(result.read_text(encoding="utf-8"))["per_document"]
    return found


@pytest.mark.parametrize("name", DIGITAL)
def test_document_and_verdicts(scores: dict[str, dict[str, Any]], name: str) -> None:
    """Class and agency are right, nothing missing is called present, and 98 % of the statuses are right."""
    score = scores[name]
    assert score["document"]["document_class"] == score["document"]["agency_name"] == 1
    components = score["components"]
    if components["expected"]:
        assert components["false_present"] == 0
        assert components["discrepancy_fn"] == components["discrepancy_fp"] == 0
        assert components["right"] >= 0.98 * components["total"]
        assert score["findings"]["must_found"] == score["findings"]["must_total"]


@pytest.mark.parametrize("name", DIGITAL)
def test_records(scores: dict[str, dict[str, Any]], name: str) -> None:
    """Every record dataset has an F1 of 0.95 and more; impacts and processes are all there."""
    worst = {}
    for dataset, counts in (scores[name]["records"] or {}).items():
        floor = 1.0 if dataset in ("impacts", "bia_processes") else 0.95
        wanted = 2 * counts["tp"] + counts["fp"] + counts["fn"]
        if wanted and 2 * counts["tp"] < floor * wanted:
            worst[dataset] = {key: counts[key] for key in ("tp", "fp", "fn")}
    assert not worst


@pytest.mark.parametrize("name", [name for name in DIGITAL if name.endswith((".pdf", ".docx"))])
def test_text(scores: dict[str, dict[str, Any]], name: str) -> None:
    """Character errors stay near those of a perfect reader, who has 1.3 % where page numbers are not in the truth."""
    assert scores[name]["text"]["cer"] < 0.014
