"""Tables for reading: Thai heads, words for enum values, texts of documents as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.html.environment import plain
from reports.labels import thai_hours

NO_ROWS = "ไม่มีรายการ"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that a notebook shows; ``heads`` gives the columns to show with their Thai heads."""

    frame: pd.DataFrame
    heads: Mapping[str, str]

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return f"<p>{NO_ROWS}</p>"
        html: str = self._shown().to_html(index=False, escape=True, border=0)
        return html

    def __repr__(self) -> str:
        """The same as plain text."""
        return NO_ROWS if self.frame.empty else str(self._shown().to_string(index=False))

    def _shown(self) -> pd.DataFrame:
        return self.frame[list(self.heads)].map(_words).rename(columns=dict(self.heads)).rename_axis(columns=None)


def hours_in_words(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """A copy in which lengths of time in hours are written in the largest unit."""
    changed = frame.copy()
    for column in columns:
        words = [None if pd.isna(hours) else thai_hours(float(hours)) for hours in frame[column]]
        changed[column] = pd.Series(words, index=frame.index, dtype=object)
    return changed


def _words(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_words(part) for part in value) or "–"
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return "–"
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return plain(str(value))
