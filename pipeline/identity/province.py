"""The province that a body stands in, None for central bodies though they name provinces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import NormalizedDocument
from docmodel.vocabulary import AgencyType
from normalizers.text import normalize_value
from pipeline.identity.names import AgencyName, find_names
from pipeline.identity.reference import find_known_province, load_provinces

_PROVINCE: Final = re.compile(r"(?:จังหวัด|(?<![ก-๎])จ\.)\s*([ก-๙]{2,16})")
_DISTRICT_NUMBER: Final = re.compile(r"\s*เขต\s*\d+$")
# Addresses on the cover and in the preface speak of the agency; elsewhere of anybody.
OPENING_BLOCKS: Final = 40
OPENING: Final = 3.0
# A body text that names one province again and again, and others seldom.
MIN_MENTIONS: Final = 3
MIN_SHARE: Final = 0.6
BANGKOK: Final = "กรุงเทพมหานคร"

# A school's cover names the office of its district, which is called after the province.
_DISTRICT_OFFICE: Final = "สำนักงานเขตพื้นที่การศึกษา"
COVER_BLOCKS: Final = 12
# Courts are called after the province or the place of their seat.
_COURTS: Final = ("ศาล", "สำนักงานศาล", "สำนักงานประจำศาล")
_LOCAL: Final = frozenset(
    {
        AgencyType.PROVINCE,
        AgencyType.PROVINCIAL_OFFICE,
        AgencyType.LOCAL_GOVERNMENT,
        AgencyType.SCHOOL,
        AgencyType.HOSPITAL,
        AgencyType.UNIVERSITY,
        AgencyType.OTHER,
    }
)


def find_province(agency: AgencyName | None, document: NormalizedDocument) -> str | None:
    """The province of an agency: from its name first, else, for bodies outside the centre, from where they place
    themselves."""
    if agency is None:
        return None
    named = _PROVINCE.search(agency.name)
    if named is not None and (province := find_known_province(named[1])) is not None:
        return province
    seated = agency.agency_type is AgencyType.PROVINCIAL_OFFICE or agency.name.startswith(_COURTS)
    if seated and (province := _named_at_end(agency.name)) is not None:
        return province
    if agency.name.startswith((BANGKOK, "สำนักงานเขต")):
        return BANGKOK if "เขตพื้นที่" not in agency.name else _from_text(document, agency)
    return _from_text(document, agency) if agency.agency_type in _LOCAL else None


def _named_at_end(name: str) -> str | None:
    """The province that the name of an office ends with, its district's number left aside ("…ประถมศึกษาน่าน เขต 9")."""
    core = _DISTRICT_NUMBER.sub("", name)
    return next((province for province in load_provinces() if core.endswith(province)), None)


def _from_text(document: NormalizedDocument, agency: AgencyName) -> str | None:
    weights: dict[str, float] = {}
    for index, text in enumerate(_texts(document)):
        for match in _PROVINCE.finditer(text):
            province = find_known_province(match[1])
            if province is not None and not _is_of_another(text, match.start(), agency):
                weights[province] = weights.get(province, 0.0) + (OPENING if index < OPENING_BLOCKS else 1.0)
        if index < COVER_BLOCKS and agency.agency_type is AgencyType.SCHOOL:
            for _, name in find_names(text):
                if name.name.startswith(_DISTRICT_OFFICE) and (province := _named_at_end(name.name)) is not None:
                    weights[province] = weights.get(province, 0.0) + OPENING
    if not weights:
        return None
    best = max(weights, key=lambda province: weights[province])
    if weights[best] < MIN_MENTIONS or weights[best] < MIN_SHARE * sum(weights.values()):
        return None
    return best


def _is_of_another(text: str, start: int, agency: AgencyName) -> bool:
    """Whether a province is part of another body's name ("ห้องประชุมของสำนักงานพัฒนาชุมชนจังหวัด…"): a place that is lent."""
    names = [name for at, name in find_names(text) if 0 < at < start < at + len(name.name)]
    return any(name.key != agency.key for name in names)


def _texts(document: NormalizedDocument) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, TextBlock):
            yield normalize_value(block.text)
        elif isinstance(block, TableBlock):
            yield from (normalize_value(cell.text) for cell in block.table.cells)
