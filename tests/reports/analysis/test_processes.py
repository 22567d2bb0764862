"""Recovery times, needs and incidents of several plans together."""

from __future__ import annotations

import pandas as pd

from reports.analysis.processes import cover_by_province, match_needs, summarise_times

PROCESSES = pd.DataFrame(
    [
        ("a", "ก", "งานออกใบอนุญาต", "high", 24.0),
        ("b", "ข", "การออกใบอนุญาต", "medium", 72.0),
        ("b", "ข", "รับเรื่องร้องเรียน", None, None),
    ],
    columns=["document_id", "agency", "process_name", "urgency", "rto_max_hours"],
)


def test_one_process_under_two_names_is_one() -> None:
    """The words for "work of" do not part processes; a time that is not known is counted, not guessed."""
    times = summarise_times(PROCESSES).set_index("process")
    row = times.loc["ออกใบอนุญาต"]
    assert (row["plans"], row["shortest_hours"], row["median_hours"], row["longest_hours"]) == (2, 24.0, 48.0, 72.0)
    assert times.loc["รับเรื่องร้องเรียน", "unread"] == 1


def test_needs_count_at_the_time_of_recovery() -> None:
    """Of each resource the first time that reaches the recovery time counts; totals do not; own needs come first."""
    requirements = pd.DataFrame(
        [
            ("a", "personnel", "เจ้าหน้าที่", None, 4.0, False),
            ("a", "personnel", "เจ้าหน้าที่", None, 24.0, False),
            ("a", "personnel", "รวม", None, 24.0, True),
            ("a", "it", "เครื่องแม่ข่าย", None, 4.0, False),
            ("b", "workplace", "ห้องสำรอง", "ออกใบอนุญาต", 24.0, False),
            ("b", "workplace", "สำนักงานทั้งหมด", None, 24.0, False),
            ("b", "equipment", "โต๊ะ", "การออกใบอนุญาต", 168.0, False),
        ],
        columns=["document_id", "dimension", "resource_raw", "process_name", "bucket_hours", "is_total"],
    )
    needs = match_needs(PROCESSES, requirements)
    first, second, third = needs.to_dict("records")
    assert (first["บุคลากร"], first["เทคโนโลยีสารสนเทศและข้อมูล"], first["whole_plan"]) == (1, 1, True)
    assert (second["วัสดุอุปกรณ์"], second["อาคารและสถานที่"], second["whole_plan"]) == (1, 1, False)
    assert (third["อาคารและสถานที่"], third["whole_plan"], third["urgency"]) == (1, True, "ไม่ระบุ")


def test_cover_is_a_share_of_the_provinces_plans() -> None:
    """A plan counts once per incident, ticks of the checklist do not count, a province without any has zeros."""
    incidents = pd.DataFrame(
        [
            ("a", "flood", "scope"),
            ("a", "flood", "impact_matrix"),
            ("b", "fire", "scope"),
            ("c", "flood", "checklist"),
        ],
        columns=["document_id", "incident", "source"],
    )
    plans = pd.DataFrame({"document_id": ["a", "b", "c"], "province": ["น่าน", "น่าน", "ลำพูน"]})
    cover = cover_by_province(incidents, plans)
    assert list(cover.columns) == ["plans", "อุทกภัย", "อัคคีภัย"]
    assert list(cover.loc["น่าน"]) == [2, 0.5, 0.5]
    assert list(cover.loc["ลำพูน"]) == [1, 0.0, 0.0]
