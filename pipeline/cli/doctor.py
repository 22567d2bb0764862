"""``bcp doctor``: what is installed and what each missing part disables."""

from __future__ import annotations

import typer
from rich.markup import escape

from docmodel.errors import ExitCode
from pipeline.cli.console import guarded, output_console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help="Say what is installed and what is missing. | ตรวจว่าติดตั้งอะไรแล้วบ้าง")(guarded(doctor))


def doctor() -> ExitCode:
    """Print every part. Exit code 3 when a required one is missing."""
    from pipeline.doctor import examine_machine  # noqa: PLC0415  # waits until it is needed
    from pipeline.version import code_fingerprint, pipeline_version  # noqa: PLC0415

    console = output_console()
    console.print(f"opdc-bcp {pipeline_version()} ({code_fingerprint()})", style="bold")
    parts = examine_machine()
    for part in parts:
        if part.version is not None:
            console.print(f"[green]✓[/] {part.name} {escape(part.version)}")
            continue
        console.print(f"[red]✗[/] {part.name}: {part.purpose_th} | {part.purpose_en}")
        console.print(f"    → {escape(part.install)}", style="bold")
    missing = any(part.version is None and part.required for part in parts)
    return ExitCode.TOOL_MISSING if missing else ExitCode.OK
