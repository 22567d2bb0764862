"""What a letter holds against an agency, and what it only asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest

from docmodel.issue import Severity
from docmodel.vocabulary import Cause, Declared, ElementStatus
from pipeline.datasets.rows import DocumentRow
from reports.letters.gaps import PlanGaps, clip, find_gaps, split_reason
from reports.masking import Masker, build_masker
from tests.reports.office import PERSON, PHONE, component_and_parts, plan, required_components

MISSING, PARTIAL, UNREADABLE = ElementStatus.MISSING, ElementStatus.PARTIAL, ElementStatus.UNREADABLE
SHOWN = Masker(show=True)


def _gaps(
    statuses: Mapping[str, ElementStatus] | None = None,
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    findings: list[dict[str, Any]] | None = None,
    **more: Any,
) -> PlanGaps:
    rows = [asdict(row) for row in plan(1, statuses=statuses, changes=changes) if not isinstance(row, DocumentRow)]
    return find_gaps(rows, findings or [], **{"masker": SHOWN, "title": "แผน", **more})


def test_a_plan_that_has_everything_has_no_gaps() -> None:
    """Nothing is asked of a complete plan."""
    assert _gaps().complete


@pytest.mark.parametrize("component", required_components())
def test_a_missing_component_is_told_as_one(component: str) -> None:
    """A component that is not there at all is one point, not one per part."""
    (gap,) = _gaps(component_and_parts(component, MISSING)).gaps
    assert (gap.element_id, len(gap.points)) == (component, 1)
    assert gap.points[0].found.startswith("ไม่พบ")
    assert gap.points[0].revise.startswith("โปรดปรับปรุง")


def test_parts_of_a_partial_component_are_told_with_page_and_line() -> None:
    """Each required part that is open is a point; one that is there says where."""
    (gap,) = _gaps({"2.5": PARTIAL, "2.5.urgency": PARTIAL, "2.5.rto": MISSING}).gaps
    urgency, rto = gap.points
    assert urgency.where == "พบในหน้า 3"
    assert urgency.quote.startswith("ข้อความของ")
    assert (rto.where, rto.quote) == ("", "")


def test_a_line_is_quoted_once() -> None:
    """Parts that stand in the same line do not repeat it."""
    evidence = [{"page_no": 4, "bbox": None, "text": "๕. ผลกระทบ", "section_id": None, "table_id": None}]
    parts = {name: {"evidence": evidence} for name in ("2.5.urgency", "2.5.rto")}
    (gap,) = _gaps({"2.5": PARTIAL, "2.5.urgency": PARTIAL, "2.5.rto": PARTIAL}, parts).gaps
    assert [(point.where, point.quote) for point in gap.points] == [("พบในหน้า 4", "๕. ผลกระทบ"), ("พบในหน้า 4", "")]


@pytest.mark.parametrize(
    ("status", "change", "words"),
    [
        (UNREADABLE, {"cause": Cause.UNREADABLE_PAGE}, "อ่านไม่ได้"),
        (MISSING, {"confidence": 0.4}, "ยังไม่อาจสรุป"),
        (MISSING, {"pages_unreadable": [7, 8]}, "หน้า 7, 8"),
    ],
)
def test_what_is_not_certain_is_asked_and_never_held_against_the_agency(
    status: ElementStatus, change: dict[str, Any], words: str
) -> None:
    """Unreadable, doubtful and not wholly searched: the agency checks, or sends a clearer copy."""
    gaps = _gaps(component_and_parts("2.8", status), dict.fromkeys(component_and_parts("2.8", status), change))
    assert gaps.gaps == ()
    (check,) = gaps.checks
    told = " ".join(point.found + point.revise for point in check.points)
    assert words in told
    assert "ไม่พบ" not in told
    assert all(("ไฟล์ที่อ่านได้ชัดเจนกว่า" in point.revise) is (words != "ยังไม่อาจสรุป") for point in check.points)


def test_a_component_that_could_not_be_read_at_all_is_asked_once() -> None:
    """Five parts in one picture are one request; a part that was read keeps the others apart."""
    statuses = component_and_parts("2.6", UNREADABLE)
    assert [len(gap.points) for gap in _gaps(statuses).checks] == [1]
    assert [len(gap.points) for gap in _gaps({**statuses, "2.6.it": MISSING}).gaps] == [5]


def test_word_and_pdf_that_differ_are_asked() -> None:
    """Where the two files of one plan disagree the letter takes no side."""
    gaps = _gaps({"2.8": PARTIAL, "2.8.sequence": MISSING}, differing=("2.8", "2.8.sequence"))
    assert gaps.gaps == ()
    assert "ไม่ตรงกัน" in gaps.checks[0].points[0].found


def test_what_a_reviewer_decided_is_certain() -> None:
    """A correction is told as it is, without the machine's low confidence, pages or rejected words."""
    change = {
        "confidence": 0.3,
        "reviewed_by": "ผู้ตรวจ",
        "status_extracted": ElementStatus.PRESENT,
        "evidence": [{"page_no": 3, "bbox": None, "text": "ผิด", "section_id": None, "table_id": None}],
    }
    (gap,) = _gaps({"2.8": PARTIAL, "2.8.sequence": MISSING}, {"2.8.sequence": change}).gaps
    assert gap.points[0].found.startswith("ไม่พบ")
    assert gap.points[0].quote == ""


