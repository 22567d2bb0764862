"""``bcp compare``: what changed from one plan to another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from docmodel.errors import ConfigError, ExitCode
from docmodel.vocabulary import ElementLevel
from pipeline.cli.console import guarded, output_console
from pipeline.cli.contract import DEFAULT_SCHEMA
from pipeline.cli.extract import DEFAULT_OUTPUT
from pipeline.cli.summary_table import SYMBOLS
from pipeline.options import OcrMode

if TYPE_CHECKING:
    from pipeline.compare import Comparison, RecordChange, Side

_MAX_SHOWN = 15
"""Records listed per dataset; ``--json`` holds all."""
_STYLES = {"added": "green", "removed": "red", "changed": "yellow"}
_SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", help="What changed from one plan to another. | เทียบแผนสองฉบับ")(guarded(compare_plans))


def compare_plans(
    before: Annotated[str, typer.Argument(metavar="A", help="A file, or a document_id or path in the datasets.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same, of the other plan.")],
    *,
    data: Annotated[Path, typer.Option(help="Folder with the datasets.")] = DEFAULT_OUTPUT,
    ocr: Annotated[OcrMode, typer.Option(help="For files: auto, always or never; as for extract.")] = OcrMode.AUTO,
    schema_id: Annotated[str, typer.Option("--schema", help="For files: id of the schema.")] = DEFAULT_SCHEMA,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> ExitCode:
    """Print per element the two statuses, then the records that came, went or changed."""
    from pipeline.compare import compare  # noqa: PLC0415  # the readers are heavy and wait until needed

    comparison = compare(*(_side(name, data, ocr, schema_id) for name in (before, after)))
    if as_json:
        typer.echo(json.dumps(comparison.as_dict(), ensure_ascii=False, indent=1, default=str))
    else:
        _print_comparison(comparison)
    return ExitCode.OK


def _side(name: str, data: Path, ocr: OcrMode, schema_id: str) -> Side:
    """A plan by its file, or by its id or path in the datasets."""
    path = Path(name)
    side = _read_file(path, ocr, schema_id) if path.is_file() else _read_datasets(name, data)
    if not side.components:
        raise ConfigError(
            "comparison_without_plan",
            th="เอกสารนี้ไม่ใช่แผนหรืออ่านไม่ได้ จึงไม่มีอะไรให้เทียบ โปรดเลือกแผนฉบับอื่น",
            en="One of the two is no plan or could not be read: there is nothing to compare. Choose another.",
        )
    return side


def _read_file(path: Path, ocr: OcrMode, schema_id: str) -> Side:
    from pipeline.cli.inspection import find_options, find_source  # noqa: PLC0415
    from pipeline.compare import SHAPES, Side  # noqa: PLC0415
    from pipeline.datasets.arrow import rows_to_table  # noqa: PLC0415
    from pipeline.process import tell_story  # noqa: PLC0415
    from pipeline.schema import load_schema  # noqa: PLC0415

    story = tell_story(find_source(path), find_options(ocr), load_schema(schema_id))
    records = {name: rows_to_table(name, getattr(story.records, name)).to_pylist() for name in SHAPES}
    return Side(name=path.name, components=rows_to_table("components", story.components).to_pylist(), records=records)


def _read_datasets(name: str, data: Path) -> Side:
    import pyarrow.parquet as pq  # noqa: PLC0415

    from pipeline.compare import SHAPES, Side  # noqa: PLC0415

    if not (data / "documents.parquet").exists():
        raise ConfigError(
            "datasets_missing",
            th=f"ไม่พบไฟล์ตามที่ระบุ และไม่มีชุดข้อมูลใน {data} โปรดระบุไฟล์ หรือโฟลเดอร์ด้วย --data",
            en=f"There is no such file, and no datasets in {data}; name a file, or their folder with --data.",
        )
    columns = ["document_id", "source_path", "status"]
    documents = pq.read_table(data / "documents.parquet", columns=columns).to_pylist()
    found = [row for row in documents if name in (row["document_id"], row["source_path"])]
    if not found:
        raise ConfigError(
            "document_unknown",
            th=f"ไม่มีเอกสารนี้ใน {data} และไม่มีไฟล์ชื่อนี้ โปรดใช้ document_id หรือ source_path จากชุดข้อมูล documents",
            en=f"Neither a file nor a document of {data}; use a document_id or source_path of the dataset documents.",
        )
    chosen = found[0]

    def rows(dataset: str) -> list[dict[str, Any]]:
        path = data / f"{dataset}.parquet"
        table = pq.read_table(path, filters=[("document_id", "=", chosen["document_id"])])
        listed: list[dict[str, Any]] = table.to_pylist()
        return listed

    return Side(
        name=chosen["source_path"], components=rows("components"), records={shape: rows(shape) for shape in SHAPES}
    )


def _print_comparison(comparison: Comparison) -> None:
    console = output_console()
    console.print(f"A {escape(comparison.before)}\nB {escape(comparison.after)}", style="bold")
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("องค์ประกอบ element")
    table.add_column("")
    for heading in ("A", "B"):
        table.add_column(heading, justify="center")
    table.add_column("")
    for status in comparison.statuses:
        if not status.changed and status.level != ElementLevel.COMPONENT:
            continue
        words = f"{status.before or '–'} → {status.after or '–'}" if status.changed else "[dim]=[/]"
        symbols = (SYMBOLS.get(status.before or "", " "), SYMBOLS.get(status.after or "", " "))
        table.add_row(status.element_id, escape(status.title_th), *symbols, words)
    console.print(table)
    by_dataset: dict[str, list[RecordChange]] = {}
    for change in comparison.records:
        by_dataset.setdefault(change.dataset, []).append(change)
    for dataset, changes in by_dataset.items():
        counts = ", ".join(
            f"[{style}]{_SIGNS[kind]}{sum(change.kind == kind for change in changes)} {kind}[/]"
            for kind, style in _STYLES.items()
            if any(change.kind == kind for change in changes)
        )
        console.print(f"\n{changes[0].component} {dataset}: {counts}", style="bold")
        _print_records(changes)
    if not comparison.records:
        console.print("\nระเบียนทุกชุดเหมือนกัน | all records are the same")


def _print_records(changes: Sequence[RecordChange]) -> None:
    console = output_console()
    for change in changes[:_MAX_SHOWN]:
        values = "; ".join(f"{name}: {_shown(old)} → {_shown(new)}" for name, (old, new) in change.values.items())
        same = change.before == change.after or None in (change.before, change.after)
        text = (change.after or change.before or "") if same else f"{change.before} → {change.after}"
        line = f"  {_SIGNS[change.kind]} {text}" + (f"  ({values})" if values else "")
        console.print(escape(" ".join(line.split("\n"))), style=_STYLES[change.kind])
    if len(changes) > _MAX_SHOWN:
        console.print(f"  … +{len(changes) - _MAX_SHOWN} (--json)", style="dim")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "–"
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
