"""Findings: what each sees, and what must not be flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from docmodel.issue import Severity
from docmodel.vocabulary import (
    AgencyType,
    Declared,
    Dimension,
    DocumentClass,
    Incident,
    IncidentSource,
    Phase,
    Role,
    Slot,
    StatementKind,
    TableKind,
    Urgency,
)
from pipeline.assess import assess_components, find_findings
from pipeline.assess.findings import REGISTER
from pipeline.assess.findings.team import SAME_NAME_RATIO, _alike
from pipeline.assess.plan_text import PlanText
from pipeline.datasets.rows import (
    BiaProcessRow,
    ChecklistItemRow,
    IncidentRow,
    RecoveryStepRow,
    ResourceRequirementRow,
    StatementRow,
    StrategyRow,
    TeamMemberRow,
)
from pipeline.values import Identity, Records

ID = "0123456789abcdef"
FINDINGS_DOC = Path(__file__).parents[3] / "docs" / "findings.md"


@pytest.fixture
def look(plans, identity_of, schema):
    """Findings of a plan by code."""

    def find(*parts, records=None, identity=None, **how):
        mapped = plans.make(*parts, **how)
        identity = identity or identity_of(agency_name="สำนักงานทดสอบกลาง")
        records = records or Records()
        plan = PlanText(mapped, schema)
        components = assess_components(plan, identity, records)
        rows = find_findings(plan, identity, records, components)
        return {row.code: row for row in rows}

    return find


def member(name, *, phone=None, slot=Slot.MAIN, pair=1, role=None, position=None, table="t001"):
    """A person of the team; a phone as digits."""
    return TeamMemberRow(
        document_id=ID,
        table_id=table,
        pair_no=pair,
        slot=slot,
        person_name=name,
        role=role,
        position=position,
        phone_raw=phone or "-",
        phones=[phone] if phone else [],
    )


def incident(kind, raw, source):
    """An incident at a place of the plan."""
    return IncidentRow(document_id=ID, incident=kind, incident_raw=raw, source=source)


def test_every_code_is_documented_and_every_documented_code_exists():
    """docs/findings.md and the register say the same, severity included."""
    rows = [line.split("|") for line in FINDINGS_DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    documented = {cells[1].strip(" `"): cells[2].strip() for cells in rows}
    assert documented == {code: kind.severity.value for code, kind in REGISTER.items()}


def test_messages_fill_their_places_in_both_languages():
    """No message has a placeholder that an observation does not fill."""
    for kind in REGISTER.values():
        for text in (kind.th, kind.en):
            assert "{" not in text.format(words="w", count=1)
        assert any("\u0e00" <= character <= "\u0e7f" for character in kind.th)


def test_a_letter_has_no_findings(look):
    """Findings are about plans."""
    letter = Identity(document_class=DocumentClass.LETTER, class_confidence=1.0, class_reason="test")
    assert look(identity=letter) == {}


def test_a_declared_component_that_is_missing_is_one_error(look):
    """The contradiction is reported once, with the checklist's line as evidence, the gravest finding first."""
    items = (
        ChecklistItemRow(document_id=ID, item_text="ผังการแจ้งเหตุ", element_id="2.8", declared=Declared.YES),
        ChecklistItemRow(document_id=ID, item_text="ลำดับการแจ้ง", element_id="2.8.sequence", declared=Declared.YES),
    )
    found = look(records=Records(checklist_items=items))
    assert next(iter(found)) == "declared_but_missing"
    row = found["declared_but_missing"]
    assert (row.severity, row.element_id) == (Severity.ERROR, "2.8")
    assert "ผังการแจ้งเหตุ" in row.evidence_text


