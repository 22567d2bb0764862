"""Lets worker processes import the work that the tests give them."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker gets the search path of this process."""
    monkeypatch.syspath_prepend(str(ROOT))
