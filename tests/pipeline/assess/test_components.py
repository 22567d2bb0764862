"""The verdict on each element: what makes it present, partial, missing, unreadable or not applicable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docmodel.vocabulary import (
    AgencyType,
    Cause,
    Declared,
    DigitalQuestion,
    Dimension,
    DocumentClass,
    ElementStatus,
    Incident,
    IncidentSource,
    Phase,
    Role,
    Slot,
    StatementKind,
    TableKind,
)
from pipeline.assess.submission import Submission
from pipeline.datasets.rows import (
    CallTreeRow,
    ChecklistItemRow,
    DigitalServiceRow,
    ImpactRow,
    IncidentRow,
    RecoveryStepRow,
    ResourceRequirementRow,
    StatementRow,
    StrategyRow,
    TeamMemberRow,
)
from pipeline.values import Identity, Records

ID = "0123456789abcdef"
CALL_TREE_PROSE = "หัวหน้าคณะแจ้งให้ผู้ประสานงานทราบ จากนั้นผู้ประสานงานแจ้งต่อหัวหน้าทีมทุกทีมตามลำดับจนครบทุกคน"


def test_every_element_of_the_schema_has_one_row(plans, schema):
    """A plan with nothing in it still has all rows, in the schema's order."""
    rows = plans.judge()
    assert list(rows) == [element.element_id for element in schema.elements]


def test_what_is_not_a_plan_has_no_rows(plans):
    """A letter that names the components is not judged."""
    letter = Identity(document_class=DocumentClass.LETTER, class_confidence=1.0, class_reason="test")
    assert plans.judge(identity=letter) == {}


def test_a_record_makes_its_element_present_with_its_place_as_evidence(plans):
    """An objective of the records is found, with its page and words."""
    row = StatementRow(
        document_id=ID, kind=StatementKind.OBJECTIVE, text="เพื่อให้บริการได้ต่อเนื่อง", page_no=3, bbox=[1, 2, 3, 4]
    )
    verdict = plans.judge(records=Records(statements=(row,)))["2.1.objectives"]
    assert verdict.status is ElementStatus.PRESENT
    assert verdict.evidence[0].page_no == 3
    assert verdict.evidence[0].text == "เพื่อให้บริการได้ต่อเนื่อง"
    assert verdict.record_count == 1
    assert verdict.cause is None


def test_a_section_with_prose_is_enough_without_records(plans, part):
    """A call tree told in prose counts although no record was made of it."""
    verdict = plans.judge(part(heading="การแจ้งเหตุ", elements=("2.8",), body=(CALL_TREE_PROSE,)))["2.8.sequence"]
    assert verdict.status is ElementStatus.PRESENT
    assert verdict.method == "section"


def test_a_heading_with_nothing_under_it_is_partial(plans, part):
    """An empty section is not missing and not present."""
    rows = plans.judge(part(heading="การแจ้งเหตุ", elements=("2.8",)))
    assert rows["2.8.sequence"].status is ElementStatus.PARTIAL
    assert rows["2.8.sequence"].cause is Cause.EMPTY_SECTION
    assert rows["2.8"].status is ElementStatus.PARTIAL


def test_a_leading_sentence_is_no_content(plans, part):
    """ "… as follows" with nothing after it leaves the section empty."""
    verdict = plans.judge(
        part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=("แผนฉบับนี้มีเป้าหมายที่สำคัญของหน่วยงานดังต่อไปนี้",))
    )["2.1.objectives"]
    assert (verdict.status, verdict.cause) == (ElementStatus.PARTIAL, Cause.EMPTY_SECTION)


@pytest.mark.parametrize("text", ["ระบุชื่อกระบวนการ.......", "……………………", "(ระบุรายละเอียดการแจ้งเหตุ)", "- "])
def test_prompts_and_dotted_lines_are_no_content(plans, part, text):
    """A form's own words leave the element partial."""
    verdict = plans.judge(part(heading="สมมติฐาน", elements=("2.1.assumptions",), body=(text,)))["2.1.assumptions"]
    assert verdict.status is ElementStatus.PARTIAL
    assert verdict.cause in (Cause.UNFILLED_TEMPLATE, Cause.EMPTY_SECTION)


def test_a_table_whose_cells_are_blank_is_an_unfilled_template(plans, part, grid):
    """Row labels alone are the form's, not the agency's."""
    blank = grid(
        kind=TableKind.RESOURCES,
        dimension=Dimension.EQUIPMENT,
        rows=(("รายการ", "1 วัน", "1 สัปดาห์"), ("เครื่องพิมพ์", "", "-"), ("โต๊ะทำงาน", "…", "")),
    )
    rows = plans.judge(
        part(heading="ความต้องการวัสดุอุปกรณ์", elements=("2.6.equipment",), body=("รายละเอียดตามตาราง", blank))
    )
    assert rows["2.6.equipment"].status is ElementStatus.PARTIAL
    assert rows["2.6.equipment"].cause is Cause.UNFILLED_TEMPLATE


