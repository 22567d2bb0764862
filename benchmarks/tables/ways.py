"""The hundred ways: which table, how it is drawn, where it stands, and what a perfect reader brings back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from benchmarks.tables import contents as c
from benchmarks.tables.contents import LEFT, UP, Content

ALL = ("word", "office", "browser")
PRINTED = ("office", "browser")
DRAWN = ("browser",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table and its page look; ``before_pt`` is empty space above it, to bring it to the end of a page."""

    borders: str = "full"
    shaded_header: bool = False
    font: str = "Laksaman"
    size_pt: float = 14
    width: float = 1.0
    padding_pt: float | None = None
    landscape: bool = False
    rotate: int = 0
    turned_heads: bool = False
    repeat_header: bool = False
    may_cut_rows: bool = True
    symbol: tuple[str, str] | None = None  # font and code of Word's own symbol for a tick
    drawn_tick: str | None = None  # "path" or "box"
    bullets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One document: its parts in order, and the tables that they are. ``readers`` says which formats can show it."""

    name: str
    parts: tuple[Part, ...]
    truth: tuple[Content, ...]
    look: Look = field(default_factory=Look)
    readers: tuple[str, ...] = ALL

    def rows(self) -> list[tuple[str, ...]]:
        """All rows of the truth, a merged cell's text at its first slot, header rows included."""
        return [tuple(self._shown(cell) for cell in row) for content in self.truth for row in content.rows]

    def _shown(self, cell: str) -> str:
        """A cell's text as the page shows it: a browser draws the hyphens of a list as discs."""
        if cell in (LEFT, UP):
            return ""
        listed = self.look.bullets and "\n" in cell
        return "\n".join(re.sub(r"^- ", "• ", line) for line in cell.split("\n")) if listed else cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing on the way down the page: a text, space, a page's end, a table, or two tables beside each other."""

    text: str | None = None
    bold: bool = False
    space_pt: float = 0
    page_break: bool = False
    table: Content | None = None
    beside: Content | None = None
    nested: tuple[int, int, Content] | None = None  # row, column and table of a cell


def text(line: str, *, bold: bool = False) -> Part:
    return Part(text=line, bold=bold)


def plain(content: Content) -> tuple[Part, ...]:
    """A caption and its table."""
    return (text(content.caption, bold=True), Part(table=content))


def way(name: str, content: Content, *, readers: tuple[str, ...] = ALL, **look: object) -> Way:
    return Way(name=name, parts=plain(content), truth=(content,), look=Look(**look), readers=readers)  # type: ignore[arg-type]


BORDERS = [
    "full",
    "double",
    "thick",
    "hair",
    "dashed",
    "dotted",
    "grey",
    "coloured",
    "header-line",
    "horizontal",
    "vertical",
    "outer",
    "no-sides",
    "no-top-bottom",
    "none",
    "fills",
    "stripes",
    "white-lines",
]
NEEDS_LINES = {"none", "outer", "header-line"}  # rows without lines between: cells of one line


def _borders() -> list[Way]:
    ways = []
    for borders in BORDERS:
        content = c.SHORT if borders in NEEDS_LINES or borders == "vertical" else c.RESOURCES
        ways.append(way(f"borders {borders}", content, borders=borders))
    for borders in ("double", "hair", "dashed", "horizontal", "no-sides", "fills", "white-lines"):
        ways.append(way(f"borders {borders}, two header rows", c.TEAM, borders=borders, size_pt=12))
    for borders in ("horizontal", "no-sides", "stripes"):
        ways.append(way(f"borders {borders}, ticks", c.IMPACT, borders=borders, size_pt=12))
    ways.append(way("borders none, rows apart", c.RESOURCES, borders="none", padding_pt=7, size_pt=12))
    ways.append(way("borders none, lists", c.STRATEGY, borders="none", padding_pt=9, size_pt=12))
    ways.append(way("borders horizontal, lists", c.STRATEGY, borders="horizontal", size_pt=13))
    ways.append(way("borders vertical, rows apart", c.RESOURCES, borders="vertical", padding_pt=7, size_pt=12))
    return ways


