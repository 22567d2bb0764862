"""Entities that the rules find in running text."""

from __future__ import annotations

import pytest

from pipeline.entities import EntityLabel, find_entities
from pipeline.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "นายทดสอบ ใจสมมุติ ผู้อำนวยการกองคลัง โทร. ๐๘๐-๐๐๐-๐๐๐๑",
            [("PERSON", "นายทดสอบ ใจสมมุติ"), ("POST", "ผู้อำนวยการกองคลัง"), ("PHONE", "๐๘๐-๐๐๐-๐๐๐๑")],
        ),
        (
            "สำนักงานทดลองงานจังหวัด ประกาศเมื่อ 5 มกราคม 2567 ให้แล้วเสร็จภายใน 24 ชั่วโมง",
            [("AGENCY", "สำนักงานทดลองงานจังหวัด"), ("DATE", "5 มกราคม 2567"), ("DURATION", "24 ชั่วโมง")],
        ),
        ("นายกเทศมนตรีเป็นประธาน", [("POST", "นายกเทศมนตรีเป็นประธาน")]),
        ("ไม่มีชื่อใครในประโยคนี้", []),
    ],
)
def test_find_entities(text: str, expected: list[tuple[str, str]]) -> None:
    """People by title, posts and agencies by their beginning, phones, dates and lengths of time."""
    found = find_entities(text, load_vocabulary("opdc-2563"))
    assert [(entity.label.value, _core(entity.text)) for entity in found] == expected
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


def test_labels_are_closed() -> None:
    """Each label is one of the six."""
    assert {label.value for label in EntityLabel} == {"PERSON", "POST", "PHONE", "AGENCY", "DATE", "DURATION"}


def _core(text: str) -> str:
    return text.removeprefix("แล้วเสร็จ").removeprefix("ภายใน").strip()
