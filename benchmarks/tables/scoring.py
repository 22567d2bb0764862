"""How many rows and cells of the truth came back."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.tables.readers import Row

# Look-alikes of one sign: which of them a font draws is no matter.
_SAME_SIGN = str.maketrans({"✔": "✓", "√": "✓", "●": "•", "▪": "•", "○": "•", "–": "-", "—": "-", "\u200b": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares 0–1: rows right in every cell, and cells right in their column."""

    row_f1: float
    cell_f1: float
    lost: tuple[Row, ...] = ()
    extra: tuple[Row, ...] = ()


def score_rows(read: Sequence[Row], truth: Sequence[Row]) -> Score:
    """A row is right when every cell is, white space aside; rows without any text are left out."""
    ours, theirs = _keys(read), _keys(truth)
    cells = [
        Counter((col, text) for row in rows.elements() for col, text in enumerate(row) if text)
        for rows in (ours, theirs)
    ]
    return Score(
        row_f1=_f1(ours, theirs),
        cell_f1=_f1(*cells),
        lost=tuple((theirs - ours).elements()),
        extra=tuple((ours - theirs).elements()),
    )


def _f1(ours: Counter, theirs: Counter) -> float:  # type: ignore[type-arg]
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def _keys(rows: Iterable[Row]) -> Counter[Row]:
    keys = (tuple(_key(text) for text in row) for row in rows)
    return Counter(key for key in keys if any(key))


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).translate(_SAME_SIGN).split())
