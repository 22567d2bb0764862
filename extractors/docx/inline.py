"""What a paragraph shows: its text run by run, fields as their results, marks as characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docmodel.symbols import SYMBOL_AREA, is_symbol_font, symbol_to_text
from extractors.docx.drawings import DrawingItem, find_drawing_items
from extractors.docx.styles import StyleSheet
from extractors.docx.xml import W14, M, W, child_val, find, is_on, val, whole_number

TICKED_BOX = "\N{BALLOT BOX WITH CHECK}"
EMPTY_BOX = "\N{BALLOT BOX}"

# Elements around runs whose content is shown as it is; inserted and moved-in text counts, deleted text does not.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "bdo", "dir", "sdtContent")
)
_FIXED_TEXT = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(0x[0-9A-F]+|\d+)(?:.*?\\f\s+\"?([^\"\\]+)\"?)?", re.IGNORECASE)
_THAI = re.compile(r"[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER KHOMUT}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run's text and how it looks."""

    text: str
    bold: bool = False
    underlined: bool = False
    size_pt: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReference:
    """A footnote or endnote called in the text."""

    kind: str
    note_id: str


@dataclass(slots=True, kw_only=True)
class InlineContent:
    """What was met in a paragraph, in order; drawings and notes stand apart from the text."""

    pieces: list[Piece] = field(default_factory=list)
    drawings: list[DrawingItem] = field(default_factory=list)
    notes: list[NoteReference] = field(default_factory=list)
    contents_chars: int = 0
    has_page_number: bool = False

    @property
    def in_contents(self) -> bool:
        """Whether most of the paragraph was made by a field that lists the contents."""
        return 2 * self.contents_chars > sum(len(piece.text) for piece in self.pieces)

    @property
    def text(self) -> str:
        """The text of the paragraph, its lines trimmed and blank ones dropped."""
        lines = "".join(piece.text for piece in self.pieces).split("\n")
        return "\n".join(line for line in (line.strip() for line in lines) if line)


@dataclass(slots=True, kw_only=True)
class _Field:
    """A field being read: Word shows what stands after its separator."""

    instruction: str = ""
    in_result: bool = False
    pieces_before: int = 0


