"""``corrections.csv`` beside the input: what reviewers decided, read as carefully as any file from outside."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Final

from docmodel.errors import ConfigError
from docmodel.issue import Issue
from docmodel.vocabulary import DocumentStatus, ElementStatus
from normalizers.dates import find_dates
from normalizers.numerals import to_arabic_digits
from pipeline.correction_issues import CORRECTIONS_FILE, build_issue
from pipeline.datasets.text import clean_text
from pipeline.schema import Schema
from pipeline.summary import DocumentSummary

COLUMNS: Final = ("source_path", "document_id", "element_id", "status", "note", "reviewed_by", "reviewed_at")
MAX_BYTES: Final = 32 * 1024 * 1024
"""Twelve thousand plans with every element corrected and a note on each stay below it."""
MAX_NOTE_CHARS: Final = 2000
_THAI_TIME: Final = timezone(timedelta(hours=7))
_BUDDHIST_ERA: Final = 543
_DOCUMENT_ID: Final = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{48})?")
_STATUS_WORDS: Final = {
    "มีครบ": ElementStatus.PRESENT,
    "มี": ElementStatus.PRESENT,
    "มีบางส่วน": ElementStatus.PARTIAL,
    "ไม่พบ": ElementStatus.MISSING,
    "ขาด": ElementStatus.MISSING,
    "อ่านไม่ได้": ElementStatus.UNREADABLE,
    "ไม่เกี่ยวข้อง": ElementStatus.NOT_APPLICABLE,
    **{status.value: status for status in ElementStatus},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One reviewer's verdict on one element. ``line`` is the row's line in the file; one of path and id is known."""

    line: int
    source_path: str | None
    document_id: str | None
    element_id: str
    status: ElementStatus
    note: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedCorrections:
    """The corrections that fit a batch by source path and element, and what is to be said of the others."""

    by_path: Mapping[str, Mapping[str, Correction]]
    issues: tuple[Issue, ...] = ()

    @property
    def count(self) -> int:
        """How many verdicts are corrected."""
        return sum(len(corrections) for corrections in self.by_path.values())


def read_corrections(input_path: Path) -> tuple[tuple[Correction, ...], tuple[Issue, ...]]:
    """The rows of the file beside the input and an issue for each that cannot be used; nothing without a file.

    Raises ConfigError where the file as a whole is none, so that no run quietly goes without its corrections.
    """
    folder = input_path if input_path.is_dir() else input_path.parent
    path = folder / CORRECTIONS_FILE
    if not path.is_file():
        return (), ()
    text = _read_text(path)
    corrections: list[Correction] = []
    issues: list[Issue] = []
    for line, row in _read_rows(text):
        parsed = _parse_row(line, row)
        if isinstance(parsed, Correction):
            corrections.append(parsed)
            if row.get("reviewed_at") and parsed.reviewed_at is None:
                issues.append(build_issue("correction_date_unclear", line))
        elif parsed is not None:
            issues.append(parsed)
    return tuple(corrections), tuple(issues)


def fit_corrections(
    corrections: Sequence[Correction], summaries: Sequence[DocumentSummary], schema: Schema
) -> FittedCorrections:
    """Each correction beside the document it is for; one that fits none is an issue. Of two on one element the later
    review counts."""
    by_path = {unicodedata.normalize("NFC", summary.source_path): summary for summary in summaries}
    originals = {summary.document_id: summary for summary in summaries if summary.status != DocumentStatus.DUPLICATE}
    fitted: dict[str, dict[str, Correction]] = {}
    issues: list[Issue] = []
    for correction in corrections:
        found = _find_document(correction, by_path, originals)
        if isinstance(found, Issue):
            issues.append(found)
            continue
        if schema.find(correction.element_id) is None:
            issues.append(build_issue("correction_element_unknown", correction.line))
            continue
        if not found.components:
            issues.append(build_issue("correction_without_verdict", correction.line))
            continue
        chosen = fitted.setdefault(found.source_path, {})
        earlier = chosen.get(correction.element_id)
        older, newer = sorted((earlier or correction, correction), key=_reviewed)
        if earlier is not None:
            issues.append(build_issue("correction_superseded", older.line, by=newer.line))
        chosen[correction.element_id] = newer
    return FittedCorrections(by_path=fitted, issues=tuple(issues))


