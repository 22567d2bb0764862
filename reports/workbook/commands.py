"""``bcp workbook``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from docmodel.errors import ExitCode
from pipeline.cli.console import guarded, output_console
from pipeline.cli.extract import DEFAULT_INPUT, DEFAULT_OUTPUT

FILE_NAME = "workbook.xlsx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("workbook", help="Make the Excel workbook of the datasets. | สร้างสมุดงาน Excel จากชุดข้อมูล")(
        guarded(make_workbook)
    )


def make_workbook(
    processed: Annotated[Path, typer.Argument(metavar="[DATASETS]", help="Folder with the datasets.")] = DEFAULT_OUTPUT,
    *,
    input_path: Annotated[
        Path, typer.Option("--input", "-i", help="Folder with the plans; only for its register agencies.csv.")
    ] = DEFAULT_INPUT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"The workbook; DATASETS/{FILE_NAME} when not given.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Folder of the HTML report to link to; DATASETS/report when not given.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="This dataset; can be given again.")] = None,
    with_personal_data: Annotated[
        bool, typer.Option("--with-personal-data", help="Show names and telephone numbers of people.")
    ] = False,
) -> ExitCode:
    """Write the workbook and say what is in it."""
    from reports.masked_rows import people_words  # noqa: PLC0415  # heavy imports wait until needed
    from reports.progress import shown_progress  # noqa: PLC0415
    from reports.query.export import check_names  # noqa: PLC0415
    from reports.register_file import find_register  # noqa: PLC0415
    from reports.workbook.build import WorkbookRequest, build_workbook  # noqa: PLC0415

    pages = report or processed / "report"
    request = WorkbookRequest(
        processed=processed,
        output=output or processed / FILE_NAME,
        report=pages,
        register=find_register(input_path),
        today=date.today(),
        datasets=check_names(only or ()),
        with_personal_data=with_personal_data,
    )
    with shown_progress("สร้างสมุดงาน workbook") as on_progress:
        result = build_workbook(request, on_progress)
    notes = [people_words(with_personal_data=with_personal_data)]
    if result.left_out:
        notes.append(f"ไม่รวม (ใหญ่เกิน Excel) left out: {', '.join(result.left_out)}")
    if not (pages / "index.html").exists():
        notes.append(f"ยังไม่มีรายงานใน {pages} สั่ง make report เพื่อให้ลิงก์เปิดได้ | no report there yet")
    output_console().print(
        escape(
            f"{result.plans} แผน plans, {result.rows:,} แถว rows, {result.size_bytes / 1e6:.1f} MB, "
            f"{result.seconds:.1f} s → {result.path}\n" + "\n".join(notes)
        )
    )
    return ExitCode.OK
