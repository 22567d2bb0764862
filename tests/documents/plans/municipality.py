"""A complete plan of an invented municipality: Word headings, Arabic numerals, typed table of contents."""

from __future__ import annotations

from tests.documents.plans.kit import BOX, BOX_TICKED, LEFT, TICK, UP, PlanWriter
from tests.documents.plans.truth import DIMENSIONS, Truth, statuses

AGENCY = "เทศบาลตำบลบ้านฝายดาว"
OBJECTIVES = [
    "เพื่อให้เทศบาลมีแนวปฏิบัติที่ชัดเจนเมื่อเกิดเหตุที่ทำให้สำนักงานเปิดให้บริการไม่ได้",
    "เพื่อให้งานที่ประชาชนรอไม่ได้กลับมาให้บริการภายในเวลาที่กำหนด",
    "เพื่อเตรียมคน สถานที่ อุปกรณ์ และข้อมูลสำรองไว้ล่วงหน้า",
    "เพื่อสร้างความเชื่อมั่นแก่ชุมชนว่าเทศบาลจะไม่หยุดให้บริการในยามวิกฤต",
]
ASSUMPTIONS = [
    "อาคารศูนย์พัฒนาเด็กเล็กซึ่งใช้เป็นที่ทำการสำรองไม่ได้รับผลกระทบจากเหตุเดียวกัน",
    "ข้อมูลทะเบียนและการเงินมีสำเนาอยู่นอกอาคารสำนักงานอย่างน้อยหนึ่งชุด",
    "บุคลากรในแผนนี้หมายถึงพนักงานเทศบาล พนักงานจ้าง และลูกจ้างประจำทุกคน",
]
INCIDENTS = [
    ("flood", "น้ำท่วมขังและน้ำป่าไหลหลาก", "11111"),
    ("fire", "เพลิงไหม้อาคารสำนักงาน", "11110"),
    ("pandemic", "โรคระบาดต่อเนื่อง", "00011"),
    ("power_outage", "ไฟฟ้าดับเป็นเวลานาน", "10101"),
    ("storm", "พายุฤดูร้อน", "11000"),
]
TEAM = [
    ("leader", "หัวหน้าคณะทำงาน", "นายฟ้าคราม สมมุติ", "นายกเทศมนตรี", "055-000-101", "055000101"),
    ("coordinator", "ผู้ประสานงานคณะทำงาน", "นางสาวดาวเรือง สมมุติ", "หัวหน้าสำนักปลัด", "080-000-0102", "0800000102"),
    ("team_leader", "หัวหน้าทีมงานด้านบริการประชาชน", "นางพวงคราม สมมุติ", "ผู้อำนวยการกองคลัง", "080-000-0103", "0800000103"),
    ("team_leader", "หัวหน้าทีมงานด้านโครงสร้างพื้นฐาน", "นายตะวัน สมมุติ", "ผู้อำนวยการกองช่าง", "080-000-0104", "0800000104"),
]
BACKUPS = [
    ("นายภูผา ตัวอย่าง", "รองนายกเทศมนตรี", "080-000-0201", "0800000201"),
    ("นายลำธาร ตัวอย่าง", "นักวิเคราะห์นโยบายและแผน", "080-000-0202", "0800000202"),
    ("นางสาวบัวหลวง ตัวอย่าง", "นักวิชาการเงินและบัญชี", "080-000-0203", "0800000203"),
    ("นายก้อนเมฆ ตัวอย่าง", "วิศวกรโยธา", "080-000-0204", "0800000204"),
]
STRATEGIES = {
    "workplace": (
        "ด้านอาคารและสถานที่ปฏิบัติงานสำรอง",
        ["ใช้ศูนย์พัฒนาเด็กเล็กหมู่ที่ 3 เป็นที่ทำการชั่วคราว", "ให้เจ้าหน้าที่ที่ไม่ต้องพบประชาชนทำงานจากบ้าน"],
    ),
    "equipment": (
        "ด้านวัสดุอุปกรณ์ที่สำคัญ",
        ["สำรองคอมพิวเตอร์พกพาไว้ที่งานธุรการ 4 เครื่อง", "ทำข้อตกลงยืมเครื่องปั่นไฟจากองค์การบริหารส่วนตำบลข้างเคียง"],
    ),
    "it": (
        "ด้านเทคโนโลยีสารสนเทศและข้อมูลที่สำคัญ",
        ["สำรองข้อมูลทะเบียนและบัญชีขึ้นคลาวด์ทุกวันเวลา 18.00 น.", "เตรียมอินเทอร์เน็ตแบบซิมการ์ดสำรองสองเครือข่าย"],
    ),
    "personnel": (
        "ด้านบุคลากรหลัก",
        ["จับคู่ผู้ปฏิบัติงานหลักและสำรองทุกงาน", "ฝึกให้พนักงานแต่ละคนทำงานแทนกันได้อย่างน้อยหนึ่งงาน"],
    ),
    "service_providers": (
        "ด้านคู่ค้า ผู้ให้บริการที่สำคัญ และผู้มีส่วนได้ส่วนเสีย",
        ["ทำบัญชีรายชื่อร้านค้าและผู้รับจ้างสำรองอย่างน้อยสองราย", "แจ้งธนาคารและไปรษณีย์ล่วงหน้าเรื่องที่ทำการสำรอง"],
    ),
}
BUCKETS = [("0-4 ชั่วโมง", 0, 4), ("1 วัน", 24, 24), ("1 สัปดาห์", 168, 168), ("2 สัปดาห์", 336, 336), ("1 เดือน", 720, 720)]
PROCESSES = [
    ("รับแจ้งเหตุและบรรเทาสาธารณภัย", "สูงมาก", "very_high", 0),
    ("รับชำระภาษีและค่าธรรมเนียม", "สูง", "high", 1),
    ("จ่ายเบี้ยยังชีพผู้สูงอายุ", "สูง", "high", 1),
    ("เก็บขนขยะมูลฝอย", "ปานกลาง", "medium", 2),
    ("ออกใบอนุญาตก่อสร้าง", "ต่ำ", "low", 3),
]
NEEDS_BUCKETS = [("1 วัน", 24), ("1 สัปดาห์", 168), ("1 เดือน", 720)]
NEEDS = {
    "workplace": (
        "พื้นที่สำหรับสถานที่ปฏิบัติงานสำรอง",
        "ตร.ม.",
        [("พื้นที่ทำงานที่ศูนย์พัฒนาเด็กเล็ก", "หมู่ที่ 3", (24, 48, 60)), ("พื้นที่จอดรถบรรทุก", "ลานวัด", (80, 80, 80))],
    ),
    "equipment": (
        "วัสดุอุปกรณ์",
        "เครื่อง",
        [("คอมพิวเตอร์พกพา", "งานธุรการ", (4, 8, 12)), ("เครื่องพิมพ์", "กองคลัง", (1, 2, 3)), ("เครื่องปั่นไฟ", "ยืม", (1, 1, 1))],
    ),
    "it": (
        "ระบบสารสนเทศและข้อมูล",
        None,
        [("ระบบบัญชีท้องถิ่น", "ส่วนกลาง", (0, 1, 1)), ("ระบบทะเบียนราษฎร", "ส่วนกลาง", (1, 1, 1))],
    ),
    "personnel": ("บุคลากรหลัก", "คน", [("เจ้าหน้าที่รับชำระ", None, (2, 3, 3)), ("พนักงานดับเพลิง", None, (4, 4, 4))]),
    "service_providers": ("ผู้ให้บริการที่สำคัญ", "ราย", [("ผู้ให้บริการอินเทอร์เน็ต", None, (1, 1, 2))]),
}
CALLS = [
    ("1", "ผู้พบเหตุ", "หัวหน้าคณะทำงาน", "โทรแจ้งทันทีที่พบเหตุ"),
    ("2", "หัวหน้าคณะทำงาน", "ผู้ประสานงานคณะทำงาน", "ภายใน 15 นาที"),
    ("3", "ผู้ประสานงานคณะทำงาน", "หัวหน้าทีมงานทุกด้าน", "ภายใน 30 นาที"),
    ("4", "หัวหน้าทีมงานทุกด้าน", "ผู้ปฏิบัติงานในทีม", "ภายใน 1 ชั่วโมง"),
]
PHASES = [
    (
        "immediate",
        "ภายใน 24 ชั่วโมงแรก",
        [
            ("ตรวจสอบความปลอดภัยของบุคลากรและประชาชนในพื้นที่", "หัวหน้าคณะทำงาน"),
            ("ประกาศใช้แผนและแจ้งผ่านหอกระจายข่าว", "ผู้ประสานงานคณะทำงาน"),
            ("ย้ายจุดรับชำระภาษีไปยังที่ทำการสำรอง", "กองคลัง"),
        ],
    ),
    (
        "short_term",
        "วันที่ 2-7 การตอบสนองระยะสั้น",
        [("ติดตามสภาพอาคารและระบบไฟฟ้า", "กองช่าง"), ("จัดเวรผู้ปฏิบัติงานสำรอง", "สำนักปลัด")],
    ),
    (
        "medium_term",
        "วันที่ 8 เป็นต้นไป การตอบสนองระยะกลาง",
        [("ทยอยเปิดงานที่เร่งด่วนน้อยกว่า", "หัวหน้าทีมงานทุกด้าน")],
    ),
    (
        "long_term",
        "ระยะยาว เกินกว่า 1 เดือน",
        [("จัดงบประมาณซ่อมแซมและทบทวนที่ทำการสำรอง", "กองคลัง"), ("สลับทีมทำงานเมื่อโรคระบาดยืดเยื้อ", "สำนักปลัด")],
    ),
]
ESERVICES = [("ชำระภาษีที่ดินและสิ่งปลูกสร้าง", "ระบบรับชำระภาษีผ่านเว็บไซต์")]
DIGITAL_IN_USE = [("ประชุมคณะผู้บริหาร", "ระบบประชุมออนไลน์"), ("รับเรื่องร้องทุกข์", "บัญชีทางการในโปรแกรมสนทนา")]
DIGITAL_PLANNED = [("งานสารบรรณ", "ระบบสารบรรณอิเล็กทรอนิกส์")]
CHECKLIST = [
    ("2.1", "คณะทำงานบริหารความต่อเนื่อง", "2.3"),
    ("2.2", "ผลกระทบต่อกระบวนงานหรือการให้บริการ (BIA)", "2.5"),
    ("2.3", "ความต้องการทรัพยากรที่สำคัญ", "2.6"),
    ("2.4", "กลยุทธ์ความต่อเนื่องครบทั้ง 5 ด้าน", "2.4"),
    ("2.5", "กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)", "2.8"),
    ("2.6", "ขั้นตอนการบริหารความต่อเนื่อง", "2.7"),
]


