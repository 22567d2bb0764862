"""Covers and openings of unlike shapes, each with the body that sends the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from docmodel.blocks import BlockRole, TextBlock
from docmodel.provenance import Provenance
from pipeline.identity import find_identity
from pipeline.mapping import map_outline
from pipeline.outline import build_outline
from pipeline.schema import load_schema
from pipeline.values import MappedDocument
from tests.pipeline.mapping.mapping_cases import read_text_document

COVERS: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parents[2] / "cases" / "identity" / "covers.yaml").read_text(encoding="utf-8")
)
USUAL_BODY = """
๑. วัตถุประสงค์
เพื่อให้หน่วยงานดำเนินภารกิจที่สำคัญได้อย่างต่อเนื่อง
๒. ขอบเขต
แผนฉบับนี้รองรับอุทกภัย อัคคีภัย และโรคระบาด
"""
FIELDS = ("agency_name", "agency_type", "province", "plan_year_be", "title", "document_class")


@pytest.mark.parametrize("case", COVERS, ids=[case["name"] for case in COVERS])
def test_the_sender_of_a_plan_is_told_from_its_opening(case: dict[str, Any], tmp_path: Path) -> None:
    """Name, kind, province and year are those that the cover, the running head or the file's name say."""
    text = "\n\n".join((case["cover"] + case.get("body", USUAL_BODY)).strip().split("\n"))
    document = read_text_document(text, tmp_path / "plan.txt")
    if "head" in case:
        head = TextBlock(
            role=BlockRole.PAGE_HEADER, raw_text=case["head"], text=case["head"], provenance=Provenance(page_number=1)
        )
        page = document.pages[0]
        document = replace(document, pages=(replace(page, blocks=(head, *page.blocks)), *document.pages[1:]))
    outline = build_outline(document)
    mapping = map_outline(document, outline, load_schema("opdc-2563"))
    identity = find_identity(
        MappedDocument(document=document, outline=outline, mapping=mapping), case.get("file", "plan.pdf")
    )
    wanted = {field: case[field] for field in FIELDS if field in case}
    assert {field: getattr(identity, field) for field in wanted} == wanted
