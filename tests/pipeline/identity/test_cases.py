"""No plan refused, no look-alike accepted, and each given to its agency."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.identity import find_identity
from tests.pipeline.mapping.mapping_cases import list_cases, read_case

CASES = [("plans", name) for name in list_cases("plans")] + [
    ("look_alikes", name) for name in list_cases("look_alikes")
]


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[name for _, name in CASES])
def test_identity_of_case(kind: str, name: str) -> None:
    """Kind of document, agency, its type, province and year are what the document says."""
    case = read_case(kind, name)
    identity = find_identity(case.mapped, case.expected["source_path"])
    expected: dict[str, Any] = case.expected["identity"]
    found = {field: getattr(identity, field) for field in expected}
    assert found == expected, identity.class_reason
