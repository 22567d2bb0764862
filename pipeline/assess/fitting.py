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


def telling_sets(criteria: Sequence[ElementCriteria]) -> tuple[str, ...]:
    """The sets of phrases by which some elements are told, in the order of their rules.

    Those that only a section's label makes telling are left out: their words stand everywhere.
    """
    names: dict[str, None] = {}
    for one in criteria:
        for rule in (*one.present, *one.partial):
            if isinstance(rule, (TextRule, LeadRule)):
                names |= dict.fromkeys((*rule.test.phrases, *rule.test.near))
        names |= dict.fromkeys((*one.mention, *one.nearest))
    return tuple(names)


def words_said(names: Sequence[str], numbers: frozenset[int], plan: PlanText) -> tuple[str, ...]:
    """The schema's own words that some passages say, one of each set."""
    found: dict[str, None] = {}
    for name in names:
        said = numbers & plan.index.saying((name,))
        if said:
            text = plan.passages[min(said)].compact
            found[_shown(next(phrase for phrase in plan.book.sets[name] if phrase_pattern((phrase,)).search(text)))] = (
                None
            )
    return tuple(word for word in found if len(word) >= MIN_WORD_CHARS)[:MAX_WORDS]


def _shown(phrase: str) -> str:
    """A phrase without the signs of the schema's language.

    >>> _shown("^แผน*ใช้กับ*ดังนี้$")
    'แผน…ใช้กับ…ดังนี้'
    """
    return phrase.strip("^$").replace("*", "…")
