"""Character error of digital PDF text against the gold text, as read and after repair.

``python -m benchmarks.text.digital [FILE…]`` prints one line per sample: pages per second and the error in percent, all
of the page in reading order, NFC, white space and bullets left out. Skips when the samples are not beside the
repository. The gold of browser prints and damaged files is the whole document, in which page numbers and rows cut by a
page do not stand: a perfect reader gets 0.9 % and 1.1 % there.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import Page
from extractors.pdf import open_pdf
from normalizers.repair import find_document_damage, repair_text

SHARED = Path(__file__).parents[3] / "shared"
IGNORED = re.compile(r"[\s\u200b•▪■●○◦·\uf0b7\uf0a7]+")


def page_text(page: Page) -> str:
    """All text of a page in reading order, cells row by row."""
    texts = []
    for block in page.blocks:
        if isinstance(block, TextBlock):
            texts.append(block.raw_text)
        elif isinstance(block, TableBlock):
            texts += [cell.raw_text for cell in block.table.cells]
    return "\n".join(texts)


def key(text: str) -> str:
    return IGNORED.sub("", unicodedata.normalize("NFC", text))


def error_rate(read: Sequence[str], gold: Sequence[str]) -> float:
    if len(gold) == 1:
        read = ["".join(read)]
    wrong = sum(Levenshtein.distance(key(a), key(b)) for a, b in zip(read, gold, strict=True))
    return 100 * wrong / sum(len(key(text)) for text in gold)


def gold_texts(sample: Path, gold: Path) -> tuple[str, ...] | None:
    stem = sample.stem
    by_page = gold / f"{stem}.pages.json"
    if by_page.exists():
        return tuple(json.loads(by_page.read_text("utf-8")))
    for plan in sorted(gold.glob("*.txt"), key=lambda path: -len(path.stem)):
        if stem.startswith(plan.stem):
            return (plan.read_text("utf-8"),)
    return None


def main(names: Sequence[str]) -> None:
    samples = [Path(name) for name in names] or sorted((SHARED / "samples").glob("*.pdf"))
    if not samples:
        print("no samples beside the repository: skipped")
        return
    print(f"{'sample':45} {'pages/s':>8} {'as read':>8} {'repaired':>8}")
    for sample in samples:
        gold = gold_texts(sample, SHARED / "gold" / "text")
        start = time.perf_counter()
        with open_pdf(sample) as pdf:
            read = [page_text(pdf.read_page(index)) for index in range(pdf.page_count)]
        speed = len(read) / (time.perf_counter() - start)
        if gold is None or not any(key(text) for text in read):
            print(f"{sample.stem:45} {speed:8.0f}        -        -")
            continue
        damage = find_document_damage(read)
        repaired = [repair_text(text, context=damage).text for text in read]
        print(f"{sample.stem:45} {speed:8.0f} {error_rate(read, gold):8.2f} {error_rate(repaired, gold):8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
