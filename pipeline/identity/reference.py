"""Agencies and provinces of the reference lists, and how a name of a document is found in them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from docmodel.vocabulary import AgencyType
from normalizers.text import thai_skeleton
from pipeline.mapping.agency_words import reference_folder

# A name read from a scan differs from the list in a letter or two; a different agency differs in more.
NEARLY: Final = 93.0
MIN_NEARLY_LENGTH: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAgency:
    """An agency of the list. ``keys`` are the skeletons of its name and short names."""

    name: str
    agency_type: AgencyType
    keys: tuple[str, ...]


@cache
def load_agencies() -> tuple[KnownAgency, ...]:
    """All agencies of the list."""
    with (reference_folder() / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            KnownAgency(
                name=row["agency_name"],
                agency_type=AgencyType(row["agency_type"]),
                keys=tuple(
                    thai_skeleton(name) for name in (row["agency_name"], *row["aliases"].split(";")) if name.strip()
                ),
            )
            for row in csv.DictReader(stream)
        )


@cache
def load_provinces() -> tuple[str, ...]:
    """The names of all provinces, longest first so that no name hides a longer one."""
    with (reference_folder() / "provinces.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["province"] for row in csv.DictReader(stream)]
    return tuple(sorted(names, key=lambda name: -len(name)))


@cache
def _agencies_by_key() -> dict[str, KnownAgency]:
    return {key: agency for agency in load_agencies() for key in agency.keys}


@lru_cache(maxsize=4096)
def find_known_agency(name: str) -> KnownAgency | None:
    """The agency of the list that a name means, letters lost or misread included; None where it is none of them."""
    key = thai_skeleton(name)
    by_key = _agencies_by_key()
    if key in by_key:
        return by_key[key]
    if len(key) < MIN_NEARLY_LENGTH:
        return None
    nearest = process.extractOne(key, by_key.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return by_key[nearest[0]] if nearest is not None else None


@cache
def _provinces_by_key() -> dict[str, str]:
    return {thai_skeleton(name): name for name in load_provinces()}


@lru_cache(maxsize=4096)
def find_known_province(text: str) -> str | None:
    """The province that a text begins with, spelled as in the list; None where it begins with none."""
    for name in load_provinces():
        if text.startswith(name):
            return name
    key = thai_skeleton(text)
    for known, name in _provinces_by_key().items():
        if key == known or (len(known) >= 4 and key.startswith(known)):
            return name
    return None
