"""Pictures that claim to be larger than any memory, or never end."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claimed_png(side: int) -> bytes:
    """A picture whose head claims so many pixels each way."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def large_png(side: int) -> bytes:
    """A white picture of so many pixels each way that is really there, packed to some kilobytes."""
    packer = zlib.compressobj(9)
    line = b"\0" + b"\xff" * side
    body = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def text_bomb_png() -> bytes:
    """A small picture with a gigabyte of packed comment."""
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"a" * (1 << 20)) for _ in range(1024)) + packer.flush()
    whole = large_png(40)
    place = whole.index(b"IDAT") - 4
    return whole[:place] + _chunk(b"zTXt", b"Comment\0\0" + body) + whole[place:]


def cut_jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((1200, 1600), 60).save(buffer, "JPEG", quality=60)
    return buffer.getvalue()[:60_000]


def endless_tiff() -> bytes:
    """A TIFF whose page names itself as the next one."""
    tags = ((256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 200),
            (277, 3, 1, 1), (278, 3, 1, 8), (279, 4, 1, 64))  # fmt: skip
    body = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + struct.pack("<I", 8)
    head = b"II*\0" + struct.pack("<I", 8) + body
    return head + bytes(200 - len(head)) + bytes(64)
