"""The level of each heading, from its number first, then its looks and the format, then its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, TITLE
from pipeline.outline.lines import Line
from pipeline.outline.numbering import Numbering, NumberKind

MAX_LEVEL: Final = 9
KNOWN_FROM: Final = 0.7
SMALLER_BY: Final = 1.05

# Annexes and what the schema does not ask for stand beside the plan's parts, whatever they follow.
_APART: Final = ("annex.", OUTSIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levelled:
    """A heading with its level."""

    line: Line
    level: int

    @property
    def numbering(self) -> Numbering | None:
        """The heading's number."""
        return self.line.numbering

    @property
    def label(self) -> str | None:
        """What the words surely mean."""
        return _label(self.line)


def find_levels(headings: Sequence[Line], *, trust_format: bool) -> tuple[Levelled, ...]:
    """The level of each heading from 1. ``trust_format`` where the format's own levels are the author's."""
    done = _Done()
    for line in headings:
        level = _level_of(line, done, trust_format=trust_format)
        done.add(Levelled(line=line, level=max(1, min(level, MAX_LEVEL))))
    return tuple(done.headings)


class _Done:
    """The headings that have a level, and what the next one asks of them: kept up to date with each, so that a
    document of thousands of headings takes no longer for each than a short one.

    ``stack`` are the open headings, outermost first. ``beside`` holds the level of the parts under a number ("1" for
    "1.2"), ``below`` that under a dotted number itself. ``parts`` counts the levels of parts of a plan.
    """

    def __init__(self) -> None:
        self.headings: list[Levelled] = []
        self.stack: list[Levelled] = []
        self.kinds: set[NumberKind] = set()
        self.chapter_level: int | None = None
        self.beside: dict[tuple[int, ...], int] = {}
        self.below: dict[tuple[int, ...], int] = {}
        self.parts: Counter[int] = Counter()
        self.unnumbered_part_level: int | None = None
        self._last: dict[int, Levelled] = {}
        self._numbered: dict[int, Levelled] = {}
        self._of_sort: dict[tuple[object, ...], tuple[int, int]] = {}
        self._level_since = 0

    def add(self, heading: Levelled) -> None:
        """Take the next heading in."""
        if self.headings and self.headings[-1].level != heading.level:
            self._level_since = len(self.headings)
        while self.stack and self.stack[-1].level >= heading.level:
            self.stack.pop()
        self.stack.append(heading)
        self._last = {level: known for level, known in self._last.items() if level < heading.level}
        self._last[heading.level] = heading
        if heading.numbering is None:
            # a sequence goes on after an unnumbered heading between its items
            self._last[heading.level] = self._numbered.get(heading.level, heading)
            self._of_sort[_sort(heading.line)] = (len(self.headings), heading.level)
        else:
            self._add_number(heading, heading.numbering)
        if _is_part(heading.label) and not (heading.label or "").startswith(_APART):
            self.parts[heading.level] += 1
            if heading.numbering is None:
                self.unnumbered_part_level = min(heading.level, self.unnumbered_part_level or MAX_LEVEL)
        self.headings.append(heading)

    def _add_number(self, heading: Levelled, numbering: Numbering) -> None:
        self._numbered[heading.level] = heading
        self.kinds.add(numbering.kind)
        if numbering.kind is NumberKind.CHAPTER:
            self.chapter_level = heading.level
            self.beside[numbering.parts] = heading.level + 1
        elif numbering.kind is NumberKind.DOTTED:
            self.below[numbering.parts] = heading.level + 1
            if numbering.depth > 1:
                self.beside[numbering.parts[:-1]] = heading.level

    def last_at_each_level(self) -> list[Levelled]:
        """The last heading of each level that is still open, or beside an open one."""
        return [self._last[level] for level in sorted(self._last)]

    def level_alike(self, line: Line) -> int | None:
        """The level of the last unnumbered heading of a line's sort, None where another level has come since."""
        index, level = self._of_sort.get(_sort(line), (-1, 0))
        return level if index >= self._level_since else None


def _level_of(line: Line, done: _Done, *, trust_format: bool) -> int:
    numbering = line.numbering
    if numbering is not None and numbering.kind is NumberKind.CHAPTER:
        return done.chapter_level or 1
    if numbering is not None and numbering.parts and not _is_misread_letter(line, done):
        return _deep_level(numbering, done) if numbering.depth > 1 else _item_level(line, numbering, done)
    return _unnumbered_level(line, done, trust_format=trust_format)


def _kind(heading: Levelled) -> NumberKind | None:
    return heading.numbering.kind if heading.numbering is not None else None


def _is_misread_letter(line: Line, done: _Done) -> bool:
    """A lone letter in front of a part of a plan where numbers count the parts: a digit that OCR took for a letter."""
    if line.numbering is None or line.numbering.kind is not NumberKind.LETTER or not _is_part(_label(line)):
        return False
    return NumberKind.LETTER not in done.kinds


