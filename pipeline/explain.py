"""The case for one verdict in the terminal: what was searched, what came nearest, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from docmodel.errors import ConfigError
from docmodel.vocabulary import ElementStatus
from pipeline.assess.components import judge_elements
from pipeline.assess.doubt import PlanDoubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.readability import find_unreadable_pages
from pipeline.assess.rules import Case, evaluate
from pipeline.assess.submission import single_file
from pipeline.datasets.rows import ComponentRow
from pipeline.explain_search import render_doubt, render_search
from pipeline.process import DocumentStory
from pipeline.schema import Element, Schema
from pipeline.schema_files.criteria import Rule
from pipeline.trace import evidence_lines, short, status_text
from pipeline.values import MappedDocument


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
    case = Case(
        plan=plan,
        records=story.records,
        submission=single_file(mapped.document.media_type, mapped.document.source.source_path),
    )
    parts: list[RenderableType] = [_verdict(row)]
    children = schema.children(element_id)
    if children:
        parts.append(_parts(children, components))
    else:
        parts += [_rules(element, case), _places(element, plan)]
    parts.append(render_search(element, row, plan))
    if row.missing and row.method != "submission":
        parts.append(render_doubt(element, PlanDoubt(plan, judge_elements(plan, story.identity, story.records))))
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
    return Panel(Group(*lines), title="องค์ประกอบย่อย parts", title_align="left")


def _rules(element: Element, case: Case) -> RenderableType:
    criteria = case.plan.schema.criteria_of(element.element_id)
    lines = []
    for status, rules in ((ElementStatus.PRESENT, criteria.present), (ElementStatus.PARTIAL, criteria.partial)):
        for rule in rules:
            hit = evaluate(rule, case)
            found = f"เข้าเกณฑ์ holds {hit.confidence:.2f}" if hit else "ไม่เข้าเกณฑ์ does not hold"
            lines.append(
                Text.assemble(
                    f"{status} when ", (describe_rule(rule), "bold"), ": ", (found, "green" if hit else "red")
                )
            )
    return Panel(Group(*lines), title="เกณฑ์ที่ลอง rules tried", title_align="left")


# What each key of a rule says to an analyst; keys that are not here are shown by their own name.
_RULE_WORDS: Final = {
    "records": "ข้อมูลที่อ่านได้",
    "section": "เนื้อหาใต้หัวข้อ",
    "text": "ข้อความในแผน",
    "lead": "บรรทัดนำแล้วมีเนื้อหาตาม",
    "table": "ตาราง",
    "submission": "ไฟล์ที่ส่งมา",
    "dataset": "ชุด",
    "where": "เฉพาะ",
    "filled": "ต้องมีค่า",
    "filled_any": "มีค่าอย่างน้อยหนึ่งช่องใน",
    "blank": "ช่องว่าง",
    "over": "มากกว่า",
    "fields": "ดูช่อง",
    "at_least": "อย่างน้อย",
    "share": "สัดส่วนอย่างน้อย",
    "of": "ของ",
    "within": "ใต้หัวข้อ",
    "outside": "นอกหัวข้อ",
    "under": "หัวข้อที่อยู่เหนือมี",
    "same": "ทุกแถวมีค่าเดียวกันใน",
    "kinds": "ชนิด",
    "heads": "ตารางมีหัวคอลัมน์ครบชุด",
    "columns": "คอลัมน์ที่หัวมีคำชุด",
    "rows": "แถวที่ชื่อมีคำชุด",
    "beside": "แถวที่มี",
    "dimension": "ด้าน",
    "heading": "หัวข้อมี",
    "test": "ข้อความมี",
    "follow": "ที่ตามมามี",
    "max_chars": "ยาวไม่เกิน",
    "follow_chars": "เนื้อหาที่ตามมายาวอย่างน้อย",
    "reach": "ดูข้อความถัดไป",
    "headings": "นับหัวข้อด้วย",
    "words": "นับเฉพาะช่องที่มีตัวอักษร",
    "phone": "มีหมายเลขโทรศัพท์",
    "phrases": "คำชุด",
    "near": "คู่กับคำชุด",
    "without": "ไม่มีคำชุด",
    "min_chars": "ยาวอย่างน้อย",
    "lasts_over_hours": "นานกว่า (ชั่วโมง)",
    "formats": "ชนิดไฟล์",
}
_USUAL: Final = {"at_least": 1, "fields": ("text",), "headings": False, "words": False}


def describe_rule(rule: Rule) -> str:
    """A rule in one line, in an analyst's words with the names that criteria.yaml has."""
    shown = [_described(name, getattr(rule, name)) for name in rule.__slots__ if name not in _NOT_SHOWN]
    return " · ".join([f"{_RULE_WORDS[rule.rule]} ({rule.rule})", *(part for part in shown if part)])


_NOT_SHOWN: Final = ("rule", "confidence", "reason")


def _described(name: str, value: object) -> str:
    """A key with its value, '' where it says nothing beyond the usual."""
    if value in ((), {}, None, 0, 0.0, False) or _USUAL.get(name) == value:
        return ""
    word = _RULE_WORDS.get(name, name)
    if value is True:
        return word
    slots = getattr(value, "__slots__", None)
    if slots is not None and not isinstance(value, str):
        inner = [part for key in slots if (part := _described(key, getattr(value, key)))]
        return f"{word} {' '.join(inner)}" if inner else ""
    if isinstance(value, Mapping):
        return f"{word} " + ", ".join(f"{key}={_plain(item)}" for key, item in value.items())
    return f"{word} {_plain(value)}"


def _plain(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


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
        lines = [Text("ไม่มีหัวข้อหรือตารางใดที่เป็นส่วนนี้ no section or table of the plan was taken for it")]
    return Panel(Group(*lines), title="ตำแหน่งที่ค้น places", title_align="left")


def _pages(mapped: MappedDocument) -> RenderableType:
    pages = find_unreadable_pages(mapped.document)
    searched = len(mapped.document.pages) - len(pages)
    lines = [Text(f"{searched} of {len(mapped.document.pages)} pages searched")]
    if pages:
        lines.append(Text(f"could not be read: {', '.join(str(page) for page in pages)}", style="bold red"))
    return Panel(Group(*lines), title="หน้าที่อ่านได้ pages", title_align="left")
