"""What is drawn on a page beside text: ruling lines, backgrounds, small boxes and ticks, pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field

from pypdfium2.raw import (
    FPDF_PAGEOBJ_FORM,
    FPDF_PAGEOBJ_IMAGE,
    FPDF_PAGEOBJ_PATH,
    FPDF_SEGMENT_BEZIERTO,
    FPDF_SEGMENT_MOVETO,
    FS_MATRIX,
)

from docmodel.geometry import BBox
from extractors.layout.dots import join_dots
from extractors.layout.rulings import Segment, horizontal, vertical
from extractors.pdf import pdfium
from extractors.pdf.geometry import PageGeometry

THIN_PT = 3.0
"""A filled rectangle up to this thick is a ruling line; the heaviest table borders have 2.25 points."""
STRAIGHT_PT = 1.0
"""A line that strays less than this from horizontal or vertical is meant to be straight."""
MARK_SIZE_PT = (4.0, 22.0)
"""Boxes and ticks drawn as shapes are about as large as a letter, boxes of paper forms a little larger."""
MAX_POINTS = 2_000
"""A path of more points is a picture or a map; the borders of a page drawn as one path have about a thousand."""
DOT_PT = 2.0
"""A filled spot up to this large is a dot of a dotted line; bullets are larger."""
MIN_DASH_POINTS = 8
"""Two dashes drawn as rectangles; what has fewer points is a line or a box."""
MIN_DASHED_PT = 12.0
"""A dashed line is longer than this; a shorter row of dots is an ellipsis drawn as a picture."""
MAX_OBJECTS = 60_000
"""More objects than this on one page are a map; tables of a page have a few thousand at most."""
MAX_DEPTH = 6
"""Form XObjects nested deeper than this are left out (a file may nest them without end)."""
WHITE = 250
DRAWN_KINDS = (FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_FORM)

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A drawn path that is no ruling line: its box, whether it is filled, and the directions of its strokes.

    ``curved``: its sides are curves, so that a filled one as wide as high may be a bullet.
    """

    bbox: BBox
    filled: bool
    is_rectangle: bool
    slanted: bool
    curved: bool = False


@dataclass(slots=True)
class Drawing:
    """All that is drawn on a page, in points as the page is shown."""

    segments: list[Segment] = field(default_factory=list)
    backgrounds: list[BBox] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    images: list[BBox] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)


def read_drawing(page_objects: Sequence[pdfium.PageObject], geometry: PageGeometry) -> Drawing:
    """The lines, shapes and pictures of a page, those inside form XObjects included."""
    drawing = Drawing()
    budget = [MAX_OBJECTS]
    for handle, kind, matrix in _objects(page_objects, budget):
        if kind == FPDF_PAGEOBJ_IMAGE:
            _add_image(drawing, handle, matrix, geometry)
        else:
            _add_path(drawing, handle, matrix, geometry)
    drawing.segments += join_dots(drawing.dots)
    return drawing


def _objects(
    page_objects: Sequence[pdfium.PageObject], budget: list[int]
) -> Iterator[tuple[pdfium.Handle, int, Matrix]]:
    for handle, kind in page_objects:
        if kind in DRAWN_KINDS:
            yield from _flatten(handle, kind, IDENTITY, budget, 0)
        if budget[0] <= 0:
            return


def _flatten(
    handle: pdfium.Handle, kind: int, matrix: Matrix, budget: list[int], depth: int
) -> Iterator[tuple[pdfium.Handle, int, Matrix]]:
    budget[0] -= 1
    if kind != FPDF_PAGEOBJ_FORM:
        yield handle, kind, matrix
    elif depth < MAX_DEPTH:
        inner = _times(_matrix_of(handle), matrix)
        for index in range(max(0, pdfium.count_form_objects(handle))):
            child = pdfium.get_form_object(handle, index)
            child_kind = pdfium.get_object_type(child) if child else 0
            if child_kind in DRAWN_KINDS and budget[0] > 0:
                yield from _flatten(child, child_kind, inner, budget, depth + 1)


def _matrix_of(handle: pdfium.Handle) -> Matrix:
    found = FS_MATRIX()
    if not pdfium.get_object_matrix(handle, byref(found)):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _shown(points: Sequence[Point], matrix: Matrix, geometry: PageGeometry) -> list[Point]:
    a, b, c, d, e, f = matrix
    return [geometry.show_point(a * x + c * y + e, b * x + d * y + f) for x, y in points]


def _add_image(drawing: Drawing, handle: pdfium.Handle, matrix: Matrix, geometry: PageGeometry) -> None:
    whole = _times(_matrix_of(handle), matrix)
    corners = _shown([(0, 0), (1, 0), (0, 1), (1, 1)], whole, geometry)
    box = _box_around(corners)
    if box.width > THIN_PT and box.height > THIN_PT:
        drawing.images.append(box)
    elif box.width > 4 * THIN_PT:
        drawing.segments.append(horizontal(box.y_center, box.x0, box.x1))
    elif box.height > 4 * THIN_PT:
        drawing.segments.append(vertical(box.x_center, box.top, box.bottom))


def _box_around(points: Sequence[Point]) -> BBox:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return BBox(min(xs), min(ys), max(xs), max(ys))


