"""``bcp extract``: the main job."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docmodel.errors import ConfigError, ExitCode
from docmodel.vocabulary import ElementLevel
from pipeline.cli.console import guarded, output_console
from pipeline.cli.progress_bar import progress_bar
from pipeline.engines.base import Engine
from pipeline.options import EngineKind, OcrEngineKind, OcrMode, Options

if TYPE_CHECKING:
    from pipeline.progress import Progress

DEFAULT_INPUT = Path("data/raw")
DEFAULT_OUTPUT = Path("data/processed")
CACHE_FOLDER = ".cache"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("extract", help="Read plans and write the datasets. | อ่านแผนทั้งหมดและเขียนชุดข้อมูล")(guarded(extract))


def extract(
    input_path: Annotated[
        str,
        typer.Argument(metavar="[INPUT]", help="Folder with the plans, or one file; a path or an address (s3://…)."),
    ] = str(DEFAULT_INPUT),
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="Folder for the datasets and run.json; a path or an address.")
    ] = str(DEFAULT_OUTPUT),
    workers: Annotated[
        int, typer.Option(min=0, help="Documents read side by side; 0 takes one per processor core.")
    ] = 0,
    ocr: Annotated[
        OcrMode, typer.Option(help="auto: pages without a usable text layer; always: every page of a PDF; never.")
    ] = OcrMode.AUTO,
    ocr_engine: Annotated[
        OcrEngineKind,
        typer.Option(
            help="tesseract: on this machine; vision: a served model named by BCP_VISION_URL, see docs/ocr.md."
        ),
    ] = OcrEngineKind.TESSERACT,
    only: Annotated[
        str | None, typer.Option(metavar="GLOB", help="Only files whose path or name matches, such as '*.docx'.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Read everything again, also what has not changed.")] = False,
    engine: Annotated[
        EngineKind, typer.Option(help="local: this machine; ray: a Ray cluster (extra packages, see docs/scaling.md).")
    ] = EngineKind.LOCAL,
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Cluster for --engine ray, such as head:6379; this machine when not given."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds that one document may take before it is given up.")
    ] = 1800.0,
    log_file: Annotated[Path | None, typer.Option(help="Append the log to this file, one JSON event per line.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary, only errors.")] = False,
) -> ExitCode:
    """Run a batch and print its summary. Exit code 2 when some documents could not be read."""
    from pipeline.logs import configure_logging  # noqa: PLC0415  # heavy imports wait until a command needs them
    from pipeline.places import placed  # noqa: PLC0415
    from pipeline.run import RunRequest, run_batch  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415

    configure_logging(level=logging.ERROR, log_file=log_file)
    if ocr_engine is OcrEngineKind.VISION:
        from extractors.ocr.vision import settings_from  # noqa: PLC0415

        settings_from()  # what is wrong with them is said before anything is read
    with placed(input_path, output) as places:
        options = Options(ocr=ocr, ocr_engine=ocr_engine, timeout_s=timeout, cache_dir=places.output / CACHE_FOLDER)
        request = RunRequest(
            input=places.input,
            output=places.output,
            options=options,
            workers=workers or available_cores(),
            only=only,
            force=force,
        )
        with progress_bar(hidden=quiet) as show:

            def on_progress(progress: Progress) -> None:
                show(progress)
                places.keep()

            report = run_batch(request, engine=_find_engine(engine, ray_address, workers), on_progress=on_progress)
        places.finish()
    if not quiet:
        from pipeline.cli.summary_table import print_corrections, print_removed, print_summary  # noqa: PLC0415

        elements = load_schema(options.schema_id).elements
        components = [element.element_id for element in elements if element.level is ElementLevel.COMPONENT]
        console = output_console()
        print_summary(console, report.summaries, components)
        print_corrections(console, report.account["corrections"])
        print_removed(console, report.account["removed"])
        counts = report.account["counts"]
        console.print(
            f"\n{counts['files']} ไฟล์ files: {counts['ok']} ok, {counts['partial']} partial, "
            f"{counts['failed']} failed, {counts['duplicate']} duplicate; {counts['kept_from_earlier_run']} kept; "
            f"{counts['pages']} หน้า pages ({counts['ocr_pages']} OCR), {report.account['seconds']:.1f} s → {output}"
        )
    return report.exit_code


def _find_engine(kind: EngineKind, ray_address: str | None, workers: int) -> Engine | None:
    """What runs the documents; None for the local engine, which is loaded once there is something to read."""
    if kind is EngineKind.LOCAL:
        if ray_address is not None:
            raise ConfigError(
                "ray_address_unused",
                th="ใช้ --ray-address ได้เฉพาะกับ --engine ray กรุณาเพิ่ม --engine ray หรือลบ --ray-address",
                en="--ray-address goes with --engine ray only; add --engine ray or leave the address out.",
            )
        return None
    from pipeline.engines.ray_engine import RayEngine, check_ray  # noqa: PLC0415

    check_ray()
    return RayEngine(workers=workers, address=ray_address)


def available_cores() -> int:
    """Processor cores that this process may use (a container may allow fewer than the machine has)."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
