"""Plans as marked-up text: their words, their layout, and what each part is evidence for.

A plan file starts with ``key: value`` lines up to ``---``. After that::

    % a line of the cover            # heading        ## subheading
    running text                     - item           1) item
    ! caption of the table below     | cell | cell |  (first row is the header; < and ^ continue a merged cell)
    = a heading that looks like running text
    > a line that only leads to what follows: a phase, a day, a numbered name without a heading's looks
    @2.1.objectives 3.pandemic       what follows serves these elements, until the next @ line (a bare @ ends it)

``{2.5.urgency}`` in a header cell says what the column serves, in a row's first cell what the row serves, at the end of
an item what that line serves. ``~2.6.it`` marks a place that nobody filled in. The tags never reach the document. So
the true status of every element follows from the tags that are left, also after a part has been taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from tests.documents.plans.kit import LEFT, UP, PlanWriter

_MARKS = (
    ("% ", "cover"),
    ("## ", "subheading"),
    ("# ", "heading"),
    ("! ", "caption"),
    ("= ", "bare"),
    ("> ", "lead"),
)
_TAG = re.compile(r"\s*\{([~\d\w., ]+)\}")
MIN_TEXT_CHARS = 26  # shorter lines of running text announce something: "วันที่ 2 ถึง 7"
UNFILLED = "~"  # in front of a tag: the element's place is there, nothing stands in it
_LEADING = ("heading", "subheading", "caption", "bare", "lead")
_RANKS = {"heading": 0, "bare": 0, "subheading": 1, "lead": 2}  # what a line of each kind stands above
_LEADS_IN = re.compile(r"(?:คือ|ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย)$")
_ITEM = re.compile(r"(-|•|\(?[\d๐-๙]+[.)]|[\d๐-๙]+(?:\.[\d๐-๙]+)+)\s")
_REQUIRED = {
    "2.1": ("objectives", "assumptions", "scope"),
    "2.2": ("incidents", "impacts"),
    "2.3": ("members", "roles", "leader"),
    "2.4": ("workplace", "equipment", "it", "personnel", "service_providers"),
    "2.5": ("processes", "urgency", "rto"),
    "2.6": ("workplace", "equipment", "it", "personnel", "service_providers"),
    "2.7": ("steps", "responsible"),
    "2.8": ("sequence",),
}
_OPTIONAL = {"2.3": ("coordinator", "backups", "contacts"), "2.8": ("contacts",)}
_OTHERS = ("3.pandemic", "3.long_duration", "3.eservice", "3.digital", "annex.checklist", "annex.strategy_map")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a plan: its kind, its cells or text without tags, and the elements it serves."""

    kind: str
    cells: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    own_tags: frozenset[str] = frozenset()
    cell_tags: tuple[frozenset[str], ...] = ()

    @property
    def leads(self) -> bool:
        """Whether the line only leads to what follows, unless a tag of its own says more."""
        is_short = (
            self.kind == "text"
            and len(self.cells[0]) < MIN_TEXT_CHARS
            and not any(tag.startswith(UNFILLED) for tag in self.tags)
        )
        leads_in = self.kind in ("text", "item") and bool(_LEADS_IN.search(self.cells[0]))
        return self.kind in _LEADING or is_short or leads_in

    @property
    def rank(self) -> int | None:
        """How high the line stands over what follows, 0 the highest; None where it opens nothing."""
        if self.kind in _RANKS:
            return _RANKS[self.kind]
        return _RANKS["lead"] if self.leads and not self.own_tags and self.kind != "caption" else None

    @property
    def served(self) -> frozenset[str]:
        """The elements that the line itself is evidence for."""
        return self.own_tags if self.leads else self.tags


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPlan:
    """A plan file."""

    name: str
    facts: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def is_plan(self) -> bool:
        """Whether the document is a continuity plan at all."""
        return self.facts.get("class", "bcp_plan") == "bcp_plan"

    def tags(self) -> frozenset[str]:
        """All elements that something in the document serves.

        A heading, a caption and a line that only leads to what follows serve nothing by themselves, unless a tag of
        their own says so.
        """
        return frozenset[str]().union(*(line.served.union(*line.cell_tags) for line in self.lines))


