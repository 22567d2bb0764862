"""What one section is about, from its heading, its content, and what was decided around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from docmodel.mapping import Candidate, MatchOutcome, SectionMatch
from docmodel.outline import Section
from pipeline.mapping.content import Content, best_per_label
from pipeline.mapping.headings import match_heading, merged_labels
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, TITLE, TOC, Lexicon

MATCHED_FROM: Final = 0.7
EXPLAINED: Final = 0.95
AMBIGUOUS_FROM: Final = 0.45
# Two different components this close together are not decided.
MARGIN: Final = 0.1
# A subsection without known words is about what the section above is about, a little less surely.
INHERITED: Final = 0.85
# What the place adds to a hint of the same component.
PLACE_BONUS: Final = 0.3
# A hint in the heading and a table that fits it.
SURE_WITH_TABLE: Final = 0.8
# Words in front of a table of another kind: kept as a candidate below what counts.
OVERRULED: Final = 0.6
MAX_CANDIDATES: Final = 8
_PLAN_OF_ITS_OWN: Final = re.compile(r"(?:แผน(?!ผัง|ภูมิ|ที่)|คู่มือ)\S*(?:ต่อเนื่อง|ไม่หยุด|ประคอง|เตรียม(?:ความ)?พร้อม)")
# A sentence of its own under a heading; shorter text only leads to the table.
MIN_OWN_TEXT: Final = 25
# Chapters that open a plan, and the component whose parts stand in them under headings of their own.
OPENING: Final = frozenset({"none.intro", "none.background", "none.policy"})
OPENED: Final = "2.1"
ANNEX: Final = "annex."
# A plan of its own, or under the strategies that for systems.
RECOVERY_OF_SYSTEMS: Final = f"{OUTSIDE}drp"
REQUIREMENT: Final = "3."
STRATEGIES: Final = "2.4"
NEEDS: Final = "2.6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known around a section: the matches of the sections above it (nearest first) and of the one before.

    ``strategies_unnamed``: nothing in the plan is called its strategies, and its needs stand in a table elsewhere.
    """

    above: tuple[SectionMatch, ...] = ()
    before: SectionMatch | None = None
    aspect_base: str | None = None
    strategies_unnamed: bool = False

    @property
    def labels_above(self) -> tuple[str, ...]:
        """The main labels of the sections above, nearest first."""
        return tuple(label for match in self.above if (label := main_label(match)) is not None)


def main_label(match: SectionMatch) -> str | None:
    """What a section is mainly about, labels outside the schema included; None where that is not known."""
    if match.element_ids:
        return match.element_ids[0]
    if match.outcome is MatchOutcome.MATCHED and match.candidates:
        return match.candidates[0].label
    return None


def component(label: str) -> str:
    """The component of a label: "2.6" of "2.6.it"; annexes, requirements and outside labels are their own."""
    if label.startswith((OUTSIDE, ANNEX, REQUIREMENT, ASPECT)):
        return label
    return ".".join(label.split(".")[:2])


def decide_section(section: Section, content: Content, around: Surroundings, lexicon: Lexicon) -> SectionMatch:
    """The labels of one section with all candidates that were weighed.

    A plan's name with a number in front is a chapter of some kind and no title.
    """
    heading = section.heading.text if section.heading is not None else ""
    words = [
        _resolve_aspect(_as_strategy(candidate, content, around), content, around)
        for candidate in match_heading(heading, lexicon)
        if candidate.label != TITLE or section.number is None
    ]
    if _names_the_plan(section, heading):
        words = [Candidate(label=TITLE, score=1.0, method="first_heading")]
    words = _table_bonus(_place_bonus(words, around), content)
    best = best_per_label([*words, *content.tables])
    for candidate in content.words:
        known = best.get(candidate.label)
        if known is not None and known.method.startswith("heading"):
            best[candidate.label] = replace(known, score=_either(known.score, candidate.score * 0.5))
    merged = [_resolved_label(label, content, around) for label in merged_labels(heading, lexicon)]
    named = best_per_label(words)
    main = max(named.values(), key=lambda candidate: _rank(best[candidate.label]), default=None)
    if main is not None and best[main.label].score >= MATCHED_FROM:
        return _with_clear_heading(section, best, (main.label, merged), content, around)
    return _without_clear_heading(section, best, content, around)


def _names_the_plan(section: Section, heading: str) -> bool:
    """Whether the first heading calls the document a plan in words of its own ("แผนสำรองเพื่อความต่อเนื่องของบริการ…")."""
    first = section.order <= 2 and section.parent_id is None and section.number is None
    return first and _PLAN_OF_ITS_OWN.match(heading.strip()) is not None and not any(section.table_blocks())


def _rank(candidate: Candidate) -> tuple[float, bool]:
    """How candidates of one heading compare: of two that explain it wholly the part says more than the whole."""
    return candidate.score, candidate.score >= EXPLAINED and candidate.label.count(".") > 1


def _either(first: float, second: float) -> float:
    """Two signs that speak for the same, each by itself (noisy or)."""
    return round(1 - (1 - first) * (1 - second), 4)


