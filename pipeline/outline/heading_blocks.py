"""Blocks cut and joined so that each heading is one: run-in headings cut off, a chapter's number put to its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.mapping import Candidate
from normalizers.tables.captions import is_caption
from normalizers.text import normalize_value, thai_skeleton
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, Lexicon
from pipeline.outline.evidence import STATEMENTS, find_statements
from pipeline.outline.lines import read_lines
from pipeline.outline.numbering import Numbering, NumberKind, split_number

# The words before the break must be explained entirely by the schema's terms: a sentence may begin with one, too.
MIN_SCORE: Final = 0.95
MIN_NUMBERED_SCORE: Final = 0.7
MIN_REST_CHARS: Final = 12
MAX_HEAD_CHARS: Final = 120
# Where a Thai word of common length had still fitted on the line before, its author ended that line, not the paper.
WORD_LETTERS: Final = 8

# No clock's time: letters in front of the colon, and a text behind it.
_LABELLED: Final = re.compile(r"\s*[^\s:：][^:：]{1,38}[^\W\d_][ะ-๎]*\s?[:：]\s*[^\s\d]")
_COLON: Final = re.compile(r"\s*[:：]\s*")
# A mere space is no break between a word that counts and its number ("วันที่ ๒"), nor before what goes on with it.
_BREAK: Final = re.compile(
    r"\s*(?P<strong>\t| {2,}|[:：]|\s[-–—]\s)\s*|(?P<weak>(?:(?<!ที่) +| +(?![0-9๐-๙]))(?!ถึง|จน|และ|หรือ|เป็นต้นไป))"
)


def join_lone_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with a chapter's number on a line of its own ("บทที่ ๑") put in front of the line after it."""
    joined: list[Block] = []
    for block in blocks:
        number = joined[-1] if joined else None
        if (
            isinstance(block, TextBlock)
            and isinstance(number, TextBlock)
            and _is_lone_chapter(number)
            and 0 < len(block.text.strip()) <= MAX_HEAD_CHARS
            and split_number(block.marker, block.text)[0] is None
        ):
            text, raw_text = f"{number.text.strip()} {block.text}", f"{number.raw_text}\n{block.raw_text}"
            joined[-1] = replace(block, text=text, raw_text=raw_text)
        else:
            joined.append(block)
    return tuple(joined)


def _is_lone_chapter(block: TextBlock) -> bool:
    numbering, words = split_number(block.marker, normalize_value(block.text))
    return numbering is not None and numbering.kind is NumberKind.CHAPTER and not words.strip()


