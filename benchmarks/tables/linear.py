"""Time and memory of long plans, from the file to the records: ``python -m benchmarks.tables.linear [PAGES…]``.

The plan is a table of recovery steps, one of needs and one of the team, each over a third of the pages, printed by a
browser. Each reading is a process of its own that has read another plan before (models are loaded once for thousands
of plans); figures are medians of three. The last two columns must not grow.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.tables import contents as c
from benchmarks.tables.contents import Content
from benchmarks.tables.printing import find_browser, make_files
from benchmarks.tables.ways import Look, Part, Way, text
from extractors.pdf import open_pdf

ROWS_PER_PAGE = {"long": 13, "resources": 13, "team": 6}
REPEATS = 3


def grown(content: Content, rows: int) -> Content:
    """The table with its body over and over, each row a little different."""
    body = [row for row in content.rows[content.header_rows :] if "รวม" not in row[0]]
    more = tuple(
        tuple(f"{cell} {number}" if col == 1 and cell else cell for col, cell in enumerate(body[number % len(body)]))
        for number in range(rows)
    )
    return replace(content, rows=(*content.rows[: content.header_rows], *more))


def long_plan(pages: int) -> Way:
    """A plan of about so many pages."""
    tables = [
        grown(content, pages // 3 * ROWS_PER_PAGE[content.name]) for content in (c.LONG_STEPS, c.RESOURCES, c.TEAM)
    ]
    parts = [
        part
        for number, content in enumerate(tables, start=1)
        for part in (text(f"{number}. {content.caption}", bold=True), Part(table=content), Part(page_break=True))
    ]
    look = Look(repeat_header=True, size_pt=14)
    return Way(name=f"{pages} pages", parts=tuple(parts), truth=tuple(tables), look=look, readers=("browser",))


def read_once(path: Path) -> None:
    """Read a plan through all stages and print its seconds of processor time and the peak of memory in MiB."""
    from pipeline.options import OcrMode, Options  # noqa: PLC0415 - only in the process that is measured
    from pipeline.process import tell_story  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415
    from pipeline.sources import read_source  # noqa: PLC0415

    schema = load_schema("opdc-2563")
    warm = next((Path(__file__).parents[2] / "data" / "raw").glob("01-*.pdf"))
    tell_story(read_source(warm, warm.name), Options(ocr=OcrMode.NEVER), schema)
    start = time.process_time()
    story = tell_story(read_source(path, path.name), Options(ocr=OcrMode.NEVER), schema)
    seconds = time.process_time() - start
    rows = sum(block.table.n_rows for block in story.mapped.document.tables())
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, rows)


def main() -> None:
    """Print one line per length."""
    if sys.argv[1:2] == ["--read"]:
        read_once(Path(sys.argv[2]))
        return
    if find_browser() is None:
        print("no browser to print the plans with: skipped")
        return
    print(f"{'pages':>6} {'rows':>7} {'seconds':>8} {'MiB':>7} {'ms/page':>8} {'KiB/page':>9}")
    smallest: tuple[int, float] | None = None
    for pages in [int(argument) for argument in sys.argv[1:]] or [30, 100, 300]:
        way = long_plan(pages)
        path = make_files([way])[way.name, "browser"]
        runs = [
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True, capture_output=True, text=True)
            for _ in range(REPEATS)
        ]
        figures = [[float(number) for number in run.stdout.split()] for run in runs]
        seconds, memory, rows = (statistics.median(column) for column in zip(*figures, strict=True))
        with open_pdf(path) as pdf:
            count = pdf.page_count
        smallest = smallest or (count, memory)
        more = (memory - smallest[1]) * 1024 / (count - smallest[0]) if count > smallest[0] else float("nan")
        print(f"{count:6} {rows:7.0f} {seconds:8.2f} {memory:7.0f} {1000 * seconds / count:8.1f} {more:9.0f}")


if __name__ == "__main__":
    main()
