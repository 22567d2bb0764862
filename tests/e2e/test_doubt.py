"""From a Word file to the sentence: what a plan really lacks is told as certain, what was not understood is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mapping.missing import BLIND
from benchmarks.verdicts.plan_markup import MarkedPlan, read_plan, without_element, write_docx
from benchmarks.verdicts.reading import PLANS, tell_file
from pipeline.assess.doubt import DOUBTFUL, UNSURE
from pipeline.datasets.rows import ComponentRow

SURE = 0.8


def rows_of(plan: MarkedPlan, folder: Path) -> dict[str, ComponentRow]:
    """The verdicts on a plan laid out in Word."""
    write_docx(plan, file := folder / "plan.docx")
    return {row.element_id: row for row in tell_file(file).components}


@pytest.mark.parametrize("part", ["2.2", "2.5", "2.8"])
@pytest.mark.parametrize("name", ["06-province", "13-provincial-office-matrix-first"])
def test_a_part_taken_out_of_a_plan_that_is_understood_is_missing_for_certain(
    tmp_path: Path, name: str, part: str
) -> None:
    """The agency is asked for it; there is nowhere else to look."""
    rows = rows_of(without_element(read_plan(PLANS / f"{name}.plan"), part), tmp_path)
    taken = [row for element, row in rows.items() if element == part or element.startswith(f"{part}.")]
    asked = [row for row in taken if row.required]
    assert asked
    assert all(row.missing and row.confidence >= SURE and row.reason_code not in UNSURE for row in asked)


@pytest.mark.parametrize("path", sorted(BLIND.glob("*.plan")), ids=lambda path: path.stem)
def test_what_was_not_understood_is_told_as_a_doubt_with_where_to_look(tmp_path: Path, path: Path) -> None:
    """Plans in wordings of their own: no required part that is there may be told as missing without a question."""
    plan = read_plan(path)
    rows = rows_of(plan, tmp_path)
    wrong = [row for row in rows.values() if row.missing and row.required and row.element_id in plan.tags()]
    assert wrong
    assert all(row.confidence < 0.75 for row in wrong)
    doubts = [row for row in wrong if row.confidence < DOUBTFUL]
    assert len(doubts) > len(wrong) / 2
    assert all(row.reason_code in UNSURE and row.look_at for row in doubts)
    assert all("ควรเปิดดูก่อนแจ้งหน่วยงาน" in row.reason_th for row in doubts)
