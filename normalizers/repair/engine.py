"""Texts weighed and repaired: the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from normalizers import characters as ch
from normalizers.repair.model import DamageKind, RepairResult, RepairStep, Route, TextHealth

_SIMPLE: Final = (
    (DamageKind.AM_DECOMPOSED, re.compile(f"{ch.NIKHAHIT}([{ch.TONES}]?){ch.SARA_AA}"), f"\\1{ch.SARA_AM}"),
    (DamageKind.AM_DECOMPOSED, re.compile(f"([{ch.TONES}]){ch.NIKHAHIT}{ch.SARA_AA}"), f"\\1{ch.SARA_AM}"),
    (DamageKind.AM_DOUBLED, re.compile(f"{ch.SARA_AM}{ch.SARA_AA}"), ch.SARA_AM),
)


def repair_text(text: str, *, context: Collection[DamageKind] = ()) -> RepairResult:
    """The text with its damage mended and the steps that did it; a sound text comes back with no step."""
    steps: list[RepairStep] = []
    for kind, pattern, template in _SIMPLE:
        shift = 0
        for match in list(pattern.finditer(text)):
            after = match.expand(template)
            start = match.start() + shift
            steps.append(RepairStep(rule=kind, start=start, end=start + len(match[0]), before=match[0], after=after))
            shift += len(after) - len(match[0])
        text = pattern.sub(template, text)
    return RepairResult(text=text, steps=tuple(steps))


def assess_text(text: str, *, context: Collection[DamageKind] = ()) -> TextHealth:
    """How far a text can be trusted, what is wrong with it, and what to do."""
    damage = tuple(sorted({DamageKind(step.rule) for step in repair_text(text, context=context).steps}))
    return TextHealth(score=1.0 if not damage else 0.8, damage=damage, route=Route.REPAIR if damage else Route.KEEP)


def find_document_damage(texts: Iterable[str]) -> frozenset[DamageKind]:
    """The kinds of damage that a document shows on any of its pages, for ``context``."""
    return frozenset(kind for text in texts for kind in assess_text(text).damage)
