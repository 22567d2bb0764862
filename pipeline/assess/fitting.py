"""How far a text says what the rules of an element ask for, where none of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.assess.phrases import phrase_pattern
from pipeline.assess.plan_text import PlanText
from pipeline.schema_files.criteria import ElementCriteria, LeadRule, Names, SubmissionRule, TableRule, TextRule

Groups = tuple[tuple[Names, ...], ...]
"""For each rule the sets of phrases that it asks for together, one phrase of each."""

# Words shown of a place: enough to see why it may be what is sought. Shorter ones stand in any sentence.
MAX_WORDS: Final = 5
MIN_WORD_CHARS: Final = 4


def word_groups(criteria: Sequence[ElementCriteria]) -> Groups:
    """What the rules of some elements ask for in a text, as far as they ask for several things together."""
    found = []
    for one in criteria:
        for rule in (*one.present, *one.partial):
            if isinstance(rule, (TableRule, SubmissionRule)):
                continue
            test = rule.test
            groups = (*((test.phrases,) if test.phrases else ()), *((name,) for name in test.near))
            if len(groups) > 1:
                found.append(groups)
    return tuple(found)


def share_said(groups: Groups, numbers: frozenset[int], plan: PlanText) -> float:
    """The largest share (0–1) of what one rule asks for that some passages say, each part wherever it stands."""
    said = (sum(not numbers.isdisjoint(plan.index.saying(names)) for names in asked) / len(asked) for asked in groups)
    return max(said, default=0.0)


def words_said(criteria: Sequence[ElementCriteria], numbers: frozenset[int], plan: PlanText) -> tuple[str, ...]:
    """The schema's own words for an element that some passages say, in the order of its rules.

    Words that only a section's label makes telling are left out: they stand everywhere.
    """
    names: list[str] = []
    for one in criteria:
        for rule in (*one.present, *one.partial):
            if isinstance(rule, (TextRule, LeadRule)):
                names += (*rule.test.phrases, *rule.test.near)
        names += (*one.mention, *one.nearest)
    found: list[str] = []
    for name in dict.fromkeys(names):
        said = sorted(numbers & plan.index.saying((name,)))
        text = plan.passages[said[0]].compact if said else ""
        found += [
            phrase for phrase in plan.book.sets[name] if said and phrase_pattern((phrase,)).search(text) is not None
        ][:1]
    shown = dict.fromkeys(_shown(phrase) for phrase in found)
    return tuple(word for word in shown if len(word) >= MIN_WORD_CHARS)[:MAX_WORDS]


def _shown(phrase: str) -> str:
    """A phrase without the signs of the schema's language.

    >>> _shown("^แผน*ใช้กับ*ดังนี้$")
    'แผน…ใช้กับ…ดังนี้'
    """
    return phrase.strip("^$").replace("*", "…")
