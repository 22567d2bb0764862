"""Headings found by all their signs, and what follows them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.outline import Outline
from pipeline.outline import build_outline
from tests.pipeline.outline.outline_kit import DOCX, document, table, text

PROSE = "หน่วยงานเก็บสำเนาทะเบียนว่าวไว้สองแห่ง และตรวจนับทุกสิ้นเดือนโดยเจ้าหน้าที่ที่ได้รับมอบหมายจากหัวหน้ากลุ่มงาน"


def _headings(outline: Outline) -> list[str]:
    return [section.heading.text for section in outline.sections if section.heading is not None]


def test_known_words_are_a_heading_without_any_style() -> None:
    """A line of known words with text under it is a heading, though nothing marks it."""
    outline = build_outline(document(text("วัตถุประสงค์"), text(PROSE)))
    assert _headings(outline) == ["วัตถุประสงค์"]


def test_unknown_words_need_looks_and_number() -> None:
    """A heading of words that nobody listed is told by its number and weight."""
    outline = build_outline(document(text("2.1 การดูแลว่าว", bold=True), text(PROSE), text("การดูแลว่าว"), text(PROSE)))
    assert _headings(outline) == ["2.1 การดูแลว่าว"]


def test_items_of_a_list_are_no_headings() -> None:
    """Numbers that follow each other after a text that announces them are a list."""
    blocks = [
        text("1. วัตถุประสงค์", bold=True),
        text("แผนนี้มีวัตถุประสงค์ดังนี้"),
        text("1. เพื่อให้ว่าวไม่ขาด"),
        text("2. เพื่อให้สายป่านแข็งแรง"),
        text("3. เพื่อให้ผู้เล่นปลอดภัย"),
    ]
    assert _headings(build_outline(document(*blocks))) == ["1. วัตถุประสงค์"]


def test_a_row_of_numbers_that_is_headings_for_the_most_part_is_so_throughout() -> None:
    """Words that nobody listed are a heading between "2)" and "4)"; not where another list has the same numbers."""
    blocks = [
        text("1) วัตถุประสงค์"),
        text(PROSE),
        text("2) ขอบเขต"),
        text(PROSE),
        text("3) ลมแรงและฝนหนัก"),
        text(PROSE),
        text("4) กลยุทธ์ความต่อเนื่อง"),
        text(PROSE),
    ]
    headings = ["1) วัตถุประสงค์", "2) ขอบเขต", "3) ลมแรงและฝนหนัก", "4) กลยุทธ์ความต่อเนื่อง"]
    assert _headings(build_outline(document(*blocks))) == headings
    listed = [*blocks, text("1) ตรวจเชือก"), text("2) ตรวจหาง")]
    assert "3) ลมแรงและฝนหนัก" not in _headings(build_outline(document(*listed)))


def test_printed_lines_with_labels_are_paragraphs_of_their_own() -> None:
    """Where a print runs lines together that each begin with a label, they are parted; a time of day is no label."""
    raw = "ผลกระทบ: อาคารใช้ไม่ได้\nที่พักว่าว: ย้ายไปโรงว่าวสาขา\nและเปิดตั้งแต่ 08:30 น.\nเวลา 09:00 ปิด"
    joined = text(raw.replace("\n", " "), raw=raw)
    outline = build_outline(document(text("4 สถานการณ์ที่ 1 น้ำท่วม", bold=True, size=18), joined))
    sections = outline.sections
    assert [block.text for part in sections for block in (part.heading, *part.text_blocks()) if block is not None] == [
        "4 สถานการณ์ที่ 1 น้ำท่วม",
        "ผลกระทบ: อาคารใช้ไม่ได้",
        "ที่พักว่าว: ย้ายไปโรงว่าวสาขา และเปิดตั้งแต่ 08:30 น. เวลา 09:00 ปิด",
    ]


def test_items_with_a_number_left_out_are_no_headings() -> None:
    """A list that lacks a number in between is a list all the same."""
    blocks = [
        text("5. ทางเลือก", bold=True),
        text("5.1 ด้านสถานที่ - ใช้โรงว่าวสาขา"),
        text("5.3 ด้านระบบงาน - ใช้สมุดแทน"),
        text("5.4 ด้านพนักงาน - แบ่งเป็นสองชุด"),
        text("6. ขอบเขต", bold=True),
        text(PROSE),
    ]
    assert _headings(build_outline(document(*blocks))) == ["5. ทางเลือก", "6. ขอบเขต"]


def test_the_last_item_of_a_list_that_begins_with_known_words_is_no_heading() -> None:
    """An item that says what the head of the team does is a step, though its first words are those of a heading."""
    blocks = [
        text("7. ขั้นตอนการปฏิบัติ", bold=True),
        text("(1) เจ้าหน้าที่แจ้งเหตุและช่วยผู้เล่นออกจากสนาม"),
        text("(2) หัวหน้าทีมตรวจสอบว่าวที่เสียหาย"),
        text("(3) หัวหน้าคณะบริหารความต่อเนื่องรายงานเลขาธิการ"),
        text("8. ขอบเขต", bold=True),
        text(PROSE),
    ]
    assert _headings(build_outline(document(*blocks))) == ["7. ขั้นตอนการปฏิบัติ", "8. ขอบเขต"]


def test_headings_that_lead_up_to_a_sure_one_are_headings() -> None:
    """Letters that lead up to a known heading make headings of words that nobody listed; a list's own do not."""
    blocks = [
        text("แผนบริหารความต่อเนื่องของโรงว่าว"),
        text("ง. ผลกระทบต่อการทำงานของโรงว่าว"),
        text("1) เพลิงไหม้ กระทบอาคารและว่าว"),
        text("2) แผ่นดินไหว กระทบอาคารและสายป่าน"),
        text("จ. ผู้รับผิดชอบ"),
        text("1) หัวหน้าโรงว่าว เป็นประธานคณะทำงาน"),
        text("2) หัวหน้าส่วนสายป่าน เป็นผู้ประสานงาน"),
        text("ฉ. กลยุทธ์"),
        text(PROSE),
    ]
    found = _headings(build_outline(document(*blocks)))
    assert found == ["ง. ผลกระทบต่อการทำงานของโรงว่าว", "จ. ผู้รับผิดชอบ", "ฉ. กลยุทธ์"]


