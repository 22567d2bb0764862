# ruff: noqa: E501  # a row of a table is a line
"""The logical tables that are laid out: what an author means, before any border is drawn.

Agencies, people and telephone numbers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LEFT = "<"  # a slot covered by the cell to its left
UP = "^"  # a slot covered by the cell above
TICK = "✓"
BOX = "☐"
BOX_TICKED = "☑"
MARKS = (TICK, BOX, BOX_TICKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A table as its author means it; LEFT and UP mark the slots of merged cells, a line feed starts a paragraph."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    header_rows: int
    widths: tuple[float, ...]
    caption: str

    @property
    def n_cols(self) -> int:
        return len(self.rows[0])

    def span(self, row: int, col: int) -> tuple[int, int]:
        """Rows and columns that the cell at a slot covers."""
        last_row, last_col = row, col
        while last_col + 1 < self.n_cols and self.rows[row][last_col + 1] == LEFT:
            last_col += 1
        while last_row + 1 < len(self.rows) and self.rows[last_row + 1][col] == UP:
            last_row += 1
        return last_row - row + 1, last_col - col + 1


def _content(name: str, caption: str, header_rows: int, widths: str, text: str) -> Content:
    """A table typed as lines with ``|`` between cells and ``¶`` between a cell's paragraphs."""
    rows = tuple(
        tuple(cell.strip().replace("¶", "\n") for cell in line.split("|")) for line in text.strip().splitlines()
    )
    shares = tuple(float(share) for share in widths.split())
    assert all(len(row) == len(shares) for row in rows), name
    return Content(name=name, rows=rows, header_rows=header_rows, widths=shares, caption=caption)


TEAM = _content(
    "team",
    "ตารางที่ 1 รายชื่อคณะทำงานบริหารความต่อเนื่องและบุคลากรสำรอง",
    2,
    "24 15 22 24 15",
    """
บุคลากรหลัก | < | บทบาท | บุคลากรสำรอง | <
ชื่อ - สกุล | โทรศัพท์ | ^ | ชื่อ - สกุล | โทรศัพท์
นายเมฆา ฟ้าสมมุติ¶ผู้อำนวยการสำนัก | 0 2000 0011 | หัวหน้าคณะบริหารความต่อเนื่อง | นางดาวเรือง ฟ้าสมมุติ¶รองผู้อำนวยการ | 0 2000 0012
นางสาวพิกุล ธารตัวอย่าง¶นักจัดการงานทั่วไป | 0 2000 0021 | ผู้ประสานงานคณะบริหารความต่อเนื่อง | นายก้อนกรวด ธารตัวอย่าง¶เจ้าพนักงานธุรการ | 0 2000 0022
นายต้นสน ภูจำลอง¶นักวิชาการคอมพิวเตอร์ | 0 2000 0031 | หัวหน้าทีมกู้คืนระบบสารสนเทศ | นางสาวใบเฟิร์น ภูจำลอง¶นักวิชาการคอมพิวเตอร์ | 0 2000 0032
นางน้ำค้าง ทุ่งสมมุติ¶หัวหน้ากลุ่มบริการ | 0 2000 0041 | หัวหน้าทีมบริการประชาชน | นายหินผา ทุ่งสมมุติ¶เจ้าหน้าที่บริการ | 0 2000 0042
""",
)

IMPACT = _content(
    "impact",
    "ตารางที่ 2 ผลกระทบจากเหตุการณ์สภาวะวิกฤตต่อทรัพยากร",
    2,
    "30 14 14 14 14 14",
    """
เหตุการณ์สภาวะวิกฤต | ผลกระทบต่อทรัพยากร | < | < | < | <
^ | อาคารและสถานที่ปฏิบัติงาน | วัสดุอุปกรณ์ที่สำคัญ | เทคโนโลยีและข้อมูล | บุคลากรหลัก | คู่ค้าและผู้ให้บริการ
1. อุทกภัย | ✓ | ✓ | ✓ | ✓ | ✓
2. อัคคีภัย | ✓ | ✓ | ✓ |  | ✓
3. ไฟฟ้าดับเป็นวงกว้าง |  | ✓ | ✓ |  | ✓
4. โรคติดต่อระบาดต่อเนื่อง |  |  |  | ✓ | ✓
5. การชุมนุมประท้วง | ✓ |  |  | ✓ |
6. การโจมตีทางไซเบอร์ |  |  | ✓ |  |
""",
)

