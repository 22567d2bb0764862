"""A page's ruling lines with the sides of cells that its tables leave to the reader's eye."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.grid import MAX_LINES
from extractors.layout.half_ruled import find_hidden_sides
from extractors.layout.pieces import Piece
from extractors.layout.rulings import Segment
from extractors.layout.upright_ruled import find_hidden_rows_of_columns


def complete_rulings(segments: Sequence[Segment], pieces: Sequence[Piece]) -> list[Segment]:
    """The segments, and those that tables ruled in one direction only, or by stripes of colour, would need."""
    if len(segments) > 4 * MAX_LINES:
        return list(segments)
    return [*segments, *find_hidden_sides(segments, pieces), *find_hidden_rows_of_columns(segments, pieces)]
