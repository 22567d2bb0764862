"""Route, score and damage of every file of a folder: ``python -m benchmarks.text.real FOLDER [--ocr] [--pages]``.

Reads each PDF as ``bcp extract`` does. Without ``--ocr`` pages that need OCR are routed and not read, which takes
seconds for a folder; ``--pages`` prints a line per page. Nothing of the files is kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.text.scoring import SHARED, read_source
from docmodel.document import Page
from docmodel.errors import BcpError
from extractors.pdf import open_pdf
from normalizers.repair import assess_text
from pipeline.document_rows import page_text
from pipeline.normalizing import normalize_document
from pipeline.options import OcrMode, Options
from pipeline.page_route import PageReason, PageRoute, find_route
from pipeline.reading import read_document


def find_routes(path: Path) -> list[PageRoute]:
    """The route of each page by its text layer."""
    with open_pdf(path) as pdf:
        return [find_route(pdf.read_page(index), OcrMode.AUTO) for index in range(pdf.page_count)]


def describe(path: Path, *, ocr: bool, by_page: bool) -> list[str]:
    """The lines of one file."""
    options = Options(ocr=OcrMode.AUTO if ocr else OcrMode.NEVER)
    routes = find_routes(path)
    document = normalize_document(read_document(read_source(path), options))
    reasons = Counter(str(route.reason) for route in routes)
    kinds = Counter(kind for page in document.pages for kind in page.damage)
    left = Counter(kind for page in document.pages for kind in _left(page))
    score = _mean([route.health.score for route in routes if route.reason is not PageReason.NO_LAYER])
    after = _mean([page.quality for page in document.pages if page.readable and page.quality is not None])
    named = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    lines = [
        f"{path.stem:16} {len(routes):3} pages  score {score} -> {after}  {named}  "
        f"damage: {_listed(kinds)}{f'  left: {_listed(left)}' if left else ''}"
    ]
    if by_page:
        lines += [
            f"    page {page.number}: {route.reason}, {route.health.score:.2f}, {', '.join(page.damage) or 'no damage'}"
            for page, route in zip(document.pages, routes, strict=True)
        ]
    return lines


def _mean(values: Sequence[float]) -> str:
    return f"{fmean(values):.2f}" if values else "   –"


def _left(page: Page) -> Sequence[str]:
    """Damage still found in a page's repaired text."""
    return [str(kind) for kind in assess_text(page_text(page)).damage] if page.readable else []


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "none"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Route, score and damage per file.")
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "thai-pdfs")
    parser.add_argument("--ocr", action="store_true", help="read pages by OCR where their route says so (slow)")
    parser.add_argument("--pages", action="store_true", help="a line per page as well")
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.pdf"))
    if not files:
        print("no files: skipped")
    for path in files:
        try:
            print(*describe(path, ocr=options.ocr, by_page=options.pages), sep="\n", flush=True)
        except BcpError as error:
            print(f"{path.stem:16} {error.code}", flush=True)


if __name__ == "__main__":
    main()
