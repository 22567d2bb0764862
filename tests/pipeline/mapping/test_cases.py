"""Plans in other wordings, orders and layouts than the usual ones, each mapped by meaning."""

from __future__ import annotations

import pytest

from docmodel.mapping import MatchOutcome
from normalizers.text import normalize_value
from pipeline.mapping.form_tables import unfold_form_tables
from pipeline.mapping.lexicon import load_lexicon
from tests.pipeline.mapping.mapping_cases import MappingCase, list_cases, read_case


@pytest.fixture(params=list_cases("plans"))
def case(request: pytest.FixtureRequest) -> MappingCase:
    return read_case("plans", request.param)


def _labels(case: MappingCase, title: str) -> list[list[str]]:
    """The labels of all sections with a heading, labels outside the schema included."""
    found = []
    for section in case.outline.sections:
        if section.heading is None or title not in normalize_value(section.heading.text):
            continue
        if not normalize_value(section.heading.text).endswith(normalize_value(title)):
            continue
        match = case.mapping.section(section.section_id)
        assert match is not None
        outside = match.outcome is MatchOutcome.MATCHED and not match.element_ids and match.candidates
        found.append([match.candidates[0].label] if outside else list(match.element_ids))
    return found


def test_sections_are_mapped_by_meaning(case: MappingCase) -> None:
    """Every section carries the labels that its words, content and place mean."""
    for title, expected in case.expected["sections"].items():
        found = _labels(case, title)
        assert found, f"no section {title}"
        for labels in found:
            assert set(expected) <= set(labels), (title, labels)
            assert labels[0] in expected, (title, labels)


def test_mentions_and_contents_are_no_evidence(case: MappingCase) -> None:
    """What only a table of contents, a checklist or a sentence names has no section."""
    absent = set(case.expected.get("absent", ()))
    carried = {element_id for match in case.mapping.sections for element_id in match.element_ids}
    assert not {label for label in carried if any(label == one or label.startswith(f"{one}.") for one in absent)}


def test_table_of_contents_is_kept_apart(case: MappingCase) -> None:
    """The lines of a table of contents are neither headings nor text of a section."""
    assert len(case.outline.toc_entries) == case.expected.get("toc_lines", 0)


def test_captions_items_and_names_are_no_headings(case: MappingCase) -> None:
    """Captions, list items and an agency's name alone open no section."""
    headings = {normalize_value(s.heading.text) for s in case.outline.sections if s.heading is not None}
    assert not headings & set(case.expected.get("no_headings", ()))


def test_levels_follow_the_numbers(case: MappingCase) -> None:
    """Levels come from the numbers even where the format's are wrong."""
    for title, level in case.expected.get("levels", {}).items():
        levels = [
            section.level
            for section in case.outline.sections
            if section.heading is not None and normalize_value(section.heading.text).endswith(title)
        ]
        assert levels == [level], title


def test_overruled_headings_stay_candidates(case: MappingCase) -> None:
    """A heading that its content overrules is kept among the candidates."""
    for title, label in case.expected.get("candidates", {}).items():
        section = next(s for s in case.outline.sections if s.heading is not None and s.heading.text.endswith(title))
        match = case.mapping.section(section.section_id)
        assert match is not None
        assert label in {candidate.label for candidate in match.candidates}


def test_every_block_is_in_one_section(case: MappingCase) -> None:
    """No text or table is lost or doubled between the sections and the table of contents; the parts of a plan that is
    one table stand as sections behind it."""
    kept = [block for section in case.outline.sections for block in section.blocks]
    kept += [section.heading for section in case.outline.sections if section.heading is not None]
    kept += list(case.outline.toc_entries)
    tables = [block for block in case.document.blocks if not hasattr(block, "text")]
    assert len([block for block in kept if not hasattr(block, "text")]) == len(tables)
    letters = sorted("".join("".join(block.text.split()) for block in kept if hasattr(block, "text")))
    blocks = unfold_form_tables(case.document.blocks, load_lexicon("opdc-2563"))
    wanted = sorted("".join("".join(block.text.split()) for block in blocks if hasattr(block, "text")))
    assert [c for c in letters if c not in ":："] == [c for c in wanted if c not in ":："]


def test_tables_have_their_kinds(case: MappingCase) -> None:
    """Tables are told by their columns and captions also where no heading stands over them."""
    if "tables" in case.expected:
        assert [match.kind.value for match in case.mapping.tables] == case.expected["tables"]
