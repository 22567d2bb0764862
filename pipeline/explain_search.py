"""What a search for an element met, in the terminal: what came nearest and why not, and where it may stand instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from pipeline.assess.doubt import DOUBTFUL, PlanDoubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.search import NEAR_WORDS, follow_trail
from pipeline.datasets.rows import ComponentRow
from pipeline.schema import Element
from pipeline.schema_files.calibration import DoubtSign
from pipeline.trace import place_text, short

# So many mentions and rejected headings tell the story; the rest is the same again.
SHOWN: Final = 8
_SIGNS: Final[Mapping[DoubtSign, str]] = {
    DoubtSign.PLACES: "มีที่ที่ไม่ทราบว่าเป็นเรื่องใด unexplained places",
    DoubtSign.FITTING: "ที่เหล่านั้นมีคำที่เกณฑ์ถามหา they say part of what a rule asks for",
    DoubtSign.HALF: "ในแผนมีคำที่เกณฑ์ถามหาแต่ไม่ครบ the plan says part of what a rule asks for",
    DoubtSign.HOME: "พบส่วนที่เรื่องนี้มักอยู่ its component is there",
    DoubtSign.LACKING: "พบส่วนที่กำหนดน้อย few required parts were found",
    DoubtSign.LIKENESS: "หัวข้อที่รู้จักเป็นเพียงคล้าย headings are only like known ones",
    DoubtSign.NEAR: "มีสิ่งที่ใกล้เคียง something came near",
    DoubtSign.UNSURE: "สิ่งที่พบก็ไม่แน่ใจนัก what was found is not sure either",
    DoubtSign.UNREAD: "มีหัวข้อที่ยาวและข้อความส่วนใหญ่ไม่เข้าเกณฑ์ใด a long section of which much proves nothing",
    DoubtSign.REQUIRED: "เป็นส่วนที่บังคับ ซึ่งแผนมักมี a required part, seldom left out",
}


def render_search(element: Element, row: ComponentRow, plan: PlanText) -> RenderableType:
    """The best candidate of the verdict with why it was rejected, then all else that was met."""
    lines: list[Text] = []
    if row.nearest is not None:
        score = f" {row.nearest.score:.2f}" if row.nearest.score is not None else ""
        lines.append(
            Text.assemble(
                ("nearest ", "bold"),
                f"{place_text(row.nearest.page_no, None)} ",
                short(row.nearest.text),
                (score, "dim"),
            )
        )
        if row.nearest_why is not None:
            lines.append(Text(f"  {NEAR_WORDS[row.nearest_why]}"))
    if not plan.schema.children(element.element_id):
        lines += _trail(element, plan)
    return Panel(
        Group(*(lines or [Text("ไม่พบสิ่งใกล้เคียง nothing came near it")])), title="สิ่งที่ใกล้เคียง search", title_align="left"
    )


def _trail(element: Element, plan: PlanText) -> Iterator[Text]:
    trail = follow_trail(element, plan.schema.criteria_of(element.element_id), plan)
    for passage in trail.mentions[:SHOWN]:
        yield Text.assemble(
            (f"mention {place_text(passage.provenance.page_number, None)} ", "bold"),
            ("" if passage.is_evidence else "(no evidence here) ", "dim"),
            short(passage.text),
        )
    for line in trail.toc_lines[:SHOWN]:
        yield Text.assemble(("contents ", "bold"), short(line.text))
    yield from _rejected(element, plan)


def _rejected(element: Element, plan: PlanText) -> Iterator[Text]:
    """The headings that the mapping weighed for the element, with what it took them for."""
    wanted = {element.element_id, *plan.schema.criteria_of(element.element_id).place.sections}
    found = [
        (candidate.score, match.section_id, candidate.method, match)
        for match in plan.mapped.mapping.sections
        for candidate in match.candidates
        if candidate.label in wanted and candidate.label not in match.element_ids
    ]
    for score, section_id, method, match in sorted(found, key=lambda item: item[:3], reverse=True)[:SHOWN]:
        heading = plan.heading(section_id)
        best = match.candidates[0]
        yield Text.assemble(
            (f"rejected {section_id} {score:.2f} {method} ", "bold"),
            short(heading.text if heading else ""),
            (f"  ← {', '.join(match.element_ids or (best.label,))} {best.score:.2f} {match.outcome}", "dim"),
        )


def render_doubt(element: Element, doubt: PlanDoubt) -> RenderableType:
    """What a "missing" is worth and why, and every place where the element may stand, most likely first."""
    _, worth = doubt.weigh(element)
    model, signs = doubt.plan.schema.calibration.missing, doubt.signs(element)
    weights = model.weights if model is not None else {}
    lines = [Text(f"ไม่แน่ใจ a doubt {worth:.2f}" if worth < DOUBTFUL else f"แน่ใจ certain {worth:.2f}", style="bold")]
    lines += [
        Text(f"  {weight * signs[sign]:+.1f}  {_SIGNS[sign]}")
        for sign, weight in sorted(weights.items(), key=lambda item: item[1] * signs[item[0]])
        if weight * signs[sign]
    ]
    places = doubt.look_at(element)
    home = len(doubt.home(element))
    for number, place in enumerate(places):
        why = "ส่วนที่เรื่องนี้มักอยู่ its component" if number < home else "ไม่ทราบว่าเป็นเรื่องใด unexplained"
        words = f" · มีคำว่า says {', '.join(place.words)}" if place.words else " · ไม่มีคำของส่วนนี้ none of its words"
        where = " ".join(part for part in (place_text(place.page_no, None), place.section_id, place.table_id) if part)
        lines.append(Text.assemble((f"{place.kind} ", "bold"), (f"{where} ", "dim"), short(place.text, 60)))
        lines.append(Text(f"  {why}{words}"))
    if not places:
        lines.append(Text("ทุกหัวข้อ ตาราง และข้อความมีคำอธิบายแล้ว everything in the plan is explained"))
    return Panel(Group(*lines), title="ที่ที่ควรเปิดดู where to look", title_align="left")
