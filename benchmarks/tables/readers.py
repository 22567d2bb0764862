"""What each reader brings back of a file: the rows of its tables, as texts by slot."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchmarks.tables.camelot_reader import read_camelot_tables
from docmodel.table import Table
from extractors.pdf import open_pdf
from pipeline.normalizing import normalize_document
from pipeline.options import OcrMode, Options
from pipeline.reading import read_document
from pipeline.sources import read_source

Row = tuple[str, ...]


def read_ours(path: Path, *, ocr: OcrMode = OcrMode.NEVER) -> list[Row]:
    """The logical tables of the pipeline, those inside cells too."""
    document = normalize_document(read_document(read_source(path, path.name), Options(ocr=ocr)))
    return [row for table in _all_tables(block.table for block in document.tables()) for row in table_rows(table)]


def _all_tables(tables: Iterable[Table]) -> Iterable[Table]:
    for table in tables:
        yield table
        yield from _all_tables(inner for cell in table.cells for inner in cell.tables)


def table_rows(table: Table) -> list[Row]:
    """The rows of a table, a merged cell's text at its first slot."""
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    return [tuple(row) for row in rows]


def read_pdfplumber(path: Path) -> list[Row]:
    """pdfplumber's own ``extract_tables``, the tables of all pages one after the other."""
    with pdfplumber.open(path) as pdf:
        tables = [
            [tuple(text or "" for text in row) for row in table]
            for page in pdf.pages
            for table in page.extract_tables()
        ]
    return _without_repeats(tables)


def read_pdfplumber_cells(path: Path) -> list[Row]:
    """pdfplumber's cells filled with PDFium's characters, each in the cell that holds its centre."""
    tables = []
    document = pdfium.PdfDocument(path)
    with pdfplumber.open(path) as pdf:
        for page, raw in zip(pdf.pages, document, strict=True):
            characters = _characters(raw, float(page.height))
            for table in page.find_tables():
                tables.append([tuple(_inside(characters, cell) for cell in row.cells) for row in table.rows])
            page.close()
    document.close()
    return _without_repeats(tables)


def _characters(page: pdfium.PdfPage, height: float) -> list[tuple[float, float, str]]:
    text_page = page.get_textpage()
    found = []
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        char = chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, index))
        found.append(((left + right) / 2, height - (top + bottom) / 2, char))
    return found


def _inside(characters: Sequence[tuple[float, float, str]], cell: tuple[float, float, float, float] | None) -> str:
    if cell is None:
        return ""
    x0, top, x1, bottom = cell
    return "".join(char for x, y, char in characters if x0 <= x < x1 and top <= y < bottom)


def _without_repeats(tables: Sequence[list[Row]]) -> list[Row]:
    """All rows; rows at the head of a table that the table before it began with too are left out."""
    rows = list(itertools.chain(*tables[:1]))
    for before, table in itertools.pairwise(tables):
        repeated = sum(
            1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, table, strict=False))
        )
        rows += table[repeated:]
    return rows


def read_our_pages(path: Path) -> object:
    """All that we read of a PDF's pages, text and tables: what the speed is measured on."""
    with open_pdf(path) as pdf:
        return [pdf.read_page(index) for index in range(pdf.page_count)]


def count_pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def read_camelot(path: Path) -> list[Row]:
    """camelot's lattice, the tables of all pages one after the other."""
    return _without_repeats(read_camelot_tables(path))


OTHERS: dict[str, Callable[[Path], list[Row]]] = {
    "pdfplumber": read_pdfplumber,
    "its cells": read_pdfplumber_cells,
    "camelot": read_camelot,
}
__all__ = ["OTHERS", "Row", "count_pages", "read_our_pages", "read_ours", "table_rows"]