BIA = _content(
    "bia",
    "ตารางที่ 3 การวิเคราะห์ผลกระทบทางธุรกิจ",
    2,
    "34 14 13 13 13 13",
    """
กระบวนการหลัก | ระดับความเร่งด่วน | ระยะเวลาเป้าหมายในการฟื้นคืนสภาพ | < | < | <
^ | ^ | 0-4 ชั่วโมง | 1 วัน | 1 สัปดาห์ | 1 เดือน
การรับและส่งหนังสือราชการ | สูง | ✓ |  |  |
การออกใบอนุญาตประกอบกิจการตลาด | สูงมาก |  | ✓ |  |
การเบิกจ่ายเงินช่วยเหลือผู้ประสบภัย | สูง |  | ✓ |  |
การจัดทำทะเบียนครุภัณฑ์ประจำปี | ปานกลาง |  |  | ✓ |
การเผยแพร่รายงานประจำปี | ต่ำ |  |  |  | ✓
""",
)

RESOURCES = _content(
    "resources",
    "ตารางที่ 4 ความต้องการทรัพยากรด้านวัสดุอุปกรณ์",
    1,
    "28 24 16 16 16",
    """
ประเภททรัพยากร | ที่มา | 1 วัน | 1 สัปดาห์ | 1 เดือน
เครื่องคอมพิวเตอร์พกพา | ยืมจากหน่วยงานใกล้เคียง | 4 เครื่อง | 10 เครื่อง | 12 เครื่อง
โทรศัพท์พร้อมหมายเลข | ผู้ให้บริการเครือข่าย | 2 เลขหมาย | 4 เลขหมาย | 6 เลขหมาย
เครื่องพิมพ์เอกสาร | จัดซื้อวิธีเฉพาะเจาะจง | 1 เครื่อง | 2 เครื่อง | 2 เครื่อง
เครื่องสำรองไฟฟ้า | คลังพัสดุกลาง | - | 1 เครื่อง | 3 เครื่อง
รวม | < | 7 | 17 | 23
""",
)

STRATEGY = _content(
    "strategy",
    "ตารางที่ 5 กลยุทธ์ความต่อเนื่อง",
    1,
    "26 54 20",
    """
ทรัพยากร | กลยุทธ์ความต่อเนื่อง | ผู้รับผิดชอบ
อาคาร/สถานที่ปฏิบัติงานสำรอง | - ใช้อาคารเอนกประสงค์ของเทศบาลใกล้เคียงเป็นที่ทำการชั่วคราว¶- ให้บุคลากรบางส่วนปฏิบัติงานที่บ้านตามความเหมาะสม | กลุ่มอำนวยการ
วัสดุอุปกรณ์ที่สำคัญ | - จัดหาคอมพิวเตอร์สำรองที่เชื่อมต่ออินเทอร์เน็ตได้¶- ทำบันทึกความร่วมมือกับหน่วยงานใกล้เคียงเพื่อยืมอุปกรณ์ | กลุ่มพัสดุ
เทคโนโลยีสารสนเทศและข้อมูล | - สำรองข้อมูลทุกวันไว้นอกสถานที่¶- ใช้ระบบเครือข่ายสำรอง | กลุ่มสารสนเทศ
บุคลากรหลัก | - กำหนดบุคลากรสำรองภายในกลุ่มงานเดียวกัน | กลุ่มบริหารบุคคล
คู่ค้าและผู้ให้บริการที่สำคัญ | - กำหนดให้มีผู้ให้บริการอินเทอร์เน็ตอย่างน้อยสองราย¶- ประสานผู้ให้บริการไฟฟ้าล่วงหน้า | กลุ่มอำนวยการ
""",
)

STEPS = _content(
    "steps",
    "ตารางที่ 6 ขั้นตอนการตอบสนองต่อเหตุการณ์ทันที",
    1,
    "52 28 20",
    """
ขั้นตอนและกิจกรรม | บทบาทความรับผิดชอบ | ดำเนินการแล้วเสร็จ
ติดตามและประเมินความรุนแรงของเหตุการณ์ รวมทั้งผลกระทบต่อการให้บริการประชาชน | หัวหน้าคณะบริหารความต่อเนื่อง | ☐
แจ้งเหตุตามกระบวนการแจ้งเหตุให้บุคลากรในกลุ่มงานทราบ | ผู้ประสานงาน | ☑
จัดประชุมทีมงานเพื่อรับทราบสถานการณ์ และกำหนดแนวทางปฏิบัติ | ทีมงานทุกกลุ่ม | ☐
ระบุรายชื่อบุคลากรที่ได้รับบาดเจ็บหรือเสียชีวิต | ฝ่ายบริหารบุคคล | ☐
บันทึกและทบทวนกิจกรรมที่ต้องเร่งดำเนินการ | ผู้ประสานงาน | ☑
""",
)