def test_a_blank_column_makes_only_its_own_element_partial(plans, part, grid):
    """Names without phone numbers: the contacts are an unfilled column."""
    team = grid(kind=TableKind.TEAM, rows=(("ชื่อ", "เบอร์โทรศัพท์", "บทบาท"), ("นายสมมุติ ทดสอบ", "-", "หัวหน้าคณะ")))
    member = TeamMemberRow(
        document_id=ID, slot=Slot.MAIN, person_name="นายสมมุติ ทดสอบ", role=Role.LEADER, role_raw="หัวหน้าคณะ"
    )
    rows = plans.judge(part(heading="ทีมงาน", elements=("2.3",), body=(team,)), records=Records(team_members=(member,)))
    assert rows["2.3.contacts"].status is ElementStatus.PARTIAL
    assert rows["2.3.backups"].status is ElementStatus.MISSING
    assert rows["2.3"].status is ElementStatus.PRESENT


def test_a_mention_is_missing_and_shown_as_nearest(plans, part):
    """A step that names the call tree is no call tree, but an analyst sees it."""
    step = "แจ้งบุคลากรตามกระบวนการ Call Tree ที่กำหนด"
    rows = plans.judge(part(heading="ขั้นตอน", elements=("2.7",), body=(step,), page=6))
    assert rows["2.8.sequence"].status is ElementStatus.MISSING
    assert rows["2.8.sequence"].cause is Cause.MENTION_ONLY
    assert rows["2.8.sequence"].nearest is not None
    assert rows["2.8.sequence"].nearest.page_no == 6
    assert "Call Tree" in rows["2.8.sequence"].nearest.text
    assert rows["2.8"].status is ElementStatus.MISSING
    assert rows["2.8"].missing


def test_a_line_of_the_contents_is_no_evidence(plans):
    """The table of contents promises what the body does not hold."""
    verdict = plans.judge(toc=("2.8 กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree) ..... 14",))["2.8.sequence"]
    assert (verdict.status, verdict.cause) == (ElementStatus.MISSING, Cause.TOC_ONLY)


def test_missing_is_never_said_when_a_page_could_not_be_read(plans):
    """What is not found may stand on the page that nobody could read."""
    rows = plans.judge(unreadable=(5,))
    assert not [row.element_id for row in rows.values() if row.missing and row.element_id != "3.word_and_pdf"]
    assert rows["2.8"].status is ElementStatus.UNREADABLE
    assert rows["2.8.sequence"].pages_unreadable == [5]
    assert "5" in rows["2.8.sequence"].reason_th


def test_goods_for_months_are_no_plan_for_months(plans, part):
    """Spare parts for half a year outlast no crisis; a step for one that lasts does."""
    strategy = StrategyRow(document_id="d", dimension=Dimension.EQUIPMENT, text="สำรองอะไหล่ 6 เดือน")
    kept = plans.judge(records=Records(strategies=(strategy,)))
    assert kept["3.long_duration"].status is ElementStatus.MISSING
    lasting = replace(strategy, text="เช่าอาคารสำนักงานหากเหตุการณ์เกิน 6 เดือน")
    assert plans.judge(records=Records(strategies=(lasting,)))["3.long_duration"].status is ElementStatus.PRESENT
    step = "กรณียืดเยื้อเกิน 1 เดือน ผู้อำนวยการเสนอพักชำระหนี้และจ้างเจ้าหน้าที่ชั่วคราว"
    told = plans.judge(part(elements=("2.7",), heading="การปฏิบัติ", body=(step,)))
    assert told["3.long_duration"].status is ElementStatus.PRESENT


def test_the_forms_sentence_on_backups_names_none(plans, part):
    """What backups are for is said by the form; a person who stands in is a backup."""
    form = "โดยให้บุคลากรสำรองทำหน้าที่แทนเมื่อบุคลากรหลักไม่สามารถปฏิบัติงานได้"
    assert plans.judge(part(elements=("2.3",), heading="ทีมงาน", body=(form,)))["2.3.backups"].status is (
        ElementStatus.MISSING
    )
    named = "รองอธิบดีเป็นรองหัวหน้าคณะ ทำหน้าที่แทนเมื่ออธิบดีไม่อยู่"
    assert plans.judge(part(elements=("2.3",), heading="ทีมงาน", body=(named,)))["2.3.backups"].status is (
        ElementStatus.PRESENT
    )


def test_a_group_without_filled_rows_is_partial(plans, part, grid):
    """A row that runs over the whole table heads the rows below it: blank ones are an unfilled part of the form."""
    rows = (
        ("รายการ", "ที่มา", "1 วัน"),
        ("ข. ด้านวัสดุอุปกรณ์", "<", "<"),
        ("เครื่องสูบน้ำ", "กองช่าง", "4 เครื่อง"),
        ("ค. ด้านเทคโนโลยีสารสนเทศ", "<", "<"),
        ("", "", ""),
    )
    table = grid(kind=TableKind.RESOURCES, rows=rows)
    assert plans.judge(part(elements=("2.6",), heading="ความต้องการ", body=(table,)))["2.6.it"].status is (
        ElementStatus.PARTIAL
    )


