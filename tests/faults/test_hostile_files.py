"""A folder of everything that does harm: each file its row with what to do, the good ones as if they were alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.hostile.cases import GOOD, hostile_cases
from benchmarks.hostile.checks import check_cases, check_good, check_rows, snapshot
from benchmarks.hostile.run import find_escaped, run, write
from benchmarks.hostile.watching import Listener
from docmodel.errors import EngineMissingError
from extractors.office.converter import find_office


def has_office() -> bool:
    try:
        find_office()
    except EngineMissingError:
        return False
    return True


@pytest.mark.slow
def test_hostile_files_have_their_rows_and_touch_nothing(tmp_path: Path) -> None:
    """Status, code and message of each; nothing fetched, nothing written elsewhere, the input as it was."""
    with Listener() as listener:
        cases = [case for case in hostile_cases(listener.url) if not case.is_large]
        if not has_office():
            cases = [case for case in cases if not case.name.startswith("remote.")]
        assert len(cases) > 60
        write(tmp_path / "in", {case.name: case.make() for case in cases})
        before = snapshot(tmp_path / "in")
        report, _, _ = run(tmp_path / "in", tmp_path / "out", timeout_s=120)
        assert listener.count == 0
    wrong = [row for row in check_cases(cases, report.summaries) if not row.is_right]
    assert wrong == []
    assert check_rows(tmp_path / "out", report)
    assert snapshot(tmp_path / "in") == before
    assert find_escaped(tmp_path) == []
    write(tmp_path / "alone" / "in", {case.name: case.make() for case in cases if case.name in GOOD})
    run(tmp_path / "alone" / "in", tmp_path / "alone" / "out", timeout_s=120)
    assert check_good(tmp_path / "out", tmp_path / "alone" / "out", GOOD)