def test_incident_sets_that_differ(look):
    """Checklist, scope and matrix are held against each other; what has no name of its own is not compared."""
    records = Records(
        incidents=(
            incident(Incident.FLOOD, "น้ำท่วม", IncidentSource.SCOPE),
            incident(Incident.STORM, "พายุ", IncidentSource.SCOPE),
            incident(Incident.OTHER, "เหตุอื่น", IncidentSource.SCOPE),
            incident(Incident.FLOOD, "น้ำท่วม", IncidentSource.IMPACT_MATRIX),
            incident(Incident.FLOOD, "อุทกภัย", IncidentSource.CHECKLIST),
            incident(Incident.WAR, "สงคราม", IncidentSource.CHECKLIST),
            incident(Incident.FIRE, "ไฟไหม้", IncidentSource.RECOVERY_STEPS),
        )
    )
    found = look(records=records)
    assert "สงคราม" in found["incident_declared_not_in_scope"].message_th
    assert "storm" in found["incident_not_declared"].message_en
    assert "พายุ" in found["incident_without_impact"].message_th
    assert "fire" in found["steps_outside_scope"].message_en
    assert "incident_outside_scope" not in found


def test_two_incidents_that_one_item_joins_are_served_by_a_row_for_either(look):
    """A scope of "ระบบล่มหรือถูกโจมตี" is served by a row for the failure; a third incident without a row still is told."""
    rows = (
        incident(Incident.IT_FAILURE, "ระบบล่ม", IncidentSource.SCOPE),
        incident(Incident.CYBER_ATTACK, "ถูกโจมตี", IncidentSource.SCOPE),
        incident(Incident.FIRE, "ไฟไหม้", IncidentSource.SCOPE),
        incident(Incident.IT_FAILURE, "ระบบล่ม", IncidentSource.IMPACT_MATRIX),
    )
    texts = ("ระบบล่มหรือถูกโจมตี", "ไฟไหม้")
    scope = tuple(StatementRow(document_id=ID, kind=StatementKind.SCOPE, text=text) for text in texts)
    found = look(records=Records(incidents=rows, statements=scope))["incident_without_impact"]
    assert "ไฟไหม้" in found.message_th and "ถูกโจมตี" not in found.message_th
    apart = look(records=Records(incidents=rows))["incident_without_impact"]
    assert "ถูกโจมตี" in apart.message_th


def test_a_plan_without_checklist_or_matrix_has_nothing_to_differ_from(look):
    """A place that is not there contradicts nobody."""
    found = look(records=Records(incidents=(incident(Incident.FLOOD, "น้ำท่วม", IncidentSource.SCOPE),)))
    assert not [code for code in found if code.startswith("incident")]


def test_one_mobile_for_two_people_is_shared_and_names_stay_out_of_the_message(look):
    """Personal data stands in the evidence alone."""
    rows = (member("นายหนึ่ง สมมุติ", phone="0800000001"), member("นางสอง ตัวอย่าง", phone="0800000001", pair=2))
    row = look(records=Records(team_members=rows))["shared_phone"]
    assert "สมมุติ" not in row.message_th + row.message_en
    assert "สมมุติ" in row.evidence_text
    assert "0800000001" in row.evidence_text


@pytest.mark.parametrize(
    "rows",
    [
        (member("นายหนึ่ง สมมุติ", phone="0800000001"), member("นาย หนึ่ง สมมุติ", phone="0800000001", pair=2)),
        tuple(member(f"นาย{name} ทดลอง", phone="021230000", pair=at) for at, name in enumerate("กขค")),
        (member("นายหนึ่ง สมมุติ", phone="021230000x11"), member("นางสอง ตัวอย่าง", phone="021230000x12", pair=2)),
    ],
    ids=["one person twice", "the office's number", "two extensions"],
)
def test_phones_that_are_rightly_the_same(look, rows):
    """One person in two tables, a switchboard and two extensions are no mistake."""
    assert "shared_phone" not in look(records=Records(team_members=rows))


def test_backups(look):
    """A backup who is the main person, a head without a backup, a main person who backs up another."""
    rows = (
        member("นายหนึ่ง สมมุติ", phone="0800000001", role=Role.LEADER),
        member("นางสอง สมมุติ", phone="0800000002", pair=2),
        member("นางสอง สมมุติ", phone="0800000002", pair=2, slot=Slot.BACKUP),
        member("นายสาม สมมุติ", phone="0800000003", pair=3),
        member("นายสี่ สมมุติ", phone="0800000004", pair=4),
        member("นายสาม สมมุติ", phone="0800000003", pair=4, slot=Slot.BACKUP),
    )
    found = look(records=Records(team_members=rows))
    assert "นางสอง" in found["backup_is_main"].evidence_text
    assert "นายหนึ่ง" in found["leader_without_backup"].evidence_text
    assert found["same_person_main_and_backup"].evidence_text == "นายสาม สมมุติ"


