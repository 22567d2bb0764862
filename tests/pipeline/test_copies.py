"""Plans against plans: files that say the same, sections of another agency, newer versions."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docmodel.provenance import TextSource
from docmodel.vocabulary import DocumentClass
from pipeline.copies import LARGE_BATCH, find_batch_findings
from pipeline.datasets.rows import FindingRow, PageRow, SectionRow
from pipeline.signatures import (
    Signature,
    _permutations,
    build_signatures,
    group_alike,
    hash_text,
    likeness,
    read_signatures,
)
from pipeline.submissions import find_submissions
from pipeline.summary import DocumentSummary

SYLLABLES = ["กา", "ขอ", "คง", "งาน", "จัด", "ชม", "ซื้อ", "ดิน", "ตาม", "ทาง", "นอก", "บน", "ปาก", "ผล", "ฝน", "พบ", "มา"]


def words(seed: int, count: int = 600) -> str:
    """Text that nobody else writes, the same for the same seed."""
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices(SYLLABLES, k=3)) for _ in range(count))


def plan(path: str, agency: str | None, year: int | None = 2567, **changes: str) -> DocumentSummary:
    return DocumentSummary(
        source_path=path,
        document_id=f"id-{path}",
        status="ok",
        file_format="pdf" if path.endswith(".pdf") else "word",
        document_class=changes.get("document_class", "bcp_plan"),
        agency_name=agency,
        plan_year_be=year,
        province=changes.get("province"),
    )


def signed(*texts: str, element: str = "2.4") -> tuple[Signature, ...]:
    """The signatures of a document with these sections, as they come back from the store."""
    rows = {
        "pages": [PageRow(document_id="1", page_no=1, text="\n".join(texts), text_source=TextSource.DOCX)],
        "sections": [
            SectionRow(
                document_id="1", section_id=f"s{at}", order=at, level=1, heading="กลยุทธ์", text=text, element_id=element
            )
            for at, text in enumerate(texts)
        ],
    }
    return read_signatures(build_signatures(rows))


def look(plans: Sequence[DocumentSummary], texts: dict[str, tuple[Signature, ...]]) -> dict[str, list[FindingRow]]:
    return find_batch_findings(plans, find_submissions(plans), texts)


def test_likeness_survives_damage_and_tells_texts_apart() -> None:
    """Lost tone marks and split vowels change nothing, other texts share next to nothing."""
    clean = words(1)
    damaged = clean.replace("\N{THAI CHARACTER MAI THO}", "").replace("\N{THAI CHARACTER SARA II}", " ")
    assert likeness(hash_text(clean)[1], hash_text(damaged)[1]) > 0.95
    assert likeness(hash_text(clean)[1], hash_text(words(2))[1]) < 0.2


@given(st.text(alphabet="กขคงจ", max_size=40))
def test_hashes_are_those_of_the_formula(letters: str) -> None:
    """Of each hash function the lowest value, as plain numbers give it with the product cut to 64 bits."""
    factors, shifts = _permutations()
    shingles = {letters[at : at + 6] for at in range(max(1, len(letters) - 5))}
    codes = [zlib.crc32(shingle.encode()) for shingle in shingles]
    for found, factor, shift in zip(hash_text(letters)[1], factors.flat, shifts.flat, strict=True):
        values = [(code * int(factor) + int(shift)) % 2**64 % (2**61 - 1) for code in codes]
        assert found == min(value % 2**32 for value in values)


def test_likeness_is_the_same_at_every_run() -> None:
    """Kept signatures are compared with new ones, so the hashes may depend on nothing but the text."""
    _, hashes = hash_text("แผนบริหารความต่อเนื่องของหน่วยงานสมมติ")
    assert hashes.dtype == np.uint32
    assert hashes.tobytes() == hash_text("แผนบริหารความต่อเนื่อง ของหน่วยงานสมมติ")[1].tobytes()
    assert next(group_alike([hashes, hash_text(words(3))[1], hashes])) == [0, 2]


def test_short_sections_and_unmapped_ones_are_not_compared() -> None:
    """A phrase of the form is everybody's."""
    assert [one.section_id for one in signed("สั้น ๆ", words(1))] == [None, "s1"]


