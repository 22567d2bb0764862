"""A plan of an invented hospital in Thai numerals: BIA first, stated times, turned matrix, calls in sentences."""

from __future__ import annotations

from tests.documents.plans.kit import TICK, PlanWriter, thai
from tests.documents.plans.truth import DIMENSIONS, Truth, statuses

AGENCY = "โรงพยาบาลทุ่งดอกคูณ"
OBJECTIVES = [
    "เพื่อให้การดูแลผู้ป่วยฉุกเฉินและผู้ป่วยวิกฤตไม่หยุดชะงัก",
    "เพื่อให้บุคลากรปฏิบัติงานได้อย่างปลอดภัยในทุกสถานการณ์",
]
ASSUMPTIONS = ["อาคารผู้ป่วยนอกหลังใหม่ใช้เป็นพื้นที่สำรองได้", "เครื่องกำเนิดไฟฟ้าเดินเครื่องได้ไม่น้อยกว่า ๒๔ ชั่วโมง"]
PROCESSES = [
    ("๑", "ห้องอุบัติเหตุและฉุกเฉิน", "สูงมาก", "very_high", "๓๐ นาที", 0.5, "กลุ่มงานอุบัติเหตุ"),
    ("๒", "หอผู้ป่วยวิกฤต", "สูงมาก", "very_high", "๑ ชั่วโมง", 1.0, "กลุ่มการพยาบาล"),
    ("๓", "ห้องจ่ายยา", "สูง", "high", "๔ ชั่วโมง", 4.0, "กลุ่มงานเภสัชกรรม"),
    ("๔", "คลินิกผู้ป่วยนอก", "ปานกลาง", "medium", "๑ วัน", 24.0, "กลุ่มงานการแพทย์"),
]
INCIDENTS = [("fire", "อัคคีภัย"), ("power_outage", "ไฟฟ้าดับ"), ("it_failure", "ระบบสารสนเทศล่ม"), ("pandemic", "โรคระบาด")]
IMPACTS = {
    "workplace": ("อาคาร/สถานที่ปฏิบัติงาน", "1000"),
    "equipment": ("เครื่องมือแพทย์และวัสดุอุปกรณ์", "1100"),
    "it": ("เทคโนโลยีสารสนเทศและข้อมูล", "1110"),
    "personnel": ("บุคลากร", "1001"),
    "service_providers": ("ผู้ให้บริการและคู่ค้า", "0011"),
}
TEAM = [
    ("leader", "ผู้บัญชาการเหตุการณ์ (หัวหน้าคณะ)", "นายแพทย์ตะวันฉาย สมมุติ", "ผู้อำนวยการโรงพยาบาล", "๐๘๐ ๐๐๐ ๐๓๐๑", "0800000301"),
    ("coordinator", "ผู้ประสานงาน", "นางสาวสายรุ้ง สมมุติ", "หัวหน้ากลุ่มงานบริหาร", "๐๘๐ ๐๐๐ ๐๓๐๒", "0800000302"),
    ("team_leader", "หัวหน้าทีมรักษาพยาบาล", "นางแสงดาว สมมุติ", "หัวหน้าพยาบาล", "๐๘๐ ๐๐๐ ๐๓๐๓", "0800000303"),
    ("member", "ทีมสารสนเทศ", "นายหินผา สมมุติ", "นักวิชาการคอมพิวเตอร์", "๐๘๐ ๐๐๐ ๐๓๐๔", "0800000304"),
]
STRATEGIES = [
    ("workplace", "อาคาร/สถานที่สำรอง", "เปิดอาคารผู้ป่วยนอกหลังใหม่เป็นจุดรับผู้ป่วย", "กลุ่มงานบริหาร"),
    ("equipment", "วัสดุอุปกรณ์", "สำรองออกซิเจนและเวชภัณฑ์ไว้ใช้ได้ ๗ วัน", "กลุ่มงานเภสัชกรรม"),
    ("it", "เทคโนโลยีสารสนเทศ", "ใช้เวชระเบียนกระดาษเมื่อระบบล่ม", "ทีมสารสนเทศ"),
    ("personnel", "บุคลากร", "ขอกำลังเสริมจากโรงพยาบาลแม่ข่าย", "กลุ่มการพยาบาล"),
    ("service_providers", "ผู้ให้บริการ/คู่ค้า", "ทำบันทึกข้อตกลงกับบริษัทออกซิเจนสองราย", "กลุ่มงานบริหาร"),
]
NEEDS = [
    ("workplace", "พื้นที่", "เตียงสำรอง", "เตียง", (10, 20, 30)),
    ("equipment", "วัสดุอุปกรณ์", "ถังออกซิเจน", "ถัง", (15, 60, 120)),
    ("it", "สารสนเทศ", "คอมพิวเตอร์ระบบเวชระเบียน", "เครื่อง", (3, 6, 10)),
    ("personnel", "บุคลากร", "พยาบาลวิชาชีพ", "คน", (12, 24, 24)),
    ("service_providers", "ผู้ให้บริการ", "รถรับส่งผู้ป่วยจากภายนอก", "คัน", (1, 2, 2)),
]
NEEDS_BUCKETS = [("๔ ชั่วโมง", 4), ("๑ วัน", 24), ("๑ สัปดาห์", 168)]
CALLS = [
    ("ผู้พบเหตุ", "หัวหน้าเวร"),
    ("หัวหน้าเวร", "ผู้ประสานงาน"),
    ("ผู้ประสานงาน", "ผู้บัญชาการเหตุการณ์"),
]
INCIDENT_STEPS = [
    (
        "power_outage",
        "กรณีไฟฟ้าดับ",
        [("เดินเครื่องกำเนิดไฟฟ้าสำรอง", "งานซ่อมบำรุง"), ("ย้ายผู้ป่วยที่ใช้เครื่องช่วยหายใจไปหอผู้ป่วยวิกฤต", "กลุ่มการพยาบาล")],
    ),
    (
        "pandemic",
        "กรณีโรคระบาดต่อเนื่องเกิน ๑ เดือน",
        [("แยกคลินิกโรคทางเดินหายใจ", "กลุ่มงานการแพทย์"), ("จัดทีมพยาบาลเป็นสามผลัด", "กลุ่มการพยาบาล")],
    ),
]


