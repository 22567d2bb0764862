"""What the built pages hold: documents' texts as text, people masked, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from docmodel.errors import ConfigError
from reports.html.build import REPORT_MARK, ReportRequest, build_report
from tests.reports.conftest import LONG_WORD, PERSON, PHONE, ROOT, SCRIPT, TEMPLATE_TEXT


class _Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _pages(report: Path) -> list[tuple[Path, _Page]]:
    return [(path, _Page(path.read_text(encoding="utf-8"))) for path in sorted(report.rglob("*.html"))]


def test_texts_of_documents_stay_texts(hostile_report: Path) -> None:
    """A tag in a name, sentence, heading or path adds no element to any page and is shown as it was written."""
    pages = _pages(hostile_report)
    assert len(pages) == 2
    for path, page in pages:
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        assert all(script.get("src") and not script["src"].startswith("x") for script in scripts), path
        assert not [tag for tag, attributes in page.tags if tag in ("img", "b", "i") or "onerror" in attributes]
        assert SCRIPT in page.text


def test_templates_in_texts_are_not_run(hostile_report: Path) -> None:
    """A text that looks like a template is shown as it was written."""
    assert any(TEMPLATE_TEXT in page.text for _, page in _pages(hostile_report))


def test_data_files_cannot_be_left(hostile_report: Path) -> None:
    """The data file holds one call with JSON and neither a tag nor a line separator of a document."""
    text = (hostile_report / "data" / "plans-000.js").read_text(encoding="utf-8")
    assert "<" not in text
    assert not set("\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}") & set(text)
    match = re.fullmatch(r"bcpReport\.add\((.*)\);\n", text)
    assert match is not None
    piece = json.loads(match[1])
    assert piece["rows"][0][1] == SCRIPT
    assert piece["head"]["total"] == 1


def test_direction_marks_are_shown_as_what_they_are(hostile_report: Path) -> None:
    """A mark that would turn the text around is replaced by its code."""
    for path in hostile_report.rglob("*.html"):
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in path.read_text(encoding="utf-8")
    assert any("⟨U+202E⟩" in page.text for _, page in _pages(hostile_report))


def test_people_are_masked_everywhere(hostile_report: Path) -> None:
    """No page or data file holds the person's name or number; the first page says that they are masked."""
    for path in hostile_report.rglob("*"):
        if path.suffix in (".html", ".js", ".css"):
            text = path.read_text(encoding="utf-8")
            assert PERSON not in text and "ไม่มีจริง" not in text, path.name
            assert PHONE not in text, path.name
    plan = _pages(hostile_report)[1][1]
    assert "[บุคคล 1]" in plan.text and "[โทรศัพท์]" in plan.text
    assert "รายงานนี้ปิดชื่อ" in _pages(hostile_report)[0][1].text


def test_people_are_shown_when_asked(hostile_datasets: Path, tmp_path: Path) -> None:
    """With personal data the name and number stand on the plan's page, and the first page says so."""
    request = ReportRequest(
        processed=hostile_datasets, input=tmp_path, output=tmp_path / "report", with_personal_data=True
    )
    build_report(request)
    index, plan = (page for _, page in _pages(request.output))
    assert PERSON in plan.text and PHONE in plan.text
    assert "รายงานนี้แสดงชื่อ" in index.text


