"""Values that pass between the stages after mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from docmodel.document import NormalizedDocument
from docmodel.mapping import SchemaMapping
from docmodel.outline import Outline
from docmodel.vocabulary import AgencyType, DocumentClass
from pipeline.datasets.rows import (
    BiaProcessRow,
    CallTreeRow,
    ChecklistItemRow,
    DigitalServiceRow,
    ImpactRow,
    IncidentRow,
    RecoveryStepRow,
    ResourceRequirementRow,
    StatementRow,
    StrategyRow,
    TeamMemberRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedDocument:
    """A document with its outline and what each part of it means."""

    document: NormalizedDocument
    outline: Outline
    mapping: SchemaMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose document it is and of what kind. None where the document does not say."""

    document_class: DocumentClass
    class_confidence: float
    class_reason: str
    agency_name: str | None = None
    agency_type: AgencyType | None = None
    province: str | None = None
    title: str | None = None
    plan_year_be: int | None = None
    plan_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records of one plan."""

    statements: tuple[StatementRow, ...] = field(default=())
    incidents: tuple[IncidentRow, ...] = field(default=())
    impacts: tuple[ImpactRow, ...] = field(default=())
    team_members: tuple[TeamMemberRow, ...] = field(default=())
    strategies: tuple[StrategyRow, ...] = field(default=())
    bia_processes: tuple[BiaProcessRow, ...] = field(default=())
    resource_requirements: tuple[ResourceRequirementRow, ...] = field(default=())
    recovery_steps: tuple[RecoveryStepRow, ...] = field(default=())
    call_tree: tuple[CallTreeRow, ...] = field(default=())
    checklist_items: tuple[ChecklistItemRow, ...] = field(default=())
    digital_services: tuple[DigitalServiceRow, ...] = field(default=())
