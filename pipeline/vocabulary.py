"""The words by which tables and records are understood, read from ``schema/<id>/vocabulary.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from docmodel.vocabulary import DigitalQuestion, Dimension, Incident, Phase, Role, TableKind, Urgency
from pipeline.schema_files.yaml_file import parse_yaml, read_yaml
from pipeline.terms import TermSet, compact

Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _VocabularyFile(BaseModel):
    """The file as it stands: an unknown key, an empty list or a value outside the closed sets is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_id: str
    incidents: dict[Incident, Words]
    incident_fillers: Words
    dimensions: dict[Dimension, Words]
    whole_dimensions: tuple[str, ...] = ()
    needs: dict[Dimension, Words]
    roles: dict[Role, Words]
    whole_roles: tuple[str, ...] = ()
    urgency: dict[Urgency, Words]
    phases: dict[Phase, Words]
    columns: dict[str, Words]
    whole_heads: Words
    captions: dict[TableKind, Words]
    elements: dict[TableKind, Words]
    checklist_elements: dict[str, Words]
    digital_questions: dict[DigitalQuestion, Words]
    person_titles: Words
    post_starts: Words
    agency_starts: Words
    totals: Words
    notify_verbs: Words
    call_actors: Words
    prompts: Words
    measure_verbs: Words
    harm: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The vocabulary of a schema, ready to be looked for in texts. Word lists keep the order of the file."""

    schema_id: str
    incidents: TermSet[Incident]
    incident_fillers: tuple[str, ...]
    dimensions: TermSet[Dimension]
    needs: tuple[tuple[str, Dimension], ...]
    roles: TermSet[Role]
    urgency: TermSet[Urgency]
    phases: TermSet[Phase]
    columns: TermSet[str]
    captions: TermSet[TableKind]
    elements: dict[TableKind, tuple[str, ...]]
    checklist_elements: TermSet[str]
    digital_questions: TermSet[DigitalQuestion]
    digital_order: tuple[DigitalQuestion, ...]
    person_titles: tuple[str, ...]
    post_starts: tuple[str, ...]
    agency_starts: tuple[str, ...]
    totals: tuple[str, ...]
    notify_verbs: tuple[str, ...]
    call_actors: tuple[str, ...]
    prompts: tuple[str, ...]
    measure_verbs: tuple[str, ...]
    harm: tuple[str, ...]


@cache
def load_vocabulary(schema_id: str) -> Vocabulary:
    """Read and check the vocabulary of a schema.

    Raises SchemaDefinitionError with file, line and key where the file is wrong.
    """
    return read_vocabulary(Path(str(files("schema"))) / schema_id / "vocabulary.yaml")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read and check a vocabulary file."""
    data = parse_yaml(TypeAdapter(_VocabularyFile), read_yaml(path), path)
    return Vocabulary(
        schema_id=data.schema_id,
        incidents=TermSet(data.incidents),
        incident_fillers=data.incident_fillers,
        dimensions=TermSet(data.dimensions, data.whole_dimensions),
        needs=tuple(
            sorted(
                ((compact(word), dimension) for dimension, words in data.needs.items() for word in words),
                key=lambda pair: -len(pair[0]),
            )
        ),
        roles=TermSet(data.roles, data.whole_roles),
        urgency=TermSet(data.urgency),
        phases=TermSet(data.phases),
        columns=TermSet(data.columns, data.whole_heads),
        captions=TermSet(data.captions),
        elements=dict(data.elements),
        checklist_elements=TermSet(data.checklist_elements),
        digital_questions=TermSet(data.digital_questions),
        digital_order=tuple(data.digital_questions),
        person_titles=_longest_first(data.person_titles),
        post_starts=_longest_first(data.post_starts),
        agency_starts=_longest_first(data.agency_starts),
        totals=_longest_first(data.totals),
        notify_verbs=_longest_first(data.notify_verbs),
        call_actors=_longest_first(data.call_actors),
        prompts=data.prompts,
        measure_verbs=_longest_first(data.measure_verbs),
        harm=tuple(compact(word) for word in data.harm),
    )


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
