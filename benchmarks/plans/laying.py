"""A plan as a Word file and as a web page."""

from __future__ import annotations

import base64
import io
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm

from benchmarks.plans.plan import Block, Plan, front
from tests.documents.plans.kit import LEFT, UP, PlanWriter, print_to_pdf

_NARROW_CM, _WIDE_CM = 16.0, 24.7
_SCAN_DPI = 150


def write_word(plan: Plan, path: Path) -> None:
    """Lay a plan out as a Word file."""
    look = plan.look
    writer = PlanWriter(font=look["font"], size_pt=look["size_pt"], word_headings=look["headings"] == "styles")
    if look["landscape"]:
        section = writer.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    if look["header"]:
        writer.running_head(plan.say(look["header"]))
    for block in plan.blocks:
        _write_block(writer, plan, block)
    writer.save(path)


def _write_block(writer: PlanWriter, plan: Plan, block: Block) -> None:
    width = _WIDE_CM if plan.look["landscape"] else _NARROW_CM
    if "heading" in block:
        writer.heading(plan.say(block["heading"]), block["level"])
        if plan.look["headings"] == "underline":
            writer.document.paragraphs[-1].runs[0].underline = True
    elif "text" in block:
        look = {key: bool(block.get(key)) for key in ("bold", "center", "indent")}
        writer.paragraph(plan.say(block["text"]), **look)
    elif "item" in block and block["marker"] == "auto":
        _number(writer, plan.say(block["item"]), first=block["number"] == 1)
    elif "item" in block:
        writer.items(plan.say(block["item"]), marker=plan.say(front(block)))
    elif "contents" in block:
        writer.paragraph(plan.say(f"{block['contents']}\t{block['page']}"), indent=False)
        stops = writer.document.paragraphs[-1].paragraph_format.tab_stops
        stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    elif "table" in block:
        rows = [[plan.say(cell) for cell in row] for row in block["table"]]
        shares = block.get("widths") or [1.0] * len(rows[0])
        widths = [share * width / sum(shares) for share in shares]
        writer.table(rows, header_rows=block["head"], widths_cm=widths)
    elif "scanned" in block:
        writer.document.add_picture(io.BytesIO(_picture(plan, block["scanned"])), width=Cm(width))
    else:
        writer.page_break()


def _number(writer: PlanWriter, text: str, *, first: bool) -> None:
    """An item that the word processor numbers; the first one starts a list of its own."""
    document = writer.document
    writer.word_list(text, style="List Number")
    numbering = document.part.numbering_part.numbering_definitions._numbering
    if first:
        style = document.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(one for one in numbering.num_lst if one.numId == style).abstractNumId.val
        numbering.add_num(abstract).add_lvlOverride(0).add_startOverride(1)
    number = document.paragraphs[-1]._p.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = 0
    number.get_or_add_numId().val = max(int(one.get(qn("w:numId"))) for one in numbering.num_lst)


def _picture(plan: Plan, lines: list[str]) -> bytes:
    """A page with nothing but these lines, as a picture."""
    writer = PlanWriter(font=plan.look["font"], size_pt=plan.look["size_pt"])
    for line in lines:
        writer.paragraph(plan.say(line), indent=False)
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "page.docx"
        writer.save(word)
        print_to_pdf(word, word.with_suffix(".pdf"))
        document = pdfium.PdfDocument(word.with_suffix(".pdf"))
        picture = document[0].render(scale=_SCAN_DPI / 72, grayscale=True).to_pil().rotate(0.4, fillcolor=255)
        document.close()
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def write_page(plan: Plan) -> str:
    """The web page of a plan."""
    size = "A4 landscape" if plan.look["landscape"] else "A4"
    style = (
        f"@page{{size:{size};margin:2cm}}body{{font:{plan.look['size_pt']}pt '{plan.look['font']}';margin:0}}"
        "p{margin:0 0 4pt}table{border-collapse:collapse;width:100%;margin:4pt 0 8pt}"
        "td,th{border:.5pt solid #000;padding:1pt 4pt;vertical-align:top}.c{text-align:center}"
        ".i{text-indent:1.5cm}.l{margin-left:1.2cm}h1,h2,h3{font-size:1.05em;margin:6pt 0 2pt}"
    )
    body = "\n".join(_html(plan, block) for block in plan.blocks)
    return f"<!doctype html><html lang=th><meta charset=utf-8><style>{style}</style><body>{body}"


def _html(plan: Plan, block: Block) -> str:
    def say(text: Any) -> str:
        return escape(plan.say(str(text))).replace("\n", "<br>")

    if "heading" in block:
        text = say(block["heading"])
        return (
            f"<h{block['level']}>{text}</h{block['level']}>" if plan.look["headings"] == "styles" else f"<b>{text}</b>"
        )
    if "text" in block:
        text = f"<b>{say(block['text'])}</b>" if block.get("bold") else say(block["text"])
        return f"<p class={'c' if block.get('center') else 'i' if block.get('indent') else 'n'}>{text}</p>"
    if "item" in block:
        return f"<p class=l>{say(front(block))} {say(block['item'])}</p>"
    if "contents" in block:
        return f"<p>{say(block['contents'])} {'.' * 40} {say(block['page'])}</p>"
    if "table" in block:
        return _html_table(block, say)
    if "scanned" in block:
        picture = base64.b64encode(_picture(plan, block["scanned"])).decode()
        return f"<img style='width:100%' src='data:image/jpeg;base64,{picture}'>"
    return "<div style='break-after:page'></div>"


def _html_table(block: Block, say: Any) -> str:
    rows = block["table"]
    html = ["<table><thead>" if block["head"] else "<table>"]
    for r, row in enumerate(rows):
        html.append("</thead><tr>" if r == block["head"] and r else "<tr>")
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            across = next((n for n in range(1, len(row) - c) if row[c + n] != LEFT), len(row) - c)
            down = next((n for n in range(1, len(rows) - r) if rows[r + n][c] != UP), len(rows) - r)
            tag = "th" if r < block["head"] else "td"
            html.append(f"<{tag} rowspan={down} colspan={across}>{say(text)}</{tag}>")
        html.append("</tr>")
    return "".join([*html, "</table>"])
