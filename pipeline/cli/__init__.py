"""The command ``bcp``. Commands are thin: they read options, call the pipeline and print.

Exit codes: 0 all read, 1 bad configuration, 2 some documents failed, 3 a tool is missing, 4 a dataset is invalid,
130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from rich.markup import escape

from docmodel.errors import ExitCode
from pipeline.cli import compare, contract, doctor, draw, extract, inspection
from pipeline.cli.console import message_console

app = typer.Typer(
    name="bcp",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Reads Thai public bodies' continuity plans and flags, with evidence, what each one is missing.\n\n"
    "อ่านแผนดำเนินธุรกิจอย่างต่อเนื่องของหน่วยงานรัฐ แล้วชี้ส่วนที่ขาดพร้อมหลักฐาน",
    epilog="Exit codes: 0 all read · 1 bad configuration · 2 some documents failed · 3 a tool is missing · "
    "4 a dataset is invalid · 130 interrupted",
)
for module in (extract, inspection, compare, draw, doctor, contract):
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; wrong usage is a bad configuration (1), since 2 means that documents failed."""
    try:
        code = app(args=None if arguments is None else list(arguments), prog_name="bcp", standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except Exception as error:
        if not hasattr(error, "format_message"):  # what typer raises for wrong usage has it
            raise
        message_console().print(f"[bold red]{escape(error.format_message())}[/]  (bcp --help)")
        return int(ExitCode.BAD_CONFIG)
    return code if isinstance(code, int) else int(ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main())
