"""How a row class says what its columns are: type from the annotation, description from the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docmodel.value_class import value_class

_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """Description of a column in Thai and English."""

    th: str
    en: str


def column(th: str, en: str, *, default: Any = _REQUIRED) -> Any:
    """Declare a dataset column; without ``default`` it must be given. The annotation says its type and nullability."""
    metadata = {"column": ColumnInfo(th, en)}
    if default is _REQUIRED:
        return field(metadata=metadata)
    if isinstance(default, list):
        return field(default_factory=lambda: list(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@value_class(frozen=True, slots=True, kw_only=True)
class Row:
    """Base of every row: the document it belongs to."""

    document_id: str = column("รหัสเอกสาร (16 หลักแรกของ SHA-256)", "document key: first 16 hex of the content's SHA-256")


@value_class(frozen=True, slots=True, kw_only=True)
class PlacedRow(Row):
    """A row with its place in the document."""

    page_no: int | None = column("เลขหน้า (เริ่มที่ 1)", "page number from 1; null for formats without pages", default=None)
    bbox: list[float] | None = column(
        "ตำแหน่งบนหน้า [ซ้าย บน ขวา ล่าง] หน่วยจุด PDF", "x0, top, x1, bottom in PDF points; null without pages", default=None
    )
    table_id: str | None = column("รหัสตาราง", "table in the document (see tables)", default=None)
    section_id: str | None = column("รหัสหัวข้อ", "section in the document (see sections)", default=None)
    confidence: float | None = column("ความเชื่อมั่น 0–1", "confidence 0–1", default=None)
