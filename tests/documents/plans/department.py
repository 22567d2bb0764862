"""A plan of an invented department without BIA and Call Tree: bold headings, bullets in place of tables, group rows."""

from __future__ import annotations

from tests.documents.plans.kit import BOX, BOX_TICKED, LEFT, PlanWriter
from tests.documents.plans.truth import Truth, statuses

AGENCY = "กรมส่งเสริมหนังสือเดินทางไกล"
OBJECTIVES = [
    "เพื่อให้กรมปฏิบัติภารกิจให้บริการห้องสมุดเคลื่อนที่ต่อไปได้เมื่อเกิดเหตุฉุกเฉิน",
    "เพื่อลดความเสียหายต่อทรัพย์สินและชื่อเสียงของกรม",
    "เพื่อให้บุคลากรทุกระดับทราบบทบาทของตนในภาวะวิกฤต",
]
ASSUMPTIONS = [
    "คลังหนังสือสำรองในภูมิภาคไม่เสียหายพร้อมกับสำนักงานใหญ่",
    "เครือข่ายโทรศัพท์เคลื่อนที่ยังใช้การได้อย่างน้อยหนึ่งราย",
]
INCIDENTS = [
    ("fire", "เหตุอัคคีภัย"),
    ("protest", "เหตุชุมนุมประท้วง"),
    ("cyber_attack", "ภัยคุกคามทางไซเบอร์"),
    ("pandemic", "โรคติดต่ออุบัติใหม่"),
]
TEAM_GROUPS = [
    (
        "ทีมอำนวยการ",
        [
            ("leader", "หัวหน้าคณะบริหารความต่อเนื่อง", "นางเมฆา สมมุติ", "อธิบดี", "นายวายุ ตัวอย่าง", "รองอธิบดี"),
            ("coordinator", "ผู้ประสานงานกลาง", "นายศิลา สมมุติ", "เลขานุการกรม", "นางสาวมณี ตัวอย่าง", "หัวหน้าฝ่ายช่วยอำนวยการ"),
        ],
    ),
    (
        "ทีมปฏิบัติการห้องสมุดเคลื่อนที่",
        [
            ("team_leader", "หัวหน้าทีม", "นายคีรี สมมุติ", "ผู้อำนวยการกองบริการ", "นางน้ำค้าง ตัวอย่าง", "บรรณารักษ์ชำนาญการพิเศษ"),
            ("member", "สมาชิกทีม", "นางสาวใบบัว สมมุติ", "บรรณารักษ์ชำนาญการ", "นายไผ่ ตัวอย่าง", "พนักงานขับรถ"),
        ],
    ),
]
STRATEGIES = {
    "workplace": ("อาคารและสถานที่ปฏิบัติงานสำรอง", ["ย้ายไปปฏิบัติงานที่ศูนย์กระจายหนังสือภาคกลาง", "ใช้รถห้องสมุดเป็นจุดบริการชั่วคราว"]),
    "equipment": ("วัสดุอุปกรณ์", ["จัดชุดอุปกรณ์พร้อมใช้ประจำรถทุกคัน"]),
    "it": ("เทคโนโลยีสารสนเทศและข้อมูล", ["สำรองฐานข้อมูลสมาชิกไว้ที่ศูนย์ข้อมูลสำรองทุกคืน", "ตัดระบบที่ถูกโจมตีออกจากเครือข่ายทันที"]),
    "personnel": ("บุคลากร", ["จัดทำบัญชีผู้ปฏิบัติงานทดแทนรายกอง"]),
    "service_providers": ("คู่ค้าและผู้ให้บริการ", ["กำหนดผู้รับจ้างขนส่งสำรองสองรายต่อภาค"]),
}
NEEDS_BUCKETS = [("1 วัน", 24), ("1 สัปดาห์", 168), ("2 สัปดาห์", 336)]
NEEDS = [
    ("workplace", "ด้านสถานที่", [("พื้นที่ทำงานสำรอง", "ตร.ม.", (30, 45, 60))]),
    ("equipment", "ด้านวัสดุอุปกรณ์", [("เครื่องอ่านบาร์โค้ด", "เครื่อง", (2, 4, 6)), ("รถห้องสมุด", "คัน", (1, 2, 2))]),
    ("it", "ด้านเทคโนโลยีสารสนเทศ", [("ระบบสมาชิกห้องสมุด", "ระบบ", (1, 1, 1))]),
    ("personnel", "ด้านบุคลากร", [("บรรณารักษ์", "คน", (3, 5, 8))]),
    ("service_providers", "ด้านผู้ให้บริการ", [("ผู้รับจ้างขนส่ง", "ราย", (1, 1, 2))]),
]
PHASES = [
    (
        "immediate",
        "การตอบสนองภายใน 24 ชั่วโมง",
        [
            ("แจ้งเหตุตามกระบวนการ Call Tree ให้บุคลากรทราบ", "ผู้ประสานงานกลาง"),
            ("นับจำนวนบุคลากรและตรวจสอบผู้บาดเจ็บ", "หัวหน้าทีม"),
        ],
    ),
    ("short_term", "การตอบสนองระยะสั้น วันที่ 2 - 7", [("เปิดจุดบริการชั่วคราวด้วยรถห้องสมุด", "ทีมปฏิบัติการห้องสมุดเคลื่อนที่")]),
    (
        "long_term",
        "การตอบสนองระยะยาว มากกว่า 1 เดือน",
        [("หมุนเวียนผู้ปฏิบัติงานเป็นสองผลัดจนกว่าโรคติดต่อจะสงบ", "ทีมอำนวยการ")],
    ),
]
CHECKLIST = [
    ("2.1 ทีมงานแผนดำเนินธุรกิจอย่างต่อเนื่อง", True),
    ("2.2 ผลกระทบต่อกระบวนการทำงานหรือการให้บริการ (BIA)", False),
    ("2.3 ความต้องการทรัพยากรที่สำคัญ", True),
    ("2.5 กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)", True),
    ("2.6 ขั้นตอนการบริหารความต่อเนื่องและกอบกู้กระบวนการ", True),
]


