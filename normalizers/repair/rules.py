"""What a repair rule is, and how its changes become steps of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from normalizers import characters as ch
from normalizers.repair.model import DamageKind, DocumentDamage, RepairStep


class Edit(NamedTuple):
    """A change of one rule: ``text[start:end]`` becomes ``after``. Places are those of the text before the rule ran."""

    start: int
    end: int
    after: str


# None: nothing is known beside the text itself. Otherwise kinds that the document does not show are not there.
Context = DocumentDamage | None
Find = Callable[[str, Context], list[Edit]]


class Gate(StrEnum):
    """What a text has to have for a rule to look at it."""

    ANY = "any"
    FOREIGN = "foreign"
    GAP = "gap"


_GATES: Final = (
    # what sound Thai text is made of, as against private-use glyphs, other code pages, invisible and control characters
    (Gate.FOREIGN, re.compile(f"[^\t\n -~{ch.THAI}–—“”‘’…•]")),
    (Gate.GAP, re.compile("[ \u00a0\n]")),
)


def find_closed(text: str) -> frozenset[Gate]:
    """The gates that a text closes."""
    return frozenset(gate for gate, pattern in _GATES if not pattern.search(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named repair: ``find`` gives its edits in order without overlap.

    ``guard`` is a cheap search: where it finds nothing the rule has nothing to do. Nor has it where ``gate``, a search
    that several rules share, finds nothing.
    """

    kind: DamageKind
    guard: re.Pattern[str]
    find: Find
    gate: Gate = Gate.ANY


def substitutions(pattern: re.Pattern[str], template: str) -> Find:
    """A ``find`` that replaces each match of a pattern, whatever the context."""

    def find(text: str, _context: Context) -> list[Edit]:
        return [Edit(match.start(), match.end(), match.expand(template)) for match in pattern.finditer(text)]

    return find


def apply_edits(text: str, kind: DamageKind, edits: Iterable[Edit]) -> tuple[str, list[RepairStep]]:
    """The changed text, and the steps with the places where each one applies in turn. Edits without effect drop out."""
    pieces: list[str] = []
    steps: list[RepairStep] = []
    position = 0
    shift = 0
    for edit in edits:
        before = text[edit.start : edit.end]
        if before == edit.after or edit.start < position:
            continue
        start = edit.start + shift
        steps.append(RepairStep(rule=kind.value, start=start, end=start + len(before), before=before, after=edit.after))
        pieces += (text[position : edit.start], edit.after)
        position = edit.end
        shift += len(edit.after) - len(before)
    if not steps:
        return text, steps
    pieces.append(text[position:])
    return "".join(pieces), steps