def test_a_number_before_a_counting_word_is_the_headings_where_the_row_says_so() -> None:
    """ "๙ ขั้นตอน" behind 8 and before 10 is the ninth heading, and nine steps anywhere else."""
    blocks = [
        text("๘ ความต้องการทรัพยากร", role=BlockRole.HEADING, level=1),
        text(PROSE),
        text("๙ ขั้นตอน", role=BlockRole.HEADING, level=1),
        text(PROSE),
        text("๑๐ ผังการแจ้งเหตุ", role=BlockRole.HEADING, level=1),
        text("๙ ขั้นตอน"),
        text(PROSE),
    ]
    outline = build_outline(document(*blocks, media_type=DOCX))
    assert [(section.number, section.level) for section in outline.sections] == [("8", 1), ("9", 1), ("10", 1)]


def test_statements_under_their_heading_are_no_headings() -> None:
    """Statements numbered on from their heading stay whole, though they begin with words of a heading."""
    blocks = [
        text("3. Assumptions", bold=True),
        text("3.1 Alternate site ที่โรงว่าวไม่ได้รับผลกระทบจากเหตุเดียวกัน"),
        text("3.2 ระยะเวลาเป้าหมายในการฟื้นคืนสภาพของว่าวไม่เปลี่ยน"),
        text("4. Scope", bold=True),
        text(PROSE),
    ]
    outline = build_outline(document(*blocks))
    assert _headings(outline) == ["3. Assumptions", "4. Scope"]
    assert len(outline.sections[0].blocks) == 2


def test_phases_that_are_only_announced_are_no_headings() -> None:
    """A list of the phases to come is not the phases."""
    blocks = [
        text("ขั้นตอนการบริหารความต่อเนื่อง", bold=True),
        text("แบ่งเป็นระยะดังนี้"),
        text("1. การตอบสนองในระยะสั้น"),
        text("2. การตอบสนองในระยะยาว"),
        text("การตอบสนองในระยะสั้น", bold=True),
        table(),
    ]
    assert _headings(build_outline(document(*blocks))) == ["ขั้นตอนการบริหารความต่อเนื่อง", "การตอบสนองในระยะสั้น"]


def test_captions_are_no_headings() -> None:
    """A table's caption stays in its section, even where the format calls it a heading."""
    caption = text("ตารางที่ 2 กลยุทธ์ความต่อเนื่อง", role=BlockRole.HEADING, level=2)
    outline = build_outline(document(text("กลยุทธ์ความต่อเนื่อง", bold=True), text(PROSE), caption, table()))
    assert len(outline.sections) == 1
    assert caption in outline.sections[0].blocks


