"""What stands in drawings: text boxes and shapes in reading order, pictures, diagrams."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.docx.xml import DGM, EMU_PER_POINT, PIC, WP, WPS, A, O, R, V, W, whole_number

WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_VML_LENGTH = re.compile(
    r"(?:^|;)\s*(margin-top|margin-left|top|left|width|height)\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)?"
)
_POINTS_PER_UNIT = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}
# Shapes stand in one row where the next one starts above the middle of the row's first.
ROW_OVERLAP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a shape stands, in points of a frame that the shapes of one drawing share."""

    top: float
    left: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFrame:
    """The paragraphs of a text box or shape; ``place`` is None where the file does not say."""

    content: Any
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: what the author says of it, and its size in points where known."""

    alt_text: str | None
    width_pt: float | None = None
    height_pt: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A SmartArt drawing, by the relationship to the part with its texts."""

    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordArt:
    """Text drawn as a picture: a title, or a watermark where it stands in a header."""

    text: str


DrawingItem = TextFrame | Picture | Diagram | WordArt


def find_drawing_items(element: Any) -> Iterator[DrawingItem]:
    """Everything in a ``w:drawing``, ``w:pict`` or ``w:object``; what lies inside a text box is left to its reader."""
    if element.tag == f"{W}drawing":
        for holder in element:
            if holder.tag in {f"{WP}inline", f"{WP}anchor"}:
                yield from _find_in_holder(holder)
    else:
        yield from _find_in_vml(element, None)


def reading_order(frames: list[TextFrame]) -> list[TextFrame]:
    """Frames row by row from the top, each row from the left; as they stand in the file where a place is unknown."""
    if any(frame.place is None for frame in frames):
        return frames
    by_top = sorted(frames, key=lambda frame: (_place(frame).top, _place(frame).left))
    rows: list[list[TextFrame]] = []
    for frame in by_top:
        if rows and _place(frame).top < _place(rows[-1][0]).top + ROW_OVERLAP * _place(rows[-1][0]).height:
            rows[-1].append(frame)
        else:
            rows.append([frame])
    return [frame for row in rows for frame in sorted(row, key=lambda frame: _place(frame).left)]


def _place(frame: TextFrame) -> Place:
    return frame.place if frame.place is not None else Place(top=0.0, left=0.0, height=0.0)


def _find_in_holder(holder: Any) -> Iterator[DrawingItem]:
    """The items of a DrawingML drawing; its shapes at their places on the paper."""
    properties = holder.find(f"{WP}docPr")
    if properties is not None and properties.get("hidden") in {"1", "true"}:
        return
    extent = holder.find(f"{WP}extent")
    top, left = _offset(holder, "positionV"), _offset(holder, "positionH")
    origin = None if top is None or left is None else Place(top=top, left=left, height=0.0)
    alt_text = (properties.get("descr") or properties.get("title")) if properties is not None else None
    for item in _find_in_graphic(holder, origin, (1.0, 1.0)):
        if isinstance(item, Picture):
            yield Picture(
                alt_text=item.alt_text or alt_text or None,
                width_pt=_length(extent, "cx"),
                height_pt=_length(extent, "cy"),
            )
        else:
            yield item


def _offset(holder: Any, axis: str) -> float | None:
    """The distance of an anchored drawing along an axis; None where it is aligned or stands in the line."""
    position = holder.find(f"{WP}{axis}")
    offset = position.find(f"{WP}posOffset") if position is not None else None
    value = whole_number(offset.text) if offset is not None else None
    return None if value is None else value / EMU_PER_POINT


def _length(element: Any, name: str) -> float | None:
    value = whole_number(element.get(name)) if element is not None else None
    return None if value is None else value / EMU_PER_POINT