def test_a_word_file_and_its_print_under_other_names_are_one_submission() -> None:
    """What they say joins them where one of them does not tell its agency."""
    plans = [plan("ก/ส่ง.docx", "เทศบาลตำบลสมมติ"), plan("ข/สแกน.pdf", None, None)]
    text = words(1)
    hashes = {"ก/ส่ง.docx": hash_text(text)[1], "ข/สแกน.pdf": hash_text(text.replace("กา", "ภา", 9))[1]}
    found = find_submissions(plans, hashes)
    assert len({one.submission_id for one in found.values()}) == 1
    assert found["ข/สแกน.pdf"].formats == {"word", "pdf"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (plan("ก/a.docx", "เทศบาลตำบลสมมติ"), plan("ข/b.pdf", "โรงพยาบาลตัวอย่าง")),
        (plan("ก/a.docx", "เทศบาลตำบลสมมติ", 2565), plan("ข/b.pdf", "เทศบาลตำบลสมมติ", 2567)),
        (plan("ก/a.docx", None, None), plan("ข/b.pdf", None, None)),
        (plan("ก/a.docx", "เทศบาลตำบลสมมติ"), plan("ข/b.docx", None, None)),
    ],
    ids=["another agency", "another year", "two blank forms", "the same format"],
)
def test_like_texts_alone_do_not_make_a_submission(one: DocumentSummary, other: DocumentSummary) -> None:
    """Agencies copy from each other and fill in one form."""
    hashes = {one.source_path: hash_text(words(1))[1], other.source_path: hash_text(words(1))[1]}
    found = find_submissions([one, other], hashes)
    assert len({entry.submission_id for entry in found.values()}) == 2


def test_a_section_of_another_agency_is_told_with_both_places() -> None:
    """On the later plan, where the years say which one it is; its own sections are not."""
    plans = [plan("a.docx", "เทศบาลตำบลสมมติ", 2565), plan("b.docx", "โรงพยาบาลตัวอย่าง", 2567)]
    copied = words(1)
    texts = {"a.docx": signed(words(2), copied), "b.docx": signed(copied.replace("งาน", "ตน", 5), words(3))}
    found = look(plans, texts)
    assert set(found) == {"b.docx"}
    (row,) = found["b.docx"]
    assert (row.code, row.section_id, row.element_id) == ("copied_section", "s0", "2.4")
    assert "เทศบาลตำบลสมมติ, a.docx" in row.message_th
    assert row.evidence_text == "กลยุทธ์ = กลยุทธ์"


def test_without_years_both_plans_are_told() -> None:
    """Nobody knows who copied from whom."""
    plans = [plan("a.docx", "เทศบาลตำบลสมมติ", None), plan("b.docx", "โรงพยาบาลตัวอย่าง", None)]
    assert set(look(plans, {"a.docx": signed(words(1)), "b.docx": signed(words(1))})) == {"a.docx", "b.docx"}


@pytest.mark.parametrize("element", ["2.1.objectives", "annex.checklist"])
def test_what_the_form_words_is_not_copied(element: str) -> None:
    """Objectives and checklist read alike in every plan."""
    plans = [plan("a.docx", "เทศบาลตำบลสมมติ"), plan("b.docx", "โรงพยาบาลตัวอย่าง")]
    texts = {path: signed(words(1), element=element) for path in ("a.docx", "b.docx")}
    assert look(plans, texts) == {}


def test_what_many_agencies_say_is_nobodys_own() -> None:
    """A wording of many, and one of the guideline, is the form's; a real copy among them is still seen."""
    names = [f"โรงเรียน{words(at, 2)}" for at in range(LARGE_BATCH)]
    plans = [plan(f"{at}.docx", name) for at, name in enumerate(names)]
    guideline = plan("คู่มือ.pdf", None, document_class=DocumentClass.GUIDELINE)
    texts = {f"{at}.docx": signed(words(99), words(at + 200)) for at in range(LARGE_BATCH)}
    texts |= {
        "3.docx": signed(words(98), words(55)),
        "4.docx": signed(words(98), words(55)),
        "คู่มือ.pdf": signed(words(55)),
    }
    found = look([*plans, guideline], texts)
    assert set(found) == {"3.docx", "4.docx"}
    assert [row.section_id for row in found["3.docx"]] == ["s0"]


def test_the_files_of_one_agency_are_no_copies_of_each_other() -> None:
    """Word and PDF, or last year's plan."""
    plans = [plan("a.docx", "เทศบาลตำบลสมมติ"), plan("b.pdf", "เทศบาลตำบลสมมติ")]
    assert look(plans, {"a.docx": signed(words(1)), "b.pdf": signed(words(1))}) == {}


def test_an_older_plan_names_the_one_that_replaces_it() -> None:
    """The newest of the agency; an agency of the same name in another province is another."""
    plans = [
        plan("2563.docx", "เทศบาลตำบลสมมติ", 2563, province="แพร่"),
        plan("2565.docx", "เทศบาลตำบลสมมติ", 2565, province="แพร่"),
        plan("2567.docx", "เทศบาลตำบลสมมติ", 2567, province="ตรัง"),
    ]
    found = look(plans, {})
    assert set(found) == {"2563.docx"}
    assert "2565.docx" in found["2563.docx"][0].message_th
