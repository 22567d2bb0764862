"""A "missing" in a plan that was not understood is told as a doubt, with the places to look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docmodel.vocabulary import ElementStatus, TableKind
from pipeline.assess import assess_components
from pipeline.assess.doubt import DOUBTFUL, KEPT_PLACES, UNSURE, UNSURE_HOME, UNSURE_LACKING, UNSURE_PLACES, PlanDoubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.unexplained import PlaceKind
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


def doubt_of(plans, *parts: Part, **verdicts: Verdict) -> PlanDoubt:
    """The doubt about the parts, beside verdicts that found nothing but those given."""
    told = {element.element_id: SEARCHED for element in plans.schema.elements}
    return PlanDoubt(PlanText(plans.make(*parts), plans.schema), told | verdicts)


def places_of(plans, *parts: Part, **verdicts: Verdict) -> list[tuple[PlaceKind, str, int | None]]:
    """What nothing explains of the parts."""
    return [(place.kind, place.text, place.page_no) for place in doubt_of(plans, *parts, **verdicts).places]


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
    assert places_of(plans, unknown) == [(PlaceKind.HEADING, "ของที่ต้องมี", 4)]
    assert not places_of(plans, replace(unknown, body=("สั้นมาก",)))


def test_a_table_of_no_known_kind_under_a_known_heading_is_a_place(plans):
    """By its first words and page; a table of a known kind or with hardly a word is none."""

    def under(kind: TableKind, rows: tuple[tuple[str, ...], ...]) -> list[tuple[PlaceKind, str, int | None]]:
        return places_of(plans, replace(KNOWN, body=(Grid(kind=kind, rows=rows),), page=3))

    assert under(TableKind.OTHER, ROWS) == [(PlaceKind.TABLE, ROWS[0][0], 3)]
    assert not under(TableKind.BIA, ROWS)
    assert not under(TableKind.OTHER, (("ก", "ข"), ("1", "2")))


def test_long_text_in_front_of_the_first_heading_is_a_place(plans):
    """Lines of a cover are shorter; text under a heading belongs to it."""
    assert places_of(plans, Part(body=("ปีงบประมาณ พ.ศ. 2569", BODY))) == [(PlaceKind.TEXT, " ".join(BODY.split()), 1)]
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
    people = (("นายทดสอบ ไม่มีจริง", "080-000-0000"), ("นางสมมุติ ไม่มีจริง", "080-000-0001"))
    table = doubt_of(plans, replace(KNOWN, body=(Grid(kind=TableKind.OTHER, rows=people),), page=2))
    assert table.told(plans.schema.element("2.8")) == (UNSURE_PLACES, {"count": "1", "places": "ตาราง หน้า 2"})


def signs_of(
    plans, *parts: Part, element: str = "2.8.sequence", verdict: Verdict = SEARCHED, **found: Verdict
) -> dict[str, float]:
    """The signs of doubt about one element that are not 0."""
    signs = doubt_of(plans, *parts, **{element: verdict}, **found).signs(plans.schema.element(element))
    return {sign.value: value for sign, value in signs.items() if value}


def test_every_sign_takes_from_the_confidence(plans):
    """No weight is forgotten, and none speaks for a "missing"."""
    model = plans.schema.calibration.missing
    assert model.worth({}) > 0.95
    assert all(model.worth({sign: 1.0}) < model.worth({}) for sign in DoubtSign)


def test_the_more_is_unknown_the_more_doubt(plans):
    """The first place says most, and no number of them says all."""
    few, many = (signs_of(plans, *UNKNOWN[:number])["places"] for number in (1, 8))
    assert 0.4 < few < many < 1.0


def test_what_came_near_makes_a_sign_and_a_surer_rule_none(plans):
    """What takes from the rules' own confidence is not lost."""
    named = replace(SEARCHED, confidence=MENTION_CONFIDENCE)
    assert signs_of(plans, KNOWN, verdict=named)["near"] == pytest.approx(ABSENT_CONFIDENCE - MENTION_CONFIDENCE)
    assert "near" not in signs_of(plans, KNOWN, verdict=replace(SEARCHED, confidence=0.95))


