"""The outline: headings and what follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docmodel.blocks import Block, TableBlock, TextBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the blocks up to the next heading of any level; subsections are sections of their own.

    ``section_id`` ("s001") is unique in its document; the text before the first heading is a section whose ``heading``
    is None. ``order`` counts from 1 over the document; ``level`` from 1. ``number`` is the number in front of the
    heading in Arabic numerals ("2.1"), None without one.
    """

    section_id: str
    parent_id: str | None
    order: int
    level: int
    heading: TextBlock | None
    blocks: tuple[Block, ...]
    number: str | None = None

    def text_blocks(self) -> Iterator[TextBlock]:
        """The section's paragraphs and list items, without its heading."""
        return (block for block in self.blocks if isinstance(block, TextBlock))

    def table_blocks(self) -> Iterator[TableBlock]:
        """The section's tables."""
        return (block for block in self.blocks if isinstance(block, TableBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All sections of a document in reading order; every block of the body is in exactly one of them.

    ``toc_entries`` are the lines of a table of contents: kept, but no evidence for anything.
    """

    sections: tuple[Section, ...]
    toc_entries: tuple[TextBlock, ...] = ()
    _children: dict[str | None, list[Section]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the subsections ready to be looked up."""
        children: dict[str | None, list[Section]] = {}
        for section in self.sections:
            children.setdefault(section.parent_id, []).append(section)
        object.__setattr__(self, "_children", children)

    def children(self, section_id: str | None) -> tuple[Section, ...]:
        """The direct subsections of a section (of the document for None)."""
        return tuple(self._children.get(section_id, ()))
