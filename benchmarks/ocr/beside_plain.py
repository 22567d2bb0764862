"""Drawn pages read by the pipeline and by plain Tesseract: characters wrong, and the lines read worse.

    python benchmarks/ocr/beside_plain.py [--pages 40] [--lines] [--faces Sarabun Loma]

Plain is ``tesseract -l tha+eng --psm 6`` on the picture as it is, SARA AM joined. Each page has another font,
resolution and kind of damage; the same pages come each time. Characters are compared after NFC without white space.
``worse`` counts lines with more errors than plain has, ``spoilt`` those that plain reads without one;
``--lines`` prints them. Leaves out faces that are not on this machine (Debian: fonts-thai-tlwg).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, product
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.ocr.drawn_pages import CASES, draw_page, find_faces, make_page  # noqa: E402
from benchmarks.ocr.run import page_text, plain  # noqa: E402
from extractors.ocr import find_engine, read_page_image  # noqa: E402
from extractors.ocr.tesseract import find_tessdata, join_sara_am  # noqa: E402

DPIS = (200, 300, 150, 100)


def wrong_by_line(lines: Sequence[str], read: str) -> list[int]:
    """Edits in each line of a text against what was read."""
    ends = list(accumulate(len(line) for line in lines))
    wrong = [0] * len(lines)
    for op in Levenshtein.editops("".join(lines), read):
        place = next((index for index, end in enumerate(ends) if op.src_pos < end), len(lines) - 1)
        wrong[place] += 1
    return wrong


def open_plain() -> Any:
    import tesserocr  # noqa: PLC0415

    return tesserocr.PyTessBaseAPI(path=str(find_tessdata()), lang="tha+eng", psm=tesserocr.PSM.SINGLE_BLOCK)


def read_plain(api: Any, pixels: Any) -> str:
    height, width = pixels.shape
    api.SetImageBytes(pixels.tobytes(), width, height, 1, width)
    return plain(join_sara_am(api.GetUTF8Text()))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=40)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--lines", action="store_true", help="print the lines that are read worse")
    arguments.add_argument("--all", action="store_true", help="print all lines with an error")
    arguments.add_argument("--faces", nargs="*")
    options = arguments.parse_args()
    faces = options.faces or find_faces()
    engine, api = find_engine(), open_plain()
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    times = [0.0, 0.0]
    ways = list(product(faces, DPIS, CASES))
    Random(3).shuffle(ways)
    for number in range(options.first, options.first + options.pages):
        face, dpi, case = ways[number % len(ways)]
        page = draw_page(make_page(number), face=face, dpi=dpi, case=case, seed=number)
        start = time.process_time()
        own = page_text(read_page_image(page.image, page_number=1, engine=engine))
        middle = time.process_time()
        other = read_plain(api, page.image.pixels)
        times[0] += middle - start
        times[1] += time.process_time() - middle
        lines = [plain(line) for line in page.lines]
        own_wrong, other_wrong = wrong_by_line(lines, own), wrong_by_line(lines, other)
        kind = "cover" if number % 4 == 0 else "page"
        for key in ("all", f"face {face}", f"dpi {dpi}", f"case {case}", f"kind {kind}"):
            sums[key]["chars"] += sum(map(len, lines))
            sums[key]["own"] += sum(own_wrong)
            sums[key]["plain"] += sum(other_wrong)
            sums[key]["lines"] += len(lines)
            sums[key]["worse"] += sum(mine > theirs for mine, theirs in zip(own_wrong, other_wrong, strict=True))
            sums[key]["spoilt"] += sum(mine > 0 == theirs for mine, theirs in zip(own_wrong, other_wrong, strict=True))
        for line, mine, theirs in zip(page.lines, own_wrong, other_wrong, strict=True):
            if (mine > theirs and options.lines) or (mine and options.all):
                print(f"  page {number} {page.name}: {mine} for {theirs} in {line}")
        is_worse = any(mine > theirs for mine, theirs in zip(own_wrong, other_wrong, strict=True))
        if options.all or (options.lines and is_worse):
            print("     own:", own)
    print(f"{'':18} {'chars':>7} {'own %':>7} {'plain %':>8} {'ratio':>6} {'lines':>6} {'worse':>6} {'spoilt':>6}")
    for key in sorted(sums, key=lambda each: (each != "all", each)):
        row = sums[key]
        rates = [100 * row[name] / row["chars"] for name in ("own", "plain")]
        ratio = row["own"] / max(1, row["plain"])
        print(
            f"{key:18} {row['chars']:7} {rates[0]:7.2f} {rates[1]:8.2f} {ratio:6.2f} {row['lines']:6} "
            f"{row['worse']:6} {row['spoilt']:6}"
        )
    print(f"CPU time beside plain: {times[0] / times[1]:.2f}")


if __name__ == "__main__":
    main()
