"""What every reader of a file format shares: its limits, its protocol, and the picture of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from docmodel.document import ExtractedDocument, SourceFile

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """How much of a file is read before it counts as too large.

    The longest real plans have a few hundred pages; the limits stop a file that was made to exhaust memory or time,
    not a thick plan.
    """

    max_pages: int = 2_000
    max_bytes: int = 500 * 1024 * 1024
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    max_members: int = 10_000
    max_nesting: int = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageImage:
    """A page as a picture: grey ``pixels`` (uint8, rows × columns, 255 white) at ``dpi``, page size in points.

    ``paper_scale`` is how many times larger the page says it is than the sheet of paper that it shows, to which ``dpi``
    belongs; 1 for most.
    """

    pixels: NDArray[np.uint8]
    dpi: float
    width_pt: float
    height_pt: float
    paper_scale: float = 1.0

    @property
    def points_per_pixel(self) -> float:
        """Factor from pixels to points of the page."""
        return POINTS_PER_INCH / self.dpi * self.paper_scale


class Reader(Protocol):
    """Reads the files of one or more media types."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that this reader takes."""
        ...

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read a whole file; raise a ``SourceError`` where nothing can be read."""
        ...