def test_a_plan_without_any_backup_is_not_asked_for_its_heads(look):
    """That is a matter of 2.3.backups."""
    rows = (member("นายหนึ่ง สมมุติ", role=Role.LEADER),)
    assert "leader_without_backup" not in look(records=Records(team_members=rows))


def test_names_phones_and_posts(look):
    """A spelling variant, a person without a number, a number with a digit too few, a post among names."""
    rows = (
        member("นางสาวกาญจนาภรณ์ ตัวอย่างดี", phone="0800000001"),
        member("นางสาวกาญจนภรณ์ ตัวอย่างดี", phone="0800000009", pair=2),
        member("นายเลข หายไป", pair=3),
        member("ผู้อำนวยการกองคลัง", phone="0800000005", pair=4),
        TeamMemberRow(document_id=ID, table_id="t001", slot=Slot.MAIN, person_name="นายสั้น ไป", phone_raw="080-000-12"),
    )
    found = look(records=Records(team_members=rows))
    assert {"name_variant", "missing_phone", "malformed_phone", "unnamed_post"} <= set(found)
    assert found["missing_phone"].evidence_text == "นายเลข หายไป"


def need(resource, quantity, *, cell=None, unit="เครื่อง", total=False, bucket="1 วัน"):
    """A need for equipment."""
    return ResourceRequirementRow(
        document_id=ID,
        table_id="t001",
        dimension=Dimension.EQUIPMENT,
        resource_raw=resource,
        bucket_raw=bucket,
        quantity=quantity,
        unit=unit if quantity is not None else None,
        cell_raw=cell if cell is not None else f"{quantity:g} {unit}",
        is_total=total,
    )


@pytest.mark.parametrize(("total", "flagged"), [(5, False), (6, True)])
def test_totals_are_added_up(look, total, flagged):
    """Only a sum that is wrong is a finding."""
    rows = (need("โต๊ะ", 2), need("เก้าอี้", 3), need("รวม", total, total=True))
    assert ("total_does_not_add_up" in look(records=Records(resource_requirements=rows))) is flagged


def test_totals_with_a_remark_among_the_items_are_left_alone(look):
    """What cannot be added up is not judged."""
    rows = (need("โต๊ะ", 2), need("เก้าอี้", None, cell="ตามจำนวนคน"), need("ตู้", 3), need("รวม", 9, total=True))
    assert "total_does_not_add_up" not in look(records=Records(resource_requirements=rows))


def test_a_unit_without_a_number(look):
    """ "เครื่อง" alone in a row of numbers lacks its number; an empty cell does not."""
    rows = (need("โน้ตบุ๊ก", 2), need("โน้ตบุ๊ก", None, cell="เครื่อง", bucket="1 เดือน"), need("ตู้", None, cell=""))
    found = look(records=Records(resource_requirements=rows))
    assert "โน้ตบุ๊ก" in found["quantity_missing"].message_th


def process(name, urgency, hours):
    """A process of the impact analysis."""
    return BiaProcessRow(
        document_id=ID, table_id="t001", process_name=name, urgency=urgency, rto_min_hours=hours, rto_max_hours=hours
    )


def test_urgency_against_target_time(look):
    """A more urgent process that must wait longer; equal times are no contradiction."""
    rows = (process("งานช้า", Urgency.HIGH, 168), process("งานเร็ว", Urgency.LOW, 24), process("ปกติ", Urgency.HIGH, 24))
    row = look(records=Records(bia_processes=rows))["urgency_rto_mismatch"]
    assert "งานช้า" in row.message_th
    assert "ปกติ" not in row.message_th


