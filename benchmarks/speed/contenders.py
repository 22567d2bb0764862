"""Other tools on some PDF files, each in its own process and its own environment: prints one line of JSON.

    python benchmarks/speed/contenders.py NAME WARM_UP.pdf FILE.pdf ...

Imports nothing of this repository. The first file is read before the clock starts.
"""

from __future__ import annotations

import importlib.metadata
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any


def pdfplumber() -> Callable[[str], None]:
    import pdfplumber as tool  # noqa: PLC0415  # each tool in a process that has no other

    def read(path: str) -> None:
        with tool.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                page.close()

    return read


def docling_parse() -> Callable[[str], None]:
    from docling_parse.pdf_parser import DoclingPdfParser  # noqa: PLC0415

    parser = DoclingPdfParser(loglevel="fatal")

    def read(path: str) -> None:
        document = parser.load(path_or_stream=path)
        for _, page in document.iterate_pages():
            for _ in page.textline_cells:
                pass

    return read


def camelot() -> Callable[[str], None]:
    import camelot as tool  # noqa: PLC0415

    def read(path: str) -> None:
        tool.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)

    return read


def kreuzberg() -> Callable[[str], None]:
    import kreuzberg as tool  # noqa: PLC0415

    def read(path: str) -> None:
        tool.extract_file_sync(path)

    return read


CONTENDERS = {"pdfplumber": pdfplumber, "docling-parse": docling_parse, "camelot": camelot, "kreuzberg": kreuzberg}
PACKAGES = {"camelot": "camelot-py"}


def main(name: str, warm_up: str, files: list[str]) -> dict[str, Any]:
    read = CONTENDERS[name]()
    read(warm_up)
    wall, processor = time.perf_counter(), time.process_time()
    for path in files:
        read(path)
    return {
        "wall_s": time.perf_counter() - wall,
        "processor_s": time.process_time() - processor,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "version": importlib.metadata.version(PACKAGES.get(name, name)),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3:])))
