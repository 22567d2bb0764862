"""How time and memory grow with the pages of a document and with the documents of a folder.

    python benchmarks/scaling/run.py [--pages N ...] [--documents N ...] [--plot FILE.png] [--json FILE]

Pages: one PDF of a real plan's pages, repeated, through all stages in a process of its own. Documents: a folder of
different short plans through a whole run (find, read, write the datasets) in one process, the guard of each document
left out, so that one clock sees everything. Processor time and peak memory of that process. Linear cost shows as the
same milliseconds a page and a document in every line. The plot needs matplotlib (the extra ``notebooks``).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import structlog

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pipeline.engines.preload  # noqa: E402, F401
from pipeline.engines.base import Outcome, Task  # noqa: E402
from pipeline.options import Options  # noqa: E402
from pipeline.run import RunRequest, run_batch  # noqa: E402
from pipeline.task import run_task  # noqa: E402

PLAN = "data/raw/02-*.pdf"
PAGES = (10, 30, 100, 300, 1_000, 3_000)
DOCUMENTS = (10, 30, 100, 300, 1_000, 3_000, 10_000)
Row = dict[str, float]

PLAN_TEXT = """แผนดำเนินธุรกิจอย่างต่อเนื่อง ฉบับที่ {number}
เทศบาลตำบลตัวอย่าง พ.ศ. 2567
1. วัตถุประสงค์
เพื่อให้หน่วยงานที่ {number} ให้บริการประชาชนได้ในสภาวะวิกฤต
2. ทีมบริหารความต่อเนื่อง
หัวหน้าทีม ปลัดเทศบาล
"""


def make_pdf(path: Path, pages: int) -> None:
    """A PDF with the pages of a plan over and over."""
    plan = pdfium.PdfDocument(next(ROOT.glob(PLAN)))
    long = pdfium.PdfDocument.new()
    while len(long) < pages:
        long.import_pages(plan, list(range(min(len(plan), pages - len(long)))))
    long.save(path)


def measure_pages(sizes: list[int]) -> Iterator[Row]:
    """One document of so many pages, in a process that reports for itself."""
    with tempfile.TemporaryDirectory() as folder:
        for pages in sizes:
            path = Path(folder) / f"{pages}.pdf"
            make_pdf(path, pages)
            warm_up = next(ROOT.glob(PLAN))
            done = subprocess.run(
                [sys.executable, ROOT / "benchmarks" / "speed" / "whole.py", warm_up, path],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            found = json.loads(done.stdout.splitlines()[-1])
            yield {"count": pages, **{name: found[name] for name in ("wall_s", "processor_s", "peak_mb")}}


def measure_documents(sizes: list[int]) -> Iterator[Row]:
    """Folders of so many documents; each size in a process of its own, since peaks only rise."""
    for documents in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one-folder", str(documents)], check=True, capture_output=True, text=True
        )
        yield json.loads(done.stdout.splitlines()[-1])


class SameProcess:
    """Reads documents one after the other in this process."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        for task in tasks:
            yield Outcome(task=task, summary=run_task(task))


def measure_folder(documents: int) -> Row:
    """A folder of different plans, from finding them to their datasets."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        inside, outside = Path(folder) / "in", Path(folder) / "out"
        inside.mkdir()
        for number in range(documents):
            (inside / f"{number:05}.txt").write_text(PLAN_TEXT.format(number=number), encoding="utf-8")
        wall, processor = time.perf_counter(), time.process_time()
        report = run_batch(RunRequest(input=inside, output=outside, options=Options()), engine=SameProcess())
        assert report.account["counts"]["ok"] == documents
        return {
            "count": documents,
            "wall_s": time.perf_counter() - wall,
            "processor_s": time.process_time() - processor,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def show(title: str, unit: str, rows: Iterator[Row]) -> list[Row]:
    """Print rows as they come."""
    print(f"\n{title}\n{'count':>8} {'wall s':>8} {'processor s':>12} {f'ms a {unit}':>14} {'peak MB':>8}", flush=True)
    kept = []
    for row in rows:
        kept.append(row)
        each = 1000 * row["processor_s"] / row["count"]
        print(
            f"{row['count']:8.0f} {row['wall_s']:8.1f} {row['processor_s']:12.2f} {each:14.2f} {row['peak_mb']:8.0f}",
            flush=True,
        )
    return kept


def plot(path: Path, found: dict[str, list[Row]]) -> None:
    """Time and memory over the count, one column each for pages and documents; both axes of time logarithmic."""
    import matplotlib as mpl  # noqa: PLC0415  # an extra

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(2, len(found), figsize=(5.5 * len(found), 7), squeeze=False, layout="constrained")
    for column, (name, rows) in enumerate(found.items()):
        counts = [row["count"] for row in rows]
        seconds = [row["processor_s"] for row in rows]
        above, below = axes[0][column], axes[1][column]
        above.loglog(counts, seconds, "o-", label="measured")
        each = seconds[-1] / counts[-1]
        above.loglog(counts, [each * count for count in counts], "--", color="grey", label="linear, through the last")
        above.set(title=f"Processor time by {name}", xlabel=name, ylabel="seconds")
        above.legend()
        below.semilogx(counts, [row["peak_mb"] for row in rows], "o-")
        below.set(title="Peak memory", xlabel=name, ylabel="MB")
        below.set_ylim(bottom=0)
        for axis in (above, below):
            axis.grid(alpha=0.3)
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="*", default=list(PAGES))
    parser.add_argument("--documents", type=int, nargs="*", default=list(DOCUMENTS))
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--one-folder", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one_folder:
        print(json.dumps(measure_folder(arguments.one_folder)))
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    found = {
        "pages": show("One document of many pages", "page", measure_pages(arguments.pages)),
        "documents": show("A folder of many documents", "document", measure_documents(arguments.documents)),
    }
    found = {name: rows for name, rows in found.items() if rows}
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if arguments.plot:
        plot(arguments.plot, found)


if __name__ == "__main__":
    main()
