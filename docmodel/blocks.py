"""The blocks of a page's flow: paragraphs, pictures and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from docmodel.provenance import Provenance
from docmodel.table import Table
from docmodel.value_class import value_class


class BlockRole(StrEnum):
    """What a text block is on its page. HEADING only where the format itself says so (a Word style, markup)."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    PAGE_NUMBER = "page_number"
    CATCHWORD = "catchword"
    WATERMARK = "watermark"
    FOOTNOTE = "footnote"
    TOC_ENTRY = "toc_entry"

    @property
    def in_body(self) -> bool:
        """Whether the text belongs to the plan's own flow; the rest is kept with its page and out of the sections."""
        return self in (
            BlockRole.PARAGRAPH,
            BlockRole.HEADING,
            BlockRole.LIST_ITEM,
            BlockRole.FOOTNOTE,
            BlockRole.TOC_ENTRY,
        )


@value_class(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a text looks; None where the source does not say. Sizes and indents in points."""

    font_size_pt: float | None = None
    bold: bool | None = None
    underlined: bool | None = None
    centered: bool | None = None
    indent_pt: float | None = None


@value_class(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A paragraph, heading or list item.

    ``raw_text`` is what the source gives, never changed; ``text`` the same after repair (until then they are equal).
    In both, a line feed of a source with visual lines (PDF, OCR) is the end of a printed line in ``raw_text``, and two
    mark a new paragraph that the geometry shows; in ``text`` a line feed is always a break that the author made.
    ``marker`` is the number or bullet in front ("1.2", "-", "ก."), also one that Word draws by itself, and is then
    not repeated in ``text``; ``level`` is the heading's or list item's depth from 1, where the format says it.
    """

    role: BlockRole = BlockRole.PARAGRAPH
    raw_text: str
    text: str
    provenance: Provenance
    marker: str | None = None
    level: int | None = None
    style: TextStyle = field(default_factory=TextStyle)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBlock:
    """A picture or drawing that was not read as text; ``alt_text`` is what the author said of it."""

    provenance: Provenance
    alt_text: str | None = None


@value_class(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table at its place in the flow."""

    table: Table

    @property
    def provenance(self) -> Provenance:
        """The place of the table."""
        return self.table.provenance


Block = TextBlock | PictureBlock | TableBlock
