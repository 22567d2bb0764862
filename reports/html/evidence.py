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
CELL_SEPARATOR = " · "
"""Stands in an evidence's words between those of one cell and the next."""
EXCERPT_CHARS = 260
"""Characters shown before and after the words, in a format without pages."""
TRUSTED_QUALITY = 0.6
"""A page read worse than this may name people that were not recognised, so its picture counts as personal data."""

_SAME_PLACE, _SAME_HEIGHT = 0.8, 0.6

NO_FILE = "ไม่มีไฟล์ต้นฉบับในโฟลเดอร์นำเข้า จึงไม่มีภาพหน้านี้"
HAS_PEOPLE = "ไม่แสดงภาพหน้านี้ เพราะมีชื่อหรือหมายเลขโทรศัพท์ของบุคคล (สร้างรายงานด้วย --with-personal-data เพื่อแสดง)"
MAY_HAVE_PEOPLE = "ไม่แสดงภาพหน้านี้ เพราะอ่านได้ไม่ชัด อาจมีชื่อบุคคล (สร้างรายงานด้วย --with-personal-data เพื่อแสดง)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rectangle on a page's picture, and the band of the page that is shown around it; all in points."""

    x: float
    y: float
    width: float
    height: float
    crop_y: float
    crop_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words in their section, for formats without pages."""

    heading: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A place as the page shows it. ``no_picture`` says in Thai why there is none."""

    page_no: int | None
    text: str
    raw: str | None = None
    picture: Picture | None = None
    mark: Mark | None = None
    no_picture: str | None = None
    excerpt: Excerpt | None = None
    from_ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All that is needed to show a place of one document."""

    masker: Masker
    pictures: PagePictures
    pages: Mapping[int | None, Mapping[str, Any]]
    sections: Mapping[str, Mapping[str, Any]]
    pages_with_team: frozenset[int]
    _hidden: dict[int, str | None] = field(default_factory=dict)

    def show(self, evidence: Mapping[str, Any], *, with_raw: bool = True) -> EvidenceView:
        """One place."""
        page_no = evidence.get("page_no")
        text = self.masker.text(evidence.get("text") or "")
        if page_no is None:
            return EvidenceView(page_no=None, text=text, excerpt=self._excerpt(evidence))
        page = self.pages.get(page_no, {})
        from_ocr = page.get("text_source") == TextSource.OCR.value
        hidden = self.why_hidden(page_no)
        picture = None if hidden else self.pictures.picture(page_no)
        bbox = _box(evidence.get("bbox"))
        raw = None
        if with_raw and not hidden and not from_ocr and bbox is not None:
            raw = self.pictures.raw_text(page_no, bbox)
            raw = None if self.masker.hides(raw) else raw
        return EvidenceView(
            page_no=page_no,
            text=text,
            raw=raw,
            picture=picture,
            mark=find_mark(bbox, picture) if picture and bbox else None,
            no_picture=hidden or (None if picture else NO_FILE),
            from_ocr=from_ocr,
        )

    def why_hidden(self, page_no: int) -> str | None:
        """Why a page's picture must not be shown; None where it may."""
        if page_no not in self._hidden:
            self._hidden[page_no] = self._find_why_hidden(page_no)
        return self._hidden[page_no]

    def _find_why_hidden(self, page_no: int) -> str | None:
        page = self.pages.get(page_no, {})
        return find_why_hidden(page, masker=self.masker, has_team=page_no in self.pages_with_team)

    def _excerpt(self, evidence: Mapping[str, Any]) -> Excerpt | None:
        section = self.sections.get(evidence.get("section_id") or "")
        if section is None:
            return None
        body = section.get("text") or ""
        words = evidence.get("text") or ""
        span = find_words(body, words)
        heading = self.masker.text(section.get("heading") or "")
        if span is None:
            return Excerpt(heading=heading, before="", words=self.masker.text(words), after="")
        start, end = span
        before, after = body[max(0, start - EXCERPT_CHARS) : start], body[end : end + EXCERPT_CHARS]
        return Excerpt(
            heading=heading,
            before=("… " if start > EXCERPT_CHARS else "") + self.masker.text(before),
            words=self.masker.text(body[start:end]),
            after=self.masker.text(after) + (" …" if end + EXCERPT_CHARS < len(body) else ""),
        )


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


def find_mark(bbox: BBox, picture: Picture) -> Mark:
    """Where the mark lies, and which band of the page to show: the whole width, some lines above and below."""
    height = max(bbox.height + 2 * CROP_MARGIN_PT, MIN_CROP_PT)
    height = min(height, picture.height_pt)
    top = min(max(0.0, bbox.y_center - height / 2), picture.height_pt - height)
    return Mark(
        x=round(bbox.x0, 1),
        y=round(bbox.top, 1),
        width=round(bbox.width, 1),
        height=round(bbox.height, 1),
        crop_y=round(top, 1),
        crop_height=round(height, 1),
    )


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