def write(plan: PlanWriter) -> None:
    """Lay the plan out."""
    plan.cover("แผนบริหารความต่อเนื่อง", "ในสภาวะวิกฤต", AGENCY, "พ.ศ. 2565")
    plan.heading("ส่วนที่ 1 ความเป็นมา")
    plan.paragraph(
        "คณะรัฐมนตรีมีมติให้ส่วนราชการทบทวนแผนให้รองรับโรคระบาดที่ต่อเนื่องยาวนาน "
        f"{AGENCY}จึงปรับปรุงแผนฉบับเดิมให้เหมาะกับภารกิจห้องสมุดเคลื่อนที่"
    )
    plan.heading("วัตถุประสงค์", 2)
    plan.items(*OBJECTIVES, marker="-")
    plan.heading("สมมติฐาน", 2)
    plan.items(*ASSUMPTIONS, marker="-")
    plan.heading("ขอบเขตของแผน", 2)
    plan.paragraph("ใช้กับสำนักงานใหญ่และศูนย์กระจายหนังสือทุกแห่ง เมื่อเกิดเหตุดังนี้")
    plan.items(*[raw for _, raw in INCIDENTS], marker="({n})")
    plan.heading("ส่วนที่ 2 ผลกระทบจากเหตุการณ์")
    plan.paragraph("เหตุอัคคีภัยกระทบอาคารสถานที่ วัสดุอุปกรณ์ และเทคโนโลยีสารสนเทศของกรม", indent=True)
    plan.paragraph("ภัยคุกคามทางไซเบอร์กระทบเทคโนโลยีสารสนเทศและข้อมูล", indent=True)
    plan.paragraph("โรคติดต่ออุบัติใหม่กระทบบุคลากรและผู้ให้บริการ", indent=True)
    plan.heading("ส่วนที่ 3 โครงสร้างทีมบริหารความต่อเนื่อง")
    plan.table(
        [
            ["ชื่อ - ตำแหน่ง", "บทบาท", "ผู้ปฏิบัติงานสำรอง"],
            *[
                row
                for group, members in TEAM_GROUPS
                for row in (
                    [group, LEFT, LEFT],
                    *[
                        [f"{name}\n{post}", role, f"{backup}\n{backup_post}"]
                        for _, role, name, post, backup, backup_post in members
                    ],
                )
            ],
        ],
        widths_cm=[5.6, 4.6, 5.6],
    )
    plan.heading("ส่วนที่ 4 กลยุทธ์ความต่อเนื่อง")
    for label, texts in STRATEGIES.values():
        plan.paragraph(f"ด้าน{label}", indent=False, bold=True)
        plan.items(*texts, marker="•")
    plan.heading("ส่วนที่ 5 การกำหนดความต้องการทรัพยากร")
    plan.table(
        [
            ["ทรัพยากรที่ต้องการ", *[raw for raw, _ in NEEDS_BUCKETS]],
            *[
                row
                for _, label, rows in NEEDS
                for row in (
                    [label, LEFT, LEFT, LEFT],
                    *[[name, *[f"{value} {unit}" for value in values]] for name, unit, values in rows],
                )
            ],
        ],
        widths_cm=[6.4, 3.1, 3.1, 3.1],
    )
    plan.heading("ส่วนที่ 6 ขั้นตอนการดำเนินงานเพื่อความต่อเนื่อง")
    for _, title, steps in PHASES:
        plan.caption(title)
        plan.table([["กิจกรรม", "ผู้รับผิดชอบ"], *[list(step) for step in steps]], widths_cm=[11.0, 5.0])
    plan.page_break()
    plan.heading("แบบตรวจสอบความครบถ้วนของแผน (Checklist)")
    plan.table(
        [
            ["รายการตรวจสอบ", "มี", "ไม่มี"],
            *[[text, BOX_TICKED if has else BOX, BOX if has else BOX_TICKED] for text, has in CHECKLIST],
        ],
        widths_cm=[11.6, 2.2, 2.2],
    )


