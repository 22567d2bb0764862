"""PDFium's functions as ctypes calls them fastest, so that a page's thousands of characters are read in C-speed loops.

The library's own wrappers check and convert each argument; here a whole column of values is filled by one ``map``, and
no argument needs conversion: handles are ctypes objects, indices plain integers, and the places that PDFium writes to
are prepared once. PDFium is not thread-safe: a process reads one document at a time.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from ctypes import PYFUNCTYPE, byref, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p, cast
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import DTypeLike, NDArray

Function = Callable[..., Any]


class Handle(c_void_p):
    """Address of a PDFium object, false where there is none. Functions give and take it as it is."""


Addresses = NDArray[np.uint64]
"""Addresses of PDFium objects; functions are given them as handles, which is done here."""


def _function(name: str, result: Any, *arguments: Any) -> Function:
    """A function of PDFium. Without types of ``arguments`` it takes handles, references and C integers only.

    No call lets other threads run (``PYFUNCTYPE``): to do so takes longer than most of the calls.
    """
    address = cast(getattr(pdfium_c, name), c_void_p).value
    assert address is not None
    function: Function = PYFUNCTYPE(result, *arguments)(address)
    return function


load_text_page = _function("FPDFText_LoadPage", Handle)
close_text_page = _function("FPDFText_ClosePage", None)
count_chars = _function("FPDFText_CountChars", c_int)
get_text = _function("FPDFText_GetText", c_int)
get_unicode = _function("FPDFText_GetUnicode", c_uint)
is_generated = _function("FPDFText_IsGenerated", c_int)
get_char_box = _function("FPDFText_GetCharBox", c_int)
get_loose_char_box = _function("FPDFText_GetLooseCharBox", c_int)
get_char_origin = _function("FPDFText_GetCharOrigin", c_int)
get_char_matrix = _function("FPDFText_GetMatrix", c_int)
get_font_size = _function("FPDFText_GetFontSize", c_double)
get_text_object = _function("FPDFText_GetTextObject", c_size_t)

get_render_mode = _function("FPDFTextObj_GetTextRenderMode", c_int)
get_font = _function("FPDFTextObj_GetFont", c_size_t)
get_font_name = _function("FPDFFont_GetBaseFontName", c_ulong, c_void_p, c_char_p, c_ulong)
get_font_flags = _function("FPDFFont_GetFlags", c_int)
get_font_weight = _function("FPDFFont_GetWeight", c_int)

count_objects = _function("FPDFPage_CountObjects", c_int)
get_object = _function("FPDFPage_GetObject", c_size_t)
get_object_type = _function("FPDFPageObj_GetType", c_int)
get_object_bounds = _function("FPDFPageObj_GetBounds", c_int)
get_object_matrix = _function("FPDFPageObj_GetMatrix", c_int)
get_fill_color = _function("FPDFPageObj_GetFillColor", c_int)
get_stroke_color = _function("FPDFPageObj_GetStrokeColor", c_int)
count_form_objects = _function("FPDFFormObj_CountObjects", c_int)
get_form_object = _function("FPDFFormObj_GetObject", c_size_t, c_void_p, c_ulong)
count_marks = _function("FPDFPageObj_CountMarks", c_int)
get_mark = _function("FPDFPageObj_GetMark", c_size_t)
get_draw_mode = _function("FPDFPath_GetDrawMode", c_int)
count_path_segments = _function("FPDFPath_CountSegments", c_int)
get_path_segment = _function("FPDFPath_GetPathSegment", c_size_t)
get_segment_point = _function("FPDFPathSegment_GetPoint", c_int)
get_segment_type = _function("FPDFPathSegment_GetType", c_int)
get_segment_close = _function("FPDFPathSegment_GetClose", c_int)


def handle_of(wrapped: Any) -> Handle:
    """The handle behind one of pypdfium2's objects or raw handles."""
    return cast(getattr(wrapped, "raw", wrapped), Handle)


_BLOCK = 2048
"""Rows at a time: about the characters of a page, and what is kept stays small."""
_block_addresses = np.zeros(_BLOCK, dtype=np.uint64)
_block_handles: list[Handle] = list((Handle * _BLOCK).from_buffer(_block_addresses.data))
"""Handles that look into ``_block_addresses``, made once: that takes longer than most calls."""


def _arguments(items: Sequence[Any] | Addresses) -> Sequence[Any]:
    """Items as functions take them: addresses as handles, which hold until the next call of this."""
    if not isinstance(items, np.ndarray):
        return items
    if len(items) > _BLOCK:
        return list((Handle * len(items)).from_buffer_copy(np.ascontiguousarray(items).data))
    _block_addresses[: len(items)] = items
    return _block_handles[: len(items)]