class InlineReader:
    """Reads the paragraphs of one story in order; fields such as a table of contents run over several."""

    def __init__(self, styles: StyleSheet, *, fields_are_closed: bool = True) -> None:
        self._styles = styles
        # A contents field that nobody closes would make all that follows a table of contents.
        self._fields_are_closed = fields_are_closed
        self._fields: list[_Field] = []
        self._content = InlineContent()
        self._paragraph_properties: Any = None

    def read(self, paragraph: Any) -> InlineContent:
        """The content of a ``w:p``."""
        self._content = InlineContent()
        self._paragraph_properties = find(paragraph, "pPr")
        self._walk(paragraph)
        # A field that has not come to its result by the end of its paragraph is broken: better show what follows.
        self._fields = [open_field for open_field in self._fields if open_field.in_result]
        return self._content

    def _in_contents(self) -> bool:
        return self._fields_are_closed and any(
            open_field.instruction.lstrip().upper().startswith("TOC") for open_field in self._fields
        )

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag in _WRAPPERS:
                self._walk(child)
            elif tag == f"{W}sdt":
                self._content_control(child)
            elif tag == f"{W}fldSimple":
                self._simple_field(child)
            elif tag in {f"{M}oMath", f"{M}oMathPara"}:
                self._add("".join(part.text or "" for part in child.iter(f"{M}t")), None)

    def _content_control(self, control: Any) -> None:
        """A content control: a checkbox by its state, a prompt that nobody overwrote as nothing."""
        properties = find(control, "sdtPr")
        checkbox = properties.find(f"{W14}checkbox") if properties is not None else None
        if checkbox is not None:
            checked = checkbox.find(f"{W14}checked")
            state = checked.get(f"{W14}val") if checked is not None else None
            self._add(TICKED_BOX if state in {"1", "true", "on"} else EMPTY_BOX, None)
        elif not is_on(find(properties, "showingPlcHdr")):
            for content in control.iterchildren(f"{W}sdtContent"):
                self._walk(content)

    def _simple_field(self, element: Any) -> None:
        opened = _Field(instruction=element.get(f"{W}instr") or "", in_result=True)
        self._note_page_number(opened.instruction)
        self._fields.append(opened)
        self._walk(element)
        self._fields.remove(opened)

    def _run(self, run: Any) -> None:
        properties = find(run, "rPr")
        hidden = self._styles.is_hidden(properties, self._paragraph_properties)
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field_character(child)
            elif tag == f"{W}instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].instruction += child.text or ""
            elif hidden or not all(open_field.in_result for open_field in self._fields):
                continue
            elif tag == f"{W}t":
                self._add(self._shown_text(child.text or "", properties), properties)
            elif tag in _FIXED_TEXT:
                self._add(_FIXED_TEXT[tag], properties)
            else:
                self._special(child, tag, properties)

    def _special(self, child: Any, tag: str, properties: Any) -> None:
        """What a run holds beside text: symbols, drawings, notes, ruby."""
        if tag == f"{W}sym":
            self._add(_symbol(child), properties)
        elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            self._content.drawings.extend(find_drawing_items(child))
        elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
            self._content.notes.append(NoteReference(kind=kind, note_id=child.get(f"{W}id") or ""))
        elif tag == f"{W}pgNum":
            self._content.has_page_number = True
        elif tag == f"{W}ruby":
            for base in child.iterchildren(f"{W}rubyBase"):
                self._walk(base)

    def _field_character(self, element: Any) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            shown = all(open_field.in_result for open_field in self._fields)
            form_text = _form_field_text(find(element, "ffData"))
            if form_text and shown:
                self._add(form_text, None)
            self._fields.append(_Field(pieces_before=len(self._content.pieces)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._note_page_number(self._fields[-1].instruction)
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            self._note_page_number(closed.instruction)
            symbol = _SYMBOL_FIELD.match(closed.instruction)
            if symbol and len(self._content.pieces) <= closed.pieces_before:
                code = int(symbol.group(1), 0)
                self._add(symbol_to_text((symbol.group(2) or "Symbol").strip(), code) or "", None)

    def _note_page_number(self, instruction: str) -> None:
        name = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
        self._content.has_page_number = self._content.has_page_number or name in {"PAGE", "NUMPAGES", "SECTIONPAGES"}

    def _shown_text(self, text: str, properties: Any) -> str:
        """A run's text, with the codes of a symbol font as what it draws."""
        font = self._styles.run_font(properties, self._paragraph_properties)
        if is_symbol_font(font):
            return "".join(symbol_to_text(font, ord(char)) or char for char in text)
        if any(ord(char) in SYMBOL_AREA for char in text):
            return "".join(symbol_to_text(None, ord(char)) or char for char in text)
        return text

    def _add(self, text: str, properties: Any) -> None:
        if not text:
            return
        if self._in_contents():
            self._content.contents_chars += len(text)
        # Thai is a complex script for Word and has its own bold and size.
        thai = "Cs" if _THAI.search(text) else ""
        size = whole_number(val(self._property(f"sz{thai}", properties)))
        self._content.pieces.append(
            Piece(
                text=text,
                bold=bool(is_on(self._property(f"b{thai}", properties))),
                underlined=(val(self._property("u", properties)) or "none") != "none",
                size_pt=None if size is None else size / 2,
            )
        )

    def _property(self, name: str, properties: Any) -> Any:
        return self._styles.run_property(name, properties, self._paragraph_properties)


def fields_are_closed(root: Any) -> bool:
    """Whether every field that begins in a part also ends there."""
    kinds = [element.get(f"{W}fldCharType") for element in root.iter(f"{W}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def _symbol(element: Any) -> str:
    """The character of a ``w:sym``; a code of an unknown font stays what it is."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    font = element.get(f"{W}font")
    return symbol_to_text(font, code) or symbol_to_text(None, code) or chr(code)


def _form_field_text(form: Any) -> str | None:
    """What an old form field shows by itself: a box, or the entry chosen from a list."""
    checkbox = find(form, "checkBox")
    if checkbox is not None:
        checked = is_on(find(checkbox, "checked"))
        if checked is None:
            checked = is_on(find(checkbox, "default"))
        return TICKED_BOX if checked else EMPTY_BOX
    entries = find(form, "ddList")
    if entries is None:
        return None
    listed = [val(entry) or "" for entry in entries.iterchildren(f"{W}listEntry")]
    chosen = whole_number(child_val(entries, "result")) or whole_number(child_val(entries, "default")) or 0
    return listed[chosen] if 0 <= chosen < len(listed) else None
