"""The command line: exit codes, messages, and what it loads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main as bcp

SAMPLES = Path(__file__).parents[3] / "data" / "raw"
LETTER = next(SAMPLES.glob("06-*.docx"))


def test_wrong_usage_is_a_bad_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 means that documents failed, so wrong usage is 1."""
    assert bcp(["extract", "--no-such-option"]) == 1
    assert bcp(["extract", "--ocr", "sometimes"]) == 1
    assert "bcp --help" in capsys.readouterr().err


def test_a_missing_input_is_told_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Code, Thai and English on standard error, exit code 1."""
    assert bcp(["extract", str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 1
    message = " ".join(capsys.readouterr().err.split())
    assert "[input_missing]" in message
    assert "ไม่พบ" in message
    assert "does not exist" in message


def test_an_unknown_schema_element_dataset_or_page_is_a_bad_configuration(tmp_path: Path) -> None:
    """Wrong names are told before anything is read."""
    assert bcp(["schema", "check", "--schema", "none"]) == 1
    assert bcp(["datasets", "describe", "none"]) == 1
    assert bcp(["explain", str(LETTER), "9.9"]) == 1
    assert bcp(["text", str(LETTER), "--page", "99"]) == 1


def test_one_file_gives_all_datasets_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter is read, is no plan, and gets no verdicts."""
    assert bcp(["extract", str(LETTER), "-o", str(tmp_path), "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert "letter" in shown
    assert pd.read_parquet(tmp_path / "components.parquet").empty
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["counts"]["ok"] == 1


def test_an_empty_folder_gives_empty_datasets(tmp_path: Path) -> None:
    """No input is no error: the datasets are there, without rows."""
    (tmp_path / "in").mkdir()
    assert bcp(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    assert pd.read_parquet(tmp_path / "out" / "documents.parquet").empty


def test_the_schema_and_the_datasets_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Elements with their titles; columns with their meaning, as JSON too."""
    assert bcp(["schema", "show"]) == 0
    assert "2.8.sequence" in capsys.readouterr().out
    assert bcp(["datasets", "describe", "findings"]) == 0
    assert "severity" in capsys.readouterr().out
    assert bcp(["datasets", "describe", "--json"]) == 0
    assert "components" in json.loads(capsys.readouterr().out)["datasets"]


def test_text_trace_and_explain_speak(capsys: pytest.CaptureFixture[str]) -> None:
    """One document seen from inside; markup in its text is shown, not obeyed."""
    plan = str(next(SAMPLES.glob("04-*.docx")))
    for command in (["text", plan], ["trace", plan], ["explain", plan, "2.8"]):
        assert bcp(command) == 0
        assert len(capsys.readouterr().out) > 100


def test_doctor_names_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    """Every part with a version or with the command that installs it."""
    assert bcp(["doctor"]) in (0, 3)
    shown = capsys.readouterr().out
    assert "pypdfium2" in shown
    assert "Tesseract" in shown


def test_help_and_a_run_over_unchanged_files_load_no_rules() -> None:
    """Readers and rules are loaded only when there is something to read."""
    script = (
        "import sys, pipeline.cli, pipeline.run; sys.exit('spacy' in sys.modules or 'pipeline.process' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    """Exit code 130, no half-written datasets, and the next run goes on from what was kept."""
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03d}.txt").write_text(f"เรื่องที่ {number}\nเนื้อหาของเอกสาร\n" * 400, encoding="utf-8")
    command = [sys.executable, "-c", "import sys; from pipeline.cli import main; sys.exit(main())"]
    arguments = ["extract", str(folder), "-o", str(output), "--workers", "1"]
    with subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 120
        while len(list(output.glob(".store/*.arrow"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted" in errors.decode()
    assert not (output / "documents.parquet").exists()
    assert not (output / ".writing").exists()
    assert len(list(output.glob(".store/*.arrow"))) >= 3
