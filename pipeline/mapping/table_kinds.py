"""What a table is for: its columns decide first, then its caption, then the section it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from docmodel.mapping import Candidate, MatchOutcome, TableMatch
from docmodel.table import Table
from docmodel.vocabulary import TableKind
from pipeline.vocabulary import Vocabulary


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


def classify_table(table: Table, context: SectionContext, vocabulary: Vocabulary) -> TableMatch:
    """Say what a table is for, with a score and the other kinds that were weighed.

    ``table`` has been understood (its header rows are known). A table that fits none is of kind OTHER, unmatched.
    """
    found = vocabulary.captions.find(table.caption or "")
    kind = TableKind(found.label) if found else TableKind.OTHER
    return TableMatch(
        table_id=table.table_id,
        section_id=context.section_id,
        kind=kind,
        outcome=MatchOutcome.MATCHED if found else MatchOutcome.UNMATCHED,
        score=found.score if found else 0.0,
        candidates=(Candidate(label=kind, score=1.0, method="caption", term=found.term),) if found else (),
    )
