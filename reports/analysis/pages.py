"""Pictures of a plan's pages with places marked, as figures; pages that name people are not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from docmodel.errors import BcpError
from docmodel.geometry import BBox
from extractors.pdf import open_pdf
from reports.analysis.figures import QUIET, wrap_thai
from reports.analysis.plans import Round
from reports.data import open_datasets
from reports.html.evidence import NO_FILE, find_why_hidden, lie_together
from reports.html.pictures import PagePictures
from reports.masking import Masker, build_masker

DPI = 110
MARGIN_PT = 70
"""Points of the page shown above and below the marked places."""
MARK, MARK_EDGE = "#ffd400", "#c4420a"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPages:
    """The pages of one plan. ``source`` is its file, None where it is not at hand or has no pages."""

    source: Path | None
    masker: Masker
    pages: Mapping[int, Mapping[str, Any]]
    pages_with_team: frozenset[int]

    def why_hidden(self, page_no: int) -> str | None:
        """Why a page is not drawn, in Thai; None where it is."""
        if self.source is None or page_no not in self.pages:
            return NO_FILE
        return find_why_hidden(self.pages[page_no], masker=self.masker, has_team=page_no in self.pages_with_team)

    def find(self, page_no: int, words: str) -> list[float] | None:
        """Where words stand on a page of the file's own text; None where they do not, or the page is a picture."""
        files = PagePictures(source=self.source, folder=Path(), earlier=None, document_id="", sizes={})
        with files as pictures:
            return pictures.find_box(int(page_no), words)

    def draw(self, page_no: int, boxes: Sequence[Sequence[float]] = (), *, whole: bool = False, title: str) -> Figure:
        """A page, or the band around the marked places; ``boxes`` are x0, top, x1, bottom in points."""
        hidden = self.why_hidden(page_no)
        if hidden is not None or self.source is None:
            return _say(title, hidden or NO_FILE)
        try:
            with open_pdf(self.source) as pdf:
                image = pdf.render_page(int(page_no) - 1, DPI)
        except BcpError as error:
            return _say(title, error.message_th)
        top, bottom = 0.0, image.height_pt
        if boxes and not whole:
            top = max(0.0, min(box[1] for box in boxes) - MARGIN_PT)
            bottom = min(image.height_pt, max(box[3] for box in boxes) + MARGIN_PT)
        figure, axes = plt.subplots(figsize=(9, 0.5 + 9 * (bottom - top) / image.width_pt))
        axes.imshow(image.pixels, cmap="gray", vmin=0, vmax=255, extent=(0, image.width_pt, image.height_pt, 0))
        for x0, upper, x1, lower in boxes:
            axes.add_patch(
                Rectangle((x0, upper), x1 - x0, lower - upper, facecolor=MARK, alpha=0.3, edgecolor=MARK_EDGE)
            )
        axes.set(xlim=(0, image.width_pt), ylim=(bottom, top), xticks=[], yticks=[])
        axes.spines[:].set_visible(True)
        axes.set_title(title, loc="left")
        return figure


def distinct_boxes(boxes: Iterable[Sequence[float] | None]) -> list[tuple[float, ...]]:
    """Places without those that lie on one another: a line that was found twice is marked once.

    >>> distinct_boxes([(0, 0, 10, 10), None, (0, 1, 10, 10), (0, 20, 10, 30)])
    [(0, 0, 10, 10), (0, 20, 10, 30)]
    """
    kept: list[tuple[float, ...]] = []
    for box in boxes:
        if box is not None and not any(lie_together(BBox(*box), BBox(*other)) for other in kept):
            kept.append(tuple(box))
    return kept


def open_pages(plans: Round, document_id: str) -> PlanPages:
    """The pages of one of the round's documents, people hidden."""
    readers = open_datasets(plans.processed, {"pages": None, "team_members": ("document_id", "page_no", "person_name")})
    team = readers["team_members"].rows(document_id)
    document = plans.documents[plans.documents["document_id"] == document_id].iloc[0]
    source = plans.input / str(document["source_path"])
    return PlanPages(
        source=source if document["media_type"] == "application/pdf" and source.is_file() else None,
        masker=build_masker(team, show=False),
        pages={row["page_no"]: row for row in readers["pages"].rows(document_id) if row["page_no"] is not None},
        pages_with_team=frozenset(row["page_no"] for row in team if row["page_no"] is not None),
    )


def _say(title: str, words: str) -> Figure:
    figure, axes = plt.subplots(figsize=(9, 1.2))
    axes.set_axis_off()
    axes.set_title(title, loc="left")
    axes.text(0, 0.5, wrap_thai(words, 90), color=QUIET, va="center", transform=axes.transAxes)
    return figure
