"""Rules for a foreign character where a Thai mark belongs: ``ที&``, ``เพืÉอ``, ``ส%านัก``, ``ความต�อเนื่อง``.

What stands for what differs by font, so the word list votes: of all marks, the one that makes words at every place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
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
    f"(?<=[{ch.THAI_LETTERS}])(?:(?P<alien>[{_ALIEN}])|(?P<typed>[{_TYPED}])(?![{_TYPED}]))"
    f"(?P<hard>(?=[{_NON_STARTERS}]))?"
)
_GUARD: Final = re.compile(f"[{ch.THAI_LETTERS}](?:[{_ALIEN}]|[{_TYPED}](?![{_TYPED}]))")

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
# What is left of SARA AM where its nikhahit is another character ("ส%านัก", "สม%่าเสมอ"), or drawn beside it ("น%ำ").
_OPEN_AM: Final = re.compile(f"(?P<tone>[{ch.TONES}]?)(?:{ch.SARA_AA}|{ch.SARA_AM})")
_WINDOW: Final = 14
# Gains in nats. A place alone has to be plain; a vote adds many places up.
_CLEAR_GAIN: Final = 10.0
_CLEAR_MARGIN: Final = 2.5
_VOTE_GAIN: Final = 2.0
_VOTED_SLACK: Final = 4.0
_ALIEN_SLACK: Final = 10.0
_MIN_VOTES: Final = 3
_MIN_VOTE_SUM: Final = 15.0
_VOTE_SHARE: Final = 0.75
_MAX_SITES_PER_VOTE: Final = 24
# A typed character that stands for a mark at nine places of ten is itself at the tenth only where the word with the
# mark is that much (nats) the rarer one: "กู4" is "กู้", though "กู" is a word as well.
_SURE_PLACES: Final = 10
_SURE_SHARE: Final = 0.9
_SURE_LOSS: Final = 2.2
# ASCII stands between Thai words in any text: so many places are tried before a character is taken for what it is.
_TRIAL_SITES: Final = 8
_TRIAL_SHARE: Final = 0.5


def _readings(before: str, after: str) -> tuple[float, dict[str, float]]:
    """Cost of a place as it stands, and of each candidate in it."""
    candidates = _CANDIDATES
    if rest := _OPEN_AM.match(after):
        # Before a whole SARA AM nothing and a nikhahit read alike: one of them is enough.
        candidates = (*(_CANDIDATES if rest[0].endswith(ch.SARA_AA) else _CANDIDATES[:-1]), ch.NIKHAHIT)
    readings = {candidate: reading_cost(_filled(before, candidate, after)) for candidate in candidates}
    return reading_cost(f"{before} {after}"), readings


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[max(0, match.start() - _WINDOW) : match.start()], text[match.end() : match.end() + _WINDOW]


def _filled(before: str, candidate: str, after: str) -> str:
    """The place with a candidate in it, a tone behind the vowel of its letter and nikhahit with SARA AA as SARA AM."""
    if candidate == ch.NIKHAHIT and (rest := _OPEN_AM.match(after)):
        return f"{before}{rest['tone']}{ch.SARA_AM}{after[rest.end() :]}"
    if candidate in _TONES and after[:1] in _VOWELS:
        return before + after[0] + candidate + after[1:]
    return before + candidate + after


def find_stand_ins(text: str) -> Mapping[str, str]:
    """Which foreign character stands for which mark in a text, by vote over its places; empty for a sound text."""
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _SITE.finditer(text):
        places[match["alien"] or match["typed"]].append(match)
    stand_ins = {}
    for char, matches in places.items():
        if len(matches) < _MIN_VOTES:
            continue
        # Spread over the text, so that one table or list does not decide alone.
        chosen = matches[:: max(1, len(matches) // _MAX_SITES_PER_VOTE)][:_MAX_SITES_PER_VOTE]
        candidate = _vote(text, chosen)
        if candidate is not None:
            stand_ins[char] = candidate
    return stand_ins


def _vote(text: str, matches: Sequence[re.Match[str]]) -> str | None:
    gains: dict[str, list[float]] = defaultdict(list)
    voters = 0
    for tried, match in enumerate(matches, 1):
        as_it_is, readings = _readings(*_around(text, match))
        improved = [candidate for candidate, cost in readings.items() if as_it_is - cost >= _VOTE_GAIN]
        voters += bool(improved)
        for candidate in improved:
            gains[candidate].append(as_it_is - readings[candidate])
        if tried == _TRIAL_SITES and match["typed"] and voters < _TRIAL_SHARE * tried:
            return None
    if not gains:
        return None
    best = max(gains, key=lambda candidate: sum(gains[candidate]))
    enough = len(gains[best]) >= max(_MIN_VOTES, _VOTE_SHARE * len(matches))
    return best if enough and sum(gains[best]) >= _MIN_VOTE_SUM else None


def _find_marks(text: str, context: Context) -> list[Edit]:
    """Foreign characters inside Thai words as the marks that they stand for."""
    sites = list(_SITE.finditer(text))
    typed = Counter(match["typed"] for match in sites if match["typed"])
    suspicious = any(match["alien"] or match["hard"] is not None for match in sites)
    known = dict(context.stand_ins) if context else {}
    if not suspicious and not known and max(typed.values(), default=0) < _MIN_VOTES:
        return []
    known = {**find_stand_ins(text), **known}
    # The places that follow are read with the voted marks in them, those before as they were mended.
    voted_text = text.translate({ord(char): mark for char, mark in known.items() if len(mark) == 1})
    voted_text = voted_text if len(voted_text) == len(text) else text
    sure = _find_sure(text, sites, known)
    edits: list[Edit] = []
    done, position = "", 0
    for match in sites:
        if match.start() < position:
            continue
        done = (done + text[position : match.start()])[-_WINDOW:]
        position = match.start()
        voted = known.get(match["alien"] or match["typed"])
        clear = match["alien"] is not None or match["hard"] is not None
        if not clear and voted is None:
            continue
        after = voted_text[match.end() : match.end() + _WINDOW]
        char = match["alien"] or match["typed"]
        mark = _choose(*_readings(done, after), voted=voted, alien=match["alien"] is not None, sure=char in sure)
        if mark is not None:
            edits.append(_edit(text, match, mark))
            done = (done + edits[-1].after)[-_WINDOW:]
            position = edits[-1].end
    return sorted([*edits, *_find_leading_vowels(text, known)])


def _find_sure(text: str, sites: Sequence[re.Match[str]], known: Mapping[str, str]) -> frozenset[str]:
    """The voted typed characters that are what they look like at next to no place of the text."""
    votes: dict[str, list[bool]] = defaultdict(list)
    for match in sites:
        if mark := known.get(match["typed"] or ""):
            as_it_is, readings = _readings(*_around(text, match))
            votes[match["typed"]].append(mark in readings and as_it_is - readings[mark] >= _VOTE_GAIN / 2)
    return frozenset(
        char for char, won in votes.items() if len(won) >= _SURE_PLACES and sum(won) >= _SURE_SHARE * len(won)
    )


def _find_leading_vowels(text: str, known: Mapping[str, str]) -> list[Edit]:
    """Voted stand-ins of SARA E at the beginning of a word, where no Thai letter stands before them."""
    chars = "".join(char for char, mark in known.items() if mark == ch.SARA_E and not char.isascii())
    if not chars:
        return []
    pattern = re.compile(f"(?<![{ch.THAI_LETTERS}])[{re.escape(chars)}](?=[{ch.CONSONANTS}])")
    return [Edit(match.start(), match.end(), ch.SARA_E) for match in pattern.finditer(text)]


def _choose(
    as_it_is: float, readings: Mapping[str, float], *, voted: str | None, alien: bool, sure: bool
) -> str | None:
    """The mark of a place: the voted one unless it reads badly, else one that is plainly best; None for neither."""
    ranked = sorted(readings, key=readings.__getitem__)
    best = ranked[0]
    if (
        voted is not None
        and voted in readings
        and readings[voted] <= readings[best] + (_ALIEN_SLACK if alien else _VOTED_SLACK)
    ):
        needed = -_SURE_LOSS if sure else _VOTE_GAIN / 2
        return voted if alien or as_it_is - readings[voted] >= needed else None
    plain = readings[ranked[1]] - readings[best] >= _CLEAR_MARGIN
    return best if plain and (alien or as_it_is - readings[best] >= _CLEAR_GAIN) else None


def _edit(text: str, match: re.Match[str], mark: str) -> Edit:
    after = text[match.end() : match.end() + 1]
    if mark == ch.NIKHAHIT and (rest := _OPEN_AM.match(text, match.end())):
        return Edit(match.start(), rest.end(), rest["tone"] + ch.SARA_AM)
    if mark in _TONES and after in _VOWELS:
        return Edit(match.start(), match.end() + 1, after + mark)
    return Edit(match.start(), match.end(), mark)


STAND_IN_RULES: Final = (Rule(kind=DamageKind.STAND_INS, guard=_GUARD, find=_find_marks),)
