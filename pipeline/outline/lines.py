"""A document's blocks as the outline looks at them: number, words, looks and what the schema's words say."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.mapping import Candidate
from docmodel.value_class import value_class
from normalizers.tables.captions import is_caption
from normalizers.text import normalize_value
from pipeline.mapping.headings import is_agency_alone, match_heading
from pipeline.mapping.lexicon import Lexicon
from pipeline.outline.numbering import Numbering, NumberKind, split_number

# A heading that wraps over two printed lines stays below this; longer texts are paragraphs.
MAX_HEADING_CHARS: Final = 220
# An amount that is the heading's number: a longer text is a sentence that begins with an amount.
MAX_NUMBERED_CHARS: Final = 60
_AMOUNT: Final = re.compile(r"([0-9]{1,2}) (?=\D)")
_PICTURE_CAPTION: Final = re.compile(r"^\s*(?:ภาพ|รูป|แผนภูมิ|แผนภาพ|figure)(?:ที่)?\s*[0-9๐-๙]+", re.IGNORECASE)


@value_class(frozen=True, slots=True, kw_only=True)
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
    lines = [_read_line(index, block, lexicon) for index, block in enumerate(blocks)]
    for index, numbering in _numbers_before_measures(lines):
        lines[index] = _read_line(index, blocks[index], lexicon, numbering)
    return tuple(lines)


def _numbers_before_measures(lines: Sequence[Line]) -> list[tuple[int, Numbering]]:
    """The lines that read like an amount ("๙ ขั้นตอน") but stand in a row of numbers: one less before, one more behind;
    a heading by its format needs only the first."""
    numbers = [line.numbering for line in lines if line.numbering and _is_chief(line.numbering)]
    places = [line.index for line in lines if line.numbering and _is_chief(line.numbering)]
    found: list[tuple[int, Numbering]] = []
    for line in lines:
        match = _AMOUNT.match(line.text) if line.numbering is None and line.is_text else None
        if match is None or len(line.text) > MAX_NUMBERED_CHARS:
            continue
        numbering = Numbering(kind=NumberKind.DOTTED, parts=(int(match[1]),))
        place = bisect(places, line.index)
        goes_on = place < len(numbers) and numbers[place].follows(numbering)
        if place and numbering.follows(numbers[place - 1]) and (goes_on or line.role is BlockRole.HEADING):
            found.append((line.index, numbering))
    return found


def _is_chief(numbering: Numbering) -> bool:
    return numbering.kind is NumberKind.DOTTED and numbering.depth == 1


def _read_line(index: int, block: Block, lexicon: Lexicon, number_in_text: Numbering | None = None) -> Line:
    """The line of a block; ``number_in_text`` where its first word is a number that nothing else takes for one."""
    if not isinstance(block, TextBlock):
        return Line(index=index, block=block, text="")
    text = normalize_value(block.text)
    caption = is_caption(text) or bool(_PICTURE_CAPTION.match(text))
    numbering, words = split_number(block.marker, text)
    if number_in_text is not None:
        numbering, words = number_in_text, _AMOUNT.sub("", words, count=1)
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
