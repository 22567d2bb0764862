"""Which resource dimension a need belongs to: by its group, the table's title, its own words, or its unit."""

from __future__ import annotations

from docmodel.vocabulary import Dimension
from normalizers.markers import split_marker
from normalizers.quantities import parse_quantities
from pipeline.records.context import RecordContext, TablePlace

# A title names dimensions; a longer text may name any.
MAX_TITLE_CHARS = 160
_SYSTEM = ("ระบบ", "โปรแกรม", "แอปพลิเคชัน")
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
    units = {quantity.unit for quantity in parse_quantities(text)}
    if units & _PEOPLE_UNITS:
        return Dimension.PERSONNEL, False
    return (Dimension.WORKPLACE if any("ตร" in (unit or "") for unit in units) else Dimension.EQUIPMENT), False


def _named_together(context: RecordContext, place: TablePlace) -> frozenset[Dimension]:
    """The dimensions of the nearest title that names any, empty where it names one."""
    for text in place.around:
        if len(text) <= MAX_TITLE_CHARS:
            named = frozenset(match.label for match in context.vocabulary.dimensions.find_all(text))
            if named:
                return named if len(named) > 1 else frozenset()
    return frozenset()