def test_target_times_are_compared_within_one_table(look):
    """Another table has another scale; of a table all less urgent processes count, whatever their degree."""
    rows = (process("กลาง", Urgency.MEDIUM, 48), process("ด่วน", Urgency.VERY_HIGH, 72))
    apart = (rows[0], replace(rows[1], table_id="t002"))
    assert "ด่วน" in look(records=Records(bia_processes=rows))["urgency_rto_mismatch"].message_th
    assert "urgency_rto_mismatch" not in look(records=Records(bia_processes=apart))


def test_names_are_compared_with_all_others():
    """Each pair of names that differ in a letter or two, in the order of the names, also far apart in a long team."""
    names = [f"{'กขคงจฉชซ'[at % 8] * 6}{'ดตถทธนบป'[at // 8 % 8] * 6}{at // 64:03d}" for at in range(600)]
    expected = [pair for pair in combinations(names, 2) if fuzz.ratio(*pair) >= SAME_NAME_RATIO]
    assert len(expected) > 600
    assert list(_alike(names)) == expected


def test_a_count_in_the_text_against_the_table(look, part):
    """The text counts five processes, the table has two."""
    rows = (process("หนึ่ง", Urgency.HIGH, 4), process("สอง", Urgency.LOW, 24))
    section = part(heading="การวิเคราะห์", elements=("2.5",), body=("พบว่ามี ๕ กระบวนการที่ต้องฟื้นคืนก่อน",))
    assert "count_differs" in look(section, records=Records(bia_processes=rows))
    fitting = part(heading="การวิเคราะห์", elements=("2.5",), body=("พบว่ามี ๒ กระบวนการที่ต้องฟื้นคืนก่อน",))
    assert "count_differs" not in look(fitting, records=Records(bia_processes=rows))


def test_rto_against_mtpd(look, part, grid):
    """A target later than what can be tolerated."""
    table = grid(
        kind=TableKind.BIA,
        rows=(("กระบวนการ", "RTO", "MTPD"), ("จ่ายยา", "3 วัน", "24 ชั่วโมง"), ("ส่งของ", "1 วัน", "2 วัน")),
    )
    row = look(part(heading="BIA", elements=("2.5",), body=(table,)))["rto_exceeds_mtpd"]
    assert "จ่ายยา" in row.evidence_text
    assert "ส่งของ" not in row.evidence_text


def test_the_age_of_the_plan_and_the_year_in_its_file_name(look, identity_of):
    """Four years old is outdated, this year's is not."""
    this_year = date.today().year + 543
    assert "plan_outdated" in look(identity=identity_of(plan_year_be=this_year - 4))
    assert "plan_outdated" not in look(identity=identity_of(plan_year_be=this_year))


def test_words_of_a_hospital_in_another_agency(look, part, identity_of):
    """Patients' families have no place in an office's plan, but in a hospital's."""
    step = part(heading="ขั้นตอน", elements=("2.7",), body=("ติดต่อญาติผู้ป่วยให้มารับกลับ",))
    assert "foreign_text" in look(step)
    assert "foreign_text" not in look(step, identity=identity_of(AgencyType.HOSPITAL, agency_name="โรงพยาบาลตัวอย่าง"))


def test_another_agencys_name(look, part):
    """ "The plan of" somebody else is copied; the agency's own office is not."""
    copied = part(heading="ทีม", elements=("2.3",), body=("คณะบริหารความต่อเนื่องของเทศบาลเมืองสมมุตินคร ประกอบด้วย",))
    assert "other_agency_named" in look(copied)
    own = part(heading="ทีม", elements=("2.3",), body=("คณะบริหารความต่อเนื่องของสำนักงานทดสอบกลาง ประกอบด้วย",))
    assert "other_agency_named" not in look(own)


def test_prompts_left_in_the_plan(look, part):
    """A form's request is a finding; a step that begins with the same word is not."""
    left = part(heading="กลยุทธ์", elements=("2.4",), body=("ระบุชื่อระบบงาน........",))
    assert "unfilled_prompt" in look(left)
    step = part(heading="ขั้นตอน", elements=("2.7",), body=("ระบุและสรุปรายชื่อผู้ได้รับบาดเจ็บให้หัวหน้าทราบ",))
    assert "unfilled_prompt" not in look(step)


