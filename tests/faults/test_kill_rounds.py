"""A run that is killed or runs out of disk, and the run after it."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kill_rounds.disturbing import FAULTS, Fault, Place, Run, make_input, read_datasets, run_whole

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and limits of Linux")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """With reading that takes no time; the benchmark does many rounds, and whole ones too."""
    monkeypatch.setattr(Run, "is_light", True)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_the_next_run_gives_what_an_undisturbed_one_gives(tmp_path: Path, fault: Fault) -> None:
    """Row for row, in every dataset."""
    make_input(tmp_path / "in", 5)
    started = time.monotonic()
    assert run_whole(tmp_path / "in", tmp_path / "whole") == 0
    duration = time.monotonic() - started
    expected = read_datasets(tmp_path / "whole")
    assert len(expected["documents"]) == 14
    chance = random.Random(fault.name)
    with Place(tmp_path / "round", small=fault.needs_small_disk, chance=chance) as place:
        fault.disturb(tmp_path / "in", place, chance, duration)
        place.widen()
        assert run_whole(tmp_path / "in", place.output) == 0
        assert read_datasets(place.output) == expected
