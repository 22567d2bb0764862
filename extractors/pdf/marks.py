"""Ticks and boxes that are drawn as shapes, as pieces of text where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from docmodel.geometry import BBox
from extractors.layout.grid import Grid
from extractors.layout.pieces import Piece
from extractors.pdf.drawing import MARK_SIZE_PT, Shape
from extractors.pdf.symbols import BOX, CROSSED_BOX, TICK, TICKED_BOX

SQUARE_RATIO = 1.6
"""A check box is about as wide as high; longer rectangles are lines to write on."""
APART_PT = 2.0
"""Boxes nearer than this to each other are squares for single digits of a form, not check boxes."""
MAX_SHAPES = 400
"""More small shapes than this on a page are a drawing or text turned into curves."""


def find_drawn_marks(
    shapes: Sequence[Shape], frames: Sequence[BBox], grids: Sequence[Grid], pieces: Sequence[Piece]
) -> list[Piece]:
    """A piece for each check box, a shape or a frame of lines, and for each tick in a table cell without text."""
    if len(shapes) > MAX_SHAPES:
        return []
    boxes = [shape.bbox for shape in shapes if shape.is_rectangle and _is_square(shape.bbox)]
    boxes += [frame for frame in frames if _is_square(frame) and _is_mark_sized(frame)]
    boxes = [box for box in boxes if not any(other != box and _touches(box, other) for other in boxes)]
    boxes = list(dict.fromkeys(boxes))
    strokes = [shape.bbox for shape in shapes if shape.slanted and _is_mark_sized(shape.bbox)]
    marks = []
    for box in boxes:
        if any(box.contains_point(piece.bbox.x_center, piece.bbox.y_center) for piece in pieces):
            continue
        inside = [stroke for stroke in strokes if box.contains_point(stroke.x_center, stroke.y_center)]
        strokes = [stroke for stroke in strokes if stroke not in inside]
        marks.append(_piece(_mark_in_box(inside), box))
    if not strokes:
        return marks
    cells = [cell.bbox for grid in grids for cell in grid.cells]
    for cell in cells:
        inside = [stroke for stroke in strokes if cell.contains_point(stroke.x_center, stroke.y_center)]
        empty = not any(cell.contains_point(piece.bbox.x_center, piece.y_center) for piece in pieces)
        if empty and 0 < len(inside) <= 2:
            marks.append(_piece(TICK, inside[0]))
    return marks


def _mark_in_box(strokes: Sequence[BBox]) -> str:
    if not strokes:
        return BOX
    return CROSSED_BOX if len(strokes) > 1 else TICKED_BOX


def _is_square(box: BBox) -> bool:
    return box.width <= SQUARE_RATIO * box.height and box.height <= SQUARE_RATIO * box.width


def _is_mark_sized(box: BBox) -> bool:
    smallest, largest = MARK_SIZE_PT
    return smallest <= max(box.width, box.height) <= largest and min(box.width, box.height) >= smallest / 2


def _touches(box: BBox, other: BBox) -> bool:
    return (
        box.x0 - APART_PT < other.x1
        and other.x0 - APART_PT < box.x1
        and box.top - APART_PT < other.bottom
        and other.top - APART_PT < box.bottom
    )


def _piece(text: str, box: BBox) -> Piece:
    return Piece(text=text, bbox=box, baseline=box.bottom, size_pt=box.height, char_x=(box.x_center,))
