"""Blocks of a Word file: roles, text boxes, notes, running heads, pictures, diagrams."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docmodel.blocks import Block, BlockRole, PictureBlock, TextBlock
from docmodel.document import ExtractedDocument

Blocks = Callable[..., tuple[Block, ...]]
Texts = Callable[..., list[str]]
Read = Callable[..., ExtractedDocument]


def paragraph(words: str, properties: str = "", more: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t>{more}</w:r></w:p>'


def style(style_id: str, name: str, inner: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{inner}</w:style>'


def anchored(left: int, top: int, inner: str) -> str:
    return (
        f"<w:drawing><wp:anchor><wp:positionH><wp:posOffset>{left}</wp:posOffset></wp:positionH><wp:positionV>"
        f"<wp:posOffset>{top}</wp:posOffset></wp:positionV><wp:docPr id='1' name='x'/><a:graphic><a:graphicData>"
        f"{inner}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def shape(words: str, left: int = 0, top: int = 0) -> str:
    return (
        f'<wps:wsp><wps:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="900000" cy="300000"/></a:xfrm></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{paragraph(words)}</w:txbxContent></wps:txbx></wps:wsp>"
    )


@pytest.mark.parametrize(
    ("styles", "properties", "expected"),
    [
        (style("a", "heading 2"), '<w:pStyle w:val="a"/>', (BlockRole.HEADING, 2)),
        (style("a", "หัวเรื่อง 3"), '<w:pStyle w:val="a"/>', (BlockRole.HEADING, 3)),
        (style("a", "หัวข้อ ๑"), '<w:pStyle w:val="a"/>', (BlockRole.HEADING, 1)),
        (
            style("a", "heading 1") + style("b", "หัวแผน", '<w:basedOn w:val="a"/>'),
            '<w:pStyle w:val="b"/>',
            (BlockRole.HEADING, 1),
        ),
        (
            style("a", "อะไรก็ได้", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            '<w:pStyle w:val="a"/>',
            (BlockRole.HEADING, 2),
        ),
        ("", '<w:outlineLvl w:val="0"/>', (BlockRole.HEADING, 1)),
        (style("a", "heading 1"), '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>', (BlockRole.PARAGRAPH, None)),
        (style("a", "toc 2"), '<w:pStyle w:val="a"/>', (BlockRole.TOC_ENTRY, 2)),
        (style("a", "Normal"), '<w:pStyle w:val="a"/>', (BlockRole.PARAGRAPH, None)),
    ],
)
def test_roles_by_style(
    blocks_of: Blocks, styles: str, properties: str, expected: tuple[BlockRole, int | None]
) -> None:
    """Headings and contents lines are told by outline level and style, inherited ones and Thai names included."""
    (block,) = blocks_of(paragraph("ข้อความ", properties), styles=styles)
    assert isinstance(block, TextBlock)
    assert (block.role, block.level) == expected


def test_a_style_based_on_itself_ends(blocks_of: Blocks) -> None:
    """A circle of styles is followed once."""
    styles = style("a", "x", '<w:basedOn w:val="b"/>') + style("b", "y", '<w:basedOn w:val="a"/>')
    assert len(blocks_of(paragraph("ก", '<w:pStyle w:val="a"/>'), styles=styles)) == 1


def test_typed_contents_line(blocks_of: Blocks) -> None:
    """A dotted tab with a page number behind it makes a contents line; a dotted line of a form does not."""
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    entry = f"<w:p><w:pPr>{tabs}</w:pPr><w:r><w:t>บทนำ</w:t><w:tab/><w:t>๑๒</w:t></w:r></w:p>"
    form = f"<w:p><w:pPr>{tabs}</w:pPr><w:r><w:t>ลงชื่อ</w:t><w:tab/></w:r></w:p>"
    roles = [block.role for block in blocks_of(entry + form) if isinstance(block, TextBlock)]
    assert roles == [BlockRole.TOC_ENTRY, BlockRole.PARAGRAPH]


def test_contents_field_over_several_paragraphs(blocks_of: Blocks) -> None:
    """Every line that a TOC field made is a contents line, and the heading after it is not."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        f"<w:p>{begin}<w:r><w:t>บทนำ</w:t></w:r></w:p>{paragraph('ขอบเขต')}"
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' + paragraph("เนื้อความ")
    )
    roles = [block.role for block in blocks_of(body) if isinstance(block, TextBlock)]
    assert roles == [BlockRole.TOC_ENTRY, BlockRole.TOC_ENTRY, BlockRole.PARAGRAPH]


