"""Makes the built-in template of the letters anew: ``python -m reports.letters.make_template``.

The result is committed, so that it can be opened and changed in Word; this file says how it came about.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm

from reports.letters.template_parts import (
    SIZE_PT,
    TABLE_SIZE_PT,
    add,
    body,
    drop_unused,
    end,
    fill,
    labelled,
    set_font,
    set_page,
    table,
    when,
)
from reports.letters.writing import TEMPLATE

PLAN = "แผนดำเนินธุรกิจอย่างต่อเนื่อง"
_LIST_COLUMNS = ("ที่", "องค์ประกอบ", "สิ่งที่ตรวจพบ", "ขอให้ดำเนินการ")
_LIST_CM = (1.0, 3.4, 6.4, 5.2)
_FILES_CM = (1.0, 7.0, 8.0)


def make_template(path: Path) -> None:
    """Write the template."""
    document = Document()
    set_page(document)
    set_font(document)
    footer = document.sections[0].footer
    footer.paragraphs[0].paragraph_format.space_before = 0
    fill_footer = add(footer, "{{ people_note }}", align="right", size=10)
    footer._element.remove(footer.paragraphs[0]._p)
    fill_footer.paragraph_format.space_after = 0
    _write_head(document)
    _write_text(document)
    _write_signature(document)
    _write_enclosure(document)
    drop_unused(document)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = f"หนังสือแจ้งผลการตรวจสอบ{PLAN}"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    document.save(str(path))


def _write_head(document: Any) -> None:
    add(document, "(ตราครุฑ)", align="center", after=6)
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    fill(head.rows[0].cells[0], ["ที่ {{ number }}"], size=SIZE_PT)
    fill(head.rows[0].cells[1], ["{{ office }}", "{{ address }}"], size=SIZE_PT)
    for column, cell, width in zip(head.columns, head.rows[0].cells, (9.5, 6.5), strict=True):
        column.width = cell.width = Cm(width)
    add(document, "{{ date }}", align="center", before=6, after=6)
    when(document, "remind")
    labelled(document, "เรื่อง", f"ขอความร่วมมือจัดส่ง{PLAN} (Business Continuity Plan)")
    when(document, "resend", is_next=True)
    labelled(document, "เรื่อง", f"ขอความร่วมมือจัดส่งไฟล์{PLAN} (Business Continuity Plan) อีกครั้ง")
    add(document, "{%p else %}")
    labelled(document, "เรื่อง", f"แจ้งผลการตรวจสอบ{PLAN} (Business Continuity Plan)")
    end(document)
    labelled(document, "เรียน", "{{ recipient }}")
    when(document, "through")
    labelled(document, "ผ่าน", "{{ through }}")
    end(document)
    labelled(document, "อ้างถึง", "{{ reference }}")
    when(document, "has_list")
    labelled(document, "สิ่งที่ส่งมาด้วย", f"รายการผลการตรวจสอบ{PLAN} จำนวน {{{{ one }}}} ชุด")
    end(document)


def _write_text(document: Any) -> None:
    when(document, "remind")
    body(
        document,
        f"ตามหนังสือที่อ้างถึง {{{{ office }}}} ขอความร่วมมือ {{{{ agency }}}} จัดส่ง{PLAN}สำหรับการบริหารความพร้อมต่อสภาวะวิกฤต"
        "{% if due %} ภายในวันที่ {{ due }}{% endif %} ความแจ้งแล้ว นั้น",
    )
    body(document, "{{ office }} ได้ตรวจสอบแผนที่ได้รับแล้ว ยังไม่พบแผนของหน่วยงานของท่าน")
    body(
        document,
        "จึงเรียนมาเพื่อโปรดพิจารณาจัดส่งแผนทั้งไฟล์ Word และไฟล์ PDF มายัง {{ office }} ภายในวันที่ {{ deadline }} "
        "หากได้จัดส่งแล้ว โปรดแจ้งวันที่และช่องทางที่จัดส่ง เพื่อจะได้ตรวจสอบต่อไป จะขอบคุณยิ่ง",
    )
    add(document, "{%p else %}")
    body(
        document,
        f"ตามหนังสือที่อ้างถึง {{{{ agency }}}} ได้ส่ง{PLAN}สำหรับการบริหารความพร้อมต่อสภาวะวิกฤต"
        "มาเพื่อประกอบการติดตามความพร้อมของหน่วยงานของรัฐ ความแจ้งแล้ว นั้น",
    )
    when(document, "resend")
    body(
        document,
        "{{ office }} ไม่สามารถเปิดอ่านไฟล์ที่ได้รับ จำนวน {{ unread_count }} ไฟล์ จึงยังไม่ได้ตรวจสอบแผน รายละเอียดตามสิ่งที่ส่งมาด้วย",
    )
    body(
        document,
        "จึงเรียนมาเพื่อโปรดพิจารณาจัดส่งแผนอีกครั้ง ทั้งไฟล์ Word และไฟล์ PDF ที่เปิดอ่านได้โดยไม่ต้องใช้รหัสผ่าน มายัง {{ office }} "
        "ภายในวันที่ {{ deadline }} จะขอบคุณยิ่ง",
    )
    when(document, "complete", is_next=True)
    body(
        document,
        "{{ office }} ได้ตรวจสอบแผนดังกล่าวแล้ว ปรากฏว่ามีองค์ประกอบครบถ้วนตามที่กำหนด"
        "{% if has_suggestions %} และมีข้อเสนอแนะเพื่อประกอบการทบทวนแผนตามสิ่งที่ส่งมาด้วย{% endif %}",
    )
    _ask_for_files(document)
    body(document, "จึงเรียนมาเพื่อโปรดทราบ และโปรดทบทวนแผนให้เป็นปัจจุบันอย่างสม่ำเสมอต่อไป")
    add(document, "{%p else %}")
    body(
        document,
        "{{ office }} ได้ตรวจสอบแผนดังกล่าวแล้ว"
        "{% if has_gaps %} พบว่ามีองค์ประกอบที่ควรปรับปรุงหรือเพิ่มเติม จำนวน {{ gap_count }} รายการ{% endif %}"
        "{% if has_checks %}{% if has_gaps %} และ{% else %} {% endif %}"
        "มีรายการที่ยังไม่อาจสรุปผลได้และขอให้หน่วยงานตรวจสอบ จำนวน {{ check_count }} รายการ{% endif %}"
        " รายละเอียดตามสิ่งที่ส่งมาด้วย",
    )
    _ask_for_files(document)
    body(
        document,
        "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ และส่งแผนฉบับปรับปรุงทั้งไฟล์ Word และไฟล์ PDF มายัง {{ office }} "
        "ภายในวันที่ {{ deadline }} ทั้งนี้ หากรายการใดมีอยู่ในแผนแล้ว โปรดแจ้งเลขหน้ามาด้วย จะขอบคุณยิ่ง",
    )
    end(document)
    end(document)


def _ask_for_files(document: Any) -> None:
    when(document, "has_unread")
    body(
        document,
        "อนึ่ง มีไฟล์ที่เปิดอ่านไม่ได้ จำนวน {{ unread_count }} ไฟล์ ตามสิ่งที่ส่งมาด้วย จึงขอความร่วมมือจัดส่งไฟล์ดังกล่าวอีกครั้ง",
    )
    end(document)


def _write_signature(document: Any) -> None:
    for text, before in (("ขอแสดงความนับถือ", 18), ("({{ signatory }})", 48), ("{{ position }}", 0)):
        paragraph = add(document, text, align="center", before=before)
        paragraph.paragraph_format.left_indent = Cm(6)
        paragraph.paragraph_format.keep_with_next = True
    add(document, "{{ division }}", before=18).paragraph_format.keep_with_next = True
    add(document, "ติดต่อ {{ contact }}")


def _write_enclosure(document: Any) -> None:
    when(document, "has_list")
    title = add(document, f"รายการผลการตรวจสอบ{PLAN}", align="center", bold=True)
    title.paragraph_format.page_break_before = True
    add(document, "{{ agency }}", align="center", bold=True, after=4)
    when(document, "has_unread")
    _heading(document, "ไฟล์ที่เปิดอ่านไม่ได้ ขอให้จัดส่งอีกครั้ง (ภายในวันที่ {{ deadline }})")
    table(
        document,
        ("ที่", "ไฟล์", "สาเหตุ"),
        _FILES_CM,
        (
            ["{%tr for file in unread %}"],
            ["{{ file.number }}", "{{ file.file }}", "{{ file.reason }}"],
            ["{%tr endfor %}"],
        ),
    )
    end(document)
    add(document, "{%p for plan in plans %}")
    _heading(document, "{% if several_plans %}แผนที่ {{ plan.number }} {% endif %}{{ plan.title }}")
    add(document, "ไฟล์ที่ตรวจ: {{ plan.files|join(', ') }}", size=TABLE_SIZE_PT)
    when(document, "several_plans and not plan.gaps and not plan.checks")
    add(document, "มีองค์ประกอบครบถ้วนตามที่กำหนด", size=TABLE_SIZE_PT)
    end(document)
    _list(document, "plan.gaps", "รายการที่ควรปรับปรุงหรือเพิ่มเติม (ภายในวันที่ {{ deadline }})")
    _list(document, "plan.checks", "รายการที่ขอให้ตรวจสอบ (ภายในวันที่ {{ deadline }})")
    when(document, "plan.suggestions")
    _heading(document, "ข้อเสนอแนะเพื่อประกอบการทบทวนแผน")
    add(document, "{%p for suggestion in plan.suggestions %}")
    item = add(document, "– {{ suggestion }}", size=TABLE_SIZE_PT)
    item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.4)
    end(document, "for")
    end(document)
    end(document, "for")
    end(document)


def _heading(document: Any, text: str) -> None:
    add(document, text, bold=True, before=8, after=2).paragraph_format.keep_with_next = True


def _list(document: Any, field: str, heading: str) -> None:
    """A table with a row for each point; number and name of a component stand once beside its points."""
    when(document, field)
    _heading(document, heading)
    found = [
        "{{ point.found }}",
        "{%p if point.where %}",
        "{{ point.where }}{% if point.quote %}: “{{ point.quote }}”{% endif %}",
        "{%p endif %}",
    ]
    table(
        document,
        _LIST_COLUMNS,
        _LIST_CM,
        (
            [f"{{%tr for gap in {field} %}}"],
            ["{%tr for point in gap.points %}"],
            ["{% vm %}{{ gap.number }}", "{% vm %}{{ gap.title }}", found, "{{ point.revise }}"],
            ["{%tr endfor %}"],
            ["{%tr endfor %}"],
        ),
    )
    end(document)


if __name__ == "__main__":
    make_template(TEMPLATE)
