"""How a page is read: by its text layer, or by OCR because the layer is missing, wrong or a stamp on a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from docmodel.blocks import PictureBlock, TableBlock, TextBlock
from docmodel.document import Page
from docmodel.table import Table
from normalizers.repair import Route, TextHealth, assess_text
from pipeline.options import OcrMode

SPARSE_CHARACTERS = 200
"""A page with fewer characters than this beside a picture that fills it is a scan with a stamp or page number on top;
the thinnest real text pages beside full-page pictures (chapter covers) lose nothing by being read by OCR."""

PAGE_FILLING_SHARE = 0.5
"""Pictures over half of the page are taken for the page itself, not for illustrations."""


class PageReason(StrEnum):
    """Why a page is read by OCR, or why its text layer is kept."""

    LAYER_SOUND = "layer_sound"
    LAYER_REPAIRABLE = "layer_repairable"
    ASKED = "asked"
    LAYER_BROKEN = "layer_broken"
    LAYER_SPARSE = "layer_sparse"
    LAYER_UNTRUE = "layer_untrue"
    NO_LAYER = "no_layer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoute:
    """Whether a page needs OCR, why, and the health of its text layer."""

    use_ocr: bool
    reason: PageReason
    health: TextHealth


def find_route(page: Page, mode: OcrMode) -> PageRoute:
    """The way to read a page of a PDF. With ``OcrMode.NEVER`` the text layer is kept whatever it is."""
    text = page_raw_text(page)
    health = assess_text(text)
    count = count_characters(text)
    filled = picture_share(page) >= PAGE_FILLING_SHARE
    if mode is OcrMode.ALWAYS:
        reason = PageReason.ASKED
    elif count == 0:
        reason = PageReason.NO_LAYER
    elif health.route is Route.OCR:
        reason = PageReason.LAYER_BROKEN
    elif count < SPARSE_CHARACTERS and filled:
        reason = PageReason.LAYER_SPARSE
    elif health.route is Route.REPAIR:
        reason = PageReason.LAYER_REPAIRABLE
    else:
        reason = PageReason.LAYER_SOUND
    needs_ocr = reason not in (PageReason.LAYER_SOUND, PageReason.LAYER_REPAIRABLE)
    return PageRoute(use_ocr=needs_ocr and mode is not OcrMode.NEVER, reason=reason, health=health)


def hides_behind_picture(route: PageRoute, *, image_share: float, visible: int, invisible: int) -> bool:
    """Whether a layer that would be kept is one that nobody sees: invisible text over or under a picture of the page.

    Such a layer was written by some earlier OCR and may say anything; it is worth a look at the picture.
    """
    return not route.use_ocr and image_share >= PAGE_FILLING_SHARE and invisible > visible


def with_health(page: Page, health: TextHealth) -> Page:
    """The page with the health of its text layer noted."""
    damage = tuple(sorted({*page.damage, *(str(kind) for kind in health.damage)}))
    return replace(page, quality=health.score if page.quality is None else page.quality, damage=damage)


def page_raw_text(page: Page) -> str:
    """All text of a page as read, its tables included."""
    parts: list[str] = []
    for block in page.blocks:
        if isinstance(block, TextBlock):
            parts.append(block.raw_text)
        elif isinstance(block, TableBlock):
            parts += table_raw_texts(block.table)
    return "\n".join(parts)


def table_raw_texts(table: Table) -> list[str]:
    """The text of each cell as read, nested tables after their cell."""
    texts: list[str] = []
    for cell in table.cells:
        if cell.raw_text:
            texts.append(cell.raw_text)
        for nested in cell.tables:
            texts += table_raw_texts(nested)
    return texts


def count_characters(text: str) -> int:
    """Characters that are no white space."""
    return len("".join(text.split()))


def picture_share(page: Page) -> float:
    """The part of the page that pictures cover, 0–1; 0 where sizes are not known. A scanner may cut one into strips."""
    if not page.width_pt or not page.height_pt:
        return 0.0
    boxes = [block.provenance.bbox for block in page.blocks if isinstance(block, PictureBlock)]
    covered = sum(box.width * box.height for box in boxes if box is not None)
    return min(1.0, covered / (page.width_pt * page.height_pt))
