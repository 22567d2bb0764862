"""How well the columns and rows of a table fit each kind (0–1).

What the heads say is asked first: what the rows say takes longer to tell.
"""

from __future__ import annotations

from docmodel.vocabulary import TableKind
from pipeline.mapping.table_features import TableFeatures
from pipeline.table_view import TableView
from pipeline.vocabulary import Vocabulary

# A cell that says what is done is longer than a name.
MIN_STEP_LENGTH = 10
# "งาน" over what is done goes from phase to phase; what must be back by when names one or two.
MANY_PHASES = 3
# A dimension, what happens to it, how bad that is, and a number or a note.
MAX_HARM_COLS = 5
_UNTOLD = frozenset({"name", "phone", "number", "position", "backup", "note"})
_WHO_DOES_WHAT = frozenset({"role", "responsible", "position", "name", "number", "group", "main", "backup", "note"})
# Heads of tables that say of dimensions something else than what is done for them.
_NO_STRATEGY = frozenset({"step", "impact", "incident", "process", "quantity", "unit", "role", "phase"})
SURE, LIKELY, POSSIBLE, WEAK = 0.85, 0.75, 0.65, 0.5


def column_scores(view: TableView, vocabulary: Vocabulary) -> dict[TableKind, float]:
    """A score for each kind that the columns or rows speak for."""
    found = TableFeatures(view, vocabulary)
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


def _impact_score(found: TableFeatures) -> float:
    if found.buckets >= 2:
        return 0.0
    marked = found.mark_share >= 0.6
    if found.dimension_columns >= 3:
        if found.incident_rows >= 2 or (found.incident_rows and (marked or "incident" in found.concepts)):
            return SURE + (0.1 if marked else 0.0)
        return POSSIBLE if "incident" in found.concepts else 0.0
    if found.incident_columns >= 2 and found.dimension_rows >= 3:
        return SURE + (0.1 if marked else 0.0)
    if found.dimension_columns >= 2 and marked and found.incident_rows:
        return LIKELY
    if _says_harm(found):
        return LIKELY
    return POSSIBLE if "impact" in found.concepts and found.incident_rows >= 2 else 0.0


def _says_harm(found: TableFeatures) -> bool:
    """Whether a table says of most dimensions or of several incidents, in words of its own, what happens, and not what
    is done."""
    if {"strategy", "step", "responsible", "quantity", "process"} & found.concepts or found.n_cols > MAX_HARM_COLS:
        return False
    return found.harm_share >= 0.6 and (found.dimension_rows >= 3 or found.incident_rows >= 2)


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
    if "name" in people and people & {"phone", "role"}:
        return SURE if "role" in people or found.person_share >= 0.3 else LIKELY
    if len(people) >= 2 and ("name" in people or found.person_share >= 0.3):
        return LIKELY
    if found.rows >= 2 and found.person_share >= 0.6:
        return POSSIBLE
    # heads that nobody listed, over cells that say "หัวหน้า" and "ผู้ประสานงาน" beside posts
    untold = found.own <= _UNTOLD and found.post_share >= 0.6
    return LIKELY if untold and len(found.role_rows) == 2 else 0.0


def _strategy_score(found: TableFeatures) -> float:
    if found.buckets >= 2:
        return 0.0
    if "strategy" in found.concepts:
        if found.dimension_rows >= 2:
            return SURE + 0.1
        return LIKELY if {"resource", "dimension"} & found.concepts else WEAK
    if not found.own & _NO_STRATEGY and found.measure_share >= 0.5 and found.dimension_rows >= 3:
        return LIKELY
    wordy = found.mean_length >= 30 and found.mark_share < 0.3
    if found.n_cols <= 4 and wordy and found.dimension_rows >= 3 and not _says_harm(found):
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
    says_rank, says_time = "urgency" in found.concepts, bool({"rto", "mtpd"} & found.concepts)
    return (says_rank or says_time) and (says_rank or found.has_levels) and (says_time or found.has_times)


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
        if {"responsible", "done"} & found.concepts and found.phase_rows >= 2:
            return LIKELY if "strategy" not in found.own else 0.0
        timed = "phase" in found.own and found.mean_length >= MIN_STEP_LENGTH and found.phase_rows >= 2
        others = {"strategy", "resource"} if found.phase_rows >= MANY_PHASES else {"strategy", "resource", "process"}
        return POSSIBLE if timed and not found.own & others else 0.0
    if _ranks_by_time(found) and "done" not in found.concepts:
        return WEAK
    if {"responsible", "done"} & found.concepts or ("role" in found.concepts and "name" not in found.concepts):
        return SURE if "strategy" not in found.own or "done" in found.concepts else POSSIBLE
    return POSSIBLE if found.mean_length >= 15 else WEAK


def _call_tree_score(found: TableFeatures) -> float:
    if {"caller", "callee"} <= found.own:
        return SURE + 0.1
    return POSSIBLE if "callee" in found.own and "phone" in found.concepts else 0.0