def write(plan: PlanWriter) -> None:
    """Lay the plan out."""
    plan.cover("แผนประคองกิจการ", "(Business Continuity Plan)", AGENCY, "จังหวัดขอนแก่น", "ประจำปี ๒๕๖๖")
    plan.heading("๑. บทนำ")
    plan.paragraph(f"{AGENCY}เป็นโรงพยาบาลชุมชนขนาด ๖๐ เตียง ต้องให้บริการผู้ป่วยตลอด ๒๔ ชั่วโมง")
    plan.heading("๑.๑ วัตถุประสงค์", 2)
    plan.items(*OBJECTIVES, marker="{n})", digits="thai")
    plan.heading("๑.๒ สมมติฐาน", 2)
    plan.items(*ASSUMPTIONS, marker="{n})", digits="thai")
    plan.heading("๒. การวิเคราะห์ผลกระทบทางธุรกิจ (BIA)")
    plan.caption("ตารางที่ ๑ กระบวนการสำคัญและระยะเวลาฟื้นคืนสภาพ")
    plan.table(
        [
            ["ลำดับ", "กระบวนการ", "ระดับความเร่งด่วน", "ระยะเวลาเป้าหมายในการฟื้นคืนสภาพ (RTO)", "หน่วยงานรับผิดชอบ"],
            *[[number, name, raw, rto, owner] for number, name, raw, _, rto, _, owner in PROCESSES],
        ],
        widths_cm=[1.4, 4.4, 2.8, 4.0, 3.6],
    )
    plan.heading("๓. ขอบเขต เหตุการณ์ และผลกระทบต่อทรัพยากร")
    plan.paragraph("แผนนี้ครอบคลุมทุกหน่วยบริการของโรงพยาบาลเมื่อเกิดเหตุการณ์ ดังนี้")
    plan.items(*[raw for _, raw in INCIDENTS], marker="({n})", digits="thai")
    plan.caption("ตารางที่ ๒ ผลกระทบของเหตุการณ์ต่อทรัพยากร")
    plan.table(
        [
            ["ด้านทรัพยากร", *[raw for _, raw in INCIDENTS]],
            *[[label, *[TICK if hit == "1" else "-" for hit in hits]] for label, hits in IMPACTS.values()],
        ],
        widths_cm=[5.6, 2.4, 2.4, 3.0, 2.4],
    )
    plan.heading("๔. โครงสร้างคณะบริหารความต่อเนื่อง")
    plan.caption("ตารางที่ ๓ รายชื่อและบทบาท")
    plan.table(
        [
            ["ที่", "ชื่อ - สกุล", "ตำแหน่ง", "บทบาทในคณะ", "โทรศัพท์"],
            *[
                [thai(str(index)), name, post, role, phone]
                for index, (_, role, name, post, phone, _) in enumerate(TEAM, start=1)
            ],
        ],
        widths_cm=[1.0, 4.6, 4.0, 3.8, 2.8],
    )
    plan.heading("๕. กลยุทธ์ความต่อเนื่อง")
    plan.table(
        [["ทรัพยากร", "กลยุทธ์", "ผู้รับผิดชอบ"], *[[label, text, who] for _, label, text, who in STRATEGIES]],
        widths_cm=[4.2, 8.0, 4.0],
    )
    plan.heading("๖. ทรัพยากรที่ต้องการ")
    plan.table(
        [
            ["ด้าน", "รายการ", *[raw for raw, _ in NEEDS_BUCKETS]],
            *[[label, name, *[thai(f"{value} {unit}") for value in values]] for _, label, name, unit, values in NEEDS],
        ],
        widths_cm=[3.0, 5.2, 2.6, 2.6, 2.6],
    )
    plan.heading("๗. กระบวนการแจ้งเหตุ (Call Tree)")
    plan.paragraph(
        "ผู้พบเหตุแจ้งหัวหน้าเวรทันที หัวหน้าเวรแจ้งผู้ประสานงานภายใน ๕ นาที จากนั้นผู้ประสานงานแจ้งผู้บัญชาการเหตุการณ์เพื่อพิจารณาประกาศใช้แผน"
    )
    plan.heading("๘. ขั้นตอนปฏิบัติเมื่อเกิดเหตุ")
    for _, title, steps in INCIDENT_STEPS:
        plan.heading(title, 2)
        plan.table(
            [["ขั้นตอน", "ผู้รับผิดชอบ"], *[list(step) for step in steps]],
            widths_cm=[11.0, 5.0],
        )
    plan.heading("๙. การใช้เทคโนโลยีดิจิทัลและ e-Service")
    for title, rows in (
        ("งานที่มีแผนพัฒนาเป็น e-Service", [["นัดหมายผู้ป่วยนอก", "ระบบนัดหมายผ่านโทรศัพท์มือถือ"]]),
        ("งานที่นำระบบเทคโนโลยีดิจิทัลมาใช้แล้ว", [["ตรวจรักษาทางไกล", "ระบบแพทย์ทางไกล"]]),
    ):
        plan.paragraph(title, indent=False, bold=True)
        plan.table([["ภารกิจ/งาน", "ระบบงาน"], *rows])


