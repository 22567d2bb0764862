"""The words by which headings are understood, read from ``schema/<id>/aliases.yaml`` and made ready to compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from docmodel.vocabulary import Dimension
from normalizers.text import thai_skeleton
from pipeline.schema import schema_folder
from pipeline.schema_files.yaml_file import fail, line_of, parse_yaml, read_yaml

HEADING_WEIGHT: Final = 1.0
# A hint alone must stay below what counts as a match, and above what counts as nothing.
HINT_WEIGHT: Final = 0.55

OUTSIDE: Final = "none."
TITLE: Final = "none.title"
TOC: Final = "none.toc"
APPENDIX: Final = "none.appendix"
ASPECT: Final = "aspect."


class PhraseKind(StrEnum):
    """What a known phrase does in a heading."""

    LABEL = "label"
    PLAN_NAME = "plan_name"
    BOILERPLATE = "boilerplate"
    FILLER = "filler"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as it is looked for. ``labels`` pair a label with the weight (0–1) that the phrase gives it; ``core`` is
    the part of the key that is no boilerplate, by which long phrases differ."""

    text: str
    key: str
    kind: PhraseKind
    labels: tuple[tuple[str, float], ...] = ()
    core: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The aliases of a schema, compared by identity. ``headings`` are all phrases of headings, longest first;
    ``columns`` those of column heads; ``contents`` the words that stand under a heading, per label; ``aspect_bases``
    the labels that have one sublabel per resource dimension ("2.4" with "2.4.it")."""

    schema_id: str
    version: str
    headings: tuple[Phrase, ...]
    columns: tuple[Phrase, ...]
    contents: dict[str, tuple[Phrase, ...]]
    conjunctions: frozenset[str]
    aspect_bases: tuple[str, ...]

    def labels(self) -> frozenset[str]:
        """All labels that a heading or column can get."""
        phrases = (*self.headings, *self.columns)
        return frozenset(label for phrase in phrases for label, _ in phrase.labels)


class _Terms(BaseModel):
    """The lists under one label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headings: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    content: tuple[str, ...] = ()


class _AliasesFile(BaseModel):
    """The file as it stands: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_id: str
    version: str
    plan_names: tuple[str, ...]
    boilerplate: tuple[str, ...]
    fillers: tuple[str, ...]
    conjunctions: tuple[str, ...]
    aspects: dict[Dimension, _Terms]
    labels: dict[str, _Terms]


@cache
def load_lexicon(schema_id: str) -> Lexicon:
    """The lexicon of a schema, checked. Raises SchemaDefinitionError that names file, line and key."""
    return read_lexicon(schema_folder(schema_id) / "aliases.yaml")


def read_lexicon(path: Path) -> Lexicon:
    """Read and check an aliases file (see ``load_lexicon``)."""
    data = read_yaml(path)
    aliases = parse_yaml(TypeAdapter(_AliasesFile), data, path)
    _check_terms(aliases, data, path)
    terms = {f"{ASPECT}{dimension.value}": words for dimension, words in aliases.aspects.items()} | aliases.labels
    boilerplate = sorted((thai_skeleton(text) for text in aliases.boilerplate), key=len, reverse=True)
    headings = [
        *_plain_phrases(aliases.plan_names, PhraseKind.PLAN_NAME),
        *_plain_phrases(aliases.boilerplate, PhraseKind.BOILERPLATE),
        *_plain_phrases(aliases.fillers, PhraseKind.FILLER),
        *_label_phrases(terms, "headings", "hints"),
    ]
    return Lexicon(
        schema_id=aliases.schema_id,
        version=aliases.version,
        headings=tuple(
            replace(phrase, core=_core(phrase.key, boilerplate))
            for phrase in sorted(headings, key=lambda phrase: -len(phrase.key))
        ),
        columns=_label_phrases(terms, "columns", ""),
        contents={
            label: tuple(_plain_phrases(words.content, PhraseKind.LABEL))
            for label, words in terms.items()
            if words.content
        },
        conjunctions=frozenset(thai_skeleton(word) for word in aliases.conjunctions),
        aspect_bases=tuple(
            label for label in terms if all(f"{label}.{dimension.value}" in terms for dimension in Dimension)
        ),
    )


def _check_terms(aliases: _AliasesFile, data: object, path: Path) -> None:
    """No term may vanish when it is compared: one of digits or marks alone would match everything."""
    for label, words in aliases.labels.items():
        for name in ("headings", "hints", "columns", "content"):
            for index, term in enumerate(getattr(words, name)):
                if not thai_skeleton(term):
                    where = ("labels", label, name, index)
                    fail(path, line_of(data, where), where, "has no letter to compare", "ไม่มีตัวอักษรให้เปรียบเทียบ")


def _core(key: str, boilerplate: Iterable[str]) -> str:
    """A key without boilerplate; all of it where nothing else is there."""
    core = key
    for part in boilerplate:
        core = core.replace(part, "")
    return core or key


def _plain_phrases(texts: Iterable[str], kind: PhraseKind) -> list[Phrase]:
    """One phrase per text."""
    return [Phrase(text=text, key=thai_skeleton(text), kind=kind) for text in texts]


def _label_phrases(terms: dict[str, _Terms], strong: str, weak: str) -> tuple[Phrase, ...]:
    """One phrase per spelling with all labels that list it; where a label lists it twice, the stronger counts."""
    texts: dict[str, str] = {}
    found: dict[str, dict[str, float]] = {}
    for label, words in terms.items():
        for name, weight in ((strong, HEADING_WEIGHT), (weak, HINT_WEIGHT)):
            for text in getattr(words, name) if name else ():
                key = thai_skeleton(text)
                texts.setdefault(key, text)
                weights = found.setdefault(key, {})
                weights[label] = max(weight, weights.get(label, 0.0))
    return tuple(
        Phrase(text=texts[key], key=key, kind=PhraseKind.LABEL, labels=tuple(sorted(weights.items())))
        for key, weights in found.items()
    )
