"""What a hostile file is, and what its rows must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Verdict = tuple[str, frozenset[str]]
"""A status, and the codes that are right with it (none: no code at all)."""


def ok() -> Verdict:
    return "ok", frozenset()


def failed(*codes: str) -> Verdict:
    return "failed", frozenset(codes)


def partial(*codes: str) -> Verdict:
    return "partial", frozenset(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file of the folder. ``verdicts`` are those of which one must be the file's; ``members`` are the rows of what
    stands inside (None: any). A large case is left to the benchmark."""

    name: str
    make: Callable[[], bytes]
    verdicts: tuple[Verdict, ...]
    members: Mapping[str, Verdict] | None = field(default_factory=dict)
    is_large: bool = False
