"""What a text looks like in a few hundred bytes: plans are compared with each other by these, never by their words."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from normalizers.text import thai_skeleton
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import PageRow, SectionRow

SIGNATURES: Final = "signatures"
"""Name under which the signatures of a document are kept beside its rows; no dataset has them."""
PERMUTATIONS: Final = 64
"""Estimates a likeness of 0.9 to within 0.04; more would cost more than it tells."""
SHINGLE_LETTERS: Final = 6
"""Two or three words without their marks: long enough to be rare, short enough to survive a reader's slip nearby."""
MIN_LETTERS: Final = 250
"""Skeleton letters of a section worth comparing, about ten printed lines; less is a heading or a form's phrase."""
BAND_ROWS: Final = 8
"""Eight bands of eight: a likeness of 0.85 is met with 0.92, of 0.5 with 0.03."""
_SEED: Final = 2563
_SHINGLES_AT_ONCE: Final = 500
"""A quarter of a megabyte of hashes, which stays in the processor's cache."""
_PRIME_BITS: Final = np.uint64(61)
_PRIME: Final = np.uint64((1 << 61) - 1)
_MAX_HASH: Final = np.uint64((1 << 32) - 1)

SIGNATURE_SCHEMA: Final = pa.schema(
    [
        pa.field("section_id", pa.string()),
        pa.field("element_id", pa.string()),
        pa.field("heading", pa.string()),
        pa.field("page_no", pa.int32()),
        pa.field("bbox", pa.list_(pa.float64())),
        pa.field("letters", pa.int32()),
        pa.field("hashes", pa.binary(PERMUTATIONS * 4)),
    ]
)

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A section's place and likeness; of the whole document where ``section_id`` is None. ``letters`` is its length."""

    section_id: str | None
    element_id: str | None
    heading: str | None
    page_no: int | None
    bbox: list[float] | None
    letters: int
    hashes: Hashes


def hash_text(text: str) -> tuple[int, Hashes]:
    """Length in skeleton letters and MinHash of a text. Damaged and clean spellings give nearly the same."""
    skeleton = thai_skeleton(text)
    return len(skeleton), _hash_skeleton(skeleton)


def _hash_skeleton(skeleton: str) -> Hashes:
    shingles = {skeleton[at : at + SHINGLE_LETTERS] for at in range(max(1, len(skeleton) - SHINGLE_LETTERS + 1))}
    codes = np.fromiter(map(zlib.crc32, map(str.encode, shingles)), dtype=np.uint64, count=len(shingles))
    factors, shifts = _permutations()
    lowest = np.full(PERMUTATIONS, _MAX_HASH, dtype=np.uint32)
    for start in range(0, len(codes), _SHINGLES_AT_ONCE):
        # 64-bit products wrap around: the same for each text, so that equal shingles meet
        hashes = factors * codes[start : start + _SHINGLES_AT_ONCE]
        hashes += shifts
        # the rest of a division by a prime of ones alone, without dividing; where it is too small to be taken off, the
        # difference wraps around
        above = hashes >> _PRIME_BITS
        hashes &= _PRIME
        hashes += above
        np.subtract(hashes, _PRIME, out=above)
        np.minimum(hashes, above, out=hashes)
        lowest = np.minimum(lowest, hashes.astype(np.uint32).min(axis=1))
    return lowest


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and shifts of as many hash functions, a row each, the same in every process."""
    random = np.random.Generator(np.random.PCG64(_SEED))
    factors = random.integers(1, int(_PRIME), PERMUTATIONS, dtype=np.uint64)
    shifts = random.integers(0, int(_PRIME), PERMUTATIONS, dtype=np.uint64)
    return factors[:, np.newaxis], shifts[:, np.newaxis]


def likeness(one: Hashes, other: Hashes) -> float:
    """Estimated share of their shingles that two texts have in common, 0–1."""
    return float(np.mean(one == other))


def build_signatures(rows: Mapping[str, Sequence[Row]]) -> pa.Table:
    """The signatures of a document: of all its pages, and of each section long enough that was mapped to an element."""
    found = [_whole(row for row in rows.get("pages", ()) if isinstance(row, PageRow))]
    for row in rows.get("sections", ()):
        if isinstance(row, SectionRow) and row.element_id is not None and row.text:
            skeleton = thai_skeleton(row.text)
            if len(skeleton) >= MIN_LETTERS:
                found.append(
                    Signature(
                        section_id=row.section_id,
                        element_id=row.element_id,
                        heading=row.heading,
                        page_no=row.page_no,
                        bbox=row.bbox,
                        letters=len(skeleton),
                        hashes=_hash_skeleton(skeleton),
                    )
                )
    columns = [
        [getattr(one, field.name) if field.name != "hashes" else one.hashes.tobytes() for one in found]
        for field in SIGNATURE_SCHEMA
    ]
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, SIGNATURE_SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SIGNATURE_SCHEMA)


def _whole(pages: Iterable[PageRow]) -> Signature:
    letters, hashes = hash_text("\n".join(page.text for page in pages))
    return Signature(
        section_id=None, element_id=None, heading=None, page_no=None, bbox=None, letters=letters, hashes=hashes
    )


def read_signatures(table: pa.Table) -> tuple[Signature, ...]:
    """The signatures of a kept table, the whole document's first."""
    return tuple(
        Signature(**{**row, "hashes": np.frombuffer(row["hashes"], dtype=np.uint32)}) for row in table.to_pylist()
    )


def group_alike(hashes: Sequence[Hashes]) -> Iterator[list[int]]:
    """Groups of indices whose texts may be alike, by locality-sensitive hashing: each equal band makes one.

    Texts that share 0.9 of their shingles meet in some group nearly always, those that share half nearly never.
    One band's groups are held at a time, so that a hundred thousand sections take little memory.
    """
    for start in range(0, PERMUTATIONS, BAND_ROWS):
        groups: dict[bytes, list[int]] = defaultdict(list)
        for index, one in enumerate(hashes):
            groups[one[start : start + BAND_ROWS].tobytes()].append(index)
        yield from (members for members in groups.values() if len(members) > 1)
