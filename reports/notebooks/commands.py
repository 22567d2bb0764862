"""``bcp notebooks``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from docmodel.errors import ExitCode
from pipeline.cli.console import guarded, message_console, output_console
from pipeline.cli.extract import DEFAULT_INPUT, DEFAULT_OUTPUT

NOTEBOOKS_FOLDER = "notebooks"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("notebooks", help="Execute the notebooks over the datasets. | สั่งสมุดบันทึกวิเคราะห์กับชุดข้อมูล")(
        guarded(run_notebooks)
    )


def run_notebooks(
    processed: Annotated[Path, typer.Argument(metavar="[DATASETS]", help="Folder with the datasets.")] = DEFAULT_OUTPUT,
    *,
    input_path: Annotated[
        Path, typer.Option("--input", "-i", help="Folder with the plans; only for pictures of their pages.")
    ] = DEFAULT_INPUT,
    notebooks: Annotated[Path, typer.Option(help="Folder of the notebooks, or one of them.")] = Path(NOTEBOOKS_FOLDER),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; DATASETS/notebooks when not given.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary, only errors.")] = False,
) -> ExitCode:
    """Execute every notebook and say where its page is."""
    from reports.masked_rows import people_words  # noqa: PLC0415  # heavy imports wait until needed
    from reports.notebooks.execute import NotebooksRequest, execute_notebooks  # noqa: PLC0415

    messages = message_console()
    result = execute_notebooks(
        NotebooksRequest(
            notebooks=notebooks,
            processed=processed,
            input=input_path,
            output=output or processed / NOTEBOOKS_FOLDER,
        ),
        None if quiet else lambda name: messages.print(escape(name)),
    )
    if not quiet:
        pages = "\n".join(str(page) for page in result.pages)
        output_console().print(
            escape(
                f"{len(result.pages)} สมุดบันทึก notebooks, {result.seconds:.1f} s\n{pages}\n"
                f"{people_words(with_personal_data=False)}"
            )
        )
    return ExitCode.OK
