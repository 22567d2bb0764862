"""Where a person looks before an element is called missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """A place where an element that was not found may stand: a heading, table or passage by its first words.

    ``words`` are those of the schema for the element that stand there. ``named`` says that the text is the name of the
    place, a heading or caption, and no words of its contents.
    """

    kind: str
    text: str
    page_no: int | None = None
    section_id: str | None = None
    table_id: str | None = None
    words: list[str]
    named: bool
