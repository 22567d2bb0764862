"""Every table of a PDF drawn over its pages: cells, header paths and kind, for the person who asks what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docmodel.geometry import BBox
from docmodel.table import Cell, Table
from extractors.pdf import open_pdf
from normalizers.tables import RowRole, header_paths, row_roles
from pipeline.values import MappedDocument

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 90
SCALE = DPI / 72
NOTE_WIDTH = 460
"""Pixels beside the page for what the tables are: a header path of three heads fits in."""
LINE_HEIGHT = 17
MAX_NOTE_CHARS = 64
FONT_SIZE = 13
OWN_FONT = Path(__file__).resolve().parents[1] / "notebooks" / "fonts" / "Sarabun-Regular.ttf"
THAI_FONTS = (
    str(OWN_FONT),
    "Laksaman.ttf",
    "Garuda.ttf",
    "Loma.ttf",
    "THSarabunNew.ttf",
    "NotoSansThai-Regular.ttf",
    "tahoma.ttf",
)
"""The font that comes with the program, then fonts with Thai letters that Pillow finds by name; without one the notes
show boxes, the drawing is the same."""
COLORS = {
    RowRole.HEADER: (30, 90, 220),
    RowRole.REPEATED_HEADER: (30, 90, 220),
    RowRole.GROUP: (200, 120, 0),
    RowRole.TOTAL: (150, 40, 160),
    RowRole.BODY: (20, 140, 60),
    RowRole.BLANK: (150, 150, 150),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """A page's picture and which tables are on it."""

    page_number: int
    table_ids: tuple[str, ...]
    path: Path


def draw_tables(mapped: MappedDocument, pdf_path: Path, folder: Path) -> tuple[DrawnPage, ...]:
    """Write a picture of each page that holds cells of a table, as ``page-003.png``; the pages in order.

    Cells are framed by what their row is (header blue, group orange, total purple, body green) and numbered at the
    header; beside the page stand each table's id, kind with score and runner-up, caption and header path per column.
    Tables without places (formats without pages) are not drawn.
    """
    from PIL import Image  # noqa: PLC0415  # only this command draws

    folder.mkdir(parents=True, exist_ok=True)
    tables = [block.table for block in mapped.document.tables()]
    numbers = sorted({page for table in tables for page, _ in _places(table)})
    drawn = []
    with open_pdf(pdf_path) as pdf:
        for number in numbers:
            own = [table for table in tables if any(page == number for page, _ in _places(table))]
            picture = Image.fromarray(pdf.render_page(number - 1, DPI).pixels).convert("RGB")
            path = folder / f"page-{number:03d}.png"
            _draw_page(picture, own, number, mapped).save(path)
            ids = tuple(table.table_id for table in own)
            drawn.append(DrawnPage(page_number=number, table_ids=ids, path=path))
    return tuple(drawn)


def _places(table: Table) -> Iterator[tuple[int, BBox]]:
    for cell in table.cells:
        place = cell.provenance
        if place.page_number is not None and place.bbox is not None:
            yield place.page_number, place.bbox


def _draw_page(picture: Image, tables: Sequence[Table], number: int, mapped: MappedDocument) -> Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    notes = [line for table in tables for line in (*_notes(table, mapped), "")]
    height = max(picture.height, LINE_HEIGHT * (len(notes) + 2))
    canvas = Image.new("RGB", (picture.width + NOTE_WIDTH, height), "white")
    canvas.paste(picture, (0, 0))
    pen = ImageDraw.Draw(canvas)
    font = _find_font()
    for table in tables:
        _draw_cells(pen, table, number, font)
    for row, line in enumerate(notes):
        shown = line if len(line) <= MAX_NOTE_CHARS else line[: MAX_NOTE_CHARS - 1] + "…"
        pen.text((picture.width + 8, 10 + LINE_HEIGHT * row), shown, fill=(20, 20, 20), font=font)
    return canvas


def _draw_cells(pen: Any, table: Table, number: int, font: Any) -> None:
    roles = row_roles(table)
    own = [cell for cell in table.cells if cell.provenance.page_number == number and cell.provenance.bbox is not None]
    for cell in own:
        _draw_cell(pen, cell, COLORS[roles[cell.row]], font)
    box = _first_box(own)
    if box is not None:
        pen.text((box.x0 * SCALE, box.top * SCALE - LINE_HEIGHT), table.table_id, fill=(220, 0, 0), font=font)


def _draw_cell(pen: Any, cell: Cell, color: tuple[int, int, int], font: Any) -> None:
    box = cell.provenance.bbox
    assert box is not None
    corners = [box.x0 * SCALE + 1, box.top * SCALE + 1, box.x1 * SCALE - 1, box.bottom * SCALE - 1]
    if corners[2] <= corners[0] or corners[3] <= corners[1]:
        return
    pen.rectangle(corners, outline=color, width=2)
    pen.text((corners[0] + 3, corners[1] + 1), f"{cell.row},{cell.col}", fill=color, font=font)


def _first_box(cells: Sequence[Cell]) -> BBox | None:
    boxes = [cell.provenance.bbox for cell in cells if cell.provenance.bbox is not None]
    return min(boxes, key=lambda box: (box.top, box.x0), default=None)


def _notes(table: Table, mapped: MappedDocument) -> Iterator[str]:
    """What a table is, line by line."""
    match = mapped.mapping.table(table.table_id)
    pages = ", ".join(map(str, table.page_numbers)) or "–"
    yield f"{table.table_id}  {table.n_rows} × {table.n_cols}, header {table.header_rows or 0}, pages {pages}"
    if match is not None:
        dimension = f" · {match.dimension.value}" if match.dimension else ""
        runner_up = next((other for other in match.candidates if other.label != match.kind.value), None)
        second = f" (then {runner_up.label} {runner_up.score:.2f})" if runner_up else ""
        yield f"  {match.kind.value} {match.score:.2f} {match.outcome.value}{dimension}{second}"
    if table.caption:
        yield f"  “{' '.join(table.caption.split())}”"
    for column, path in enumerate(header_paths(table)):
        yield f"  {column}: {' > '.join(path) or '–'}"


def _find_font() -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    for name in THAI_FONTS:
        try:
            return ImageFont.truetype(name, FONT_SIZE)
        except OSError:
            continue
    return ImageFont.load_default(FONT_SIZE)
