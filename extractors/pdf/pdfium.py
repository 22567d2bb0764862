"""PDFium's functions called with plain addresses, so that a page's thousands of characters are read in C-speed loops.

The library's own wrappers check and convert each argument; here a whole column of values is filled by one ``map``.
PDFium is not thread-safe: a process reads one document at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from ctypes import CFUNCTYPE, c_char_p, c_double, c_int, c_size_t, c_uint, c_ulong, c_void_p, cast
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Handle = int
"""Address of a PDFium object."""
Function = Callable[..., Any]


def _function(name: str, result: Any, *arguments: Any) -> Function:
    address = cast(getattr(pdfium_c, name), c_void_p).value
    assert address is not None
    function: Function = CFUNCTYPE(result, *arguments)(address)
    return function


_P = c_void_p

load_text_page = _function("FPDFText_LoadPage", _P, _P)
close_text_page = _function("FPDFText_ClosePage", None, _P)
count_chars = _function("FPDFText_CountChars", c_int, _P)
get_unicode = _function("FPDFText_GetUnicode", c_uint, _P, c_int)
is_generated = _function("FPDFText_IsGenerated", c_int, _P, c_int)
is_hyphen = _function("FPDFText_IsHyphen", c_int, _P, c_int)
get_char_box = _function("FPDFText_GetCharBox", c_int, _P, c_int, _P, _P, _P, _P)
get_loose_char_box = _function("FPDFText_GetLooseCharBox", c_int, _P, c_int, _P)
get_char_origin = _function("FPDFText_GetCharOrigin", c_int, _P, c_int, _P, _P)
get_char_matrix = _function("FPDFText_GetMatrix", c_int, _P, c_int, _P)
get_font_size = _function("FPDFText_GetFontSize", c_double, _P, c_int)
get_text_object = _function("FPDFText_GetTextObject", c_size_t, _P, c_int)

get_render_mode = _function("FPDFTextObj_GetTextRenderMode", c_int, _P)
get_font = _function("FPDFTextObj_GetFont", _P, _P)
get_font_name = _function("FPDFFont_GetBaseFontName", c_ulong, _P, c_char_p, c_ulong)
get_font_flags = _function("FPDFFont_GetFlags", c_int, _P)
get_font_weight = _function("FPDFFont_GetWeight", c_int, _P)

count_objects = _function("FPDFPage_CountObjects", c_int, _P)
get_object = _function("FPDFPage_GetObject", _P, _P, c_int)
get_object_type = _function("FPDFPageObj_GetType", c_int, _P)
get_object_bounds = _function("FPDFPageObj_GetBounds", c_int, _P, _P, _P, _P, _P)
get_object_matrix = _function("FPDFPageObj_GetMatrix", c_int, _P, _P)
get_fill_color = _function("FPDFPageObj_GetFillColor", c_int, _P, _P, _P, _P, _P)
get_stroke_color = _function("FPDFPageObj_GetStrokeColor", c_int, _P, _P, _P, _P, _P)
get_stroke_width = _function("FPDFPageObj_GetStrokeWidth", c_int, _P, _P)
count_form_objects = _function("FPDFFormObj_CountObjects", c_int, _P)
get_form_object = _function("FPDFFormObj_GetObject", _P, _P, c_ulong)
count_marks = _function("FPDFPageObj_CountMarks", c_int, _P)
get_mark = _function("FPDFPageObj_GetMark", _P, _P, c_ulong)
get_draw_mode = _function("FPDFPath_GetDrawMode", c_int, _P, _P, _P)
count_path_segments = _function("FPDFPath_CountSegments", c_int, _P)
get_path_segment = _function("FPDFPath_GetPathSegment", _P, _P, c_int)
get_segment_point = _function("FPDFPathSegment_GetPoint", c_int, _P, _P, _P)
get_segment_type = _function("FPDFPathSegment_GetType", c_int, _P)
get_segment_close = _function("FPDFPathSegment_GetClose", c_int, _P)


def address_of(handle: Any) -> Handle:
    """The address behind one of pypdfium2's objects or raw handles."""
    raw = getattr(handle, "raw", handle)
    address = cast(raw, c_void_p).value
    assert address is not None
    return address


def call_all(function: Function, *columns: Iterable[int]) -> None:
    """Call a function once per row of some argument columns; PDFium writes what it finds to the addresses given."""
    deque(map(function, *columns), maxlen=0)


def read_columns(function: Function, handle: Handle, count: int, width: int) -> NDArray[np.float64]:
    """``count`` × ``width`` doubles that a ``function(handle, index, out…)`` writes for every index."""
    table = np.zeros((count, width), dtype=np.float64)
    start, step = table.ctypes.data, 8 * width
    outs = [range(start + 8 * column, start + 8 * column + step * count, step) for column in range(width)]
    call_all(function, repeat(handle), range(count), *outs)
    return table


def read_floats(
    function: Function, handle: Handle, indices: Iterable[int], count: int, width: int
) -> NDArray[np.float32]:
    """``count`` structs of ``width`` floats that a ``function(handle, index, out)`` writes for the given indices."""
    table = np.zeros((count, width), dtype=np.float32)
    start, step = table.ctypes.data, 4 * width
    call_all(function, repeat(handle), indices, range(start, start + step * count, step))
    return table
