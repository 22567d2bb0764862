"""The report in a real browser: sorting, filters, search, opening a plan, the mark on the page, keyboard, axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from tests.reports.conftest import ROOT, SCRIPT

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}

NATURAL_WIDTH = "async e => { const i = new Image(); i.src = e.href.baseVal; await i.decode(); return i.naturalWidth; }"

OpenPage = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Opens a file in a fresh window; the test fails when the page reports an error or asks the network."""
    contexts = []
    errors: list[str] = []

    def open_one(path: Path, *, anchor: str = "", size: dict[str, int] = DESKTOP, bypass: bool = False) -> Any:
        context = chromium.new_context(viewport=size, bypass_csp=bypass)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:")) else errors.append(request.url),
        )
        page.goto(path.resolve().as_uri() + anchor)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


def _names(page: Any) -> list[str]:
    return [name.strip() for name in page.locator("#rows th a").all_inner_texts()]


def _dictionary_order(name: str) -> str:
    """A Thai dictionary looks up a word by its consonant, not by the vowel written in front of it."""
    return re.sub(r"([เแโใไ])(.)", r"\2\1", name)


def _plan(report: Path, *, with_pictures: bool = True) -> Path:
    return next(p for p in sorted(report.glob("plans/*/*.html")) if p.with_suffix("").is_dir() == with_pictures)


def test_sorting_by_any_column(simulated_report: Path, open_page: OpenPage) -> None:
    """A click on a head sorts by it and says so; a second click turns the order around."""
    page = open_page(simulated_report / "index.html")
    page.click("#heads th[data-key=name] button")
    names = _names(page)
    assert names == sorted(names, key=_dictionary_order)
    assert page.get_attribute("#heads th[data-key=name]", "aria-sort") == "ascending"
    page.click("#heads th[data-key=name] button")
    assert page.get_attribute("#heads th[data-key=name]", "aria-sort") == "descending"
    assert _dictionary_order(_names(page)[0]) > _dictionary_order(names[-1])
    page.click("#heads th[data-key=s7] button")
    assert page.locator("#rows tr:not(.spacer) .c-status:last-child .badge").first.inner_text() == "ไม่พบ"
    assert page.locator("#heads th[aria-sort]").count() == 1


def test_filters_and_search_narrow_the_matrix(simulated_report: Path, open_page: OpenPage) -> None:
    """Each filter leaves only what it asks for; the count says how many, and clearing brings all back."""
    page = open_page(simulated_report / "index.html")
    assert "120 จาก 120" in page.inner_text("#count")
    page.fill("#f-search", "โรงพยาบาล")
    names = _names(page)
    assert names and all("โรงพยาบาล" in name for name in names)
    page.click("#filters button[type=reset]")
    page.wait_for_function("() => document.querySelector('#count').textContent.includes('120 จาก')")
    page.select_option("#f-kind", label="สถานศึกษา")
    assert set(page.locator("#rows .c-kind").all_inner_texts()) == {"สถานศึกษา"}
    page.select_option("#f-kind", "")
    page.select_option("#f-element", "4")
    page.select_option("#f-status", label="ไม่พบ")
    cells = page.locator("#rows tr:not(.spacer) td:nth-child(11) .badge").all_inner_texts()
    assert cells and set(cells) == {"ไม่พบ"}
    page.fill("#f-search", "ไม่มีหน่วยงานนี้")
    assert "แสดง 0 จาก" in page.inner_text("#count")
    assert "ไม่มีแผนที่ตรงกับตัวกรอง" in page.inner_text("#rows")


def test_filters_by_what_was_sent(delivery_report: Path, open_page: OpenPage) -> None:
    """The matrix can be narrowed to plans that came as Word alone, late, or from agencies that are not expected."""
    page = open_page(delivery_report / "index.html")
    for choice, names in (
        ("เฉพาะ Word", {"โรงเรียนสมมุติวิทยา"}),
        ("ได้รับหลังกำหนด", {"กรมทดลองระบบ"}),
        ("ไม่อยู่ในทะเบียน", {"โรงเรียนสมมุติวิทยา"}),
    ):
        page.select_option("#f-delivery", label=choice)
        assert set(_names(page)) == names
    page.click("a[href='register.html']")
    page.wait_for_url("**/register.html")
    page.locator("#late a").first.click()
    page.wait_for_url("**/plans/**")
    assert page.inner_text("h1") == "กรมทดลองระบบ"


