"""Plans as marked-up text with the truth of their records.

A plan file holds the document, a line of dashes, and the truth. In the document::

    % a line of the cover            # heading   ## subheading   ### one below
    running text                     - item      1) item         ! caption of a table
    | cell | cell |        (< and ^ continue a merged cell, \\n ends a line, [[a ; b // c ; d]] is a table inside)
    =table header=2 repeat=no size=12 widths=1,4,2 shade=DDEBF7    how the next table is laid out
    =landscape   =portrait   =page   =diagram a → b → c            (text boxes joined by arrows)

The truth holds, per dataset, a line ``== dataset: column | column`` and a line per record. ``a // b`` says that both
are right, ``*`` that anything is, an empty cell that there is none; a line that begins with ``?`` is one that may be
there. Short forms: ``== impacts`` with lines ``flood: workplace it / personnel`` (hit / not hit), and
``== resource_requirements: dimension | … @ 1 วัน=24 | 1 เดือน=720`` with a cell per time bucket (``2 คน``, ``✓``, ``-``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]
OPTIONAL = "optional"
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)\s*(.*)$")
_LISTS = ("phones",)
_FRONTS = (("% ", "cover"), ("### ", "heading3"), ("## ", "heading2"), ("# ", "heading1"), ("! ", "caption"))
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing of a document: its kind, its text, its table's rows, and how it is laid out."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    look: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlan:
    """A plan and its records; a value that may be any of several is a tuple."""

    name: str
    parts: tuple[Part, ...]
    truth: dict[str, list[Record]]


def read_plan(path: Path) -> RecordPlan:
    """Read a plan file."""
    document, _, truth = path.read_text(encoding="utf-8").partition("\n---\n")
    return RecordPlan(name=path.stem, parts=tuple(_parts(document)), truth=_truth(truth))


def _parts(document: str) -> list[Part]:
    parts: list[Part] = []
    look: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for line in [*document.splitlines(), ""]:
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line.strip()[1:].removesuffix("|"))
            rows.append(tuple(cell.strip().replace("\\n", "\n") for cell in cells))
            continue
        if rows:
            parts.append(Part(kind="table", rows=tuple(rows), look=look))
            rows, look = [], {}
        if line.startswith("=table"):
            look = dict(pair.split("=", 1) for pair in line.split()[1:])
        elif line.startswith("="):
            kind, _, text = line[1:].partition(" ")
            parts.append(Part(kind=kind, text=text))
        elif line.strip():
            kind = next((kind for front, kind in _FRONTS if line.startswith(front)), None)
            listed = re.match(r"\s*(?:[-•o]|\(?[\d๐-๙]+(?:[.)]|\.[\d๐-๙]+))\s", line)
            text = line if kind is None else line.split(" ", 1)[1]
            parts.append(Part(kind=kind or ("item" if listed else "text"), text=text))
    return parts


def _truth(text: str) -> dict[str, list[Record]]:
    truth: dict[str, list[Record]] = {}
    columns: list[str] = []
    buckets: list[tuple[str, float]] = []
    dataset = ""
    for line in text.splitlines():
        if line.startswith("== "):
            dataset, _, heads = line[3:].partition(":")
            heads, _, times = heads.partition("@")
            columns = [head.strip() for head in heads.split("|") if head.strip()]
            buckets = [
                (name.strip(), float(hours))
                for name, _, hours in (part.partition("=") for part in times.split("|") if part.strip())
            ]
            truth.setdefault(dataset, [])
        elif line.strip() and dataset == "impacts":
            truth[dataset] += _impacts(line)
        elif line.strip():
            truth[dataset] += _records(line, columns, buckets)
    return truth


def _impacts(line: str) -> list[Record]:
    incident, _, rest = line.partition(":")
    hit, _, spared = rest.partition("/")
    return [
        {"incident": incident.strip(), "dimension": dimension, "affected": affected}
        for words, affected in ((hit, True), (spared, False))
        for dimension in words.split()
    ]


def _records(line: str, columns: list[str], buckets: list[tuple[str, float]]) -> list[Record]:
    optional = line.startswith("?")
    cells = [cell.strip() for cell in line.removeprefix("?").split("|")]
    if len(cells) != len(columns) + len(buckets):
        raise ValueError(f"{len(columns) + len(buckets)} columns, {len(cells)} cells: {line}")
    base: Record = {
        column: _value(column, cell) for column, cell in zip(columns, cells, strict=False) if cell not in ("*",)
    }
    if optional:
        base[OPTIONAL] = True
    if not buckets:
        return [base]
    values = zip(buckets, cells[len(columns) :], strict=True)
    return [{**base, "bucket_raw": name, "bucket_hours": hours, **_amount(cell)} for (name, hours), cell in values]


def _amount(cell: str) -> Record:
    number = _NUMBER.match(cell)
    if number:
        return {"quantity": float(number[1]), "unit": _value("unit", number[2]) if number[2] else None}
    return {"ticked": cell == "✓"} if cell in ("✓", "-✓") else {"quantity": None}


def _value(column: str, cell: str) -> Any:
    if column in _LISTS:
        return tuple(part.strip() for part in cell.split(",") if part.strip())
    options = [None if not part.strip() else _scalar(column, part.strip()) for part in cell.split("//")]
    return options[0] if len(options) == 1 else tuple(options)


def _scalar(column: str, text: str) -> Any:
    if text in _FLAGS:
        return _FLAGS[text]
    if column.endswith("_hours") or column == "quantity":
        return float(text)
    return text.replace("\\n", " ")
