"""An outline of thousands of headings takes no longer for each of them than a short one."""

from __future__ import annotations

import gc
import time
from pathlib import Path

from docmodel.blocks import Block
from docmodel.document import NormalizedDocument, SourceFile
from pipeline.outline import build_outline
from tests.pipeline.records.plans import text_block

TIMES = 12


def build(parts: int) -> tuple[float, int]:
    """Processor seconds for the outline of so many parts, and its sections."""
    blocks: list[Block] = []
    for number in range(1, parts + 1):
        blocks += [
            text_block(f"{number}. วัตถุประสงค์"),
            text_block(f"{number}.1 ขอบเขตของแผน"),
            text_block("สมมติฐาน"),
            text_block("ใช้กับสำนักงานและศูนย์ทุกแห่งในสังกัดเมื่อเกิดเหตุที่ทำให้อาคารใช้ไม่ได้"),
        ]
    document = NormalizedDocument(
        source=SourceFile(source_path="long.txt", path=Path("long.txt"), size_bytes=1, sha256="ab" * 32),
        media_type="text/plain",
        pages=(),
        blocks=tuple(blocks),
    )
    gc.disable()  # a search for garbage costs what all that the other tests left in memory costs
    try:
        started = time.process_time()
        outline = build_outline(document)
        return time.process_time() - started, len(outline.sections)
    finally:
        gc.enable()


def test_time_grows_with_the_headings_alone() -> None:
    """Twelve times the headings take far less than the 144 times of a look at all headings for each."""
    build(20)
    short, few = min(build(75) for _ in range(3))
    long, many = min(build(75 * TIMES) for _ in range(3))
    assert many > 8 * few > 800
    assert long < 4 * TIMES * short
