"""What all commands share: where they print, and how an error becomes a message and an exit code."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import ParamSpec

import typer
from rich.console import Console
from rich.markup import escape

from docmodel.errors import BcpError, ExitCode

P = ParamSpec("P")

_WIDE_ENOUGH = 140
"""Columns for output into a file or pipe, where there is no window that could be too narrow."""


def output_console() -> Console:
    """For results: standard output."""
    return _console(stderr=False)


def message_console() -> Console:
    """For progress and messages: standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        return Console(stderr=stderr, highlight=False, width=_WIDE_ENOUGH)
    return console


def guarded(command: Callable[P, ExitCode | None]) -> Callable[P, None]:
    """The command with errors told in Thai and English and turned into exit codes; Ctrl-C gives 130."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs) or ExitCode.OK
        except BcpError as error:
            show_error(error)
            code = error.exit_code
        except KeyboardInterrupt:
            message_console().print(
                "\n[yellow]หยุดตามคำสั่ง งานที่เสร็จแล้วเก็บไว้ สั่งซ้ำเพื่อทำต่อ[/]\n"
                "[yellow]Interrupted; what is done is kept. Run the same command to go on.[/]"
            )
            code = ExitCode.INTERRUPTED
        raise typer.Exit(int(code))

    return run


def show_error(error: BcpError) -> None:
    """Print an error in both languages with its code."""
    console = message_console()
    console.print(f"[bold red]\\[{error.code}][/] {escape(error.message_th)}")
    console.print(f"  {escape(error.message_en)}")