def test_amounts_under_strategies_are_needs_where_the_heading_says_both(plans, part):
    """Under "แนวทาง…และทรัพยากร" an amount is a need; under strategies alone it is what they buy."""
    text = ("จัดซื้อคอมพิวเตอร์พกพาสำรอง 20 เครื่อง และยืมจากสำนักงานภาคเมื่อไม่เพียงพอ",)
    own = part(elements=("2.4.equipment",), heading="อุปกรณ์", body=text, parent=1)
    both = plans.judge(part(elements=("2.4",), heading="แนวทางรักษาความต่อเนื่องและทรัพยากร"), own)
    assert both["2.6.equipment"].status is ElementStatus.PRESENT
    alone = plans.judge(part(elements=("2.4",), heading="แนวทางรักษาความต่อเนื่อง"), own)
    assert alone["2.6.equipment"].status is ElementStatus.MISSING


def test_a_picture_under_the_heading_is_unreadable(plans, part, picture):
    """A call tree drawn as a picture is there, but could not be read."""
    verdict = plans.judge(part(heading="ผัง Call Tree", elements=("2.8",), body=(picture(),)))["2.8.sequence"]
    assert (verdict.status, verdict.cause) == (ElementStatus.UNREADABLE, Cause.UNREADABLE_PAGE)
    assert verdict.reason_code == "picture_only"


def test_the_checklist_is_no_evidence_and_contradicts(plans):
    """The agency ticks the call tree, the plan has none: a discrepancy."""
    items = (
        ChecklistItemRow(document_id=ID, item_text="การแจ้งเหตุ", element_id="2.8", declared=Declared.YES),
        ChecklistItemRow(document_id=ID, item_text="ทีมงาน", element_id="2.3", declared=Declared.BLANK),
    )
    rows = plans.judge(records=Records(checklist_items=items))
    assert rows["2.8"].declared is Declared.YES
    assert rows["2.8"].discrepancy
    assert rows["2.3"].declared is Declared.BLANK
    assert not rows["2.3"].discrepancy
    assert rows["annex.checklist"].status is ElementStatus.PRESENT


def test_declared_no_but_found_is_a_discrepancy_too(plans):
    """The plan is better than its checklist says."""
    items = (ChecklistItemRow(document_id=ID, item_text="ผังแจ้งเหตุ", element_id="2.8", declared=Declared.NO),)
    call = CallTreeRow(document_id=ID, caller="หัวหน้า", callee="ผู้ประสานงาน", text="หัวหน้าแจ้งผู้ประสานงาน")
    assert plans.judge(records=Records(checklist_items=items, call_tree=(call,)))["2.8"].discrepancy


def test_lines_of_the_parts_declare_their_component(plans, schema):
    """Five ticked dimensions under a heading without a box of its own mean yes."""
    items = tuple(
        ChecklistItemRow(document_id=ID, item_text="ด้าน", element_id=child.element_id, declared=Declared.YES)
        for child in schema.children("2.4")
    )
    assert plans.judge(records=Records(checklist_items=items))["2.4"].declared is Declared.YES


def test_an_epidemic_in_the_scope_counts_and_in_the_preface_not(plans, part):
    """The preface quotes the cabinet; only the scope says what the plan covers."""
    preface = part(heading="คำนำ", body=("คณะรัฐมนตรีมีมติให้ส่วนราชการปรับปรุงแผนให้รองรับโรคระบาดต่อเนื่องเกินกว่า 1 เดือน",))
    rows = plans.judge(preface)
    assert rows["3.pandemic"].status is ElementStatus.MISSING
    assert rows["3.long_duration"].status is ElementStatus.MISSING
    scope = IncidentRow(
        document_id=ID, incident=Incident.PANDEMIC, incident_raw="โรคระบาด", source=IncidentSource.SCOPE
    )
    assert plans.judge(preface, records=Records(incidents=(scope,)))["3.pandemic"].status is ElementStatus.PRESENT


@pytest.mark.parametrize(
    ("phase_raw", "status"),
    [
        ("ระยะยาว (มากกว่า 1 เดือน)", ElementStatus.PRESENT),
        ("ช่วงที่ 4 ตั้งแต่ 1 เดือนขึ้นไป", ElementStatus.PRESENT),
        ("วันที่ 8 เป็นต้นไป ระยะกลาง", ElementStatus.MISSING),
        ("ภายใน 1 เดือน", ElementStatus.MISSING),
    ],
)
def test_only_more_than_a_month_is_long(plans, phase_raw, status):
    """A phase up to one month does not plan for a longer crisis."""
    step = RecoveryStepRow(document_id=ID, phase=Phase.LONG_TERM, phase_raw=phase_raw, text="ติดตามสถานการณ์")
    assert plans.judge(records=Records(recovery_steps=(step,)))["3.long_duration"].status is status


def test_a_need_for_one_month_is_not_a_longer_crisis(plans):
    """The form's last bucket is one month; a bucket beyond it counts when it is filled."""
    need = ResourceRequirementRow(
        document_id=ID,
        dimension=Dimension.PERSONNEL,
        resource_raw="เจ้าหน้าที่",
        bucket_raw="1 เดือน",
        bucket_hours=720,
        quantity=4,
        is_total=False,
    )
    assert plans.judge(records=Records(resource_requirements=(need,)))["3.long_duration"].missing
    longer = ResourceRequirementRow(
        document_id=ID,
        dimension=Dimension.PERSONNEL,
        resource_raw="เจ้าหน้าที่",
        bucket_raw="3 เดือน",
        bucket_hours=2160,
        quantity=4,
        is_total=False,
    )
    rows = plans.judge(records=Records(resource_requirements=(longer,)))
    assert rows["3.long_duration"].status is ElementStatus.PRESENT
    assert rows["2.6.personnel"].status is ElementStatus.PRESENT


