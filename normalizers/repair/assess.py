"""Texts weighed: how far each can be trusted and what to do with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from normalizers.repair.engine import repair_text
from normalizers.repair.model import DamageKind, DocumentDamage, Route, TextHealth
from normalizers.repair.standins import find_stand_ins


def assess_text(text: str, *, context: Collection[DamageKind] | None = None) -> TextHealth:
    """How far a text can be trusted, what is wrong with it, and what to do."""
    damage = tuple(sorted({DamageKind(step.rule) for step in repair_text(text, context=context).steps}))
    return TextHealth(score=1.0 if not damage else 0.8, damage=damage, route=Route.REPAIR if damage else Route.KEEP)


def find_document_damage(texts: Iterable[str]) -> DocumentDamage:
    """What a document shows on its pages, for ``context``: give it the raw text of every page."""
    pages = list(texts)
    kinds = frozenset(kind for text in pages for kind in assess_text(text).damage)
    return DocumentDamage(kinds=kinds, stand_ins=tuple(sorted(find_stand_ins("\n".join(pages)).items())))