def _item_level(line: Line, numbering: Numbering, done: _Done) -> int:
    """Beside the sequence that the number goes on with; where several could, the one with the same looks and rank."""
    sequences = [
        (heading, known)
        for heading in reversed(done.last_at_each_level())
        if (known := heading.numbering) is not None and known.kind is numbering.kind and known.depth == 1
    ]
    following = [heading for heading, known in sequences if numbering.follows(known)]
    if following:
        return max(following, key=lambda heading: (_likeness(line, heading.line), heading.level)).level
    later = [(numbering.last - known.last, heading) for heading, known in sequences if numbering.last > known.last]
    if later:
        return min(later, key=lambda pair: (pair[0], -_likeness(line, pair[1].line)))[1].level
    if sequences and numbering.last > 1:
        # a number that was misread or used twice still belongs to a sequence
        return max(sequences, key=lambda pair: (_likeness(line, pair[0].line), pair[0].level))[0].level
    above = _level_above_parts(numbering, done.stack)
    if above is not None:
        return above
    inside = _parent_of_sequence(done.stack)
    return inside.level + 1 if inside is not None else 1


def _level_above_parts(numbering: Numbering, stack: list[Levelled]) -> int | None:
    """The level of "2." where "1.1" and "1.2" are open and "1." itself has no heading of its own."""
    for heading in stack:
        known = heading.numbering
        if (
            known is not None
            and known.kind is NumberKind.DOTTED
            and known.depth > 1
            and known.parts[0] < numbering.last
        ):
            return max(1, heading.level - 1) if numbering.kind is NumberKind.DOTTED else None
    return None


def _likeness(line: Line, other: Line) -> int:
    return int(signature(line) == signature(other)) + int(_is_part(_label(line)) == _is_part(_label(other)))


def _parent_of_sequence(stack: list[Levelled]) -> Levelled | None:
    """The open heading that a new sequence "1., 2., …" can be inside of; titles and front matter have no sequences."""
    for heading in reversed(stack):
        outside = heading.label is not None and heading.label.startswith(OUTSIDE)
        if heading.numbering is not None or (not outside and heading.label is not None):
            return heading
    return None


def _deep_level(numbering: Numbering, done: _Done) -> int:
    """Beside a heading with the same beginning, or below the one whose number the beginning is."""
    above = numbering.parts[:-1]
    level = done.beside.get(above, done.below.get(above))
    if level is not None:
        return level
    chapters = any(_kind(heading) is NumberKind.CHAPTER for heading in done.stack)
    return max(2, numbering.depth) if chapters else numbering.depth


def _unnumbered_level(line: Line, done: _Done, *, trust_format: bool) -> int:
    label, stack = _label(line), done.stack
    if label == TITLE or not stack:
        return 1
    if trust_format and isinstance(line.block, TextBlock) and line.block.role is BlockRole.HEADING and line.block.level:
        return line.block.level
    inside = next((heading for heading in stack if label is not None and heading.label == label), None)
    if inside is not None:
        same = inside.numbering is None and _sort(line) == _sort(inside.line)
        return inside.level if same else inside.level + 1
    if stack[-1].numbering is not None and _is_smaller(line, stack[-1].line):
        return stack[-1].level + 1
    if _is_part(label):
        return _part_level(line, label or "", done)
    alike = done.level_alike(line)
    return alike if alike is not None else stack[-1].level + 1


def _part_level(line: Line, label: str, done: _Done) -> int:
    """Parts of a plan stand where its other parts stand, below a chapter that is open."""
    if label.startswith(_APART):
        return 1
    chapter = next((heading for heading in done.stack if _kind(heading) is NumberKind.CHAPTER), None)
    if chapter is not None and signature(chapter.line) != signature(line):
        return chapter.level + 1
    if done.unnumbered_part_level is not None:
        return done.unnumbered_part_level
    return done.parts.most_common(1)[0][0] if done.parts else 1


def _sort(line: Line) -> tuple[object, ...]:
    """By what unnumbered headings are of one sort: the same looks, and both a resource dimension or neither."""
    return (*signature(line), _is_aspect(line))


def _is_smaller(line: Line, other: Line) -> bool:
    """Whether a heading is set plainly smaller than another: a detail under it, whatever its words."""
    if not isinstance(line.block, TextBlock) or not isinstance(other.block, TextBlock):
        return False
    size, above = line.block.style.font_size_pt, other.block.style.font_size_pt
    return size is not None and above is not None and size * SMALLER_BY <= above


def _is_aspect(line: Line) -> bool:
    return line.best is not None and line.best.label.startswith(ASPECT)


def _is_part(label: str | None) -> bool:
    """Whether a label is a part of a plan of its own, not a detail under one."""
    return label is not None and label != TITLE and not label.startswith((ASPECT, "2.6."))


def _label(line: Line) -> str | None:
    """What the words surely mean, None where they do not say."""
    return line.best.label if line.best is not None and line.best.score >= KNOWN_FROM else None


def signature(line: Line) -> tuple[object, ...]:
    """The looks by which headings of one level are alike."""
    if not isinstance(line.block, TextBlock):
        return ()
    style = line.block.style
    size = round(style.font_size_pt) if style.font_size_pt is not None else None
    return (line.block.role, size, bool(style.bold), bool(style.underlined))