def test_headings_that_are_only_like_known_ones_are_a_sign(plans):
    """A plan of which no heading was known for certain may have others that were misunderstood."""
    guessed = replace(KNOWN, elements=(), candidates=(("2.1.objectives", 0.7),))
    assert signs_of(plans, guessed)["likeness"] == pytest.approx(0.3)
    assert "likeness" not in signs_of(plans, KNOWN)


def test_optional_parts_are_left_out_more_often(plans):
    """Backups are asked of nobody; leaders are."""
    assert "required" not in signs_of(plans, KNOWN, element="2.3.backups")
    assert signs_of(plans, KNOWN, element="2.3.leader")["required"] == 1.0


HIT = "น้ำท่วมทำให้เข้าอาคารไม่ได้และต้องหยุดให้บริการ"


@pytest.mark.parametrize(
    ("part", "signs"),
    [
        (Part(heading="เรื่องเล่า", body=(HIT,)), {"half", "fitting"}),
        (Part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=(HIT,)), {"half"}),
        (Part(heading="นิยาม", elements=("none.definitions",), body=(HIT,)), set()),
        (Part(heading="เรื่องเล่า", body=("ต้นไม้ใหญ่ให้ร่มเงาแก่ผู้เดินผ่านไปมาทุกวัน",)), set()),
    ],
)
def test_words_of_a_rule_that_does_not_hold_are_a_sign(plans, part, signs):
    """Where nothing explains them more than elsewhere; what is no evidence says nothing."""
    found = signs_of(plans, part, element="2.2.impacts")
    assert {sign for sign in ("half", "fitting") if sign in found} == signs
    assert all(0 < found[sign] <= 1 for sign in signs)


TEAM = Part(
    heading="คณะทำงาน",
    elements=("2.3",),
    body=("ผู้อำนวยการกองเป็นผู้สั่งการเมื่อเกิดเหตุ", "รองผู้อำนวยการกองเป็นผู้ช่วย"),
    page=5,
)


def test_a_part_whose_component_is_there_is_looked_for_there_first(plans):
    """The team is there but nobody's stand-in was found: the sentence leads to the team, not to unknown headings."""
    doubt = doubt_of(plans, UNKNOWN[0], TEAM)
    part = plans.schema.element("2.3.backups")
    assert doubt.signs(part)[DoubtSign.HOME] == 1.0
    assert doubt.told(part) == (UNSURE_HOME, {"places": "หัวข้อ “คณะทำงาน” หน้า 5"})
    assert [(place.text, place.page_no) for place in doubt.look_at(part)] == [
        ("คณะทำงาน", 5),
        ("เรื่องที่ยังไม่รู้จัก 1", 1),
    ]
    assert "home" not in signs_of(plans, UNKNOWN[0], TEAM, element="2.8.sequence")


def test_a_table_of_the_components_kind_is_its_home(plans):
    """Wherever it stands; under the component's heading the heading is enough."""
    people = Grid(kind=TableKind.TEAM, rows=(("ผู้ใด", "ทำสิ่งใด"), ("หัวหน้ากอง", "สั่งการ")))
    part = plans.schema.element("2.3.backups")
    assert [place.kind for place in doubt_of(plans, replace(KNOWN, body=(people,))).home(part)] == [PlaceKind.TABLE]
    assert [place.kind for place in doubt_of(plans, replace(TEAM, body=(people,))).home(part)] == [PlaceKind.HEADING]
    below = Part(heading="ฝ่ายสนับสนุน", elements=("2.3.members",), body=(people,), parent=1)
    assert [place.text for place in doubt_of(plans, TEAM, below).home(part)] == ["คณะทำงาน"]