def test_the_cover_is_a_section_without_heading() -> None:
    """The plan's name, the agency and the year before the first part are the cover."""
    outline = build_outline(
        document(
            text("แผนบริหารความต่อเนื่อง", bold=True, size=24),
            text("กรมวัดเงา", bold=True, size=20),
            text("พ.ศ. 2566", bold=True, size=20),
            text("1. บทนำ", bold=True, size=16),
            text(PROSE, size=16),
        )
    )
    assert outline.sections[0].heading is None
    assert len(outline.sections[0].blocks) == 3
    assert _headings(outline) == ["1. บทนำ"]


def test_levels_follow_numbers_through_nested_lists() -> None:
    """A restarted count is inside, and the outer count goes on after it."""
    lines = ["2. การบริหาร", "2.4 ความต้องการทรัพยากร", "1. ด้านบุคลากร", "2. ด้านวัสดุอุปกรณ์"]
    lines += ["2.5 กระบวนการแจ้งเหตุ", "3. การทบทวนแผน"]
    blocks = [block for line in lines for block in (text(line, bold=True), text(PROSE))]
    sections = build_outline(document(*blocks)).sections
    titles = {section.heading.text: section.level for section in sections if section.heading is not None}
    assert titles == {
        "2. การบริหาร": 1,
        "2.4 ความต้องการทรัพยากร": 2,
        "1. ด้านบุคลากร": 3,
        "2. ด้านวัสดุอุปกรณ์": 3,
        "2.5 กระบวนการแจ้งเหตุ": 2,
        "3. การทบทวนแผน": 1,
    }


def test_misread_numbers_do_not_nest() -> None:
    """A number that OCR misread leaves its heading beside the others."""
    blocks: list[Block] = []
    for line in ("1. วัตถุประสงค์", "2. สมมติฐาน", "3. ขอบเขต", "5. ทีมงาน", "5. กลยุทธ์", "2. กระบวนการหลัก"):
        blocks += [text(line, bold=True), text(PROSE)]
    assert {section.level for section in build_outline(document(*blocks)).sections} == {1}


def test_word_levels_are_kept() -> None:
    """The levels of Word's heading styles are the author's."""
    blocks = [
        text("กลยุทธ์ความต่อเนื่อง", role=BlockRole.HEADING, level=1),
        text("ด้านบุคลากร", role=BlockRole.HEADING, level=2),
        text(PROSE),
        text("ด้านวัสดุอุปกรณ์", role=BlockRole.HEADING, level=2),
        text(PROSE),
    ]
    outline = build_outline(document(*blocks, media_type=DOCX))
    assert [section.level for section in outline.sections] == [1, 2, 2]
    assert outline.sections[2].parent_id == outline.sections[0].section_id


def test_a_heading_over_two_lines_is_one() -> None:
    """A heading that wraps into a second block is joined."""
    outline = build_outline(
        document(
            text("แบบตรวจสอบความครบถ้วนของแผนดำเนินธุรกิจ", bold=True, size=18),
            text("อย่างต่อเนื่องของหน่วยงาน (Checklist)", bold=True, size=18),
            text(PROSE, size=16),
        )
    )
    assert _headings(outline) == ["แบบตรวจสอบความครบถ้วนของแผนดำเนินธุรกิจ อย่างต่อเนื่องของหน่วยงาน (Checklist)"]


def test_a_heading_glued_to_a_paragraph_is_cut_off() -> None:
    """A known heading that reading joined to the line above is found by the line that ended early."""
    full = "ก" * 60
    outline = build_outline(
        document(
            text("1. วัตถุประสงค์", bold=True),
            text(f"{full} ข", raw=f"{full}\nข"),
            text("- เพื่อให้ว่าวไม่ขาด สมมติฐาน", raw="- เพื่อให้ว่าวไม่ขาด\nสมมติฐาน"),
            text(PROSE),
        )
    )
    assert _headings(outline) == ["1. วัตถุประสงค์", "สมมติฐาน"]


def test_a_sentence_that_wraps_before_known_words_is_not_cut() -> None:
    """A full line that goes on with known words is one sentence."""
    full = "ก" * 60
    outline = build_outline(
        document(text("1. บทนำ", bold=True), text(f"{full} สมมติฐาน", raw=f"{full}\nสมมติฐาน"), text(PROSE))
    )
    assert _headings(outline) == ["1. บทนำ"]


