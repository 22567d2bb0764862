"""Lists inside a text: its items with their numbers, whatever sets them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docmodel.blocks import BlockRole, TextBlock
from docmodel.value_class import value_class
from normalizers.markers import split_marker
from normalizers.marks import is_placeholder
from normalizers.numerals import to_arabic_digits
from pipeline.vocabulary import Vocabulary

_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)]\s*(?=\D)")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|^)[•▪■●➢❖*]\s+")
_DIGITS = re.compile(r"\d+")
_DOTTED_LINE = re.compile(r"\.{5,}|…{2,}|_{5,}|(?:\.\s){4,}")
_STEP_PROMPT = re.compile(r"^\s*ระบุ\s*(?:$|[.…_]{2,}|(?:ขั้นตอน|กิจกรรม|การดำเนินการ|ผู้รับผิดชอบ|ชื่อ)\S{0,20}$)")
# Lines without any marker are items only when each could be a sentence; shorter ones are a wrapped text.
MIN_LINE_CHARS = 18


@value_class(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a list: its number or bullet as printed (None without one) and its text."""

    marker: str | None
    text: str

    @property
    def number(self) -> str | None:
        """The number in Arabic numerals without brackets and dots at its ends; None for a bullet."""
        if self.marker is None:
            return None
        number = to_arabic_digits(self.marker).strip("().: ")
        return number if any(char.isalnum() for char in number) else None


def split_items(text: str, *, sub_items: bool = False) -> tuple[Item, ...]:
    """The items of a text: lines with markers, numbers that count up inside a line, or bullets inside a line.

    A line without a marker goes on the item above. Items of a lower kind (bullets under numbers, or the bullets that
    follow a line ending in a colon) stay with the item above unless ``sub_items``.

    >>> [item.text for item in split_items("1. จัดรถ 2. จัดคน")]
    ['จัดรถ', 'จัดคน']
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = [piece for line in lines for piece in _split_line(line)]
    marked = [piece for piece in pieces if piece.marker is not None]
    if not marked:
        return _unmarked(lines)
    return _grouped(pieces, sub_items=sub_items)


def block_items(block: TextBlock, *, sub_items: bool = False) -> tuple[Item, ...]:
    """The items of a paragraph or list item; the block's own marker is the first item's."""
    if block.marker is None:
        return split_items(block.text, sub_items=sub_items)
    first, *rest = split_items(block.text, sub_items=sub_items) or (Item(marker=None, text=block.text.strip()),)
    if first.marker is None:
        return (Item(marker=block.marker, text=first.text), *rest)
    return (Item(marker=block.marker, text=one_line(block.text)),)


def is_listed(block: TextBlock) -> bool:
    """Whether a block is an item of a list: by its role, its marker, or a marker in front of its text."""
    return block.role is BlockRole.LIST_ITEM or block.marker is not None or split_marker(block.text)[0] is not None


def is_unfilled(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text still is the form's: a prompt, or a line of dots to write on."""
    bare = split_marker(text)[1].strip()
    return is_placeholder(bare) or bare.startswith(vocabulary.prompts) or bool(_DOTTED_LINE.search(bare))


def is_unfilled_step(text: str) -> bool:
    """Whether a step still is the form's prompt. "ระบุ" alone does not say so: to identify is a step's own verb."""
    bare = split_marker(text)[1].strip()
    return bool(_STEP_PROMPT.match(bare)) if bare.startswith("ระบุ") else is_placeholder(text)


def one_line(text: str) -> str:
    """A text with its breaks as spaces."""
    return " ".join(text.split())


def _split_line(line: str) -> list[Item]:
    marker, rest = split_marker(line)
    numbers = _counting_up(line)
    if len(numbers) >= 2:
        starts = [match.start() for match in numbers]
        head = line[: starts[0]].strip()
        pieces = [line[start:end].strip() for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
        split = [split_marker(piece) for piece in pieces]
        items = [Item(marker=mark, text=text.strip()) for mark, text in split]
        return [Item(marker=None, text=head), *items] if head else items
    bullets = list(_INLINE_BULLET.finditer(line))
    if len(bullets) >= 2 or (bullets and bullets[0].start() > 0):
        starts = [match.start() for match in bullets]
        head = line[: starts[0]].strip()
        items = [
            Item(marker=line[start], text=line[start + 1 : end].strip())
            for start, end in zip(starts, [*starts[1:], len(line)], strict=True)
        ]
        return [*_split_line(head), *items] if head else items
    return [Item(marker=marker, text=rest.strip())]


def _counting_up(line: str) -> list[re.Match[str]]:
    """Numbers inside a line that count 1, 2, 3, …: a list that lost its line breaks."""
    found: list[re.Match[str]] = []
    for match in _INLINE_NUMBER.finditer(line):
        if int(match.group(1)) == (int(found[-1].group(1)) + 1 if found else 1):
            found.append(match)
    return found


def _unmarked(lines: list[str]) -> tuple[Item, ...]:
    if len(lines) > 1 and all(len(line) >= MIN_LINE_CHARS for line in lines):
        return tuple(Item(marker=None, text=line) for line in lines)
    text = " ".join(lines)
    return (Item(marker=None, text=text),) if text else ()


def _kind(item: Item) -> str:
    """What sort of marker an item has: its shape with the number left out ("#.", "(#)", "#.#"), else the bullet itself.

    "8 ระบบ…" in a list of "1." is the rest of a line that ended in "ตารางที่", not an item.
    """
    marker = to_arabic_digits(item.marker or "")
    shape = _DIGITS.sub("#", marker)
    return shape.rstrip(".") if shape.count("#") > 1 else shape


def _grouped(pieces: Iterable[Item], *, sub_items: bool) -> tuple[Item, ...]:
    items: list[Item] = []
    top: str | None = None
    heads_list = False
    for piece in pieces:
        kind = _kind(piece)
        if piece.marker is None:
            if items:
                items[-1] = Item(marker=items[-1].marker, text=f"{items[-1].text} {piece.text}".strip())
            else:
                items.append(piece)
            heads_list = items[0].marker is None and items[0].text.rstrip().endswith(_OPENERS)
            continue
        if top is None and not (heads_list and not sub_items):
            top = kind
        if (kind == top or sub_items) and not (heads_list and not sub_items):
            items.append(piece)
        elif items:
            shown = f"{items[-1].text} {piece.marker} {piece.text}".strip()
            items[-1] = Item(marker=items[-1].marker, text=shown)
        else:
            items.append(piece)
    return tuple(item for item in items if item.text)


_OPENERS = (":", "ได้แก่", "ดังนี้", "ดังต่อไปนี้", "ประกอบด้วย", "ครอบคลุม")
