"""What the repair says: kinds of damage, the health of a text, and the ledger of changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from docmodel.value_class import value_class


class DamageKind(StrEnum):
    """A way in which a text layer goes wrong. The values stand in ``pages.damage``."""

    AM_SPLIT = "am_split"
    AM_DECOMPOSED = "am_decomposed"
    AM_DOUBLED = "am_doubled"
    AM_LOST = "am_lost"
    AA_AS_AM = "aa_as_am"
    PRIVATE_USE = "private_use"
    TONE_ORDER = "tone_order"
    MARK_SHIFTED = "mark_shifted"
    MARK_ORPHAN = "mark_orphan"
    SPACE_BEFORE_MARK = "space_before_mark"
    NEWLINE_BEFORE_MARK = "newline_before_mark"
    DOUBLED_GLYPHS = "doubled_glyphs"
    DOUBLED_CLUSTERS = "doubled_clusters"
    TONE_AS_UU = "tone_as_uu"
    OCR_MARK_LOST = "ocr_mark_lost"
    STAND_INS = "stand_ins"
    MOJIBAKE = "mojibake"
    LOOKALIKES = "lookalikes"
    SPACED_LETTERS = "spaced_letters"
    CONTROL_CHARACTERS = "control_characters"
    CID_CODES = "cid_codes"
    REPLACEMENT_CHARACTERS = "replacement_characters"
    INVISIBLE_CHARACTERS = "invisible_characters"
    MARKS_LOST = "marks_lost"
    NO_THAI = "no_thai"
    GARBAGE = "garbage"


class Route(StrEnum):
    """What to do with a text layer: keep as it is, repair it, or read the picture of the page instead."""

    KEEP = "keep"
    REPAIR = "repair"
    OCR = "ocr"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHealth:
    """How far a text can be trusted: ``score`` 0–1 as it stands, kinds of damage found (sorted), and what to do."""

    score: float
    damage: tuple[DamageKind, ...]
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDamage:
    """What a whole document shows, so that a short text of it can be judged: made once, given to each repair.

    It is the collection of its ``kinds``; ``stand_ins`` are foreign characters and the Thai marks that they stand for
    in its fonts.
    """

    kinds: frozenset[DamageKind] = frozenset()
    stand_ins: tuple[tuple[str, str], ...] = ()

    def __contains__(self, kind: object) -> bool:
        """Whether the document shows this kind."""
        return kind in self.kinds

    def __iter__(self) -> Iterator[DamageKind]:
        """The kinds in order of their names."""
        return iter(sorted(self.kinds))

    def __len__(self) -> int:
        """How many kinds the document shows."""
        return len(self.kinds)


@value_class(frozen=True, slots=True, kw_only=True)
class RepairStep:
    """One change: ``before`` at ``start``–``end`` of the text as it was then became ``after``."""

    rule: str
    start: int
    end: int
    before: str
    after: str


@value_class(frozen=True, slots=True, kw_only=True)
class RepairResult:
    """The repaired text and every step that led to it, in order (``replay_steps`` gives the same text)."""

    text: str
    steps: tuple[RepairStep, ...]


def replay_steps(text: str, steps: Iterable[RepairStep]) -> str:
    """The text after the steps; ValueError where a step does not fit the text.

    >>> replay_steps("ก ข", (RepairStep(rule="demo", start=1, end=2, before=" ", after=""),))
    'กข'
    """
    for step in steps:
        if text[step.start : step.end] != step.before:
            raise ValueError(f"step {step.rule} at {step.start} does not fit the text")
        text = text[: step.start] + step.after + text[step.end :]
    return text
