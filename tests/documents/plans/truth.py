"""What is true of a sample plan, in the form that the end-to-end test compares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DIMENSIONS = ("workplace", "equipment", "it", "personnel", "service_providers")
_CHILDREN = {
    "2.1": ("objectives", "assumptions", "scope"),
    "2.2": ("incidents", "impacts"),
    "2.3": ("members", "roles", "leader", "coordinator", "backups", "contacts"),
    "2.4": DIMENSIONS,
    "2.5": ("processes", "urgency", "rto"),
    "2.6": DIMENSIONS,
    "2.7": ("steps", "responsible"),
    "2.8": ("sequence", "contacts"),
}
_OTHERS = (
    "3.pandemic",
    "3.long_duration",
    "3.eservice",
    "3.digital",
    "3.interagency",
    "3.word_and_pdf",
    "annex.checklist",
    "annex.strategy_map",
)


def statuses(**changes: str) -> dict[str, str]:
    """All elements as present but for the changes (``__`` for the dot: ``c2_8`` is 2.8, ``c2_8__sequence`` its part).

    A changed component changes its parts with it, unless they are given themselves.
    """
    given = {_element_id(name): status for name, status in changes.items()}
    result: dict[str, str] = {}
    for component, parts in _CHILDREN.items():
        result[component] = given.get(component, "present")
        for part in parts:
            inherited = result[component] if result[component] in ("missing", "present") else "present"
            result[f"{component}.{part}"] = given.get(f"{component}.{part}", inherited)
    for element in _OTHERS:
        result[element] = given.get(element, "not_applicable" if element == "3.interagency" else "present")
    unknown = set(given) - set(result)
    if unknown:
        raise ValueError(f"no such elements: {sorted(unknown)}")
    return result


def _element_id(name: str) -> str:
    head, _, part = name.partition("__")
    if head.startswith("c"):
        head = head[1:].replace("_", ".")
        return f"{head}.{part}" if part else head
    return f"{'3' if head == 'r' else 'annex'}.{part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The expected rows of one plan; ``records`` hold only the columns that are compared, per dataset."""

    document: dict[str, Any]
    components: dict[str, str]
    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    discrepancies: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
