"""What is drawn on a page beside text: ruling lines, backgrounds, small boxes and ticks, pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
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
PATHS_AT_ONCE = 128
"""The paths of a page or so: what is held of them at a time has an end."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subpath:
    """A part of a path in one stroke: its points and their box as shown; whether it is closed, its path has curves."""

    points: Sequence[Point]
    box: BBox
    closed: bool
    curved: bool


@dataclass(slots=True)
class Drawing:
    """All that is drawn on a page, in points as the page is shown."""

    segments: list[Segment] = field(default_factory=list)
    backgrounds: list[BBox] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    images: list[BBox] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)


def read_drawing(page_objects: pdfium.PageObjects, geometry: PageGeometry) -> Drawing:
    """The lines, shapes and pictures of a page, those inside form XObjects included."""
    drawing = Drawing()
    drawn = _flatten(page_objects, IDENTITY, [MAX_OBJECTS], 0)
    for kind, same in itertools.groupby(drawn, key=lambda one: one[0]):
        while part := list(itertools.islice(same, PATHS_AT_ONCE)):
            addresses = np.array([address for _, address, _ in part], dtype=np.uint64)
            matrices = [matrix for _, _, matrix in part]
            add = _add_images if kind == FPDF_PAGEOBJ_IMAGE else _add_paths
            add(drawing, addresses, matrices, geometry)
    drawing.segments += join_dots(drawing.dots)
    return drawing


def _flatten(
    objects: pdfium.PageObjects, matrix: Matrix, budget: list[int], depth: int
) -> Iterator[tuple[int, int, Matrix]]:
    """Paths and pictures in the order in which they are drawn: kind, address, and the matrix of the forms around."""
    drawn = objects.of_kind(*DRAWN_KINDS)
    for address, kind in zip(drawn.addresses.tolist(), drawn.kinds.tolist(), strict=True):
        if budget[0] <= 0:
            return
        budget[0] -= 1
        if kind != FPDF_PAGEOBJ_FORM:
            yield kind, address, matrix
        elif depth < MAX_DEPTH:
            form = pdfium.Handle(address)
            yield from _flatten(pdfium.read_form_objects(form), _times(_matrix_of(form), matrix), budget, depth + 1)


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


def _add_images(
    drawing: Drawing, addresses: pdfium.Addresses, matrices: Sequence[Matrix], geometry: PageGeometry
) -> None:
    for address, matrix in zip(addresses.tolist(), matrices, strict=True):
        whole = _times(_matrix_of(pdfium.Handle(address)), matrix)
        box = _box_around(_shown([(0, 0), (1, 0), (0, 1), (1, 1)], whole, geometry))
        if box.width > THIN_PT and box.height > THIN_PT:
            drawing.images.append(box)
        elif box.width > 4 * THIN_PT:
            drawing.segments.append(horizontal(box.y_center, box.x0, box.x1))
        elif box.height > 4 * THIN_PT:
            drawing.segments.append(vertical(box.x_center, box.top, box.bottom))


def _box_around(points: Sequence[Point]) -> BBox:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return BBox(min(xs), min(ys), max(xs), max(ys))


def _add_paths(
    drawing: Drawing, addresses: pdfium.Addresses, matrices: Sequence[Matrix], geometry: PageGeometry
) -> None:
    modes = pdfium.DRAW_MODES.read(pdfium.get_draw_mode, addresses) != 0
    counts = pdfium.read_values(pdfium.count_path_segments, addresses, np.int64)
    drawn = np.flatnonzero(modes.any(axis=1) & (counts > 0))
    addresses, modes, counts = addresses[drawn], modes[drawn], counts[drawn]
    matrices = [matrices[row] for row in drawn.tolist()]
    white = _are_white(addresses, modes)
    lines: dict[int, Segment] = {}
    for row in np.flatnonzero(counts >= MIN_DASH_POINTS).tolist():
        line = _dashed_line(pdfium.Handle(int(addresses[row])), matrices[row], geometry, drawn=not white[row])
        if line is not None:
            lines[row] = line
    counts[list(lines)] = 0
    counts[counts > MAX_POINTS] = 0
    subpaths = _read_subpaths(addresses, counts, matrices, geometry)
    for row, (filled, outlined) in enumerate(modes.tolist()):
        if row in lines:
            drawing.segments.append(lines[row])
        for subpath in subpaths.get(row, ()):
            if filled and not outlined:
                _add_filled(drawing, subpath, white=white[row])
            else:
                _add_outline(drawing, subpath, filled=filled, white=white[row])


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


