"""Simulates a round of plans, builds its report and opens it: size, build time, time to first view and to filter.

``python benchmarks/report/run.py [PLANS] [--pages]``: with ``--pages`` the pages of all plans are built as well, else
those of the first thousand tell how long all would take.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.report.simulate import simulate
from reports.html.build import ReportRequest, ReportResult, build_report

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PLANS = 10_000
SAMPLED_PAGES = 1_000


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    plans = numbers[0] if numbers else PLANS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        simulate(folder / "processed", plans, failed=plans // 100)
        size = sum(path.stat().st_size for path in (folder / "processed").glob("*.parquet"))
        print(f"{plans} plans simulated in {time.monotonic() - started:.1f} s, datasets {size / 1e6:.1f} MB")
        if "--pages" not in sys.argv and plans > SAMPLED_PAGES:
            simulate(folder / "sample", SAMPLED_PAGES)
            result, cpu_s = build(_request(folder, "sample"))
            print(
                f"{SAMPLED_PAGES} plan pages without pictures, 1 process: {result.seconds:.1f} s ({cpu_s:.1f} s of "
                f"processor time), {result.total_bytes / 1e6:.1f} MB"
            )
        result, cpu_s = build(_request(folder, "processed", only_index="--pages" not in sys.argv))
        print(
            f"report: {result.pages} plan pages, {result.seconds:.1f} s ({cpu_s:.1f} s of processor time), "
            f"{result.total_bytes / 1e6:.1f} MB, first view loads {result.index_bytes / 1e6:.2f} MB"
        )
        measure(folder / "report-processed" / "index.html", plans)


def build(request: ReportRequest) -> tuple[ReportResult, float]:
    """Build a report; also the processor time, which a busy machine does not change."""
    started = time.process_time()
    result = build_report(request)
    return result, time.process_time() - started


def _request(folder: Path, name: str, *, only_index: bool = False) -> ReportRequest:
    return ReportRequest(
        processed=folder / name,
        input=folder / "none",
        output=folder / f"report-{name}",
        pictures=False,
        plan_pages=not only_index,
    )


def measure(index: Path, plans: int) -> None:
    """Open the first page in a browser; milliseconds by the page's own clock."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1366, "height": 900}
        )
        page = context.new_page()
        started = time.monotonic()
        page.goto(index.resolve().as_uri(), wait_until="commit")
        page.wait_for_selector("#rows a")
        print(f"first rows in view: {1000 * (time.monotonic() - started):.0f} ms")
        page.wait_for_selector("html[data-loaded=all]", state="attached")
        print(f"all {plans} plans loaded: {1000 * (time.monotonic() - started):.0f} ms")
        for what, selector, value in (
            ("search", "#f-search", "โรงเรียน"),
            ("kind", "#f-kind", "8"),
            ("verdict", "#f-status", "m"),
        ):
            print(f"filter by {what}: {_time_input(page, selector, value):.0f} ms, {page.inner_text('#count')}")
        page.click("#filters button[type=reset]")
        elapsed = page.evaluate(
            "() => { const t = performance.now(); document.querySelector('#heads button').click();"
            " document.body.offsetHeight; return performance.now() - t; }"
        )
        print(f"sort by agency: {elapsed:.0f} ms")
        elapsed = page.evaluate(
            "() => { const v = document.querySelector('#viewport'); const t = performance.now();"
            " v.scrollTop = v.scrollHeight / 2; v.dispatchEvent(new Event('scroll')); document.body.offsetHeight;"
            " return performance.now() - t; }"
        )
        print(f"scroll to the middle: {elapsed:.0f} ms, {page.locator('#rows tr').count()} rows drawn")
        context.close()


def _time_input(page: Page, selector: str, value: str) -> float:
    return float(
        page.evaluate(
            "([selector, value]) => { const field = document.querySelector(selector); field.value = value;"
            " const t = performance.now(); field.dispatchEvent(new Event('input', {bubbles: true}));"
            " document.body.offsetHeight; return performance.now() - t; }",
            [selector, value],
        )
    )


if __name__ == "__main__":
    main()