def test_a_step_that_stands_twice(look):
    """The same words in one phase; in two phases they are rightly repeated."""
    text = "รายงานความคืบหน้าให้หัวหน้าคณะทราบเป็นระยะ"
    twice = [RecoveryStepRow(document_id=ID, phase=Phase.IMMEDIATE, phase_raw="วันแรก", text=text) for _ in range(2)]
    assert "duplicate_step" in look(records=Records(recovery_steps=tuple(twice)))
    later = RecoveryStepRow(document_id=ID, phase=Phase.SHORT_TERM, phase_raw="วันที่ 2-7", text=text)
    assert "duplicate_step" not in look(records=Records(recovery_steps=(twice[0], later)))


def test_tables_that_are_not_there(look, part):
    """A reference without a table, and a gap in the numbers."""
    section = part(
        heading="ทรัพยากร",
        elements=("2.6",),
        body=("ตารางที่ 1 สถานที่", "ตารางที่ 2 อุปกรณ์", "ตารางที่ 4 บุคลากร", "รายละเอียดปรากฏในตารางที่ 9"),
    )
    found = look(section)
    assert "9" in found["table_not_found"].message_th
    assert "3" in found["table_numbering"].message_th


def test_it_that_only_waits_and_a_team_made_after_the_event(look):
    """Nothing to fall back on, and nobody appointed before it happens."""
    waits = StrategyRow(document_id=ID, dimension=Dimension.IT, text="ต้องรอให้หน่วยงานกลางกู้คืนระบบก่อนจึงใช้งานได้")
    step = RecoveryStepRow(document_id=ID, phase=Phase.IMMEDIATE, text="แต่งตั้งคณะบริหารความต่อเนื่องของหน่วยงาน")
    found = look(records=Records(strategies=(waits,), recovery_steps=(step,)))
    assert {"it_without_fallback", "team_appointed_after_event"} <= set(found)
    more = StrategyRow(document_id=ID, dimension=Dimension.IT, text="ใช้แบบฟอร์มกระดาษแทนระบบ")
    assert "it_without_fallback" not in look(records=Records(strategies=(waits, more)))


def test_a_process_that_no_need_serves(look):
    """Only where needs are listed per process can one be left out."""
    rows = (process("รับคำขอ", Urgency.HIGH, 4), process("ออกใบอนุญาต", Urgency.LOW, 24))
    served = ResourceRequirementRow(
        document_id=ID,
        dimension=Dimension.IT,
        resource_raw="ระบบ",
        process_name="รับคำขอ",
        is_total=False,
    )
    found = look(records=Records(bia_processes=rows, resource_requirements=(served,)))
    assert "ออกใบอนุญาต" in found["process_not_served"].message_th


def test_a_role_that_nobody_has(look):
    """A team called after the coordinator, in which nobody is one."""
    row = TeamMemberRow(
        document_id=ID,
        slot=Slot.MAIN,
        person_name="นางสาวหนึ่ง สมมุติ",
        role=Role.MEMBER,
        role_raw="ทีมงาน",
        group_name="ฝ่ายแผนและผู้ประสานงาน",
    )
    found = look(records=Records(team_members=(row,)))["role_without_person"]
    assert found.element_id == "2.3.coordinator"
    assert "coordinator" in found.message_en


def bucket_need(resource, bucket, *, hours, cell, dimension=Dimension.PERSONNEL, table="t009", unit=None, source=None):
    """A need in one bucket."""
    number = float("".join(c for c in cell if c.isdigit()) or 0) or None
    return ResourceRequirementRow(
        document_id=ID,
        table_id=table,
        dimension=dimension,
        resource_raw=resource,
        source_raw=source,
        bucket_raw=bucket,
        bucket_hours=hours,
        quantity=number,
        unit=unit,
        cell_raw=cell,
        is_total=False,
    )


