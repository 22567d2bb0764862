"""Places of evidence: one picture for the places of a page, each place once, with its words."""

from __future__ import annotations

from pathlib import Path

from docmodel.geometry import BBox
from reports.data import plan_page, read_dataset
from reports.html.evidence import EXCERPT_CHARS, Places, PlaceWords, distinct_places, find_crop, make_mark, mark_words
from reports.html.pictures import PagePictures, Picture
from reports.masking import build_masker
from tests.reports.conftest import PERSON
from tests.reports.html.test_pages import _Page

PICTURE = Picture(href="p.webp", width_pt=595, height_pt=842)


def test_a_place_that_is_given_twice_is_shown_once() -> None:
    """Boxes that lie on one another are one place; another page, line, or other words without boxes are another."""
    line = {"page_no": 1, "bbox": [70, 100, 300, 120], "text": "ก"}
    marker_off = {"page_no": 1, "bbox": [85, 100, 300, 120], "text": "- ก"}
    next_line = {"page_no": 1, "bbox": [70, 121, 300, 141], "text": "ข"}
    other_page = {**line, "page_no": 2}
    assert distinct_places([line, marker_off, next_line, other_page]) == [line, next_line, other_page]
    words = [{"page_no": None, "text": text, "section_id": "s1"} for text in ("ก", "ก", "ข")]
    assert len(distinct_places(words)) == 2


def test_the_crop_holds_all_marks_and_stays_on_the_page() -> None:
    """The band has the page's width and every mark; the narrow one has the marks too and never leaves the page."""
    marks = [make_mark(BBox(70, 10, 300, 30), 1), make_mark(BBox(400, 300, 590, 320), 2)]
    for narrow in (False, True):
        crop = find_crop(marks, PICTURE, narrow=narrow)
        for mark in marks:
            assert crop.x <= mark.x and mark.x + mark.width <= crop.x + crop.width
            assert crop.y <= mark.y and mark.y + mark.height <= crop.y + crop.height
        assert crop.x >= 0 and crop.x + crop.width <= PICTURE.width_pt
        assert crop.y >= 0 and crop.y + crop.height <= PICTURE.height_pt
    assert find_crop(marks, PICTURE).width == PICTURE.width_pt
    assert find_crop(marks[:1], PICTURE, narrow=True).width < PICTURE.width_pt


def test_every_place_of_the_dataset_is_on_the_page_once(sample_datasets: Path, sample_report: Path) -> None:
    """Evidence of one page shares one picture: as many marks as distinct places, no more pictures than pages."""
    components = read_dataset(sample_datasets, "components")
    scope = components[(components["element_id"] == "2.1.scope") & components["evidence"].map(len).gt(0)]
    row = next(row for row in scope.to_dict("records") if row["evidence"][0]["page_no"])
    html = (sample_report / plan_page(row["document_id"])).read_text(encoding="utf-8")
    part = html[html.index('id="e-2-1-scope"') :]
    part = part[: part.index("</details>")]
    places = distinct_places(list(row["evidence"]))[:5]
    assert part.count('class="mark"') == sum(place["bbox"] is not None for place in places)
    assert part.count("<svg") == len({place["page_no"] for place in places})


def test_word_files_say_in_which_table_the_words_stand(sample_datasets: Path, sample_report: Path) -> None:
    """A format without pages names the table (or heading) of its evidence."""
    documents = read_dataset(sample_datasets, "documents")
    word = documents[documents["source_path"].str.endswith(".docx")]["document_id"].iloc[0]
    page = _Page((sample_report / plan_page(word)).read_text(encoding="utf-8"))
    assert "ไฟล์นี้ไม่มีเลขหน้า" in page.text
    assert "ตาราง " in page.text or "หัวข้อ " in page.text
    assert page.text.count("หลักฐานนี้ไม่ได้อยู่ในเนื้อหา") == 1, "only the other file, which is no text of this one"


def test_words_are_marked_in_their_section() -> None:
    """Each of several words is marked with its number in the text around them; what the text lacks stands alone."""
    body = "ก" * 400 + "เพื่อ  เตรียม พร้อม และเพื่อลด ผลกระทบ" + "ข" * 400
    words = [PlaceWords(number=1, text="เพื่อลด ผลกระทบ"), PlaceWords(number=2, text="เพื่อ เตรียม พร้อม")]
    parts = mark_words(body, words)
    assert [(part.number, part.text) for part in parts if part.marked] == [
        (2, "เพื่อ  เตรียม พร้อม"),
        (1, "เพื่อลด ผลกระทบ"),
    ]
    assert parts[0].text == "… " and parts[-1].text.endswith(" …")
    assert "".join(part.text for part in parts[1:-1]) in body
    alone = mark_words(body, [PlaceWords(number=None, text="ไม่มีในหัวข้อ")])
    assert [(part.marked, part.text) for part in alone] == [(True, "ไม่มีในหัวข้อ")]


def test_a_name_at_the_edge_of_an_excerpt_stays_hidden(tmp_path: Path) -> None:
    """A name that the excerpt would cut in two is hidden before it is cut."""
    text = PERSON + "ก" * (EXCERPT_CHARS - 8) + "คำสำคัญของหัวข้อ"
    places = Places(
        masker=build_masker([{"person_name": PERSON}], show=False),
        pictures=PagePictures(source=None, folder=tmp_path, earlier=None, document_id="x", sizes={}),
        pages={},
        sections={"s1": {"heading": "หัวข้อ", "text": text}},
        tables={},
        pages_with_team=frozenset(),
    )
    view = places.show([{"page_no": None, "section_id": "s1", "text": "คำสำคัญของหัวข้อ"}])[0]
    assert view.excerpt is not None
    shown = "".join(part.text for part in view.excerpt.parts)
    assert PERSON[-8:] not in shown and "คำสำคัญของหัวข้อ" in shown