def test_a_heading_that_holds_the_end_of_the_contents_field(blocks_of: Blocks) -> None:
    """Word often closes the contents field inside the next paragraph, which is then no contents line."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f"<w:p>{begin}<w:r><w:t>บทนำ</w:t></w:r></w:p><w:p>{end}<w:r><w:t>ขอบเขต</w:t></w:r></w:p>"
    roles = [block.role for block in blocks_of(body) if isinstance(block, TextBlock)]
    assert roles == [BlockRole.TOC_ENTRY, BlockRole.PARAGRAPH]
    unclosed = f"<w:p>{begin}<w:r><w:t>บทนำ</w:t></w:r></w:p>{paragraph('เนื้อความ')}"
    roles = [block.role for block in blocks_of(unclosed) if isinstance(block, TextBlock)]
    assert roles == [BlockRole.PARAGRAPH, BlockRole.PARAGRAPH]


def test_text_boxes_are_read_once_and_in_reading_order(texts_of: Texts) -> None:
    """Of the two renderings of a text box one is read; boxes of a chart come row by row from the left."""
    chart = anchored(
        0,
        0,
        f"<wpg:wgp>{shape('ขวา', 2000000, 500000)}{shape('ซ้าย', 0, 510000)}{shape('บน', 1000000, 0)}</wpg:wgp>",
    )
    fallback = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('ซ้ำ')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wpg">{chart}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts_of(paragraph("ผัง", more=alternate)) == ["ผัง", "บน", "ซ้าย", "ขวา"]


def test_old_text_boxes(texts_of: Texts) -> None:
    """A VML text box is read after the paragraph that it hangs on."""
    box = (
        f"<w:pict><v:rect><v:textbox><w:txbxContent>{paragraph('ในกล่อง')}</w:txbxContent></v:textbox></v:rect></w:pict>"
    )
    assert texts_of(paragraph("ก่อน", more=box) + paragraph("หลัง")) == ["ก่อน", "ในกล่อง", "หลัง"]


def test_diagram_texts_follow_the_tree(texts_of: Texts) -> None:
    """A call tree drawn as SmartArt is read from the top, each box before those below it."""
    points = "".join(
        f'<dgm:pt modelId="{number}"{kind}><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for number, kind, words in (
            (0, ' type="doc"', ""),
            (1, "", "ลูกสอง"),
            (2, "", "หัวหน้า"),
            (3, "", "ลูกหนึ่ง"),
            (4, ' type="parTrans"', "เส้น"),
        )
    )
    links = "".join(
        f'<dgm:cxn modelId="c{source}{target}" srcId="{source}" destId="{target}" srcOrd="{order}"/>'
        for source, target, order in ((0, 2, 0), (2, 1, 1), (2, 3, 0))
    )
    drawing = anchored(0, 0, '<dgm:relIds r:dm="diagramData"/>')
    data = f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst>"
    assert texts_of(paragraph("ผัง", more=drawing), diagramData=data) == ["ผัง", "หัวหน้า", "ลูกหนึ่ง", "ลูกสอง"]


def test_pictures_keep_what_their_author_said(blocks_of: Blocks) -> None:
    """A picture is a block of its own with its alternative text."""
    inner = '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x" descr="ผังเดินหนีไฟ"/></pic:nvPicPr></pic:pic>'
    blocks = blocks_of(paragraph("ดูภาพ", more=anchored(0, 0, inner)))
    assert [block.alt_text for block in blocks if isinstance(block, PictureBlock)] == ["ผังเดินหนีไฟ"]


def test_a_document_of_scanned_pages_is_not_called_readable(read_docx: Read) -> None:
    """Page-sized pictures with hardly any text make the page unreadable and an issue says so."""
    scan = (
        '<w:drawing><wp:inline><wp:extent cx="6000000" cy="8000000"/><wp:docPr id="1" name="x"/><a:graphic>'
        "<a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    document = read_docx(paragraph("หน้า ๑", more=scan))
    assert document.pages[0].readable is False
    assert [issue.code for issue in document.issues] == ["docx_large_pictures"]


def test_footnotes_follow_their_paragraph(blocks_of: Blocks) -> None:
    """A note stands below the paragraph that calls it, numbered in order, and its mark is not in the text."""
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("เส้น")}</w:footnote>'
        f'<w:footnote w:id="7">{paragraph("อธิบาย")}</w:footnote>'
    )
    call = '<w:footnoteReference w:id="7"/>'
    blocks = blocks_of(paragraph("คำ", more=call) + paragraph("ต่อไป"), footnotes=notes)
    assert [(block.role, block.marker, block.text) for block in blocks if isinstance(block, TextBlock)] == [
        (BlockRole.PARAGRAPH, None, "คำ"),
        (BlockRole.FOOTNOTE, "1", "อธิบาย"),
        (BlockRole.PARAGRAPH, None, "ต่อไป"),
    ]


def test_running_heads_stand_apart(blocks_of: Blocks) -> None:
    """Header and footer are blocks of their own roles, read once; a first-page header only where there is one."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    number = '<w:p><w:r><w:t>- </w:t></w:r><w:fldSimple w:instr=" PAGE "/><w:r><w:t> -</w:t></w:r></w:p>'
    blocks = blocks_of(
        paragraph("เนื้อความ") + section, header=paragraph("แผนของหน่วยงาน"), footer=number + paragraph("เอกสารลับ")
    )
    assert [(block.role, block.text) for block in blocks if isinstance(block, TextBlock)] == [
        (BlockRole.PAGE_HEADER, "แผนของหน่วยงาน"),
        (BlockRole.PARAGRAPH, "เนื้อความ"),
        (BlockRole.PAGE_NUMBER, "-  -"),
        (BlockRole.PAGE_FOOTER, "เอกสารลับ"),
    ]


