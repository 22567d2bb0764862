"""pdfplumber finds the same cells: the table finder's second opinion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from extractors.pdf import open_pdf


def draw_grid(pdf: Any) -> None:
    pdf.grid([50, 120, 250, 400], [100, 130, 160, 200])


def draw_merged_header(pdf: Any) -> None:
    for y in (100, 160, 190):
        pdf.line(50, y, 350, y)
    pdf.line(150, 130, 350, 130)
    for x, top in ((50, 100), (150, 100), (250, 130), (350, 100)):
        pdf.line(x, top, x, 190)


def draw_boxes(pdf: Any) -> None:
    for x, width in ((50, 100), (150, 200)):
        for top in (100, 130, 160):
            pdf.box(x, top, width, 30)


def draw_two_tables(pdf: Any) -> None:
    pdf.grid([50, 120, 250], [100, 130, 160])
    pdf.grid([50, 200, 300, 500], [300, 320, 340])


@pytest.mark.parametrize("draw", [draw_grid, draw_merged_header, draw_boxes, draw_two_tables])
def test_same_cells_as_pdfplumber(maker: Any, tmp_path: Path, draw: Any) -> None:
    """Ruled tables as word processors draw them have the cells that pdfplumber finds."""
    pdf = maker()
    draw(pdf)
    for y in (120, 150, 315):
        pdf.text(60, y, "ก")
        pdf.text(260, y, "ข")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf.data())
    with open_pdf(path) as ours, pdfplumber.open(path) as theirs:
        tables = list(ours.read_page(0).table_blocks())
        expected = theirs.pages[0].find_tables()
        found = [sorted(cell.provenance.bbox.as_list() for cell in block.table.cells) for block in tables]
        assert len(found) == len(expected)
        for cells, table in zip(found, expected, strict=True):
            for cell, other in zip(cells, sorted(list(box) for box in table.cells), strict=True):
                assert cell == pytest.approx(other, abs=1.5)