def test_needs_without_quantities_are_an_unfilled_form(plans):
    """Resource names with blank buckets say nothing of what is needed."""
    need = ResourceRequirementRow(
        document_id=ID,
        dimension=Dimension.EQUIPMENT,
        resource_raw="เครื่องพิมพ์",
        bucket_raw="1 วัน",
        bucket_hours=24,
        is_total=False,
    )
    assert plans.judge(records=Records(resource_requirements=(need,)))["2.6.equipment"].status is not (
        ElementStatus.PRESENT
    )


def test_impacts_need_a_mark(plans, part, grid):
    """A matrix without one tick is a form nobody filled in."""
    matrix = grid(kind=TableKind.IMPACT_MATRIX, rows=(("เหตุการณ์", "อาคาร", "บุคลากร"), ("น้ำท่วม", "", "")))
    untouched = ImpactRow(
        document_id=ID, incident=Incident.FLOOD, incident_raw="น้ำท่วม", dimension=Dimension.WORKPLACE, affected=False
    )
    rows = plans.judge(
        part(heading="ผลกระทบ", elements=("2.2",), body=(matrix,)), records=Records(impacts=(untouched,))
    )
    assert (rows["2.2.impacts"].status, rows["2.2.impacts"].cause) == (
        ElementStatus.PARTIAL,
        Cause.UNFILLED_TEMPLATE,
    )


@pytest.mark.parametrize("text", ["-", "ตามความเหมาะสม", "ไม่มี"])
def test_a_strategy_that_plans_nothing_is_partial(plans, text):
    """ "As appropriate" is no measure."""
    row = StrategyRow(document_id=ID, dimension=Dimension.IT, text=text)
    assert plans.judge(records=Records(strategies=(row,)))["2.4.it"].status is ElementStatus.PARTIAL


def test_a_team_called_coordinator_without_a_person_is_partial(plans):
    """A group's name is not a person with that role."""
    member = TeamMemberRow(
        document_id=ID,
        slot=Slot.MAIN,
        person_name="นางสมมุติ ตัวอย่าง",
        role=Role.MEMBER,
        role_raw="ทีมงาน",
        group_name="ทีมยุทธศาสตร์และผู้ประสานงาน",
    )
    verdict = plans.judge(records=Records(team_members=(member,)))["2.3.coordinator"]
    assert verdict.status is ElementStatus.PARTIAL
    assert verdict.reason_code == "team_without_person"


@pytest.mark.parametrize(
    ("agency_type", "status"),
    [
        (AgencyType.PROVINCE, ElementStatus.MISSING),
        (AgencyType.SCHOOL, ElementStatus.NOT_APPLICABLE),
        (None, ElementStatus.NOT_APPLICABLE),
    ],
)
def test_coordination_is_asked_of_provinces_alone(plans, identity_of, agency_type, status):
    """Other agencies, and those of unknown type, are not held against it."""
    assert plans.judge(identity=identity_of(agency_type))["3.interagency"].status is status


def test_word_and_pdf_together_are_present(plans):
    """One file alone is missing the other; the submission as a whole decides."""
    alone = plans.judge()["3.word_and_pdf"]
    assert (alone.status, alone.cause, alone.reason_code) == (ElementStatus.MISSING, Cause.ABSENT, "single_pdf")
    both = Submission(formats=frozenset({"word", "pdf"}), source_paths=("plan.docx", "plan.pdf"))
    assert plans.judge(submission=both)["3.word_and_pdf"].status is ElementStatus.PRESENT


def test_digital_and_eservice_come_from_filled_rows(plans):
    """A row with a system counts for its own question only."""
    row = DigitalServiceRow(
        document_id=ID, question=DigitalQuestion.ESERVICE_PLANNED, mission="รับคำขอ", system="เว็บไซต์"
    )
    rows = plans.judge(records=Records(digital_services=(row,)))
    assert rows["3.eservice"].status is ElementStatus.PRESENT
    assert rows["3.digital"].status is ElementStatus.MISSING
    prompt = DigitalServiceRow(document_id=ID, question=DigitalQuestion.ESERVICE_PLANNED, mission="ระบุชื่อภารกิจ/งาน")
    assert plans.judge(records=Records(digital_services=(prompt,)))["3.eservice"].missing


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("โรงว่าวเปิดให้ยืมว่าวผ่านระบบบริการออนไลน์ (e-Service) ตั้งแต่ต้นปี", ElementStatus.PRESENT),
        ("คณะรัฐมนตรีมีมติให้หน่วยงานของรัฐพัฒนาระบบ e-Service เพื่อให้บริการประชาชน", ElementStatus.MISSING),
        ("หน่วยงานมีภารกิจที่จะพัฒนาเป็น e-Service ในระยะต่อไปหรือไม่ อย่างไร", ElementStatus.MISSING),
    ],
)
def test_a_service_that_is_open_counts_and_one_that_is_asked_for_does_not(plans, part, sentence, status):
    """A sentence anywhere in the plan says it; a resolution or a form's question does not."""
    assert plans.judge(part(heading="เรื่องอื่น ๆ", body=(sentence,)))["3.eservice"].status is status


