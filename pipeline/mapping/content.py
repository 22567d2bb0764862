"""What stands under a heading: the kinds of its tables, and the words of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import TableBlock, TextBlock
from docmodel.mapping import Candidate, MatchOutcome, TableMatch
from docmodel.outline import Section
from docmodel.table import Table
from docmodel.vocabulary import Dimension, TableKind
from normalizers.text import thai_skeleton
from pipeline.mapping.columns import match_columns
from pipeline.mapping.lexicon import Lexicon
from pipeline.mapping.table_kinds import SectionContext, TableReading, classify_table
from pipeline.vocabulary import Vocabulary

# A table of a known kind says what its section holds nearly as surely as a clear heading.
TABLE_WEIGHT: Final = 0.9
# How a candidate says that it stands for what a table is.
TABLE_METHOD: Final = "table_columns"
# Below this a table's kind is a guess from its caption or place and says nothing new about the section.
SURE_TABLE: Final = 0.68
# Words alone never make a match: many parts of a plan speak of the same things.
MAX_VOCABULARY: Final = 0.45
PER_WORD: Final = 0.15
MAX_TEXT_CHARS: Final = 20_000
MAX_LEADS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a section holds. ``tables`` are the labels of its tables, surest first; ``either`` the
    groups of labels of which a table means one; ``perhaps`` the labels of tables that do not say it by themselves;
    ``phased`` the label of steps where its text goes from phase to phase; ``words`` the labels that the vocabulary of
    its text speaks for; ``has_text`` whether there is any text or table at all."""

    tables: tuple[Candidate, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    perhaps: frozenset[str] = frozenset()
    listed: tuple[Candidate, ...] = ()
    words: tuple[Candidate, ...] = ()
    has_text: bool = False
    has_tables: bool = False
    text_length: int = 0

    def word_score(self, label: str) -> float:
        """What the vocabulary gives a label, 0 where it gives nothing."""
        return max((candidate.score for candidate in self.words if candidate.label == label), default=0.0)


def read_content(
    section: Section,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    *,
    labels: dict[TableKind, tuple[str, ...]],
    readings: Mapping[str, TableReading],
    listed: Candidate | None = None,
) -> Content:
    """What a section's blocks say by themselves, its heading left aside. ``labels`` name the labels of each kind,
    ``readings`` what each table says, by its id; ``listed`` is what the lines of the section tell."""
    text = " ".join(block.text for block in section.text_blocks())[:MAX_TEXT_CHARS]
    matches = tuple(_match_tables(section, vocabulary, readings))
    tables = tuple(_table_labels(matches, labels))
    return Content(
        tables=tuple(sorted((found[0] for found in tables if len(found) == 1), key=lambda candidate: -candidate.score)),
        either=tuple(tuple(candidate.label for candidate in found) for found in tables if len(found) > 1),
        perhaps=frozenset(_unsure_labels(matches, labels)),
        listed=() if listed is None else (listed,),
        words=(*_word_labels(text, lexicon), *_column_labels(section, lexicon)),
        has_text=bool(text.strip()) or any(True for _ in section.table_blocks()),
        has_tables=any(True for _ in section.table_blocks()),
        text_length=len(text),
    )


def _match_tables(
    section: Section, vocabulary: Vocabulary, readings: Mapping[str, TableReading]
) -> Iterator[TableMatch]:
    """What each table of a section is for, by itself and the lines before it."""
    for table, leads in tables_with_leads(section):
        context = SectionContext(section_id=section.section_id, lead_texts=leads)
        yield classify_table(readings[table.table_id], context, vocabulary)


def _table_labels(
    matches: Sequence[TableMatch], labels: dict[TableKind, tuple[str, ...]]
) -> Iterator[tuple[Candidate, ...]]:
    """For each table of a sure kind the labels that it can mean."""
    for match in matches:
        if match.outcome is MatchOutcome.UNMATCHED or match.score < SURE_TABLE or match.kind not in labels:
            continue
        best = match.candidates[0] if match.candidates else None
        dimension = match.dimension if match.kind is TableKind.RESOURCES else None
        yield tuple(
            Candidate(
                label=_with_dimension(label, dimension),
                score=round(TABLE_WEIGHT * match.score, 4),
                method=best.method if best is not None else "table_columns",
                term=(best.term if best is not None else None) or match.kind.value,
            )
            for label in labels[match.kind]
        )


def _unsure_labels(matches: Sequence[TableMatch], labels: dict[TableKind, tuple[str, ...]]) -> Iterator[str]:
    """The labels of tables whose columns only hint at a kind, each the likeliest of its table."""
    for match in matches:
        best = next(iter(match.candidates), None)
        if best is not None and best.score < SURE_TABLE and best.method == "table_columns":
            yield from labels.get(TableKind(best.label), ())


def _with_dimension(label: str, dimension: Dimension | None) -> str:
    return f"{label}.{dimension.value}" if dimension is not None else label


def tables_with_leads(section: Section) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """Each table of a section with the last paragraphs before it, nearest first."""
    leads: list[str] = []
    for block in section.blocks:
        if isinstance(block, TextBlock) and block.text.strip():
            leads.append(block.text.strip())
        elif isinstance(block, TableBlock):
            yield block.table, tuple(reversed(leads[-MAX_LEADS:]))


def _word_labels(text: str, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """The labels whose words stand in the text, a little for each different word."""
    key = thai_skeleton(text)
    if not key:
        return ()
    found = []
    for label, phrases in lexicon.contents.items():
        hits = [phrase for phrase in phrases if phrase.key in key]
        if hits:
            score = min(MAX_VOCABULARY, PER_WORD * len(hits))
            found.append(Candidate(label=label, score=round(score, 4), method="vocabulary", term=hits[0].text))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _column_labels(section: Section, lexicon: Lexicon) -> Iterator[Candidate]:
    """What the column heads of the section's tables speak for, as weak as words: the kinds of tables decide."""
    for block in section.table_blocks():
        heads = [cell.text for cell in block.table.cells if cell.is_header]
        labels = [label for label in match_columns(heads, lexicon) if label is not None]
        for label in dict.fromkeys(labels):
            score = min(MAX_VOCABULARY, PER_WORD * labels.count(label))
            yield Candidate(label=label, score=round(score, 4), method="columns")


def best_per_label(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """The best candidate of each label."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.label not in best or candidate.score > best[candidate.label].score:
            best[candidate.label] = candidate
    return best
