"""How right and how fast scans are read: characters, cells, marks, and time beside the plain ``tesseract`` command.

    python benchmarks/ocr/run.py [--every N] [--no-command]

Needs the sample plans in ``../shared``; without the ``tesseract`` command only its times are left out.
Characters are compared after NFC without white space; cells with those of the digital file that has the same pages.
Both programs read the same page one after the other; times are CPU seconds, medians over the pages.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path
from statistics import fmean, median

import cv2
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from docmodel.blocks import BlockRole, TableBlock, TextBlock  # noqa: E402
from docmodel.document import Page  # noqa: E402
from extractors.ocr import find_engine, read_page_image  # noqa: E402
from extractors.pdf import open_pdf  # noqa: E402

SHARED = ROOT.parent / "shared"
SCANS = (
    # scan, its text page by page, and the digital file with the same pages, where there is one
    ("nso-plan-scan.pdf", "nso-plan.pages.json", "nso-plan.pdf"),
    ("lampang-plan-scan.pdf", "lampang-plan-scan.pages.json", None),
)
DPI = 200
MARKS = "✓☐☑☒"


def plain(text: str) -> str:
    """A text for comparison."""
    kept = (char for char in unicodedata.normalize("NFC", text) if not char.isspace() and char not in "\ufffe\u200b")
    return "".join(kept)


def page_text(page: Page) -> str:
    parts = []
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.role is not BlockRole.WATERMARK:
            parts.append(block.raw_text)
        elif isinstance(block, TableBlock):
            parts += [cell.raw_text for cell in block.table.cells]
    return plain("\n".join(parts))


def command_seconds(picture: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["tesseract", str(picture), "-", "-l", "tha+eng", "--psm", "3"],
        check=True,
        capture_output=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare_cells(read: Page, digital: Page, sums: Counter[str]) -> None:
    read_tables = [block.table for block in read.table_blocks()]
    true_tables = [block.table for block in digital.table_blocks()]
    sums["tables"] += len(true_tables)
    if [len(table.cells) for table in read_tables] != [len(table.cells) for table in true_tables]:
        sums["tables_other_shape"] += len(true_tables)
        return
    for table, true_table in zip(read_tables, true_tables, strict=True):
        for cell in table.cells:
            true_cell = true_table.cell_at(cell.row, cell.col)
            want, got = plain(true_cell.raw_text if true_cell else ""), plain(cell.raw_text)
            sums["cells"] += 1
            sums["cell_chars"] += len(want)
            sums["cell_wrong"] += Levenshtein.distance(want, got)
            marks = [[char for char in text if char in MARKS] for text in (want, got)]
            sums["cells_with_marks"] += bool(marks[0])
            sums["mark_wrong"] += marks[0] != marks[1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--every", type=int, default=1, help="read only each N-th page")
    arguments.add_argument("--no-command", action="store_true", help="leave the tesseract command out")
    options = arguments.parse_args()
    if not SHARED.is_dir():
        print("no ../shared: nothing to measure")
        return
    with_command = not options.no_command and shutil.which("tesseract") is not None
    engine = find_engine()
    own_times, command_times = [], []
    sums: Counter[str] = Counter()
    for scan, truth, digital in SCANS:
        texts = json.loads((SHARED / "gold" / "text" / truth).read_text(encoding="utf-8"))
        with open_pdf(SHARED / "samples" / scan) as pdf, tempfile.TemporaryDirectory() as folder:
            for index in range(0, pdf.page_count, options.every):
                image = pdf.render_page(index, DPI)
                if with_command:
                    picture = Path(folder) / "page.png"
                    cv2.imwrite(str(picture), image.pixels)
                    command_times.append(command_seconds(picture))
                start = time.process_time()
                page = read_page_image(image, page_number=index + 1, engine=engine)
                own_times.append(time.process_time() - start)
                want, got = plain(texts[index]), page_text(page)
                wrong = Levenshtein.distance(want, got)
                kind = "table" if any(page.table_blocks()) else "prose"
                sums[f"{kind}_chars"] += len(want)
                sums[f"{kind}_wrong"] += wrong
                print(f"{scan} page {index + 1:3} {kind}: {percent(wrong, len(want)):>7} of {len(want)}")
                if digital is not None:
                    with open_pdf(SHARED / "samples" / digital) as same:
                        compare_cells(page, same.read_page(index), sums)
    for kind in ("prose", "table"):
        share = percent(sums[f"{kind}_wrong"], sums[f"{kind}_chars"])
        print(f"{kind} pages: {share} of {sums[f'{kind}_chars']} characters wrong, whole page in order")
    print(f"in cells: {percent(sums['cell_wrong'], sums['cell_chars'])} of {sums['cell_chars']} characters wrong")
    print(f"tables of another shape: {sums['tables_other_shape']} of {sums['tables']}")
    print(f"cells with wrong marks: {sums['mark_wrong']} of {sums['cells']} ({sums['cells_with_marks']} have marks)")
    print(f"CPU seconds a page, median and mean: {median(own_times):.2f} {fmean(own_times):.2f}")
    if command_times:
        print(f"tesseract command, whole page: {median(command_times):.2f} {fmean(command_times):.2f}")


def percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.2f} %"


if __name__ == "__main__":
    main()
