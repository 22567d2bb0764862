"""Values as text cells that a spreadsheet program shows and never runs."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from reports.html.environment import plain

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_text(value: Any) -> str:
    """A value in words: lists and structs as JSON, moments in ISO form, nothing for what is not known.

    >>> to_text(["0", "1"]), to_text(None), to_text(True)
    ('["0", "1"]', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def guard_formula(text: str) -> str:
    """A text that a spreadsheet program would run, with an apostrophe in front; any other as it is.

    >>> guard_formula("=1+1"), guard_formula("1-2")
    ("'=1+1", '1-2')
    """
    return "'" + text if text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA) else text


def csv_cell(value: Any, *, as_is: bool) -> str:
    """A CSV cell: text that looks like a formula is guarded and control characters go, unless asked otherwise."""
    text = to_text(value)
    if as_is or not isinstance(value, str | list | dict | tuple):
        return text
    return guard_formula(plain(text))
