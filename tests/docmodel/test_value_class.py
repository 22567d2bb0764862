"""Values that are made by the hundred."""

from __future__ import annotations

from dataclasses import replace

from docmodel.geometry import BBox
from docmodel.provenance import Provenance


def test_equal_values_are_one() -> None:
    """Values of equal fields are equal and have one hash, and are put in order where their class says so."""
    assert {BBox(1, 2, 3, 4), BBox(1, 2, 3, 4)} == {BBox(1.0, 2.0, 3.0, 4.0)}
    assert BBox(1, 2, 3, 4) < BBox(1, 2, 3, 5)


def test_a_value_has_no_other_fields_and_is_replaced_whole() -> None:
    """Nothing can be put beside the fields, and a change is a new value."""
    place = Provenance(page_number=1)
    assert not hasattr(place, "__dict__")
    assert (replace(place, page_number=2).page_number, place.page_number) == (2, 1)