def _resolved_label(label: str, content: Content, around: Surroundings) -> str:
    above_all = next((component(known) for known in around.labels_above[:1]), None)
    if label == RECOVERY_OF_SYSTEMS and above_all in ("2.4", "2.6"):
        return f"{above_all}.it"
    if not label.startswith(ASPECT):
        return label
    dimension = label.removeprefix(ASPECT)
    by_table = next(
        (component(candidate.label) for candidate in content.tables if _takes_aspects(candidate.label)), None
    )
    above = next((component(known) for known in around.labels_above if _takes_aspects(known)), None)
    base = by_table or above or around.aspect_base
    if base in ("2.4", "2.6"):
        return f"{base}.{dimension}"
    return "2.2.impacts" if base == "2.2" else label


def _takes_aspects(label: str) -> bool:
    return component(label) in ("2.2", "2.4", "2.6")


def _resolve_aspect(candidate: Candidate, content: Content, around: Surroundings) -> Candidate:
    """A resource dimension alone becomes the label that the place or the table gives it."""
    return replace(candidate, label=_resolved_label(candidate.label, content, around))


def _as_strategy(candidate: Candidate, content: Content, around: Surroundings) -> Candidate:
    """What words say of the needs for one dimension is said of its strategy, where only a text stands under them in a
    plan whose needs stand in a table and whose strategies have no name of their own."""
    base, _, dimension = candidate.label.rpartition(".")
    if (
        base not in (NEEDS, ASPECT.rstrip("."))
        or not around.strategies_unnamed
        or content.has_tables
        or content.text_length < MIN_OWN_TEXT
    ):
        return candidate
    if any(_takes_aspects(label) for label in around.labels_above):
        return candidate
    return replace(candidate, label=f"{STRATEGIES}.{dimension}")


def _place_bonus(words: Sequence[Candidate], around: Surroundings) -> list[Candidate]:
    """A hint of the component that the section stands in is more than a hint."""
    components = {component(label) for label in around.labels_above[:2]}
    before = main_label(around.before) if around.before is not None else None
    if before is not None and before.startswith(f"{STRATEGIES}."):
        components.add(STRATEGIES)  # the next dimension of a row
    return [
        replace(candidate, score=_either(candidate.score, PLACE_BONUS))
        if component(candidate.label) in components
        else candidate
        for candidate in words
    ]


def _table_bonus(words: Sequence[Candidate], content: Content) -> list[Candidate]:
    """A table that means one of several labels makes the one that the heading hints at sure; so does a table that only
    hints at the same as a heading that nearly says it."""
    ranked = sorted(words, key=lambda candidate: -candidate.score)
    named = {
        next((candidate.label for candidate in ranked if candidate.label in group), None) for group in content.either
    }
    named |= {candidate.label for candidate in ranked[:1] if candidate.score >= AMBIGUOUS_FROM} & content.perhaps
    return [
        replace(candidate, score=SURE_WITH_TABLE)
        if candidate.label in named and candidate.score < SURE_WITH_TABLE
        else candidate
        for candidate in words
    ]


def _with_clear_heading(
    section: Section,
    best: dict[str, Candidate],
    named: tuple[str, Sequence[str]],
    content: Content,
    around: Surroundings,
) -> SectionMatch:
    """The heading says it (``named``: its main label and the ones it joins); its tables can overrule it, and the annex
    it stands in can claim it."""
    main, merged = named
    labels = [label for label in dict.fromkeys([main, *merged]) if not label.startswith((OUTSIDE, ASPECT))]
    if main in merged:
        labels = [label for label in dict.fromkeys(merged) if not label.startswith((OUTSIDE, ASPECT))]
    claimed = _claimed_by_annex(main, content, around)
    if claimed is not None:
        return _match(section, MatchOutcome.MATCHED, (claimed.label,), [claimed, *best.values()], first=claimed.label)
    by_tables = list(dict.fromkeys(candidate.label for candidate in content.tables))
    if by_tables and _lies(main, labels, content):
        overruled = {
            label: replace(candidate, score=round(candidate.score * OVERRULED, 4)) if label in labels else candidate
            for label, candidate in best.items()
        }
        return _match(section, MatchOutcome.MATCHED, tuple(by_tables), list(overruled.values()), first=by_tables[0])
    extra = [label for label in by_tables if component(label) not in {component(known) for known in labels}]
    if main.startswith(OUTSIDE):
        return _match(section, MatchOutcome.MATCHED, tuple(extra), list(best.values()), first=main)
    refined = [label for label in by_tables if label.startswith(f"{main}.")]
    return _match(
        section,
        MatchOutcome.MATCHED,
        tuple(dict.fromkeys([*labels, *refined, *extra])),
        list(best.values()),
        first=labels[0] if labels else main,  # a heading that names a resource dimension alone carries no element
    )


# Components whose content is a table as a rule: a table of another kind under their heading shows what is really there.
_TABULAR: Final = frozenset({"2.2", "2.3", "2.4", "2.5", "2.6", "2.7"})


