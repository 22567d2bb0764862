"""A short plan of an invented provincial office, sent as a scan: no digital services, nothing beyond a month."""

from __future__ import annotations

from tests.documents.plans.kit import LEFT, TICK, UP, PlanWriter, thai
from tests.documents.plans.truth import DIMENSIONS, Truth, statuses

AGENCY = "สำนักงานทะเบียนนิทานพื้นบ้านจังหวัดลำพูน"
OBJECTIVES = ["เพื่อให้งานจดทะเบียนนิทานดำเนินต่อไปได้เมื่อเกิดเหตุฉุกเฉิน", "เพื่อรักษาต้นฉบับให้ปลอดภัย"]
ASSUMPTIONS = ["ศาลากลางจังหวัดใช้เป็นสถานที่สำรองได้"]
INCIDENTS = [("flood", "อุทกภัย", "11100"), ("fire", "อัคคีภัย", "11100"), ("pandemic", "โรคระบาด", "00011")]
TEAM = [
    (
        "leader",
        "หัวหน้าคณะบริหารความต่อเนื่อง",
        "นางจันทร์เพ็ญ สมมุติ",
        "๐๘๐ ๐๐๐ ๐๔๐๑",
        "0800000401",
        "นายแสงทอง ตัวอย่าง",
        "๐๘๐ ๐๐๐ ๐๔๑๑",
        "0800000411",
    ),
    (
        "coordinator",
        "ผู้ประสานงาน",
        "นายต้นน้ำ สมมุติ",
        "๐๘๐ ๐๐๐ ๐๔๐๒",
        "0800000402",
        "นางสาวปลายฝน ตัวอย่าง",
        "๐๘๐ ๐๐๐ ๐๔๑๒",
        "0800000412",
    ),
    (
        "member",
        "ทีมงาน",
        "นางสาวข้าวหอม สมมุติ",
        "๐๘๐ ๐๐๐ ๐๔๐๓",
        "0800000403",
        "นายทุ่งทอง ตัวอย่าง",
        "๐๘๐ ๐๐๐ ๐๔๑๓",
        "0800000413",
    ),
]
STRATEGIES = {
    "workplace": ("อาคาร/สถานที่ปฏิบัติงานสำรอง", "ใช้ห้องประชุมศาลากลางจังหวัดชั้น ๒"),
    "equipment": ("วัสดุอุปกรณ์ที่สำคัญ", "ยืมเครื่องคอมพิวเตอร์จากสำนักงานจังหวัด"),
    "it": ("เทคโนโลยีสารสนเทศและข้อมูลที่สำคัญ", "เก็บสำเนาทะเบียนไว้ในหน่วยความจำภายนอกทุกสัปดาห์"),
    "personnel": ("บุคลากรหลัก", "ให้บุคลากรสำรองปฏิบัติงานแทน"),
    "service_providers": ("คู่ค้า/ผู้ให้บริการที่สำคัญ", "ประสานผู้ให้บริการอินเทอร์เน็ตรายที่สอง"),
}
BUCKETS = [("๔ ชั่วโมง", 4), ("๑ วัน", 24), ("๑ สัปดาห์", 168), ("๑ เดือน", 720)]
PROCESSES = [
    ("งานรับจดทะเบียนนิทาน", "สูง", "high", 1),
    ("งานออกใบรับรองผู้เล่า", "ปานกลาง", "medium", 2),
    ("งานเผยแพร่", "ต่ำ", "low", 3),
]
NEEDS = [
    ("workplace", "พื้นที่ปฏิบัติงาน", "ตร.ม.", (12, 12, 20, 20)),
    ("equipment", "เครื่องคอมพิวเตอร์", "เครื่อง", (1, 2, 3, 3)),
    ("it", "ระบบทะเบียนนิทาน", "ระบบ", (1, 1, 1, 1)),
    ("personnel", "เจ้าหน้าที่ทะเบียน", "คน", (1, 2, 4, 4)),
    ("service_providers", "ผู้ให้บริการอินเทอร์เน็ต", "ราย", (1, 1, 1, 1)),
]
DIMENSION_LABELS = {
    "workplace": "สถานที่ปฏิบัติงานสำรอง",
    "equipment": "วัสดุอุปกรณ์",
    "it": "เทคโนโลยีสารสนเทศ",
    "personnel": "บุคลากร",
    "service_providers": "ผู้ให้บริการ",
}
PHASES = [
    (
        "immediate",
        "วันที่ ๑ (ภายใน ๒๔ ชั่วโมง)",
        [("ตรวจสอบความปลอดภัยของบุคลากร", "หัวหน้าคณะ"), ("ย้ายต้นฉบับไปที่ปลอดภัย", "ทีมงาน")],
    ),
    ("short_term", "วันที่ ๒ - ๗", [("เปิดรับจดทะเบียนที่สถานที่สำรอง", "ทีมงาน")]),
    ("medium_term", "วันที่ ๘ เป็นต้นไป", [("ประเมินความเสียหายและวางแผนกลับที่ทำการเดิม", "หัวหน้าคณะ")]),
]
CALLS = [("หัวหน้าคณะบริหารความต่อเนื่อง", "ผู้ประสานงาน"), ("ผู้ประสานงาน", "ทีมงานทุกคน")]


