"""How much speaks for a line being a heading: each sign gives or takes points, and the sum decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from docmodel.blocks import BlockRole, TableBlock, TextBlock
from pipeline.mapping.lexicon import ASPECT, TITLE
from pipeline.outline.lines import MAX_HEADING_CHARS, Line, Looks
from pipeline.outline.numbering import Numbering, NumberKind

# What the sum must reach. The points were set by hand on the generated plans and looked at on real ones.
HEADING_FROM: Final = 2.0

FORMAT_SAYS_SO: Final = 3.0
KNOWN_WORDS: Final = 2.6
KNOWN_FROM: Final = 0.7
EXPLAINED_FROM: Final = 0.95
HINT_WORDS: Final = 0.8
ASPECT_WORDS: Final = 1.2
CHAPTER: Final = 2.0
DEEP_NUMBER: Final = 1.0
NUMBER: Final = 0.6
BOLD: Final = 1.0
UNDERLINED: Final = 0.6
CENTERED: Final = 0.5
LARGE: Final = 1.2
LARGER_BY: Final = 1.08
SHORT: Final = 0.5
SHORT_CHARS: Final = 60
LONG: Final = -1.0
LONG_CHARS: Final = 120
CONTENT_FOLLOWS: Final = 0.4
# Items of a list stand one after the other; sections have something between their headings.
SIBLING_NEXT: Final = -1.6
# The last of such items has a paragraph behind it; its words are no heading's, and its brothers were none.
AFTER_SIBLING: Final = -1.6
# A number that something higher follows at once: the last item of a list, unless its words are a heading by themselves.
NOTHING_UNDER: Final = -1.6
AFTER_LEAD_IN: Final = -2.6
LIST_ITEM: Final = -0.8
TABLE_WITHIN: Final = 3
BULLET: Final = -2.5
# The number after that of a sure heading.
CONTINUES: Final = 0.8
# A number that stands once in the document, in the one row from 1 on whose numbers are headings for the most part.
OF_THE_ROW: Final = 0.6
MIN_ROW: Final = 3
# So many numbers may be lacking before it.
MAX_SKIPPED: Final = 3
# Known words one below the other with nothing between: the labels of a drawing, not headings.
STACKED: Final = -1.6
AGENCY_ALONE: Final = -3.0
CLAUSE: Final = -0.7
MAX_CLAUSES: Final = 3
PURPOSE: Final = -2.5
# A sentence that announces a list, without a number of its own.
LEADS_IN: Final = -2.0
# A sentence that says what is done: no heading opens with its verb.
MEASURE: Final = -2.5
DATA: Final = -2.5
# A line of an order or list that names a person.
PERSON: Final = -2.5

# What stands in these parts is a list of statements.
STATEMENTS: Final = frozenset({"2.1.objectives", "2.1.assumptions", "2.1.scope"})

_CLAUSES: Final = re.compile(
    r"(?:^|\s)(?:ให้|โดย|ซึ่ง|จะ|ได้|เมื่อ|หาก|จึง|ดังนั้น|ทั้งนี้|เพื่อ)|สามารถ|ต้อง|หมายถึง|ดังกล่าว|ดังนี้|ดังต่อไปนี้"
    r"|(?<!\s)เพื่อให้|มีวัตถุประสงค์|จัดทำเพื่อ|จัดทำขึ้น"
)
_LEAD_IN: Final = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|คือ|ประกอบด้วย|อาทิ|เช่น|ดังกล่าวข้างต้น|มีหน้าที่|หมายถึง|:|：)\s*[:：]?\s*$"
)
_PURPOSE: Final = re.compile(r"^\s*เพื่อ")
_MEASURE: Final = re.compile(r"^\s*(?:ใช้|ย้าย|ยืม|เช่า|ทำสัญญา|ทำข้อตกลง|จัดหา|สลับ|ขอใช้|ขอยืม)")
_DATA: Final = re.compile(r"[0-9๐-๙][\s-]?(?:[0-9๐-๙][\s-]?){7,}|@|https?:|www\.|[→➔➜⇒]|--?>|=>")
# A title and two words of a name; posts such as "นายก…" and "นายอำเภอ" begin like a title and name nobody.
_PERSON: Final = re.compile(
    r"(?:นางสาว|น\.ส\.|นาง|นาย(?!ก|อำเภอ|ทะเบียน|ช่าง|แพทย์|สถานี|ด่าน|ตรวจ|สัตว)|ดร\.|ว่าที่ร้อย\S+)\s?[ก-ฮเแโใไ]\S+\s+[ก-ฮเแโใไ]\S+"
)


def score_heading(lines: Sequence[Line], index: int, looks: Looks, runs: frozenset[int]) -> float:
    """The points of a line; ``runs`` are the lines that are items of a list (see ``find_item_runs``).

    Never reaches ``HEADING_FROM`` for captions, tables, pictures, empty and long texts.
    """
    line = lines[index]
    if not line.is_text or line.caption or len(line.text) > MAX_HEADING_CHARS or not isinstance(line.block, TextBlock):
        return -10.0
    return (
        _words(line)
        + _number(line)
        + _looks(line.block, looks)
        + _length(line)
        + _clauses(line)
        + _surroundings(lines, index, runs)
    )


def _words(line: Line) -> float:
    points = FORMAT_SAYS_SO if line.role is BlockRole.HEADING else 0.0
    best = line.best
    if best is None:
        return points
    if best.label.startswith(ASPECT):
        return points + ASPECT_WORDS * best.score
    if best.score >= KNOWN_FROM:
        return points + KNOWN_WORDS * best.score
    return points + HINT_WORDS * best.score


def _number(line: Line) -> float:
    if line.numbering is None:
        return 0.0
    match line.numbering.kind:
        case NumberKind.CHAPTER:
            return CHAPTER
        case NumberKind.BULLET:
            return BULLET
        case NumberKind.DOTTED:
            return DEEP_NUMBER if line.numbering.depth > 1 else NUMBER
        case _:
            return 0.0


def _looks(block: TextBlock, looks: Looks) -> float:
    style = block.style
    points = 0.0
    if style.bold and looks.bold_is_rare:
        points += BOLD
    if style.underlined:
        points += UNDERLINED
    if style.centered and looks.centered_is_rare:
        points += CENTERED
    if style.font_size_pt and looks.body_size_pt and style.font_size_pt >= LARGER_BY * looks.body_size_pt:
        points += LARGE
    return points


def _length(line: Line) -> float:
    if len(line.text) <= SHORT_CHARS:
        return SHORT
    return LONG if len(line.text) > LONG_CHARS else 0.0


def _clauses(line: Line) -> float:
    points = CLAUSE * min(MAX_CLAUSES, len(_CLAUSES.findall(line.text)))
    if _PURPOSE.search(line.text):
        points += PURPOSE
    if line.numbering is None and line.role is not BlockRole.HEADING and _MEASURE.match(line.text):
        points += MEASURE
    if _DATA.search(line.text):
        points += DATA
    if _PERSON.match(line.text) and line.role is not BlockRole.HEADING:
        points += PERSON
    if line.numbering is None and line.role is not BlockRole.HEADING and _LEAD_IN.search(line.text):
        points += LEADS_IN
    return points


def _surroundings(lines: Sequence[Line], index: int, runs: frozenset[int]) -> float:
    line = lines[index]
    points = 0.0
    if index in runs:
        points += AFTER_LEAD_IN
    if _ends_a_list(lines, index):
        points += AFTER_SIBLING
    if line.role is BlockRole.LIST_ITEM and not _leads_to_table(lines, index):
        points += LIST_ITEM
    if line.agency_alone and line.numbering is None:
        points += AGENCY_ALONE
    following = lines[index + 1] if index + 1 < len(lines) else None
    if line.numbering is not None and line.role is not BlockRole.HEADING and _stands_higher(following, line.numbering):
        points += NOTHING_UNDER
    if following is None:
        return points
    if line.numbering and following.numbering and _comes_after(following.numbering, line.numbering):
        return points + SIBLING_NEXT
    if _is_bare(line) and _is_bare(following) and not following.text.startswith("("):
        points += STACKED
    if isinstance(following.block, TableBlock) or following.caption or len(following.text) > len(line.text):
        points += CONTENT_FOLLOWS
    return points


def _ends_a_list(lines: Sequence[Line], index: int) -> bool:
    """Whether a numbered line of unknown words comes right after the number before its own."""
    line, before = lines[index], lines[index - 1] if index else None
    if line.numbering is None or before is None or before.numbering is None or line.role is BlockRole.HEADING:
        return False
    # "(3) หัวหน้าคณะ…รายงานผล" begins with known words, too: only a heading is nothing else.
    is_list = line.numbering.kind in (NumberKind.BRACKETED, NumberKind.CLOSED)
    known = line.best is not None and line.best.score >= (EXPLAINED_FROM if is_list else KNOWN_FROM)
    return not known and _comes_after(line.numbering, before.numbering)


def _stands_higher(following: Line | None, numbering: Numbering) -> bool:
    """Whether the line after a numbered one is a heading above it, so that nothing stands under the number."""
    if following is None or following.role is BlockRole.HEADING:
        return True
    other = following.numbering
    if other is None or numbering.kind is NumberKind.CHAPTER:
        return False
    return other.kind is NumberKind.CHAPTER or (
        other.kind is NumberKind.DOTTED and numbering.kind is NumberKind.DOTTED and other.depth < numbering.depth
    )


def _is_bare(line: Line) -> bool:
    """Whether a line has known words and no other sign of a heading."""
    if not isinstance(line.block, TextBlock) or line.best is None or line.numbering is not None:
        return False
    if len(line.text) > SHORT_CHARS or line.best.score < KNOWN_FROM:
        return False
    style = line.block.style
    return line.role is not BlockRole.HEADING and not (style.bold or style.underlined or style.centered)


def _leads_to_table(lines: Sequence[Line], index: int) -> bool:
    """Whether known words in front of a table: "3. ความต้องการด้าน…" is a heading, though the format says item."""
    best = lines[index].best
    known = best is not None and best.score >= KNOWN_FROM
    return known and any(
        isinstance(line.block, TableBlock) or line.caption for line in lines[index + 1 : index + 1 + TABLE_WITHIN]
    )


def continuing_numbers(lines: Sequence[Line], headings: Sequence[int]) -> tuple[int, ...]:
    """The lines whose number is the next one, or soon after it, behind the last sure heading of the same kind and
    depth; and those that lead up to the first such heading, number by number."""
    sure = frozenset(headings)
    last: dict[tuple[NumberKind, int], Numbering] = {}
    found = []
    for line in lines:
        numbering = line.numbering
        if numbering is None or not numbering.parts:
            continue
        earlier = last.get((numbering.kind, numbering.depth))
        if earlier is not None and _comes_after(numbering, earlier):
            found.append(line.index)
        if line.index in sure or (found and found[-1] == line.index):
            last[(numbering.kind, numbering.depth)] = numbering
    return (*found, *_leading_up(lines, headings))


def rows_of_headings(lines: Sequence[Line], headings: Sequence[int]) -> frozenset[int]:
    """The lines of rows of numbers that run from 1 on through the document without a second "1" anywhere, where half of
    them or more are sure headings: the others are headings in words of their own."""
    sure = frozenset(headings)
    rows: dict[tuple[NumberKind, tuple[int, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        if line.is_text and line.numbering is not None and line.numbering.parts:
            rows[(line.numbering.kind, line.numbering.parts[:-1])].append(line)
    return frozenset(
        line.index
        for row in rows.values()
        if [line.numbering.last for line in row if line.numbering is not None] == list(range(1, len(row) + 1))
        and sum(line.index in sure for line in row) >= max(MIN_ROW, len(row) / 2)
        for line in row
    )


def _leading_up(lines: Sequence[Line], headings: Sequence[int]) -> list[int]:
    """The lines whose numbers lead up to the first sure heading of their kind and depth: where a plan begins late in
    its numbers, or with headings in words of its own."""
    sure = frozenset(headings)
    first: dict[tuple[NumberKind, int], Line] = {}
    for line in lines:
        if line.index in sure and line.numbering is not None and line.numbering.parts:
            first.setdefault((line.numbering.kind, line.numbering.depth), line)
    found = []
    for line in reversed(lines):
        numbering = line.numbering
        later = first.get((numbering.kind, numbering.depth)) if numbering is not None else None
        if numbering is None or later is None or later.numbering is None or line.index >= later.index:
            continue
        if later.numbering.follows(numbering):
            found.append(line.index)
            first[(numbering.kind, numbering.depth)] = line
    return found


def _comes_after(numbering: Numbering, earlier: Numbering) -> bool:
    """Whether a number is the next one, or only a few lie between: parts left out, or some whose number was misread."""
    alike = numbering.kind is earlier.kind and numbering.parts[:-1] == earlier.parts[:-1]
    return alike and 1 <= numbering.last - earlier.last <= MAX_SKIPPED + 1


def find_item_runs(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are items of a list: numbers that follow each other after a text that announces them."""
    found: set[int] = set()
    index = 0
    while index < len(lines):
        end = _end_of_run(lines, index)
        if end - index >= 2 and index and (_announces(lines[index - 1]) or _heads_list(lines[index - 1], lines[index])):
            found.update(range(index, end))
        index = max(end, index + 1)
    return frozenset(found)