def test_a_header_that_is_not_shown_is_not_read(texts_of: Texts) -> None:
    """A first-page header without a different first page is kept in the file but never printed."""
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/></w:sectPr>'
    assert texts_of(paragraph("เนื้อความ") + section, header=paragraph("ปก")) == ["เนื้อความ"]


def test_watermark_of_a_header(blocks_of: Blocks) -> None:
    """The word behind the text of each page is a watermark, not a header."""
    mark = '<w:p><w:r><w:pict><v:shape><v:textpath string="ร่าง"/></v:shape></w:pict></w:r></w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    blocks = blocks_of(paragraph("เนื้อความ") + section, header=mark)
    assert [(block.role, block.text) for block in blocks if isinstance(block, TextBlock)] == [
        (BlockRole.WATERMARK, "ร่าง"),
        (BlockRole.PARAGRAPH, "เนื้อความ"),
    ]


def test_block_controls_and_changes_are_transparent(texts_of: Texts) -> None:
    """Paragraphs in content controls and accepted insertions are read in place."""
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('หนึ่ง')}</w:sdtContent></w:sdt><w:customXml>{paragraph('สอง')}</w:customXml>"
    )
    assert texts_of(body) == ["หนึ่ง", "สอง"]


def test_what_is_not_read_is_an_issue(read_docx: Read) -> None:
    """Review comments and embedded documents are left out with a note."""
    document = read_docx(paragraph("ก", more='<w:commentReference w:id="1"/>') + '<w:altChunk r:id="x"/>')
    assert {issue.code for issue in document.issues} == {"docx_chunk_not_read", "docx_comments_left_out"}
