"""What a plan's page shows of a place: the picture with its mark, the words, and what the file itself says there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docmodel.geometry import BBox
from docmodel.provenance import TextSource
from reports.html.pictures import PagePictures, Picture
from reports.masking import Masker

CROP_MARGIN_PT = 54
"""Points shown above and below the marked place: two or three lines of text around it."""
MIN_CROP_PT = 150
NARROW_PT, NARROW_MARGIN_PT = 330, 18
"""Points of a line that a telephone shows large enough to read."""
CELL_SEPARATOR = " · "
"""Stands in an evidence's words between those of one cell and the next."""
EXCERPT_CHARS = 260
"""Characters shown before and after the words, in a format without pages."""
_MOST_SHOWN = 1500
"""Characters of a section shown at most between the first words and the last."""
TRUSTED_QUALITY = 0.6
"""A page read worse than this may name people that were not recognised, so its picture counts as personal data."""

_SAME_PLACE, _SAME_HEIGHT = 0.8, 0.6

NO_FILE = "ไม่มีไฟล์ต้นฉบับในโฟลเดอร์นำเข้า จึงไม่มีภาพหน้านี้"
NAMELESS_TABLE = "ตารางที่ไม่มีชื่อ"
HAS_PEOPLE = "ไม่แสดงภาพหน้านี้ เพราะมีชื่อหรือหมายเลขโทรศัพท์ของบุคคล (สร้างรายงานด้วย --with-personal-data เพื่อแสดง)"
MAY_HAVE_PEOPLE = "ไม่แสดงภาพหน้านี้ เพราะอ่านได้ไม่ชัด อาจมีชื่อบุคคล (สร้างรายงานด้วย --with-personal-data เพื่อแสดง)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rectangle on a page's picture, in points; ``number`` is that of its words, None where there is but one."""

    number: int | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """The part of a page that is shown around marks, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        """The part as SVG wants it."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The words of a place as repaired (``text``) and as the file gives them (``raw``).

    ``raw_is_same`` where the two differ in nothing but spaces.
    """

    number: int | None
    text: str
    raw: str | None = None
    raw_is_same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptPart:
    """A piece of a section's text; ``marked`` where it is evidence, with the number of its words."""

    text: str
    marked: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words in their section, for formats without pages."""

    heading: str
    parts: tuple[ExcerptPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """Places of one page (or of one section or table of a format without pages) as the report shows them.

    ``crop`` is the band of the page around the marks, ``narrow`` the part of it that a small screen shows.
    ``no_picture`` says in Thai why there is no picture, ``table`` in which table the words stand.
    """

    page_no: int | None
    words: tuple[PlaceWords, ...]
    picture: Picture | None = None
    marks: tuple[Mark, ...] = ()
    crop: Crop | None = None
    narrow: Crop | None = None
    no_picture: str | None = None
    excerpt: Excerpt | None = None
    table: str | None = None
    from_ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All that is needed to show a place of one document."""

    masker: Masker
    pictures: PagePictures
    pages: Mapping[int | None, Mapping[str, Any]]
    sections: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Mapping[str, Any]]
    pages_with_team: frozenset[int]
    _hidden: dict[int, str | None] = field(default_factory=dict)

    def show(self, evidence: Sequence[Mapping[str, Any]], *, with_raw: bool = True) -> tuple[EvidenceView, ...]:
        """Places in their order, those of one page together; a place that is given twice is shown once."""
        by_page: dict[Any, list[Mapping[str, Any]]] = {}
        for place in distinct_places(evidence):
            key = place.get("page_no") or (place.get("section_id"), place.get("table_id"))
            by_page.setdefault(key, []).append(place)
        return tuple(
            self._on_page(page_no, places, with_raw=with_raw) if isinstance(page_no, int) else self._without(places)
            for page_no, places in by_page.items()
        )

    def _on_page(self, page_no: int, places: Sequence[Mapping[str, Any]], *, with_raw: bool) -> EvidenceView:
        from_ocr = self.pages.get(page_no, {}).get("text_source") == TextSource.OCR.value
        hidden = self.why_hidden(page_no)
        picture = None if hidden else self.pictures.picture(page_no)
        numbered = len(places) > 1
        marks, words = [], []
        for number, place in enumerate(places, 1):
            bbox = _box(place.get("bbox"))
            raw = self._raw(page_no, bbox) if with_raw and not hidden and not from_ocr else None
            text = self.masker.text(place.get("text") or "")
            same = raw is not None and "".join(raw.split()) == "".join(text.split())
            words.append(PlaceWords(number=number if numbered else None, text=text, raw=raw, raw_is_same=same))
            if picture and bbox:
                marks.append(make_mark(bbox, number if numbered else None))
        return EvidenceView(
            page_no=page_no,
            words=tuple(words),
            picture=picture,
            marks=tuple(marks),
            crop=find_crop(marks, picture) if picture and marks else None,
            narrow=find_crop(marks, picture, narrow=True) if picture and marks else None,
            no_picture=hidden or (None if picture else NO_FILE),
            from_ocr=from_ocr,
        )

    def _without(self, places: Sequence[Mapping[str, Any]]) -> EvidenceView:
        first = places[0]
        table = self.tables.get(first.get("table_id") or "")
        section = self.sections.get(first.get("section_id") or (table or {}).get("section_id") or "")
        numbered = len(places) > 1
        words = tuple(
            PlaceWords(number=number if numbered else None, text=self.masker.text(place.get("text") or ""))
            for number, place in enumerate(places, 1)
        )
        title = None
        if table is not None:
            parts = (table.get("title"), (section or {}).get("heading"))
            title = self.masker.text(next((part for part in parts if part), None)) or NAMELESS_TABLE
        excerpt = self._excerpt(section, words) if section is not None and table is None else None
        return EvidenceView(page_no=None, words=words, excerpt=excerpt, table=title)

    def _raw(self, page_no: int, bbox: BBox | None) -> str | None:
        raw = self.pictures.raw_text(page_no, bbox) if bbox is not None else None
        return None if self.masker.hides(raw) else raw

    def why_hidden(self, page_no: int) -> str | None:
        """Why a page's picture must not be shown; None where it may."""
        if page_no not in self._hidden:
            self._hidden[page_no] = self._find_why_hidden(page_no)
        return self._hidden[page_no]

    def _find_why_hidden(self, page_no: int) -> str | None:
        page = self.pages.get(page_no, {})
        return find_why_hidden(page, masker=self.masker, has_team=page_no in self.pages_with_team)

    def _excerpt(self, section: Mapping[str, Any], words: Sequence[PlaceWords]) -> Excerpt:
        # hidden as a whole before it is cut: half a name would not be recognised as one
        body = self.masker.text(section.get("text") or "")
        return Excerpt(heading=self.masker.text(section.get("heading") or ""), parts=mark_words(body, words))


