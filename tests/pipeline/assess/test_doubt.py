"""A "missing" in a plan that was not understood is told as a doubt, with the places to look at."""

from __future__ import annotations

from docmodel.vocabulary import ElementStatus
from pipeline.assess.doubt import DOUBTFUL, UNSURE_PLACES
from tests.pipeline.assess.conftest import Part

BODY = "ข้อความยาวพอที่จะเป็นเนื้อหาของแผน แต่ใช้ถ้อยคำที่ไม่มีผู้ใดรู้จักมาก่อน " * 3
UNKNOWN = tuple(Part(heading=f"เรื่องที่ยังไม่รู้จัก {number}", body=(BODY,), page=number) for number in range(1, 9))


def test_missing_among_unknown_headings_is_a_doubt_that_names_them(plans):
    """Eight headings that nothing explains: the sentence leads the analyst there by page and asks for nothing."""
    row = plans.judge(*UNKNOWN)["2.8.sequence"]
    assert row.status is ElementStatus.MISSING
    assert row.confidence < DOUBTFUL
    assert row.reason_code == UNSURE_PLACES
    assert "8 แห่ง" in row.reason_th
    assert "เรื่องที่ยังไม่รู้จัก 1” หน้า 1" in row.reason_th


def test_missing_where_all_is_explained_is_sure(plans):
    """A heading that the mapping knows leaves no doubt about what else is not there."""
    row = plans.judge(Part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=("เพื่อให้บริการได้ต่อเนื่อง",)))[
        "2.8.sequence"
    ]
    assert row.status is ElementStatus.MISSING
    assert row.confidence > 0.9
    assert row.reason_code == "absent"
