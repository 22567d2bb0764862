"""Rules for marks that stand a letter or a space away from home: ``ตอ่เนือ่ง``, ``ธรุ กิจ``, ``ไดแ้ก่``, ``ข ้อมูล``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from normalizers import characters as ch
from normalizers.repair.lexicon import bound_cost, reading_cost
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Gate, Rule

_WINDOW: Final = 16
_LETTER: Final = f"[{ch.CONSONANTS}]"
_TONE: Final = f"[{ch.TONES}{ch.THANTHAKHAT}]"
_GAPS: Final = " \u00a0"
_GAP: Final = f"[{_GAPS}]"

# A tone after SARA AA, SARA A or a leading vowel, and a nikhahit after SARA AA, have one home only.
_PAST_VOWEL: Final = re.compile(
    f"(?P<letter>{_LETTER}[{ch.MARKS}]?)(?:(?P<aa>{ch.SARA_AA})(?P<tone>[{ch.TONES}]?){ch.NIKHAHIT}(?P<tone2>[{ch.TONES}]?)"
    f"|(?P<vowel>[{ch.SARA_AA}{ch.SARA_A}])(?P<late>{_TONE})"
    f"|(?P<leading>[{ch.LEADING_VOWELS}])(?P<marks>[{ch.MARKS}]+))(?P<gap>{_GAP}?)"
)
_PAST_VOWEL_GUARD: Final = re.compile(
    f"[{ch.SARA_AA}{ch.SARA_A}][{ch.TONES}{ch.THANTHAKHAT}{ch.NIKHAHIT}]|[{ch.LEADING_VOWELS}][{ch.MARKS}]"
)
_SPACE_GAIN: Final = 2.0


def _find_past_vowel(text: str, _context: Context) -> list[Edit]:
    """Marks brought back over the vowel that they slipped past: "ดาํ", "ถา้", "ไดแ้ก่"."""
    edits = []
    for match in _PAST_VOWEL.finditer(text):
        if match["aa"]:
            after = match["letter"] + (match["tone"] or match["tone2"]) + ch.SARA_AM
        elif match["vowel"]:
            after = match["letter"] + match["late"] + match["vowel"]
        else:
            after = match["letter"] + match["marks"] + match["leading"]
        gap = match["gap"]
        if gap and not match["leading"]:
            gap = _keep_gap(text, match.start(), after, match.end(), gap)
        edits.append(Edit(match.start(), match.end(), after + gap))
    return edits


def _keep_gap(text: str, start: int, after: str, end: int, gap: str) -> str:
    """The gap behind a mended cluster, or nothing where the words run on without it."""
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    with_gap = reading_cost(f"{before}{after}{gap}{behind}")
    return "" if reading_cost(f"{before}{after}{behind}") + _SPACE_GAIN < with_gap else gap


_AFTER_GAP: Final = re.compile(f"(?P<gap>{_GAP}+|{_GAP}*\n{_GAP}*)(?P<marks>[{ch.MARKS}]+)(?P<behind>{_GAP}?\n?)")
_AFTER_GAP_GUARD: Final = re.compile(f"[ \u00a0\n][{ch.MARKS}]")
_HOME: Final = re.compile(f"{_LETTER}[{ch.MARKS}]*")
_STRAY_THANTHAKHAT: Final = re.compile(f"(?P<first>{_LETTER})(?P<second>{_LETTER}){ch.THANTHAKHAT}$")
# The letter just before the gap is the likely home; another reading has to be better by this much.
_NEAREST_HEAD_START: Final = 4.0
# A mark that makes the place this much less likely than it is without the mark is not at home there.
_MISFIT: Final = 6.0
_REACH: Final = 22


def _find_after_gap(text: str, _context: Context) -> list[Edit]:
    """Marks after a space or line end brought to their letter: the one before the gap, or one further back."""
    edits: list[Edit] = []
    done = ""
    position = 0
    for match in _AFTER_GAP.finditer(text):
        start = max(position, match.start() - _REACH)
        before, marks = text[start : match.start()], match["marks"]
        if not before or not _LETTER_OR_MARK.match(before[-1]):
            continue
        lead = (done + text[position:start])[-_WINDOW:]
        behind = text[match.end() : match.end() + _WINDOW]
        near, far = _homes(before, marks, match["gap"], match["behind"], more=bool(behind))
        best = _best_reading(lead, near, behind)
        if far and reading_cost(lead + best + behind) > reading_cost(lead + before + behind) + _MISFIT:
            best = _best_reading(lead, (best, *far), behind)
        edits.append(Edit(start, match.end(), best))
        done = (lead + best)[-_WINDOW:]
        position = match.end()
    return edits


_LETTER_OR_MARK: Final = re.compile(f"[{ch.CONSONANTS}{ch.MARKS}{ch.SARA_AA}{ch.SARA_A}]")


def _best_reading(lead: str, options: Iterable[str], behind: str) -> str:
    """The likeliest of the options, the first one unless another is better by the head start."""
    first, *others = dict.fromkeys(options)
    costs = {option: reading_cost(lead + option + behind) + _NEAREST_HEAD_START for option in others}
    costs[first] = reading_cost(lead + first + behind)
    return min(costs, key=costs.__getitem__)


def _homes(before: str, marks: str, gap: str, behind: str, *, more: bool) -> tuple[list[str], list[str]]:
    """Readings with the marks at the gap (gone alone, or with the gap behind), and with the marks further back."""
    near = [before + marks + behind, before + marks]
    if before.endswith(marks):
        near = [before + behind, before]
    if stray := _STRAY_THANTHAKHAT.search(before):
        home = f"{before[: stray.start()]}{stray['first']}{ch.THANTHAKHAT}{stray['second']}{marks}"
        near += [home + behind, home]
    far = []
    for letter in _HOME.finditer(before):
        if letter.end() < len(before):
            mended = letter[0][0] + "".join(sorted(letter[0][1:] + marks, key=_mark_order))
            moved = before[: letter.start()] + mended + before[letter.end() :]
            far += [moved + (behind or gap), moved] if more else [moved]
    return near, far


def _mark_order(mark: str) -> int:
    """Vowels before tones, as they are written."""
    return 1 if mark in ch.TONE_MARKS else 0


_SHIFTED: Final = re.compile(
    f"(?P<first>{_LETTER}[{ch.UPPER_VOWELS}{ch.LOWER_VOWELS}]?)(?P<second>{_LETTER})(?P<marks>[{ch.MARKS}]+)(?P<gap>{_GAP}?)"
)
# Sound Thai costs under 2.2 nats a letter, names and terms 2.8; above this marks may be in the wrong places.
_UNLIKELY_PER_LETTER: Final = 2.6
_SAMPLE_RUNS: Final = 4
_SAMPLE_LETTERS: Final = 60
_THAI_RUN: Final = re.compile(f"[{ch.THAI_LETTERS}]+")
_LIKELY_PER_LETTER: Final = 1.6
# A font that shifts marks does so on every line; a page of foreign names has a false place here and there.
_MIN_SHIFTS: Final = 2
_MIN_SHIFT_SHARE: Final = 0.008
_SHIFT_GAIN: Final = 12.0
_WEAK_SHIFT_GAIN: Final = 7.0
# Thai has a space behind every tenth word. Where more of the moved marks than this have one behind them the font put it
# there, and it stays only where the words do not run on.
_GAP_SHARE: Final = 0.5
_MIN_GAPS: Final = 5


def _has_few(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text has fewer places of a kind than any text that is mended for them."""
    return next(islice(pattern.finditer(text), _MIN_SHIFTS - 1, None), None) is None


