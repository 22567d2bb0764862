"""A way as a web page to be printed."""

from __future__ import annotations

from html import escape

from benchmarks.tables.contents import BOX_TICKED, LEFT, MARKS, UP, Content
from benchmarks.tables.ways import Look, Part, Way
from benchmarks.tables.word import row_color

_LINE = {
    "full": "0.5pt solid #000",
    "double": "2.25pt double #000",
    "thick": "2.25pt solid #000",
    "hair": "0.25pt solid #000",
    "dashed": "0.75pt dashed #000",
    "dotted": "0.75pt dotted #000",
    "grey": "0.5pt solid #bfbfbf",
    "coloured": "0.75pt solid #2e74b5",
    "white-lines": "1pt solid #fff",
}
_TICK_PATH = (
    '<svg width="10" height="10" viewBox="0 0 10 10"><path d="M1 5 L4 9 L9 1" fill="none" stroke="#000"/></svg>'
)
_BOX_PATH = (
    '<svg width="11" height="11" viewBox="0 0 11 11"><rect x="1" y="1" width="9" height="9" fill="none" '
    'stroke="#000"/>{tick}</svg>'
)
_BOX_TICK = '<path d="M2 5 L5 9 L9 2" fill="none" stroke="#000"/>'


def write_page(way: Way) -> str:
    """The web page of a way."""
    body = "\n".join(_part(part, way.look) for part in way.parts)
    return f"<!doctype html><html lang=th><meta charset=utf-8><style>{_style(way.look)}</style><body>{body}"


def _style(look: Look) -> str:
    size = "A4 landscape" if look.landscape else "A4"
    line = _LINE.get(look.borders, "0.5pt solid #000")
    padding = "1pt" if look.padding_pt is None else f"{look.padding_pt}pt"
    cell = {
        "horizontal": f"border-top:{line};border-bottom:{line}",
        "vertical": f"border-left:{line};border-right:{line}",
        "outer": "",
        "header-line": "",
        "none": "",
        "fills": "",
        "stripes": "",
    }.get(look.borders, f"border:{line}")
    table = {
        "outer": f"border:{line}",
        "header-line": f"border-top:{line};border-bottom:{line}",
        "no-sides": "border-left-style:hidden;border-right-style:hidden",
        "vertical": f"border:{line}",
    }.get(look.borders, "")
    rules = [
        f"@page{{size:{size};margin:2cm 2.5cm}}",
        f"body{{font:{look.size_pt}pt '{look.font}';margin:0}}p{{margin:0 0 6pt}}",
        f"table{{border-collapse:collapse;table-layout:fixed;margin-bottom:8pt;{table}}}",
        f"td,th{{padding:{padding} 5.4pt;vertical-align:top;text-align:left;font-weight:normal;{cell}}}",
        "th{font-weight:bold;text-align:center}td.mark{text-align:center}",
        "*{-webkit-print-color-adjust:exact}",
        ".turned{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}",
    ]
    if look.borders == "no-top-bottom":
        rules.append("table{border-top-style:hidden;border-bottom-style:hidden}")
    if look.borders == "header-line":
        rules.append("thead{border-bottom:0.75pt solid #000}")
    if not look.may_cut_rows:
        rules.append("tr{break-inside:avoid}")
    if not look.repeat_header:
        rules.append("thead{display:table-row-group}")
    return "".join(rules)


def _part(part: Part, look: Look) -> str:
    html = ""
    if part.text is not None:
        html += f"<p>{'<b>' if part.bold else ''}{escape(part.text)}{'</b>' if part.bold else ''}</p>"
    if part.space_pt:
        html += f"<div style='height:{part.space_pt}pt'></div>"
    if part.page_break:
        html += "<div style='break-before:page'></div>"
    if part.table is not None and part.beside is not None:
        pair = "".join(f"<div style='width:47%'>{_table(content, look)}</div>" for content in (part.table, part.beside))
        html += f"<div style='display:flex;gap:6%'>{pair}</div>"
    elif part.table is not None:
        html += _table(part.table, look, part.nested)
    return html


def _table(content: Content, look: Look, nested: tuple[int, int, Content] | None = None) -> str:
    shares = "".join(f"<col style='width:{100 * share / sum(content.widths):.2f}%'>" for share in content.widths)
    head, body = "", ""
    for row, cells in enumerate(content.rows):
        header = row < content.header_rows
        color = row_color(look, row, header=header)
        html = f"<tr{f' style=background:#{color}' if color else ''}>"
        for col, text in enumerate(cells):
            if text in (LEFT, UP):
                continue
            rows, cols = content.span(row, col)
            tag = "th" if header else "td"
            inner = _cell(text, look, header=header)
            if nested and nested[:2] == (row, col):
                inner += _table(nested[2], look)
            mark = " class=mark" if text in MARKS or len(text) == 1 else ""
            html += f"<{tag}{mark} rowspan={rows} colspan={cols}>{inner}</{tag}>"
        html += "</tr>"
        head, body = (head + html, body) if header else (head, body + html)
    return f"<table style='width:{100 * look.width:g}%'>{shares}<thead>{head}</thead><tbody>{body}</tbody></table>"


def _cell(text: str, look: Look, *, header: bool) -> str:
    if look.drawn_tick == "path" and text in MARKS:
        return _TICK_PATH
    if look.drawn_tick == "box" and text in MARKS:
        return _BOX_PATH.format(tick=_BOX_TICK if text == BOX_TICKED else "")
    if look.bullets and "\n" in text:
        items = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in text.split("\n"))
        return f"<ul style='margin:0;padding-left:14pt'>{items}</ul>"
    html = "<br>".join(escape(line) for line in text.split("\n"))
    return f"<div class=turned>{html}</div>" if header and look.turned_heads and len(text) > 12 else html
