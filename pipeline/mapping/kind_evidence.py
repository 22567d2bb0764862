"""How well the columns and rows of a table fit each kind (0–1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docmodel.vocabulary import TableKind
from normalizers.durations import parse_duration
from normalizers.marks import Mark, is_blank, read_mark
from normalizers.tables import RowRole
from pipeline.records.people import starts_with_title
from pipeline.table_view import TableView
from pipeline.vocabulary import Vocabulary

# A longer first cell is a text that may name anything, not the name of its row.
MAX_LABEL_CHARS = 120
# A table tells its kind in its first rows; a long one is not read to its end for it.
MAX_SAMPLE_ROWS = 60
MAX_WORDS = 12
# A column is one of levels or times when all its cells are; a level or time is short.
MIN_VALUES, MAX_VALUE_CHARS = 2, 20
# A cell that says what is done is longer than a name.
MIN_STEP_LENGTH = 10
_WHO_DOES_WHAT = frozenset({"role", "responsible", "position", "name", "number", "group", "main", "backup", "note"})
SURE, LIKELY, POSSIBLE, WEAK = 0.85, 0.75, 0.65, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFeatures:
    """What was counted in a table: concepts of its heads, dimensions and incidents in heads and rows, marks."""

    concepts: frozenset[str]
    own: frozenset[str]
    dimension_columns: int
    incident_columns: int
    buckets: int
    dimension_rows: int
    incident_rows: int
    phase_rows: int
    person_rows: int
    rows: int
    n_cols: int
    has_levels: bool
    has_times: bool
    mark_share: float
    bucket_marks: float
    box_share: float
    mean_length: float


def column_scores(view: TableView, vocabulary: Vocabulary) -> dict[TableKind, float]:
    """A score for each kind that the columns or rows speak for."""
    found = find_features(view, vocabulary)
    scores = {
        TableKind.IMPACT_MATRIX: _impact_score(found),
        TableKind.CHECKLIST: _checklist_score(found),
        TableKind.DIGITAL_SERVICES: _digital_score(found),
        TableKind.TEAM: _team_score(found),
        TableKind.STRATEGY: _strategy_score(found),
        TableKind.BIA: _bia_score(found),
        TableKind.RESOURCES: _resources_score(found),
        TableKind.RECOVERY_STEPS: _steps_score(found),
        TableKind.CALL_TREE: _call_tree_score(found),
    }
    return {kind: score for kind, score in scores.items() if score > 0}


def find_features(view: TableView, vocabulary: Vocabulary) -> TableFeatures:
    """Count what a table's heads and rows say."""
    columns = view.columns
    rows = [row for row in view.body_rows if view.roles[row] is not RowRole.TOTAL][:MAX_SAMPLE_ROWS]
    heads = [" ".join(view.text(row, col) for col in range(min(2, view.table.n_cols))) for row in rows]
    labels = [text for text in heads if len(text) < MAX_LABEL_CHARS]
    behind = range(1 if view.table.n_cols > 1 else 0, view.table.n_cols)  # a table of one column has its values there
    values = [view.own_text(row, col) for row in rows for col in behind]
    marks = [read_mark(text) for text in values]
    texts = [text for text in values if text]
    return TableFeatures(
        concepts=frozenset().union(*(column.concepts for column in columns)),
        own=frozenset().union(*(column.own for column in columns)),
        dimension_columns=len(
            {column.dimension for column in columns if column.dimension and "strategy" not in column.own}
        ),
        incident_columns=len({column.incident for column in columns if column.incident}),
        buckets=len(view.buckets),
        dimension_rows=len({vocabulary.dimensions.label(text) for text in labels} - {None}),
        incident_rows=len({vocabulary.incidents.label(text) for text in labels} - {None}),
        phase_rows=len({vocabulary.phases.label(text) for text in labels} - {None}),
        person_rows=sum(1 for row in rows if _has_person(view.row_text(row), vocabulary)),
        rows=len(rows),
        n_cols=view.table.n_cols,
        has_levels=any(
            _all_are(view, rows, col, lambda text: bool(vocabulary.urgency.find_all(text)))
            for col in range(1, view.table.n_cols)
        ),
        has_times=any(
            _all_are(view, rows, col, lambda text: parse_duration(text) is not None)
            for col in range(1, view.table.n_cols)
        ),
        mark_share=sum(1 for mark in marks if mark.mark is not Mark.NONE) / len(marks) if marks else 0.0,
        bucket_marks=_share_of_marks([view.own_text(row, column.index) for row in rows for column in view.buckets]),
        box_share=sum(1 for text in texts if text[0] in "☐☑☒") / len(texts) if texts else 0.0,
        mean_length=sum(len(text) for text in texts) / len(texts) if texts else 0.0,
    )