def test_every_reason_is_one_clean_thai_sentence(plans, part):
    """No placeholder, no double space, and it says what to do for what is not present."""
    rows = plans.judge(part(heading="ทีมงาน", elements=("2.3",)), unreadable=())
    for row in rows.values():
        assert "{" not in row.reason_th
        assert "  " not in row.reason_th
        if row.status in (ElementStatus.MISSING, ElementStatus.PARTIAL):
            assert "โปรด" in row.reason_th


def test_a_heading_that_was_not_seen_as_one_still_leads_to_its_content(plans, part):
    """On a bad scan the heading is a line of text; what follows it counts, a line of contents does not."""
    body = ("สมมติฐานของแผน", "สถานที่สำรองและระบบสำรองไม่ได้รับผลกระทบจากเหตุการณ์เดียวกัน")
    rows = plans.judge(part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=body))
    assert rows["2.1.assumptions"].method == "lead"
    contents = ("สมมติฐานของแผน 4", "ขอบเขตของแผนและเหตุการณ์ที่แผนรองรับทั้งหมดของหน่วยงาน 5")
    assert plans.judge(part(heading="เล่มนี้มี", body=contents))["2.1.assumptions"].missing


def test_an_undecided_heading_counts_when_its_content_passes(plans, part):
    """A heading that says too little is read on, and only what stands under it decides."""
    body = ("เมื่อน้ำท่วม อาคารสำนักงานและเครื่องมือไม่สามารถใช้งานได้ตามปกติ",)
    found = plans.judge(part(heading="ผลกระทบ", candidates=(("2.2.impacts", 0.55),), body=body))
    assert found["2.2.impacts"].status is ElementStatus.PRESENT
    empty = plans.judge(part(heading="ผลกระทบ", candidates=(("2.2.impacts", 0.2),), body=body))
    assert empty["2.2.impacts"].missing


def test_a_form_that_nobody_filled_in_is_partial_throughout(plans, part, grid):
    """Roles and resource names are printed on the form; without names and quantities they say nothing."""
    team = grid(
        kind=TableKind.TEAM,
        rows=(("ชื่อ", "โทรศัพท์", "บทบาท"), ("(ระบุชื่อ)", "", "หัวหน้าคณะ"), ("(ระบุชื่อ)", "", "ผู้ประสานงาน")),
    )
    needs = grid(
        kind=TableKind.RESOURCES,
        rows=(("ประเภท", "1 วัน", "1 เดือน"), ("อาคาร/สถานที่", "-", "-"), ("บุคลากร", "", "")),
    )
    rows = plans.judge(
        part(heading="ทีมงาน", elements=("2.3",), body=(team,)),
        part(heading="ความต้องการ", elements=("2.6",), body=(needs,)),
    )
    assert rows["2.3.roles"].status is ElementStatus.PARTIAL
    for element_id in ("2.3.members", "2.3.leader", "2.3.coordinator", "2.6.workplace", "2.6.personnel"):
        assert (rows[element_id].status, rows[element_id].cause) == (
            ElementStatus.PARTIAL,
            Cause.UNFILLED_TEMPLATE,
        ), element_id
    assert rows["2.3"].status is ElementStatus.PARTIAL


def test_a_section_for_several_parts_proves_none_of_them_by_its_length(plans, part):
    """Under "objectives, assumptions and scope" a long text on one of them leaves the others open."""
    body = ("แผนนี้มีวัตถุประสงค์เพื่อให้การเรียนการสอนดำเนินต่อไปได้ในทุกสถานการณ์ที่อาจเกิดขึ้น",)
    labels = ("2.1.objectives", "2.1.assumptions", "2.1.scope")
    rows = plans.judge(part(heading="วัตถุประสงค์ สมมติฐาน และขอบเขต", elements=labels, body=body))
    assert rows["2.1.objectives"].status is ElementStatus.PRESENT
    assert rows["2.1.assumptions"].status is not ElementStatus.PRESENT
    assert rows["2.1.scope"].status is not ElementStatus.PRESENT


@pytest.mark.parametrize(
    ("element_id", "text"),
    [
        ("2.1.assumptions", "3. การวางแผนถือสมมติฐานว่า หอแสดงดนตรีสาขาที่สองไม่ได้รับผลกระทบจากเหตุการณ์เดียวกัน"),
        ("2.1.scope", "แผนครอบคลุมอัคคีภัย น้ำท่วม และการโจมตีทางไซเบอร์"),
        ("2.2.incidents", "แผนครอบคลุมอัคคีภัย น้ำท่วม และการโจมตีทางไซเบอร์"),
        ("2.2.impacts", "น้ำท่วมฉับพลัน ทำให้อาคารที่ทำการเข้าไม่ได้และเครื่องใช้สำนักงานเสียหาย"),
        ("3.pandemic", "แผนนี้ใช้เมื่อเกิดอุทกภัย หรือโรคระบาดที่กินเวลาหลายเดือน"),
    ],
)
def test_sentences_of_a_plan_without_headings_count(plans, part, element_id, text):
    """A plan in plain paragraphs says the same as one with headings."""
    rows = plans.judge(part(heading="", body=(text,)))
    assert rows[element_id].status is ElementStatus.PRESENT


