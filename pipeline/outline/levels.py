"""The level of each heading, from its number first, then its looks and the format, then its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docmodel.blocks import BlockRole, TextBlock
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, TITLE
from pipeline.outline.lines import Line
from pipeline.outline.numbering import Numbering, NumberKind

# Word alone keeps a heading's level by style; levels of Markdown come from programs that read page by page and jump.
MAX_LEVEL: Final = 9
KNOWN_FROM: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Levelled:
    """A heading with its level."""

    line: Line
    level: int


def find_levels(headings: Sequence[Line], *, trust_format: bool) -> tuple[Levelled, ...]:
    """The level of each heading from 1. ``trust_format`` where the format's own levels are the author's."""
    done: list[Levelled] = []
    for line in headings:
        stack = _stack(done)
        level = _level_of(line, stack, done, trust_format=trust_format)
        done.append(Levelled(line=line, level=max(1, min(level, MAX_LEVEL))))
    return tuple(done)


def _stack(done: Sequence[Levelled]) -> list[Levelled]:
    """The open headings, outermost first."""
    stack: list[Levelled] = []
    for levelled in done:
        while stack and stack[-1].level >= levelled.level:
            stack.pop()
        stack.append(levelled)
    return stack


def _level_of(line: Line, stack: list[Levelled], done: list[Levelled], *, trust_format: bool) -> int:
    numbering = line.numbering
    if numbering is not None and numbering.kind is NumberKind.CHAPTER:
        return _same_kind_level(numbering, done) or 1
    if numbering is not None and numbering.parts:
        return _numbered_level(numbering, line, stack, done)
    return _unnumbered_level(line, stack, done, trust_format=trust_format)


def _same_kind_level(numbering: Numbering, done: Sequence[Levelled]) -> int | None:
    for levelled in reversed(done):
        if levelled.line.numbering and levelled.line.numbering.kind is numbering.kind:
            return levelled.level
    return None


def _numbered_level(numbering: Numbering, line: Line, stack: list[Levelled], done: list[Levelled]) -> int:
    if numbering.depth > 1:
        return _deep_level(numbering, stack, done)
    open_sequences = [
        levelled
        for levelled in reversed(_with_closed_siblings(stack, done))
        if levelled.line.numbering
        and levelled.line.numbering.kind is numbering.kind
        and levelled.line.numbering.depth == 1
    ]
    for levelled in open_sequences:
        if levelled.line.numbering and numbering.follows(levelled.line.numbering):
            return levelled.level
    gaps = [
        (numbering.last - levelled.line.numbering.last, levelled.level)
        for levelled in open_sequences
        if levelled.line.numbering and numbering.last > levelled.line.numbering.last
    ]
    if gaps:
        return min(gaps)[1]
    inside = _content_parent(stack)
    return inside.level + 1 if inside is not None else 1


def _with_closed_siblings(stack: list[Levelled], done: list[Levelled]) -> list[Levelled]:
    """The open headings and, at each level, the last one: a sequence goes on after an unnumbered heading between."""
    last_at: dict[int, Levelled] = {}
    for levelled in done:
        last_at[levelled.level] = levelled
        for level in [level for level in last_at if level > levelled.level]:
            del last_at[level]
    return [last_at[level] for level in sorted(last_at)] or stack


def _content_parent(stack: list[Levelled]) -> Levelled | None:
    """The open heading that a new sequence "1., 2., …" can be inside of; titles and front matter have no sequences."""
    for levelled in reversed(stack):
        best = levelled.line.best
        outside = best is not None and best.label.startswith(OUTSIDE)
        if levelled.line.numbering is not None or not outside:
            return levelled
    return None


def _deep_level(numbering: Numbering, stack: list[Levelled], done: list[Levelled]) -> int:
    """Below the heading with the number's beginning, beside one with the same beginning."""
    for levelled in reversed(done):
        known = levelled.line.numbering
        if known is None:
            continue
        if known.kind is NumberKind.CHAPTER and known.parts == numbering.parts[:-1]:
            return levelled.level + 1
        if known.kind is NumberKind.DOTTED and known.depth > 1 and known.parts[:-1] == numbering.parts[:-1]:
            return levelled.level
    for levelled in reversed(done):
        known = levelled.line.numbering
        if known is not None and known.kind is NumberKind.DOTTED and known.parts == numbering.parts[:-1]:
            return levelled.level + 1
    chapters = any(levelled.line.numbering and levelled.line.numbering.kind is NumberKind.CHAPTER for levelled in stack)
    return numbering.depth if not chapters else max(2, numbering.depth)


def _unnumbered_level(line: Line, stack: list[Levelled], done: list[Levelled], *, trust_format: bool) -> int:
    label = _label(line)
    if label == TITLE or (not done):
        return 1
    if trust_format and isinstance(line.block, TextBlock) and line.block.role is BlockRole.HEADING and line.block.level:
        return line.block.level
    inside = next((other for other in stack if label is not None and _label(other.line) == label), None)
    if inside is not None:
        return inside.level + 1
    if _rank(label) == _PART:
        parts = [other.level for other in done if other.line.numbering is None and _rank(_label(other.line)) == _PART]
        return 1 if label is not None and label.startswith(_APART) else min(parts, default=1)
    alike = next((other for other in reversed(done) if _signature(other.line) == _signature(line)), None)
    if alike is not None and alike.line.numbering is None and label is None:
        return alike.level
    return stack[-1].level + 1 if stack else 1


# Annexes and what the schema does not ask for stand beside the plan's parts, whatever they follow.
_APART: Final = ("annex.", OUTSIDE)
_PART: Final = "part"
_DETAIL: Final = "detail"


def _rank(label: str | None) -> str | None:
    """Whether a label is a part of a plan of its own or a detail under one; None for what is not known."""
    if label is None or label == TITLE:
        return None
    if label.startswith(ASPECT) or (label.count(".") > 1 and label.startswith("2.6.")):
        return _DETAIL
    return _PART


def _label(line: Line) -> str | None:
    """What the words surely mean, None where they do not say."""
    return line.best.label if line.best is not None and line.best.score >= KNOWN_FROM else None


def _signature(line: Line) -> tuple[object, ...]:
    if not isinstance(line.block, TextBlock):
        return ()
    style = line.block.style
    return (line.block.role, style.font_size_pt, bool(style.bold), bool(style.centered), bool(style.underlined))