def mark_words(body: str, words: Sequence[PlaceWords]) -> tuple[ExcerptPart, ...]:
    """A section's text around words, these marked; the words alone where the text does not have them.

    >>> [part.text for part in mark_words("ก ข ค", [PlaceWords(number=None, text="ข")]) if part.marked]
    ['ข']
    """
    spans = sorted((span, entry.number) for entry in words if entry.text and (span := find_words(body, entry.text)))
    if not spans:
        return tuple(ExcerptPart(text=entry.text, marked=True, number=entry.number) for entry in words)
    start = spans[0][0][0]
    spans = [entry for entry in spans if entry[0][1] <= start + _MOST_SHOWN] or spans[:1]
    at = max(0, start - EXCERPT_CHARS)
    parts = [ExcerptPart(text="… ")] if at else []
    for (first, last), number in spans:
        if first >= at:
            parts += [ExcerptPart(text=body[at:first]), ExcerptPart(text=body[first:last], marked=True, number=number)]
            at = last
    end = min(len(body), at + EXCERPT_CHARS)
    parts.append(ExcerptPart(text=body[at:end] + (" …" if end < len(body) else "")))
    return tuple(part for part in parts if part.text)


def find_why_hidden(page: Mapping[str, Any], *, masker: Masker, has_team: bool) -> str | None:
    """Why a page's picture must not be shown, in Thai; None where it may. ``page`` is the page's row of ``pages``."""
    if masker.show:
        return None
    if has_team or masker.hides(page.get("text")):
        return HAS_PEOPLE
    read_by_eye = page.get("text_source") == TextSource.OCR.value
    quality = page.get("ocr_confidence") if read_by_eye else page.get("quality")
    if not page.get("text") or (quality is not None and quality < TRUSTED_QUALITY):
        return MAY_HAVE_PEOPLE
    return None


