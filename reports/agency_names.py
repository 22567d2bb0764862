"""Whether two names mean one agency: surely, perhaps, or not.

Thai bodies are many and named alike: two subdistricts of one name lie in different provinces, and two names that differ
in one vowel are two places. Only the same spelling is sure; what is merely near is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from docmodel.vocabulary import AgencyType
from normalizers.text import normalize_value, thai_skeleton
from pipeline.identity.names import make_name
from pipeline.identity.reference import find_known_province
from pipeline.mapping.agency_words import load_agency_words

_SHORT_FORMS = (
    ("อบต.", "องค์การบริหารส่วนตำบล"),
    ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ("ทต.", "เทศบาลตำบล"),
    ("ทม.", "เทศบาลเมือง"),
    ("ทน.", "เทศบาลนคร"),
    ("รพ.สต.", "โรงพยาบาลส่งเสริมสุขภาพตำบล"),
    ("รพ.", "โรงพยาบาล"),
    ("รร.", "โรงเรียน"),
    ("สสจ.", "สำนักงานสาธารณสุขจังหวัด"),
    ("สสอ.", "สำนักงานสาธารณสุขอำเภอ"),
)
_PLACE = re.compile(r"\s+(?:ตำบล|อำเภอ|เขต|แขวง|ต\.|อ\.|จ\.)\s*[ก-๎].*$")
_PROVINCE = re.compile(r"(?:จังหวัด|จ\.)\s*([ก-๎]+)")
_PROVINCE_BEHIND = re.compile(r"\s+จังหวัด\s*[ก-๎]+$")
_NOT_NAMED_BY_PROVINCE = frozenset(
    {AgencyType.LOCAL_GOVERNMENT, AgencyType.SCHOOL, AgencyType.HOSPITAL, AgencyType.UNIVERSITY}
)
"""Bodies for which a province behind the name says where they are and is no part of it."""
_SLIPS = ((10, 2), (5, 1))
"""Letters of a name's own part, from which so many misread ones may be a slip; in a shorter one only vowels."""
_KEPT = 50_000


@lru_cache(maxsize=_KEPT)
def agency_key(name: str) -> str:
    """A name without what only its writer's habits change: spaces, abbreviations, the place behind it.

    >>> agency_key("อบต. บ้านตัวอย่าง") == agency_key("องค์การบริหารส่วนตำบลบ้านตัวอย่าง อำเภอเมือง")
    True
    >>> agency_key("เทศบาลตำบลบ้านดง") == agency_key("เทศบาลตำบลบ้านดุง")
    False
    """
    text = _write_out(normalize_value(name))
    text = _PLACE.sub("", text)
    made = make_name(text)
    if made is not None:
        text = made.name
        if made.agency_type in _NOT_NAMED_BY_PROVINCE:
            text = _PROVINCE_BEHIND.sub("", text)
    return re.sub(r"\s+", "", text).casefold()


def _write_out(text: str) -> str:
    for short, full in _SHORT_FORMS:
        if text.startswith(short):
            return full + text.removeprefix(short).lstrip()
    return text


@lru_cache(maxsize=_KEPT)
def province_in_name(name: str) -> str | None:
    """The province that an agency's name tells, None where it tells none.

    >>> province_in_name("สำนักงานตัวอย่างจังหวัดลำพูน")
    'ลำพูน'
    """
    match = _PROVINCE.search(normalize_value(name))
    return find_known_province(match[1]) if match else None


def differ_in_province(one: str | None, other: str | None) -> bool:
    """Whether two provinces are known and not the same."""
    return bool(one and other) and thai_skeleton(one or "") != thai_skeleton(other or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameIndex:
    """Keys of agencies to look for near ones in."""

    keys: tuple[str, ...]
    skeletons: tuple[str, ...]

    @classmethod
    def of(cls, keys: Iterable[str]) -> NameIndex:
        """The index of some keys."""
        kept = tuple(keys)
        return cls(keys=kept, skeletons=tuple(thai_skeleton(key) for key in kept))

    def near(self, key: str) -> list[str]:
        """The keys that may be a misspelling of this one, nearest first.

        >>> NameIndex.of(["เทศบาลตำบลบ้านดุง", "เทศบาลตำบลป่าซาง"]).near("เทศบาลตำบลบ้านดง")
        ['เทศบาลตำบลบ้านดุง']
        """
        allowed = next((slips for letters, slips in _SLIPS if _own_letters(key) >= letters), 0)
        found = process.extract(
            thai_skeleton(key), self.skeletons, scorer=Levenshtein.distance, score_cutoff=allowed, limit=None
        )
        return [self.keys[place] for _, _, place in found]


def _own_letters(key: str) -> int:
    """Letters of a name behind the word that names the kind of body."""
    start = next((word.word for word in load_agency_words() if not word.anywhere and key.startswith(word.word)), "")
    return len(thai_skeleton(key)) - len(thai_skeleton(start))