CHECKLIST = _content(
    "checklist",
    "แบบตรวจสอบความครบถ้วนของแผน",
    2,
    "9 49 12 12 18",
    """
ลำดับ | รายการตรวจสอบ | ผลการตรวจสอบ | < | หมายเหตุ
^ | ^ | มี | ไม่มี | ^
1 | แผนระบุวัตถุประสงค์และขอบเขตชัดเจน | ✓ |  |
2 | แผนระบุเหตุการณ์ที่อาจเกิดขึ้นกับหน่วยงาน | ✓ |  |
3 | แผนกำหนดผู้รับผิดชอบพร้อมช่องทางติดต่อ | ✓ |  | ปรับปรุงแล้ว
4 | แผนรองรับเหตุการณ์ที่ยาวนานกว่าหนึ่งเดือน |  | ✓ | อยู่ระหว่างจัดทำ
5 | มีการซักซ้อมแผนอย่างน้อยปีละหนึ่งครั้ง | ✓ |  |
""",
)

CALLS = _content(
    "calls",
    "ตารางที่ 7 ลำดับการแจ้งเหตุ",
    1,
    "8 26 26 22 18",
    """
ที่ | ผู้แจ้ง | ผู้รับแจ้ง | หมายเลขโทรศัพท์ | ช่องทาง
1 | หัวหน้าคณะบริหาร | ผู้ประสานงาน | 0 2000 0101 | โทรศัพท์
2 | ผู้ประสานงาน | หัวหน้าทีมกู้คืน | 0 2000 0102 | ไลน์กลุ่ม
3 | หัวหน้าทีมกู้คืน | สมาชิกในทีม | 0 2000 0103 | โทรศัพท์
4 | สมาชิกในทีม | ผู้ให้บริการภายนอก | 0 2000 0104 | อีเมล
""",
)

LONG_STEPS = _content(
    "long",
    "ตารางที่ 8 ขั้นตอนการฟื้นฟูในระยะยาว",
    1,
    "10 56 34",
    "ลำดับ | กิจกรรม | ผู้รับผิดชอบ\n"
    + "\n".join(
        f"{number} | {text} | {who}"
        for number, (text, who) in enumerate(
            zip(
                (
                    "ตรวจสอบความเสียหายของอาคารและสถานที่ปฏิบัติงานหลักร่วมกับช่างโยธา",
                    "รวบรวมรายการครุภัณฑ์ที่เสียหายและจัดลำดับการซ่อมแซมตามความจำเป็น",
                    "ประสานผู้ให้บริการไฟฟ้า น้ำประปา และอินเทอร์เน็ตเพื่อเชื่อมต่อบริการ",
                    "กู้คืนข้อมูลจากชุดสำรองล่าสุดและตรวจความถูกต้องของข้อมูลทุกระบบ",
                    "ประกาศช่องทางให้บริการชั่วคราวแก่ประชาชนและผู้มีส่วนได้ส่วนเสีย",
                    "ติดตามอาการของบุคลากรที่ได้รับผลกระทบและจัดการเยี่ยมบำรุงขวัญ",
                    "เบิกจ่ายงบประมาณฉุกเฉินตามระเบียบและจัดเก็บหลักฐานให้ครบถ้วน",
                    "เคลื่อนย้ายเอกสารสำคัญกลับสู่ที่ตั้งหลักและตรวจนับให้ตรงทะเบียน",
                    "ทดสอบระบบสารสนเทศทั้งหมดก่อนเปิดให้บริการตามปกติแก่ประชาชน",
                    "จัดประชุมสรุปบทเรียนและข้อเสนอแนะต่อผู้บริหารของหน่วยงาน",
                    "ปรับปรุงแผนให้สอดคล้องกับข้อเท็จจริงที่พบระหว่างเกิดเหตุการณ์",
                    "รายงานผลการฟื้นฟูต่อหน่วยงานต้นสังกัดตามกำหนดเวลาที่ตกลงไว้",
                )
                * 2,
                ("ฝ่ายอาคาร", "ฝ่ายพัสดุ", "ผู้ประสานงานกลาง", "ทีมสารสนเทศ", "ทีมสื่อสาร", "ฝ่ายบุคคล") * 4,
                strict=True,
            ),
            start=1,
        )
    ),
)

SHORT = _content(
    "short",
    "ตารางที่ 9 หน่วยงานสนับสนุนในพื้นที่",
    1,
    "34 26 22 18",
    """
หน่วยงาน | ผู้ประสาน | โทรศัพท์ | เวลาติดต่อ
สถานีสูบน้ำบ้านท่าเรือ | นายสายน้ำ | 0 2000 0201 | 24 ชั่วโมง
ศูนย์ช่างไฟฟ้าดอนไผ่ | นางแสงเดือน | 0 2000 0202 | เวลาราชการ
โรงพยาบาลห้วยใหญ่ | นายร่มไม้ | 0 2000 0203 | 24 ชั่วโมง
สถานีดับเพลิงหนองบัว | นายเปลวเทียน | 0 2000 0204 | 24 ชั่วโมง
โรงเรียนวัดป่าสัก | นางใบไผ่ | 0 2000 0205 | เวลาราชการ
""",
)

