"""The command ``bcp`` with the commands that make what analysts open, beside those of the pipeline."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from docmodel.errors import ExitCode
from pipeline.cli import app, main
from pipeline.cli.console import guarded, message_console, output_console
from pipeline.cli.extract import DEFAULT_INPUT, DEFAULT_OUTPUT
from reports.letters import commands as letter_commands
from reports.notebooks import commands as notebook_commands
from reports.query import commands as query_commands
from reports.workbook import commands as workbook_commands

__all__ = ["app", "main"]

REPORT_FOLDER = "report"


def make_report(
    processed: Annotated[Path, typer.Argument(metavar="[DATASETS]", help="Folder with the datasets.")] = DEFAULT_OUTPUT,
    *,
    input_path: Annotated[
        Path, typer.Option("--input", "-i", help="Folder with the plans; only for its register and pictures of pages.")
    ] = DEFAULT_INPUT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the report; DATASETS/report when not given.")
    ] = None,
    with_personal_data: Annotated[
        bool, typer.Option("--with-personal-data", help="Show names and telephone numbers of people.")
    ] = False,
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="With or without pictures of the pages.")
    ] = True,
    workers: Annotated[int, typer.Option(min=0, help="Processes side by side; 0 takes one per processor core.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary, only errors.")] = False,
) -> ExitCode:
    """Build the report and say where it is."""
    from reports.html.build import ReportRequest, build_report  # noqa: PLC0415  # heavy imports wait until needed
    from reports.register_file import find_register  # noqa: PLC0415

    messages = message_console()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=messages,
        disable=quiet or not messages.is_terminal,
        transient=True,
    )
    request = ReportRequest(
        processed=processed,
        input=input_path,
        output=output or processed / REPORT_FOLDER,
        with_personal_data=with_personal_data,
        pictures=pictures,
        register=find_register(input_path),
        workers=workers or os.cpu_count() or 1,
    )
    with progress:
        bar = progress.add_task("สร้างรายงาน report", total=None)
        result = build_report(request, lambda done, total: progress.update(bar, completed=done, total=total))
    if not quiet:
        people = "แสดงชื่อและเบอร์โทรศัพท์ with" if with_personal_data else "ปิดชื่อและเบอร์โทรศัพท์ without"
        output_console().print(
            f"{result.plans} แผน plans, {result.pictures} ภาพ pictures, {people} personal data, "
            f"{result.total_bytes / 1e6:.1f} MB, {result.seconds:.1f} s → {result.index}"
        )
    return ExitCode.OK


app.command("report", help="Make the HTML report of the datasets. | สร้างรายงาน HTML จากชุดข้อมูล")(guarded(make_report))
for module in (workbook_commands, letter_commands, query_commands, notebook_commands):
    module.register(app)


if __name__ == "__main__":
    sys.exit(main())
