"""The characters of a page with their boxes, fonts and visibility, as PDFium gives them."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.pdf import pdfium
from extractors.pdf.actual_text import Rows, find_clusters
from extractors.pdf.codes import is_mark, is_space, make_test
from extractors.pdf.geometry import Floats, PageGeometry
from extractors.pdf.symbols import find_symbol_table

ASKEW_DEGREES = 4.0
"""Text turned further than this from a right angle is no line of the page's flow: a watermark or a stamp."""
BOLD_WEIGHT = 600
CUT_EM = 0.5
"""ActualText whose ink ends this far above its baseline, in font sizes, shows no letter."""
FILLED_AND_CLIPPED, INVISIBLE, CLIPPING_ONLY = 4, 3, 7
"""Ways of drawing text beside plain filling (0)."""
WHITE = 250
"""From this on in red, green and blue a colour is white on paper."""
PALE = 200
"""From this on a colour is a watermark's: body text is never so pale."""
HYPHENS = (0x02, 0xFFFE)
"""What PDFium writes for a hyphen at a line's end."""
NOT_TEXT = (0, 0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
"""Line ends, joiners and break opportunities: nothing that is drawn."""
SOFT_HYPHEN = 0xAD
"""Not drawn, or a short dash; but in Thai code pages read as Latin it is YO YING."""
DASH_EM = 0.3
"""The ink of a hyphen is lower than this, that of any letter higher."""
FORCE_BOLD_FLAG = 1 << 18
MISPLACED_PT = 1.0
"""Two places of one character that differ by more than this are not due to rounding."""
TURNED_WIDTH_EM, TURNED_HEIGHT_EM = 0.55, 0.8
"""A Thai letter's advance, and its height with the mark above it, where nothing tells them."""


_is_not_text = make_test(NOT_TEXT)
_is_hyphen = make_test((*HYPHENS, SOFT_HYPHEN))


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """Columns of equal length, one entry per character, in PDFium's order, boxes in points as the page is shown.

    ``box`` is the ink (x0, top, x1, bottom), ``loose`` the box of advance and font height, ``origin`` the pen's place
    on the baseline (along level text only where ``loose`` begins, which an advance to the left turns round). ``actual``
    marks text that the producer wrote beside the glyphs (ActualText), which is true as it stands. ``direction`` is 0,
    90, 180 or 270 degrees counter-clockwise, -1 for text at any other angle.
    """

    code: NDArray[np.uint32]
    box: Floats
    loose: Floats
    origin: Floats
    size: Floats
    direction: NDArray[np.int64]
    bold: NDArray[np.bool_]
    visible: NDArray[np.bool_]
    white: NDArray[np.bool_]
    pale: NDArray[np.bool_]
    actual: NDArray[np.bool_]
    object_id: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.code)

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Characters:
        """Only some characters, or all in another order."""
        if rows.dtype == np.bool_:
            if rows.all():
                return self
            rows = np.flatnonzero(rows)
        return Characters(*(getattr(self, name).take(rows, axis=0) for name in self.__slots__))


def read_characters(page: pdfium.Handle, geometry: PageGeometry) -> tuple[Characters, pdfium.PageObjects]:
    """All drawn characters of a page, and the objects beside those that draw them.

    Spaces and line ends that PDFium only guesses are left out.
    """
    text_page = pdfium.load_text_page(page)
    if not text_page:
        return _empty(), pdfium.read_objects(page, np.zeros(0, dtype=np.uint64))
    try:
        return _read(page, text_page, geometry)
    finally:
        pdfium.close_text_page(text_page)