def _share_of_marks(texts: list[str]) -> float:
    """The share of ticks among the texts that say something."""
    said = [text for text in texts if not is_blank(text)]
    return sum(read_mark(text).mark is Mark.TICKED for text in said) / len(said) if said else 0.0


def _all_are(view: TableView, rows: list[int], col: int, test: Callable[[str], bool]) -> bool:
    """Whether a column has two cells or more that say something, all short and all passing a test."""
    texts = [text for row in rows if not is_blank(text := view.own_text(row, col))]
    return len(texts) >= MIN_VALUES and all(len(text) <= MAX_VALUE_CHARS and test(text) for text in texts)


def _has_person(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a person's title begins one of the words of a row."""
    words = text.split()
    return any(starts_with_title(" ".join(words[at : at + 2]), vocabulary) for at in range(min(len(words), MAX_WORDS)))


def _impact_score(found: TableFeatures) -> float:
    if found.buckets >= 2:
        return 0.0
    marked = found.mark_share >= 0.6
    if found.dimension_columns >= 3:
        if found.incident_rows >= 2 or (found.incident_rows and (marked or "incident" in found.concepts)):
            return SURE + (0.1 if marked else 0.0)
        return POSSIBLE if "incident" in found.concepts else 0.0
    if found.dimension_rows >= 3 and found.incident_columns >= 2:
        return SURE + (0.1 if marked else 0.0)
    if found.dimension_columns >= 2 and found.incident_rows and marked:
        return LIKELY
    return POSSIBLE if "impact" in found.concepts and found.incident_rows >= 2 else 0.0


def _checklist_score(found: TableFeatures) -> float:
    if {"yes", "no"} <= found.concepts:
        return SURE + 0.1
    if "check_item" in found.concepts and found.concepts & {"yes", "no"}:
        return SURE
    return LIKELY if "check_item" in found.own and found.box_share >= 0.5 else 0.0


def _digital_score(found: TableFeatures) -> float:
    if "service_target" in found.concepts:
        return SURE
    heads = "mission" in found.own and "system" in found.own
    others = {"urgency", "rto", "mtpd", "responsible", "step", "strategy"} & found.concepts
    return SURE if heads and found.n_cols <= 4 and not found.buckets and not others else 0.0


def _team_score(found: TableFeatures) -> float:
    if found.buckets or {"yes", "no"} <= found.concepts:
        return 0.0
    people = {"name", "position", "phone", "role"} & found.concepts
    if {"main", "backup"} <= found.concepts:
        return SURE + 0.1
    posts = people & {"position", "name", "phone"} or "responsible" in found.concepts
    if "backup" in found.concepts and "role" in found.concepts and posts:
        return SURE
    if {"role", "phone"} <= people and "responsible" in found.concepts and "step" not in found.own:
        return SURE  # "ตำแหน่งในแผน | ผู้ปฏิบัติ | โทร": who does it, and how to reach them
    if {"role", "responsible"} <= found.own <= _WHO_DOES_WHAT:
        return LIKELY  # "ตำแหน่งในทีม | ผู้ปฏิบัติ | หน้าที่", and nothing else
    share = found.person_rows / found.rows if found.rows else 0.0
    if "name" in people and people & {"phone", "role"}:
        return SURE if share >= 0.3 or "role" in people else LIKELY
    if len(people) >= 2 and ("name" in people or share >= 0.3):
        return LIKELY
    return POSSIBLE if share >= 0.6 and found.rows >= 2 else 0.0


def _strategy_score(found: TableFeatures) -> float:
    if found.buckets >= 2:
        return 0.0
    if "strategy" in found.concepts:
        if found.dimension_rows >= 2:
            return SURE + 0.1
        return LIKELY if {"resource", "dimension"} & found.concepts else WEAK
    wordy = found.mean_length >= 30 and found.mark_share < 0.3
    if found.dimension_rows >= 3 and wordy and found.n_cols <= 4:
        return LIKELY if "step" not in found.own else WEAK
    return WEAK if found.dimension_columns >= 3 and wordy and found.incident_rows == 0 else 0.0


def _bia_score(found: TableFeatures) -> float:
    if _ranks_by_time(found):
        return SURE + 0.1
    if "process" not in found.concepts and "group" not in found.concepts:
        return 0.0
    names_processes = "process" in found.own and not found.buckets and "step" not in found.own
    if names_processes and (found.has_levels or (found.has_times and not found.concepts & {"phase", "done"})):
        return LIKELY
    if "urgency" in found.concepts:
        return SURE + 0.1
    if {"rto", "mtpd"} & found.concepts:
        return SURE if "step" not in found.own else WEAK
    if _ticks_processes(found):
        return SURE + 0.1
    ticked = found.mark_share >= 0.6 or (found.bucket_marks >= 0.8 and "process" in found.own)
    if found.buckets >= 2 and ticked and "resource" not in found.own:
        return LIKELY
    return WEAK if names_processes and found.n_cols == 1 else 0.0  # a list of names: its heading says what of


def _ticks_processes(found: TableFeatures) -> bool:
    """Whether a table only ticks for each process by when it must be back: no resource, source or amount."""
    if "process" not in found.own or found.buckets < 2 or found.bucket_marks < 0.8 or found.dimension_rows:
        return False
    # the word for a section of an agency heads needs of service providers, too
    named = found.own - ({"resource"} if "group" in found.own else frozenset())
    return not named & {"resource", "source", "quantity", "unit", "dimension", "strategy"}


def _ranks_by_time(found: TableFeatures) -> bool:
    """Whether a table says of each row how urgent it is and by when it must be back: only an impact analysis does."""
    ranked = "urgency" in found.concepts or found.has_levels
    timed = bool({"rto", "mtpd"} & found.concepts) or found.has_times
    return ranked and timed and ("urgency" in found.concepts or bool({"rto", "mtpd"} & found.concepts))


def _resources_score(found: TableFeatures) -> float:
    if {"urgency", "yes", "no", "rto", "mtpd"} & found.concepts:
        return 0.0
    if _ticks_processes(found):
        return WEAK
    if found.buckets >= 2:
        return SURE if {"resource", "source", "dimension", "quantity"} & found.concepts else LIKELY
    if found.dimension_columns >= 3 and found.incident_rows == 0 and "process" in found.concepts:
        return LIKELY
    if "resource" in found.own and {"quantity", "unit"} & found.concepts:
        return LIKELY
    return WEAK if {"source", "quantity"} & found.own and "name" not in found.own else 0.0


def _steps_score(found: TableFeatures) -> float:
    if found.buckets >= 2:
        return 0.0
    if "step" not in found.concepts:
        phased = found.phase_rows >= 2 and {"responsible", "done"} & found.concepts
        if phased:
            return LIKELY if "strategy" not in found.own else 0.0
        timed = found.phase_rows >= 2 and "phase" in found.own and found.mean_length >= MIN_STEP_LENGTH
        return POSSIBLE if timed and not found.own & {"strategy", "process", "resource"} else 0.0
    if _ranks_by_time(found) and "done" not in found.concepts:
        return WEAK
    if {"responsible", "done"} & found.concepts or ("role" in found.concepts and "name" not in found.concepts):
        return SURE if "strategy" not in found.own or "done" in found.concepts else POSSIBLE
    return POSSIBLE if found.mean_length >= 15 else WEAK


def _call_tree_score(found: TableFeatures) -> float:
    if {"caller", "callee"} <= found.own:
        return SURE + 0.1
    return POSSIBLE if "callee" in found.own and "phone" in found.concepts else 0.0
