"""The case for a "missing" in the terminal: what came nearest and why not, and all places where it may stand."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from docmodel.document import ExtractedDocument
from docmodel.vocabulary import TableKind
from pipeline.assess import assess_components
from pipeline.assess.plan_text import PlanText
from pipeline.explain import render_explanation
from pipeline.process import DocumentStory
from pipeline.schema import load_schema
from pipeline.values import Records
from tests.pipeline.assess.conftest import Grid, Part, PlanMaker, plan_identity

PLANS = PlanMaker(schema=load_schema("opdc-2563"))
BODY = "ข้อความยาวพอที่จะเป็นเนื้อหาของแผน แต่ใช้ถ้อยคำที่ไม่มีผู้ใดรู้จักมาก่อน"
KNOWN = Part(heading="วัตถุประสงค์", elements=("2.1.objectives",), body=("เพื่อให้บริการได้ต่อเนื่อง",))
LOOK = "where to look"


def explain(element_id: str, *parts: Part, toc: tuple[str, ...] = ()) -> str:
    """What a wide terminal shows of one verdict."""
    mapped = PLANS.make(*parts, toc=toc)
    identity, records = plan_identity(), Records()
    story = DocumentStory(
        extracted=ExtractedDocument(source=mapped.document.source, media_type="application/pdf", pages=()),
        mapped=mapped,
        identity=identity,
        records=records,
        components=assess_components(PlanText(mapped, PLANS.schema), identity, records),
        findings=(),
    )
    stream = io.StringIO()
    Console(file=stream, width=220, color_system=None).print(render_explanation(story, PLANS.schema, element_id))
    return stream.getvalue()


def test_all_unexplained_places_are_listed_with_what_speaks_for_them() -> None:
    """More than the sentence names: each by page and first words, with the schema's words that stand there."""
    unknown = [Part(heading=f"เรื่องแปลก {number}", body=(BODY,), page=number) for number in range(1, 7)]
    told = Part(heading="เรื่องเล่า", body=("น้ำท่วมทำให้เข้าอาคารไม่ได้และต้องหยุดให้บริการ",), page=8)
    looked = explain("2.2.impacts", *unknown, told).partition(LOOK)[2]
    assert "ไม่แน่ใจ a doubt" in looked
    assert all(f"p. {number} s00{number} เรื่องแปลก {number}" in looked for number in range(1, 7))
    first, _, others = looked.partition("เรื่องแปลก 1")
    assert "p. 8 s007 เรื่องเล่า" in first
    assert "มีคำว่า says" in first and "น้ำท่วม" in first.partition("says")[2]
    assert others.count("none of its words") == len(unknown)


def test_the_home_of_a_part_is_told_apart_from_unexplained_places() -> None:
    """A team without stand-ins: its heading is where to look first."""
    team = Part(heading="คณะทำงาน", elements=("2.3",), body=("ผู้อำนวยการกองเป็นผู้สั่งการเมื่อเกิดเหตุ",), page=5)
    looked = explain("2.3.backups", KNOWN, team).partition(LOOK)[2]
    assert "p. 5 s002 คณะทำงาน" in looked
    assert "its component" in looked
    assert "unexplained ·" not in looked


def test_a_missing_in_a_plan_that_is_all_explained_is_told_as_certain() -> None:
    """Nothing is left to look at, and the panel says so."""
    text = explain("2.8.sequence", KNOWN)
    assert "แน่ใจ certain" in text
    assert "everything in the plan is explained" in text


@pytest.mark.parametrize(
    ("parts", "toc", "words"),
    [
        ((Part(heading="อื่น ๆ", elements=("2.1",), body=("แจ้งตาม Call Tree",), page=6),), (), "กล่าวถึงเพียงชื่อ"),
        ((Part(heading="การแจ้ง", elements=("2.7",), candidates=(("2.8", 0.5),)),), (), "เข้ากับส่วนอื่นมากกว่า"),
        ((KNOWN,), ("กระบวนการแจ้งเหตุ Call Tree ..... 9",), "เป็นบรรทัดในสารบัญ ไม่ใช่เนื้อหา"),
    ],
)
def test_the_nearest_candidate_is_told_with_why_it_was_rejected(
    parts: tuple[Part, ...], toc: tuple[str, ...], words: str
) -> None:
    """The same candidate as in the verdict's row, and never "nothing came near" beside it."""
    text = explain("2.8.sequence", *parts, toc=toc)
    assert "nearest" in text
    assert words in text
    assert "nothing came near" not in text


def test_a_component_shows_what_came_nearest_to_its_parts() -> None:
    """The row of a component has a candidate too, and places of its own."""
    text = explain("2.8", Part(heading="อื่น ๆ", elements=("2.1",), body=("แจ้งตาม Call Tree",), page=6))
    assert "nearest p. 6" in text
    assert LOOK in text


def test_a_rejected_heading_says_what_it_was_taken_for() -> None:
    """With both scores, so that an analyst sees how close it was."""
    text = explain("2.8.sequence", Part(heading="การแจ้ง", elements=("2.7",), candidates=(("2.8", 0.5),)))
    assert "rejected s001 0.50" in text
    assert "← 2.7 1.00 matched" in text


def test_what_is_there_has_no_places_to_look_at() -> None:
    """A table that proves an element leaves no question."""
    tree = Grid(kind=TableKind.CALL_TREE, rows=(("ผู้แจ้ง", "ผู้รับแจ้ง"), ("หัวหน้าเวร", "ผู้อำนวยการกองกลาง")))
    text = explain("2.8.sequence", Part(heading="การแจ้งเหตุ", elements=("2.8",), body=(tree,)))
    assert LOOK not in text
