"""Two files that are no plan: a covering letter that names the components, and a fire plan with the same words."""

from __future__ import annotations

from tests.documents.plans.kit import PlanWriter
from tests.documents.plans.truth import Truth

LETTER_AGENCY = "เทศบาลตำบลบ้านฝายดาว"
FIRE_AGENCY = "สำนักงานหอจดหมายเหตุริมโขง"


def write_letter(letter: PlanWriter) -> None:
    """A letter that sends the plan in and lists what it holds."""
    letter.paragraph("ที่ นน ๐๐๐๐๑/ว ๑๒", indent=False)
    letter.paragraph(f"สำนักงาน{LETTER_AGENCY} จังหวัดน่าน", indent=False)
    letter.paragraph("๑๕ มกราคม ๒๕๖๗", center=True)
    letter.paragraph("เรื่อง  ส่งแผนดำเนินธุรกิจอย่างต่อเนื่อง", indent=False)
    letter.paragraph("เรียน  เลขาธิการคณะกรรมการพัฒนาระบบราชการ", indent=False)
    letter.paragraph("สิ่งที่ส่งมาด้วย  แผนดำเนินธุรกิจอย่างต่อเนื่อง จำนวน ๑ ฉบับ", indent=False)
    letter.paragraph(
        "ตามหนังสือที่อ้างถึง ขอให้หน่วยงานจัดทำแผนซึ่งประกอบด้วย วัตถุประสงค์ สมมติฐาน และขอบเขต "
        "การวิเคราะห์เหตุการณ์และผลกระทบ ทีมงานบริหารความต่อเนื่อง กลยุทธ์ความต่อเนื่อง การวิเคราะห์ผลกระทบทางธุรกิจ "
        "ความต้องการทรัพยากร ขั้นตอนการบริหารความต่อเนื่อง และกระบวนการแจ้งเหตุ (Call Tree) นั้น"
    )
    letter.paragraph(f"{LETTER_AGENCY}ได้จัดทำแผนดังกล่าวเรียบร้อยแล้ว รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย")
    letter.paragraph("จึงเรียนมาเพื่อโปรดทราบ")
    letter.paragraph("ขอแสดงความนับถือ", center=True)
    letter.paragraph("(นายฟ้าคราม สมมุติ)", center=True)
    letter.paragraph("นายกเทศมนตรีตำบลบ้านฝายดาว", center=True)


def write_fire_plan(plan: PlanWriter) -> None:
    """A fire prevention plan: teams, steps and phones, but no continuity of services."""
    plan.cover("แผนป้องกันและระงับอัคคีภัย", FIRE_AGENCY, "ประจำปี 2566")
    plan.heading("1. วัตถุประสงค์")
    plan.items("เพื่อป้องกันการเกิดเพลิงไหม้ในอาคารหอจดหมายเหตุ", "เพื่อให้การดับเพลิงและอพยพคนเป็นไปอย่างปลอดภัย")
    plan.heading("2. แผนก่อนเกิดเหตุ")
    plan.items("ตรวจถังดับเพลิงทุกเดือน", "อบรมการใช้ถังดับเพลิงปีละหนึ่งครั้ง", "ซ้อมอพยพปีละหนึ่งครั้ง")
    plan.heading("3. แผนขณะเกิดเหตุ")
    plan.table(
        [
            ["ขั้นตอน", "ผู้ปฏิบัติ"],
            ["กดสัญญาณเตือนภัยและแจ้งหัวหน้าชุดดับเพลิง", "ผู้พบเหตุ"],
            ["ดับเพลิงขั้นต้นด้วยถังดับเพลิง", "ชุดดับเพลิง"],
            ["นำผู้ใช้บริการไปจุดรวมพล", "ชุดอพยพ"],
        ]
    )
    plan.heading("4. แผนหลังเกิดเหตุ")
    plan.items("สำรวจความเสียหายและรายงานผู้บังคับบัญชา", "ปรับปรุงแผนป้องกันอัคคีภัย")
    plan.heading("5. รายชื่อชุดดับเพลิง")
    plan.table([["ชื่อ", "หน้าที่"], ["นายแก้วตา สมมุติ", "หัวหน้าชุดดับเพลิง"], ["นายกล้าหาญ สมมุติ", "ชุดอพยพ"]])


LETTER_TRUTH = Truth(document={"document_class": "letter", "agency_name": LETTER_AGENCY}, components={})
FIRE_TRUTH = Truth(document={"document_class": "other", "agency_name": FIRE_AGENCY}, components={})
