"""Paragraphs, cells and fonts of the letters' template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

FONT = "TH SarabunPSK"
"""The font of official letters."""
_OTHER_FONTS = "TH Sarabun New,TH SarabunIT๙,Sarabun,Laksaman,Cordia New,Angsana New"
"""What a program takes where the font is not installed, the likest first."""
_UNUSED_PARTS = frozenset({"stylesWithEffects", "customXml", "numbering", "thumbnail"})
_USED_STYLES = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Header", "Footer"})
SIZE_PT = 16
TABLE_SIZE_PT = 14
_ALIGN = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "thai": WD_ALIGN_PARAGRAPH.THAI_JUSTIFY,
}


def set_page(document: Any) -> None:
    """A4 with the margins of an official letter."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def set_font(document: Any) -> None:
    """Thai is a complex script to Word: font and size count only when set for it too."""
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(SIZE_PT)
    fonts = style.element.rPr.rFonts
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    _complex_size(style.element.rPr, SIZE_PT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    style.element.rPr.append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _name_other_fonts(document)


def drop_unused(document: Any) -> None:
    """Take away what the library's own start document has and a letter does not need: nine tenths of its size."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS:
                del owner.rels[key]
    styles = document.styles.element
    for style in list(styles):
        if style.tag == qn("w:style") and style.get(qn("w:styleId")) not in _USED_STYLES:
            styles.remove(style)


def _name_other_fonts(document: Any) -> None:
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    table.append(
        parse_xml(
            f'<w:font {nsdecls("w")} w:name="{FONT}"><w:altName w:val="{_OTHER_FONTS}"/><w:charset w:val="DE"/>'
            '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        )
    )
    part._blob = _xml_bytes(table)


def _xml_bytes(element: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415

    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def add(
    place: Any,
    text: str,
    *,
    align: str | None = None,
    bold: bool = False,
    size: float | None = None,
    before: float = 0,
    after: float = 0,
) -> Any:
    """A paragraph at the end of a document, cell or footer."""
    paragraph = place.add_paragraph()
    _run(paragraph, text, bold=bold, size=size)
    if align:
        paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def labelled(document: Any, name: str, text: str) -> None:
    """A line such as "เรื่อง": the label in front, further lines under the text."""
    paragraph = add(document, f"{name}\t{text}", after=4)
    indent = Cm(2.8 if len(name) > 8 else 1.6)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = indent, -indent
    paragraph.paragraph_format.tab_stops.add_tab_stop(indent)


def body(document: Any, text: str) -> None:
    """A paragraph of the letter's text."""
    add(document, text, before=6, align="thai").paragraph_format.first_line_indent = Cm(2.5)


def when(place: Any, condition: str, *, is_next: bool = False) -> None:
    """What follows stands in a letter only where the condition holds."""
    add(place, f"{{%p {'elif' if is_next else 'if'} {condition} %}}")


def end(place: Any, what: str = "if") -> None:
    """The end of what a condition or a list holds."""
    add(place, f"{{%p end{what} %}}")


def table(
    document: Any, heads: Sequence[str], widths_cm: Sequence[float], rows: Sequence[Sequence[str | list[str]]]
) -> None:
    """A table with a head that repeats on each page; a row with one cell holds a command alone."""
    made = document.add_table(rows=1 + len(rows), cols=len(heads))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        fill(cell, [head], bold=True, align="center")
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(mark)
    for row, texts in zip(made.rows[1:], rows, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
            fill(cell, [text] if isinstance(text, str) else text, align="center" if place == 0 else None)
    for column, width in zip(made.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for row in made.rows:
        # a row moves to the next page as a whole where it fits on one
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)


def fill(
    cell: Any, texts: Sequence[str], *, bold: bool = False, align: str | None = None, size: float = TABLE_SIZE_PT
) -> None:
    """A cell's paragraphs."""
    for place, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _run(paragraph, text, bold=bold, size=size)
        if align:
            paragraph.alignment = _ALIGN[align]


def _complex_size(properties: Any, size_pt: float) -> None:
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(int(size_pt * 2)))
    properties.append(size)


def _run(paragraph: Any, text: str, *, bold: bool, size: float | None) -> None:
    run = paragraph.add_run(text)
    properties = run._r.get_or_add_rPr()
    run.bold = bold or None
    if bold:
        properties.append(OxmlElement("w:bCs"))
    if size is not None:
        run.font.size = Pt(size)
        _complex_size(properties, size)
    # complex script throughout, so that Latin words and digits take the same size as the Thai around them
    properties.append(OxmlElement("w:cs"))