PROSE = (
    "เอกสารส่วนนี้อธิบายแนวทางที่หน่วยงานใช้เตรียมความพร้อมก่อนเกิดเหตุ ระหว่างเกิดเหตุ และภายหลังเหตุการณ์สงบลง",
    "คณะทำงานทบทวนข้อมูลร่วมกับกลุ่มงานที่เกี่ยวข้องปีละหนึ่งครั้ง และปรับปรุงรายชื่อผู้ติดต่อทุกหกเดือนเพื่อให้ใช้งานได้จริง",
)


def turned(content: Content) -> Content:
    """Rows as columns: the first column becomes the header."""
    rows = tuple(
        tuple({LEFT: UP, UP: LEFT}.get(cell, cell) for cell in column) for column in zip(*content.rows, strict=True)
    )
    widths = (28.0, *([72.0 / (len(rows[0]) - 1)] * (len(rows[0]) - 1)))
    return replace(content, name=f"{content.name} turned", rows=rows, header_rows=1, widths=widths)


def numbered(content: Content, *, head: str = "ที่", thai: bool = True) -> Content:
    """With a column of numbers in front."""
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙") if thai else {}
    front = [head, *[UP] * (content.header_rows - 1)]
    front += [str(number).translate(digits) for number in range(1, len(content.rows) - content.header_rows + 1)]
    rows = tuple((number, *row) for number, row in zip(front, content.rows, strict=True))
    return replace(content, rows=rows, widths=(7.0, *content.widths))


def with_column(content: Content, head: str, *, width: float = 12) -> Content:
    """With an empty column at the end, to be filled in by hand."""
    body = len(content.rows) - content.header_rows
    added = [head, *[UP] * (content.header_rows - 1), *[""] * body]
    rows = tuple((*row, cell) for row, cell in zip(content.rows, added, strict=True))
    return replace(content, rows=rows, widths=(*content.widths, width))


def with_title(content: Content, title: str) -> Content:
    """With a title row over the whole width as first header row."""
    row = (title, *[LEFT] * (content.n_cols - 1))
    return replace(content, rows=(row, *content.rows), header_rows=content.header_rows + 1)


def with_groups(content: Content, names: tuple[str, ...], *, every: int = 2) -> Content:
    """With a row over the whole width in front of every few rows of the body."""
    rows = list(content.rows[: content.header_rows])
    body = content.rows[content.header_rows :]
    for index, row in enumerate(body):
        if index % every == 0:
            rows.append((names[index // every % len(names)], *[LEFT] * (content.n_cols - 1)))
        rows.append(row)
    return replace(content, rows=tuple(rows))


def with_merged_first(content: Content, names: tuple[str, ...], *, head: str, every: int = 2) -> Content:
    """With a column in front whose cells stand over several rows each."""
    front = [head, *[UP] * (content.header_rows - 1)]
    for index in range(len(content.rows) - content.header_rows):
        front.append(names[index // every % len(names)] if index % every == 0 else UP)
    rows = tuple((name, *row) for name, row in zip(front, content.rows, strict=True))
    return replace(content, rows=rows, widths=(16.0, *content.widths))


def with_marks(content: Content, tick: str, *, empty: str = "") -> Content:
    """With another sign for a tick, and one for a slot without a tick in the columns of ticks."""
    ticked = {col for row in content.rows for col, cell in enumerate(row) if cell == TICK}
    rows = []
    for index, row in enumerate(content.rows):
        body = index >= content.header_rows
        rows.append(
            tuple(
                tick if cell == TICK else empty if body and cell == "" and col in ticked else cell
                for col, cell in enumerate(row)
            )
        )
    return replace(content, rows=tuple(rows))


def thai_digits(content: Content) -> Content:
    """With Thai numerals throughout."""
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    rows = tuple(tuple(cell.translate(digits) for cell in row) for row in content.rows)
    return replace(content, rows=rows, caption=content.caption.translate(digits))


def first_rows(content: Content, count: int) -> Content:
    """The header and the first rows of the body."""
    return replace(content, rows=content.rows[: content.header_rows + count])


def later_rows(content: Content, start: int, *, header: bool) -> Content:
    """The rest of the body, with the header again or without one."""
    head = content.rows[: content.header_rows] if header else ()
    rows = (*head, *content.rows[content.header_rows + start :])
    return replace(content, rows=rows, header_rows=len(head))
