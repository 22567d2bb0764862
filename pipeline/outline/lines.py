"""A document's blocks as the outline looks at them: number, words, looks and what the schema's words say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.mapping import Candidate
from normalizers.tables.captions import is_caption
from normalizers.text import normalize_value
from pipeline.mapping.headings import is_agency_alone, match_heading
from pipeline.mapping.lexicon import Lexicon
from pipeline.outline.numbering import Numbering, split_number

# A heading that wraps over two printed lines stays below this; longer texts are paragraphs.
MAX_HEADING_CHARS: Final = 220
_PICTURE_CAPTION: Final = re.compile(r"^\s*(?:ภาพ|รูป|แผนภูมิ|แผนภาพ|figure)(?:ที่)?\s*[0-9๐-๙]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A block with what the outline asks about it. ``text`` is without the number; ``candidates`` are the labels that
    its words may mean, empty for long texts, tables and pictures; ``agency_alone`` where they are only an
    agency's name."""

    index: int
    block: Block
    text: str
    numbering: Numbering | None = None
    candidates: tuple[Candidate, ...] = ()
    caption: bool = False
    agency_alone: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is a text with letters."""
        return isinstance(self.block, TextBlock) and bool(self.text)

    @property
    def role(self) -> BlockRole | None:
        """The block's role, None for tables and pictures."""
        return self.block.role if isinstance(self.block, TextBlock) else None

    @property
    def best(self) -> Candidate | None:
        """What the words most likely mean."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What is usual in a document: headings stand out from it. None and False where the source does not say."""

    body_size_pt: float | None
    bold_is_rare: bool
    centered_is_rare: bool


def read_lines(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Line, ...]:
    """One line per block."""
    return tuple(_read_line(index, block, lexicon) for index, block in enumerate(blocks))


def _read_line(index: int, block: Block, lexicon: Lexicon) -> Line:
    if not isinstance(block, TextBlock):
        return Line(index=index, block=block, text="")
    text = normalize_value(block.text)
    caption = is_caption(text) or bool(_PICTURE_CAPTION.match(text))
    numbering, words = split_number(block.marker, text)
    short = 0 < len(words) <= MAX_HEADING_CHARS
    return Line(
        index=index,
        block=block,
        text=words,
        numbering=numbering,
        candidates=match_heading(words, lexicon) if short and not caption else (),
        caption=caption,
        agency_alone=short and is_agency_alone(words, lexicon),
    )


def read_looks(lines: Sequence[Line]) -> Looks:
    """What size, weight and place the document's ordinary text has."""
    sizes: Counter[float] = Counter()
    bold = centered = letters = 0
    for line in lines:
        if not isinstance(line.block, TextBlock):
            continue
        style, length = line.block.style, len(line.text)
        letters += length
        bold += length if style.bold else 0
        centered += length if style.centered else 0
        if style.font_size_pt is not None:
            sizes[round(style.font_size_pt * 2) / 2] += length
    return Looks(
        body_size_pt=sizes.most_common(1)[0][0] if sizes else None,
        bold_is_rare=bold < 0.5 * letters,
        centered_is_rare=centered < 0.5 * letters,
    )
