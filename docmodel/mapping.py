"""What each section and table means: doubt is a value here, with the runner-up kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from docmodel.value_class import value_class
from docmodel.vocabulary import Dimension, TableKind


class MatchOutcome(StrEnum):
    """How sure a match is."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"


@value_class(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible meaning. ``label`` is an element id or a table kind; ``score`` 0–1; ``method`` says how it was found
    ("heading_exact", "heading_skeleton", "heading_fuzzy", "table_columns", "caption", "vocabulary", "parent", …);
    ``term`` is the alias or word of the schema that matched."""

    label: str
    score: float
    method: str
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionMatch:
    """What a section is about. ``element_ids`` are all labels it carries, the main one first (a merged heading has
    several); empty where it is none of the schema's. ``candidates`` are all that were weighed, best first."""

    section_id: str
    outcome: MatchOutcome
    element_ids: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMatch:
    """What a table is for. ``dimension`` is the resource dimension that the whole table is about, where it is one
    ("ด้านวัสดุอุปกรณ์"); ``score`` 0–1; ``candidates`` hold the other kinds weighed, best first."""

    table_id: str
    section_id: str | None
    kind: TableKind
    outcome: MatchOutcome
    score: float
    dimension: Dimension | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaMapping:
    """The mapping of one document's outline to a schema."""

    schema_id: str
    sections: tuple[SectionMatch, ...]
    tables: tuple[TableMatch, ...]
    _sections_by_id: dict[str, SectionMatch] = field(init=False, repr=False, compare=False)
    _tables_by_id: dict[str, TableMatch] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the matches ready to be looked up."""
        object.__setattr__(self, "_sections_by_id", {match.section_id: match for match in reversed(self.sections)})
        object.__setattr__(self, "_tables_by_id", {match.table_id: match for match in reversed(self.tables)})

    def section(self, section_id: str) -> SectionMatch | None:
        """The match of a section, None where there is none."""
        return self._sections_by_id.get(section_id)

    def table(self, table_id: str) -> TableMatch | None:
        """The match of a table, None where there is none."""
        return self._tables_by_id.get(table_id)
