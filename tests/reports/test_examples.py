"""The examples in the docstrings of the reports hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import reports

MODULES = [module.name for module in pkgutil.walk_packages(reports.__path__, "reports.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    """Every example of a module gives what its docstring says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    """The walk finds the modules, and they have examples."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(len(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name))) > 20
