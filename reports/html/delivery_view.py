"""Who has sent and who has not, as the report shows it, and in which form and how timely each plan came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.data import PlanFiles, plan_page
from reports.labels import thai_date
from reports.register import (
    DELIVERY_WORDS,
    FORMS_WORDS,
    LINE_HEADS,
    Delivery,
    Forms,
    RegisterCheck,
    describe_line,
    find_forms,
)

SHOWN = 200
"""Agencies of one state named on the first page; the register's own page has all."""
STATES = (Delivery.OVERDUE, Delivery.AWAITED, Delivery.UNCLEAR, Delivery.LATE, Delivery.RECEIVED)
"""The ones to do something about first."""
NOT_EXPECTED = "ไม่อยู่ในทะเบียน"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A line of the register in words, with the pages of its plans."""

    cells: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterGroup:
    """The agencies of one state."""

    state: str
    words: str
    entries: tuple[RegisterEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """The whole register. ``forms`` counts plans by the forms they came in."""

    heads: tuple[str, ...]
    groups: tuple[RegisterGroup, ...]
    unexpected: tuple[tuple[str, str], ...]
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDelivery:
    """How a plan came: in which forms, and where there is a register, whether late or from an agency not in it."""

    forms: Forms
    late: bool = False
    unexpected: bool = False
    words: str | None = None


def build_register_view(check: RegisterCheck) -> RegisterView:
    """The register by state, each line in words."""
    groups = []
    for state in STATES:
        entries = tuple(
            RegisterEntry(cells=describe_line(line), pages=tuple(plan_page(plan.document_id) for plan in line.plans))
            for line in check.lines
            if line.delivery is state
        )
        if entries:
            groups.append(RegisterGroup(state=state.value, words=DELIVERY_WORDS[state], entries=entries))
    return RegisterView(
        heads=LINE_HEADS,
        groups=tuple(groups),
        unexpected=tuple(
            (plan.document["agency_name"] or plan.document["source_path"], plan_page(plan.document_id))
            for plan in check.unexpected
        ),
        expected=len(check.lines),
    )


def find_deliveries(plans: Sequence[PlanFiles], check: RegisterCheck | None) -> dict[str, PlanDelivery]:
    """How each plan came, by its document's id."""
    lines = {plan.document_id: line for line in (check.lines if check else ()) for plan in line.plans}
    unexpected = {plan.document_id for plan in check.unexpected} if check else set()
    found = {}
    for plan in plans:
        line = lines.get(plan.document_id)
        words = NOT_EXPECTED if plan.document_id in unexpected else None
        if line is not None:
            day = f" เมื่อ {thai_date(line.agency.received_on)}" if line.agency.received_on else ""
            words = DELIVERY_WORDS[line.delivery] + day
        found[plan.document_id] = PlanDelivery(
            forms=find_forms([plan]),
            late=line is not None and line.delivery is Delivery.LATE,
            unexpected=plan.document_id in unexpected,
            words=words,
        )
    return found


def count_forms(deliveries: Mapping[str, PlanDelivery]) -> list[tuple[str, int]]:
    """How many plans came in each of the forms, in words; forms that none came in are left out."""
    counts = [(FORMS_WORDS[forms], sum(d.forms is forms for d in deliveries.values())) for forms in Forms]
    return [(words, count) for words, count in counts if count]


def delivery_choices(deliveries: Mapping[str, PlanDelivery]) -> list[tuple[int, str]]:
    """The choices of the matrix's filter: bits of :func:`delivery_bits` with their words, those that occur."""
    used = 0
    for delivery in deliveries.values():
        used |= delivery_bits(delivery)
    choices = [(1 << place, FORMS_WORDS[forms]) for place, forms in enumerate(Forms)]
    choices += [(_LATE, DELIVERY_WORDS[Delivery.LATE]), (_UNEXPECTED, NOT_EXPECTED)]
    return [(bit, words) for bit, words in choices if used & bit]


def delivery_bits(delivery: PlanDelivery) -> int:
    """How a plan came as one number: a bit per form, one for late, one for not expected."""
    return 1 << list(Forms).index(delivery.forms) | _LATE * delivery.late | _UNEXPECTED * delivery.unexpected


_LATE, _UNEXPECTED = 1 << len(Forms), 2 << len(Forms)
