"""What a person should look at first: one entry per plan, with the elements and the places, settled ones left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report.simulate import write_rows
from docmodel.vocabulary import ElementStatus
from pipeline.datasets.columns import Row
from pipeline.datasets.look_at import LookAt
from reports.attention import FINDING_COLUMNS, Attention, Entry, Reason, find_attention, read_open
from reports.data import find_plans, read_dataset
from reports.html.totals import find_titles
from tests.reports.office import PERSON, plan

MISSING, UNREADABLE = ElementStatus.MISSING, ElementStatus.UNREADABLE


def attention_of(folder: Path, *groups: Sequence[Row]) -> Attention:
    """The queue of some plans."""
    write_rows(folder, [row for group in groups for row in group])
    components = read_dataset(folder, "components")
    return find_attention(
        find_plans(read_dataset(folder, "documents"), components),
        read_open(folder),
        read_dataset(folder, "findings", FINDING_COLUMNS),
        find_titles(components),
    )


def look(text: str, page: int | None, *words: str, named: bool = True) -> LookAt:
    """A place to look at."""
    return LookAt(kind="หัวข้อ" if named else "ตาราง", text=text, page_no=page, words=list(words), named=named)


def doubt(*places: LookAt, **more: Any) -> dict[str, Any]:
    """The columns of a doubtful "missing"."""
    return {"confidence": 0.2, "reason_code": "unsure_places", "look_at": list(places)} | more


def only(attention: Attention, reason: Reason) -> Entry:
    """The one entry of a reason."""
    (entry,) = (entry for entry in attention.entries if entry.reason is reason)
    return entry


def test_a_plan_of_many_doubts_is_one_entry(tmp_path: Path) -> None:
    """It names the elements and, first of all, the places that speak of most of them."""
    ids = ("2.8.sequence", "2.7.steps", "2.1.scope")
    places = (look("บทแรก", 2), look("บทสอง", 3, "แจ้งเหตุ"))
    changes = {element: doubt(*places, confidence=0.2 + 0.1 * number) for number, element in enumerate(ids)}
    attention = attention_of(tmp_path, plan(1, statuses=dict.fromkeys(ids, MISSING), changes=changes))
    entry = only(attention, Reason.LOW_CONFIDENCE)
    assert {element_id for element_id, _ in entry.elements} == set(ids)
    assert entry.sentence == "ยังไม่พบแต่ไม่แน่ใจ 3 ส่วน ควรเปิดดู หัวข้อ “บทสอง” หน้า 3, หัวข้อ “บทแรก” หน้า 2"
    assert entry.confidence == pytest.approx(0.2)
    assert attention.counts[Reason.LOW_CONFIDENCE] == 1
    assert entry.anchor in {"#e-2-8-sequence", "#e-2-7-steps", "#e-2-1-scope"}


def test_one_doubt_keeps_its_own_sentence(tmp_path: Path) -> None:
    """Nothing is gained by counting one."""
    changes = {"2.8.sequence": doubt(reason_th="ควรเปิดดูก่อน")}
    entry = only(attention_of(tmp_path, plan(1, statuses={"2.8.sequence": MISSING}, changes=changes)), Reason(16))
    assert entry.sentence == "ควรเปิดดูก่อน"
    assert [words.split()[0] for words, _ in entry.named] == ["2.8.sequence"]


def test_words_of_a_table_stay_out_and_many_places_are_counted(tmp_path: Path) -> None:
    """A table's first cell may be a person; formats without pages tell none."""
    places = (look(PERSON, 4, named=False), *(look(f"บท {number}", None) for number in range(6)))
    ids = ("2.8.sequence", "2.7.steps")
    rows = plan(1, statuses=dict.fromkeys(ids, MISSING), changes={element: doubt(*places) for element in ids})
    sentence = only(attention_of(tmp_path, rows), Reason.LOW_CONFIDENCE).sentence
    assert "ตาราง หน้า 4, หัวข้อ “บท 0”, " in sentence
    assert PERSON not in sentence
    assert sentence.endswith("และอีก 2 แห่ง")