TRUTH = Truth(
    document={
        "document_class": "bcp_plan",
        "agency_name": AGENCY,
        "agency_type": "department",
        "province": None,
        "plan_year_be": 2565,
    },
    components=statuses(
        c2_3__contacts="missing",
        c2_5="missing",
        c2_8="missing",
        r__eservice="missing",
        r__digital="missing",
        r__word_and_pdf="missing",
        annex__strategy_map="missing",
    ),
    records={
        "statements": [
            *[{"kind": "objective", "text": text} for text in OBJECTIVES],
            *[{"kind": "assumption", "text": text} for text in ASSUMPTIONS],
            *[{"kind": "scope", "text": raw} for _, raw in INCIDENTS],
        ],
        "team_members": [
            row
            for _, members in TEAM_GROUPS
            for role, _, name, post, backup, backup_post in members
            for row in (
                {"slot": "main", "person_name": name, "position": post, "role": role},
                {"slot": "backup", "person_name": backup, "position": backup_post, "role": role},
            )
        ],
        "strategies": [
            {"dimension": dimension, "text": text} for dimension, (_, texts) in STRATEGIES.items() for text in texts
        ],
        "bia_processes": [],
        "call_tree": [],
        "resource_requirements": [
            {"dimension": dimension, "resource_raw": name, "bucket_hours": float(hours), "quantity": float(value)}
            for dimension, _, rows in NEEDS
            for name, _, values in rows
            for (_, hours), value in zip(NEEDS_BUCKETS, values, strict=True)
        ],
        "recovery_steps": [
            {"phase": phase, "text": text, "responsible": who} for phase, _, steps in PHASES for text, who in steps
        ],
        "digital_services": [],
    },
    discrepancies=["2.8"],
    findings=["declared_but_missing"],
)
