"""What an analyst should look at in a plan beside the verdicts."""

from __future__ import annotations

from docmodel.issue import Severity
from docmodel.vocabulary import DocumentClass
from pipeline.assess.findings import agency, declarations, gaps, needs, numbers, structure, team, texts, times
from pipeline.assess.findings.register import REGISTER, FindingContext, build_row
from pipeline.assess.plan_text import PlanText
from pipeline.datasets.rows import ComponentRow, FindingRow
from pipeline.values import Identity, Records

__all__ = ["CHECKS", "REGISTER", "find_findings"]

# Importing a module enters its checks into the register; their order here is the order of the findings.
CHECKS = (declarations, team, numbers, needs, times, gaps, structure, texts, agency)


def find_findings(
    plan: PlanText, identity: Identity, records: Records, components: tuple[ComponentRow, ...]
) -> tuple[FindingRow, ...]:
    """All findings of a plan, the gravest first; nothing for what is not a plan."""
    if identity.document_class is not DocumentClass.BCP_PLAN:
        return ()
    context = FindingContext(
        plan=plan,
        mapped=plan.mapped,
        identity=identity,
        records=records,
        components=components,
        schema=plan.schema,
    )
    document_id = plan.mapped.document.source.document_id
    kinds = sorted(REGISTER.values(), key=lambda kind: list(Severity).index(kind.severity))
    return tuple(build_row(kind, seen, document_id, plan.schema) for kind in kinds for seen in kind.check(context))
