"""Days as people type them into a register or on the command line."""

from __future__ import annotations

from datetime import date

from normalizers.dates import find_dates

_FIRST_YEAR, _LAST_YEAR = 2012, 2100
"""The cabinet first asked for continuity plans in 2012; a day far from then was typed with the wrong year."""


def parse_day(text: str) -> date | None:
    """A day in any Thai or ISO form; None where it is none, or its year can only be a slip.

    >>> parse_day("31/5/2569"), parse_day("31/5/26")
    (datetime.date(2026, 5, 31), None)
    """
    day = next((found.day for found in find_dates(text) if found.day is not None), None)
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None
