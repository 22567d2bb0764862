"""A document on its way: the input file, what was read, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.issue import Issue
from docmodel.provenance import TextSource


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One input file.

    ``source_path`` is relative to the input folder with ``/`` between parts, and ``a.zip!/b.pdf`` for a member;
    ``path`` is where the bytes lie now. ``document_id`` is the first 16 hex digits of ``sha256``.
    """

    source_path: str
    path: Path
    size_bytes: int
    sha256: str

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the content's SHA-256."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, or the whole of a format without pages (``number`` None).

    ``blocks`` are in reading order, the ones outside the body included. Sizes in points as the reader sees the page;
    ``rotation`` in degrees clockwise (0, 90, 180, 270). ``quality`` is how much the text can be trusted (0–1),
    ``ocr_confidence`` the mean word confidence (0–1), ``damage`` the kinds of damage found, repaired or not.
    ``readable`` is False where there is something on the page that no reader could turn into text.
    """

    number: int | None
    blocks: tuple[Block, ...]
    source: TextSource
    width_pt: float | None = None
    height_pt: float | None = None
    rotation: int = 0
    quality: float | None = None
    ocr_confidence: float | None = None
    damage: tuple[str, ...] = ()
    readable: bool = True

    def text_blocks(self) -> Iterator[TextBlock]:
        """The page's text blocks, tables left out."""
        return (block for block in self.blocks if isinstance(block, TextBlock))

    def table_blocks(self) -> Iterator[TableBlock]:
        """The page's tables."""
        return (block for block in self.blocks if isinstance(block, TableBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedDocument:
    """What the extractors read: pages of blocks, nothing repaired. Tables are as they stand on each page."""

    source: SourceFile
    media_type: str
    pages: tuple[Page, ...]
    issues: tuple[Issue, ...] = ()
    metadata_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRepair:
    """How often a repair rule changed the text of a page, with one example of it (a few words around the change)."""

    page_number: int | None
    rule: str
    count: int
    example_before: str
    example_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalizedDocument:
    """A document with its text repaired and its flow put together.

    ``pages`` keep every block with ``text`` repaired, in reading order. ``blocks`` are the body over all pages: what
    stands outside the body is left out, a paragraph that a page end cut is one block, and a table that runs over pages
    is one logical table with its header rows known (each cell keeps its page and box).
    """

    source: SourceFile
    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    repairs: tuple[TextRepair, ...] = ()
    issues: tuple[Issue, ...] = ()
    metadata_title: str | None = None

    def tables(self) -> Iterator[TableBlock]:
        """The logical tables in order."""
        return (block for block in self.blocks if isinstance(block, TableBlock))