def find_statements(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are a list right under a heading of statements: "3.1", "3.2" or "1.", "2." under "3. สมมติฐาน"."""
    return frozenset(
        item
        for index in range(1, len(lines))
        if _heads_list(lines[index - 1], lines[index]) and (end := _end_of_run(lines, index)) - index >= 2
        for item in range(index, end)
    )


def _heads_list(line: Line, first: Line) -> bool:
    """Whether a heading has statements and no parts under it, and a line is the first of them by its number."""
    known = [candidate.label for candidate in line.candidates if candidate.score >= KNOWN_FROM]
    above, below = line.numbering, first.numbering
    if len(known) != 1 or known[0] not in STATEMENTS or below is None or below.kind is NumberKind.CHAPTER:
        return False
    return below.last == 1 and below.parts[:-1] in ((), above.parts if above is not None else ())


def _announces(line: Line) -> bool:
    return line.is_text and line.role is not BlockRole.HEADING and bool(_LEAD_IN.search(line.text))


def _end_of_run(lines: Sequence[Line], start: int) -> int:
    """Where numbers that follow each other without anything between them end."""
    first = lines[start].numbering
    if first is None or first.kind is NumberKind.CHAPTER:
        return start
    end = start + 1
    while end < len(lines):
        numbering, earlier = lines[end].numbering, lines[end - 1].numbering
        if numbering is None or earlier is None:
            break
        both_bullets = numbering.kind is NumberKind.BULLET and earlier.kind is NumberKind.BULLET
        if not both_bullets and not _comes_after(numbering, earlier):
            break
        end += 1
    return end


def is_title(line: Line) -> bool:
    """Whether the words are only the plan's own name."""
    return line.best is not None and line.best.label == TITLE