@pytest.mark.parametrize(
    ("element_id", "text"),
    [
        ("2.1.scope", "แผนแม่บทของจังหวัดมีหลายฉบับและเผยแพร่ทางเว็บไซต์ของจังหวัดแล้ว"),
        ("2.2.impacts", "น้ำท่วมในภาคกลางเกิดขึ้นทุกปีในช่วงปลายฤดูฝนตามสถิติของทางราชการ"),
        ("3.pandemic", "โรคระบาดครั้งใหญ่เกิดขึ้นทั่วโลกตั้งแต่ปลายปีที่ผ่านมา"),
        ("2.1.assumptions", "คณะทำงานประชุมกันทุกเดือนเพื่อทบทวนสมมติฐานและข้อมูลของแผน"),
    ],
)
def test_sentences_that_only_touch_a_subject_do_not(plans, part, element_id, text):
    """Words of the subject alone are no scope, no impact and no assumption."""
    rows = plans.judge(part(heading="", body=(text,)))
    assert rows[element_id].status is not ElementStatus.PRESENT


def test_what_a_strategy_says_of_damage_is_no_impact_analysis(plans, part):
    """The same sentence under the strategies is why something is done, not what the plan analysed."""
    text = "เมื่อน้ำท่วมทำให้อาคารสำนักงานเสียหาย ให้ย้ายไปปฏิบัติงานที่ศาลาประชาคม"
    rows = plans.judge(part(heading="กลยุทธ์", elements=("2.4.workplace",), body=(text,)))
    assert rows["2.2.impacts"].status is ElementStatus.MISSING


def test_a_line_that_names_a_stand_in_is_a_backup(plans, part):
    """ "… is the stand-in" in the team's list counts, a duty to stand in for others elsewhere does not."""
    said = part(heading="ทีมงาน", elements=("2.3",), body=("คณบดีเป็นประธาน มีรองคณบดีฝ่ายบริหารเป็นผู้แทน",))
    assert plans.judge(said)["2.3.backups"].status is ElementStatus.PRESENT
    elsewhere = part(heading="กลยุทธ์", elements=("2.4",), body=("ให้เจ้าหน้าที่ทุกฝ่ายเป็นผู้แทนของกันและกันได้",))
    assert plans.judge(elsewhere)["2.3.backups"].status is not ElementStatus.PRESENT


def test_months_counted_from_the_incident_last_longer_than_one(plans, part):
    """ "From the second month on" is a crisis of more than a month."""
    body = ("สลับกำลังคนและจัดงบประมาณฟื้นฟูอาคารสำนักงานทั้งหมดของจังหวัดให้กลับมาใช้งานได้ตามปกติ",)
    rows = plans.judge(part(heading="ตั้งแต่เดือนที่สอง", elements=("2.7",), body=body))
    assert rows["3.long_duration"].status is ElementStatus.PRESENT


def test_an_order_of_appointment_under_an_unknown_heading_names_the_team(plans, part):
    """A line that appoints the team and the list behind it are enough; the head of a part is no head of the team."""
    lines = (
        "จังหวัดมีคำสั่งแต่งตั้งคณะบริหารความต่อเนื่อง ประกอบด้วย",
        "1. รองปลัดเทศบาล เป็นกรรมการ",
        "2. ผู้อำนวยการกองช่าง เป็นประธานอนุกรรมการ",
        "3. หัวหน้าสำนักปลัด เป็นกรรมการและผู้ประสานงาน",
    )
    rows = plans.judge(part(heading="ส่วนที่ 3", body=lines))
    found = {element: rows[f"2.3.{element}"].status.value for element in ("members", "roles", "coordinator", "leader")}
    assert found == {"members": "present", "roles": "present", "coordinator": "present", "leader": "missing"}
    rows = plans.judge(part(heading="ส่วนที่ 3", body=(*lines, "4. ปลัดเทศบาล เป็นประธานกรรมการ")))
    assert rows["2.3.leader"].status is ElementStatus.PRESENT


def test_a_deputy_is_no_head_of_the_team(plans, part):
    """ "เป็นรองประธานกรรมการ" ends like the head's post and is another."""
    deputy = ("1. รองปลัดเทศบาล เป็นรองประธานกรรมการ", "2. หัวหน้าสำนักปลัด เป็นกรรมการและผู้ประสานงาน")
    team = {"heading": "คณะบริหารความต่อเนื่อง", "elements": ("2.3",)}
    assert plans.judge(part(**team, body=deputy))["2.3.leader"].status == "missing"
    head = ("ปลัดเทศบาล ประธานกรรมการ", *deputy)
    assert plans.judge(part(**team, body=head))["2.3.leader"].status == "present"


def test_the_head_of_a_part_and_stand_ins_in_general_are_nobody(plans, part):
    """ "เป็นหัวหน้าทีมบริการ" leads one of several teams; the form's sentence on stand-ins names none."""
    team = {"heading": "คณะทำงานบริหารความต่อเนื่อง", "elements": ("2.3",)}
    general = "ให้บุคลากรสำรองทำหน้าที่แทนเมื่อบุคลากรหลักไม่สามารถปฏิบัติงานได้"
    rows = plans.judge(part(**team, body=("(1) ผู้อำนวยการสำนัก เป็นหัวหน้าทีมบริการ", general)))
    assert (rows["2.3.leader"].status, rows["2.3.backups"].status) == ("missing", "missing")
    named = ("(1) ปลัดเทศบาล เป็นหัวหน้าทีม", "ถ้าปลัดเทศบาลไม่อยู่ ให้รองปลัดเทศบาลทำแทน")
    rows = plans.judge(part(**team, body=named))
    assert (rows["2.3.leader"].status, rows["2.3.backups"].status) == ("present", "present")


