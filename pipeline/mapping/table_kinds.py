"""What a table is for: its columns decide first, then its caption, then the section it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from docmodel.mapping import Candidate, MatchOutcome, TableMatch
from docmodel.table import Table
from docmodel.vocabulary import Dimension, TableKind
from pipeline.mapping.form_tables import is_form_table
from pipeline.mapping.kind_evidence import column_scores
from pipeline.mapping.lexicon import load_lexicon
from pipeline.table_view import TableView, view_table
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# Without columns that say it, a caption is a fair hint and a section a weak one: sections lie about their tables.
CAPTION_SCORE = 0.66
SECTION_SCORE = 0.56
# With columns, the surroundings only settle what the columns leave open.
CAPTION_BONUS = 0.12
SECTION_BONUS = 0.08
MATCHED_SCORE = 0.55
AMBIGUOUS_GAP = 0.04
ONE_DIMENSION_KINDS = frozenset({TableKind.RESOURCES, TableKind.STRATEGY})
# A line that says what the next table is about: "๓) ความต้องการด้าน…", with a number that may be misread.
_ANNOUNCES = re.compile(r"^\s*\S{0,4}\s*(?:(?:การระบุ)?ความต้องการ|ทรัพยากร)?\s*ด้าน")
_DIMENSIONS = {dimension.value: dimension for dimension in Dimension}
# A lead paragraph longer than this is prose that may name every dimension.
MAX_LEAD_CHARS = 160
# Two dimensions joined by these are both meant; a second one that only explains the first is not.
_BOTH = frozenset({"และ", "และด้าน", "กับ", "กับด้าน"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionContext:
    """What stands around a table.

    ``element_ids`` are the labels of its section, the main one first; ``headings`` the heading of the section and of
    those above it, nearest first; ``lead_texts`` the last paragraphs before the table, nearest first.
    """

    section_id: str | None = None
    element_ids: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    lead_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """What a table says by itself, whatever stands around it: its columns and rows, whether it is a form of a whole
    plan, and how well it fits each kind (0–1)."""

    view: TableView
    is_form: bool
    scores: dict[TableKind, float]


def read_table(table: Table, vocabulary: Vocabulary) -> TableReading:
    """Read a table that has been understood (its header rows are known)."""
    view = view_table(table, vocabulary)
    return TableReading(
        view=view,
        is_form=is_form_table(table, load_lexicon(vocabulary.schema_id)),
        scores=column_scores(view, vocabulary),
    )


def classify_table(reading: TableReading, context: SectionContext, vocabulary: Vocabulary) -> TableMatch:
    """Say what a table is for, with a score and the other kinds that were weighed.

    A table that fits none is of kind OTHER, unmatched.
    """
    table, view, scores = reading.view.table, reading.view, reading.scores
    if reading.is_form:  # its parts are sections of their own
        return TableMatch(
            table_id=table.table_id,
            section_id=context.section_id,
            kind=TableKind.OTHER,
            outcome=MatchOutcome.UNMATCHED,
            score=1.0,
        )
    caption_kind = _caption_kind(table, context, vocabulary)
    section_kinds = _section_kinds(context, vocabulary)
    if _is_contact_list(view, section_kinds):
        scores = {TableKind.CALL_TREE: CAPTION_SCORE}
    candidates = []
    for kind in TableKind:
        if kind is TableKind.OTHER:
            continue
        by_columns = scores.get(kind, 0.0)
        score, method = by_columns, "table_columns"
        if kind is caption_kind:
            score, method = (score + CAPTION_BONUS, method) if by_columns >= 0.5 else (CAPTION_SCORE, "caption")
        if kind in section_kinds:
            score, method = (score + SECTION_BONUS, method) if score >= 0.5 else (SECTION_SCORE, "section")
        if score > 0:
            candidates.append(Candidate(label=kind, score=min(score, 1.0), method=method))
    candidates.sort(key=lambda candidate: -candidate.score)
    return _match(table, context, vocabulary, tuple(candidates))


def _is_contact_list(view: TableView, section_kinds: set[TableKind]) -> bool:
    """Whether a table under a call tree's heading only lists whom to reach: names and phones without roles."""
    if TableKind.CALL_TREE not in section_kinds or TableKind.TEAM in section_kinds:
        return False
    concepts = frozenset().union(*(column.concepts for column in view.columns))
    return {"name", "phone"} <= concepts and not concepts & {"role", "main", "backup", "caller", "callee"}


def _match(
    table: Table, context: SectionContext, vocabulary: Vocabulary, candidates: tuple[Candidate, ...]
) -> TableMatch:
    best = candidates[0] if candidates else None
    if best is None or best.score < MATCHED_SCORE:
        return TableMatch(
            table_id=table.table_id,
            section_id=context.section_id,
            kind=TableKind.OTHER,
            outcome=MatchOutcome.UNMATCHED,
            score=1.0 - best.score if best else 1.0,
            candidates=candidates,
        )
    close = len(candidates) > 1 and best.score - candidates[1].score < AMBIGUOUS_GAP
    return TableMatch(
        table_id=table.table_id,
        section_id=context.section_id,
        kind=TableKind(best.label),
        outcome=MatchOutcome.AMBIGUOUS if close else MatchOutcome.MATCHED,
        score=best.score,
        dimension=find_dimension(table, context, vocabulary) if best.label in ONE_DIMENSION_KINDS else None,
        candidates=candidates,
    )


def find_dimension(table: Table, context: SectionContext, vocabulary: Vocabulary) -> Dimension | None:
    """The resource dimension that a whole table is about: by caption, section, lead line or heading; None without."""
    announcing = [text for text in context.lead_texts if _ANNOUNCES.match(text)]
    for text in (table.caption or "", *announcing):
        if len(text) <= MAX_LEAD_CHARS and (named := _single_dimension(text, vocabulary)) is not None:
            return named
    for element_id in context.element_ids:
        suffix = element_id.rpartition(".")[2]
        if suffix in _DIMENSIONS:
            return _DIMENSIONS[suffix]
    for text in (*context.lead_texts, *context.headings):
        if len(text) <= MAX_LEAD_CHARS and (named := _single_dimension(text, vocabulary)) is not None:
            return named
    return None


def _single_dimension(text: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension that a line names first, None where it names three or more, or two alike."""
    found = vocabulary.dimensions.find_all(text)
    if not found or len({match.label for match in found}) > 2:
        return None
    words = compact(text)
    for first, second in pairwise(found):
        between = words[first.start + first.length : second.start]
        if first.label is not second.label and between in _BOTH:
            return None
    return found[0].label


def _caption_kind(table: Table, context: SectionContext, vocabulary: Vocabulary) -> TableKind | None:
    texts = [table.caption or "", *(text for text in context.lead_texts[:2] if len(text) <= MAX_LEAD_CHARS)]
    for text in texts:
        found = vocabulary.captions.find(text) if text else None
        if found:
            return found.label
    return None


def _section_kinds(context: SectionContext, vocabulary: Vocabulary) -> set[TableKind]:
    return {
        kind
        for kind, prefixes in vocabulary.elements.items()
        if any(element.startswith(prefix) for prefix in prefixes for element in context.element_ids)
    }