def _add_path(drawing: Drawing, handle: pdfium.Handle, matrix: Matrix, geometry: PageGeometry) -> None:
    fill_mode, stroked = c_int(), c_int()
    pdfium.get_draw_mode(handle, byref(fill_mode), byref(stroked))
    filled, outlined = fill_mode.value != 0, bool(stroked.value)
    count = pdfium.count_path_segments(handle)
    if not (filled or outlined) or count <= 0:
        return
    white = _is_white(handle, pdfium.get_fill_color if filled and not outlined else pdfium.get_stroke_color)
    if count >= MIN_DASH_POINTS and (line := _dashed_line(handle, matrix, geometry, drawn=not white)) is not None:
        drawing.segments.append(line)
        return
    if count > MAX_POINTS:
        return
    whole = _times(_matrix_of(handle), matrix)
    subpaths, curved = _read_subpaths(handle, count)
    for points, closed in subpaths:
        shown = _shown(points, whole, geometry)
        box = _box_around(shown)
        if filled and not outlined:
            _add_filled(drawing, shown, box, curved=curved, white=white)
        else:
            _add_outline(drawing, shown, box, closed=closed or filled, filled=filled, curved=curved, white=white)


def _dashed_line(handle: pdfium.Handle, matrix: Matrix, geometry: PageGeometry, *, drawn: bool) -> Segment | None:
    """The line that a path of many small dashes or dots draws; None for any other path."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.get_object_bounds(handle, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    box = _box_around(_shown([(left.value, bottom.value), (right.value, top.value)], matrix, geometry))
    if min(box.width, box.height) > THIN_PT or max(box.width, box.height) < MIN_DASHED_PT:
        return None
    if box.width >= box.height:
        return horizontal(box.y_center, box.x0, box.x1, drawn=drawn)
    return vertical(box.x_center, box.top, box.bottom, drawn=drawn)


def _read_subpaths(handle: pdfium.Handle, count: int) -> tuple[list[tuple[list[Point], bool]], bool]:
    """The points of each subpath and whether it is closed; and whether the path has curves."""
    x, y = c_float(), c_float()
    subpaths: list[tuple[list[Point], bool]] = []
    curved = False
    for index in range(count):
        segment = pdfium.get_path_segment(handle, index)
        pdfium.get_segment_point(segment, byref(x), byref(y))
        kind = pdfium.get_segment_type(segment)
        if kind == FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append(([], False))
        curved = curved or kind == FPDF_SEGMENT_BEZIERTO
        points, _closed = subpaths[-1]
        points.append((x.value, y.value))
        if pdfium.get_segment_close(segment):
            subpaths[-1] = (points, True)
    return [(points, closed) for points, closed in subpaths if len(points) > 1], curved


def _is_white(handle: pdfium.Handle, get_color: pdfium.Function) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not get_color(handle, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE


def _add_filled(drawing: Drawing, points: Sequence[Point], box: BBox, *, curved: bool, white: bool) -> None:
    if min(box.width, box.height) <= THIN_PT < max(box.width, box.height) and not curved:
        # a thin white bar is a line between coloured cells, and hides nothing else on white paper
        if box.width >= box.height:
            drawing.segments.append(horizontal(box.y_center, box.x0, box.x1, drawn=not white))
        else:
            drawing.segments.append(vertical(box.x_center, box.top, box.bottom, drawn=not white))
        return
    if max(box.width, box.height) <= DOT_PT:
        if not white:
            drawing.dots.append((box.x_center, box.y_center))
        return
    rectangle = not curved and _is_rectangle(points)
    if rectangle and min(box.width, box.height) > MARK_SIZE_PT[0]:
        if not white:
            drawing.backgrounds.append(box)
            drawing.segments += _sides(box, drawn=False)
    elif not white and not rectangle:
        drawing.shapes.append(Shape(bbox=box, filled=True, is_rectangle=False, slanted=True, curved=curved))


def _add_outline(
    drawing: Drawing, points: Sequence[Point], box: BBox, *, closed: bool, filled: bool, curved: bool, white: bool
) -> None:
    smallest, largest = MARK_SIZE_PT
    rectangle = closed and not curved and _is_rectangle(points)
    small = box.width <= largest and box.height <= largest
    if rectangle and small and min(box.width, box.height) >= smallest:
        drawing.shapes.append(Shape(bbox=box, filled=False, is_rectangle=True, slanted=False))
        return
    if curved:
        if small and not closed:
            drawing.shapes.append(Shape(bbox=box, filled=False, is_rectangle=False, slanted=True))
        return
    ends = [*points, points[0]] if closed else points
    slanted = False
    for (x0, y0), (x1, y1) in itertools.pairwise(ends):
        if abs(y1 - y0) <= STRAIGHT_PT and abs(x1 - x0) > abs(y1 - y0):
            drawing.segments.append(horizontal((y0 + y1) / 2, x0, x1, drawn=not white))
        elif abs(x1 - x0) <= STRAIGHT_PT and abs(y1 - y0) > abs(x1 - x0):
            drawing.segments.append(vertical((x0 + x1) / 2, y0, y1, drawn=not white))
        elif abs(x1 - x0) > STRAIGHT_PT:
            slanted = True
    if slanted and not white:
        drawing.shapes.append(Shape(bbox=box, filled=filled, is_rectangle=False, slanted=True))
    if rectangle and filled and not white:
        drawing.backgrounds.append(box)


def _is_rectangle(points: Sequence[Point]) -> bool:
    if len(points) not in (4, 5):
        return False
    corners = points[:4]
    return all(
        min(abs(x1 - x0), abs(y1 - y0)) <= STRAIGHT_PT
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True)
    )


def _sides(box: BBox, *, drawn: bool) -> list[Segment]:
    return [
        horizontal(box.top, box.x0, box.x1, drawn=drawn),
        horizontal(box.bottom, box.x0, box.x1, drawn=drawn),
        vertical(box.x0, box.top, box.bottom, drawn=drawn),
        vertical(box.x1, box.top, box.bottom, drawn=drawn),
    ]
