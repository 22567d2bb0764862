"""What the styles of a Word file say: heading level, contents line, numbering, look, hidden text."""

from __future__ import annotations

import re
from typing import Any

from extractors.docx.xml import W, child_val, find, is_on, val, whole_number

# Word writes the English name whatever its language; other programs write the translated one.
_HEADING_NAME = re.compile(r"(?:heading|หัวเรื่อง|หัวข้อ|ส่วนหัวเรื่อง)\s*([1-9๑-๙])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|contents|สารบัญ)\s*([1-9๑-๙])", re.IGNORECASE)
_FIGURES_NAME = re.compile(r"table of figures|figure index|สารบัญ(?:ภาพ|ตาราง)", re.IGNORECASE)
BODY_LEVEL = 9


class StyleSheet:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default_paragraph: str | None = None
        self._run_defaults = None
        self._chains: dict[str, tuple[Any, ...]] = {}
        if root is None:
            return
        self._run_defaults = find(root, "docDefaults", "rPrDefault", "rPr")
        for style in root.iterchildren(f"{W}style"):
            style_id = style.get(f"{W}styleId")
            if style_id is None:
                continue
            self._styles.setdefault(style_id, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._default_paragraph = style_id

    def chain(self, style_id: str | None) -> tuple[Any, ...]:
        """A style and the ones it is based on, nearest first."""
        if style_id is None:
            return ()
        known = self._chains.get(style_id)
        if known is None:
            styles: list[Any] = []
            next_id: str | None = style_id
            while next_id is not None and (style := self._styles.get(next_id)) is not None and style not in styles:
                styles.append(style)
                next_id = child_val(style, "basedOn")
            known = self._chains[style_id] = tuple(styles)
        return known

    def paragraph_style(self, paragraph_properties: Any) -> str | None:
        """The style of a paragraph: its own or the document's default."""
        return child_val(paragraph_properties, "pStyle") or self._default_paragraph

    def heading_level(self, paragraph_properties: Any) -> int | None:
        """The level of a heading from 1, by outline level or by the style's name; None for body text."""
        own = whole_number(child_val(paragraph_properties, "outlineLvl"))
        if own is not None:
            return own + 1 if 0 <= own < BODY_LEVEL else None
        for style in self.chain(self.paragraph_style(paragraph_properties)):
            level = whole_number(child_val(style, "pPr", "outlineLvl"))
            if level is not None:
                return level + 1 if 0 <= level < BODY_LEVEL else None
            named = _HEADING_NAME.fullmatch(child_val(style, "name") or "")
            if named:
                return int(named.group(1))
        return None

    def contents_level(self, paragraph_properties: Any) -> int | None:
        """The level of a line of the table of contents; None for any other paragraph."""
        for style in self.chain(child_val(paragraph_properties, "pStyle")):
            name = (child_val(style, "name") or "").strip()
            found = _CONTENTS_NAME.fullmatch(name)
            if found:
                return int(found.group(1))
            if _FIGURES_NAME.fullmatch(name):
                return 1
        return None

    def numbering(self, paragraph_properties: Any) -> tuple[str, int | None, str | None] | None:
        """Number id, level from 0 and the style that gives it; the level None where only the style's link tells it."""
        own = find(paragraph_properties, "numPr")
        own_id, own_level = child_val(own, "numId"), whole_number(child_val(own, "ilvl"))
        if own_id is not None:
            return own_id, own_level or 0, None
        for style in self.chain(self.paragraph_style(paragraph_properties)):
            properties = find(style, "pPr", "numPr")
            num_id = child_val(properties, "numId")
            if num_id is not None:
                level = own_level if own_level is not None else whole_number(child_val(properties, "ilvl"))
                return num_id, level, style.get(f"{W}styleId")
        return None

    def numbering_of_style(self, style_id: str) -> str | None:
        """The number id that a numbering style stands for."""
        for style in self.chain(style_id):
            num_id = child_val(style, "pPr", "numPr", "numId")
            if num_id is not None:
                return num_id
        return None

    def run_property(self, name: str, run_properties: Any, paragraph_properties: Any) -> Any:
        """The element that sets a property of a run: its own, of its style, of the paragraph's style, the default."""
        own = find(run_properties, name)
        if own is not None:
            return own
        styles = (
            *self.chain(child_val(run_properties, "rStyle")),
            *self.chain(self.paragraph_style(paragraph_properties)),
        )
        for style in styles:
            found = find(style, "rPr", name)
            if found is not None:
                return found
        return find(self._run_defaults, name)

    def run_font(self, run_properties: Any, paragraph_properties: Any) -> str | None:
        """The font of a run's one-byte characters; each attribute is inherited by itself."""
        sources = (
            run_properties,
            *(find(style, "rPr") for style in self.chain(child_val(run_properties, "rStyle"))),
            *(find(style, "rPr") for style in self.chain(self.paragraph_style(paragraph_properties))),
            self._run_defaults,
        )
        for source in sources:
            fonts = find(source, "rFonts")
            font: str | None = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None
            if font is not None:
                return font
        return None

    def paragraph_property(self, name: str, paragraph_properties: Any) -> Any:
        """The element that sets a property of a paragraph: its own or of its style."""
        own = find(paragraph_properties, name)
        if own is not None:
            return own
        for style in self.chain(self.paragraph_style(paragraph_properties)):
            found = find(style, "pPr", name)
            if found is not None:
                return found
        return None

    def is_hidden(self, run_properties: Any, paragraph_properties: Any) -> bool:
        """Whether a run is hidden text."""
        return bool(is_on(self.run_property("vanish", run_properties, paragraph_properties)))

    def is_centered(self, paragraph_properties: Any) -> bool:
        """Whether a paragraph is centred."""
        return val(self.paragraph_property("jc", paragraph_properties)) == "center"
