"""Running heads, page numbers, catchwords and watermarks."""

from __future__ import annotations

import pytest

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import Page
from docmodel.geometry import BBox
from docmodel.provenance import Provenance, TextSource
from pipeline.running_matter import mark_running_matter

WIDTH, HEIGHT = 595.0, 842.0


def block(text: str, top: float, *, role: BlockRole = BlockRole.PARAGRAPH) -> TextBlock:
    place = Provenance(page_number=1, bbox=BBox(80, top, 500, top + 16), source=TextSource.TEXT_LAYER)
    return TextBlock(role=role, raw_text=text, text=text, provenance=place)


def page(number: int, *blocks: TextBlock) -> Page:
    return Page(number=number, blocks=blocks, source=TextSource.TEXT_LAYER, width_pt=WIDTH, height_pt=HEIGHT)


def roles(pages: tuple[Page, ...]) -> list[list[BlockRole]]:
    return [[entry.role for entry in current.text_blocks()] for current in pages]


def test_a_head_on_every_page_is_marked_and_the_body_stays() -> None:
    """A text that comes again at the top is a head; different texts there are not."""
    pages = [page(n, block("แผนของสำนักงานสมมติ", 40), block(f"เนื้อหา {'กขคง'[n]}", 200)) for n in range(4)]
    assert roles(mark_running_matter(pages)) == [[BlockRole.PAGE_HEADER, BlockRole.PARAGRAPH]] * 4


def test_a_head_with_a_changing_number_and_a_damaged_mark_is_one_head() -> None:
    """The page's number and a lost vowel do not hide that it is the same head."""
    texts = ["สำนักงานสมมติ หน้า ๑", "สำนักงานสมมติ หน้า ๒", "สานักงานสมมติ หน้า ๓"]
    pages = [page(n, block(text, 780), block("เนื้อหา" + "กขค"[n], 300)) for n, text in enumerate(texts)]
    assert [row[0] for row in roles(mark_running_matter(pages))] == [BlockRole.PAGE_FOOTER] * 3


def test_a_heading_at_the_top_of_two_pages_is_no_head() -> None:
    """Two pages may begin alike; that is too few to drop a text."""
    pages = [page(n, block("ทีมงาน", 40)) for n in range(2)]
    assert roles(mark_running_matter(pages)) == [[BlockRole.PARAGRAPH]] * 2


def test_the_same_words_inside_the_pages_stay() -> None:
    """A phrase repeated in the body of some pages is text."""
    pages = [page(n, block("ฝ่ายบริหารทั่วไป", 300 if n % 2 else 40), block("กขคงจ"[n] * 5, 400)) for n in range(5)]
    assert roles(mark_running_matter(pages))[1][0] is BlockRole.PARAGRAPH


@pytest.mark.parametrize("text", ["๑", "- 12 -", "หน้า ๓", "หน้า 3/12", "Page 4 of 9", "iv", "ก", "| ๗"])
def test_page_numbers_in_the_margin_are_marked(text: str) -> None:
    """All the ways in which Thai offices number pages."""
    assert roles(mark_running_matter([page(1, block(text, 30))])) == [[BlockRole.PAGE_NUMBER]]


@pytest.mark.parametrize("text", ["2563 ปี", "12345", "ข้อ ๑ การแจ้งเหตุ", "กข"])
def test_other_short_texts_in_the_margin_stay(text: str) -> None:
    """What is no page number is not taken away."""
    assert roles(mark_running_matter([page(1, block(text, 30))])) == [[BlockRole.PARAGRAPH]]


def test_a_catchword_at_the_foot_is_marked() -> None:
    """ "/ขั้นตอน…" at the foot announces the next page and is no text of this one."""
    marked = mark_running_matter([page(1, block("เนื้อหา", 100), block("/ขั้นตอนการดำเนินงาน...", 700))])
    assert roles(marked) == [[BlockRole.PARAGRAPH, BlockRole.CATCHWORD]]


def test_a_slash_line_in_the_upper_part_stays() -> None:
    """The same words higher up are text."""
    assert roles(mark_running_matter([page(1, block("/ขั้นตอน...", 300))])) == [[BlockRole.PARAGRAPH]]


def test_a_watermark_over_most_pages_is_marked() -> None:
    """The same words inside most pages are a watermark."""
    pages = [page(n, block("สำเนาคู่ฉบับ", 420), block("กขคงจ"[n] * 9, 200)) for n in range(5)]
    assert [row[0] for row in roles(mark_running_matter(pages))] == [BlockRole.WATERMARK] * 5


def test_captions_that_differ_in_their_number_stay() -> None:
    """The same words with another number, each time elsewhere on the page, are captions and no watermark."""
    pages = [page(n, block(f"ตารางที่ {n} ผลกระทบ", 150.0 + 90 * n), block("กขคงจ"[n] * 9, 600)) for n in range(4)]
    assert [row[0] for row in roles(mark_running_matter(pages))] == [BlockRole.PARAGRAPH] * 4


def test_a_role_set_by_the_reader_is_kept() -> None:
    """What the format itself says is not overruled."""
    pages = [page(1, block("๑", 30, role=BlockRole.PAGE_HEADER))]
    assert roles(mark_running_matter(pages)) == [[BlockRole.PAGE_HEADER]]
