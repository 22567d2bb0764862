"""``bcp text``, ``bcp trace`` and ``bcp explain``: one document seen from inside, for the person who asks why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from docmodel.document import SourceFile
from docmodel.errors import ConfigError, ExitCode
from pipeline.cli.console import guarded, output_console
from pipeline.cli.contract import DEFAULT_SCHEMA
from pipeline.cli.extract import CACHE_FOLDER, DEFAULT_OUTPUT
from pipeline.options import OcrEngineKind, OcrMode, Options

FILE_ARGUMENT = Annotated[Path, typer.Argument(metavar="FILE", help="A document, as it came.")]
OCR_OPTION = Annotated[OcrMode, typer.Option(help="auto, always or never; as for extract.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("text", help="Text of a document, raw and repaired, page by page. | ข้อความก่อนและหลังซ่อม")(guarded(text))
    app.command("trace", help="All that was made of a document, stage by stage. | ทุกขั้นตอนของเอกสารหนึ่งฉบับ")(
        guarded(trace)
    )
    app.command("explain", help="Why an element of a document got its verdict. | เหตุผลของผลการตรวจ")(guarded(explain))


def text(
    file: FILE_ARGUMENT,
    page: Annotated[int | None, typer.Option(min=1, help="Only this page, from 1.")] = None,
    raw: Annotated[bool, typer.Option("--raw/--no-raw", help="Show the text as read beside the repaired one.")] = True,
    ocr: OCR_OPTION = OcrMode.AUTO,
    ocr_engine: Annotated[
        OcrEngineKind, typer.Option(help="tesseract, or a vision model as for extract.")
    ] = OcrEngineKind.TESSERACT,
) -> ExitCode:
    """Print each page's source, score, damage and repairs, then its text as read and repaired."""
    from pipeline.document_rows import page_text  # noqa: PLC0415  # the readers are heavy and wait until needed
    from pipeline.normalizing import normalize_document  # noqa: PLC0415
    from pipeline.page_route import find_route, page_raw_text  # noqa: PLC0415
    from pipeline.reading import read_document  # noqa: PLC0415

    extracted = read_document(find_source(file), replace(find_options(ocr), ocr_engine=ocr_engine))
    document = normalize_document(extracted)
    console = output_console()
    pages = [entry for entry in document.pages if page is None or entry.number == page]
    if not pages:
        raise ConfigError(
            "page_unknown",
            th=f"เอกสารไม่มีหน้า {page} (มี {len(document.pages)} หน้า)",
            en=f"The document has no page {page}; it has {len(document.pages)}.",
        )
    for entry in pages:
        before = find_route(entry, OcrMode.NEVER).health
        route = "ocr" if entry.source.value == "ocr" else before.route.value
        facts = [
            f"source {entry.source.value}",
            f"route {route}",
            f"quality {_share(entry.quality)}",
            f"damage {', '.join(entry.damage) or '–'}",
        ]
        if entry.ocr_confidence is not None:
            facts.append(f"ocr confidence {_share(entry.ocr_confidence)}")
        if not entry.readable:
            facts.append("UNREADABLE")
        console.rule(f"หน้า page {entry.number or '–'}", align="left")
        console.print(" · ".join(facts), style="bold")
        for repair in document.repairs:
            if repair.page_number == entry.number:
                example = f"{repair.example_before!r} → {repair.example_after!r}"
                console.print(f"  {repair.rule} ×{repair.count}: {escape(example)}", style="dim")
        if raw:
            console.print("— raw ตามที่อ่านได้ —", style="cyan")
            console.print(page_raw_text(entry), markup=False)
            console.print("— repaired ซ่อมแล้ว —", style="cyan")
        console.print(page_text(entry), markup=False)
    return ExitCode.OK


def trace(
    file: FILE_ARGUMENT,
    ocr: OCR_OPTION = OcrMode.AUTO,
    schema_id: Annotated[str, typer.Option("--schema", help="Id of the schema.")] = DEFAULT_SCHEMA,
) -> ExitCode:
    """Print pages, sections, tables, mapping with scores and runner-up, records and verdicts."""
    from pipeline.process import tell_story  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415
    from pipeline.trace import render_trace  # noqa: PLC0415

    schema = load_schema(schema_id)
    story = tell_story(find_source(file), find_options(ocr), schema)
    output_console().print(render_trace(story, schema))
    return ExitCode.OK


def explain(
    file: FILE_ARGUMENT,
    element_id: Annotated[str, typer.Argument(metavar="ELEMENT", help="Element of the schema, such as 2.8.")],
    ocr: OCR_OPTION = OcrMode.AUTO,
    schema_id: Annotated[str, typer.Option("--schema", help="Id of the schema.")] = DEFAULT_SCHEMA,
) -> ExitCode:
    """Print the case for one verdict: evidence, what came nearest, what could not be searched."""
    from pipeline.explain import render_explanation  # noqa: PLC0415
    from pipeline.process import tell_story  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415

    schema = load_schema(schema_id)
    if schema.find(element_id) is None:
        known = ", ".join(element.element_id for element in schema.elements)
        raise ConfigError(
            "element_unknown",
            th=f"ไม่มีองค์ประกอบ {element_id} ใน {schema_id} เลือกจาก: {known}",
            en=f"{schema_id} has no element {element_id}; choose one of: {known}",
        )
    story = tell_story(find_source(file), find_options(ocr), schema)
    output_console().print(render_explanation(story, schema, element_id))
    return ExitCode.OK


def find_source(file: Path) -> SourceFile:
    """The one file that a command was given."""
    from pipeline.sources import read_source  # noqa: PLC0415

    if not file.is_file():
        raise ConfigError(
            "input_missing",
            th=f"ไม่พบไฟล์ {file} กรุณาตรวจสอบที่อยู่แล้วสั่งซ้ำ",
            en=f"The file {file} does not exist; check the path and run again.",
        )
    return read_source(file, file.name)


def find_options(ocr: OcrMode) -> Options:
    """Options that find what an earlier run has read by OCR."""
    cache_dir = DEFAULT_OUTPUT / CACHE_FOLDER
    return Options(ocr=ocr, cache_dir=cache_dir if cache_dir.is_dir() else None)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
