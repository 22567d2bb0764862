"""The same plan as Word and as PDF gives the same records."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

import pytest

from docmodel.document import SourceFile
from normalizers.text import normalize_value
from pipeline.datasets.columns import PlacedRow
from pipeline.mapping import map_outline
from pipeline.normalizing import normalize_document
from pipeline.options import OcrMode, Options
from pipeline.outline import build_outline
from pipeline.reading import read_document
from pipeline.records import build_records
from pipeline.schema import load_schema
from pipeline.values import MappedDocument, Records

RAW = Path(__file__).parents[3] / "data" / "raw"
# Where print runs two headings together the line that names a phase is longer; the phase itself must be the same.
PLACE = {field.name for field in dataclasses.fields(PlacedRow)} | {"phase_raw"}
PAIRS = [path for path in sorted(RAW.glob("*.docx")) if path.with_suffix(".pdf").exists()]


@pytest.mark.parametrize("docx", PAIRS, ids=[path.name[:2] for path in PAIRS])
def test_word_and_pdf_agree(docx: Path) -> None:
    """All rows are equal but for their place, whatever the spaces that print put between words."""
    word, pdf = _records(docx), _records(docx.with_suffix(".pdf"))
    for dataset in Records.__slots__:
        assert _rows(word, dataset) == _rows(pdf, dataset), dataset


def test_there_are_pairs() -> None:
    """The samples hold at least one plan in both formats."""
    assert PAIRS


def _records(path: Path) -> Records:
    data = path.read_bytes()
    source = SourceFile(source_path=path.name, path=path, size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    document = normalize_document(read_document(source, Options(ocr=OcrMode.NEVER)))
    outline = build_outline(document)
    mapping = map_outline(document, outline, load_schema("opdc-2563"))
    return build_records(MappedDocument(document=document, outline=outline, mapping=mapping))


def _rows(records: Records, dataset: str) -> list[str]:
    return sorted(repr([(key, value) for key, value in _compared(row)]) for row in getattr(records, dataset))


def _compared(row: Any) -> list[tuple[str, Any]]:
    pairs = []
    for field in dataclasses.fields(row):
        if field.name in PLACE:
            continue
        value = getattr(row, field.name)
        pairs.append((field.name, "".join(normalize_value(value).split()) if isinstance(value, str) else value))
    return pairs
