"""Who notifies whom, from sentences, lists and tables; a mere mention of the words gives nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.table import Cell
from docmodel.vocabulary import TableKind
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from normalizers.tables import RowRole, printed_lines
from normalizers.text import normalize_value
from pipeline.datasets.rows import CallTreeRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.drawn_trees import read_drawn_tree
from pipeline.records.items import Item, block_items, one_line
from pipeline.table_view import TableView
from pipeline.vocabulary import Vocabulary

MAX_ACTOR_CHARS = 110
# A chain of calls in a paragraph of another part: so many calls, so many callers who were told before.
MIN_CHAIN = 3
MIN_LINKS = 2
_NO_CHAIN = ("annex", "3.")
_CLAUSE = re.compile(
    r"(?:จากนั้น|หลังจากนั้น|ต่อจากนั้น|แล้วจึง|โดย(?=ผู้|หัวหน้า|ทีม|ประธาน)|ซึ่ง(?=ผู้|หัวหน้า|ทีม)|และ(?=ผู้ประสาน|หัวหน้า|ทีม)"
    r"(?=[^\n]{0,60}(?:แจ้ง|ติดต่อ|รายงาน|โทร))|;|\n)"
)
_STOP = re.compile(
    r"(?:รับทราบ|ทราบ|เพื่อ|เกี่ยวกับ|ผ่านทาง|ผ่าน|ทางโทร|โดย|ตามลำดับ|ตามราย|ภายใน|ว่า|และประกาศ|และแจ้ง|แล้ว|ทันที|พร้อม|จากนั้น|ให้ดำเนินการ|ให้มา|"
    r"ดำเนินการ|ในกรณี|กรณี|หาก|ที่ได้ระบุ|ซึ่ง|เมื่อ|หลังจาก|(?<=\S)\s*(?:โทร|หมายเลข|เบอร์)|[(\[,;.])"
)
_TRAIL = re.compile(
    r"(?:\s|จะ|ต้อง|ได้|มีหน้าที่|เป็นผู้|ทำการ|ทำหน้าที่|ดำเนินการ|สามารถ|ติดต่อและ|ติดต่อ|โทรกลับไป|โทรศัพท์|โทร|ประสาน|จึง|แล้ว|และ|ให้|เป็นคน|รับผิดชอบ|"
    r"ใน|(?<=\s)การ|ขั้นตอน|ผู้|:|-|–|ไป)+$"
)
_LEAD = re.compile(r"^(?:\s|ให้|แก่|ไปยัง|ยัง|ต่อ|กับ|ถึง|ไป|แด่|:)+")
_ARROW = re.compile(r"\s*(?:→|➔|➜|➡|↓|⬇|-->|->|=>|⇒|[\uf0e0\uf0e2\uf0e8\uf0ea\uf0f0\uf0f2])\s*")
_AND = ("และ", "พร้อมทั้ง", "รวมทั้ง", "แล้ว")
_BEFORE_ACTOR = ("จาก", "โดย", "ให้", "เมื่อ")
_OBJECT_OF = ("ติดต่อ", "แจ้ง", "ต่อ", "ไปยัง", "รายงาน", "แก่")
_PASSIVE = re.compile(r"(?:ได้รับแจ้งจาก|ได้รับการแจ้งจาก|รับแจ้งจาก|รับแจ้งเหตุจาก)")


def read_call_tree(context: RecordContext) -> tuple[CallTreeRow, ...]:
    """One row per notification, each caller and callee once, in reading order."""
    rows = [row for place in context.tables(TableKind.CALL_TREE) for row in _table_rows(context, place)]
    for section in context.sections("2.8"):
        said = [row for block in section.text_blocks() for row in _block_rows(context, section, block)]
        rows += said or read_drawn_tree(context, section)
    if not rows:
        rows += _chains_elsewhere(context)
    unique: dict[tuple[str | None, str | None], CallTreeRow] = {}
    for row in rows:
        unique.setdefault((row.caller, row.callee), row)
    return tuple(unique.values())


def find_notifications(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Pairs of caller and callee that sentences state: "ก แจ้ง ข", "ก → ข", "ข ได้รับแจ้งจาก ก"."""
    pairs: list[tuple[str, str]] = []
    chain = [part.strip() for part in _ARROW.split(text)]
    if len(chain) > 1:
        people = [one_line(split_marker(part)[1]) for part in chain]
        return tuple((caller, callee) for caller, callee in pairwise(people) if caller and callee)
    last: str | None = None
    for clause in _CLAUSE.split(one_line(text)):
        found = _read_clause(clause, last, vocabulary)
        pairs += found
        last = found[-1][1] if found else last
    return tuple(pairs)


