"""``bcp schema`` and ``bcp datasets``: what plans are held against, and what the datasets hold."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from docmodel.errors import ConfigError, ExitCode
from pipeline.cli.console import guarded, output_console
from pipeline.options import Options

DEFAULT_SCHEMA = Options().schema_id
SCHEMA_OPTION = Annotated[str, typer.Option("--schema", help="Id of the schema.")]


def register(app: typer.Typer) -> None:
    """Add both groups of commands."""
    schema_app = typer.Typer(no_args_is_help=True, help="The schema that plans are held against. | โครงสร้างองค์ประกอบ")
    schema_app.command("show", help="List the elements. | แสดงองค์ประกอบทั้งหมด")(guarded(show_schema))
    schema_app.command("check", help="Check the schema files. | ตรวจไฟล์โครงสร้าง")(guarded(check_schema))
    app.add_typer(schema_app, name="schema")
    datasets_app = typer.Typer(no_args_is_help=True, help="The datasets. | ชุดข้อมูล")
    datasets_app.command("describe", help="Columns, types and meanings. | คอลัมน์ ชนิด และความหมาย")(
        guarded(describe_datasets)
    )
    app.add_typer(datasets_app, name="datasets")


def show_schema(schema_id: SCHEMA_OPTION = DEFAULT_SCHEMA) -> None:
    """Print every element with its level and whether it is required."""
    from pipeline.schema import load_schema  # noqa: PLC0415  # pydantic and YAML wait until they are needed

    schema = load_schema(schema_id)
    table = Table(title=f"{schema.schema_id} ({schema.version}) {schema.title_th}", box=None, header_style="bold")
    for heading in ("element", "level", "required", "ไทย", "English"):
        table.add_column(heading, overflow="fold")
    for element in schema.elements:
        required = "ใช่ yes" if element.required else "–"
        table.add_row(
            element.element_id, element.level.value, required, escape(element.title_th), escape(element.title_en)
        )
    output_console().print(table)


def check_schema(schema_id: SCHEMA_OPTION = DEFAULT_SCHEMA) -> None:
    """Load the schema; an error names file, line and key."""
    from pipeline.schema import load_schema  # noqa: PLC0415

    schema = load_schema(schema_id)
    aliases = sum(len(terms) for terms in schema.aliases.values())
    output_console().print(f"{schema.schema_id}: ถูกต้อง ok, {len(schema.elements)} elements, {aliases} aliases")


def describe_datasets(
    name: Annotated[str | None, typer.Argument(help="One dataset; all when not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, as in docs/datasets.json.")] = False,
) -> ExitCode:
    """Print the columns of one dataset or of all."""
    from pipeline.datasets import describe  # noqa: PLC0415  # pyarrow waits until it is needed

    described = describe.describe_datasets()
    console = output_console()
    if name is not None and name not in described["datasets"]:
        raise ConfigError(
            "dataset_unknown",
            th=f"ไม่มีชุดข้อมูลชื่อ {name} เลือกจาก: {', '.join(described['datasets'])}",
            en=f"There is no dataset {name}; choose one of: {', '.join(described['datasets'])}",
        )
    if as_json:
        typer.echo(describe.render_json(), nl=False)
        return ExitCode.OK
    for dataset, content in described["datasets"].items():
        if name not in (None, dataset):
            continue
        table = Table(title=dataset, box=None, header_style="bold", title_justify="left")
        for heading in ("column", "type", "ไทย", "English"):
            table.add_column(heading, overflow="fold")
        for column in content["columns"]:
            marked = column["name"] + ("" if column["nullable"] else "!")
            values = f" [{', '.join(column['values'])}]" if "values" in column else ""
            table.add_row(marked, escape(column["type"]), escape(column["th"]), escape(column["en"] + values))
        console.print(table)
    return ExitCode.OK
