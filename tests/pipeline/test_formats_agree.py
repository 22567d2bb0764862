"""The same plan as a Word file and as its print gives the same records."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from docmodel.vocabulary import DocumentClass
from pipeline.options import OcrMode, Options
from pipeline.process import tell_story
from pipeline.schema import load_schema
from pipeline.sources import read_source

RAW = Path(__file__).parents[2] / "data" / "raw"
PAIRS = sorted(path.stem for path in RAW.glob("*.docx") if path.with_suffix(".pdf").exists())
PROVENANCE = {"document_id", "page_no", "bbox", "table_id", "section_id", "confidence"}
SPACE = re.compile(r"\s+")


def records_of(path: Path) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows of each record dataset without where they stand; white space aside, which printed lines change."""
    story = tell_story(read_source(path, path.name), Options(ocr=OcrMode.NEVER), load_schema("opdc-2563"))
    assert story.identity.document_class is DocumentClass.BCP_PLAN
    return {
        field.name: Counter(_key(row) for row in getattr(story.records, field.name))
        for field in dataclasses.fields(story.records)
    }


def _key(row: Any) -> tuple[Any, ...]:
    values = (
        (field.name, getattr(row, field.name)) for field in dataclasses.fields(row) if field.name not in PROVENANCE
    )
    return tuple((name, SPACE.sub("", value) if isinstance(value, str) else repr(value)) for name, value in values)


@pytest.mark.parametrize("stem", PAIRS)
def test_word_file_and_its_print_agree(stem: str) -> None:
    """Every record of the one is a record of the other, however pages cut its table."""
    word, printed = (records_of(RAW / f"{stem}{suffix}") for suffix in (".docx", ".pdf"))
    for name, rows in word.items():
        assert (rows - printed[name], printed[name] - rows) == (Counter(), Counter()), name


def test_there_are_pairs_to_compare() -> None:
    """The samples hold plans in both formats."""
    assert len(PAIRS) >= 2
