"""Which pages could not be searched, so that nothing is called missing that may stand on one of them."""

from __future__ import annotations

from typing import Final

from docmodel.document import NormalizedDocument, Page
from docmodel.issue import Severity

# Below this mean word confidence Tesseract's Thai is a guess: fewer than half of the words are right.
MIN_OCR_CONFIDENCE: Final = 0.40
# Below this a text layer is more damage than words, also after repair.
MIN_QUALITY: Final = 0.30


def find_unreadable_pages(document: NormalizedDocument) -> tuple[int, ...]:
    """The numbers of the pages that could not be read or read well enough, in order.

    A format without pages gives page 1 where its only page could not be read.
    """
    failed = {
        issue.page_number
        for issue in document.issues
        if issue.severity is Severity.ERROR and issue.page_number is not None
    }
    return tuple(
        sorted({page.number or 1 for page in document.pages if not _is_readable(page) or page.number in failed})
    )


def mean_quality(document: NormalizedDocument) -> float:
    """How much the document's text can be trusted, 0–1; 1 where no page says."""
    known = [page.quality for page in document.pages if page.quality is not None]
    return sum(known) / len(known) if known else 1.0


def _is_readable(page: Page) -> bool:
    if not page.readable:
        return False
    if page.ocr_confidence is not None and page.ocr_confidence < MIN_OCR_CONFIDENCE:
        return False
    return page.quality is None or page.quality >= MIN_QUALITY
