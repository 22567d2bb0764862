"""Ticks and boxes that are drawn as shapes, as pieces of text where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docmodel.geometry import BBox
from extractors.layout.grid import Grid
from extractors.layout.pieces import Piece
from extractors.pdf.drawing import MARK_SIZE_PT, Shape
from extractors.pdf.symbols import BOX, CROSSED_BOX, TICK, TICKED_BOX

SQUARE_RATIO = 1.6
"""A check box is about as wide as high; longer rectangles are lines to write on."""
APART_PT = 2.0
"""Boxes nearer than this to each other are squares for single digits of a form, not check boxes."""
BULLET = "•"
BULLET_SIZE_PT = (2.2, 9.0)
DISC_SLACK = 0.2
BULLET_GAP_EM = 1.6
"""An item's text begins within two letters of its bullet."""
MAX_SHAPES = 400
"""More small shapes than this on a page are a drawing or text turned into curves."""


def find_drawn_marks(
    shapes: Sequence[Shape], frames: Sequence[BBox], grids: Sequence[Grid], pieces: Sequence[Piece]
) -> list[Piece]:
    """A piece for each check box, a shape or a frame of lines, for each tick in a table cell without text, and for each
    bullet in front of a line of text."""
    if len(shapes) > MAX_SHAPES:
        return []
    bullets = _find_bullets(shapes, pieces)
    drawn = {bullet.bbox for bullet in bullets}
    shapes = [shape for shape in shapes if shape.bbox not in drawn]
    return bullets + _find_boxes_and_ticks(shapes, frames, grids, pieces)


def _find_bullets(shapes: Sequence[Shape], pieces: Sequence[Piece]) -> list[Piece]:
    """Filled discs that a browser draws in front of the items of a list."""
    discs = [shape.bbox for shape in shapes if shape.filled and shape.curved and _is_disc(shape.bbox)]
    found = []
    for disc in discs:
        beside = [piece for piece in pieces if piece.direction == 0 and _stands_before(disc, piece)]
        if beside and not any(piece.bbox.contains_point(disc.x_center, disc.y_center) for piece in pieces):
            line = min(beside, key=lambda piece: piece.bbox.x0)
            mark = _piece(BULLET, disc)
            found.append(replace(mark, baseline=line.baseline, size_pt=line.size_pt))
    return found


def _is_disc(box: BBox) -> bool:
    smallest, largest = BULLET_SIZE_PT
    return smallest <= box.height <= largest and abs(box.width - box.height) <= DISC_SLACK * box.height


def _stands_before(disc: BBox, piece: Piece) -> bool:
    """Whether a piece begins right of a disc, on the line that the disc stands on."""
    gap = piece.bbox.x0 - disc.x1
    return 0 < gap <= BULLET_GAP_EM * piece.size_pt and abs(disc.y_center - piece.y_center) < piece.size_pt / 3


def _find_boxes_and_ticks(
    shapes: Sequence[Shape], frames: Sequence[BBox], grids: Sequence[Grid], pieces: Sequence[Piece]
) -> list[Piece]:
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
