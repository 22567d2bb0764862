"""Texts repaired: the rules in their order, until nothing changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache, lru_cache
from typing import Final

from normalizers.repair.glyphs import CODE_PAGE_RULES, DEBRIS_RULES
from normalizers.repair.model import DamageKind, DocumentDamage, RepairResult, RepairStep
from normalizers.repair.rules import Find, Gate, apply_edits, find_closed
from normalizers.repair.shifts import SHIFT_RULES
from normalizers.repair.spacing import SPACING_RULES
from normalizers.repair.spelling import SPELLING_RULES
from normalizers.repair.standins import STAND_IN_RULES
from normalizers.repair.words import AA_AS_AM_RULE, WORD_RULES

# Characters first, then their order, then the gaps, then the words: each rule reads what the ones before mended.
_RULES: Final = (
    *CODE_PAGE_RULES,
    *STAND_IN_RULES,
    *SPELLING_RULES,
    AA_AS_AM_RULE,  # before split SARA AM is joined: there only an unsplit one can be SARA AA
    *SPACING_RULES,
    *SHIFT_RULES,
    *SPELLING_RULES,
    *WORD_RULES,
    *DEBRIS_RULES,
)
# Two rounds settle nearly every text; the bound keeps a text that two rules pull to and fro from running for ever.
_MAX_ROUNDS: Final = 5
# A page is weighed when it is read and again with its document; cells say "-" and "มี" over and over.
_REMEMBERED: Final = 4096


def repair_text(text: str, *, context: Collection[DamageKind] | None = None) -> RepairResult:
    """The text with its damage mended and the steps that did it; a sound text comes back with no step.

    ``context`` is what the whole document shows (``find_document_damage``): rules that a short text cannot decide then
    run where the document has that damage, and stay out where it has not. None: judge by this text alone.

    >>> repair_text("แผนส าหรับผู้บริหาร").text
    'แผนสำหรับผู้บริหาร'
    """
    return _repair(text, _as_damage(context))


@lru_cache(maxsize=_REMEMBERED)
def _repair(text: str, known: DocumentDamage | None) -> RepairResult:
    closed = find_closed(text)
    if _is_sound(text, known, closed):
        return RepairResult(text=text, steps=())
    steps: list[RepairStep] = []
    silent: dict[int, str] = {}  # by guard the text in which it found nothing: some guards come twice
    for _ in range(_MAX_ROUNDS):
        before = len(steps)
        for rule in _RULES:
            if rule.gate in closed or silent.get(id(rule.guard)) is text:
                continue
            if not rule.guard.search(text):
                silent[id(rule.guard)] = text
                continue
            text, new_steps = apply_edits(text, rule.kind, rule.find(text, known))
            if new_steps:
                steps += new_steps
                closed = find_closed(text)
        if len(steps) == before:
            break
    return RepairResult(text=text, steps=tuple(steps))


def _is_sound(text: str, known: DocumentDamage | None, closed: frozenset[Gate]) -> bool:
    """Whether no rule has anything to change in a text; told without the rounds that mending takes."""
    return not any(search(text) and find(text, known) for search, find in _checks(closed))


@cache
def _checks(closed: frozenset[Gate]) -> tuple[tuple[Callable[[str], re.Match[str] | None], Find], ...]:
    """The guard's search and the ``find`` of each rule whose gate is open, rules that come twice once."""
    return tuple((rule.guard.search, rule.find) for rule in dict.fromkeys(_RULES) if rule.gate not in closed)


def decode_page(text: str) -> str:
    """The text with other code pages read as Thai, and nothing else mended."""
    for rule in CODE_PAGE_RULES:
        if rule.guard.search(text):
            text, _ = apply_edits(text, rule.kind, rule.find(text, None))
    return text


def _as_damage(context: Collection[DamageKind] | None) -> DocumentDamage | None:
    if context is None or isinstance(context, DocumentDamage):
        return context
    return DocumentDamage(kinds=frozenset(context))
