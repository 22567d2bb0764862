"""Two versions of a plan side by side: which verdicts differ, which records came, went or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from rapidfuzz import fuzz

from normalizers.numerals import to_arabic_digits
from normalizers.text import thai_skeleton

SAME_RECORD_RATIO: Final = 75.0
"""A sentence with a word changed is the same record; below this it is another one."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShape:
    """How records of a dataset are told apart: ``group`` must be equal, ``text`` nearly, ``values`` may change."""

    component: str
    group: tuple[str, ...]
    text: tuple[str, ...]
    values: tuple[str, ...] = ()


SHAPES: Final[dict[str, RecordShape]] = {
    "statements": RecordShape(component="2.1", group=("kind",), text=("text",)),
    "incidents": RecordShape(component="2.2", group=("source", "incident"), text=("incident_raw",)),
    "impacts": RecordShape(
        component="2.2", group=("incident", "dimension"), text=("incident_raw",), values=("affected",)
    ),
    "team_members": RecordShape(
        component="2.3", group=("slot",), text=("person_name",), values=("position", "role", "phones")
    ),
    "strategies": RecordShape(component="2.4", group=("dimension",), text=("text",), values=("responsible",)),
    "bia_processes": RecordShape(
        component="2.5",
        group=(),
        text=("process_name",),
        values=("urgency", "rto_min_hours", "rto_max_hours", "owner"),
    ),
    "resource_requirements": RecordShape(
        component="2.6",
        group=("dimension", "bucket_hours"),
        text=("process_name", "resource_raw"),
        values=("quantity", "unit", "ticked"),
    ),
    "recovery_steps": RecordShape(
        component="2.7", group=("phase", "incident"), text=("text",), values=("responsible",)
    ),
    "call_tree": RecordShape(component="2.8", group=(), text=("text",), values=("caller", "callee")),
    "checklist_items": RecordShape(
        component="annex.checklist", group=("element_id", "incident"), text=("item_text",), values=("declared",)
    ),
    "digital_services": RecordShape(component="3.digital", group=("question",), text=("mission", "system")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two plans: a name for it, its verdicts and its records by dataset, rows as dicts."""

    name: str
    components: Sequence[Values]
    records: Mapping[str, Sequence[Values]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """An element's status in both; None where a plan has no verdict on it."""

    element_id: str
    title_th: str
    level: str
    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """A record that is in one plan alone (``added``, ``removed``) or in both with other words or values (``changed``).

    ``values`` holds the columns that differ, each with its value before and after.
    """

    dataset: str
    component: str
    kind: str
    before: str | None
    after: str | None
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two plans."""

    before: str
    after: str
    statuses: tuple[StatusChange, ...]
    records: tuple[RecordChange, ...]

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON takes it."""
        return asdict(self)


def compare(before: Side, after: Side) -> Comparison:
    """The changes from one plan to the other, in the order of the schema and of the plans."""
    records = [
        change
        for dataset, shape in SHAPES.items()
        for change in _compare_records(dataset, shape, before.records.get(dataset, ()), after.records.get(dataset, ()))
    ]
    return Comparison(
        before=before.name,
        after=after.name,
        statuses=tuple(_compare_statuses(before.components, after.components)),
        records=tuple(records),
    )


def _compare_statuses(before: Sequence[Values], after: Sequence[Values]) -> Iterator[StatusChange]:
    old = {row["element_id"]: row for row in before}
    new = {row["element_id"]: row for row in after}
    for element_id in dict.fromkeys([*old, *new]):
        row = new.get(element_id) or old[element_id]
        yield StatusChange(
            element_id=element_id,
            title_th=row["title_th"],
            level=str(row["level"]),
            before=old[element_id]["status"] if element_id in old else None,
            after=new[element_id]["status"] if element_id in new else None,
        )


def _compare_records(
    dataset: str, shape: RecordShape, before: Sequence[Values], after: Sequence[Values]
) -> Iterator[RecordChange]:
    groups: dict[tuple[Any, ...], tuple[list[Values], list[Values]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((before, after)):
        for row in rows:
            groups[tuple(row.get(name) for name in shape.group)][side].append(row)
    for old, new in groups.values():
        pairs, gone, come = _pair(shape, old, new)
        for one, other in pairs:
            values = {
                name: (one.get(name), other.get(name))
                for name in shape.values
                if _comparable(one.get(name)) != _comparable(other.get(name))
            }
            texts = _text(shape, one), _text(shape, other)
            if values or _key(texts[0]) != _key(texts[1]):
                yield RecordChange(
                    dataset=dataset,
                    component=shape.component,
                    kind="changed",
                    before=texts[0],
                    after=texts[1],
                    values=values,
                )
        for row in gone:
            yield RecordChange(
                dataset=dataset, component=shape.component, kind="removed", before=_text(shape, row), after=None
            )
        for row in come:
            yield RecordChange(
                dataset=dataset, component=shape.component, kind="added", before=None, after=_text(shape, row)
            )


def _pair(
    shape: RecordShape, old: Sequence[Values], new: Sequence[Values]
) -> tuple[list[tuple[Values, Values]], list[Values], list[Values]]:
    """Records of both sides that are one: equal texts first, then the likest; what is left of each side."""
    pairs: list[tuple[Values, Values]] = []
    waiting: dict[str, list[Values]] = defaultdict(list)
    for row in new:
        waiting[_key(_text(shape, row))].append(row)
    gone: list[Values] = []
    for row in old:
        equal = waiting.get(_key(_text(shape, row)))
        if equal:
            # of several with one text the one with the same values, so that a copy more is one record added
            best = max(equal, key=lambda other: sum(row.get(name) == other.get(name) for name in shape.values))
            equal.remove(best)
            pairs.append((row, best))
        else:
            gone.append(row)
    come = [row for rows in waiting.values() for row in rows]
    near = sorted(
        (
            (ratio, first, second)
            for first, one in enumerate(gone)
            for second, other in enumerate(come)
            if (ratio := fuzz.ratio(_key(_text(shape, one)), _key(_text(shape, other)))) >= SAME_RECORD_RATIO
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, first, second in near:
        if first not in taken_old and second not in taken_new:
            taken_old.add(first)
            taken_new.add(second)
            pairs.append((gone[first], come[second]))
    return (
        pairs,
        [row for index, row in enumerate(gone) if index not in taken_old],
        [row for index, row in enumerate(come) if index not in taken_new],
    )


def _text(shape: RecordShape, row: Values) -> str:
    shown = [str(row[name]) for name in shape.text if row.get(name)]
    return " · ".join(shown)


def _key(text: str) -> str:
    """What makes two spellings of one text equal: letters that survive damage, and its digits."""
    digits = "".join(character for character in to_arabic_digits(text) if character.isdigit())
    return f"{thai_skeleton(text)}{digits}"


def _comparable(value: Any) -> Any:
    return _key(value) if isinstance(value, str) else value
