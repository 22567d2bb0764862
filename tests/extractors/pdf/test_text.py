"""Characters of a PDF become text as it is seen."""

from __future__ import annotations

from typing import Any

import pytest

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import Page
from extractors.pdf.symbols import symbol_map


def texts(page: Page) -> list[str]:
    return [block.raw_text for block in page.text_blocks()]


def test_text_and_its_place(maker: Any, read_page: Any) -> None:
    """Text is read with its box in points from the top left."""
    pdf = maker()
    pdf.text(100, 100, "แผนต่อเนื่อง BCP")
    page = read_page(pdf)
    (block,) = page.text_blocks()
    assert block.raw_text == block.text == "แผนต่อเนื่อง BCP"
    assert block.provenance.page_number == 1
    assert block.provenance.bbox is not None
    assert block.provenance.bbox.x0 == pytest.approx(100.8, abs=0.1)
    assert block.provenance.bbox.bottom == pytest.approx(100, abs=0.1)
    assert (page.width_pt, page.height_pt, page.readable) == (595, 842, True)


def test_words_drawn_apart_get_a_space(maker: Any, read_page: Any) -> None:
    """Browsers draw no spaces: a gap of a third of the font size is one."""
    pdf = maker()
    pdf.text(100, 100, "ระบบ")
    pdf.text(137, 100, "สำรอง")
    pdf.text(177, 100, "งาน")
    assert texts(read_page(pdf)) == ["ระบบ สำรองงาน"]


def test_spaced_out_heading_keeps_its_words(maker: Any, read_page: Any) -> None:
    """Letters spaced out for looks are one word; only a wider gap is a space."""
    pdf = maker()
    for index, char in enumerate("ขนตอนการบรหารความตอเนองของ"):
        pdf.text(60 + 12 * index, 100, char)
    assert texts(read_page(pdf)) == ["ขนตอนการบรหารความตอเนองของ"]


def test_cluster_with_actual_text_is_read_once(maker: Any, read_page: Any) -> None:
    """A browser draws a cluster as several objects under one mark: its text comes once, and where it stands."""
    pdf = maker()
    pdf.text(100, 100, "ท้อง")
    pdf.actual("ถิ่น", [(124, 100, "ถ"), (132, 100, "ิ"), (132, 100, "่"), (132, 100, "น")])
    pdf.text(140, 100, "ไทย")
    assert texts(read_page(pdf)) == ["ท้องถิ่นไทย"]


def test_real_repetition_stays(maker: Any, read_page: Any) -> None:
    """Words that the author wrote twice are read twice."""
    pdf = maker()
    pdf.text(100, 100, "ช้าช้า นานา ต่าง ๆ")
    pdf.actual("ที่", [(100, 130, "ท"), (108, 130, "่")])
    pdf.actual("ที่", [(108, 130, "ท"), (116, 130, "่")])
    assert texts(read_page(pdf)) == ["ช้าช้า นานา ต่าง ๆ\nที่ที่"]


def test_mark_drawn_late_goes_to_its_letter(maker: Any, read_page: Any) -> None:
    """A font that draws all marks after the word: each goes where it is seen, the vowel before the tone mark."""
    pdf = maker()
    pdf.text(100, 100, "ทองถนไทยแผน")
    pdf.text(108, 100, "้")
    pdf.text(132, 100, "่")
    pdf.text(132, 100, "ิ")
    assert texts(read_page(pdf)) == ["ท้องถิ่นไทยแผน"]


def test_tone_goes_along_with_the_vowel_that_it_stands_on(maker: Any, read_page: Any) -> None:
    """A tone drawn a little past the letter of its vowel, over the next letter, is not that letter's."""
    pdf = maker()
    pdf.text(100, 100, "ชนเรยน")
    pdf.text(111, 100, "ั")
    pdf.text(112.4, 97, "้")
    assert texts(read_page(pdf)) == ["ชั้นเรยน"]


def test_sound_order_is_kept(maker: Any, read_page: Any) -> None:
    """A mark that is drawn a little past its letter goes to that letter, not to the next."""
    pdf = maker()
    pdf.text(100, 100, "บ")
    pdf.text(113, 100, "้")
    pdf.text(110, 100, "าน")
    assert texts(read_page(pdf)) == ["บ้าน"]


