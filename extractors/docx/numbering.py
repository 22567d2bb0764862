"""The numbers and bullets that Word draws by itself in front of paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docmodel.symbols import symbol_to_text
from extractors.docx.number_formats import format_number
from extractors.docx.styles import StyleSheet
from extractors.docx.xml import W, child_val, find, is_on, val, whole_number

MAX_LEVEL = 8
_PLACE = re.compile(r"%([1-9])")
_HIDDEN_NUMBER = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMarker:
    """What stands in front of a list paragraph: the text drawn, None where nothing is, and the level from 1."""

    text: str | None
    level: int
    is_bullet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How a list counts and draws at one level."""

    start: int
    number_format: str
    text: str
    arabic_only: bool
    restart_after: int | None
    font: str | None
    hidden: bool
    picture: bool
    style_id: str | None


class Numbering:
    """Counts the lists of a document while its paragraphs are read in order."""

    def __init__(self, root: Any, styles: StyleSheet) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        # Lists of the same definition count on, each level from its last number.
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()
        if root is not None:
            self._abstract = {e.get(f"{W}abstractNumId"): e for e in root.iterchildren(f"{W}abstractNum")}
            self._nums = {e.get(f"{W}numId"): e for e in root.iterchildren(f"{W}num")}

    def next_marker(self, paragraph_properties: Any) -> ListMarker | None:
        """Count the paragraph and give its marker; None where it is no list paragraph."""
        numbering = self._styles.numbering(paragraph_properties)
        if numbering is None or numbering[0] == _HIDDEN_NUMBER:
            return None
        num_id, level, style_id = numbering
        if level is None:
            level = self._level_of_style(num_id, style_id)
        level = min(max(level, 0), MAX_LEVEL)
        definition = self._level(num_id, level)
        if definition is None:
            return None
        self._count(num_id, level)
        is_bullet = definition.number_format == "bullet"
        text = None if definition.hidden else self._draw(num_id, level, definition)
        return ListMarker(text=text or None, level=level + 1, is_bullet=is_bullet)

    def _count(self, num_id: str, level: int) -> None:
        counters = self._counters.setdefault(self._list_key(num_id), {})
        definition = self._level(num_id, level)
        override = self._start_override(num_id, level)
        start = override if override is not None else definition.start if definition is not None else 1
        if override is not None and (num_id, level) not in self._restarted:
            self._restarted.add((num_id, level))
            counters.pop(level, None)
        counters[level] = counters[level] + 1 if level in counters else start
        for deeper in [key for key in counters if key > level]:
            below = self._level(num_id, deeper)
            # restart_after 0: never; n: only after a paragraph of level n or above
            restart_after = below.restart_after if below is not None else None
            if restart_after is None or 0 < level + 1 <= restart_after:
                del counters[deeper]

    def _draw(self, num_id: str, level: int, definition: _Level) -> str:
        if definition.picture:
            return "\N{BULLET}"
        if definition.number_format == "bullet":
            return _bullet(definition)
        counters = self._counters[self._list_key(num_id)]

        def number_at(place: re.Match[str]) -> str:
            shown = int(place.group(1)) - 1
            shown_definition = self._level(num_id, shown)
            if shown_definition is None or shown_definition.number_format == "none":
                return ""
            number = counters.get(shown, shown_definition.start)
            arabic = definition.arabic_only and shown_definition.number_format != "decimalZero"
            return format_number(number, "decimal" if arabic else shown_definition.number_format)

        return _PLACE.sub(number_at, definition.text).strip()

    def _level(self, num_id: str, level: int) -> _Level | None:
        key = (num_id, level)
        if key not in self._levels:
            self._levels[key] = self._read_level(num_id, level)
        return self._levels[key]

    def _read_level(self, num_id: str, level: int) -> _Level | None:
        element = self._override(num_id, level, "lvl")
        if element is None:
            abstract = self._abstract_of(num_id)
            element = _with_level(abstract, "lvl", level) if abstract is not None else None
        if element is None:
            return None
        start = whole_number(child_val(element, "start"))
        fonts = find(element, "rPr", "rFonts")
        return _Level(
            start=1 if start is None else start,
            number_format=child_val(element, "numFmt") or "decimal",
            text=child_val(element, "lvlText") or "",
            arabic_only=bool(is_on(find(element, "isLgl"))),
            restart_after=whole_number(child_val(element, "lvlRestart")),
            font=(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None,
            hidden=bool(is_on(find(element, "rPr", "vanish"))),
            picture=find(element, "lvlPicBulletId") is not None,
            style_id=child_val(element, "pStyle"),
        )

    def _abstract_of(self, num_id: str, depth: int = 0) -> Any:
        """The definition behind a number id, through a numbering style where it only points to one."""
        num = self._nums.get(num_id)
        abstract = self._abstract.get(child_val(num, "abstractNumId") or "") if num is not None else None
        link = child_val(abstract, "numStyleLink") if abstract is not None else None
        if link is not None and depth < MAX_LEVEL:
            target = self._styles.numbering_of_style(link)
            if target is not None and target != num_id:
                return self._abstract_of(target, depth + 1)
        return abstract

    def _list_key(self, num_id: str) -> str:
        abstract = self._abstract_of(num_id)
        key = abstract.get(f"{W}abstractNumId") if abstract is not None else None
        return key if key is not None else f"num {num_id}"

    def _override(self, num_id: str, level: int, tag: str) -> Any:
        num = self._nums.get(num_id)
        override = _with_level(num, "lvlOverride", level) if num is not None else None
        return find(override, tag)

    def _start_override(self, num_id: str, level: int) -> int | None:
        return whole_number(val(self._override(num_id, level, "startOverride")))

    def _level_of_style(self, num_id: str, style_id: str | None) -> int:
        """The level that names the style, which is how Word links heading styles to a list."""
        for level in range(MAX_LEVEL + 1):
            definition = self._level(num_id, level)
            if definition is not None and style_id is not None and definition.style_id == style_id:
                return level
        return 0


def _with_level(parent: Any, tag: str, level: int) -> Any:
    """The child of a tag for a level."""
    return next(
        (child for child in parent.iterchildren(f"{W}{tag}") if child.get(f"{W}ilvl") == str(level)),
        None,
    )


def _bullet(definition: _Level) -> str:
    """The bullet as a character that says the same without its font."""
    drawn = "".join(symbol_to_text(definition.font, ord(char)) or char for char in definition.text).strip()
    # Courier New's "o" is how Word draws a ring
    return "\N{WHITE BULLET}" if drawn == "o" else drawn