def test_contents_by_dot_leaders_need_no_heading() -> None:
    """Lines with dot leaders and pages are a table of contents also without the word."""
    names = ("บทนำ", "ทีมงาน", "กลยุทธ์", "ขอบเขต")
    entries = [text(f"{number}. {name} .......... {number}") for number, name in enumerate(names, 1)]
    outline = build_outline(document(*entries, text("1. บทนำ", bold=True), text(PROSE)))
    assert len(outline.toc_entries) == 4
    assert _headings(outline) == ["1. บทนำ"]


LINES = ["1. วัตถุประสงค์", "2.1 ทีมงาน", "สารบัญ", "ขอบเขต ..... 3", PROSE, "- รายการ", "ตารางที่ 1 ทีมงาน", "", "บทที่ 2 กลยุทธ์"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_block_is_lost_or_doubled(lines: list[str]) -> None:
    """Whatever the lines, each is in one section or in the table of contents, in order."""
    blocks = [text(line) for line in lines]
    outline = build_outline(document(*blocks))
    kept: list[str] = []
    for section in outline.sections:
        if section.heading is not None:
            kept.append(section.heading.text)
        kept += [block.text for block in section.blocks if isinstance(block, TextBlock)]
    kept += [entry.text for entry in outline.toc_entries]
    assert sorted("".join(kept).replace(" ", "")) == sorted("".join(lines).replace(" ", ""))
    parents = {section.section_id for section in outline.sections}
    assert all(section.parent_id is None or section.parent_id in parents for section in outline.sections)


def test_a_sentence_that_opens_with_what_is_done_is_no_heading() -> None:
    """Known words in a short measure do not make it a heading of the part above it."""
    blocks = [
        text("5.1 สถานที่", bold=True),
        text("ใช้อาคารท่าเรือรองเป็น alternate site ภายใน 4 ชั่วโมง"),
        text("5.2 อุปกรณ์", bold=True),
        text(PROSE),
    ]
    assert _headings(build_outline(document(*blocks))) == ["5.1 สถานที่", "5.2 อุปกรณ์"]


def test_statement_in_words_that_headings_know_is_cut_off_behind_the_colon() -> None:
    """An assumption on the line of its heading is text, though "สำนักงานสำรอง" stands in headings as well."""
    outline = build_outline(
        document(text("๒.๑ วัตถุประสงค์: เพื่อทำงานต่อได้ในภาวะวิกฤต"), text("๒.๒ สมมติฐาน: สำนักงานสำรองยังใช้ได้"))
    )
    assert _headings(outline)[-1] == "๒.๒ สมมติฐาน"
    assert [block.text for block in outline.sections[-1].text_blocks()] == ["สำนักงานสำรองยังใช้ได้"]


def test_dimension_behind_a_colon_stays_in_its_heading() -> None:
    """Behind the heading of strategies the words go on with it."""
    outline = build_outline(document(text("2.4 กลยุทธ์ความต่อเนื่อง: ด้านอาคารสถานที่ปฏิบัติงานสำรอง"), text(PROSE)))
    assert _headings(outline) == ["2.4 กลยุทธ์ความต่อเนื่อง: ด้านอาคารสถานที่ปฏิบัติงานสำรอง"]


def test_a_number_left_out_does_not_end_a_row_of_headings() -> None:
    """Articles that are numbered past one that is lacking go on with the same row of headings."""
    blocks = [
        text("ก. วัตถุประสงค์"),
        text(PROSE),
        text("ข. ขอบเขต"),
        text(PROSE),
        text("ง. ผู้รับผิดชอบ"),
        text(PROSE),
    ]
    assert _headings(build_outline(document(*blocks))) == ["ก. วัตถุประสงค์", "ข. ขอบเขต", "ง. ผู้รับผิดชอบ"]


def test_a_heading_is_not_cut_between_a_day_and_its_number() -> None:
    """The number behind a word that counts is part of the heading, whatever headings the words before it mean."""
    blocks = [text("๘.๓ หลังเกิดเหตุ วันที่ ๒ ถึงวันที่ ๗ ของเหตุการณ์", bold=True), text(PROSE)]
    assert _headings(build_outline(document(*blocks))) == ["๘.๓ หลังเกิดเหตุ วันที่ ๒ ถึงวันที่ ๗ ของเหตุการณ์"]