def split_run_in_headings(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The same blocks with each such block cut at its headings, which are still unproven.

    Lines of the author are cut off where they are known headings; printed lines, where the line before was ended on
    purpose. Within a line a known heading is cut off after a colon or a tab, after a mere space only with a number of
    two parts or more, since sentences begin with the same words. Statements listed under their heading stay whole.
    """
    full_lines = _full_line_lengths(blocks)
    statements = find_statements(read_lines(blocks, lexicon))
    pieces: list[Block] = []
    for index, block in enumerate(blocks):
        if index in statements:
            pieces.append(block)
            continue
        for line in _split_lines(block, full_lines.get(block.provenance.page_number, 0), lexicon):
            pieces += _split_in_line(line, lexicon)
    return tuple(pieces)


def _split_lines(block: Block, full_line: int, lexicon: Lexicon) -> Iterator[Block]:
    """Cut a block in front of and behind each line that is a known heading; one that begins with a label and a colon
    ("ผลกระทบ: …") also in front of each printed line that does."""
    if not isinstance(block, TextBlock):
        yield block
        return
    labelled: set[int] = set()
    if "\n" in block.text:
        lines = block.text.split("\n")
        cuts = {index for index, line in enumerate(lines) if _is_heading_line(line, lexicon)}
    elif block.provenance.source.has_visual_lines and "\n" in block.raw_text:
        lines = block.raw_text.split("\n")
        ended = [
            index
            for index in range(1, len(lines))
            if _length(lines[index - 1]) + min(_length(lines[index]), WORD_LETTERS) < full_line
        ]
        cuts = {index for index in ended if _is_heading_line(lines[index], lexicon)}
        if _LABELLED.match(lines[0]):
            labelled = {index for index, line in enumerate(lines) if _LABELLED.match(line)}
    else:
        yield block
        return
    starts = sorted({0} | cuts | labelled | {index + 1 for index in cuts if index + 1 < len(lines)})
    if len(starts) == 1 or is_caption(block.text):
        yield block
        return
    yield from _cut_at(block, ["\n".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)])


def _is_heading_line(line: str, lexicon: Lexicon) -> bool:
    text = normalize_value(line)
    if not text or len(text) > MAX_HEAD_CHARS or is_caption(text):
        return False
    numbering, words = split_number(None, text)
    best = _known(words, lexicon)
    if best is None:
        return False
    return best.score >= (MIN_NUMBERED_SCORE if _is_deep(numbering) else MIN_SCORE)


def _known(words: str, lexicon: Lexicon) -> Candidate | None:
    """The schema's label that words mean, None for labels outside the schema and mere dimensions."""
    best = next(iter(match_heading(words, lexicon)), None)
    return None if best is None or best.label.startswith((OUTSIDE, ASPECT)) else best


def _is_deep(numbering: Numbering | None) -> bool:
    """Whether a number is one of headings only: a chapter's, or one with two parts or more."""
    if numbering is None:
        return False
    return numbering.kind is NumberKind.CHAPTER or (numbering.kind is NumberKind.DOTTED and numbering.depth > 1)


def _split_in_line(block: Block, lexicon: Lexicon) -> Iterator[Block]:
    place = _find_break(block, lexicon) if isinstance(block, TextBlock) else None
    if place is None or not isinstance(block, TextBlock):
        yield block
        return
    yield from _cut_at(block, [block.text[: place[0]].rstrip(), block.text[place[1] :].lstrip()])


def _find_break(block: TextBlock, lexicon: Lexicon) -> tuple[int, int] | None:
    """Start and end of the break after the heading: the longest that adds nothing new to what the first words say."""
    if is_caption(block.text):
        return None
    if _is_all_heading(block, lexicon):
        return _find_colon(block, lexicon)
    best: tuple[int, int] | None = None
    labels: set[str] = set()
    for match in _BREAK.finditer(block.text[: MAX_HEAD_CHARS + 1]):
        head, rest = block.text[: match.start()], block.text[match.end() :]
        numbering, words = split_number(block.marker, normalize_value(head))
        if not words or len(rest.strip()) < MIN_REST_CHARS:
            continue
        if match["strong"] is None and (not _is_deep(numbering) or ":" in words):  # behind a colon stands what it says
            continue
        known = _known(words, lexicon)
        if known is None or known.score < MIN_SCORE:
            continue
        found = {candidate.label for candidate in match_heading(words, lexicon)}
        if best is not None and match["strong"] is None and not found <= labels:
            break
        best, labels = (match.start(), match.end()), found
    return best


def _find_colon(block: TextBlock, lexicon: Lexicon) -> tuple[int, int] | None:
    """The colon behind a heading of statements whose first one says only words that headings know, too
    ("๒.๒ สมมติฐาน: สำนักงานสำรองยังใช้ได้"); after other headings such words go on with them."""
    match = _COLON.search(block.text)
    if match is None or len(block.text[match.end() :].strip()) < MIN_REST_CHARS:
        return None
    known = _known(split_number(block.marker, normalize_value(block.text[: match.start()]))[1], lexicon)
    says = known is not None and known.score >= MIN_SCORE and known.label in STATEMENTS
    return match.span() if says and "ก" <= block.text[match.end()] <= "ไ" else None


def _is_all_heading(block: TextBlock, lexicon: Lexicon) -> bool:
    """Whether the whole text is one heading already ("ขอบเขต ของแผน")."""
    if len(block.text) > MAX_HEAD_CHARS:
        return False
    candidates = match_heading(split_number(block.marker, normalize_value(block.text))[1], lexicon)
    return bool(candidates) and candidates[0].score >= MIN_SCORE


def _cut_at(block: TextBlock, pieces: Sequence[str]) -> Iterator[TextBlock]:
    """The block in pieces; each piece is cut out of the text and the raw text by its letters."""
    text, raw_text = block.text, block.raw_text
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        text_piece, text = (text, "") if last else _take(text, piece)
        raw_piece, raw_text = (raw_text, "") if last else _take(raw_text, piece)
        yield replace(
            block,
            role=BlockRole.PARAGRAPH,
            text=text_piece.strip(" \t\n:："),
            raw_text=raw_piece.strip(" \t\n:："),
            marker=block.marker if index == 0 else None,
            level=None,
        )


def _take(text: str, piece: str) -> tuple[str, str]:
    """Take a piece from the front of a text: as it stands there, else as much as has the letters of the piece."""
    start = len(text) - len(text.lstrip())
    if text.startswith(piece, start):
        return text[: start + len(piece)], text[start + len(piece) :]
    wanted = len(thai_skeleton(piece))
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(thai_skeleton(text[:middle])) < wanted:
            low = middle + 1
        else:
            high = middle
    while low < len(text) and not text[low].isspace() and len(thai_skeleton(text[: low + 1])) == wanted:
        low += 1
    return text[:low], text[low:]


def _length(line: str) -> int:
    """Letters of a line without the marks above and below, so that its length is like its width."""
    line = line.strip()
    return len(line) - sum(line.count(letter) for letter in set(line) if unicodedata.category(letter) == "Mn")


def _full_line_lengths(blocks: Sequence[Block]) -> dict[int | None, int]:
    """How long a printed line is that fills the page, for each page; told from the lines that go on."""
    longest: dict[int | None, int] = {}
    for block in blocks:
        if isinstance(block, TextBlock) and block.provenance.source.has_visual_lines:
            lengths = [_length(line) for line in block.raw_text.split("\n")[:-1]]
            page_number = block.provenance.page_number
            longest[page_number] = max([longest.get(page_number, 0), *lengths])
    return longest
