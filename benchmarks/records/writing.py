"""A marked-up plan as a Word file and as a web page."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from benchmarks.records.markup import Part, RecordPlan
from tests.documents.plans.kit import LEFT, UP, PlanWriter

_NESTED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:pict><v:shape type="#_x0000_t202" style="position:absolute;margin-left:{left}pt;margin-top:{top}pt;width:210pt;'
    'height:30pt;z-index:1"><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox>'
    "</v:shape></w:pict></w:r>"
)


def write_word(plan: RecordPlan, path: Path) -> None:
    """Lay a plan out as a Word file."""
    writer = PlanWriter(size_pt=14)
    covers = [part.text for part in plan.parts if part.kind == "cover"]
    if covers:
        writer.cover(*covers)
    for part in plan.parts:
        _write_part(writer, part)
    writer.save(path)


def _write_part(writer: PlanWriter, part: Part) -> None:
    if part.kind.startswith("heading"):
        writer.heading(part.text, int(part.kind[-1]))
    elif part.kind == "caption":
        writer.caption(part.text)
    elif part.kind in ("text", "item"):
        writer.paragraph(part.text.replace("\\t", "\t"), indent=part.kind == "text")
    elif part.kind == "page":
        writer.page_break()
    elif part.kind in ("landscape", "portrait"):
        _turn(writer, landscape=part.kind == "landscape")
    elif part.kind == "diagram":
        _diagram(writer, part.text)
    elif part.kind == "table":
        _table(writer, part)


def _turn(writer: PlanWriter, *, landscape: bool) -> None:
    section = writer.document.add_section(WD_SECTION.NEW_PAGE)
    wide = section.page_width > section.page_height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    if wide != landscape:
        section.page_width, section.page_height = section.page_height, section.page_width


def _diagram(writer: PlanWriter, text: str) -> None:
    """Text boxes one under the other, as Word draws them."""
    boxes = [box.strip() for box in text.split("→")]
    paragraph = writer.document.add_paragraph()
    for index, box in enumerate(boxes):
        paragraph._element.append(parse_xml(_BOX.format(left=90, top=6 + 46 * index, text=escape(box))))
    for _ in range(2 * len(boxes)):
        writer.document.add_paragraph()


def _table(writer: PlanWriter, part: Part) -> None:
    look = part.look
    rows = [[_NESTED.sub("", cell).strip() for cell in row] for row in part.rows]
    shares = [float(share) for share in look["widths"].split(",")] if "widths" in look else None
    section = writer.document.sections[-1]
    room_cm = (section.page_width - section.left_margin - section.right_margin) / 360_000
    header = int(look.get("header", "1"))
    writer.table(
        rows,
        header_rows=header,
        widths_cm=[room_cm * share / sum(shares) for share in shares] if shares else None,
        repeat_header=look.get("repeat", "yes") == "yes" and header > 0,
        size_pt=float(look.get("size", "13")),
    )
    table = writer.document.tables[-1]
    for index, row in enumerate(part.rows):
        for col, text in enumerate(row):
            for inside in _NESTED.findall(text):
                _nest(table.cell(index, col), inside)
            if "shade" in look and index < header:
                _shade(table.cell(index, col), look["shade"])


def _nest(cell, inside: str) -> None:  # type: ignore[no-untyped-def]
    lines = [[piece.strip() for piece in line.split(";")] for line in inside.split("//")]
    table = cell.add_table(rows=len(lines), cols=len(lines[0]))
    table.style = "Table Grid"
    for line, row in zip(lines, table.rows, strict=True):
        for text, inner in zip(line, row.cells, strict=True):
            inner.text = text
    cell.add_paragraph()


def _shade(cell, color: str) -> None:  # type: ignore[no-untyped-def]
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shading.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shading)


def write_page(plan: RecordPlan) -> str:
    """The web page of a plan."""
    style = (
        "@page{size:A4;margin:2.2cm 2.2cm}@page wide{size:A4 landscape;margin:2cm}.wide{page:wide}"
        "body{font:14pt Laksaman}table{border-collapse:collapse;width:100%;margin:4pt 0 8pt;font-size:13pt}"
        "td,th{border:0.6pt solid #000;padding:1pt 4pt;vertical-align:top}h1{font-size:17pt}h2{font-size:15.5pt}"
        "h3{font-size:14pt}p{margin:0 0 4pt}.first{text-indent:1.2cm}"
        ".box{border:1px solid #000;width:7cm;margin:3pt auto;text-align:center}"
        ".arrow{text-align:center}*{-webkit-print-color-adjust:exact}"
    )
    covers = [part.text for part in plan.parts if part.kind == "cover"]
    body = "".join(f"<p style='text-align:center;font-size:20pt'><b>{escape(text)}</b></p>" for text in covers)
    body += "<div style='break-after:page'></div>"
    wide = False
    for part in plan.parts:
        if part.kind in ("landscape", "portrait"):
            body += "</div>" if wide else ""
            wide = part.kind == "landscape"
            body += "<div class=wide>" if wide else ""
        else:
            body += _html(part)
    return f"<!doctype html><html lang=th><meta charset=utf-8><style>{style}</style><body>{body}"


def _html(part: Part) -> str:
    text = escape(part.text).replace("\\t", "&emsp;")
    if part.kind.startswith("heading"):
        return f"<h{part.kind[-1]}>{text}</h{part.kind[-1]}>"
    if part.kind == "caption":
        return f"<p><b>{text}</b></p>"
    if part.kind in ("text", "item"):
        return f"<p{' class=first' if part.kind == 'text' else ''}>{text}</p>"
    if part.kind == "page":
        return "<div style='break-before:page'></div>"
    if part.kind == "diagram":
        boxes = [f"<div class=box>{box.strip()}</div>" for box in text.split("→")]
        return "<div class=arrow>&darr;</div>".join(boxes)
    return _html_table(part) if part.kind == "table" else ""


def _html_table(part: Part) -> str:
    header = int(part.look.get("header", "1"))
    shade = part.look.get("shade")
    shares = [float(share) for share in part.look.get("widths", "").split(",") if share]
    cols = "".join(f"<col style='width:{100 * share / sum(shares):.1f}%'>" for share in shares)
    lines = []
    for r, row in enumerate(part.rows):
        html = ""
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            tag = "th" if r < header else "td"
            spans = f"colspan={_run(row[c + 1 :], LEFT)} rowspan={_run([line[c] for line in part.rows[r + 1 :]], UP)}"
            color = f" style='background:#{shade}'" if shade and r < header else ""
            html += f"<{tag} {spans}{color}>{_html_cell(text)}</{tag}>"
        lines.append(f"<tr>{html}</tr>")
    tag = "thead" if part.look.get("repeat", "yes") == "yes" else "tbody"
    return f"<table>{cols}<{tag}>{''.join(lines[:header])}</{tag}><tbody>{''.join(lines[header:])}</tbody></table>"


def _html_cell(text: str) -> str:
    plain = escape(_NESTED.sub("", text).strip()).replace("\n", "<br>")
    for inside in _NESTED.findall(text):
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(piece.strip())}</td>" for piece in line.split(";")) + "</tr>"
            for line in inside.split("//")
        )
        plain += f"<table>{rows}</table>"
    return plain


def _run(cells: list[str] | tuple[str, ...], mark: str) -> int:
    """How many slots a cell covers: itself and the marks that follow."""
    count = 1
    for cell in cells:
        if cell != mark:
            break
        count += 1
    return count