def _reviewed(correction: Correction) -> tuple[datetime, int]:
    return correction.reviewed_at or datetime.min.replace(tzinfo=UTC), correction.line


def _find_document(
    correction: Correction, by_path: Mapping[str, DocumentSummary], originals: Mapping[str, DocumentSummary]
) -> DocumentSummary | Issue:
    """The document whose rows are corrected. A file with the content of another has no rows; the other's are meant."""
    named = by_path.get(correction.source_path) if correction.source_path else None
    known = originals.get(correction.document_id) if correction.document_id else None
    if named is not None and correction.document_id and named.document_id != correction.document_id:
        return build_issue("correction_content_changed", correction.line)
    found = originals.get(named.document_id) if named is not None else known
    return found if found is not None else build_issue("correction_document_unknown", correction.line)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _file_error("ใหญ่เกินกำหนด", "is too large")
        data = path.read_bytes()
    except OSError as error:
        raise _file_error("เปิดไม่ได้", "cannot be opened") from error
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's "Unicode text"
    encodings = ("utf-16",) if is_utf16 else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _file_error("ไม่ใช่ไฟล์ข้อความ", "is no text file")


def _read_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and named cells of each row that is not blank. Some systems' Excel writes ``;`` or tabs."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            if names is None:
                raise _file_error("แถวหัวตารางอ่านไม่ได้", "has a header that cannot be read") from None
            yield line, {}
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = [cell.strip().lower() for cell in cells]
            lacking = {"element_id", "status"} - set(names)
            if lacking or not {"source_path", "document_id"} & set(names):
                raise _file_error("ไม่มีคอลัมน์ที่จำเป็น", "lacks a column that it must have")
            continue
        yield (
            line,
            {name: clean_text(cell).strip() for name, cell in zip(names, cells, strict=False) if name in COLUMNS},
        )


def _parse_row(line: int, row: Mapping[str, str]) -> Correction | Issue | None:
    """A correction, or what is wrong with the row. A row that says no status is one that nobody has filled in yet."""
    path = unicodedata.normalize("NFC", row.get("source_path", "")).replace("\\", "/").removeprefix("./")
    document_id = row.get("document_id", "").lower()
    element_id, status = to_arabic_digits(row.get("element_id", "")), row.get("status", "").lower()
    if row and not status:
        return None
    if not row or not element_id or not (path or document_id):
        return build_issue("correction_row_invalid", line)
    if document_id and not _DOCUMENT_ID.fullmatch(document_id):
        return build_issue("correction_row_invalid", line)
    if status not in _STATUS_WORDS:
        return build_issue("correction_status_unknown", line)
    return Correction(
        line=line,
        source_path=path or None,
        document_id=document_id[:16] or None,
        element_id=element_id,
        status=_STATUS_WORDS[status],
        note=row.get("note", "")[:MAX_NOTE_CHARS] or None,
        reviewed_by=row.get("reviewed_by", "")[:200] or None,
        reviewed_at=_parse_time(row.get("reviewed_at", "")),
    )


def _parse_time(text: str) -> datetime | None:
    """A moment in UTC of an ISO date or time or a Thai date; without a zone it is Thai time. None where unclear."""
    text = to_arabic_digits(text.strip())
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(_common_era(text))
    except ValueError:
        days = [found.day for found in find_dates(text) if found.day is not None]
        if len(days) != 1:
            return None
        moment = datetime.combine(days[0], time())
    if not date.min.year + 1 < moment.year < date.max.year - 1:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=_THAI_TIME)).astimezone(UTC)


def _common_era(text: str) -> str:
    """An ISO date whose year is of the Buddhist era as one of the common era."""
    year = text[:4]
    return f"{int(year) - _BUDDHIST_ERA}{text[4:]}" if year.isdigit() and int(year) > 2400 else text


def _file_error(th: str, en: str) -> ConfigError:
    columns = ", ".join(COLUMNS)
    return ConfigError(
        "corrections_unreadable",
        th=f"{CORRECTIONS_FILE} {th} โปรดบันทึกเป็น CSV (UTF-8) มีคอลัมน์ {columns} แล้วสั่งซ้ำ",
        en=f"{CORRECTIONS_FILE} {en}; save it as CSV (UTF-8) with the columns {columns}, then run again.",
    )