def _lies(main: str, labels: Sequence[str], content: Content) -> bool:
    """Whether a heading names one thing and everything under it is another."""
    said = {component(label) for label in labels}
    held = {component(candidate.label) for candidate in content.tables}
    if component(main) not in _TABULAR or said & held or _has_own_measure(main, content):
        return False
    strongest = content.tables[0]
    return content.word_score(component(main)) <= content.word_score(component(strongest.label))


def _has_own_measure(main: str, content: Content) -> bool:
    """Whether text of its own stands under a heading that names one dimension of a component: a table of another kind
    below it comes besides ("กลยุทธ์ด้านสถานที่", a sentence, and the steps of the same incident)."""
    base, _, dimension = main.rpartition(".")
    return base in ("2.4", "2.6") and bool(dimension) and content.text_length >= MIN_OWN_TEXT


def _claimed_by_annex(main: str, content: Content, around: Surroundings) -> Candidate | None:
    """Lines of the checklist and bands of the strategy map are worded like the plan's own headings."""
    above = next((match for match in around.above if (main_label(match) or "").startswith((ANNEX, TOC))), None)
    before = around.before
    if above is None and before is not None and main_label(before) == f"{ANNEX}strategy_map" and not content.has_text:
        above = before
    label = main_label(above) if above is not None else None
    if label is None or component(main) == component(label) or main.startswith((REQUIREMENT, OUTSIDE)):
        return None
    if any(component(candidate.label) == component(main) for candidate in content.tables):
        return None
    return Candidate(label=label, score=MATCHED_FROM, method="parent")


def _without_clear_heading(
    section: Section, best: dict[str, Candidate], content: Content, around: Surroundings
) -> SectionMatch:
    """Tables first, or what the lines list; then the section above, then what the words only hint at."""
    held = content.tables or content.listed
    best = best_per_label([*best.values(), *held])
    by_tables = list(dict.fromkeys(candidate.label for candidate in held))
    inherited = _inherited(section, around)
    if inherited is not None and _opens_the_plan(inherited, best):
        inherited = None
    if inherited is not None:
        known = best.get(inherited.label)
        if known is None or known.score < inherited.score:
            best[inherited.label] = inherited
    if by_tables:
        own = [inherited.label] if inherited is not None and not inherited.label.startswith((OUTSIDE, ASPECT)) else []
        own = [label for label in own if any(component(label) == component(known) for known in by_tables)]
        labels = tuple(dict.fromkeys([*own, *by_tables]))
        return _match(section, MatchOutcome.MATCHED, labels, list(best.values()), first=labels[0])
    ranked = sorted(best.values(), key=lambda candidate: -candidate.score)
    if inherited is not None and best[inherited.label].score >= max(candidate.score for candidate in ranked):
        labels = () if inherited.label.startswith((OUTSIDE, ASPECT)) else (inherited.label,)
        return _match(section, MatchOutcome.MATCHED, labels, ranked, first=inherited.label)
    if not ranked or ranked[0].score < AMBIGUOUS_FROM:
        return _match(section, MatchOutcome.UNMATCHED, (), ranked)
    rivals = [candidate for candidate in ranked[1:] if component(candidate.label) != component(ranked[0].label)]
    sure = ranked[0].score >= MATCHED_FROM and (not rivals or ranked[0].score - rivals[0].score >= MARGIN)
    outcome = MatchOutcome.MATCHED if sure else MatchOutcome.AMBIGUOUS
    keeps = sure and not ranked[0].label.startswith((OUTSIDE, ASPECT))
    return _match(section, outcome, (ranked[0].label,) if keeps else (), ranked)


def _opens_the_plan(inherited: Candidate, best: dict[str, Candidate]) -> bool:
    """Whether a section of an opening chapter nearly says by its own heading that it is a part of the plan."""
    return inherited.label in OPENING and any(
        component(candidate.label) == OPENED
        and candidate.method.startswith("heading")
        and candidate.score >= AMBIGUOUS_FROM
        for candidate in best.values()
    )


def _inherited(section: Section, around: Surroundings) -> Candidate | None:
    """What a section gets from the one above it."""
    if section.heading is None or not around.above:
        return None
    label = main_label(around.above[0])
    if label is None or label in (f"{OUTSIDE}title", f"{OUTSIDE}appendix"):
        return None
    score = around.above[0].candidates[0].score if around.above[0].candidates else MATCHED_FROM
    return Candidate(label=label, score=round(INHERITED * min(score, 1.0), 4), method="parent")


def _match(
    section: Section,
    outcome: MatchOutcome,
    labels: tuple[str, ...],
    candidates: Sequence[Candidate],
    first: str | None = None,
) -> SectionMatch:
    """The match with its candidates best first, the chosen one in front."""
    ranked = sorted(
        best_per_label(candidates).values(), key=lambda candidate: (candidate.label != first, -candidate.score)
    )
    return SectionMatch(
        section_id=section.section_id,
        outcome=outcome,
        element_ids=labels,
        candidates=tuple(ranked[:MAX_CANDIDATES]),
    )