def test_soft_hyphen_with_the_ink_of_a_letter_stays(maker: Any, read_page: Any) -> None:
    """In a Thai code page read as Latin the soft hyphen is a letter, at a line's end as well."""
    pdf = maker()
    pdf.text(100, 100, "\xca\xd3\xa4\xd1\xad\xb7\xd5\xe8\xca\xd3\xa4\xd1\xad")
    pdf.text(100, 124, "\xa1\xd2\xc3")
    assert texts(read_page(pdf)) == ["\xca\xd3\xa4\xd1\xad\xb7\xd5\xe8\xca\xd3\xa4\xd1\xad\n\xa1\xd2\xc3"]


def test_marks_of_a_line_that_the_page_cut_are_left_out(maker: Any, read_page: Any) -> None:
    """Marks that reach over the page's end come again with the whole line on the next page: here they are dropped."""
    pdf = maker()
    pdf.text(100, 100, "แผนงาน")
    pdf.mark_glyphs = {"\xe9"}
    pdf.text(200, 838, "\N{THAI CHARACTER MAI THO}")
    pdf.text(220, 838, "\xe9")
    assert texts(read_page(pdf)) == ["แผนงาน"]


def test_mark_in_another_code_page_drawn_late(maker: Any, read_page: Any) -> None:
    """A Latin code drawn above the line is a mark of the Thai code page, and goes to the letter that it is over."""
    pdf = maker()
    pdf.mark_glyphs = {"\xd4"}
    pdf.text(100, 100, "\xc7\xa1\xc4\xb5")
    pdf.text(108, 100, "\xd4")
    assert texts(read_page(pdf)) == ["\xc7\xd4\xa1\xc4\xb5"]


def test_false_bold_is_read_once(maker: Any, read_page: Any) -> None:
    """The same text printed twice half a point apart is bold, not double."""
    pdf = maker()
    pdf.text(100, 100, "บทนำ")
    pdf.text(100.5, 100, "บทนำ")
    assert texts(read_page(pdf)) == ["บทนำ"]


@pytest.mark.parametrize("extra", ["3 Tr", "1 1 1 rg"])
def test_hidden_text_is_left_out(maker: Any, read_page: Any, extra: str) -> None:
    """Invisible and white text is no text of a page that has other text."""
    pdf = maker()
    pdf.text(100, 100, "ข้อความที่มองเห็นได้บนหน้ากระดาษนี้ทั้งหมด")
    pdf.text(100, 200, "ซ่อน", extra=extra)
    assert texts(read_page(pdf)) == ["ข้อความที่มองเห็นได้บนหน้ากระดาษนี้ทั้งหมด"]


def test_white_text_on_a_dark_ground_is_read(maker: Any, read_page: Any) -> None:
    """White words in a dark header cell are seen."""
    pdf = maker()
    pdf.bar(90, 180, 200, 40, color="0 0 0.5 rg")
    pdf.text(100, 200, "ทรัพยากร", extra="1 1 1 rg")
    assert texts(read_page(pdf)) == ["ทรัพยากร"]


def test_invisible_layer_behind_a_scan_is_counted(maker: Any, opened: Any) -> None:
    """A page with invisible text alone gives that text, and its facts say that it is invisible."""
    pdf = maker()
    pdf.text(100, 200, "ชั้นข้อความ", extra="3 Tr")
    with opened(pdf) as file:
        facts = file.page_facts(0)
        assert texts(file.read_page(0)) == ["ชั้นข้อความ"]
    assert (facts.visible_chars, facts.invisible_chars) == (0, 11)


def test_watermark_is_marked(maker: Any, read_page: Any) -> None:
    """Text across the page and text too pale to read are watermarks and do not mix with the lines under them."""
    pdf = maker()
    pdf.text(100, 300, "สำเนา", size=60, turn="0.7 0.7 -0.7 0.7")
    for y in range(100, 200, 20):
        pdf.text(100, y, "ข้อความในย่อหน้าของเอกสาร")
        pdf.text(110, y + 2, "ห้ามเผยแพร่", extra="0.85 g")
    page = read_page(pdf)
    assert texts(page)[0] == "\n".join(["ข้อความในย่อหน้าของเอกสาร"] * 5)
    assert [block.role for block in page.text_blocks()] == [BlockRole.PARAGRAPH, BlockRole.WATERMARK]