TRUTH = Truth(
    document={
        "document_class": "bcp_plan",
        "agency_name": AGENCY,
        "agency_type": "hospital",
        "province": "ขอนแก่น",
        "plan_year_be": 2566,
    },
    components=statuses(c2_3__backups="missing", annex__checklist="missing", annex__strategy_map="missing"),
    records={
        "statements": [
            *[{"kind": "objective", "text": text} for text in OBJECTIVES],
            *[{"kind": "assumption", "text": text} for text in ASSUMPTIONS],
            *[{"kind": "scope", "text": raw} for _, raw in INCIDENTS],
        ],
        "impacts": [
            {"incident": incident, "dimension": dimension, "affected": IMPACTS[dimension][1][index] == "1"}
            for index, (incident, _) in enumerate(INCIDENTS)
            for dimension in DIMENSIONS
        ],
        "team_members": [
            {"slot": "main", "person_name": name, "position": post, "role": role, "phones": [digits]}
            for role, _, name, post, _, digits in TEAM
        ],
        "strategies": [
            {"dimension": dimension, "text": text, "responsible": who} for dimension, _, text, who in STRATEGIES
        ],
        "bia_processes": [
            {"process_name": name, "urgency": urgency, "rto_max_hours": hours, "owner": owner}
            for _, name, _, urgency, _, hours, owner in PROCESSES
        ],
        "resource_requirements": [
            {"dimension": dimension, "resource_raw": name, "bucket_hours": float(hours), "quantity": float(value)}
            for dimension, _, name, _, values in NEEDS
            for (_, hours), value in zip(NEEDS_BUCKETS, values, strict=True)
        ],
        "recovery_steps": [
            {"incident": incident, "text": text, "responsible": who}
            for incident, _, steps in INCIDENT_STEPS
            for text, who in steps
        ],
        "call_tree": [{"caller": caller, "callee": callee} for caller, callee in CALLS],
    },
)