def _merges() -> list[Way]:
    groups = ("กลุ่มงานบริการประชาชน", "กลุ่มงานสนับสนุน", "กลุ่มงานเทคนิค")
    return [
        way("merges two header rows", c.BIA, size_pt=12),
        way("merges two header rows, full", c.CHECKLIST),
        way("merges three header rows", c.with_title(c.BIA, "แบบวิเคราะห์ผลกระทบของกลุ่มอำนวยการ"), size_pt=12),
        way("merges three header rows, team", c.with_title(c.TEAM, "คณะทำงานชุดที่ 1"), size_pt=12),
        way("merges group rows", c.with_groups(c.BIA, groups), size_pt=12),
        way("merges group rows, steps", c.with_groups(c.STEPS, groups), size_pt=13),
        way("merges body rows", c.with_merged_first(c.BIA, groups, head="กลุ่มงาน"), size_pt=12),
        way(
            "merges body rows, resources", c.with_merged_first(c.RESOURCES, groups, head="กลุ่มงาน", every=5), size_pt=12
        ),
        way("merges body rows, hair lines", c.with_merged_first(c.STEPS, groups, head="ระยะ"), borders="hair"),
        way("merges total row", c.RESOURCES, size_pt=15),
        way("merges total row, horizontal", c.RESOURCES, borders="horizontal", size_pt=12),
        way("merges two headers, horizontal", c.CHECKLIST, borders="horizontal", size_pt=12),
    ]


def _split(name: str, content: Content, space_pt: float, **look: object) -> Way:
    parts = (*map(text, c.PROSE), Part(space_pt=space_pt), *plain(content), text(c.PROSE[0]))
    return Way(name=name, parts=parts, truth=(content,), look=Look(**look))  # type: ignore[arg-type]


def _continued(name: str, content: Content, at: int, *, header: bool, caption: str, **look: object) -> Way:
    again = (Part(page_break=True), *((text(caption, bold=True),) if caption else ()))
    parts = (
        *plain(c.first_rows(content, at)),
        *again,
        Part(table=c.later_rows(content, at, header=header)),
    )
    return Way(name=name, parts=parts, truth=(content,), look=Look(**look))  # type: ignore[arg-type]


def _splits() -> list[Way]:
    long, number = c.LONG_STEPS, c.LONG_STEPS.caption
    short_number = " ".join(number.split()[:2])
    return [
        _split("split, header repeated", long, 300, repeat_header=True, may_cut_rows=False),
        _split("split, no header", long, 300, may_cut_rows=False),
        _split("split, rows cut", long, 306),
        _split("split, rows cut, header repeated", long, 297, repeat_header=True),
        _split("split, rows cut, other place", long, 311, size_pt=15),
        _split("split, rows cut, large", long, 120, size_pt=16, font="Norasi"),
        _split("split, narrow columns cut", c.STRATEGY, 420, size_pt=16),
        _split("split, narrow columns cut, no sides", c.STRATEGY, 410, size_pt=15, borders="no-sides"),
        _split("split, horizontal lines", long, 300, borders="horizontal", may_cut_rows=False),
        _split("split, two header rows repeated", c.TEAM, 430, size_pt=16, repeat_header=True),
        _split("split, two header rows", c.TEAM, 430, size_pt=16, may_cut_rows=False),
        _split("split, landscape", long, 120, landscape=True, repeat_header=True),
        _split("split, ticks", c.IMPACT, 500, size_pt=15, repeat_header=True, may_cut_rows=False),
        _split("split, ticks, no header", c.IMPACT, 500, size_pt=15, may_cut_rows=False),
        _split("split, no lines", c.numbered(c.SHORT), 520, borders="none", may_cut_rows=False),
        _continued("continued, caption again", long, 8, header=True, caption=f"{number} (ต่อ)"),
        _continued("continued, number alone", long, 8, header=True, caption=f"{short_number} (ต่อ)"),
        _continued("continued, no header", long, 9, header=False, caption=f"{short_number} (ต่อ)"),
        _continued("continued, the word alone", c.BIA, 3, header=True, caption="(ต่อ)", size_pt=12),
        _continued("continued, no caption", c.TEAM, 2, header=True, caption="", size_pt=13),
    ]


def _ticks() -> list[Way]:
    ways = [
        way(f"tick {sign}", c.with_marks(c.IMPACT, sign), size_pt=12)
        for sign in ("✓", "✔", "√", "/", "X", "•", "●", "☑", "มี")
    ]
    ways += [
        way("tick มี ไม่มี", c.with_marks(c.IMPACT, "มี", empty="ไม่มี"), size_pt=12),
        way("tick dash for none", c.with_marks(c.IMPACT, "/", empty="-"), size_pt=12),
        way("tick boxes", c.with_marks(c.IMPACT, "☑", empty="☐"), size_pt=12),
        way("tick Wingdings F0FC", c.IMPACT, symbol=("Wingdings", "F0FC"), readers=("word", "office"), size_pt=12),
        way(
            "tick Wingdings F0FE",
            c.with_marks(c.IMPACT, "☑"),
            symbol=("Wingdings", "F0FE"),
            readers=("word", "office"),
            size_pt=12,
        ),
        way("tick Wingdings 2 F050", c.BIA, symbol=("Wingdings 2", "F050"), readers=("word", "office"), size_pt=12),
        way("tick drawn", c.IMPACT, drawn_tick="path", readers=DRAWN, size_pt=12),
        way("tick drawn boxes", c.STEPS, drawn_tick="box", readers=DRAWN, size_pt=13),
    ]
    return ways