def write(plan: PlanWriter) -> None:
    """Lay the plan out."""
    plan.running_head(f"แผนดำเนินธุรกิจอย่างต่อเนื่อง {AGENCY}")
    plan.cover(
        "แผนดำเนินธุรกิจอย่างต่อเนื่อง",
        "(Business Continuity Plan : BCP)",
        AGENCY,
        "อำเภอบ้านฝายดาว จังหวัดน่าน",
        "ประจำปีงบประมาณ พ.ศ. 2567",
    )
    plan.paragraph("สารบัญ", center=True, bold=True)
    for title, page in (("1. บทนำ", 3), ("2. คณะทำงาน", 4), ("3. กลยุทธ์ความต่อเนื่อง", 5), ("6. ผังการแจ้งเหตุ", 8)):
        plan.paragraph(f"{title} {'.' * 60} {page}", indent=False)
    plan.page_break()
    plan.heading("1. บทนำ")
    plan.paragraph(
        f"{AGENCY}ให้บริการประชาชน 11 หมู่บ้าน งานหลายอย่างหยุดไม่ได้แม้เกิดเหตุร้ายแรง "
        "แผนฉบับนี้จึงบอกว่าใครทำอะไร ที่ไหน และภายในเวลาเท่าใด เมื่อสำนักงานใช้การไม่ได้"
    )
    plan.heading("1.1 วัตถุประสงค์", 2)
    plan.items(*OBJECTIVES)
    plan.heading("1.2 สมมติฐานของแผน", 2)
    plan.items(*ASSUMPTIONS)
    plan.heading("1.3 ขอบเขตของแผน", 2)
    plan.paragraph("แผนนี้ใช้กับสำนักงานและสถานที่ให้บริการทุกแห่งในเขตเทศบาล เมื่อเกิดเหตุการณ์ต่อไปนี้")
    plan.items(*[raw for _, raw, _ in INCIDENTS])
    plan.heading("1.4 เหตุการณ์และผลกระทบต่อทรัพยากรที่สำคัญ", 2)
    plan.caption("ตารางที่ 1 ผลกระทบของเหตุการณ์ต่อทรัพยากร 5 ด้าน")
    plan.table(
        [
            ["เหตุการณ์", "ผลกระทบ", LEFT, LEFT, LEFT, LEFT],
            [UP, "อาคาร/สถานที่", "วัสดุอุปกรณ์", "เทคโนโลยีสารสนเทศ", "บุคลากร", "ผู้ให้บริการ/คู่ค้า"],
            *[[raw, *[TICK if hit == "1" else "" for hit in hits]] for _, raw, hits in INCIDENTS],
        ],
        header_rows=2,
        widths_cm=[4.6, 2.3, 2.3, 2.6, 2.0, 2.4],
    )
    plan.heading("2. คณะทำงานบริหารความต่อเนื่อง")
    plan.paragraph("นายกเทศมนตรีแต่งตั้งคณะทำงานตามคำสั่งเทศบาล ลงวันที่ 3 ตุลาคม 2566 มีหน้าที่ตามตารางที่ 2")
    plan.caption("ตารางที่ 2 รายชื่อคณะทำงาน บทบาท และผู้ปฏิบัติงานสำรอง")
    plan.table(
        [
            ["บุคลากรหลัก", LEFT, "บทบาท", "บุคลากรสำรอง", LEFT],
            ["ชื่อ", "โทรศัพท์", UP, "ชื่อ", "โทรศัพท์"],
            *[
                [f"{name}\n{post}", phone, role, f"{backup[0]}\n{backup[1]}", backup[2]]
                for (_, role, name, post, phone, _), backup in zip(TEAM, BACKUPS, strict=True)
            ],
        ],
        header_rows=2,
        widths_cm=[4.2, 2.6, 3.2, 4.0, 2.6],
    )
    plan.heading("3. กลยุทธ์ความต่อเนื่อง")
    plan.caption("ตารางที่ 3 กลยุทธ์ความต่อเนื่องรายด้าน")
    plan.table(
        [
            ["ทรัพยากร", "กลยุทธ์ความต่อเนื่อง"],
            *[[label, "\n".join(f"- {text}" for text in texts)] for label, texts in STRATEGIES.values()],
        ],
        widths_cm=[5.2, 11.0],
    )
    plan.heading("4. การวิเคราะห์ผลกระทบทางธุรกิจ (Business Impact Analysis)")
    plan.caption("ตารางที่ 4 กระบวนงานหลัก ความเร่งด่วน และระยะเวลาเป้าหมายในการฟื้นคืนสภาพ")
    plan.table(
        [
            ["กระบวนงานหลัก", "ระดับความเร่งด่วน", "ระยะเวลาเป้าหมายในการฟื้นคืนสภาพ", *[LEFT] * 4],
            [UP, UP, *[raw for raw, _, _ in BUCKETS]],
            *[
                [name, raw, *[TICK if index == first else "" for index in range(len(BUCKETS))]]
                for name, raw, _, first in PROCESSES
            ],
        ],
        header_rows=2,
        widths_cm=[5.0, 2.4, 2.0, 1.7, 1.8, 1.8, 1.7],
    )
    plan.heading("5. ความต้องการทรัพยากรที่จำเป็น")
    for number, (label, unit, rows) in enumerate(NEEDS.values(), start=1):
        plan.heading(f"5.{number} ด้าน{label}", 2)
        plan.caption(f"ตารางที่ {number + 4} ความต้องการด้าน{label}")
        has_source = any(source for _, source, _ in rows)
        head = ["ประเภททรัพยากร", *(["ที่มา"] if has_source else []), *[raw for raw, _ in NEEDS_BUCKETS]]
        plan.table(
            [
                head,
                *[
                    [name, *([source or ""] if has_source else []), *[_need(value, unit) for value in values]]
                    for name, source, values in rows
                ],
            ]
        )
    plan.heading("6. ผังการแจ้งเหตุ (Call Tree)")
    plan.paragraph("เมื่อเกิดเหตุให้แจ้งต่อกันเป็นทอดตามตารางที่ 10 หากติดต่อผู้ใดไม่ได้ให้ติดต่อผู้ปฏิบัติงานสำรองของผู้นั้น")
    plan.caption("ตารางที่ 10 ลำดับการแจ้งเหตุ")
    plan.table([["ลำดับ", "ผู้แจ้ง", "ผู้รับแจ้ง", "วิธีและเวลา"], *[list(call) for call in CALLS]])
    plan.heading("7. ขั้นตอนการบริหารความต่อเนื่องและกอบกู้กระบวนงาน")
    for _, title, steps in PHASES:
        plan.heading(title, 2)
        plan.table(
            [["ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ", "ดำเนินการแล้วเสร็จ"], *[[text, who, BOX] for text, who in steps]],
            widths_cm=[9.0, 4.4, 2.8],
        )
    plan.page_break()
    plan.heading("ผังยุทธศาสตร์ (Strategy Map)")
    plan.table(
        [
            ["พันธกิจ", "ดูแลความปลอดภัยและคุณภาพชีวิตของประชาชนในเขตเทศบาล"],
            ["กระบวนการหลักที่สำคัญ", "บรรเทาสาธารณภัย รับชำระภาษี จ่ายเบี้ยยังชีพ"],
            ["e-Service/เทคโนโลยีที่สำคัญ", "ระบบบัญชีท้องถิ่น ระบบทะเบียนราษฎร"],
            ["กลยุทธ์ความต่อเนื่องที่สำคัญ", "ที่ทำการสำรองและการทำงานจากบ้าน"],
        ],
        header_rows=0,
    )
    plan.page_break()
    plan.heading("แบบตรวจสอบความครบถ้วนของแผนดำเนินธุรกิจอย่างต่อเนื่อง (BCP Checklist)")
    plan.table(
        [
            ["รายการตรวจสอบ", "มี", "ไม่มี"],
            ["ส่วนที่ 1 ข้อมูลพื้นฐาน", LEFT, LEFT],
            ["1.1 ก่อนหน้านี้มีแผนเดิมอยู่แล้ว", BOX_TICKED, BOX],
            ["1.2 แผนรองรับเหตุการณ์ต่อไปนี้", "", ""],
            ["- อุทกภัย", BOX_TICKED, BOX],
            ["- อัคคีภัย", BOX_TICKED, BOX],
            ["- โรคระบาดต่อเนื่อง", BOX_TICKED, BOX],
            ["- อื่น ๆ (ระบุ) ไฟฟ้าดับ พายุ", BOX_TICKED, BOX],
            ["ส่วนที่ 2 องค์ประกอบของแผน", LEFT, LEFT],
            *[[f"{number} {text}", BOX_TICKED, BOX] for number, text, _ in CHECKLIST],
        ],
        widths_cm=[11.6, 2.2, 2.2],
    )
    plan.heading("ส่วนที่ 3 ประเด็นที่คณะรัฐมนตรีให้ความสำคัญ", 2)
    for title, column, rows in (
        ("3.1 งานที่มีแผนจะพัฒนาเป็น e-Service ในระยะต่อไป", "ระบบงาน (ถ้ามี)", ESERVICES),
        ("3.2.1 ระบบเทคโนโลยีดิจิทัลที่นำมาใช้ในช่วง COVID", "ระบบเทคโนโลยี", DIGITAL_IN_USE),
        ("3.2.2 งานที่มีแผนจะนำเทคโนโลยีดิจิทัลมาใช้ในอนาคต", "ระบบเทคโนโลยี", DIGITAL_PLANNED),
    ):
        plan.paragraph(title, indent=False, bold=True)
        plan.table([["ภารกิจ/งาน", column], *[list(row) for row in rows]])