@pytest.mark.parametrize(("second", "flagged"), [(55, True), (3, False)])
def test_people_at_home_in_two_tables(look, second, flagged):
    """The table of places and the table of personnel give the same people at home, or an analyst asks."""
    places = bucket_need(
        "ปฏิบัติงานที่บ้าน", "1 วัน", hours=24.0, cell="6 ตร.ม. (3 คน)", dimension=Dimension.WORKPLACE, table="t005"
    )
    people = bucket_need("จำนวนบุคลากรที่ปฏิบัติงานที่บ้าน", "1 วัน", hours=24.0, cell=str(second), unit="คน")
    found = look(records=Records(resource_requirements=(places, people)))
    assert ("numbers_disagree" in found) is flagged
    if flagged:
        assert "3 ≠ 55" in found["numbers_disagree"].message_th
        assert "6 ตร.ม. (3 คน)" in found["numbers_disagree"].evidence_text


def test_people_at_home_of_different_times_or_of_two_units_are_no_contradiction(look):
    """Numbers of other times, and tables on the same dimension for different units, are not compared."""
    day = bucket_need("ทำงานที่บ้าน", "1 วัน", hours=24.0, cell="3 คน", dimension=Dimension.WORKPLACE, table="t005")
    week = bucket_need("ทำงานที่บ้าน", "1 สัปดาห์", hours=168.0, cell="9 คน")
    other_unit = bucket_need("ทำงานที่บ้าน", "1 วัน", hours=24.0, cell="9 คน", dimension=Dimension.WORKPLACE, table="t006")
    assert "numbers_disagree" not in look(records=Records(resource_requirements=(day, week, other_unit)))


@pytest.mark.parametrize(
    ("rows", "flagged"),
    [
        ((("3 ตร.(จนท) .ม.", "ศูนย์บริการร่วม"), ("3 ตร.(จนท) .ม.", "ใช้ระบบ Online"), ("3 ตร.(จนท) .ม.", "เจ้าหน้าที่")), True),
        ((("ใช้ระบบออนไลน์ของกรม", None), ("เจ้าหน้าที่ 5 คน", None), ("ห้องประชุมอำเภอ", None)), True),
        ((("พื้นที่สำนักงานสำรอง", "อำเภอ"), ("ปฏิบัติงานที่บ้าน", "บ้านของเจ้าหน้าที่")), False),
        ((("ห้องประชุม", "โรงเรียน"), ("ระบบประชุมทางไกล", None)), False),
    ],
)
def test_things_that_are_no_place_among_the_places(look, rows, flagged):
    """Systems and people in the table of places are asked about; a home, and one virtual room, are places to work."""
    needs = tuple(
        replace(
            bucket_need(resource, "1 วัน", hours=24.0, cell="✓", dimension=Dimension.WORKPLACE, source=source),
            bbox=[72.0, 100.0, 500.0, 120.0],
        )
        for resource, source in rows
    )
    assert ("workplace_need_unclear" in look(records=Records(resource_requirements=needs))) is flagged


@pytest.mark.parametrize(
    ("first", "flagged"), [("(1) ระบุชื่อภารกิจ/งาน - ระบุมาตรการ", True), ("", False), ("จ่ายไฟฟ้าให้โรงพยาบาล", False)]
)
def test_the_part_on_infrastructure_with_the_forms_words_left(look, part, grid, first, flagged):
    """The form's own words are left in; an empty part and a filled one are no mistake."""
    table = grid(kind=TableKind.DIGITAL_SERVICES, rows=(("รายการตรวจสอบ", "เป้าหมายความพร้อมการให้บริการ"), (first, "☐")))
    found = look(part(heading="แบบตรวจสอบ", elements=("annex.checklist",), body=(table,)))
    assert ("infrastructure_unfilled" in found) is flagged


