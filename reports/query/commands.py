"""``bcp query`` and ``bcp export``."""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from docmodel.errors import ExitCode
from pipeline.cli.console import guarded, message_console, output_console
from pipeline.cli.extract import DEFAULT_OUTPUT

PEOPLE_OPTION = Annotated[
    bool, typer.Option("--with-personal-data", help="Show names and telephone numbers of people.")
]
DATASETS_OPTION = Annotated[Path, typer.Option("--datasets", "-d", help="Folder with the datasets.")]
_SHOWN_ROWS = 200


class ExportFormat(StrEnum):
    """Formats of ``bcp export``."""

    CSV = "csv"
    XLSX = "xlsx"
    DUCKDB = "duckdb"


_DEFAULT_NAMES = {ExportFormat.CSV: "csv", ExportFormat.XLSX: "datasets.xlsx", ExportFormat.DUCKDB: "datasets.duckdb"}


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("query", help="Ask the datasets in SQL. | ถามชุดข้อมูลด้วย SQL")(guarded(query))
    app.command("export", help="Copy the datasets to CSV, Excel or DuckDB. | ส่งออกชุดข้อมูล")(guarded(export))


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT; every dataset is a table.")],
    *,
    datasets: DATASETS_OPTION = DEFAULT_OUTPUT,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, all rows.")] = False,
    as_is: Annotated[bool, typer.Option("--as-is", help="CSV without the guard against formulas.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Rows shown as a table.")] = _SHOWN_ROWS,
    with_personal_data: PEOPLE_OPTION = False,
) -> ExitCode:
    """Print the answer as a table or as CSV."""
    from reports.masked_rows import people_words  # noqa: PLC0415  # heavy imports wait until needed
    from reports.query.cells import csv_cell, to_text  # noqa: PLC0415
    from reports.query.engine import ask  # noqa: PLC0415

    answer = ask(datasets, sql, with_personal_data=with_personal_data, limit=None if as_csv else limit)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([csv_cell(name, as_is=as_is) for name in answer.columns])
        writer.writerows([csv_cell(value, as_is=as_is) for value in row] for row in answer.rows)
    else:
        table = Table(box=None, header_style="bold")
        for name in answer.columns:
            table.add_column(escape(name), overflow="fold")
        for row in answer.rows:
            table.add_row(*(escape(_one_line(to_text(value))) for value in row))
        output_console().print(table)
    more = f"; แสดง {limit} แถวแรก first rows (--limit)" if answer.cut else ""
    words = people_words(with_personal_data=with_personal_data)
    message_console().print(escape(f"{len(answer.rows):,} แถว rows{more} · {words}"))
    return ExitCode.OK


def _one_line(text: str) -> str:
    from reports.html.environment import plain  # noqa: PLC0415

    return plain(" ".join(text.split()))


def export(
    target: Annotated[ExportFormat, typer.Argument(metavar="csv|xlsx|duckdb", help="Format.")],
    *,
    datasets: DATASETS_OPTION = DEFAULT_OUTPUT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File, or for CSV the folder; in DATASETS when not given.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="This dataset; can be given again.")] = None,
    as_is: Annotated[bool, typer.Option("--as-is", help="CSV without the guard against formulas.")] = False,
    with_personal_data: PEOPLE_OPTION = False,
) -> ExitCode:
    """Write the copy and say what is in it."""
    from reports.masked_rows import people_words  # noqa: PLC0415
    from reports.query.export import ExportRequest, check_names, export_csv, export_duckdb  # noqa: PLC0415
    from reports.workbook.build import export_xlsx  # noqa: PLC0415

    request = ExportRequest(
        processed=datasets,
        output=output or datasets / _DEFAULT_NAMES[target],
        datasets=check_names(only or ()),
        with_personal_data=with_personal_data,
        as_is=as_is,
    )
    make = {ExportFormat.CSV: export_csv, ExportFormat.XLSX: export_xlsx, ExportFormat.DUCKDB: export_duckdb}[target]
    counts = make(request)
    words = people_words(with_personal_data=with_personal_data)
    output_console().print(
        escape(f"{len(counts)} ชุดข้อมูล datasets, {sum(counts.values()):,} แถว rows → {request.output}\n{words}")
    )
    return ExitCode.OK
