"""The case for one verdict in the terminal: what was searched, what came nearest, what could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from docmodel.errors import ConfigError
from docmodel.vocabulary import ElementStatus
from pipeline.assess.plan_text import PlanText
from pipeline.assess.readability import find_unreadable_pages
from pipeline.assess.rules import Case, evaluate
from pipeline.assess.search import follow_trail
from pipeline.assess.submission import single_file
from pipeline.datasets.rows import ComponentRow
from pipeline.process import DocumentStory
from pipeline.schema import Element, Schema
from pipeline.schema_files.criteria import Rule
from pipeline.trace import evidence_lines, place_text, short, status_text
from pipeline.values import MappedDocument

# So many mentions and rejected headings tell the story; the rest is the same again.
SHOWN = 8


def render_explanation(story: DocumentStory, schema: Schema, element_id: str) -> RenderableType:
    """Why an element of a document got its verdict. Raises ConfigError for an element that the schema does not have."""
    mapped, components = story.mapped, story.components
    element = schema.find(element_id)
    if element is None:
        known = ", ".join(item.element_id for item in schema.elements)
        raise ConfigError(
            "element_unknown",
            th=f"ไม่มีองค์ประกอบนี้ใน {schema.schema_id} โปรดเลือกจาก: {known}",
            en=f"schema {schema.schema_id} has no such element; choose one of: {known}",
        )
    row = next((item for item in components if item.element_id == element_id), None)
    if row is None:
        return Text("ไม่ใช่แผน จึงไม่มีผลการตรวจ | Not a plan: there are no verdicts on it.")
    plan = PlanText(mapped, schema)
    parts: list[RenderableType] = [_verdict(row)]
    children = schema.children(element_id)
    if children:
        parts.append(_parts(children, components))
    else:
        case = Case(
            plan=plan,
            records=story.records,
            submission=single_file(mapped.document.media_type, mapped.document.source.source_path),
        )
        parts += [_rules(element, case), _places(element, plan), _trail(element, plan)]
    parts.append(_pages(mapped))
    return Group(*parts)


def _verdict(row: ComponentRow) -> RenderableType:
    lines = [
        Text.assemble(f"{row.element_id} {row.title_th}  ", status_text(row.status), f"  {row.confidence:.2f}"),
        Text(f"{row.method or ''} · {row.cause or '–'} · {row.reason_code}"),
        Text(row.reason_th),
    ]
    if row.declared is not None:
        lines.append(Text(f"checklist: {row.declared}{'  ≠ found' if row.discrepancy else ''}"))
    if row.nearest is not None:
        lines.append(
            Text.assemble(("nearest ", "bold"), f"{place_text(row.nearest.page_no, None)} ", short(row.nearest.text))
        )
    lines += [Text.assemble(("evidence ", "bold"), line) for line in evidence_lines(row.evidence)]
    return Panel(Group(*lines), title="verdict", title_align="left")


def _parts(children: Sequence[Element], components: Sequence[ComponentRow]) -> RenderableType:
    by_id = {row.element_id: row for row in components}
    lines = [
        Text.assemble(
            status_text(by_id[child.element_id].status),
            f"  {child.element_id} {child.title_th}{'' if child.required else ' (optional)'}",
        )
        for child in children
        if child.element_id in by_id
    ]
    return Panel(Group(*lines), title="parts", title_align="left")


def _rules(element: Element, case: Case) -> RenderableType:
    criteria = case.plan.schema.criteria_of(element.element_id)
    lines = []
    for status, rules in ((ElementStatus.PRESENT, criteria.present), (ElementStatus.PARTIAL, criteria.partial)):
        for rule in rules:
            hit = evaluate(rule, case)
            found = f"holds {hit.confidence:.2f}" if hit else "does not hold"
            lines.append(
                Text.assemble(
                    f"{status} when ", (describe_rule(rule), "bold"), ": ", (found, "green" if hit else "red")
                )
            )
    return Panel(Group(*lines), title="rules tried", title_align="left")


def describe_rule(rule: Rule) -> str:
    """A rule in one line, as criteria.yaml has it."""
    shown = []
    for name in rule.__slots__:
        value = getattr(rule, name)
        if name in ("rule", "confidence", "reason") or value in ((), {}, None, 0.0):
            continue
        if hasattr(value, "__slots__"):
            inner = [f"{key}={getattr(value, key)}" for key in value.__slots__ if getattr(value, key)]
            if inner:
                shown.append(f"{name}({', '.join(inner)})")
        else:
            shown.append(f"{name}={value}")
    return f"{rule.rule} {' '.join(shown)}"


def _places(element: Element, plan: PlanText) -> RenderableType:
    """The sections and tables that were searched for the element."""
    place = plan.schema.criteria_of(element.element_id).place
    sections = plan.sections_of(place.sections)
    lines = [
        Text.assemble(
            (f"{section.section_id} ", "dim"),
            short(section.heading.text if section.heading else "(no heading)"),
            f"  {plan.section_score(section.section_id):.2f}",
        )
        for section in sections
    ]
    lines += [
        Text.assemble((f"{table.table_id} ", "dim"), f"{match.kind} ", short(table.caption))
        for table, match in plan.table_matches
        if match.kind in place.tables
    ]
    if not lines:
        lines = [Text("no section or table of the plan was taken for it")]
    return Panel(Group(*lines), title="places", title_align="left")


def _trail(element: Element, plan: PlanText) -> RenderableType:
    trail = follow_trail(element, plan.schema.criteria_of(element.element_id), plan)
    lines = [
        Text.assemble(
            (f"mention {place_text(passage.provenance.page_number, None)} ", "bold"),
            ("" if passage.is_evidence else "(no evidence here) ", "dim"),
            short(passage.text),
        )
        for passage in trail.mentions[:SHOWN]
    ]
    lines += [Text.assemble(("contents ", "bold"), short(line.text)) for line in trail.toc_lines[:SHOWN]]
    lines += _rejected(element, plan)
    return Panel(Group(*(lines or [Text("nothing came near it")])), title="search", title_align="left")


def _rejected(element: Element, plan: PlanText) -> list[Text]:
    wanted = {element.element_id, *plan.schema.criteria_of(element.element_id).place.sections}
    found = [
        (candidate.score, match.section_id, candidate.method)
        for match in plan.mapped.mapping.sections
        for candidate in match.candidates
        if candidate.label in wanted and candidate.label not in match.element_ids
    ]
    lines = []
    for score, section_id, method in sorted(found, reverse=True)[:SHOWN]:
        heading = plan.heading(section_id)
        lines.append(
            Text.assemble(
                (f"rejected {section_id} {score:.2f} {method} ", "bold"), short(heading.text if heading else "")
            )
        )
    return lines


def _pages(mapped: MappedDocument) -> RenderableType:
    pages = find_unreadable_pages(mapped.document)
    searched = len(mapped.document.pages) - len(pages)
    lines = [Text(f"{searched} of {len(mapped.document.pages)} pages searched")]
    if pages:
        lines.append(Text(f"could not be read: {', '.join(str(page) for page in pages)}", style="bold red"))
    return Panel(Group(*lines), title="pages", title_align="left")
