"""Records found against the truth: one to one by their texts, then field by field."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from benchmarks.records.markup import OPTIONAL, Record
from normalizers.markers import split_marker
from normalizers.text import normalize_value

THRESHOLD = 90.0
# The columns that make a record of the truth and a found one the same; "~" in front: compared as text.
KEYS: dict[str, tuple[str, ...]] = {
    "statements": ("~text",),
    "incidents": ("incident", "source"),
    "impacts": ("incident", "dimension"),
    "team_members": ("~person_name",),
    "strategies": ("~text",),
    "bia_processes": ("~process_name",),
    "resource_requirements": ("~resource_raw", "bucket_hours"),
    "recovery_steps": ("~text",),
    "checklist_items": ("~item_text",),
    "digital_services": ("~mission",),
    "call_tree": ("~caller", "~callee"),
}
_TEXTS = frozenset(
    ["position", "group_name", "process_group", "owner", "responsible", "source_raw", "process_name", "unit", "system"]
)


@dataclass(slots=True)
class Score:
    """Counts of one dataset of one document, and what was wrong."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    fields: Counter[tuple[str, bool]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0

    @property
    def field_share(self) -> float:
        total = self.fields.total()
        return sum(count for (_, ok), count in self.fields.items() if ok) / total if total else 1.0


def score_records(dataset: str, truth: Sequence[Record], found: Sequence[Record]) -> Score:
    """Pair the records, the most alike first."""
    keys = KEYS[dataset]
    pairs = sorted(
        (
            (bool(one.get(OPTIONAL)), -alike, i, j)
            for i, one in enumerate(truth)
            for j, other in enumerate(found)
            if (alike := _alike(one, other, keys)) >= THRESHOLD
        ),
    )
    by_truth: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in pairs:
        if i not in by_truth and j not in taken:
            by_truth[i] = j
            taken.add(j)
    score = Score(wanted=sum(1 for one in truth if not one.get(OPTIONAL)))
    score.right = sum(1 for i in by_truth if not truth[i].get(OPTIONAL))
    score.found = score.right + len(found) - len(taken)
    names = [key.lstrip("~") for key in keys]
    for i, one in enumerate(truth):
        if i not in by_truth:
            if not one.get(OPTIONAL):
                score.wrong.append("missed " + _shown(one, [*names, "dimension"]))
            continue
        other = found[by_truth[i]]
        for column, value in one.items():
            if column in names or column in (OPTIONAL, "bucket_raw"):
                continue
            right = _same(column, value, other.get(column))
            score.fields[column, right] += 1
            if not right:
                score.wrong.append(f"{column} is {value!r}, found {other.get(column)!r}: {_shown(one, names)}")
    score.wrong += ["extra  " + _shown(other, [*names, "dimension"]) for j, other in enumerate(found) if j not in taken]
    return score


def _alike(one: Record, other: Record, keys: Sequence[str]) -> float:
    best = 100.0
    bonus = 0.0
    for key in keys:
        name = key.lstrip("~")
        if key.startswith("~"):
            best = min(best, _text_likeness(one.get(name), other.get(name), short=name in ("caller", "callee")))
        elif not _same(name, one.get(name), other.get(name)):
            return 0.0
    for column, value in one.items():
        if column != OPTIONAL and _same(column, value, other.get(column)):
            bonus += 0.1
    return best + bonus if best >= THRESHOLD else 0.0


def _text_likeness(value: Any, found: Any, *, short: bool) -> float:
    best = 0.0
    for option in value if isinstance(value, tuple) else (value,):
        a, b = _plain(option), _plain(found)
        likeness = 100.0 if a == b else fuzz.ratio(a, b)
        if short and min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)):
            likeness = max(likeness, THRESHOLD) if min(len(a), len(b)) >= 0.4 * max(len(a), len(b)) else likeness
        best = max(best, likeness)
    return best


def _same(column: str, value: Any, found: Any) -> bool:
    if column == "phones":
        return tuple(found or ()) == tuple(value or ())
    for option in value if isinstance(value, tuple) else (value,):
        if _is_none(option) or _is_none(found):
            if _is_none(option) and _is_none(found):
                return True
        elif column in _TEXTS:
            a, b = _plain(option), _plain(found)
            if fuzz.ratio(a, b) >= THRESHOLD or (a in b and len(a) >= 0.3 * len(b)):
                return True
        elif isinstance(option, bool | float | int):
            if float(option) == float(found):
                return True
        elif str(option).strip(".() ") == str(found).strip(".() "):
            return True
    return False


def _is_none(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _plain(text: Any) -> str:
    if _is_none(text):
        return ""
    value = normalize_value(str(text))
    return "".join((split_marker(value)[1] or value).split()).lower()


def _shown(record: Record, names: Sequence[str]) -> str:
    return " | ".join(str(record.get(name)) for name in names if record.get(name) is not None)
