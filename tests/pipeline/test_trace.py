"""The story of a document and the case for a verdict, as they stand in the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from docmodel.blocks import BlockRole, TextBlock
from docmodel.document import ExtractedDocument, NormalizedDocument, Page, SourceFile
from docmodel.errors import ConfigError
from docmodel.mapping import Candidate, MatchOutcome, SchemaMapping, SectionMatch
from docmodel.outline import Outline, Section
from docmodel.provenance import Provenance, TextSource
from docmodel.vocabulary import DocumentClass
from pipeline.assess import assess_components, find_findings
from pipeline.assess.plan_text import PlanText
from pipeline.explain import render_explanation
from pipeline.process import DocumentStory
from pipeline.schema import load_schema
from pipeline.trace import render_trace
from pipeline.values import Identity, MappedDocument, Records


@pytest.fixture(scope="module")
def story() -> DocumentStory:
    """A plan of one heading on page 2 that names the call tree; page 3 could not be read."""
    place = Provenance(page_number=2, source=TextSource.TEXT_LAYER)
    heading = TextBlock(role=BlockRole.HEADING, raw_text="ขั้นตอน [ก]", text="ขั้นตอน [ก]", provenance=place)
    block = TextBlock(raw_text="แจ้งตาม Call Tree", text="แจ้งตาม Call Tree", provenance=place)
    source = SourceFile(source_path="แผน.pdf", path=Path("แผน.pdf"), size_bytes=10, sha256="ab" * 32)
    pages = (
        Page(number=2, blocks=(heading, block), source=TextSource.TEXT_LAYER, quality=0.9),
        Page(number=3, blocks=(), source=TextSource.OCR, readable=False, damage=("mojibake",)),
    )
    mapped = MappedDocument(
        document=NormalizedDocument(source=source, media_type="application/pdf", pages=pages, blocks=(heading, block)),
        outline=Outline(
            sections=(Section(section_id="s001", parent_id=None, order=1, level=1, heading=heading, blocks=(block,)),)
        ),
        mapping=SchemaMapping(
            schema_id="opdc-2563",
            sections=(
                SectionMatch(
                    section_id="s001",
                    outcome=MatchOutcome.MATCHED,
                    element_ids=("2.7",),
                    candidates=(
                        Candidate(label="2.7", score=0.9, method="heading_exact", term="ขั้นตอน"),
                        Candidate(label="2.8", score=0.4, method="vocabulary"),
                    ),
                ),
            ),
            tables=(),
        ),
    )
    identity = Identity(document_class=DocumentClass.BCP_PLAN, class_confidence=0.9, class_reason="test")
    schema = load_schema("opdc-2563")
    components = assess_components(PlanText(mapped, schema), identity, Records())
    return DocumentStory(
        extracted=ExtractedDocument(source=source, media_type="application/pdf", pages=pages),
        mapped=mapped,
        identity=identity,
        records=Records(),
        components=components,
        findings=find_findings(PlanText(mapped, schema), identity, Records(), components),
    )


def shown(renderable: object) -> str:
    """What a wide terminal shows."""
    stream = io.StringIO()
    Console(file=stream, width=220, color_system=None).print(renderable)
    return stream.getvalue()


def test_the_trace_tells_every_stage(story):
    """Pages with their trust, sections with score and runner-up, verdicts with what came nearest."""
    text = shown(render_trace(story, load_schema("opdc-2563")))
    for words in ("mojibake", "NO", "heading_exact", "2.8 0.40 · vocabulary", "unreadable", "nearest", "Call Tree"):
        assert words in text


def test_text_of_a_document_is_no_markup(story):
    """Brackets of a heading are shown as they stand."""
    assert "ขั้นตอน [ก]" in shown(render_trace(story, load_schema("opdc-2563")))


def test_the_explanation_makes_the_case(story):
    """What was tried, what only mentions it, what was rejected, which page could not be read."""
    text = shown(render_explanation(story, load_schema("opdc-2563"), "2.8.sequence"))
    assert "does not hold" in text
    assert "mention p. 2" in text
    assert "rejected s001 0.40" in text
    assert "could not be read: 3" in text


def test_a_component_is_explained_by_its_parts(story):
    """The required and the optional parts with their statuses."""
    text = shown(render_explanation(story, load_schema("opdc-2563"), "2.8"))
    assert "2.8.sequence" in text
    assert "(optional)" in text


def test_an_unknown_element_names_those_that_are_there(story):
    """The message says what can be asked."""
    with pytest.raises(ConfigError, match=r"2\.8\.sequence"):
        render_explanation(story, load_schema("opdc-2563"), "9.9")
