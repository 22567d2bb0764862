"""A plan of ``data/``: blocks in reading order, how it looks, and what is true of it.

A block is one of ``heading`` (with ``level``), ``text`` (``bold``, ``center``, ``underline``, ``indent``), ``item``
(``marker`` with ``{n}`` or ``{t}`` for the number or Thai letter, ``auto`` for the word processor's own number),
``contents`` (with ``page``), ``table`` (rows with ``<`` for a slot covered by the cell to its left and ``^`` for one
covered from above; ``head`` rows), ``scanned`` (lines that stand in a picture) and ``page_break``. In the truth
``{"any": [...]}`` allows several values and ``optional`` a record that need not be found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.records.markup import OPTIONAL
from tests.documents.plans.kit import thai

DATA = Path(__file__).parent / "data"
_LETTERS = "กขคงจฉชซ"

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan and its truth. ``statuses`` and ``identity`` hold all values that are right."""

    name: str
    look: dict[str, Any]
    blocks: tuple[Block, ...]
    identity: dict[str, tuple[Any, ...]]
    statuses: dict[str, tuple[str, ...]]
    discrepancies: frozenset[str]
    discrepancies_allowed: frozenset[str]
    records: dict[str, tuple[dict[str, Any], ...]]

    def say(self, text: str) -> str:
        """The text in the numerals of the plan."""
        return thai(text) if self.look["digits"] == "thai" else text


def read_plan(path: Path) -> Plan:
    """Read a plan of ``data/``."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Plan(
        name=path.stem,
        look=data["look"],
        blocks=tuple(data["blocks"]),
        identity={key: _options(value) for key, value in data["documents"].items()},
        statuses={key: tuple(value) for key, value in data["components"].items()},
        discrepancies=frozenset(data["discrepancies"]["required"]),
        discrepancies_allowed=frozenset(data["discrepancies"]["allowed"]),
        records={name: tuple(_record(row) for row in rows) for name, rows in data["records"].items()},
    )


def front(block: Block) -> str:
    """The typed number, letter or bullet of an item."""
    number = block["number"]
    marker = "{n}." if block["marker"] == "auto" else block["marker"]
    return str(marker).replace("{n}", str(number)).replace("{t}", _LETTERS[(number - 1) % len(_LETTERS)])


def _options(value: Any) -> tuple[Any, ...]:
    return tuple(value["any"]) if isinstance(value, dict) else (value,)


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """A record as the scoring of records wants it; one that may be split is optional there."""
    record = {key: _options(value) if isinstance(value, dict) else value for key, value in row.items()}
    optional = bool(record.pop("optional", False)) or record.pop("splits", None) is not None
    if optional:
        record[OPTIONAL] = True
    if isinstance(record.get("ticked", False), tuple) or record.get("ticked", False) is None:
        record.pop("ticked")
    return record