def _read(
    page: pdfium.Handle, text_page: pdfium.Handle, geometry: PageGeometry
) -> tuple[Characters, pdfium.PageObjects]:
    count = max(0, pdfium.count_chars(text_page))
    objects = pdfium.read_values(pdfium.get_text_object, range(count), np.uint64, of=text_page)
    codes = pdfium.read_codes(text_page, count)
    drawn = (objects != 0) & ~_is_not_text(codes)
    spaces = np.flatnonzero(drawn & (codes == 0x20)).tolist()
    drawn[spaces] = [not pdfium.is_generated(text_page, index) for index in spaces]
    rows = np.flatnonzero(drawn)
    if len(rows) == 0:
        return _empty(), pdfium.read_objects(page, np.zeros(0, dtype=np.uint64))
    indices = rows.tolist()
    boxes = pdfium.BOXES.read(pdfium.get_char_box, indices, of=text_page)
    loose = pdfium.RECTANGLES.read(pdfium.get_loose_char_box, indices, of=text_page).astype(np.float64)
    codes = codes[rows]
    soft = _is_hyphen(codes)
    if soft.any():
        heights, sizes = np.abs(boxes[:, 3] - boxes[:, 2]), np.abs(loose[:, 1] - loose[:, 3])
        codes[soft] = np.where(heights[soft] < DASH_EM * sizes[soft], ord("-"), SOFT_HYPHEN)
        kept = ~soft | (heights > 0)
        rows, codes, boxes, loose = rows[kept], codes[kept], boxes[kept], loose[kept]
    addresses, first, object_id = np.unique(objects[rows], return_index=True, return_inverse=True)
    looks = _read_objects(text_page, addresses, rows[first], geometry)
    # the box of a glyph is its ink, that of ActualText the same as the loose one
    boxed = np.abs(boxes[:, [0, 3, 1, 2]] - loose).max(axis=1) < 0.01
    origins = _read_origins(text_page, rows, loose, first[object_id], looks.level[object_id] & ~boxed)
    codes = find_symbol_table(looks.font_names).translate(codes, looks.font[object_id])
    found = Characters(
        code=codes,
        box=geometry.show_boxes(boxes[:, 0], boxes[:, 2], boxes[:, 1], boxes[:, 3]),
        loose=geometry.show_boxes(loose[:, 0], loose[:, 3], loose[:, 2], loose[:, 1]),
        origin=np.column_stack(geometry.show_points(origins[:, 0], origins[:, 1])),
        size=looks.size[object_id],
        direction=looks.direction[object_id],
        bold=looks.bold[object_id],
        visible=looks.visible[object_id],
        white=looks.white[object_id],
        pale=looks.pale[object_id],
        actual=boxed & ~is_space(codes),
        object_id=object_id.astype(np.int64),
    )
    _place_turned(text_page, found, rows, geometry)
    others = pdfium.read_objects(page, addresses)
    return _join_clusters(others, found, addresses, geometry), others


def _read_origins(text_page: pdfium.Handle, rows: Rows, loose: Floats, first: Rows, level: NDArray[np.bool_]) -> Floats:
    """The pen's place for each of the characters ``rows``; ``first`` tells the first one of its object.

    Glyphs of a ``level`` object share its baseline, and their loose boxes begin at the pen, unless the script runs
    downwards or to the left: one look for each object tells all of it.
    """
    origins = np.empty((len(rows), 2))
    origins[:, 0] = loose[:, 0]
    asked = ~level
    asked[first] = True
    origins[asked] = pdfium.POINTS.read(pdfium.get_char_origin, rows[asked].tolist(), of=text_page)
    at_pen = origins[first, 0] == loose[first, 0]
    origins[:, 1] = np.where(asked, origins[:, 1], origins[first, 1])
    otherwise = ~asked & ~at_pen
    if otherwise.any():
        origins[otherwise] = pdfium.POINTS.read(pdfium.get_char_origin, rows[otherwise].tolist(), of=text_page)
    return origins


def _place_turned(text_page: pdfium.Handle, characters: Characters, rows: Rows, geometry: PageGeometry) -> None:
    """Put turned ActualText where it is drawn: PDFium gives its place without the turn.

    The matrix of a character holds its true origin; how far it reaches is guessed from the font size.
    """
    turned = np.flatnonzero(characters.actual & (characters.direction > 0))
    if len(turned) == 0:
        return
    matrix = pdfium.MATRICES.read(pdfium.get_char_matrix, rows[turned].tolist(), of=text_page).astype(np.float64)
    x, y = geometry.show_points(matrix[:, 4], matrix[:, 5])
    off = np.hypot(x - characters.origin[turned, 0], y - characters.origin[turned, 1]) > MISPLACED_PT
    turned, x, y = turned[off], x[off], y[off]
    ahead, up = TURNED_WIDTH_EM * characters.size[turned], TURNED_HEIGHT_EM * characters.size[turned]
    corner_x, corner_y = (
        np.select([characters.direction[turned] == angle for angle in (90, 180)], ways, default=other)
        for ways, other in (([x - up, x - ahead], x + up), ([y - ahead, y + up], y + ahead))
    )
    characters.origin[turned] = np.column_stack((x, y))
    box = np.column_stack(
        (np.minimum(x, corner_x), np.minimum(y, corner_y), np.maximum(x, corner_x), np.maximum(y, corner_y))
    )
    characters.box[turned] = characters.loose[turned] = box