@pytest.mark.parametrize(
    ("bucket", "hours", "target", "flagged"),
    [
        ("1 วัน", 24.0, 4.0, True),
        ("ภายใน 1 วัน", 24.0, 4.0, False),
        ("4 ชั่วโมง", 4.0, 2.0, False),
        ("1 วัน", 24.0, 24.0, False),
    ],
)
def test_needs_that_begin_after_a_process_has_to_be_back(look, bucket, hours, target, flagged):
    """Needs from the second day on do not serve what must be back in the morning."""
    process = BiaProcessRow(
        document_id=ID, process_name="จ่ายน้ำ", rto_raw="4 ชั่วโมง", rto_min_hours=target, rto_max_hours=target
    )
    records = Records(
        bia_processes=(process,), resource_requirements=(bucket_need("คน", bucket, hours=hours, cell="5 คน"),)
    )
    assert ("needs_start_late" in look(records=records)) is flagged


def test_an_epidemic_without_anything_for_more_than_a_month(look):
    """The epidemic of the scope is carried through, or an analyst asks."""
    scope = incident(Incident.PANDEMIC, "โรคระบาด", IncidentSource.SCOPE)
    assert "pandemic_without_long_phase" in look(records=Records(incidents=(scope,)))
    step = RecoveryStepRow(document_id=ID, phase=Phase.LONG_TERM, phase_raw="มากกว่า 1 เดือน", text="สลับกำลังคนเป็นสองชุด")
    found = look(records=Records(incidents=(scope,), recovery_steps=(step,)))
    assert "pandemic_without_long_phase" not in found
    flood = incident(Incident.FLOOD, "น้ำท่วม", IncidentSource.SCOPE)
    assert "pandemic_without_long_phase" not in look(records=Records(incidents=(flood,)))


def test_urgent_processes_without_an_owner(look):
    """A blank among the owners is asked about; a table without owners is not."""

    def process(name, owner):
        return BiaProcessRow(
            document_id=ID, table_id="t004", process_name=name, urgency=Urgency.HIGH, urgency_raw="สูง", owner=owner
        )

    rows = (process("จ่ายน้ำ", "กองช่าง"), process("จ่ายเงิน", None), process("รับคำขอ", "สำนักปลัด"))
    assert look(records=Records(bia_processes=rows))["process_without_owner"].message_th.endswith("(จ่ายเงิน)")
    nobody = tuple(process(name, None) for name in ("จ่ายน้ำ", "จ่ายเงิน"))
    assert "process_without_owner" not in look(records=Records(bia_processes=nobody))


@pytest.mark.parametrize(
    ("listed", "flagged"),
    [
        (("ภายใน 24 ชั่วโมง", "วันที่ 2-7 ระยะสั้น", "ระยะยาว มากกว่า 1 เดือน", "มากกว่า 1 เดือน"), True),
        (("ภายใน 24 ชั่วโมง", "วันที่ 2-7 ระยะสั้น", "วันที่ 8 ระยะกลาง"), False),
    ],
)
def test_a_list_of_phases_against_the_phases_with_steps(look, part, listed, flagged):
    """A phase listed twice, or another than those with steps, is told; a list that fits is not."""
    steps = tuple(
        RecoveryStepRow(document_id=ID, phase=phase, text=f"ทำงานของช่วง {phase.value}")
        for phase in (Phase.IMMEDIATE, Phase.SHORT_TERM, Phase.MEDIUM_TERM)
    )
    found = look(part(heading="ขั้นตอน", elements=("2.7",), body=listed), records=Records(recovery_steps=steps))
    assert ("phase_list_mismatch" in found) is flagged


def test_one_incident_in_two_spellings_is_one(look):
    """The matrix's shorter name of an incident is the scope's, whatever kind the words were taken for."""
    scope = incident(Incident.CYBER_ATTACK, "ระบบสารสนเทศถูกโจมตี (Ransomware)", IncidentSource.SCOPE)
    matrix = incident(Incident.IT_FAILURE, "ระบบสารสนเทศถูกโจมตี", IncidentSource.IMPACT_MATRIX)
    found = look(records=Records(incidents=(scope, matrix)))
    assert not found.keys() & {"incident_without_impact", "incident_outside_scope"}
    flood = incident(Incident.FLOOD, "น้ำท่วม", IncidentSource.IMPACT_MATRIX)
    assert "incident_outside_scope" in look(records=Records(incidents=(scope, matrix, flood)))