def test_text_outside_the_page_is_left_out(maker: Any, read_page: Any) -> None:
    """What lies beyond the crop box is not seen."""
    pdf = maker(crop="100 100 500 700")
    pdf.text(20, 400, "นอกกรอบ")
    pdf.text(120, 400, "ในกรอบ")
    page = read_page(pdf)
    assert texts(page) == ["ในกรอบ"]
    (block,) = page.text_blocks()
    assert block.provenance.bbox is not None
    assert block.provenance.bbox.x0 == pytest.approx(20.8, abs=0.1)
    assert block.provenance.bbox.bottom == pytest.approx(400 - 142, abs=0.1)


@pytest.mark.parametrize(
    ("rotate", "turn"),
    [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")],
)
def test_turned_page_is_read_as_shown(maker: Any, read_page: Any, rotate: int, turn: str) -> None:
    """A page turned for viewing reads as it is shown, with sizes as shown."""
    pdf = maker(rotate=rotate)
    pdf.text(300, 542, "แผนสำรอง", turn=turn)
    page = read_page(pdf)
    (block,) = page.text_blocks()
    assert block.raw_text == "แผนสำรอง"
    assert block.provenance.bbox is not None
    assert block.provenance.bbox.width > block.provenance.bbox.height
    assert page.rotation == rotate
    assert (page.width_pt, page.height_pt) == ((595, 842) if rotate == 180 else (842, 595))


def test_upright_text_beside_turned_text(maker: Any, read_page: Any) -> None:
    """Text that reads upwards is a block of its own, its box as the page shows it."""
    pdf = maker()
    pdf.text(100, 100, "แนวนอน")
    pdf.text(50, 400, "แนวตั้ง", turn="0 1 -1 0")
    flat, turned = read_page(pdf).text_blocks()
    assert (flat.raw_text, turned.raw_text) == ("แนวนอน", "แนวตั้ง")
    assert turned.provenance.bbox.height > turned.provenance.bbox.width


@pytest.mark.parametrize(
    ("font", "shown"),
    [("Wingdings", "✓"), ("OpenSymbol", "✓"), ("ABCDEF+Wingdings-Regular", "✓"), ("Invented", "\uf0fc")],
)
def test_symbol_fonts_show_what_they_draw(font: str, shown: str) -> None:
    """A private-use code is a tick in a symbol font and stays what it is in any other."""
    table = symbol_map(font) or {}
    assert chr(table.get(0xF0FC, 0xF0FC)) == shown


def test_lines_of_a_cover_stand_apart(maker: Any, read_page: Any) -> None:
    """Centred lines of a cover are a title, an agency and a year, however wide the widest of them is."""
    pdf = maker()
    pdf.text(217, 300, "อำเภอแห่งหนึ่ง จังหวัดใด", size=20)
    pdf.text(237, 330, "ประจำปี ๒๕๖๗", size=20)
    assert texts(read_page(pdf)) == ["อำเภอแห่งหนึ่ง จังหวัดใด", "ประจำปี ๒๕๖๗"]


def test_page_number_and_catchword_are_marked(maker: Any, read_page: Any) -> None:
    """The number at the foot and the next page's first words are no paragraphs."""
    pdf = maker()
    pdf.text(100, 300, "เนื้อความ")
    pdf.text(280, 60, "- ๓ -")
    pdf.text(400, 760, "/ขั้นตอนที่...")
    roles = {block.raw_text: block.role for block in read_page(pdf).blocks if isinstance(block, TextBlock)}
    assert roles == {
        "- ๓ -": BlockRole.PAGE_NUMBER,
        "เนื้อความ": BlockRole.PARAGRAPH,
        "/ขั้นตอนที่...": BlockRole.CATCHWORD,
    }


def test_mark_drawn_apart_goes_to_its_letter(maker: Any, read_page: Any) -> None:
    """A tone mark that comes at the line's end with an ActualText of its own stands over its letter."""
    pdf = maker()
    pdf.text(60, 100, "อยางนอยปละครง")
    pdf.actual("้", [(60 + 8 * 5, 100, "้")])
    assert texts(read_page(pdf)) == ["อยางน้อยปละครง"]
