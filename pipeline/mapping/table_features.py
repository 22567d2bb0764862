"""What a table's heads and rows say, counted when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from docmodel.vocabulary import Role
from normalizers.durations import parse_duration
from normalizers.marks import Mark, is_blank, read_mark
from normalizers.tables import RowRole
from pipeline.records.people import starts_with_title
from pipeline.table_view import TableView
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# A longer first cell is a text that may name anything, not the name of its row.
MAX_LABEL_CHARS = 120
# A table tells its kind in its first rows; a long one is not read to its end for it.
MAX_SAMPLE_ROWS = 60
MAX_WORDS = 12
# A column is one of levels or times when all its cells are; a level or time is short.
MIN_VALUES, MAX_VALUE_CHARS = 2, 20
_LEADING_ROLES = frozenset({Role.LEADER, Role.COORDINATOR})


@dataclass(frozen=True)
class TableFeatures:
    """Concepts of a table's heads, dimensions and incidents in heads and rows, marks.

    Most kinds are out of the question by the heads alone, and then nobody asks what the rows say.
    """

    view: TableView
    vocabulary: Vocabulary

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What all heads mean."""
        return frozenset().union(*(column.concepts for column in self.view.columns))

    @cached_property
    def own(self) -> frozenset[str]:
        """What the lowest heads mean."""
        return frozenset().union(*(column.own for column in self.view.columns))

    @cached_property
    def dimension_columns(self) -> int:
        """Dimensions that heads name, those of strategies left out."""
        columns = self.view.columns
        return len({column.dimension for column in columns if column.dimension and "strategy" not in column.own})

    @cached_property
    def incident_columns(self) -> int:
        """Incidents that heads name."""
        return len({column.incident for column in self.view.columns if column.incident})

    @cached_property
    def buckets(self) -> int:
        """Columns that are time buckets."""
        return len(self.view.buckets)

    @property
    def n_cols(self) -> int:
        """Columns of the table."""
        return self.view.table.n_cols

    @property
    def rows(self) -> int:
        """Rows of the body that are looked at."""
        return len(self._rows)

    @cached_property
    def dimension_rows(self) -> int:
        """Dimensions that names of rows say."""
        label = self.vocabulary.dimensions.label
        found = (label(self.view.text(row, 0)) or label(self._front(row)) for row in self._rows)
        return len(set(found) - {None})

    @cached_property
    def incident_rows(self) -> int:
        """Incidents that names of rows say."""
        return len({self.vocabulary.incidents.label(text) for text in self._labels} - {None})

    @cached_property
    def phase_rows(self) -> int:
        """Phases that names of rows say, or the cells of a column of times."""
        label = self.vocabulary.phases.label
        timed = [column.index for column in self.view.columns if "phase" in column.own and column.index > 1]
        named = len({label(text) for text in self._labels} - {None})
        return max(
            [named, *(len({label(self.view.own_text(row, col)) for row in self._rows} - {None}) for col in timed)]
        )

    @cached_property
    def person_share(self) -> float:
        """The share of rows that name a person (0–1)."""
        return _mean(_has_person(self.view.row_text(row), self.vocabulary) for row in self._rows)

    @cached_property
    def has_levels(self) -> bool:
        """Whether a column behind the first is one of levels."""
        return self._any_column(lambda text: bool(self.vocabulary.urgency.find_all(text)))

    @cached_property
    def has_times(self) -> bool:
        """Whether a column behind the first is one of times."""
        return self._any_column(lambda text: parse_duration(text) is not None)

    @cached_property
    def mark_share(self) -> float:
        """The share of values that are marks (0–1)."""
        return _mean(read_mark(text).mark is not Mark.NONE for text in self._values)

    @cached_property
    def bucket_marks(self) -> float:
        """The share of ticks among what stands in time buckets (0–1)."""
        texts = [self.view.own_text(row, column.index) for row in self._rows for column in self.view.buckets]
        return _mean(read_mark(text).mark is Mark.TICKED for text in texts if not is_blank(text))

    @cached_property
    def box_share(self) -> float:
        """The share of values that begin with a box (0–1)."""
        return _mean(text[0] in "☐☑☒" for text in self._values if text)

    @cached_property
    def harm_share(self) -> float:
        """The share of rows that say what happens to something (0–1)."""
        texts = (compact(" ".join(self._behind(row))) for row in self._rows)
        return _mean(any(word in text for word in self.vocabulary.harm) for text in texts)

    @cached_property
    def measure_share(self) -> float:
        """The share of rows with a cell that begins with what is done (0–1)."""
        verbs = self.vocabulary.measure_verbs
        return _mean(any(text.lstrip("- •").startswith(verbs) for text in self._behind(row)) for row in self._rows)

    @cached_property
    def role_rows(self) -> frozenset[Role]:
        """The roles of a team, the head's and the coordinator's, that cells state alone."""
        cells = (text for row in self._rows for col in range(self.n_cols) if (text := self.view.own_text(row, col)))
        found = (self.vocabulary.roles.find(text) for text in cells if len(text) <= MAX_VALUE_CHARS)
        return frozenset(match.label for match in found if match is not None) & _LEADING_ROLES

    @cached_property
    def post_share(self) -> float:
        """The share of rows that name a post or a person (0–1)."""
        starts = self.vocabulary.post_starts
        return _mean(
            any(self.view.own_text(row, col).startswith(starts) for col in range(self.n_cols)) for row in self._rows
        )

    @cached_property
    def mean_length(self) -> float:
        """How long the values are that say something."""
        return _mean(len(text) for text in self._values if text)

    @cached_property
    def _rows(self) -> list[int]:
        view = self.view
        return [row for row in view.body_rows if view.roles[row] is not RowRole.TOTAL][:MAX_SAMPLE_ROWS]

    @cached_property
    def _labels(self) -> list[str]:
        return [text for row in self._rows if (text := self._front(row))]

    def _front(self, row: int) -> str:
        """The first two cells of a row, which name it; '' where they hold a longer text."""
        text = " ".join(self.view.text(row, col) for col in range(min(2, self.n_cols)))
        return text if len(text) < MAX_LABEL_CHARS else ""

    @cached_property
    def _values(self) -> list[str]:
        return [text for row in self._rows for text in self._behind(row)]

    def _behind(self, row: int) -> list[str]:
        """The cells behind the name of a row; a table of one column has its values there."""
        return [self.view.own_text(row, col) for col in range(1 if self.n_cols > 1 else 0, self.n_cols)]

    def _any_column(self, test: Callable[[str], bool]) -> bool:
        """Whether a column behind the first has two cells or more that say something, all short and passing a test."""
        for col in range(1, self.n_cols):
            texts = [text for row in self._rows if not is_blank(text := self.view.own_text(row, col))]
            if len(texts) >= MIN_VALUES and all(len(text) <= MAX_VALUE_CHARS and test(text) for text in texts):
                return True
        return False


def _mean(counts: Iterable[int]) -> float:
    """The mean of some counts, 0 where there is none."""
    found = list(counts)
    return sum(found) / len(found) if found else 0.0


def _has_person(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a person's title begins one of the words of a row."""
    words = text.split()
    return any(starts_with_title(" ".join(words[at : at + 2]), vocabulary) for at in range(min(len(words), MAX_WORDS)))