def _join_clusters(
    others: pdfium.PageObjects, characters: Characters, addresses: pdfium.Addresses, geometry: PageGeometry
) -> Characters:
    """Each ActualText once, at the place of all the glyphs that it stands for."""
    if not characters.actual.any():
        return characters
    clusters = find_clusters(others, characters.object_id, characters.actual, addresses)
    rows = clusters.group >= 0
    if rows.any():
        group = clusters.group[rows]
        whole = np.empty((int(clusters.group.max()) + 1, 4))
        whole[:, :2], whole[:, 2:] = np.inf, -np.inf
        silent = geometry.show_boxes(*clusters.silent_bounds.T)
        for boxes, owner in ((characters.box[rows], group), (silent, clusters.silent_group)):
            np.minimum.at(whole[:, :2], owner, boxes[:, :2])
            np.maximum.at(whole[:, 2:], owner, boxes[:, 2:])
        characters.box[rows] = characters.loose[rows] = whole[group]
    keep = ~clusters.repeated
    # a mark alone above its baseline is what a page cut left of a cluster; the whole stands on the next page
    above = characters.box[:, 3] < characters.origin[:, 1] - CUT_EM * characters.size
    below = characters.box[:, 1] > characters.origin[:, 1]
    cut = characters.actual & (above | below) & (characters.direction == 0) & ~is_mark(characters.code)
    is_cut = np.zeros(len(addresses), dtype=bool)
    is_cut[characters.object_id[cut & keep]] = True
    return characters.take(keep & ~is_cut[characters.object_id])


@dataclass(frozen=True, slots=True, eq=False)
class _Looks:
    """Per text object: what all its characters share; ``font`` is the place of its font in ``font_names``."""

    size: Floats
    direction: NDArray[np.int64]
    bold: NDArray[np.bool_]
    visible: NDArray[np.bool_]
    white: NDArray[np.bool_]
    pale: NDArray[np.bool_]
    level: NDArray[np.bool_]
    font: NDArray[np.int64]
    font_names: tuple[str, ...]


def _read_objects(text_page: pdfium.Handle, objects: pdfium.Addresses, first: Rows, geometry: PageGeometry) -> _Looks:
    indices = first.tolist()
    matrix = pdfium.MATRICES.read(pdfium.get_char_matrix, indices, of=text_page).astype(np.float64)
    size = pdfium.read_values(pdfium.get_font_size, indices, np.float64, of=text_page)
    size = np.abs(size) * np.hypot(matrix[:, 2], matrix[:, 3])
    angle = (np.degrees(np.arctan2(matrix[:, 1], matrix[:, 0])) - geometry.rotation) % 360
    quarter = np.round(angle / 90)
    askew = np.abs(angle - quarter * 90) > ASKEW_DEGREES
    direction = np.where(askew, -1, (quarter.astype(np.int64) * 90) % 360)
    colors = pdfium.COLORS.read(pdfium.get_fill_color, objects)
    modes = pdfium.read_values(pdfium.get_render_mode, objects, np.int64)
    addresses, font = np.unique(pdfium.read_values(pdfium.get_font, objects, np.uint64), return_inverse=True)
    fonts = [_read_font(address) for address in addresses.tolist()]
    darkest = colors[:, :3].min(axis=1)
    filled = (modes == 0) | (modes == FILLED_AND_CLIPPED)
    return _Looks(
        size=np.where(size > 0, size, 1.0),
        direction=direction,
        bold=np.array([bold for _, bold in fonts], dtype=bool)[font],
        visible=(modes != INVISIBLE) & (modes != CLIPPING_ONLY) & (colors[:, 3] > 0),
        white=filled & (darkest >= WHITE),
        pale=filled & ((darkest >= PALE) | (colors[:, 3] < 128)),
        level=matrix[:, 1] == 0,
        font=font,
        font_names=tuple(name for name, _ in fonts),
    )


def _read_font(address: int) -> tuple[str, bool]:
    if not address:
        return "", False
    font = pdfium.Handle(address)
    buffer = ctypes.create_string_buffer(256)
    pdfium.get_font_name(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    bold = "bold" in name.lower() or pdfium.get_font_weight(font) >= BOLD_WEIGHT
    return name, bold or bool(pdfium.get_font_flags(font) & FORCE_BOLD_FLAG)


def _empty() -> Characters:
    none = np.zeros(0, dtype=bool)
    whole = np.zeros(0, dtype=np.int64)
    return Characters(
        code=np.zeros(0, dtype=np.uint32),
        box=np.zeros((0, 4)),
        loose=np.zeros((0, 4)),
        origin=np.zeros((0, 2)),
        size=np.zeros(0),
        direction=whole,
        bold=none,
        visible=none,
        white=none,
        pale=none,
        actual=none,
        object_id=whole,
    )
