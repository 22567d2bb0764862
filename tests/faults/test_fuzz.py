"""Damaged files that once were a fault of the program, and some new ones of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from benchmarks.fuzz.mutating import damaged
from benchmarks.fuzz.reading import read_as_worker
from benchmarks.fuzz.seeds import kinds

CASES = Path(__file__).parents[1] / "cases" / "fuzz"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.*")), ids=lambda path: path.name)
def test_files_that_once_failed(path: Path) -> None:
    """Each says what is wrong with it, or is read."""
    read_as_worker(path.read_bytes(), path.suffix.removeprefix("."))


@pytest.mark.parametrize("kind", kinds())
def test_damaged_files_are_no_fault_of_the_program(kind: str) -> None:
    """A handful each time; ``make fuzz`` takes longer over it."""

    @settings(
        max_examples=8,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(content=damaged(kind))
    def examine(content: bytes) -> None:
        read_as_worker(content, kind)

    examine()


def test_the_strategies_damage() -> None:
    """Most files differ from those they were made of."""
    seen: list[bytes] = []

    @settings(max_examples=40, derandomize=True, database=None, deadline=None)
    @given(content=damaged("txt"))
    def collect(content: bytes) -> None:
        seen.append(content)

    collect()
    assert len(set(seen)) > 20
