"""Rules for a foreign character where a Thai mark belongs: ``ที&``, ``เพืÉอ``, ``ส%านัก``, ``ความต�อเนื่อง``.

What stands for what differs by font, so the word list votes: of all marks, the one that makes words at every place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from normalizers import characters as ch
from normalizers.repair.lexicon import reading_cost
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Rule

# Characters with no business inside a Thai word, as against ASCII, which writers do put there.
_ALIEN: Final = (
    ch.CONTROLS
    + "\u00a1-\u00ac\u00ae-\u00d6\u00d8-\u00f6\u00f8-\u024f\u02c6-\u02dd\u0370-\u03ff\u20ac"
    + "\u0e3b-\u0e3e\u0e5c-\u0eff\ufffd"
)
_TYPED: Final = "!#$%&'*+;<=>?@\\[\\\\\\]^_`{|}~,0-9A-Za-z"
_NON_STARTERS: Final = ch.MARKS + ch.SARA_AA + ch.SARA_AM + ch.SARA_A
_SITE: Final = re.compile(
    f"(?<=[{ch.CONSONANTS}{ch.MARKS}])(?:(?P<alien>[{_ALIEN}])|(?P<typed>[{_TYPED}])(?![{_TYPED}]))"
    f"(?P<hard>(?=[{_NON_STARTERS}]))?"
)
_GUARD: Final = re.compile(f"[{ch.CONSONANTS}{ch.MARKS}](?:[{_ALIEN}]|[{_TYPED}](?![{_TYPED}]))")

_TONES: Final = tuple(
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
)
_VOWELS: Final = (
    ch.MAI_HAN_AKAT,
    "\N{THAI CHARACTER SARA I}",
    "\N{THAI CHARACTER SARA II}",
    "\N{THAI CHARACTER SARA UE}",
    "\N{THAI CHARACTER SARA UEE}",
    "\N{THAI CHARACTER SARA U}",
    "\N{THAI CHARACTER SARA UU}",
)
_CANDIDATES: Final = (
    *_TONES,
    ch.THANTHAKHAT,
    ch.MAITAIKHU,
    *_VOWELS,
    *(vowel + tone for vowel in _VOWELS for tone in _TONES[:2]),
    ch.SARA_E,
    ch.SARA_AM,
    "",
)
_WINDOW: Final = 14
# Gains in nats. A place alone has to be plain; a vote adds many places up.
_CLEAR_GAIN: Final = 10.0
_CLEAR_MARGIN: Final = 2.5
_VOTE_GAIN: Final = 6.0
_MIN_VOTES: Final = 3
_VOTE_SHARE: Final = 0.8
_MAX_SITES_PER_VOTE: Final = 25


def _readings(text: str, match: re.Match[str]) -> tuple[float, dict[str, float]]:
    """Cost of the place as it stands, and of each candidate in it."""
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    after = text[match.end() : match.end() + _WINDOW]
    as_it_is = reading_cost(f"{before} {after}")
    if as_it_is < _CLEAR_GAIN:
        return as_it_is, {}
    return as_it_is, {candidate: reading_cost(_filled(before, candidate, after)) for candidate in _candidates(after)}


def _candidates(after: str) -> Iterable[str]:
    return (*_CANDIDATES, ch.NIKHAHIT) if after.startswith(ch.SARA_AA) else _CANDIDATES


def _filled(before: str, candidate: str, after: str) -> str:
    if candidate == ch.NIKHAHIT:
        return f"{before}{ch.SARA_AM}{after[1:]}"
    return before + candidate + after


def find_stand_ins(text: str) -> Mapping[str, str]:
    """Which foreign character stands for which mark in a text, by vote over its places; empty for a sound text."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    places: Counter[str] = Counter()
    for match in _SITE.finditer(text):
        char = match["alien"] or match["typed"]
        places[char] += 1
        if places[char] > _MAX_SITES_PER_VOTE:
            continue
        as_it_is, readings = _readings(text, match)
        if readings:
            best = min(readings, key=readings.__getitem__)
            if as_it_is - readings[best] >= _VOTE_GAIN:
                votes[char][best] += 1
    stand_ins = {}
    for char, counter in votes.items():
        candidate, count = counter.most_common(1)[0]
        if count >= _MIN_VOTES and count >= _VOTE_SHARE * min(places[char], _MAX_SITES_PER_VOTE):
            stand_ins[char] = candidate
    return stand_ins


def _find_marks(text: str, context: Context) -> list[Edit]:
    """Foreign characters inside Thai words as the marks that they stand for."""
    sites = list(_SITE.finditer(text))
    typed = Counter(match["typed"] for match in sites if match["typed"])
    suspicious = any(match["alien"] or match["hard"] is not None for match in sites)
    known = dict(context.stand_ins) if context else {}
    if not suspicious and not known and max(typed.values(), default=0) < _MIN_VOTES:
        return []
    known = {**find_stand_ins(text), **known}
    edits = []
    for match in sites:
        char = match["alien"] or match["typed"]
        clear = match["alien"] is not None or match["hard"] is not None
        if not clear and char not in known:
            continue
        as_it_is, readings = _readings(text, match)
        if not readings:
            continue
        ranked = sorted(readings, key=readings.__getitem__)
        best, gain = ranked[0], as_it_is - readings[ranked[0]]
        if char in known and known[char] in readings and as_it_is - readings[known[char]] >= _VOTE_GAIN:
            best = known[char]
        elif not clear or gain < _CLEAR_GAIN or readings[ranked[1]] - readings[best] < _CLEAR_MARGIN:
            continue
        end = match.end() + (1 if best == ch.NIKHAHIT else 0)
        edits.append(Edit(match.start(), end, ch.SARA_AM if best == ch.NIKHAHIT else best))
    return edits


STAND_IN_RULES: Final = (Rule(kind=DamageKind.STAND_INS, guard=_GUARD, find=_find_marks),)