def _find_in_graphic(element: Any, origin: Place | None, scale: tuple[float, float]) -> Iterator[DrawingItem]:
    for child in element:
        if child.tag == f"{WPS}wsp":
            place = _shape_place(child, origin, scale)
            for box in child.iterchildren(f"{WPS}txbx"):
                for content in box.iterchildren(f"{W}txbxContent"):
                    yield TextFrame(content=content, place=place)
        elif child.tag in {f"{WPG}wgp", f"{WPG}grpSp"}:
            yield from _find_in_graphic(child, *_group_frame(child, origin, scale))
        elif child.tag == f"{PIC}pic":
            named = next(child.iter(f"{PIC}cNvPr"), None)
            yield Picture(alt_text=(named.get("descr") or None) if named is not None else None)
        elif child.tag == f"{DGM}relIds":
            relationship = child.get(f"{R}dm")
            if relationship:
                yield Diagram(relationship=relationship)
        elif isinstance(child.tag, str):
            yield from _find_in_graphic(child, origin, scale)


def _transform(shape: Any) -> Any:
    """The ``xfrm`` of a shape or group."""
    for child in shape:
        if isinstance(child.tag, str) and child.tag.rsplit("}", 1)[-1] in {"spPr", "grpSpPr"}:
            return child.find(f"{A}xfrm")
    return None


def _shape_place(shape: Any, origin: Place | None, scale: tuple[float, float]) -> Place | None:
    transform = _transform(shape)
    if origin is None or transform is None:
        return origin
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    return Place(
        top=origin.top + scale[1] * (_length(offset, "y") or 0.0),
        left=origin.left + scale[0] * (_length(offset, "x") or 0.0),
        height=scale[1] * (_length(extent, "cy") or 0.0),
    )


def _group_frame(
    group: Any, origin: Place | None, scale: tuple[float, float]
) -> tuple[Place | None, tuple[float, float]]:
    """The frame of a group's children; a group in the line is a frame of its own."""
    transform = _transform(group)
    if transform is None:
        return origin, scale
    start = origin if origin is not None else Place(top=0.0, left=0.0, height=0.0)
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    child_offset, child_extent = transform.find(f"{A}chOff"), transform.find(f"{A}chExt")
    factors = []
    for axis, own in (("cx", scale[0]), ("cy", scale[1])):
        inner, outer = _length(child_extent, axis), _length(extent, axis)
        factors.append(own * outer / inner if inner and outer else own)
    x_factor, y_factor = factors
    return (
        Place(
            top=start.top + scale[1] * (_length(offset, "y") or 0.0) - y_factor * (_length(child_offset, "y") or 0.0),
            left=start.left + scale[0] * (_length(offset, "x") or 0.0) - x_factor * (_length(child_offset, "x") or 0.0),
            height=0.0,
        ),
        (x_factor, y_factor),
    )


def _find_in_vml(element: Any, place: Place | None) -> Iterator[DrawingItem]:
    """The items of VML, which Word 2003 and converters write."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield TextFrame(content=child, place=place)
        elif child.tag == f"{V}imagedata":
            shape = child.getparent()
            alt_text = shape.get("alt") or child.get(f"{O}title") or None
            lengths = _vml_lengths(shape)
            yield Picture(alt_text=alt_text, width_pt=lengths.get("width"), height_pt=lengths.get("height"))
        elif child.tag == f"{V}textpath":
            if child.get("string"):
                yield WordArt(text=child.get("string"))
        elif isinstance(child.tag, str):
            is_shape = child.tag.startswith(V) and child.get("style") is not None
            yield from _find_in_vml(child, _vml_place(child) if is_shape else place)


def _vml_lengths(shape: Any) -> dict[str, float]:
    style = shape.get("style") or ""
    return {
        name: float(value) * _POINTS_PER_UNIT[unit] for name, value, unit in _VML_LENGTH.findall(style) if value != "."
    }


def _vml_place(shape: Any) -> Place | None:
    lengths = _vml_lengths(shape)
    top, left = lengths.get("margin-top", lengths.get("top")), lengths.get("margin-left", lengths.get("left"))
    if top is None or left is None:
        return None
    return Place(top=top, left=left, height=lengths.get("height", 0.0))
