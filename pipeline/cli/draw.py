"""``bcp draw``: the tables of a PDF as pictures over its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from docmodel.errors import ConfigError, ExitCode
from pipeline.cli.console import guarded, output_console
from pipeline.cli.contract import DEFAULT_SCHEMA
from pipeline.cli.inspection import FILE_ARGUMENT, OCR_OPTION, find_options, find_source
from pipeline.options import OcrMode


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("draw", help="Tables of a PDF drawn over its pages. | วาดตารางที่อ่านได้ทับบนหน้า PDF")(guarded(draw))


def draw(
    file: FILE_ARGUMENT,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pictures; made when absent.")],
    ocr: OCR_OPTION = OcrMode.AUTO,
    schema_id: Annotated[str, typer.Option("--schema", help="Id of the schema.")] = DEFAULT_SCHEMA,
) -> ExitCode:
    """Write a picture of each page with a table: cells by their row's role, header paths and kind beside the page."""
    from extractors.registry import PDF, detect_media_type  # noqa: PLC0415  # the readers wait until needed
    from pipeline.draw import draw_tables  # noqa: PLC0415
    from pipeline.process import tell_story  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415

    source = find_source(file)
    if detect_media_type(source.path) != PDF:
        raise ConfigError(
            "draw_needs_pdf",
            th="คำสั่ง draw ใช้ได้กับไฟล์ PDF เท่านั้น กรุณาแปลงเอกสารเป็น PDF ก่อน หรือใช้ bcp trace",
            en="bcp draw takes PDF files only; print the document to PDF first, or use bcp trace.",
        )
    story = tell_story(source, find_options(ocr), load_schema(schema_id))
    pages = draw_tables(story.mapped, source.path, output)
    console = output_console()
    for page in pages:
        console.print(f"{page.path}  {', '.join(page.table_ids)}", markup=False)
    if not pages:
        console.print("ไม่พบตารางในเอกสาร | no table found")
    return ExitCode.OK
