"""A school's form as it was sent out and never filled in: prompts, dotted lines and dashes."""

from __future__ import annotations

from tests.documents.plans.kit import BOX, LEFT, UP, PlanWriter
from tests.documents.plans.truth import DIMENSIONS, Truth, statuses

AGENCY = "โรงเรียนบ้านสวนลำดวน"
DOTS = "." * 40
FIVE = ("อาคาร/สถานที่", "วัสดุอุปกรณ์", "เทคโนโลยีสารสนเทศ", "บุคลากร", "ผู้ให้บริการ/คู่ค้า")


def write(plan: PlanWriter) -> None:
    """Lay the form out."""
    plan.cover("แผนดำเนินธุรกิจอย่างต่อเนื่อง", AGENCY, "จังหวัด" + DOTS, "ประจำปีการศึกษา " + "." * 12)
    plan.heading("๑. วัตถุประสงค์")
    plan.items(DOTS, DOTS, marker="({n})", digits="thai")
    plan.heading("๒. สมมติฐาน")
    plan.paragraph("(ระบุสมมติฐานของแผน)")
    plan.heading("๓. ขอบเขตของแผน")
    plan.paragraph("ให้ระบุเหตุการณ์ที่แผนรองรับ " + DOTS)
    plan.heading("๔. การวิเคราะห์ผลกระทบจากเหตุการณ์")
    plan.table(
        [
            ["เหตุการณ์", "ผลกระทบ", *[LEFT] * 4],
            [UP, *FIVE],
            ["ระบุเหตุการณ์ที่ ๑", *[""] * 5],
            ["ระบุเหตุการณ์ที่ ๒", *[""] * 5],
        ],
        header_rows=2,
    )
    plan.heading("๕. คณะบริหารความต่อเนื่องของสถานศึกษา")
    plan.table(
        [
            ["บุคลากรหลัก", LEFT, "บทบาท", "บุคลากรสำรอง", LEFT],
            ["ชื่อ", "โทรศัพท์", UP, "ชื่อ", "โทรศัพท์"],
            ["(ระบุชื่อ)", "", "หัวหน้าคณะ", "(ระบุชื่อ)", ""],
            ["(ระบุชื่อ)", "", "ผู้ประสานงาน", "(ระบุชื่อ)", ""],
        ],
        header_rows=2,
    )
    plan.heading("๖. กลยุทธ์ความต่อเนื่อง")
    plan.table([["ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"], *[[label, "- ระบุ" + "." * 20] for label in FIVE]])
    plan.heading("๗. ผลกระทบต่อกระบวนงาน (BIA)")
    plan.table(
        [["กระบวนงานหลัก", "ระดับความเร่งด่วน", "ระยะเวลาฟื้นคืนสภาพ"], ["-", "-", "-"], ["-", "-", "-"]],
    )
    plan.heading("๘. ความต้องการทรัพยากร")
    plan.table([["ประเภททรัพยากร", "๑ วัน", "๑ สัปดาห์", "๑ เดือน"], *[[label, "-", "-", "-"] for label in FIVE]])
    plan.heading("๙. กระบวนการแจ้งเหตุ (Call Tree)")
    plan.paragraph("(ให้สถานศึกษาจัดทำแผนผังการแจ้งเหตุ)")
    plan.heading("๑๐. ขั้นตอนการบริหารความต่อเนื่อง")
    plan.table([["ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ", "แล้วเสร็จ"], [DOTS, DOTS, BOX], [DOTS, DOTS, BOX]])


_PARTIAL_PARTS = {
    "c2_1": ("objectives", "assumptions", "scope"),
    "c2_2": ("incidents", "impacts"),
    "c2_3": ("members", "roles", "leader", "coordinator", "backups", "contacts"),
    "c2_4": DIMENSIONS,
    "c2_5": ("processes", "urgency", "rto"),
    "c2_6": DIMENSIONS,
    "c2_7": ("steps", "responsible"),
    "c2_8": ("sequence", "contacts"),
}

TRUTH = Truth(
    document={"document_class": "bcp_plan", "agency_name": AGENCY, "agency_type": "school", "province": None},
    components=statuses(
        **{f"{component}__{part}": "partial" for component, parts in _PARTIAL_PARTS.items() for part in parts},
        **dict.fromkeys(_PARTIAL_PARTS, "partial"),
        r__pandemic="missing",
        r__long_duration="missing",
        r__eservice="missing",
        r__digital="missing",
        r__word_and_pdf="missing",
        annex__checklist="missing",
        annex__strategy_map="missing",
    ),
    records={
        name: []
        for name in (
            "statements",
            "impacts",
            "team_members",
            "strategies",
            "bia_processes",
            "resource_requirements",
            "recovery_steps",
            "call_tree",
            "digital_services",
        )
    },
)