def write(plan: PlanWriter) -> None:
    """Lay the plan out."""
    plan.cover("แผนบริหารความต่อเนื่อง", "(BCP)", AGENCY, "๑๐ กุมภาพันธ์ ๒๕๖๖")
    plan.heading("๑. วัตถุประสงค์")
    plan.items(*OBJECTIVES, marker="{n})", digits="thai")
    plan.heading("๒. สมมติฐานของแผน")
    plan.items(*ASSUMPTIONS, marker="{n})", digits="thai")
    plan.heading("๓. ขอบเขตของแผน")
    plan.paragraph("แผนนี้ใช้เมื่อเกิดเหตุการณ์ต่อไปนี้ในพื้นที่สำนักงาน")
    plan.items(*[raw for _, raw, _ in INCIDENTS], marker="{n})", digits="thai")
    plan.heading("๔. ผลกระทบจากเหตุการณ์")
    plan.table(
        [
            ["เหตุการณ์", "ผลกระทบด้าน", *[LEFT] * 4],
            [UP, "อาคารสถานที่", "วัสดุอุปกรณ์", "เทคโนโลยีสารสนเทศ", "บุคลากร", "ผู้ให้บริการ"],
            *[[raw, *[TICK if hit == "1" else "" for hit in hits]] for _, raw, hits in INCIDENTS],
        ],
        header_rows=2,
        widths_cm=[3.6, 2.4, 2.4, 3.0, 2.2, 2.4],
    )
    plan.heading("๕. คณะบริหารความต่อเนื่อง")
    plan.table(
        [
            ["บุคลากรหลัก", LEFT, "บทบาท", "บุคลากรสำรอง", LEFT],
            ["ชื่อ", "โทรศัพท์", UP, "ชื่อ", "โทรศัพท์"],
            *[[name, phone, role, backup, backup_phone] for _, role, name, phone, _, backup, backup_phone, _ in TEAM],
        ],
        header_rows=2,
        widths_cm=[3.6, 2.7, 3.2, 3.6, 2.7],
    )
    plan.heading("๖. กลยุทธ์ความต่อเนื่อง")
    plan.table(
        [["ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"], *[[label, text] for label, text in STRATEGIES.values()]],
        widths_cm=[6.0, 10.0],
    )
    plan.heading("๗. การวิเคราะห์ผลกระทบต่อกระบวนการ (BIA)")
    plan.table(
        [
            ["กระบวนการหลัก", "ระดับความเร่งด่วน", "ระยะเวลาเป้าหมายในการฟื้นคืนสภาพ", *[LEFT] * 3],
            [UP, UP, *[raw for raw, _ in BUCKETS]],
            *[
                [name, raw, *[TICK if index == first else "" for index in range(len(BUCKETS))]]
                for name, raw, _, first in PROCESSES
            ],
        ],
        header_rows=2,
        widths_cm=[5.0, 2.6, 2.2, 1.9, 2.2, 2.0],
    )
    plan.heading("๘. ความต้องการทรัพยากรที่สำคัญ")
    for number, (dimension, name, unit, values) in enumerate(NEEDS, start=1):
        plan.paragraph(thai(f"{number}) ด้าน{DIMENSION_LABELS[dimension]}"), indent=False, bold=True)
        plan.table(
            [
                ["ประเภททรัพยากร", *[raw for raw, _ in BUCKETS]],
                [name, *[thai(f"{value} {unit}") for value in values]],
            ],
            widths_cm=[5.2, 2.7, 2.7, 2.7, 2.7],
        )
    plan.heading("๙. กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)")
    plan.paragraph("เมื่อเกิดเหตุ หัวหน้าคณะบริหารความต่อเนื่องแจ้งผู้ประสานงาน และผู้ประสานงานแจ้งทีมงานทุกคนทางโทรศัพท์")
    plan.heading("๑๐. ขั้นตอนการบริหารความต่อเนื่อง")
    for _, title, steps in PHASES:
        plan.paragraph(title, indent=False, bold=True)
        plan.table([["ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ"], *[list(step) for step in steps]], widths_cm=[11.0, 5.0])


TRUTH = Truth(
    document={
        "document_class": "bcp_plan",
        "agency_name": AGENCY,
        "agency_type": "provincial_office",
        "province": "ลำพูน",
        "plan_year_be": 2566,
    },
    components=statuses(
        r__long_duration="missing",
        r__eservice="missing",
        r__digital="missing",
        r__word_and_pdf="missing",
        annex__checklist="missing",
        annex__strategy_map="missing",
    ),
    records={
        "statements": [
            *[{"kind": "objective", "text": text} for text in OBJECTIVES],
            *[{"kind": "assumption", "text": text} for text in ASSUMPTIONS],
            *[{"kind": "scope", "text": raw} for _, raw, _ in INCIDENTS],
        ],
        "impacts": [
            {"incident": incident, "dimension": dimension, "affected": hit == "1"}
            for incident, _, hits in INCIDENTS
            for dimension, hit in zip(DIMENSIONS, hits, strict=True)
        ],
        "team_members": [
            row
            for role, _, name, _, digits, backup, _, backup_digits in TEAM
            for row in (
                {"slot": "main", "person_name": name, "role": role, "phones": [digits]},
                {"slot": "backup", "person_name": backup, "role": role, "phones": [backup_digits]},
            )
        ],
        "strategies": [{"dimension": dimension, "text": text} for dimension, (_, text) in STRATEGIES.items()],
        "bia_processes": [
            {"process_name": name, "urgency": urgency, "rto_max_hours": float(BUCKETS[first][1])}
            for name, _, urgency, first in PROCESSES
        ],
        "resource_requirements": [
            {"dimension": dimension, "resource_raw": name, "bucket_hours": float(hours), "quantity": float(value)}
            for dimension, name, _, values in NEEDS
            for (_, hours), value in zip(BUCKETS, values, strict=True)
        ],
        "recovery_steps": [
            {"phase": phase, "text": text, "responsible": who} for phase, _, steps in PHASES for text, who in steps
        ],
        "call_tree": [{"caller": caller, "callee": callee} for caller, callee in CALLS],
    },
)