def test_only_words_that_name_the_element_are_quoted_as_nearest() -> None:
    """What came nearest is quoted where the plan merely mentions the element, else it may be about anything."""
    nearest = {"text": "ตามกระบวนการ Call Tree", "page_no": 5, "score": 0.4}
    for cause, quote in ((Cause.MENTION_ONLY, nearest["text"]), (Cause.ABSENT, "")):
        (gap,) = _gaps({"2.8": MISSING, "2.8.sequence": MISSING}, {"2.8": {"cause": cause, "nearest": nearest}}).gaps
        assert gap.points[0].quote == quote


def test_a_checklist_that_says_yes_is_told_beside_the_gap() -> None:
    """The contradiction stands with what is missing."""
    change = {"declared": Declared.YES, "discrepancy": True}
    (gap,) = _gaps({"2.8": MISSING, "2.8.sequence": MISSING}, {"2.8": change}).gaps
    assert "แบบตรวจสอบของหน่วยงานระบุว่ามี" in gap.points[0].found


def test_an_unread_file_leaves_the_forms_open() -> None:
    """Nobody is told that Word is lacking while a file of theirs could not be opened."""
    statuses = {"3.word_and_pdf": MISSING}
    assert [gap.element_id for gap in _gaps(statuses).gaps] == ["3.word_and_pdf"]
    assert _gaps(statuses, unread=True).complete


def _finding(**more: Any) -> dict[str, Any]:
    return {
        "code": "unfilled_prompt",
        "severity": Severity.WARNING,
        "confidence": None,
        "page_no": 4,
        "message_th": "ยังมีข้อความของแบบฟอร์ม",
        **more,
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"severity": Severity.INFO}, False),
        ({"confidence": 0.3}, False),
        ({"code": "copied_section"}, False),
        ({"code": "declared_but_missing"}, False),
    ],
)
def test_findings_that_are_suggested(change: dict[str, Any], *, told: bool) -> None:
    """Certain warnings are suggestions; doubtful ones, and those about other agencies' plans, stay inside."""
    assert ("ยังมีข้อความของแบบฟอร์ม (หน้า 4)" in _gaps(findings=[_finding(**change)]).suggestions) is told


def test_optional_parts_are_suggested_once() -> None:
    """A part that is not required is a suggestion and no gap."""
    gaps = _gaps({"2.3.backups": MISSING, "annex.checklist": MISSING})
    assert gaps.complete
    assert len(gaps.suggestions) == 2


def test_people_are_hidden_in_every_sentence() -> None:
    """Names and numbers in reasons, quotations and findings are masked with the plan's own numbers for people."""
    masker = build_masker([{"person_name": PERSON}], show=False)
    words = f"{PERSON} โทร {PHONE}"
    change = {"reason_th": f"พบ{words} โปรดแก้ {words}", "evidence": [{"page_no": 1, "text": words}]}
    gaps = _gaps({"2.8": PARTIAL}, {"2.8": change}, [_finding(message_th=words)], masker=masker)
    told = repr(gaps)
    assert "[บุคคล 1]" in told
    assert "ไม่มีจริง" not in told
    assert "000-0000" not in told


def test_sentences_and_quotations_are_cut_where_they_may() -> None:
    """A reason without advice keeps its words; a long quotation ends at a space."""
    assert split_reason("ไม่พบขอบเขต") == ("ไม่พบขอบเขต", "โปรดปรับปรุงให้ครบถ้วน")
    assert clip("คำ " * 100).endswith("คำ …")
    assert len(clip("ก" * 500)) < 150
