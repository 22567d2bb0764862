"""Doubt that did not stop the work: 'went on, look here'."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an analyst should mind."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something met while reading a document that a person may want to check. Holds no personal data.

    ``code`` is stable and snake_case; both messages say what happened and what to do next.
    """

    code: str
    severity: Severity
    message_th: str
    message_en: str
    page_number: int | None = None
