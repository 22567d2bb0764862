"""The text of HTML fragments: breaks kept, boxes as characters, pictures and scripts left out."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

TICKED_BOX = "\N{BALLOT BOX WITH CHECK}"
EMPTY_BOX = "\N{BALLOT BOX}"

# Elements that a text converter or an author writes inside a line or a cell; any other "<" is a sign ("<5 คน").
_KNOWN_TAGS = (
    "a|abbr|address|article|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em"
    "|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|label|li|link|main|mark|meta|nav"
    "|o:p|ol|option|p|page|pre|q|s|samp|script|section|select|small|span|strike|strong|style|sub|summary|sup|svg|table"
    "|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|watermark"
)
_TAG = re.compile(rf"</?(?:{_KNOWN_TAGS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_LONELY_LESS_THAN = re.compile(rf"<(?!/?(?:{_KNOWN_TAGS})[\s/>]|!--)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Only the spaces that HTML folds: never \s, whose Unicode reach would take characters that an author set.
_FOLDED_SPACE = re.compile(r"[ \t\r\n\f]+")
_OWN_MARKER = re.compile(r"^\s*(?:[-–—•▪■□●○◦‣⁃*☐☑☒✓]|[(]?[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]|[(]?[ก-ฮa-zA-Z][.)])")

SKIPPED_TAGS = frozenset({"script", "style", "head", "template", "noscript", "svg", "object", "title", "meta", "link"})
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)


def has_markup(text: str) -> bool:
    """Tell whether a text holds HTML elements, comments or entities.

    >>> has_markup("ไม่เกิน <5 คน"), has_markup("ก<br>ข"), has_markup("R&D"), has_markup("R&amp;D")
    (False, True, False, True)
    """
    return _TAG.search(text) is not None or _COMMENT.search(text) is not None or _ENTITY.search(text) is not None


def parse_fragment(markup: str) -> Any:
    """The element tree of a fragment under a ``div``; a "<" that opens no known element stays a character."""
    safe = _LONELY_LESS_THAN.sub("&lt;", _COMMENT.sub("", markup))
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(f"<div>{safe}</div>".encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return lxml_html.Element("div")
    return root


def clean_fragment(markup: str) -> str:
    r"""The text of a fragment, one line per paragraph, list item or ``<br>``.

    >>> clean_fragment('พร้อม <ul><li>โทรศัพท์</li><li>รถตู้</li></ul>')
    'พร้อม\n- โทรศัพท์\n- รถตู้'
    >>> clean_fragment('<input checked="" type="checkbox"/> มี<br/>A &amp; B')
    '☑ มี\nA & B'
    """
    if not has_markup(markup):
        return tidy_lines(markup)
    return element_text(parse_fragment(markup))


def element_text(element: Any) -> str:
    """The text below an element, its lines trimmed and blank ones dropped."""
    pieces: list[str] = []
    _collect(element, pieces, preformatted=False)
    return tidy_lines("".join(pieces))


def tidy_lines(text: str) -> str:
    """The lines of a text without space at their ends and without blank lines."""
    lines = (line.replace("\N{NO-BREAK SPACE}", " ").strip(" \t\r\f\v") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, pieces: list[str], *, preformatted: bool) -> None:
    """Append the text below ``element``, with a line feed at each edge of a block."""
    preformatted = preformatted or element.tag == "pre"
    _append_text(element.text, pieces, preformatted=preformatted)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in SKIPPED_TAGS:
            _collect_child(child, tag, pieces, preformatted=preformatted)
        _append_text(child.tail, pieces, preformatted=preformatted)


def _collect_child(child: Any, tag: str, pieces: list[str], *, preformatted: bool) -> None:
    if tag == "br":
        pieces.append("\n")
    elif tag == "input":
        pieces.append(input_text(child))
    elif tag in {"td", "th"}:
        _collect(child, pieces, preformatted=preformatted)
        pieces.append("\t")
    elif tag == "option" and child.get("selected") is None:
        return
    elif tag in BLOCK_TAGS:
        pieces.append("\n")
        if tag == "li":
            pieces.append(item_prefix(child))
        _collect(child, pieces, preformatted=preformatted)
        pieces.append("\n")
    else:
        _collect(child, pieces, preformatted=preformatted)


def _append_text(text: str | None, pieces: list[str], *, preformatted: bool) -> None:
    if not text:
        return
    folded = text if preformatted else _FOLDED_SPACE.sub(" ", text)
    if not preformatted and pieces and pieces[-1].endswith("\n"):
        folded = folded.lstrip(" ")
    pieces.append(folded)


def input_text(element: Any) -> str:
    """What a form field shows: a box for a checkbox or radio button, the value for a text field."""
    kind = (element.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return TICKED_BOX if element.get("checked") is not None else EMPTY_BOX
    return element.get("value") or "" if kind == "text" else ""


def item_prefix(item: Any) -> str:
    """The marker that a browser draws before a list item, with a space; empty where the text brings its own."""
    marker = item_marker(item)
    return f"{marker} " if marker else ""


def item_marker(item: Any) -> str | None:
    """The marker of a list item: "-" or its number; None where the list draws none or the text brings its own."""
    parent = item.getparent()
    style = (parent.get("style") or "") if parent is not None else ""
    if _OWN_MARKER.match("".join(item.itertext())) or re.search(r"list-style(?:-type)?:[^;]*none", style):
        return None
    if parent is None or parent.tag != "ol":
        return "-"
    siblings = [child for child in parent if child.tag == "li"]
    first = _whole_number(parent.get("start"), default=1)
    return f"{_whole_number(item.get('value'), default=first + siblings.index(item))}."


def _whole_number(value: str | None, *, default: int) -> int:
    """The number of an attribute, or the default where it is none."""
    return int(value) if value and re.fullmatch(r"\d{1,6}", value.strip()) else default