def test_one_scenario_is_no_place_of_the_scope(plans, part):
    """What is done in one scenario leaves open what the plan is for; under the heading of all of them it counts."""
    line = "กลยุทธ์ด้านสถานที่: ย้ายผู้เล่นว่าวไปสนามของโรงเรียน"
    one = part(heading="สถานการณ์ที่ 2 ลมแรง", candidates=(("2.1.scope", 0.66),), body=(line,))
    assert plans.judge(one)["2.1.scope"].status == "missing"
    whole = part(heading="สถานการณ์ที่รองรับ", candidates=(("2.1.scope", 0.66),), body=(line,))
    assert plans.judge(whole)["2.1.scope"].status == "present"


def test_needs_in_columns_stand_without_any_one_of_them(plans, part, grid):
    """A table of processes with columns of what each needs says so of the columns that are there, whichever lacks."""
    heads = ("กระบวนงาน", "สถานที่", "อุปกรณ์", "ระบบ", "คน", "ผู้ให้บริการ")
    rows = (
        ("ซ่อมว่าว", "ห้องว่าว", "กาว", "ระบบลม", "ช่างว่าว", "ร้านไม้ไผ่"),
        ("ยืมว่าว", "โรงว่าว", "ตู้", "ระบบยืม", "ผู้เล่น", "ร้านป่าน"),
    )
    names = ("workplace", "equipment", "it", "personnel", "service_providers")
    for left_out in range(1, len(heads)):
        kept = [col for col in range(len(heads)) if col != left_out]
        table = grid(kind=TableKind.BIA, rows=tuple(tuple(row[col] for col in kept) for row in (heads, *rows)))
        found = plans.judge(part(heading="กระบวนงานและทรัพยากร", elements=("2.5", "2.6"), body=(table,)))
        assert [found[f"2.6.{name}"].status == "present" for name in names] == [
            col != left_out for col in range(1, len(heads))
        ], heads[left_out]


def test_the_impact_of_an_incident_that_the_heading_names(plans, part):
    """What is hit may stand under the incident's name; the same words under another heading say nothing of one."""
    line = "ผลกระทบ: อาคารผู้ป่วยนอกและเครื่องเอกซเรย์ใช้งานไม่ได้"
    assert plans.judge(part(heading="สถานการณ์ที่ 2 น้ำท่วมชั้นล่าง", body=(line,)))["2.2.impacts"].status == "present"
    assert plans.judge(part(heading="เรื่องทั่วไป", body=(line,)))["2.2.impacts"].status == "missing"


def test_a_need_under_a_joint_heading_is_no_strategy(plans, part):
    """A sentence that opens with what is needed says nothing of what is done."""
    need = "ความต้องการ ห้องเรียน 2 ห้องใน 1 วัน และ 6 ห้องใน 1 สัปดาห์"
    place = {"heading": "4.1 สถานที่", "elements": ("2.4.workplace",)}
    assert plans.judge(part(**place, body=(need,)))["2.4.workplace"].status == "partial"
    both = ("ย้ายการสอนไปอาคารเรียนรวมของมหาวิทยาลัย", need)
    assert plans.judge(part(**place, body=both))["2.4.workplace"].status == "present"


def test_names_of_phases_alone_are_no_steps(plans, part):
    """Headings of phases with nothing under them do not add up to steps."""
    names = ("ก่อนเกิดเหตุ", "ขณะเกิดเหตุ", "หลังเกิดเหตุ", "ก่อนเกิดเหตุ", "ขณะเกิดเหตุ", "หลังเกิดเหตุ")
    assert plans.judge(part(heading="การปฏิบัติ", elements=("2.7",), body=names))["2.7.steps"].status == "partial"


def test_the_head_of_one_of_several_teams_is_not_the_head(plans):
    """ "หัวหน้าทีม" leads the plan's only team, and a part of it where there are several."""
    head = TeamMemberRow(
        document_id="x", table_id="t1", slot="main", person_name="นายหนึ่ง", role="team_leader", role_raw="หัวหน้าทีม"
    )
    other = TeamMemberRow(document_id="x", table_id="t2", slot="main", person_name="นายสอง", role_raw="ผู้ประสานงาน")
    assert plans.judge(records=Records(team_members=(head,)))["2.3.leader"].status == "present"
    assert plans.judge(records=Records(team_members=(head, other)))["2.3.leader"].status == "missing"


