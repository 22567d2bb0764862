"""The schema files: what they give, and that an error names file, line and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docmodel.blocks import TextBlock
from docmodel.document import NormalizedDocument, Page, SourceFile
from docmodel.errors import SchemaDefinitionError
from docmodel.mapping import SchemaMapping
from docmodel.outline import Outline, Section
from docmodel.provenance import Provenance, TextSource
from docmodel.vocabulary import AgencyType, DocumentClass, ElementLevel
from pipeline.assess import assess_components
from pipeline.assess.plan_text import PlanText
from pipeline.schema import list_schemas, load_schema, read_schema, schema_folder
from pipeline.values import Identity, MappedDocument, Records

FORTY_FOUR = 44


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the schema that a test may spoil."""
    copy = tmp_path / "opdc-2563"
    shutil.copytree(schema_folder("opdc-2563"), copy)
    return copy


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first place of a text in a file and give the line it stood on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_schema_has_all_elements_in_order():
    """Eight components with their parts, six requirements and two annexes."""
    schema = load_schema("opdc-2563")
    assert len(schema.elements) == FORTY_FOUR
    components = [element.element_id for element in schema.elements if element.level is ElementLevel.COMPONENT]
    assert components == [f"2.{number}" for number in range(1, 9)]
    assert len(schema.children("2.4")) == len(schema.children("2.6")) == 5
    assert not schema.element("2.3.backups").required
    assert schema.element("3.interagency").applies_to == (AgencyType.PROVINCE,)


def test_every_leaf_can_be_present_and_every_element_says_what_to_do():
    """No element without a rule or without words for the agency."""
    schema = load_schema("opdc-2563")
    for element in schema.elements:
        criteria = schema.criteria_of(element.element_id)
        assert criteria.revise_th.startswith("โปรด")
        assert bool(criteria.present) != bool(schema.children(element.element_id))


def test_aliases_are_headings_of_known_elements():
    """Whatever else the alias file holds, the schema gives headings by element."""
    schema = load_schema("opdc-2563")
    assert schema.aliases["2.1.objectives"]
    assert all(schema.find(element_id) for element_id in schema.aliases)


def test_an_unknown_schema_names_those_that_are_there():
    """The message says what can be chosen."""
    with pytest.raises(SchemaDefinitionError, match="opdc-2563"):
        load_schema("no-such-schema")
    assert "opdc-2563" in list_schemas()


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("elements.yaml", "level: subelement", "level: chapter", "level"),
        ("elements.yaml", 'parent: "2.1"', 'parent: "9.9"', "9.9"),
        ("elements.yaml", "id: 2.1.assumptions", "id: 2.1.objectives", "twice"),
        ("elements.yaml", "id: 2.1.assumptions", "colour: red, id: 2.1.assumptions", "colour"),
        ("criteria.yaml", "dataset: statements", "dataset: letters", "letters"),
        ("criteria.yaml", "where: {kind: [objective]}", "where: {colour: [objective]}", "colour"),
        ("criteria.yaml", "mention: [call_tree]", "mention: [no_such_set]", "no_such_set"),
        ("criteria.yaml", "heads_from: 3", "heads_from: 9", "number of heads"),
        ("criteria.yaml", "[one_scenario]}, around", "[no_such_set]}, around", "no_such_set"),
        ("criteria.yaml", "rule: submission", "rule: horoscope", "present"),
        ("criteria.yaml", "  2.8.sequence:", "  2.8.telepathy:", "2.8"),
        ("calibration.yaml", "    places: -", "    rumours: -", "rumours"),
        ("reasons.yaml", "พบ{title}ในแผนแล้ว", "พบ{titel}ในแผนแล้ว", "placeholder"),
    ],
)
def test_an_error_names_file_line_and_key(folder, name, old, new, words):
    """An analyst who edits a schema file is told where the mistake is, in Thai and English."""
    line = spoil(folder / name, old, new)
    with pytest.raises(SchemaDefinitionError) as caught:
        read_schema(folder)
    assert words in str(caught.value)
    assert name in caught.value.message_th
    if words not in ("2.8", "twice"):
        assert f"{name}:{line}" in str(caught.value)


def test_no_sign_of_doubt_may_make_a_missing_surer(folder):
    """A weight above nothing is an error at its file and place."""
    path = folder / "calibration.yaml"
    spoil(path, "    places: -", "    places: ")
    with pytest.raises(SchemaDefinitionError, match=r"calibration\.yaml:\d+.*above 0"):
        read_schema(folder)


def test_broken_yaml_names_its_line(folder):
    """A file that is no YAML at all."""
    (folder / "criteria.yaml").write_text("schema: opdc-2563\nelements: [\n", encoding="utf-8")
    with pytest.raises(SchemaDefinitionError, match=r"criteria\.yaml:\d"):
        read_schema(folder)


def test_another_schema_is_another_folder_without_code(tmp_path, plans_of):
    """Two elements, their rules and sentences are all that a schema needs."""
    folder = tmp_path / "mini-1"
    folder.mkdir()
    reasons = schema_folder("opdc-2563") / "reasons.yaml"
    shutil.copy(reasons, folder / "reasons.yaml")
    (folder / "elements.yaml").write_text(
        "schema: mini-1\nversion: '1'\ntitle_th: ทดสอบ\ntitle_en: test\nelements:\n"
        "  - {id: a, level: component, required: true, title_th: ส่วนหนึ่ง, title_en: part}\n"
        "  - {id: a.x, parent: a, level: subelement, required: true, title_th: ข้อหนึ่ง, title_en: item}\n",
        encoding="utf-8",
    )
    (folder / "criteria.yaml").write_text(
        "schema: mini-1\nversion: '1'\nphrases: {water: [น้ำประปา]}\nelements:\n"
        "  a: {revise_th: โปรดเพิ่ม}\n"
        "  a.x: {revise_th: โปรดเพิ่ม, present: [{rule: text, test: {phrases: [water]}}]}\n",
        encoding="utf-8",
    )
    verdicts = plans_of(read_schema(folder), "สำรองน้ำประปาไว้สามวัน")
    assert verdicts == {"a": "present", "a.x": "present"}


@pytest.fixture
def plans_of():
    """Judges one paragraph by a schema."""

    def judge(schema, text):
        block = TextBlock(raw_text=text, text=text, provenance=Provenance())
        section = Section(section_id="s001", parent_id=None, order=1, level=1, heading=None, blocks=(block,))
        mapped = MappedDocument(
            document=NormalizedDocument(
                source=SourceFile(source_path="a.txt", path=Path("a.txt"), size_bytes=1, sha256="0" * 64),
                media_type="text/plain",
                pages=(Page(number=None, blocks=(block,), source=TextSource.TEXT),),
                blocks=(block,),
            ),
            outline=Outline(sections=(section,)),
            mapping=SchemaMapping(schema_id=schema.schema_id, sections=(), tables=()),
        )
        identity = Identity(document_class=DocumentClass.BCP_PLAN, class_confidence=1.0, class_reason="test")
        rows = assess_components(PlanText(mapped, schema), identity, Records())
        return {row.element_id: row.status.value for row in rows}

    return judge