def test_places_that_speak_of_the_element_come_first_with_its_words(plans):
    """The row of a doubtful "missing" holds all of them, the sentence the first three."""
    told = Part(heading="เรื่องเล่า", body=(HIT,), page=9)
    row = plans.judge(*UNKNOWN, told)["2.2.impacts"]
    assert row.reason_code == UNSURE_PLACES
    assert row.reason_th.index("เรื่องเล่า") < row.reason_th.index("เรื่องที่ยังไม่รู้จัก 1")
    assert len(row.look_at) == len(UNKNOWN) + 1
    first = row.look_at[0]
    assert (first.kind, first.text, first.page_no, first.section_id) == ("หัวข้อ", "เรื่องเล่า", 9, "s009")
    assert first.words
    assert not any(word in HIT.replace(" ", "") for place in row.look_at[1:] for word in place.words)
    certain = plans.judge(KNOWN, UNKNOWN[0])["annex.strategy_map"]
    assert certain.confidence > DOUBTFUL
    assert not certain.look_at


def test_nothing_is_looked_for_where_nothing_is_missing(plans, monkeypatch):
    """A complete plan pays nothing for doubt."""
    found = replace(SEARCHED, status=ElementStatus.PRESENT)
    doubt = doubt_of(plans, *UNKNOWN, **{element.element_id: found for element in plans.schema.elements})
    monkeypatch.setattr("pipeline.assess.doubt.find_places", lambda *_: pytest.fail("looked for"))
    assert all(doubt.weigh(element)[1] > 0 for element in plans.schema.elements)


def test_the_row_keeps_the_likeliest_places_and_the_sentence_counts_all(plans):
    """A long document that nobody understood would else repeat hundreds of places with every element."""
    many = [Part(heading=f"เรื่องที่ยังไม่รู้จัก {number}", body=(BODY,)) for number in range(KEPT_PLACES + 5)]
    told = Part(heading="เรื่องเล่า", body=(HIT,))
    row = plans.judge(*many, told)["2.2.impacts"]
    assert len(row.look_at) == KEPT_PLACES
    assert row.look_at[0].text == "เรื่องเล่า"
    assert f"{KEPT_PLACES + 6} แห่ง" in row.reason_th


def test_what_was_found_without_being_sure_is_a_sign(plans):
    """Words that are not known are missed where something was found, too; files and components tell nothing of it."""
    found = {
        "2.3.leader": replace(SEARCHED, status=ElementStatus.PRESENT, confidence=0.7),
        "2.3.members": replace(SEARCHED, status=ElementStatus.PRESENT, confidence=0.9),
        "3.word_and_pdf": replace(SEARCHED, status=ElementStatus.PRESENT, method="submission", confidence=0.1),
        "2.3": replace(SEARCHED, status=ElementStatus.PRESENT, method="rollup", confidence=0.1),
    }
    part = plans.schema.element("2.8.sequence")
    assert doubt_of(plans, KNOWN, **found).signs(part)[DoubtSign.UNSURE] == pytest.approx(0.2)
    sure = replace(found["2.3.leader"], confidence=1.0)
    assert "unsure" not in signs_of(plans, KNOWN, **{"2.3.leader": sure})
    # Where nothing was found, nothing says that words are known, as far as there was anything to find.
    assert signs_of(plans, KNOWN)["unsure"] < 0.1 < signs_of(plans, replace(KNOWN, body=(BODY,) * 9))["unsure"]


def test_paragraphs_of_an_understood_section_that_prove_nothing_are_a_sign(plans):
    """The longest section counts; cited text, short lines, tables and sections that are places themselves do not."""
    lines = tuple(f"{BODY} {number}" for number in range(6))
    long = replace(KNOWN, body=(*lines, "สั้น", Grid(kind=TableKind.BIA, rows=((BODY, BODY), (BODY, BODY)))))
    assert signs_of(plans, long, KNOWN)["unread"] == pytest.approx(6 / 9)
    cited = replace(SEARCHED, status=ElementStatus.PRESENT, evidence=(Evidence(text=" ".join(lines[0].split())),))
    signs = doubt_of(plans, long, annex=cited).signs(plans.schema.element("2.8.sequence"))
    assert signs[DoubtSign.UNREAD] == pytest.approx(5 / 8)
    assert "unread" not in signs_of(plans, Part(heading="เรื่องแปลก", body=lines))