def _need(value: int, unit: str | None) -> str:
    if unit is None:
        return TICK if value else ""
    return f"{value} {unit}"


TRUTH = Truth(
    document={
        "document_class": "bcp_plan",
        "agency_name": AGENCY,
        "agency_type": "local_government",
        "province": "น่าน",
        "plan_year_be": 2567,
    },
    components=statuses(),
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
            *[
                {"slot": "main", "person_name": name, "position": post, "role": role, "phones": [digits]}
                for role, _, name, post, _, digits in TEAM
            ],
            *[
                {"slot": "backup", "person_name": name, "position": post, "role": member[0], "phones": [digits]}
                for (name, post, _, digits), member in zip(BACKUPS, TEAM, strict=True)
            ],
        ],
        "strategies": [
            {"dimension": dimension, "text": text} for dimension, (_, texts) in STRATEGIES.items() for text in texts
        ],
        "bia_processes": [
            {
                "process_name": name,
                "urgency": urgency,
                "rto_min_hours": float(BUCKETS[first][1]),
                "rto_max_hours": float(BUCKETS[first][2]),
            }
            for name, _, urgency, first in PROCESSES
        ],
        "resource_requirements": [
            {
                "dimension": dimension,
                "resource_raw": name,
                "bucket_hours": float(hours),
                "quantity": float(value) if unit else None,
            }
            for dimension, (_, unit, rows) in NEEDS.items()
            for name, _, values in rows
            for (_, hours), value in zip(NEEDS_BUCKETS, values, strict=True)
        ],
        "recovery_steps": [
            {"phase": phase, "text": text, "responsible": who} for phase, _, steps in PHASES for text, who in steps
        ],
        "call_tree": [{"caller": caller, "callee": callee} for _, caller, callee, _ in CALLS],
        "digital_services": [
            *[{"question": "eservice_planned", "mission": mission, "system": system} for mission, system in ESERVICES],
            *[
                {"question": "digital_in_use", "mission": mission, "system": system}
                for mission, system in DIGITAL_IN_USE
            ],
            *[
                {"question": "digital_planned", "mission": mission, "system": system}
                for mission, system in DIGITAL_PLANNED
            ],
        ],
    },
)
