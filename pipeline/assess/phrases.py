"""Whether a text says one of the phrases of a schema, and whether it speaks of a long time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from normalizers.durations import HOURS_PER_MONTH, parse_duration
from normalizers.phones import parse_phones
from pipeline.schema_files.criteria import TextTest
from pipeline.terms import compact

__all__ = ["PhraseBook", "asks_more", "compact", "fits", "lasts_over", "phrase_pattern"]

# How far apart the two words around a "*" may stand: about a clause, so that they belong together.
_GAP: Final = r".{0,60}?"
_WILDCARDS: Final = {"*": _GAP, "#": r"\d", "^": "^", "$": "$"}

_NUMBER: Final = r"(?:\d+|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบสอง|สิบเอ็ด|สิบ)"
_MORE_BEFORE: Final = (
    r"(?P<before>มากกว่า|เกินกว่า|เกิน|นานกว่า|ยาวกว่า|หลัง|พ้น|over|beyond|after|morethan|>)?(?:ระยะเวลา|เวลา)?"
)
_MORE_AFTER: Final = r"(?P<after>ขึ้นไป|เป็นต้นไป|ormore|andmore|\+)?"
_PERIOD: Final = re.compile(
    rf"{_MORE_BEFORE}(?P<period>{_NUMBER}(?:(?:-|–|ถึง|to){_NUMBER})?(?:วัน|สัปดาห์|เดือน|days?|weeks?|months?)){_MORE_AFTER}"
)
# Months counted from the incident: from the second on it has lasted more than one.
_LATER_MONTH: Final = re.compile(r"เดือนที่(?:[2-9]|สอง|สาม|สี่|ห้า|หก)(?!\d)|(?:หลัง|พ้น)(?:จาก)?เดือนแรก")


@lru_cache(maxsize=4096)
def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds the first of several phrases in a compact text."""
    anywhere = "|".join(_phrase_regex(phrase) for phrase in phrases if not phrase.startswith("^"))
    if not any(phrase.startswith("^") for phrase in phrases):
        return re.compile(anywhere or r"(?!)")
    # the openings of a text are not tried at each of its letters
    opening = "|".join(map(_phrase_regex, phrases))
    return re.compile(rf"\A(?:{opening})|{anywhere}" if anywhere else rf"\A(?:{opening})")


def _phrase_regex(phrase: str) -> str:
    return "".join(_WILDCARDS.get(character) or re.escape(character) for character in compact(phrase))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseBook:
    """The phrase sets of a schema by name."""

    sets: Mapping[str, tuple[str, ...]]
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def pattern(self, name: str) -> re.Pattern[str]:
        """What finds the first phrase of a set."""
        pattern = self._patterns.get(name)
        if pattern is None:
            pattern = self._patterns[name] = phrase_pattern(self.sets[name])
        return pattern

    def find(self, names: Iterable[str], compact_text: str) -> str | None:
        """The words by which a compact text says one of the sets, None where it says none."""
        for name in names:
            match = self.pattern(name).search(compact_text)
            if match:
                return match.group()
        return None

    def holds(self, test: TextTest, compact_text: str) -> bool:
        """Whether a compact text passes all parts of a test."""
        return (
            (not test.phrases or self.find(test.phrases, compact_text) is not None)
            and all(self.find((name,), compact_text) is not None for name in test.near)
            and self.find(test.without, compact_text) is None
            and fits(test, compact_text)
        )


def asks_more(test: TextTest) -> bool:
    """Whether a test asks anything beside its phrases."""
    return test.min_chars > 0 or test.phone or test.lasts_over_hours is not None


def fits(test: TextTest, compact_text: str) -> bool:
    """Whether a compact text passes what a test asks beside its phrases."""
    return (
        len(compact_text) >= test.min_chars
        and (not test.phone or bool(parse_phones(compact_text)))
        and (test.lasts_over_hours is None or lasts_over(compact_text, test.lasts_over_hours))
    )


@lru_cache(maxsize=2048)
def lasts_over(compact_text: str, hours: float) -> bool:
    """Whether a compact text speaks of a time longer than some hours.

    A time of just that length counts where the text says "more than", "from … on". Years do not count: they are terms
    of plans and offices, not of a crisis.

    >>> lasts_over(compact("ระยะยาว (มากกว่า ๑ เดือน)"), 720), lasts_over(compact("ภายใน 1 เดือน"), 720)
    (True, False)
    >>> lasts_over("ระบาดต่อเนื่อง2-3เดือน", 720)
    True
    """
    if hours <= HOURS_PER_MONTH and _LATER_MONTH.search(compact_text):
        return True
    for match in _PERIOD.finditer(compact_text):
        length = parse_duration(match["period"])
        if length is None:
            continue
        longest = length.max_hours if length.max_hours is not None else length.min_hours
        if longest > hours or (longest == hours and (match["before"] or match["after"])):
            return not _is_within(compact_text, match.start(), longest, hours)
    return False


def _is_within(compact_text: str, start: int, longest: float, hours: float) -> bool:
    """Whether the time is an upper limit of exactly the length asked ("ไม่เกิน 1 เดือน")."""
    return longest <= hours and compact_text[:start].endswith("ไม่")
