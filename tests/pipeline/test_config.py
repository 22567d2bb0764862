"""The settings beside the input: what they change, and how a mistake in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from docmodel.errors import ConfigError
from docmodel.issue import Severity
from pipeline.config import CONFIG_FILE, read_settings

CODES = frozenset({"plan_outdated", "duplicate_step"})


def write(folder: Path, text: str) -> Path:
    (folder / CONFIG_FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    """Nobody has to write settings."""
    assert not read_settings(tmp_path, lambda: CODES).findings


def test_a_finding_is_switched_off_and_another_weighed_anew(tmp_path: Path) -> None:
    """``off`` and the three severities, in any case; the file counts for a single input file in its folder too."""
    write(tmp_path, "# ของสำนักงาน\nfindings:\n  plan_outdated: off\n  duplicate_step: Error\n")
    for place in (tmp_path, tmp_path / "plan.docx"):
        assert read_settings(place, lambda: CODES).findings == {"plan_outdated": None, "duplicate_step": Severity.ERROR}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("findings:\n  plan_outdated: off\n  no_such_code: off\n", "bcp.yaml:3 (findings.no_such_code)"),
        ("findings:\n  plan_outdated: loud\n", "bcp.yaml:2 (findings.plan_outdated)"),
        ("\nfinding:\n  plan_outdated: off\n", "bcp.yaml:2 (finding)"),
        ("findings: [plan_outdated]\n", "bcp.yaml:1 (findings)"),
        ("findings:\n  a: b: c\n", "bcp.yaml:2"),
        ("- plan_outdated\n", "bcp.yaml"),
        ("findings:\n  plan_outdated: off\n  plan_outdated: info\n", "bcp.yaml:3"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, place: str) -> None:
    """A wrong setting stops the run before anything is read; both languages say where."""
    with pytest.raises(ConfigError) as caught:
        read_settings(write(tmp_path, text), lambda: CODES)
    assert place in caught.value.message_th
    assert place in caught.value.message_en


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A picture under this name is no settings file."""
    (tmp_path / CONFIG_FILE).write_bytes(b"\x89PNG\x00\xff")
    with pytest.raises(ConfigError):
        read_settings(tmp_path, lambda: CODES)
