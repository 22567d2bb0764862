"""The value of a workbook's cell as a person reads it there."""

from __future__ import annotations

import datetime

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta | None


def value_text(value: Value) -> str:
    """Numbers without a decimal part that says nothing, dates as day/month/year, check boxes as ticked or empty ones.

    >>> value_text(3.0), value_text(0.5), value_text(True), value_text(datetime.date(2024, 5, 31))
    ('3', '0.5', '☑', '31/5/2024')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "☑" if value else "☐"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        return f"{_day(value)} {value.hour}:{value.minute:02}"
    if isinstance(value, datetime.date):
        return _day(value)
    if isinstance(value, datetime.time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _day(value: datetime.date) -> str:
    return f"{value.day}/{value.month}/{value.year}"
