"""Small documents made of blocks."""

from __future__ import annotations

from pathlib import Path

from docmodel.blocks import Block, BlockRole, TableBlock, TextBlock, TextStyle
from docmodel.document import NormalizedDocument, SourceFile
from docmodel.provenance import Provenance, TextSource
from docmodel.table import Cell, Table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLACE = Provenance(page_number=1, source=TextSource.TEXT_LAYER)


def text(
    content: str,
    *,
    bold: bool = False,
    size: float | None = None,
    role: BlockRole = BlockRole.PARAGRAPH,
    level: int | None = None,
    marker: str | None = None,
    raw: str | None = None,
) -> TextBlock:
    style = TextStyle(bold=bold or None, font_size_pt=size)
    return TextBlock(
        role=role, raw_text=raw or content, text=content, provenance=PLACE, level=level, marker=marker, style=style
    )


def table(table_id: str = "t001", *cells: str) -> TableBlock:
    made = tuple(
        Cell(row=0, col=col, raw_text=cell, text=cell, provenance=PLACE) for col, cell in enumerate(cells or ("ก", "ข"))
    )
    return TableBlock(table=Table(table_id=table_id, n_rows=1, n_cols=len(made), cells=made, provenance=PLACE))


def document(*blocks: Block, media_type: str = "application/pdf") -> NormalizedDocument:
    source = SourceFile(source_path="plan.pdf", path=Path("plan.pdf"), size_bytes=1, sha256="0" * 64)
    return NormalizedDocument(source=source, media_type=media_type, pages=(), blocks=blocks)
