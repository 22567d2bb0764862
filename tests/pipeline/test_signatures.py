"""A signature is that of the text's shingles, whatever way they are hashed."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text import thai_skeleton
from pipeline import signatures
from pipeline.signatures import PERMUTATIONS, SHINGLE_LETTERS, hash_text


def _plain_hashes(text: str) -> list[int]:
    """The signature as its definition says: of each shingle's CRC the linear hash modulo a prime, 32 bits of it."""
    bones = thai_skeleton(text)
    codes = {
        zlib.crc32(bones[at : at + SHINGLE_LETTERS].encode()) for at in range(max(1, len(bones) - SHINGLE_LETTERS + 1))
    }
    factors, shifts = (part[:, 0].tolist() for part in signatures._permutations())
    prime = (1 << 61) - 1
    return [
        min((factor * code + shift) % (1 << 64) % prime % (1 << 32) for code in codes)
        for factor, shift in zip(factors, shifts, strict=True)
    ]


@pytest.mark.parametrize(
    "text", ["", "ก", "แผน", "กขคงจฉ", "ระบบ HIS ล่มทั้งโรงพยาบาล", "plan of continuity", "合同 แผนสำรอง é"]
)
def test_hashes_of_short_texts(text: str) -> None:
    """Shorter than a shingle, Thai, Latin, both together, letters of other scripts."""
    assert hash_text(text)[1].tolist() == _plain_hashes(text)


@given(st.text(alphabet="กขคงจฉชซabcxé合😀", max_size=40))
def test_hashes_of_any_text(text: str) -> None:
    """Letters of one to four bytes in any order."""
    assert hash_text(text)[1].tolist() == _plain_hashes(text)


def test_hashes_of_a_long_text() -> None:
    """More shingles than are hashed at once."""
    random = np.random.Generator(np.random.PCG64(1))
    text = "".join(chr(0x0E01 + int(number)) for number in random.integers(0, 46, 3 * signatures._SHINGLES_AT_ONCE))
    hashes = hash_text(text)[1]
    assert len(hashes) == PERMUTATIONS
    assert hashes.tolist() == _plain_hashes(text)