def test_needs_in_the_columns_of_an_impact_analysis(plans, part, grid):
    """A table that says for each process what it needs serves both; ticks in such columns are impacts and no needs."""
    head = ("กระบวนงาน", "ความสำคัญ", "สถานที่", "อุปกรณ์", "คน")
    told = (
        head,
        ("เทียบเวลา", "สูง", "ห้องนาฬิกา 1 ห้อง", "นาฬิกา 1 เรือน", "3 คน"),
        ("สอบเทียบ", "ต่ำ", "ห้อง 2 ห้อง", "เครื่อง 2 ชุด", "4 คน"),
    )
    rows = plans.judge(part(heading="งาน", elements=("2.5",), body=(grid(kind=TableKind.BIA, rows=told),)))
    needs = ("workplace", "equipment", "personnel", "service_providers")
    assert [rows[f"2.6.{need}"].status.value for need in needs] == ["present", "present", "present", "missing"]
    ticked = (head, ("เทียบเวลา", "สูง", "✓", "✓", ""), ("สอบเทียบ", "ต่ำ", "✓", "", "✓"))
    rows = plans.judge(part(heading="งาน", elements=("2.5",), body=(grid(kind=TableKind.BIA, rows=ticked),)))
    assert {rows[f"2.6.{need}"].status.value for need in needs} == {"missing"}


def test_a_chain_of_calls_under_an_unknown_heading_is_a_call_tree(plans, part):
    """Who calls whom, told twice in one sentence, is the sequence whatever stands above it; one call is not."""
    chain = "ครูเวรโทรหาผู้อำนวยการ ผู้อำนวยการโทรหาครูวิชาการ ครูวิชาการโทรหาครูประจำชั้นทุกคน"
    assert plans.judge(part(heading="เรื่องอื่น", body=(chain,)))["2.8.sequence"].status == "present"
    single = "เมื่อพบเหตุให้ครูเวรโทรหาผู้อำนวยการโรงเรียนทันทีและรอฟังคำสั่งที่ห้องธุรการของโรงเรียน"
    assert plans.judge(part(heading="เรื่องอื่น", body=(single,)))["2.8.sequence"].status == "missing"


@pytest.mark.parametrize(
    ("elements", "text", "status"),
    [
        (("2.8",), "การแจ้งเหตุมีวัตถุประสงค์เพื่อบริหารจัดการขั้นตอนในการติดต่อผู้ปฏิบัติงานทุกคน", ElementStatus.MISSING),
        (("2.8",), "แผนฉบับนี้มีวัตถุประสงค์เพื่อให้หน่วยงานให้บริการประชาชนต่อไปได้ในสภาวะวิกฤต", ElementStatus.PRESENT),
        ((), "การจัดทำครั้งนี้มีวัตถุประสงค์เพื่อให้หน่วยงานให้บริการประชาชนต่อไปได้ในสภาวะวิกฤต", ElementStatus.PRESENT),
    ],
)
def test_the_aim_of_a_procedure_is_not_the_aim_of_the_plan(plans, part, elements, text, status):
    """Under another component only a sentence about the plan tells the plan's objectives."""
    rows = plans.judge(part(heading="ข้อความ", elements=elements, body=(text,)))
    assert rows["2.1.objectives"].status is status


@pytest.mark.parametrize(
    ("strategy", "status"), [("", ElementStatus.PARTIAL), ("ใช้อาคารศูนย์ราชการชั้นสอง", ElementStatus.PRESENT)]
)
def test_the_label_of_an_empty_row_is_no_strategy(plans, part, grid, strategy, status):
    """ "อาคารสำรอง" names what is asked for; only what stands beside it answers."""
    told = (
        ("ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"),
        ("อาคาร/สถานที่ปฏิบัติงานสำรองของหน่วยงาน", strategy),
        ("บุคลากรหลัก", "กำหนดให้มีผู้ปฏิบัติงานแทนทุกตำแหน่ง"),
    )
    table = grid(kind=TableKind.STRATEGY, rows=told)
    rows = plans.judge(part(heading="กลยุทธ์ความต่อเนื่อง", elements=("2.4",), body=(table,)))
    assert rows["2.4.workplace"].status is status


@pytest.mark.parametrize(
    ("cell", "status"),
    [("โทร. 0 2123 4567 ต่อ 101", ElementStatus.PARTIAL), ("หัวหน้าฝ่ายบริหารทั่วไป", ElementStatus.PRESENT)],
)
def test_a_phone_names_no_member(plans, part, grid, cell, status):
    """A team's table with numbers and without names is not filled in."""
    told = (("บุคลากรหลัก", "บทบาท"), (cell, "หัวหน้าทีม"), (cell, "ผู้ประสานงาน"))
    table = grid(kind=TableKind.TEAM, rows=told)
    rows = plans.judge(part(heading="คณะบริหารความต่อเนื่อง", elements=("2.3",), body=(table,)))
    assert rows["2.3.members"].status is status


def test_what_is_prepared_beforehand_is_no_step(plans, part):
    """Preparations alone make the steps partial; one step of the response makes them present."""
    before = part(
        heading="ก่อนเกิดเหตุ", elements=("2.7",), body=("- ซ้อมเก็บว่าวปีละสองครั้งทุกฤดูลม", "- มัดสายป่านทุกม้วนให้แน่นก่อนฤดูฝน")
    )
    during = part(heading="ขณะเกิดเหตุ", elements=("2.7",), body=("- เก็บว่าวทุกตัวลงจากฟ้า ปิดสนามทันที แล้วนับผู้เล่นให้ครบทุกคน",))
    assert plans.judge(before)["2.7.steps"].status == "partial"
    assert plans.judge(before, during)["2.7.steps"].status == "present"
