"""What was filled in: form fields and text notes, which stand on the page beside its own content."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref
from typing import Any

import numpy as np
from pypdfium2 import raw as pdfium_c

from docmodel.geometry import BBox
from extractors.layout.pieces import Y_CENTER_EM, Piece
from extractors.pdf.geometry import PageGeometry
from extractors.pdf.symbols import BOX, TICKED_BOX

MAX_ANNOTATIONS = 5_000
"""A form of one page has some hundred fields; a file may claim any number."""
HIDDEN_FLAGS = 2 | 32
"""Annotation flags Hidden and NoView."""
FIELD_SIZE_PT = 12.0
"""The font size taken for a filled-in line, if its field is not lower than that."""
CHOSEN_KINDS = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
WRITTEN_KINDS = (
    pdfium_c.FPDF_FORMFIELD_TEXTFIELD,
    pdfium_c.FPDF_FORMFIELD_COMBOBOX,
    pdfium_c.FPDF_FORMFIELD_LISTBOX,
)


def read_fields(page: Any, form: Any, geometry: PageGeometry) -> list[Piece]:
    """Text of fields and notes, and boxes ticked or not, where they stand; ``form`` is None where a file has none."""
    pieces: list[Piece] = []
    for index in range(min(max(0, pdfium_c.FPDFPage_GetAnnotCount(page)), MAX_ANNOTATIONS)):
        with _annotation(page, index) as annotation:
            if annotation is None or pdfium_c.FPDFAnnot_GetFlags(annotation) & HIDDEN_FLAGS:
                continue
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            box = _box(annotation, geometry)
            if box is None:
                continue
            if kind == pdfium_c.FPDF_ANNOT_WIDGET and form is not None:
                pieces += _field_pieces(form, annotation, box)
            elif kind == pdfium_c.FPDF_ANNOT_FREETEXT:
                pieces += _text_pieces(_read_string(pdfium_c.FPDFAnnot_GetStringValue, annotation, b"Contents"), box)
    return pieces


@contextmanager
def _annotation(page: Any, index: int) -> Iterator[Any]:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation or None
    finally:
        if annotation:
            pdfium_c.FPDFPage_CloseAnnot(annotation)


def _box(annotation: Any, geometry: PageGeometry) -> BBox | None:
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFAnnot_GetRect(annotation, byref(rect)):
        return None
    corners = (np.array([value]) for value in (rect.left, rect.bottom, rect.right, rect.top))
    x0, top, x1, bottom = geometry.show_boxes(*corners)[0].tolist()
    return BBox(x0, top, x1, bottom) if x1 > x0 and bottom > top else None


def _field_pieces(form: Any, annotation: Any, box: BBox) -> list[Piece]:
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in CHOSEN_KINDS:
        mark = TICKED_BOX if pdfium_c.FPDFAnnot_IsChecked(form, annotation) else BOX
        return _text_pieces(mark, box)
    if kind in WRITTEN_KINDS:
        return _text_pieces(_read_string(pdfium_c.FPDFAnnot_GetFormFieldValue, form, annotation), box)
    return []


def _read_string(function: Any, *arguments: Any) -> str:
    size = function(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _text_pieces(text: str, box: BBox) -> list[Piece]:
    """The lines of a filled-in text, spread over the height of its box."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    step = box.height / len(lines)
    size = min(step, FIELD_SIZE_PT)
    pieces = []
    for index, line in enumerate(lines):
        if line.strip():
            middle = box.top + (index + 0.5) * step
            ink = BBox(box.x0, middle - size / 2, box.x1, middle + size / 2)
            pieces.append(Piece(text=line.strip(), bbox=ink, baseline=middle + Y_CENTER_EM * size, size_pt=size))
    return pieces
