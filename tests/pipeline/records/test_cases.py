"""Layouts of tables and lists that plans use, each with the records it must give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pipeline.records import build_records
from tests.pipeline.records.plans import Part, map_plan

CASES = Path(__file__).parents[2] / "cases" / "tables"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            cases.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    return cases


@pytest.mark.parametrize("case", _cases())
def test_case(case: dict[str, Any]) -> None:
    """A layout gives exactly its records, and its tables are of the kind that it says."""
    mapped = map_plan([_part(part) for part in case["plan"]])
    if "kinds" in case:
        assert [str(match.kind) for match in mapped.mapping.tables] == case["kinds"]
    records = build_records(mapped)
    for dataset, expected in case["expect"].items():
        rows = getattr(records, dataset)
        columns = expected["columns"]
        found = [[_plain(getattr(row, column)) for column in columns] for row in rows]
        assert found == expected["rows"], dataset


def _part(part: dict[str, Any]) -> Part:
    blocks: list[str] = []
    for block in part["blocks"]:
        blocks += [block] if block.lstrip().startswith("|") else block.strip().split("\n")
    elements = part.get("elements", [])
    return Part(
        elements=tuple(elements), heading=part.get("heading", ""), blocks=tuple(blocks), parent=part.get("parent")
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else (value.value if hasattr(value, "value") else value)
