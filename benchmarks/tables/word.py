"""A way as a Word file."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from benchmarks.tables.contents import LEFT, MARKS, TICK, UP, Content
from benchmarks.tables.ways import Look, Part, Way

_FIXED_TIME = (2024, 1, 1, 0, 0, 0)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES: dict[str, tuple[str, int, str]] = {  # style, eighths of a point, colour
    "full": ("single", 4, "000000"),
    "double": ("double", 4, "000000"),
    "thick": ("single", 18, "000000"),
    "hair": ("single", 2, "000000"),
    "dashed": ("dashed", 4, "000000"),
    "dotted": ("dotted", 4, "000000"),
    "grey": ("single", 4, "BFBFBF"),
    "coloured": ("single", 6, "2E74B5"),
    "white-lines": ("single", 8, "FFFFFF"),
}
_DRAWN_SIDES = {
    "horizontal": ("top", "bottom", "insideH"),
    "vertical": ("left", "right", "insideV"),
    "outer": ("top", "left", "bottom", "right"),
    "no-sides": ("top", "bottom", "insideH", "insideV"),
    "no-top-bottom": ("left", "right", "insideH", "insideV"),
    "header-line": ("top", "bottom"),
    "none": (),
    "fills": (),
    "stripes": (),
}


def write_word(way: Way) -> bytes:
    """The bytes of the Word file; the same way gives the same bytes."""
    document = Document()
    _set_page(document, way.look)
    for part in way.parts:
        _write_part(document, part, way.look)
    properties = document.core_properties
    properties.author = "opdc-bcp benchmark"
    buffer, target = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(zipfile.ZipInfo(name, _FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _set_page(document: Any, look: Look) -> None:
    section = document.sections[0]
    width, height = (Cm(29.7), Cm(21)) if look.landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if look.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = look.font, Pt(look.size_pt)
    style.paragraph_format.space_after = Pt(0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), look.font)
    style.element.get_or_add_rPr().append(_element("w:szCs", val=str(int(look.size_pt * 2))))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _write_part(document: Any, part: Part, look: Look) -> None:
    if part.text is not None:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.keep_with_next = part.bold or None
        _run(paragraph, part.text, bold=part.bold)
    if part.space_pt:
        document.add_paragraph().paragraph_format.space_before = Pt(part.space_pt)
    if part.page_break:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    if part.table is None:
        return
    section = document.sections[0]
    width_pt = Emu(section.page_width - section.left_margin - section.right_margin).pt * look.width
    if part.beside is not None:
        frame = document.add_table(rows=1, cols=2)
        for cell, content in zip(frame.rows[0].cells, (part.table, part.beside), strict=True):
            _write_table(cell, content, look, width_pt * 0.47)
            cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
            cell.add_paragraph()
    else:
        table = _write_table(document, part.table, look, width_pt)
        if part.nested is not None:
            row, col, inner = part.nested
            cell = table.cell(row, col)
            _write_table(cell, inner, look, width_pt * part.table.widths[col] / sum(part.table.widths) * 0.94)
            cell.add_paragraph()
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _write_table(place: Any, content: Content, look: Look, width_pt: float) -> Any:
    table = place.add_table(rows=len(content.rows), cols=content.n_cols)
    table.autofit = False
    _set_borders(table, content, look)
    for col, share in enumerate(content.widths):
        width = Pt(width_pt * share / sum(content.widths))
        table.columns[col].width = width
        for cell in table.columns[col].cells:
            cell.width = width
    for row, cells in enumerate(content.rows):
        for col, text in enumerate(cells):
            if text in (LEFT, UP):
                continue
            rows, cols = content.span(row, col)
            cell = table.cell(row, col)
            if (rows, cols) != (1, 1):
                cell = cell.merge(table.cell(row + rows - 1, col + cols - 1))
            _fill(cell, text, look, header=row < content.header_rows)
    _set_shading(table, content, look)
    for row in table.rows[: content.header_rows] if look.repeat_header else ():
        row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for row in () if look.may_cut_rows else table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
    return table


def _set_borders(table: Any, content: Content, look: Look) -> None:
    style, size, color = _LINES.get(look.borders, _LINES["full"])
    drawn = _DRAWN_SIDES.get(look.borders, _SIDES)
    borders = _element("w:tblBorders")
    for side in _SIDES:
        borders.append(
            _element(f"w:{side}", val=style, sz=str(size), space="0", color=color)
            if side in drawn
            else _element(f"w:{side}", val="nil")
        )
    table._tbl.tblPr.append(borders)
    if look.padding_pt is not None:
        margins = _element("w:tblCellMar")
        for side in ("top", "bottom"):
            margins.append(_element(f"w:{side}", w=str(int(look.padding_pt * 20)), type="dxa"))
        table._tbl.tblPr.append(margins)
    if look.borders == "header-line":
        for cell in table.rows[content.header_rows - 1].cells:
            line = _element("w:tcBorders")
            line.append(_element("w:bottom", val="single", sz="6", space="0", color="000000"))
            cell._tc.get_or_add_tcPr().append(line)


def _set_shading(table: Any, content: Content, look: Look) -> None:
    for index, row in enumerate(table.rows):
        color = row_color(look, index, header=index < content.header_rows)
        if color:
            for cell in {cell._tc: cell for cell in row.cells}.values():
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=color))


def row_color(look: Look, index: int, *, header: bool) -> str | None:
    """The background of a row's cells."""
    if look.borders == "fills":
        return "9CC2E5" if header else "DEEAF6" if index % 2 else "F7E6D0"
    if look.borders == "white-lines":
        return "9CC2E5" if header else "E7EFF7"
    if look.borders == "stripes":
        return "C5D9B8" if header else "EAF3E3" if index % 2 else None
    return "D9D9D9" if look.shaded_header and header else None


def _fill(cell: Any, text: str, look: Look, *, header: bool) -> None:
    if header and look.turned_heads and len(text) > 12:
        cell._tc.get_or_add_tcPr().append(_element("w:textDirection", val="btLr"))
    for index, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        for extra in cell.paragraphs[1:] if index == 0 else ():  # a merged cell keeps the others' empty paragraphs
            extra._element.getparent().remove(extra._element)
        if header or line in MARKS or len(line) == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if look.symbol and line in MARKS and line != "":
            font, code = look.symbol
            paragraph.add_run()._element.append(_element("w:sym", font=font, char=code))
        elif line:
            _run(paragraph, line, bold=header)


def _run(paragraph: Any, text: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    if bold:
        run.bold = True
        run._element.get_or_add_rPr().append(_element("w:bCs"))
    if text == TICK:
        run.font.name = "DejaVu Sans"