def _type() -> list[Way]:
    ways = [
        way(f"font {font} {size:g}", content, font=font, size_pt=size)
        for font, size, content in (
            ("Garuda", 10, c.TEAM),
            ("Loma", 11, c.STRATEGY),
            ("Norasi", 14, c.BIA),
            ("Waree", 10, c.CHECKLIST),
            ("Umpush", 14, c.STEPS),
            ("Kinnari", 16, c.RESOURCES),
            ("Laksaman", 16, c.TEAM),
            ("Laksaman", 10, c.IMPACT),
        )
    ]
    ways += [
        way("narrow columns", c.TEAM, width=0.62, size_pt=14),
        way("narrow columns, steps", c.STEPS, width=0.45, size_pt=15),
        way("narrow columns, ticks", c.IMPACT, width=0.7, size_pt=13),
        way("tight rows", c.RESOURCES, padding_pt=0, size_pt=12),
        way("airy rows", c.TEAM, padding_pt=10, size_pt=12),
        way("Thai numerals", c.thai_digits(c.RESOURCES)),
        way("shaded header", c.TEAM, shaded_header=True, size_pt=12),
        way("heads turned", c.IMPACT, turned_heads=True, size_pt=12, readers=PRINTED),
        way("bullets in cells", c.STRATEGY, bullets=True, readers=("browser",)),
    ]
    return ways


def _pages() -> list[Way]:
    inner = c.first_rows(c.SHORT, 2)
    host = c.first_rows(c.STRATEGY, 2)
    pair = (text(c.PROSE[0]), Part(table=c.first_rows(c.CALLS, 3), beside=c.first_rows(c.SHORT, 3)), text(c.PROSE[1]))
    middle = (*map(text, c.PROSE), *plain(c.CALLS), *map(text, c.PROSE), *plain(c.RESOURCES), text(c.PROSE[1]))
    return [
        way("page landscape", c.BIA, landscape=True),
        way("page landscape, wide", c.numbered(c.TEAM), landscape=True),
        way("page turned 90, set upright", c.BIA, landscape=True, rotate=90, readers=PRINTED),
        way("page turned 270, set upright", c.IMPACT, landscape=True, rotate=270, readers=PRINTED),
        way("page turned 90, no lines", c.SHORT, borders="none", rotate=90, readers=PRINTED),
        way("turned table", c.turned(c.RESOURCES), size_pt=12),
        way("turned matrix", c.turned(c.first_rows(c.IMPACT, 4)), size_pt=11),
        way("numbering column", c.numbered(c.STEPS)),
        way("numbering column, two headers", c.numbered(c.BIA), size_pt=12),
        way("empty columns", c.with_column(c.with_column(c.STEPS, "ลงชื่อ"), "วันที่"), size_pt=12),
        way("empty column, horizontal", c.with_column(c.CALLS, "ลงชื่อ"), borders="horizontal", size_pt=12),
        way("call tree", c.CALLS),
        Way(name="two tables beside", parts=pair, truth=_two(pair), look=Look(landscape=True, size_pt=12)),
        Way(name="among prose", parts=middle, truth=(c.CALLS, c.RESOURCES)),
        Way(name="among prose, no lines", parts=middle[:5], truth=(c.CALLS,), look=Look(borders="none")),
        Way(
            name="among prose, horizontal", parts=middle, truth=(c.CALLS, c.RESOURCES), look=Look(borders="horizontal")
        ),
        Way(
            name="nested table",
            parts=(text(host.caption, bold=True), Part(table=host, nested=(1, 1, inner)), text(c.PROSE[1])),
            truth=(host, inner),
            look=Look(size_pt=11),
        ),
    ]


def _two(parts: tuple[Part, ...]) -> tuple[Content, ...]:
    return tuple(content for part in parts for content in (part.table, part.beside) if content is not None)


def all_ways() -> tuple[Way, ...]:
    """Every way, each with a name of its own."""
    ways = (*_borders(), *_merges(), *_splits(), *_ticks(), *_type(), *_pages())
    assert len({way.name for way in ways}) == len(ways)
    return ways
