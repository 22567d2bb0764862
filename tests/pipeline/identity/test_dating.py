"""Year and day of a plan."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.identity.dating import PlanDate, find_plan_date
from tests.pipeline.outline.outline_kit import document, text


@pytest.mark.parametrize(
    ("lines", "year_be", "day"),
    [
        (["แผนความต่อเนื่อง", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"], 2567, None),
        (["จัดทำเมื่อวันที่ 3 มีนาคม 2565"], 2565, date(2022, 3, 3)),
        (["ทบทวนครั้งที่ 2 เดือนมีนาคม 2567"], 2567, None),
        (["วันที่บังคับใช้ 1 ตุลาคม 2566"], 2566, date(2023, 10, 1)),
        (["ลงนามโดยอธิบดี", "๑๒ มกราคม ๒๕๖๖"], 2566, date(2023, 1, 12)),
        (["แต่งตั้งคณะทำงานตามคำสั่งกรมวัดเงา ที่ 7/2564 ลงวันที่ 9 มิถุนายน 2564 ประกอบด้วย"], 2564, date(2021, 6, 9)),
        (["ตามมติคณะรัฐมนตรีเมื่อวันที่ 24 เมษายน 2555 ให้จัดทำแผน"], None, None),
        (["ตามพระราชบัญญัติว่าวไทย พ.ศ. 2550"], None, None),
        (["เมื่อเดือนตุลาคม 2554 เกิดน้ำท่วมใหญ่"], None, None),
        (["๑๐ กุมภาพันธ์ ๒๕๒๒"], None, None),
    ],
)
def test_dates_of_the_plan_and_of_what_it_quotes(lines: list[str], year_be: int | None, day: date | None) -> None:
    """The plan's own dates count; those of resolutions, laws and events do not."""
    found = find_plan_date(document(*(text(line) for line in lines)), None, "plan.pdf")
    assert found == PlanDate(year_be=year_be, day=day)


def test_the_title_goes_before_the_file_name() -> None:
    """The file's name is a weak hint."""
    assert find_plan_date(document(), "แผนความต่อเนื่อง ประจำปี 2567", "plan 2565.pdf").year_be == 2567
    assert find_plan_date(document(), None, "แผน BCP ปีงบ 66.pdf").year_be == 2566
