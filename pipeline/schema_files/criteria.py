"""What makes an element present or partial, as criteria.yaml says it: a small language of rules over data.

A rule is one of the kinds below (``rule:`` names it). The first rule that holds decides; all that hold give evidence.
Phrases are compared without spaces, in lower case and Arabic digits; in a phrase ``*`` stands for up to sixty
characters, ``#`` for a digit, ``^`` for the beginning of the text and ``$`` for its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from docmodel.vocabulary import Dimension, TableKind

STRICT: dict[str, Any] = {"extra": "forbid"}
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTest:
    """What a text must say: names of phrase sets of criteria.yaml.

    ``phrases``: at least one set is found. ``near``: each of these sets is found too. ``without``: none of these is.
    ``lasts_over_hours``: the text speaks of a time that is longer. ``phone``: it holds a phone number.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    phrases: Names = ()
    near: Names = ()
    without: Names = ()
    lasts_over_hours: float | None = None
    phone: bool = False
    min_chars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsRule:
    """Holds when enough rows of a record dataset fit.

    ``where``: column -> values of which it has one. ``filled``: columns that all hold something real. ``filled_any``:
    at least one of them does. ``blank``: columns that hold nothing. ``over``: column -> number it must exceed.
    ``test`` reads the columns ``fields`` joined. ``share`` is the part of the dataset's rows (after ``where``) that
    must fit. ``same``: columns in which all rows of the dataset have one value ("a plan with a single team").
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["records"]
    dataset: str
    where: Mapping[str, Names] = field(default_factory=dict)
    filled: Names = ()
    filled_any: Names = ()
    blank: Names = ()
    over: Mapping[str, float] = field(default_factory=dict)
    fields: Names = ("text",)
    test: TextTest = field(default_factory=TextTest)
    at_least: int = 1
    share: Share = 0.0
    same: Names = ()
    confidence: Share = 0.95
    reason: str = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """Holds when sections mapped to the elements ``of`` (and their subsections) have real content of their own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["section"]
    of: Names
    heading: TextTest = field(default_factory=TextTest)
    test: TextTest = field(default_factory=TextTest)
    min_chars: int = 40
    confidence: Share = 0.8
    reason: str = "found_in_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """Holds when a passage says it: a paragraph, list item, heading or table cell.

    ``within``: only passages under sections mapped to these elements. ``outside``: none under sections mapped to these
    elements or their parts. ``under``: only passages whose section's heading, or one above it, says this. ``headings``:
    headings count too, for text that was taken for one. The checklist, the table of contents and the preface never
    count.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["text"]
    test: TextTest
    within: Names = ()
    outside: Names = ()
    under: TextTest = field(default_factory=TextTest)
    headings: bool = False
    at_least: int = 1
    confidence: Share = 0.75
    reason: str = "found_in_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRule:
    """Holds when a short line says it and real content follows in the same section: a heading that was not seen as one.

    Only for words that hardly stand in a line by themselves otherwise. ``follow`` is what one of the ``reach`` passages
    that follow must say.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["lead"]
    test: TextTest
    max_chars: int = 80
    follow_chars: int = 40
    reach: int = 3
    follow: TextTest = field(default_factory=TextTest)
    confidence: Share = 0.65
    reason: str = "found_in_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """Holds when tables of these kinds have filled cells.

    In the columns under a head that says ``columns``; in the rows whose label says ``rows``; in the row of a cell that
    passes ``beside``; without any of these anywhere in the body. Only tables with a head for each of ``heads``, or for
    ``heads_from`` of them. With ``words`` a cell counts only where it holds more than numbers and phones, which name
    nobody.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["table"]
    kinds: tuple[TableKind, ...]
    dimension: Dimension | None = None
    heads: Names = ()
    heads_from: int | None = None
    columns: Names = ()
    rows: Names = ()
    beside: TextTest | None = None
    words: bool = False
    at_least: int = 1
    confidence: Share = 0.7
    reason: str = "found_in_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRule:
    """Holds when the files sent for the plan have all these formats."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    rule: Literal["submission"]
    formats: tuple[Literal["word", "pdf"], ...]
    confidence: Share = 0.95
    reason: str = "found_files"


Rule = Annotated[
    RecordsRule | SectionRule | TextRule | LeadRule | TableRule | SubmissionRule, Field(discriminator="rule")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an element would stand: what is empty there makes it partial, what cannot be read makes it unreadable.

    ``sections``: mapped to these elements. ``tables``: of these kinds; of a table about one ``dimension`` the whole,
    else only what ``columns`` (a head says it), ``rows`` (a row's label says it) or ``beside`` (the row of a cell that
    passes) name. ``heading``: what the headings of the ``sections`` must pass. ``around``: sections of the whole that
    the element is a part of; only their being empty counts.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    sections: Names = ()
    heading: TextTest = field(default_factory=TextTest)
    tables: tuple[TableKind, ...] = ()
    dimension: Dimension | None = None
    columns: Names = ()
    rows: Names = ()
    beside: TextTest | None = None
    around: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCriteria:
    """All that decides one element. ``revise_th``: what the agency should do.

    ``mention``: words that only name it; with them alone it is missing, and they are shown. ``nearest``: words near it
    that are shown beside a "missing" and decide nothing.
    ``declared_incidents``: incidents whose checklist line also declares this element.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    present: tuple[Rule, ...] = ()
    partial: tuple[Rule, ...] = ()
    place: Place = field(default_factory=Place)
    mention: Names = ()
    nearest: Names = ()
    revise_th: str
    declared_incidents: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Parts whose words are no evidence of what the plan does.

    ``elements``: sections mapped to these elements or "none.…" labels. ``tables``: of these kinds. ``headings``: phrase
    sets that a section's heading says. ``quotation``: phrase sets by which a passage is a quotation or a definition.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    elements: Names = ()
    tables: tuple[TableKind, ...] = ()
    headings: Names = ()
    quotation: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaFile:
    """The whole of criteria.yaml.

    ``prompts``: phrase sets of a form's own words, which are no content. ``introductions``: of sentences that only lead
    to what follows, which are none either.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    schema: str
    version: str
    phrases: Mapping[str, Names]
    prompts: Names = ()
    introductions: Names = ()
    no_evidence: Zones = field(default_factory=Zones)
    elements: Mapping[str, ElementCriteria]
