"""The schema that a plan is held against: its elements, their criteria and their aliases, as typed values.

A schema is a folder under ``schema/`` with ``elements.yaml``, ``criteria.yaml``, ``reasons.yaml``, ``aliases.yaml`` and
``vocabulary.yaml``; another schema is another folder, without code. One that names another's words in ``elements.yaml``
(``words: opdc-2563``) needs neither aliases nor vocabulary: documents are read with those, and its criteria say which
of their labels each of its own elements stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from pydantic import TypeAdapter

from docmodel.errors import SchemaDefinitionError
from docmodel.vocabulary import AgencyType, ElementLevel, ElementStatus
from pipeline.schema_files.calibration import Calibration, interpolate, read_calibration
from pipeline.schema_files.criteria import CriteriaFile, ElementCriteria, Zones
from pipeline.schema_files.criteria_check import read_criteria, read_reasons
from pipeline.schema_files.yaml_file import Location, fail, line_of, parse_yaml, plain, read_yaml

DEFAULT_SCHEMA_ID = "opdc-2563"
STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a schema. ``applies_to`` is empty where it is asked of every kind of agency."""

    element_id: str
    level: ElementLevel
    required: bool
    title_th: str
    title_en: str
    parent_id: str | None = None
    applies_to: tuple[AgencyType, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A schema. ``elements`` are in the order of the file; ``aliases`` are the headings known for each label.

    ``words_id`` is the schema whose aliases and vocabulary documents are read with, as a rule its own; ``parents``
    holds all labels that the mapping can give, each with the one above it.
    """

    schema_id: str
    version: str
    title_th: str
    title_en: str
    elements: tuple[Element, ...]
    folder: Path
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    criteria: CriteriaFile
    reasons: Mapping[str, str]
    calibration: Calibration = field(default_factory=Calibration)
    words_id: str
    parents: Mapping[str, str | None]

    def calibrated(self, confidence: float, status: ElementStatus) -> float:
        """What a verdict's confidence is worth by the schema's calibration; the confidence itself where it has none.

        What is not asked and what could not be read was not measured and keeps its confidence.
        """
        if status in (ElementStatus.NOT_APPLICABLE, ElementStatus.UNREADABLE):
            return confidence
        points = self.calibration.present if status is ElementStatus.PRESENT else self.calibration.open
        return interpolate(points, confidence) if points else confidence

    @property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """The phrase sets of the criteria by name."""
        return self.criteria.phrases

    @property
    def prompts(self) -> tuple[str, ...]:
        """Names of the phrase sets that are a form's own words."""
        return self.criteria.prompts

    @property
    def introductions(self) -> tuple[str, ...]:
        """Names of the phrase sets of sentences that only lead to what follows."""
        return self.criteria.introductions

    @property
    def no_evidence(self) -> Zones:
        """The parts of a plan whose words are no evidence."""
        return self.criteria.no_evidence

    def knows(self, label: str) -> bool:
        """Whether a label of the mapping is an element, of this schema or of the one whose words it uses."""
        return label in self.parents

    def component_of(self, label: str) -> str:
        """The topmost element above a label; the label itself where there is none."""
        while (above := self.parents.get(label)) is not None:
            label = above
        return label

    def criteria_of(self, element_id: str) -> ElementCriteria:
        """What makes an element present or partial."""
        return self.criteria.elements[element_id]

    def element(self, element_id: str) -> Element:
        """The element with an id; KeyError where the schema has none such."""
        found = self.find(element_id)
        if found is None:
            raise KeyError(element_id)
        return found

    def find(self, element_id: str) -> Element | None:
        """The element with an id, None where the schema has none such."""
        return next((element for element in self.elements if element.element_id == element_id), None)

    def children(self, element_id: str) -> tuple[Element, ...]:
        """The subelements of an element, in the order of the file."""
        return tuple(element for element in self.elements if element.parent_id == element_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ElementEntry:
    """An element as it stands in elements.yaml."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    level: ElementLevel
    required: bool
    title_th: str
    title_en: str
    parent: str | None = None
    applies_to: tuple[AgencyType, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _ElementsFile:
    """The whole of elements.yaml."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    schema: str
    version: str
    title_th: str
    title_en: str
    elements: tuple[_ElementEntry, ...]
    words: str | None = None


def schema_folder(schema_id: str) -> Path:
    """Where the files of a schema lie. Raises SchemaDefinitionError where there is no such schema."""
    root = Path(str(files("schema")))
    folder = root / schema_id
    if not (folder / "elements.yaml").is_file():
        known = ", ".join(list_schemas())
        raise SchemaDefinitionError(
            "schema_unknown",
            th=f"ไม่มีโครงสร้าง {schema_id} โปรดเลือกจาก: {known}",
            en=f"there is no schema {schema_id}; choose one of: {known}",
        )
    return folder


def list_schemas() -> tuple[str, ...]:
    """The ids of all schemas that are there."""
    root = Path(str(files("schema")))
    return tuple(sorted(path.parent.name for path in root.glob("*/elements.yaml")))


@cache
def load_schema(schema_id: str) -> Schema:
    """The schema with an id, checked. Raises SchemaDefinitionError that names file, line and key."""
    return read_schema(schema_folder(schema_id))


def read_schema(folder: Path) -> Schema:
    """Read and check the schema in a folder (see ``load_schema``)."""
    path = folder / "elements.yaml"
    data = read_yaml(path)
    entries = parse_yaml(TypeAdapter(_ElementsFile), data, path)
    if entries.schema != folder.name:
        fail(path, line_of(data, ["schema"]), ["schema"], "must equal the folder's name", "ต้องตรงกับชื่อโฟลเดอร์")
    _check_elements(entries, data, path)
    ids = tuple(entry.id for entry in entries.elements)
    parents = {entry.id: entry.parent for entry in entries.elements}
    words_folder = folder
    if entries.words is not None:
        words_folder = schema_folder(entries.words)
        parents |= load_schema(entries.words).parents
    return Schema(
        words_id=entries.words or entries.schema,
        parents=MappingProxyType(parents),
        criteria=read_criteria(folder / "criteria.yaml", ids, frozenset(parents)),
        reasons=read_reasons(folder / "reasons.yaml"),
        schema_id=entries.schema,
        version=entries.version,
        title_th=entries.title_th,
        title_en=entries.title_en,
        elements=tuple(
            Element(
                element_id=entry.id,
                level=entry.level,
                required=entry.required,
                title_th=entry.title_th,
                title_en=entry.title_en,
                parent_id=entry.parent,
                applies_to=entry.applies_to,
            )
            for entry in entries.elements
        ),
        folder=folder,
        calibration=read_calibration(folder / "calibration.yaml"),
        aliases=_read_aliases(words_folder / "aliases.yaml", set(parents)),
    )


def _check_elements(entries: _ElementsFile, data: Any, path: Path) -> None:
    """Every id once, every parent known and in front of its children."""
    seen: set[str] = set()
    for index, entry in enumerate(entries.elements):
        if entry.id in seen:
            where: Location = ("elements", index, "id")
            fail(path, line_of(data, where), where, f"{entry.id} is there twice", "รหัสองค์ประกอบซ้ำ")
        if entry.parent is not None and entry.parent not in seen:
            where = ("elements", index, "parent")
            fail(path, line_of(data, where), where, f"no element {entry.parent} stands before it", "ไม่พบองค์ประกอบแม่")
        seen.add(entry.id)


def _read_aliases(path: Path, element_ids: set[str]) -> Mapping[str, tuple[str, ...]]:
    """The headings that aliases.yaml lists under each element, whatever else it holds."""
    if not path.is_file():
        return MappingProxyType({})
    found: dict[str, list[str]] = {}
    _collect_aliases(plain(read_yaml(path)), element_ids, found)
    return MappingProxyType({element_id: tuple(dict.fromkeys(terms)) for element_id, terms in found.items()})


def _collect_aliases(data: Any, element_ids: set[str], found: dict[str, list[str]]) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in element_ids:
                found.setdefault(str(key), []).extend(_strings(value))
            else:
                _collect_aliases(value, element_ids, found)
    elif isinstance(data, list):
        for value in data:
            _collect_aliases(value, element_ids, found)


def _strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return _strings(data["headings"]) if "headings" in data else []
    if isinstance(data, list):
        return [text for value in data for text in _strings(value)]
    return []
