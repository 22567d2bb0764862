"""Makes the built-in template of the letters anew: ``python -m reports.letters.make_template``.

The result is committed, so that it can be opened and changed in Word; this file says how it came about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.letters.build import TEMPLATE

_FONT = "TH SarabunPSK"
"""The font of official letters; where it is not installed Word takes another one for Thai."""
_SIZE_PT = 16
_TABLE_SIZE_PT = 14
_COLUMNS_CM = (1.1, 3.6, 6.2, 5.1)
_INDENT = Cm(2.5)


def make_template(path: Path) -> None:
    """Write the template."""
    document = Document()
    _set_page(document)
    _set_font(document)
    _write_letter(document)
    _write_enclosure(document)
    document.core_properties.author = ""
    document.core_properties.title = "แม่แบบหนังสือแจ้งผลการตรวจแผน BCP"
    document.save(str(path))


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)


def _set_font(document: Any) -> None:
    """Thai is a complex script to Word: font and size count only when set for it too."""
    style = document.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(_SIZE_PT)
    fonts = style.element.rPr.rFonts
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    _complex_size(style.element.rPr, _SIZE_PT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    style.element.rPr.append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _complex_size(properties: Any, size_pt: float) -> None:
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(int(size_pt * 2)))
    properties.append(size)


def _write_letter(document: Any) -> None:
    _add(document, "{{ people_note }}", align="right", size=11)
    _add(document, "(ตราครุฑ)", align="center", after=6)
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    _fill(head.rows[0].cells[0], ["ที่ {{ number }}"], size=_SIZE_PT)
    _fill(head.rows[0].cells[1], ["{{ office }}", "{{ address }}"], size=_SIZE_PT)
    for column, cell, width in zip(head.columns, head.rows[0].cells, (9.5, 6.5), strict=True):
        column.width = cell.width = Cm(width)
    _add(document, "{{ date }}", align="center", before=6, after=6)
    _labelled(document, "เรื่อง", "แจ้งผลการตรวจสอบแผนดำเนินธุรกิจอย่างต่อเนื่อง (Business Continuity Plan)")
    _labelled(document, "เรียน", "{{ recipient }}")
    _add(document, "{%p if through %}")
    _labelled(document, "ผ่าน", "{{ through }}")
    _add(document, "{%p endif %}")
    _labelled(document, "อ้างถึง", "{{ reference }}")
    _add(document, "{%p if not complete or has_suggestions %}")
    _labelled(document, "สิ่งที่ส่งมาด้วย", "รายการผลการตรวจสอบแผนดำเนินธุรกิจอย่างต่อเนื่อง จำนวน 1 ชุด", digits=True)
    _add(document, "{%p endif %}")
    _body(
        document,
        "ตามหนังสือที่อ้างถึง {{ agency }} ได้ส่งแผนดำเนินธุรกิจอย่างต่อเนื่องสำหรับการบริหารความพร้อมต่อสภาวะวิกฤต"
        "มาเพื่อประกอบการติดตามความพร้อมของหน่วยงานของรัฐ ความแจ้งแล้ว นั้น",
    )
    _add(document, "{%p if complete %}")
    _body(
        document,
        "{{ office }} ได้ตรวจสอบแผนดังกล่าวแล้ว ปรากฏว่ามีองค์ประกอบครบถ้วนตามที่กำหนด"
        "{% if has_suggestions %} และมีข้อเสนอแนะเพื่อประกอบการทบทวนแผนตามสิ่งที่ส่งมาด้วย{% endif %}",
    )
    _body(document, "จึงเรียนมาเพื่อโปรดทราบ และโปรดทบทวนแผนให้เป็นปัจจุบันอย่างสม่ำเสมอต่อไป")
    _add(document, "{%p else %}")
    _body(
        document,
        "{{ office }} ได้ตรวจสอบแผนดังกล่าวแล้ว"
        "{% if has_gaps %} พบว่ามีองค์ประกอบที่ควรปรับปรุงหรือเพิ่มเติม จำนวน {{ gap_count }} รายการ{% endif %}"
        "{% if has_gaps and has_checks %} และ{% endif %}"
        "{% if has_checks %} มีรายการที่ยังไม่อาจสรุปผลได้และขอให้หน่วยงานตรวจสอบ จำนวน {{ check_count }} รายการ{% endif %}"
        " รายละเอียดตามสิ่งที่ส่งมาด้วย",
    )
    _body(
        document,
        "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ และส่งแผนฉบับปรับปรุงทั้งไฟล์ Word และไฟล์ PDF มายัง {{ office }} "
        "ภายในวันที่ {{ deadline }} จะขอบคุณยิ่ง",
    )
    _add(document, "{%p endif %}")
    for text, before in (("ขอแสดงความนับถือ", 18), ("({{ signatory }})", 48), ("{{ position }}", 0)):
        paragraph = _add(document, text, align="center", before=before)
        paragraph.paragraph_format.left_indent = Cm(6)
        paragraph.paragraph_format.keep_with_next = text != "{{ position }}"
    _add(document, "{{ division }}", before=24)
    _add(document, "ติดต่อ {{ contact }}")


def _write_enclosure(document: Any) -> None:
    _add(document, "{%p if not complete or has_suggestions %}")
    title = _add(document, "รายการผลการตรวจสอบแผนดำเนินธุรกิจอย่างต่อเนื่อง", align="center", bold=True)
    title.paragraph_format.page_break_before = True
    _add(document, "{{ agency }}", align="center", bold=True, after=6)
    _add(document, "{%p for plan in plans %}")
    _add(document, "{%p if several_plans %}")
    _add(document, "แผนที่ {{ plan.number }} {{ plan.title }}", bold=True, before=10)
    _add(document, "{%p endif %}")
    _list(document, "plan.gaps", "รายการที่ควรปรับปรุงหรือเพิ่มเติม (ภายในวันที่ {{ deadline }})")
    _list(document, "plan.checks", "รายการที่ขอให้ตรวจสอบ (ภายในวันที่ {{ deadline }})")
    _add(document, "{%p if plan.suggestions %}")
    _add(document, "ข้อเสนอแนะเพื่อประกอบการทบทวนแผน", bold=True, before=10).paragraph_format.keep_with_next = True
    _add(document, "{%p for suggestion in plan.suggestions %}")
    item = _add(document, "– {{ suggestion }}", size=_TABLE_SIZE_PT)
    item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.4)
    _add(document, "{%p endfor %}")
    _add(document, "{%p endif %}")
    _add(document, "{%p endfor %}")
    _add(document, "{%p endif %}")


def _list(document: Any, field: str, heading: str) -> None:
    """A table with one row per component, its points as paragraphs in the cells."""
    _add(document, f"{{%p if {field} %}}")
    _add(document, heading, bold=True, before=10, after=2).paragraph_format.keep_with_next = True
    table = document.add_table(rows=4, cols=len(_COLUMNS_CM))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("ที่", "องค์ประกอบ", "สิ่งที่ตรวจพบ", "ขอให้ดำเนินการ"), strict=True):
        _fill(cell, [text], bold=True, align="center")
    _repeat_heading(table.rows[0])
    _fill(table.rows[1].cells[0], [f"{{%tr for gap in {field} %}}"])
    cells = table.rows[2].cells
    _fill(cells[0], ["{{ gap.number }}"], align="center")
    _fill(cells[1], ["{{ gap.title }}"])
    _fill(
        cells[2],
        [
            "{%p for point in gap.points %}",
            "– {{ point.found }}",
            "{%p if point.quote %}",
            "{{ point.place }}: “{{ point.quote }}”",
            "{%p endif %}",
            "{%p endfor %}",
        ],
    )
    _fill(cells[3], ["{%p for point in gap.points %}", "– {{ point.revise }}", "{%p endfor %}"])
    _fill(table.rows[3].cells[0], ["{%tr endfor %}"])
    for column, width in zip(table.columns, _COLUMNS_CM, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, _COLUMNS_CM, strict=True):
            cell.width = Cm(width)
    _add(document, "{%p endif %}")


def _keep_whole(row: Any) -> None:
    """A row moves to the next page as a whole where it fits on one."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat_heading(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _labelled(document: Any, name: str, text: str, *, digits: bool = False) -> None:
    """A line such as "เรื่อง": the label in front, further lines under the text."""
    paragraph = _add(document, f"{name}\t{text.replace('1', '{{ one }}') if digits else text}", after=4)
    indent = Cm(2.8 if len(name) > 8 else 1.6)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = indent, -indent
    paragraph.paragraph_format.tab_stops.add_tab_stop(indent)


def _body(document: Any, text: str) -> None:
    paragraph = _add(document, text, before=6)
    paragraph.paragraph_format.first_line_indent = _INDENT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY


def _fill(
    cell: Any, texts: list[str], *, bold: bool = False, align: str | None = None, size: float = _TABLE_SIZE_PT
) -> None:
    for place, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _run(paragraph, text, bold=bold, size=size)
        if align:
            paragraph.alignment = _ALIGN[align]


_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def _add(
    document: Any,
    text: str,
    *,
    align: str | None = None,
    bold: bool = False,
    size: float | None = None,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    _run(paragraph, text, bold=bold, size=size)
    if align:
        paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


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


if __name__ == "__main__":
    make_template(TEMPLATE)
