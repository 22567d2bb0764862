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
_FIRST_THAI: Final = 0x0E00
_THAI_LETTERS: Final = 128
_THAI_BYTES: Final = 3
"""What a letter of the Thai block takes in UTF-8."""
_PRIME_BITS_ABOVE: Final = np.uint32(61 - 32)
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
    codes = _shingle_codes(skeleton)
    factors, shifts = _permutations()
    lowest = np.full(PERMUTATIONS, _MAX_HASH, dtype=np.uint32)
    for start in range(0, len(codes), _SHINGLES_AT_ONCE):
        # 64-bit products wrap around: the same for each text, so that equal shingles meet
        hashes = factors * codes[start : start + _SHINGLES_AT_ONCE]
        hashes += shifts
        # the lowest 32 bits of the rest of a division by a prime of ones alone, without dividing: the bits above the
        # prime's come back at the lower end
        halves = hashes.view("<u4")
        remainders = halves[:, 1::2] >> _PRIME_BITS_ABOVE
        remainders += halves[:, ::2]
        np.minimum(lowest, remainders.min(axis=1), out=lowest)
    return lowest


def _shingle_codes(skeleton: str) -> NDArray[np.uint64]:
    """The CRC-32 of each different shingle in UTF-8.

    Of letters that take as many bytes each, the CRC is made of what each letter at its place gives to it.
    """
    if len(skeleton) < SHINGLE_LETTERS:
        return np.array([zlib.crc32(skeleton.encode())], dtype=np.uint64)
    places = np.frombuffer(skeleton.encode("utf-32-le"), dtype=np.uint32) - np.uint32(_FIRST_THAI)
    is_thai = places < _THAI_LETTERS
    places = np.where(is_thai, places, np.uint32(0))
    count = len(skeleton) - SHINGLE_LETTERS + 1
    codes = np.full(count, zlib.crc32(bytes(_THAI_BYTES * SHINGLE_LETTERS)), dtype=np.uint32)
    all_thai = np.ones(count, dtype=np.bool_)
    for place, share in enumerate(_crc_shares()):
        codes ^= share[places[place : place + count]]
        all_thai &= is_thai[place : place + count]
    for start in np.flatnonzero(~all_thai).tolist():
        codes[start] = zlib.crc32(skeleton[start : start + SHINGLE_LETTERS].encode())
    return np.unique(codes).astype(np.uint64)


@cache
def _crc_shares() -> tuple[NDArray[np.uint32], ...]:
    """For each place in a shingle what each letter of the Thai block there changes in the CRC of as many zero bytes."""
    letters = [chr(_FIRST_THAI + number).encode() for number in range(_THAI_LETTERS)]
    length = _THAI_BYTES * SHINGLE_LETTERS
    nothing = zlib.crc32(bytes(length))
    return tuple(
        np.array(
            [zlib.crc32((bytes(at) + letter).ljust(length, b"\0")) ^ nothing for letter in letters], dtype=np.uint32
        )
        for at in range(0, length, _THAI_BYTES)
    )


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
