"""Time and memory of tables and records on plans of 30, 100 and 300 pages: ``python -m benchmarks.tables.long_plan``.

The plan is one table of recovery steps and one of needs, each running over half of the pages with its header repeated
and every fifth page end cutting a row. Growth must be linear: the last column is the time per page.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from pathlib import Path

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock
from docmodel.document import NormalizedDocument, SourceFile
from docmodel.geometry import BBox
from docmodel.mapping import MatchOutcome, SchemaMapping, SectionMatch
from docmodel.outline import Outline, Section
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table
from normalizers.tables import join_table_parts
from pipeline.mapping.table_kinds import SectionContext, classify_table, read_table
from pipeline.records import build_records
from pipeline.values import MappedDocument
from pipeline.vocabulary import load_vocabulary

ROWS_PER_PAGE = 18
STEPS = ("ขั้นตอนและกิจกรรม", "ผู้รับผิดชอบ", "ดำเนินการแล้วเสร็จ")
NEEDS = ("ประเภททรัพยากร", "ที่มา", "๑ วัน", "๑ สัปดาห์")
CUT_EVERY = 5


def main() -> None:
    """Print one line per length of plan."""
    load_vocabulary("opdc-2563")
    print(f"{'pages':>6} {'rows':>7} {'records':>8} {'seconds':>8} {'MiB':>7} {'ms/page':>8}")
    for pages in [int(argument) for argument in sys.argv[1:]] or [30, 100, 300]:
        blocks = _pages(pages)
        started = time.perf_counter()
        records, rows = _read(blocks)
        seconds = time.perf_counter() - started
        tracemalloc.start()
        _read(blocks)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(f"{pages:6} {rows:7} {records:8} {seconds:8.2f} {peak:7.1f} {1000 * seconds / pages:8.1f}")


def _read(blocks: list[list[Block]]) -> tuple[int, int]:
    vocabulary = load_vocabulary("opdc-2563")
    sections, matches, tables = [], [], []
    for order, (element, flow) in enumerate(zip(("2.7", "2.6"), blocks, strict=True), start=1):
        joined = join_table_parts(flow)
        heading = TextBlock(role=BlockRole.HEADING, raw_text=element, text=element, provenance=Provenance())
        section_id = f"s{order:03}"
        sections.append(
            Section(section_id=section_id, parent_id=None, order=order, level=1, heading=heading, blocks=joined)
        )
        matches.append(SectionMatch(section_id=section_id, outcome=MatchOutcome.MATCHED, element_ids=(element,)))
        context = SectionContext(section_id=section_id, element_ids=(element,))
        for block in joined:
            if isinstance(block, TableBlock):
                tables.append(classify_table(read_table(block.table, vocabulary), context, vocabulary))
    document = NormalizedDocument(
        source=SourceFile(source_path="long.pdf", path=Path("long.pdf"), size_bytes=1, sha256="cd" * 32),
        media_type="application/pdf",
        pages=(),
        blocks=tuple(block for section in sections for block in section.blocks),
    )
    mapping = SchemaMapping(schema_id="opdc-2563", sections=tuple(matches), tables=tuple(tables))
    records = build_records(
        MappedDocument(document=document, outline=Outline(sections=tuple(sections)), mapping=mapping)
    )
    found = sum(len(getattr(records, name)) for name in records.__slots__)
    return found, sum(block.table.n_rows for block in document.tables())


def _pages(pages: int) -> list[list[Block]]:
    half = pages // 2
    steps = [TableBlock(table=_part(page, STEPS, page)) for page in range(1, half + 1)]
    needs = [TableBlock(table=_part(page, NEEDS, page)) for page in range(half + 1, pages + 1)]
    return [list(steps), list(needs)]


def _part(page: int, heads: tuple[str, ...], seed: int) -> Table:
    rows: list[tuple[str, ...]] = [heads]
    if page % CUT_EVERY == 0:
        rows.append(("บริการที่ต่อเนื่องมาจากหน้าก่อน", *([""] * (len(heads) - 1))))
    for row in range(ROWS_PER_PAGE):
        if heads is STEPS:
            rows.append((f"- ตรวจสอบความเสียหายของจุดบริการที่ {seed}-{row} และรายงานผลเพื่อ", "หัวหน้าทีม", "☐"))
        else:
            rows.append((f"เครื่องสำรองแบบที่ {seed}-{row}", "ยืมจากหน่วยงานอื่น", "๒ เครื่อง", "๕ เครื่อง"))
    width = 480.0 / len(heads)
    cells = [
        Cell(
            row=row,
            col=col,
            raw_text=text,
            text=text,
            provenance=Provenance(
                page_number=page,
                source=TextSource.TEXT_LAYER,
                bbox=BBox(60 + col * width, 60 + row * 36, 60 + (col + 1) * width, 96 + row * 36),
            ),
        )
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    ]
    return Table(
        table_id=f"t{page:03}",
        n_rows=len(rows),
        n_cols=len(heads),
        cells=tuple(cells),
        provenance=Provenance(page_number=page, bbox=BBox(60, 60, 540, 60 + 36 * len(rows))),
        page_numbers=(page,),
    )


if __name__ == "__main__":
    main()
