"""A page as a picture with what was read drawn over it: cells red, text blues by order, pictures green.

``python -m benchmarks.text.draw FILE PAGE OUT.png`` (page from 1) also prints the blocks' text.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from docmodel.blocks import BlockRole, PictureBlock, TableBlock, TextBlock
from docmodel.geometry import BBox
from extractors.pdf import open_pdf

DPI = 80
SCALE = DPI / 72
COLORS = {BlockRole.PARAGRAPH: "blue"}


def draw(path: Path, page_number: int, target: Path) -> None:
    with open_pdf(path) as pdf:
        page = pdf.read_page(page_number - 1)
        image = Image.fromarray(pdf.render_page(page_number - 1, DPI).pixels).convert("RGB")
    pen = ImageDraw.Draw(image)

    def box(place: BBox | None, color: str, label: str = "") -> None:
        if place is None:
            return
        pen.rectangle([place.x0 * SCALE, place.top * SCALE, place.x1 * SCALE, place.bottom * SCALE], outline=color)
        pen.text((place.x0 * SCALE - 12, place.top * SCALE), label, fill=color)

    for order, block in enumerate(page.blocks, start=1):
        if isinstance(block, TableBlock):
            print(f"{order} table {block.table.table_id} {block.table.n_rows}x{block.table.n_cols}")
            for cell in block.table.cells:
                box(cell.provenance.bbox, "red")
                print(f"   {cell.row},{cell.col} +{cell.row_span},{cell.col_span}", cell.raw_text.replace("\n", "⏎"))
        elif isinstance(block, TextBlock):
            box(block.provenance.bbox, COLORS.get(block.role, "purple"), str(order))
            print(f"{order} {block.role.value}", block.raw_text.replace("\n", "⏎"))
        elif isinstance(block, PictureBlock):
            box(block.provenance.bbox, "green", str(order))
            print(f"{order} picture")
    image.save(target)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