def _reads_unlikely(text: str) -> bool:
    """Whether samples of a text are too unlikely to be sound; cheap, so that sound pages go no further."""
    step = max(_SAMPLE_LETTERS, len(text) // _SAMPLE_RUNS)
    samples = [text[start : start + _SAMPLE_LETTERS] for start in range(0, len(text), step)]
    allowed = _UNLIKELY_PER_LETTER * sum(len(run) for sample in samples for run in _THAI_RUN.findall(sample))
    return sum(map(bound_cost, samples)) > allowed and sum(map(reading_cost, samples)) > allowed


def _reads_likely(place: str) -> bool:
    """Whether a place reads as plain words, so that no other reading is tried."""
    return reading_cost(place) < _LIKELY_PER_LETTER * len(place)


def _find_shifted(text: str, context: Context) -> list[Edit]:
    """Marks brought back over the consonant that they slipped past, where only that reads as words.

    Only in a text with several such places, or of a document that has them: a rare name must not be rewritten.
    """
    known = context is not None and DamageKind.MARK_SHIFTED in context
    if not known and (_has_few(_SHIFTED, text) or not _reads_unlikely(text)):
        return []
    edits, strong = _move_marks(text, gap_gain=_SPACE_GAIN)
    letters = sum(map(len, _THAI_RUN.findall(text)))
    if not known and strong < max(_MIN_SHIFTS, _MIN_SHIFT_SHARE * letters):
        return []
    gaps = sum(text[edit.end - 1] in _GAPS for edit in edits)
    if len(edits) >= _MIN_GAPS and gaps >= _GAP_SHARE * len(edits):
        return _move_marks(text, gap_gain=-_SPACE_GAIN)[0]
    return edits


def _move_marks(text: str, *, gap_gain: float) -> tuple[list[Edit], int]:
    """The marks that read better a letter before where they are, and how many of them much better.

    A gap behind one goes where the words run on likelier by ``gap_gain`` (nats) without it.
    """
    strong = 0
    edits: list[Edit] = []
    done = ""
    position = 0
    for match in _SHIFTED.finditer(text):
        done = (done + text[position : match.start()])[-_WINDOW:]
        position = match.start()
        behind = text[match.end() : match.end() + _WINDOW]
        if _reads_likely(done + match[0] + behind):
            continue
        moved = match["first"] + match["marks"] + match["second"]
        best, gain = _weigh_shift(done, match[0], moved, match["gap"], behind, gap_gain=gap_gain)
        if gain < _WEAK_SHIFT_GAIN:
            continue
        strong += gain >= _SHIFT_GAIN
        edits.append(Edit(match.start(), match.end(), best))
        done = (done + best)[-_WINDOW:]
        position = match.end()
    return edits, strong


def _weigh_shift(done: str, as_it_is: str, moved: str, gap: str, behind: str, *, gap_gain: float) -> tuple[str, float]:
    """The better of the moved readings with and without the gap, and how much likelier than as it is.

    What follows may be shifted too, so each reading is taken with the rest as it is and with its marks moved.
    """
    rests = {behind, _SHIFTED.sub(r"\g<first>\g<marks>\g<second>", behind)}

    def cost(option: str) -> float:
        return min(reading_cost(done + option + rest) for rest in rests)

    with_gap = cost(moved + gap)
    without = cost(moved) if gap else with_gap
    best = moved if without + gap_gain < with_gap else moved + gap
    return best, cost(as_it_is) - min(without + max(0.0, gap_gain), with_gap)


# A cluster with a mark that comes again after at most one letter: "ถิ่นถิ่", "คู่มือมื".
_DOUBLED: Final = re.compile(
    f"(?P<cluster>{_LETTER}[{ch.MARKS}]+)(?P<between>[{ch.CONSONANTS}{ch.SARA_AA}{ch.SARA_A}{ch.LEADING_VOWELS}]?)"
    "[ \u00a0\n]?(?P=cluster)"
)
_DOUBLED_GAIN: Final = 9.0
_WEAK_DOUBLED_GAIN: Final = 3.0
_MANY_DOUBLED: Final = 5
# A reader that repeats clusters does so all over a page; once in a long text is something the author wrote.
_MIN_DOUBLED: Final = 2
_SHORT_TEXT: Final = 120


def _find_doubled_clusters(text: str, context: Context) -> list[Edit]:
    """Clusters that a reader gave twice, once; "กินกิน" and "ที่ที่" stay, since they read as words."""
    gains = []
    for match in _DOUBLED.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        behind = text[match.end() : match.end() + _WINDOW]
        once = match["cluster"] + match["between"]
        joined = reading_cost(before + once + behind.lstrip(" "))
        apart = reading_cost(before + once + behind)
        gain = reading_cost(before + match[0] + behind) - min(joined, apart)
        if gain >= _WEAK_DOUBLED_GAIN:
            gap = 1 if behind.startswith(" ") and joined + _SPACE_GAIN < apart else 0
            gains.append((gain, Edit(match.start() + len(once), match.end() + gap, "")))
    known = context is not None and DamageKind.DOUBLED_CLUSTERS in context
    strong = [edit for gain, edit in gains if gain >= _DOUBLED_GAIN]
    if known or len(strong) >= _MANY_DOUBLED:
        return [edit for _, edit in gains]
    return strong if len(strong) >= _MIN_DOUBLED or len(text) <= _SHORT_TEXT else []


SHIFT_RULES: Final = (
    Rule(kind=DamageKind.DOUBLED_CLUSTERS, guard=_DOUBLED, find=_find_doubled_clusters),
    Rule(kind=DamageKind.MARK_SHIFTED, guard=_PAST_VOWEL_GUARD, find=_find_past_vowel),
    Rule(kind=DamageKind.SPACE_BEFORE_MARK, gate=Gate.GAP, guard=_AFTER_GAP_GUARD, find=_find_after_gap),
    Rule(kind=DamageKind.MARK_SHIFTED, guard=_SHIFTED, find=_find_shifted),
)
