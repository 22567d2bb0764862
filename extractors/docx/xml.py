"""Names and values of WordprocessingML, and XML parsed without following anything outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from docmodel.errors import CorruptSourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  # the prefix by which everyone knows the namespace

# ISO/IEC 29500 Strict writes the same elements under other names of the namespaces.
_STRICT_NAMESPACES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", PIC),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", DGM),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R),
)
_OFF = frozenset({"0", "false", "off", "none"})
TWIPS_PER_POINT = 20
EMU_PER_POINT = 12_700


def parse_xml(data: bytes) -> Any:
    """The root of an XML part. Raises CorruptSourceError for broken XML and for a document type, which Word never
    writes and which is how an entity bomb is built."""
    if b"<!DOCTYPE" in data[:4_096] or b"<!ENTITY" in data:
        raise docx_damaged()
    for strict, name in _STRICT_NAMESPACES:
        if strict in data:
            data = data.replace(strict, name.strip("{}").encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise docx_damaged() from error
    _choose_alternatives(root)
    return root


def docx_damaged() -> CorruptSourceError:
    """The error for a Word file whose insides cannot be read."""
    return CorruptSourceError(
        "docx_damaged",
        th="ไฟล์ Word เสียหายหรือไม่ครบ โปรดเปิดใน Word แล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากหน่วยงาน",
        en="The Word file is damaged or cut off. Open and save it in Word again, or ask the agency for a new one.",
    )


def _choose_alternatives(root: Any) -> None:
    """Leave one branch of each mc:AlternateContent in its place, so that nothing is read twice.

    The first Choice is what a current Word shows; the Fallback is taken where only it holds something.
    """
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        parent = alternate.getparent()
        if parent is None:
            continue
        branches = [*alternate.iterchildren(f"{MC}Choice"), *alternate.iterchildren(f"{MC}Fallback")]
        chosen = next((branch for branch in branches if len(branch)), None)
        place = parent.index(alternate)
        if chosen is not None:
            for offset, child in enumerate(list(chosen)):
                parent.insert(place + offset, child)
        # the tail of an element goes with it; WordprocessingML has only white space there
        parent.remove(alternate)


def val(element: Any) -> str | None:
    """The ``w:val`` of an element, None where the element or the attribute is missing."""
    value: str | None = element.get(f"{W}val") if element is not None else None
    return value


def child_val(element: Any, *path: str) -> str | None:
    """The ``w:val`` of the element down a path of tags without prefix."""
    return val(find(element, *path))


def find(element: Any, *path: str) -> Any:
    """The element down a path of tags without prefix, None where a step is missing."""
    for tag in path:
        if element is None:
            return None
        element = element.find(f"{W}{tag}")
    return element


def is_on(element: Any) -> bool | None:
    """Whether an on/off property is set; None where the element is missing."""
    if element is None:
        return None
    return (val(element) or "true").lower() not in _OFF


def whole_number(value: str | None) -> int | None:
    """The whole number of an attribute, None where it is missing or none."""
    try:
        return int(float(value)) if value is not None else None
    except (ValueError, OverflowError):
        return None


def twips(element: Any, *names: str) -> float | None:
    """The first of some measures of an element that is there, in points ("720" and "36pt" are both written)."""
    for name in names:
        value = element.get(f"{W}{name}") if element is not None else None
        if value is None:
            continue
        if value.endswith("pt"):
            number = whole_number(value[:-2])
            return None if number is None else float(number)
        number = whole_number(value)
        return None if number is None else number / TWIPS_PER_POINT
    return None


def element_children(element: Any) -> Iterator[Any]:
    """The child elements, without comments and processing instructions."""
    return (child for child in element if isinstance(child.tag, str))
