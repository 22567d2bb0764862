"""The datasets described for people: the committed files ``docs/datasets.json`` and ``docs/datasets.md``.

``python -m pipeline.datasets.describe --write`` makes them anew, ``--check`` says whether they are current.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import sys
import typing
from pathlib import Path
from typing import Any

from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import DATASETS
from pipeline.version import DATASET_VERSION

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
JSON_FILE = "datasets.json"
MARKDOWN_FILE = "datasets.md"


def describe_datasets() -> dict[str, Any]:
    """All datasets with their columns: type, whether it may be null, allowed values, Thai and English description."""
    return {
        "dataset_version": DATASET_VERSION,
        "datasets": {name: _describe_dataset(name, row_class) for name, row_class in DATASETS.items()},
    }


def _describe_dataset(name: str, row_class: type[Row]) -> dict[str, Any]:
    hints = typing.get_type_hints(row_class)
    columns = []
    for arrow_field, field in zip(dataset_schema(name), dataclasses.fields(row_class), strict=True):
        info = field.metadata["column"]
        column: dict[str, Any] = {
            "name": field.name,
            "type": str(arrow_field.type).replace("element: ", "").replace("item: ", ""),
            "nullable": arrow_field.nullable,
            "th": info.th,
            "en": info.en,
        }
        values = _enum_values(hints[field.name])
        if values:
            column["values"] = values
        columns.append(column)
    return {"row": (row_class.__doc__ or "").strip(), "columns": columns}


def _enum_values(annotation: Any) -> list[str]:
    for candidate in (annotation, *typing.get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, enum.Enum):
            return [str(member.value) for member in candidate]
    return []


def render_json() -> str:
    """The text of ``docs/datasets.json``."""
    return json.dumps(describe_datasets(), ensure_ascii=False, indent=1) + "\n"


def render_markdown() -> str:
    """The text of ``docs/datasets.md``."""
    lines = [
        "# Datasets",
        "",
        f"Dataset version {DATASET_VERSION}. Made by `make goldens` from `pipeline/datasets/rows.py`; do not edit.",
        "",
        "Each is `data/processed/<name>.parquet` and reads with `pandas.read_parquet(path)`. A dataset without rows is",
        "there all the same, with its full schema. `!` marks a column that is never null. Enum values are listed.",
        "The tables join on `document_id`, `section_id` and `table_id`.",
        "",
    ]
    for name, dataset in describe_datasets()["datasets"].items():
        lines += [f"## `{name}`", "", f"One row: {dataset['row']}", "", "| column | type | ไทย | English |"]
        lines.append("| --- | --- | --- | --- |")
        for column in dataset["columns"]:
            required = "" if column["nullable"] else "!"
            values = "" if "values" not in column else ": " + ", ".join(f"`{value}`" for value in column["values"])
            kind = str(column["type"]).replace("|", "\\|")
            lines.append(
                f"| `{column['name']}`{required} | `{kind}` | {_cell(column['th'])} | {_cell(column['en'])}{values} |"
            )
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def find_stale(docs: Path = DOCS) -> list[str]:
    """Names of the committed files that no longer say what the code says."""
    rendered = {JSON_FILE: render_json(), MARKDOWN_FILE: render_markdown()}
    return [
        name
        for name, text in rendered.items()
        if not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != text
    ]


def write_descriptions(docs: Path = DOCS) -> None:
    """Write both files."""
    (docs / JSON_FILE).write_text(render_json(), encoding="utf-8")
    (docs / MARKDOWN_FILE).write_text(render_markdown(), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """``--write`` or ``--check``; 1 when a file is stale."""
    if arguments == ["--write"]:
        write_descriptions()
        return 0
    stale = find_stale()
    for name in stale:
        sys.stderr.write(f"docs/{name} is not current: run `make goldens` and add a line under Data in CHANGELOG.md\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