def test_what_was_found_in_doubt_is_told_apart_from_what_was_not(tmp_path: Path) -> None:
    """Not all that is doubtful is missing."""
    changes = {"2.8.sequence": doubt(), "2.7.steps": {"confidence": 0.3}}
    entry = only(attention_of(tmp_path, plan(1, statuses={"2.8.sequence": MISSING}, changes=changes)), Reason(16))
    assert entry.sentence == "ไม่แน่ใจ 2 ส่วน (ในนั้นยังไม่พบ 1 ส่วน) โปรดตรวจด้วยตา"


def test_many_elements_are_named_by_component(tmp_path: Path) -> None:
    """With how many parts of each; the link leads to the first of them."""
    ids = (
        *(f"2.4.{part}" for part in ("workplace", "equipment", "it", "personnel", "service_providers")),
        "2.7.steps",
        "3.pandemic",
    )
    rows = plan(1, statuses=dict.fromkeys(ids, MISSING), changes={element: doubt() for element in ids})
    named = dict(only(attention_of(tmp_path, rows), Reason.LOW_CONFIDENCE).named)
    assert set(named) == {"2.4 (5 ส่วน)", "2.7.steps", "3.pandemic"}
    assert named["2.4 (5 ส่วน)"] == "#e-2-4-workplace"


def test_what_a_reviewer_judged_and_what_is_optional_is_no_doubt(tmp_path: Path) -> None:
    """The machine's confidence stays low, but nobody has to look again; components add up their parts."""
    changes = {
        "2.8.sequence": doubt(reviewed_by="ก"),
        "2.3.backups": doubt(),
        "2.8": doubt(),
    }
    attention = attention_of(tmp_path, plan(1, statuses=dict.fromkeys(changes, MISSING), changes=changes))
    assert Reason.LOW_CONFIDENCE not in attention.counts


def test_what_could_not_be_read_is_one_entry_with_all_pages(tmp_path: Path) -> None:
    """A page that is asked for again once serves all elements that may stand on it."""
    changes = {"2.8.sequence": {"pages_unreadable": [3, 4]}, "2.7.steps": {"pages_unreadable": [4, 9]}}
    rows = plan(1, statuses=dict.fromkeys(changes, UNREADABLE), changes=changes)
    entry = only(attention_of(tmp_path, rows), Reason.UNREADABLE)
    assert entry.sentence == "ยังสรุปไม่ได้ 2 ส่วน เพราะอ่านหน้า 3, 4, 9 ไม่ได้"


def test_contradictions_come_first_and_each_alone(tmp_path: Path) -> None:
    """They are questions of their own to the agency; a doubt about them does not hide them."""
    changes = {"2.7.steps": doubt(discrepancy=True), "2.8.sequence": doubt(discrepancy=True), "2.1.scope": doubt()}
    attention = attention_of(tmp_path, plan(1, statuses=dict.fromkeys(changes, MISSING), changes=changes))
    assert [entry.reason for entry in attention.entries] == [Reason(1), Reason(1), Reason(16)]
    (reasons,) = attention.reasons_of.values()
    assert reasons == Reason.DISCREPANCY | Reason.LOW_CONFIDENCE


def test_the_page_shows_some_of_every_reason(tmp_path: Path) -> None:
    """The workbook holds all entries; the first page not more than anybody reads."""
    changes = {"2.8.sequence": doubt(), "2.7.steps": {"discrepancy": True}}
    plans = [plan(number, statuses={"2.8.sequence": MISSING}, changes=changes) for number in range(1, 46)]
    attention = attention_of(tmp_path, *plans)
    assert len(attention.entries) == 90
    assert [entry.reason for entry in attention.shown] == [Reason.DISCREPANCY] * 40 + [Reason.LOW_CONFIDENCE] * 40