def distinct_places(evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Places without those that lie on an earlier one, or say the same where there are no pages."""
    kept: list[Mapping[str, Any]] = []
    for place in evidence:
        if not any(_is_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("page_no") != other.get("page_no"):
        return False
    boxes = _box(one.get("bbox")), _box(other.get("bbox"))
    if boxes[0] is not None and boxes[1] is not None:
        return lie_together(boxes[0], boxes[1])
    keys = ("text", "section_id", "table_id", "bbox")
    return all(one.get(key) == other.get(key) for key in keys)


def make_mark(bbox: BBox, number: int | None = None) -> Mark:
    """The mark of a place, a tenth of a point exact."""
    sides = (round(value, 1) for value in (bbox.x0, bbox.top, bbox.width, bbox.height))
    x, y, width, height = sides
    return Mark(number=number, x=x, y=y, width=width, height=height)


def find_crop(marks: Sequence[Mark], picture: Picture, *, narrow: bool = False) -> Crop:
    """The part of a page to show: the marks with some lines above and below, over the whole width unless ``narrow``."""
    top, bottom = min(mark.y for mark in marks), max(mark.y + mark.height for mark in marks)
    y, height = _window(top, bottom, CROP_MARGIN_PT, MIN_CROP_PT, picture.height_pt)
    if not narrow:
        return Crop(x=0, y=y, width=picture.width_pt, height=height)
    left, right = min(mark.x for mark in marks), max(mark.x + mark.width for mark in marks)
    x, width = _window(left, right, NARROW_MARGIN_PT, NARROW_PT, picture.width_pt)
    return Crop(x=x, y=y, width=width, height=height)


def _window(start: float, end: float, margin: float, least: float, whole: float) -> tuple[float, float]:
    """Start and length of a window around a span, inside the whole."""
    length = min(max(end - start + 2 * margin, least), whole)
    middle = (start + end) / 2
    return round(min(max(0.0, middle - length / 2), whole - length), 1), round(length, 1)


def lie_together(one: BBox, other: BBox) -> bool:
    """Whether two places are one: most of the smaller lies in the other, and they are about as high.

    >>> lie_together(BBox(0, 0, 100, 10), BBox(5, 0, 100, 10)), lie_together(BBox(0, 0, 100, 90), BBox(0, 0, 100, 10))
    (True, False)
    """
    smaller = min(one.width * one.height, other.width * other.height)
    if smaller <= 0 or one.intersection_area(other) / smaller < _SAME_PLACE:
        return False
    return min(one.height, other.height) / max(one.height, other.height) > _SAME_HEIGHT


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever white space parts them; None where they do not.

    Words of several cells are found together, or else those of the first cell.

    >>> find_words("ข้อ 1\\nเพื่อ  เตรียม พร้อม", "เพื่อ เตรียม")
    (6, 19)
    """
    for wanted in (words, words.split(CELL_SEPARATOR, 1)[0]):
        parts = re.split(r"[\s·]+", wanted.strip(" ·…"))
        match = re.search(r"[\s·]*".join(re.escape(part) for part in parts), text) if parts[0] else None
        if match:
            return match.span()
    return None


def _box(values: Sequence[float] | None) -> BBox | None:
    if values is None or len(values) != 4:
        return None
    return BBox(*(float(value) for value in values))