def test_pages_need_nothing_from_elsewhere(simulated_report: Path) -> None:
    """Every link and file is the report's own, and the policy forbids the rest."""
    for path, page in _pages(simulated_report):
        policy = [a.get("content") or "" for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
        assert policy and "default-src 'none'" in policy[0] and "unsafe" not in policy[0]
        for tag, attributes in page.tags:
            assert "style" not in attributes, (path.name, tag)
            assert not [name for name in attributes if name.startswith("on")]
            for name in ("href", "src"):
                target = attributes.get(name)
                if target and not target.startswith("#"):
                    assert not re.match(r"[a-z]+:|//", target), target
                    assert (path.parent / target.split("#")[0]).exists(), target


def test_failed_files_come_with_what_to_do(simulated_report: Path) -> None:
    """Files that could not be read are grouped by cause with the next step."""
    index = _Page((simulated_report / "index.html").read_text(encoding="utf-8"))
    assert "ไฟล์ตั้งรหัสผ่านไว้ กรุณาขอไฟล์ที่ไม่ตั้งรหัสผ่าน" in index.text
    assert "3 ไฟล์" in index.text


def test_missing_says_what_was_searched_and_came_nearest(hostile_report: Path) -> None:
    """Each missing element names the pages searched and the best candidate."""
    plan = _pages(hostile_report)[1][1]
    assert "ค้นแล้ว 1 จาก 1 หน้า" in plan.text
    assert "สิ่งที่ใกล้เคียงที่สุดแต่ยังไม่ใช่" in plan.text
    assert LONG_WORD in plan.text


def test_a_doubtful_missing_lists_where_to_look(hostile_report: Path) -> None:
    """Places with page and words, people masked; beside them nobody reads that nothing came near."""
    plan = _pages(hostile_report)[1][1].text
    _, _, panel = plan.partition("ที่ที่ควรเปิดดูก่อนสรุปว่าขาด")
    assert panel
    assert f"ตาราง {SCRIPT}[บุคคล 1]" in panel
    assert "หน้า 7 มีคำว่า คำที่ถามหา" in panel
    assert plan.count("ที่ที่ควรเปิดดู") == 1
    assert plan.count("ไม่มีข้อความใดใกล้เคียงพอ") == 1  # where nothing came near and there is nowhere to look either
    assert "ชื่อหัวข้อคล้าย แต่ไม่คล้ายพอ" in plan


def test_pictures_of_pages_with_people_are_left_out(sample_datasets: Path, sample_report: Path, tmp_path: Path) -> None:
    """The team's page is drawn only when asked for; building without it again takes the picture away."""
    output = tmp_path / "report"
    request = ReportRequest(
        processed=sample_datasets, input=ROOT / "data" / "raw", output=output, with_personal_data=True
    )
    build_report(request)
    with_people = {path.name for path in output.rglob("*.webp")}
    masked = {path.name for path in sample_report.rglob("*.webp")}
    assert masked and masked < with_people
    build_report(replace(request, with_personal_data=False))
    assert {path.name for path in output.rglob("*.webp")} == masked


def test_a_report_without_the_input_says_so(sample_datasets: Path, tmp_path: Path) -> None:
    """Without the plans there are no pictures, and each place says why."""
    output = tmp_path / "report"
    build_report(ReportRequest(processed=sample_datasets, input=tmp_path / "none", output=output))
    assert not list(output.rglob("*.webp"))
    assert any("ไม่มีไฟล์ต้นฉบับ" in page.text for _, page in _pages(output))


def test_a_folder_of_something_else_is_left_alone(hostile_datasets: Path, tmp_path: Path) -> None:
    """The report replaces an earlier report only."""
    (tmp_path / "ของเดิม.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError, match="report_folder_taken"):
        build_report(ReportRequest(processed=hostile_datasets, input=tmp_path, output=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["ของเดิม.txt"]


def test_paths_out_of_the_input_are_not_opened(tmp_path: Path) -> None:
    """A source path with dots cannot reach a file outside the input folder."""
    from reports.html.plan_pages import path_inside  # noqa: PLC0415

    assert path_inside(tmp_path, "../../etc/passwd") is None
    assert path_inside(tmp_path, "a/../b.pdf") == tmp_path / "b.pdf"


def test_no_datasets_is_told(tmp_path: Path) -> None:
    """Without datasets the error says what to run."""
    with pytest.raises(ConfigError, match="datasets_missing"):
        build_report(ReportRequest(processed=tmp_path, input=tmp_path, output=tmp_path / "report"))
    assert not (tmp_path / "report" / REPORT_MARK).exists()
