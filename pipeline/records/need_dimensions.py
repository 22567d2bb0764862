"""Which resource dimension a need belongs to: by its group, the table's title, its own words, or its unit."""

from __future__ import annotations

import re

from docmodel.vocabulary import Dimension
from normalizers.markers import split_marker
from normalizers.quantities import parse_quantities
from pipeline.records.context import RecordContext, TablePlace

# A title names dimensions; a longer text may name any.
MAX_TITLE_CHARS = 160
_SYSTEM = ("ระบบ", "โปรแกรม", "แอปพลิเคชัน")
# What is counted in a unit that only one dimension has; "ราย" counts people and companies alike.
_UNITS = {
    Dimension.PERSONNEL: frozenset({"คน", "นาย", "อัตรา"}),
    Dimension.WORKPLACE: frozenset({"ตร.ม.", "ตารางเมตร", "ห้อง", "หลัง", "ที่นั่ง", "จุด"}),
    Dimension.IT: frozenset({"ระบบ", "ช่อง", "ช่องสัญญาณ"}),
    Dimension.EQUIPMENT: frozenset({"เครื่อง", "ชุด", "คัน", "ลำ", "ตัว", "อัน", "กล่อง"}),
}
_IN_BRACKETS = re.compile(r"\(\s*([ก-๎.]+)\s*\)")
# Words in front that say what a body is which is counted in "ราย": somebody who sells or serves.
_COMPANIES = ("ผู้ขาย", "ผู้รับจ้าง", "ผู้ให้", "ผู้ผลิต", "บริษัท", "ร้าน", "ห้าง")
_PEOPLE_UNITS = frozenset({"คน", "ราย", "อัตรา"})


def find_need_dimension(
    context: RecordContext,
    place: TablePlace,
    text: str,
    *,
    stated: Dimension | None,
    above: Dimension | None = None,
) -> tuple[Dimension, bool]:
    """The dimension of a need and whether anything but a guess says so.

    ``text`` is its row, ``stated`` what its group or its table says, ``above`` the dimension of the row above where the
    row is a total of those. A table whose title names several dimensions leaves the choice of them to each row.
    """
    if above is not None:
        return above, True
    labels = {match.label for match in context.vocabulary.dimensions.find_all(text)}
    if stated is not None:
        several = _named_together(context, place) if stated is place.match.dimension else frozenset()
        own = labels & several
        if not own and Dimension.IT in several and split_marker(text)[1].startswith(_SYSTEM):
            return Dimension.IT, True
        return (own.pop() if len(own) == 1 else stated), True
    head, colon, _ = text.partition(":")  # "IT: ระบบประมูล"
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


def _by_unit(text: str) -> Dimension | None:
    """The dimension that the units of a need speak for, None where they speak for none or for several."""
    if text.startswith(_COMPANIES):
        return Dimension.SERVICE_PROVIDERS
    units = {quantity.unit for quantity in parse_quantities(text)} | set(_IN_BRACKETS.findall(text))
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
