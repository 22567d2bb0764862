"""What a second worker brings: the same folder read by one worker and by two, from the command's start to its end.

    python benchmarks/speed/workers.py [--rounds N] [--only KIND ...] [--workers N]

Three folders are made from digital plans: many digital documents, many scanned ones, and one thick scan alone (whose
pages a worker without documents helps to read). One worker and more take turns, each with an empty output and no kept
pages; the figure is the wall clock, the gain the median of the rounds' ratios. It says something only on a machine that
does nothing else: the load at the start of each round is printed too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.speed.run import find_samples  # noqa: E402

DIGITAL_DOCUMENTS = 160
DIGITAL_PAGES = 10
SCANNED_DOCUMENTS = 40
"""So many that the command's start, two seconds, is a small part of the whole."""
SCANNED_PAGES = 3
THICK_PAGES = 40
DPI = 200


def take_pages(start: int, count: int) -> Iterator[tuple[pdfium.PdfDocument, int]]:
    """So many pages of the sample plans, from the page ``start`` of all of them on and round again after the last."""
    plans = [pdfium.PdfDocument(path) for path in find_samples()]
    pages = [(plan, number) for plan in plans for number in range(len(plan))]
    yield from islice(cycle(pages), start % len(pages), start % len(pages) + count)


def make_digital(path: Path, start: int, count: int) -> None:
    """A PDF of pages as their authors printed them."""
    made = pdfium.PdfDocument.new()
    for plan, number in take_pages(start, count):
        made.import_pages(plan, [number])
    made.save(path)


def make_scan(path: Path, start: int, count: int) -> None:
    """A PDF of pictures of pages, without a text layer."""
    first, *others = (plan[number].render(scale=DPI / 72).to_pil() for plan, number in take_pages(start, count))
    first.save(path, save_all=True, append_images=others, resolution=DPI)


def digital_folder(folder: Path) -> int:
    for number in range(DIGITAL_DOCUMENTS):
        # a step that shares no factor with the number of pages, so that no two documents are the same
        make_digital(folder / f"{number:03}.pdf", number * 7, DIGITAL_PAGES + number % 3)
    return sum(DIGITAL_PAGES + number % 3 for number in range(DIGITAL_DOCUMENTS))


def scanned_folder(folder: Path) -> int:
    for number in range(SCANNED_DOCUMENTS):
        make_scan(folder / f"{number:03}.pdf", number * SCANNED_PAGES, SCANNED_PAGES)
    return SCANNED_DOCUMENTS * SCANNED_PAGES


def thick_scan(folder: Path) -> int:
    make_scan(folder / "thick.pdf", 0, THICK_PAGES)
    return THICK_PAGES


KINDS: dict[str, Callable[[Path], int]] = {
    "digital": digital_folder,
    "scanned": scanned_folder,
    "thick": thick_scan,
}


def time_run(folder: Path, workers: int) -> float:
    """Seconds of the whole command."""
    with tempfile.TemporaryDirectory() as output:
        bcp = Path(sys.executable).with_name("bcp")
        command = [bcp, "extract", folder, "-o", output, "--workers", str(workers), "--quiet"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        if done.returncode:
            raise SystemExit(f"{folder}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=KINDS, help="only these folders")
    parser.add_argument("--workers", type=int, default=2, help="against one")
    given = parser.parse_args()
    print(f"{'folder':10} {'pages':>6} {'1 worker':>9} {f'{given.workers} workers':>10} {'gain':>6}   loads")
    for kind in given.only or KINDS:
        with tempfile.TemporaryDirectory() as name:
            pages = KINDS[kind](Path(name))
            loads, alone, together = [], [], []
            for _ in range(given.rounds):
                loads.append(os.getloadavg()[0])
                alone.append(time_run(Path(name), 1))
                together.append(time_run(Path(name), given.workers))
        gain = median(one / more for one, more in zip(alone, together, strict=True))
        print(
            f"{kind:10} {pages:6} {median(alone):7.1f} s {median(together):8.1f} s {gain:5.2f}x"
            f"   {min(loads):.1f}–{max(loads):.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