def test_the_year_of_the_order_against_the_year_of_the_plan(look, identity_of):
    """An order of another year than the cover's is told; the year before a fiscal year is not another."""
    named = {"agency_name": "สำนักงานทดสอบกลาง", "plan_year_be": 2569}
    assert "year_differs" in look(identity=identity_of(**named, plan_date=date(2020, 1, 5)))
    assert "year_differs" not in look(identity=identity_of(**named, plan_date=date(2025, 10, 5)))


def test_a_line_of_the_contents_that_the_plan_does_not_have(look, part):
    """One line of the contents without its part is told; contents that fit nothing are no contents of this plan."""
    titles = ("วัตถุประสงค์ของแผน", "สมมติฐานของแผน", "ขอบเขตของแผน", "กลยุทธ์ความต่อเนื่อง", "ขั้นตอนกอบกู้กระบวนการ")
    parts = [part(heading=title, body=("ข้อความของส่วนนี้",)) for title in titles]
    found = look(*parts, toc=(*titles, "กระบวนการแจ้งเหตุฉุกเฉิน"))
    assert "กระบวนการแจ้งเหตุฉุกเฉิน" in found["contents_not_found"].message_th
    assert "contents_not_found" not in look(*parts, toc=titles)
    assert "contents_not_found" not in look(*parts, toc=("หัวข้อ หน้า", *titles))
    others = ("ประวัติกรม", "โครงสร้างกรม", "อัตรากำลังของกรม", "งบประมาณรายจ่าย", "ผลการดำเนินงานของกรม")
    assert "contents_not_found" not in look(*parts, toc=others)


def test_steps_written_as_a_list_are_no_list_of_phases(look, part):
    """Lines that begin with a phase and go on with its step are the steps, one of which was not recorded."""
    listed = ("1. ภายใน 24 ชั่วโมง สำรวจเส้นทาง", "2. วันที่ 2-7 วางสะพานชั่วคราว", "3. หลังวันที่ 7 ซ่อมถาวร")
    steps = (
        RecoveryStepRow(document_id=ID, phase=Phase.IMMEDIATE, text="สำรวจเส้นทาง"),
        RecoveryStepRow(document_id=ID, phase=Phase.SHORT_TERM, text="วางสะพานชั่วคราว"),
    )
    found = look(part(heading="ขั้นตอน", elements=("2.7",), body=listed), records=Records(recovery_steps=steps))
    assert "phase_list_mismatch" not in found


@pytest.mark.parametrize(
    ("own", "file_name", "flagged"),
    [
        ("สำนักงานขนส่งจังหวัดลำปาง", "แผน BCP สำนักงานขนส่งจังหวัดลำพูน.pdf", True),
        ("สำนักงานขนส่งจังหวัดลำปาง", "แผน BCP สำนักงานขนส่งจังหวัดลำปาง 2566.pdf", False),
        ("สำนักงานขนส่งจังหวัดลำปาง", "รวมเล่มแผน จังหวัดลำพูน.pdf", False),
        ("สำนักงานขนส่งจังหวัดลำปาง", "plan_final_2566.pdf", False),
    ],
)
def test_a_file_named_after_another_agency(look, identity_of, own, file_name, flagged):
    """Another body of the same kind is told; one of another kind, such as the province that sends it, is not."""
    identity = identity_of(agency_name=own, agency_type=AgencyType.PROVINCIAL_OFFICE)
    found = look(identity=identity, source_path=f"ส่งแล้ว/{file_name}")
    assert ("agency_differs" in found) is flagged


@pytest.mark.parametrize(
    ("title", "flagged"),
    [
        ("แผนบริหารความต่อเนื่องด้านระบบเทคโนโลยีสารสนเทศ (IT Contingency Plan)", True),
        ("แผนดำเนินธุรกิจอย่างต่อเนื่อง ศูนย์เทคโนโลยีสารสนเทศและการสื่อสาร", False),
    ],
)
def test_a_plan_for_information_systems_alone(look, identity_of, title, flagged):
    """A title that speaks of systems is told; an agency called after them is not."""
    found = look(identity=identity_of(agency_name="กรมทดสอบ", title=title))
    assert ("limited_scope" in found) is flagged
