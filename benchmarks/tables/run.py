"""Tables brought back right, per way of laying them out, worst first; and how fast, beside other readers.

``python -m benchmarks.tables [WAY…] [--scan N] [--show] [--no-others]``: WAY is a part of a way's name; ``--scan`` also
reads N ways as scans by OCR; ``--show`` prints the rows lost and the rows that came in their place. Word files are
printed by LibreOffice and web pages by Chromium, whichever is installed; the files stay in ``.cache``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.tables.printing import make_files, make_scan
from benchmarks.tables.readers import OTHERS, count_pages, read_our_pages, read_ours
from benchmarks.tables.scoring import Score, score_rows
from benchmarks.tables.ways import Way, all_ways
from pipeline.options import OcrMode

READERS = ("word", "office", "browser", "scan")
PRINTS = ("office", "browser")
TARGET = 0.9
SPEED_REPEATS = 3


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.tables", description=__doc__)
    parser.add_argument("ways", nargs="*")
    parser.add_argument("--scan", type=int, default=0, metavar="N")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--no-others", action="store_true")
    options = parser.parse_args(arguments)
    ways = [way for way in all_ways() if not options.ways or any(part in way.name for part in options.ways)]
    files = make_files(ways)
    scans = {way.name for way in ways[:: max(1, len(ways) // options.scan)][: options.scan]} if options.scan else set()
    scores: dict[tuple[str, str], Score] = {}
    for way in ways:
        for reader in READERS[:3]:
            if (path := files.get((way.name, reader))) is not None:
                scores[way.name, reader] = score_rows(read_ours(path), way.rows())
        if way.name in scans and (path := files.get((way.name, "office"))) is not None:
            scores[way.name, "scan"] = score_rows(read_ours(make_scan(path), ocr=OcrMode.ALWAYS), way.rows())
    print_ways(ways, scores, show=options.show)
    print_means("ours", scores)
    if not options.no_others:
        prints = {key: path for key, path in files.items() if key[1] in PRINTS}
        by_name = {way.name: way for way in ways}
        for name, read in OTHERS.items():
            print_means(name, {key: score_rows(read(path), by_name[key[0]].rows()) for key, path in prints.items()})
        print_speed(list(prints.values()))


def print_ways(ways: Sequence[Way], scores: dict[tuple[str, str], Score], *, show: bool) -> None:
    def worst(way: Way) -> float:
        return min(score.row_f1 for (name, _), score in scores.items() if name == way.name)

    known = [way for way in ways if any(name == way.name for name, _ in scores)]
    print(f"{'row F1 (cell F1)':40}" + "".join(f"{reader:>14}" for reader in READERS))
    for way in sorted(known, key=lambda way: (worst(way), way.name)):
        line = f"{way.name:40}"
        for reader in READERS:
            score = scores.get((way.name, reader))
            line += f"{'-':>14}" if score is None else f"{score.row_f1:>7.2f} ({score.cell_f1:.2f})"
        print(line)
        for reader in READERS if show else ():
            score = scores.get((way.name, reader))
            for label, rows in (("lost", score.lost), ("got", score.extra)) if score and score.row_f1 < 1 else ():
                for row in rows[:6]:
                    print(f"    {reader} {label:4} {' | '.join(row)}")


def print_means(name: str, scores: dict[tuple[str, str], Score]) -> None:
    for reader in READERS:
        own = [score for (_, own_reader), score in scores.items() if own_reader == reader]
        if own:
            rows = statistics.fmean(score.row_f1 for score in own)
            cells = statistics.fmean(score.cell_f1 for score in own)
            low = sum(1 for score in own if score.row_f1 < TARGET)
            print(f"{name:12} {reader:8} row F1 {rows:.3f}  cell F1 {cells:.3f}  under {TARGET}: {low} of {len(own)}")


def print_speed(files: Sequence[Path]) -> None:
    """Pages a second of each reader over all prints, the readers taking turns; the median of some rounds."""
    pages = sum(map(count_pages, files))
    readers: dict[str, Callable[[Path], object]] = {
        "ours, whole pages": read_our_pages,
        "ours, joined": read_ours,
        **OTHERS,
    }
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(SPEED_REPEATS):
        for name, read in readers.items():
            start = time.perf_counter()
            for path in files:
                read(path)
            times[name].append(time.perf_counter() - start)
    for name, seconds in times.items():
        print(f"{name:20} {pages / statistics.median(seconds):8.1f} pages/s")


if __name__ == "__main__":
    main()