class OutTable:
    """Rows that PDFium writes for one item each: the box of each character, say.

    ``kind`` is the C type of a value and ``width`` how many a row has; a function takes the place of each (``single``
    False) or of the row as a struct. The places are made once: that takes longer than the calls.
    """

    def __init__(
        self, kind: type[c_double] | type[c_float] | type[c_int] | type[c_uint], width: int, *, single: bool
    ) -> None:
        buffer = (kind * (_BLOCK * width))()
        self._rows: NDArray[Any] = np.ctypeslib.as_array(buffer).reshape(_BLOCK, width)
        starts = range(0, ctypes.sizeof(buffer), width * ctypes.sizeof(kind))
        offsets = range(0, ctypes.sizeof(kind) * (1 if single else width), ctypes.sizeof(kind))
        self._places = [[byref(buffer, start + offset) for start in starts] for offset in offsets]

    def read(
        self, function: Function, items: Sequence[Any] | Addresses, *, of: Handle | None = None, missing: int = 0
    ) -> NDArray[Any]:
        """A row per item by ``function(item, place…)`` or ``function(of, item, place…)``; ``missing`` in all places of
        a row where it finds none."""
        found = np.empty((len(items), self._rows.shape[1]), dtype=self._rows.dtype)
        owner = () if of is None else (repeat(of),)
        for start in range(0, len(items), _BLOCK):
            part = _arguments(items[start : start + _BLOCK])
            self._rows[: len(part)] = missing
            deque(map(function, *owner, part, *self._places), maxlen=0)
            found[start : start + len(part)] = self._rows[: len(part)]
        return found


BOXES = OutTable(c_double, 4, single=False)
POINTS = OutTable(c_double, 2, single=False)
FLOAT_BOXES = OutTable(c_float, 4, single=False)
FLOAT_POINTS = OutTable(c_float, 2, single=False)
RECTANGLES = OutTable(c_float, 4, single=True)
MATRICES = OutTable(c_float, 6, single=True)
COLORS = OutTable(c_uint, 4, single=False)
DRAW_MODES = OutTable(c_int, 2, single=False)


def read_values(
    function: Function,
    items: Sequence[Any] | Addresses,
    kind: DTypeLike,
    *,
    of: Handle | None = None,
    then: Sequence[Any] | None = None,
) -> NDArray[Any]:
    """What ``function(item)`` gives for each item, with ``of`` as its first argument or one of ``then`` as its last."""
    owner = () if of is None else (repeat(of),)
    last = () if then is None else (then,)
    return np.fromiter(map(function, *owner, _arguments(items), *last), kind, len(items))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageObjects:
    """Objects in the order in which they are drawn, and of which type each is."""

    addresses: Addresses
    kinds: NDArray[np.int64]

    def of_kind(self, *kinds: int) -> PageObjects:
        """Those of some types only."""
        rows = np.zeros(len(self.kinds), dtype=bool)
        for kind in kinds:
            rows |= self.kinds == kind
        return PageObjects(addresses=self.addresses[rows], kinds=self.kinds[rows])


def read_objects(page: Handle, known: Addresses) -> PageObjects:
    """What stands on a page beside ``known`` objects, given in order; what is inside form XObjects is left out."""
    found = read_values(get_object, range(max(0, count_objects(page))), np.uint64, of=page)
    found = found[found != 0]
    if len(known):
        found = found[known[np.searchsorted(known[:-1], found)] != found]
    return with_kinds(found)


def read_form_objects(form: Handle) -> PageObjects:
    """What stands in a form XObject."""
    return with_kinds(read_values(get_form_object, range(max(0, count_form_objects(form))), np.uint64, of=form))


def with_kinds(addresses: Addresses) -> PageObjects:
    """Objects with their types."""
    return PageObjects(addresses=addresses, kinds=read_values(get_object_type, addresses, np.int64))


def read_codes(text_page: Handle, count: int) -> NDArray[np.uint32]:
    """The code of each character of a text page."""
    text = np.zeros(count + 1, dtype=np.uint16)
    # one call for all; where it leaves out characters of no text it says a smaller number
    if get_text(text_page, 0, count, c_void_p(text.ctypes.data)) == count + 1:
        return text[:count].astype(np.uint32)
    return read_values(get_unicode, range(count), np.uint32, of=text_page)