def test_the_chart_follows_the_filters_and_narrows_them(simulated_report: Path, open_page: OpenPage) -> None:
    """The chart counts the plans that the filters leave, says so, and a click on a bar leaves only its plans."""
    page = open_page(simulated_report / "index.html")
    page.wait_for_function("() => Boolean(window.Chart && Chart.getChart('filtered-chart'))")
    assert "120 แผน" in str(page.get_attribute("#filtered-chart", "aria-label"))
    page.select_option("#f-kind", label="สถานศึกษา")
    shown = int(page.inner_text("#count").split()[1])
    totals = "Chart.getChart('filtered-chart').data.datasets.reduce((sum, set) => sum + set.data[0], 0)"
    assert page.evaluate(totals) == shown < 120
    page.locator("#filtered-chart").scroll_into_view_if_needed()
    count, x, y = page.evaluate(
        """() => {
          const chart = Chart.getChart('filtered-chart');
          chart.resize();
          const at = chart.data.datasets.findIndex(set => set.key === 'present');
          const bar = chart.getDatasetMeta(at).data[4].getProps(['x', 'y', 'base'], true);
          return [chart.data.datasets[at].data[4], (bar.x + bar.base) / 2, bar.y];
        }"""
    )
    page.locator("#filtered-chart").click(position={"x": x, "y": y})
    page.wait_for_function("() => document.querySelector('#f-element').value === '4'")
    assert int(page.inner_text("#count").split()[1]) == count
    cells = page.locator("#rows tr:not(.spacer) td:nth-child(11) .badge").all_inner_texts()
    assert set(cells) == {"ครบ"}


def test_a_filtered_matrix_has_an_address(simulated_report: Path, open_page: OpenPage) -> None:
    """The address of a filtered matrix opens it filtered."""
    page = open_page(simulated_report / "index.html")
    page.fill("#f-search", "โรงพยาบาล")
    names = _names(page)
    assert _names(open_page(simulated_report / "index.html", anchor=page.evaluate("location.hash"))) == names


def test_only_rows_in_view_are_drawn(simulated_report: Path, open_page: OpenPage) -> None:
    """The matrix draws what is seen, and the last plan is there after scrolling to the end."""
    page = open_page(simulated_report / "index.html")
    assert page.locator("#rows tr").count() < 60
    page.click("#heads th[data-key=name] button")
    first = _names(page)[0]
    page.evaluate("() => { const v = document.querySelector('#viewport'); v.scrollTop = v.scrollHeight; }")
    page.wait_for_function("name => !document.querySelector('#rows').textContent.includes(name)", arg=first)
    last = page.locator("#rows tr[aria-rowindex]").last
    assert last.get_attribute("aria-rowindex") == "121"


