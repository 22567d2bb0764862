"""The aliases file and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from docmodel.errors import SchemaDefinitionError
from pipeline.mapping.lexicon import ASPECT, OUTSIDE, load_lexicon, read_lexicon
from pipeline.schema import load_schema

MINIMAL = """schema_id: test
version: "1"
plan_names: [แผนความต่อเนื่อง]
boilerplate: [สภาวะวิกฤต]
fillers: [ของ]
conjunctions: [และ]
aspects: {}
labels:
  "2.1":
    headings: [ขอบเขต]
"""


def test_every_label_is_an_element_an_aspect_or_outside() -> None:
    """Aliases speak only of elements that the schema has, dimensions, and parts that it does not ask for."""
    elements = {element.element_id for element in load_schema("opdc-2563").elements}
    strangers = {
        label
        for label in load_lexicon("opdc-2563").labels()
        if label not in elements and not label.startswith((ASPECT, OUTSIDE))
    }
    assert not strangers


def test_components_have_aliases() -> None:
    """Every component can be recognised by a heading of its own or of a subelement."""
    labels = load_lexicon("opdc-2563").labels()
    for element in load_schema("opdc-2563").elements:
        if element.level == "component":
            assert any(label == element.element_id or label.startswith(f"{element.element_id}.") for label in labels)


def test_an_error_names_file_line_and_key(tmp_path: Path) -> None:
    """A misspelled key is reported with its place."""
    path = tmp_path / "aliases.yaml"
    path.write_text(MINIMAL.replace("    headings:", "    heading:"), encoding="utf-8")
    with pytest.raises(SchemaDefinitionError, match=r"aliases\.yaml:10 .*heading"):
        read_lexicon(path)


def test_a_term_without_letters_is_refused(tmp_path: Path) -> None:
    """A term that vanishes in comparison would match everything."""
    path = tmp_path / "aliases.yaml"
    path.write_text(MINIMAL.replace("[ขอบเขต]", '["1.1"]'), encoding="utf-8")
    with pytest.raises(SchemaDefinitionError, match="no letter to compare"):
        read_lexicon(path)