def _read_clause(clause: str, before: str | None, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The pairs of a clause; ``before`` was told last and is the caller of a clause that names none."""
    passive = _PASSIVE.search(clause)
    if passive is not None:
        told = _actor_in_front(clause[: passive.start()], vocabulary)
        teller, _ = _actor_at(clause[passive.end() :], vocabulary)
        return [(teller, told)] if told and teller else []
    pairs: list[tuple[str, str]] = []
    done = 0
    for verb in _verb_pattern(vocabulary.notify_verbs).finditer(clause):
        if verb.start() < done:
            continue
        callee, length = _actor_at(clause[verb.end() :], vocabulary)
        if callee is None:
            continue
        front = clause[done : verb.start()]
        caller = _actor_in_front(front, vocabulary) or (before if not front.strip() else None)
        if caller is None and pairs and front.strip() in _AND:
            caller = pairs[-1][0]  # "ก รายงาน ข และแจ้ง ค"
        if caller is not None and caller != callee:
            pairs.append((caller, callee))
            before, done = callee, verb.end() + length
    return pairs


def _actor_in_front(text: str, vocabulary: Vocabulary) -> str | None:
    """Who acts at the end of the words before a verb: the last name that begins a word and is nobody's object."""
    text = _TRAIL.sub("", text)
    start: int | None = None
    last_end = -1
    for match in _actor_pattern(vocabulary.call_actors).finditer(text):
        before = text[: match.start()]
        begins = not before or before[-1] in " )" or before.endswith(_BEFORE_ACTOR)
        joined = last_end >= 0 and not text[last_end : match.start()].strip()
        if start is None or (begins and not joined):
            start = match.start()
        last_end = match.end()
    if start is None or text[:start].rstrip().endswith(_OBJECT_OF):
        return None
    actor = _TRAIL.sub("", text[start:]).strip()
    return normalize_value(actor) if 2 < len(actor) <= MAX_ACTOR_CHARS else None


def _actor_at(text: str, vocabulary: Vocabulary) -> tuple[str | None, int]:
    """Who is named right after a verb, and how many characters that takes."""
    plain = _LEAD.sub("", text)
    if _actor_pattern(vocabulary.call_actors).match(plain) is None:
        return None, 0
    stops = (_STOP.search(plain, 3), _next_caller(vocabulary.call_actors, vocabulary.notify_verbs).search(plain, 3))
    stop = min((found for found in stops if found is not None), key=lambda found: found.start(), default=None)
    actor = _TRAIL.sub("", plain[: stop.start()] if stop else plain).strip(" -–:")
    taken = len(text) - len(plain) + (stop.start() if stop else len(plain))
    return (normalize_value(actor), taken) if 2 < len(actor) <= MAX_ACTOR_CHARS else (None, 0)


def _chains_elsewhere(context: RecordContext) -> Iterator[CallTreeRow]:
    """The chain that a paragraph tells in another part: several people, each telling the next. One step that tells
    somebody is none, nor is what the checklist, an order or the preface says."""
    for section in context.mapped.outline.sections:
        if any(element.startswith(_NO_CHAIN) for element in context.element_ids(section)):
            continue
        for block in section.text_blocks():
            pairs = find_notifications(block.text, context.vocabulary)
            told = {callee for _, callee in pairs}
            if len(pairs) >= MIN_CHAIN and sum(caller in told for caller, _ in pairs) >= MIN_LINKS:
                yield from _block_rows(context, section, block)


def _block_rows(context: RecordContext, section: Section, block: TextBlock) -> Iterator[CallTreeRow]:
    for item in _chains_by_line(block) or block_items(block):
        for caller, callee in find_notifications(item.text, context.vocabulary):
            yield CallTreeRow(
                **context.block_place(section, block),
                step_no=item.number,
                caller=caller,
                callee=callee,
                text=normalize_value(item.text),
            )


def _chains_by_line(block: TextBlock) -> tuple[Item, ...]:
    """The printed lines of a block where each is a chain of arrows by itself; none for any other block."""
    lines = [line for line in block.raw_text.split("\n") if line.strip()]
    if len(lines) < MIN_LINKS or not all(_ARROW.search(line) for line in lines):
        return ()
    if any(not part for line in lines for part in _ARROW.split(line.strip())):
        return ()  # a chain that runs over the end of its line
    return tuple(Item(marker=None, text=one_line(line)) for line in lines)


def _table_rows(context: RecordContext, place: TablePlace) -> Iterator[CallTreeRow]:
    view = place.view
    caller, callee = view.column_of("caller"), None
    callee = next((c for c in view.columns if "callee" in c.own and c is not caller), None)
    number = view.column_of("number")
    heads = range(view.table.header_rows or 0)
    for row in (*(row for row in heads if _ARROW.search(view.row_text(row))), *view.body_rows):
        if view.roles[row] is RowRole.GROUP:
            continue
        text = view.row_text(row)
        pairs: tuple[tuple[str | None, str | None], ...] = find_notifications(text, context.vocabulary)
        if callee is not None and (to := one_line(view.text(row, callee.index))) and not is_blank(to):
            teller = one_line(view.text(row, caller.index)) if caller is not None else ""
            told = find_told(view, row, callee.index, context.vocabulary) or (to,)
            pairs = tuple((None if is_blank(teller) else normalize_value(teller), normalize_value(one)) for one in told)
        step = normalize_value(view.text(row, number.index)).strip("(). ") if number else ""
        cell = view.cell(row, callee.index if callee else 0)
        base: dict[str, Any] = context.cell_place(place, cell)
        for one, other in pairs:
            yield CallTreeRow(**base, step_no=step or None, caller=one, callee=other, text=normalize_value(text))


def find_told(view: TableView, row: int, col: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Each of several people that a cell names on lines of their own; empty where a line is no name.

    A printed line that ends because its column does is no line of its own: there the next name had no room.
    """
    lines = tuple(split_marker(line)[1] for line in _cell_lines(view.cell(row, col)))
    names = [_actor_pattern(vocabulary.call_actors).match(line) for line in lines]
    if len(lines) < 2 or not all(names):
        return ()
    cells = [cell for index in view.body_rows if (cell := view.cell(index, col)) is not None]
    if any(cell.provenance.source.has_visual_lines for cell in cells):
        room = max(_width(line) for cell in cells for line in _cell_lines(cell))
        words = [name[0] for name in names[1:] if name is not None]
        if any(_width(line) + _width(word) > room for line, word in zip(lines, words, strict=False)):
            return ()
    return lines


def _cell_lines(cell: Cell | None) -> tuple[str, ...]:
    if cell is None:
        return ()
    if cell.provenance.source.has_visual_lines:
        return printed_lines(cell.raw_text, cell.text)
    return tuple(line.strip() for line in cell.text.split("\n") if line.strip())


def _width(text: str) -> int:
    """How many letters a text takes on a line: marks take no room."""
    return sum(unicodedata.category(char) != "Mn" for char in text)


@cache
def _verb_pattern(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(verb) for verb in verbs))


@cache
def _next_caller(actors: tuple[str, ...], verbs: tuple[str, ...]) -> re.Pattern[str]:
    """Where, after a space, the next one to tell begins: "แจ้งหัวหน้ากอง หัวหน้ากองแจ้งเจ้าหน้าที่"."""
    actor, verb = "|".join(map(re.escape, actors)), "|".join(map(re.escape, verbs))
    return re.compile(rf"\s+(?=(?:{actor})[^\s]{{0,60}}?(?:{verb}))")


@cache
def _actor_pattern(actors: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(actor) for actor in actors))