def test_keyboard_moves_and_opens(simulated_report: Path, open_page: OpenPage) -> None:
    """Arrow keys move from plan to plan, End goes to the last, Enter opens the plan's page."""
    page = open_page(simulated_report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#viewport")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.row") == "1"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.row") == "119"
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/**")
    assert page.inner_text("h1") == name
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html*")


def test_the_queue_leads_to_the_element(simulated_report: Path, open_page: OpenPage) -> None:
    """An entry of what to look at first opens the plan's page at its element, unfolded."""
    page = open_page(simulated_report / "index.html")
    link = page.locator("table.queue tbody a[href*='e-2']").first
    anchor = str(link.get_attribute("href")).split("#")[1]
    link.click()
    page.wait_for_url("**/plans/**")
    target = page.locator(f"#{anchor}")
    assert target.is_visible()
    assert target.evaluate("e => { const r = e.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0; }")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_each_mark_lies_over_its_words(sample_report: Path, open_page: OpenPage, size: dict[str, int]) -> None:
    """On the page's picture, every mark covers the words of its number where PDFium finds them in the file itself."""
    page = open_page(_plan(sample_report), anchor="#e-2-1-scope", size=size)
    page.evaluate("document.querySelectorAll('#e-2-1 details').forEach(d => d.open = true)")
    pdf = pdfium.PdfDocument(next((ROOT / "data" / "raw").glob("01-*.pdf")))
    checked = 0
    for place in page.locator("#e-2-1 .place:has(svg)").all():
        place.scroll_into_view_if_needed()
        words = place.locator(".place-words dd.quote:not(.raw)").all_inner_texts()
        source = pdf[int(place.locator(".place-words dd").first.inner_text().split()[1]) - 1]
        marks = [mark.bounding_box() for mark in place.locator("rect.mark").all()]
        assert len(marks) == len(words)
        numbers = place.locator(".mark-number").evaluate_all("marks => marks.map(mark => mark.textContent)")
        assert numbers == place.locator(".place-words .number").all_inner_texts()
        assert place.locator("image").evaluate(NATURAL_WIDTH) > 500
        image, shown = (place.locator(part).bounding_box() for part in ("image", "svg"))
        for text, mark in zip(words, marks, strict=True):
            left, top, right, bottom = _find_in_file(source, text, image)
            assert mark["x"] - 3 <= left and right <= mark["x"] + mark["width"] + 3
            assert mark["y"] < (top + bottom) / 2 < mark["y"] + mark["height"]
            assert shown["x"] <= mark["x"] and mark["x"] + mark["width"] <= shown["x"] + shown["width"] + 1
            assert mark["height"] < 0.08 * image["height"], "the mark is a line or two, not the page"
            checked += 1
    pdf.close()
    assert checked > 5


def _find_in_file(source: Any, text: str, image: dict[str, float]) -> tuple[float, float, float, float]:
    """Where PDFium finds a text on its page, in the browser's pixels: left, top, right, bottom of its letters."""
    text_page = source.get_textpage()
    index, count = text_page.search(text.split("\n", maxsplit=1)[0]).get_next()
    boxes = [text_page.get_charbox(at) for at in range(index, index + count)]
    x_scale, y_scale = image["width"] / source.get_width(), image["height"] / source.get_height()
    height = source.get_height()
    return (
        image["x"] + min(box[0] for box in boxes) * x_scale,
        image["y"] + (height - max(box[3] for box in boxes)) * y_scale,
        image["x"] + max(box[2] for box in boxes) * x_scale,
        image["y"] + (height - min(box[1] for box in boxes)) * y_scale,
    )


def test_a_picture_opens_to_the_whole_page(sample_report: Path, open_page: OpenPage) -> None:
    """The marks lie in the band that is shown; the button shows the whole page, and the band again."""
    page = open_page(_plan(sample_report), anchor="#e-2-1-scope")
    picture = page.locator("#e-2-1-scope svg.page-crop").first
    inside = picture.evaluate(
        """svg => {
          const box = svg.viewBox.baseVal;
          return [...svg.querySelectorAll('.mark')].every(mark => {
            const number = name => Number(mark.getAttribute(name));
            return number('y') >= box.y && number('y') + number('height') <= box.y + box.height;
          });
        }"""
    )
    assert inside
    button = page.locator("#e-2-1-scope .whole-page").first
    button.click()
    assert picture.get_attribute("viewBox") == picture.get_attribute("data-full")
    button.click()
    assert picture.get_attribute("viewBox") == picture.get_attribute("data-crop")


def test_print_shows_everything(sample_report: Path, open_page: OpenPage) -> None:
    """On paper, folded parts are open, controls are gone, and nothing is cut at the edge of a scrolling box."""
    page = open_page(_plan(sample_report))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert not page.locator(".whole-page").first.is_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll, .excerpt')].filter(e => e.scrollHeight > e.clientHeight + 2).length"
    )
    assert cut == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


def test_hostile_texts_run_nowhere(hostile_report: Path, open_page: OpenPage) -> None:
    """Tags of a document are shown as letters, on the first page and on the plan's, and no page grows wider."""
    for path in (hostile_report / "index.html", _plan(hostile_report, with_pictures=False)):
        for size in (DESKTOP, PHONE):
            page = open_page(path, size=size)
            page.wait_for_timeout(100)
            assert page.title() != "hit"
            assert SCRIPT in page.inner_text("body")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    index = open_page(hostile_report / "index.html")
    row = index.locator("#rows tr[aria-rowindex]").first
    assert row.bounding_box()["height"] <= 48.5, "rows are drawn by their height, none may grow"
    assert row.locator("th a").is_visible()
    assert page.locator("script:not([src^='../../static/'])").count() == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_wider_than_the_window(
    sample_report: Path, simulated_report: Path, delivery_report: Path, open_page: OpenPage, size: dict[str, int]
) -> None:
    """No page scrolls sideways; wide tables scroll by themselves."""
    pages = [report / "index.html" for report in (simulated_report, sample_report, delivery_report)]
    for path in (*pages, *delivery_report.rglob("*.html"), *sample_report.glob("plans/*/*.html")):
        page = open_page(path, size=size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path


def test_the_font_draws_thai(sample_report: Path, open_page: OpenPage) -> None:
    """The bundled font is loaded, so that stacked marks do not depend on the reader's computer."""
    page = open_page(sample_report / "index.html")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Sarabun', 'ที่ปั๊ม'))")
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_serious_accessibility_violation(
    sample_report: Path, simulated_report: Path, delivery_report: Path, open_page: OpenPage, size: dict[str, int]
) -> None:
    """Axe finds nothing serious or critical on the first page and on a plan's page."""
    pages = (simulated_report / "index.html", delivery_report / "index.html", delivery_report / "register.html")
    for path in (*pages, _plan(sample_report)):
        page = open_page(path, size=size, bypass=True)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run({preload: false}).then(r => r.violations)")
        serious = [
            (entry["id"], node["target"], node["failureSummary"])
            for entry in found
            if entry["impact"] in ("serious", "critical")
            for node in entry["nodes"][:2]
        ]
        assert serious == []
