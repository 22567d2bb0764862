"""What the heads of a table's columns say, each by itself and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from docmodel.mapping import Candidate
from normalizers.durations import parse_duration
from normalizers.text import thai_skeleton
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, Lexicon

NEARLY: Final = 86.0
MIN_NEARLY: Final = 6
# A head that contains a known one ("ระดับความเร่งด่วน (สูง/ต่ำ)") says it as long as it is most of the head.
MIN_SHARE: Final = 0.45
MIN_KEY: Final = 3
# A head that is most of a known one ("บทบาท" of "บทบาทหน้าที่") is that one, cut short.
MIN_SHORTENED: Final = 4
# So many heads of one component and of no other speak for the heads beside them that nobody listed.
CLEAR_VOTES: Final = 2
# Heads as short as "มี" and "ชื่อ" say nothing by themselves: one other is enough.
SAYS_NOTHING: Final = 4
# Heads such as "ชื่อ" or "1 วัน" follow what the other heads of their table say.
MIN_VOTES: Final = 1
TIMED: Final = ("2.5", "2.6")


def match_columns(heads: Sequence[str], lexicon: Lexicon) -> tuple[str | None, ...]:
    """The label of each column head of one table, None where neither it nor its neighbours say one.

    A resource dimension is a column of the impact matrix; a span of time belongs to whichever of the process analysis
    and the needs the other heads speak of.
    """
    own = [match_column(head, lexicon) for head in heads]
    votes = Counter(_component(candidate.label) for candidate in own if candidate is not None)
    aspects = sum(1 for head in heads if _aspect(head, lexicon))
    if aspects >= 2:
        votes["2.2"] += aspects
    return tuple(_settle(head, candidate, votes, lexicon) for head, candidate in zip(heads, own, strict=True))


@lru_cache(maxsize=4096)
def match_column(head: str, lexicon: Lexicon) -> Candidate | None:
    """What one column head says by its words, None where they are not known."""
    key = thai_skeleton(head)
    if not key:
        return None
    best: Candidate | None = None
    longer = [phrase for phrase in lexicon.columns if len(key) >= MIN_SHORTENED and key in phrase.key]
    one_meaning = len({_component(phrase.labels[0][0]) for phrase in longer}) == 1
    for phrase in lexicon.columns:
        share = len(phrase.key) / len(key)
        if phrase.key == key:
            score, method = 1.0, "column_exact"
        elif len(phrase.key) >= MIN_KEY and phrase.key in key and share >= MIN_SHARE:
            score, method = 0.6 + 0.4 * share, "column_part"
        elif one_meaning and phrase in longer and len(key) / len(phrase.key) >= MIN_SHARE:
            score, method = 0.5 + 0.3 * len(key) / len(phrase.key), "column_short"
        elif len(phrase.key) >= MIN_NEARLY and (ratio := fuzz.ratio(phrase.key, key, score_cutoff=NEARLY)):
            score, method = 0.9 * ratio / 100, "column_fuzzy"
        else:
            continue
        if best is None or score > best.score:
            label = phrase.labels[0][0]
            best = Candidate(label=label, score=round(score, 4), method=method, term=phrase.text)
    return best


def _settle(head: str, candidate: Candidate | None, votes: Counter[str], lexicon: Lexicon) -> str | None:
    leading = votes.most_common(1)[0][0] if votes and votes.most_common(1)[0][1] >= MIN_VOTES else None
    if parse_duration(head) is not None and candidate is None:
        timed = [component for component in TIMED if votes[component]]
        return max(timed, key=lambda component: votes[component]) if timed else None
    if _aspect(head, lexicon) and leading is not None:
        return "2.2.impacts" if leading == "2.2" else leading
    if candidate is None:
        needed = MIN_VOTES if len(thai_skeleton(head)) <= SAYS_NOTHING else CLEAR_VOTES
        return leading if leading is not None and len(votes) == 1 and votes[leading] >= needed else None
    return candidate.label


def _aspect(head: str, lexicon: Lexicon) -> bool:
    best = next(iter(match_heading(head, lexicon)), None)
    return best is not None and best.label.startswith(ASPECT) and best.score >= 0.7


def _component(label: str) -> str:
    return label if label.startswith(OUTSIDE) else ".".join(label.split(".")[:2])
