"""Records: what the plan says, row by row, whatever format it came in."""

from __future__ import annotations

from pipeline.records.bia import read_bia_processes
from pipeline.records.call_tree import read_call_tree
from pipeline.records.checklist import read_checklist_items
from pipeline.records.context import RecordContext
from pipeline.records.digital import read_digital_services
from pipeline.records.impacts import read_impacts
from pipeline.records.incidents import read_incidents
from pipeline.records.resources import read_resource_requirements
from pipeline.records.statements import read_statements
from pipeline.records.steps import read_recovery_steps
from pipeline.records.strategies import read_strategies
from pipeline.records.team import read_team_members
from pipeline.values import MappedDocument, Records
from pipeline.vocabulary import Vocabulary, load_vocabulary

__all__ = ["build_records"]


def build_records(mapped: MappedDocument, vocabulary: Vocabulary | None = None) -> Records:
    """All records of a plan, each with the place it was read from.

    ``vocabulary`` is the schema's own where none is given.
    """
    context = RecordContext(mapped=mapped, vocabulary=vocabulary or load_vocabulary(mapped.mapping.schema_id))
    statements = read_statements(context)
    impacts = read_impacts(context)
    checklist_items = read_checklist_items(context)
    recovery_steps = read_recovery_steps(context)
    return Records(
        statements=statements,
        incidents=read_incidents(context, statements, checklist_items, recovery_steps),
        impacts=impacts,
        team_members=read_team_members(context),
        strategies=read_strategies(context),
        bia_processes=read_bia_processes(context),
        resource_requirements=read_resource_requirements(context),
        recovery_steps=recovery_steps,
        call_tree=read_call_tree(context),
        checklist_items=checklist_items,
        digital_services=read_digital_services(context),
    )