def _read_subpaths(
    addresses: pdfium.Addresses, counts: NDArray[np.int64], matrices: Sequence[Matrix], geometry: PageGeometry
) -> dict[int, list[_Subpath]]:
    """The subpaths of more than one point, by the row of their path; of each path ``counts`` segments are read."""
    owner = np.repeat(np.arange(len(counts)), counts)
    if len(owner) == 0:
        return {}
    first_of_path = np.cumsum(counts) - counts
    places = (np.arange(len(owner)) - first_of_path[owner]).tolist()
    segments = pdfium.read_values(pdfium.get_path_segment, addresses[owner], np.uint64, then=places)
    points = pdfium.FLOAT_POINTS.read(pdfium.get_segment_point, segments).astype(np.float64)
    kinds = pdfium.read_values(pdfium.get_segment_type, segments, np.int64)
    closing = pdfium.read_values(pdfium.get_segment_close, segments, np.bool_)
    own = pdfium.MATRICES.read(pdfium.get_object_matrix, addresses).astype(np.float64)
    a, b, c, d, e, f = np.column_stack(_times(tuple(own.T), tuple(np.array(matrices).T)))[owner].T
    x, y = points.T
    x, y = geometry.show_points(a * x + c * y + e, b * x + d * y + f)

    starts = np.flatnonzero((kinds == FPDF_SEGMENT_MOVETO) | (np.arange(len(owner)) == first_of_path[owner]))
    curved = np.bincount(owner, kinds == FPDF_SEGMENT_BEZIERTO) > 0
    lows_and_highs = (
        reduce.reduceat(values, starts).tolist() for reduce in (np.minimum, np.maximum) for values in (x, y)
    )
    shown = list(zip(x.tolist(), y.tolist(), strict=True))
    subpaths: dict[int, list[_Subpath]] = {}
    for start, stop, path, is_curved, is_closed, *box in zip(
        starts.tolist(),
        [*starts[1:].tolist(), len(owner)],
        owner[starts].tolist(),
        curved[owner[starts]].tolist(),
        np.logical_or.reduceat(closing, starts).tolist(),
        *lows_and_highs,
        strict=True,
    ):
        if stop - start > 1:
            subpath = _Subpath(points=shown[start:stop], box=BBox(*box), closed=is_closed, curved=is_curved)
            subpaths.setdefault(path, []).append(subpath)
    return subpaths


def _are_white(addresses: pdfium.Addresses, modes: NDArray[np.bool_]) -> list[bool]:
    """Of each path whether it is drawn in white: its inside where that is all, else its outline."""
    colors = np.empty((len(addresses), 4), dtype=np.uint32)
    outlined = modes[:, 1]
    # a pattern has no colour, and is not white
    colors[outlined] = pdfium.COLORS.read(pdfium.get_stroke_color, addresses[outlined], missing=1)
    colors[~outlined] = pdfium.COLORS.read(pdfium.get_fill_color, addresses[~outlined], missing=1)
    found: list[bool] = ((colors[:, 3] == 0) | (colors[:, :3].min(axis=1) >= WHITE)).tolist()
    return found


def _add_filled(drawing: Drawing, subpath: _Subpath, *, white: bool) -> None:
    box, curved = subpath.box, subpath.curved
    width, height = box.width, box.height
    if min(width, height) <= THIN_PT < max(width, height) and not curved:
        # a thin white bar is a line between coloured cells, and hides nothing else on white paper
        if width >= height:
            drawing.segments.append(horizontal(box.y_center, box.x0, box.x1, drawn=not white))
        else:
            drawing.segments.append(vertical(box.x_center, box.top, box.bottom, drawn=not white))
        return
    if max(width, height) <= DOT_PT:
        if not white:
            drawing.dots.append((box.x_center, box.y_center))
        return
    rectangle = not curved and _is_rectangle(subpath.points)
    if rectangle and min(width, height) > MARK_SIZE_PT[0]:
        if not white:
            drawing.backgrounds.append(box)
            drawing.segments += _sides(box, drawn=False)
    elif not white and not rectangle:
        drawing.shapes.append(Shape(bbox=box, filled=True, is_rectangle=False, slanted=True, curved=curved))


def _add_outline(drawing: Drawing, subpath: _Subpath, *, filled: bool, white: bool) -> None:
    points, box, curved, closed = subpath.points, subpath.box, subpath.curved, subpath.closed or filled
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