def read_plan(path: Path) -> MarkedPlan:
    """Read a plan file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line)
    lines: list[Line] = []
    region: frozenset[str] = frozenset()
    for raw in body.splitlines():
        if raw.startswith("@"):
            region = frozenset(raw[1:].split())
        elif raw.strip():
            lines.append(_parse_line(raw, region))
    return MarkedPlan(name=path.stem, facts=facts, lines=tuple(lines))


def _parse_line(raw: str, region: frozenset[str]) -> Line:
    if raw.startswith("|"):
        cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
        return Line(
            kind="row",
            cells=tuple(_TAG.sub("", cell).replace("\\n", "\n") for cell in cells),
            tags=region,
            cell_tags=tuple(_tags_of(cell) for cell in cells),
        )
    for mark, kind in _MARKS:
        if raw.startswith(mark):
            own = _tags_of(raw)
            return Line(kind=kind, cells=(_TAG.sub("", raw[len(mark) :]),), tags=region | own, own_tags=own)
    kind = "item" if _ITEM.match(raw) else "text"
    own = _tags_of(raw)
    return Line(kind=kind, cells=(_TAG.sub("", raw),), tags=region | own, own_tags=own)


def _tags_of(text: str) -> frozenset[str]:
    return frozenset(tag for found in _TAG.findall(text) for tag in re.split(r"[, ]+", found.strip()))


def expected_statuses(plan: MarkedPlan) -> dict[str, str]:
    """The status of each element that follows from the tags; what the files of a submission decide is left out."""
    if not plan.is_plan:
        return {}
    tags = plan.tags()
    statuses: dict[str, str] = {}
    for component, required in _REQUIRED.items():
        parts = [*required, *_OPTIONAL.get(component, ())]
        for part in parts:
            statuses[f"{component}.{part}"] = _status(f"{component}.{part}", tags)
        found = {statuses[f"{component}.{part}"] for part in required}
        statuses[component] = found.pop() if len(found) == 1 else "partial"
    if statuses["2.8"] == "missing":
        del statuses["2.8.contacts"]  # phones of the team reach nobody's tree: either answer is defensible
    elif "2.3.contacts" in tags:
        statuses["2.8.contacts"] = "present"  # "there or in the team table"
    for element in _OTHERS:
        statuses[element] = _status(element, tags)
    is_province = plan.facts.get("agency_type") == "province"
    statuses["3.interagency"] = (
        ("present" if "3.interagency" in tags else "missing") if is_province else "not_applicable"
    )
    overrides = plan.facts.get("statuses", "")
    statuses.update(pair.split("=") for pair in overrides.split())
    for element in plan.facts.get("open", "").split():  # two careful readers could differ here
        statuses.pop(element, None)
    return statuses


def _status(element: str, tags: frozenset[str]) -> str:
    return "present" if element in tags else "partial" if UNFILLED + element in tags else "missing"


def write_docx(plan: MarkedPlan, path: Path) -> None:
    """Lay the plan out as a Word file."""
    writer = PlanWriter(word_headings=plan.facts.get("headings", "word") == "word")
    covers = [line.cells[0] for line in plan.lines if line.kind == "cover"]
    if covers:
        writer.cover(*covers)
    rows: list[Line] = []
    for line in (*plan.lines, None):
        if line is not None and line.kind == "row":
            rows.append(line)
            continue
        if rows:
            _write_table(writer, rows)
            rows = []
        if line is not None and line.kind != "cover":
            _WRITERS[line.kind](writer, line.cells[0])
    writer.save(path)


def _write_table(writer: PlanWriter, rows: list[Line]) -> None:
    header_rows = 2 if len(rows) > 1 and UP in rows[1].cells else 1
    grid = [[LEFT if cell == "<" else UP if cell == "^" else cell for cell in row.cells] for row in rows]
    writer.table(grid, header_rows=header_rows)


_WRITERS: dict[str, Callable[[PlanWriter, str], None]] = {
    "heading": lambda writer, text: writer.heading(text, 1),
    "subheading": lambda writer, text: writer.heading(text, 2),
    "caption": lambda writer, text: writer.caption(text),
    "bare": lambda writer, text: writer.paragraph(text),
    "lead": lambda writer, text: writer.paragraph(text, indent=_ITEM.match(text) is None),
    "text": lambda writer, text: writer.paragraph(text),
    "item": lambda writer, text: writer.paragraph(text, indent=False),
}


def without_element(plan: MarkedPlan, element: str) -> MarkedPlan:
    """The plan without anything that serves an element: its lines, rows and columns taken out.

    A part goes as a whole: with the last of what served something under a heading goes the heading, and what only leads
    to it; a heading that still opens something of another element stays.
    """

    def serves(tags: frozenset[str]) -> bool:
        bare = {tag.removeprefix(UNFILLED) for tag in tags}
        return any(tag == element or tag.startswith(f"{element}.") for tag in bare)

    kept: list[Line] = []
    drop_columns: set[int] = set()
    previous_was_row = False
    for line, following in zip(plan.lines, (*plan.lines[1:], None), strict=True):
        if line.kind != "row":
            previous_was_row, drop_columns = False, set()
            whole = all(serves(frozenset({tag})) for tag in line.tags) if line.kind in _LEADING else serves(line.tags)
            if not (whole and line.tags) or (line.kind in _LEADING and not _opens_nothing(line, following)):
                kept.append(line)
            continue
        if not previous_was_row:
            drop_columns = {index for index, tags in enumerate(line.cell_tags) if serves(tags)}
        first_row, previous_was_row = not previous_was_row, True
        if serves(line.tags) or (not first_row and line.cell_tags and serves(line.cell_tags[0])):
            continue
        kept.append(without_columns(line, drop_columns))
    lines = _without_empty_headings(plan.lines, _without_lone_headers(plan.lines, kept))
    return replace(plan, lines=_without_bare_parts(plan.lines, lines))


def without_columns(row: Line, dropped: Collection[int]) -> Line:
    """A row without some columns; a merged cell whose first slot goes begins in the next one."""
    cells = list(row.cells)
    for col in sorted(dropped):
        if col + 1 < len(cells) and cells[col + 1] == LEFT and cells[col] != LEFT:
            cells[col + 1] = cells[col]
    keep = [col for col in range(len(cells)) if col not in dropped]
    return replace(row, cells=tuple(cells[col] for col in keep), cell_tags=tuple(row.cell_tags[col] for col in keep))


def _without_bare_parts(before: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """What is left without the parts under whose headings nothing serves an element any more."""
    served_before = {id(line) for index, line in enumerate(before) if _tags_under(before, index)}
    gone: set[int] = set()
    for index, line in enumerate(lines):
        if line.rank is not None and id(line) in served_before and not _tags_under(lines, index):
            gone.update(range(index, index + 1 + len(_under(lines, index))))
    return tuple(line for index, line in enumerate(lines) if index not in gone)


def _under(lines: tuple[Line, ...], index: int) -> list[Line]:
    """What stands under a line, up to the next that stands as high."""
    rank = lines[index].rank
    if rank is None:
        return []
    return list(takewhile(lambda line: line.rank is None or line.rank > rank, lines[index + 1 :]))


def _tags_under(lines: tuple[Line, ...], index: int) -> frozenset[str]:
    """The elements that what stands under a line serves."""
    return frozenset[str]().union(*(line.served.union(*line.cell_tags) for line in _under(lines, index)))


def _without_lone_headers(before: tuple[Line, ...], kept: list[Line]) -> list[Line]:
    """What is left without the header rows of tables that lost all their other rows."""
    with_groups = kept
    kept = [
        line
        for line, following in zip(with_groups, (*with_groups[1:], None), strict=True)
        if not _is_group(line) or (following is not None and following.kind == "row" and not _is_group(following))
    ]
    lost = {id(line) for line in _lone_rows(kept)} if _rows_of(before) != _rows_of(tuple(kept)) else set()
    alone_before = {line.cells for line in _lone_rows(list(before))}
    return [line for line in kept if id(line) not in lost or line.cells in alone_before]


def _is_group(line: Line) -> bool:
    """Whether a row runs over the whole table: the head of the rows below it."""
    return line.kind == "row" and len(line.cells) > 1 and all(cell == LEFT for cell in line.cells[1:])


def _rows_of(lines: tuple[Line, ...]) -> int:
    return sum(line.kind == "row" for line in lines)


def _lone_rows(lines: list[Line]) -> list[Line]:
    """Rows that are all there is of their table: a header, or a header in two rows."""
    tables: list[list[Line]] = [[]]
    for line in lines:
        if line.kind == "row":
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    alone = [table for table in tables if len(table) == 1 or (len(table) == 2 and UP in table[1].cells)]
    return [line for table in alone for line in table]


def _without_empty_headings(before: tuple[Line, ...], kept: list[Line]) -> tuple[Line, ...]:
    """What is left without the headings, captions and lone header rows whose contents went: a part that is taken out
    goes as a whole, and only a heading that stood empty before may stand empty after."""
    empty_before = {
        line.cells
        for line, following in zip(before, (*before[1:], None), strict=True)
        if _opens_nothing(line, following)
    }
    lines: list[Line] = []
    for line in reversed(kept):
        following = lines[-1] if lines else None
        if _opens_nothing(line, following) and line.cells not in empty_before:
            continue
        lines.append(line)
    return tuple(reversed(lines))


def _opens_nothing(line: Line, following: Line | None) -> bool:
    """Whether the end, or a line that stands as high or higher, comes right after a line that could open something."""
    if line.kind == "caption":
        return following is None or following.kind != "row"
    if line.rank is None:
        return False
    return following is None or (following.rank is not None and following.rank <= line.rank)
