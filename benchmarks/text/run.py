"""Character error of ``pages.text`` through the pipeline, sample by sample, beside a perfect reader's.

    python -m benchmarks.text [--ocr] [--differences] [FILE…]

Reads each digital sample as ``bcp extract`` does (route, reading, repair) and compares the rows of ``pages`` with the
gold text: NFC, white space and bullets left out. ``body`` leaves out what the pipeline marks as page number or running
head; ``letters`` is the body's characters missing or extra in whatever order: rows that a page cuts stand whole in the
gold of a whole document, and in pieces on its pages. Files whose pages go to OCR are read with ``--ocr`` only; without
it their route is printed. Skips when the samples are not beside the repository.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.text.scoring import (
    SHARED,
    Gold,
    error_rate,
    find_gold,
    list_differences,
    order_free_rate,
    read_source,
)
from docmodel.blocks import TextBlock
from docmodel.document import NormalizedDocument, Page
from pipeline.document_rows import block_text, build_page_rows
from pipeline.normalizing import normalize_document
from pipeline.options import OcrMode, Options
from pipeline.reading import read_document

ALLOWED = 0.3
"""Points above a perfect reader that a digital file may have."""
SCAN_ALLOWED = 4.0
"""What a page read by OCR may have, tables included."""


def route_counts(document: NormalizedDocument) -> str:
    """How many pages were read each way: ``26 text_layer`` or ``26 ocr``."""
    counts = Counter("unread" if not page.readable else page.source.value for page in document.pages)
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def body_text(page: Page) -> str:
    """The page's text without page numbers and running heads."""
    kept = (block for block in page.blocks if not isinstance(block, TextBlock) or block.role.in_body)
    return "\n".join(block_text(block) for block in kept)


def measure(path: Path, gold: Gold, *, ocr: bool) -> tuple[str, list[str]]:
    """The line of the table for one sample, and the texts read."""
    start = time.perf_counter()
    options = Options(ocr=OcrMode.AUTO if ocr else OcrMode.NEVER)
    document = normalize_document(read_document(read_source(path), options))
    speed = len(document.pages) / (time.perf_counter() - start)
    read = [row.text for row in build_page_rows(document)]
    head = f"{path.stem:42} {route_counts(document):>18} {speed:8.1f}"
    if not any(page.readable for page in document.pages):
        return f"{head}        -        -         -        -  goes to OCR by itself; --ocr reads it", []
    error = error_rate(read, gold)
    # the gold of single pages has their numbers and heads, that of a whole document has not
    bodies = read if gold.by_page else [body_text(page) for page in document.pages]
    body = "-" if gold.by_page else f"{error_rate(bodies, gold):.2f}"
    letters = order_free_rate(bodies, gold)
    scanned = all(page.source.value == "ocr" for page in document.pages)
    allowed = gold.floor + (SCAN_ALLOWED if scanned else ALLOWED)
    verdict = "ok" if error <= allowed else f"above {allowed:.1f}"
    if error > allowed and letters == 0:
        verdict += ", by page numbers and the order of cut rows alone"
    return f"{head} {error:8.2f} {body:>8} {letters:9.2f} {gold.floor:8.1f}  {verdict}", read


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Character error of pages.text against the gold.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--ocr", action="store_true", help="read pages by OCR where the route says so (slow)")
    parser.add_argument("--differences", action="store_true", help="print every place that differs")
    options = parser.parse_args(arguments)
    folder = sorted((SHARED / "samples").glob("*.pdf"))
    samples = options.files or [path for path in folder if "scan" not in path.stem]
    if not samples:
        print("no samples beside the repository: skipped")
        return
    print(f"{'sample':42} {'pages':>18} {'pages/s':>8} {'error %':>8} {'body %':>8} {'letters %':>9} {'perfect':>8}")
    for sample in samples:
        gold = find_gold(sample)
        if gold is None:
            print(f"{sample.stem:42} no gold text")
            continue
        line, read = measure(sample, gold, ocr=options.ocr)
        print(line, flush=True)
        if options.differences and read:
            print(*(f"    {place}" for place in list_differences(read, gold)), sep="\n")


if __name__ == "__main__":
    main()
