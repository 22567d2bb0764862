"""Which resource dimension a need belongs to: by its group, the table's title, its own words, or its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docmodel.vocabulary import Dimension
from normalizers.markers import split_marker
from normalizers.quantities import parse_quantities
from pipeline.records.context import RecordContext, TablePlace
from pipeline.terms import compact
from pipeline.vocabulary import Vocabulary

# Rows of so many dimensions are no list of one.
MIN_MIXED = 3
# A title names dimensions; a longer text may name any.
MAX_TITLE_CHARS = 160
# What is counted in a unit that only one dimension has; "ราย" counts people and companies alike.
_UNITS = {
    Dimension.PERSONNEL: frozenset({"คน", "นาย", "อัตรา", "persons", "people", "staff"}),
    Dimension.WORKPLACE: frozenset({"ตร.ม.", "ตารางเมตร", "ห้อง", "หลัง", "ที่นั่ง", "จุด", "seats", "rooms", "sqm", "sq.m."}),
    Dimension.IT: frozenset({"ระบบ", "ช่อง", "ช่องสัญญาณ"}),
    Dimension.EQUIPMENT: frozenset({"เครื่อง", "ชุด", "คัน", "ลำ", "ตัว", "อัน", "กล่อง", "units", "sets", "pcs"}),
}
_IN_BRACKETS = re.compile(r"\(\s*([ก-๎.]+|[a-z.]+)\s*\)", re.IGNORECASE)
# Somebody who is counted as a firm is: "ผู้ดูแลสถานี (ราย)", and so is a network that people belong to.
_FIRMS = frozenset({"ราย", "บริษัท", "ห้าง"})
_NETWORK = "เครือข่าย"
_SYSTEM = "ระบบ"
_ACCOUNTS = frozenset({"users", "user", "accounts", "licenses", "บัญชี"})
_COUNTED = re.compile(r"^(?:จำนวน|รายการ)\s*")
_PEOPLE_UNITS = frozenset({"คน", "ราย", "อัตรา"})


def find_need_dimension(
    context: RecordContext,
    place: TablePlace,
    label: str,
    text: str,
    *,
    stated: Dimension | None,
    above: Dimension | None = None,
) -> tuple[Dimension, bool]:
    """The dimension of a need and whether anything but a guess says so.

    ``label`` is its name and ``text`` its row, ``stated`` what its group or its table says, ``above`` the dimension of
    the row above where the row is a total of those. A table whose title names several dimensions leaves the choice to
    each row.
    """
    if above is not None:
        return above, True
    vocabulary = context.vocabulary
    kind_of_thing = named_by_front(label, vocabulary)
    if stated is not None:
        several = _named_together(context, place) if stated is place.match.dimension else frozenset()
        own = {match.label for match in vocabulary.dimensions.find_all(text)} & several
        if several and not own and kind_of_thing is not None:
            return kind_of_thing, True
        return (own.pop() if len(own) == 1 else stated), True
    head, colon, _ = text.partition(":")  # "IT: ระบบประมูล"
    counted = _by_what_is_counted(label, text, kind_of_thing)
    if counted is not None:
        return counted, True
    if not colon and kind_of_thing is not None:
        return kind_of_thing, True
    for words in (head.strip() if colon else "", text):
        if words and (named := context.vocabulary.dimensions.label(words)) is not None:
            return named, True
    for around in place.around:
        if (named := context.vocabulary.dimensions.label(around)) is not None:
            return named, True
    by_unit = _by_unit(text)
    if by_unit is not None:
        return by_unit, True
    units = {quantity.unit for quantity in parse_quantities(text)}
    if units & _PEOPLE_UNITS:
        return Dimension.PERSONNEL, False
    return (Dimension.WORKPLACE if any("ตร" in (unit or "") for unit in units) else Dimension.EQUIPMENT), False


def rows_decide(context: RecordContext, place: TablePlace, labels: Iterable[str]) -> bool:
    """Whether the rows of a table are of so many dimensions that a place named in the heading says nothing of them
    ("ทรัพยากรที่ต้องใช้ ณ ที่ทำการสำรอง"). A caption or a label of its section counts whatever follows."""
    stated = place.match.dimension
    if stated is None:
        return False
    said = context.vocabulary.dimensions.label(place.caption) is not None or any(
        element.endswith(f".{stated.value}") for element in context.element_ids(place.section)
    )
    return not said and len({named_by_front(label, context.vocabulary) for label in labels} - {None}) >= MIN_MIXED


def named_by_front(label: str, vocabulary: Vocabulary) -> Dimension | None:
    """The dimension of the thing that a need's name begins with ("โต๊ะ", "ระบบ…"), by the longest word known."""
    name = compact(_COUNTED.sub("", split_marker(label)[1].strip()))
    named = vocabulary.dimensions.find(name)
    by_word = next(((word, dimension) for word, dimension in vocabulary.needs if name.startswith(word)), None)
    if named is not None and named.start == 0 and (by_word is None or named.length >= len(by_word[0])):
        return named.label
    return by_word[1] if by_word else None


def _by_what_is_counted(label: str, text: str, thing: Dimension | None) -> Dimension | None:
    """The dimension that name and unit tell together, None where they tell none."""
    counted = {quantity.unit for quantity in parse_quantities(text)} | set(_IN_BRACKETS.findall(label))
    name = split_marker(label)[1]
    if {unit.lower() for unit in counted if unit} & _ACCOUNTS:
        return Dimension.IT
    if thing is Dimension.EQUIPMENT and counted == {_SYSTEM}:
        return Dimension.IT  # "คอมพิวเตอร์และอินเทอร์เน็ต 1 ระบบ"
    if thing is None and name.startswith("ผู้") and counted & _UNITS[Dimension.PERSONNEL]:
        return Dimension.PERSONNEL
    firms = name.startswith("ผู้") and counted & _FIRMS
    people = name.startswith(_NETWORK) and counted & (_FIRMS | _PEOPLE_UNITS)
    return Dimension.SERVICE_PROVIDERS if firms or people else None


def _by_unit(text: str) -> Dimension | None:
    """The dimension that the units of a need speak for, None where they speak for none or for several."""
    units = {quantity.unit for quantity in parse_quantities(text)} | {
        unit.lower() for unit in _IN_BRACKETS.findall(text)
    }
    found = [dimension for dimension, words in _UNITS.items() if units & words]
    return found[0] if len(found) == 1 else None


def _named_together(context: RecordContext, place: TablePlace) -> frozenset[Dimension]:
    """The dimensions of the nearest title that names any, empty where it names one."""
    for text in place.around:
        if len(text) <= MAX_TITLE_CHARS:
            named = frozenset(match.label for match in context.vocabulary.dimensions.find_all(text))
            if named:
                return named if len(named) > 1 else frozenset()
    return frozenset()
