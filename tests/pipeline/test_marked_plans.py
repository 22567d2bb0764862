"""The marked-up plans of the benchmarks: their tags are the truth, so they must say what they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.verdicts.plan_markup import MarkedPlan, expected_statuses, read_plan, without_element
from benchmarks.verdicts.reading import PLANS

PLAN = """agency_type: school
agency_name: โรงเรียนว่าว
---
% แผนบริหารความต่อเนื่อง
@2.1.objectives
# วัตถุประสงค์
เพื่อให้ว่าวขึ้นได้ทุกวัน แม้โรงว่าวปิดเพราะน้ำท่วม
@
# เมื่อเกิดเหตุ
@2.7.steps
> 1. วันแรก ภายใน 24 ชั่วโมงหลังเกิดเหตุ
- หัวหน้าโรงว่าวนำว่าวลงและเก็บสายป่านให้ครบ {2.7.responsible}
วันที่ 2
- ย้ายว่าวไปเก็บที่โรงเรียนข้างเคียงให้หมดทุกตัว
"""


@pytest.fixture
def plan(tmp_path) -> MarkedPlan:
    path = tmp_path / "ว่าว.plan"
    path.write_text(PLAN, encoding="utf-8")
    return read_plan(path)


def _texts(plan: MarkedPlan) -> list[str]:
    return [line.cells[0] for line in plan.lines]


def test_a_line_that_leads_serves_nothing(plan):
    """Phases and headings are no steps: with the items the steps go."""
    assert expected_statuses(plan)["2.7.steps"] == "present"
    leads = [line.cells[0] for line in plan.lines if line.leads]
    assert leads == ["วัตถุประสงค์", "เมื่อเกิดเหตุ", "1. วันแรก ภายใน 24 ชั่วโมงหลังเกิดเหตุ", "วันที่ 2"]


def test_a_phase_goes_with_what_stands_under_it(plan):
    """Without who does it the first phase has nothing left and goes; the second stays with its item."""
    rest = without_element(plan, "2.7.responsible")
    assert _texts(rest)[-3:] == ["เมื่อเกิดเหตุ", "วันที่ 2", "- ย้ายว่าวไปเก็บที่โรงเรียนข้างเคียงให้หมดทุกตัว"]


def test_a_heading_goes_with_the_last_of_its_part(plan):
    """Without steps there is no heading that leads to any, and no phase."""
    assert _texts(without_element(plan, "2.7.steps"))[-1].startswith("เพื่อให้ว่าวขึ้นได้")


def test_a_heading_with_other_tags_than_its_part_stays_with_it(plan):
    """A heading still opens what another element has under it, whatever its own tags."""
    lines = tuple(replace(line, tags=frozenset({"2.1.scope"})) if line.kind == "text" else line for line in plan.lines)
    assert "วัตถุประสงค์" in _texts(without_element(replace(plan, lines=lines), "2.1.objectives"))


def test_what_only_leads_to_a_part_goes_with_it(tmp_path):
    """An introduction without a tag is no reason for a heading to stay; the next part is not touched."""
    path = tmp_path / "ตาราง.plan"
    path.write_text(
        "agency_name: โรงว่าว\n---\n# 1. ทีมงาน\nโรงว่าวแต่งตั้งทีมงานขึ้นเพื่อให้ว่าวขึ้นได้ ดังตาราง\n! ตารางที่ 1\n@2.3.members\n"
        "| ชื่อ | โทร |\n| นายลม ทดลอง | 0 |\n@\nทีมงานประชุมกันเดือนละหนึ่งครั้งที่โรงว่าว\n# 2. บทส่งท้าย\nจบแผนของโรงว่าวเพียงเท่านี้\n",
        encoding="utf-8",
    )
    rest = without_element(read_plan(path), "2.3.members")
    assert _texts(rest) == ["2. บทส่งท้าย", "จบแผนของโรงว่าวเพียงเท่านี้"]


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.plan")), ids=lambda path: path.stem[:20])
def test_a_heading_serves_what_stands_under_it(path):
    """The tags of each heading are those of its part, so that the part before it does not take the heading along."""
    lines = read_plan(path).lines
    ranks = {"heading": 0, "bare": 0, "subheading": 1}
    for index, line in enumerate(lines):
        if line.kind not in ranks or not line.tags - line.own_tags:
            continue
        end = next(
            (at for at in range(index + 1, len(lines)) if ranks.get(lines[at].kind, 9) <= ranks[line.kind]), len(lines)
        )
        under = [tag for below in lines[index + 1 : end] for tags in (below.tags, *below.cell_tags) for tag in tags]
        said = {tag.removeprefix("~") for tag in line.tags}
        assert not under or said & {tag.removeprefix("~") for tag in under}, line.cells[0]
