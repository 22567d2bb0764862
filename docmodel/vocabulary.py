"""The closed sets of the datasets, as enums. Their values are the contract: they never change in a version."""

from __future__ import annotations

from enum import StrEnum


class DocumentStatus(StrEnum):
    """What became of an input file."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


class DocumentClass(StrEnum):
    """What kind of document it is. Only a plan gets component rows."""

    BCP_PLAN = "bcp_plan"
    GUIDELINE = "guideline"
    LETTER = "letter"
    REPORT = "report"
    OTHER = "other"
    UNKNOWN = "unknown"


class AgencyType(StrEnum):
    """Kind of public body."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"
    PROVINCE = "province"
    PROVINCIAL_OFFICE = "provincial_office"
    LOCAL_GOVERNMENT = "local_government"
    PUBLIC_ORGANIZATION = "public_organization"
    STATE_ENTERPRISE = "state_enterprise"
    UNIVERSITY = "university"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    OTHER = "other"


class TableKind(StrEnum):
    """What a table of a plan is for."""

    TEAM = "team"
    IMPACT_MATRIX = "impact_matrix"
    STRATEGY = "strategy"
    BIA = "bia"
    RESOURCES = "resources"
    RECOVERY_STEPS = "recovery_steps"
    CALL_TREE = "call_tree"
    CHECKLIST = "checklist"
    DIGITAL_SERVICES = "digital_services"
    OTHER = "other"


class Dimension(StrEnum):
    """The five kinds of resources that a plan looks at."""

    WORKPLACE = "workplace"
    EQUIPMENT = "equipment"
    IT = "it"
    PERSONNEL = "personnel"
    SERVICE_PROVIDERS = "service_providers"


class Incident(StrEnum):
    """Crisis incidents."""

    FLOOD = "flood"
    FIRE = "fire"
    PROTEST = "protest"
    PANDEMIC = "pandemic"
    POWER_OUTAGE = "power_outage"
    TERRORISM = "terrorism"
    STORM = "storm"
    EARTHQUAKE = "earthquake"
    DROUGHT = "drought"
    LANDSLIDE = "landslide"
    CYBER_ATTACK = "cyber_attack"
    IT_FAILURE = "it_failure"
    CHEMICAL_SPILL = "chemical_spill"
    BUILDING_COLLAPSE = "building_collapse"
    TRANSPORT_DISRUPTION = "transport_disruption"
    WAR = "war"
    CRIME = "crime"
    OTHER = "other"


class IncidentSource(StrEnum):
    """Where in the plan an incident is named."""

    SCOPE = "scope"
    IMPACT_MATRIX = "impact_matrix"
    CHECKLIST = "checklist"
    RECOVERY_STEPS = "recovery_steps"


class StatementKind(StrEnum):
    """What a statement of the introduction is."""

    OBJECTIVE = "objective"
    ASSUMPTION = "assumption"
    SCOPE = "scope"


class Slot(StrEnum):
    """Main person or backup."""

    MAIN = "main"
    BACKUP = "backup"


class Role(StrEnum):
    """Role in the continuity team."""

    LEADER = "leader"
    COORDINATOR = "coordinator"
    TEAM_LEADER = "team_leader"
    MEMBER = "member"
    OTHER = "other"


class Urgency(StrEnum):
    """Urgency of a process."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Phase(StrEnum):
    """Phase of the recovery."""

    IMMEDIATE = "immediate"
    SHORT_TERM = "short_term"
    MEDIUM_TERM = "medium_term"
    LONG_TERM = "long_term"
    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


class Declared(StrEnum):
    """What the agency's own checklist says of a line."""

    YES = "yes"
    NO = "no"
    BLANK = "blank"


class DigitalQuestion(StrEnum):
    """Questions of part 3 of the checklist."""

    ESERVICE_PLANNED = "eservice_planned"
    DIGITAL_IN_USE = "digital_in_use"
    DIGITAL_PLANNED = "digital_planned"
    INFRASTRUCTURE = "infrastructure"


class ElementLevel(StrEnum):
    """Level of an element in the schema."""

    COMPONENT = "component"
    SUBELEMENT = "subelement"
    REQUIREMENT = "requirement"
    ANNEX = "annex"


class ElementStatus(StrEnum):
    """The verdict on one element of one plan."""

    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_APPLICABLE = "not_applicable"


class Cause(StrEnum):
    """Why an element is anything but present."""

    ABSENT = "absent"
    MENTION_ONLY = "mention_only"
    TOC_ONLY = "toc_only"
    EMPTY_SECTION = "empty_section"
    UNFILLED_TEMPLATE = "unfilled_template"
    UNREADABLE_PAGE = "unreadable_page"
    INCOMPLETE = "incomplete"


class Near(StrEnum):
    """What the best candidate for a missing element was, and so why it was rejected."""

    MENTION = "mention"
    HEADING = "heading"
    CONTENTS = "contents"
    WORDS = "words"
    LIKE = "like"
