"""A "missing" in a plan that was not understood is told as a doubt, with the places to look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docmodel.vocabulary import ElementStatus, TableKind
from pipeline.assess import assess_components
from pipeline.assess.doubt import DOUBTFUL, UNSURE, UNSURE_LACKING, UNSURE_PLACES, Doubt, Place, PlaceKind, find_doubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.verdict import ABSENT_CONFIDENCE, MENTION_CONFIDENCE, Verdict
from pipeline.datasets.rows import ComponentRow, Evidence
from pipeline.schema_files.calibration import DoubtSign, MissingModel
from pipeline.values import Records
from tests.pipeline.assess.conftest import Grid, Part, plan_identity

BODY = "ข้อความยาวพอที่จะเป็นเนื้อหาของแผน แต่ใช้ถ้อยคำที่ไม่มีผู้ใดรู้จักมาก่อน " * 3
UNKNOWN = tuple(Part(heading=f"เรื่องที่ยังไม่รู้จัก {number}", body=(BODY,), page=number) for number in range(1, 9))
KNOWN = Part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=("เพื่อให้บริการได้ต่อเนื่อง",))
ROWS = (("สิ่งที่มี", "อยู่ที่ใด"), ("กระเป๋าใบใหญ่สำหรับขนของ", "ใต้บันไดชั้นล่างของอาคาร"))
SEARCHED = Verdict(status=ElementStatus.MISSING, reason="absent", method="search", confidence=ABSENT_CONFIDENCE)


def places_of(plans, *parts: Part, **verdicts: Verdict) -> tuple[Place, ...]:
    """What nothing explains of the parts, beside verdicts that found nothing but those given."""
    plan = PlanText(plans.make(*parts), plans.schema)
    told = {element.element_id: SEARCHED for element in plans.schema.elements}
    return find_doubt(plan, told | verdicts).places


def test_missing_among_unknown_headings_is_a_doubt_that_names_them(plans):
    """Eight headings that nothing explains: the sentence leads the analyst there by page and asks for nothing."""
    row = plans.judge(*UNKNOWN)["2.8.sequence"]
    assert row.status is ElementStatus.MISSING
    assert row.confidence < DOUBTFUL
    assert row.reason_code == UNSURE_PLACES
    assert "8 แห่ง" in row.reason_th
    assert "เรื่องที่ยังไม่รู้จัก 1” หน้า 1" in row.reason_th
    assert "เรื่องที่ยังไม่รู้จัก 4" not in row.reason_th
    assert "เป็นต้น" in row.reason_th
    assert plans.schema.criteria_of("2.8.sequence").revise_th not in row.reason_th


def test_missing_where_all_is_explained_is_sure(plans):
    """A heading that the mapping knows leaves no doubt about what else is not there."""
    row = plans.judge(KNOWN)["2.8.sequence"]
    assert row.status is ElementStatus.MISSING
    assert row.confidence > 0.9
    assert row.reason_code == "absent"
    assert plans.schema.criteria_of("2.8.sequence").revise_th in row.reason_th


def test_a_text_of_which_hardly_anything_was_found_says_so(plans):
    """Where no place can be named, the sentence tells how much of the plan was found."""
    strict = MissingModel(constant=0.4, weights={DoubtSign.LACKING: -4.0})
    schema = replace(plans.schema, calibration=replace(plans.schema.calibration, missing=strict))

    def judge(times: int) -> ComponentRow:
        plan = PlanText(plans.make(replace(KNOWN, body=KNOWN.body * times)), schema)
        rows = {row.element_id: row for row in assess_components(plan, plan_identity(), Records())}
        return rows["2.8.sequence"]

    long = judge(60)
    assert long.confidence < judge(1).confidence < DOUBTFUL  # little text could hold little more
    assert long.reason_code == UNSURE_LACKING
    asked = sum(
        element.required and not schema.children(element.element_id) and not element.applies_to
        for element in schema.elements
    )
    assert f"พบเพียง 1 จาก {asked - 1} ส่วน" in long.reason_th  # the two files are asked of the agency, not of the text


def test_a_component_of_nothing_but_doubts_is_one(plans):
    """The sentence on the component may not say more than those on its parts."""
    row = plans.judge(*UNKNOWN)["2.4"]
    assert row.status is ElementStatus.MISSING
    assert row.confidence < DOUBTFUL
    assert row.reason_code == UNSURE_PLACES


def test_files_that_did_not_come_are_no_matter_of_doubt(plans):
    """What was sent is known, however little of it was understood."""
    row = plans.judge(*UNKNOWN)["3.word_and_pdf"]
    assert row.status is ElementStatus.MISSING
    assert row.confidence > DOUBTFUL
    assert row.reason_code == "single_pdf"


def test_a_schema_without_a_sentence_for_doubt_keeps_that_of_the_search(plans):
    """The confidence tells the doubt all the same."""
    reasons = {key: text for key, text in plans.schema.reasons.items() if key not in UNSURE}
    plan = PlanText(plans.make(*UNKNOWN), replace(plans.schema, reasons=reasons))
    rows = {row.element_id: row for row in assess_components(plan, plan_identity(), Records())}
    assert rows["2.8.sequence"].reason_code == "absent"
    assert rows["2.8.sequence"].confidence < DOUBTFUL


def test_a_section_is_one_place_with_its_tables(plans):
    """An analyst opens it once; one with hardly a word under it is no place to look."""
    unknown = Part(heading="ของที่ต้องมี", body=(BODY, Grid(kind=TableKind.OTHER, rows=ROWS)), page=4)
    assert places_of(plans, unknown) == (Place(kind=PlaceKind.HEADING, text="ของที่ต้องมี", page_no=4),)
    assert not places_of(plans, replace(unknown, body=("สั้นมาก",)))


def test_a_table_of_no_known_kind_under_a_known_heading_is_a_place(plans):
    """By its first words and page; a table of a known kind or with hardly a word is none."""

    def under(kind: TableKind, rows: tuple[tuple[str, ...], ...]) -> tuple[Place, ...]:
        return places_of(plans, replace(KNOWN, body=(Grid(kind=kind, rows=rows),), page=3))

    assert under(TableKind.OTHER, ROWS) == (Place(kind=PlaceKind.TABLE, text=ROWS[0][0], page_no=3),)
    assert not under(TableKind.BIA, ROWS)
    assert not under(TableKind.OTHER, (("ก", "ข"), ("1", "2")))


def test_long_text_in_front_of_the_first_heading_is_a_place(plans):
    """Lines of a cover are shorter; text under a heading belongs to it."""
    assert places_of(plans, Part(body=("ปีงบประมาณ พ.ศ. 2569", BODY))) == (
        Place(kind=PlaceKind.TEXT, text=" ".join(BODY.split()), page_no=1),
    )
    assert not places_of(plans, replace(KNOWN, body=(BODY,)))


@pytest.mark.parametrize("element", ["annex.checklist", "none.preface", "none.definitions"])
def test_parts_that_the_schema_leaves_out_are_explained(plans, element):
    """The checklist, front matter and definitions hold nothing that is looked for."""
    assert places_of(plans, Part(heading="ส่วนนำ", body=(BODY,)))
    assert not places_of(plans, Part(heading="ส่วนนำ", elements=(element,), body=(BODY,)))


def test_front_matter_under_a_heading_that_the_mapping_left_open_is_no_place(plans):
    """By the words of the heading alone: nothing that stands there is evidence."""
    assert not places_of(plans, Part(heading="คำนำ", body=(BODY,)))


@pytest.mark.parametrize("element", ["none.title", "none.appendix"])
def test_a_heading_that_only_says_where_it_stands_explains_nothing(plans, element):
    """ "Annex 3" may hold anything."""
    assert places_of(plans, Part(heading="ภาคผนวก 3", elements=(element,), body=(BODY,)))


def test_what_a_verdict_cites_is_explained(plans):
    """A section, table or sentence that proved one element is no place to look for another."""

    def found(**place: str) -> Verdict:
        return replace(SEARCHED, status=ElementStatus.PRESENT, evidence=(Evidence(**place),))

    section = Part(heading="เรื่องที่ยังไม่รู้จัก", body=(BODY,))
    assert not places_of(plans, section, annex=found(text="x", section_id="s001"))
    table = replace(KNOWN, body=(Grid(kind=TableKind.OTHER, rows=ROWS),))
    assert not places_of(plans, table, annex=found(text="x", table_id="t001"))
    sentence = " ".join(BODY.split())
    assert not places_of(plans, Part(body=(BODY,)), annex=found(text=sentence))
    nearest = replace(SEARCHED, evidence=found(text="x", section_id="s001").evidence)
    assert places_of(plans, section, annex=nearest)


def test_places_without_pages_are_told_without(plans):
    """A web page or text file has none; a table or text is told without its words, which may be people's."""
    row = plans.judge(*(replace(part, page=None) for part in UNKNOWN), media_type="text/plain")["2.8.sequence"]
    assert "หัวข้อ “เรื่องที่ยังไม่รู้จัก 1”" in row.reason_th
    assert "หน้า" not in row.reason_th
    table = Doubt(places=(Place(kind=PlaceKind.TABLE, text="นายทดสอบ ไม่มีจริง", page_no=2),))
    assert table.told() == (UNSURE_PLACES, {"count": "1", "places": "ตาราง หน้า 2"})


def test_every_sign_takes_from_the_confidence(plans):
    """More unknown places, more that lacks, something near: each makes a "missing" worth less."""
    model = plans.schema.calibration.missing
    sure = model.worth(Doubt(found=9, asked=9, text=1.0).signs(SEARCHED))
    assert sure > 0.9
    place = Place(kind=PlaceKind.TEXT, text="x", page_no=1)
    doubts = [
        (Doubt(found=9, asked=9, text=1.0, places=(place,)), SEARCHED),
        (Doubt(found=1, asked=9, text=1.0), SEARCHED),
        (Doubt(found=9, asked=9, text=1.0), replace(SEARCHED, confidence=MENTION_CONFIDENCE)),
    ]
    assert all(model.worth(doubt.signs(verdict)) < sure for doubt, verdict in doubts)
    assert Doubt().signs(replace(SEARCHED, confidence=0.95))[DoubtSign.NEAR] == 0.0
